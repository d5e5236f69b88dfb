//! What is cut to length or from sheets.
//!
//! Not here yet: nesting. So far these are the pieces alone.

mod bars;
mod piece;

pub use bars::Bar;
pub use piece::{Grain, Piece, Pocket};
