//! A cut list on sheets.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::path::PathBuf;

use super::sheets_json::sheets_as_json;
use super::{Arguments, Format, counted, json, read_list};
use crate::cli::exit_code::ExitCode;
use crate::cli::failure::Failure;
use crate::cli::screen;
use crate::cutting::list::{List, ListKind, Mistake, Row};
use crate::cutting::{self, Cutter, Grain, Layout, Marks, Nested, Piece, Sheet};
use crate::drawings::{CutSheet, cut_sheets_dxf, cut_sheets_svg};
use crate::units::Mm;

/// Pieces of one material and thickness, and what they are cut from.
pub(super) struct Group {
    /// What the list calls it.
    pub material: String,
    thickness: Mm,
    /// What is cut.
    pub pieces: Vec<Piece>,
    /// The rows of the list that they stand in.
    rows: Vec<u64>,
    stock: Vec<Sheet>,
}

pub(super) fn run(arguments: &Arguments) -> Result<ExitCode, Failure> {
    let cutter = Cutter {
        kerf: arguments.kerf,
        trim: arguments.trim,
        guillotine: arguments.guillotine,
        turns: !arguments.no_rotate,
    };
    let sheet = arguments.sheet.map(|size| Sheet {
        name: "sheet".to_owned(),
        length: size.length,
        width: size.width,
    });
    if sheet.is_none() && arguments.stock.is_empty() {
        let text = "say what to cut from: --sheet 2440x1220, or --stock STOCK.csv";
        return Err(Failure::Usage(text.to_owned()));
    }
    if let Some(sheet) = sheet.as_ref().filter(|sheet| is_all_trim(sheet, &cutter)) {
        let text = format!(
            "nothing is left of a sheet of {} × {} when {} are trimmed off all round",
            sheet.length, sheet.width, cutter.trim
        );
        return Err(Failure::Usage(text));
    }
    let (file, list) = read_list(&arguments.items, ListKind::Sheets)?;
    let mut groups = groups(&list)?;
    for stock in &arguments.stock {
        let (file, list) = read_list(&PathBuf::from(stock), ListKind::Sheets)?;
        add_stock(&file, &list, &cutter, &mut groups)?;
    }
    refuse_too_large(&file, &groups, sheet.as_ref(), &cutter)?;
    let mut cut = Vec::new();
    for group in groups {
        let nested = cutting::nest(&group.pieces, sheet.as_ref(), &group.stock, &cutter)?;
        cut.push((group, nested));
    }
    screen::print(&match arguments.format {
        Format::Human => sheets_for_people(&cut, &cutter),
        Format::Json => json(&sheets_as_json(&cut))?,
        Format::Svg | Format::Dxf => drawn(&cut, arguments.format == Format::Dxf)?,
    })?;
    let all_placed = cut.iter().all(|(_, nested)| nested.unplaced.is_empty());
    Ok(ExitCode::of_verdict(all_placed))
}

fn is_all_trim(sheet: &Sheet, cutter: &Cutter) -> bool {
    sheet.length.min(sheet.width) <= cutter.trim * 2
}

fn groups(list: &List) -> Result<Vec<Group>, Failure> {
    let mut groups: Vec<Group> = Vec::new();
    let mut places = BTreeMap::new();
    for row in &list.rows {
        let key = (row.material.clone(), row.thickness);
        let place = *places.entry(key).or_insert_with(|| {
            groups.push(Group {
                material: row.material.clone(),
                thickness: row.thickness,
                pieces: Vec::new(),
                rows: Vec::new(),
                stock: Vec::new(),
            });
            groups.len() - 1
        });
        let piece =
            Piece::rectangle(&row.name, &row.material, row.thickness, row.length, row.width)
                .map_err(|problem| Failure::Usage(format!("{}: {problem}", row.name)))?;
        groups[place].rows.push(row.row);
        groups[place].pieces.push(Piece { grain: row.grain, quantity: row.quantity, ..piece });
    }
    Ok(groups)
}

/// Gives every sheet of the stock to the group of its material; one without a material to the only
/// group there is. Sheets of other materials are not needed.
fn add_stock(
    file: &str,
    list: &List,
    cutter: &Cutter,
    groups: &mut [Group],
) -> Result<(), Failure> {
    let mut mistakes = Vec::new();
    let wrong = |row: &Row, what: &str| Mistake {
        file: file.to_owned(),
        row: row.row,
        what: what.to_owned(),
    };
    let only = groups.len() == 1;
    for row in &list.rows {
        let (length, width) = match row.grain {
            // Sheets lie with their grain along x.
            Grain::Across => (row.width, row.length),
            Grain::Free | Grain::Along => (row.length, row.width),
        };
        let sheet = Sheet { name: row.name.clone(), length, width };
        if is_all_trim(&sheet, cutter) {
            mistakes.push(wrong(row, "nothing of it is left when it is trimmed"));
        } else if row.material.is_empty() && !only {
            mistakes.push(wrong(row, "say its material, since the list has several"));
        }
        let fits = |group: &&mut Group| {
            (row.material == group.material || (only && row.material.is_empty()))
                && (row.thickness == group.thickness || row.thickness == Mm::ZERO)
        };
        if let Some(group) = groups.iter_mut().find(fits) {
            // No more of them than there are pieces are of use.
            let pieces: u64 = group.pieces.iter().map(|piece| piece.quantity).sum();
            group.stock.extend((0..row.quantity.min(pieces)).map(|_| sheet.clone()));
        }
    }
    if mistakes.is_empty() { Ok(()) } else { Err(Failure::Lists(mistakes)) }
}

/// Every piece that fits on no sheet at all, with its row.
fn refuse_too_large(
    file: &str,
    groups: &[Group],
    sheet: Option<&Sheet>,
    cutter: &Cutter,
) -> Result<(), Failure> {
    let mut mistakes = Vec::new();
    for group in groups {
        let sheets = || sheet.into_iter().chain(&group.stock);
        let area = |sheet: &&Sheet| i128::from(sheet.length.nm()) * i128::from(sheet.width.nm());
        let room =
            sheets().max_by_key(area).map_or("there is no sheet for it".to_owned(), |sheet| {
                let (length, width) =
                    (sheet.length - cutter.trim * 2, sheet.width - cutter.trim * 2);
                format!("the largest sheet has {} × {} inside its trim", length.mm(), width)
            });
        for (piece, &row) in group.pieces.iter().zip(&group.rows) {
            if !sheets().any(|sheet| cutting::fits(piece, sheet, cutter)) {
                let (name, length, width) = (&piece.name, piece.length.mm(), piece.width);
                let what = format!(
                    "`{name}` of {length} × {width} fits on no sheet the way it may lie; {room}"
                );
                mistakes.push(Mistake { file: file.to_owned(), row, what });
            }
        }
    }
    mistakes.sort_by_key(|mistake| mistake.row);
    if mistakes.is_empty() { Ok(()) } else { Err(Failure::Lists(mistakes)) }
}

fn drawn(cut: &[(Group, Nested)], dxf: bool) -> Result<String, Failure> {
    let mut sheets = Vec::new();
    for (group, nested) in cut {
        for layout in &nested.layouts {
            let marks = Marks::of(layout, &group.pieces)
                .map_err(|problem| Failure::Usage(problem.to_string()))?;
            sheets.push((marks, layout.offcuts.as_slice()));
        }
    }
    Ok(if dxf {
        cut_sheets_dxf(&sheets.iter().map(|(marks, _)| marks).collect::<Vec<_>>())
    } else {
        let sheets: Vec<CutSheet<'_>> =
            sheets.iter().map(|(marks, offcuts)| CutSheet { marks, offcuts }).collect();
        cut_sheets_svg("pibuild cut", &sheets)
    })
}

/// With more pieces than this, people get sums only.
const MOST_LINES: usize = 2_000;

fn sheets_for_people(cut: &[(Group, Nested)], cutter: &Cutter) -> String {
    let mut text = String::new();
    for (group, nested) in cut {
        // Writing to a string does not fail.
        let _ = write_group(&mut text, group, nested, cutter);
    }
    text
}

fn write_group(
    text: &mut String,
    group: &Group,
    nested: &Nested,
    cutter: &Cutter,
) -> std::fmt::Result {
    let placed: usize = nested.layouts.iter().map(|layout| layout.placements.len()).sum();
    if !group.material.is_empty() {
        write!(text, "{}", group.material)?;
        if group.thickness > Mm::ZERO {
            write!(text, ", {}", group.thickness)?;
        }
        text.push_str(": ");
    }
    let (bought, there) = (nested.bought(), nested.layouts.len() as u64 - nested.bought());
    write!(text, "{} on {}", counted(placed as u64, "piece"), counted(bought, "new sheet"))?;
    if there > 0 {
        write!(text, " and {there} of the stock")?;
    }
    match bought.saturating_sub(nested.lower_bound) {
        0 => writeln!(text, "; nobody needs fewer new ones")?,
        _ => writeln!(text, "; at least {} are needed", nested.lower_bound)?,
    }
    for (number, layout) in nested.layouts.iter().enumerate() {
        writeln!(
            text,
            "\nsheet {}: {}, {} × {}, {} used",
            number + 1,
            layout.sheet.name,
            layout.sheet.length.mm(),
            layout.sheet.width,
            percent(layout.used())
        )?;
        if placed <= MOST_LINES {
            write_layout(text, group, layout, cutter)?;
        }
        for offcut in &layout.offcuts {
            writeln!(
                text,
                "  left over: {} × {} at {}, {}",
                offcut.length.mm(),
                offcut.width.mm(),
                offcut.x.mm(),
                offcut.y.mm()
            )?;
        }
    }
    for &(piece, quantity) in &nested.unplaced {
        writeln!(text, "\nno place for {quantity} × {}", group.pieces[piece].name)?;
    }
    Ok(())
}

fn write_layout(
    text: &mut String,
    group: &Group,
    layout: &Layout,
    cutter: &Cutter,
) -> std::fmt::Result {
    let names = layout.placements.iter().map(|placed| group.pieces[placed.piece].name.as_str());
    let wide = names.map(|name| name.chars().count()).max().unwrap_or(0);
    for placed in &layout.placements {
        writeln!(
            text,
            "  {:<wide$}  {:>9} × {:<9} at {:>9}, {}{}",
            group.pieces[placed.piece].name,
            placed.length.mm(),
            placed.width.mm(),
            placed.x.mm(),
            placed.y.mm(),
            if placed.turned { "  turned" } else { "" }
        )?;
    }
    if cutter.guillotine && cutter.trim > Mm::ZERO {
        writeln!(text, "  trim {} off all four edges", cutter.trim)?;
    }
    for (number, cut) in layout.cuts.iter().enumerate() {
        let panel = cut.panel;
        writeln!(
            text,
            "  cut {}: the panel of {} × {} at {}, {} along its {}, fence at {}",
            number + 1,
            panel.length.mm(),
            panel.width.mm(),
            panel.x.mm(),
            panel.y.mm(),
            if cut.along_x { "length" } else { "width" },
            cut.size.mm()
        )?;
    }
    Ok(())
}

fn percent(share: f64) -> String {
    format!("{:.1} %", share * 100.0)
}
