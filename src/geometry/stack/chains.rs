//! Ribs in a row become one edge of the solid.

use std::collections::BTreeMap;

use truck_modeling::{InnerSpace, Point3, Vector3};
use truck_topology::compress::CompressedEdge;

use super::occupancy::Occupancy;
use super::ribs::{Along, Node, Rib};
use crate::geometry::brep::{Curve3, Shell3};
use crate::geometry::error::GeometryError;
use crate::geometry::plane::{Shape, Vec2};

/// Vertices and edges of the solid.
pub struct Frame {
    /// A shell without faces.
    pub shell: Shell3,
    /// For each rib: its edge, and whether that runs the same way.
    pub edge_of: Vec<(usize, bool)>,
}

/// Joins ribs at vertices where only two of them meet, on one line or circle.
pub fn join(occupancy: &Occupancy, ribs: &[Rib]) -> Result<Frame, GeometryError> {
    let mut at_node: BTreeMap<Node, Vec<usize>> = BTreeMap::new();
    for (number, rib) in ribs.iter().enumerate() {
        for node in rib.ends {
            at_node.entry(node).or_default().push(number);
        }
    }
    let mut shell = Shell3 { vertices: vec![], edges: vec![], faces: vec![] };
    let mut vertex_of: BTreeMap<Node, usize> = BTreeMap::new();
    let mut edge_of: Vec<Option<(usize, bool)>> = vec![None; ribs.len()];
    for start in 0..ribs.len() {
        for forward_from_start in [true, false] {
            let first = ribs[start].ends[usize::from(!forward_from_start)];
            if edge_of[start].is_some() || passes(occupancy, ribs, &at_node, first).is_some() {
                continue;
            }
            // Walk from this end until a vertex that must stay.
            let edge = shell.edges.len();
            let (mut rib, mut forward) = (start, forward_from_start);
            let last = loop {
                edge_of[rib] = Some((edge, forward));
                let node = ribs[rib].ends[usize::from(forward)];
                let Some([one, other]) = passes(occupancy, ribs, &at_node, node) else {
                    break node;
                };
                rib = if one == rib { other } else { one };
                forward = ribs[rib].ends[0] == node;
            };
            let ends = [first, last].map(|node| {
                *vertex_of.entry(node).or_insert_with(|| {
                    shell.vertices.push(occupancy.point(node.0, node.1));
                    shell.vertices.len() - 1
                })
            });
            if ends[0] == ends[1] {
                return Err(GeometryError::internal(format!("a closed edge at {first:?}")));
            }
            let [from, to] = ends.map(|vertex| shell.vertices[vertex]);
            let curve = curve(occupancy, ribs[start].along, forward_from_start, from, to);
            shell.edges.push(CompressedEdge { vertices: (ends[0], ends[1]), curve });
        }
    }
    let edge_of: Option<Vec<(usize, bool)>> = edge_of.into_iter().collect();
    let edge_of = edge_of.ok_or_else(|| GeometryError::internal("a ring without a corner"))?;
    Ok(Frame { shell, edge_of })
}

/// The two ribs at a vertex that one edge passes; none if the vertex must stay.
fn passes(
    occupancy: &Occupancy,
    ribs: &[Rib],
    at_node: &BTreeMap<Node, Vec<usize>>,
    node: Node,
) -> Option<[usize; 2]> {
    let &[first, second] = at_node.get(&node)?.as_slice() else { return None };
    let plan = occupancy.plan;
    let smooth = match (ribs[first].along, ribs[second].along) {
        (Along::Vertical, Along::Vertical) => true,
        (Along::Edge(first), Along::Edge(second)) => {
            let carrier = plan.edges[first].carrier;
            carrier == plan.edges[second].carrier
                && !plan.carriers[carrier].has_seam_at(plan.vertices[node.0])
        }
        _ => false,
    };
    smooth.then_some([first, second])
}

fn curve(occupancy: &Occupancy, along: Along, forward: bool, from: Point3, to: Point3) -> Curve3 {
    if let Along::Edge(edge) = along {
        let half = 2 * edge + usize::from(!forward);
        if let Shape::Arc { centre: Vec2 { x, y }, radius, ccw } =
            occupancy.plan.segment(half).shape
        {
            let centre = Point3::new(x, y, from.z);
            let axis = Vector3::unit_z() * if ccw { 1.0 } else { -1.0 };
            return Curve3::Arc { centre, axis, toward: (from - centre).normalize(), radius };
        }
    }
    Curve3::Line { through: from, along: (to - from).normalize() }
}
