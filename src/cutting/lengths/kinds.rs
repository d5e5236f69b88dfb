//! Pieces by length, whatever they are called.

use std::collections::{BTreeMap, VecDeque};

use super::fill::fill;
use super::greedy::repeats;
use super::{CutBar, Length, Sold};
use crate::units::Mm;

/// Pieces that are not cut yet, by size (kerf included), the longest first.
#[derive(Debug)]
pub(super) struct Kinds {
    kinds: Vec<Kind>,
}

#[derive(Debug)]
struct Kind {
    size: i64,
    /// Which of the lengths, and how many are left of it.
    owners: VecDeque<(usize, u64)>,
}

impl Kind {
    fn left(&self) -> u64 {
        self.owners.iter().map(|(_, count)| count).sum()
    }
}

impl Kinds {
    pub(super) fn new(wanted: &[Length], kerf: Mm) -> Kinds {
        let mut by_size: BTreeMap<i64, VecDeque<(usize, u64)>> = BTreeMap::new();
        for (index, piece) in wanted.iter().enumerate().filter(|(_, piece)| piece.quantity > 0) {
            let owners = by_size.entry((piece.length + kerf).nm()).or_default();
            owners.push_back((index, piece.quantity));
        }
        let kinds = by_size.into_iter().rev().map(|(size, owners)| Kind { size, owners });
        Kinds { kinds: kinds.collect() }
    }

    /// Sizes, and how many of each.
    pub(super) fn demand(&self) -> Vec<(i64, u64)> {
        self.kinds.iter().map(|kind| (kind.size, kind.left())).collect()
    }

    /// Sizes that are still wanted, and how many of each.
    pub(super) fn open(&self) -> (Vec<i64>, Vec<u64>) {
        self.demand().into_iter().filter(|(_, count)| *count > 0).unzip()
    }

    /// Drops what fits into no bar any more: which of the lengths, how many.
    pub(super) fn give_up_beyond(&mut self, room: i64) -> Vec<(usize, u64)> {
        let too_long = self.kinds.iter_mut().filter(|kind| kind.size > room);
        let mut dropped: Vec<(usize, u64)> =
            too_long.flat_map(|kind| std::mem::take(&mut kind.owners)).collect();
        dropped.sort_unstable();
        dropped
    }

    /// Fills bars that are there, each as full as can be.
    pub(super) fn use_up(&mut self, bar: Sold, mut quantity: u64, bars: &mut Vec<CutBar>) {
        while quantity > 0 {
            let (sizes, left) = self.open();
            let values: Vec<f64> = sizes.iter().map(|&size| size as f64).collect();
            let filling = fill(bar.room, &sizes, &values, &left, bar.room as f64);
            let times = repeats(&filling.counts, &left).min(quantity);
            if times == 0 {
                return;
            }
            self.saw(Mm::from_nm(bar.length), true, &sizes, &filling.counts, times, bars);
            quantity -= times;
        }
    }

    /// Saws `times` bars with so many pieces of each of `sizes`; bars that get pieces of the same
    /// names are one entry.
    pub(super) fn saw(
        &mut self,
        length: Mm,
        from_stock: bool,
        sizes: &[i64],
        counts: &[u64],
        times: u64,
        bars: &mut Vec<CutBar>,
    ) {
        for _ in 0..times {
            let mut pieces = Vec::new();
            for (&size, &count) in sizes.iter().zip(counts) {
                for _ in 0..count {
                    pieces.extend(self.take(size));
                }
            }
            match bars.last_mut() {
                Some(last)
                    if last.pieces == pieces
                        && last.length == length
                        && last.from_stock == from_stock =>
                {
                    last.quantity += 1;
                }
                _ => bars.push(CutBar { length, from_stock, pieces, quantity: 1 }),
            }
        }
    }

    /// One piece of this size.
    fn take(&mut self, size: i64) -> Option<usize> {
        let place = self.kinds.binary_search_by(|kind| size.cmp(&kind.size)).ok()?;
        let kind = self.kinds.get_mut(place)?;
        let (owner, left) = kind.owners.front_mut()?;
        let taken = *owner;
        *left -= 1;
        if *left == 0 {
            kind.owners.pop_front();
        }
        Some(taken)
    }
}
