//! FIT: do the racks hold what the design puts into them?

use std::cmp::Ordering;

use super::{Finding, Severity, Subject};
use crate::spec::Auto;

/// Rack units, and places for boards.
pub fn check(subject: &Subject) -> Vec<Finding> {
    let mut findings = rack_units(subject);
    findings.extend(too_few_racks(subject));
    findings.push(boards(subject));
    findings
}

/// One finding for all racks that fit, one for each that does not.
fn rack_units(subject: &Subject) -> Vec<Finding> {
    let racks = &subject.built.layout.racks;
    let model = &subject.built.cluster.opening;
    let describe = |finding: Finding, used: u32, usable: u32| {
        finding
            .held(format!("{used}U"), format!("{usable}U"))
            .below(f64::from(used), f64::from(usable))
            .because(format!(
                "{} has {}, of which its base keeps {}",
                model.rack.name, model.rack.units, model.rack.base_units
            ))
            .source(model.rack.source.clone())
    };
    let (full, fitting): (Vec<_>, Vec<_>) = racks.iter().partition(|rack| rack.used > rack.usable);
    let mut findings: Vec<Finding> = full
        .iter()
        .map(|rack| {
            let over = rack.used.0 - rack.usable.0;
            describe(
                Finding::new("FIT-rack-units", format!("rack {}", rack.number)),
                rack.used.0,
                rack.usable.0,
            )
            .severity(Severity::Error)
            .fix(format!("{over}U too many: take something out, or use a taller rack"))
            .at(format!("racks.contents.{}", rack.number))
        })
        .collect();
    if let Some(fullest) = fitting.iter().max_by_key(|rack| rack.used) {
        let subject = match fitting.len() {
            1 => format!("rack {}", fullest.number),
            many => format!("{many} racks; rack {} is the fullest", fullest.number),
        };
        findings.push(
            describe(Finding::new("FIT-rack-units", subject), fullest.used.0, fullest.usable.0)
                .at("racks.contents"),
        );
    }
    findings
}

/// More racks are needed than the design says there are; contents that are written are compared when
/// the design is read.
fn too_few_racks(subject: &Subject) -> Option<Finding> {
    let racks = &subject.built.document.design.racks;
    let Auto::Set(given) = racks.count else { return None };
    let needed = u32::try_from(subject.built.layout.racks.len()).unwrap_or(u32::MAX);
    if needed <= given {
        return None;
    }
    let usable = subject.built.layout.racks.first().map_or(0, |rack| rack.usable.0);
    let used: u32 = subject.built.layout.racks.iter().map(|rack| rack.used.0).sum();
    Some(
        Finding::new("FIT-rack-units", "racks that everything goes into")
            .severity(Severity::Error)
            .held(format!("{needed} racks"), format!("{given} racks"))
            .below(f64::from(needed), f64::from(given))
            .because(format!(
                "`racks.contents: auto` places {used}U; {given} racks of {usable}U offer {}U",
                given * usable
            ))
            .fix(format!("racks.count: {needed}"))
            .at("racks.count")
            .source("the design"),
    )
}

fn boards(subject: &Subject) -> Finding {
    let layout = subject.built.layout;
    let (boards, places) = (layout.boards.value, layout.places.value);
    let per_bank = subject.built.cluster.bank.boards.value;
    let finding = Finding::new("FIT-boards", "boards and places for them")
        .held(boards, places)
        .below(f64::from(boards), f64::from(places))
        .because(format!("{} banks × {per_bank} boards = {places} places", layout.banks.value))
        .at("pis")
        .source("the design");
    match boards.cmp(&places) {
        Ordering::Greater => {
            let banks = boards.div_ceil(per_bank.max(1));
            finding.severity(Severity::Error).fix(format!(
                "{} boards have no place: {banks} banks would hold them",
                boards - places
            ))
        }
        Ordering::Less => {
            finding.severity(Severity::Note).fix(format!("{} places stay empty", places - boards))
        }
        Ordering::Equal => finding,
    }
}
