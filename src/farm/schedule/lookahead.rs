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

/// No more kinds of plates are looked at.
const MOST_PLATES: usize = 64;

/// A kind of plate.
#[derive(Clone, Copy, Debug)]
pub struct Plate {
    /// Minutes that it prints.
    pub lasts: Clock,
    /// What it is worth.
    pub worth: f64,
}

/// The most that is earned from each step on.
pub struct Lookahead {
    step: Clock,
    end: Clock,
    value: Vec<f64>,
    /// Where the next start should be: that step or a later one.
    start: Vec<u32>,
    plates: Vec<Plate>,
    changeover: Clock,
}

impl Lookahead {
    /// For a group that can print these plates.
    pub fn new(farm: &Farm, end: Clock, group: usize, values: &[f64]) -> Lookahead {
        // Steps that divide a day: shifts begin on one.
        let least = (end / STEPS).max(1);
        let step = (least..=DAY).find(|step| DAY.is_multiple_of(*step)).unwrap_or(DAY);
        let last = end.div_ceil(step) as usize;
        let mut ahead = Lookahead {
            step,
            end,
            value: vec![0.0; last + 1],
            start: vec![last as u32; last + 1],
            plates: few(alike(plates(farm, group, values), step)),
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
            for plate in &self.plates {
                let done = begin + plate.lasts;
                if done > self.end {
                    // In order of their length.
                    break;
                }
                let earned = plate.worth + self.value[self.index(done)];
                if earned >= value {
                    (value, start) = (earned, index as u32);
                }
            }
        }
        self.value[index] = value;
        self.start[index] = start;
    }

    /// Times between two steps are taken for the later one: what is promised can be had.
    fn index(&self, at: Clock) -> usize {
        (at.div_ceil(self.step) as usize).min(self.value.len() - 1)
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

    /// Plates that were looked at.
    pub fn looks(&self) -> u64 {
        (self.plates.len() * self.value.len()) as u64
    }
}

/// Plates that last equally long, in steps, as one: worth what the best of them is.
fn alike(plates: Vec<Plate>, step: Clock) -> Vec<Plate> {
    let mut kept: Vec<Plate> = Vec::new();
    for plate in plates {
        match kept.last_mut().filter(|last| last.lasts / step == plate.lasts / step) {
            None => kept.push(plate),
            Some(last) => {
                let better = if plate.worth > last.worth { plate } else { *last };
                *last = Plate { lasts: plate.lasts, ..better };
            }
        }
    }
    kept
}

/// Of very many plates, those that earn the most for their time among plates of about their length.
fn few(plates: Vec<Plate>) -> Vec<Plate> {
    if plates.len() <= MOST_PLATES {
        return plates;
    }
    let rate = |plate: &Plate| plate.worth / plate.lasts as f64;
    let best = |class: &[Plate]| {
        class.iter().copied().max_by(|one, other| rate(one).total_cmp(&rate(other)))
    };
    plates.chunks(plates.len().div_ceil(MOST_PLATES)).filter_map(best).collect()
}

/// The plates of a group, shortest first; of those that last equally long, the one that is worth most.
/// Orders that are worth nothing have none.
fn plates(farm: &Farm, group: usize, values: &[f64]) -> Vec<Plate> {
    let mut plates: Vec<Plate> = Vec::new();
    for (order, value) in values.iter().enumerate().filter(|(_, value)| **value > 0.0) {
        let Some(batch) = &farm.orders[order].on[group] else { continue };
        plates.extend(
            batch
                .sizes
                .iter()
                .map(|size| Plate { lasts: batch.lasts(*size), worth: value * f64::from(*size) }),
        );
    }
    plates
        .sort_by(|one, other| one.lasts.cmp(&other.lasts).then(other.worth.total_cmp(&one.worth)));
    plates.dedup_by_key(|plate| plate.lasts);
    plates
}
