//! Answers: patterns, each so often.

use std::collections::BTreeMap;

use super::Sold;
use super::fill::fill;

/// Bars cut alike.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Pattern {
    /// Which of the bars that are sold.
    pub bar: usize,
    /// How many pieces of each kind.
    pub counts: Vec<u64>,
    /// How many bars.
    pub times: u64,
}

/// Patterns that give every piece.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Plan {
    /// The patterns.
    pub patterns: Vec<Pattern>,
}

impl Plan {
    /// Length of all bars.
    pub(super) fn cost(&self, bars: &[Sold]) -> i128 {
        self.patterns.iter().map(|p| i128::from(bars[p.bar].length) * i128::from(p.times)).sum()
    }

    /// Each pattern on the shortest bar that holds it.
    pub(super) fn shrink(&mut self, sizes: &[i64], bars: &[Sold]) {
        for pattern in &mut self.patterns {
            let used: i64 =
                sizes.iter().zip(&pattern.counts).map(|(s, &n)| s * n.cast_signed()).sum();
            if let Some(shorter) = bars.iter().position(|bar| bar.room >= used) {
                pattern.bar = shorter;
            }
        }
    }
}

/// How often a pattern can be cut before it gives too much of something.
pub(super) fn repeats(counts: &[u64], left: &[u64]) -> u64 {
    counts.iter().zip(left).filter(|(n, _)| **n > 0).map(|(n, l)| l / n).min().unwrap_or(0)
}

/// Takes pieces off what is left.
pub(super) fn subtract(left: &mut [u64], counts: &[u64], times: u64) {
    for (left, count) in left.iter_mut().zip(counts) {
        *left = left.saturating_sub(count * times);
    }
}

/// The fullest bar first, then the fullest of what is left; each holds the longest piece there is,
/// or the long ones would be left over. Sizes fall, bars rise.
pub(super) fn fullest_first(sizes: &[i64], demand: &[u64], bars: &[Sold]) -> Plan {
    let mut left = demand.to_vec();
    let mut plan = Plan::default();
    while let Some(longest) = left.iter().position(|&count| count > 0) {
        let mut best: Option<(f64, usize, Vec<u64>)> = None;
        let rest: f64 = sizes.iter().zip(&left).map(|(s, n)| *s as f64 * *n as f64).sum();
        for (index, bar) in bars.iter().enumerate() {
            if sizes[longest] > bar.room {
                continue;
            }
            left[longest] -= 1;
            let room = bar.room - sizes[longest];
            let values: Vec<f64> = sizes.iter().map(|&size| size as f64).collect();
            let mut filling = fill(room, sizes, &values, &left, room as f64);
            left[longest] += 1;
            filling.counts[longest] += 1;
            let used = filling.value + sizes[longest] as f64;
            let share = used / bar.room as f64;
            // The last bar is the shortest that does.
            let last = used >= rest;
            if last || best.as_ref().is_none_or(|(best, ..)| share > *best) {
                best = Some((share, index, filling.counts));
            }
            if last {
                break;
            }
        }
        let Some((_, bar, counts)) = best else { break };
        let times = repeats(&counts, &left).max(1);
        subtract(&mut left, &counts, times);
        plan.patterns.push(Pattern { bar, counts, times });
    }
    plan.shrink(sizes, bars);
    plan
}

/// Each piece, longest first, on the bar where least is left over, all bars of one length.
pub(super) fn best_fit(sizes: &[i64], demand: &[u64], bars: &[Sold], bar: usize) -> Plan {
    // Bars by what is left of them.
    let mut open: BTreeMap<i64, Vec<Vec<u64>>> = BTreeMap::new();
    for (kind, (&size, &count)) in sizes.iter().zip(demand).enumerate() {
        for _ in 0..count {
            let room = open.range(size..).next().map(|(&room, _)| room);
            let mut counts = match room {
                Some(room) => {
                    let Some(same) = open.get_mut(&room) else { continue };
                    let counts = same.pop().unwrap_or_default();
                    if same.is_empty() {
                        open.remove(&room);
                    }
                    counts
                }
                None => vec![0; sizes.len()],
            };
            counts[kind] += 1;
            open.entry(room.unwrap_or(bars[bar].room) - size).or_default().push(counts);
        }
    }
    let mut patterns: BTreeMap<Vec<u64>, u64> = BTreeMap::new();
    for counts in open.into_values().flatten() {
        *patterns.entry(counts).or_default() += 1;
    }
    let pattern = |(counts, times)| Pattern { bar, counts, times };
    let mut plan = Plan { patterns: patterns.into_iter().rev().map(pattern).collect() };
    plan.shrink(sizes, bars);
    plan
}
