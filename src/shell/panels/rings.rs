//! Rings of four boards around the box: plinth, header, steps of the roof.

use crate::geometry::Direction;
use crate::shell::board::Board;
use crate::units::Mm;

use super::Kit;
use super::side::{View, Way};

/// A ring of lying boards.
#[derive(Clone, Copy, Debug)]
pub(super) struct Ring {
    /// What its boards are called.
    pub name: &'static str,
    /// How far it stands out from the body; negative if it stands back.
    pub out: Mm,
    /// How far it reaches in from the body's outer face.
    pub inwards: Mm,
    /// Lower and upper side.
    pub z: [Mm; 2],
    /// Do boards cover the corner at their right end, or at their left?
    pub right: bool,
    /// Up or down.
    pub face: Direction,
}

impl Ring {
    /// Its four boards.
    pub(super) fn boards(&self, kit: &Kit) -> Vec<Board> {
        kit.views
            .iter()
            .map(|view| {
                let (far, near) = (view.half + self.out, view.half - self.inwards);
                let along = if self.right { [-near, far] } else { [-far, near] };
                let across = [view.out - self.inwards, view.out + self.out];
                let block = view.block(along, across, self.z);
                kit.board(self.name, block, view.way(Way::Right), self.face)
            })
            .collect()
    }
}

/// Four standing boards whose outer faces stand `out` from the body, each covering the corner at
/// its right end.
pub(super) fn standing(kit: &Kit, name: &str, out: Mm, z: [Mm; 2]) -> Vec<Board> {
    let sheet = kit.sizes.sheet;
    let upright = |view: &View| {
        let half = view.half + out;
        let across = [view.out + out - sheet, view.out + out];
        let block = view.block([-(half - sheet), half], across, z);
        kit.board(name, block, view.way(Way::Right), view.way(Way::Out))
    };
    kit.views.iter().map(upright).collect()
}
