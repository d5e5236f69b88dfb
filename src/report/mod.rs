//! The worked-out design in words: findings, quantities, explanations, the design with every
//! default filled in; and the catalogue in words.
//!
//! Promise: text and JSON only, computed from what is passed in; where it goes is for others.

mod catalog;
mod explain;
mod findings;
mod github;
mod quantities;
mod resolved;
mod terminal;

pub use catalog::Listing;
pub use explain::{Explanation, explain};
pub use findings::{json, markdown};
pub use github::github;
pub use quantities::quantities;
pub use resolved::resolved;
pub use terminal::human;
