//! A sign over each side: a box of four strips around a black panel with letters.

use crate::geometry::Direction;
use crate::shell::board::Board;
use crate::shell::flat_part::{Letters, Paint};
use crate::shell::joinery::groove;
use crate::units::Mm;

use super::Kit;
use super::side::{View, Way};

/// From the doorway's upper edge to the sign, and from the sign to the header.
const ROOM: [Mm; 2] = [Mm::um(5_000), Mm::um(10_000)];
/// Share of a post's width that a sign leaves free at each end.
const INSET_SHARE: f64 = 0.3;

/// Adds a side's sign.
pub(super) fn add(kit: &mut Kit, view: &View, words: &str) {
    let sizes = kit.sizes.clone();
    let (sheet, right) = (sizes.sheet, view.way(Way::Right));
    let half = view.half - sizes.post * INSET_SHARE;
    let [low, high] = [sizes.lintel + ROOM[0], sizes.head - ROOM[1]];
    let deep = [view.out, view.out + sizes.sign_depth()];

    // Opposite strips are one part, turned by half a turn.
    let lying = |z: [Mm; 2], way, face| {
        kit.board("sign-strip", view.block([-half, half], deep, z), view.way(way), face)
    };
    let standing = |u: [Mm; 2], length, way| {
        let block = view.block(u, deep, [low + sheet, high - sheet]);
        kit.board("sign-end", block, length, view.way(way))
    };
    let mut strips = vec![
        lying([low, low + sheet], Way::Right, Direction::ZPlus),
        lying([high - sheet, high], Way::Left, Direction::ZMinus),
        standing([-half, sheet - half], Direction::ZPlus, Way::Right),
        standing([half - sheet, half], Direction::ZMinus, Way::Left),
    ];
    let reach = half - sheet + sizes.dado;
    let heights = [low + sheet - sizes.dado, high - sheet + sizes.dado];
    let block = view.block([-reach, reach], [view.out, view.out + sheet], heights);
    let mut panel =
        Board::new("sign", (&kit.sheet, Paint::Black), block, right, view.way(Way::Out));
    panel.letter(words, if sizes.sawn() { Letters::Applied } else { Letters::Engraved });
    groove(&mut strips, std::slice::from_ref(&panel), sizes.allowance);
    kit.boards.extend(strips);
    kit.boards.push(panel);
}
