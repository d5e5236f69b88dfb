//! What a piece of each order should be worth, so that printers that earn the most print what was
//! ordered, and the proof that nothing ends sooner.
//!
//! By Lagrangian duality: whatever the pieces are worth, a schedule earns the worth of all of them.
//! As long as the printers cannot have earned that much, each by itself and with any plates it likes,
//! no schedule has ended. The proof is as good as the values; they rise for what the printers print
//! too little of.

use super::earnings::{Earnings, Printer};
use super::shifts::Clock;
use super::{Down, Farm, GOOD};

/// Rounds of improving the values, at the most and at the least.
const ROUNDS: [u64; 2] = [40, 4];
/// How fast they change at first.
const PACE: f64 = 0.4;
/// A round's plates count so much against those of the rounds before.
const FRESH: f64 = 0.3;
/// So many plates are looked at, in about so many steps of time.
const LOOKS: u64 = 60_000_000;
const STEPS: [u64; 2] = [24_000, 4_000];
/// So many plates are looked at in one round if steps may be few.
const LOOKS_A_ROUND: u64 = 2_000_000;

/// Improves the values, and returns an end that no schedule comes before; 0 if the farm is too large
/// to say. `possible` is the end of some schedule.
pub fn improve(farm: &Farm, values: &mut [f64], possible: Clock) -> Clock {
    let sizes = farm.orders.iter().flat_map(|order| order.on.iter().flatten());
    let plates = sizes.map(|batch| batch.sizes.len() as u64).sum::<u64>().max(1);
    let steps = (LOOKS_A_ROUND / plates).clamp(STEPS[1], STEPS[0]);
    let rounds = (LOOKS / (plates * steps.min(possible.max(1)))).clamp(ROUNDS[1], ROUNDS[0]);
    let Some(printers) = alike(farm, possible, steps) else { return 0 };
    let Some((first, _)) = printers.first() else { return 0 };

    let wanted: Vec<f64> = farm.orders.iter().map(|order| order.pieces as f64).collect();
    let mut best = (0, values.to_vec());
    let mut usual: Vec<f64> = Vec::new();
    for round in 0..rounds {
        let earned: Vec<(Earnings, f64)> =
            printers.iter().map(|(printer, count)| (printer.earn(values), *count)).collect();
        let owed: f64 = values.iter().zip(&wanted).map(|(value, pieces)| value * pieces).sum();
        let short = |step: usize| {
            let all: f64 = earned.iter().map(|(own, count)| own.by(step) * count).sum();
            all < owed * (1.0 - 1e-9)
        };
        let enough = first_not(first.steps(), short);
        if first.clock(enough) > best.0 {
            best = (first.clock(enough), values.to_vec());
        }
        if possible as f64 <= best.0 as f64 * (1.0 + GOOD) {
            break;
        }
        let mut made = vec![0.0; values.len()];
        for (own, count) in &earned {
            own.count(enough, *count, &mut made);
        }
        if usual.is_empty() {
            usual.clone_from(&made);
        }
        for (usual, made) in usual.iter_mut().zip(made) {
            *usual += FRESH * (made - *usual);
        }
        let pace = PACE / (1.0 + round as f64 / 4.0);
        for ((value, wanted), made) in values.iter_mut().zip(&wanted).zip(&usual) {
            if *wanted > 0.0 {
                *value *= (pace * ((wanted - made) / wanted).clamp(-1.0, 1.0)).exp();
            }
        }
    }
    values.copy_from_slice(&best.1);
    best.0.min(possible)
}

/// The first number that a condition, true up to it, does not hold for.
fn first_not(count: usize, holds: impl Fn(usize) -> bool) -> usize {
    let (mut low, mut high) = (0, count);
    while low < high {
        let middle = low + (high - low) / 2;
        if holds(middle) { low = middle + 1 } else { high = middle }
    }
    low
}

/// Printers that are alike, and how many of each: those of a group that are down at the same times.
/// `None` if the steps are too coarse for the plates.
fn alike(farm: &Farm, end: Clock, steps: u64) -> Option<Vec<(Printer, f64)>> {
    let mut all = Vec::new();
    for (group, own) in farm.groups.iter().enumerate() {
        let mut kinds: Vec<(Vec<Down>, f64)> = Vec::new();
        for printer in 0..own.printers {
            let down = own.down.iter().filter(|down| down.printer == printer);
            let down: Vec<Down> = down.copied().collect();
            let times = |down: &[Down]| -> Vec<(Clock, Clock)> {
                down.iter().map(|down| (down.from, down.to)).collect()
            };
            match kinds.iter_mut().find(|kind| times(&kind.0) == times(&down)) {
                Some(kind) => kind.1 += 1.0,
                None => kinds.push((down, 1.0)),
            }
        }
        for (down, count) in kinds {
            all.push((Printer::new(farm, group, &down, end, steps)?, count));
        }
    }
    Some(all)
}
