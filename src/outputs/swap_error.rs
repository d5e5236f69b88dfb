//! Why an output could not be put in place.

use std::io::{self, ErrorKind};
use std::path::Path;
use std::{error, fmt};

/// A sentence: what failed, at which path, the system's reason, and what to do. Whatever it says,
/// the previous output is as it was.
#[derive(Debug)]
pub struct SwapError {
    text: String,
    source: Option<io::Error>,
}

impl SwapError {
    /// The system refused to do `what` (a verb: "write", "create the folder") with `path`.
    pub(super) fn io(what: &str, path: &Path, source: io::Error) -> SwapError {
        let advice = match source.kind() {
            ErrorKind::StorageFull | ErrorKind::QuotaExceeded => {
                "; free some space and run again, the previous output is untouched"
            }
            ErrorKind::FileTooLarge => {
                "; this user or file system limits the size of files, the previous output is untouched"
            }
            ErrorKind::PermissionDenied | ErrorKind::ReadOnlyFilesystem => {
                "; choose a folder that you may write to, with -o DIR"
            }
            ErrorKind::ResourceBusy | ErrorKind::CrossesDevices => {
                "; a mount point cannot be exchanged, choose a folder inside it, with -o DIR"
            }
            _ => "",
        };
        let text = format!("cannot {what} `{}`: {source}{advice}", path.display());
        SwapError { text, source: Some(source) }
    }

    /// Something about `path` is in the way: `what` completes "`path` …".
    pub(super) fn refused(path: &Path, what: &str) -> SwapError {
        SwapError { text: format!("`{}` {what}", path.display()), source: None }
    }
}

impl fmt::Display for SwapError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

impl error::Error for SwapError {
    fn source(&self) -> Option<&(dyn error::Error + 'static)> {
        self.source.as_ref().map(|source| source as &(dyn error::Error + 'static))
    }
}

/// Turns `io::Result`s into sentences where they happen.
pub(super) trait Doing<T> {
    /// Names the deed and the path for the case that it failed.
    fn doing(self, what: &str, path: &Path) -> Result<T, SwapError>;
}

impl<T> Doing<T> for io::Result<T> {
    fn doing(self, what: &str, path: &Path) -> Result<T, SwapError> {
        self.map_err(|source| SwapError::io(what, path, source))
    }
}
