//! `pibuild schema`: what files hold, for editors and for programs that read them.

use clap::{Args, ValueEnum};

use super::exit_code::ExitCode;
use super::failure::Failure;
use super::screen;
use crate::{farm, spec};

/// Arguments of `schema`.
#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// Of which file
    #[arg(long, value_enum, default_value_t = Of::Design)]
    of: Of,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Of {
    /// The design that you write
    Design,
    /// The output folder's farm/queue.json
    Queue,
}

pub(super) fn run(arguments: &Arguments) -> Result<ExitCode, Failure> {
    let schema = match arguments.of {
        Of::Design => spec::schema(),
        Of::Queue => farm::queue_schema(),
    };
    screen::print(&format!("{schema:#}\n"))?;
    Ok(ExitCode::Done)
}
