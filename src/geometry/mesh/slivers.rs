//! Triangles too small to be proven, and to matter, are avoided.
//!
//! Where an arc leaves a line at a grazing angle, or a sample comes to lie close to a corner, some
//! triangles have almost no area. Each is removed in the first of these ways that is possible:
//!
//! 1. Its longest edge is flipped, if that is inside a plane face: no point moves.
//! 2. Its shortest edge is collapsed, if that is shorter than `SHORT`: one point moves onto the
//!    other. No triangle around it may become a sliver, nor turn over unless it is as thin as that.
//!
//! Both keep the mesh closed. What cannot be removed stays, for the proof to refuse.

use std::collections::BTreeMap;

use nalgebra::{Point3, Vector3};

/// Triangles smaller than this (in mm²) are removed; twice what the proof demands.
const SLIVER: f64 = 2e-6;

/// Edges up to this length (in mm) may be collapsed.
const SHORT: f64 = 5e-3;

/// Triangles around a moved point may tilt by this much: cosine of 26°.
const TILT: f64 = 0.9;

/// A triangle with the number of its face.
pub type Tagged = ([usize; 3], usize);

/// The points and triangles that are left.
pub fn remove(
    points: Vec<Point3<f64>>,
    triangles: Vec<Tagged>,
) -> (Vec<Point3<f64>>, Vec<[usize; 3]>) {
    let is_sliver = |triangle: &Tagged| area(&points, triangle.0) < SLIVER;
    if !triangles.iter().any(is_sliver) {
        return (points, triangles.into_iter().map(|(corners, _)| corners).collect());
    }
    let mut surface = Surface::new(points, triangles);
    // A flip or collapse may free a neighbour that was stuck.
    while surface.sweep() {}
    surface.finish()
}

/// A mesh that can be changed. Removed triangles are `None`.
struct Surface {
    points: Vec<Point3<f64>>,
    triangles: Vec<Option<Tagged>>,
    /// Triangles around each point.
    around: Vec<Vec<usize>>,
    /// Flips done; more than there are triangles would be a circle.
    flips: usize,
}

impl Surface {
    fn new(points: Vec<Point3<f64>>, triangles: Vec<Tagged>) -> Surface {
        let mut around = vec![vec![]; points.len()];
        for (number, (corners, _)) in triangles.iter().enumerate() {
            for &corner in corners {
                around[corner].push(number);
            }
        }
        Surface { points, triangles: triangles.into_iter().map(Some).collect(), around, flips: 0 }
    }

    /// Tries every sliver once; has any been removed?
    fn sweep(&mut self) -> bool {
        let mut changed = false;
        for number in 0..self.triangles.len() {
            if let Some((corners, _)) = self.triangles[number]
                && area(&self.points, corners) < SLIVER
            {
                changed |= self.flip(number) || self.collapse(number);
            }
        }
        changed
    }

    /// Gives the longest edge's two triangles the other diagonal.
    fn flip(&mut self, number: usize) -> bool {
        let Some((corners, face)) = self.triangles[number] else { return false };
        let [from, to, apex] = self.turned_by_length(corners, |longest, length| length > longest);
        let beside = self.sharing(from, to);
        let &[first, second] = beside.as_slice() else { return false };
        let neighbour = if first == number { second } else { first };
        let Some((other, other_face)) = self.triangles[neighbour] else { return false };
        let far = other.into_iter().find(|corner| *corner != from && *corner != to);
        let Some(far) = far.filter(|_| face == other_face && self.flips < self.triangles.len())
        else {
            return false;
        };
        let normal = normal(&self.points, other);
        let parts = [[from, far, apex], [far, to, apex]];
        let is_better = parts.iter().all(|&part| {
            let normal_of_part = self::normal(&self.points, part);
            normal_of_part.norm() / 2.0 >= SLIVER
                && normal_of_part.normalize().dot(&normal.normalize()) > TILT
        });
        if !is_better || !self.sharing(far, apex).is_empty() {
            return false;
        }
        self.flips += 1;
        self.around[to].retain(|triangle| *triangle != number);
        self.around[from].retain(|triangle| *triangle != neighbour);
        self.around[far].push(number);
        self.around[apex].push(neighbour);
        self.triangles[number] = Some((parts[0], face));
        self.triangles[neighbour] = Some((parts[1], face));
        true
    }

    /// Moves one end of the shortest edge onto the other.
    fn collapse(&mut self, number: usize) -> bool {
        let Some((corners, _)) = self.triangles[number] else { return false };
        let [from, to, _] = self.turned_by_length(corners, |shortest, length| length < shortest);
        if (self.points[from] - self.points[to]).norm() > SHORT {
            return false;
        }
        [(from, to), (to, from)].into_iter().any(|(gone, kept)| self.merge(gone, kept))
    }

    fn merge(&mut self, gone: usize, kept: usize) -> bool {
        let vanishing = self.sharing(gone, kept);
        // Neighbours of both ends must be the far corners of the vanishing triangles, or the
        // surface would be pinched.
        let common = self.neighbours(gone);
        let common = common.iter().filter(|point| self.neighbours(kept).contains(point)).count();
        if vanishing.len() != 2 || common != 2 {
            return false;
        }
        let moved: Vec<(usize, [usize; 3])> = self.around[gone]
            .iter()
            .filter(|triangle| !vanishing.contains(triangle))
            .filter_map(|&triangle| {
                let (corners, _) = self.triangles[triangle]?;
                Some((triangle, corners.map(|corner| if corner == gone { kept } else { corner })))
            })
            .collect();
        let is_harmless = moved.iter().all(|&(triangle, corners)| {
            let Some((known, _)) = self.triangles[triangle] else { return false };
            let (before, after) = (normal(&self.points, known), normal(&self.points, corners));
            // A triangle no wider than the edge has no direction worth keeping.
            let was_thin = before.norm() < SHORT * self.longest_edge(known);
            let was_sliver = before.norm() / 2.0 < SLIVER;
            (after.norm() / 2.0 >= SLIVER || was_sliver)
                && (was_thin || before.normalize().dot(&after.normalize()) > TILT)
        });
        if !is_harmless {
            return false;
        }
        for (triangle, corners) in moved {
            if let Some((known, _)) = &mut self.triangles[triangle] {
                *known = corners;
            }
            self.around[kept].push(triangle);
        }
        self.around[gone].clear();
        for triangle in vanishing {
            if let Some((corners, _)) = self.triangles[triangle].take() {
                for corner in corners {
                    self.around[corner].retain(|known| *known != triangle);
                }
            }
        }
        true
    }

    /// The corners in their order, starting with the edge that `is_better` prefers.
    fn turned_by_length(
        &self,
        corners: [usize; 3],
        is_better: impl Fn(f64, f64) -> bool,
    ) -> [usize; 3] {
        let [first, second, third] = corners;
        let length = |turn: &[usize; 3]| (self.points[turn[0]] - self.points[turn[1]]).norm();
        let mut best = corners;
        for turn in [[second, third, first], [third, first, second]] {
            if is_better(length(&best), length(&turn)) {
                best = turn;
            }
        }
        best
    }

    fn longest_edge(&self, corners: [usize; 3]) -> f64 {
        let [from, to, _] = self.turned_by_length(corners, |longest, length| length > longest);
        (self.points[from] - self.points[to]).norm()
    }

    /// Triangles with both corners.
    fn sharing(&self, first: usize, second: usize) -> Vec<usize> {
        let others = &self.around[second];
        self.around[first].iter().copied().filter(|number| others.contains(number)).collect()
    }

    /// Points that share a triangle with this one.
    fn neighbours(&self, point: usize) -> Vec<usize> {
        let mut neighbours: Vec<usize> = self.around[point]
            .iter()
            .filter_map(|&number| self.triangles[number])
            .flat_map(|(corners, _)| corners)
            .filter(|corner| *corner != point)
            .collect();
        neighbours.sort_unstable();
        neighbours.dedup();
        neighbours
    }

    /// What is left, without points that nothing uses.
    fn finish(self) -> (Vec<Point3<f64>>, Vec<[usize; 3]>) {
        let mut number_of = BTreeMap::new();
        let mut points = vec![];
        let triangles = self.triangles.into_iter().flatten().map(|(corners, _)| {
            corners.map(|corner| {
                *number_of.entry(corner).or_insert_with(|| {
                    points.push(self.points[corner]);
                    points.len() - 1
                })
            })
        });
        let triangles = triangles.collect();
        (points, triangles)
    }
}

fn normal(points: &[Point3<f64>], [first, second, third]: [usize; 3]) -> Vector3<f64> {
    (points[second] - points[first]).cross(&(points[third] - points[first]))
}

fn area(points: &[Point3<f64>], corners: [usize; 3]) -> f64 {
    normal(points, corners).norm() / 2.0
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A pyramid over a square whose base has a sample close to the middle of one side.
    fn pyramid(nick: [f64; 3]) -> (Vec<Point3<f64>>, Vec<Tagged>) {
        let base = [[0.0, 0.0, 0.0], [2.0, 0.0, 0.0], [2.0, 2.0, 0.0], [0.0, 2.0, 0.0]];
        let points = base.into_iter().chain([nick, [1.0, 1.0, 1.0]]).map(Point3::from).collect();
        let bottom = [[0, 3, 1], [1, 3, 2], [0, 1, 4]];
        let sides = [[0, 4, 5], [4, 1, 5], [1, 2, 5], [2, 3, 5], [3, 0, 5]];
        let triangles = bottom
            .into_iter()
            .map(|corners| (corners, 0))
            .chain(sides.into_iter().enumerate().map(|(side, corners)| (corners, side + 1)));
        (points, triangles.collect())
    }

    #[test]
    fn a_flat_sliver_is_flipped_away() {
        let (points, triangles) = pyramid([1.0, -1e-7, 0.0]);
        let count = triangles.len();
        let (points, triangles) = remove(points, triangles);
        assert_eq!(triangles.len(), count);
        assert!(triangles.iter().all(|&corners| area(&points, corners) > SLIVER));
    }

    #[test]
    fn a_short_edge_is_collapsed() {
        let (points, triangles) = pyramid([5e-7, -5e-7, 0.0]);
        let count = triangles.len();
        let (points, triangles) = remove(points, triangles);
        assert_eq!((triangles.len(), points.len()), (count - 2, 5));
        assert!(triangles.iter().all(|&corners| area(&points, corners) > SLIVER));
    }
}
