//! What a slicer said that parts take: the file under `printing.sliced`.
//!
//! An entry is for one mesh and one configuration, each known by its hash. A part that has changed
//! since has no entry; so a stale file does no harm.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::bundle::Files;
use super::code;
use super::diagnostic::Diagnostic;
use super::named_file::{NamedFile, within};
use super::places::Places;
use super::source::{Place, Source};

/// Version of the file's format.
pub const SLICED_VERSION: u32 = 1;

/// Enough for thousands of numbered caddies.
const LARGEST: usize = 16 << 20;

/// Times of single pieces, as a slicer sees them.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct SlicedTimes {
    /// Version of this format.
    pub version: u32,
    /// One entry a part and configuration.
    #[serde(default)]
    pub parts: Vec<SlicedPart>,
}

/// One piece of a part, sliced alone.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SlicedPart {
    /// The part.
    pub part: String,
    /// SHA-256 of its STL file, as in `parts/certificate.json`.
    pub mesh_sha256: String,
    /// The configuration's name: the printer's class, or the user's file.
    pub printer_profile: String,
    /// SHA-256 of the whole configuration, without the bed.
    pub profile_sha256: String,
    /// The program.
    pub slicer: String,
    /// Its time, in minutes.
    pub minutes: f64,
    /// Its filament, in grams.
    pub grams: f64,
}

impl SlicedTimes {
    /// A list of this version.
    pub fn new(parts: Vec<SlicedPart>) -> SlicedTimes {
        SlicedTimes { version: SLICED_VERSION, parts }
    }

    /// The entry of a mesh that is printed with a configuration.
    pub fn find(&self, mesh_sha256: &str, profile_sha256: &str) -> Option<&SlicedPart> {
        let asked = (mesh_sha256, profile_sha256);
        self.parts.iter().find(|it| (it.mesh_sha256.as_str(), it.profile_sha256.as_str()) == asked)
    }

    /// Reads the file's text; an error says what is wrong, at which line and column.
    pub fn parse(text: &str) -> Result<SlicedTimes, (String, Place)> {
        let at = |line, column| Place { line, column, length: 1 };
        let times: SlicedTimes = serde_json::from_str(text)
            .map_err(|error| (error.to_string(), at(error.line().max(1), error.column().max(1))))?;
        if times.version != SLICED_VERSION {
            let version = times.version;
            return Err((format!("version {version} is not understood, 1 is"), at(1, 1)));
        }
        let sensible = |value: f64| value.is_finite() && (0.0..1e6).contains(&value);
        match times.parts.iter().find(|it| !sensible(it.minutes) || !sensible(it.grams)) {
            Some(wrong) => {
                Err((format!("nobody prints `{}` in such a time", wrong.part), at(1, 1)))
            }
            None => Ok(times),
        }
    }
}

/// Reads the file that the design names, if it names one.
pub(super) fn read(
    name: Option<&String>,
    places: &Places,
    files: &dyn Files,
    mistakes: &mut Vec<Diagnostic>,
) -> SlicedTimes {
    const PATH: &str = "printing.sliced";
    let Some(name) = name else { return SlicedTimes::default() };
    let named = NamedFile { path: PATH, what: "list of sliced times", name, largest: LARGEST };
    let before = mistakes.len();
    let read = named.read(places, |name| files.record(name), mistakes);
    if let Some(missing) = mistakes.get_mut(before).filter(|found| found.code == code::FILE) {
        missing.notes.push("`pibuild farm slice` with this design writes it".to_owned());
    }
    let Some(source) = read else { return SlicedTimes::default() };
    SlicedTimes::parse(&source.text).unwrap_or_else(|(problem, place)| {
        let message = "this is no list of sliced times".to_owned();
        let found = Diagnostic::new(code::SLICED, PATH, message).at(place).label(problem);
        let file = Source { name: name.clone(), text: source.text };
        mistakes.push(within(found, &Arc::new(file)));
        SlicedTimes::default()
    })
}
