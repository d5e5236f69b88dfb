//! Sheets with pieces on them, in their true size: as SVG to look at, as DXF for machines.

use std::fmt::Write;

use svg::node::element::{Element, Path, Rectangle, Text, Title};
use svg::{Document, Node};

use super::sheet::printable;
use crate::cutting::{LAYERS, Layer, Marks, Offcut};
use crate::export::dxf;
use crate::geometry::Contour;

/// One sheet to draw.
#[derive(Clone, Debug)]
pub struct CutSheet<'a> {
    /// What lies on it.
    pub marks: &'a Marks,
    /// What is left and worth keeping.
    pub offcuts: &'a [Offcut],
}

/// Between two sheets that are drawn side by side, in millimetres.
const BETWEEN: f64 = 100.0;

/// Sheets side by side, from the left, in millimetres.
pub fn cut_sheets_svg(title: &str, sheets: &[CutSheet<'_>]) -> String {
    let (width, height) = size(sheets);
    let mut document = Document::new()
        .set("width", format!("{width}mm"))
        .set("height", format!("{height}mm"))
        .set("viewBox", format!("0 0 {width} {height}"))
        .set("font-family", "DejaVu Sans, Arial, Helvetica, sans-serif")
        .add(Title::new(printable(title)));
    let mut left = 0.0;
    for sheet in sheets {
        draw(&mut document, sheet, left, height);
        left += sheet.marks.length.mm() + BETWEEN;
    }
    format!("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n{document}\n")
}

/// Width and height of all sheets side by side.
fn size(sheets: &[CutSheet<'_>]) -> (f64, f64) {
    let between = BETWEEN * sheets.len().saturating_sub(1) as f64;
    let width: f64 = sheets.iter().map(|sheet| sheet.marks.length.mm()).sum();
    let height = sheets.iter().map(|sheet| sheet.marks.width.mm()).fold(0.0, f64::max);
    (round(width + between), round(height))
}

fn draw(document: &mut Document, sheet: &CutSheet<'_>, left: f64, height: f64) {
    // Paths of one layer go together, outlines before what lies in them.
    for layer in LAYERS {
        let mut data = String::new();
        for (_, contour) in sheet.marks.contours.iter().filter(|(on, _)| *on == layer) {
            path(&mut data, contour, left, height);
        }
        if !data.is_empty() {
            let (fill, stroke, width) = look(layer);
            document.append(
                Path::new()
                    .set("class", layer.name())
                    .set("d", data)
                    .set("fill", fill)
                    .set("stroke", stroke)
                    .set("stroke-width", width),
            );
        }
        if layer == Layer::Sheet {
            for offcut in sheet.offcuts {
                document.append(dashed(offcut, left, height));
            }
        }
    }
    for label in &sheet.marks.labels {
        let (x, y) = (round(label.at[0] + left), round(height - label.at[1]));
        let mut text = Text::new(printable(&label.words))
            .set("x", x)
            .set("y", y)
            .set("font-size", round(label.height / CAPITALS))
            .set("text-anchor", "middle")
            .set("dominant-baseline", "central");
        if label.upright {
            text = text.set("transform", format!("rotate(-90 {x} {y})"));
        }
        // The svg crate puts line breaks around the words of its `Text`, but not of an element.
        document.append(Element::from(text));
    }
}

/// Capitals are this high, in font sizes.
const CAPITALS: f64 = 0.72;

fn dashed(offcut: &Offcut, left: f64, height: f64) -> Rectangle {
    Rectangle::new()
        .set("class", "OFFCUT")
        .set("x", round(offcut.x.mm() + left))
        .set("y", round(height - offcut.y.mm() - offcut.width.mm()))
        .set("width", round(offcut.length.mm()))
        .set("height", round(offcut.width.mm()))
        .set("fill", "none")
        .set("stroke", "#888")
        .set("stroke-width", 1.5)
        .set("stroke-dasharray", "18 12")
}

/// Fill, colour and width of a layer's lines.
fn look(layer: Layer) -> (&'static str, &'static str, f64) {
    match layer {
        Layer::Sheet => ("#fbf6ea", "black", 2.0),
        Layer::Outside => ("#ecd9b0", "black", 1.5),
        Layer::Inside => ("#fbf6ea", "#b00020", 1.2),
        Layer::Pocket => ("#d8bd85", "#0050b0", 1.2),
        Layer::Engrave => ("none", "#007030", 1.0),
        Layer::Tabs => ("#c04000", "none", 0.0),
        Layer::Label => ("none", "black", 0.5),
    }
}

/// Appends a contour to the data of a path: y runs downwards there.
fn path(data: &mut String, contour: &Contour, left: f64, height: f64) {
    let at = |index: usize| {
        let vertex = contour.vertices[index];
        (round(vertex.x + left), round(height - vertex.y), vertex.bulge)
    };
    let count = contour.vertices.len();
    if count == 0 {
        return;
    }
    let (x, y, mut bulge) = at(0);
    let (mut from_x, mut from_y) = (x, y);
    // Writing to a string does not fail.
    let _ = write!(data, "M{x} {y}");
    for index in 1..=if contour.closed { count } else { count - 1 } {
        let (x, y, next) = at(index % count);
        if bulge != 0.0 {
            let chord = (x - from_x).hypot(y - from_y);
            let radius = round(chord * (1.0 + bulge * bulge) / (4.0 * bulge.abs()));
            // Counter-clockwise with y upwards; an arc is a half circle at most.
            let sweep = u8::from(bulge < 0.0);
            let _ = write!(data, "A{radius} {radius} 0 0 {sweep} {x} {y}");
        } else if index < count {
            let _ = write!(data, "L{x} {y}");
        }
        (from_x, from_y, bulge) = (x, y, next);
    }
    if contour.closed {
        data.push('Z');
    }
}

/// Micrometres are enough on a drawing.
fn round(millimetres: f64) -> f64 {
    (millimetres * 1000.0).round() / 1000.0 + 0.0
}

/// Colours of the layers in DXF, by its colour index: as most machine controllers show them.
fn colour(layer: Layer) -> u8 {
    match layer {
        Layer::Sheet => 8,
        Layer::Outside => 7,
        Layer::Inside => 1,
        Layer::Pocket => 5,
        Layer::Engrave => 3,
        Layer::Tabs => 30,
        Layer::Label => 9,
    }
}

/// The same as DXF; every layer is there, used or not.
pub fn cut_sheets_dxf(sheets: &[&Marks]) -> String {
    let layers: Vec<(&'static str, u8)> =
        LAYERS.iter().map(|&layer| (layer.name(), colour(layer))).collect();
    let mut drawing = dxf::Drawing::new(&layers);
    let mut left = 0.0;
    for sheet in sheets {
        for (layer, contour) in &sheet.contours {
            drawing.contour(layer.name(), contour.placed(false, left, 0.0));
        }
        for label in &sheet.labels {
            let middle = [label.at[0] + left, label.at[1]];
            drawing.words("LABEL", middle, label.height, label.upright, &label.words);
        }
        left += sheet.length.mm() + BETWEEN;
    }
    drawing.to_dxf()
}
