//! Filling the printers' time until a given end.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use super::lookahead::Lookahead;
use super::shifts::Clock;
use super::{Batch, Farm};

/// One plate on one printer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Run {
    /// Number of the group.
    pub group: usize,
    /// Number of the printer in its group.
    pub printer: usize,
    /// Number of the order.
    pub order: usize,
    /// Pieces on the plate.
    pub pieces: u32,
    /// First minute of printing; the changeover comes before it.
    pub start: Clock,
    /// First minute after it.
    pub end: Clock,
    /// Was a new spool put on before it?
    pub new_spool: bool,
}

/// So often one looks ahead anew, as one order after the other is done.
const LOOKS_AHEAD: usize = 24;

/// When the last of them ends.
pub fn end(runs: &[Run]) -> Clock {
    runs.iter().map(|run| run.end).max().unwrap_or(0)
}

/// What came of an attempt.
pub struct Attempt {
    /// The plates.
    pub runs: Vec<Run>,
    /// Pieces of each order that found no place.
    pub left: Vec<u64>,
    /// When each order was done.
    pub done: Vec<Clock>,
    /// Plates that were looked at.
    pub looks: u64,
}

/// Fills the time until `end`. `values` says what a piece of each order is worth. Plates whose worth
/// differs by no more than the share `alike` of their own time are as good as each other; then the order
/// that is furthest behind goes first.
pub fn until(farm: &Farm, values: &[f64], alike: f64, end: Clock) -> Attempt {
    let mut planner = Planner {
        farm,
        values,
        alike,
        end,
        done: vec![end; farm.orders.len()],
        left: farm.orders.iter().map(|order| order.pieces).collect(),
        ahead: Vec::new(),
        stale: 0,
        runs: Vec::new(),
        looks: 0,
    };
    planner.look_ahead();
    planner.fill();
    planner.runs.sort_by_key(|run| (run.start, run.group, run.printer));
    let Planner { runs, left, done, looks, .. } = planner;
    Attempt { runs, left, done, looks }
}

struct Planner<'a> {
    farm: &'a Farm,
    values: &'a [f64],
    alike: f64,
    end: Clock,
    left: Vec<u64>,
    done: Vec<Clock>,
    ahead: Vec<Lookahead>,
    /// Orders that have been done since the last look ahead.
    stale: usize,
    runs: Vec<Run>,
    looks: u64,
}

/// A printer that waits for its next plate.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Free {
    at: Clock,
    group: usize,
    printer: usize,
}

/// What is on a printer.
#[derive(Clone, Copy, Debug, Default)]
struct Loaded {
    /// Has it printed yet?
    used: bool,
    filament: usize,
    /// What is left of the spool.
    spool: f64,
}

/// A plate that could be started.
struct Choice {
    run: Run,
    /// What it and everything after it is worth.
    worth: f64,
    /// Pieces left of those ordered, as a share.
    behind: f64,
}

impl Planner<'_> {
    /// Looks ahead anew for every group, with the orders that are left.
    fn look_ahead(&mut self) {
        let (farm, end) = (self.farm, self.end);
        let open = self.values.iter().zip(&self.left);
        let values: Vec<f64> =
            open.map(|(value, left)| if *left > 0 { *value } else { 0.0 }).collect();
        let groups = 0..farm.groups.len();
        self.ahead = groups.map(|group| Lookahead::new(farm, end, group, &values)).collect();
        self.looks += self.ahead.iter().map(Lookahead::looks).sum::<u64>();
        self.stale = 0;
    }

    fn fill(&mut self) {
        let mut loaded: Vec<Vec<Loaded>> =
            self.farm.groups.iter().map(|group| vec![Loaded::default(); group.printers]).collect();
        let mut waiting: BinaryHeap<Reverse<Free>> = BinaryHeap::new();
        for (group, own) in self.farm.groups.iter().enumerate() {
            waiting
                .extend((0..own.printers).map(|printer| Reverse(Free { at: 0, group, printer })));
        }
        while let Some(Reverse(mut free)) = waiting.pop() {
            if self.left.iter().all(|left| *left == 0) {
                return;
            }
            free.at = self.farm.shifts.next(self.up(free, free.at));
            if free.at >= self.end {
                continue;
            }
            let on = &mut loaded[free.group][free.printer];
            let Some(choice) = self.choose(free, *on) else {
                // Nothing fits now: later in the shift there is even less time, so wait for what
                // comes after, a shift or the end of a repair.
                if let Some(at) = self.later(free) {
                    waiting.push(Reverse(Free { at, ..free }));
                }
                continue;
            };
            let ahead = &self.ahead[free.group];
            let later = ahead.start(free.at);
            // Who knows only what was before does not wait for it.
            let knows = self.stale == 0;
            if knows && later > free.at && choice.worth + 2.0 * ahead.step() < ahead.value(later) {
                waiting.push(Reverse(Free { at: later, ..free }));
                continue;
            }
            let run = choice.run;
            if let Some(batch) = &self.farm.orders[run.order].on[run.group] {
                let before = if run.new_spool { 1.0 } else { on.spool };
                let spool = before - batch.spools * f64::from(run.pieces);
                *on = Loaded { used: true, filament: batch.filament, spool };
            }
            self.left[run.order] -= u64::from(run.pieces);
            self.runs.push(run);
            if self.left[run.order] == 0 {
                self.done[run.order] = run.start;
                self.stale += 1;
                if self.stale * LOOKS_AHEAD >= self.farm.orders.len() {
                    self.look_ahead();
                }
            }
            waiting.push(Reverse(Free { at: run.end, ..free }));
        }
    }

    /// The first minute from `at` on at which the printer is in service.
    fn up(&self, free: Free, at: Clock) -> Clock {
        let own = self.farm.groups[free.group].down.iter();
        let mut at = at;
        for down in own.filter(|down| down.printer == free.printer) {
            if (down.from..down.to).contains(&at) {
                at = down.to;
            }
        }
        at
    }

    /// Is the printer in service all the time?
    fn stays_up(&self, free: Free, from: Clock, to: Clock) -> bool {
        let own = self.farm.groups[free.group].down.iter();
        own.filter(|down| down.printer == free.printer)
            .all(|down| to <= down.from || down.to <= from)
    }

    /// The next time at which something changes for a printer that nothing fits on.
    fn later(&self, free: Free) -> Option<Clock> {
        let own = self.farm.groups[free.group].down.iter();
        let repaired = own
            .filter(|down| down.printer == free.printer && down.to > free.at)
            .map(|down| down.to);
        let next_shift = (free.at / super::DAY + 1) * super::DAY;
        let at = repaired.chain([self.farm.shifts.next(next_shift)]).min()?;
        (at < self.end).then_some(at)
    }

    /// The plate that earns most, among the orders that come first.
    fn choose(&mut self, free: Free, on: Loaded) -> Option<Choice> {
        let mut best: Option<Choice> = None;
        let open = self.farm.orders.iter().zip(&self.left).filter(|(_, left)| **left > 0);
        let can = open.clone().filter(|(order, _)| order.on[free.group].is_some());
        let rank = can.map(|(order, _)| order.rank).min()?;
        for (index, (order, left)) in self.farm.orders.iter().zip(&self.left).enumerate() {
            let Some(batch) = order.on[free.group].as_ref().filter(|_| *left > 0) else { continue };
            if order.rank != rank {
                continue;
            }
            self.looks += batch.sizes.len() as u64;
            let fitting = batch.sizes.iter().filter(|size| u64::from(**size) <= *left);
            for pieces in fitting.copied() {
                let Some(run) = self.run(free, on, index, batch, pieces) else { continue };
                let lasts = (run.end - run.start) as f64;
                let own = self.values[index] * f64::from(pieces);
                let worth = own + self.ahead[free.group].value(run.end);
                let behind = *left as f64 / order.pieces as f64;
                let better = best.as_ref().is_none_or(|best| {
                    let alike = self.alike * lasts.min((best.run.end - best.run.start) as f64);
                    if (worth - best.worth).abs() <= alike {
                        (behind, lasts) > (best.behind, (best.run.end - best.run.start) as f64)
                    } else {
                        worth > best.worth
                    }
                });
                if better {
                    best = Some(Choice { run, worth, behind });
                }
            }
        }
        best
    }

    /// A plate started as soon as can be; `None` if it must not be.
    fn run(&self, free: Free, on: Loaded, order: usize, batch: &Batch, pieces: u32) -> Option<Run> {
        let needed = batch.spools * f64::from(pieces);
        let new_spool = !on.used || on.filament != batch.filament || on.spool < needed;
        let setup = match (on.used, new_spool) {
            (false, _) => 0,
            (true, false) => self.farm.changeover,
            (true, true) => self.farm.changeover + self.farm.spool_change,
        };
        let start = free.at + setup;
        let end = start + batch.lasts(pieces);
        let may =
            end <= self.end && self.farm.shifts.staffed(start) && self.stays_up(free, free.at, end);
        let Free { group, printer, .. } = free;
        may.then_some(Run { group, printer, order, pieces, start, end, new_spool })
    }
}
