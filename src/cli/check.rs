//! `pibuild check`: the verdict.

use clap::{Args, ValueEnum};

use super::design_file::DesignFile;
use super::exit_code::ExitCode;
use super::failure::Failure;
use super::screen;
use crate::report;

/// Arguments of `check`.
#[derive(Debug, Args)]
pub(super) struct Arguments {
    #[command(flatten)]
    design: DesignFile,
    /// For people, or for programs
    #[arg(long, value_enum, default_value_t = Format::Human)]
    format: Format,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Format {
    /// A report for the terminal
    Human,
    /// The same as the output folder's checks.json
    Json,
    /// Annotations of a GitHub workflow
    Github,
}

pub(super) fn run(arguments: &Arguments) -> Result<ExitCode, Failure> {
    let outcome = arguments.design.check()?;
    let design = &outcome.document;
    let report = match arguments.format {
        Format::Human => report::human(&design.source.name, &outcome.findings),
        Format::Github => report::github(&design.source.name, &outcome.findings),
        Format::Json => {
            format!("{:#}\n", report::json(&design.design.name, &outcome.findings))
        }
    };
    screen::print(&report)?;
    Ok(ExitCode::of_verdict(outcome.buildable()))
}
