//! A plan made better bar by bar: what a few bars leave over is gathered in one of them.
//!
//! A few bars are emptied and filled again, each as full as what is there allows. What is left over
//! ends up in the last of them, so that in the end a bar falls empty. Progress is measured by the sum
//! of squares of what bars hold (E. Falkenauer, "A hybrid grouping genetic algorithm for bin packing",
//! Journal of Heuristics 2, 1996). Seeded, and bounded by steps.

use std::cmp::Reverse;

use super::Sold;
use super::greedy::{Pattern, Plan};
use crate::cutting::nest::Random;

/// So often a few bars are filled anew.
const ROUNDS: u32 = 60_000;
/// At most so many at a time.
const AT_ONCE: usize = 4;
/// Combinations that are looked at to fill a bar.
const LOOKS: u32 = 3_000;
/// Lengths that differ by less are about as long: 4 mm.
const ALIKE: i64 = 4_000_000;

/// Pieces in a bar, as kinds, and what they take.
#[derive(Clone, Debug)]
struct Load {
    kinds: Vec<usize>,
    used: i64,
}

/// The plan with fewer bars, down to `enough` of them; all bars are alike.
pub(super) fn concentrated(plan: &Plan, sizes: &[i64], bar: Sold, enough: u64) -> Plan {
    let mut loads: Vec<Load> =
        plan.patterns.iter().flat_map(|pattern| loads(pattern, sizes)).collect();
    let mut random = Random::new(1);
    for _ in 0..ROUNDS {
        if loads.len() as u64 <= enough || loads.len() < 2 {
            break;
        }
        refill(&mut loads, sizes, bar.room, &mut random);
    }
    let pattern = |load: Load| {
        let mut counts = vec![0; sizes.len()];
        for kind in load.kinds {
            counts[kind] += 1;
        }
        Pattern { bar: 0, counts, times: 1 }
    };
    Plan { patterns: loads.into_iter().map(pattern).collect() }
}

fn loads(pattern: &Pattern, sizes: &[i64]) -> impl Iterator<Item = Load> {
    let counts = pattern.counts.iter().enumerate();
    let kinds: Vec<usize> =
        counts.flat_map(|(kind, &count)| std::iter::repeat_n(kind, count as usize)).collect();
    let used = kinds.iter().map(|&kind| sizes[kind]).sum();
    (0..pattern.times).map(move |_| Load { kinds: kinds.clone(), used })
}

/// Fills a few bars anew, if that gathers what is left over.
fn refill(loads: &mut Vec<Load>, sizes: &[i64], room: i64, random: &mut Random) {
    let count = (2 + random.below(AT_ONCE - 1)).min(loads.len());
    // The chosen ones go to the end.
    for place in 0..count {
        let last = loads.len() - 1 - place;
        let chosen = random.below(last + 1);
        loads.swap(chosen, last);
    }
    let rest = loads.len() - count;
    let chosen = &loads[rest..];
    let mut pieces: Vec<usize> = chosen.iter().flat_map(|load| &load.kinds).copied().collect();
    // Longest first; among those that are about as long, chance decides.
    pieces.sort_unstable();
    let turn = random.below(pieces.len().max(1));
    pieces.rotate_left(turn);
    pieces.sort_by_key(|&kind| Reverse(sizes[kind] / ALIKE));
    let square = |load: &Load| (load.used as f64).powi(2);
    let before: f64 = chosen.iter().map(square).sum();
    let mut filled: Vec<Load> = Vec::with_capacity(count);
    while !pieces.is_empty() && filled.len() < count {
        let taken = fullest(&pieces, sizes, room);
        let mut load = Load { kinds: Vec::new(), used: 0 };
        let mut left = Vec::with_capacity(pieces.len());
        for (place, &kind) in pieces.iter().enumerate() {
            if taken.contains(&place) {
                load.kinds.push(kind);
                load.used += sizes[kind];
            } else {
                left.push(kind);
            }
        }
        pieces = left;
        filled.push(load);
    }
    let after: f64 = filled.iter().map(square).sum();
    if pieces.is_empty() && after >= before {
        loads.truncate(rest);
        loads.extend(filled);
    }
}

/// Which of the pieces fill a bar best: branch and bound, as far as `LOOKS` goes.
fn fullest(pieces: &[usize], sizes: &[i64], room: i64) -> Vec<usize> {
    let mut after = vec![0; pieces.len() + 1];
    for (place, &kind) in pieces.iter().enumerate().rev() {
        after[place] = after[place + 1] + sizes[kind];
    }
    let (mut best, mut best_used) = (Vec::new(), -1);
    let mut taken: Vec<usize> = Vec::new();
    let (mut used, mut place, mut looks) = (0, 0, 0);
    loop {
        looks += 1;
        // Down: take what fits.
        while place < pieces.len() && used + after[place] > best_used {
            let size = sizes[pieces[place]];
            if used + size <= room {
                taken.push(place);
                used += size;
            }
            place += 1;
        }
        if used > best_used {
            best_used = used;
            best.clone_from(&taken);
        }
        if best_used == room || looks > LOOKS {
            return best;
        }
        // Back: leave the last one out.
        let Some(last) = taken.pop() else { return best };
        used -= sizes[pieces[last]];
        place = last + 1;
    }
}
