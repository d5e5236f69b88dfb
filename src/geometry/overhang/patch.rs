//! A connected piece of surface that faces down.

use std::collections::BTreeMap;

use nalgebra::Point3;

use crate::geometry::disjoint_sets::DisjointSets;
use crate::geometry::mesh::Mesh;

/// Distance between the lines that a patch is measured along, in millimetres: about a printed line.
const LINE: f64 = 0.45;
/// Heights within this are equal, in millimetres.
const LEVEL: f64 = 1e-4;

/// The longest lines of a patch along one direction, in millimetres.
pub struct Reach {
    /// Held at both ends.
    pub bridge: f64,
    /// Held at one end, or at none.
    pub ledge: f64,
}

/// A piece of an outline: where it runs, and whether the surface beyond it goes down.
struct Rim {
    from: Point3<f64>,
    to: Point3<f64>,
    held: bool,
}

/// A connected piece of surface that faces down.
pub struct Patch {
    lowest: f64,
    rims: Vec<Rim>,
}

impl Patch {
    /// All patches of a mesh whose triangles face down with a sine of at least `steep`.
    pub fn all(mesh: &Mesh, steep: f64) -> Vec<Patch> {
        let down: Vec<bool> =
            mesh.triangles.iter().map(|it| faces_down(mesh, *it, steep)).collect();
        let neighbours = neighbours(mesh);
        let mut sets = DisjointSets::new(mesh.triangles.len());
        for (triangle, others) in neighbours.iter().enumerate() {
            for &(_, other) in others {
                if down[triangle] && down[other] {
                    sets.join(triangle, other);
                }
            }
        }
        let mut patches: BTreeMap<usize, Patch> = BTreeMap::new();
        for (triangle, others) in neighbours.iter().enumerate().filter(|(it, _)| down[*it]) {
            let patch = patches
                .entry(sets.root(triangle))
                .or_insert(Patch { lowest: f64::INFINITY, rims: Vec::new() });
            for corner in mesh.triangles[triangle] {
                patch.lowest = patch.lowest.min(mesh.points[corner as usize].z);
            }
            for &(edge, other) in others.iter().filter(|(_, other)| !down[*other]) {
                let [from, to] = edge.map(|corner| mesh.points[corner as usize]);
                let held = lowest_corner(mesh, other) < from.z.min(to.z) - LEVEL;
                patch.rims.push(Rim { from, to, held });
            }
        }
        patches.into_values().collect()
    }

    /// Height of its lowest point.
    pub fn lowest(&self) -> f64 {
        self.lowest
    }

    /// Measures it in lines along x (0) or y (1). A single line that hangs sticks to its
    /// neighbours: only what hangs in two lines side by side counts as a ledge.
    pub fn reach(&self, along: usize) -> Reach {
        let across = 1 - along;
        let ends = self.rims.iter().flat_map(|rim| [rim.from[across], rim.to[across]]);
        let (low, high) = ends.fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), end| {
            (low.min(end), high.max(end))
        });
        let mut reach = Reach { bridge: 0.0, ledge: 0.0 };
        let mut last_ledge: f64 = 0.0;
        // An odd start, so that no line runs along an edge of a design in round numbers.
        let mut at = low + LINE * 0.417;
        while at < high {
            let line = self.line(along, at);
            reach.bridge = reach.bridge.max(line.bridge);
            reach.ledge = reach.ledge.max(line.ledge.min(last_ledge));
            last_ledge = line.ledge;
            at += LINE;
        }
        reach
    }

    /// The longest pieces of one line.
    fn line(&self, along: usize, at: f64) -> Reach {
        let mut crossings: Vec<(f64, bool)> =
            self.rims.iter().filter_map(|rim| rim.crossing(along, at)).collect();
        crossings.sort_by(|a, b| a.0.total_cmp(&b.0));
        let mut reach = Reach { bridge: 0.0, ledge: 0.0 };
        for pair in crossings.chunks_exact(2) {
            let length = pair[1].0 - pair[0].0;
            if pair[0].1 && pair[1].1 {
                reach.bridge = reach.bridge.max(length);
            } else {
                reach.ledge = reach.ledge.max(length);
            }
        }
        reach
    }
}

impl Rim {
    /// Where the line across at `at` meets this rim, and whether it is held there.
    fn crossing(&self, along: usize, at: f64) -> Option<(f64, bool)> {
        let across = 1 - along;
        let (a, b) = (self.from[across], self.to[across]);
        if (a <= at) == (b <= at) {
            return None;
        }
        let share = (at - a) / (b - a);
        Some((self.from[along] + share * (self.to[along] - self.from[along]), self.held))
    }
}

fn faces_down(mesh: &Mesh, triangle: [u32; 3], steep: f64) -> bool {
    let [a, b, c] = triangle.map(|corner| mesh.points[corner as usize]);
    let normal = (b - a).cross(&(c - a));
    -normal.z > steep * normal.norm()
}

fn lowest_corner(mesh: &Mesh, triangle: usize) -> f64 {
    let heights = mesh.triangles[triangle].map(|corner| mesh.points[corner as usize].z);
    heights.into_iter().fold(f64::INFINITY, f64::min)
}

/// For each triangle its edges, as directed in it, and the triangles beyond them.
fn neighbours(mesh: &Mesh) -> Vec<Vec<([u32; 2], usize)>> {
    let edges = |triangle: &[u32; 3]| {
        let [a, b, c] = *triangle;
        [[a, b], [b, c], [c, a]]
    };
    let numbered = mesh.triangles.iter().enumerate();
    let mut owners: Vec<([u32; 2], usize)> =
        numbered.flat_map(|(index, it)| edges(it).map(|edge| (edge, index))).collect();
    owners.sort_unstable();
    let beyond = |[from, to]: [u32; 2]| {
        let at = owners.binary_search_by_key(&[to, from], |owner| owner.0).ok()?;
        Some(([from, to], owners[at].1))
    };
    mesh.triangles.iter().map(|it| edges(it).into_iter().filter_map(beyond).collect()).collect()
}
