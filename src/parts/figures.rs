//! Figures for engraving.
//!
//! Each is made of straight strokes on a grid of 4 × 9, so that a stack along the rail can cut
//! them, and no two strokes meet at a corner only, which would be no solid.

use crate::cluster::{FIGURE_HEIGHT, FIGURE_WIDTH};
use crate::units::Mm;

/// What is engraved on a caddy.
#[derive(Clone, Copy, Debug)]
pub struct Numbers {
    /// Number of its leftmost board, as it is mounted.
    pub first: u32,
    /// True if x along the rail runs to the left where it is mounted.
    pub turned: bool,
    /// True if it is mounted with its rail over the boards.
    pub over: bool,
}

impl Numbers {
    /// Number of the board that stands so many walls along x.
    pub fn of(self, board: usize, boards: u32) -> u32 {
        let board = u32::try_from(board).unwrap_or(0);
        let from_left = if self.turned { boards.saturating_sub(board + 1) } else { board };
        self.first + from_left
    }
}

/// A stroke, counted from the middle of the number: x to the right, y up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stroke {
    /// Left end.
    pub x0: Mm,
    /// Right end.
    pub x1: Mm,
    /// Lower end.
    pub y0: Mm,
    /// Upper end.
    pub y1: Mm,
}

/// [left, right, lower, upper] in strokes.
type Box4 = [i64; 4];

const TOP: Box4 = [0, 4, 8, 9];
const MIDDLE: Box4 = [0, 4, 4, 5];
const BOTTOM: Box4 = [0, 4, 0, 1];
const UPPER_LEFT: Box4 = [0, 1, 4, 9];
const UPPER_RIGHT: Box4 = [3, 4, 4, 9];
const LOWER_LEFT: Box4 = [0, 1, 0, 5];
const LOWER_RIGHT: Box4 = [3, 4, 0, 5];

/// The strokes of each figure.
const FIGURES: [&[Box4]; 10] = [
    &[TOP, BOTTOM, UPPER_LEFT, UPPER_RIGHT, LOWER_LEFT, LOWER_RIGHT],
    &[[2, 3, 0, 9], [1, 2, 7, 8], [1, 4, 0, 1]],
    &[TOP, UPPER_RIGHT, MIDDLE, LOWER_LEFT, BOTTOM],
    &[TOP, UPPER_RIGHT, MIDDLE, LOWER_RIGHT, BOTTOM],
    &[UPPER_LEFT, UPPER_RIGHT, MIDDLE, LOWER_RIGHT],
    &[TOP, UPPER_LEFT, MIDDLE, LOWER_RIGHT, BOTTOM],
    &[TOP, UPPER_LEFT, MIDDLE, LOWER_LEFT, LOWER_RIGHT, BOTTOM],
    &[TOP, UPPER_RIGHT, LOWER_RIGHT],
    &[TOP, MIDDLE, BOTTOM, UPPER_LEFT, UPPER_RIGHT, LOWER_LEFT, LOWER_RIGHT],
    &[TOP, UPPER_LEFT, UPPER_RIGHT, MIDDLE, LOWER_RIGHT, BOTTOM],
];

/// The strokes of a number, its middle at the origin.
pub fn figures(number: u32, stroke: Mm) -> Vec<Stroke> {
    let digits = number.to_string();
    let digits: Vec<usize> = digits
        .bytes()
        .filter_map(|byte| usize::from(byte).checked_sub(usize::from(b'0')))
        .collect();
    let count = i64::try_from(digits.len()).unwrap_or(0);
    // Twice the distance to the middle, so that half strokes stay whole.
    let (wide, high) = (count * (FIGURE_WIDTH + 1) - 1, FIGURE_HEIGHT);
    let place = |strokes: i64, extent: i64| (stroke * (strokes * 2 - extent)).half();
    (0_i64..)
        .zip(digits)
        .flat_map(|(index, digit)| {
            let left = index * (FIGURE_WIDTH + 1);
            FIGURES.get(digit).copied().unwrap_or_default().iter().map(move |box4| (left, box4))
        })
        .map(|(left, &[x0, x1, y0, y1])| Stroke {
            x0: place(left + x0, wide),
            x1: place(left + x1, wide),
            y0: place(y0, high),
            y1: place(y1, high),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The figures as one sees them, a letter a stroke.
    fn seen(number: u32) -> Vec<String> {
        let strokes = figures(number, Mm::um(1_000));
        let width = i64::try_from(number.to_string().len()).unwrap() * 5 - 1;
        let is_cut = |x: i64, y: i64| {
            let middle = |at: i64, extent: i64| (Mm::um(1_000) * (at * 2 + 1 - extent)).half();
            let (x, y) = (middle(x, width), middle(y, 9));
            strokes.iter().any(|it| it.x0 < x && x < it.x1 && it.y0 < y && y < it.y1)
        };
        let row = |y| (0..width).map(|x| if is_cut(x, y) { '#' } else { '.' }).collect();
        (0..9).rev().map(row).collect()
    }

    #[test]
    fn figures_look_like_figures() {
        let twenty_one = [
            "####...#.",
            "...#..##.",
            "...#...#.",
            "...#...#.",
            "####...#.",
            "#......#.",
            "#......#.",
            "#......#.",
            "####..###",
        ];
        let right = ["####...#.", "...#..##.", "...#...#.", "...#...#."];
        assert_eq!(seen(21)[..4], right);
        assert_eq!(seen(21)[8], twenty_one[8]);
        assert_eq!(seen(4)[..5], ["#..#", "#..#", "#..#", "#..#", "####"]);
        assert_eq!(seen(6)[8], "####");
        assert_ne!(seen(6), seen(9));
    }

    /// Strokes that met at a corner only would leave a solid that touches itself.
    #[test]
    fn no_two_cells_meet_at_a_corner_only() {
        for digit in 0..10 {
            let rows = seen(digit);
            let cut = |x: usize, y: usize| rows[y].as_bytes()[x] == b'#';
            for y in 0..8 {
                for x in 0..3 {
                    let square = [cut(x, y), cut(x + 1, y), cut(x, y + 1), cut(x + 1, y + 1)];
                    let crossed = square == [true, false, false, true]
                        || square == [false, true, true, false];
                    assert!(!crossed, "{digit}: {rows:?}");
                }
            }
        }
    }
}
