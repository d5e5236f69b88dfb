//! The roof: a ring that lies on the walls' header and can be lifted off, steps with louvres, a top.

use crate::geometry::Direction;
use crate::shell::Block;
use crate::shell::board::Board;
use crate::shell::joinery::groove;
use crate::units::Mm;

use super::Kit;
use super::rings::{Ring, standing};
use super::side::{View, Way};

/// How far the header stands out over the walls.
const CORNICE: Mm = Mm::um(20_000);
/// What a ring has left inside of the groove for the step above.
const INSIDE: Mm = Mm::um(30_000);
/// How far the top stands out over the last step.
const EAVES: Mm = Mm::um(10_000);
/// Height of a louvre.
const SLOT: Mm = Mm::um(14_000);
/// Wood above and below a louvre.
const RIB: Mm = Mm::um(10_000);
/// Length of a louvre, and of what is between two.
const LOUVRE: [Mm; 2] = [Mm::um(84_000), Mm::um(16_000)];
/// Drilled instead of louvres: what a cup hinge takes, so that every workshop has the drill.
const DRILL: Mm = Mm::um(35_000);
/// Wood at both ends of a row of louvres.
const END: Mm = Mm::um(60_000);
/// Where bolts hold the roof to the header, as shares of half a side.
const BOLTS: [f64; 2] = [-0.55, 0.55];
/// Layers of the caps on the corners.
const CAP_LAYERS: i64 = 2;
/// Between caps and the lowest step.
const CAP_GAP: Mm = Mm::um(1_000);

/// The header, which the corner posts' tabs go through.
pub(super) fn header(kit: &Kit) -> Ring {
    let sizes = &kit.sizes;
    Ring {
        name: "header",
        out: CORNICE,
        inwards: ring_width(kit, 0),
        z: [sizes.head, sizes.head + sizes.sheet],
        right: true,
        face: Direction::ZPlus,
    }
}

/// From the body's outer face to the inside of the ring that step `below` + 1 stands in.
fn ring_width(kit: &Kit, below: i64) -> Mm {
    kit.sizes.back(below + 1) + kit.sizes.sheet + INSIDE
}

/// Adds everything above the header.
pub(super) fn add(kit: &mut Kit) {
    let sizes = kit.sizes.clone();
    let mut base = Ring {
        name: "roof-base",
        out: Mm::ZERO,
        inwards: ring_width(kit, 0),
        z: [sizes.head + sizes.sheet, sizes.head + sizes.sheet * 2],
        right: false,
        face: Direction::ZPlus,
    }
    .boards(kit);
    captured_nuts(kit, &mut base);
    let mut host = base;
    let mut from = sizes.head + sizes.sheet * 2;
    for step in 1..=sizes.tiers {
        let top = from + sizes.tier;
        let last = step == sizes.tiers;
        let heights = [from - sizes.dado, if last { top + sizes.dado } else { top }];
        let mut fascia = standing(kit, FASCIAS[tier_name(step)], -sizes.back(step), heights);
        for (board, view) in fascia.iter_mut().zip(kit.views) {
            louvres(board, &view, -sizes.back(step), [from, top], sizes.sawn());
        }
        groove(&mut host, &fascia, sizes.allowance);
        kit.boards.append(&mut host);
        let cap = [top, top + sizes.sheet];
        host = if last {
            vec![roof(kit, step, cap)]
        } else {
            Ring {
                name: CAPS[tier_name(step)],
                out: -sizes.back(step),
                inwards: ring_width(kit, step),
                z: cap,
                right: false,
                face: Direction::ZPlus,
            }
            .boards(kit)
        };
        if last {
            groove(&mut host, &fascia, sizes.allowance);
        }
        kit.boards.extend(fascia);
        from = cap[1];
    }
    kit.boards.append(&mut host);
    if sizes.dressed {
        corner_caps(kit);
    }
}

const FASCIAS: [&str; 3] = ["step-1-fascia", "step-2-fascia", "step-3-fascia"];
const CAPS: [&str; 3] = ["step-1-cap", "step-2-cap", "step-3-cap"];

fn tier_name(step: i64) -> usize {
    usize::try_from(step - 1).unwrap_or(0).min(2)
}

/// The top, grooved below, with a hole for the lamp's cable.
fn roof(kit: &Kit, step: i64, z: [Mm; 2]) -> Board {
    let out = EAVES - kit.sizes.back(step);
    let front = &kit.views[0];
    let (half, far) = (front.half + out, front.out + out);
    let block = front.block([-half, half], [-far, far], z);
    let mut board = kit.board("roof", block, front.way(Way::Right), Direction::ZMinus);
    if kit.cable_hole > Mm::ZERO {
        board.bore(front.at(Mm::ZERO, Mm::ZERO, z[0]), kit.cable_hole);
    }
    board
}

/// Rows of slots along a fascia, or of holes that a drill makes.
fn louvres(board: &mut Board, view: &View, out: Mm, [from, to]: [Mm; 2], sawn: bool) {
    let half = view.half + out;
    let ([long, between], high) = if sawn {
        let drill = DRILL.min(to - from - RIB * 2);
        ([drill, RIB], drill)
    } else {
        (LOUVRE, SLOT)
    };
    if high < RIB {
        return;
    }
    let (pitch, step) = (long + between, high + RIB);
    let count = ((half - END) * 2 + between).fits(pitch).max(0);
    let rows = (to - from - RIB).fits(step).max(0);
    let first = -(pitch * count - between).half();
    let lowest = (from + to - step * rows + RIB).half();
    for row in 0..rows {
        let z = [lowest + step * row, lowest + step * row + high];
        for number in 0..count {
            let left = first + pitch * number;
            let face = [view.out + out, view.out + out];
            board.slot(view.block([left, left + long], face, z));
        }
    }
}

/// Square nuts on the base ring, let into it by a router, and bolts from below through the header.
/// Without seats they are held by a spanner, from inside the roof.
fn captured_nuts(kit: &mut Kit, base: &mut [Board]) {
    let Some(nut) = kit.nut else { return };
    let sizes = kit.sizes.clone();
    let (side, deep) = (nut.across + sizes.allowance, nut.height + sizes.allowance);
    let back = sizes.back(1) + sizes.sheet + INSIDE.half();
    for view in kit.views {
        for share in BOLTS {
            let (u, v) = (view.half * share, view.out - back);
            let top = sizes.head + sizes.sheet * 2;
            let seat = Block::between(
                view.at(u - side.half(), v - side.half(), top - deep),
                view.at(u + side.half(), v + side.half(), top),
            );
            let at = view.at(u, v, top);
            for board in base.iter_mut().filter(|board| board.block().shared(&seat).is_some()) {
                if !sizes.sawn() {
                    board.pocket(seat);
                }
                board.bore(at, nut.hole);
            }
            let under = view.block(
                [u - Mm::um(1), u + Mm::um(1)],
                [v - Mm::um(1), v + Mm::um(1)],
                [sizes.head, sizes.head + sizes.sheet],
            );
            let meets = |board: &&mut Board| board.block().shared(&under).is_some();
            for board in kit.header.iter_mut().filter(meets) {
                board.bore(at, nut.hole);
            }
            kit.captured += 1;
        }
    }
}

/// The stubs of the corner posts that show above the signs: angles around the lowest step, or, from
/// a saw, two strips that meet in the corner.
fn corner_caps(kit: &mut Kit) {
    let sizes = kit.sizes.clone();
    let leg = sizes.setback - CAP_GAP;
    for view in kit.views {
        for layer in 0..CAP_LAYERS {
            let low = sizes.head + sizes.sheet * (2 + layer);
            let z = [low, low + sizes.sheet];
            let (u, v) = ([sizes.opening(view.half), view.half], [view.out - sizes.post, view.out]);
            let (inner_u, inner_v) = (u[1] - leg, v[1] - leg);
            let (along, out) = (view.way(Way::Right), view.way(Way::Out));
            if sizes.sawn() {
                let long = view.block(u, [inner_v, v[1]], z);
                let short = view.block([inner_u, u[1]], [v[0], inner_v], z);
                let arms = [("corner-cap-long", long, along), ("corner-cap-short", short, out)];
                for (name, block, length) in arms {
                    kit.boards.push(kit.board(name, block, length, Direction::ZPlus));
                }
                continue;
            }
            let at = |u: Mm, v: Mm| view.at(u, v, z[0]);
            let corners = [
                at(u[0], v[1]),
                at(u[0], inner_v),
                at(inner_u, inner_v),
                at(inner_u, v[0]),
                at(u[1], v[0]),
                at(u[1], v[1]),
            ];
            let mut board = kit.board("corner-cap", view.block(u, v, z), along, Direction::ZPlus);
            board.reshape(&corners);
            kit.boards.push(board);
        }
    }
}
