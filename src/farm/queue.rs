//! The print queue: which file, how often, how long.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::export::{Cell, Table};

/// Version of the queue's format.
pub const VERSION: u32 = 1;

/// What a print farm is to print, one job a distinct plate. `farm/queue.json` of an output folder.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Queue {
    /// Version of this format.
    #[schemars(extend("const" = VERSION))]
    pub version: u32,
    /// What is to be printed, in the order of the parts.
    pub jobs: Vec<Job>,
}

/// One plate and its copies.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Job {
    /// Stable name of the job.
    pub id: String,
    /// The plate as 3MF in bed coordinates, relative to the output folder.
    pub file: String,
    /// Its SHA-256, in hexadecimal: the same file twice gives the same parts.
    #[schemars(regex(pattern = "^[0-9a-f]{64}$"))]
    pub sha256: String,
    /// How often it is printed.
    #[schemars(extend("minimum" = 1))]
    pub copies: u64,
    /// Parts on one copy, and how many of each.
    pub parts: BTreeMap<String, u32>,
    /// Catalogue id of the filament.
    pub material: String,
    /// Colour of the filament as `#RRGGBB`; left out if any will do.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub colour: Option<String>,
    /// Filament of one copy, in grams.
    pub grams: f64,
    /// Time of one copy, in minutes, without warming up.
    pub minutes: f64,
    /// Where the minutes come from.
    pub minutes_origin: Origin,
    /// Diameter of the nozzle, in millimetres.
    pub nozzle: f64,
    /// The bed that the plate is laid out for: along x, along y, height, in millimetres.
    pub bed: [f64; 3],
    /// Lower numbers are printed first.
    pub priority: u32,
    /// The printers that it is for: catalogue id of their model.
    pub group: String,
}

/// Where minutes come from.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "lowercase")]
pub enum Origin {
    /// From the layers and the printer's speeds: within −35 % and +50 %.
    Estimated,
    /// From a slicer.
    Sliced,
    /// From the design: somebody has measured it.
    Measured,
}

impl Origin {
    /// The word in files.
    pub fn word(self) -> &'static str {
        match self {
            Origin::Estimated => "estimated",
            Origin::Sliced => "sliced",
            Origin::Measured => "measured",
        }
    }
}

impl Queue {
    /// A queue of jobs.
    pub fn new(jobs: Vec<Job>) -> Queue {
        Queue { version: VERSION, jobs }
    }

    /// As a table, one row a job; `parts` as `part × n`.
    pub fn table(&self) -> Table {
        let mut table = Table::new([
            "id",
            "file",
            "sha256",
            "copies",
            "parts",
            "material",
            "colour",
            "grams",
            "minutes",
            "minutes_origin",
            "nozzle",
            "bed",
            "priority",
            "group",
        ]);
        for job in &self.jobs {
            let parts = job.parts.iter().map(|(part, count)| format!("{part} × {count}"));
            table.push([
                Cell::Text(job.id.clone()),
                Cell::Text(job.file.clone()),
                Cell::Text(job.sha256.clone()),
                Cell::Integer(i64::try_from(job.copies).unwrap_or(i64::MAX)),
                Cell::Text(parts.collect::<Vec<_>>().join("; ")),
                Cell::Text(job.material.clone()),
                job.colour.clone().map_or(Cell::Empty, Cell::Text),
                Cell::Number(job.grams),
                Cell::Number(job.minutes),
                Cell::Text(job.minutes_origin.word().to_owned()),
                Cell::Number(job.nozzle),
                Cell::Text(job.bed.map(|side| side.to_string()).join(" × ")),
                Cell::Integer(i64::from(job.priority)),
                Cell::Text(job.group.clone()),
            ]);
        }
        table
    }
}

/// The JSON Schema of `queue.json`.
pub fn schema() -> serde_json::Value {
    schemars::generate::SchemaSettings::draft07()
        .into_generator()
        .into_root_schema_for::<Queue>()
        .to_value()
}
