//! File formats for tables, drawings and solids.
//!
//! Promise: the same value gives the same bytes. Nothing here knows racks or boards.

mod glb;
mod opc;
pub mod step;
mod table;
pub mod threemf;
pub mod xlsx;

pub use glb::{Body, Look, Model, Node, Scene};
pub use opc::PackageError;
pub use table::{Cell, Table};
