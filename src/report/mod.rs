//! The worked-out design in words: findings, quantities, explanations, the design with every
//! default filled in; and the catalogue in words.
//!
//! Promise: text and JSON only, computed from what is passed in; where it goes is for others.

mod catalog;
mod explain;
mod findings;
mod quantities;
mod resolved;

pub use catalog::Listing;
pub use explain::{Explanation, explain};
pub use findings::{human, json, markdown};
pub use quantities::quantities;
pub use resolved::resolved;
