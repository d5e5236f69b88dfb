//! `pibuild bom`: what to buy and to make.

use clap::{Args, ValueEnum};

use super::design_file::DesignFile;
use super::exit_code::ExitCode;
use super::failure::Failure;
use super::screen;

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
    /// An array of objects
    Json,
    /// A Markdown table
    Md,
}

pub(super) fn run(arguments: &Arguments) -> Result<ExitCode, Failure> {
    let outcome = arguments.design.check()?;
    let table = outcome.bom.table();
    screen::print(&match arguments.format {
        Format::Csv => table.to_csv(),
        Format::Json => format!("{:#}\n", table.to_json()),
        Format::Md => table.to_markdown(),
    })?;
    if !outcome.buildable() {
        screen::remark("not buildable as it stands: `pibuild check` says why");
    }
    Ok(ExitCode::of_verdict(outcome.buildable()))
}
