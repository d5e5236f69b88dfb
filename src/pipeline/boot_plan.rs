//! `wiring/boot-plan.csv`: which supplies are switched on together.

use super::{Internal, Outcome, add};
use crate::export::{Cell, Table};
use crate::outputs::Tree;

/// Adds the plan, if supplies feed the boards.
pub(super) fn add_to(tree: &mut Tree, outcome: &Outcome) -> Result<(), Internal> {
    let Some(plan) = &outcome.power.boot else { return Ok(()) };
    let mut table = Table::new([
        "batch",
        "boards",
        "supplies",
        "circuit",
        "peak_a",
        "trip_a",
        "cluster_afterwards_w",
    ]);
    let wiring = &outcome.wiring;
    for (at, batch) in plan.batches.iter().enumerate() {
        let supplies = wiring.feeds[batch.supplies.clone()].iter().map(|feed| feed.name.as_str());
        let circuit = wiring.mains.circuits.get(batch.circuit).map_or("", |it| it.name.as_str());
        table.push([
            Cell::Integer(i64::try_from(at + 1).unwrap_or(i64::MAX)),
            Cell::Integer(i64::from(batch.boards)),
            Cell::Text(supplies.collect::<Vec<_>>().join(" ")),
            Cell::Text(circuit.to_owned()),
            Cell::Number(round(batch.peak.0)),
            Cell::Number(round(plan.trip.value.0)),
            Cell::Number(round(batch.afterwards.0)),
        ]);
    }
    let about = "which supplies are switched on together, and the peak on the worst circuit";
    add(tree, "wiring/boot-plan.csv", about, table.to_csv())
}

/// To a tenth.
fn round(value: f64) -> f64 {
    (value * 10.0).round() / 10.0
}
