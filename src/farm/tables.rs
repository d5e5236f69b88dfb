//! The schedule as tables: plates, reprints, spools.

use std::collections::BTreeMap;

use super::plan::{Entry, Plan};
use super::print::Print;
use super::queue::Origin;
use crate::export::{Cell, Table};

fn whole(number: u64) -> Cell {
    Cell::Integer(i64::try_from(number).unwrap_or(i64::MAX))
}

/// `schedule.csv`: the plates of the queue, each copy once.
pub fn schedule(plan: &Plan) -> Table {
    let mut table =
        Table::new(["printer", "job", "copies", "start_min", "end_min", "minutes_origin"]);
    for entry in &plan.entries {
        let Some(job) = entry.job.and_then(|index| plan.jobs.get(index)) else { continue };
        table.push([
            Cell::Text(entry.printer.clone()),
            Cell::Text(job.id.clone()),
            Cell::Integer(1),
            whole(entry.start),
            whole(entry.end),
            Cell::Text(entry.origin.word().to_owned()),
        ]);
    }
    table
}

/// `reprints.csv`: time kept free for what is expected to fail.
pub fn reprints(plan: &Plan) -> Table {
    let mut table =
        Table::new(["printer", "part", "pieces", "start_min", "end_min", "minutes_origin"]);
    for entry in plan.entries.iter().filter(|entry| entry.job.is_none()) {
        let Entry { printer, part, pieces, origin, start, end, .. } = entry;
        table.push([
            Cell::Text(printer.clone()),
            Cell::Text(part.clone()),
            whole(u64::from(*pieces)),
            whole(*start),
            whole(*end),
            Cell::Text(origin.word().to_owned()),
        ]);
    }
    table
}

/// What printing takes, by part and where its minutes come from; reprints are not in it.
pub fn hours(plan: &Plan, prints: &[Print]) -> Table {
    let mut rows: BTreeMap<(usize, Origin), (u64, f64)> = BTreeMap::new();
    for job in &plan.jobs {
        let row = rows.entry((job.print, job.origin)).or_default();
        row.0 += u64::from(job.pieces) * job.copies;
        row.1 += job.minutes.0 * job.copies as f64;
    }
    let mut table = Table::new(["part", "pieces", "minutes_each", "hours", "minutes_origin"]);
    for ((print, origin), (pieces, minutes)) in rows {
        let tenth = |value: f64| Cell::Number((value * 10.0).round() / 10.0);
        table.push([
            Cell::Text(prints[print].part.name.clone()),
            whole(pieces),
            tenth(minutes / pieces as f64),
            tenth(minutes / 60.0),
            Cell::Text(origin.word().to_owned()),
        ]);
    }
    table
}

/// `spools.csv`: which spool goes on which printer when. One row is one spool to buy.
pub fn spools(plan: &Plan) -> Table {
    let mut table = Table::new(["material", "colour", "spool", "printer", "at_min"]);
    for (material, colour, _) in plan.spools_to_buy() {
        let own = plan.spools.iter().filter(|change| {
            (change.material.as_str(), change.colour.as_deref()) == (material, colour)
        });
        for (number, change) in own.enumerate() {
            table.push([
                Cell::Text(material.to_owned()),
                colour.map_or(Cell::Empty, |colour| Cell::Text(colour.to_owned())),
                whole(number as u64 + 1),
                Cell::Text(change.printer.clone()),
                whole(change.at),
            ]);
        }
    }
    table
}
