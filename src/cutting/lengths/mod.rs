//! Bars cut to length: as little bought as can be, and a bound that says how little that is.
//!
//! What is asked for is a few lengths, each so often; an answer is a few patterns, each so often:
//! work follows distinct lengths, not counts. Three ways lead to an answer: the fullest bar first,
//! best fit by falling length, and the linear relaxation, rounded. Where these leave a gap and all bars
//! are alike, two searches follow: that of the sheets, and one that gathers what bars leave over. The
//! relaxation also gives the bound: no bars at all are shorter together. An answer that meets the bound is proven to be the
//! best there is; otherwise the gap is stated.
//!
//! Inside, sizes are whole nanometres; kerf is added to pieces and to bars, since the last piece of a
//! bar needs none.

mod buy;
mod concentrate;
mod fill;
mod greedy;
mod kinds;
mod relax;

use super::sheets::BadLayout;
use super::verify;
use crate::units::Mm;
use kinds::Kinds;

/// Pieces of one length.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Length {
    /// What they are called.
    pub name: String,
    /// How long they are.
    pub length: Mm,
    /// How many.
    pub quantity: u64,
}

/// Bars of one length to cut from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StockBar {
    /// How long they are.
    pub length: Mm,
    /// How many there are, to be used up first; `None` if any number can be bought.
    pub quantity: Option<u64>,
}

/// Bars that are cut alike.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CutBar {
    /// Length of the bar.
    pub length: Mm,
    /// Was it there already?
    pub from_stock: bool,
    /// The pieces in order of sawing: which of the lengths.
    pub pieces: Vec<usize>,
    /// How many bars.
    pub quantity: u64,
}

/// All pieces on bars.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CutBars {
    /// The bars: what was there first.
    pub bars: Vec<CutBar>,
    /// Pieces that found no place, and how many of each: only if no bars can be bought for them.
    pub unplaced: Vec<(usize, u64)>,
    /// Bars that any answer needs, be they bought or there.
    pub lower_bound: u64,
    /// Length of all bars that are bought.
    pub bought: Mm,
    /// Length of bars that any answer has to buy.
    pub bought_bound: Mm,
}

impl CutBars {
    /// How many bars there are.
    pub fn count(&self) -> u64 {
        self.bars.iter().map(|bar| bar.quantity).sum()
    }

    /// Can nobody buy less?
    pub fn is_proven(&self) -> bool {
        self.unplaced.is_empty() && self.bought <= self.bought_bound
    }
}

/// A bar as it is sold.
#[derive(Clone, Copy, Debug)]
struct Sold {
    /// Its length.
    length: i64,
    /// And one kerf: what pieces with their kerfs have to go into.
    room: i64,
    /// Its length as a number to reckon with.
    price: f64,
}

impl Sold {
    fn new(length: Mm, kerf: Mm) -> Sold {
        let room = (length + kerf).nm();
        Sold { length: length.nm(), room, price: length.nm() as f64 }
    }
}

/// Cuts all pieces from bars, those that are there first, and buys as little length as it can. The
/// saw takes `kerf` between two pieces. Lengths must be positive.
///
/// # Errors
/// Only if this program contradicts itself: every answer is verified before it is given.
pub fn cut(wanted: &[Length], stock: &[StockBar], kerf: Mm) -> Result<CutBars, BadLayout> {
    let mut kinds = Kinds::new(wanted, kerf);
    let all = kinds.demand();
    let mut sold: Vec<Mm> =
        stock.iter().filter(|bar| bar.quantity.is_none()).map(|bar| bar.length).collect();
    sold.sort_unstable();
    sold.dedup();
    let bars_sold: Vec<Sold> = sold.iter().map(|&length| Sold::new(length, kerf)).collect();

    let mut there: Vec<(Mm, u64)> =
        stock.iter().filter_map(|bar| Some((bar.length, bar.quantity?))).collect();
    there.sort_unstable();
    let mut bars = Vec::new();
    for &(length, quantity) in &there {
        kinds.use_up(Sold::new(length, kerf), quantity, &mut bars);
    }
    let longest = bars_sold.last().map_or(0, |bar| bar.room);
    let unplaced = kinds.give_up_beyond(longest);
    let (sizes, demand) = kinds.open();
    let answer = buy::buy(&sizes, &demand, &bars_sold);
    let bought: Mm = answer
        .plan
        .patterns
        .iter()
        .map(|pattern| sold[pattern.bar] * i64::try_from(pattern.times).unwrap_or(i64::MAX))
        .sum();
    let bought_bound = if there.is_empty() {
        Mm::from_nm(i64::try_from(answer.bound).unwrap_or(i64::MAX))
    } else {
        least_beside(&all, longest, &bars_sold, &there, kerf)
    };
    for pattern in &answer.plan.patterns {
        kinds.saw(sold[pattern.bar], false, &sizes, &pattern.counts, pattern.times, &mut bars);
    }
    let lower_bound = match sold.as_slice() {
        [only] if there.is_empty() => bought_bound.nm().div_euclid(only.nm()) as u64,
        _ => fewest(&all, stock, kerf),
    };
    let cut = CutBars { bars, unplaced, lower_bound, bought, bought_bound };
    let flaws = verify::bars(wanted, stock, kerf, &cut);
    if flaws.is_empty() { Ok(cut) } else { Err(BadLayout(flaws)) }
}

/// What has to be bought beside the bars that are there: everything at fair prices, less the most
/// that those bars can be worth.
fn least_beside(
    all: &[(i64, u64)],
    longest: i64,
    sold: &[Sold],
    there: &[(Mm, u64)],
    kerf: Mm,
) -> Mm {
    let (sizes, demand): (Vec<i64>, Vec<u64>) =
        all.iter().copied().filter(|(size, _)| *size <= longest).unzip();
    let answer = buy::buy(&sizes, &demand, sold);
    if answer.prices.is_empty() {
        return Mm::ZERO;
    }
    let held: f64 = there
        .iter()
        .map(|&(length, quantity)| {
            let room = Sold::new(length, kerf).room;
            let most = fill::fill_exactly(room, &sizes, &answer.prices, &demand).at_most;
            most * quantity as f64
        })
        .sum();
    let least = relax::total(&answer.prices, &demand) - held;
    Mm::from_nm((least * (1.0 - 1e-9)).floor().max(0.0) as i64)
}

/// So many bars it takes if all were of the longest kind and full. What fits in none does not count.
fn fewest(all: &[(i64, u64)], stock: &[StockBar], kerf: Mm) -> u64 {
    let longest = stock.iter().map(|bar| (bar.length + kerf).nm()).max().unwrap_or(0);
    if longest == 0 {
        return 0;
    }
    let fitting = all.iter().filter(|(size, _)| *size <= longest);
    let total: i128 = fitting.map(|(size, count)| i128::from(*size) * i128::from(*count)).sum();
    ((total + i128::from(longest) - 1) / i128::from(longest)) as u64
}
