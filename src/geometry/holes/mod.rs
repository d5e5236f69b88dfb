//! Holes between two parallel planar faces of a finished solid.
//!
//! No boolean is needed: the rims become holes in the two faces, and walls are swept between them.
//! For that to be right, the rims must lie strictly inside their faces, and nothing else of the
//! solid may be in between. Both are checked; what fails is refused.

mod bore;
mod clearance;
mod drill;
mod frame;
mod host;
mod punch;

pub use drill::{Head, Hole, drill};
pub use punch::punch;
