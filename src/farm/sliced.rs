//! What a slicer has made of the plates: which gcode prints which job.

use serde::{Deserialize, Serialize};

use crate::spec::SlicedPart;

/// Version of the index's format.
pub const VERSION: u32 = 1;

/// The sliced jobs of an output folder: `farm/gcode/sliced.json`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Sliced {
    /// Version of this format.
    pub version: u32,
    /// What there is gcode for, in the order of the queue.
    pub jobs: Vec<SlicedJob>,
    /// What single pieces take, one entry a part and configuration: what plates are planned with.
    #[serde(default)]
    pub parts: Vec<SlicedPart>,
}

/// The gcode of one job.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SlicedJob {
    /// The job's id in the queue.
    pub id: String,
    /// The gcode, relative to the output folder.
    pub file: String,
    /// Its SHA-256, in hexadecimal.
    pub sha256: String,
    /// SHA-256 of the plate that it was sliced from, as in the queue: gcode of an earlier plate is
    /// known by it.
    pub plate_sha256: String,
    /// The profile that it was sliced with: the printer's class, or the user's file.
    pub printer_profile: String,
    /// SHA-256 of all that it was sliced with.
    #[serde(default)]
    pub profile_sha256: String,
    /// The program.
    #[serde(default)]
    pub slicer: String,
    /// Time of one copy, in minutes, as the slicer says.
    pub minutes: f64,
    /// Filament of one copy, in grams, as the slicer says.
    pub grams: f64,
}

impl Sliced {
    /// Where it is in an output folder.
    pub const FILE: &'static str = "farm/gcode/sliced.json";

    /// An index of jobs.
    pub fn new(jobs: Vec<SlicedJob>) -> Sliced {
        Sliced { version: VERSION, jobs, parts: Vec::new() }
    }
}
