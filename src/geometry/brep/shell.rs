//! Shells: closed sets of faces that share edges and vertices by index.

use std::collections::BTreeMap;

use truck_modeling::{InnerSpace, Point3, Vector3};
use truck_topology::compress::{CompressedEdge, CompressedEdgeIndex, CompressedShell};

use super::curve::Curve3;
use super::surface::Surface3;
use crate::geometry::plane::{Outline, Segment, Shape};

/// One closed shell, in truck's index-based form: `vertices`, `edges` and `faces`.
pub type Shell3 = CompressedShell<Point3, Curve3, Surface3>;

/// First and last vertex of an edge as a face uses it.
pub fn ends(shell: &Shell3, used: &CompressedEdgeIndex) -> (usize, usize) {
    let (first, last) = shell.edges[used.index].vertices;
    if used.orientation { (first, last) } else { (last, first) }
}

/// A boundary of a planar face in the plane's own parameters. A surface that is not a plane has
/// none.
pub fn outline(shell: &Shell3, boundary: &[CompressedEdgeIndex], surface: &Surface3) -> Outline {
    let Surface3::Plane { normal, .. } = *surface else { return vec![] };
    let segment = |used: &CompressedEdgeIndex| {
        let edge = &shell.edges[used.index];
        let shape = match edge.curve {
            Curve3::Line { .. } => Shape::Line,
            Curve3::Arc { centre, axis, radius, .. } => Shape::Arc {
                centre: surface.parameters(centre),
                radius,
                ccw: axis.dot(normal) > 0.0,
            },
        };
        let point = |vertex: usize| surface.parameters(shell.vertices[vertex]);
        let (start, end) = (point(edge.vertices.0), point(edge.vertices.1));
        let segment = Segment { start, end, shape };
        if used.orientation { segment } else { segment.reversed() }
    };
    boundary.iter().map(segment).collect()
}

/// All boundaries of a planar face in the plane's own parameters.
pub fn planar_outlines(shell: &Shell3, face: usize) -> Vec<Outline> {
    let face = &shell.faces[face];
    face.boundaries.iter().map(|boundary| outline(shell, boundary, &face.surface)).collect()
}

/// Some of the faces with the edges and vertices that they use.
pub fn part(shell: &Shell3, faces: &[usize]) -> Shell3 {
    let mut part = Shell3 { vertices: vec![], edges: vec![], faces: vec![] };
    let (mut vertex_of, mut edge_of) = (BTreeMap::new(), BTreeMap::new());
    for &face in faces {
        let mut face = shell.faces[face].clone();
        for used in face.boundaries.iter_mut().flatten() {
            used.index = *edge_of.entry(used.index).or_insert_with(|| {
                let edge = &shell.edges[used.index];
                let mut number = |vertex: usize| {
                    *vertex_of.entry(vertex).or_insert_with(|| {
                        part.vertices.push(shell.vertices[vertex]);
                        part.vertices.len() - 1
                    })
                };
                let vertices = (number(edge.vertices.0), number(edge.vertices.1));
                part.edges.push(CompressedEdge { vertices, curve: edge.curve.clone() });
                part.edges.len() - 1
            });
        }
        part.faces.push(face);
    }
    part
}

/// Moves all faces of `other` to the end of `shell`, still unconnected; returns the number of the
/// first of them.
pub fn absorb(shell: &mut Shell3, other: Shell3) -> usize {
    let (first_vertex, first_edge) = (shell.vertices.len(), shell.edges.len());
    let first_face = shell.faces.len();
    shell.vertices.extend(other.vertices);
    for mut edge in other.edges {
        edge.vertices.0 += first_vertex;
        edge.vertices.1 += first_vertex;
        shell.edges.push(edge);
    }
    for mut face in other.faces {
        for used in face.boundaries.iter_mut().flatten() {
            used.index += first_edge;
        }
        shell.faces.push(face);
    }
    first_face
}

/// The shell under a map that keeps distances. `reflects` says whether it turns left into right;
/// boundaries then run the other way, so that they still are counter-clockwise from outside.
pub fn map(
    shell: &Shell3,
    map_point: impl Fn(Point3) -> Point3,
    map_vector: impl Fn(Vector3) -> Vector3,
    reflects: bool,
) -> Shell3 {
    let mut mapped = shell.clone();
    for vertex in &mut mapped.vertices {
        *vertex = map_point(*vertex);
    }
    for edge in &mut mapped.edges {
        edge.curve = match edge.curve {
            Curve3::Line { through, along } => {
                Curve3::Line { through: map_point(through), along: map_vector(along) }
            }
            Curve3::Arc { centre, axis, toward, radius } => Curve3::Arc {
                centre: map_point(centre),
                axis: map_vector(axis) * if reflects { -1.0 } else { 1.0 },
                toward: map_vector(toward),
                radius,
            },
        };
    }
    for face in &mut mapped.faces {
        face.surface = face.surface.mapped(&map_point, &map_vector);
        if reflects {
            for boundary in &mut face.boundaries {
                boundary.reverse();
                for used in boundary {
                    used.orientation = !used.orientation;
                }
            }
        }
    }
    mapped
}
