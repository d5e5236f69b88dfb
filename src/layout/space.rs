//! Places in a rack and in the cluster, exact to the nanometre.
//!
//! Two frames, both with x to the right, y to the rear and z up:
//!
//! | frame | x = 0 | y = 0 | z = 0 |
//! |---|---|---|---|
//! | rack | middle of the opening | mounting face of the posts | floor |
//! | cluster | middle of the racks | their middle, for a row the mounting faces | floor |

use super::floor::Stand;
use crate::units::Mm;

/// A point.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Spot {
    /// To the right, seen from the front.
    pub x: Mm,
    /// To the rear.
    pub y: Mm,
    /// Up.
    pub z: Mm,
}

impl Spot {
    /// A point from its three coordinates.
    pub const fn new(x: Mm, y: Mm, z: Mm) -> Spot {
        Spot { x, y, z }
    }

    /// How far a cable runs to another point along walls: across, along and up, never aslant.
    pub fn run_to(self, other: Spot) -> Mm {
        (self.x - other.x).abs() + (self.y - other.y).abs() + (self.z - other.z).abs()
    }
}

/// A box with its sides along the axes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Block {
    /// Its left front lower corner.
    pub from: Spot,
    /// Its right rear upper corner.
    pub to: Spot,
}

impl Block {
    /// The box between two corners, in any order.
    pub fn new(one: Spot, other: Spot) -> Block {
        Block {
            from: Spot::new(one.x.min(other.x), one.y.min(other.y), one.z.min(other.z)),
            to: Spot::new(one.x.max(other.x), one.y.max(other.y), one.z.max(other.z)),
        }
    }

    /// Do the two share more than a face?
    pub fn overlaps(&self, other: &Block) -> bool {
        self.from.x < other.to.x
            && other.from.x < self.to.x
            && self.from.y < other.to.y
            && other.from.y < self.to.y
            && self.from.z < other.to.z
            && other.from.z < self.to.z
    }

    /// Its middle.
    pub fn middle(&self) -> Spot {
        Spot::new(
            (self.from.x + self.to.x).half(),
            (self.from.y + self.to.y).half(),
            (self.from.z + self.to.z).half(),
        )
    }

    /// The smallest box around both.
    #[must_use]
    pub fn around(&self, other: &Block) -> Block {
        let low = |a: Mm, b: Mm| a.min(b);
        let high = |a: Mm, b: Mm| a.max(b);
        let corner = |a: Spot, b: Spot, pick: fn(Mm, Mm) -> Mm| {
            Spot::new(pick(a.x, b.x), pick(a.y, b.y), pick(a.z, b.z))
        };
        Block { from: corner(self.from, other.from, low), to: corner(self.to, other.to, high) }
    }
}

impl Stand {
    /// A point of the rack in the cluster.
    pub fn to_cluster(self, spot: Spot) -> Spot {
        let (x, y) = if self.turned { (-spot.x, -spot.y) } else { (spot.x, spot.y) };
        Spot::new(self.x + x, self.y + y, spot.z)
    }

    /// A point of the cluster in the rack.
    pub fn to_rack(self, spot: Spot) -> Spot {
        let (x, y) = (spot.x - self.x, spot.y - self.y);
        if self.turned { Spot::new(-x, -y, spot.z) } else { Spot::new(x, y, spot.z) }
    }

    /// A box of the rack in the cluster.
    pub fn block(self, block: &Block) -> Block {
        Block::new(self.to_cluster(block.from), self.to_cluster(block.to))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn spot(x: i64, y: i64, z: i64) -> Spot {
        Spot::new(Mm::um(x), Mm::um(y), Mm::um(z))
    }

    #[test]
    fn a_turned_rack_has_its_right_at_the_clusters_left() {
        let stand = Stand { x: Mm::um(100), y: Mm::um(467), turned: true };
        let place = stand.to_cluster(spot(10, 20, 30));
        assert_eq!(place, spot(90, 447, 30));
        assert_eq!(stand.to_rack(place), spot(10, 20, 30));
    }

    #[test]
    fn boxes_that_touch_do_not_overlap() {
        let one = Block::new(spot(0, 0, 0), spot(10, 10, 10));
        let beside = Block::new(spot(10, 0, 0), spot(20, 10, 10));
        let into = Block::new(spot(20, 10, 10), spot(9, 0, 0));
        assert!(!one.overlaps(&beside) && one.overlaps(&into));
        assert_eq!(one.around(&beside).middle(), spot(10, 5, 5));
    }

    #[test]
    fn a_run_follows_the_walls() {
        assert_eq!(spot(0, 0, 0).run_to(spot(-3, 4, 5)), Mm::um(12));
    }
}
