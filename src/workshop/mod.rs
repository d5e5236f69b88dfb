//! What the design's pieces are cut from: bars and sheets as they are sold, each piece on one.
//!
//! Promise: every piece that fits on anything is on a bar or sheet, once; the layouts are those of
//! [`crate::cutting`], verified, with their bounds. Not part of a `check`: to nest sheets takes as
//! long as all checks together.

mod bars;
mod sheets;

use std::fmt;

use crate::built::Built;
use crate::cutting::{BadLayout, Cutter};
use crate::geometry::GeometryError;
use crate::spec::{Design, ToolKind};

pub use bars::{BarCuts, bars};
pub use sheets::SheetCuts;

/// All that is cut.
#[derive(Clone, Debug)]
pub struct Cuts {
    /// By profile.
    pub bars: Vec<BarCuts>,
    /// By sheet and thickness.
    pub sheets: Vec<SheetCuts>,
}

/// Why nothing can be cut: this program contradicts itself.
#[derive(Clone, Debug)]
pub enum CutError {
    /// A layout breaks its own rules.
    Layout(BadLayout),
    /// A piece is no region.
    Piece(GeometryError),
    /// A sheet that was checked is missing from the catalogue.
    MissingSheet(String),
}

impl fmt::Display for CutError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            CutError::Layout(problem) => problem.fmt(f),
            CutError::Piece(problem) => write!(f, "a piece of the shell: {problem}"),
            CutError::MissingSheet(id) => write!(f, "no sheet `{id}` in the catalogue"),
        }
    }
}

impl std::error::Error for CutError {}

impl Cuts {
    /// Puts every piece of the design on a bar or sheet.
    ///
    /// # Errors
    /// Only if this program contradicts itself.
    pub fn plan(built: &Built) -> Result<Cuts, CutError> {
        Ok(Cuts { bars: bars::cut(built)?, sheets: sheets::cut(built)? })
    }
}

/// How the design's tool cuts sheets.
pub fn cutter(design: &Design) -> Cutter {
    Cutter {
        kerf: design.shell.tool.diameter,
        trim: design.stock.trim_for(&design.shell.tool),
        guillotine: design.shell.tool.kind == ToolKind::Saw,
        turns: true,
    }
}
