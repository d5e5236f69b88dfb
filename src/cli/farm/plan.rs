//! `pibuild farm plan`: jobs, printers, and when it is all done.

use clap::{Args, ValueEnum};

use crate::cli::design_file::DesignFile;
use crate::cli::exit_code::ExitCode;
use crate::cli::failure::Failure;
use crate::cli::screen;
use crate::report::FarmPlan;

/// Arguments of `farm plan`.
#[derive(Debug, Args)]
pub(in crate::cli) struct Arguments {
    #[command(flatten)]
    design: DesignFile,
    /// For people, or for programs
    #[arg(long, value_enum, default_value_t = Format::Human)]
    format: Format,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Format {
    /// Tables for the terminal
    Human,
    /// One object
    Json,
}

pub(super) fn run(arguments: &Arguments) -> Result<ExitCode, Failure> {
    let outcome = arguments.design.check()?;
    let plan = FarmPlan::new(&outcome.document.design.name, &outcome.plan);
    screen::print(&match arguments.format {
        Format::Human => plan.to_string(),
        Format::Json => format!("{:#}\n", plan.to_json()),
    })?;
    if !outcome.buildable() {
        screen::remark("not buildable as it stands: `pibuild check` says why");
    }
    Ok(ExitCode::of_verdict(outcome.buildable()))
}
