//! Do two placed solids fill the same space?
//!
//! Depth is the shortest way along an axis through what both fill, at the place where that is
//! longest; for a part pushed too far along an axis it is how far. What is no deeper than
//! [`CONTACT`] is contact, as designed.
//!
//! Faces that touch, or lie in each other, are where such tests go wrong. So one solid is nudged by
//! a few micrometres: if any nudge leaves no two triangles crossing and neither solid inside the
//! other, the two can be parted by less than the tolerance, and only touch. Else every crossing
//! leads to a point that both fill, and from there to the depth.

mod chord;

use nalgebra::{Isometry3, Point3, Vector3};

use super::axes::Bounds;
use super::mesh::Mesh;
use super::proof::{Box3, Tree, Triangle, union};
use chord::{Placed, depth_at};

/// Solids may share this much (in mm) and still count as touching: more than rounding, less than
/// any printer or mill is true to.
pub const CONTACT: f64 = 0.01;

/// How far one solid is nudged along each axis (in mm): below [`CONTACT`] together, and so unequal
/// that faces that were parallel and equally far apart do not meet again.
const NUDGE: [f64; 3] = [2.1e-3, 2.3e-3, 1.9e-3];

/// From a crossing into both solids (in mm).
const INTO: f64 = 1e-4;

/// Crossings looked at, the longest first, no two in one cell of this size (in mm).
const MOST_CROSSINGS: usize = 256;
const CELL: f64 = 2.0;

/// Space that two solids both fill.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Overlap {
    /// How deep, in mm.
    pub depth: f64,
    /// Where it is deepest, in the frame that the two solids were placed in.
    pub at: Point3<f64>,
}

/// How deep two closed meshes overlap where they are placed; `None` if they are apart or touch.
///
/// Exact for any two closed, outward-facing meshes, each of one body (shells of one mesh may
/// overlap each other): it misses nothing deeper than [`CONTACT`]. The depth itself is a lower
/// bound.
pub fn overlap(
    first: &Mesh,
    first_place: &Isometry3<f64>,
    second: &Mesh,
    second_place: &Isometry3<f64>,
) -> Option<Overlap> {
    let boxes = [first.bounds().placed(first_place), second.bounds().placed(second_place)];
    let region = boxes[0].shared(&boxes[1], CONTACT)?;
    let away = middle(&boxes[1]) - middle(&boxes[0]);
    let firsts = near(first, first_place, &region);
    let seconds = near(second, second_place, &region);
    let tree_boxes: Vec<Box3> = firsts.iter().map(around).collect();
    let tree = Tree::new(&tree_boxes);
    let mut nudged = Nudged { place: *second_place, crossings: vec![] };
    // Away from each other first: that parts most that only touches.
    for signs in 0..8_u8 {
        let nudge = Vector3::from_fn(|axis, _| {
            let flip = if signs >> axis & 1 == 0 { 1.0 } else { -1.0 };
            NUDGE[axis] * if away[axis] < 0.0 { -flip } else { flip }
        });
        let mut place = *second_place;
        place.translation.vector += nudge;
        let crossings = crossings(&firsts, &tree, &seconds, nudge);
        let inside = || {
            let solids = [Placed::new(first, first_place), Placed::new(second, &place)];
            inner_point(&solids[0], &solids[1]).or_else(|| inner_point(&solids[1], &solids[0]))
        };
        if crossings.is_empty() {
            let Some(point) = inside() else { return None };
            nudged = Nudged { place, crossings: vec![Crossing { point, length: 0.0 }] };
            break;
        }
        nudged = Nudged { place, crossings };
    }
    deepest(&Placed::new(first, first_place), &Placed::new(second, &nudged.place), nudged.crossings)
}

/// The second solid's place after a nudge, and the crossings that it left.
struct Nudged {
    place: Isometry3<f64>,
    crossings: Vec<Crossing>,
}

/// A point that both solids fill, beside the line where two triangles cross.
struct Crossing {
    point: Point3<f64>,
    length: f64,
}

fn deepest(first: &Placed, second: &Placed, mut crossings: Vec<Crossing>) -> Option<Overlap> {
    crossings.sort_by(|one, other| other.length.total_cmp(&one.length));
    let mut cells = std::collections::BTreeSet::new();
    crossings.retain(|it| {
        let cell: [i64; 3] = it.point.coords.map(|value| (value / CELL).floor() as i64).into();
        cells.insert(cell)
    });
    crossings
        .iter()
        .take(MOST_CROSSINGS)
        .filter_map(|crossing| depth_at(first, second, crossing.point))
        .filter(|found| found.depth > CONTACT)
        .max_by(|one, other| one.depth.total_cmp(&other.depth))
}

/// A point just inside `inner`, if `outer` is around it.
fn inner_point(inner: &Placed, outer: &Placed) -> Option<Point3<f64>> {
    let [first, second, third] = *inner.triangles.first()?;
    let normal = (second - first).cross(&(third - first)).normalize();
    // Off the middle, so that no line along an axis meets an edge of a symmetric solid.
    let point = first + (second - first) * 0.3137 + (third - first) * 0.4211 - normal * INTO;
    outer.holds(point).then_some(point)
}

/// The triangles whose boxes meet the region, placed.
fn near(mesh: &Mesh, place: &Isometry3<f64>, region: &Bounds) -> Vec<[Point3<f64>; 3]> {
    let local = region.placed(&place.inverse());
    let is_near = |corners: &[Point3<f64>; 3]| {
        (0..3).all(|axis| {
            let [first, second, third] = corners.map(|corner| corner[axis]);
            first.min(second).min(third) <= local.max[axis] + CONTACT
                && first.max(second).max(third) >= local.min[axis] - CONTACT
        })
    };
    mesh.triangles
        .iter()
        .map(|&triangle| mesh.corners(triangle))
        .filter(is_near)
        .map(|corners| corners.map(|corner| place * corner))
        .collect()
}

fn around(corners: &[Point3<f64>; 3]) -> Box3 {
    let [first, second, third] = corners.map(|corner| [corner.coords.into(); 2]);
    union(union(first, second), third)
}

fn crossings(
    firsts: &[[Point3<f64>; 3]],
    tree: &Tree,
    seconds: &[[Point3<f64>; 3]],
    nudge: Vector3<f64>,
) -> Vec<Crossing> {
    let mut found = vec![];
    for second in seconds {
        let second = second.map(|corner| corner + nudge);
        tree.overlapping(&around(&second), |number| {
            found.extend(crossing(&firsts[number], &second));
        });
    }
    found
}

/// Where two triangles cross, and from there a little behind both.
fn crossing(first: &[Point3<f64>; 3], second: &[Point3<f64>; 3]) -> Option<Crossing> {
    let triangles = [first, second].map(|it| Triangle::new(it.map(Into::into)));
    if !triangles[0].meets(&triangles[1]) {
        return None;
    }
    let normals = [first, second].map(|[one, two, three]| (two - one).cross(&(three - one)));
    let mut ends: Vec<Point3<f64>> = vec![];
    for (edges, plane, normal) in [(first, second, normals[1]), (second, first, normals[0])] {
        let other = if std::ptr::eq(plane, first) { &triangles[0] } else { &triangles[1] };
        for (from, to) in [(0, 1), (1, 2), (2, 0)] {
            let (from, to) = (edges[from], edges[to]);
            let heights = [from, to].map(|end| normal.dot(&(end - plane[0])));
            let span = heights[0] - heights[1];
            if span != 0.0 && other.meets_segment([from.into(), to.into()]) {
                ends.push(from + (to - from) * (heights[0] / span).clamp(0.0, 1.0));
            }
        }
    }
    let (first_end, last_end) = (*ends.first()?, *ends.last()?);
    let length = (last_end - first_end).norm();
    let inward = normals[0].normalize() + normals[1].normalize();
    // Off the middle, for lines from here along the axes.
    let point = first_end + (last_end - first_end) * 0.4713 - inward * INTO.min(length * 0.1);
    Some(Crossing { point, length })
}

fn middle(bounds: &Bounds) -> Vector3<f64> {
    (bounds.min.coords + bounds.max.coords) / 2.0
}
