//! The verdict: small pure functions from the worked-out design to findings.
//!
//! Promise: every check reports, passes included; every finding has a place in the design, the
//! formula with its numbers, and, where one can be computed, the change that would pass. One file a
//! family; a new family is a file and a line in [`run`].

mod air;
mod codes;
mod cut;
mod farm;
mod finding;
mod fit_bank;
mod fit_caddy;
mod fit_fasteners;
mod fit_rack;
mod interference;
mod links;
mod load;
mod network;
mod power;
mod power_chain;
mod prices;
mod print;
mod print_shape;
mod shell;
mod transport;

use crate::air::Air;
use crate::assembly::Assembly;
use crate::bom::Bom;
use crate::built::Built;
use crate::cluster::Ledger;
use crate::load::Load;
use crate::power::PowerPlan;

pub use codes::{CODES, Code};
pub use finding::{Finding, Severity};

/// Everything that checks read.
pub struct Subject<'a> {
    /// What stands where.
    pub built: Built<'a>,
    /// Volts, circuits, switching on.
    pub power: &'a PowerPlan,
    /// How warm it gets.
    pub air: &'a Air,
    /// What it weighs and how it stands.
    pub load: &'a Load,
    /// Where every solid stands.
    pub assembly: &'a Assembly,
    /// What is bought and made.
    pub bom: &'a Bom,
    /// Every number.
    pub ledger: &'a Ledger,
}

impl Subject<'_> {
    /// A remark on the unverified numbers that a quantity rests on; empty if there are none.
    fn doubt(&self, quantity: &str) -> String {
        let found = self.ledger.unverified(quantity);
        if found.is_empty() {
            return String::new();
        }
        let short = found.iter().map(|name| name.trim_start_matches("catalog."));
        format!(" (unverified: {})", short.collect::<Vec<_>>().join(", "))
    }
}

/// Runs all checks: worst first, and of those alike the one furthest outside its limit.
pub fn run(subject: &Subject) -> Vec<Finding> {
    let mut findings: Vec<Finding> = [
        fit_bank::check(subject),
        fit_caddy::check(subject),
        fit_fasteners::check(subject),
        fit_rack::check(subject),
        interference::check(subject),
        print::check(subject),
        print_shape::check(subject),
        farm::check(subject),
        power::check(subject),
        power_chain::check(subject),
        network::check(subject),
        links::check(subject),
        air::check(subject),
        shell::check(subject),
        load::check(subject),
        transport::check(subject),
        cut::check(subject),
        prices::check(subject),
    ]
    .into_iter()
    .flatten()
    .collect();
    let places = &subject.built.document.places;
    for finding in &mut findings {
        if let Some((path, place)) = places.nearest(&finding.path) {
            finding.path = path;
            finding.line = Some(place.line);
        } else {
            // A section that was left out altogether: the version line, which every design has.
            finding.line = places.key("pibuild").map(|place| place.line);
        }
    }
    findings.sort_by(|a, b| {
        let margin = |it: &Finding| it.margin_percent.unwrap_or(f64::INFINITY);
        a.severity
            .cmp(&b.severity)
            .then(margin(a).total_cmp(&margin(b)))
            .then_with(|| (a.code, &a.subject).cmp(&(b.code, &b.subject)))
    });
    findings
}
