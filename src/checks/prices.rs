//! BOM: does every line have a price that somebody vouches for?

use super::{Finding, Severity, Subject};
use crate::bom::{self, PRINTED, PriceBasis, Role};
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

/// Prices of the design that no line asks for: a misspelt item, most likely, unless they come from
/// a list that serves more designs than this one.
fn unused(subject: &Subject) -> Vec<Finding> {
    let lines = &subject.bom.lines;
    let document = subject.built.document;
    let mut items: Vec<String> = lines.iter().map(|line| line.item.clone()).collect();
    items.extend(bom::stock_items(&subject.built));
    let printed = lines.iter().filter(|line| line.category == PRINTED);
    items.extend(printed.map(|line| family(&line.item).to_owned()));
    let strangers: Vec<&str> =
        document.design.prices.items().filter(|item| !items.iter().any(|it| it == item)).collect();
    match &document.price_list {
        Some(list) => unused_of_list(list, &strangers).into_iter().collect(),
        None => strangers.iter().map(|item| unused_item(item, &items)).collect(),
    }
}

fn unused_item(item: &str, items: &[String]) -> Finding {
    let near = nearest(item, items.iter().map(String::as_str));
    let fix = match near.first() {
        Some(near) => format!("did you mean `{near}`?"),
        None => "take it out".to_owned(),
    };
    Finding::new("BOM-price-unused", item.to_owned())
        .severity(Severity::Warning)
        .held("no line", "one line")
        .because(format!("the bill of materials has no line with the item `{item}`"))
        .fix(fix)
        .at(format!("prices.{item}"))
        .source("the design")
}

fn unused_of_list(list: &str, strangers: &[&str]) -> Option<Finding> {
    /// More than anybody reads.
    const MOST: usize = 10;
    let named: Vec<&str> = strangers.iter().copied().take(MOST).collect();
    let more = if strangers.len() > MOST { ", …" } else { "" };
    (!strangers.is_empty()).then(|| {
        Finding::new("BOM-price-unused", list.to_owned())
            .severity(Severity::Note)
            .held(format!("{} without a line", strangers.len()), "0 without a line")
            .because(format!("the bill of materials has no line with {}{more}", named.join(", ")))
            .fix("nothing, if the list is for other designs as well")
            .at("prices")
            .source("the list of prices")
    })
}
