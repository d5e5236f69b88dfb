//! How thin a mesh gets, z up from the bed: walls and gaps within the layers, floors across them.
//!
//! From places on each triangle a ray goes into the solid, and one away from it, as far as anything
//! could be thin. What it meets first is the other side, if it faces the other way, nearly parallel:
//! so the edge of a wedge is no thin wall.
//!
//! Not promised: the thinnest place to the last hundredth, since places are samples; and what a
//! slicer makes of it.

use nalgebra::{Point3, Vector3};

use super::mesh::Mesh;
use super::proof::{Box3, Tree};
use crate::units::Mm;

/// What is thicker than this is not looked at, in millimetres.
const REACH: f64 = 4.0;
/// Triangles with longer edges are looked at in several places, in millimetres.
const LARGE: f64 = 3.0;
/// Cosine of the angle within which two sides are parallel.
const PARALLEL: f64 = 0.95;
/// Walls stand up to this sine of an angle from upright; floors lie as far from level.
const STANDING: f64 = 0.1;
/// A ray starts this far from its own triangle, in millimetres.
const START: f64 = 1e-4;

/// A thin place.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Thin {
    /// From one side to the other.
    pub width: Mm,
    /// Its height over the bed.
    pub height: Mm,
}

/// The thinnest places of a mesh; `None` where nothing is thinner than 4 mm.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Thinnest {
    /// Solid between two upright sides.
    pub wall: Option<Thin>,
    /// Air between two upright sides.
    pub gap: Option<Thin>,
    /// Solid between two level sides.
    pub floor: Option<Thin>,
}

/// Looks for the thinnest places.
pub fn thinnest(mesh: &Mesh) -> Thinnest {
    let boxes: Vec<Box3> = mesh.triangles.iter().map(|it| box_of(&mesh.corners(*it))).collect();
    let search = Search { mesh, tree: Tree::new(&boxes) };
    let mut found = Thinnest::default();
    for (number, triangle) in mesh.triangles.iter().enumerate() {
        let corners = mesh.corners(*triangle);
        let Some(normal) = normal(&corners) else { continue };
        let stands = normal.z.abs() < STANDING;
        let faces_up = normal.z > 1.0 - STANDING;
        if !stands && !faces_up {
            continue;
        }
        for place in places(&corners) {
            if stands {
                keep(&mut found.wall, search.ray(number, place, -normal), place);
                keep(&mut found.gap, search.ray(number, place, normal), place);
            } else {
                keep(&mut found.floor, search.ray(number, place, -normal), place);
            }
        }
    }
    found
}

fn keep(thinnest: &mut Option<Thin>, width: Option<f64>, place: Point3<f64>) {
    let Some(width) = width else { return };
    let found = Thin { width: Mm::from_mm(width), height: Mm::from_mm(place.z) };
    if thinnest.is_none_or(|known| found.width < known.width) {
        *thinnest = Some(found);
    }
}

/// The middle of a triangle; of a large one also places towards its corners.
fn places(corners: &[Point3<f64>; 3]) -> Vec<Point3<f64>> {
    let [a, b, c] = corners.map(|corner| corner.coords);
    let middle = (a + b + c) / 3.0;
    let mut places = vec![middle.into()];
    let edges = [(b - a).norm(), (c - b).norm(), (a - c).norm()];
    if edges.into_iter().any(|length| length > LARGE) {
        places.extend([a, b, c].map(|corner| Point3::from(middle + (corner - middle) * 0.7)));
    }
    places
}

struct Search<'a> {
    mesh: &'a Mesh,
    tree: Tree<'a>,
}

impl Search<'_> {
    /// How far it is to the first surface in a direction, if that one is parallel to the ray's own
    /// triangle and near. The two face away from each other through a solid, and towards each other
    /// through air: either way the ray and the other's normal agree in one sign.
    fn ray(&self, from: usize, start: Point3<f64>, direction: Vector3<f64>) -> Option<f64> {
        let end = start + direction * REACH;
        let wanted = box_of(&[start, end, end]);
        let mut nearest: Option<(f64, usize)> = None;
        self.tree.overlapping(&wanted, |number| {
            if number == from {
                return;
            }
            let corners = self.mesh.corners(self.mesh.triangles[number]);
            if let Some(distance) = meets(start, direction, &corners)
                && nearest.is_none_or(|(known, _)| distance < known)
            {
                nearest = Some((distance, number));
            }
        });
        let (distance, number) = nearest?;
        let other = normal(&self.mesh.corners(self.mesh.triangles[number]))?;
        (other.dot(&direction).abs() > PARALLEL).then_some(distance)
    }
}

fn box_of(corners: &[Point3<f64>; 3]) -> Box3 {
    let mut bounds = [[f64::INFINITY; 3], [f64::NEG_INFINITY; 3]];
    for corner in corners {
        for axis in 0..3 {
            bounds[0][axis] = bounds[0][axis].min(corner[axis]);
            bounds[1][axis] = bounds[1][axis].max(corner[axis]);
        }
    }
    bounds
}

fn normal([a, b, c]: &[Point3<f64>; 3]) -> Option<Vector3<f64>> {
    (b - a).cross(&(c - a)).try_normalize(1e-12)
}

/// Where a ray meets a triangle, from either side; within [`START`] and [`REACH`].
///
/// Source: T. Möller and B. Trumbore, Fast, Minimum Storage Ray/Triangle Intersection, 1997.
fn meets(start: Point3<f64>, direction: Vector3<f64>, [a, b, c]: &[Point3<f64>; 3]) -> Option<f64> {
    let (ab, ac) = (b - a, c - a);
    let across = direction.cross(&ac);
    let slope = ab.dot(&across);
    if slope.abs() < 1e-12 {
        return None;
    }
    let from_a = start - a;
    let u = from_a.dot(&across) / slope;
    let turned = from_a.cross(&ab);
    let v = direction.dot(&turned) / slope;
    let distance = ac.dot(&turned) / slope;
    let inside = u >= 0.0 && v >= 0.0 && u + v <= 1.0;
    (inside && distance > START && distance < REACH).then_some(distance)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::geometry::{Sketch, Stack};

    fn mm(value: f64) -> Mm {
        Mm::from_mm(value)
    }

    fn thin(stack: &Stack) -> [Option<f64>; 3] {
        let found = thinnest(&stack.build().unwrap().mesh(mm(0.01)).unwrap());
        [found.wall, found.gap, found.floor]
            .map(|it| it.map(|it| (it.width.mm() * 1e3).round() / 1e3))
    }

    #[test]
    fn a_block_is_thin_nowhere() {
        let block = Sketch::rect(mm(0.0), mm(0.0), mm(20.0), mm(20.0));
        assert_eq!(thin(&Stack::new().add(block, mm(0.0)..mm(10.0))), [None; 3]);
    }

    #[test]
    fn walls_gaps_and_floors_are_told_apart() {
        let block = Sketch::rect(mm(0.0), mm(0.0), mm(20.0), mm(20.0));
        let slot = Sketch::rect(mm(5.0), mm(2.0), mm(5.7), mm(18.0));
        let pocket = Sketch::rect(mm(10.0), mm(1.2), mm(18.0), mm(15.0));
        let stack = Stack::new()
            .add(block, mm(0.0)..mm(10.0))
            .cut(slot, mm(3.0)..mm(10.0))
            .cut(pocket, mm(0.8)..mm(10.0));
        assert_eq!(thin(&stack), [Some(1.2), Some(0.7), Some(0.8)]);
    }

    #[test]
    fn a_round_wall_is_as_thick_as_it_is_and_a_wedge_is_none() {
        let (o, r) = (mm(0.0), mm(3.0));
        let tube = Sketch::circle(o, o, r).with_hole(Sketch::circle(o, o, mm(2.0)));
        let [wall, ..] = thin(&Stack::new().add(tube, mm(0.0)..mm(10.0)));
        assert!(wall.is_some_and(|wall| (wall - 1.0).abs() < 0.03), "{wall:?}");
        let wedge = Sketch::polygon(&[(o, o), (mm(30.0), o), (mm(30.0), mm(20.0))]);
        assert_eq!(thin(&Stack::new().add(wedge, mm(0.0)..mm(10.0)))[0], None);
    }
}
