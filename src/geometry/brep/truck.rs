//! The same topology in truck's own geometry: an independent check.

use truck_modeling::{Curve, Line, Plane, Processor, RevolutedCurve, Solid, Surface, builder};
use truck_topology::compress::{CompressedEdge, CompressedFace, CompressedShell, CompressedSolid};

use super::curve::Curve3;
use super::shell::Shell3;
use super::surface::Surface3;
use crate::geometry::error::GeometryError;

type TruckShell = CompressedShell<truck_modeling::Point3, Curve, Surface>;

/// Maps shells to truck's solid. truck checks that every shell is connected, closed, oriented and
/// without singular vertices, and that boundaries are simple.
pub fn to_truck(shells: &[Shell3]) -> Result<Solid, GeometryError> {
    let boundaries = shells.iter().map(shell).collect();
    Solid::extract(CompressedSolid { boundaries })
        .map_err(|error| GeometryError::Truck(error.to_string()))
}

fn shell(shell: &Shell3) -> TruckShell {
    let edges = shell
        .edges
        .iter()
        .map(|edge| CompressedEdge { vertices: edge.vertices, curve: curve(shell, edge) });
    let faces = shell.faces.iter().map(|face| CompressedFace {
        boundaries: face.boundaries.clone(),
        orientation: face.orientation,
        surface: surface(&face.surface),
    });
    TruckShell { vertices: shell.vertices.clone(), edges: edges.collect(), faces: faces.collect() }
}

fn curve(shell: &Shell3, edge: &CompressedEdge<Curve3>) -> Curve {
    let (from, to) = (shell.vertices[edge.vertices.0], shell.vertices[edge.vertices.1]);
    match edge.curve {
        Curve3::Line { .. } => Curve::Line(Line(from, to)),
        Curve3::Arc { .. } => {
            let middle = edge.curve.middle(from, to);
            builder::circle_arc(&builder::vertex(from), &builder::vertex(to), middle).curve()
        }
    }
}

fn surface(surface: &Surface3) -> Surface {
    match *surface {
        Surface3::Plane { origin, normal, toward } => {
            Plane::new(origin, origin + toward, origin + normal.cross(toward)).into()
        }
        Surface3::Cylinder { origin, axis, toward, radius, .. } => {
            let ruling = Line(origin + toward * radius + axis, origin + toward * radius);
            revolved(ruling, origin, axis)
        }
        Surface3::Cone { origin, axis, toward, radius, half_angle, .. } => {
            let rim = origin + toward * radius;
            revolved(Line(rim + axis + toward * half_angle.tan(), rim), origin, axis)
        }
    }
}

fn revolved(
    ruling: Line<truck_modeling::Point3>,
    origin: truck_modeling::Point3,
    axis: truck_modeling::Vector3,
) -> Surface {
    let revolved = RevolutedCurve::by_revolution(Curve::Line(ruling), origin, axis);
    Surface::RevolutedCurve(Processor::new(revolved))
}
