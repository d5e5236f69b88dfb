//! Tables on a sheet.

use super::sheet::{At, Sheet, Stroke};

/// Height of a row, and of its words.
const ROW: f64 = 5.4;
const WORDS: f64 = 2.8;

/// A column: what stands above it, and how wide it is.
#[derive(Clone, Copy, Debug)]
pub(super) struct Column {
    pub(super) title: &'static str,
    pub(super) width: f64,
}

/// Rows of words under titles.
pub(super) struct Table {
    columns: Vec<Column>,
    rows: Vec<Vec<String>>,
}

impl Table {
    /// How high a table of so many rows is, its titles included.
    pub(super) fn height(rows: usize) -> f64 {
        ROW * (rows as f64 + 1.0)
    }

    /// A table without rows.
    pub(super) fn new(columns: &[Column]) -> Table {
        Table { columns: columns.to_vec(), rows: Vec::new() }
    }

    /// Adds a row at the end.
    pub(super) fn row(&mut self, cells: Vec<String>) {
        self.rows.push(cells);
    }

    /// Draws it with its upper left corner at `corner`; returns where it ends.
    pub(super) fn draw(&self, sheet: &mut Sheet, corner: At) -> f64 {
        let (left, top) = corner;
        let right = left + self.columns.iter().map(|column| column.width).sum::<f64>();
        let bottom = top + Table::height(self.rows.len());
        sheet.rectangle(Stroke::Outline, corner, (right, bottom));
        let mut x = left;
        for (at, column) in self.columns.iter().enumerate() {
            if at > 0 {
                sheet.line(Stroke::Thin, (x, top), (x, bottom));
            }
            let cell = |row: usize| (x + 1.2, top + ROW * row as f64 + 3.8);
            let room = column.width - 2.0;
            sheet.text_within(cell(0), WORDS, room, column.title);
            for (row, cells) in self.rows.iter().enumerate() {
                if let Some(words) = cells.get(at) {
                    sheet.text_within(cell(row + 1), WORDS, room, words);
                }
            }
            x += column.width;
        }
        for row in 1..=self.rows.len() {
            let stroke = if row == 1 { Stroke::Outline } else { Stroke::Thin };
            let y = top + ROW * row as f64;
            sheet.line(stroke, (left, y), (right, y));
        }
        bottom
    }
}
