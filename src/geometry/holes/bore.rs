//! Walls between the rims of a hole.

use truck_modeling::InnerSpace;
use truck_topology::compress::{CompressedEdge, CompressedEdgeIndex, CompressedFace};

use super::clearance::{self, Prism};
use super::frame::Frame;
use super::host::{self, FaceId};
use crate::geometry::brep::{self, Curve3, Shell3, Surface3};
use crate::geometry::error::GeometryError;
use crate::geometry::plane::{Outline, Segment, Shape};

/// The outline of a hole at some depth, counter-clockwise in the hole's frame.
pub struct Rim {
    pub depth: f64,
    pub outline: Outline,
}

/// Cuts a hole along its rims, from the entry to the exit. All rims have equally many segments.
/// Between rims of different depths there are walls, between rims of one depth a shelf.
pub fn bore(
    mut shells: Vec<Shell3>,
    frame: &Frame,
    rims: &[Rim],
) -> Result<Vec<Shell3>, GeometryError> {
    let [first, .., last] = rims else {
        return Err(GeometryError::internal("a hole without two rims"));
    };
    let (direction, against) = (frame.direction, frame.direction.opposite());
    let entry = host::find(&shells, frame, &first.outline, first.depth, against)?;
    let exit = host::find(&shells, frame, &last.outline, last.depth, direction)?;
    // Rims narrow from entry to exit, so each is the widest until the next.
    let prisms: Vec<Prism> = rims
        .windows(2)
        .filter(|pair| pair[0].depth < pair[1].depth)
        .map(|pair| Prism {
            outline: pair[0].outline.clone(),
            from: pair[0].depth,
            to: pair[1].depth,
        })
        .collect();
    clearance::check(&shells, frame, &prisms, [entry, exit])?;
    let (number, [entry, exit]) = same_shell(&mut shells, entry, exit);
    let shell = &mut shells[number];
    let rings: Vec<Vec<usize>> = rims.iter().map(|rim| add_ring(shell, frame, rim)).collect();
    shell.faces[entry].boundaries.push(forward(&rings[0]));
    shell.faces[exit].boundaries.push(backward(&rings[rings.len() - 1]));
    for (rims, rings) in rims.windows(2).zip(rings.windows(2)) {
        if rims[0].depth < rims[1].depth {
            add_walls(shell, frame, [&rims[0], &rims[1]], [&rings[0], &rings[1]]);
        } else {
            let surface = Surface3::Plane {
                origin: frame.point(rims[0].outline[0].start, rims[0].depth),
                normal: against.vector(),
                toward: frame.right,
            };
            let boundaries = vec![backward(&rings[0]), forward(&rings[1])];
            shell.faces.push(CompressedFace { boundaries, orientation: true, surface });
        }
    }
    Ok(shells)
}

/// A hole into a void, or from one body into another's, makes one shell of two.
fn same_shell(shells: &mut Vec<Shell3>, entry: FaceId, exit: FaceId) -> (usize, [usize; 2]) {
    if entry.shell == exit.shell {
        return (entry.shell, [entry.face, exit.face]);
    }
    let (keep, gone) = (entry.shell.min(exit.shell), entry.shell.max(exit.shell));
    let other = shells.remove(gone);
    let offset = brep::absorb(&mut shells[keep], other);
    let faces = [entry, exit].map(|id| if id.shell == gone { id.face + offset } else { id.face });
    (keep, faces)
}

/// Adds the vertices and edges of a rim; returns the edges.
fn add_ring(shell: &mut Shell3, frame: &Frame, rim: &Rim) -> Vec<usize> {
    let first_vertex = shell.vertices.len();
    let first_edge = shell.edges.len();
    let count = rim.outline.len();
    for segment in &rim.outline {
        shell.vertices.push(frame.point(segment.start, rim.depth));
    }
    for (index, segment) in rim.outline.iter().enumerate() {
        let vertices = (first_vertex + index, first_vertex + (index + 1) % count);
        let (from, to) = (shell.vertices[vertices.0], shell.vertices[vertices.1]);
        let curve = match segment.shape {
            Shape::Line => Curve3::Line { through: from, along: (to - from).normalize() },
            Shape::Arc { centre, radius, ccw } => {
                let centre = frame.point(centre, rim.depth);
                let axis = frame.direction.vector() * if ccw { 1.0 } else { -1.0 };
                Curve3::Arc { centre, axis, toward: (from - centre).normalize(), radius }
            }
        };
        shell.edges.push(CompressedEdge { vertices, curve });
    }
    (first_edge..first_edge + count).collect()
}

fn add_walls(shell: &mut Shell3, frame: &Frame, rims: [&Rim; 2], rings: [&[usize]; 2]) {
    let count = rings[0].len();
    let first_side = shell.edges.len();
    for (&upper, &lower) in rings[0].iter().zip(rings[1]) {
        let vertices = (shell.edges[upper].vertices.0, shell.edges[lower].vertices.0);
        let (from, to) = (shell.vertices[vertices.0], shell.vertices[vertices.1]);
        let curve = Curve3::Line { through: from, along: (to - from).normalize() };
        shell.edges.push(CompressedEdge { vertices, curve });
    }
    let used = |edge: usize, along: bool| CompressedEdgeIndex::from((edge, along));
    for index in 0..count {
        let boundary = vec![
            used(rings[0][index], false),
            used(first_side + index, true),
            used(rings[1][index], true),
            used(first_side + (index + 1) % count, false),
        ];
        let depths = rims.map(|rim| rim.depth);
        let surface = wall_surface(frame, depths, rims.map(|rim| &rim.outline[index]));
        shell.faces.push(CompressedFace { boundaries: vec![boundary], orientation: true, surface });
    }
}

fn wall_surface(frame: &Frame, depths: [f64; 2], segments: [&Segment; 2]) -> Surface3 {
    let [upper, lower] = segments;
    match (upper.shape, lower.shape) {
        (Shape::Arc { centre, radius, ccw }, Shape::Arc { radius: lower_radius, .. }) => {
            let toward = frame.vector((upper.middle() - centre).unit());
            let outward = !ccw;
            if radius > lower_radius {
                // A cone's axis points toward its wide end: out of the hole.
                let half_angle = ((radius - lower_radius) / (depths[1] - depths[0])).atan();
                return Surface3::Cone {
                    origin: frame.point(centre, depths[1]),
                    axis: -frame.direction.vector(),
                    toward,
                    radius: lower_radius,
                    half_angle,
                    outward,
                };
            }
            let (origin, axis) = (frame.point(centre, depths[0]), frame.direction.vector());
            Surface3::Cylinder { origin, axis, toward, radius, outward }
        }
        _ => {
            let along = (upper.end - upper.start).unit();
            Surface3::Plane {
                origin: frame.point(upper.start, depths[0]),
                normal: frame.vector(along.left()),
                toward: frame.vector(along),
            }
        }
    }
}

fn forward(ring: &[usize]) -> Vec<CompressedEdgeIndex> {
    ring.iter().map(|&edge| CompressedEdgeIndex::from((edge, true))).collect()
}

fn backward(ring: &[usize]) -> Vec<CompressedEdgeIndex> {
    ring.iter().rev().map(|&edge| CompressedEdgeIndex::from((edge, false))).collect()
}
