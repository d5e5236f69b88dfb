//! The faces that a hole opens into.

use truck_modeling::InnerSpace;

use super::frame::Frame;
use crate::geometry::axes::Direction;
use crate::geometry::brep::{Shell3, Surface3, planar_outlines};
use crate::geometry::error::GeometryError;
use crate::geometry::plane::{Outline, Segment, gap, winding};
use crate::geometry::{CLEARANCE, SAME};

/// A face of a solid.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FaceId {
    pub shell: usize,
    pub face: usize,
}

/// The planar face toward `facing` at `depth` that has the rim strictly inside.
pub fn find(
    shells: &[Shell3],
    frame: &Frame,
    rim: &[Segment],
    depth: f64,
    facing: Direction,
) -> Result<FaceId, GeometryError> {
    for (number, shell) in shells.iter().enumerate() {
        for face in 0..shell.faces.len() {
            if holds(shell, face, frame, rim, depth, facing) {
                return Ok(FaceId { shell: number, face });
            }
        }
    }
    Err(GeometryError::NoFaceForHole { at: frame.place(depth), facing })
}

fn holds(
    shell: &Shell3,
    face: usize,
    frame: &Frame,
    rim: &[Segment],
    depth: f64,
    facing: Direction,
) -> bool {
    let surface = &shell.faces[face].surface;
    let Surface3::Plane { origin, normal, .. } = *surface else { return false };
    let Some(first) = rim.first() else { return false };
    let off_plane = normal.dot(frame.point(first.start, depth) - origin).abs();
    if normal.dot(facing.vector()) < 1.0 - 1e-9 || off_plane > SAME {
        return false;
    }
    // The rim in the face's own parameters; a face that looks against the hole sees it mirrored.
    let flips = facing != frame.direction;
    let in_face = |segment: &Segment| {
        segment.mapped(|point| surface.parameters(frame.point(point, depth)), flips)
    };
    let rim: Outline = rim.iter().map(in_face).collect();
    let border: Outline = planar_outlines(shell, face).into_iter().flatten().collect();
    let keeps_clear =
        border.iter().all(|side| rim.iter().all(|segment| gap(side, segment) > CLEARANCE));
    // Then both are nested or apart: one point of each tells.
    keeps_clear
        && winding(&border, rim[0].start) == 1
        && border.iter().all(|side| winding(&rim, side.start) == 0)
}
