//! Who prints what and when.
//!
//! Promise: every piece that was ordered is printed once; no printer does two things at once, or
//! anything while it is down; a print starts while somebody is there to clear the plate before it,
//! and may end at any time. The schedule comes with a bound that no schedule can beat, and says how
//! far it stays above it. The same farm gives the same schedule.
//!
//! Not promised: that the bound can be reached. Warming up counts as part of the changeover, and
//! staff as enough for all printers.

mod bound;
mod earnings;
mod lookahead;
mod plan;
mod shifts;
mod values;

pub use plan::Run;
pub use shifts::{Clock, DAY, Shifts, WEEK};

/// Printers, people, and what is to be printed.
#[derive(Clone, Debug)]
pub struct Farm {
    /// Printers by kind.
    pub groups: Vec<Group>,
    /// When somebody is there.
    pub shifts: Shifts,
    /// Clearing a plate and starting the next.
    pub changeover: Clock,
    /// Changing a spool.
    pub spool_change: Clock,
    /// What is to be printed.
    pub orders: Vec<Order>,
}

/// Printers that are alike.
#[derive(Clone, Debug)]
pub struct Group {
    /// How many.
    pub printers: usize,
    /// When some of them are out of service.
    pub down: Vec<Down>,
}

/// A printer out of service.
#[derive(Clone, Copy, Debug)]
pub struct Down {
    /// Which of its group, from 0.
    pub printer: usize,
    /// From when on.
    pub from: Clock,
    /// Until when.
    pub to: Clock,
}

/// Pieces of one part.
#[derive(Clone, Debug)]
pub struct Order {
    /// How many.
    pub pieces: u64,
    /// Lower numbers are printed first.
    pub rank: u32,
    /// How each group prints it; `None` if it cannot.
    pub on: Vec<Option<Batch>>,
}

/// One part on one group's beds.
#[derive(Clone, Debug)]
pub struct Batch {
    /// Minutes of one piece.
    pub minutes: f64,
    /// The numbers of pieces that are printed on one plate, the largest first. One is among them. The
    /// bound is one for plates of these.
    pub sizes: Vec<u32>,
    /// Filament of one piece, in spools.
    pub spools: f64,
    /// Which filament: plates of different ones need another spool.
    pub filament: usize,
}

impl Batch {
    /// Whole minutes of a plate of so many.
    pub fn lasts(&self, pieces: u32) -> Clock {
        ((self.minutes * f64::from(pieces)).ceil() as Clock).max(1)
    }

    /// Pieces on a full plate.
    pub fn largest(&self) -> u32 {
        self.sizes.iter().copied().max().unwrap_or(1)
    }
}

/// A finished schedule.
#[derive(Clone, Debug)]
pub struct Schedule {
    /// Every plate, by start, then by printer.
    pub runs: Vec<Run>,
    /// When the last plate ends.
    pub makespan: Clock,
    /// No schedule ends before.
    pub lower_bound: Clock,
    /// Share of the time until then that printers print.
    pub utilisation: f64,
}

impl Schedule {
    /// How far it stays above the bound, as a share of it.
    pub fn gap(&self) -> f64 {
        if self.lower_bound == 0 {
            return 0.0;
        }
        self.makespan as f64 / self.lower_bound as f64 - 1.0
    }
}

/// A schedule this close to the bound is not improved further.
const GOOD: f64 = 0.0185;
/// Ends are tried from the bound on, in steps of this share …
const STEP: f64 = 0.002;
/// … which grow by this factor each time.
const GROWTH: f64 = 1.3;
/// … or, where looking takes too long, by this one.
const HURRY: f64 = 2.0;
/// Far more ends than any farm needs.
const MOST_ENDS: u32 = 60;
/// Ends tried between the last that failed and the first that did not.
const REFINEMENTS: u32 = 4;
/// Plates looked at: more only for a first schedule, and then at ends ever further apart.
const LOOKS: u64 = 60_000_000;
/// Plates that differ by no more than these shares of their time are taken for equally good. What is
/// best depends on the farm.
const ALIKE: [f64; 3] = [0.01, 0.003, 0.02];
/// Attempts at each end, each with values that have learnt from the one before.
const ATTEMPTS: u32 = 2;
/// How fast they learn.
const LEARNING: f64 = 0.1;

/// Schedules a farm. `None` if some order fits no group, or no printer is ever free for it.
pub fn schedule(farm: &Farm) -> Option<Schedule> {
    let printable = |order: &Order| order.pieces == 0 || order.on.iter().flatten().next().is_some();
    if farm.groups.iter().all(|group| group.printers == 0) || !farm.orders.iter().all(printable) {
        return None;
    }
    let bound = bound::lower(farm);
    let mut lower = bound.end;
    let mut values = bound.values(farm);
    let mut search = Search { farm, looks: LOOKS };
    let mut runs = search.from(lower, None, &mut values.clone(), ALIKE[0])?;
    let far = |lower: Clock, runs: &[Run]| plan::end(runs) as f64 > lower as f64 * (1.0 + GOOD);
    if far(lower, &runs) {
        lower = lower.max(values::improve(farm, &mut values, plan::end(&runs)));
        let plain = bound.values(farm);
        for alike in ALIKE {
            for values in [&values, &plain] {
                if far(lower, &runs) {
                    let so_far = plan::end(&runs);
                    let better = search.from(lower, Some(so_far), &mut values.clone(), alike);
                    runs = better.unwrap_or(runs);
                }
            }
        }
    }
    Some(Schedule::new(farm, runs, lower))
}

/// Looks for early ends.
struct Search<'a> {
    farm: &'a Farm,
    /// Plates that may still be looked at.
    looks: u64,
}

impl Search<'_> {
    /// The first end from `lower` on at which all orders can be placed. `None` if there is none before
    /// `ceiling`.
    fn from(
        &mut self,
        lower: Clock,
        ceiling: Option<Clock>,
        values: &mut [f64],
        alike: f64,
    ) -> Option<Vec<Run>> {
        let (mut end, mut step, mut failed) = (lower, STEP, lower);
        let mut found = None;
        for _ in 0..MOST_ENDS {
            if ceiling.is_some_and(|ceiling| end >= ceiling || self.looks == 0) {
                return None;
            }
            found = self.until(end, values, alike);
            if found.is_some() {
                break;
            }
            failed = end;
            end = ((end as f64 * (1.0 + step)).ceil() as Clock).max(end + 1);
            step *= if self.looks > 0 { GROWTH } else { HURRY };
        }
        let mut best = found?;
        for _ in 0..REFINEMENTS {
            let done = plan::end(&best);
            if (done as f64) < failed as f64 * (1.0 + STEP) || self.looks == 0 {
                break;
            }
            let middle = failed + (done - failed) / 2;
            match self.until(middle, values, alike) {
                Some(better) => best = better,
                None => failed = middle,
            }
        }
        Some(best)
    }

    /// Tries an end, with values that learn.
    fn until(&mut self, end: Clock, values: &mut [f64], alike: f64) -> Option<Vec<Run>> {
        for _ in 0..ATTEMPTS {
            let attempt = plan::until(self.farm, values, alike, end);
            self.looks = self.looks.saturating_sub(attempt.looks);
            if attempt.left.iter().all(|left| *left == 0) {
                return Some(attempt.runs);
            }
            learn(self.farm, &attempt, end, values);
            if self.looks == 0 {
                break;
            }
        }
        None
    }
}

/// What was left over is worth more next time; what was done early is worth less, so that it is kept
/// for where nothing else fits, such as long plates for the nights.
fn learn(farm: &Farm, attempt: &plan::Attempt, end: Clock, values: &mut [f64]) {
    let signals: Vec<f64> = farm
        .orders
        .iter()
        .enumerate()
        .map(|(index, order)| {
            let left = attempt.left[index] as f64 / (order.pieces.max(1)) as f64;
            let early = 1.0 - attempt.done[index] as f64 / end.max(1) as f64;
            left - early
        })
        .collect();
    for (value, signal) in values.iter_mut().zip(signals) {
        *value *= (LEARNING * signal).exp();
    }
}

impl Schedule {
    fn new(farm: &Farm, runs: Vec<Run>, bound: Clock) -> Schedule {
        let makespan = plan::end(&runs);
        let printers: usize = farm.groups.iter().map(|group| group.printers).sum();
        let busy: Clock = runs.iter().map(|run| run.end - run.start).sum();
        let whole = (makespan * printers as Clock).max(1) as f64;
        let utilisation = busy as f64 / whole;
        Schedule { runs, makespan, lower_bound: bound.min(makespan), utilisation }
    }
}
