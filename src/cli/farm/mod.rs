//! `pibuild farm`: what the printers are to do.

mod connection;
mod gcode_folder;
mod plan;
mod slice;
mod slicer;
mod submit;
mod target;

use clap::Subcommand;

use super::exit_code::ExitCode;
use super::failure::Failure;

/// What to do about the farm.
#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// What is printed on which printers, how long it takes, and what no plan could beat
    Plan(plan::Arguments),
    /// Everything that generate makes, planned with a slicer's times, and gcode for every plate
    Slice(slice::Arguments),
    /// Hands the queue over to a print server
    Submit(submit::Arguments),
}

pub(super) fn run(command: &Command) -> Result<ExitCode, Failure> {
    match command {
        Command::Plan(arguments) => plan::run(arguments),
        Command::Slice(arguments) => slice::run(arguments),
        Command::Submit(arguments) => submit::run(arguments),
    }
}
