//! Self-intersections.

#![expect(clippy::float_cmp, reason = "predicates are exact, and so is their zero")]

use super::predicates::{Point, Triangle, parted};
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
            let [apex, first_edge @ ..] = from_corner(first, first_places, common);
            let [_, second_edge @ ..] = from_corner(second, second_places, common);
            let sides = second_edge.map(|corner| first.side(corner));
            if sides == [0.0; 2] {
                return first.wedges_overlap(apex, first_edge, second_edge);
            }
            // A triangle that leaves the other's plane at the common corner stays away from it.
            !parted(&sides)
                && !parted(&first_edge.map(|corner| second.side(corner)))
                && (second.meets_segment(first_edge) || first.meets_segment(second_edge))
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
