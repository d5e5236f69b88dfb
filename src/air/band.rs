//! How far a temperature may be off.

use super::site::{Assumed, Factor, Site};
use crate::units::Celsius;

/// A number that nobody confirmed is taken to be right to this share.
pub(super) const DOUBT: f64 = 0.15;

/// For each zone, the temperatures that its boards may have. Each doubtful number is moved down
/// and up by [`DOUBT`] by itself; since they have nothing to do with each other, the differences
/// add up as the root of the sum of their squares.
pub(super) fn bands(site: &Site, assumed: &Assumed, doubtful: &[Factor]) -> Vec<[Celsius; 2]> {
    let middle = site.states(assumed);
    let mut squares = vec![[0.0_f64; 2]; middle.len()];
    for factor in doubtful {
        let moved = [1.0 - DOUBT, 1.0 + DOUBT].map(|by| site.states(&assumed.varied(*factor, by)));
        for (zone, middle) in middle.iter().enumerate() {
            let Some(middle) = middle else { continue };
            let boards = moved.iter().filter_map(|states| states[zone].map(|it| it.board.0));
            let differences: Vec<f64> = boards.map(|board| board - middle.board.0).collect();
            let down = differences.iter().copied().fold(0.0, f64::min);
            let up = differences.iter().copied().fold(0.0, f64::max);
            squares[zone][0] += down * down;
            squares[zone][1] += up * up;
        }
    }
    let banded = middle.iter().zip(squares).map(|(state, [down, up])| {
        let board = state.map_or(0.0, |state| state.board.0);
        [Celsius(board - down.sqrt()), Celsius(board + up.sqrt())]
    });
    banded.collect()
}
