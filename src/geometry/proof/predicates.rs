//! Exact questions about triangles.
//!
//! All of them reduce to the sign of a determinant, which the `robust` crate computes exactly: no
//! tolerance, no wrong answer. Sets are closed: what touches, meets.

use nalgebra::Point3;
use robust::{Coord, Coord3D, orient2d, orient3d};

type Point = Point3<f64>;

/// A triangle with the axis to look along to see it best.
#[derive(Clone, Copy)]
pub struct Triangle {
    /// Corners.
    pub corners: [Point; 3],
    dominant: usize,
}

impl Triangle {
    /// Prepares a triangle.
    pub fn new(corners: [Point; 3]) -> Triangle {
        let normal = (corners[1] - corners[0]).cross(&(corners[2] - corners[0]));
        Triangle { corners, dominant: normal.iamax() }
    }

    /// On which side of its plane is a point? 0: exactly on it.
    pub fn side(&self, point: Point) -> f64 {
        let [first, second, third] = self.corners;
        // Most coplanar pairs lie in a plane along the axes; this saves the exact arithmetic.
        let flat = |axis: usize| {
            let level = point[axis];
            first[axis] == level && second[axis] == level && third[axis] == level
        };
        if flat(self.dominant) { 0.0 } else { volume(first, second, third, point) }
    }

    /// Do two triangles without a common corner meet?
    pub fn meets(&self, other: &Triangle) -> bool {
        let sides = other.corners.map(|corner| self.side(corner));
        if parted(&sides) {
            return false;
        }
        if sides == [0.0; 3] {
            return self.flat_overlap(other);
        }
        if parted(&self.corners.map(|corner| other.side(corner))) {
            return false;
        }
        edges(&self.corners).into_iter().any(|edge| other.meets_segment(edge))
            || edges(&other.corners).into_iter().any(|edge| self.meets_segment(edge))
    }

    /// Does a segment meet the triangle?
    pub fn meets_segment(&self, [from, to]: [Point; 2]) -> bool {
        let (from_side, to_side) = (self.side(from), self.side(to));
        if from_side == 0.0 && to_side == 0.0 {
            return self.flat_meets_segment([from, to]);
        }
        if parted(&[from_side, to_side]) {
            return false;
        }
        // The line crosses the plane between its ends; is that inside all three edges?
        let turns = edges(&self.corners).map(|[start, end]| volume(from, to, start, end));
        !(turns.iter().any(|&turn| turn > 0.0) && turns.iter().any(|&turn| turn < 0.0))
    }

    /// Two triangles in one plane: some edge parts them, or they overlap.
    fn flat_overlap(&self, other: &Triangle) -> bool {
        !self.edge_parts(&other.corners)
            && !other.seen_along(self.dominant).edge_parts(&self.corners)
    }

    fn flat_meets_segment(&self, segment: [Point; 2]) -> bool {
        let line = self.corners.map(|corner| self.turn(segment[0], segment[1], corner));
        !parted(&line) && !self.edge_parts(&segment)
    }

    /// Are all points strictly outside one edge? In the plane of the triangle.
    fn edge_parts(&self, points: &[Point]) -> bool {
        let [first, second, third] = self.corners;
        let orientation = self.turn(first, second, third);
        edges(&self.corners).into_iter().any(|[start, end]| {
            points.iter().all(|&point| self.turn(start, end, point) * orientation.signum() < 0.0)
        })
    }

    fn seen_along(&self, dominant: usize) -> Triangle {
        Triangle { dominant, ..*self }
    }

    /// Two coplanar triangles with the common edge `start`–`end`: are `first` and `second`, the
    /// third corners, on the same side of it?
    pub fn folds(&self, start: Point, end: Point, first: Point, second: Point) -> bool {
        self.turn(start, end, first).signum() == self.turn(start, end, second).signum()
    }

    /// Positive, zero or negative: the turn of three points, seen along the dominant axis.
    fn turn(&self, first: Point, second: Point, third: Point) -> f64 {
        let flat = |point: Point| {
            let (across, up) = ((self.dominant + 1) % 3, (self.dominant + 2) % 3);
            Coord { x: point[across], y: point[up] }
        };
        orient2d(flat(first), flat(second), flat(third))
    }
}

/// Are all on the same side, and none on the border?
fn parted(sides: &[f64]) -> bool {
    sides.iter().all(|&side| side > 0.0) || sides.iter().all(|&side| side < 0.0)
}

fn edges(corners: &[Point; 3]) -> [[Point; 2]; 3] {
    let [first, second, third] = *corners;
    [[first, second], [second, third], [third, first]]
}

/// Sign of the volume of a tetrahedron.
fn volume(first: Point, second: Point, third: Point, fourth: Point) -> f64 {
    let coord = |point: Point| Coord3D { x: point.x, y: point.y, z: point.z };
    orient3d(coord(first), coord(second), coord(third), coord(fourth))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn triangle(corners: [[f64; 3]; 3]) -> Triangle {
        Triangle::new(corners.map(Point::from))
    }

    const FLOOR: [[f64; 3]; 3] = [[0.0, 0.0, 0.0], [4.0, 0.0, 0.0], [0.0, 4.0, 0.0]];

    #[test]
    fn piercing_touching_and_parted() {
        let floor = triangle(FLOOR);
        let pierces = triangle([[1.0, 1.0, -1.0], [1.0, 1.0, 1.0], [9.0, 9.0, 1.0]]);
        let touches = triangle([[1.0, 1.0, 0.0], [1.0, 1.0, 1.0], [9.0, 9.0, 1.0]]);
        let above = triangle([[1.0, 1.0, 1e-300], [1.0, 1.0, 1.0], [9.0, 9.0, 1.0]]);
        let beside = triangle([[3.0, 3.0, -1.0], [3.0, 3.0, 1.0], [9.0, 9.0, 1.0]]);
        assert!(floor.meets(&pierces) && pierces.meets(&floor));
        assert!(floor.meets(&touches) && touches.meets(&floor));
        assert!(!floor.meets(&above) && !above.meets(&floor));
        assert!(!floor.meets(&beside) && !beside.meets(&floor));
    }

    #[test]
    fn coplanar_triangles() {
        let floor = triangle(FLOOR);
        let inside = triangle([[1.0, 1.0, 0.0], [1.5, 1.0, 0.0], [1.0, 1.5, 0.0]]);
        let beside = triangle([[4.0, 4.0, 0.0], [2.1, 2.0, 0.0], [4.0, 2.0, 0.0]]);
        let at_edge = triangle([[4.0, 4.0, 0.0], [2.0, 2.0, 0.0], [4.0, 2.0, 0.0]]);
        assert!(floor.meets(&inside) && inside.meets(&floor));
        assert!(floor.meets(&at_edge));
        assert!(!floor.meets(&beside) && !beside.meets(&floor));
    }
}
