//! `pibuild bom`: what to buy and to make.

use std::io::{IsTerminal, stdout};

use clap::{Args, ValueEnum};

use super::design_file::DesignFile;
use super::exit_code::ExitCode;
use super::failure::Failure;
use super::screen;
use crate::pipeline::Internal;

/// Arguments of `bom`.
#[derive(Debug, Args)]
pub(super) struct Arguments {
    #[command(flatten)]
    design: DesignFile,
    /// How to write it
    #[arg(long, value_enum, default_value_t = Format::Csv)]
    format: Format,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Format {
    /// Comma-separated, as in the output folder's bom/bom.csv
    Csv,
    /// A spreadsheet, as in the output folder's bom/bom.xlsx; for a file or a pipe
    Xlsx,
    /// An array of objects, each with what every rack takes
    Json,
    /// Markdown tables: all lines, each level, the work
    Md,
}

pub(super) fn run(arguments: &Arguments) -> Result<ExitCode, Failure> {
    if matches!(arguments.format, Format::Xlsx) && stdout().is_terminal() {
        let message = "a spreadsheet is not for a terminal: write `> bom.xlsx` behind the command";
        return Err(Failure::Usage(message.to_owned()));
    }
    let outcome = arguments.design.check()?;
    let bom = outcome.whole_bom().map_err(Failure::Internal)?;
    match arguments.format {
        Format::Csv => screen::print(&bom.table().to_csv())?,
        Format::Xlsx => {
            let name = "bom.xlsx".to_owned();
            let workbook = bom
                .workbook()
                .map_err(|problem| Failure::Internal(Internal::Package { name, problem }))?;
            screen::write(&workbook)?;
        }
        Format::Json => screen::print(&format!("{:#}\n", bom.to_json()))?,
        Format::Md => screen::print(&bom.to_markdown())?,
    }
    if !outcome.buildable() {
        screen::remark("not buildable as it stands: `pibuild check` says why");
    }
    Ok(ExitCode::of_verdict(outcome.buildable()))
}
