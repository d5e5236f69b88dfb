//! Fewer bins: constructive passes, then a search that empties one bin after another.

use super::bound::bins_needed;
use super::pack::{KEYS, Pass, Way, least, pass, sorted};
use super::random::Random;
use super::space::{RULES, SPLITS};
use super::{Filled, Item, Nesting, Placed, Problem, Size};

/// Work (places looked at) after which no further constructive pass begins: a few tenths of a
/// second. All of them fit into it up to some hundred pieces.
const PASSES: u64 = 5_000_000;
/// After so many steps that did not lighten the pool, what is in it becomes heavier, so that
/// something else is left over instead.
const PATIENCE: u32 = 200;
const HEAVIER: f64 = 1.2;
/// At most so many bins are packed anew at once.
const REPACKED: usize = 3;
/// Keys are multiplied by up to 1 ± this.
const NOISE: f64 = 0.3;

/// Fills as few new bins as it can; the search ends after so much work.
pub(in crate::cutting) fn nest(problem: &Problem, work: u64) -> Nesting {
    let lower_bound = lower_bound(problem);
    let (bins, unplaced) = construct(problem, lower_bound);
    let bins = if unplaced.is_empty() && new_bins(&bins) > lower_bound {
        Search::new(problem, bins, work).run(lower_bound)
    } else {
        bins
    };
    Nesting { bins, unplaced, lower_bound }
}

/// The best of all passes: bins, and what found no place.
fn construct(problem: &Problem, lower_bound: u64) -> (Vec<Filled>, Vec<usize>) {
    let least = least(&problem.items);
    let mut best: Option<(Rank, Vec<Filled>, Vec<usize>)> = None;
    let mut work = 0;
    for (order, way) in ways(problem) {
        if best.is_some() && work > PASSES {
            break;
        }
        let (bins, unplaced, cost) = pass(problem, &order, least, way);
        work += cost;
        let rank = Rank::of(problem, &bins, &unplaced);
        if best.as_ref().is_none_or(|(best, ..)| rank < *best) {
            best = Some((rank, bins, unplaced));
        }
        if best.as_ref().is_some_and(|(best, ..)| best.is_optimal(lower_bound)) {
            break;
        }
    }
    best.map(|(_, bins, unplaced)| (bins, unplaced)).unwrap_or_default()
}

/// All ways to lay what is in one bin, each item of it and nothing else.
pub(in crate::cutting) fn arrangements(problem: &Problem, bin: &Filled) -> Vec<Filled> {
    let items: Vec<Item> = bin.placed.iter().map(|placed| problem.items[placed.item]).collect();
    let alone =
        Problem { items, stock: vec![bin.size], sheet: None, guillotine: problem.guillotine };
    let least = least(&alone.items);
    let mut found: Vec<Filled> = Vec::new();
    // Among one bin, the first is the best.
    for (order, way) in ways(&alone).filter(|(_, way)| way.first) {
        let (mut bins, unplaced, _) = pass(&alone, &order, least, way);
        let Some(filled) = bins.pop().filter(|_| unplaced.is_empty()) else { continue };
        let own = |placed: Placed| Placed { item: bin.placed[placed.item].item, ..placed };
        let placed: Vec<Placed> = filled.placed.into_iter().map(own).collect();
        if found.iter().all(|other| other.placed != placed) {
            found.push(Filled { size: bin.size, stock: bin.stock, placed });
        }
    }
    found
}

/// All orders and ways that passes try.
fn ways(problem: &Problem) -> impl Iterator<Item = (std::rc::Rc<[usize]>, Way)> + '_ {
    let splits = if problem.guillotine { &SPLITS[..4] } else { &SPLITS[..1] };
    let orders = move |first: bool| KEYS.into_iter().map(move |key| (first, key));
    [true, false].into_iter().flat_map(orders).flat_map(move |(first, key)| {
        let order: std::rc::Rc<[usize]> = sorted(&problem.items, key).into();
        RULES.into_iter().flat_map(move |rule| {
            let order = order.clone();
            splits.iter().map(move |&split| {
                let split = problem.guillotine.then_some(split);
                (order.clone(), Way { rule, first, split })
            })
        })
    })
}

fn new_bins(bins: &[Filled]) -> u64 {
    bins.iter().filter(|bin| bin.stock.is_none()).count() as u64
}

/// How good a pass is; less is better.
#[derive(PartialEq, PartialOrd)]
struct Rank {
    unplaced: usize,
    new_bins: u64,
    /// The area used in the emptiest new bin.
    emptiest: f64,
}

impl Rank {
    fn of(problem: &Problem, bins: &[Filled], unplaced: &[usize]) -> Rank {
        let new = bins.iter().filter(|bin| bin.stock.is_none());
        let emptiest = new.map(|bin| used(problem, bin)).fold(f64::INFINITY, f64::min);
        Rank { unplaced: unplaced.len(), new_bins: new_bins(bins), emptiest }
    }

    fn is_optimal(&self, lower_bound: u64) -> bool {
        self.unplaced == 0 && self.new_bins <= lower_bound
    }
}

fn area(item: &Item) -> f64 {
    item.w as f64 * item.h as f64
}

/// The area of what lies in a bin.
fn used(problem: &Problem, bin: &Filled) -> f64 {
    bin.placed.iter().map(|placed| area(&problem.items[placed.item])).sum()
}

/// New bins that any answer needs.
fn lower_bound(problem: &Problem) -> u64 {
    let Some(sheet) = problem.sheet else { return 0 };
    let bin_area = |size: &Size| size.w as f64 * size.h as f64;
    let there: f64 = problem.stock.iter().map(bin_area).sum();
    let wanted: f64 = problem.items.iter().map(area).sum();
    let by_area = ((wanted - there) / bin_area(&sheet) - 1e-7).ceil().max(0.0) as u64;
    // A bin that lies within a new one holds no more than that.
    let within = |size: &Size| size.w <= sheet.w && size.h <= sheet.h;
    if problem.stock.iter().all(within) {
        let all = bins_needed(sheet, &problem.items);
        by_area.max(all.saturating_sub(problem.stock.len() as u64))
    } else {
        by_area
    }
}

/// The search's state: bins, and a pool of items that are in none.
struct Search<'a> {
    problem: &'a Problem,
    least: (i64, i64),
    bins: Vec<Filled>,
    pool: Vec<usize>,
    weights: Vec<f64>,
    random: Random,
    work: u64,
    budget: u64,
}

impl<'a> Search<'a> {
    fn new(problem: &'a Problem, mut bins: Vec<Filled>, budget: u64) -> Search<'a> {
        // Stock that no pass has used may yet take something.
        for (index, &size) in problem.stock.iter().enumerate() {
            if !bins.iter().any(|bin| bin.stock == Some(index)) {
                bins.push(Filled { size, stock: Some(index), placed: Vec::new() });
            }
        }
        Search {
            problem,
            least: least(&problem.items),
            bins,
            pool: Vec::new(),
            weights: vec![1.0; problem.items.len()],
            random: Random::new(1),
            work: 0,
            budget,
        }
    }

    fn run(mut self, lower_bound: u64) -> Vec<Filled> {
        let mut best = self.bins.clone();
        while new_bins(&best) > lower_bound && self.drop_emptiest() && self.empty_the_pool() {
            best.clone_from(&self.bins);
        }
        best.retain(|bin| !bin.placed.is_empty());
        best
    }

    /// Takes the emptiest new bin apart. Is there something left to put its items into?
    fn drop_emptiest(&mut self) -> bool {
        let new = self.bins.iter().enumerate().filter(|(_, bin)| bin.stock.is_none());
        let emptiest = new
            .map(|(index, bin)| (used(self.problem, bin), index))
            .min_by(|one, other| one.0.total_cmp(&other.0));
        let Some((_, index)) = emptiest else { return false };
        let dropped = self.bins.swap_remove(index);
        self.pool.extend(dropped.placed.iter().map(|placed| placed.item));
        !self.bins.is_empty()
    }

    /// Is every item in a bin before the work is used up?
    fn empty_the_pool(&mut self) -> bool {
        let mut stuck = 0;
        while !self.pool.is_empty() {
            if self.work > self.budget {
                return false;
            }
            stuck = if self.repack() { 0 } else { stuck + 1 };
            if stuck == PATIENCE {
                stuck = 0;
                for &item in &self.pool {
                    self.weights[item] *= HEAVIER;
                }
            }
        }
        true
    }

    fn weight(&self, item: usize) -> f64 {
        area(&self.problem.items[item]) * self.weights[item]
    }

    /// Packs a few bins anew together with the pool, if that leaves no more in it than before. Is
    /// it less?
    fn repack(&mut self) -> bool {
        let chosen = self.choose();
        let before: f64 = self.pool.iter().map(|&item| self.weight(item)).sum();
        let lying = chosen.iter().flat_map(|&bin| &self.bins[bin].placed).map(|placed| placed.item);
        let mut order: Vec<usize> = self.pool.iter().copied().chain(lying).collect();
        self.shuffle(&mut order);
        let way = Way {
            rule: RULES[self.random.below(RULES.len())],
            first: self.random.below(2) == 0,
            split: self.problem.guillotine.then(|| SPLITS[self.random.below(SPLITS.len())]),
        };
        let mut pass = Pass::new(&self.problem.items, self.least, way);
        for &bin in &chosen {
            pass.open(self.bins[bin].size, self.bins[bin].stock);
        }
        let mut after = 0.0;
        let left = pass.run(&order, None, |item| {
            after += self.weight(item);
            after > before
        });
        self.work += pass.work() + order.len() as u64;
        if after > before {
            return false;
        }
        for (&bin, filled) in chosen.iter().zip(pass.into_bins()) {
            self.bins[bin] = filled;
        }
        self.pool = left;
        after < before
    }

    /// A few different bins.
    fn choose(&mut self) -> Vec<usize> {
        let count = (1 + self.random.below(REPACKED)).min(self.bins.len());
        let mut chosen: Vec<usize> = Vec::with_capacity(count);
        while chosen.len() < count {
            let bin = self.random.below(self.bins.len());
            if !chosen.contains(&bin) {
                chosen.push(bin);
            }
        }
        chosen
    }

    /// Largest first, by a random key with random noise.
    fn shuffle(&mut self, items: &mut [usize]) {
        let key = KEYS[self.random.below(KEYS.len())];
        let noise = self.random.share() * NOISE;
        let mut ranked: Vec<(f64, usize)> = items
            .iter()
            .map(|&item| {
                let factor = 1.0 + noise * (2.0 * self.random.share() - 1.0);
                (key.of(&self.problem.items[item]) * factor, item)
            })
            .collect();
        ranked.sort_by(|one, other| other.0.total_cmp(&one.0));
        for (slot, (_, item)) in items.iter_mut().zip(ranked) {
            *slot = item;
        }
    }
}
