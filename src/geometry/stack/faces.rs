//! Faces from the ribs around them, and shells from connected faces.

use std::collections::{BTreeMap, BTreeSet};

use truck_modeling::{Point3, Vector3};
use truck_topology::compress::{CompressedEdgeIndex, CompressedFace};

use super::chains::Frame;
use super::occupancy::{Element, Occupancy};
use super::ribs::{Rib, refuse};
use crate::geometry::arrangement::Carrier;
use crate::geometry::brep::{self, Shell3, Surface3};
use crate::geometry::disjoint_sets::DisjointSets;
use crate::geometry::error::{Contact, GeometryError};
use crate::geometry::plane::{Segment, Shape};

/// Builds all faces and parts them into connected shells, outer ones first, then voids.
pub fn build(
    occupancy: &Occupancy,
    ribs: &[Rib],
    frame: Frame,
    joined: &mut DisjointSets,
) -> Result<Vec<Shell3>, GeometryError> {
    let Frame { mut shell, edge_of } = frame;
    // Which face uses which edge, in which direction.
    let mut uses: BTreeMap<usize, Vec<CompressedEdgeIndex>> = BTreeMap::new();
    let mut seen = BTreeSet::new();
    let mut faces_at: Vec<Vec<usize>> = vec![vec![]; shell.edges.len()];
    for (rib, &(edge, same_way)) in ribs.iter().zip(&edge_of) {
        for (element, forward) in rib.faces {
            let direction = forward == same_way;
            if seen.insert((edge, direction)) {
                let face = joined.root(element);
                uses.entry(face).or_default().push(CompressedEdgeIndex::from((edge, direction)));
                faces_at[edge].push(face);
            }
        }
    }
    let mut index_of = BTreeMap::new();
    for (&face, uses) in &uses {
        let surface = surface(occupancy, face);
        let boundaries = boundaries(&shell, uses, &surface)?;
        index_of.insert(face, shell.faces.len());
        shell.faces.push(CompressedFace { boundaries, orientation: true, surface });
    }
    let mut connected = DisjointSets::new(shell.faces.len());
    for faces in &faces_at {
        let &[first, second] = faces.as_slice() else {
            return Err(GeometryError::internal("an edge without exactly two faces"));
        };
        connected.join(index_of[&first], index_of[&second]);
    }
    let mut groups: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for face in 0..shell.faces.len() {
        groups.entry(connected.root(face)).or_default().push(face);
    }
    let parts = groups.values().map(|faces| brep::part(&shell, faces));
    let (outer, voids): (Vec<Shell3>, Vec<Shell3>) =
        parts.partition(|shell| brep::volume(shell) > 0.0);
    Ok(outer.into_iter().chain(voids).collect())
}

/// Closed loops around a face, the outer one of a planar face first.
fn boundaries(
    shell: &Shell3,
    uses: &[CompressedEdgeIndex],
    surface: &Surface3,
) -> Result<Vec<Vec<CompressedEdgeIndex>>, GeometryError> {
    let mut boundaries = simple_loops(shell, uses)?;
    let mut visited = BTreeSet::new();
    for used in boundaries.iter().flatten() {
        let (start, _) = brep::ends(shell, used);
        if !visited.insert(start) {
            return refuse(Contact::PinchedFace, shell.vertices[start]);
        }
    }
    if boundaries.len() > 1 && matches!(surface, Surface3::Plane { .. }) {
        let areas: Vec<f64> = boundaries
            .iter()
            .map(|boundary| brep::outline(shell, boundary, surface).iter().map(Segment::area).sum())
            .collect();
        let outer =
            (0..areas.len()).max_by(|&first, &second| areas[first].total_cmp(&areas[second]));
        boundaries.swap(0, outer.unwrap_or(0));
    }
    Ok(boundaries)
}

/// Chains directed edges into loops that visit no vertex twice.
fn simple_loops(
    shell: &Shell3,
    uses: &[CompressedEdgeIndex],
) -> Result<Vec<Vec<CompressedEdgeIndex>>, GeometryError> {
    let mut leaving: BTreeMap<usize, Vec<CompressedEdgeIndex>> = BTreeMap::new();
    for &used in uses {
        leaving.entry(brep::ends(shell, &used).0).or_default().push(used);
    }
    let mut loops = vec![];
    for first in uses {
        let mut path: Vec<CompressedEdgeIndex> = vec![];
        let mut vertex = brep::ends(shell, first).0;
        while let Some(used) = leaving.get_mut(&vertex).and_then(Vec::pop) {
            path.push(used);
            vertex = brep::ends(shell, &used).1;
            let closes = path.iter().position(|used| brep::ends(shell, used).0 == vertex);
            if let Some(closes) = closes {
                loops.push(path.split_off(closes));
            }
        }
        if !path.is_empty() {
            return Err(GeometryError::internal("a face with an open boundary"));
        }
    }
    Ok(loops)
}

/// The surface of the face that an elementary face belongs to.
fn surface(occupancy: &Occupancy, element: usize) -> Surface3 {
    match occupancy.element(element) {
        Element::Cap { cell, level } => Surface3::Plane {
            origin: Point3::new(0.0, 0.0, occupancy.heights[level]),
            normal: Vector3::unit_z() * f64::from(occupancy.cap(cell, level)),
            toward: Vector3::unit_x(),
        },
        Element::Wall { edge, layer } => wall_surface(occupancy, edge, layer),
    }
}

fn wall_surface(occupancy: &Occupancy, edge: usize, layer: usize) -> Surface3 {
    let plan = occupancy.plan;
    let solid_on_right = occupancy.wall(edge, Some(layer)) < 0;
    let segment = plan.segment(2 * edge + usize::from(solid_on_right));
    let bottom = occupancy.heights[0];
    match plan.carriers[plan.edges[edge].carrier] {
        Carrier::Line { through, along } => {
            let same_way = along.dot(segment.end - segment.start) > 0.0;
            let along = if same_way { along } else { -along };
            Surface3::Plane {
                origin: Point3::new(through.x, through.y, bottom),
                normal: Vector3::new(along.y, -along.x, 0.0),
                toward: Vector3::new(along.x, along.y, 0.0),
            }
        }
        Carrier::Circle { centre, radius, seams } => {
            // A face never crosses a seam, so the middle between the seams is the middle of it.
            let side = (seams[1] - seams[0]).left().unit();
            let side = if side.dot(segment.middle() - centre) > 0.0 { side } else { -side };
            Surface3::Cylinder {
                origin: Point3::new(centre.x, centre.y, bottom),
                axis: Vector3::unit_z(),
                toward: Vector3::new(side.x, side.y, 0.0),
                radius,
                outward: matches!(segment.shape, Shape::Arc { ccw: true, .. }),
            }
        }
    }
}
