//! Closedness and bodies of a mesh, by coordinates: an STL file has no indices.

use std::collections::BTreeMap;

use crate::geometry::disjoint_sets::DisjointSets;
use crate::geometry::mesh::Mesh;

/// A mesh whose points are numbered by place: two points with equal coordinates are one.
pub struct Topology {
    /// Corners of each triangle.
    pub triangles: Vec<[usize; 3]>,
    /// Directed edges that do not have as many opposites. (Two faces may both have a diagonal
    /// between the same two corners, so more than one of each can be right.)
    pub open_edges: usize,
    /// Parts connected through edges that enclose a volume.
    pub bodies: usize,
}

impl Topology {
    /// Looks at a mesh.
    pub fn new(mesh: &Mesh) -> Topology {
        let mut order: Vec<usize> = (0..mesh.points.len()).collect();
        let key = |index: usize| mesh.points[index];
        let compare = |first: usize, second: usize| {
            let (first, second) = (key(first), key(second));
            let axes = (0..3).map(|axis| first[axis].total_cmp(&second[axis]));
            axes.fold(std::cmp::Ordering::Equal, std::cmp::Ordering::then)
        };
        order.sort_by(|&first, &second| compare(first, second).then(first.cmp(&second)));
        let mut place_of: Vec<usize> = (0..mesh.points.len()).collect();
        for pair in order.windows(2) {
            if compare(pair[0], pair[1]).is_eq() {
                place_of[pair[1]] = place_of[pair[0]];
            }
        }
        let triangles: Vec<[usize; 3]> = mesh
            .triangles
            .iter()
            .map(|triangle| triangle.map(|index| place_of[index as usize]))
            .collect();
        let open_edges = open_edges(&triangles);
        let bodies = bodies(mesh, &triangles);
        Topology { triangles, open_edges, bodies }
    }
}

fn open_edges(triangles: &[[usize; 3]]) -> usize {
    let mut surplus: BTreeMap<(usize, usize), i64> = BTreeMap::new();
    for [first, second, third] in triangles {
        for (from, to) in [(first, second), (second, third), (third, first)] {
            let step = if from < to { 1 } else { -1 };
            *surplus.entry((*from.min(to), *from.max(to))).or_default() += step;
        }
    }
    surplus.values().filter(|&&surplus| surplus != 0).count()
}

fn bodies(mesh: &Mesh, triangles: &[[usize; 3]]) -> usize {
    let mut sets = DisjointSets::new(mesh.points.len());
    for [first, second, third] in triangles {
        sets.join(*first, *second);
        sets.join(*first, *third);
    }
    let mut volumes: BTreeMap<usize, f64> = BTreeMap::new();
    for (corners, places) in mesh.triangles.iter().zip(triangles) {
        let [first, second, third] = mesh.corners(*corners).map(|point| point.coords);
        *volumes.entry(sets.root(places[0])).or_default() += first.dot(&second.cross(&third));
    }
    volumes.values().filter(|&&volume| volume > 0.0).count()
}
