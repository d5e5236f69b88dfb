//! Open Packaging Conventions: the ZIP container around 3MF models and spreadsheets.
//!
//! Promise: the same entries give the same bytes on every machine; they carry the earliest date
//! that a ZIP file can, and one compressor is used everywhere.

use std::borrow::Cow;
use std::fmt;
use std::io::{Cursor, Write};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

/// Why a package cannot be written. Memory is all that it needs, so this is a mistake somewhere.
#[derive(Debug)]
pub enum PackageError {
    /// The XML in it.
    Xml(std::io::Error),
    /// The ZIP file around it.
    Zip(zip::result::ZipError),
}

impl fmt::Display for PackageError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            PackageError::Xml(problem) => write!(f, "{problem}"),
            PackageError::Zip(problem) => write!(f, "{problem}"),
        }
    }
}

impl std::error::Error for PackageError {}

/// The package's bytes: entries by name, in this order.
pub(super) fn archive(entries: &[(&str, &[u8])]) -> Result<Vec<u8>, PackageError> {
    zipped(entries).map_err(PackageError::Zip)
}

fn zipped(entries: &[(&str, &[u8])]) -> Result<Vec<u8>, zip::result::ZipError> {
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .last_modified_time(DateTime::DEFAULT)
        .unix_permissions(0o644);
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in entries {
        archive.start_file(*name, options)?;
        archive.write_all(bytes)?;
    }
    Ok(archive.finish()?.into_inner())
}

/// The text without what XML 1.0 cannot hold.
pub(super) fn printable(text: &str) -> Cow<'_, str> {
    let forbidden = |letter: char| matches!(letter, '\0'..='\x08' | '\x0b' | '\x0c' | '\x0e'..='\x1f' | '\u{fffe}' | '\u{ffff}');
    if text.contains(forbidden) {
        Cow::Owned(text.replace(forbidden, "\u{fffd}"))
    } else {
        Cow::Borrowed(text)
    }
}
