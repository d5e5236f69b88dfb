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
use chord::{Placed, depth_at, holds};

/// Solids may share this much (in mm) and still count as touching: more than rounding, less than
/// any printer or mill is true to.
pub const CONTACT: f64 = 0.01;

/// How far one solid is nudged along each axis (in mm): below [`CONTACT`] together, and so unequal
/// that faces that were parallel and equally far apart do not meet again.
const NUDGE: [f64; 3] = [2.1e-3, 2.3e-3, 1.9e-3];

/// From a crossing into both solids (in mm).
const INTO: f64 = 1e-4;

/// Crossings looked at, the longest first, no two in one cell of this size (in mm).
const MOST_CROSSINGS: usize = 64;
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
/// For any two closed, outward-facing meshes, each of one body. That they are apart, or can be
/// parted by less than [`CONTACT`], is decided exactly. The depth of what cannot is a lower bound,
/// found from the 64 longest crossings.
pub fn overlap(
    first: &Mesh,
    first_place: &Isometry3<f64>,
    second: &Mesh,
    second_place: &Isometry3<f64>,
) -> Option<Overlap> {
    let boxes = [first.bounds().placed(first_place), second.bounds().placed(second_place)];
    overlap_in(first, first_place, second, second_place, boxes)
}

/// As [`overlap`], for a caller that knows the placed boxes of both meshes.
pub fn overlap_in(
    first: &Mesh,
    first_place: &Isometry3<f64>,
    second: &Mesh,
    second_place: &Isometry3<f64>,
    boxes: [Bounds; 2],
) -> Option<Overlap> {
    let region = boxes[0].shared(&boxes[1], CONTACT)?;
    let slack = Vector3::repeat(CONTACT);
    let away = middle(&boxes[1]) - middle(&boxes[0]);
    let firsts = near(first, first_place, &region);
    let seconds = near(second, second_place, &region);
    let tree_boxes: Vec<Box3> = firsts.iter().map(around).collect();
    let tree = Tree::new(&tree_boxes);
    let firsts: Vec<Triangle> =
        firsts.iter().map(|corners| Triangle::new(corners.map(Into::into))).collect();
    // A nudge must not push anything out of it.
    let region = Bounds { min: region.min - slack, max: region.max + slack };
    let here = || Placed::new(first, first_place, &region);
    let mut fewest: Option<(Isometry3<f64>, Vec<Crossing>)> = None;
    // Away from each other first: that parts most that only touches.
    for signs in 0..8_u8 {
        let nudge = Vector3::from_fn(|axis, _| {
            let flip = if signs >> axis & 1 == 0 { 1.0 } else { -1.0 };
            NUDGE[axis] * if away[axis] < 0.0 { -flip } else { flip }
        });
        let mut place = *second_place;
        place.translation.vector += nudge;
        let enough = fewest.as_ref().map_or(usize::MAX, |(_, fewest)| fewest.len());
        let found = crossings(&firsts, &tree, &seconds, nudge, enough);
        if found.is_empty() {
            let solids = [(first, first_place), (second, &place)];
            let point = inner_point(solids, [&boxes[0], &boxes[1]])
                .or_else(|| inner_point([solids[1], solids[0]], [&boxes[1], &boxes[0]]))?;
            let there = Placed::new(second, &place, &region);
            return deepest(&here(), &there, vec![Crossing { point, length: 0.0 }]);
        }
        if fewest.as_ref().is_none_or(|(_, fewest)| found.len() < fewest.len()) {
            fewest = Some((place, found));
        }
    }
    // What only touches is parted by most nudges: the fewest crossings are the real ones.
    let (place, crossings) = fewest?;
    deepest(&here(), &Placed::new(second, &place, &region), crossings)
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

/// A point just inside the inner solid, if its box lies in that of the outer one, which holds it.
fn inner_point(
    [inner, outer]: [(&Mesh, &Isometry3<f64>); 2],
    [inner_box, outer_box]: [&Bounds; 2],
) -> Option<Point3<f64>> {
    let slack = Vector3::repeat(CONTACT);
    let fits = (inner_box.min - outer_box.min + slack).min() >= 0.0
        && (outer_box.max - inner_box.max + slack).min() >= 0.0;
    if !fits {
        return None;
    }
    let [first, second, third] = inner.0.corners(*inner.0.triangles.first()?);
    let normal = (second - first).cross(&(third - first)).normalize();
    // Off the middle, so that no line along an axis meets an edge of a symmetric solid.
    let point = first + (second - first) * 0.3137 + (third - first) * 0.4211 - normal * INTO;
    let point = inner.1 * point;
    holds(outer.0, outer.1.inverse() * point).then_some(point)
}

/// The triangles whose boxes may meet the region, placed.
fn near(mesh: &Mesh, place: &Isometry3<f64>, region: &Bounds) -> Vec<[Point3<f64>; 3]> {
    let local = region.placed(&place.inverse());
    let (low, high) = (local.min - Vector3::repeat(CONTACT), local.max + Vector3::repeat(CONTACT));
    // One bit for each side of the region that a point lies beyond: a triangle whose corners are
    // all beyond one side is not near.
    let beyond = |point: &Point3<f64>| {
        (0..3).fold(0_u8, |code, axis| {
            let below = u8::from(point[axis] < low[axis]);
            code | (below << axis) | (u8::from(point[axis] > high[axis]) << (axis + 3))
        })
    };
    let codes: Vec<u8> = mesh.points.iter().map(beyond).collect();
    mesh.triangles
        .iter()
        .filter(|triangle| triangle.iter().fold(!0, |code, &it| code & codes[it as usize]) == 0)
        .map(|&triangle| mesh.corners(triangle).map(|corner| place * corner))
        .collect()
}

fn around(corners: &[Point3<f64>; 3]) -> Box3 {
    let [first, second, third] = corners.map(|corner| [corner.coords.into(); 2]);
    union(union(first, second), third)
}

/// Where triangles cross; no more than `enough` of them.
fn crossings(
    firsts: &[Triangle],
    tree: &Tree,
    seconds: &[[Point3<f64>; 3]],
    nudge: Vector3<f64>,
    enough: usize,
) -> Vec<Crossing> {
    let mut found = vec![];
    for second in seconds {
        let second = second.map(|corner| corner + nudge);
        let triangle = Triangle::new(second.map(Into::into));
        tree.overlapping(&around(&second), |number| {
            found.extend(crossing(&firsts[number], &triangle));
        });
        if found.len() >= enough {
            break;
        }
    }
    found
}

/// Where two triangles cross, and from there a little behind both.
fn crossing(first: &Triangle, second: &Triangle) -> Option<Crossing> {
    if !first.meets(second) {
        return None;
    }
    let corners = [first, second].map(|it| it.corners.map(Point3::from));
    let normals = corners.map(|[one, two, three]| (two - one).cross(&(three - one)));
    let mut ends: Vec<Point3<f64>> = vec![];
    for (edges, other, plane) in [(0, second, 1), (1, first, 0)] {
        for (from, to) in [(0, 1), (1, 2), (2, 0)] {
            let (from, to) = (corners[edges][from], corners[edges][to]);
            let heights = [from, to].map(|end| normals[plane].dot(&(end - corners[plane][0])));
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
