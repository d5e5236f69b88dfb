//! Flat pieces on sheets: drawings for people, contours for machines, labels for pieces.

use std::collections::BTreeMap;
use std::fmt::Write;

use super::{Internal, Outcome, add};
use crate::cutting::{self, Cutter, Marks, Nested, Piece, Sheet};
use crate::drawings::{
    CutPage, CutSheet, PieceLabel, cut_pages, cut_sheets_dxf, cut_sheets_svg, piece_labels,
};
use crate::export::{Cell, Table};
use crate::outputs::Tree;
use crate::shell::FlatPart;
use crate::spec::ToolKind;
use crate::units::Mm;

/// Pieces of one material and thickness on sheets.
struct Group {
    /// Catalogue id of the sheet, and the thickness if it is there in several.
    name: String,
    pieces: Vec<Piece>,
    nested: Nested,
    /// What is drawn on each sheet.
    marks: Vec<Marks>,
}

/// Adds the cut list and the sheets. Gives what the plan says about them.
pub(super) fn add_to(tree: &mut Tree, outcome: &Outcome) -> Result<String, Internal> {
    let pieces = pieces(outcome)?;
    if pieces.is_empty() {
        return Ok(String::new());
    }
    add(tree, "cut/cut-list.csv", "flat pieces to cut from sheets", cut_list(&pieces).to_csv())?;
    let cutter = cutter(outcome);
    let router = outcome.document.design.shell.tool.kind == ToolKind::Router;
    let groups = nest(outcome, pieces, &cutter)?;
    let (mut pages, mut labels, mut plan) = (Vec::new(), Vec::new(), String::new());
    for group in &groups {
        let mut too_narrow = 0;
        for (index, (layout, marks)) in group.nested.layouts.iter().zip(&group.marks).enumerate() {
            let (number, name) = (index + 1, &group.name);
            let title = format!("{name}, sheet {number} of {}", group.nested.layouts.len());
            let file = |what: &str, kind: &str| format!("cut/{what}-{name}-{number:02}.{kind}");
            let sheet = CutSheet { marks, offcuts: &layout.offcuts };
            let svg = cut_sheets_svg(&title, &[sheet]);
            add(tree, &file("sheets", "svg"), &format!("{title}, in true size"), svg)?;
            let about = format!("{title}, contours for machines");
            add(tree, &file("sheets", "dxf"), &about, cut_sheets_dxf(&[marks]))?;
            if router {
                let (paths, narrow) = marks.tool_paths(cutter.kerf);
                too_narrow += narrow;
                let about = format!("{title}, the way of the tool's middle");
                add(tree, &file("toolpaths", "dxf"), &about, cut_sheets_dxf(&[&paths]))?;
            }
            for placed in &layout.placements {
                labels.push(label(outcome, &group.pieces[placed.piece], name, number));
            }
            let (pieces, trim) = (group.pieces.as_slice(), cutter.trim);
            pages.push(CutPage { title, layout, marks, pieces, trim });
        }
        // Writing to a string does not fail.
        let _ = tell(&mut plan, group, too_narrow);
    }
    let title = outcome.title();
    let pdf = cut_pages(title, &pages);
    add(tree, "cut/sheets.pdf", "all sheets to scale, with the order of cuts", pdf)?;
    let pdf = piece_labels(title, &labels);
    add(tree, "cut/piece-labels.pdf", "a label for every flat piece, 24 to a page", pdf)?;
    Ok(plan)
}

/// All flat pieces, each distinct one once.
fn pieces(outcome: &Outcome) -> Result<Vec<Piece>, Internal> {
    outcome
        .shell
        .flat_parts()
        .map(FlatPart::piece)
        .collect::<Result<_, _>>()
        .map_err(Internal::Shell)
}

fn cutter(outcome: &Outcome) -> Cutter {
    let design = &outcome.document.design;
    Cutter {
        kerf: design.shell.tool.diameter,
        trim: design.stock.trim,
        guillotine: design.shell.tool.kind == ToolKind::Saw,
        turns: true,
    }
}

/// `cut-list.csv`; lengths are in millimetres.
fn cut_list(pieces: &[Piece]) -> Table {
    let mut table = Table::new(["name", "material", "length", "width", "thickness", "quantity"]);
    for piece in pieces {
        table.push([
            Cell::Text(piece.name.clone()),
            Cell::Text(piece.material.clone()),
            Cell::Number(piece.length.mm()),
            Cell::Number(piece.width.mm()),
            Cell::Number(piece.thickness.mm()),
            Cell::Integer(i64::try_from(piece.quantity).unwrap_or(i64::MAX)),
        ]);
    }
    table
}

fn nest(outcome: &Outcome, pieces: Vec<Piece>, cutter: &Cutter) -> Result<Vec<Group>, Internal> {
    let mut by_sheet: BTreeMap<(String, Mm), Vec<Piece>> = BTreeMap::new();
    for piece in pieces {
        by_sheet.entry((piece.material.clone(), piece.thickness)).or_default().push(piece);
    }
    let ids: Vec<String> = by_sheet.keys().map(|(id, _)| id.clone()).collect();
    let mut groups = Vec::new();
    for ((id, thickness), pieces) in by_sheet {
        let entry = outcome.document.catalog.sheets.get(&id).ok_or(Internal::MissingName)?;
        let (length, width) = (entry.length.value, entry.width.value);
        let sheet = Sheet { name: id.clone(), length, width };
        let nested = cutting::nest(&pieces, Some(&sheet), &stock(outcome, &id), cutter)?;
        let several = ids.iter().filter(|other| **other == id).count() > 1;
        let name = if several { format!("{id}-{}mm", thickness.mm()) } else { id };
        let marks = |layout| {
            let marks = Marks::of(layout, &pieces).map_err(Internal::Shell)?;
            Ok(if cutter.guillotine { marks } else { marks.with_tabs(cutter.kerf) })
        };
        let marks = nested.layouts.iter().map(marks).collect::<Result<_, Internal>>()?;
        groups.push(Group { name, pieces, nested, marks });
    }
    Ok(groups)
}

/// What is there of a sheet.
fn stock(outcome: &Outcome, id: &str) -> Vec<Sheet> {
    let there = outcome.document.design.stock.sheets.iter().filter(|sheet| sheet.sheet == id);
    there
        .flat_map(|there| {
            let sheet =
                Sheet { name: format!("{id} offcut"), length: there.length, width: there.width };
            (0..there.quantity).map(move |_| sheet.clone())
        })
        .collect()
}

fn label(outcome: &Outcome, piece: &Piece, sheet: &str, number: usize) -> PieceLabel {
    let size = format!("{} \u{d7} {}", piece.length.mm(), piece.width);
    let name = &outcome.document.design.name;
    PieceLabel {
        name: piece.name.clone(),
        code: format!("{name} {} {size} {sheet} {number:02}", piece.name),
        size,
        from: format!("{sheet}, sheet {number}"),
    }
}

fn tell(plan: &mut String, group: &Group, too_narrow: usize) -> std::fmt::Result {
    let (bought, bound) = (group.nested.bought(), group.nested.lower_bound);
    let there = group.nested.layouts.len() as u64 - bought;
    write!(plan, "- {}: {bought} to buy", group.name)?;
    if there > 0 {
        write!(plan, ", {there} of the stock")?;
    }
    if bought == bound {
        write!(plan, "; nobody needs fewer")?;
    } else {
        write!(plan, "; at least {bound} are needed")?;
    }
    let offcuts = group.nested.layouts.iter().flat_map(|layout| &layout.offcuts).count();
    writeln!(plan, "; {offcuts} offcuts worth keeping")?;
    for (piece, count) in &group.nested.unplaced {
        writeln!(
            plan,
            "  - **no sheet is large enough** for {count} × {}",
            group.pieces[*piece].name
        )?;
    }
    if too_narrow > 0 {
        writeln!(plan, "  - **{too_narrow} cut-outs are narrower than the tool**")?;
    }
    Ok(())
}
