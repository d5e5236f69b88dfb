//! What can be asked for with `explain`.

use super::Plan;
use crate::cluster::{Known, Ledger, Named};
use crate::farm::schedule::Clock;
use crate::spec::Document;
use crate::units::{Minutes, Ratio};

/// Records printers, minutes, the end and how good it is.
pub(super) fn record(document: &Document, plan: &Plan, ledger: &mut Ledger) {
    let printing = &document.design.printing;
    let hours = ledger.given("printing.staffed.hours_per_day", printing.staffed.hours_per_day);
    let days = ledger.given("printing.staffed.days_per_week", printing.staffed.days_per_week);
    let changeover = ledger.given("printing.changeover", printing.changeover);
    let spool = ledger.given("printing.spool_change", printing.spool_change);
    let failures = ledger.given("printing.failure_rate", printing.failure_rate);
    let printers: u32 = plan.printers.iter().map(|kind| kind.count).sum();
    let printers = ledger.derive("farm.printers", "printers of all kinds", &[], printers);
    let mut minutes: Vec<Known<Minutes>> = Vec::new();
    for job in &plan.jobs {
        let name = format!("farm.minutes.{}", job.id);
        let formula = format!(
            "{} pieces of {}, {}",
            job.pieces,
            job.minutes / f64::from(job.pieces),
            job.origin.word()
        );
        minutes.push(ledger.derive(&name, formula, &[], job.minutes));
    }
    let Some(schedule) = &plan.schedule else { return };
    let mut inputs: Vec<&dyn Named> =
        vec![&printers, &hours, &days, &changeover, &spool, &failures];
    inputs.extend(minutes.iter().map(|known| known as &dyn Named));
    let whole = |clock: Clock| Minutes(clock as f64);
    let makespan = ledger.derive(
        "farm.makespan",
        "end of the last plate in farm/schedule.csv and farm/reprints.csv, from the first shift on",
        &inputs,
        whole(schedule.makespan),
    );
    let bound = ledger.derive(
        "farm.lower_bound",
        "no schedule of such plates ends sooner: until then printers cannot have earned what all pieces \
         are worth, whichever plates they print, with nights, weekends and repairs as they are",
        &inputs,
        whole(schedule.lower_bound),
    );
    let gap = Ratio(schedule.gap());
    ledger.derive("farm.gap", "makespan ÷ lower bound − 1", &[&makespan, &bound], gap);
    let utilisation = Ratio(schedule.utilisation);
    let formula = "printing time ÷ (printers × makespan)";
    ledger.derive("farm.utilisation", formula, &[&printers, &makespan], utilisation);
    let spools = u32::try_from(plan.spools.len()).unwrap_or(u32::MAX);
    ledger.derive(
        "farm.spools",
        "spools put on, each printed until the next plate needs more",
        &[&makespan],
        spools,
    );
}
