//! Cut sheets on paper: every sheet to scale, its pieces by number, the order of cuts.

use super::sheet::text_width;
use crate::cutting::{Layer, Layout, Marks, Piece};
use crate::export::{Face, PdfFile, PdfPage};
use crate::units::Mm;

/// A sheet to print.
#[derive(Clone, Debug)]
pub struct CutPage<'a> {
    /// What stands over it: material, number of the sheet.
    pub title: String,
    /// The sheet.
    pub layout: &'a Layout,
    /// What is drawn on it.
    pub marks: &'a Marks,
    /// What the placements name.
    pub pieces: &'a [Piece],
    /// Taken off all four edges before the first cut.
    pub trim: Mm,
}

/// A4, landscape.
const PAPER: (f64, f64) = (297.0, 210.0);
const MARGIN: f64 = 12.0;
/// The drawing's room.
const DRAWING: (f64, f64) = (273.0, 136.0);
const TOP: f64 = 26.0;
/// Usual scales: 1 to so many.
const SCALES: [f64; 9] = [1.0, 2.0, 5.0, 10.0, 15.0, 20.0, 25.0, 50.0, 100.0];
const WORDS: f64 = 2.6;
const LINE: f64 = 3.6;
/// Colours: pieces, offcuts.
const WOOD: [f32; 3] = [0.93, 0.85, 0.69];
const LEFT_OVER: [f32; 3] = [0.95, 0.95, 0.93];

/// All sheets, a page each, and more pages where the order of cuts is long.
pub fn cut_pages(title: &str, pages: &[CutPage<'_>]) -> Vec<u8> {
    let mut file = PdfFile::new(title);
    for page in pages {
        draw(&mut file, title, page);
    }
    file.to_bytes()
}

fn draw(file: &mut PdfFile, title: &str, sheet: &CutPage<'_>) {
    let (length, width) = (sheet.marks.length.mm(), sheet.marks.width.mm());
    let fits = |scale: &&f64| length / **scale <= DRAWING.0 && width / **scale <= DRAWING.1;
    let scale = SCALES.iter().find(fits).copied().unwrap_or(200.0);
    let mut page = begin(title, &sheet.title);
    let view = View { scale, bottom: TOP + width / scale };
    page.text(
        MARGIN,
        TOP - 3.0,
        WORDS,
        Face::Plain,
        &format!(
            "{}, {} \u{d7} {}, {:.1} % used, scale 1 : {scale}",
            sheet.layout.sheet.name,
            sheet.layout.sheet.length.mm(),
            sheet.layout.sheet.width,
            sheet.layout.used() * 100.0
        ),
    );
    view.draw(&mut page, sheet);
    scale_bar(&mut page, scale);
    // What follows goes into three columns below the drawing, then onto pages of its own.
    let mut lines = legend(sheet).into_iter();
    let mut top = view.bottom + 7.0;
    loop {
        let rows = ((PAPER.1 - MARGIN - 6.0 - top) / LINE).floor().max(0.0) as usize;
        let column = DRAWING.0 / 3.0;
        for index in 0..3 * rows {
            let Some(line) = lines.next() else { break };
            let (x, y) =
                (MARGIN + column * (index / rows) as f64, top + LINE * (index % rows) as f64);
            page.text(x, y, WORDS, Face::Plain, &shortened(&line, column - 3.0));
        }
        file.push(page);
        if lines.len() == 0 {
            return;
        }
        page = begin(title, &format!("{}, continued", sheet.title));
        top = TOP;
    }
}

fn begin(title: &str, about: &str) -> PdfPage {
    let mut page = PdfPage::new(PAPER.0, PAPER.1);
    page.text(MARGIN, MARGIN + 3.0, 4.2, Face::Bold, &shortened(about, 120.0));
    page.text(170.0, MARGIN + 3.0, 3.0, Face::Plain, &shortened(title, 110.0));
    page
}

/// A bar that is 100 mm long on paper, if it was printed in its true size.
fn scale_bar(page: &mut PdfPage, scale: f64) {
    let (left, y) = (PAPER.0 - MARGIN - 100.0, PAPER.1 - MARGIN + 3.0);
    page.line((left, y), (left + 100.0, y), 0.35);
    for x in [left, left + 50.0, left + 100.0] {
        page.line((x, y - 1.5), (x, y + 1.5), 0.35);
    }
    let words = format!("100 mm on paper, {} mm on the sheet", 100.0 * scale);
    page.text(left, y - 2.2, WORDS, Face::Plain, &words);
}

struct View {
    scale: f64,
    bottom: f64,
}

impl View {
    fn at(&self, x: f64, y: f64) -> (f64, f64) {
        (MARGIN + x / self.scale, self.bottom - y / self.scale)
    }

    fn area(&self, page: &mut PdfPage, corner: (Mm, Mm), size: (Mm, Mm), colour: [f32; 3]) {
        let (left, top) = self.at(corner.0.mm(), (corner.1 + size.1).mm());
        let (width, height) = (size.0.mm() / self.scale, size.1.mm() / self.scale);
        page.area((left, top), width, height, colour);
    }

    fn draw(&self, page: &mut PdfPage, sheet: &CutPage<'_>) {
        for left in &sheet.layout.offcuts {
            self.area(page, (left.x, left.y), (left.length, left.width), LEFT_OVER);
        }
        for placed in &sheet.layout.placements {
            self.area(page, (placed.x, placed.y), (placed.length, placed.width), WOOD);
        }
        for (layer, contour) in &sheet.marks.contours {
            let width = match layer {
                Layer::Sheet => 0.5,
                Layer::Outside => 0.25,
                Layer::Inside | Layer::Pocket => 0.18,
                Layer::Engrave | Layer::Tabs | Layer::Label => 0.1,
            };
            let points = contour.points(Mm::from_mm(0.05 * self.scale));
            for ends in points.windows(2) {
                let (from, to) = (self.at(ends[0][0], ends[0][1]), self.at(ends[1][0], ends[1][1]));
                page.line(from, to, width);
            }
        }
        for (index, placed) in sheet.layout.placements.iter().enumerate() {
            let Some(piece) = sheet.pieces.get(placed.piece) else { continue };
            let (length, width) = (placed.length.mm() / self.scale, placed.width.mm() / self.scale);
            let (left, middle) = self.at(placed.x.mm(), placed.y.mm() + placed.width.mm() / 2.0);
            let number = (index + 1).to_string();
            let named = format!("{number} {}", piece.name);
            // The name where there is room for it, else the number, as small as can be read.
            let words = if text_width(&named, WORDS) < length && width > WORDS * 1.5 {
                named
            } else {
                number
            };
            let size = WORDS.min(width * 0.8).min(length / text_width(&words, 1.0)).max(1.2);
            let start = left + (length - text_width(&words, size)).max(0.0) / 2.0;
            page.text(start, middle + size * 0.35, size, Face::Plain, &words);
        }
    }
}

/// What there is to read: pieces by number, cuts in order, what is left.
fn legend(sheet: &CutPage<'_>) -> Vec<String> {
    let mut lines = Vec::new();
    for (index, placed) in sheet.layout.placements.iter().enumerate() {
        let Some(piece) = sheet.pieces.get(placed.piece) else { continue };
        lines.push(format!(
            "{}  {}  {} \u{d7} {} at {}, {}",
            index + 1,
            piece.name,
            placed.length.mm(),
            placed.width.mm(),
            placed.x.mm(),
            placed.y.mm()
        ));
    }
    if !sheet.layout.cuts.is_empty() && sheet.trim > Mm::ZERO {
        lines.push(format!("First trim {} off all four edges.", sheet.trim));
    }
    for (index, cut) in sheet.layout.cuts.iter().enumerate() {
        lines.push(format!(
            "cut {}: {} \u{d7} {} at {}, {}: {} off along its {}",
            index + 1,
            cut.panel.length.mm(),
            cut.panel.width.mm(),
            cut.panel.x.mm(),
            cut.panel.y.mm(),
            cut.size.mm(),
            if cut.along_x { "length" } else { "width" }
        ));
    }
    for left in &sheet.layout.offcuts {
        let (length, width) = (left.length.mm(), left.width.mm());
        lines.push(format!("keep {length} \u{d7} {width} at {}, {}", left.x.mm(), left.y.mm()));
    }
    lines
}

fn shortened(words: &str, room: f64) -> String {
    if text_width(words, WORDS) <= room {
        return words.to_owned();
    }
    let mut left = room - text_width("...", WORDS);
    let kept: String = words
        .chars()
        .take_while(|letter| {
            left -= text_width(letter.encode_utf8(&mut [0; 4]), WORDS);
            left >= 0.0
        })
        .collect();
    format!("{kept}...")
}
