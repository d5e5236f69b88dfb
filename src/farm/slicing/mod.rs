//! What a slicer is asked, and what it says.
//!
//! Promise: the configuration that a model is sliced with is one text, known by its hash; what is
//! read from gcode is what the slicer wrote there.
//!
//! Not here: running the slicer, which is the command line's business.

mod configuration;
mod gcode;

pub use configuration::Configuration;
pub use gcode::{Figures, NoFigures, TAIL};
