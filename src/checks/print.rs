//! PRT: can the printers make the parts?

use super::{Finding, Severity, Subject};
use crate::catalog::{Printer, nearest};
use crate::farm::{Print, family};
use crate::parts::{Made, Part};
use crate::units::Mm;

const OWN_RULE: &str = "design rule of pibuild";

/// Every part on every printer's bed, and measured minutes of parts that there are not.
pub fn check(subject: &Subject) -> Vec<Finding> {
    let parts = || subject.built.prints.iter().map(|print| &print.part);
    let mut findings: Vec<Finding> = parts().filter_map(model).collect();
    findings.extend(parts().map(|part| bed(subject, part)));
    findings.extend(coupon(subject));
    findings.extend(unused_minutes(subject));
    findings
}

/// What is tried first, and what for.
fn coupon(subject: &Subject) -> Option<Finding> {
    let tried = |print: &&Print| matches!(print.part.made, Made::PerDesign(_));
    let first = subject.built.prints.iter().find(tried)?;
    let estimate = first.estimate()?;
    let spares = u64::from(subject.built.document.design.spares.banks);
    let banks = u64::from(subject.built.layout.banks.value) + spares;
    let others = || subject.built.prints.iter().filter(|print| !tried(print));
    let pieces: u64 = others().map(|print| print.part.made.pieces(banks)).sum();
    let minutes: f64 = others()
        .filter_map(|print| {
            let each = print.estimate()?.minutes.0;
            Some(each * print.part.made.pieces(banks) as f64)
        })
        .sum();
    let clearances = subject.built.cluster.coupon.clearances.iter();
    let clearances: Vec<String> = clearances.map(|it| it.value.to_string()).collect();
    Some(
        Finding::new("PRT-coupon", first.part.name.as_str())
            .held(format!("{:.0} min", estimate.minutes.0), format!("{:.0} h", minutes / 60.0))
            .because(format!(
                "first in the queue: the rail with {} of clearance, a standoff, an insert and a \
                 nut, before {pieces} other pieces are printed with what it tells",
                clearances.join(", ")
            ))
            .at("caddy.clearance")
            .source(OWN_RULE),
    )
}

/// Measured minutes that no part asks for: a misspelt part, most likely.
fn unused_minutes(subject: &Subject) -> Vec<Finding> {
    let known: Vec<&str> = subject
        .built
        .prints
        .iter()
        .flat_map(|print| [print.part.name.as_str(), family(&print.part.name)])
        .collect();
    let given = subject.built.document.design.printing.minutes.keys();
    given
        .filter(|part| !known.contains(&part.as_str()))
        .map(|part| {
            let near = nearest(part, known.iter().copied());
            let fix = match near.first() {
                Some(near) => format!("did you mean `{near}`?"),
                None => format!("take it out; the parts are {}", known.join(", ")),
            };
            Finding::new("PRT-minutes-unused", part.clone())
                .severity(Severity::Warning)
                .held("no part", "one part")
                .because(format!("this design prints no `{part}`"))
                .fix(fix)
                .at(format!("printing.minutes.{part}"))
                .source("the design")
        })
        .collect()
}

/// A part that could not be modelled.
fn model(part: &Part) -> Option<Finding> {
    let problem = part.solid.as_ref().err()?;
    Some(
        Finding::new("PRT-model", &part.name)
            .severity(Severity::Error)
            .held("no solid", "one solid")
            .because(problem.to_string())
            .fix("the part's numbers contradict each other: see the other findings")
            .at("caddy")
            .source("geometry"),
    )
}

fn bed(subject: &Subject, part: &Part) -> Finding {
    let [x, y, z] = part.size;
    let needed = format!("{:.1} × {:.1} × {:.1} mm", x.mm(), y.mm(), z.mm());
    let printers: Vec<&Printer> = subject
        .built
        .document
        .design
        .printing
        .printers
        .iter()
        .filter_map(|used| subject.built.document.catalog.printers.get(&used.model))
        .collect();
    let name_beds = |printers: &[&Printer]| {
        let listed = printers.iter().map(|printer| {
            let [x, y, z] = printer.bed.map(Mm::mm);
            format!("{} ({x} × {y} × {z})", printer.name)
        });
        listed.collect::<Vec<_>>().join(", ")
    };
    let (fitting, failing): (Vec<&Printer>, Vec<&Printer>) =
        printers.iter().partition(|printer| fits(part.size, printer.bed));
    let finding =
        Finding::new("PRT-bed", &part.name).at("printing.printers").source("catalogue of printers");
    if fitting.is_empty() {
        finding
            .severity(Severity::Error)
            .held(needed, name_beds(&failing))
            .because(format!(
                "tried flat, turned and on the diagonal on {}; none takes it",
                name_beds(&failing)
            ))
            .fix("smaller parts (fewer boards to a caddy), or a larger printer")
            .at(if family(&part.name) == "caddy" {
                "caddy.pis_per_caddy"
            } else {
                "printing.printers"
            })
    } else {
        let note = if failing.is_empty() {
            String::new()
        } else {
            format!("; too large for {}", name_beds(&failing))
        };
        finding.held(needed, name_beds(&fitting)).because(format!(
            "{} of {} printer models take it{note}",
            fitting.len(),
            printers.len()
        ))
    }
}

/// Does a box fit a bed, turned by any angle?
///
/// A rectangle p × q (p the longer) fits into a × b (a the longer) if p ≤ a and q ≤ b, or, turned,
/// if p > a and b ≥ (2pqa + (p² − q²)√(p² + q² − a²)) / (p² + q²).
/// Source: J. E. Wetzel, Rectangles in Rectangles, Mathematics Magazine 73 (2000).
pub(super) fn fits(size: [Mm; 3], bed: [Mm; 3]) -> bool {
    let order = |one: Mm, other: Mm| (one.max(other).mm(), one.min(other).mm());
    let (p, q) = order(size[0], size[1]);
    let (a, b) = order(bed[0], bed[1]);
    if size[2] > bed[2] || q > b {
        return false;
    }
    let diagonal = p * p + q * q;
    p <= a || (diagonal - a * a).sqrt() * (p * p - q * q) + 2.0 * p * q * a <= b * diagonal
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mm(values: [f64; 3]) -> [Mm; 3] {
        values.map(Mm::from_mm)
    }

    #[test]
    fn a_long_thin_part_fits_on_the_diagonal() {
        assert!(fits(mm([300.0, 10.0, 5.0]), mm([250.0, 210.0, 210.0])));
        assert!(!fits(mm([330.0, 10.0, 5.0]), mm([250.0, 210.0, 210.0])));
    }

    #[test]
    fn a_one_piece_bank_fits_no_bed_up_to_350() {
        assert!(!fits(mm([432.0, 86.0, 87.0]), mm([350.0, 350.0, 350.0])));
    }

    #[test]
    fn height_counts() {
        assert!(!fits(mm([10.0, 10.0, 211.0]), mm([250.0, 210.0, 210.0])));
    }
}
