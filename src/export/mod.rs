//! File formats for tables, drawings and solids.
//!
//! Promise: the same value gives the same bytes. Nothing here knows racks or boards.

mod table;

pub use table::{Cell, Table};
