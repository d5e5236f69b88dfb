//! Exact boundaries: truck's index-based shells with analytic curves and surfaces.
//!
//! Conventions: every face has `orientation: true`; its boundaries run counter-clockwise seen from
//! outside the solid, holes clockwise. Edges run from their first to their second vertex. Arcs,
//! cylinders and cones span at most half a turn. Edges on cylinders and cones run around the axis
//! or along a ruling.

mod curve;
mod measure;
mod shell;
mod surface;
mod truck;

pub use curve::Curve3;
pub use measure::{bounds, face_bounds, volume};
pub use shell::{Shell3, absorb, ends, map, outline, part, planar_outlines};
pub use surface::Surface3;
pub use truck::to_truck;
