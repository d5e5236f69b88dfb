//! Nothing may be in the way of a hole.

use truck_modeling::{EuclideanSpace, Point3};

use super::frame::Frame;
use super::host::FaceId;
use crate::geometry::CLEARANCE;
use crate::geometry::axes::Bounds;
use crate::geometry::brep::{self, Shell3};
use crate::geometry::error::GeometryError;
use crate::geometry::mesh::face_triangles;
use crate::geometry::plane::{Outline, Segment, Vec2, gap, winding};

/// Faces that may be in the way are looked at as triangles that leave them by at most this much (in
/// mm): first coarsely, and again only if that finds something near.
const CHORDS: [f64; 2] = [2e-2, 2e-4];

/// A prism that a hole empties: an outline between two depths.
pub struct Prism {
    pub outline: Outline,
    pub from: f64,
    pub to: f64,
}

/// Refuses a hole if any face but the two hosts comes closer than `CLEARANCE` to one of its prisms.
///
/// As the rims lie inside planar faces that look out of the hole's ends, nothing else then means
/// solid all the way.
pub fn check(
    shells: &[Shell3],
    frame: &Frame,
    prisms: &[Prism],
    hosts: [FaceId; 2],
) -> Result<(), GeometryError> {
    for prism in prisms {
        let bounds = bounds(frame, prism);
        for (number, shell) in shells.iter().enumerate() {
            for face in 0..shell.faces.len() {
                let is_host = hosts.contains(&FaceId { shell: number, face });
                if is_host || !brep::face_bounds(shell, face).is_near(&bounds, 2.0 * CLEARANCE) {
                    continue;
                }
                if let Some(point) = in_the_way(shell, face, frame, prism)? {
                    return Err(GeometryError::HoleCrossesFace {
                        at: frame.place(0.0),
                        direction: frame.direction,
                        face_at: point.to_vec().into(),
                    });
                }
            }
        }
    }
    Ok(())
}

/// A point of the face that comes too close to the prism.
fn in_the_way(
    shell: &Shell3,
    face: usize,
    frame: &Frame,
    prism: &Prism,
) -> Result<Option<Point3>, GeometryError> {
    let mut near = None;
    for chord in CHORDS {
        let triangles = face_triangles(shell, face, chord)?;
        near = triangles.into_iter().find_map(|triangle| meets(frame, prism, triangle, chord));
        if near.is_none() {
            break;
        }
    }
    Ok(near)
}

fn bounds(frame: &Frame, prism: &Prism) -> Bounds {
    let mut bounds = Bounds::EMPTY;
    for segment in &prism.outline {
        let rect = segment.bounds();
        for depth in [prism.from, prism.to] {
            for corner in [rect.min, rect.max] {
                bounds.include(frame.point(corner, depth).to_vec().into());
            }
        }
    }
    bounds
}

/// A corner of the triangle's part within the prism's depths, if that part comes too close. The
/// triangle may leave its face by `chord`.
fn meets(frame: &Frame, prism: &Prism, triangle: [Point3; 3], chord: f64) -> Option<Point3> {
    let corners: Vec<(Vec2, f64)> = triangle.iter().map(|&point| frame.local(point)).collect();
    let corners = clip(&corners, |depth| depth - prism.from);
    let corners = clip(&corners, |depth| prism.to - depth);
    let (first, depth) = *corners.first()?;
    let sides: Vec<Segment> = (0..corners.len())
        .map(|index| Segment::line(corners[index].0, corners[(index + 1) % corners.len()].0))
        .collect();
    let touches = prism
        .outline
        .iter()
        .any(|segment| sides.iter().any(|side| gap(side, segment) < CLEARANCE + chord));
    let is_inside = winding(&prism.outline, first) > 0;
    // A triangle seen edge-on surrounds nothing, and what this says about it does not matter: it
    // can only be near the hole if its sides are.
    let is_around =
        prism.outline.first().is_some_and(|segment| winding(&sides, segment.start) != 0);
    (touches || is_inside || is_around).then(|| frame.point(first, depth))
}

/// The part of a convex polygon where `inside` of the depth is not negative.
fn clip(corners: &[(Vec2, f64)], inside: impl Fn(f64) -> f64) -> Vec<(Vec2, f64)> {
    let mut clipped = vec![];
    for (index, &(corner, depth)) in corners.iter().enumerate() {
        let (next, next_depth) = corners[(index + 1) % corners.len()];
        let (here, there) = (inside(depth), inside(next_depth));
        if here >= 0.0 {
            clipped.push((corner, depth));
        }
        if (here > 0.0 && there < 0.0) || (here < 0.0 && there > 0.0) {
            let share = here / (here - there);
            clipped.push((corner + (next - corner) * share, depth + (next_depth - depth) * share));
        }
    }
    clipped
}
