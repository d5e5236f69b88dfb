//! What has been proven about a mesh.

use serde::Serialize;

use super::crossings;
use super::topology::Topology;
use crate::geometry::axes::Bounds;
use crate::geometry::error::GeometryError;
use crate::geometry::mesh::Mesh;
use crate::geometry::solid::Solid;

/// No triangle may be smaller (in mm²).
const SMALLEST_TRIANGLE: f64 = 1e-6;

/// The mesh's volume may differ from the exact one by this share.
const VOLUME_SLACK: f64 = 1e-3;

/// Boxes may differ by this much (in mm). Arcs are sampled where they are extreme, so that chords
/// need no allowance.
const BOUNDS_SLACK: f64 = 1e-3;

/// A mesh's proof. There is one only for a mesh that passed: see [`certify`].
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Certificate {
    /// Every directed edge is matched by an opposite one.
    pub closed: bool,
    /// Triangles face outward.
    pub oriented: bool,
    /// truck, an independent kernel, accepts the topology of the exact solid.
    pub truck_accepts: bool,
    /// Separate parts.
    pub bodies: usize,
    /// Faces of the exact solid.
    pub faces: usize,
    /// Triangles.
    pub triangles: usize,
    /// Pairs of triangles that meet elsewhere than in common corners and edges: 0.
    pub self_intersections: usize,
    /// Volume of the mesh.
    pub volume_mm3: f64,
    /// Volume of the exact solid.
    pub brep_volume_mm3: f64,
    /// Size of the box around the mesh.
    pub bbox_mm: [f64; 3],
    /// Area of the smallest triangle.
    pub smallest_triangle_mm2: f64,
}

/// Proves that a mesh may be printed, or says all that is wrong with it.
///
/// - closed: every directed edge has as many opposites; points with equal coordinates are one, as
///   in an STL file;
/// - oriented: the volume is positive, and within 0.1 % of the exact solid's;
/// - bodies: as many separate parts as expected, in the mesh and in the exact solid;
/// - no triangle is smaller than 1e-6 mm², and no two of them meet but in common corners and edges
///   (decided exactly);
/// - the boxes around the mesh and around the exact solid are as designed, within 1 µm;
/// - truck accepts the topology of the exact solid.
///
/// Fails with [`GeometryError::NotProven`]. The mesh may have been made by
/// [`Solid::mesh`] or be its mirror image's mirror image, but must lie where the solid lies.
pub fn certify(
    solid: &Solid,
    mesh: &Mesh,
    expected_bodies: usize,
    designed: &Bounds,
) -> Result<Certificate, GeometryError> {
    let mut reasons = vec![];
    let broken = mesh.triangles.iter().flatten().any(|&index| index as usize >= mesh.points.len());
    if broken || mesh.triangles.is_empty() {
        reasons.push("it has no triangles, or some without corners".to_owned());
        return Err(GeometryError::NotProven(reasons));
    }
    let topology = Topology::new(mesh);
    if topology.open_edges > 0 {
        reasons.push(format!("{} edges are open", topology.open_edges));
    }
    for (what, bodies) in [("mesh", topology.bodies), ("exact solid", solid.bodies())] {
        if bodies != expected_bodies {
            reasons.push(format!("the {what} has {bodies} bodies, not {expected_bodies}"));
        }
    }
    let (volume, exact) = (mesh.volume().0, solid.volume().0);
    // Written so that NaN is refused, too.
    let volume_agrees = volume > 0.0 && (volume - exact).abs() <= VOLUME_SLACK * exact;
    if !volume_agrees {
        reasons.push(format!("its volume is {volume:.6} mm³, the exact one {exact:.6} mm³"));
    }
    let smallest = smallest_triangle(mesh, &mut reasons);
    let crossings = crossings::find(mesh, &topology);
    if let Some(&(first, _)) = crossings.first() {
        let at = mesh.corners(mesh.triangles[first])[0];
        reasons.push(format!(
            "{} pairs of triangles intersect, the first near ({}, {}, {})",
            crossings.len(),
            at.x,
            at.y,
            at.z
        ));
    }
    let bounds = mesh.bounds();
    for (what, bounds) in [("mesh", bounds), ("exact solid", solid.bounds())] {
        let off = (bounds.min - designed.min).amax().max((bounds.max - designed.max).amax());
        let is_as_designed = off <= BOUNDS_SLACK;
        if !is_as_designed {
            reasons.push(format!(
                "the {what} lies in {:?} to {:?}, designed were {:?} to {:?}",
                bounds.min.coords.as_slice(),
                bounds.max.coords.as_slice(),
                designed.min.coords.as_slice(),
                designed.max.coords.as_slice()
            ));
        }
    }
    if let Err(error) = solid.to_truck() {
        reasons.push(error.to_string());
    }
    if !reasons.is_empty() {
        return Err(GeometryError::NotProven(reasons));
    }
    Ok(Certificate {
        closed: true,
        oriented: true,
        truck_accepts: true,
        bodies: topology.bodies,
        faces: solid.faces(),
        triangles: mesh.triangles.len(),
        self_intersections: crossings.len(),
        volume_mm3: volume,
        brep_volume_mm3: exact,
        bbox_mm: bounds.size().into(),
        smallest_triangle_mm2: smallest,
    })
}

fn smallest_triangle(mesh: &Mesh, reasons: &mut Vec<String>) -> f64 {
    let mut smallest = f64::INFINITY;
    let mut too_small = 0;
    let mut at = mesh.points[0];
    for &triangle in &mesh.triangles {
        let area = mesh.triangle_area(triangle);
        if area < smallest {
            smallest = area;
            at = mesh.corners(triangle)[0];
        }
        too_small += usize::from(area < SMALLEST_TRIANGLE);
    }
    if too_small > 0 {
        reasons.push(format!(
            "{too_small} triangles are too small, the smallest has {smallest:.2e} mm² at \
             ({}, {}, {})",
            at.x, at.y, at.z
        ));
    }
    smallest
}
