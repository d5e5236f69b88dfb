//! pibuild turns one YAML file into a rack cluster of single-board computers.

pub mod catalog;
pub mod drawings;
pub mod export;
pub mod outputs;
pub mod spec;
pub mod units;
