//! The coordinates of a hole.

use truck_modeling::{EuclideanSpace, InnerSpace, Point3, Vector3};

use crate::geometry::axes::{Direction, Position};
use crate::geometry::plane::{Outline, Segment, Vec2, vec2};

/// Right-handed: `right` × `up` is the direction of the hole, and depth grows along it.
pub struct Frame {
    /// Where depth is 0.
    pub origin: Point3,
    pub right: Vector3,
    pub up: Vector3,
    pub direction: Direction,
}

impl Frame {
    pub fn new(at: Position, direction: Direction) -> Frame {
        let (x, y, z) = (Vector3::unit_x(), Vector3::unit_y(), Vector3::unit_z());
        let (right, up) = match direction {
            Direction::XPlus => (y, z),
            Direction::XMinus => (z, y),
            Direction::YPlus => (z, x),
            Direction::YMinus => (x, z),
            Direction::ZPlus => (x, y),
            Direction::ZMinus => (y, x),
        };
        Frame { origin: at.point(), right, up, direction }
    }

    /// An outline given in the world's axes, as [`crate::geometry::Solid::punch`] documents, drawn
    /// counter-clockwise in this frame.
    pub fn from_world(&self, outline: &[Segment]) -> Outline {
        match self.direction {
            Direction::XPlus | Direction::YMinus | Direction::ZPlus => outline.to_vec(),
            Direction::XMinus | Direction::YPlus | Direction::ZMinus => {
                let swapped = |segment: &Segment| {
                    segment.mapped(|point| vec2(point.y, point.x), true).reversed()
                };
                outline.iter().rev().map(swapped).collect()
            }
        }
    }

    pub fn point(&self, across: Vec2, depth: f64) -> Point3 {
        self.origin + self.vector(across) + self.direction.vector() * depth
    }

    pub fn vector(&self, across: Vec2) -> Vector3 {
        self.right * across.x + self.up * across.y
    }

    /// Across and depth of a point.
    pub fn local(&self, point: Point3) -> (Vec2, f64) {
        let offset = point - self.origin;
        let across = vec2(offset.dot(self.right), offset.dot(self.up));
        (across, offset.dot(self.direction.vector()))
    }

    /// The middle of the hole at a depth, for messages.
    pub fn place(&self, depth: f64) -> [f64; 3] {
        (self.origin + self.direction.vector() * depth).to_vec().into()
    }
}
