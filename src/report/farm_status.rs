//! What has become of a queue, in words and as JSON.

use std::fmt;

use serde_json::{Value, json};

use super::columns::columns;
use crate::farm;
use crate::handover::{Order, State, Tally};

/// The jobs of an order and where their copies are.
#[derive(Debug)]
pub struct FarmStatus<'a> {
    order: &'a Order,
    state: &'a State,
    jobs: Vec<(&'a farm::Job, Tally)>,
}

impl<'a> FarmStatus<'a> {
    /// The status of an order.
    pub fn new(order: &'a Order, state: &'a State) -> FarmStatus<'a> {
        let jobs = order.jobs.iter().map(|job| (job, state.tally(job))).collect();
        FarmStatus { order, state, jobs }
    }

    /// One object: `design`, `left`, `jobs` and `servers`.
    pub fn to_json(&self) -> Value {
        let jobs = self.jobs.iter().map(|(job, tally)| {
            json!({
                "id": job.id,
                "copies": tally.wanted,
                "queued": tally.queued,
                "printing": tally.printing,
                "done": tally.done,
                "failed": tally.failed,
                "unclear": tally.unclear,
                "left": tally.left(),
            })
        });
        json!({
            "design": self.order.design,
            "left": self.left(),
            "jobs": jobs.collect::<Vec<_>>(),
            "servers": self.state.servers,
        })
    }

    /// Whether there are copies that nobody prints yet.
    pub fn is_more_to_start(&self) -> bool {
        self.jobs.iter().any(|(_, tally)| tally.unhanded() + tally.queued > 0)
    }

    fn left(&self) -> u64 {
        self.jobs.iter().map(|(_, tally)| tally.left()).sum()
    }

    /// Good copies of plates that are no longer in the queue.
    fn of_earlier_plates(&self) -> u64 {
        let current = |record: &&crate::handover::JobRecord| {
            self.jobs.iter().any(|(job, _)| job.id == record.id && job.sha256 == record.plate)
        };
        let earlier = self.state.jobs.iter().filter(|record| !current(record));
        earlier.map(|record| record.tally(0).done).sum()
    }
}

impl fmt::Display for FarmStatus<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let head =
            ["job", "copies", "queued", "printing", "done", "failed", "unclear", "left to print"];
        let row = |name: &str, tally: &Tally, left: u64| {
            [
                name.to_owned(),
                tally.wanted.to_string(),
                tally.queued.to_string(),
                tally.printing.to_string(),
                tally.done.to_string(),
                tally.failed.to_string(),
                tally.unclear.to_string(),
                left.to_string(),
            ]
        };
        let mut all = Tally::default();
        for (_, tally) in &self.jobs {
            all.wanted += tally.wanted;
            all.queued += tally.queued;
            all.printing += tally.printing;
            all.done += tally.done;
            all.failed += tally.failed;
            all.unclear += tally.unclear;
        }
        let jobs = self.jobs.iter().map(|(job, tally)| row(&job.id, tally, tally.left()));
        let rows = std::iter::once(head.map(str::to_owned)).chain(jobs).chain([row(
            "all",
            &all,
            self.left(),
        )]);
        write!(f, "{}", columns(rows, &[1, 2, 3, 4, 5, 6, 7]))?;
        let minutes: f64 =
            self.jobs.iter().map(|(job, tally)| job.minutes * tally.left() as f64).sum();
        if self.left() > 0 {
            writeln!(f, "{:.0} hours of printing are left", minutes / 60.0)?;
        }
        for (job, tally) in self.jobs.iter().filter(|(_, tally)| tally.unclear > 0) {
            let count = tally.unclear;
            writeln!(
                f,
                "{count} × {} ended unseen: say `pibuild farm done … {0}` or `pibuild farm failed … {0}`",
                job.id
            )?;
        }
        match self.of_earlier_plates() {
            0 => Ok(()),
            count => writeln!(f, "{count} more were printed of plates that are no longer planned"),
        }
    }
}
