//! Three views and their dimensions on a sheet: where each lies, and at what scale.

use super::dimension::{Beyond, is_roomy, outside};
use super::scale::Scale;
use super::sheet::{At, Paper, Sheet};

/// From a view to its first dimension line, between lines, and from the last to what follows.
const FIRST: f64 = 8.0;
const STEP: f64 = 7.0;
const AFTER: f64 = 5.0;
/// Around a view without dimensions.
const BARE: f64 = 6.0;

/// A side of a view.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Side {
    Below,
    Above,
    Left,
    Right,
}

/// A dimension of a view: two places in it, in millimetres from its lower left corner.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Dimension {
    pub(super) side: Side,
    pub(super) from: [f64; 2],
    pub(super) to: [f64; 2],
    pub(super) words: String,
}

impl Dimension {
    /// A dimension along the longer difference of two places, on the side of the view that they are
    /// nearer to.
    pub(super) fn nearest(
        from: [f64; 2],
        to: [f64; 2],
        size: [f64; 2],
        words: String,
    ) -> Dimension {
        let is_level = (to[0] - from[0]).abs() > (to[1] - from[1]).abs();
        let across = usize::from(is_level);
        let is_low = f64::midpoint(from[across], to[across]) < size[across] / 2.0;
        let side = match (is_level, is_low) {
            (true, true) => Side::Below,
            (true, false) => Side::Above,
            (false, true) => Side::Left,
            (false, false) => Side::Right,
        };
        Dimension { side, from, to, words }
    }

    /// Which axis of the view it runs along.
    fn axis(&self) -> usize {
        usize::from(matches!(self.side, Side::Left | Side::Right))
    }

    /// Its ends along its line.
    fn ends(&self) -> (f64, f64) {
        let (from, to) = (self.from[self.axis()], self.to[self.axis()]);
        (from.min(to), from.max(to))
    }

    /// Words without room stand towards the middle of the view, where no corner is; of what is as
    /// long as the view, to the left or above, so that width and height do not meet in a corner.
    fn beyond(&self, size: [f64; 2]) -> Beyond {
        let (low, high) = self.ends();
        let off = f64::midpoint(low, high) - size[self.axis()] / 2.0;
        let is_low = if self.axis() == 0 { off < -1e-6 } else { off < 1e-6 };
        // Upright lines count from below, paper from above.
        if is_low == (self.axis() == 0) { Beyond::End } else { Beyond::Start }
    }

    /// What it takes along its line, on paper, counted as the view counts.
    fn interval(&self, size: [f64; 2], factor: f64) -> (f64, f64) {
        let (low, high) = self.ends();
        let (low, high) = (low * factor, high * factor);
        if is_roomy(high - low, &self.words) {
            (low, high)
        } else if (self.beyond(size) == Beyond::End) == (self.axis() == 0) {
            (low - outside(""), high + outside(&self.words))
        } else {
            (low - outside(&self.words), high + outside(""))
        }
    }
}

/// A view's size and dimensions.
pub(super) struct Panel {
    pub(super) size: [f64; 2],
    pub(super) dimensions: Vec<Dimension>,
}

impl Panel {
    /// Each dimension with the number of its line, counted from the view outwards; shorter ones
    /// are nearer.
    fn levels(&self, side: Side, factor: f64) -> Vec<(usize, &Dimension)> {
        let mut of_side: Vec<&Dimension> =
            self.dimensions.iter().filter(|dimension| dimension.side == side).collect();
        let length = |dimension: &Dimension| {
            let (low, high) = dimension.ends();
            high - low
        };
        of_side.sort_by(|a, b| length(a).total_cmp(&length(b)));
        let mut lines: Vec<Vec<(f64, f64)>> = Vec::new();
        let mut placed = Vec::new();
        for dimension in of_side {
            let (low, high) = dimension.interval(self.size, factor);
            let is_free = |line: &Vec<(f64, f64)>| {
                line.iter().all(|taken| high < taken.0 - 1.0 || taken.1 + 1.0 < low)
            };
            // Nothing goes under a line that already stands across it.
            let level = (0..lines.len()).rev().take_while(|at| is_free(&lines[*at])).last();
            let level = level.unwrap_or(lines.len());
            if level == lines.len() {
                lines.push(Vec::new());
            }
            lines[level].push((low, high));
            placed.push((level, dimension));
        }
        placed
    }

    /// Room on paper that a side's dimensions take.
    fn margin(&self, side: Side, factor: f64) -> f64 {
        match self.levels(side, factor).iter().map(|(level, _)| level).max() {
            Some(last) => FIRST + STEP * *last as f64 + AFTER,
            None => BARE,
        }
    }

    /// Draws the dimensions around the view whose lower left corner lies at `corner`.
    pub(super) fn dimension(&self, sheet: &mut Sheet, corner: At, factor: f64) {
        let at = |place: [f64; 2]| (corner.0 + place[0] * factor, corner.1 - place[1] * factor);
        let [width, height] = self.size.map(|length| length * factor);
        for side in [Side::Below, Side::Above, Side::Left, Side::Right] {
            // From the outermost inwards: words hide what reaches past them.
            for (level, dimension) in self.levels(side, factor).into_iter().rev() {
                let off = FIRST + STEP * level as f64;
                let (one, other) = (at(dimension.from), at(dimension.to));
                let (left, right) = if one.0 <= other.0 { (one, other) } else { (other, one) };
                let (top, bottom) = if one.1 <= other.1 { (one, other) } else { (other, one) };
                let (beyond, words) = (dimension.beyond(self.size), &dimension.words);
                let level = |sheet: &mut Sheet, y| {
                    sheet.level_dimension(left, right, y, beyond, words);
                };
                let upright = |sheet: &mut Sheet, x| {
                    sheet.upright_dimension(top, bottom, x, beyond, words);
                };
                match side {
                    Side::Below => level(sheet, corner.1 + off),
                    Side::Above => level(sheet, corner.1 - height - off),
                    Side::Left => upright(sheet, corner.0 - off),
                    Side::Right => upright(sheet, corner.0 + width + off),
                }
            }
        }
    }
}

/// Which views stand where: rows from above, columns from the left. The fourth place is free.
pub(super) struct Arrangement {
    pub(super) front: Panel,
    pub(super) side: Panel,
    pub(super) top: Panel,
    /// The side view lies to the right of the front view.
    pub(super) side_on_right: bool,
    /// The top view lies above the front view.
    pub(super) top_above: bool,
}

/// The views' places on paper, and what is left for words.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Layout {
    pub(super) paper: Paper,
    pub(super) scale: Scale,
    /// Lower left corners.
    pub(super) front: At,
    pub(super) side: At,
    pub(super) top: At,
    /// Upper left corner and width of the room for table and notes.
    pub(super) words: At,
    pub(super) words_width: f64,
}

/// What words need: the title block's width and height, and those of table and notes.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Words {
    pub(super) title: (f64, f64),
    pub(super) text: (f64, f64),
}

impl Arrangement {
    /// The largest scale at which all fits on A4, or else on A3.
    pub(super) fn lay_out(&self, words: Words) -> Layout {
        let fitting = |scale| {
            [Paper::A4, Paper::A3]
                .into_iter()
                .flat_map(|paper| [true, false].map(|beside| self.at(paper, scale, words, beside)))
                .find_map(|(layout, fits)| fits.then_some(layout))
        };
        let scale = Scale::largest(|scale| fitting(scale).is_some());
        fitting(scale).unwrap_or_else(|| self.at(Paper::A3, scale, words, true).0)
    }

    /// The views with the words in a column beside them, or in the free corner between them; and
    /// whether that fits.
    fn at(&self, paper: Paper, scale: Scale, words: Words, beside: bool) -> (Layout, bool) {
        let factor = scale.factor;
        let (front, side, top) = (&self.front, &self.side, &self.top);
        let margin = |panel: &Panel, at: Side| panel.margin(at, factor);
        let both = |one: &Panel, other: &Panel, at: Side| margin(one, at).max(margin(other, at));
        let (first, second) = ([front, top], [side, side]);
        let (first, second) = if self.side_on_right { (first, second) } else { (second, first) };
        let widths = [first[0].size[0] * factor, second[0].size[0] * factor];
        let left = both(first[0], first[1], Side::Left);
        let gap = both(first[0], first[1], Side::Right) + both(second[0], second[1], Side::Left);
        let right = both(second[0], second[1], Side::Right);
        let width = left + widths[0] + gap + widths[1] + right;

        let (upper, lower) = ([front, side], [top, top]);
        let (upper, lower) = if self.top_above { (lower, upper) } else { (upper, lower) };
        let heights = [upper[0].size[1] * factor, lower[0].size[1] * factor];
        let above = both(upper[0], upper[1], Side::Above);
        let between = both(upper[0], upper[1], Side::Below) + both(lower[0], lower[1], Side::Above);
        let below = both(lower[0], lower[1], Side::Below);
        let height = above + heights[0] + between + heights[1] + below;

        let frame = paper.frame();
        let room = (frame.2 - frame.0, frame.3 - frame.1);
        let spare_width = room.0 - width - if beside { words.title.0 + 4.0 } else { 0.0 };
        let spare_height = room.1 - height;
        let from = (
            frame.0 + if beside { (spare_width / 2.0).max(0.0) } else { 0.0 },
            frame.1 + if beside { (spare_height / 2.0).max(0.0) } else { 0.0 },
        );
        let columns = [from.0 + left, from.0 + left + widths[0] + gap];
        let bottoms =
            [from.1 + above + heights[0], from.1 + above + heights[0] + between + heights[1]];
        let front_column = usize::from(!self.side_on_right);
        let front_row = usize::from(self.top_above);
        let corner = (columns[1 - front_column], bottoms[1 - front_row]);
        let (title_left, title_top) = (frame.2 - words.title.0, frame.3 - words.title.1);
        let (text, text_room) = if beside {
            ((title_left, frame.1 + 8.0), (words.title.0, title_top - frame.1 - 12.0))
        } else {
            // The corner reaches to the frame, or down to the title block.
            let top_edge = corner.1 - if self.top_above { heights[0] } else { heights[1] };
            let end = if front_column == 0 { frame.2 } else { columns[1] - left };
            let floor = if self.top_above { bottoms[0] } else { title_top };
            let start = if front_column == 0 { corner.0 } else { frame.0 + 6.0 };
            let top_edge = if self.top_above { frame.1 + 8.0 } else { top_edge };
            ((start, top_edge), (end - start - 4.0, floor - top_edge))
        };
        let lowest = [columns[0] + widths[0], columns[1] + widths[1] + right];
        // What stands in the lower row must keep clear of the title block.
        let lower_right = if self.top_above { lowest[1] } else { lowest[front_column] };
        let clear = lower_right < title_left || from.1 + height < title_top;
        let fits = spare_width >= 0.0
            && spare_height >= 0.0
            && clear
            && text_room.0 >= words.text.0
            && text_room.1 >= words.text.1;
        let layout = Layout {
            paper,
            scale,
            front: (columns[front_column], bottoms[front_row]),
            side: (columns[1 - front_column], bottoms[front_row]),
            top: (columns[front_column], bottoms[1 - front_row]),
            words: text,
            words_width: text_room.0.min(words.title.0),
        };
        (layout, fits)
    }
}
