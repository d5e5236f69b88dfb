//! Exact questions about triangles.
//!
//! All of them reduce to the sign of a determinant, which the `robust` crate computes exactly: no
//! tolerance, no wrong answer. Sets are closed: what touches, meets.

#![expect(clippy::float_cmp, reason = "these questions are exact, and so are their answers")]

use robust::{Coord, Coord3D, orient2d, orient3d};

/// Plain coordinates: these questions are asked often, in unoptimised builds, too.
pub type Point = [f64; 3];

/// A triangle with the axis to look along to see it best.
#[derive(Clone, Copy)]
pub struct Triangle {
    /// Corners.
    pub corners: [Point; 3],
    dominant: usize,
    normal: Point,
    /// Times the distance of a point from the first corner: what rounding can do to its product
    /// with the normal, with much to spare.
    rounding: f64,
}

impl Triangle {
    /// Prepares a triangle.
    pub fn new(corners: [Point; 3]) -> Triangle {
        let (along, beside) =
            (difference(corners[1], corners[0]), difference(corners[2], corners[0]));
        let normal = [0, 1, 2].map(|axis| {
            let (across, up) = ((axis + 1) % 3, (axis + 2) % 3);
            along[across] * beside[up] - along[up] * beside[across]
        });
        let by_size =
            |first: &usize, second: &usize| normal[*first].abs().total_cmp(&normal[*second].abs());
        let dominant = (0..3).max_by(by_size).unwrap_or(0);
        let rounding = 1e-14 * length(along) * length(beside);
        Triangle { corners, dominant, normal, rounding }
    }

    /// On which side of its plane is a point? 0: exactly on it.
    pub fn side(&self, point: Point) -> f64 {
        let [first, second, third] = self.corners;
        // Most coplanar pairs lie in a plane along the axes, and most others are far apart: this
        // saves the exact arithmetic.
        let offset = difference(point, first);
        let flat = |axis: usize| {
            offset[axis] == 0.0 && second[axis] == first[axis] && third[axis] == first[axis]
        };
        if flat(self.dominant) {
            return 0.0;
        }
        let height: f64 = (0..3).map(|axis| self.normal[axis] * offset[axis]).sum();
        if height.abs() > self.rounding * length(offset) {
            // `orient3d` is positive behind the plane.
            return -height;
        }
        volume(first, second, third, point)
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

    /// Are two points on the same side of an edge? Seen along the dominant axis; means something
    /// only for points in the triangle's plane.
    pub fn same_side(&self, [start, end]: [Point; 2], [first, second]: [Point; 2]) -> bool {
        self.turn(start, end, first).signum() == self.turn(start, end, second).signum()
    }

    /// Two triangles in this one's plane have a common corner, the apex, and two more corners each:
    /// do they meet elsewhere? They do if one of the wedges at the apex holds a side of the other.
    pub fn wedges_overlap(&self, apex: Point, first: [Point; 2], second: [Point; 2]) -> bool {
        let leftward = |[from, to]: [Point; 2]| {
            if self.turn(apex, from, to) < 0.0 { [to, from] } else { [from, to] }
        };
        let ([first_right, first_left], [second_right, second_left]) =
            (leftward(first), leftward(second));
        let turn = self.turn(apex, first_right, second_right);
        (turn >= 0.0 && self.turn(apex, second_right, first_left) >= 0.0)
            || (turn <= 0.0 && self.turn(apex, first_right, second_left) >= 0.0)
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

fn difference(to: Point, from: Point) -> Point {
    [to[0] - from[0], to[1] - from[1], to[2] - from[2]]
}

/// Sum of the absolute coordinates: no less than the length, and cheaper.
fn length(vector: Point) -> f64 {
    vector[0].abs() + vector[1].abs() + vector[2].abs()
}

/// Are all on the same side, and none on the border?
pub fn parted(sides: &[f64]) -> bool {
    sides.iter().all(|&side| side > 0.0) || sides.iter().all(|&side| side < 0.0)
}

fn edges(corners: &[Point; 3]) -> [[Point; 2]; 3] {
    let [first, second, third] = *corners;
    [[first, second], [second, third], [third, first]]
}

/// Sign of the volume of a tetrahedron.
fn volume(first: Point, second: Point, third: Point, fourth: Point) -> f64 {
    let coord = |point: Point| Coord3D { x: point[0], y: point[1], z: point[2] };
    orient3d(coord(first), coord(second), coord(third), coord(fourth))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn triangle(corners: [[f64; 3]; 3]) -> Triangle {
        Triangle::new(corners)
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
    fn the_quick_side_agrees_with_the_exact_one() {
        let corners = [[0.1, 0.2, 0.3], [7.3, 0.4, 1.1], [2.0, 5.5, -3.0]];
        let slope = triangle(corners);
        for step in -50..50 {
            let height = f64::from(step) * 2e-16;
            let point = [3.0, 2.0 + height, -0.2 + f64::from(step / 10)];
            let exact = volume(corners[0], corners[1], corners[2], point);
            assert_eq!(slope.side(point).signum(), exact.signum());
        }
    }

    #[test]
    fn wedges_at_a_common_corner() {
        let floor = triangle(FLOOR);
        let apex = [0.0, 0.0, 0.0];
        let overlap = |first: [[f64; 2]; 2], second: [[f64; 2]; 2]| {
            let [first, second] = [first, second].map(|wedge| wedge.map(|[x, y]| [x, y, 0.0]));
            let overlap = floor.wedges_overlap(apex, first, second);
            assert_eq!(floor.wedges_overlap(apex, second, first), overlap);
            let turned = [second[1], second[0]];
            assert_eq!(floor.wedges_overlap(apex, first, turned), overlap);
            overlap
        };
        let (east, north, west, south) = ([1.0, 0.0], [0.0, 1.0], [-1.0, 0.0], [0.0, -1.0]);
        let (north_east, south_west) = ([1.0, 1.0], [-1.0, -1.0]);
        assert!(!overlap([east, north], [west, south]));
        assert!(!overlap([east, north_east], [[-1.0, 1.0], south_west]));
        assert!(overlap([east, north], [north, west])); // Two edges lie on each other.
        assert!(overlap([east, north], [north_east, west]));
        assert!(overlap([east, north], [[2.0, 1.0], [1.0, 2.0]]));
        assert!(overlap([east, north], [[3.0, -1.0], [-1.0, 3.0]]));
        assert!(!overlap([east, north], [[3.0, -1.0], [1.0, -3.0]]));
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
