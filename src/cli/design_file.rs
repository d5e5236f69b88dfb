//! The design file, and the files next to it that it names.

use std::fs::{self, File};
use std::io::{self, ErrorKind, Read};
use std::path::{Path, PathBuf};

use clap::Args;

use super::failure::Failure;
use crate::pipeline::{self, Outcome};
use crate::spec::Files;

/// One byte more than the spec accepts, so that it is the spec that says what is too large.
const MOST: u64 = 1024 * 1024 + 1;

/// The argument DESIGN, as several commands take it.
#[derive(Debug, Args)]
pub(super) struct DesignFile {
    /// The design, a YAML file; - reads standard input
    #[arg(value_name = "DESIGN")]
    pub(super) path: PathBuf,
}

impl DesignFile {
    /// Reads the design, works it out and judges it.
    pub(super) fn check(&self) -> Result<Outcome, Failure> {
        check(&self.path)
    }
}

/// The same for a path.
pub(super) fn check(path: &Path) -> Result<Outcome, Failure> {
    let is_standard_input = path.as_os_str() == "-";
    let (name, bytes) = if is_standard_input {
        ("<standard input>".to_owned(), read_all(io::stdin().lock()))
    } else {
        (path.display().to_string(), File::open(path).and_then(read_file))
    };
    let bytes = bytes.map_err(|error| unreadable(&name, &error))?;
    // What a design from standard input names lies in the working folder.
    let folder = path.parent().filter(|folder| !is_standard_input && *folder != Path::new(""));
    let folder = Folder(folder.unwrap_or(Path::new(".")).to_owned());
    Ok(pipeline::check(&name, &bytes, &folder)?)
}

fn read_file(file: File) -> io::Result<Vec<u8>> {
    if file.metadata()?.is_dir() {
        return Err(ErrorKind::IsADirectory.into());
    }
    read_all(file)
}

fn read_all(from: impl Read) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    from.take(MOST).read_to_end(&mut bytes)?;
    Ok(bytes)
}

fn unreadable(name: &str, error: &io::Error) -> Failure {
    match error.kind() {
        ErrorKind::NotFound | ErrorKind::NotADirectory => {
            Failure::Usage(format!("there is no file `{name}`"))
        }
        ErrorKind::IsADirectory => {
            Failure::Usage(format!("`{name}` is a folder; name the design file in it"))
        }
        _ => Failure::Machine(format!("cannot read `{name}`: {error}")),
    }
}

/// The design's folder. What it names must lie in it, links followed.
struct Folder(PathBuf);

impl Files for Folder {
    fn read(&self, relative: &str) -> Result<Vec<u8>, String> {
        let said = |error: io::Error| match error.kind() {
            ErrorKind::NotFound => format!("there is no file `{relative}` next to the design"),
            _ => format!("cannot read `{relative}`: {error}"),
        };
        let root = fs::canonicalize(&self.0).map_err(said)?;
        let path = fs::canonicalize(root.join(relative)).map_err(said)?;
        if !path.starts_with(&root) {
            return Err(format!("`{relative}` lies outside of the design's folder"));
        }
        // A pipe would be waited for without end.
        if !fs::metadata(&path).map_err(said)?.is_file() {
            return Err(format!("`{relative}` is not a file"));
        }
        File::open(&path).and_then(read_all).map_err(said)
    }
}
