//! Corner posts, lintels and sills: layers of sheet, lapped at the corners in turn.

use crate::geometry::Direction;
use crate::shell::board::Board;
use crate::shell::joinery::mortise;
use crate::units::Mm;

use super::Kit;
use super::side::{View, Way};

/// How far a lintel's innermost layer stands into a doorway, as a stop for the doors.
const STOP: Mm = Mm::um(20_000);
/// Height of a sill.
const SILL: Mm = Mm::um(40_000);
/// Share of a post's width that its tabs take.
const TAB_SHARE: f64 = 0.6;
/// Half of a packer's width and height.
const PACKER: [Mm; 2] = [Mm::um(25_000), Mm::um(30_000)];
/// From deck and lintel to the nearest bolts, as a share of the doorway's height.
const BOLT_SHARE: f64 = 0.08;
/// Depth of the room for a bolt's head, over the head itself.
const HEAD_ROOM: Mm = Mm::um(500);

/// Corner posts of a side: at its right end the outermost layer covers its neighbour's, at its left
/// end it is covered.
pub(super) fn posts(kit: &mut Kit, view: &View) {
    let sizes = kit.sizes.clone();
    let opening = sizes.opening(view.half);
    let heights = [sizes.deck, sizes.head];
    for layer in 0..sizes.layers {
        let across = sizes.layer(view.out, layer);
        let turn = (sizes.layers - 1 - layer) % 2 == 0;
        let (full, covered) = (
            view.half - sizes.sheet * (sizes.layers - 1 - layer),
            view.half - sizes.sheet * (sizes.layers - layer),
        );
        let from = if layer == 0 { opening - sizes.stop } else { opening };
        let what = match layer {
            0 => "inner",
            _ if layer == sizes.layers - 1 => "outer",
            _ => "middle",
        };
        for right in [true, false] {
            let long = right == turn;
            let to = if long { full } else { covered };
            let along = if right { [from, to] } else { [-to, -from] };
            let name = format!("corner-{what}-{}", if long { "long" } else { "short" });
            let block = view.block(along, across, heights);
            let mut board = kit.board(&name, block, Direction::ZPlus, view.way(Way::Out));
            if layer == 0 {
                bolts(kit, view, right, &mut board);
            } else if layer == sizes.layers - 1 && right && !sizes.sawn() {
                let middle = (opening + view.half).half();
                let half = (sizes.post * TAB_SHARE).half();
                let tab = [middle - half, middle + half];
                let below = [sizes.deck - sizes.sheet, sizes.deck];
                let above = [sizes.head, sizes.head + sizes.sheet];
                let a = sizes.allowance;
                mortise(&mut board, view.block(tab, across, below), &mut kit.deck, a);
                mortise(&mut board, view.block(tab, across, above), &mut kit.header, a);
            }
            if layer == sizes.layers - 1 && kit.hinged(view.side) {
                super::doors::hinge_seats(kit, view, right, false, &mut board);
            }
            kit.boards.push(board);
        }
    }
}

/// Bolts an inner board to the frame, through packers.
fn bolts(kit: &mut Kit, view: &View, right: bool, board: &mut Board) {
    let sizes = kit.sizes.clone();
    let slot = view.half - sizes.slot_inset;
    let u = if right { slot } else { -slot };
    let face = sizes.layer(view.out, 0)[1];
    let height = sizes.lintel - sizes.deck;
    let margin = height * BOLT_SHARE;
    let heights = [sizes.deck + margin, sizes.deck + height.half(), sizes.lintel - margin];
    let (hole, head, sunk) = kit.frame_bolt;
    for z in heights {
        let at = view.at(u, face, z);
        board.bore(at, hole);
        // The head lies in the doorway, where a door closes on it.
        board.counterbore(at, head, sunk + HEAD_ROOM);
        let inner = sizes.inner(view.out);
        // No wider than the frame's post, whose corner is the packer beside it.
        let (wide, high) = (PACKER[0].min(sizes.frame_slot), PACKER[1]);
        let block =
            view.block([u - wide, u + wide], [inner - sizes.sheet, inner], [z - high, z + high]);
        let mut packer = kit.board("packer", block, Direction::ZPlus, view.way(Way::Out));
        packer.bore(at, hole);
        kit.boards.push(packer);
        kit.bolted += 1;
    }
}

/// Lintel over the doorway or opening, and the sill of a closed side.
pub(super) fn lintel(kit: &mut Kit, view: &View) {
    let sizes = kit.sizes.clone();
    let opening = sizes.opening(view.half);
    let (length, face) = (view.way(Way::Right), view.way(Way::Out));
    let closed = !kit.open(view.side);
    for layer in 0..sizes.layers {
        let across = sizes.layer(view.out, layer);
        let (name, half, from) = match layer {
            0 => {
                let stop = if closed { STOP } else { Mm::ZERO };
                ("lintel-inner", opening - sizes.stop, sizes.lintel - stop)
            }
            _ if layer == sizes.layers - 1 => ("lintel-outer", opening, sizes.lintel),
            _ => ("lintel-middle", opening, sizes.lintel),
        };
        let block = view.block([-half, half], across, [from, sizes.head]);
        let board = kit.board(name, block, length, face);
        kit.boards.push(board);
    }
    if closed {
        let half = opening - sizes.stop;
        let heights = [sizes.deck, sizes.deck + SILL];
        let block = view.block([-half, half], sizes.layer(view.out, 0), heights);
        let board = kit.board("sill", block, length, face);
        kit.boards.push(board);
    }
}
