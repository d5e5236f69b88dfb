//! File formats for tables, drawings and solids.
//!
//! Promise: the same value gives the same bytes. Nothing here knows racks or boards.

pub mod dxf;
mod glb;
mod opc;
mod pdf;
pub mod step;
mod table;
pub mod threemf;
pub mod xlsx;

pub use glb::{Body, Look, Model, Node, Scene};
pub use opc::PackageError;
pub use pdf::{Face, PdfFile, PdfPage, bold_width};
pub use table::{Cell, Table, csv};
