//! `bom/`: what to buy, print and cut.

use super::{Internal, Outcome, add};
use crate::outputs::Tree;

/// Adds the bill of materials.
pub(super) fn add_to(tree: &mut Tree, outcome: &Outcome) -> Result<(), Internal> {
    let table = outcome.bom.table().to_csv();
    add(tree, "bom/bom.csv", "bill of materials", table)
}
