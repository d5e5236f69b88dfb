//! Prismatic holes.

use super::bore::{Rim, bore};
use super::frame::Frame;
use crate::geometry::CLEARANCE;
use crate::geometry::arrangement::Arrangement;
use crate::geometry::axes::{Direction, Position};
use crate::geometry::brep::Shell3;
use crate::geometry::error::GeometryError;
use crate::geometry::plane::Sketch;
use crate::units::Mm;

/// Punches a hole; see [`crate::geometry::Solid::punch`].
pub fn punch(
    shells: Vec<Shell3>,
    sketch: &Sketch,
    at: Position,
    direction: Direction,
    depth: Mm,
) -> Result<Vec<Shell3>, GeometryError> {
    let frame = Frame::new(at, direction);
    let depth = depth.mm();
    let outlines = sketch.outlines()?;
    let [outline] = outlines else {
        return Err(GeometryError::BadHole("an outline with holes cannot be punched".to_owned()));
    };
    // An outline that crosses or touches itself bounds more than one cell.
    if Arrangement::new(&[outlines])?.bounded_cells() != 1 {
        return Err(GeometryError::BadHole(format!(
            "the outline at {:?} crosses or touches itself",
            frame.place(0.0)
        )));
    }
    if depth < CLEARANCE {
        return Err(GeometryError::BadHole(format!("no depth at {:?}", frame.place(0.0))));
    }
    let outline = frame.from_world(outline);
    let rims = [0.0, depth].map(|depth| Rim { depth, outline: outline.clone() });
    bore(shells, &frame, &rims)
}
