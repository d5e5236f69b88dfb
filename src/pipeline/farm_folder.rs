//! `farm/`: what to print, how often, for how long.

use super::part_files::PartFiles;
use super::{Internal, Outcome, add, json};
use crate::farm::{Job, Queue};
use crate::outputs::Tree;

/// Adds the print queue.
pub(super) fn add_to(
    tree: &mut Tree,
    outcome: &Outcome,
    files: &[PartFiles],
) -> Result<(), Internal> {
    let queue = queue(outcome, files);
    let about = "what to print, how often, for how long";
    add(tree, "farm/queue.json", about, json(&queue)?)?;
    add(tree, "farm/queue.csv", about, queue.table().to_csv())
}

fn queue(outcome: &Outcome, files: &[PartFiles]) -> Queue {
    let jobs = files.iter().filter_map(|file| {
        let print = outcome.prints.iter().find(|print| print.part.name == file.part)?;
        Some(Job::single(
            &file.part,
            file.stl.path.clone(),
            file.stl.sha256.clone(),
            outcome.copies(&print.part),
            &print.part.material,
            print.estimate()?,
        ))
    });
    Queue::new(jobs.collect())
}
