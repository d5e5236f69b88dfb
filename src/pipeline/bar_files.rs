//! Bars: what is cut to length, and how it comes out of the bars that are sold.

use std::collections::BTreeMap;
use std::fmt::Write;

use super::{Internal, Outcome, add};
use crate::cutting::Bar;
use crate::cutting::lengths::{self, CutBars, Length, StockBar};
use crate::export::{Cell, Table};
use crate::outputs::Tree;
use crate::shell::Frame;

/// Adds the bars and how to saw them. Gives what the plan says about them.
pub(super) fn add_to(tree: &mut Tree, outcome: &Outcome) -> Result<String, Internal> {
    let mut bars = vec![rails(outcome)];
    bars.extend(outcome.shell.frame.iter().flat_map(Frame::cut_bars));
    add(tree, "cut/bars.csv", "bars to cut to length", Bar::table(&bars).to_csv())?;
    let stock = &outcome.document.design.stock;
    let sold: Vec<StockBar> =
        stock.bars.iter().map(|&length| StockBar { length, quantity: None }).collect();
    let mut by_profile: BTreeMap<&str, Vec<Length>> = BTreeMap::new();
    for bar in bars.iter().filter(|bar| bar.quantity > 0) {
        by_profile.entry(&bar.profile).or_default().push(Length {
            name: bar.name.clone(),
            length: bar.bought,
            quantity: bar.quantity,
        });
    }
    let mut table = Table::new(["profile", "bar", "quantity", "pieces", "left_over"]);
    let mut plan = String::new();
    for (profile, wanted) in by_profile {
        let cut = lengths::cut(&wanted, &sold, stock.bar_kerf)?;
        rows(&mut table, profile, &wanted, &cut, outcome);
        // Writing to a string does not fail.
        let _ = tell(&mut plan, profile, &wanted, &cut);
    }
    add(tree, "cut/bar-plan.csv", "which pieces to saw from which bar", table.to_csv())?;
    Ok(plan)
}

/// The rails of all banks.
fn rails(outcome: &Outcome) -> Bar {
    let rail = &outcome.cluster.rail;
    Bar {
        name: "rail".to_owned(),
        profile: rail.profile_id.clone(),
        bought: rail.bought.value,
        length: rail.finished.value,
        milling: rail.milling.value,
        tap: Some(rail.tap.clone()),
        quantity: outcome.banks_made(),
    }
}

/// One row for bars that are sawn alike; lengths are in millimetres, before milling.
fn rows(table: &mut Table, profile: &str, wanted: &[Length], cut: &CutBars, outcome: &Outcome) {
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
            Cell::from(profile),
            Cell::Number(bar.length.mm()),
            Cell::Integer(i64::try_from(bar.quantity).unwrap_or(i64::MAX)),
            Cell::Text(words.join(", ")),
            Cell::Number(left.mm()),
        ]);
    }
}

fn tell(plan: &mut String, profile: &str, wanted: &[Length], cut: &CutBars) -> std::fmt::Result {
    let mut counts: BTreeMap<_, u64> = BTreeMap::new();
    for bar in &cut.bars {
        *counts.entry(bar.length).or_default() += bar.quantity;
    }
    let counts: Vec<String> =
        counts.iter().map(|(length, count)| format!("{count} × {length}")).collect();
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
