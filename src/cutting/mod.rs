//! What is cut to length or from sheets.
//!
//! Promise: everything here takes plain sizes and outlines, and knows no rack and no design. Every
//! layout has passed a verifier that shares no code with the solver, and says how few sheets or bars
//! any layout needs. The same list gives the same layout on every machine.

mod bars;
mod guillotine;
pub mod lengths;
pub mod list;
mod marks;
mod nest;
mod offcuts;
mod piece;
mod sheets;
#[cfg(test)]
mod tests;
mod tool_path;
pub mod verify;

pub use bars::Bar;
pub use guillotine::{Cut, Panel};
pub use marks::{LAYERS, Label, Layer, Marks};
pub use offcuts::Offcut;
pub use piece::{Grain, Piece, Pocket};
pub use sheets::{BadLayout, Cutter, Layout, Nested, Placement, Sheet, fits, nest};
