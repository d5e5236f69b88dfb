//! `pibuild cut`: anybody's cut list on sheets or bars.

mod bars;
mod sheets;
mod sheets_json;

use std::fs::File;
use std::io::{self, ErrorKind, Read};
use std::path::PathBuf;
use std::str::FromStr;

use clap::{Args, ValueEnum};
use serde::Serialize;

use super::exit_code::ExitCode;
use super::failure::Failure;
use super::screen;
use crate::cutting::BadLayout;
use crate::cutting::list::{self, List, ListKind};
use crate::units::{Mm, Quantified};
use crate::workshop::CutError;

/// Arguments of `cut`.
#[derive(Debug, Args)]
#[command(after_help = CUT_HELP)]
pub(super) struct Arguments {
    /// The list, a CSV file: name,length,width,quantity and, if you like, grain (length, width or
    /// none), material, thickness; for bars name,length,quantity; - reads standard input
    #[arg(value_name = "ITEMS.csv")]
    items: PathBuf,
    /// The list is of lengths, to be cut from bars
    #[arg(long)]
    bars: bool,
    /// Sheets to be bought: length x width; the grain runs along the length
    #[arg(long, value_name = "2440x1220", conflicts_with = "bars")]
    sheet: Option<SheetSize>,
    /// What the saw or cutter takes between two pieces
    #[arg(long, value_name = "3.2", default_value = "0", value_parser = not_negative)]
    kerf: Mm,
    /// Taken off all four edges of a sheet first
    #[arg(long, value_name = "10", default_value = "0", value_parser = not_negative,
          conflicts_with = "bars")]
    trim: Mm,
    /// Every cut goes from edge to edge, as on a panel saw
    #[arg(long, conflicts_with = "bars")]
    guillotine: bool,
    /// No piece may be turned
    #[arg(long, conflicts_with = "bars")]
    no_rotate: bool,
    /// What is there and is used first: a CSV file like ITEMS.csv; for bars also the lengths that
    /// are sold, such as 2440 or 97in,145in
    #[arg(long, value_name = "STOCK.csv")]
    stock: Vec<String>,
    /// How to write the result
    #[arg(long, value_enum, default_value_t = Format::Human)]
    format: Format,
}

const CUT_HELP: &str = "\
Lengths are in millimetres unless they carry a unit. Kerf lies between pieces, not at a sheet's edge.

Exit codes: 0 done; 1 done, but some pieces found no place; 2 a list or the command line is wrong; \
3 reading or writing failed.";

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Format {
    /// For people
    Human,
    /// Every placement
    Json,
    /// Sheets side by side, in true size
    Svg,
    /// The same for machines
    Dxf,
}

/// Length × width of a sheet.
#[derive(Clone, Copy, Debug)]
struct SheetSize {
    length: Mm,
    width: Mm,
}

impl FromStr for SheetSize {
    type Err = String;

    fn from_str(text: &str) -> Result<SheetSize, String> {
        let Some((length, width)) = text.split_once(['x', 'X', '×', '*']) else {
            return Err("a sheet is written as length x width, such as 2440x1220".to_owned());
        };
        Ok(SheetSize { length: positive(length)?, width: positive(width)? })
    }
}

fn length(text: &str) -> Result<Mm, String> {
    Mm::parse(text).map_err(|problem| problem.to_string())
}

fn positive(text: &str) -> Result<Mm, String> {
    match length(text)? {
        length if length > Mm::ZERO => Ok(length),
        _ => Err(format!("`{text}` is not more than nothing")),
    }
}

fn not_negative(text: &str) -> Result<Mm, String> {
    match length(text)? {
        length if length >= Mm::ZERO => Ok(length),
        _ => Err(format!("`{text}` is less than nothing")),
    }
}

pub(super) fn run(arguments: &Arguments) -> Result<ExitCode, Failure> {
    if arguments.bars { bars::run(arguments) } else { sheets::run(arguments) }
}

impl From<BadLayout> for Failure {
    fn from(problem: BadLayout) -> Failure {
        Failure::Internal(CutError::Layout(problem).into())
    }
}

/// The largest list that is read: a million rows of some length.
const MOST_BYTES: u64 = 256 * 1024 * 1024;

fn read_list(path: &PathBuf, kind: ListKind) -> Result<(String, List), Failure> {
    let name = if path.as_os_str() == "-" {
        "<standard input>".to_owned()
    } else {
        path.display().to_string()
    };
    let mut bytes = Vec::new();
    let read = if path.as_os_str() == "-" {
        io::stdin().lock().take(MOST_BYTES).read_to_end(&mut bytes)
    } else {
        File::open(path).and_then(|file| {
            if file.metadata()?.is_dir() {
                return Err(ErrorKind::IsADirectory.into());
            }
            file.take(MOST_BYTES).read_to_end(&mut bytes)
        })
    };
    read.map_err(|error| match error.kind() {
        ErrorKind::NotFound | ErrorKind::NotADirectory => {
            Failure::Usage(format!("there is no file `{name}`"))
        }
        ErrorKind::IsADirectory => {
            Failure::Usage(format!("`{name}` is a folder; name a list in it"))
        }
        _ => Failure::Machine(format!("cannot read `{name}`: {error}")),
    })?;
    let list = list::read(&name, &bytes, kind).map_err(Failure::Lists)?;
    if !list.ignored.is_empty() {
        screen::remark(&format!("{name}: not used: {}", list.ignored.join(", ")));
    }
    Ok((name, list))
}

fn json(value: &impl Serialize) -> Result<String, Failure> {
    let mut text = serde_json::to_string_pretty(value)
        .map_err(|problem| Failure::Internal(crate::pipeline::Internal::Json(problem)))?;
    text.push('\n');
    Ok(text)
}

fn counted(count: u64, what: &str) -> String {
    format!("{count} {what}{}", if count == 1 { "" } else { "s" })
}
