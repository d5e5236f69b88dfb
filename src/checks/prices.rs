//! BOM: does every line have a price that somebody vouches for?

use super::{Finding, Severity, Subject};
use crate::bom::{PRINTED, PriceBasis, Role};
use crate::catalog::nearest;
use crate::farm::family;

/// Lines without a price, and lines whose price nobody confirmed.
pub fn check(subject: &Subject) -> Vec<Finding> {
    let lines = &subject.bom.lines;
    let listed = |basis: PriceBasis| -> Vec<&str> {
        let of_basis =
            lines.iter().filter(|line| line.price.basis == basis && line.role != Role::Stock);
        of_basis.map(|line| line.item.as_str()).collect()
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
    let mut findings = vec![
        judge(Finding::new("BOM-price-missing", "bill of materials"), &missing, "no price"),
        judge(
            Finding::new("BOM-price-unverified", "bill of materials"),
            &unverified,
            "a price that no source confirms",
        ),
    ];
    findings.extend(unused(subject));
    findings
}

/// Prices of the design that no line asks for: a misspelt item, most likely.
fn unused(subject: &Subject) -> Vec<Finding> {
    let lines = &subject.bom.lines;
    let items: Vec<&str> = lines.iter().map(|line| line.item.as_str()).collect();
    let given = subject.built.document.design.prices.keys();
    given
        .filter(|item| {
            let item = item.as_str();
            !lines.iter().any(|line| {
                line.item == item || line.category == PRINTED && family(&line.item) == item
            })
        })
        .map(|item| {
            let near = nearest(item, items.iter().copied());
            let fix = match near.first() {
                Some(near) => format!("did you mean `{near}`?"),
                None => "take it out".to_owned(),
            };
            Finding::new("BOM-price-unused", item.clone())
                .severity(Severity::Warning)
                .held("no line", "one line")
                .because(format!("the bill of materials has no line with the item `{item}`"))
                .fix(fix)
                .at(format!("prices.{item}"))
                .source("the design")
        })
        .collect()
}
