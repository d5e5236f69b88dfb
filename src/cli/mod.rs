//! The command line: one file a command.
//!
//! Promise: what a program may want to read goes to standard output, alone; what only people read
//! goes to standard error. Colour is used on terminals, unless `NO_COLOR` is set. A reader that
//! stops reading (`| head`) is no error. Exit codes are those of [`ExitCode`].

mod bom;
mod catalog;
mod check;
mod cut;
mod design_file;
mod diff;
mod exit_code;
mod explain;
mod failure;
mod farm;
mod generate;
mod schema;
mod screen;

use clap::{Parser, Subcommand};

pub use exit_code::ExitCode;

/// Turns one YAML file into a rack cluster of single-board computers.
#[derive(Debug, Parser)]
#[command(version, max_term_width = 100, after_help = AFTER_HELP)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

const AFTER_HELP: &str = "\
DESIGN is a YAML file, or - for standard input.

Exit codes: 0 done; 1 done, but the design cannot be built as it stands, or diff found a \
difference; 2 the design, a file that \
it names, or the command line is wrong, nothing was written; 3 reading or writing failed, the \
previous output is untouched.";

#[derive(Debug, Subcommand)]
enum Command {
    /// The verdict: will it fit, print and power up?
    Check(check::Arguments),
    /// Everything needed to build it, in one folder
    Generate(generate::Arguments),
    /// Where a number comes from, or what a finding means
    Explain(explain::Arguments),
    /// The bill of materials
    Bom(bom::Arguments),
    /// What changes: parts to print again, things to buy, cost, findings, numbers
    Diff(diff::Arguments),
    /// Any cut list on sheets or bars, no design needed
    Cut(cut::Arguments),
    /// The print farm: its plan, gcode, hand-over to print servers, and how far it is
    #[command(subcommand)]
    Farm(farm::Command),
    /// What the catalogue holds: boards, rails, printers and more
    #[command(subcommand)]
    Catalog(catalog::Command),
    /// The JSON Schema of design files, for editors; and that of print queues
    Schema(schema::Arguments),
}

/// Runs the command that the process was started with.
pub fn run() -> ExitCode {
    let arguments = match Arguments::try_parse() {
        Ok(arguments) => arguments,
        Err(usage) => {
            // Help and version come this way too, with code 0. A closed pipe is no concern.
            let _ = usage.print();
            return if usage.use_stderr() { ExitCode::Wrong } else { ExitCode::Done };
        }
    };
    let done = match &arguments.command {
        Command::Check(arguments) => check::run(arguments),
        Command::Generate(arguments) => generate::run(arguments),
        Command::Explain(arguments) => explain::run(arguments),
        Command::Bom(arguments) => bom::run(arguments),
        Command::Diff(arguments) => diff::run(arguments),
        Command::Cut(arguments) => cut::run(arguments),
        Command::Farm(command) => farm::run(command),
        Command::Catalog(command) => catalog::run(command),
        Command::Schema(arguments) => schema::run(arguments),
    };
    done.unwrap_or_else(|failure| {
        screen::complain(&failure);
        failure.exit_code()
    })
}
