//! One side of the box, as somebody sees it who stands in front of it.

use crate::geometry::Direction;
use crate::shell::Block;
use crate::spec::Side;
use crate::units::Mm;

/// A side: `u` runs to the right and `v` towards the one who looks, both from the middle of the
/// box; `z` is up.
#[derive(Clone, Copy, Debug)]
pub struct View {
    /// Which side.
    pub side: Side,
    /// Half of the body along the side.
    pub half: Mm,
    /// From the middle of the box to the outer face of the body.
    pub out: Mm,
    middle: Mm,
}

/// A way as seen from in front of a side.
#[derive(Clone, Copy, Debug)]
pub enum Way {
    /// To the right.
    Right,
    /// To the left.
    Left,
    /// Towards the one who looks.
    Out,
}

impl View {
    /// The four sides of a body of these half sizes, each followed by the one at its right.
    pub fn all([half_width, half_depth]: [Mm; 2], middle: Mm) -> [View; 4] {
        [Side::Front, Side::Right, Side::Back, Side::Left].map(|side| {
            let (half, out) = match side {
                Side::Front | Side::Back => (half_width, half_depth),
                Side::Left | Side::Right => (half_depth, half_width),
            };
            View { side, half, out, middle }
        })
    }

    /// A place in the cluster.
    pub fn at(&self, u: Mm, v: Mm, z: Mm) -> [Mm; 3] {
        match self.side {
            Side::Front => [u, self.middle - v, z],
            Side::Right => [v, self.middle + u, z],
            Side::Back => [-u, self.middle + v, z],
            Side::Left => [-v, self.middle - u, z],
        }
    }

    /// A box in the cluster.
    pub fn block(&self, u: [Mm; 2], v: [Mm; 2], z: [Mm; 2]) -> Block {
        Block::between(self.at(u[0], v[0], z[0]), self.at(u[1], v[1], z[1]))
    }

    /// A direction in the cluster.
    pub fn way(&self, way: Way) -> Direction {
        use Direction::{XMinus, XPlus, YMinus, YPlus};
        let [right, left, out] = match self.side {
            Side::Front => [XPlus, XMinus, YMinus],
            Side::Right => [YPlus, YMinus, XPlus],
            Side::Back => [XMinus, XPlus, YPlus],
            Side::Left => [YMinus, YPlus, XMinus],
        };
        match way {
            Way::Right => right,
            Way::Left => left,
            Way::Out => out,
        }
    }
}
