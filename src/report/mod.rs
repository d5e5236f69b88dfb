//! The worked-out design in words: findings, quantities, explanations, the design with every
//! default filled in, the farm's plan and status; and the catalogue in words.
//!
//! Promise: text and JSON only, computed from what is passed in; where it goes is for others.

mod catalog;
mod columns;
mod explain;
mod farm_plan;
mod farm_status;
mod findings;
mod github;
mod quantities;
mod resolved;
mod terminal;

pub use catalog::Listing;
pub use columns::columns;
pub use explain::{Explanation, explain};
pub use farm_plan::FarmPlan;
pub use farm_status::FarmStatus;
pub use findings::{json, markdown};
pub use github::github;
pub use quantities::quantities;
pub use resolved::resolved;
pub use terminal::human;
