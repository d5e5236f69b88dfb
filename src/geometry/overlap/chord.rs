//! Lines along the axes through placed solids.

use nalgebra::{Isometry3, Point3};

use super::Overlap;
use crate::geometry::axes::Bounds;
use crate::geometry::mesh::Mesh;

/// Towards the far end of a chord: nearly its middle, but not on lines of symmetry, where edges of
/// triangles lie.
const MIDDLE: [f64; 3] = [0.4871, 0.4793, 0.4837];

/// A solid's triangles where it is placed, as far as lines through a region can meet them.
pub struct Placed {
    /// Corners, counter-clockwise seen from outside.
    triangles: Vec<[Point3<f64>; 3]>,
}

impl Placed {
    /// Places a mesh. Lines along the axes will all pass through the region.
    pub fn new(mesh: &Mesh, place: &Isometry3<f64>, region: &Bounds) -> Placed {
        let points: Vec<Point3<f64>> = mesh.points.iter().map(|point| place * point).collect();
        let corners = |triangle: &[u32; 3]| triangle.map(|index| points[index as usize]);
        let may_be_met = |[first, second, third]: &[Point3<f64>; 3]| {
            let passes = |axis: usize| {
                first[axis].min(second[axis]).min(third[axis]) <= region.max[axis]
                    && first[axis].max(second[axis]).max(third[axis]) >= region.min[axis]
            };
            (0..3).filter(|&axis| passes(axis)).count() >= 2
        };
        let triangles = mesh.triangles.iter().map(corners).filter(may_be_met);
        Placed { triangles: triangles.collect() }
    }

    /// The part of the line through `point` along an axis that lies inside, around the point: the
    /// coordinates of its ends. `None` if the point is outside.
    fn chord(&self, point: Point3<f64>, axis: usize) -> Option<[f64; 2]> {
        // Where the line passes a triangle, and +1 if it leaves the solid there.
        let mut hits: Vec<(f64, i32)> =
            self.triangles.iter().filter_map(|corners| pass(corners, point, axis)).collect();
        hits.sort_by(|one, other| one.0.total_cmp(&other.0).then(one.1.cmp(&other.1)));
        let here = hits.partition_point(|hit| hit.0 <= point[axis]);
        let around: i32 = hits[here..].iter().map(|hit| hit.1).sum();
        if around <= 0 {
            return None;
        }
        let mut depth = around;
        let end = hits[here..].iter().find(|hit| {
            depth -= hit.1;
            depth <= 0
        })?;
        depth = around;
        let start = hits[..here].iter().rev().find(|hit| {
            depth += hit.1;
            depth <= 0
        })?;
        Some([start.0, end.0])
    }
}

/// Does a mesh hold a point of its own frame?
pub fn holds(mesh: &Mesh, point: Point3<f64>) -> bool {
    let ahead = mesh.triangles.iter().filter_map(|&it| pass(&mesh.corners(it), point, 0));
    ahead.filter(|hit| hit.0 > point.x).map(|hit| hit.1).sum::<i32>() > 0
}

/// Where the line through `point` along an axis passes a triangle: its coordinate there, and 1 or
/// -1 as the triangle looks along or against the axis.
fn pass(corners: &[Point3<f64>; 3], point: Point3<f64>, axis: usize) -> Option<(f64, i32)> {
    let (across, up) = ((axis + 1) % 3, (axis + 2) % 3);
    // Most triangles lie beside the line.
    for beside in [across, up] {
        let [first, second, third] = corners.map(|corner| corner[beside] > point[beside]);
        if first == second && second == third {
            return None;
        }
    }
    let flat = corners.map(|corner| [corner[across] - point[across], corner[up] - point[up]]);
    let turn = |from: [f64; 2], to: [f64; 2]| from[0] * to[1] - from[1] * to[0];
    let weights = [turn(flat[1], flat[2]), turn(flat[2], flat[0]), turn(flat[0], flat[1])];
    let sign = if weights.iter().all(|&weight| weight > 0.0) {
        1
    } else if weights.iter().all(|&weight| weight < 0.0) {
        -1
    } else {
        return None;
    };
    let total: f64 = weights.iter().sum();
    let height: f64 = (0..3).map(|it| weights[it] / total * corners[it][axis]).sum();
    Some((height, sign))
}

/// The depth of what both solids fill, found by climbing from a point that both hold.
pub fn depth_at(first: &Placed, second: &Placed, point: Point3<f64>) -> Option<Overlap> {
    let chord = |point: Point3<f64>, axis: usize| {
        let (one, other) = (first.chord(point, axis)?, second.chord(point, axis)?);
        Some([one[0].max(other[0]), one[1].min(other[1])])
    };
    let mut at = point;
    for axis in [0, 1, 2, 0, 1, 2] {
        let [start, end] = chord(at, axis)?;
        at[axis] = start + (end - start) * MIDDLE[axis];
    }
    let lengths = [0, 1, 2].map(|axis| chord(at, axis).map_or(0.0, |[start, end]| end - start));
    Some(Overlap { depth: lengths.into_iter().fold(f64::INFINITY, f64::min), at })
}
