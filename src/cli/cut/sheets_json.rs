//! Sheets as JSON: every placement.

use serde::Serialize;

use super::sheets::Group;
use crate::cutting::{Layout, Nested};
use crate::units::Mm;

#[derive(Serialize)]
pub(super) struct SheetsJson<'a> {
    sheets: Vec<SheetJson<'a>>,
    unplaced: Vec<PieceJson<'a>>,
    lower_bound: u64,
}

#[derive(Serialize)]
struct SheetJson<'a> {
    name: &'a str,
    #[serde(skip_serializing_if = "str::is_empty")]
    material: &'a str,
    from_stock: bool,
    length: f64,
    width: f64,
    pieces: Vec<PlacedJson<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    cuts: Vec<CutJson>,
    offcuts: Vec<RectangleJson>,
}

#[derive(Serialize)]
struct PlacedJson<'a> {
    name: &'a str,
    x: f64,
    y: f64,
    length: f64,
    width: f64,
    turned: bool,
}

#[derive(Serialize)]
struct PieceJson<'a> {
    name: &'a str,
    length: f64,
    width: f64,
    quantity: u64,
}

#[derive(Serialize)]
struct RectangleJson {
    x: f64,
    y: f64,
    length: f64,
    width: f64,
}

#[derive(Serialize)]
struct CutJson {
    panel: RectangleJson,
    along: &'static str,
    size: f64,
}

/// All sheets of all groups, in order.
pub(super) fn sheets_as_json(cut: &[(Group, Nested)]) -> SheetsJson<'_> {
    let sheets = cut.iter().flat_map(|(group, nested)| {
        nested.layouts.iter().map(|layout| sheet_as_json(group, layout))
    });
    let unplaced = cut.iter().flat_map(|(group, nested)| {
        nested.unplaced.iter().map(|&(piece, quantity)| {
            let piece = &group.pieces[piece];
            let (length, width) = (piece.length.mm(), piece.width.mm());
            PieceJson { name: &piece.name, length, width, quantity }
        })
    });
    SheetsJson {
        sheets: sheets.collect(),
        unplaced: unplaced.collect(),
        lower_bound: cut.iter().map(|(_, nested)| nested.lower_bound).sum(),
    }
}

fn sheet_as_json<'a>(group: &'a Group, layout: &'a Layout) -> SheetJson<'a> {
    let placed = layout.placements.iter().map(|placed| PlacedJson {
        name: &group.pieces[placed.piece].name,
        x: placed.x.mm(),
        y: placed.y.mm(),
        length: placed.length.mm(),
        width: placed.width.mm(),
        turned: placed.turned,
    });
    let rectangle = |x: Mm, y: Mm, length: Mm, width: Mm| RectangleJson {
        x: x.mm(),
        y: y.mm(),
        length: length.mm(),
        width: width.mm(),
    };
    let cuts = layout.cuts.iter().map(|cut| CutJson {
        panel: rectangle(cut.panel.x, cut.panel.y, cut.panel.length, cut.panel.width),
        along: if cut.along_x { "x" } else { "y" },
        size: cut.size.mm(),
    });
    let offcuts = layout.offcuts.iter();
    SheetJson {
        name: &layout.sheet.name,
        material: &group.material,
        from_stock: layout.from_stock,
        length: layout.sheet.length.mm(),
        width: layout.sheet.width.mm(),
        pieces: placed.collect(),
        cuts: cuts.collect(),
        offcuts: offcuts.map(|o| rectangle(o.x, o.y, o.length, o.width)).collect(),
    }
}
