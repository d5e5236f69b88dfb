//! Workshop drawings, as SVG in millimetres.
//!
//! Promise: printed at 100 %, a sheet has its true size, and every word on it is real text that
//! can be searched and copied. Words from users are escaped and shortened to fit their field; they
//! cannot become markup.
//!
//! Not promised: that the drawn contours can be cut from. Read the dimensions, or take the DXF.

mod board;
mod cut_pages;
mod cut_sheets;
mod dimension;
mod elevation;
mod holes;
mod labels;
mod layout;
mod number;
mod part;
mod piece_labels;
mod plan;
mod rail;
mod scale;
mod sheet;
mod table;
mod title_block;

pub use board::board;
pub use cut_pages::{CutPage, cut_pages};
pub use cut_sheets::{CutSheet, cut_sheets_dxf, cut_sheets_svg};
pub use elevation::{Elevation, FaceItem, FaceKind, Hung, RackFace, elevation};
pub use labels::{CableLabel, CableUse, labels_pdf, labels_svg};
pub use part::{PartDrawing, part};
pub use piece_labels::{PieceLabel, piece_labels};
pub use plan::{Look, PlanDrawing, PlanShape, Shape, plan};
pub use rail::{RailDrawing, rail};
