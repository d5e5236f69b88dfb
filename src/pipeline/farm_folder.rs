//! `farm/`: what to print, how often, for how long.

use super::part_files::PartFiles;
use super::{Internal, Outcome, add, json};
use crate::farm::{Job, Print, Queue};
use crate::outputs::Tree;
use crate::parts::Made;

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
    let with_print = files.iter().filter_map(|file| {
        Some((file, outcome.prints.iter().find(|print| print.part.name == file.part)?))
    });
    let mut files: Vec<(&PartFiles, &Print)> = with_print.collect();
    // What is tried before the rest comes first.
    files.sort_by_key(|(_, print)| !matches!(print.part.made, Made::PerDesign(_)));
    let jobs = files.into_iter().filter_map(|(file, print)| {
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
