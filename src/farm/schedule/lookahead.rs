//! What a printer can still earn, from any minute on until the end.
//!
//! One printer that can have any plate of its group at any time, and what each plate is worth: the
//! most that it earns, by dynamic programming from the end backwards. It knows nights and weekends,
//! and so shows which plate to start in the evening, and which one before it so that the evening
//! comes out right.

use super::Farm;
use super::shifts::{Clock, DAY};

/// Times are looked at in about so many steps.
const STEPS: Clock = 3000;

/// A kind of plate.
#[derive(Clone, Copy, Debug)]
pub struct Plate {
    /// Minutes that it prints.
    pub lasts: Clock,
    /// What it is worth.
    pub worth: f64,
    /// Which order it belongs to.
    pub order: usize,
    /// Pieces on it.
    pub pieces: u32,
}

/// How times between two steps are taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rounding {
    /// Up: what it promises can be had.
    Careful,
    /// Down: more than it promises cannot be had.
    Hopeful,
}

/// The most that is earned from each step on.
pub struct Lookahead {
    step: Clock,
    end: Clock,
    rounding: Rounding,
    value: Vec<f64>,
    /// Where the next start should be: that step or a later one.
    start: Vec<u32>,
    /// Which plate, if the start is now.
    choice: Vec<u32>,
    plates: Vec<Plate>,
    changeover: Clock,
}

impl Lookahead {
    /// For a group that can print these plates.
    pub fn new(
        farm: &Farm,
        end: Clock,
        group: usize,
        values: &[f64],
        rounding: Rounding,
    ) -> Lookahead {
        // Steps that divide a day: shifts begin on one.
        let least = (end / STEPS).max(1);
        let step = (least..=DAY).find(|step| DAY.is_multiple_of(*step)).unwrap_or(DAY);
        let last = end.div_ceil(step) as usize;
        let mut ahead = Lookahead {
            step,
            end,
            rounding,
            value: vec![0.0; last + 1],
            start: vec![last as u32; last + 1],
            choice: vec![0; last + 1],
            plates: alike(plates(farm, group, values), step, rounding),
            changeover: farm.changeover,
        };
        for index in (0..last).rev() {
            ahead.decide(farm, index);
        }
        ahead
    }

    fn decide(&mut self, farm: &Farm, index: usize) {
        let at = index as Clock * self.step;
        let next = farm.shifts.next(at).min(self.end);
        let later = self.index(next).clamp(index + 1, self.value.len() - 1);
        let (mut value, mut start) = (self.value[later], self.start[later]);
        let begin = at + self.changeover;
        if next == at && farm.shifts.staffed(begin) {
            for (number, plate) in self.plates.iter().enumerate() {
                let done = begin + plate.lasts;
                if done > self.end {
                    // In order of their length.
                    break;
                }
                let earned = plate.worth + self.value[self.index(done)];
                if earned >= value {
                    (value, start) = (earned, index as u32);
                    self.choice[index] = number as u32;
                }
            }
        }
        self.value[index] = value;
        self.start[index] = start;
    }

    fn index(&self, at: Clock) -> usize {
        let index = match self.rounding {
            Rounding::Careful => at.div_ceil(self.step),
            Rounding::Hopeful => at / self.step,
        };
        (index as usize).min(self.value.len() - 1)
    }

    /// What is earned from `at` on.
    pub fn value(&self, at: Clock) -> f64 {
        self.value[self.index(at)]
    }

    /// When a printer that is free at `at` should start; the end if never.
    pub fn start(&self, at: Clock) -> Clock {
        let start = Clock::from(self.start[self.index(at)]) * self.step;
        start.max(at).min(self.end)
    }

    /// Minutes between two steps.
    pub fn step(&self) -> f64 {
        self.step as f64
    }

    /// The most that a printer earns altogether, which needs no changeover at first; and the pieces of
    /// each order that it prints for that.
    pub fn best(&self, orders: usize) -> (f64, Vec<f64>) {
        let mut pieces = vec![0.0; orders];
        let firsts = self.plates.iter().filter(|plate| plate.lasts <= self.end);
        let first = firsts.max_by(|one, other| {
            let total = |plate: &Plate| plate.worth + self.value(plate.lasts);
            total(one).total_cmp(&total(other))
        });
        let Some(first) = first else { return (0.0, pieces) };
        let mut index = self.index(first.lasts);
        pieces[first.order] += f64::from(first.pieces);
        loop {
            index = self.start[index] as usize;
            if index + 1 >= self.value.len() {
                break;
            }
            let plate = self.plates[self.choice[index] as usize];
            pieces[plate.order] += f64::from(plate.pieces);
            let done = index as Clock * self.step + self.changeover + plate.lasts;
            index = self.index(done).max(index + 1);
        }
        (first.worth + self.value(first.lasts), pieces)
    }
}

/// Plates that last equally long, in steps, as one: worth what the best of them is.
fn alike(plates: Vec<Plate>, step: Clock, rounding: Rounding) -> Vec<Plate> {
    let mut kept: Vec<Plate> = Vec::new();
    for plate in plates {
        match kept.last_mut().filter(|last| last.lasts / step == plate.lasts / step) {
            None => kept.push(plate),
            Some(last) => {
                let lasts = match rounding {
                    Rounding::Careful => plate.lasts,
                    Rounding::Hopeful => last.lasts,
                };
                let better = if plate.worth > last.worth { plate } else { *last };
                *last = Plate { lasts, ..better };
            }
        }
    }
    kept
}

/// The plates of a group, shortest first; of those that last equally long, the one that is worth most.
/// Orders that are worth nothing have none.
fn plates(farm: &Farm, group: usize, values: &[f64]) -> Vec<Plate> {
    let mut plates: Vec<Plate> = Vec::new();
    for (order, value) in values.iter().enumerate().filter(|(_, value)| **value > 0.0) {
        let Some(batch) = &farm.orders[order].on[group] else { continue };
        plates.extend(batch.sizes.iter().map(|size| Plate {
            lasts: batch.lasts(*size),
            worth: value * f64::from(*size),
            order,
            pieces: *size,
        }));
    }
    plates
        .sort_by(|one, other| one.lasts.cmp(&other.lasts).then(other.worth.total_cmp(&one.worth)));
    plates.dedup_by_key(|plate| plate.lasts);
    plates
}
