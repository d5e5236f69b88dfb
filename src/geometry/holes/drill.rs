//! Round holes.

use super::bore::{Rim, bore};
use super::frame::Frame;
use crate::geometry::CLEARANCE;
use crate::geometry::axes::{Direction, Position};
use crate::geometry::brep::Shell3;
use crate::geometry::error::GeometryError;
use crate::geometry::plane::{circle, vec2};
use crate::units::Mm;

/// How a hole begins.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Head {
    /// As it goes on.
    Plain,
    /// With a cone for a flat-headed screw.
    Countersunk {
        /// Diameter at the entry.
        diameter: Mm,
        /// Full angle of the cone in degrees: 90 for metric screws.
        angle_degrees: f64,
    },
    /// With a wider cylinder for a cap-headed screw.
    Counterbored {
        /// Its diameter.
        diameter: Mm,
        /// Its depth.
        depth: Mm,
    },
}

/// A round through hole.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Hole {
    /// Middle of the entry, on a planar face.
    pub at: Position,
    /// Into the material.
    pub direction: Direction,
    /// Diameter.
    pub diameter: Mm,
    /// From the face that it enters to the one that it leaves.
    pub depth: Mm,
    /// Its entry.
    pub head: Head,
}

/// Drills a hole; see [`crate::geometry::Solid::drill`].
pub fn drill(shells: Vec<Shell3>, hole: &Hole) -> Result<Vec<Shell3>, GeometryError> {
    let frame = Frame::new(hole.at, hole.direction);
    let (radius, depth) = (hole.diameter.mm() / 2.0, hole.depth.mm());
    let bad = |problem: &str| {
        let place = (hole.at.x, hole.at.y, hole.at.z);
        Err(GeometryError::BadHole(format!(
            "{problem}: diameter {}, depth {}, {:?}, at ({}, {}, {})",
            hole.diameter, hole.depth, hole.head, place.0, place.1, place.2
        )))
    };
    if radius < CLEARANCE || depth < CLEARANCE {
        return bad("no diameter or no depth");
    }
    let mut levels = match hole.head {
        Head::Plain => vec![(0.0, radius)],
        Head::Countersunk { diameter, angle_degrees } => {
            if !(1.0..=179.0).contains(&angle_degrees) {
                return bad("the countersink's angle is not between 1° and 179°");
            }
            let wide = diameter.mm() / 2.0;
            let sink = (wide - radius) / (angle_degrees.to_radians() / 2.0).tan();
            vec![(0.0, wide), (sink, radius)]
        }
        Head::Counterbored { diameter, depth } => {
            let wide = diameter.mm() / 2.0;
            vec![(0.0, wide), (depth.mm(), wide), (depth.mm(), radius)]
        }
    };
    let (head_depth, head_radius) = (levels[levels.len() - 1].0, levels[0].1);
    if levels.len() > 1 && head_radius < radius + CLEARANCE {
        return bad("the head is not wider than the hole");
    }
    if levels.len() > 1 && !(CLEARANCE..=depth - CLEARANCE).contains(&head_depth) {
        return bad("the head is as deep as the hole, or not at all");
    }
    levels.push((depth, radius));
    let rims: Vec<Rim> = levels
        .into_iter()
        .map(|(depth, radius)| Rim { depth, outline: circle(vec2(0.0, 0.0), radius) })
        .collect();
    bore(shells, &frame, &rims)
}
