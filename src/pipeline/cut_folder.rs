//! `cut/`: bars, sheets and drawings for the workshop.

use super::{Internal, Outcome, add, bar_files, sheet_files};
use crate::catalog::RailProfile;
use crate::drawings::{self, RailDrawing};
use crate::outputs::Tree;
use crate::units::Mm;
use crate::workshop::Cuts;

/// Permitted deviation of a milled rail: a tenth is what a manual mill holds, and the row keeps
/// three times as much play.
const RAIL_TOLERANCE: Mm = Mm::um(100);

/// Adds the rail's drawing and the bars to cut.
pub(super) fn add_to(tree: &mut Tree, outcome: &Outcome, cuts: &Cuts) -> Result<(), Internal> {
    let rail = drawings::rail(&rail_drawing(outcome));
    add(tree, "cut/rail.svg", "the rail, dimensioned for the machinist", rail)?;
    let bars = bar_files::add_to(tree, outcome, &cuts.bars)?;
    let sheets = sheet_files::add_to(tree, outcome, &cuts.sheets)?;
    let mut plan = format!("# What to buy and cut\n\n## Bars\n\n{bars}");
    if !sheets.is_empty() {
        plan.push_str("\n## Sheets\n\n");
        plan.push_str(&sheets);
    }
    add(tree, "cut/cut-plan.md", "bars and sheets to buy, and that nobody needs fewer", plan)
}

fn rail_drawing(outcome: &Outcome) -> RailDrawing {
    let (rail, bank) = (&outcome.cluster.rail, &outcome.cluster.bank);
    let unverified = outcome.ledger.unverified(&rail.finished.name);
    let mut notes = Vec::new();
    notes.extend(stock(&rail.profile));
    if !unverified.is_empty() {
        notes.push(format!("Not confirmed by a source: {}", unverified.join(", ")));
    }
    RailDrawing {
        title: "rail".to_owned(),
        design: outcome.title().to_owned(),
        profile_name: rail.profile.name.clone(),
        material: "Aluminium extrusion".to_owned(),
        long_side: rail.profile.long_side.value,
        short_side: rail.profile.short_side.value,
        bought: rail.bought.value,
        milling: rail.milling.value,
        finished: rail.finished.value,
        tolerance: RAIL_TOLERANCE,
        bore_pitch: rail.profile.bore_pitch.as_ref().map(|pitch| pitch.value),
        tap: rail.tap.clone(),
        tap_depth: rail.profile.tap_depth.value,
        end_bracket: bank.bracket.thickness,
        opening: outcome.cluster.opening.width.value,
        quantity: outcome.banks_made(),
        projection: outcome.document.design.drawings.projection,
        notes,
    }
}

/// What the catalogue knows of the profile's bores.
fn stock(profile: &RailProfile) -> Option<String> {
    let bore = profile.bore.as_ref()?;
    let doubt = if bore.unverified { " (not confirmed by a source: measure)" } else { "" };
    Some(format!("Bore as bought {}{doubt}.", bore.value))
}
