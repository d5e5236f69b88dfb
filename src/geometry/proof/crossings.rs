//! Self-intersections.

use super::predicates::Triangle;
use super::topology::Topology;
use super::tree::Tree;
use crate::geometry::axes::Bounds;
use crate::geometry::mesh::Mesh;

/// Pairs of triangles that meet elsewhere than in their common corners and edges, by index.
pub fn find(mesh: &Mesh, topology: &Topology) -> Vec<(usize, usize)> {
    let triangles: Vec<Triangle> =
        mesh.triangles.iter().map(|&corners| Triangle::new(mesh.corners(corners))).collect();
    let boxes: Vec<Bounds> = triangles
        .iter()
        .map(|triangle| {
            let mut bounds = Bounds::EMPTY;
            triangle.corners.iter().for_each(|&corner| bounds.include(corner.into()));
            bounds
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
        // With one common corner, they meet elsewhere if one's opposite edge meets the other.
        [common] => {
            second.meets_segment(opposite_edge(first, first_places, common))
                || first.meets_segment(opposite_edge(second, second_places, common))
        }
        // With a common edge, they overlap if they are folded flat onto each other.
        [start, end] => {
            let third = |triangle: &Triangle, places: [usize; 3]| {
                let index = places.iter().position(|place| *place != start && *place != end);
                triangle.corners[index.unwrap_or(0)]
            };
            let (first_third, second_third) =
                (third(first, first_places), third(second, second_places));
            first.side(second_third) == 0.0 && {
                let [start, end] = [start, end].map(|place| {
                    let index = first_places.iter().position(|known| *known == place);
                    first.corners[index.unwrap_or(0)]
                });
                first.folds(start, end, first_third, second_third)
            }
        }
        // The same triangle twice, or back to back.
        _ => true,
    }
}

fn opposite_edge(
    triangle: &Triangle,
    places: [usize; 3],
    corner: usize,
) -> [nalgebra::Point3<f64>; 2] {
    let index = places.iter().position(|place| *place == corner).unwrap_or(0);
    [triangle.corners[(index + 1) % 3], triangle.corners[(index + 2) % 3]]
}
