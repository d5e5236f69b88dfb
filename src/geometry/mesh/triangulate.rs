//! Faces as triangles.

use std::collections::BTreeMap;

use spade::handles::FixedVertexHandle;
use spade::{ConstrainedDelaunayTriangulation, Point2, Triangulation};
use truck_modeling::EuclideanSpace;

use super::sampling::Samples;
use crate::geometry::brep::{Shell3, Surface3};
use crate::geometry::error::GeometryError;

/// On cylinders and cones, angles (in radians) are stretched by this much against heights (in mm).
/// A triangle then spans as little of the circle as it can: one step between samples.
const STRETCH: f64 = 1e5;

/// The triangles of a face, as indices of samples, counter-clockwise seen from outside.
///
/// Fails with [`GeometryError::MeshCrosses`] where sampled boundaries cross.
pub fn triangulate(
    shell: &Shell3,
    face: usize,
    samples: &Samples,
) -> Result<Vec<[usize; 3]>, GeometryError> {
    let face = &shell.faces[face];
    let stretch = if matches!(face.surface, Surface3::Plane { .. }) { 1.0 } else { STRETCH };
    let mut triangulation = ConstrainedDelaunayTriangulation::<Point2<f64>>::new();
    let mut handle_of: BTreeMap<usize, FixedVertexHandle> = BTreeMap::new();
    let mut sample_of: Vec<usize> = vec![];
    for boundary in &face.boundaries {
        let mut ring: Vec<usize> = vec![];
        for used in boundary {
            let chain = &samples.chains[used.index];
            let inner = chain.len() - 1;
            if used.orientation {
                ring.extend(&chain[..inner]);
            } else {
                ring.extend(chain[1..].iter().rev());
            }
        }
        let mut handles = vec![];
        for &sample in &ring {
            let handle = if let Some(&known) = handle_of.get(&sample) {
                known
            } else {
                let at = face.surface.parameters(samples.points[sample]);
                triangulation
                    .insert(Point2::new(at.x * stretch, at.y))
                    .map_err(|error| GeometryError::internal(error.to_string()))?
            };
            // Two samples in one place, if rounding made them so, would be a crossing.
            if handle.index() == sample_of.len() {
                sample_of.push(sample);
            } else if sample_of[handle.index()] != sample {
                return crosses(samples, sample);
            }
            handle_of.insert(sample, handle);
            handles.push(handle);
        }
        for (index, &from) in handles.iter().enumerate() {
            let to = handles[(index + 1) % handles.len()];
            if from == to || !triangulation.can_add_constraint(from, to) {
                return crosses(samples, ring[index]);
            }
            triangulation.add_constraint(from, to);
        }
    }
    let same_sense = face.surface.agrees();
    let inside = inside(&triangulation);
    let triangles = triangulation.inner_faces().filter(|face| inside[face.index()]).map(|face| {
        let [first, second, third] = face.vertices().map(|vertex| sample_of[vertex.index()]);
        if same_sense { [first, second, third] } else { [first, third, second] }
    });
    Ok(triangles.collect())
}

fn crosses<T>(samples: &Samples, sample: usize) -> Result<T, GeometryError> {
    Err(GeometryError::MeshCrosses { at: samples.points[sample].to_vec().into() })
}

/// Which faces of the triangulation are inside: those that are an odd number of constraints away
/// from the outside. Unlike a test of centroids, this is exact.
fn inside(triangulation: &ConstrainedDelaunayTriangulation<Point2<f64>>) -> Vec<bool> {
    let mut neighbours = vec![vec![]; triangulation.num_all_faces()];
    for edge in triangulation.directed_edges() {
        let is_constraint = triangulation.is_constraint_edge(edge.as_undirected().fix());
        neighbours[edge.face().index()].push((edge.rev().face().index(), is_constraint));
    }
    let mut inside: Vec<Option<bool>> = vec![None; neighbours.len()];
    let outer = triangulation.outer_face().index();
    inside[outer] = Some(false);
    let mut reached = vec![outer];
    while let Some(face) = reached.pop() {
        for &(neighbour, is_constraint) in &neighbours[face] {
            if inside[neighbour].is_none() {
                inside[neighbour] = inside[face].map(|here| here != is_constraint);
                reached.push(neighbour);
            }
        }
    }
    inside.into_iter().map(|inside| inside == Some(true)).collect()
}
