//! Dimension lines and leaders.
//!
//! A dimension stands clear of the part: extension lines start [`GAP`] from the feature and pass
//! the dimension line by [`OVERSHOOT`]. Its words stand above the line, or, where there is no room
//! between the arrows, at the side that the caller names, with the arrows turned in from outside.

use super::sheet::{Anchor, At, Sheet, Stroke, text_width};

/// Height of the words.
pub(super) const WORDS: f64 = 3.5;
const GAP: f64 = 1.0;
const OVERSHOOT: f64 = 1.5;
const ARROW: f64 = 3.0;

/// Where the words of a dimension stand that have no room between the arrows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Beyond {
    /// To the left, or above.
    Start,
    /// To the right, or below.
    End,
}

impl Beyond {
    /// How far a dimension line goes beyond both of its ends.
    fn reaches(self, width: f64) -> (f64, f64) {
        let (short, long) = (2.0 * ARROW, 2.0 * ARROW + width);
        match self {
            Beyond::Start => (long, short),
            Beyond::End => (short, long),
        }
    }
}

impl Sheet {
    /// A dimension between two features side by side: from `left` to `right` (each the point of
    /// the feature that is measured), with its line at the height `y`.
    pub(super) fn horizontal_dimension(&mut self, left: At, right: At, y: f64, words: &str) {
        self.level_dimension(left, right, y, Beyond::Start, words);
    }

    /// The same; words without room stand where they are told to.
    pub(super) fn level_dimension(
        &mut self,
        left: At,
        right: At,
        y: f64,
        beyond: Beyond,
        words: &str,
    ) {
        for feature in [left, right] {
            let away = (y - feature.1).signum();
            self.line(
                Stroke::Thin,
                (feature.0, feature.1 + away * GAP),
                (feature.0, y + away * OVERSHOOT),
            );
        }
        let width = text_width(words, WORDS);
        if is_roomy(right.0 - left.0, words) {
            self.line(Stroke::Thin, (left.0, y), (right.0, y));
            self.arrowhead((left.0, y), (-1.0, 0.0));
            self.arrowhead((right.0, y), (1.0, 0.0));
            let middle = f64::midpoint(left.0, right.0);
            return self.text((middle, y - 1.0), WORDS, Anchor::Middle, words);
        }
        let (before, after) = beyond.reaches(width);
        self.line(Stroke::Thin, (left.0 - before, y), (right.0 + after, y));
        self.arrowhead((left.0, y), (1.0, 0.0));
        self.arrowhead((right.0, y), (-1.0, 0.0));
        let (place, anchor) = match beyond {
            Beyond::Start => (left.0 - ARROW - 1.5, Anchor::End),
            Beyond::End => (right.0 + ARROW + 1.5, Anchor::Start),
        };
        self.text((place, y - 1.0), WORDS, anchor, words);
    }

    /// A dimension between two features one above the other, with its line at `x`. Words without
    /// room stand below.
    pub(super) fn vertical_dimension(&mut self, top: At, bottom: At, x: f64, words: &str) {
        self.upright_dimension(top, bottom, x, Beyond::End, words);
    }

    /// The same; words without room stand where they are told to.
    pub(super) fn upright_dimension(
        &mut self,
        top: At,
        bottom: At,
        x: f64,
        beyond: Beyond,
        words: &str,
    ) {
        for feature in [top, bottom] {
            let away = (x - feature.0).signum();
            self.line(
                Stroke::Thin,
                (feature.0 + away * GAP, feature.1),
                (x + away * OVERSHOOT, feature.1),
            );
        }
        let width = text_width(words, WORDS);
        if is_roomy(bottom.1 - top.1, words) {
            self.line(Stroke::Thin, (x, top.1), (x, bottom.1));
            self.arrowhead((x, top.1), (0.0, -1.0));
            self.arrowhead((x, bottom.1), (0.0, 1.0));
            let middle = f64::midpoint(top.1, bottom.1);
            return self.upright_text((x - 1.0, middle), WORDS, words);
        }
        let (before, after) = beyond.reaches(width);
        self.line(Stroke::Thin, (x, top.1 - before), (x, bottom.1 + after));
        self.arrowhead((x, top.1), (0.0, 1.0));
        self.arrowhead((x, bottom.1), (0.0, -1.0));
        let middle = match beyond {
            Beyond::Start => top.1 - 2.0 * ARROW - width / 2.0,
            Beyond::End => bottom.1 + 2.0 * ARROW + width / 2.0,
        };
        self.upright_text((x - 1.0, middle), WORDS, words);
    }

    /// An arrow to `tip` from words that stand on a shelf beginning at `elbow`; the first line
    /// stands above the shelf, the others below.
    pub(super) fn leader(&mut self, tip: At, elbow: At, lines: &[&str]) {
        let (dx, dy) = (tip.0 - elbow.0, tip.1 - elbow.1);
        let length = dx.hypot(dy);
        let shelf = lines.iter().map(|words| text_width(words, WORDS)).fold(0.0, f64::max);
        self.polyline(Stroke::Thin, &[tip, elbow, (elbow.0 + shelf + 2.0, elbow.1)], false);
        self.arrowhead(tip, (dx / length, dy / length));
        let mut y = elbow.1 - 1.0;
        for words in lines {
            self.text((elbow.0 + 2.0, y), WORDS, Anchor::Start, words);
            y += WORDS * 1.5;
        }
    }
}

/// Do words go between the arrows of a dimension that is so long on paper?
pub(super) fn is_roomy(length: f64, words: &str) -> bool {
    length > text_width(words, WORDS) + 2.0 * ARROW
}

/// What a dimension takes beyond its feature if its words stand outside.
pub(super) fn outside(words: &str) -> f64 {
    text_width(words, WORDS) + 2.0 * ARROW
}
