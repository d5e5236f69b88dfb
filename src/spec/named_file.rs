//! Text files that the design names, next to it.

use std::path::Path;
use std::sync::Arc;

use super::bundle::stays_inside;
use super::code;
use super::diagnostic::Diagnostic;
use super::index::shortened;
use super::places::Places;
use super::read::decode_up_to;
use super::source::{Place, Source};

/// A file, and the key that names it.
pub(super) struct NamedFile<'a> {
    /// Path of the key.
    pub path: &'a str,
    /// What the file is, as in "the … cannot be read".
    pub what: &'a str,
    /// Its path, relative to the design.
    pub name: &'a str,
    /// Bytes that it has at most.
    pub largest: usize,
}

impl NamedFile<'_> {
    /// The file's text; `None` if there has been a mistake.
    pub fn read(
        &self,
        places: &Places,
        bytes: impl FnOnce(&str) -> Result<Vec<u8>, String>,
        mistakes: &mut Vec<Diagnostic>,
    ) -> Option<Source> {
        let place = places.nearest(self.path).map(|(_, place)| place);
        let refuse = |code, message: String, label: &str| {
            Diagnostic::new(code, self.path, message).at(place).label(label.to_owned())
        };
        if !stays_inside(self.name) || Path::new(self.name).file_name().is_none() {
            let message = format!("`{}` leads out of the design's folder", shortened(self.name));
            let label = "name a file in the folder of the design, or below it";
            mistakes.push(refuse(code::PATH, message, label));
            return None;
        }
        let bytes = match bytes(self.name) {
            Ok(bytes) => bytes,
            Err(reason) => {
                let name = shortened(self.name);
                let message = format!("the {} `{name}` cannot be read", self.what);
                mistakes.push(refuse(code::FILE, message, &shortened(&reason)));
                return None;
            }
        };
        match decode_up_to(self.name, &bytes, self.largest) {
            Ok(source) => Some(source),
            Err(error) => {
                mistakes.push(within(error.1, &Arc::new(error.0)));
                None
            }
        }
    }
}

/// The same mistake, in a file that is not the design.
pub(super) fn within(mut found: Diagnostic, file: &Arc<Source>) -> Diagnostic {
    found.file = Some(Arc::clone(file));
    found
}

/// The place of a cell on a line, or, if it is not there as it stands, of the whole line.
pub(super) fn at(text: &str, line: u64, cell: &str) -> Place {
    let line = usize::try_from(line).unwrap_or(1).max(1);
    let content = text.lines().nth(line - 1).unwrap_or_default();
    let start = if cell.is_empty() { None } else { content.find(cell) };
    let (column, length) = match start {
        Some(start) => (content[..start].chars().count() + 1, cell.chars().count()),
        None => (1, content.chars().count().max(1)),
    };
    Place { line, column, length }
}
