//! The linear relaxation: patterns may be used a fraction of a time.
//!
//! After P. C. Gilmore and R. E. Gomory, "A linear programming approach to the cutting-stock
//! problem", Operations Research 9 (1961): the simplex method, which makes up a pattern only when
//! it is worth more than its bar costs at the present prices of the pieces.

use super::Sold;
use super::fill::{fill, fill_exactly};
use super::greedy::Pattern;

/// What the relaxation tells.
#[derive(Clone, Debug)]
pub(super) struct Relaxed {
    /// What a piece of each kind costs: in no bar are pieces worth more than the bar.
    pub prices: Vec<f64>,
    /// Patterns in use: bar, counts, how often.
    pub patterns: Vec<(usize, Vec<u64>, f64)>,
}

/// A column of the basis.
#[derive(Clone, Debug)]
enum Column {
    /// A pattern on one of the bars.
    Pattern { bar: usize, counts: Vec<u64> },
    /// More of a kind than is asked for.
    Surplus,
}

struct Simplex<'a> {
    bars: &'a [Sold],
    columns: Vec<Column>,
    costs: Vec<f64>,
    /// How often each column is used.
    values: Vec<f64>,
    /// Row by row.
    inverse: Vec<Vec<f64>>,
}

/// Below this share of a bar, a gain is a rounding error.
const TOLERANCE: f64 = 1e-9;

/// Its multiples spread evenly.
const GOLDEN: f64 = 0.618_033_988_749_895;

/// How far prices are drawn towards the best that are known: they swing less, and settle sooner.
const DRAWN: f64 = 0.85;

/// Solves the relaxation for kinds of `sizes`, all of which fit the longest of `bars` (which rise),
/// and `demand`, which is positive; `known` patterns are tried first. Ends after so many `rounds`,
/// or when what the prices prove and what the present patterns cost is `enough`.
pub(super) fn relax(
    sizes: &[i64],
    demand: &[u64],
    bars: &[Sold],
    known: &[Pattern],
    rounds: usize,
    enough: &dyn Fn(f64, f64) -> bool,
) -> Relaxed {
    let mut simplex = Simplex::new(sizes, demand, bars);
    for pattern in known {
        simplex.try_pattern(pattern);
    }
    let fair = by_length(sizes, bars);
    let mut best = fair.clone();
    let mut promised = total(&best, demand);
    // Quick fillings may miss something; what counts in the end has to be fair for certain.
    let certain = |mut prices: Vec<f64>| {
        let worth = |bar: &Sold| fill_exactly(bar.room, sizes, &prices, demand).at_most / bar.price;
        let excess = bars.iter().map(worth).fold(1.0, f64::max);
        for price in &mut prices {
            *price /= excess;
        }
        prices
    };
    for _ in 0..rounds {
        let prices = simplex.prices();
        let drawn: Vec<f64> = prices
            .iter()
            .zip(&best)
            .map(|(price, best)| (best * DRAWN + price * (1.0 - DRAWN)).max(0.0))
            .collect();
        let mut entered = simplex.enter_surplus(&prices);
        for (asked, sure) in [(&drawn, false), (&prices, false), (&prices, true)] {
            if entered {
                break;
            }
            let (found, excess) = simplex.offers(sizes, demand, asked, sure);
            // Made cheaper until no bar is worth more than it costs.
            if total(asked, demand) / excess > promised {
                promised = total(asked, demand) / excess;
                best = asked.iter().map(|price| price.max(0.0) / excess).collect();
            }
            for (bar, counts) in found {
                entered |= simplex.try_pattern(&Pattern { bar, counts, times: 1 });
            }
        }
        if entered && enough(promised, simplex.objective()) {
            best = certain(best);
            promised = total(&best, demand);
        }
        if !entered || enough(promised, simplex.objective()) {
            break;
        }
    }
    let last = simplex.prices().into_iter().map(|price| price.max(0.0)).collect();
    let by_total =
        |one: &Vec<f64>, other: &Vec<f64>| total(one, demand).total_cmp(&total(other, demand));
    let candidates = [certain(best), certain(last), fair];
    let prices = candidates.into_iter().max_by(by_total).unwrap_or_default();
    Relaxed { prices, patterns: simplex.patterns() }
}

/// The price by length is fair: no bar holds more than it is long.
pub(super) fn by_length(sizes: &[i64], bars: &[Sold]) -> Vec<f64> {
    let rates = bars.iter().map(|bar| bar.price / bar.room as f64);
    let lowest = rates.fold(f64::INFINITY, f64::min);
    sizes.iter().map(|&size| size as f64 * lowest).collect()
}

/// What all pieces are worth.
pub(super) fn total(prices: &[f64], demand: &[u64]) -> f64 {
    prices.iter().zip(demand).map(|(price, count)| price * *count as f64).sum()
}

impl<'a> Simplex<'a> {
    /// Begins with one kind on each bar.
    fn new(sizes: &[i64], demand: &[u64], bars: &'a [Sold]) -> Simplex<'a> {
        let count = sizes.len();
        let longest = bars.len() - 1;
        let mut simplex = Simplex {
            bars,
            columns: Vec::new(),
            costs: vec![bars[longest].price; count],
            values: Vec::new(),
            inverse: vec![vec![0.0; count]; count],
        };
        for (kind, (&size, &wanted)) in sizes.iter().zip(demand).enumerate() {
            let pieces = ((bars[longest].room / size) as u64).clamp(1, wanted.max(1));
            let mut counts = vec![0; count];
            counts[kind] = pieces;
            simplex.columns.push(Column::Pattern { bar: longest, counts });
            // Demands that are alike leave the simplex method stuck at corners; a little more of
            // each, and of each differently, does not.
            let more = 1e-4 * (1.0 + (kind as f64 * GOLDEN).fract());
            simplex.values.push((wanted as f64 + more) / pieces as f64);
            simplex.inverse[kind][kind] = 1.0 / pieces as f64;
        }
        simplex
    }

    fn prices(&self) -> Vec<f64> {
        let mut prices = vec![0.0; self.inverse.len()];
        for (cost, row) in self.costs.iter().zip(&self.inverse) {
            if *cost != 0.0 {
                for (price, entry) in prices.iter_mut().zip(row) {
                    *price += cost * entry;
                }
            }
        }
        prices
    }

    /// Enters the surplus of a kind whose price is negative.
    fn enter_surplus(&mut self, prices: &[f64]) -> bool {
        let cheapest = prices.iter().enumerate().min_by(|one, other| one.1.total_cmp(other.1));
        let Some((kind, price)) = cheapest else { return false };
        if *price >= -self.least_gain() {
            return false;
        }
        let mut entries = vec![0.0; prices.len()];
        entries[kind] = -1.0;
        self.enter(Column::Surplus, 0.0, &entries)
    }

    fn objective(&self) -> f64 {
        self.costs.iter().zip(&self.values).map(|(cost, value)| cost * value).sum()
    }

    /// What is a gain, and no rounding error.
    fn least_gain(&self) -> f64 {
        TOLERANCE * self.bars.last().map_or(0.0, |bar| bar.price)
    }

    /// The filling of each bar that is worth most at these prices, and how many times its own price
    /// the best of them is worth (1 if none is worth more).
    fn offers(
        &self,
        sizes: &[i64],
        demand: &[u64],
        prices: &[f64],
        sure: bool,
    ) -> (Vec<(usize, Vec<u64>)>, f64) {
        let mut overpriced = 1.0_f64;
        let mut found = Vec::new();
        for (index, bar) in self.bars.iter().enumerate() {
            let filling = if sure {
                fill_exactly(bar.room, sizes, prices, demand)
            } else {
                fill(bar.room, sizes, prices, demand, f64::INFINITY)
            };
            overpriced = overpriced.max(filling.value / bar.price);
            found.push((index, filling.counts));
        }
        (found, overpriced)
    }

    /// Enters a pattern if that makes the whole cheaper.
    fn try_pattern(&mut self, pattern: &Pattern) -> bool {
        let entries: Vec<f64> = pattern.counts.iter().map(|&count| count as f64).collect();
        let prices = self.prices();
        let worth: f64 = prices.iter().zip(&entries).map(|(price, count)| price * count).sum();
        let cost = self.bars[pattern.bar].price;
        if worth - cost <= self.least_gain() {
            return false;
        }
        let column = Column::Pattern { bar: pattern.bar, counts: pattern.counts.clone() };
        self.enter(column, cost, &entries)
    }

    /// Brings a column into the basis. False if none can leave for it, which happens by rounding
    /// errors only.
    fn enter(&mut self, column: Column, cost: f64, entries: &[f64]) -> bool {
        let direction: Vec<f64> = self
            .inverse
            .iter()
            .map(|row| row.iter().zip(entries).map(|(one, other)| one * other).sum())
            .collect();
        let leaving =
            (0..direction.len()).filter(|&row| direction[row] > 1e-9).min_by(|&one, &other| {
                let ratio = |row: usize| self.values[row] / direction[row];
                ratio(one)
                    .total_cmp(&ratio(other))
                    .then(direction[other].total_cmp(&direction[one]))
            });
        let Some(leaving) = leaving else { return false };
        let step = (self.values[leaving] / direction[leaving]).max(0.0);
        let pivot: Vec<f64> =
            self.inverse[leaving].iter().map(|entry| entry / direction[leaving]).collect();
        for (row, share) in direction.iter().enumerate() {
            if row == leaving {
                continue;
            }
            self.values[row] = (self.values[row] - step * share).max(0.0);
            if *share != 0.0 {
                for (entry, by) in self.inverse[row].iter_mut().zip(&pivot) {
                    *entry -= share * by;
                }
            }
        }
        self.inverse[leaving] = pivot;
        self.values[leaving] = step;
        self.columns[leaving] = column;
        self.costs[leaving] = cost;
        true
    }

    fn patterns(self) -> Vec<(usize, Vec<u64>, f64)> {
        let used = self.columns.into_iter().zip(self.values);
        used.filter_map(|(column, value)| match column {
            Column::Pattern { bar, counts } if value > TOLERANCE => Some((bar, counts, value)),
            _ => None,
        })
        .collect()
    }
}
