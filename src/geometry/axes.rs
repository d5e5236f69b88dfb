//! Axes, directions, places and boxes in space.

use std::fmt;

use nalgebra::{Point3, Vector3};

use crate::units::Mm;

/// A coordinate axis.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Axis {
    /// The first coordinate.
    X,
    /// The second coordinate.
    Y,
    /// The third coordinate.
    Z,
}

impl Axis {
    /// 0, 1 or 2.
    pub const fn index(self) -> usize {
        match self {
            Axis::X => 0,
            Axis::Y => 1,
            Axis::Z => 2,
        }
    }
}

/// A place in space.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Position {
    /// First coordinate.
    pub x: Mm,
    /// Second coordinate.
    pub y: Mm,
    /// Third coordinate.
    pub z: Mm,
}

impl Position {
    /// The place with these coordinates.
    pub const fn new(x: Mm, y: Mm, z: Mm) -> Position {
        Position { x, y, z }
    }

    /// In millimetres.
    pub(super) fn point(self) -> truck_modeling::Point3 {
        truck_modeling::Point3::new(self.x.mm(), self.y.mm(), self.z.mm())
    }
}

/// One of the six directions along the axes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
    /// Toward growing x.
    XPlus,
    /// Toward falling x.
    XMinus,
    /// Toward growing y.
    YPlus,
    /// Toward falling y.
    YMinus,
    /// Toward growing z.
    ZPlus,
    /// Toward falling z.
    ZMinus,
}

impl Direction {
    /// The axis that it runs along.
    pub const fn axis(self) -> Axis {
        match self {
            Direction::XPlus | Direction::XMinus => Axis::X,
            Direction::YPlus | Direction::YMinus => Axis::Y,
            Direction::ZPlus | Direction::ZMinus => Axis::Z,
        }
    }

    /// The other way.
    #[must_use]
    pub const fn opposite(self) -> Direction {
        match self {
            Direction::XPlus => Direction::XMinus,
            Direction::XMinus => Direction::XPlus,
            Direction::YPlus => Direction::YMinus,
            Direction::YMinus => Direction::YPlus,
            Direction::ZPlus => Direction::ZMinus,
            Direction::ZMinus => Direction::ZPlus,
        }
    }

    /// The third of three right-handed directions, this one the first. Both must run along different
    /// axes.
    #[must_use]
    pub const fn cross(self, second: Direction) -> Direction {
        let (one, other) = (self.axis().index(), second.axis().index());
        let ahead = (one + 1) % 3 == other;
        let positive = (self.is_positive() == second.is_positive()) == ahead;
        match (3 - one - other, positive) {
            (0, true) => Direction::XPlus,
            (0, false) => Direction::XMinus,
            (1, true) => Direction::YPlus,
            (1, false) => Direction::YMinus,
            (_, true) => Direction::ZPlus,
            (_, false) => Direction::ZMinus,
        }
    }

    /// Does the coordinate grow?
    pub const fn is_positive(self) -> bool {
        matches!(self, Direction::XPlus | Direction::YPlus | Direction::ZPlus)
    }

    /// How far a point lies along it.
    pub fn along(self, point: [f64; 3]) -> f64 {
        let value = point[self.axis().index()];
        if self.is_positive() { value } else { -value }
    }

    /// The unit vector.
    pub(super) fn vector(self) -> truck_modeling::Vector3 {
        let mut vector = truck_modeling::Vector3::new(0.0, 0.0, 0.0);
        vector[self.axis().index()] = if self.is_positive() { 1.0 } else { -1.0 };
        vector
    }
}

impl fmt::Display for Direction {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Direction::XPlus => "+X",
            Direction::XMinus => "-X",
            Direction::YPlus => "+Y",
            Direction::YMinus => "-Y",
            Direction::ZPlus => "+Z",
            Direction::ZMinus => "-Z",
        })
    }
}

/// One of the four directions along the axes of a sketch.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction2 {
    /// Toward growing x.
    XPlus,
    /// Toward falling x.
    XMinus,
    /// Toward growing y.
    YPlus,
    /// Toward falling y.
    YMinus,
}

/// A box along the axes, in millimetres.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Bounds {
    /// The smallest coordinates.
    pub min: Point3<f64>,
    /// The largest coordinates.
    pub max: Point3<f64>,
}

impl Bounds {
    /// The box of no points at all: it contains nothing and grows by [`Bounds::include`].
    pub const EMPTY: Bounds = Bounds {
        min: Point3::new(f64::INFINITY, f64::INFINITY, f64::INFINITY),
        max: Point3::new(f64::NEG_INFINITY, f64::NEG_INFINITY, f64::NEG_INFINITY),
    };

    /// The box between two places.
    pub fn between(min: Position, max: Position) -> Bounds {
        let mut bounds = Bounds::EMPTY;
        for place in [min, max] {
            bounds.include([place.x.mm(), place.y.mm(), place.z.mm()]);
        }
        bounds
    }

    /// Grows the box to hold `point`.
    pub fn include(&mut self, point: [f64; 3]) {
        for (axis, value) in point.into_iter().enumerate() {
            self.min[axis] = self.min[axis].min(value);
            self.max[axis] = self.max[axis].max(value);
        }
    }

    /// Its edge lengths.
    pub fn size(&self) -> Vector3<f64> {
        self.max - self.min
    }

    /// The box around this one, turned and shifted.
    #[must_use]
    pub fn placed(&self, place: &nalgebra::Isometry3<f64>) -> Bounds {
        let mut placed = Bounds::EMPTY;
        for number in 0..8 {
            let end = |axis: usize| {
                if number >> axis & 1 == 0 { self.min[axis] } else { self.max[axis] }
            };
            placed.include((place * Point3::new(end(0), end(1), end(2))).coords.into());
        }
        placed
    }

    /// What two boxes share; `None` if they are apart or share less than `depth` along an axis.
    pub fn shared(&self, other: &Bounds, depth: f64) -> Option<Bounds> {
        let shared = Bounds { min: self.min.sup(&other.min), max: self.max.inf(&other.max) };
        (shared.size().min() > depth).then_some(shared)
    }

    /// Do the two boxes come closer than `distance` along every axis?
    pub(super) fn is_near(&self, other: &Bounds, distance: f64) -> bool {
        (0..3).all(|axis| {
            self.min[axis] - distance <= other.max[axis]
                && other.min[axis] - distance <= self.max[axis]
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn directions_are_right_handed() {
        use Direction::{XMinus, XPlus, YMinus, YPlus, ZMinus, ZPlus};
        assert_eq!(ZPlus.cross(XPlus), YPlus);
        assert_eq!(XPlus.cross(YPlus), ZPlus);
        assert_eq!(XPlus.cross(ZPlus), YMinus);
        assert_eq!(YMinus.cross(ZPlus), XMinus);
        assert_eq!(ZMinus.cross(XPlus), YMinus);
    }
}
