//! What is left of a bin while items are put into it.

use super::{Item, Size};

/// A rectangle; sizes are whole nanometres, as everywhere in this folder.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::cutting) struct Rect {
    /// Left edge.
    pub x: i64,
    /// Lower edge.
    pub y: i64,
    /// Size along x.
    pub w: i64,
    /// Size along y.
    pub h: i64,
}

impl Rect {
    /// Right edge.
    pub(in crate::cutting) fn right(&self) -> i64 {
        self.x + self.w
    }

    /// Upper edge.
    pub(in crate::cutting) fn top(&self) -> i64 {
        self.y + self.h
    }

    /// Do both share more than an edge?
    pub(in crate::cutting) fn overlaps(&self, other: &Rect) -> bool {
        self.x < other.right()
            && other.x < self.right()
            && self.y < other.top()
            && other.y < self.top()
    }

    fn holds(&self, other: &Rect) -> bool {
        self.x <= other.x
            && self.y <= other.y
            && other.right() <= self.right()
            && other.top() <= self.top()
    }

    /// Square nanometres, too many for an integer.
    pub(in crate::cutting) fn area(&self) -> f64 {
        self.w as f64 * self.h as f64
    }
}

/// Which of the places that are large enough is taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Rule {
    /// The one whose shorter leftover is shortest.
    ShortSide,
    /// The one whose longer leftover is shortest.
    LongSide,
    /// The one with the least area left over.
    Area,
    /// The lowest, then the leftmost.
    BottomLeft,
    /// The one where the piece touches most of its neighbours and of the sheet's edge.
    Contact,
}

/// All rules.
pub(super) const RULES: [Rule; 5] =
    [Rule::ShortSide, Rule::LongSide, Rule::Area, Rule::BottomLeft, Rule::Contact];

/// How a guillotine divides what is left beside a piece; every cut goes from edge to edge.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::cutting) enum Split {
    /// Along the shorter leftover.
    ShorterLeftover,
    /// Along the longer leftover.
    LongerLeftover,
    /// So that one part becomes as large as possible.
    LargestPart,
    /// So that the parts become alike.
    EvenParts,
    /// Always along x.
    AlongX,
    /// Always along y.
    AlongY,
}

/// All splits.
pub(super) const SPLITS: [Split; 6] = [
    Split::ShorterLeftover,
    Split::LongerLeftover,
    Split::LargestPart,
    Split::EvenParts,
    Split::AlongX,
    Split::AlongY,
];

/// Where a piece goes. The lower score is the better one.
#[derive(Clone, Copy, Debug)]
pub(super) struct Spot {
    pub score: (f64, f64),
    /// What it will cover.
    pub rect: Rect,
    /// Does it lie turned?
    pub turned: bool,
    /// The free rectangle that it lies in.
    free: usize,
}

/// One sheet in the making.
#[derive(Clone, Debug)]
pub(in crate::cutting) struct Space {
    bin: Rect,
    /// Maximal free rectangles, which overlap; or disjoint ones, if it is cut by guillotine.
    free: Vec<Rect>,
    used: Vec<Rect>,
    split: Option<Split>,
    /// No piece is smaller: what is smaller is no place.
    least: (i64, i64),
}

impl Space {
    /// An empty sheet. With a split, it can be cut edge to edge.
    pub(in crate::cutting) fn new(size: Size, split: Option<Split>, least: (i64, i64)) -> Space {
        let bin = Rect { x: 0, y: 0, w: size.w, h: size.h };
        Space { bin, free: vec![bin], used: Vec::new(), split, least }
    }

    /// The best place for a piece, if there is one. Counts its work.
    pub(super) fn find(&self, item: &Item, rule: Rule, work: &mut u64) -> Option<Spot> {
        let looks = if rule == Rule::Contact { 1 + self.used.len() / 2 } else { 1 };
        *work += (self.free.len() * looks) as u64 + 1;
        let mut best: Option<Spot> = None;
        for (index, free) in self.free.iter().enumerate() {
            for turned in [false, true] {
                let (w, h) = if turned { (item.h, item.w) } else { (item.w, item.h) };
                if w > free.w || h > free.h || (turned && (!item.turn || w == h)) {
                    continue;
                }
                let rect = Rect { x: free.x, y: free.y, w, h };
                let score = self.score(free, &rect, rule);
                if best.is_none_or(|best| score < best.score) {
                    best = Some(Spot { score, rect, turned, free: index });
                }
            }
        }
        best
    }

    fn score(&self, free: &Rect, rect: &Rect, rule: Rule) -> (f64, f64) {
        let (dw, dh) = (free.w - rect.w, free.h - rect.h);
        let (short, long) = (dw.min(dh) as f64, dw.max(dh) as f64);
        match rule {
            Rule::ShortSide => (short, long),
            Rule::LongSide => (long, short),
            Rule::Area => (free.area() - rect.area(), short),
            Rule::BottomLeft => (rect.top() as f64, rect.x as f64),
            Rule::Contact => (-self.contact(rect), short),
        }
    }

    /// How much of a rectangle's edges touches other pieces or the edge of the sheet.
    fn contact(&self, rect: &Rect) -> f64 {
        let mut touching = 0;
        if rect.x == 0 || rect.right() == self.bin.w {
            touching += rect.h;
        }
        if rect.y == 0 || rect.top() == self.bin.h {
            touching += rect.w;
        }
        let shared = |a0: i64, a1: i64, b0: i64, b1: i64| (a1.min(b1) - a0.max(b0)).max(0);
        for other in &self.used {
            if other.x == rect.right() || other.right() == rect.x {
                touching += shared(rect.y, rect.top(), other.y, other.top());
            }
            if other.y == rect.top() || other.top() == rect.y {
                touching += shared(rect.x, rect.right(), other.x, other.right());
            }
        }
        touching as f64
    }

    /// Takes a place that [`Space::find`] has just found.
    pub(super) fn take(&mut self, spot: &Spot, work: &mut u64) {
        *work += 2 * self.free.len() as u64;
        self.used.push(spot.rect);
        match self.split {
            Some(split) => self.divide(spot, split),
            None => self.carve(&spot.rect),
        }
    }

    fn divide(&mut self, spot: &Spot, split: Split) {
        let (free, rect) = (self.free.swap_remove(spot.free), spot.rect);
        let (dw, dh) = (free.w - rect.w, free.h - rect.h);
        let (beside, above) = (dw as f64 * rect.h as f64, rect.w as f64 * dh as f64);
        let along_x = match split {
            Split::ShorterLeftover => dw <= dh,
            Split::LongerLeftover => dw > dh,
            // Whichever strip gets the corner becomes the larger part.
            Split::LargestPart => above >= beside,
            Split::EvenParts => above < beside,
            Split::AlongX => true,
            Split::AlongY => false,
        };
        let (right_height, top_width) = if along_x { (rect.h, free.w) } else { (free.h, rect.w) };
        self.keep(Rect { x: rect.right(), y: free.y, w: dw, h: right_height });
        self.keep(Rect { x: free.x, y: rect.top(), w: top_width, h: dh });
    }

    fn keep(&mut self, rect: Rect) {
        if self.is_place(&rect) {
            self.free.push(rect);
        }
    }

    fn is_place(&self, rect: &Rect) -> bool {
        rect.w >= self.least.0 && rect.h >= self.least.1
    }

    /// Every free rectangle that `used` overlaps gives way to its up to four largest parts.
    fn carve(&mut self, used: &Rect) {
        let mut fresh: Vec<Rect> = Vec::with_capacity(8);
        let least = self.least;
        self.free.retain(|free| {
            if !free.overlaps(used) {
                return true;
            }
            let parts = [
                Rect { w: used.x - free.x, ..*free },
                Rect { x: used.right(), w: free.right() - used.right(), ..*free },
                Rect { h: used.y - free.y, ..*free },
                Rect { y: used.top(), h: free.top() - used.top(), ..*free },
            ];
            fresh.extend(parts.into_iter().filter(|part| part.w >= least.0 && part.h >= least.1));
            false
        });
        let kept = self.free.len();
        for (index, part) in fresh.iter().enumerate() {
            // What was left alone cannot lie within a part of what was not.
            let within = self.free[..kept].iter().any(|free| free.holds(part))
                || fresh.iter().enumerate().any(|(other, larger)| {
                    other != index && larger.holds(part) && (larger != part || other < index)
                });
            if !within {
                self.free.push(*part);
            }
        }
    }

    /// Takes a rectangle out of an empty or free-form sheet, wherever it lies.
    pub(in crate::cutting) fn occupy(&mut self, rect: Rect) {
        self.used.push(rect);
        self.carve(&rect);
    }

    /// The free rectangles.
    pub(in crate::cutting) fn free(&self) -> &[Rect] {
        &self.free
    }
}
