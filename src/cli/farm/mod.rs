//! `pibuild farm`: what the printers are to do.

mod connection;
mod gcode_folder;
mod mark;
mod plan;
mod slice;
mod slicer;
mod status;
mod submit;
mod target;

use std::path::Path;

use clap::Subcommand;

use super::exit_code::ExitCode;
use super::failure::Failure;
use super::screen;
use crate::handover::Event;
use mark::Outcome;

/// What to do about the farm.
#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// What is printed on which printers, how long it takes, and what no plan could beat
    Plan(plan::Arguments),
    /// Everything that generate makes, planned with a slicer's times, and gcode for every plate
    Slice(slice::Arguments),
    /// Hands the queue over to a print server
    Submit(submit::Arguments),
    /// What is queued, printing, done, failed, and left to print
    Status(status::Arguments),
    /// Says that a job has been printed, where no server can
    Done(mark::Arguments),
    /// Says that a print failed, or that what was printed is no good: it is to be printed again
    Failed(mark::Arguments),
}

pub(super) fn run(command: &Command) -> Result<ExitCode, Failure> {
    match command {
        Command::Plan(arguments) => plan::run(arguments),
        Command::Slice(arguments) => slice::run(arguments),
        Command::Submit(arguments) => submit::run(arguments),
        Command::Status(arguments) => status::run(arguments),
        Command::Done(arguments) => mark::run(arguments, Outcome::Done),
        Command::Failed(arguments) => mark::run(arguments, Outcome::Failed),
    }
}

/// Why a command does not wait for its turn.
fn at_work(folder: &Path) -> Failure {
    let folder = folder.display();
    Failure::Machine(format!(
        "another pibuild is at work on `{folder}`: run this again when it is done"
    ))
}

/// Tells people what a hand-over does.
fn tell(event: &Event) {
    screen::remark(&match event {
        Event::Waiting(why, wait) => {
            format!("{why}; trying again in {:.1} s", wait.as_secs_f64())
        }
        Event::Uploaded { id, bytes } => {
            format!("uploaded {id}, {:.2} MB", *bytes as f64 / 1e6)
        }
        Event::Queued(1) => "queued 1 plate".to_owned(),
        Event::Queued(copies) => format!("queued {copies} plates"),
        Event::Withdrawn { file, copies } => {
            format!("took {copies} × {file} out of the queue: nobody wants them any more")
        }
        Event::Strangers(copies) => format!(
            "its queue also has {copies} plates of this design that this output folder knows nothing \
             of: take them out there if they are from a folder that was deleted"
        ),
        Event::Started(file) => format!("printing {file}"),
        Event::Printing(file) => format!("it prints {file} already"),
    });
}
