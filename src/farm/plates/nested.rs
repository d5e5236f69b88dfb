//! Rows of equal parts that reach into each other's hollows.

use super::Place;
use super::outline::{Outline, STRIP};

/// Outlines that fill their box better than this gain nothing by nesting.
const WORTH_IT: f64 = 0.12;

/// The most copies of an outline in rows on a bed. In a row every second copy may be turned by half
/// a turn and shifted; all rows are alike. Empty if the outline is nearly a rectangle.
pub fn pack(outline: &Outline, bed: [f64; 2], gap: f64) -> Vec<Place> {
    let mut best: Vec<Place> = Vec::new();
    if outline.free() < WORTH_IT {
        return best;
    }
    for quarters in 0..4 {
        let first = outline.turned(quarters);
        for half in [0, 2] {
            let second = outline.turned(quarters + half);
            let most = signed(first.rows.len() / 2);
            for shift in (-most..=most).step_by(4) {
                let kinds = [(&first, quarters, 0), (&second, quarters + half, shift)];
                let places = Row::new(kinds, bed[0], gap).stacked(bed[1], gap);
                if places.len() > best.len() {
                    best = places;
                }
            }
        }
    }
    best
}

/// One copy in a row.
struct Copy<'a> {
    outline: &'a Outline,
    quarters: u8,
    x: f64,
    /// In strips.
    y: i64,
}

/// Copies side by side.
struct Row<'a>(Vec<Copy<'a>>);

impl<'a> Row<'a> {
    /// As many as go into a width, two kinds in turn, each with its shift in strips.
    fn new(kinds: [(&'a Outline, u8, i64); 2], width: f64, gap: f64) -> Row<'a> {
        let lift = kinds[1].2.min(0);
        let mut row: Vec<Copy> = Vec::new();
        loop {
            let (outline, quarters, shift) = kinds[row.len() % 2];
            let y = shift - lift;
            let x = row
                .iter()
                .map(|copy| copy.x + apart(&copy.outline.rows, &outline.rows, y - copy.y, gap));
            let x = x.fold(0.0, f64::max);
            if x + outline.size[0] > width + 1e-9 {
                return Row(row);
            }
            row.push(Copy { outline, quarters, x, y });
        }
    }

    /// As many of these rows as go into a depth.
    fn stacked(&self, depth: f64, gap: f64) -> Vec<Place> {
        let top = |copy: &Copy| copy.y as f64 * STRIP + copy.outline.size[1];
        let height = self.0.iter().map(top).fold(0.0, f64::max);
        if self.0.is_empty() || height > depth + 1e-9 {
            return Vec::new();
        }
        // The next row keeps the gap from every copy of this one.
        let mut pitch: f64 = 0.0;
        for under in &self.0 {
            for over in &self.0 {
                // Strips of x are compared where they may overlap; rounding to the wider side.
                for shift in
                    [((over.x - under.x) / STRIP).floor(), ((over.x - under.x) / STRIP).ceil()]
                {
                    let columns = (&under.outline.columns, &over.outline.columns);
                    let own = (under.y - over.y) as f64 * STRIP;
                    pitch = pitch.max(own + apart(columns.0, columns.1, shift as i64, gap));
                }
            }
        }
        let pitch = pitch.max(gap.max(1.0));
        let rows = ((depth - height) / pitch + 1e-9).floor() as usize + 1;
        (0..rows)
            .flat_map(|row| {
                self.0.iter().map(move |copy| Place {
                    x: copy.x,
                    y: copy.y as f64 * STRIP + row as f64 * pitch,
                    degrees: f64::from(copy.quarters % 4) * 90.0,
                })
            })
            .collect()
    }
}

/// How far the second must begin behind the first, both shifted against each other by strips, so
/// that a gap stays between them. Nothing if they pass each other.
fn apart(first: &[[f64; 2]], second: &[[f64; 2]], shift: i64, gap: f64) -> f64 {
    let reach = (gap / STRIP).ceil() as i64;
    let mut distance = f64::NEG_INFINITY;
    for (index, [_, end]) in first.iter().enumerate() {
        let near = signed(index) - shift;
        for other in (near - reach).max(0)..=(near + reach).min(signed(second.len()) - 1) {
            distance = distance.max(end - second[other as usize][0]);
        }
    }
    distance + gap
}

/// A number of strips that may be subtracted from.
fn signed(strips: usize) -> i64 {
    i64::try_from(strips).unwrap_or(i64::MAX)
}
