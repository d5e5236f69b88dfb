//! What a piece of each order should be worth, so that printers that earn the most print what was
//! ordered, and the proof that an end is too early.
//!
//! By Lagrangian duality: whatever the pieces are worth, a schedule that ends in time earns the worth
//! of all of them. If the printers cannot earn that much, each by itself and with any plates it likes,
//! there is no such schedule.

use super::Farm;
use super::lookahead::{Lookahead, Rounding};
use super::shifts::Clock;

/// Rounds of improving the values.
const ROUNDS: u32 = 14;
/// How fast they change.
const PACE: f64 = 0.25;

/// Improves the values for an end. True if the end has been proven too early.
pub fn improve(farm: &Farm, values: &mut [f64], end: Clock) -> bool {
    let wanted: Vec<f64> = farm.orders.iter().map(|order| order.pieces as f64).collect();
    let mut best: Option<(f64, Vec<f64>)> = None;
    for round in 0..ROUNDS {
        let (mut earned, mut made) = (0.0, vec![0.0; values.len()]);
        for (group, own) in farm.groups.iter().enumerate().filter(|(_, own)| own.printers > 0) {
            let ahead = Lookahead::new(farm, end, group, values, Rounding::Hopeful);
            let (value, pieces) = ahead.best(values.len());
            earned += value * own.printers as f64;
            made.iter_mut().zip(pieces).for_each(|(sum, it)| *sum += it * own.printers as f64);
        }
        let owed: f64 = values.iter().zip(&wanted).map(|(value, pieces)| value * pieces).sum();
        if earned < owed * (1.0 - 1e-9) {
            return true;
        }
        let spare = earned / owed.max(1e-9);
        if best.as_ref().is_none_or(|(least, _)| spare < *least) {
            best = Some((spare, values.to_vec()));
        }
        let pace = PACE / (1.0 + f64::from(round) / 3.0);
        for ((value, wanted), made) in values.iter_mut().zip(&wanted).zip(made) {
            if *wanted > 0.0 {
                *value *= (pace * ((wanted - made) / wanted).clamp(-1.0, 1.0)).exp();
            }
        }
    }
    if let Some((_, best)) = best {
        values.copy_from_slice(&best);
    }
    false
}
