//! `pibuild farm done` and `farm failed`: what became of a print, said by somebody who has seen it.

use clap::Args;

use super::target::Target;
use crate::cli::exit_code::ExitCode;
use crate::cli::failure::Failure;
use crate::cli::screen;
use crate::handover::Store;
use crate::report::FarmStatus;

/// Arguments of both.
#[derive(Debug, Args)]
pub(in crate::cli) struct Arguments {
    #[command(flatten)]
    target: Target,
    #[arg(help = "The job, as farm/queue.json calls it, such as caddy-x6")]
    job: String,
    /// How many copies of it
    #[arg(long, value_name = "N", default_value_t = 1, value_parser = clap::value_parser!(u64).range(1..))]
    copies: u64,
}

/// What became of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Outcome {
    Done,
    Failed,
}

pub(super) fn run(arguments: &Arguments, outcome: Outcome) -> Result<ExitCode, Failure> {
    let order = arguments.target.order()?;
    let job = order.job(&arguments.job)?;
    let mut store = Store::open(&order.folder)?.ok_or_else(|| super::at_work(&order.folder))?;
    let record = store.state.job_mut(job);
    match outcome {
        Outcome::Done => record.mark_done(arguments.copies, job.copies)?,
        Outcome::Failed => record.mark_failed(arguments.copies, job.copies),
    }
    store.save()?;
    screen::print(&FarmStatus::new(&order, &store.state).to_string())?;
    Ok(ExitCode::Done)
}
