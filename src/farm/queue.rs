//! The print queue: which file, how often, how long.

use std::collections::BTreeMap;

use serde::Serialize;

use super::estimate::Estimate;
use crate::export::{Cell, Table};

/// Version of the queue's format.
const VERSION: u32 = 1;

/// Everything to print, one job a distinct file.
#[derive(Clone, Debug, Serialize)]
pub struct Queue {
    version: u32,
    jobs: Vec<Job>,
}

/// One file and its copies.
#[derive(Clone, Debug, Serialize)]
pub struct Job {
    /// Stable name of the job.
    pub id: String,
    /// The file, relative to the output folder.
    pub file: String,
    /// Its hash: the same file twice gives the same part.
    pub sha256: String,
    /// How often it is printed.
    pub copies: u64,
    /// Parts on one copy.
    pub parts: BTreeMap<String, u32>,
    /// Catalogue id of the filament.
    pub material: String,
    /// Filament of one copy.
    pub grams: f64,
    /// Time of one copy.
    pub minutes: f64,
    /// `estimated` or `measured`.
    pub minutes_origin: &'static str,
}

impl Job {
    /// A job that prints one piece of one part at a time.
    pub fn single(
        part: &str,
        file: String,
        sha256: String,
        copies: u64,
        material: &str,
        estimate: &Estimate,
    ) -> Job {
        let tenth = |value: f64| (value * 10.0).round() / 10.0;
        Job {
            id: part.to_owned(),
            file,
            sha256,
            copies,
            parts: BTreeMap::from([(part.to_owned(), 1)]),
            material: material.to_owned(),
            grams: tenth(estimate.grams.0),
            minutes: tenth(estimate.minutes.0),
            minutes_origin: estimate.origin.word(),
        }
    }
}

impl Queue {
    /// A queue of jobs.
    pub fn new(jobs: Vec<Job>) -> Queue {
        Queue { version: VERSION, jobs }
    }

    /// The jobs.
    pub fn jobs(&self) -> &[Job] {
        &self.jobs
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
            "grams",
            "minutes",
            "minutes_origin",
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
                Cell::Number(job.grams),
                Cell::Number(job.minutes),
                Cell::Text(job.minutes_origin.to_owned()),
            ]);
        }
        table
    }
}
