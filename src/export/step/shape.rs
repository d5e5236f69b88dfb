//! A solid's boundary as entities.

use super::text::{list, string};
use super::writer::Writer;
use crate::geometry::{Curve3, Shell3, Surface3};

/// Writes a solid; returns the number of its entity. Faces of voids look into the voids, which is
/// how the standard wants them.
pub fn solid(writer: &mut Writer, name: &str, outer: &Shell3, voids: &[Shell3]) -> usize {
    let name = string(name);
    let outer = shell(writer, outer);
    if voids.is_empty() {
        return writer.entity(&format!("MANIFOLD_SOLID_BREP({name},#{outer})"));
    }
    let oriented = voids.iter().map(|void| {
        let void = shell(writer, void);
        writer.entity(&format!("ORIENTED_CLOSED_SHELL('',*,#{void},.T.)"))
    });
    let voids = list(&oriented.collect::<Vec<usize>>());
    writer.entity(&format!("BREP_WITH_VOIDS({name},#{outer},{voids})"))
}

fn shell(writer: &mut Writer, shell: &Shell3) -> usize {
    let vertices: Vec<usize> = shell
        .vertices
        .iter()
        .map(|&vertex| {
            let point = writer.point(vertex);
            writer.entity(&format!("VERTEX_POINT('',#{point})"))
        })
        .collect();
    let edges: Vec<usize> = shell
        .edges
        .iter()
        .map(|edge| {
            let curve = curve(writer, &edge.curve);
            let (from, to) = (vertices[edge.vertices.0], vertices[edge.vertices.1]);
            writer.entity(&format!("EDGE_CURVE('',#{from},#{to},#{curve},.T.)"))
        })
        .collect();
    let mut faces = Vec::with_capacity(shell.faces.len());
    for face in &shell.faces {
        let mut bounds = Vec::with_capacity(face.boundaries.len());
        for (index, boundary) in face.boundaries.iter().enumerate() {
            let used: Vec<usize> = boundary
                .iter()
                .map(|used| {
                    let (edge, along) = (edges[used.index], logical(used.orientation));
                    writer.entity(&format!("ORIENTED_EDGE('',*,*,#{edge},{along})"))
                })
                .collect();
            let outline = writer.entity(&format!("EDGE_LOOP('',{})", list(&used)));
            let kind = if index == 0 { "FACE_OUTER_BOUND" } else { "FACE_BOUND" };
            bounds.push(writer.entity(&format!("{kind}('',#{outline},.T.)")));
        }
        let bounds = list(&bounds);
        let (surface, agrees) = surface(writer, &face.surface);
        let agrees = logical(agrees);
        faces.push(writer.entity(&format!("ADVANCED_FACE('',{bounds},#{surface},{agrees})")));
    }
    writer.entity(&format!("CLOSED_SHELL('',{})", list(&faces)))
}

fn curve(writer: &mut Writer, curve: &Curve3) -> usize {
    match *curve {
        Curve3::Line { through, along } => {
            let point = writer.point(through);
            let direction = writer.direction(along);
            let vector = writer.shared(format!("VECTOR('',#{direction},1.)"));
            writer.shared(format!("LINE('',#{point},#{vector})"))
        }
        Curve3::Arc { centre, axis, toward, radius } => {
            let frame = writer.carrier(centre, axis, toward);
            let radius = writer.real(radius);
            writer.shared(format!("CIRCLE('',#{frame},{radius})"))
        }
    }
}

/// The surface, and whether its own normal is the one out of the solid.
fn surface(writer: &mut Writer, surface: &Surface3) -> (usize, bool) {
    match *surface {
        Surface3::Plane { origin, normal, toward } => {
            let frame = writer.carrier(origin, normal, toward);
            (writer.shared(format!("PLANE('',#{frame})")), true)
        }
        Surface3::Cylinder { origin, axis, toward, radius, outward } => {
            let frame = writer.carrier(origin, axis, toward);
            let radius = writer.real(radius);
            (writer.shared(format!("CYLINDRICAL_SURFACE('',#{frame},{radius})")), outward)
        }
        Surface3::Cone { origin, axis, toward, radius, half_angle, outward } => {
            let frame = writer.carrier(origin, axis, toward);
            let (radius, angle) = (writer.real(radius), writer.real(half_angle));
            (writer.shared(format!("CONICAL_SURFACE('',#{frame},{radius},{angle})")), outward)
        }
    }
}

fn logical(value: bool) -> &'static str {
    if value { ".T." } else { ".F." }
}
