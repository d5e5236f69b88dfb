//! Boxes along the axes of the cluster, in whole nanometres.

use crate::units::Mm;

/// A box along the axes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Block {
    /// Smallest coordinates.
    pub from: [Mm; 3],
    /// Largest coordinates.
    pub to: [Mm; 3],
}

impl Block {
    /// The box between two corners, in any order.
    pub fn between(one: [Mm; 3], other: [Mm; 3]) -> Block {
        Block {
            from: [0, 1, 2].map(|axis| one[axis].min(other[axis])),
            to: [0, 1, 2].map(|axis| one[axis].max(other[axis])),
        }
    }

    /// Extent along each axis.
    pub fn size(&self) -> [Mm; 3] {
        [0, 1, 2].map(|axis| self.to[axis] - self.from[axis])
    }

    /// What both fill; `None` if that is nothing.
    pub fn shared(&self, other: &Block) -> Option<Block> {
        let from = [0, 1, 2].map(|axis| self.from[axis].max(other.from[axis]));
        let to = [0, 1, 2].map(|axis| self.to[axis].min(other.to[axis]));
        (0..3).all(|axis| from[axis] < to[axis]).then_some(Block { from, to })
    }

    /// The same somewhere else.
    #[must_use]
    pub fn moved(&self, by: [Mm; 3]) -> Block {
        let at = |corner: [Mm; 3]| [0, 1, 2].map(|axis| corner[axis] + by[axis]);
        Block { from: at(self.from), to: at(self.to) }
    }

    /// Larger by `by` on all sides.
    #[must_use]
    pub fn grown(&self, by: Mm) -> Block {
        Block { from: self.from.map(|value| value - by), to: self.to.map(|value| value + by) }
    }
}
