//! `farm/`: what to print, on which plates, on which printers, when.

use std::collections::BTreeMap;

use super::{Internal, Outcome, add, json};
use crate::export::threemf::{self, Colour, Object};
use crate::farm::{self, Job, PlannedJob, Queue, tables};
use crate::outputs::{Tree, sha256};
use crate::spec::Date;

/// Adds plates, queue and schedule.
pub(super) fn add_to(tree: &mut Tree, outcome: &Outcome) -> Result<(), Internal> {
    let mut jobs = Vec::new();
    for job in &outcome.plan.jobs {
        let Some(plate) = plate(outcome, job) else { continue };
        let bytes = plate?;
        let file = format!("farm/plates/{}.3mf", job.id);
        jobs.push(queued(outcome, job, file.clone(), sha256(&bytes)));
        let about = format!("a plate of {}, as it lies on the bed", pieces(outcome, job));
        add(tree, &file, &about, bytes)?;
    }
    let queue = Queue::new(jobs);
    let about = "what to print, how often, for how long";
    add(tree, "farm/queue.json", about, json(&queue)?)?;
    add(tree, "farm/queue.csv", about, queue.table().to_csv())?;
    let plan = &outcome.plan;
    if plan.schedule.is_none() {
        return Ok(());
    }
    let about = "which plate on which printer when, in minutes from the first shift on";
    add(tree, "farm/schedule.csv", about, tables::schedule(plan).to_csv())?;
    let about = "time kept free for what is expected to fail";
    add(tree, "farm/reprints.csv", about, tables::reprints(plan).to_csv())?;
    let about = "which spool goes on which printer when: one row is one spool to buy";
    add(tree, "farm/spools.csv", about, tables::spools(plan).to_csv())?;
    if let Some(gantt) = farm::gantt(plan, outcome.title()) {
        add(tree, "farm/gantt.svg", "the schedule as a picture", gantt)?;
    }
    let design = &outcome.document.design;
    if let Some(start) = design.printing.start.as_deref().and_then(Date::read) {
        let hour = design.printing.staffed.from_hour;
        let calendar = farm::calendar(plan, &design.name, start, hour);
        add(tree, "farm/schedule.ics", "the schedule for calendar programs", calendar)?;
    }
    Ok(())
}

/// `7 × caddy`.
fn pieces(outcome: &Outcome, job: &PlannedJob) -> String {
    format!("{} × {}", job.pieces, outcome.prints[job.print].part.name)
}

/// The plate as 3MF; `None` for a part that could not be modelled.
pub(super) fn plate(outcome: &Outcome, job: &PlannedJob) -> Option<Result<Vec<u8>, Internal>> {
    let print = &outcome.prints[job.print];
    let material = outcome.document.catalog.materials.get(&print.part.material);
    let object = Object {
        name: &print.part.about,
        part_number: &print.part.name,
        material: material.map_or(&print.part.material, |material| &material.name),
        colour: job.colour.as_deref().and_then(read_colour).unwrap_or(super::part_files::FILAMENT),
        mesh: print.mesh.as_ref()?,
        places: &job.places,
    };
    let package = threemf::package(&pieces(outcome, job), &[object]);
    Some(package.map_err(|problem| Internal::Package { name: job.id.clone(), problem }))
}

/// `#RRGGBB`.
fn read_colour(text: &str) -> Option<Colour> {
    let number = u32::from_str_radix(text.strip_prefix('#')?, 16).ok()?;
    let [_, red, green, blue] = number.to_be_bytes();
    Some(Colour { red, green, blue })
}

fn queued(outcome: &Outcome, job: &PlannedJob, file: String, sha256: String) -> Job {
    let tenth = |value: f64| (value * 10.0).round() / 10.0;
    let part = &outcome.prints[job.print].part;
    let kind = &outcome.plan.printers[job.group];
    Job {
        id: job.id.clone(),
        file,
        sha256,
        copies: job.copies,
        parts: BTreeMap::from([(part.name.clone(), job.pieces)]),
        material: part.material.clone(),
        colour: job.colour.clone(),
        grams: tenth(job.grams.0),
        minutes: tenth(job.minutes.0),
        minutes_origin: job.origin,
        nozzle: kind.nozzle.mm(),
        bed: kind.bed.map(crate::units::Mm::mm),
        priority: job.priority,
        group: kind.model.clone(),
    }
}
