//! The lines that a view may show: sharp edges, and where round faces turn away.

use std::f64::consts::{PI, TAU};

use truck_modeling::{InnerSpace, Point3, Vector3};

use super::frame::Frame;
use crate::geometry::Direction;
use crate::geometry::brep::{Curve3, Shell3, Surface3};

/// Arcs stand off their curve by at most this (in mm).
const CHORD: f64 = 0.01;
/// Cosine below which a direction runs across another, and above which two are the same.
const ACROSS: f64 = 1e-6;

/// Chains of points, placed: right, up, toward the viewer.
pub fn contours(shell: &Shell3, frame: Frame) -> Vec<Vec<[f64; 3]>> {
    let toward = frame.toward().vector();
    let mut faces_of = vec![Vec::new(); shell.edges.len()];
    for (face, it) in shell.faces.iter().enumerate() {
        for used in it.boundaries.iter().flatten() {
            faces_of[used.index].push(face);
        }
    }
    let mut chains = Vec::new();
    for (edge, faces) in shell.edges.iter().zip(&faces_of) {
        let ends = [shell.vertices[edge.vertices.0], shell.vertices[edge.vertices.1]];
        let points = sampled(&edge.curve, ends, frame);
        let normals = |point: Point3| {
            faces.iter().map(move |&face| normal(&shell.faces[face].surface, point))
        };
        let middle = edge.curve.middle(ends[0], ends[1]);
        let is_smooth = match normals(middle).collect::<Vec<_>>()[..] {
            [one, other] => one.dot(other) > 1.0 - ACROSS,
            _ => false,
        };
        // A smooth edge is no line, unless the solid turns away from the viewer there.
        let turns = |point: Point3| normals(point).all(|it| it.dot(toward).abs() < 1e-4);
        if !is_smooth || [ends[0], middle, ends[1]].into_iter().all(turns) {
            chains.push(points);
        }
    }
    for face in 0..shell.faces.len() {
        silhouettes(shell, face, toward, |from, to| chains.push(vec![from, to]));
    }
    let place = |point: &Point3| frame.place([point.x, point.y, point.z]);
    chains.iter().map(|chain| chain.iter().map(place).collect()).collect()
}

/// Out of the solid.
fn normal(surface: &Surface3, point: Point3) -> Vector3 {
    let (origin, axis, outward) = match *surface {
        Surface3::Plane { normal, .. } => return normal,
        Surface3::Cylinder { origin, axis, outward, .. }
        | Surface3::Cone { origin, axis, outward, .. } => (origin, axis, outward),
    };
    let offset = point - origin;
    let radial = (offset - axis * offset.dot(axis)).normalize();
    let away = match *surface {
        Surface3::Cone { half_angle, .. } => radial * half_angle.cos() - axis * half_angle.sin(),
        _ => radial,
    };
    if outward { away } else { -away }
}

/// Points along an edge. Arcs are sampled at the same angles wherever they begin, so that arcs that
/// coincide on paper do so point by point.
fn sampled(curve: &Curve3, [from, to]: [Point3; 2], frame: Frame) -> Vec<Point3> {
    let Curve3::Arc { centre, axis, radius, .. } = *curve else { return vec![from, to] };
    let mut basis = [frame.right, frame.up, frame.toward()].map(Direction::vector);
    basis.sort_by(|a, b| a.dot(axis).abs().total_cmp(&b.dot(axis).abs()));
    let [across, up, _] = basis;
    let sense = across.cross(up).dot(axis).signum();
    let angle = |point: Point3| (point - centre).dot(up).atan2((point - centre).dot(across));
    let start = angle(from);
    let sweep = (sense * (angle(to) - start)).rem_euclid(TAU);
    let sweep = if sweep < 1e-9 { TAU } else { sweep };
    let step = TAU / steps(radius);
    let margin = step * 0.05;
    let mut points = vec![from];
    let first = (sense * start / step).floor() as i64;
    let count = (sweep / step).ceil() as i64 + 1;
    for number in first..=first + count {
        let turned = number as f64 * step - sense * start;
        if turned > margin && turned < sweep - margin {
            let at = sense * number as f64 * step;
            points.push(centre + (across * at.cos() + up * at.sin()) * radius);
        }
    }
    points.push(to);
    points
}

/// Samples of a whole turn: a multiple of 8, so that quarters and eighths are among them.
fn steps(radius: f64) -> f64 {
    let step = 2.0 * (1.0 - CHORD / radius).clamp(-1.0, 1.0).acos();
    ((TAU / step / 8.0).ceil() * 8.0).clamp(24.0, 192.0)
}

/// Rulings along which a cylinder or cone turns away from the viewer, inside of the face.
fn silhouettes(
    shell: &Shell3,
    face: usize,
    toward: Vector3,
    mut found: impl FnMut(Point3, Point3),
) {
    let surface = &shell.faces[face].surface;
    let (Surface3::Cylinder { origin, axis, radius, .. }
    | Surface3::Cone { origin, axis, radius, .. }) = *surface
    else {
        return;
    };
    let slope = match *surface {
        Surface3::Cone { half_angle, .. } => half_angle.tan(),
        _ => 0.0,
    };
    if axis.dot(toward).abs() > ACROSS {
        return;
    }
    let side = axis.cross(toward).normalize();
    for side in [side, -side] {
        let angle = surface.parameters(origin + side).x;
        let mut heights: Vec<f64> = Vec::new();
        for used in shell.faces[face].boundaries.iter().flatten() {
            let edge = &shell.edges[used.index];
            if !matches!(edge.curve, Curve3::Arc { .. }) {
                continue;
            }
            let ends = [edge.vertices.0, edge.vertices.1]
                .map(|vertex| surface.parameters(shell.vertices[vertex]));
            let [one, other] = ends.map(|end| end.x);
            // The face's middle has angle 0, so that only the far side could come as ±π.
            let (low, high) = (one.min(other), one.max(other));
            if high - low < PI + ACROSS && low + 1e-6 < angle && angle < high - 1e-6 {
                heights.push(ends[0].y);
            }
        }
        heights.sort_by(f64::total_cmp);
        for pair in heights.chunks_exact(2) {
            let point = |height: f64| origin + axis * height + side * (radius + slope * height);
            found(point(pair[0]), point(pair[1]));
        }
    }
}
