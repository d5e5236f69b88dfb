//! Is a layout what it has to be? Written apart from the solver, on purpose: it knows the rules and
//! nothing of how they are kept.

use std::collections::BTreeMap;

use super::guillotine::Panel;
use super::lengths::{CutBars, Length, StockBar};
use super::piece::{Grain, Piece};
use super::sheets::{Cutter, Layout, Nested, Placement, Sheet};
use crate::units::Mm;

/// After so many flaws there is no need for more.
const MOST: usize = 20;

/// Everything that is wrong: pieces outside the trimmed sheet, pieces nearer than a kerf, pieces
/// missing or too many, sizes that are not the piece's, grain the wrong way, stock used twice, saw
/// cuts that do not part the sheet into its pieces.
pub fn nested(
    pieces: &[Piece],
    sheet: Option<&Sheet>,
    stock: &[Sheet],
    cutter: &Cutter,
    nested: &Nested,
) -> Vec<String> {
    let mut flaws = Vec::new();
    check_counts(pieces, nested, &mut flaws);
    check_sheets(sheet, stock, nested, &mut flaws);
    if nested.unplaced.is_empty() && nested.lower_bound > nested.bought() {
        flaws.push("a bound above what was found".to_owned());
    }
    for (index, layout) in nested.layouts.iter().enumerate() {
        let mut found = Vec::new();
        for placed in &layout.placements {
            check_placement(pieces, layout, placed, cutter, &mut found);
        }
        check_distances(layout, cutter.kerf, &mut found);
        if cutter.guillotine {
            check_cuts(layout, cutter, &mut found);
        }
        flaws.extend(found.into_iter().map(|flaw| format!("sheet {}: {flaw}", index + 1)));
        if flaws.len() > MOST {
            break;
        }
    }
    flaws.truncate(MOST);
    flaws
}

fn check_counts(pieces: &[Piece], nested: &Nested, flaws: &mut Vec<String>) {
    let mut counts = vec![0_u64; pieces.len()];
    let placed = nested.layouts.iter().flat_map(|layout| &layout.placements).map(|p| (p.piece, 1));
    for (piece, count) in placed.chain(nested.unplaced.iter().copied()) {
        match counts.get_mut(piece) {
            Some(sum) => *sum += count,
            None => flaws.push(format!("there is no piece {piece}")),
        }
    }
    for (piece, count) in pieces.iter().zip(counts) {
        if piece.quantity != count {
            flaws.push(format!("{count} of {} pieces {}", piece.quantity, piece.name));
        }
    }
}

fn check_sheets(sheet: Option<&Sheet>, stock: &[Sheet], nested: &Nested, flaws: &mut Vec<String>) {
    let mut left: BTreeMap<(&str, Mm, Mm), i64> = BTreeMap::new();
    for sheet in stock {
        *left.entry((&sheet.name, sheet.length, sheet.width)).or_default() += 1;
    }
    for layout in &nested.layouts {
        let used = &layout.sheet;
        if layout.from_stock {
            let count = left.entry((&used.name, used.length, used.width)).or_default();
            *count -= 1;
            if *count < 0 {
                flaws.push(format!("more sheets {} than there are", used.name));
            }
        } else if sheet != Some(used) {
            flaws.push(format!("a sheet {} that is not to be had", used.name));
        }
    }
}

fn check_placement(
    pieces: &[Piece],
    layout: &Layout,
    placed: &Placement,
    cutter: &Cutter,
    flaws: &mut Vec<String>,
) {
    let Some(piece) = pieces.get(placed.piece) else { return };
    let name = &piece.name;
    let (right, top) = (placed.x + placed.length, placed.y + placed.width);
    let inside = placed.x >= cutter.trim
        && placed.y >= cutter.trim
        && right <= layout.sheet.length - cutter.trim
        && top <= layout.sheet.width - cutter.trim;
    if !inside {
        flaws.push(format!("{name} leaves the trimmed sheet"));
    }
    let (along_x, along_y) =
        if placed.turned { (piece.width, piece.length) } else { (piece.length, piece.width) };
    if (placed.length, placed.width) != (along_x, along_y) {
        flaws.push(format!("{name} has not its size"));
    }
    let may_lie = match piece.grain {
        Grain::Free => !placed.turned || cutter.turns,
        Grain::Along => !placed.turned,
        Grain::Across => placed.turned,
    };
    if !may_lie {
        flaws.push(format!("{name} must not lie that way"));
    }
}

/// Every two pieces are a kerf apart, along x or along y; so are what is left over and they.
fn check_distances(layout: &Layout, kerf: Mm, flaws: &mut Vec<String>) {
    let pieces = layout
        .placements
        .iter()
        .map(|placed| (Panel::of(placed.x, placed.y, placed.length, placed.width), "piece"));
    let offcuts = layout
        .offcuts
        .iter()
        .map(|left| (Panel::of(left.x, left.y, left.length, left.width), "offcut"));
    let mut sorted: Vec<(Panel, &str)> = pieces.chain(offcuts).collect();
    sorted.sort_by_key(|(panel, _)| panel.x);
    for (index, (one, kind)) in sorted.iter().enumerate() {
        for (other, other_kind) in &sorted[index + 1..] {
            if other.x >= one.x + one.length + kerf {
                break;
            }
            let apart =
                other.y >= one.y + one.width + kerf || one.y >= other.y + other.width + kerf;
            if !apart {
                flaws.push(format!(
                    "a {kind} at {}, {} and a {other_kind} at {}, {} are too near",
                    one.x, one.y, other.x, other.y
                ));
            }
        }
    }
}

/// Replays the cuts: each parts one of the panels there are, and in the end every piece is a panel.
fn check_cuts(layout: &Layout, cutter: &Cutter, flaws: &mut Vec<String>) {
    let key = |panel: &Panel| (panel.x, panel.y, panel.length, panel.width);
    let whole = Panel {
        x: cutter.trim,
        y: cutter.trim,
        length: layout.sheet.length - cutter.trim * 2,
        width: layout.sheet.width - cutter.trim * 2,
    };
    let mut panels = std::collections::BTreeSet::from([key(&whole)]);
    for cut in &layout.cuts {
        if !panels.remove(&key(&cut.panel)) {
            flaws.push(format!("a cut through a panel that is not there: {:?}", cut.panel));
            return;
        }
        let Panel { x, y, length, width } = cut.panel;
        let across = if cut.along_x { width } else { length };
        if cut.size <= -cutter.kerf || cut.size >= across {
            flaws.push(format!("a cut beside its panel: {cut:?}"));
            return;
        }
        // At both edges, the blade may run half in the air.
        let left = across - cut.size - cutter.kerf;
        if cut.along_x {
            if cut.size > Mm::ZERO {
                panels.insert((x, y, length, cut.size));
            }
            if left > Mm::ZERO {
                panels.insert((x, y + cut.size + cutter.kerf, length, left));
            }
        } else {
            if cut.size > Mm::ZERO {
                panels.insert((x, y, cut.size, width));
            }
            if left > Mm::ZERO {
                panels.insert((x + cut.size + cutter.kerf, y, left, width));
            }
        }
    }
    for placed in &layout.placements {
        if !panels.contains(&(placed.x, placed.y, placed.length, placed.width)) {
            flaws.push(format!("no cut frees piece {}", placed.piece));
        }
    }
}

/// Everything that is wrong with bars: pieces missing or too many, pieces and kerfs longer than their
/// bar, bars that are not to be had, lengths that do not add up.
pub fn bars(wanted: &[Length], stock: &[StockBar], kerf: Mm, cut: &CutBars) -> Vec<String> {
    let mut flaws = Vec::new();
    let mut counts = vec![0_u64; wanted.len()];
    let mut left: BTreeMap<Mm, u64> = BTreeMap::new();
    for bar in stock {
        *left.entry(bar.length).or_default() += bar.quantity.unwrap_or(0);
    }
    let mut bought = Mm::ZERO;
    for bar in &cut.bars {
        let mut end = Mm::ZERO;
        for (place, &piece) in bar.pieces.iter().enumerate() {
            let Some(length) = wanted.get(piece) else {
                flaws.push(format!("there is no piece {piece}"));
                continue;
            };
            counts[piece] += bar.quantity;
            end += length.length + if place > 0 { kerf } else { Mm::ZERO };
        }
        if end > bar.length {
            flaws.push(format!("{end} of pieces and kerfs on a bar of {}", bar.length));
        }
        if bar.from_stock {
            let there = left.entry(bar.length).or_default();
            if *there < bar.quantity {
                flaws.push(format!("more bars of {} than there are", bar.length));
            }
            *there = there.saturating_sub(bar.quantity);
        } else {
            let sold = |one: &StockBar| one.quantity.is_none() && one.length == bar.length;
            if !stock.iter().any(sold) {
                flaws.push(format!("a bar of {} that is not to be had", bar.length));
            }
            bought += bar.length * i64::try_from(bar.quantity).unwrap_or(i64::MAX);
        }
    }
    for &(piece, count) in &cut.unplaced {
        match counts.get_mut(piece) {
            Some(sum) => *sum += count,
            None => flaws.push(format!("there is no piece {piece}")),
        }
    }
    for (piece, count) in wanted.iter().zip(counts) {
        if piece.quantity != count {
            flaws.push(format!("{count} of {} pieces {}", piece.quantity, piece.name));
        }
    }
    if bought != cut.bought {
        flaws.push(format!("{bought} are bought, not {}", cut.bought));
    }
    let bounds_hold = cut.bought_bound <= cut.bought && cut.lower_bound <= cut.count();
    if cut.unplaced.is_empty() && !bounds_hold {
        flaws.push("a bound above what was found".to_owned());
    }
    flaws.truncate(MOST);
    flaws
}
