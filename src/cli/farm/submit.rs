//! `pibuild farm submit`: the queue goes to a print server.

use clap::Args;

use super::connection::{Connection, To};
use super::target::Target;
use crate::cli::exit_code::ExitCode;
use crate::cli::failure::Failure;
use crate::cli::screen;
use crate::handover::{Activity, Address, Client, Event, Forecast, Store, Submission, Wishes};
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
        connection.access()?,
        connection.timeout(),
    )?;
    let mut server = program.server(client);
    let Some(mut store) = Store::open(&order.folder)? else {
        return Err(Failure::Machine(format!(
            "another pibuild is at work on `{}`: wait for it",
            order.folder.display()
        )));
    };
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
    screen::print(&FarmStatus::new(&order, &store.state).to_string())?;
    if let Activity::Offline(why) = activity {
        screen::remark(&format!("the printer of {} is not ready: {why}", arguments.url));
    }
    if !order.buildable {
        screen::remark("not buildable as it stands: checks.md says why");
    }
    Ok(ExitCode::of_verdict(order.buildable))
}

fn tell(event: &Event) {
    screen::remark(&match event {
        Event::Waiting(why, wait) => {
            format!("{why}; trying again in {:.1} s", wait.as_secs_f64())
        }
        Event::Uploaded { id, bytes } => {
            format!("uploaded {id}, {:.2} MB", *bytes as f64 / 1e6)
        }
        Event::Queued(copies) => format!("queued {}", plates(*copies as u64)),
        Event::Withdrawn { file, copies } => {
            format!("took {copies} × {file} out of the queue: nobody wants them any more")
        }
        Event::Started(file) => format!("printing {file}"),
        Event::Printing(file) => format!("it prints {file} already"),
    });
}

fn plates(count: u64) -> String {
    if count == 1 { "1 plate".to_owned() } else { format!("{count} plates") }
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
