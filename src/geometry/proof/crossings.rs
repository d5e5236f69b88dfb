//! Self-intersections.

use super::predicates::{Point, Triangle};
use super::topology::Topology;
use super::tree::{Box3, Tree, union};
use crate::geometry::mesh::Mesh;

/// Pairs of triangles that meet elsewhere than in their common corners and edges, by index.
pub fn find(mesh: &Mesh, topology: &Topology) -> Vec<(usize, usize)> {
    let triangles: Vec<Triangle> = mesh
        .triangles
        .iter()
        .map(|&corners| Triangle::new(mesh.corners(corners).map(Into::into)))
        .collect();
    let boxes: Vec<Box3> = triangles
        .iter()
        .map(|triangle| {
            let [first, second, third] = triangle.corners.map(|corner| [corner; 2]);
            union(union(first, second), third)
        })
        .collect();
    let mut found = vec![];
    Tree::new(&boxes).overlapping_pairs(|first, second| {
        let places = [topology.triangles[first], topology.triangles[second]];
        if intersect([&triangles[first], &triangles[second]], places) {
            found.push((first.min(second), first.max(second)));
        }
    });
    found.sort_unstable();
    found
}

fn intersect(
    [first, second]: [&Triangle; 2],
    [first_places, second_places]: [[usize; 3]; 2],
) -> bool {
    let shared: Vec<usize> =
        first_places.iter().copied().filter(|place| second_places.contains(place)).collect();
    match shared[..] {
        [] => first.meets(second),
        [common] => {
            let [apex, first_from, first_to] = from_corner(first, first_places, common);
            let [_, second_from, second_to] = from_corner(second, second_places, common);
            if first.side(second_from) == 0.0 && first.side(second_to) == 0.0 {
                return first.wedges_overlap(
                    apex,
                    [first_from, first_to],
                    [second_from, second_to],
                );
            }
            // If they meet elsewhere, the edge opposite the common corner of one meets the other.
            second.meets_segment([first_from, first_to])
                || first.meets_segment([second_from, second_to])
        }
        // With a common edge, they overlap if they are folded flat onto each other.
        [start, end] => {
            let third = |triangle: &Triangle, places: [usize; 3]| {
                let index = places.iter().position(|place| *place != start && *place != end);
                triangle.corners[index.unwrap_or(0)]
            };
            let thirds = [third(first, first_places), third(second, second_places)];
            let edge = [start, end].map(|place| from_corner(first, first_places, place)[0]);
            first.same_side(edge, thirds) && first.side(thirds[1]) == 0.0
        }
        // The same triangle twice, or back to back.
        _ => true,
    }
}

/// The corners in their order, from a given one on.
fn from_corner(triangle: &Triangle, places: [usize; 3], corner: usize) -> [Point; 3] {
    let index = places.iter().position(|place| *place == corner).unwrap_or(0);
    [0, 1, 2].map(|step| triangle.corners[(index + step) % 3])
}
