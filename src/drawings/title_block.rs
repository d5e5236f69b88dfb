//! The title block in the lower right corner: what this is, and how to read it.

use super::sheet::{Anchor, At, Paper, Sheet, Stroke};
use crate::spec::Projection;

const ROW: f64 = 11.0;

/// What the title block says. All words may come from users.
pub(super) struct TitleBlock<'a> {
    /// Fields from left to right as label, words and width, in rows from the top. They add up to
    /// 150 mm; the last row leaves 36 mm for the projection.
    pub(super) rows: &'a [&'a [(&'a str, &'a str, f64)]],
    /// How the views lie.
    pub(super) projection: Projection,
}

impl TitleBlock<'_> {
    /// How wide every block is.
    pub(super) const WIDTH: f64 = 150.0;

    /// The block's left edge.
    pub(super) const fn left(paper: Paper) -> f64 {
        paper.frame().2 - TitleBlock::WIDTH
    }

    /// How high a block of so many rows is.
    pub(super) const fn height(rows: usize) -> f64 {
        ROW * rows as f64
    }

    /// Draws it into the corner of the frame.
    pub(super) fn draw(&self, sheet: &mut Sheet) {
        let (_, _, right, bottom) = sheet.paper().frame();
        let left = TitleBlock::left(sheet.paper());
        let top = bottom - TitleBlock::height(self.rows.len());
        sheet.rectangle(Stroke::Outline, (left, top), (right, bottom));
        let mut y = top;
        for (number, row) in self.rows.iter().enumerate() {
            if number > 0 {
                sheet.line(Stroke::Thin, (left, y), (right, y));
            }
            let mut x = left;
            let mut field = |sheet: &mut Sheet, label: &str, words: &str, width: f64| {
                if x > left {
                    sheet.line(Stroke::Thin, (x, y), (x, y + ROW));
                }
                sheet.text((x + 1.5, y + 3.3), 2.2, Anchor::Start, label);
                sheet.text_within((x + 1.5, y + 9.0), 4.2, width - 3.0, words);
                x += width;
            };
            for &(label, words, width) in *row {
                field(sheet, label, words, width);
            }
            if number + 1 == self.rows.len() {
                field(sheet, "projection", "", 36.0);
            }
            y += ROW;
        }
        projection_symbol(sheet, self.projection, (right - 19.0, bottom - ROW / 2.0));
    }
}

/// A truncated cone and its small end: in third angle on the side that it is seen from, in first
/// angle on the other.
fn projection_symbol(sheet: &mut Sheet, projection: Projection, centre: At) {
    let (x, y) = centre;
    // In first angle, the two change places.
    let (end, cone) = match projection {
        Projection::ThirdAngle => (x + 1.0, x + 7.0),
        Projection::FirstAngle => (x + 11.6, x - 2.4),
    };
    sheet.circle(Stroke::Outline, (end, y), 1.6);
    sheet.circle(Stroke::Outline, (end, y), 3.2);
    let (near, far) = (cone, cone + 7.0);
    let cone = [(near, y - 1.6), (far, y - 3.2), (far, y + 3.2), (near, y + 1.6)];
    sheet.polyline(Stroke::Outline, &cone, true);
    sheet.line(Stroke::Centre, (x - 3.4, y), (x + 16.0, y));
    sheet.line(Stroke::Centre, (end, y - 4.4), (end, y + 4.4));
}
