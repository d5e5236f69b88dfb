//! pibuild turns one YAML file into a rack cluster of single-board computers that people can
//! build: printable parts, a rail to cut, a bill of materials, a verdict, a print queue.
//!
//! The modules follow the data, one direction, no way back:
//!
//! ```text
//! text ──spec──▶ Document ──cluster──▶ one bank ─┬─▶ layout    who sits where
//!                 + catalog                      ├─▶ wiring    which port feeds whom
//!                                                ├─▶ power     volts, circuits, switching on
//!                                                ├─▶ shell     frame and box around the racks
//!                                                ├─▶ air       how warm the boards get
//!                                                ├─▶ parts     solids, one per distinct part
//!                                                ├─▶ load      masses, middle, footing
//!                                                ├─▶ assembly  where every solid stands
//!                                                ├─▶ workshop  bars and sheets to cut
//!                                                ├─▶ farm      what a print takes, the queue
//!                                                ├─▶ bom       lines, money
//!                                                └─▶ checks    findings
//!                                       all ──▶ outputs: named bytes ──▶ one folder, swapped in
//! ```
//!
//! [`pipeline::check`] runs it all on a text; [`pipeline::Outcome::tree`] gives the files as bytes.
//! Neither touches disk, clock or terminal: that is left to the command line, to
//! [`outputs::swap_in`], and to [`handover`], which brings the print queue of an output folder to
//! print servers.
//!
//! Where to look: a number's origin is in the [`cluster::Ledger`]; what a board needs is in
//! [`catalog`]; how a solid comes about is told in [`geometry`]; a part is a file in [`parts`], a
//! family of checks a file in [`checks`].

pub mod air;
pub mod assembly;
pub mod bom;
pub mod built;
pub mod catalog;
pub mod checks;
pub mod cli;
pub mod cluster;
pub mod cutting;
pub mod diff;
pub mod drawings;
pub mod export;
pub mod farm;
pub mod geometry;
pub mod handover;
pub mod layout;
pub mod load;
pub mod outputs;
pub mod parts;
pub mod pipeline;
pub mod power;
pub mod report;
pub mod shell;
pub mod spec;
pub mod units;
pub mod wiring;
pub mod workshop;
