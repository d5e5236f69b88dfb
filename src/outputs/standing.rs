//! What lies at the target now: nothing, an empty folder, or an output of ours.

use std::collections::BTreeSet;
use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use serde::Deserialize;

use super::swap_error::{Doing, SwapError};
use super::tree::MANIFEST;

/// What an output may be put in place of.
#[derive(Debug)]
pub(super) enum Standing {
    /// Nothing is there.
    Nothing,
    /// A folder with nothing in it.
    EmptyFolder,
    /// An output of an earlier run, and the files that it consists of.
    Ours(BTreeSet<PathBuf>),
}

/// The fields by which a folder is known as ours.
#[derive(Deserialize)]
struct Manifest {
    design_sha256: String,
    #[serde(rename = "version")]
    _version: String,
    files: Vec<ManifestFile>,
}

#[derive(Deserialize)]
struct ManifestFile {
    path: PathBuf,
    #[serde(rename = "about")]
    _about: String,
    #[serde(rename = "bytes")]
    _bytes: u64,
    #[serde(rename = "sha256")]
    _sha256: String,
}

impl Standing {
    /// Looks at `target`; anything that must not be replaced is an error.
    pub(super) fn of(target: &Path) -> Result<Standing, SwapError> {
        let found = match fs::metadata(target) {
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(Standing::Nothing),
            found => found.doing("look at", target)?,
        };
        if !found.is_dir() {
            return Err(SwapError::refused(
                target,
                "is a file, and a folder is to be made there; move it, or choose another folder \
                 with -o DIR",
            ));
        }
        if fs::read_dir(target).doing("list", target)?.next().is_none() {
            return Ok(Standing::EmptyFolder);
        }
        let files = read_manifest(target)?.ok_or_else(|| {
            SwapError::refused(
                target,
                "was not made by pibuild (it has no manifest.json of ours) and is left alone; \
                 choose another folder with -o DIR",
            )
        })?;
        Ok(Standing::Ours(files))
    }
}

/// The files of an earlier output, the manifest included; `None` if the folder is not ours.
fn read_manifest(folder: &Path) -> Result<Option<BTreeSet<PathBuf>>, SwapError> {
    let path = folder.join(MANIFEST);
    match fs::symlink_metadata(&path) {
        Ok(found) if found.is_file() => {}
        Ok(_) => return Ok(None),
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(SwapError::io("look at", &path, error)),
    }
    let bytes = fs::read(&path).doing("read", &path)?;
    let Ok(manifest) = serde_json::from_slice::<Manifest>(&bytes) else { return Ok(None) };
    let is_hash = |text: &str| text.len() == 64 && text.bytes().all(|b| b.is_ascii_hexdigit());
    if !is_hash(&manifest.design_sha256) {
        return Ok(None);
    }
    let files = manifest.files.into_iter().map(|file| file.path);
    Ok(Some(files.chain([PathBuf::from(MANIFEST)]).collect()))
}
