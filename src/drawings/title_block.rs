//! The title block in the lower right corner: what this is, and how to read it.

use super::sheet::{Anchor, At, Sheet, Stroke};

const WIDTH: f64 = 150.0;
const ROW: f64 = 11.0;

/// What the title block says. All words may come from users.
pub(super) struct TitleBlock<'a> {
    pub(super) title: &'a str,
    pub(super) design: &'a str,
    pub(super) profile: &'a str,
    pub(super) material: &'a str,
    pub(super) quantity: &'a str,
    pub(super) scale: &'a str,
}

impl TitleBlock<'_> {
    /// Where the block's upper left corner lies.
    pub(super) const CORNER: At = (Sheet::FRAME.2 - WIDTH, Sheet::FRAME.3 - 3.0 * ROW);

    /// Draws it into the corner of the frame.
    pub(super) fn draw(&self, sheet: &mut Sheet) {
        let (left, top) = TitleBlock::CORNER;
        let (_, _, right, bottom) = Sheet::FRAME;
        sheet.rectangle(Stroke::Outline, (left, top), (right, bottom));
        let rows: [&[(&str, &str, f64)]; 3] = [
            &[("title", self.title, 90.0), ("design", self.design, 60.0)],
            &[("profile", self.profile, 90.0), ("material", self.material, 60.0)],
            &[
                ("quantity", self.quantity, 45.0),
                ("scale", self.scale, 45.0),
                ("unit", "mm", 24.0),
                ("projection", "", 36.0),
            ],
        ];
        let mut y = top;
        for (number, row) in rows.iter().enumerate() {
            if number > 0 {
                sheet.line(Stroke::Thin, (left, y), (right, y));
            }
            let mut x = left;
            for &(label, words, width) in *row {
                if x > left {
                    sheet.line(Stroke::Thin, (x, y), (x, y + ROW));
                }
                sheet.text((x + 1.5, y + 3.3), 2.2, Anchor::Start, label);
                sheet.text_within((x + 1.5, y + 9.0), 4.2, width - 3.0, words);
                x += width;
            }
            y += ROW;
        }
        third_angle_symbol(sheet, (right - 19.0, bottom - ROW / 2.0));
    }
}

/// A truncated cone and, on the side that it is seen from, its end: third-angle projection.
fn third_angle_symbol(sheet: &mut Sheet, centre: At) {
    let (x, y) = centre;
    sheet.circle(Stroke::Outline, (x + 1.0, y), 1.6);
    sheet.circle(Stroke::Outline, (x + 1.0, y), 3.2);
    let cone = [(x + 7.0, y - 1.6), (x + 14.0, y - 3.2), (x + 14.0, y + 3.2), (x + 7.0, y + 1.6)];
    sheet.polyline(Stroke::Outline, &cone, true);
    sheet.line(Stroke::Centre, (x - 3.4, y), (x + 16.0, y));
    sheet.line(Stroke::Centre, (x + 1.0, y - 4.4), (x + 1.0, y + 4.4));
}
