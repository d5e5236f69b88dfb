//! The cheapest answer of several, and its bound.

use super::Sold;
use super::concentrate::concentrated;
use super::greedy::{Pattern, Plan, best_fit, fullest_first, repeats, subtract};
use super::relax::{Relaxed, by_length, relax, total};
use crate::cutting::nest::{self, Item, Problem, Size};

/// A plan, and how much better any could be.
#[derive(Clone, Debug, Default)]
pub(super) struct Answer {
    /// The best plan found.
    pub plan: Plan,
    /// Fair prices of the kinds: in no bar are pieces worth more than the bar.
    pub prices: Vec<f64>,
    /// No plan costs less.
    pub bound: i128,
}

/// With more kinds than this, the relaxation would take too long.
const MOST_KINDS: usize = 300;
/// Fractions of a bar from which on a relaxed pattern is rounded up.
const THRESHOLDS: [f64; 10] = [0.999_999, 0.9, 0.8, 0.7, 0.6, 0.5, 0.4, 0.3, 0.2, 0.1];
/// So often the relaxation is solved anew for what rounding has left; each time, a sixth of the
/// open patterns is fixed.
const DIVES: u32 = 12;
const FIXED_AT_ONCE: usize = 6;

/// Buys bars for kinds of `sizes`, which fall, and `demand`, which is positive. `bars` rise; the
/// longest holds every kind.
pub(super) fn buy(sizes: &[i64], demand: &[u64], bars: &[Sold]) -> Answer {
    if sizes.is_empty() || bars.is_empty() {
        return Answer::default();
    }
    if sizes.len() > MOST_KINDS {
        return buy_in_parts(sizes, demand, bars);
    }
    let best = greedy(sizes, demand, bars);
    // Done when the bound proves what is known, or cannot become better by rounding.
    let round_up = |least: f64| smallest_total(bars, (least * (1.0 - 1e-9)).ceil() as i128);
    let enough = |proven: f64, objective: f64| {
        let proven = round_up(proven);
        proven >= best.cost(bars) || proven >= round_up(objective)
    };
    let rounds = 20 + 10 * sizes.len();
    let relaxed = relax(sizes, demand, bars, &best.patterns, rounds, &enough);
    let mut bound = round_up(total(&relaxed.prices, demand));
    let prices = relaxed.prices.clone();
    let mut plans = vec![best];
    if plans[0].cost(bars) > bound {
        plans.extend(THRESHOLDS.map(|threshold| rounded(sizes, demand, bars, &relaxed, threshold)));
    }
    if plans.iter().all(|plan| plan.cost(bars) > bound) {
        plans.push(dive(sizes, demand, bars, relaxed));
    }
    if let ([bar], true) = (bars, plans.iter().all(|plan| plan.cost(bars) > bound))
        && let Some((searched, needed)) = searched(sizes, demand, *bar)
    {
        bound = bound.max(i128::from(needed) * i128::from(bar.length));
        plans.push(searched);
        let enough = u64::try_from(bound / i128::from(bar.length)).unwrap_or(u64::MAX);
        let best = cheapest(plans, bars);
        plans = vec![concentrated(&best, sizes, *bar, enough), best];
    }
    Answer { plan: cheapest(plans, bars), prices, bound }
}

/// Parts of many kinds, each with every so manieth length, so that each has long and short ones:
/// every part costs less than a bar more than it would together.
fn buy_in_parts(sizes: &[i64], demand: &[u64], bars: &[Sold]) -> Answer {
    let parts = sizes.len().div_ceil(MOST_KINDS);
    let mut plan = Plan::default();
    for part in 0..parts {
        let chosen: Vec<usize> = (part..sizes.len()).step_by(parts).collect();
        let part_sizes: Vec<i64> = chosen.iter().map(|&kind| sizes[kind]).collect();
        let part_demand: Vec<u64> = chosen.iter().map(|&kind| demand[kind]).collect();
        for pattern in greedy(&part_sizes, &part_demand, bars).patterns {
            let mut counts = vec![0; sizes.len()];
            for (&kind, &count) in chosen.iter().zip(&pattern.counts) {
                counts[kind] = count;
            }
            plan.patterns.push(Pattern { counts, ..pattern });
        }
    }
    let prices = by_length(sizes, bars);
    let bound = smallest_total(bars, (total(&prices, demand) * (1.0 - 1e-9)).ceil() as i128);
    Answer { plan, prices, bound }
}

fn cheapest(plans: Vec<Plan>, bars: &[Sold]) -> Plan {
    plans.into_iter().min_by_key(|plan| plan.cost(bars)).unwrap_or_default()
}

/// The best of all greedy ways.
fn greedy(sizes: &[i64], demand: &[u64], bars: &[Sold]) -> Plan {
    let longest = sizes.iter().zip(demand).find(|(_, count)| **count > 0);
    let Some((&longest, _)) = longest else { return Plan::default() };
    let mut plans = vec![fullest_first(sizes, demand, bars)];
    let long_enough = (0..bars.len()).filter(|&bar| longest <= bars[bar].room);
    plans.extend(long_enough.map(|bar| best_fit(sizes, demand, bars, bar)));
    cheapest(plans, bars)
}

/// Relaxed patterns used whole times, rounded up from some fraction on and down below it; greedy for
/// what that leaves.
fn rounded(
    sizes: &[i64],
    demand: &[u64],
    bars: &[Sold],
    relaxed: &Relaxed,
    threshold: f64,
) -> Plan {
    let mut fixing = Fixing { left: demand.to_vec(), plan: Plan::default() };
    for (bar, counts, value) in largest_fraction_first(relaxed) {
        let up = u64::from(value.fract() >= threshold);
        fixing.fix(*bar, counts, value.floor() as u64 + up);
    }
    fixing.completed(sizes, bars)
}

fn largest_fraction_first(relaxed: &Relaxed) -> Vec<&(usize, Vec<u64>, f64)> {
    let mut patterns: Vec<_> = relaxed.patterns.iter().collect();
    patterns.sort_by(|one, other| other.2.fract().total_cmp(&one.2.fract()));
    patterns
}

/// Fixes what the relaxation uses whole times, rounds up some of the rest, relaxes what is left, and
/// so on. Gives the best completion on the way.
fn dive(sizes: &[i64], demand: &[u64], bars: &[Sold], mut relaxed: Relaxed) -> Plan {
    let mut fixing = Fixing { left: demand.to_vec(), plan: Plan::default() };
    let mut best: Option<Plan> = None;
    for _ in 0..DIVES {
        let patterns = largest_fraction_first(&relaxed);
        let mut fixed = 0;
        for (bar, counts, value) in &patterns {
            fixed += fixing.fix(*bar, counts, (value + 0.001).floor() as u64);
        }
        let at_once = if fixed > 0 { 1 } else { patterns.len().div_ceil(FIXED_AT_ONCE) };
        let mut up = 0;
        for (bar, counts, _) in &patterns {
            if up < at_once as u64 {
                up += fixing.fix(*bar, counts, 1);
            }
        }
        let completed = fixing.completed(sizes, bars);
        let open: Vec<usize> = (0..sizes.len()).filter(|&kind| fixing.left[kind] > 0).collect();
        if open.is_empty() || fixed + up == 0 {
            return cheapest(best.into_iter().chain([completed]).collect(), bars);
        }
        relaxed = relax_part(sizes, &fixing.left, bars, &open, &completed);
        best = Some(cheapest(best.into_iter().chain([completed]).collect(), bars));
    }
    best.unwrap_or_default()
}

/// The relaxation of some of the kinds; `known` patterns give it a start.
fn relax_part(sizes: &[i64], left: &[u64], bars: &[Sold], open: &[usize], known: &Plan) -> Relaxed {
    let part = |counts: &[u64]| open.iter().map(|&kind| counts[kind]).collect::<Vec<u64>>();
    let demand = part(left);
    let known: Vec<Pattern> = known
        .patterns
        .iter()
        .map(|pattern| {
            let counts = part(&pattern.counts);
            let counts = counts.iter().zip(&demand).map(|(count, most)| *count.min(most)).collect();
            Pattern { counts, ..*pattern }
        })
        .collect();
    let open_sizes: Vec<i64> = open.iter().map(|&kind| sizes[kind]).collect();
    let relaxed = relax(&open_sizes, &demand, bars, &known, 4 * open.len(), &|_, _| false);
    let whole = |counts: Vec<u64>| {
        let mut all = vec![0; sizes.len()];
        for (&kind, count) in open.iter().zip(counts) {
            all[kind] = count;
        }
        all
    };
    let patterns = relaxed.patterns.into_iter();
    Relaxed {
        prices: relaxed.prices,
        patterns: patterns.map(|(bar, counts, value)| (bar, whole(counts), value)).collect(),
    }
}

/// A plan in the making, and what it has not yet.
struct Fixing {
    left: Vec<u64>,
    plan: Plan,
}

impl Fixing {
    /// Uses a pattern so often, or less where that would give too much. Gives how often.
    fn fix(&mut self, bar: usize, counts: &[u64], times: u64) -> u64 {
        let times = repeats(counts, &self.left).min(times);
        if times > 0 {
            subtract(&mut self.left, counts, times);
            self.plan.patterns.push(Pattern { bar, counts: counts.to_vec(), times });
        }
        times
    }

    fn completed(&self, sizes: &[i64], bars: &[Sold]) -> Plan {
        let mut plan = self.plan.clone();
        plan.patterns.extend(greedy(sizes, &self.left, bars).patterns);
        plan.shrink(sizes, bars);
        plan
    }
}

/// With more pieces than this, the search is left out; and so much work it gets.
const MOST_SEARCHED: u64 = 2_000;
const SEARCH: u64 = 8_000_000;

/// The search that sheets are nested with, and the bars that it proves: a bar is a sheet that is one
/// nanometre wide.
fn searched(sizes: &[i64], demand: &[u64], bar: Sold) -> Option<(Plan, u64)> {
    if demand.iter().sum::<u64>() > MOST_SEARCHED {
        return None;
    }
    let kinds = sizes.iter().zip(demand).enumerate();
    let (items, owners): (Vec<Item>, Vec<usize>) = kinds
        .flat_map(|(kind, (&size, &count))| {
            (0..count).map(move |_| (Item { w: size, h: 1, turn: false }, kind))
        })
        .unzip();
    let sheet = Some(Size { w: bar.room, h: 1 });
    let problem = Problem { items, stock: Vec::new(), sheet, guillotine: false };
    let pattern = |bin: nest::Filled| {
        let mut counts = vec![0; sizes.len()];
        for placed in bin.placed {
            counts[owners[placed.item]] += 1;
        }
        Pattern { bar: 0, counts, times: 1 }
    };
    let nesting = nest::nest(&problem, SEARCH);
    let patterns = nesting.bins.into_iter().map(pattern).collect();
    Some((Plan { patterns }, nesting.lower_bound))
}

/// More combinations of bars than this are not looked through.
const COMBINATIONS: u32 = 200_000;

/// The smallest sum of bar lengths that is not below `least`: sums of lengths are not just any
/// number.
fn smallest_total(bars: &[Sold], least: i128) -> i128 {
    let lengths: Vec<i128> = bars.iter().rev().map(|bar| i128::from(bar.length)).collect();
    let (mut best, mut looked) = (i128::MAX, 0);
    combine(&lengths, least, 0, &mut best, &mut looked);
    if looked > COMBINATIONS { least } else { best }
}

/// All numbers of all lengths but the last, which fills up.
fn combine(lengths: &[i128], least: i128, sum: i128, best: &mut i128, looked: &mut u32) {
    *looked += 1;
    let Some((&length, rest)) = lengths.split_first() else { return };
    if rest.is_empty() {
        let missing = (least - sum).max(0);
        *best = (*best).min(sum + (missing + length - 1) / length * length);
        return;
    }
    let mut sum = sum;
    loop {
        combine(rest, least, sum, best, looked);
        if sum >= least || *looked > COMBINATIONS {
            return;
        }
        sum += length;
    }
}
