//! `bom/`: what to buy, print and cut.

use super::{Internal, Outcome, add};
use crate::bom::Bom;
use crate::farm::{BAND_ABOVE, BAND_BELOW, tables};
use crate::outputs::Tree;
use crate::workshop::Cuts;

/// Adds the bill of materials as text and as a spreadsheet.
pub(super) fn add_to(tree: &mut Tree, outcome: &Outcome, cuts: &Cuts) -> Result<(), Internal> {
    let bom = outcome.bom.with_stock(&outcome.built(), cuts);
    add(tree, "bom/bom.csv", "bill of materials", bom.table().to_csv())?;
    let about = "what one board takes, one bank, each rack, and the cluster";
    add(tree, "bom/levels.csv", about, bom.levels_table().to_csv())?;
    let about = "what to order: whole packs, spools, bars, sheets and cans";
    add(tree, "bom/purchase.csv", about, bom.purchase_table().to_csv())?;
    let mut report = bom.cost_report(outcome.title(), outcome.layout.boards.value);
    report.push_str(&printing(outcome));
    add(tree, "bom/cost.md", "what it costs, how sure that is, and the work", report)?;
    let about = "bill of materials, a spreadsheet that computes its sums";
    let name = "bom.xlsx".to_owned();
    let workbook = bom.workbook().map_err(|problem| Internal::Package { name, problem })?;
    add(tree, "bom/bom.xlsx", about, workbook)
}

impl Outcome {
    /// The bill of materials with the bars and sheets to buy, which no check needs and which take
    /// as long as all of them.
    ///
    /// # Errors
    /// Only if this program contradicts itself.
    pub fn whole_bom(&self) -> Result<Bom, Internal> {
        let built = self.built();
        Ok(self.bom.with_stock(&built, &Cuts::plan(&built)?))
    }
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
