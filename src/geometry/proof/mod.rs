//! The proof that a mesh may be printed.

mod certificate;
mod crossings;
mod predicates;
mod topology;
mod tree;

pub use certificate::{Certificate, certify};
