//! Bars: what is cut to length, and how it comes out of the bars that are sold.

use std::fmt::Write;

use super::{Internal, Outcome, add};
use crate::cutting::Bar;
use crate::cutting::lengths::Length;
use crate::export::{Cell, Table};
use crate::outputs::Tree;
use crate::workshop::{self, BarCuts};

/// Adds the bars and how to saw them. Gives what the plan says about them.
pub(super) fn add_to(
    tree: &mut Tree,
    outcome: &Outcome,
    bars: &[BarCuts],
) -> Result<String, Internal> {
    let listed = Bar::table(&workshop::bars(&outcome.built())).to_csv();
    add(tree, "cut/bars.csv", "bars to cut to length", listed)?;
    let mut table = Table::new(["profile", "bar", "quantity", "pieces", "left_over"]);
    let mut plan = String::new();
    for cuts in bars {
        rows(&mut table, cuts, outcome);
        // Writing to a string does not fail.
        let _ = tell(&mut plan, cuts);
    }
    add(tree, "cut/bar-plan.csv", "which pieces to saw from which bar", table.to_csv())?;
    Ok(plan)
}

/// One row for bars that are sawn alike; lengths are in millimetres, before milling.
fn rows(table: &mut Table, cuts: &BarCuts, outcome: &Outcome) {
    let BarCuts { profile, wanted, cut } = cuts;
    let kerf = outcome.document.design.stock.bar_kerf;
    for bar in &cut.bars {
        let mut pieces: Vec<(usize, u64)> = Vec::new();
        for &piece in &bar.pieces {
            match pieces.last_mut() {
                Some((last, count)) if *last == piece => *count += 1,
                _ => pieces.push((piece, 1)),
            }
        }
        let words: Vec<String> = pieces
            .iter()
            .map(|(piece, count)| {
                let Length { name, length, .. } = &wanted[*piece];
                format!("{count} x {name} {}", length.mm())
            })
            .collect();
        let used = bar.pieces.iter().map(|&piece| wanted[piece].length + kerf).sum();
        let left = (bar.length - used).max(crate::units::Mm::ZERO);
        table.push([
            Cell::from(profile.clone()),
            Cell::Number(bar.length.mm()),
            Cell::Integer(i64::try_from(bar.quantity).unwrap_or(i64::MAX)),
            Cell::Text(words.join(", ")),
            Cell::Number(left.mm()),
        ]);
    }
}

fn tell(plan: &mut String, cuts: &BarCuts) -> std::fmt::Result {
    let BarCuts { profile, wanted, cut } = cuts;
    let counts: Vec<String> =
        cuts.bought().iter().map(|(length, count)| format!("{count} × {length}")).collect();
    write!(plan, "- {profile}: {}, {} in all", counts.join(", "), cut.bought)?;
    if cut.is_proven() {
        writeln!(plan, "; proven: nobody can buy less")?;
    } else {
        writeln!(plan, "; at least {} are needed", cut.bought_bound)?;
    }
    for (piece, count) in &cut.unplaced {
        let Length { name, length, .. } = &wanted[*piece];
        writeln!(plan, "  - **no bar is long enough** for {count} × {name} of {length}")?;
    }
    Ok(())
}
