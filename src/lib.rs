//! pibuild turns one YAML file into a rack cluster of single-board computers.

pub mod bom;
pub mod catalog;
pub mod checks;
pub mod cli;
pub mod cluster;
pub mod cutting;
pub mod drawings;
pub mod export;
pub mod farm;
pub mod geometry;
pub mod layout;
pub mod outputs;
pub mod parts;
pub mod pipeline;
pub mod report;
pub mod spec;
pub mod units;
pub mod wiring;
