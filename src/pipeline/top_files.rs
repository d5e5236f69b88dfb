//! The files that every run writes, whatever it is asked for.

use super::{Internal, Outcome, add, json};
use crate::outputs::Tree;
use crate::report;

/// Adds the resolved design, the quantities and the findings.
pub(super) fn add_to(tree: &mut Tree, outcome: &Outcome) -> Result<(), Internal> {
    let design = &outcome.document.design;
    let Outcome { cluster, layout, wiring, shell, .. } = outcome;
    let resolved =
        report::resolved(design, cluster, layout, wiring, shell).map_err(Internal::Yaml)?;
    add(tree, "resolved.yaml", "the design with every default filled in", resolved)?;
    let quantities = report::quantities(&outcome.ledger, &outcome.document.places);
    let about = "every derived number with its formula and inputs";
    add(tree, "quantities.json", about, json(&quantities)?)?;
    let checks = report::json(&design.name, &outcome.findings);
    add(tree, "checks.json", "every finding, passes included", json(&checks)?)?;
    let checks = report::markdown(outcome.title(), &outcome.findings);
    add(tree, "checks.md", "every finding, passes included", checks)
}
