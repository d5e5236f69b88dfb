//! `pibuild diff`: what changes from one design to another.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

use super::design_file;
use super::exit_code::ExitCode;
use super::failure::Failure;
use super::screen;
use crate::diff::Difference;

/// Arguments of `diff`.
#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// The design as it was, a YAML file; - reads standard input
    #[arg(value_name = "OLD")]
    old: PathBuf,
    /// The design as it is now
    #[arg(value_name = "NEW")]
    new: PathBuf,
    /// For people, or for programs
    #[arg(long, value_enum, default_value_t = Format::Human)]
    format: Format,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Format {
    /// A report for the terminal
    Human,
    /// One object
    Json,
}

pub(super) fn run(arguments: &Arguments) -> Result<ExitCode, Failure> {
    let (old, new) = (&arguments.old, &arguments.new);
    if old.as_os_str() == "-" && new.as_os_str() == "-" {
        let message = "only one of the two designs can come from standard input";
        return Err(Failure::Usage(message.to_owned()));
    }
    let (old, new) = (design_file::check(old)?, design_file::check(new)?);
    let difference = Difference::between(&old, &new)?;
    screen::print(&match arguments.format {
        Format::Human => difference.to_string(),
        Format::Json => difference.to_json()?,
    })?;
    Ok(if difference.is_empty() { ExitCode::Done } else { ExitCode::Different })
}
