//! Solids from sketches: exact boundaries, meshes, and the proof that a mesh may be printed.
//!
//! Three verbs make every part, and none is a 3D boolean:
//!
//! 1. [`Sketch`]: a plane region bounded by lines and arcs.
//! 2. [`Stack`]: sketches added and cut over height intervals, in order. All outlines go into one
//!    planar arrangement, so that walls and caps match by construction.
//! 3. [`Solid::drill`] and [`Solid::punch`]: holes across two parallel planar faces.
//!
//! ```
//! use pibuild::geometry::{certify, Sketch, Stack};
//! use pibuild::units::Mm;
//!
//! let mm = Mm::from_mm;
//! let plate = Sketch::rect(Mm::ZERO, Mm::ZERO, mm(40.0), mm(20.0))
//!     .with_hole(Sketch::circle(mm(10.0), mm(10.0), mm(2.0)));
//! let solid = Stack::new().add(plate, Mm::ZERO..mm(3.0)).build()?;
//! let mesh = solid.mesh(mm(0.01))?;
//! let certificate = certify(&solid, &mesh, 1, &solid.bounds())?;
//! assert!(certificate.closed && certificate.self_intersections == 0);
//! # Ok::<(), pibuild::geometry::GeometryError>(())
//! ```
//!
//! Promised:
//! - The same input gives the same output, to the last bit, on every run.
//! - A [`Solid`] is a closed, oriented 2-manifold of planes, cylinders and cones: what would touch
//!   itself along an edge or at a point is refused with the place named.
//! - Volumes and bounds come from the exact faces, not from a mesh.
//! - Mesh vertices are `f32` values before anything is proven about them: the proof is about what
//!   the STL file stores. The mesh of a mirrored solid is the mirrored mesh.
//!
//! Not promised: rotations by other than quarter turns, blind holes, holes that leave their two
//! faces, free-form surfaces, general booleans.
//!
//! Lengths cross this border as [`Mm`](crate::units::Mm). Inside, coordinates are `f64`
//! millimetres; points closer than 2 nm are one point, and distances between 2 nm and
//! 50 nm are refused as mistakes (see [`GeometryError::NearMiss`]).

mod arrangement;
mod axes;
mod brep;
mod disjoint_sets;
mod error;
mod holes;
mod mesh;
mod overhang;
mod overlap;
mod plane;
mod proof;
mod solid;
mod stack;
mod thickness;
mod view;

pub use axes::{Axis, Bounds, Direction, Direction2, Position};
pub use brep::{Curve3, Shell3, Surface3};
pub use error::{Contact, GeometryError};
pub use holes::{Head, Hole};
pub use mesh::Mesh;
pub use overhang::{Overhang, contact, overhangs};
pub use overlap::{CONTACT, Overlap, overlap, overlap_in};
pub use plane::{Contour, Extent, Lettering, Pen, Sketch, SquareMm, Turn, Vertex};
pub use proof::{Certificate, certify};
pub use solid::Solid;
pub use stack::Stack;
pub use thickness::{Thin, Thinnest, thinnest};
pub use view::{Countersink, Frame, Polyline2, Round, RoundKind, View, rounds, view};

/// Points closer than this (in mm) are one point; a point closer to a curve is on it.
///
/// Two nanometres: [`Mm`](crate::units::Mm) rounds to one, so a tangent point that a caller has
/// computed can be off by 0.7 nm and the centre of its arc by as much again.
const SAME: f64 = 2e-6;

/// Things that do not coincide must keep this distance (in mm).
///
/// Fifty nanometres: enough that two surfaces stay apart when mesh vertices are rounded to `f32`
/// (15 nm between neighbouring values at 200 mm).
const NEAR_MISS: f64 = 5e-5;

/// Holes keep at least this distance (in mm) from every edge and face that they do not cut.
const CLEARANCE: f64 = 1e-3;
