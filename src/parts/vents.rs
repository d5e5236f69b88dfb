//! Windows in the wall behind a board.
//!
//! Air must reach the board's underside, but the wall stays whole around standoffs, and wherever
//! this board's solder tails face the metal shields of the board behind the wall.

use crate::cluster::{Area, SeatedBoard};
use crate::units::Mm;

/// The widest window across its row: half-way up a standing print it is a bridge, and bridges over
/// 10 mm are worth a note.
const WIDEST_ROW: Mm = Mm::um(9_400);
/// The longest window along its row.
const LONGEST: Mm = Mm::um(30_000);
/// Windows shorter than this are not worth their outline.
const SHORTEST: Mm = Mm::um(6_000);
const RIB: Mm = Mm::um(2_400);
const EDGE: Mm = Mm::um(2_000);
/// Rounding of the windows' corners.
pub const CORNER: Mm = Mm::um(2_000);

/// The windows behind a seated board whose standoffs have the given radius.
pub fn windows(board: &SeatedBoard, standoff: Mm) -> Vec<Area> {
    let keep = kept_whole(board, standoff + RIB.half());
    let field = board.pcb.grown(-EDGE);
    rows(field).into_iter().flat_map(|row| open_spans(row, &keep)).collect()
}

/// The windows of one row.
fn open_spans(row: Area, keep: &[Area]) -> Vec<Area> {
    let blocked = keep.iter().filter(|area| area.overlaps(row)).copied().collect();
    free_spans(row, blocked).into_iter().flat_map(split).collect()
}

/// The windows under a lying board, between the ribs at `ribs` across, which are `rib` thick.
pub fn between_ribs(board: &SeatedBoard, standoff: Mm, ribs: &[Mm], rib: Mm) -> Vec<Area> {
    let field = board.pcb.grown(-EDGE);
    let half = rib.half() + RIB.half();
    let mut ribs: Vec<Mm> = ribs.to_vec();
    ribs.sort_unstable();
    let mut bands = Vec::new();
    let mut from = field.v0;
    for rib in ribs {
        bands.push(Area { v0: from, v1: (rib - half).min(field.v1), ..field });
        from = from.max(rib + half);
    }
    bands.push(Area { v0: from, ..field });
    let holes = board.holes.iter().map(|&(u, v)| Area { u0: u, u1: u, v0: v, v1: v });
    let keep: Vec<Area> = holes.map(|hole| hole.grown(standoff + RIB.half())).collect();
    bands.into_iter().flat_map(rows).flat_map(|row| open_spans(row, &keep)).collect()
}

/// The share of the board's area that the windows open.
pub fn open_share(board: &SeatedBoard, windows: &[Area]) -> f64 {
    let area = |area: &Area| (area.u1 - area.u0).mm() * (area.v1 - area.v0).mm();
    // What the rounded corners take away from each window.
    let corners = (4.0 - std::f64::consts::PI) * CORNER.mm() * CORNER.mm();
    let open: f64 = windows.iter().map(|window| area(window) - corners).sum();
    open / area(&board.pcb)
}

fn kept_whole(board: &SeatedBoard, around_hole: Mm) -> Vec<Area> {
    let holes = board.holes.iter().map(|&(u, v)| Area { u0: u, u1: u, v0: v, v1: v });
    let mut keep: Vec<Area> = holes.map(|hole| hole.grown(around_hole)).collect();
    let shields: Vec<Area> = board
        .boxes
        .iter()
        .filter(|it| it.shield && it.above > Mm::ZERO)
        .map(|it| it.area)
        .collect();
    for tails in board.boxes.iter().filter(|it| it.below > Mm::ZERO) {
        if shields.iter().any(|shield| shield.overlaps(tails.under)) {
            keep.push(tails.under.grown(RIB.half()));
        }
    }
    keep
}

/// Equal rows from the strip to the far edge.
fn rows(field: Area) -> Vec<Area> {
    let range = field.v1 - field.v0;
    if range < SHORTEST {
        return Vec::new();
    }
    let count = (range + RIB).nm() / (WIDEST_ROW + RIB).nm() + 1;
    let width = (range - RIB * (count - 1)) / count;
    (0..count)
        .map(|row| {
            let v0 = field.v0 + (width + RIB) * row;
            Area { v0, v1: v0 + width, ..field }
        })
        .collect()
}

/// What the blocked areas leave of a row.
fn free_spans(row: Area, mut blocked: Vec<Area>) -> Vec<Area> {
    blocked.sort_by_key(|area| area.u0);
    let mut spans = Vec::new();
    let mut from = row.u0;
    for area in blocked {
        spans.push(Area { u0: from, u1: area.u0.min(row.u1), ..row });
        from = from.max(area.u1);
    }
    spans.push(Area { u0: from, ..row });
    spans.retain(|span| span.u1 - span.u0 >= SHORTEST);
    spans
}

/// Cuts a long span into equal windows with ribs between.
fn split(span: Area) -> Vec<Area> {
    let length = span.u1 - span.u0;
    let count = (length + RIB).nm() / (LONGEST + RIB).nm() + 1;
    let each = (length - RIB * (count - 1)) / count;
    (0..count)
        .map(|window| {
            let u0 = span.u0 + (each + RIB) * window;
            Area { u0, u1: u0 + each, ..span }
        })
        .collect()
}
