//! What an output folder orders: its queue, the gcode of each job, and who prints what.

use std::collections::BTreeMap;
use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use serde::Deserialize;

use super::trouble::Trouble;
use crate::farm::{self, Queue, Sliced, SlicedJob};
use crate::outputs::sha256;

/// The files that say so.
const QUEUE: &str = "farm/queue.json";
const SCHEDULE: &str = "farm/schedule.csv";
const CHECKS: &str = "checks.json";

/// What is to be printed from one output folder.
#[derive(Debug)]
pub struct Order {
    /// The folder.
    pub folder: PathBuf,
    /// Name of the design.
    pub design: String,
    /// Whether the design can be built as it stands.
    pub buildable: bool,
    /// The queue.
    pub jobs: Vec<farm::Job>,
    sliced: Vec<SlicedJob>,
}

/// The gcode of a job, read and found to be what the index says.
#[derive(Debug)]
pub struct Gcode {
    /// The job.
    pub id: String,
    /// SHA-256, in hexadecimal.
    pub sha256: String,
    /// All of it.
    pub bytes: Vec<u8>,
}

/// What is read of `checks.json`.
#[derive(Deserialize)]
struct Checks {
    design: String,
    buildable: bool,
}

/// A row of `schedule.csv`.
#[derive(Deserialize)]
struct Row {
    printer: String,
    job: String,
    copies: u64,
}

impl Order {
    /// Reads an output folder.
    ///
    /// # Errors
    /// It has no queue, or one of another version.
    pub fn read(folder: &Path) -> Result<Order, Trouble> {
        let queue: Queue = json(folder, QUEUE)?.ok_or_else(|| {
            Trouble::Wrong(format!(
                "there is no {QUEUE} in `{}`: `pibuild generate` makes it",
                folder.display()
            ))
        })?;
        if queue.version != farm::QUEUE_VERSION {
            return Err(Trouble::Wrong(format!(
                "{QUEUE} has version {}, and this pibuild reads version {}: generate it again",
                queue.version,
                farm::QUEUE_VERSION
            )));
        }
        let checks: Checks = json(folder, CHECKS)?.ok_or_else(|| {
            let folder = folder.display();
            Trouble::Wrong(format!("there is no {CHECKS} in `{folder}`: generate it again"))
        })?;
        let sliced: Option<Sliced> = json(folder, Sliced::FILE)?;
        Ok(Order {
            folder: folder.to_owned(),
            design: checks.design,
            buildable: checks.buildable,
            jobs: queue.jobs,
            sliced: sliced.map_or(Vec::new(), |index| index.jobs),
        })
    }

    /// The job of this id.
    ///
    /// # Errors
    /// There is none.
    pub fn job(&self, id: &str) -> Result<&farm::Job, Trouble> {
        self.jobs.iter().find(|job| job.id == id).ok_or_else(|| {
            let ids: Vec<&str> = self.jobs.iter().map(|job| job.id.as_str()).collect();
            Trouble::Wrong(format!("the queue has no job `{id}` (there are {})", ids.join(", ")))
        })
    }

    /// Jobs without gcode of their present plate.
    pub fn unsliced(&self) -> impl Iterator<Item = &str> {
        let lacks = |job: &&farm::Job| self.sliced(job).is_none();
        self.jobs.iter().filter(lacks).map(|job| job.id.as_str())
    }

    /// SHA-256 of a job's gcode, as the index says.
    pub fn gcode_sha256(&self, job: &farm::Job) -> Option<&str> {
        self.sliced(job).map(|sliced| sliced.sha256.as_str())
    }

    /// The gcode of a job, and whether it is what was sliced.
    pub fn gcode(&self, job: &farm::Job) -> Result<Gcode, Trouble> {
        let again = "slice it again with `pibuild farm slice`";
        let id = &job.id;
        let sliced = self
            .sliced(job)
            .ok_or_else(|| Trouble::Wrong(format!("there is no gcode for `{id}`: {again}")))?;
        let bytes = read(&self.folder.join(&sliced.file))?.ok_or_else(|| {
            Trouble::Wrong(format!("`{}`, the gcode of `{id}`, is missing: {again}", sliced.file))
        })?;
        if sha256(&bytes) != sliced.sha256 {
            return Err(Trouble::Wrong(format!(
                "`{}`, the gcode of `{id}`, has changed since it was sliced: {again}",
                sliced.file
            )));
        }
        Ok(Gcode { id: id.clone(), sha256: sliced.sha256.clone(), bytes })
    }

    fn sliced(&self, job: &farm::Job) -> Option<&SlicedJob> {
        self.sliced.iter().find(|it| it.id == job.id && it.plate_sha256 == job.sha256)
    }

    /// Numbers of jobs in the order of printing, once for each copy: of the whole queue, by
    /// priority; or of what the schedule gives one printer.
    ///
    /// # Errors
    /// The schedule does not know the printer; or the whole queue is for printers of several kinds.
    pub fn sequence(&self, printer: Option<&str>) -> Result<Vec<usize>, Trouble> {
        let Some(printer) = printer else {
            self.for_one_kind()?;
            let mut order: Vec<usize> = (0..self.jobs.len()).collect();
            order.sort_by_key(|index| self.jobs[*index].priority);
            let copies =
                |index: usize| std::iter::repeat_n(index, self.jobs[index].copies as usize);
            return Ok(order.into_iter().flat_map(copies).collect());
        };
        let rows = self.schedule()?;
        if !rows.iter().any(|row| row.printer == printer) {
            return Err(Trouble::Wrong(format!(
                "{SCHEDULE} has no printer `{printer}` (there are {})",
                printers(&rows).join(", ")
            )));
        }
        let numbers: BTreeMap<&str, usize> =
            self.jobs.iter().enumerate().map(|(index, job)| (job.id.as_str(), index)).collect();
        let own = rows.iter().filter(|row| row.printer == printer);
        let copies = own.filter_map(|row| {
            let index = *numbers.get(row.job.as_str())?;
            Some(std::iter::repeat_n(index, row.copies as usize))
        });
        Ok(copies.flatten().collect())
    }

    /// A queue for several kinds of printers cannot go to one of them.
    fn for_one_kind(&self) -> Result<(), Trouble> {
        let mut groups: Vec<&str> = self.jobs.iter().map(|job| job.group.as_str()).collect();
        groups.sort_unstable();
        groups.dedup();
        if groups.len() < 2 {
            return Ok(());
        }
        let names = printers(&self.schedule()?).join(", ");
        Err(Trouble::Wrong(format!(
            "the queue is for printers of several kinds, {}: say with --printer which one this \
             server has ({names})",
            groups.join(" and ")
        )))
    }

    fn schedule(&self) -> Result<Vec<Row>, Trouble> {
        let path = self.folder.join(SCHEDULE);
        let bytes = read(&path)?.ok_or_else(|| {
            Trouble::Wrong(format!("there is no {SCHEDULE} in `{}`", self.folder.display()))
        })?;
        let rows: Result<Vec<Row>, csv::Error> =
            csv::Reader::from_reader(bytes.as_slice()).deserialize().collect();
        rows.map_err(|problem| Trouble::Wrong(format!("`{}`: {problem}", path.display())))
    }
}

/// Names of printers, `mini-2` before `mini-10`.
fn printers(rows: &[Row]) -> Vec<&str> {
    let mut names: Vec<&str> = rows.iter().map(|row| row.printer.as_str()).collect();
    names.sort_by_key(|name| (name.len(), *name));
    names.dedup();
    names
}

fn json<T: for<'a> Deserialize<'a>>(folder: &Path, file: &str) -> Result<Option<T>, Trouble> {
    let Some(bytes) = read(&folder.join(file))? else { return Ok(None) };
    let value = serde_json::from_slice(&bytes);
    value
        .map(Some)
        .map_err(|problem| Trouble::Wrong(format!("{file} is not as pibuild writes it: {problem}")))
}

/// A file's bytes; `None` if it is not there.
pub(super) fn read(path: &Path) -> Result<Option<Vec<u8>>, Trouble> {
    match fs::read(path) {
        Ok(bytes) => Ok(Some(bytes)),
        Err(error) if matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory) => {
            Ok(None)
        }
        Err(error) => Err(Trouble::Failed(format!("cannot read `{}`: {error}", path.display()))),
    }
}
