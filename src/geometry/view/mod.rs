//! Orthographic views with hidden lines.
//!
//! Promised: every sharp edge and every silhouette of the exact boundary is drawn once, as visible
//! or as hidden; where lines coincide on paper, visible wins. Edges along which a plane runs
//! smoothly into a cylinder are left out. The view of a mirrored solid is the mirrored view.
//!
//! Lines are cut where they meet, so that a piece is visible as a whole or not at all; the middle
//! of each decides. It is visible if, just beside it, nothing of the mesh is nearer to the viewer.
//!
//! Not promised: details smaller than 0.05 mm, and silhouettes of cones that are seen at a slant
//! (views run along the axes, and so do all cones).

mod chains;
mod contours;
mod frame;
mod pieces;
mod relief;
mod rounds;
#[cfg(test)]
mod tests;

use super::mesh::Mesh;
use super::solid::Solid;
use pieces::Node;
use relief::Relief;

pub use frame::Frame;
pub use rounds::{Countersink, Round, RoundKind, rounds};

/// Points on paper that lines join, in millimetres: to the right, and up.
pub type Polyline2 = Vec<[f64; 2]>;

/// What is seen from one side.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct View {
    /// Lines in sight.
    pub visible: Vec<Polyline2>,
    /// Lines behind material.
    pub hidden: Vec<Polyline2>,
}

/// A piece is looked at this far beside it (in mm): beyond the chords of the mesh.
const BESIDE: f64 = 0.02;
/// And from this far above it: beyond what a surface beside it rises, unless it is steeper than 68°.
const ABOVE: f64 = 0.05;

/// The view of a solid. The mesh must be the solid's own, with chords of at most 0.01 mm.
pub fn view(solid: &Solid, mesh: &Mesh, frame: Frame) -> View {
    let relief = Relief::new(mesh, frame);
    let contours: Vec<Vec<[f64; 3]>> =
        solid.shells().iter().flat_map(|shell| contours::contours(shell, frame)).collect();
    let (mut visible, mut hidden) = (Vec::new(), Vec::new());
    for (piece, height) in pieces::pieces(&contours) {
        if is_covered(&relief, piece, height + ABOVE) { &mut hidden } else { &mut visible }
            .push(piece);
    }
    View { visible: chains::chains(&visible), hidden: chains::chains(&hidden) }
}

/// Is there something above a piece on both of its sides?
fn is_covered(relief: &Relief, (from, to): (Node, Node), height: f64) -> bool {
    let [from, to] = [from, to].map(|(u, v)| [f64::from(u) / 1000.0, f64::from(v) / 1000.0]);
    let (du, dv) = (to[0] - from[0], to[1] - from[1]);
    let scale = BESIDE / du.hypot(dv);
    let (u, v) = (f64::midpoint(from[0], to[0]), f64::midpoint(from[1], to[1]));
    [scale, -scale].iter().all(|side| relief.covers(u - dv * side, v + du * side, height))
}
