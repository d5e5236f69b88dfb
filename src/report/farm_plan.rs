//! The print farm's plan in words and as JSON.

use std::fmt;

use serde_json::{Value, json};

use super::columns::columns;
use crate::farm::schedule::{Clock, DAY};
use crate::farm::{Plan, PlannedJob};
use crate::units::round;

/// A plan that is to be shown.
#[derive(Debug)]
pub struct FarmPlan<'a> {
    design: &'a str,
    plan: &'a Plan,
    printers: Vec<Printer<'a>>,
}

/// What one printer does.
#[derive(Debug)]
struct Printer<'a> {
    name: &'a str,
    plates: u64,
    reprints: u64,
    busy: Clock,
    end: Clock,
}

impl FarmPlan<'_> {
    /// The plan of a design of this name.
    pub fn new<'a>(design: &'a str, plan: &'a Plan) -> FarmPlan<'a> {
        let mut printers: Vec<Printer> = Vec::new();
        for entry in &plan.entries {
            let name = entry.printer.as_str();
            let index = printers.iter().position(|it| it.name == name).unwrap_or_else(|| {
                printers.push(Printer { name, plates: 0, reprints: 0, busy: 0, end: 0 });
                printers.len() - 1
            });
            let printer = &mut printers[index];
            *(if entry.job.is_some() { &mut printer.plates } else { &mut printer.reprints }) += 1;
            printer.busy += entry.end - entry.start;
            printer.end = printer.end.max(entry.end);
        }
        // `mini-2` before `mini-10`.
        printers.sort_by_key(|printer| (printer.name.len(), printer.name));
        FarmPlan { design, plan, printers }
    }

    /// One object: `design`, `jobs`, `printers`, `homeless` and, with a schedule,
    /// `makespan_minutes`, `lower_bound_minutes` and `utilisation_percent`.
    pub fn to_json(&self) -> Value {
        let jobs = self.plan.jobs.iter().map(|job| {
            json!({
                "id": job.id,
                "copies": job.copies,
                "pieces": job.pieces,
                "minutes": round(job.minutes.0),
                "minutes_origin": job.origin.word(),
                "grams": round(job.grams.0),
                "group": self.group(job),
            })
        });
        let printers = self.printers.iter().map(|printer| {
            json!({
                "name": printer.name,
                "plates": printer.plates,
                "reprints": printer.reprints,
                "busy_minutes": printer.busy,
                "end_minute": printer.end,
            })
        });
        let mut plan = json!({
            "design": self.design,
            "jobs": jobs.collect::<Vec<_>>(),
            "printers": printers.collect::<Vec<_>>(),
            "homeless": self.plan.homeless,
        });
        if let Some(schedule) = &self.plan.schedule {
            plan["makespan_minutes"] = json!(schedule.makespan);
            plan["lower_bound_minutes"] = json!(schedule.lower_bound);
            plan["utilisation_percent"] = json!(round(schedule.utilisation * 100.0));
        }
        plan
    }

    fn group(&self, job: &PlannedJob) -> &str {
        self.plan.printers.get(job.group).map_or("", |kind| &kind.name)
    }

    fn jobs(&self) -> String {
        let head = ["job", "copies", "each", "grams", "printers"].map(str::to_owned);
        let rows = self.plan.jobs.iter().map(|job| {
            let each = format!("{} {}", hours(job.minutes.0), job.origin.word());
            let grams = format!("{:.0}", job.grams.0);
            [job.id.clone(), job.copies.to_string(), each, grams, self.group(job).to_owned()]
        });
        columns(std::iter::once(head).chain(rows), &[1, 3])
    }

    fn printers(&self) -> String {
        let head = ["printer", "plates", "reprints", "prints", "ends"].map(str::to_owned);
        let rows = self.printers.iter().map(|printer| {
            [
                printer.name.to_owned(),
                printer.plates.to_string(),
                printer.reprints.to_string(),
                hours(printer.busy as f64),
                day(printer.end),
            ]
        });
        columns(std::iter::once(head).chain(rows), &[1, 2])
    }
}

impl fmt::Display for FarmPlan<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.jobs())?;
        let plates: u64 = self.plan.jobs.iter().map(|job| job.copies).sum();
        let total = |of: fn(&PlannedJob) -> f64| -> f64 {
            self.plan.jobs.iter().map(|job| of(job) * job.copies as f64).sum()
        };
        let grams = total(|job| job.grams.0);
        let minutes = total(|job| job.minutes.0);
        writeln!(
            f,
            "{plates} plates, {:.1} kg of filament, {:.0} hours of printing\n",
            grams / 1000.0,
            minutes / 60.0
        )?;
        if !self.plan.homeless.is_empty() {
            return writeln!(f, "no printer takes {}", self.plan.homeless.join(", "));
        }
        let Some(schedule) = &self.plan.schedule else {
            return writeln!(f, "no schedule: too many plates to plan by the minute");
        };
        write!(f, "{}", self.printers())?;
        writeln!(
            f,
            "done after {}, from the first staffed hour on; no plan takes less than {} ({:.1} % above)",
            days(schedule.makespan),
            days(schedule.lower_bound),
            schedule.gap() * 100.0
        )
    }
}

/// `13 h 05`.
fn hours(minutes: f64) -> String {
    let minutes = minutes.round().max(0.0) as u64;
    format!("{} h {:02}", minutes / 60, minutes % 60)
}

fn days(minutes: Clock) -> String {
    format!("{:.1} days", minutes as f64 / DAY as f64)
}

/// The day and the hour of a minute, days counted from 1 and hours from the first shift's begin.
fn day(at: Clock) -> String {
    format!("day {} +{}:{:02}", at / DAY + 1, at % DAY / 60, at % 60)
}
