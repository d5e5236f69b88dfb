//! Labels for both ends of every cable, on sheets of 65: 38.1 × 21.2 mm on A4, five abreast and
//! thirteen down (Avery L7651 and its likes), 2.5 mm between columns, centred on the sheet.
//!
//! The two labels of a cable lie next to each other. The label's words are in its upper half, so
//! that it wraps around a thin cable with the words on the outside. The bar at its left tells what
//! the cable is for, in TIA-606's colours where it has one: blue for boards, white for links
//! between switches; red and black, as for power, are this tool's own.

use svg::Document;
use svg::node::element::{Group, Rectangle, Text, Title};

use crate::export::{Face, PdfFile, PdfPage, bold_width};

/// Sheets that the SVG shows, one below the other; the PDF has them all.
const MOST_SHEETS: usize = 100;
const SHEET: (f64, f64) = (210.0, 297.0);
const LABEL: (f64, f64) = (38.1, 21.2);
const ACROSS: usize = 5;
const DOWN: usize = 13;
const BETWEEN: f64 = 2.5;
const IDENT: f64 = 3.4;
const ABOUT: f64 = 2.0;

/// What a cable is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CableUse {
    /// A board's network.
    Patch,
    /// A board's power.
    Power,
    /// Between devices.
    Uplink,
    /// An outlet's.
    Mains,
}

/// A cable; it gets two labels.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CableLabel {
    /// What the cable is for.
    pub kind: CableUse,
    /// What stands on both ends.
    pub id: String,
    /// The same in words.
    pub about: String,
}

impl CableUse {
    fn colour(self) -> [f32; 3] {
        match self {
            CableUse::Patch => [0.1, 0.35, 0.8],
            CableUse::Power => [0.8, 0.1, 0.1],
            CableUse::Uplink => [0.75, 0.75, 0.75],
            CableUse::Mains => [0.1, 0.1, 0.1],
        }
    }

    fn word(self) -> &'static str {
        match self {
            CableUse::Patch => "network",
            CableUse::Power => "5 V / DC power",
            CableUse::Uplink => "uplink",
            CableUse::Mains => "mains",
        }
    }
}

/// A line of words on a label.
struct Line {
    down: f64,
    size: f64,
    bold: bool,
    words: String,
}

/// The words of a label, made small enough for it.
fn lines(label: &CableLabel) -> Vec<Line> {
    let room = LABEL.0 - 5.5;
    let fitted = |words: &str, size: f64| size.min(size * room / bold_width(words, size).max(0.1));
    let (near, far) = label.about.split_once(" to ").unwrap_or((&label.about, ""));
    let line = |down, size, bold, words: &str| Line {
        down,
        size: fitted(words, size),
        bold,
        words: words.to_owned(),
    };
    vec![
        line(5.4, IDENT, true, &label.id),
        line(9.0, ABOUT, false, near),
        line(11.8, ABOUT, false, &format!("to {far}")),
        line(15.0, ABOUT * 0.85, false, label.kind.word()),
    ]
}

/// Upper left corner of label number `number` of a sheet.
fn corner(number: usize) -> (f64, f64) {
    let wide = LABEL.0 * ACROSS as f64 + BETWEEN * (ACROSS as f64 - 1.0);
    let (column, row) = ((number % ACROSS) as f64, (number / ACROSS) as f64);
    let left = (SHEET.0 - wide) / 2.0 + column * (LABEL.0 + BETWEEN);
    let top = (SHEET.1 - LABEL.1 * DOWN as f64) / 2.0 + row * LABEL.1;
    (left, top)
}

/// Both ends of every cable, in sheets.
fn sheets(cables: &[CableLabel]) -> Vec<Vec<&CableLabel>> {
    let both: Vec<&CableLabel> = cables.iter().flat_map(|cable| [cable, cable]).collect();
    both.chunks(ACROSS * DOWN).map(<[&CableLabel]>::to_vec).collect()
}

/// The labels as PDF, one page a sheet.
pub fn labels_pdf(title: &str, cables: &[CableLabel]) -> Vec<u8> {
    let mut file = PdfFile::new(&format!("{title}: cable labels"));
    for sheet in sheets(cables) {
        let mut page = PdfPage::new(SHEET.0, SHEET.1);
        for (number, label) in sheet.into_iter().enumerate() {
            let (left, top) = corner(number);
            page.area((left + 1.2, top + 2.2), 1.4, LABEL.1 - 4.4, label.kind.colour());
            for line in lines(label) {
                let face = if line.bold { Face::Bold } else { Face::Plain };
                page.text(left + 4.0, top + line.down, line.size, face, &line.words);
            }
        }
        file.push(page);
    }
    file.to_bytes()
}

/// The labels as SVG, the sheets one below the other, the first hundred of them. Dashed outlines
/// show where the labels are.
pub fn labels_svg(title: &str, cables: &[CableLabel]) -> String {
    let sheets = sheets(cables);
    let (shown, all) = (sheets.len().min(MOST_SHEETS), sheets.len());
    let height = SHEET.1 * shown.max(1) as f64;
    let title = if shown < all {
        format!("{title}: cable labels, sheets 1 to {shown} of {all}")
    } else {
        format!("{title}: cable labels")
    };
    let mut document = Document::new()
        .set("width", format!("{}mm", SHEET.0))
        .set("height", format!("{height}mm"))
        .set("viewBox", (0, 0, SHEET.0, height))
        .set("font-family", "Helvetica, Arial, Liberation Sans, sans-serif")
        .add(Title::new(title))
        .add(Rectangle::new().set("width", SHEET.0).set("height", height).set("fill", "white"));
    for (at, sheet) in sheets.into_iter().take(MOST_SHEETS).enumerate() {
        let mut group = Group::new().set("id", format!("sheet-{}", at + 1));
        if at > 0 {
            group = group.set("transform", format!("translate(0 {})", round(SHEET.1 * at as f64)));
        }
        for (number, label) in sheet.into_iter().enumerate() {
            group = draw(group, corner(number), label);
        }
        document = document.add(group);
    }
    format!("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n{document}\n")
}

fn draw(mut group: Group, (left, top): (f64, f64), label: &CableLabel) -> Group {
    let outline = Rectangle::new()
        .set("x", round(left))
        .set("y", round(top))
        .set("width", LABEL.0)
        .set("height", LABEL.1)
        .set("rx", 1.5)
        .set("fill", "none")
        .set("stroke", "#bbb")
        .set("stroke-width", 0.1)
        .set("stroke-dasharray", "1 1");
    let [red, green, blue] = label.kind.colour().map(|share| (share * 255.0).round() as u8);
    let bar = Rectangle::new()
        .set("x", round(left + 1.2))
        .set("y", round(top + 2.2))
        .set("width", 1.4)
        .set("height", LABEL.1 - 4.4)
        .set("fill", format!("#{red:02x}{green:02x}{blue:02x}"));
    group = group.add(outline).add(bar);
    for line in lines(label) {
        let mut text = Text::new(line.words)
            .set("x", round(left + 4.0))
            .set("y", round(top + line.down))
            .set("font-size", round(line.size));
        if line.bold {
            text = text.set("font-weight", "bold");
        }
        group = group.add(svg::node::element::Element::from(text));
    }
    group
}

fn round(millimetres: f64) -> f64 {
    (millimetres * 1000.0).round() / 1000.0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sixty_five_labels_lie_on_a_sheet_and_none_over_its_edge() {
        let (first, last) = (corner(0), corner(ACROSS * DOWN - 1));
        assert!((first.0 - 4.75).abs() < 1e-9 && (first.1 - 10.7).abs() < 1e-9, "{first:?}");
        assert!((last.0 + LABEL.0 - 205.25).abs() < 1e-9, "{last:?}");
        assert!((last.1 + LABEL.1 - 286.3).abs() < 1e-9, "{last:?}");
    }

    #[test]
    fn a_cable_has_two_labels() {
        let cable = CableLabel { kind: CableUse::Patch, id: "a/b".into(), about: "x to y".into() };
        let svg = labels_svg("t", &[cable]);
        assert_eq!(svg.matches(">a/b</text>").count(), 2, "{svg}");
    }
}
