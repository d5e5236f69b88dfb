//! `bom/`: what to buy, print and cut.

use super::{Internal, Outcome, add};
use crate::export::xlsx;
use crate::outputs::Tree;

/// Adds the bill of materials as text and as a spreadsheet.
pub(super) fn add_to(tree: &mut Tree, outcome: &Outcome) -> Result<(), Internal> {
    let table = outcome.bom.table().to_csv();
    add(tree, "bom/bom.csv", "bill of materials", table)?;
    let report = outcome.bom.cost_report(outcome.title(), outcome.layout.boards.value);
    add(tree, "bom/cost.md", "what it costs, how sure that is, and the work", report)?;
    let name = "bom.xlsx";
    let workbook = xlsx::workbook(&outcome.bom.sheets())
        .map_err(|problem| Internal::Package { name: name.to_owned(), problem })?;
    let about = "bill of materials, a spreadsheet that computes its sums";
    add(tree, &format!("bom/{name}"), about, workbook)
}
