//! A list of lengths on bars.

use std::fmt::Write;
use std::path::PathBuf;

use serde::Serialize;

use super::{Arguments, Format, counted, json, positive, read_list};
use crate::cli::exit_code::ExitCode;
use crate::cli::failure::Failure;
use crate::cli::screen;
use crate::cutting::lengths::{self, CutBars, Length, StockBar};
use crate::cutting::list::{ListKind, Mistake};
use crate::units::Mm;

pub(super) fn run(arguments: &Arguments) -> Result<ExitCode, Failure> {
    if matches!(arguments.format, Format::Svg | Format::Dxf) {
        let text = "bars are not drawn; take --format human or json";
        return Err(Failure::Usage(text.to_owned()));
    }
    if arguments.stock.is_empty() {
        let text = "say what to cut from: --stock 2440, --stock 97in,145in or --stock STOCK.csv";
        return Err(Failure::Usage(text.to_owned()));
    }
    let mut stock = Vec::new();
    for named in &arguments.stock {
        let sold: Result<Vec<Mm>, String> = named.split(',').map(positive).collect();
        match sold {
            Ok(lengths) => {
                let bars = lengths.into_iter();
                stock.extend(bars.map(|length| StockBar { length, quantity: None }));
            }
            Err(problem) if !named.contains('.') || named.starts_with('-') => {
                return Err(Failure::Usage(format!(
                    "--stock {named} is neither lengths nor a CSV file: {problem}"
                )));
            }
            Err(_) => {
                let (_, list) = read_list(&PathBuf::from(named), ListKind::Bars)?;
                stock.extend(
                    list.rows
                        .iter()
                        .map(|row| StockBar { length: row.length, quantity: Some(row.quantity) }),
                );
            }
        }
    }
    let (file, list) = read_list(&arguments.items, ListKind::Bars)?;
    let longest = stock.iter().map(|bar| bar.length).max().unwrap_or(Mm::ZERO);
    let too_long = list.rows.iter().filter(|row| row.length > longest).map(|row| Mistake {
        file: file.clone(),
        row: row.row,
        what: format!("`{}` of {} is longer than any bar: {longest}", row.name, row.length),
    });
    let too_long: Vec<Mistake> = too_long.collect();
    if !too_long.is_empty() {
        return Err(Failure::Lists(too_long));
    }
    let wanted: Vec<Length> = list
        .rows
        .into_iter()
        .map(|row| Length { name: row.name, length: row.length, quantity: row.quantity })
        .collect();
    let cut = lengths::cut(&wanted, &stock, arguments.kerf)?;
    screen::print(&match arguments.format {
        Format::Json => json(&bars_as_json(&wanted, &cut))?,
        _ => bars_for_people(&wanted, &cut, arguments.kerf),
    })?;
    Ok(ExitCode::of_verdict(cut.unplaced.is_empty()))
}

#[derive(Serialize)]
struct BarsJson<'a> {
    bars: Vec<BarJson<'a>>,
    unplaced: Vec<BarPieceJson<'a>>,
    lower_bound: u64,
    bought: f64,
    bought_bound: f64,
    proven: bool,
}

#[derive(Serialize)]
struct BarJson<'a> {
    length: f64,
    from_stock: bool,
    pieces: Vec<BarPieceJson<'a>>,
}

#[derive(Clone, Serialize)]
struct BarPieceJson<'a> {
    name: &'a str,
    length: f64,
    #[serde(skip_serializing_if = "Option::is_none")]
    quantity: Option<u64>,
}

fn bars_as_json<'a>(wanted: &'a [Length], cut: &CutBars) -> BarsJson<'a> {
    let piece = |index: usize, quantity: Option<u64>| BarPieceJson {
        name: &wanted[index].name,
        length: wanted[index].length.mm(),
        quantity,
    };
    let bars = cut.bars.iter().flat_map(|bar| {
        (0..bar.quantity).map(move |_| BarJson {
            length: bar.length.mm(),
            from_stock: bar.from_stock,
            pieces: bar.pieces.iter().map(|&index| piece(index, None)).collect(),
        })
    });
    BarsJson {
        bars: bars.collect(),
        unplaced: cut.unplaced.iter().map(|&(index, count)| piece(index, Some(count))).collect(),
        lower_bound: cut.lower_bound,
        bought: cut.bought.mm(),
        bought_bound: cut.bought_bound.mm(),
        proven: cut.is_proven(),
    }
}

fn bars_for_people(wanted: &[Length], cut: &CutBars, kerf: Mm) -> String {
    let mut text = String::new();
    // Writing to a string does not fail.
    let _ = write_bars(&mut text, wanted, cut, kerf);
    text
}

fn write_bars(text: &mut String, wanted: &[Length], cut: &CutBars, kerf: Mm) -> std::fmt::Result {
    write!(text, "{}, {} bought", counted(cut.count(), "bar"), cut.bought)?;
    if cut.is_proven() {
        writeln!(text, "; proven: nobody can buy less")?;
    } else {
        writeln!(
            text,
            "; at least {} are needed, so at most {} could be saved",
            cut.bought_bound,
            cut.bought - cut.bought_bound
        )?;
    }
    for bar in &cut.bars {
        let mut names: Vec<(&str, Mm, u64)> = Vec::new();
        for &piece in &bar.pieces {
            let Length { name, length, .. } = &wanted[piece];
            match names.last_mut() {
                Some((last, same, count)) if last == name && same == length => *count += 1,
                _ => names.push((name, *length, 1)),
            }
        }
        let pieces: Vec<String> = names
            .iter()
            .map(|(name, length, count)| format!("{count} × {name} {}", length.mm()))
            .collect();
        let used: Mm = bar.pieces.iter().map(|&piece| wanted[piece].length + kerf).sum();
        let left = (bar.length + kerf - used - kerf).max(Mm::ZERO);
        writeln!(
            text,
            "{} × {}{}: {}; left over {}",
            bar.quantity,
            bar.length,
            if bar.from_stock { " of the stock" } else { "" },
            pieces.join(", "),
            left
        )?;
    }
    for &(piece, count) in &cut.unplaced {
        writeln!(text, "no bar for {count} × {}", wanted[piece].name)?;
    }
    Ok(())
}
