//! Volumes and boxes from exact faces.

use truck_modeling::{EuclideanSpace, InnerSpace};

use super::curve::Curve3;
use super::shell::{Shell3, ends, planar_outlines};
use super::surface::Surface3;
use crate::geometry::axes::Bounds;
use crate::geometry::plane::Segment;

/// Volume inside a shell, negative for a void: a third of the flux of the position through its
/// faces. Exact but for rounding.
pub fn volume(shell: &Shell3) -> f64 {
    (0..shell.faces.len()).map(|face| flux(shell, face)).sum::<f64>() / 3.0
}

/// Flux of the position vector out through a face.
fn flux(shell: &Shell3, face: usize) -> f64 {
    match shell.faces[face].surface {
        Surface3::Plane { origin, normal, .. } => {
            let outlines = planar_outlines(shell, face);
            origin.to_vec().dot(normal) * outlines.iter().flatten().map(Segment::area).sum::<f64>()
        }
        Surface3::Cylinder { .. } => ruled_flux(shell, face, 0.0),
        Surface3::Cone { half_angle, .. } => ruled_flux(shell, face, half_angle.tan()),
    }
}

/// On a cylinder or cone with angle `u`, height `v` and radius `ρ = radius + slope · v`, the flux
/// density is `ρ · (origin · e(u) + radius - slope · origin · axis)`, where `e(u)` points away from
/// the axis. By Green's theorem its integral over the face is the integral of its antiderivative in
/// `u` along the boundary over `dv`; only rulings contribute, and `u` is constant on them. Where the
/// solid's outside is the surface's inside, both the flux and the boundary change their sense.
fn ruled_flux(shell: &Shell3, face: usize, slope: f64) -> f64 {
    let face = &shell.faces[face];
    let (Surface3::Cylinder { origin, axis, toward, radius, .. }
    | Surface3::Cone { origin, axis, toward, radius, .. }) = face.surface
    else {
        return 0.0;
    };
    let (across, up) = (origin.to_vec().dot(toward), origin.to_vec().dot(axis.cross(toward)));
    let constant = radius - slope * origin.to_vec().dot(axis);
    let mut flux = 0.0;
    for used in face.boundaries.iter().flatten() {
        if !matches!(shell.edges[used.index].curve, Curve3::Line { .. }) {
            continue;
        }
        let (start, end) = ends(shell, used);
        let [start, end] =
            [start, end].map(|vertex| face.surface.parameters(shell.vertices[vertex]));
        let angle = f64::midpoint(start.x, end.x);
        let (sin, cos) = angle.sin_cos();
        let mean_radius = radius + slope * f64::midpoint(start.y, end.y);
        flux += (across * sin - up * cos + constant * angle) * mean_radius * (end.y - start.y);
    }
    flux
}

/// The exact box around a face. Cylinders and cones are extreme on their edges only, because every
/// ruling of a face ends on an edge.
pub fn face_bounds(shell: &Shell3, face: usize) -> Bounds {
    let mut bounds = Bounds::EMPTY;
    for used in shell.faces[face].boundaries.iter().flatten() {
        include_edge(shell, used.index, &mut bounds);
    }
    bounds
}

/// The exact box around all faces.
pub fn bounds(shells: &[Shell3]) -> Bounds {
    let mut bounds = Bounds::EMPTY;
    for shell in shells {
        for edge in 0..shell.edges.len() {
            include_edge(shell, edge, &mut bounds);
        }
    }
    bounds
}

fn include_edge(shell: &Shell3, edge: usize, bounds: &mut Bounds) {
    let edge = &shell.edges[edge];
    let (from, to) = (shell.vertices[edge.vertices.0], shell.vertices[edge.vertices.1]);
    for point in edge.curve.extreme_points(from, to) {
        bounds.include(point.to_vec().into());
    }
}
