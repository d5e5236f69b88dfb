//! `pibuild farm status`: what is queued, printing, done, failed and left.

use clap::{Args, ValueEnum};

use super::connection::Connection;
use super::target::Target;
use super::tell;
use crate::cli::exit_code::ExitCode;
use crate::cli::failure::Failure;
use crate::cli::screen;
use crate::handover::{Activity, Event, Order, Report, State, Store, survey};
use crate::report::FarmStatus;

/// Arguments of `farm status`.
#[derive(Debug, Args)]
#[command(after_help = STATUS_HELP)]
pub(in crate::cli) struct Arguments {
    #[command(flatten)]
    target: Target,
    /// Ask no server: what is known from the last time
    #[arg(long)]
    offline: bool,
    /// For people, or for programs
    #[arg(long, value_enum, default_value_t = Format::Human)]
    format: Format,
    #[command(flatten)]
    connection: Connection,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Format {
    /// A table for the terminal
    Human,
    /// One object
    Json,
}

const STATUS_HELP: &str = "\
Asks every server that has been handed something. Exit code 3 if one of them does not answer: the \
table then says what was known of it before.";

pub(super) fn run(arguments: &Arguments) -> Result<ExitCode, Failure> {
    let order = arguments.target.order()?;
    if arguments.offline {
        show(arguments.format, &order, &Store::peek(&order.folder)?)?;
        return Ok(ExitCode::Done);
    }
    let Some(mut store) = Store::open(&order.folder)? else {
        screen::remark("another pibuild is at work on it; this is what it has written down so far");
        show(arguments.format, &order, &Store::peek(&order.folder)?)?;
        return Ok(ExitCode::Done);
    };
    let connection = &arguments.connection;
    let keys = connection.keys()?;
    let reports = survey(
        &mut store,
        &|address| keys.access(address),
        connection.patience(),
        connection.timeout(),
        &|why, wait| tell(&Event::Waiting(why, wait)),
    )?;
    show(arguments.format, &order, &store.state)?;
    for report in &reports {
        screen::remark(&words(report));
    }
    let all_answer = reports.iter().all(|report| report.activity.is_ok());
    Ok(if all_answer { ExitCode::Done } else { ExitCode::Failed })
}

fn show(format: Format, order: &Order, state: &State) -> Result<(), Failure> {
    let status = FarmStatus::new(order, state);
    screen::print(&match format {
        Format::Human => status.to_string(),
        Format::Json => format!("{:#}\n", status.to_json()),
    })
}

fn words(report: &Report) -> String {
    let whom = &report.address;
    match &report.activity {
        Ok(Activity::Ready) => format!("{whom}: ready"),
        Ok(Activity::Printing(file)) => format!("{whom}: prints {file}"),
        Ok(Activity::Offline(why)) => format!("{whom}: its printer is not ready ({why})"),
        Err(trouble) => format!("as of the last time that {whom} answered: {trouble}"),
    }
}
