//! Triangles for printing.
//!
//! Promised of every mesh that [`Solid::mesh`](super::Solid::mesh) returns:
//! - Coordinates are `f32` values, so that a binary STL stores them exactly.
//! - Every edge is sampled once for both of its faces, and every face is a constrained Delaunay
//!   triangulation of those samples in its own parameters: nothing gapes.
//! - Between samples, triangles leave arcs by at most the chord that was asked for, and by less if
//!   the volume would be off by more than 0.05 %. They leave planes by rounding only.
//! - Slivers have been flipped or collapsed away where that changes nothing visible; see `slivers`.
//!
//! Not promised: absence of crossings between faces that do not share an edge (two cylinders closer
//! than the chord). [`certify`](super::certify) looks for them.

mod sampling;
mod slivers;
mod stl;
mod triangulate;

use nalgebra::{Isometry3, Point3};

use super::axes::{Axis, Bounds};
use super::brep::{self, Shell3};
use super::error::GeometryError;
use crate::geometry::plane::SquareMm;
use crate::units::CubicMm;
use sampling::Samples;
use triangulate::triangulate;

/// How often finer chords are tried.
const REFINEMENTS: i32 = 6;

/// A mesh's volume differs from the exact one by at most this share; half of what the proof allows.
const VOLUME_SLACK: f64 = 5e-4;

/// A closed surface of triangles, counter-clockwise seen from outside. Coordinates are in
/// millimetres and are `f32` values.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Mesh {
    /// Vertices.
    pub points: Vec<Point3<f64>>,
    /// Indices into `points`.
    pub triangles: Vec<[u32; 3]>,
}

impl Mesh {
    /// The box between two corners, rounded to `f32`.
    pub fn cuboid(bounds: &Bounds) -> Mesh {
        // Point n has the larger x, y or z where bit 0, 1 or 2 of n is set.
        let corner = |number: usize| {
            let value = |axis: usize| {
                let end = if number >> axis & 1 == 0 { bounds.min } else { bounds.max };
                to_f32(end[axis])
            };
            Point3::new(value(0), value(1), value(2))
        };
        let faces =
            [[0, 4, 6, 2], [1, 3, 7, 5], [0, 1, 5, 4], [2, 6, 7, 3], [0, 2, 3, 1], [4, 5, 7, 6]];
        let halves = |[first, second, third, fourth]: [u32; 4]| {
            [[first, second, third], [first, third, fourth]]
        };
        Mesh {
            points: (0..8).map(corner).collect(),
            triangles: faces.into_iter().flat_map(halves).collect(),
        }
    }

    /// Reflected: one coordinate changes its sign, and triangles their order.
    #[must_use]
    pub fn mirrored(&self, axis: Axis) -> Mesh {
        let mut mesh = self.clone();
        for point in &mut mesh.points {
            point[axis.index()] = -point[axis.index()];
        }
        for triangle in &mut mesh.triangles {
            triangle.swap(1, 2);
        }
        mesh
    }

    /// Turned and shifted, for laying a part onto a print bed. Vertices are rounded to `f32` again,
    /// so a mesh that shall be printed must be proven after turning.
    #[must_use]
    pub fn turned(&self, motion: &Isometry3<f64>) -> Mesh {
        let points = self.points.iter().map(|point| (motion * point).map(to_f32)).collect();
        Mesh { points, triangles: self.triangles.clone() }
    }

    /// Volume inside; negative if the triangles face inward.
    pub fn volume(&self) -> CubicMm {
        let six_fold = |triangle: &[u32; 3]| {
            let [a, b, c] = self.corners(*triangle).map(|point| point.coords);
            a.dot(&b.cross(&c))
        };
        CubicMm(self.triangles.iter().map(six_fold).sum::<f64>() / 6.0)
    }

    /// Area of all triangles.
    pub fn area(&self) -> SquareMm {
        SquareMm(self.triangles.iter().map(|&triangle| self.triangle_area(triangle)).sum())
    }

    /// The box around all vertices.
    pub fn bounds(&self) -> Bounds {
        let mut bounds = Bounds::EMPTY;
        for point in &self.points {
            bounds.include([point.x, point.y, point.z]);
        }
        bounds
    }

    /// A binary STL file, in millimetres.
    pub fn to_stl(&self) -> Result<Vec<u8>, GeometryError> {
        stl::write(self)
    }

    pub(super) fn corners(&self, triangle: [u32; 3]) -> [Point3<f64>; 3] {
        triangle.map(|index| self.points[index as usize])
    }

    pub(super) fn triangle_area(&self, triangle: [u32; 3]) -> f64 {
        let [first, second, third] = self.corners(triangle);
        (second - first).cross(&(third - first)).norm() / 2.0
    }
}

fn to_f32(value: f64) -> f64 {
    // Adding zero turns -0 into 0.
    f64::from(value as f32) + 0.0
}

/// The mesh of all shells. Small round parts get finer chords than asked for, so that their volume
/// is right.
pub fn tessellate(shells: &[Shell3], mut chord: f64) -> Result<Mesh, GeometryError> {
    let exact: f64 = shells.iter().map(brep::volume).sum();
    for _ in 0..REFINEMENTS {
        let mesh = tessellate_once(shells, chord)?;
        let off = (mesh.volume().0 - exact).abs() / exact;
        if off < VOLUME_SLACK {
            return Ok(mesh);
        }
        // What is cut off is proportional to the chord.
        chord *= (0.8 * VOLUME_SLACK / off).min(0.5);
    }
    tessellate_once(shells, chord)
}

/// Where thin material makes chords cross, finer ones are tried.
fn tessellate_once(shells: &[Shell3], chord: f64) -> Result<Mesh, GeometryError> {
    let mut mesh = Mesh::default();
    for shell in shells {
        let (points, triangles) = with_refinement(chord, |chord| {
            let samples = Samples::new(shell, chord, |point| point.map(to_f32));
            let mut triangles = vec![];
            for face in 0..shell.faces.len() {
                let of_face = triangulate(shell, face, &samples)?;
                triangles.extend(of_face.into_iter().map(|corners| (corners, face)));
            }
            Ok((samples.points, triangles))
        })?;
        let offset = mesh.points.len();
        let points: Vec<Point3<f64>> =
            points.into_iter().map(|point| Point3::new(point.x, point.y, point.z)).collect();
        let (points, triangles) = slivers::remove(points, triangles);
        mesh.points.extend(points);
        let renumbered = |triangle: [usize; 3]| triangle.map(|index| (index + offset) as u32);
        mesh.triangles.extend(triangles.into_iter().map(renumbered));
    }
    Ok(mesh)
}

/// The triangles of one face.
pub fn face_triangles(
    shell: &Shell3,
    face: usize,
    chord: f64,
) -> Result<Vec<[truck_modeling::Point3; 3]>, GeometryError> {
    let part = brep::part(shell, &[face]);
    with_refinement(chord, |chord| {
        let samples = Samples::new(&part, chord, |point| point);
        let triangles = triangulate(&part, 0, &samples)?;
        Ok(triangles
            .into_iter()
            .map(|triangle| triangle.map(|index| samples.points[index]))
            .collect())
    })
}

fn with_refinement<T>(
    chord: f64,
    attempt: impl Fn(f64) -> Result<T, GeometryError>,
) -> Result<T, GeometryError> {
    let mut refinement = 0;
    loop {
        match attempt(chord / 4f64.powi(refinement)) {
            Err(GeometryError::MeshCrosses { .. }) if refinement < REFINEMENTS => refinement += 1,
            outcome => return outcome,
        }
    }
}
