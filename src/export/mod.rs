//! File formats for tables, drawings and solids.
//!
//! Promise: the same value gives the same bytes. Nothing here knows racks or boards.

mod glb;
pub mod step;
mod table;
pub mod threemf;

pub use glb::{Body, Look, Model, Node, Scene};
pub use table::{Cell, Table};
