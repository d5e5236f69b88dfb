//! Elementary edges of the solid: where two elementary faces meet at an angle.
//!
//! Where they meet smoothly they are joined instead; where more than two meet, the solid touches
//! itself and is refused.

use truck_modeling::{EuclideanSpace, Point3};

use super::occupancy::{Element, Occupancy};
use crate::geometry::disjoint_sets::DisjointSets;
use crate::geometry::error::{Contact, GeometryError};

/// A vertex of the plan at a level.
pub type Node = (usize, usize);

/// What a rib runs along.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Along {
    /// An edge of the plan, at the level of both ends.
    Edge(usize),
    /// Up from a vertex of the plan, over one layer.
    Vertical,
}

/// An elementary edge between two faces.
pub struct Rib {
    pub along: Along,
    pub ends: [Node; 2],
    /// Numbers of the elementary faces at it; each with whether it is to the left of the rib, seen
    /// from outside the solid.
    pub faces: [(usize, bool); 2],
}

/// All ribs, and the elementary faces joined to faces.
pub fn find(occupancy: &Occupancy) -> Result<(Vec<Rib>, DisjointSets), GeometryError> {
    let mut joined = DisjointSets::new(occupancy.element_count());
    let mut ribs = vec![];
    horizontal(occupancy, &mut joined, &mut ribs)?;
    vertical(occupancy, &mut joined, &mut ribs)?;
    check_vertices(occupancy)?;
    Ok((ribs, joined))
}

fn horizontal(
    occupancy: &Occupancy,
    joined: &mut DisjointSets,
    ribs: &mut Vec<Rib>,
) -> Result<(), GeometryError> {
    let plan = occupancy.plan;
    for (edge, ends) in plan.edges.iter().map(|edge| edge.vertices).enumerate() {
        let [left, right] = [2 * edge, 2 * edge + 1].map(|half| plan.cell_of[half]);
        for level in 0..occupancy.heights.len() {
            // A face is to the left of the edge if its value is the one given here.
            let mut faces = vec![];
            let mut caps = 0;
            for (cell, forward_value) in [(left, 1), (right, -1)] {
                let cap = occupancy.cap(cell, level);
                if cap != 0 {
                    caps += 1;
                    let number = occupancy.number(Element::Cap { cell, level });
                    faces.push((number, cap == forward_value));
                }
            }
            for (layer, forward_value) in [(Some(level), 1), (level.checked_sub(1), -1)] {
                let wall = occupancy.wall(edge, layer);
                if let (Some(layer), 1 | -1) = (layer, wall) {
                    let number = occupancy.number(Element::Wall { edge, layer });
                    faces.push((number, wall == forward_value));
                }
            }
            match faces[..] {
                [] => {}
                // Two caps side by side, or two walls one above the other: one face.
                [first, second] if caps != 1 => joined.join(first.0, second.0),
                [first, second] => ribs.push(Rib {
                    along: Along::Edge(edge),
                    ends: ends.map(|vertex| (vertex, level)),
                    faces: [first, second],
                }),
                _ => {
                    let at = plan.segment(2 * edge).middle();
                    let at = Point3::new(at.x, at.y, occupancy.heights[level]);
                    return refuse(Contact::HorizontalEdge, at);
                }
            }
        }
    }
    Ok(())
}

fn vertical(
    occupancy: &Occupancy,
    joined: &mut DisjointSets,
    ribs: &mut Vec<Rib>,
) -> Result<(), GeometryError> {
    let plan = occupancy.plan;
    for (vertex, star) in plan.stars.iter().enumerate() {
        for layer in 0..occupancy.layers.len() {
            let walls: Vec<(usize, bool)> = star
                .iter()
                .map(|half| (half / 2, occupancy.wall(half / 2, Some(layer))))
                .filter(|(_, wall)| *wall != 0)
                .map(|(edge, wall)| (edge, (wall > 0) == (plan.edges[edge].vertices[1] == vertex)))
                .collect();
            match walls[..] {
                [] => {}
                [(first, first_up), (second, second_up)] => {
                    let faces =
                        [first, second].map(|edge| occupancy.number(Element::Wall { edge, layer }));
                    let carrier = plan.edges[first].carrier;
                    let is_seam = plan.carriers[carrier].has_seam_at(plan.vertices[vertex]);
                    if carrier == plan.edges[second].carrier && !is_seam {
                        joined.join(faces[0], faces[1]);
                    } else {
                        ribs.push(Rib {
                            along: Along::Vertical,
                            ends: [(vertex, layer), (vertex, layer + 1)],
                            faces: [(faces[0], first_up), (faces[1], second_up)],
                        });
                    }
                }
                _ => {
                    let mut at = occupancy.point(vertex, layer);
                    at.z = f64::midpoint(at.z, occupancy.heights[layer + 1]);
                    return refuse(Contact::VerticalEdge, at);
                }
            }
        }
    }
    Ok(())
}

/// Around every vertex the elementary faces must form a single fan.
fn check_vertices(occupancy: &Occupancy) -> Result<(), GeometryError> {
    let plan = occupancy.plan;
    for (vertex, star) in plan.stars.iter().enumerate() {
        for level in 0..occupancy.heights.len() {
            // Spokes: the edges of the star in order, one up, one down. Elementary faces join two.
            let (above, below) = (star.len(), star.len() + 1);
            let mut fans = DisjointSets::new(star.len() + 2);
            let mut used = vec![false; star.len() + 2];
            let mut corner = |first: usize, second: usize| {
                fans.join(first, second);
                used[first] = true;
                used[second] = true;
            };
            for (spoke, &half) in star.iter().enumerate() {
                if occupancy.cap(plan.cell_of[half], level) != 0 {
                    corner(spoke, (spoke + 1) % star.len());
                }
                if occupancy.wall(half / 2, Some(level)) != 0 {
                    corner(spoke, above);
                }
                if occupancy.wall(half / 2, level.checked_sub(1)) != 0 {
                    corner(spoke, below);
                }
            }
            let mut roots =
                (0..used.len()).filter(|&spoke| used[spoke]).map(|spoke| fans.root(spoke));
            if let Some(first) = roots.next()
                && roots.any(|root| root != first)
            {
                return refuse(Contact::Vertex, occupancy.point(vertex, level));
            }
        }
    }
    Ok(())
}

pub fn refuse<T>(contact: Contact, at: Point3) -> Result<T, GeometryError> {
    Err(GeometryError::Touches { contact, at: at.to_vec().into() })
}
