//! `pibuild farm submit`: the queue goes to a print server.

use clap::Args;

use super::connection::{Connection, To};
use super::target::Target;
use super::{at_work, tell};
use crate::cli::exit_code::ExitCode;
use crate::cli::failure::Failure;
use crate::cli::screen;
use crate::handover::{Activity, Address, Client, Forecast, Store, Submission, Wishes};
use crate::report::FarmStatus;

/// Arguments of `farm submit`.
#[derive(Debug, Args)]
#[command(after_help = SUBMIT_HELP)]
pub(in crate::cli) struct Arguments {
    #[command(flatten)]
    target: Target,
    /// What kind of server it is
    #[arg(long, value_enum)]
    to: To,
    #[arg(long, value_name = "URL", help = "Where it is, such as http://voron.local:7125")]
    url: Address,
    /// Only what the schedule gives this printer, as it is named in farm/schedule.csv
    #[arg(long, value_name = "NAME")]
    printer: Option<String>,
    /// Start the next print: you have looked, and the bed is clear
    #[arg(long)]
    print: bool,
    /// Look at the server and say what would be sent; send and write nothing
    #[arg(long)]
    dry_run: bool,
    #[command(flatten)]
    connection: Connection,
}

const SUBMIT_HELP: &str = "\
Needs the gcode that `pibuild farm slice` makes. Run it again whenever you like: after a failure it \
does the rest, after failed prints it hands those over once more, and nothing is printed twice.

Exit codes: 0 done; 1 done, but the design cannot be built as it stands; 2 the address, the key, the \
folder or the command line is wrong; 3 the network, the server, the printer or this machine failed.";

pub(super) fn run(arguments: &Arguments) -> Result<ExitCode, Failure> {
    let order = arguments.target.order()?;
    let program = arguments.to.program();
    let connection = &arguments.connection;
    let client = Client::new(
        program.name(),
        arguments.url.clone(),
        connection.keys()?.access(&arguments.url),
        connection.timeout(),
    )?;
    let mut server = program.server(client);
    let mut store = Store::open(&order.folder)?.ok_or_else(|| at_work(&order.folder))?;
    let wishes = Wishes {
        printer: arguments.printer.as_deref(),
        print: arguments.print,
        patience: connection.patience(),
    };
    let submission = Submission::new(&order, &mut store, server.as_mut(), program, wishes, &tell)?;
    if arguments.dry_run {
        screen::print(&forecast(&submission.forecast()?, &arguments.url))?;
        return Ok(ExitCode::of_verdict(order.buildable));
    }
    let activity = submission.run()?;
    let status = FarmStatus::new(&order, &store.state);
    screen::print(&status.to_string())?;
    match activity {
        Activity::Offline(why) => {
            screen::remark(&format!("the printer of {} is not ready: {why}", arguments.url));
        }
        Activity::Ready if status.is_more_to_start() && !arguments.print => {
            screen::remark(
                "the printer is idle: when its bed is clear, --print starts the next plate",
            );
        }
        _ => {}
    }
    if !order.buildable {
        screen::remark("not buildable as it stands: checks.md says why");
    }
    Ok(ExitCode::of_verdict(order.buildable))
}

fn forecast(forecast: &Forecast, url: &Address) -> String {
    if forecast.copies.is_empty() {
        return format!("{url} has all that it is to have\n");
    }
    let lines = forecast.copies.iter().map(|(id, copies)| {
        let upload = if forecast.uploads.contains(id) { "upload and print" } else { "print" };
        format!("would {upload} {copies} × {id}\n")
    });
    lines.collect()
}
