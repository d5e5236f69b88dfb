//! `bom/`: what to buy, print and cut.

use super::{Internal, Outcome, add};
use crate::export::xlsx;
use crate::farm::{BAND_ABOVE, BAND_BELOW, tables};
use crate::outputs::Tree;

/// Adds the bill of materials as text and as a spreadsheet.
pub(super) fn add_to(tree: &mut Tree, outcome: &Outcome) -> Result<(), Internal> {
    let table = outcome.bom.table().to_csv();
    add(tree, "bom/bom.csv", "bill of materials", table)?;
    let mut report = outcome.bom.cost_report(outcome.title(), outcome.layout.boards.value);
    report.push_str(&printing(outcome));
    add(tree, "bom/cost.md", "what it costs, how sure that is, and the work", report)?;
    let name = "bom.xlsx";
    let workbook = xlsx::workbook(&outcome.bom.sheets())
        .map_err(|problem| Internal::Package { name: name.to_owned(), problem })?;
    let about = "bill of materials, a spreadsheet that computes its sums";
    add(tree, &format!("bom/{name}"), about, workbook)
}

/// What the printers are busy with, and how sure that is.
fn printing(outcome: &Outcome) -> String {
    let hours = tables::hours(&outcome.plan, &outcome.prints);
    if hours.rows().is_empty() {
        return String::new();
    }
    format!(
        "\n## Printing\n\nHours of printers, reprints not counted. Estimated minutes may be off by \
         −{:.0} to +{:.0} %; sliced ones are a slicer's, measured ones the design's.\n\n{}",
        BAND_BELOW * 100.0,
        BAND_ABOVE * 100.0,
        hours.to_markdown()
    )
}
