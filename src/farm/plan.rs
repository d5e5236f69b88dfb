//! The print farm's plan: which plates, on which printers, when.
//!
//! Promise: plates of one part each, of one filament each; all that is ordered is on them once, and
//! what is expected to fail is scheduled on top. A farm of more plates than [`MOST_PLATES`] gets its
//! plates, but no schedule.

use nalgebra::Isometry3;

use super::estimate::family;
use super::plates::{self, Room};
use super::print::Print;
use super::queue::Origin;
use super::schedule::{self, Batch, Clock, DAY, Down, Farm, Group, Order, Run, Schedule, Shifts};
use crate::cluster::{Known, Ledger, Named};
use crate::parts::Made;
use crate::spec::{Document, PrinterUse};
use crate::units::{Grams, Kilograms, Minutes, Mm, Ratio};

/// More than this is no farm that one plans by the minute.
pub const MOST_PLATES: u64 = 50_000;
/// So many pieces on one plate are looked at.
const MOST_PIECES: usize = 200;
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

/// What one expects to print again of so many pieces, so that enough come out well. What is printed
/// to try is not printed again.
pub fn expected_reprints(print: &Print, pieces: u64, rate: Ratio) -> u64 {
    if comes_first(print) {
        return 0;
    }
    let rate = rate.0.clamp(0.0, 0.9);
    (pieces as f64 * rate / (1.0 - rate) - 1e-9).ceil().max(0.0) as u64
}

fn least_plates(order: &Order) -> u64 {
    let largest = order.on.iter().flatten().map(Batch::largest).max().unwrap_or(1);
    order.pieces.div_ceil(u64::from(largest))
}

/// The design's printers.
fn kinds(document: &Document) -> Vec<PrinterKind> {
    let printing = &document.design.printing;
    let mut kinds: Vec<PrinterKind> = Vec::new();
    for used in &printing.printers {
        let Some(printer) = document.catalog.printers.get(&used.model) else { continue };
        let before = kinds.iter().filter(|kind| kind.model == used.model).count();
        let name = match before {
            0 => used.model.clone(),
            _ => format!("{}-{}", used.model, before + 1),
        };
        kinds.push(PrinterKind {
            model: used.model.clone(),
            count: used.count,
            name,
            bed: printer.bed,
            nozzle: used.nozzle.unwrap_or(printing.nozzle),
        });
    }
    kinds
}

/// Full plates one after the other, for a farm that is not scheduled: only their numbers matter.
fn without_schedule(farm: &Farm) -> Vec<Run> {
    let mut runs = Vec::new();
    for (order, own) in farm.orders.iter().enumerate() {
        let on = own.on.iter().enumerate();
        let largest = on.filter_map(|(group, batch)| Some((batch.as_ref()?.largest(), group)));
        let Some((size, group)) = largest.max_by_key(|(size, group)| (*size, usize::MAX - group))
        else {
            continue;
        };
        let mut left = own.pieces;
        // One run stands for each distinct plate; `end` carries how often.
        let mut push = |pieces: u32, copies: u64| {
            if pieces > 0 && copies > 0 {
                let run = Run {
                    group,
                    printer: 0,
                    order,
                    pieces,
                    start: 0,
                    end: copies,
                    new_spool: false,
                };
                runs.push(run);
            }
        };
        push(size, left / u64::from(size));
        left %= u64::from(size);
        push(left as u32, 1);
    }
    runs
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

    /// The full plate of each print on each kind's bed. Kinds with the same bed share it.
    fn full_plates(&self) -> Vec<Vec<Vec<Isometry3<f64>>>> {
        let printing = &self.document.design.printing;
        let brims = printing.brim * 2;
        let room =
            Room { gap: printing.clearance + brims, margin: printing.margin + printing.brim };
        let of = |print: &Print| {
            let Some(mesh) = &print.mesh else { return vec![Vec::new(); self.kinds.len()] };
            let mut known: Vec<([Mm; 3], Vec<Isometry3<f64>>)> = Vec::new();
            for kind in &self.kinds {
                if !known.iter().any(|(bed, _)| *bed == kind.bed) {
                    known.push((kind.bed, plates::full(mesh, kind.bed, room)));
                }
            }
            let place = |kind: &PrinterKind| {
                let found = known.iter().find(|(bed, _)| *bed == kind.bed);
                found.map(|(_, places)| places.clone()).unwrap_or_default()
            };
            self.kinds.iter().map(place).collect()
        };
        self.prints.iter().map(of).collect()
    }

    /// How each kind prints a part.
    fn batches(
        &self,
        index: usize,
        wanted: u64,
        full: &[Vec<Isometry3<f64>>],
    ) -> Vec<Option<Batch>> {
        let print = &self.prints[index];
        let batch = |group: usize| {
            let used = self.used(group)?;
            let estimate = print.estimates.get(group)?;
            let material = &print.part.material;
            if !used.materials.is_empty() && !used.materials.contains(material) {
                return None;
            }
            let spool = self.document.catalog.materials.get(material);
            let spool = spool.map_or(Kilograms(1.0), |material| material.spool.value);
            let spools = estimate.grams.0 / (spool.0 * 1000.0).max(1.0);
            // Nobody changes a spool in the night: a plate takes one at most.
            let by_spool = if spools > 0.0 { (1.0 / spools) as usize } else { MOST_PIECES };
            let longest = self.document.design.printing.longest_plate.0 * 60.0;
            let by_time = ((longest / estimate.minutes.0.max(0.1)) as usize).max(1);
            let most = full[group].len().min(by_spool).min(by_time).min(MOST_PIECES);
            let most = (most as u64).min(wanted) as u32;
            (most > 0).then(|| Batch {
                minutes: estimate.minutes.0,
                sizes: sizes(most),
                spools,
                filament: self.filament(index),
            })
        };
        (0..self.kinds.len()).map(batch).collect()
    }

    /// The number of a part's filament: material and colour.
    fn filament(&self, index: usize) -> usize {
        let key = |print: &Print| (print.part.material.clone(), self.colour(print));
        let own = key(&self.prints[index]);
        self.prints.iter().position(|print| key(print) == own).unwrap_or(index)
    }

    fn colour(&self, print: &Print) -> Option<String> {
        let colours = &self.document.design.printing.colours;
        let name = print.part.name.as_str();
        colours.get(name).or_else(|| colours.get(family(name))).cloned()
    }

    fn groups(&self) -> Vec<Group> {
        let group = |(index, kind): (usize, &PrinterKind)| {
            let downs = self.used(index).map(|used| used.down.as_slice()).unwrap_or_default();
            let down = downs.iter().flat_map(|down| {
                let from = Clock::from(down.day.saturating_sub(1)) * DAY;
                let to = from + Clock::from(down.days) * DAY;
                let out = 0..down.printers.min(kind.count) as usize;
                out.map(move |printer| Down { printer, from, to })
            });
            Group { printers: kind.count as usize, down: down.collect() }
        };
        self.kinds.iter().enumerate().map(group).collect()
    }

    /// Gathers equal plates. Reprints take plates of the order where there are any.
    fn jobs(
        &self,
        plan: &mut Plan,
        runs: &[Run],
        meanings: &[Meaning],
        full: &[Vec<Vec<Isometry3<f64>>>],
    ) {
        let scheduled = plan.schedule.is_some();
        let mut keys: Vec<(usize, usize, u32, u64)> = Vec::new();
        for run in runs.iter().filter(|run| !meanings[run.order].reprint) {
            let print = meanings[run.order].print;
            let copies = if scheduled { 1 } else { run.end };
            let same = |key: &&mut (usize, usize, u32, u64)| {
                (key.0, key.1, key.2) == (print, run.group, run.pieces)
            };
            match keys.iter_mut().find(same) {
                Some(known) => known.3 += copies,
                None => keys.push((print, run.group, run.pieces, copies)),
            }
        }
        // What comes first, then parts in their order, full plates first.
        keys.sort_by_key(|(print, group, pieces, _)| {
            (!comes_first(&self.prints[*print]), *print, *group, u32::MAX - pieces)
        });
        for (print, group, pieces, copies) in keys {
            let own = &self.prints[print];
            let Some(estimate) = own.estimates.get(group) else { continue };
            let mut places = full[print][group].clone();
            places.truncate(pieces as usize);
            let kind = &self.kinds[group];
            let id = match self.kinds.len() {
                1 => format!("{}-x{pieces}", own.part.name),
                _ => format!("{}-x{pieces}-{}", own.part.name, kind.name),
            };
            let places = match &own.mesh {
                Some(mesh) => plates::centred(mesh, places, kind.bed),
                None => Vec::new(),
            };
            plan.jobs.push(PlannedJob {
                id,
                print,
                group,
                pieces,
                copies,
                places,
                grams: estimate.grams * f64::from(pieces),
                minutes: estimate.minutes * f64::from(pieces),
                origin: estimate.origin,
                priority: 1 + u32::from(!comes_first(own)),
                colour: self.colour(own),
            });
        }
    }

    fn entries(&self, plan: &mut Plan, runs: &[Run], meanings: &[Meaning]) {
        for run in runs {
            let Meaning { print, reprint } = meanings[run.order];
            let kind = &self.kinds[run.group];
            let printer = format!("{}-{}", kind.name, run.printer + 1);
            let own = &self.prints[print];
            let key = (print, run.group, run.pieces);
            let job = plan.jobs.iter().position(|job| (job.print, job.group, job.pieces) == key);
            if run.new_spool {
                plan.spools.push(SpoolChange {
                    at: run.start,
                    printer: printer.clone(),
                    material: own.part.material.clone(),
                    colour: self.colour(own),
                });
            }
            plan.entries.push(Entry {
                printer,
                job: job.filter(|_| !reprint),
                part: own.part.name.clone(),
                pieces: run.pieces,
                origin: own.estimates.get(run.group).map_or(Origin::Estimated, |it| it.origin),
                start: run.start,
                end: run.end,
            });
        }
    }
}

/// The numbers of pieces that plates are made with: full ones, nearly full ones to come out right in
/// the evening, halves, and small ones for the rest.
fn sizes(most: u32) -> Vec<u32> {
    let mut sizes = vec![most, most.saturating_sub(1), most.saturating_sub(2), most / 2, 2, 1];
    sizes.retain(|size| (1..=most).contains(size));
    sizes.sort_unstable_by(|one, other| other.cmp(one));
    sizes.dedup();
    sizes
}

/// What can be asked for with `explain`.
fn record(document: &Document, plan: &Plan, ledger: &mut Ledger) {
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
        "no schedule ends sooner: all printing and changing of full plates, shared out evenly, with one \
         plate a printer for each time without staff",
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
