//! pibuild turns one YAML file into a rack cluster of single-board computers.

pub mod catalog;
pub mod cluster;
pub mod layout;
pub mod spec;
pub mod units;
pub mod wiring;
