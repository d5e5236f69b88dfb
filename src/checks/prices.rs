//! BOM: does every line have a price that somebody vouches for?

use super::{Finding, Severity, Subject};
use crate::bom::PriceBasis;

/// Lines without a price, and lines whose price nobody confirmed.
pub fn check(subject: &Subject) -> Vec<Finding> {
    let lines = &subject.bom.lines;
    let listed = |basis: PriceBasis| -> Vec<&str> {
        lines.iter().filter(|line| line.basis == basis).map(|line| line.item.as_str()).collect()
    };
    let missing = listed(PriceBasis::Missing);
    let unverified = listed(PriceBasis::Unverified);
    let judge = |finding: Finding, found: &[&str], what: &str| {
        let finding = finding
            .held(format!("{} lines", found.len()), "0 lines")
            .at("prices")
            .source("catalogue of prices");
        if found.is_empty() {
            finding.because(format!("no line has {what}"))
        } else {
            finding
                .severity(Severity::Warning)
                .because(format!("{what}: {}", found.join(", ")))
                .fix("give your own: `prices: { ITEM: $1.00 }`")
        }
    };
    vec![
        judge(Finding::new("BOM-price-missing", "bill of materials"), &missing, "no price"),
        judge(
            Finding::new("BOM-price-unverified", "bill of materials"),
            &unverified,
            "a price that no source confirms",
        ),
    ]
}
