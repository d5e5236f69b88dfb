//! The design file, and the files next to it that it names.

use std::fs::{self, File};
use std::io::{self, ErrorKind, Read};
use std::path::{Path, PathBuf};

use clap::Args;

use super::failure::Failure;
use crate::outputs::write_whole;
use crate::pipeline::{self, Outcome};
use crate::spec::{Document, Files, SlicedTimes};

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

    /// Only reads the design, for a command that is about to write a list that it names.
    pub(super) fn read_to_record(&self) -> Result<(Document, Folder), Failure> {
        let Opened { name, bytes, folder } = open(&self.path)?;
        let folder = Recording(folder);
        let document = pipeline::read(&name, &bytes, &folder)?;
        Ok((document, folder.0))
    }
}

/// Reads, works out and judges the design at a path.
pub(super) fn check(path: &Path) -> Result<Outcome, Failure> {
    let Opened { name, bytes, folder } = open(path)?;
    Ok(pipeline::check(&name, &bytes, &folder)?)
}

/// A design file, and where it lies.
struct Opened {
    name: String,
    bytes: Vec<u8>,
    folder: Folder,
}

fn open(path: &Path) -> Result<Opened, Failure> {
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
    Ok(Opened { name, bytes, folder })
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
pub(super) struct Folder(PathBuf);

impl Folder {
    /// Writes a list that the design names and that has been read as one, or is missing.
    pub(super) fn record(&self, relative: &str, bytes: &[u8]) -> Result<(), Failure> {
        let failed =
            |error: io::Error| Failure::Machine(format!("cannot write `{relative}`: {error}"));
        let root = fs::canonicalize(&self.0).map_err(failed)?;
        let path = root.join(relative);
        let parent = path.parent().unwrap_or(&root);
        fs::create_dir_all(parent).map_err(failed)?;
        if !fs::canonicalize(parent).map_err(failed)?.starts_with(&root) {
            let outside = format!("`{relative}` lies outside of the design's folder");
            return Err(Failure::Usage(outside));
        }
        write_whole(&path, bytes).map_err(failed)
    }
}

/// The same folder, for a command that writes the lists: those that are not there yet are empty.
struct Recording(Folder);

impl Files for Recording {
    fn read(&self, relative: &str) -> Result<Vec<u8>, String> {
        self.0.read(relative)
    }

    fn record(&self, relative: &str) -> Result<Vec<u8>, String> {
        match fs::symlink_metadata(self.0.0.join(relative)) {
            Err(error) if error.kind() == ErrorKind::NotFound => {
                serde_json::to_vec(&SlicedTimes::new(Vec::new())).map_err(|it| it.to_string())
            }
            _ => self.0.read(relative),
        }
    }
}

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
