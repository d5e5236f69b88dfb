//! The proof that a mesh may be printed.

mod certificate;
mod crossings;
mod predicates;
mod topology;
mod tree;

pub use certificate::{Certificate, certify};
pub use predicates::Triangle;
pub use tree::{Box3, Tree, union};
