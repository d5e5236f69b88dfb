//! FARM: can the printers do all that, in time, and with what filament?

use super::{Finding, Severity, Subject};
use crate::farm::schedule::{Clock, DAY};
use crate::farm::{BAND_ABOVE, BAND_BELOW, MOST_PLATES, Origin};

/// Printers for each part, the schedule, the deadline, the spools.
pub fn check(subject: &Subject) -> Vec<Finding> {
    let mut findings: Vec<Finding> =
        (0..subject.built.prints.len()).filter_map(|print| printers(subject, print)).collect();
    findings.push(schedule(subject));
    findings.extend(deadline(subject));
    findings.extend(spools(subject));
    findings.extend(sliced(subject));
    findings
}

/// Which printers take a part, and how many go on a bed.
fn printers(subject: &Subject, index: usize) -> Option<Finding> {
    let (print, plan) = (&subject.built.prints[index], subject.built.plan);
    let name = print.part.name.as_str();
    print.mesh.as_ref()?;
    let finding = Finding::new("FARM-printers", name).at("printing.printers").source("farm plan");
    if plan.homeless.iter().any(|part| part == name) {
        if !plan.printers.iter().any(|kind| super::print::fits(print.part.size, kind.bed)) {
            // PRT-bed says so.
            return None;
        }
        return Some(
            finding
                .severity(Severity::Error)
                .held("no printer", "one printer")
                .because(format!(
                    "no printer of the design has a bed for it and prints {}",
                    print.part.material
                ))
                .fix("a larger printer, smaller margins, or its material with a printer's `materials`"),
        );
    }
    let beds = plan.capacity.get(index)?.iter().zip(&plan.printers);
    let named: Vec<String> = beds
        .filter(|(capacity, _)| **capacity > 0)
        .map(|(capacity, kind)| format!("{capacity} on a {}", kind.model))
        .collect();
    Some(
        finding
            .held(format!("{} of {} kinds of printers", named.len(), plan.printers.len()), "1 kind")
            .because(format!("a full plate holds {}", named.join(", "))),
    )
}

/// Days, to a tenth.
fn days(at: Clock) -> String {
    format!("{:.1} days", at as f64 / DAY as f64)
}

fn schedule(subject: &Subject) -> Finding {
    let plan = subject.built.plan;
    let finding = Finding::new("FARM-schedule", "print farm")
        .at("printing.printers")
        .source("farm/schedule.csv");
    let Some(schedule) = &plan.schedule else {
        let copies: u64 = plan.jobs.iter().map(|job| job.copies).sum();
        return if plan.homeless.is_empty() && copies > 0 {
            finding
                .severity(Severity::Note)
                .held(format!("{copies} plates"), format!("{MOST_PLATES} plates"))
                .because(
                    "more plates than are planned one by one: there is a queue, but no schedule",
                )
                .fix("fewer boards, or several designs")
        } else {
            finding
                .severity(Severity::Note)
                .held("no schedule", "all parts printed")
                .because("some part has no printer, or there is nothing to print")
                .fix("see FARM-printers and PRT-bed")
        };
    };
    let printers: u32 = plan.printers.iter().map(|kind| kind.count).sum();
    let busy: Clock = schedule.runs.iter().map(|run| run.end - run.start).sum();
    let staffed = &subject.built.document.design.printing.staffed;
    let estimated = plan.jobs.iter().any(|job| job.origin == Origin::Estimated);
    let band = if estimated {
        format!(
            "; estimated minutes may be off by −{:.0} to +{:.0} %",
            BAND_BELOW * 100.0,
            BAND_ABOVE * 100.0
        )
    } else {
        String::new()
    };
    finding.held(days(schedule.makespan), format!("{} at the least", days(schedule.lower_bound))).because(
        format!(
            "{} plates, {:.0} printer-hours on {printers} printers, staffed {} a day and {} days a week, \
             {:.0} % of the time printing; one printer alone would take {} or more{band}",
            schedule.runs.len(),
            busy as f64 / 60.0,
            staffed.hours_per_day,
            staffed.days_per_week,
            schedule.utilisation * 100.0,
            days(busy),
        ),
    )
}

fn deadline(subject: &Subject) -> Option<Finding> {
    let wanted = subject.built.document.design.printing.deadline_days?;
    let schedule = subject.built.plan.schedule.as_ref()?;
    let limit = Clock::from(wanted) * DAY;
    let finding = Finding::new("FARM-deadline", "print farm")
        .held(days(schedule.makespan), days(limit))
        .below(schedule.makespan as f64, limit as f64)
        .at("printing.deadline_days")
        .source("the design");
    let because = format!(
        "the last plate ends after {}; no schedule takes less than {}",
        days(schedule.makespan),
        days(schedule.lower_bound)
    );
    if schedule.makespan <= limit {
        return Some(finding.because(because));
    }
    let printers: u32 = subject.built.plan.printers.iter().map(|kind| kind.count).sum();
    let needed = (f64::from(printers) * schedule.makespan as f64 / limit as f64).ceil();
    Some(finding.severity(Severity::Error).because(because).fix(format!(
        "about {needed:.0} printers instead of {printers}, longer staffed hours, or {} days",
        schedule.makespan.div_ceil(DAY)
    )))
}

fn spools(subject: &Subject) -> Option<Finding> {
    subject.built.plan.schedule.as_ref()?;
    let bought = subject.built.plan.spools_to_buy();
    let total: u64 = bought.iter().map(|(.., count)| count).sum();
    let grams: f64 =
        subject.built.plan.jobs.iter().map(|job| job.grams.0 * job.copies as f64).sum();
    let listed = bought.iter().map(|(material, colour, count)| {
        let colour = colour.map(|colour| format!(" in {colour}")).unwrap_or_default();
        format!("{count} × {material}{colour}")
    });
    Some(
        Finding::new("FARM-spools", "filament")
            .held(format!("{total} spools"), format!("{:.1} kg printed", grams / 1000.0))
            .because(format!(
                "{}; no plate is started that its spool would not last for, and farm/spools.csv says \
                 which spool goes where and when",
                listed.collect::<Vec<_>>().join(", ")
            ))
            .at("printing.printers")
            .source("farm/spools.csv"),
    )
}

/// Are the sliced times that the design names those of its parts?
fn sliced(subject: &Subject) -> Option<Finding> {
    let file = subject.built.document.design.printing.sliced.as_ref()?;
    let mut parts: Vec<(&str, bool)> = Vec::new();
    for job in &subject.built.plan.jobs {
        let (name, known) =
            (subject.built.prints[job.print].part.name.as_str(), job.origin != Origin::Estimated);
        match parts.iter_mut().find(|part| part.0 == name) {
            Some(part) => part.1 &= known,
            None => parts.push((name, known)),
        }
    }
    let known = parts.iter().filter(|(_, known)| *known).count();
    let finding = Finding::new("FARM-sliced", "print farm")
        .held(format!("{known} of {} parts", parts.len()), format!("{} parts", parts.len()))
        .at("printing.sliced")
        .source(format!("`{file}`"));
    let estimated: Vec<&str> =
        parts.iter().filter(|(_, known)| !known).map(|(name, _)| *name).collect();
    Some(if estimated.is_empty() {
        finding.because("all minutes are sliced or measured")
    } else {
        finding
            .severity(Severity::Note)
            .because(format!(
                "as they are now, with these printers, `{file}` does not have {}, whose minutes are \
                 estimated",
                estimated.join(", ")
            ))
            .fix("slice again: `pibuild farm slice`")
    })
}
