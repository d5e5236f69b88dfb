//! One pass: items in some order, each to the place that a rule prefers.

use std::cmp::Ordering;

use super::space::{Rule, Space, Split, Spot};
use super::{Filled, Item, Placed, Problem, Size};

/// How a pass goes about it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Way {
    /// Which place an item takes.
    pub rule: Rule,
    /// In the first bin that has one, or in the bin where the rule likes it best?
    pub first: bool,
    /// How bins are divided that must come apart by guillotine.
    pub split: Option<Split>,
}

/// A pass under way: its bins, and what it has cost.
pub(super) struct Pass<'a> {
    items: &'a [Item],
    way: Way,
    least: (i64, i64),
    bins: Vec<Open>,
    /// Bins before this one count as full.
    from: usize,
    work: u64,
}

struct Open {
    size: Size,
    stock: Option<usize>,
    space: Space,
    placed: Vec<Placed>,
}

/// So many pairs of an item and an open bin are looked at in a pass; with very many items, only
/// the newest bins stay open.
const OPEN_PAIRS: usize = 4_000_000;
const FEWEST_OPEN: usize = 4;

impl<'a> Pass<'a> {
    /// A pass without bins; no item is smaller than `least`.
    pub(super) fn new(items: &'a [Item], least: (i64, i64), way: Way) -> Pass<'a> {
        Pass { items, way, least, bins: Vec::new(), from: 0, work: 0 }
    }

    /// Opens a bin.
    pub(super) fn open(&mut self, size: Size, stock: Option<usize>) {
        let space = Space::new(size, self.way.split, self.least);
        self.bins.push(Open { size, stock, space, placed: Vec::new() });
    }

    /// Puts items into the bins in their order, opening new ones where `sheet` allows it. Gives
    /// those that found no place; once `enough` says so of one of them, no more are tried.
    pub(super) fn run(
        &mut self,
        order: &[usize],
        sheet: Option<Size>,
        mut enough: impl FnMut(usize) -> bool,
    ) -> Vec<usize> {
        let window = (OPEN_PAIRS / order.len().max(1)).max(FEWEST_OPEN);
        let mut unplaced = Vec::new();
        let mut last: Option<(Item, Option<usize>)> = None;
        for &index in order {
            let item = self.items[index];
            // Where the first bin is taken, a copy of the last item need not ask those that had no
            // place for it.
            let mut found = match last {
                Some((same, None)) if same == item => None,
                Some((same, Some(bin))) if same == item && self.way.first => self.place(index, bin),
                _ => self.place(index, 0),
            };
            if let (None, Some(size)) = (found, sheet) {
                self.open(size, None);
                self.from = self.bins.len().saturating_sub(window);
                found = self.place(index, self.bins.len() - 1);
            }
            last = Some((item, found));
            if found.is_none() {
                unplaced.push(index);
                if enough(index) {
                    break;
                }
            }
        }
        unplaced
    }

    /// Puts the item into one of the bins from `from` on. Gives the bin.
    fn place(&mut self, index: usize, from: usize) -> Option<usize> {
        let item = self.items[index];
        let mut best: Option<(usize, Spot)> = None;
        for (number, bin) in self.bins.iter().enumerate().skip(from.max(self.from)) {
            if let Some(spot) = bin.space.find(&item, self.way.rule, &mut self.work) {
                if best.is_none_or(|(_, best)| spot.score < best.score) {
                    best = Some((number, spot));
                }
                if self.way.first {
                    break;
                }
            }
        }
        let (number, spot) = best?;
        let bin = &mut self.bins[number];
        bin.space.take(&spot, &mut self.work);
        let (x, y) = (spot.rect.x, spot.rect.y);
        bin.placed.push(Placed { item: index, x, y, turned: spot.turned });
        Some(number)
    }

    /// Places looked at so far.
    pub(super) fn work(&self) -> u64 {
        self.work
    }

    /// All bins, as they were opened.
    pub(super) fn into_bins(self) -> Vec<Filled> {
        let filled =
            |open: Open| Filled { size: open.size, stock: open.stock, placed: open.placed };
        self.bins.into_iter().map(filled).collect()
    }
}

/// A pass over a whole problem, stock first: bins that are not empty, items without a place, work.
pub(super) fn pass(
    problem: &Problem,
    order: &[usize],
    least: (i64, i64),
    way: Way,
) -> (Vec<Filled>, Vec<usize>, u64) {
    let mut pass = Pass::new(&problem.items, least, way);
    for (index, &size) in problem.stock.iter().enumerate() {
        pass.open(size, Some(index));
    }
    let unplaced = pass.run(order, problem.sheet, |_| false);
    let work = pass.work();
    let mut bins = pass.into_bins();
    bins.retain(|bin| !bin.placed.is_empty());
    (bins, unplaced, work)
}

/// A measure to sort items by, largest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Key {
    Area,
    LongSide,
    ShortSide,
    Perimeter,
    Width,
    Height,
}

/// All keys.
pub(super) const KEYS: [Key; 6] =
    [Key::Area, Key::LongSide, Key::ShortSide, Key::Perimeter, Key::Width, Key::Height];

impl Key {
    /// The measure.
    pub(super) fn of(self, item: &Item) -> f64 {
        let (w, h) = (item.w as f64, item.h as f64);
        match self {
            Key::Area => w * h,
            Key::LongSide => w.max(h),
            Key::ShortSide => w.min(h),
            Key::Perimeter => w + h,
            Key::Width => w,
            Key::Height => h,
        }
    }
}

/// Items by falling key; among equals, by falling area, then width, so that copies follow each
/// other.
pub(super) fn sorted(items: &[Item], key: Key) -> Vec<usize> {
    let mut ranked: Vec<([f64; 3], usize)> = items
        .iter()
        .enumerate()
        .map(|(index, item)| ([key.of(item), Key::Area.of(item), Key::Width.of(item)], index))
        .collect();
    let by_measures = |one: &[f64; 3], other: &[f64; 3]| {
        (0..3).map(|n| other[n].total_cmp(&one[n])).fold(Ordering::Equal, Ordering::then)
    };
    ranked.sort_by(|(one, _), (other, _)| by_measures(one, other));
    ranked.into_iter().map(|(_, index)| index).collect()
}

/// The smallest width and height in which any item may lie.
pub(super) fn least(items: &[Item]) -> (i64, i64) {
    items.iter().fold((i64::MAX, i64::MAX), |(w, h), item| {
        let shorter = item.w.min(item.h);
        let own = if item.turn { (shorter, shorter) } else { (item.w, item.h) };
        (w.min(own.0), h.min(own.1))
    })
}
