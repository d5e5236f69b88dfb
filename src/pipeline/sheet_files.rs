//! Flat pieces on sheets: drawings for people, contours for machines, labels for pieces.

use std::fmt::Write;

use super::{Internal, Outcome, add};
use crate::cutting::{Cutter, Layer, Marks, Piece};
use crate::drawings::{
    CutPage, CutSheet, PieceLabel, cut_pages, cut_sheets_dxf, cut_sheets_svg, piece_labels,
};
use crate::export::{Cell, Table};
use crate::geometry::Contour;
use crate::outputs::Tree;
use crate::shell::Letters;
use crate::spec::ToolKind;
use crate::units::Mm;
use crate::workshop::{self, SheetCuts};

/// Adds the cut list and the sheets. Gives what the plan says about them.
pub(super) fn add_to(
    tree: &mut Tree,
    outcome: &Outcome,
    sheets: &[SheetCuts],
) -> Result<String, Internal> {
    if sheets.is_empty() {
        return Ok(String::new());
    }
    add(tree, "cut/cut-list.csv", "flat pieces to cut from sheets", cut_list(sheets).to_csv())?;
    let design = &outcome.document.design;
    let cutter = workshop::cutter(design);
    let router = design.shell.tool.kind == ToolKind::Router;
    let all_marks = sheets.iter().map(|cuts| marks(cuts, &cutter));
    let all_marks: Vec<Vec<Marks>> = all_marks.collect::<Result<_, _>>()?;
    let (mut pages, mut labels, mut plan) = (Vec::new(), Vec::new(), String::new());
    for (cuts, all_marks) in sheets.iter().zip(&all_marks) {
        let mut too_narrow = 0;
        for (index, (layout, marks)) in cuts.nested.layouts.iter().zip(all_marks).enumerate() {
            let (number, name) = (index + 1, &cuts.name);
            let title = format!("{name}, sheet {number} of {}", cuts.nested.layouts.len());
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
                labels.push(label(outcome, &cuts.pieces[placed.piece], name, number));
            }
            let (pieces, trim) = (cuts.pieces.as_slice(), cutter.trim);
            pages.push(CutPage { title, layout, marks, pieces, trim });
        }
        // Writing to a string does not fail.
        let _ = tell(&mut plan, cuts, too_narrow);
    }
    let title = outcome.title();
    let pdf = cut_pages(title, &pages);
    add(tree, "cut/sheets.pdf", "all sheets to scale, with the order of cuts", pdf)?;
    let pdf = piece_labels(title, &labels);
    add(tree, "cut/piece-labels.pdf", "a label for every flat piece, 24 to a page", pdf)?;
    letters(tree, outcome)?;
    Ok(plan)
}

/// What is drawn on each sheet.
fn marks(cuts: &SheetCuts, cutter: &Cutter) -> Result<Vec<Marks>, Internal> {
    let marks = cuts.nested.layouts.iter().map(|layout| {
        let marks = Marks::of(layout, &cuts.pieces).map_err(Internal::Shell)?;
        Ok(if cutter.guillotine { marks } else { marks.with_tabs(cutter.kerf) })
    });
    marks.collect()
}

/// Letters that no tool cuts into their part, on the part's outline: for a plotter that cuts foil, or
/// to be printed and glued on.
fn letters(tree: &mut Tree, outcome: &Outcome) -> Result<(), Internal> {
    for part in outcome.shell.flat_parts() {
        if !matches!(part.lettering, Some((_, Letters::Applied))) {
            continue;
        }
        let (length, width) = (part.length, part.width);
        let edge = Contour::rectangle(Mm::ZERO, Mm::ZERO, length, width);
        let mut contours = vec![(Layer::Sheet, edge)];
        for letter in part.letters() {
            let outlines = letter.contours().map_err(Internal::Shell)?;
            contours.extend(outlines.into_iter().map(|outline| (Layer::Engrave, outline)));
        }
        let marks = Marks { length, width, contours, labels: Vec::new() };
        let (title, name) = (format!("letters of {}", part.name), &part.name);
        let about = format!("{title}, in true size, to be put on");
        let svg = cut_sheets_svg(&title, &[CutSheet { marks: &marks, offcuts: &[] }]);
        add(tree, &format!("cut/letters-{name}.svg"), &about, svg)?;
        let about = format!("{title}, for a plotter");
        add(tree, &format!("cut/letters-{name}.dxf"), &about, cut_sheets_dxf(&[&marks]))?;
    }
    Ok(())
}

/// `cut-list.csv`; lengths and depths are in millimetres.
fn cut_list(sheets: &[SheetCuts]) -> Table {
    let mut table = Table::new([
        "name",
        "material",
        "length",
        "width",
        "thickness",
        "quantity",
        "pocket_depths",
        "engraving_depth",
    ]);
    for piece in sheets.iter().flat_map(|cuts| &cuts.pieces) {
        let mut depths: Vec<Mm> = piece.pockets.iter().map(|pocket| pocket.depth).collect();
        depths.sort_unstable();
        depths.dedup();
        let depths: Vec<String> = depths.iter().map(|depth| depth.mm().to_string()).collect();
        let engraved = (!piece.engraving.is_empty()).then(|| piece.engraved.mm().to_string());
        table.push([
            Cell::Text(piece.name.clone()),
            Cell::Text(piece.material.clone()),
            Cell::Number(piece.length.mm()),
            Cell::Number(piece.width.mm()),
            Cell::Number(piece.thickness.mm()),
            Cell::Integer(i64::try_from(piece.quantity).unwrap_or(i64::MAX)),
            Cell::Text(depths.join("; ")),
            Cell::from(engraved),
        ]);
    }
    table
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

fn tell(plan: &mut String, cuts: &SheetCuts, too_narrow: usize) -> std::fmt::Result {
    let (bought, bound) = (cuts.nested.bought(), cuts.nested.lower_bound);
    let there = cuts.nested.layouts.len() as u64 - bought;
    write!(plan, "- {}: {bought} to buy", cuts.name)?;
    if there > 0 {
        write!(plan, ", {there} of the stock")?;
    }
    if bought == bound {
        write!(plan, "; nobody needs fewer")?;
    } else {
        write!(plan, "; at least {bound} are needed")?;
    }
    let offcuts = cuts.nested.layouts.iter().flat_map(|layout| &layout.offcuts).count();
    writeln!(plan, "; {offcuts} offcuts worth keeping")?;
    for (piece, count) in &cuts.nested.unplaced {
        writeln!(
            plan,
            "  - **no sheet is large enough** for {count} × {}",
            cuts.pieces[*piece].name
        )?;
    }
    if too_narrow > 0 {
        writeln!(plan, "  - **{too_narrow} cut-outs are narrower than the tool**")?;
    }
    Ok(())
}
