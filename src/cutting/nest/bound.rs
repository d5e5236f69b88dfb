//! How many bins it takes at least.
//!
//! After S. P. Fekete and J. Schepers, "New classes of fast lower bounds for bin packing problems",
//! Math. Programming 91 (2001): sizes are distorted by dual feasible functions, which keep whatever
//! fits side by side fitting; the distorted areas then need at least so many bins.

use super::{Item, Size};

/// A dual feasible function; sizes are shares of the bin's side.
#[derive(Clone, Copy, Debug)]
enum Distortion {
    /// As it is.
    None,
    /// Up to multiples of 1/k: `u^(k)`.
    Rounded(i64),
    /// Small ones to nothing, large ones to all: `U^(ε)`.
    Cut(i64),
    /// Counted in pieces of at least ε: `φ^(ε)`.
    Counted(i64),
}

impl Distortion {
    fn of(self, size: i64, whole: i64) -> f64 {
        let share = size as f64 / whole as f64;
        match self {
            Distortion::None => share,
            Distortion::Rounded(k) => {
                let scaled = i128::from(size) * i128::from(k + 1);
                let whole = i128::from(whole);
                if scaled % whole == 0 { share } else { (scaled / whole) as f64 / k as f64 }
            }
            Distortion::Cut(limit) => {
                if size > whole - limit {
                    1.0
                } else if size >= limit {
                    share
                } else {
                    0.0
                }
            }
            Distortion::Counted(limit) => {
                let count = whole / limit;
                if size * 2 > whole {
                    1.0 - ((whole - size) / limit) as f64 / count as f64
                } else if size >= limit {
                    1.0 / count as f64
                } else {
                    0.0
                }
            }
        }
    }
}

/// So many different limits are tried a side, and so many multiples.
const LIMITS: usize = 24;
const MULTIPLES: i64 = 6;

/// Items of one size, and how many.
struct Kind {
    item: Item,
    count: f64,
}

/// The least number of bins of one size for these items. Items that may be turned count with the
/// smaller of their two distorted areas. Every item must fit.
pub(super) fn bins_needed(bin: Size, items: &[Item]) -> u64 {
    let kinds = kinds(items);
    let mut needed = 0.0_f64;
    let (across, up) = (distortions(&kinds, bin.w, false), distortions(&kinds, bin.h, true));
    let columns = |of: &[Distortion], whole: i64| -> Vec<Vec<[f64; 2]>> {
        let column = |&distortion: &Distortion| {
            kinds.iter().map(|kind| distortion.of_sides(kind.item, whole)).collect()
        };
        of.iter().map(column).collect()
    };
    let (widths, heights) = (columns(&across, bin.w), columns(&up, bin.h));
    for width in &widths {
        for height in &heights {
            let total: f64 = kinds
                .iter()
                .zip(width.iter().zip(height))
                .map(|(kind, (&along_x, &along_y))| {
                    kind.count * area(kind.item, along_x, along_y, bin)
                })
                .sum();
            needed = needed.max(total);
        }
    }
    // A sum that is a rounding error above a whole number proves no more than that number.
    (needed - 1e-7 * needed.max(1.0)).ceil() as u64
}

/// The smaller distorted area of the ways in which the item can lie. Distorted sides are those of
/// the item's `w` and `h`, along x and along y.
fn area(item: Item, along_x: [f64; 2], along_y: [f64; 2], bin: Size) -> f64 {
    let upright = along_x[0] * along_y[1];
    let turned = along_x[1] * along_y[0];
    let (may_stand, may_turn) =
        (item.w <= bin.w && item.h <= bin.h, item.turn && item.h <= bin.w && item.w <= bin.h);
    match (may_stand, may_turn) {
        (true, true) => upright.min(turned),
        (true, false) => upright,
        (false, true) => turned,
        (false, false) => 0.0,
    }
}

fn kinds(items: &[Item]) -> Vec<Kind> {
    let mut sorted = items.to_vec();
    sorted.sort_unstable_by_key(|item| (item.w, item.h, item.turn));
    let mut kinds: Vec<Kind> = Vec::new();
    for item in sorted {
        match kinds.last_mut() {
            Some(last) if last.item == item => last.count += 1.0,
            _ => kinds.push(Kind { item, count: 1.0 }),
        }
    }
    kinds
}

impl Distortion {
    fn of_sides(self, item: Item, whole: i64) -> [f64; 2] {
        // A side that is too long is not looked at.
        [item.w, item.h].map(|side| self.of(side.min(whole), whole))
    }
}

/// What is worth trying along one side of the bin: limits at the sizes themselves and at what they
/// leave over.
fn distortions(kinds: &[Kind], whole: i64, upright: bool) -> Vec<Distortion> {
    let sides = |item: Item| {
        let own = if upright { item.h } else { item.w };
        let other = if upright { item.w } else { item.h };
        [Some(own), item.turn.then_some(other)].into_iter().flatten()
    };
    let mut limits: Vec<i64> = kinds
        .iter()
        .flat_map(|kind| sides(kind.item))
        .flat_map(|side| [side, whole - side, whole - side + 1])
        .filter(|&limit| limit > 0 && limit * 2 <= whole)
        .collect();
    limits.sort_unstable();
    limits.dedup();
    let step = limits.len().div_ceil(LIMITS).max(1);
    let mut all = vec![Distortion::None];
    all.extend((1..=MULTIPLES).map(Distortion::Rounded));
    for &limit in limits.iter().step_by(step) {
        all.extend([Distortion::Cut(limit), Distortion::Counted(limit)]);
    }
    all
}
