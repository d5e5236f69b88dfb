//! The print farm's plan: which plates, on which printers, when.
//!
//! Promise: plates of one part each, of one filament each; all that is ordered is on them once, and
//! what is expected to fail is scheduled on top. A farm of more plates than [`MOST_PLATES`] gets its
//! plates, but no schedule.

mod jobs;
mod orders;
mod record;

use nalgebra::Isometry3;

use super::estimate::family;
use super::print::Print;
use super::queue::Origin;
use super::schedule::{self, Clock, Farm, Order, Run, Schedule, Shifts};
use crate::cluster::Ledger;
use crate::parts::Made;
use crate::spec::{Document, PrinterUse};
use crate::units::{Grams, Minutes, Mm};

pub use orders::expected_reprints;
use orders::{kinds, least_plates, without_schedule};
use record::record;

/// More than this is no farm that one plans by the minute.
pub const MOST_PLATES: u64 = 50_000;

/// Is it printed before all others, as what tells whether a printer's holes and fits are right?
fn comes_first(print: &Print) -> bool {
    matches!(print.part.made, Made::PerDesign(_))
}

/// The plan.
#[derive(Clone, Debug, Default)]
pub struct Plan {
    /// Distinct plates, in the order of their parts.
    pub jobs: Vec<PlannedJob>,
    /// Kinds of printers.
    pub printers: Vec<PrinterKind>,
    /// How many of each print go on a bed of each kind.
    pub capacity: Vec<Vec<u32>>,
    /// Parts that no printer takes.
    pub homeless: Vec<String>,
    /// When what is printed; `None` if something cannot be, or if there is too much.
    pub schedule: Option<Schedule>,
    /// The schedule's plates, in its order.
    pub entries: Vec<Entry>,
    /// When a spool is put on, in order.
    pub spools: Vec<SpoolChange>,
    /// When somebody is there.
    pub shifts: Option<Shifts>,
}

/// A kind of printers.
#[derive(Clone, Debug)]
pub struct PrinterKind {
    /// Catalogue id of the model.
    pub model: String,
    /// How many.
    pub count: u32,
    /// Name that printers and jobs know the group by: the model, numbered if it comes up twice.
    pub name: String,
    /// Printable volume.
    pub bed: [Mm; 3],
    /// Diameter of the nozzle.
    pub nozzle: Mm,
}

/// A distinct plate.
#[derive(Clone, Debug)]
pub struct PlannedJob {
    /// Stable name: the part, the pieces, and the printers if there are several kinds.
    pub id: String,
    /// Number of the print.
    pub print: usize,
    /// Number of the kind of printers.
    pub group: usize,
    /// Pieces on it.
    pub pieces: u32,
    /// How often it is printed.
    pub copies: u64,
    /// From the part's coordinates to the bed's, a motion a piece.
    pub places: Vec<Isometry3<f64>>,
    /// Filament of one copy.
    pub grams: Grams,
    /// Time of one copy.
    pub minutes: Minutes,
    /// Where the minutes come from.
    pub origin: Origin,
    /// Lower numbers are printed first.
    pub priority: u32,
    /// Colour of the filament, if the design says.
    pub colour: Option<String>,
}

/// One plate of the schedule.
#[derive(Clone, Debug)]
pub struct Entry {
    /// Name of the printer.
    pub printer: String,
    /// Number of the job; `None` if the plate makes up for failures.
    pub job: Option<usize>,
    /// The part.
    pub part: String,
    /// Pieces on it.
    pub pieces: u32,
    /// Where its minutes come from.
    pub origin: Origin,
    /// First minute of printing.
    pub start: Clock,
    /// First minute after it.
    pub end: Clock,
}

/// A spool that is put on a printer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SpoolChange {
    /// When the plate starts that needs it.
    pub at: Clock,
    /// On which printer.
    pub printer: String,
    /// Catalogue id of the filament.
    pub material: String,
    /// Its colour, if the design says.
    pub colour: Option<String>,
}

/// What one order of the schedule stands for.
#[derive(Clone, Copy)]
struct Meaning {
    print: usize,
    reprint: bool,
}

impl Plan {
    /// Plans all pieces: `wanted` says how many of each print.
    pub fn new(document: &Document, prints: &[Print], wanted: &[u64], ledger: &mut Ledger) -> Plan {
        let planner = Planner { document, prints, kinds: kinds(document) };
        let full = planner.full_plates();
        let mut plan = Plan { printers: planner.kinds.clone(), ..Plan::default() };
        let counts =
            |full: &Vec<Vec<Isometry3<f64>>>| full.iter().map(|it| it.len() as u32).collect();
        plan.capacity = full.iter().map(counts).collect();
        let (mut orders, mut meanings) = (Vec::new(), Vec::new());
        for (index, print) in prints.iter().enumerate().filter(|it| wanted[it.0] > 0) {
            let on = planner.batches(index, wanted[index], &full[index]);
            if on.iter().all(Option::is_none) {
                plan.homeless.push(print.part.name.clone());
                continue;
            }
            let rank = u32::from(!comes_first(print));
            let rate = document.design.printing.failure_rate;
            let again = expected_reprints(print, wanted[index], rate);
            for (pieces, reprint) in [(wanted[index], false), (again, true)] {
                orders.push(Order { pieces, rank, on: on.clone() });
                meanings.push(Meaning { print: index, reprint });
            }
        }
        let printing = &document.design.printing;
        let whole = |minutes: Minutes| minutes.0.round().max(0.0) as Clock;
        let hours = (printing.staffed.hours_per_day.0 * 60.0).round() as Clock;
        let farm = Farm {
            groups: planner.groups(),
            shifts: Shifts::new(hours, printing.staffed.days_per_week),
            changeover: whole(printing.changeover),
            spool_change: whole(printing.spool_change),
            orders,
        };
        plan.shifts = Some(farm.shifts);
        let plates: u64 = farm.orders.iter().map(least_plates).sum();
        if plan.homeless.is_empty() && plates <= MOST_PLATES {
            plan.schedule = schedule::schedule(&farm);
        }
        let runs: Vec<Run> = match &plan.schedule {
            Some(schedule) => schedule.runs.clone(),
            None => without_schedule(&farm),
        };
        planner.jobs(&mut plan, &runs, &meanings, &full);
        if plan.schedule.is_some() {
            planner.entries(&mut plan, &runs, &meanings);
        }
        record(document, &plan, ledger);
        plan
    }

    /// Spools to buy, by filament and colour.
    pub fn spools_to_buy(&self) -> Vec<(&str, Option<&str>, u64)> {
        let mut found: Vec<(&str, Option<&str>, u64)> = Vec::new();
        for change in &self.spools {
            let (material, colour) = (change.material.as_str(), change.colour.as_deref());
            match found.iter_mut().find(|it| (it.0, it.1) == (material, colour)) {
                Some(known) => known.2 += 1,
                None => found.push((material, colour, 1)),
            }
        }
        found.sort_unstable();
        found
    }
}

struct Planner<'a> {
    document: &'a Document,
    prints: &'a [Print],
    kinds: Vec<PrinterKind>,
}

impl Planner<'_> {
    fn used(&self, group: usize) -> Option<&PrinterUse> {
        let known = |used: &&PrinterUse| self.document.catalog.printers.contains_key(&used.model);
        self.document.design.printing.printers.iter().filter(known).nth(group)
    }

    fn colour(&self, print: &Print) -> Option<String> {
        let colours = &self.document.design.printing.colours;
        let name = print.part.name.as_str();
        colours.get(name).or_else(|| colours.get(family(name))).cloned()
    }
}
