//! A label for every flat piece: its name, size and sheet, and a QR code that says the same.
//!
//! On sheets of 24: 70 × 37 mm on A4, three abreast and eight down, without gaps (Avery 3474 and
//! its likes).

use qrcode::{EcLevel, QrCode};

use super::sheet::text_width;
use crate::export::{Face, PdfFile, PdfPage};

/// What stands on a label.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PieceLabel {
    /// The piece.
    pub name: String,
    /// Its size, in words.
    pub size: String,
    /// What it is cut from, in words: material, sheet.
    pub from: String,
    /// What the QR code says.
    pub code: String,
}

const PAPER: (f64, f64) = (210.0, 297.0);
const LABEL: (f64, f64) = (70.0, 37.0);
const ACROSS: usize = 3;
const DOWN: usize = 8;
/// The code's side, its quiet zone of four modules around it left free.
const CODE: f64 = 24.0;
const BLACK: [f32; 3] = [0.0; 3];

/// The labels, 24 to a page.
pub fn piece_labels(title: &str, labels: &[PieceLabel]) -> Vec<u8> {
    let mut file = PdfFile::new(title);
    for on_page in labels.chunks(ACROSS * DOWN) {
        let mut page = PdfPage::new(PAPER.0, PAPER.1);
        for (index, label) in on_page.iter().enumerate() {
            let left = LABEL.0 * (index % ACROSS) as f64;
            let top = 0.5 + LABEL.1 * (index / ACROSS) as f64;
            draw(&mut page, left, top, label);
        }
        file.push(page);
    }
    file.to_bytes()
}

fn draw(page: &mut PdfPage, left: f64, top: f64, label: &PieceLabel) {
    let room = LABEL.0 - CODE - 12.0;
    let mut down = top + 9.0;
    for (words, size, face) in [
        (label.name.as_str(), 4.0, Face::Bold),
        (&label.size, 2.8, Face::Plain),
        (&label.from, 2.6, Face::Plain),
    ] {
        for line in wrapped(words, size, room) {
            page.text(left + 5.0, down, size, face, &line);
            down += size * 1.35;
        }
        down += 1.2;
    }
    // Words that are too long for any code are on the label only.
    let Ok(code) = QrCode::with_error_correction_level(&label.code, EcLevel::M) else { return };
    let (count, modules) = (code.width(), code.to_colors());
    let side = CODE / count as f64;
    let (x, y) = (left + LABEL.0 - CODE - 5.0, top + (LABEL.1 - CODE) / 2.0);
    for (row, colours) in modules.chunks(count).enumerate() {
        // Dark modules side by side are one area: no hairlines between them.
        let mut column = 0;
        while column < count {
            let dark = colours[column..]
                .iter()
                .take_while(|colour| **colour == qrcode::Color::Dark)
                .count();
            if dark > 0 {
                let corner = (x + side * column as f64, y + side * row as f64);
                page.area(corner, side * dark as f64, side, BLACK);
            }
            column += dark.max(1);
        }
    }
}

/// Words in lines, broken at spaces and hyphens, or anywhere if there is none.
fn wrapped(words: &str, size: f64, room: f64) -> Vec<String> {
    let mut lines = vec![String::new()];
    for part in words.split_inclusive([' ', '-']) {
        let fits = |line: &str, more: &str| text_width(line, size) + text_width(more, size) <= room;
        match lines.last_mut() {
            Some(line) if line.is_empty() || fits(line, part.trim_end()) => line.push_str(part),
            _ => lines.push(part.to_owned()),
        }
    }
    lines.truncate(3);
    lines
}
