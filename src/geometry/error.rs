//! What can be wrong with a solid, and where.

use std::fmt;

use super::axes::Direction;
use crate::units::Mm;

/// How a solid touches itself where it must not.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Contact {
    /// Two parts of it meet along a line or arc across the stack's axis.
    HorizontalEdge,
    /// Two parts of it meet along a line parallel to the stack's axis (a tangent hole does).
    VerticalEdge,
    /// Two parts of it meet at a point.
    Vertex,
    /// It is a solid, but the outline of one of its faces touches itself at a point, as when the
    /// corner of a boss stands on the edge of a plate.
    PinchedFace,
}

/// Why a solid cannot be built, meshed or proven. Coordinates are in millimetres.
#[derive(Clone, Debug, PartialEq)]
pub enum GeometryError {
    /// An outline is not a region: a radius of zero, an arc that misses its end, two corners only.
    BadSketch(String),
    /// A feature's interval along the stack's axis has no length.
    EmptyInterval {
        /// Where it starts.
        from: Mm,
        /// Where it ends.
        to: Mm,
    },
    /// Two outlines come closer than 50 nm without coinciding: surely meant to coincide.
    NearMiss {
        /// Along the sketch's first axis.
        x: f64,
        /// Along the sketch's second axis.
        y: f64,
    },
    /// Two heights differ by less than 50 nm without being equal.
    NearMissHeights {
        /// The lower one.
        lower: Mm,
        /// The upper one.
        upper: Mm,
    },
    /// The solid would touch itself. The place is in the stack's own coordinates.
    Touches {
        /// In which way.
        contact: Contact,
        /// x, y and height.
        at: [f64; 3],
    },
    /// Nothing is left of the stack.
    Empty,
    /// A hole whose measures contradict each other.
    BadHole(String),
    /// A hole's rim is not strictly inside a planar face that looks the right way.
    NoFaceForHole {
        /// The middle of the rim.
        at: [f64; 3],
        /// Where the missing face should look.
        facing: Direction,
    },
    /// A hole would cut a face other than the two that it connects.
    HoleCrossesFace {
        /// Where the hole enters.
        at: [f64; 3],
        /// Its direction.
        direction: Direction,
        /// A point of the face in the way, in or near the hole.
        face_at: [f64; 3],
    },
    /// Outlines cross when arcs become chords, even fine ones: the material is too thin to mesh.
    MeshCrosses {
        /// Near here.
        at: [f64; 3],
    },
    /// A mesh failed its proof; each text is one reason.
    NotProven(Vec<String>),
    /// truck, the independent check, refuses the topology.
    Truck(String),
    /// The mesh could not be written.
    Stl(String),
    /// A mistake in this kernel.
    Internal(String),
}

impl GeometryError {
    /// For what cannot happen unless the kernel is wrong.
    pub(super) fn internal(what: impl Into<String>) -> GeometryError {
        GeometryError::Internal(what.into())
    }
}

impl fmt::Display for GeometryError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            GeometryError::BadSketch(problem) => write!(f, "not a region: {problem}"),
            GeometryError::EmptyInterval { from, to } => {
                write!(f, "a feature from {from} to {to} has no height")
            }
            GeometryError::NearMiss { x, y } => write!(
                f,
                "outlines nearly coincide at ({x}, {y}): closer than 50 nm, but not the same; \
                 give both the same coordinate or keep them apart"
            ),
            GeometryError::NearMissHeights { lower, upper } => write!(
                f,
                "the heights {lower} and {upper} nearly coincide: closer than 50 nm, but not the \
                 same"
            ),
            GeometryError::Touches { contact, at } => {
                let how = match contact {
                    Contact::HorizontalEdge => "touches itself along a horizontal edge",
                    Contact::VerticalEdge => "touches itself along a vertical edge",
                    Contact::Vertex => "touches itself at a point",
                    Contact::PinchedFace => "has a face whose outline touches itself",
                };
                write!(f, "the solid {how} at {}; let the parts overlap or part", place(at))
            }
            GeometryError::Empty => write!(f, "nothing is left of the stack"),
            GeometryError::BadHole(problem) => write!(f, "not a hole: {problem}"),
            GeometryError::NoFaceForHole { at, facing } => write!(
                f,
                "the rim of the hole at {} is not strictly inside a planar face toward {facing}",
                place(at)
            ),
            GeometryError::HoleCrossesFace { at, direction, face_at } => write!(
                f,
                "the hole from {} toward {direction} would cut another face near {}",
                place(at),
                place(face_at)
            ),
            GeometryError::MeshCrosses { at } => {
                write!(f, "the material near {} is too thin to mesh", place(at))
            }
            GeometryError::NotProven(reasons) => {
                write!(f, "the mesh is not printable: {}", reasons.join("; "))
            }
            GeometryError::Truck(problem) => write!(f, "truck refuses the solid: {problem}"),
            GeometryError::Stl(problem) => write!(f, "the STL cannot be written: {problem}"),
            GeometryError::Internal(problem) => {
                write!(f, "a mistake in the geometry kernel: {problem}")
            }
        }
    }
}

impl std::error::Error for GeometryError {}

fn place(at: &[f64; 3]) -> String {
    format!("({:.6}, {:.6}, {:.6})", at[0], at[1], at[2])
}
