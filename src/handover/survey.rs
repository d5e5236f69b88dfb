//! Every server that was handed something is asked how things stand.

use std::time::Duration;

use super::address::Address;
use super::client::{Access, Client};
use super::look::look;
use super::patience::Patience;
use super::servers::{Activity, Since};
use super::store::Store;
use super::trouble::Trouble;

/// What one server says.
#[derive(Debug)]
pub struct Report {
    /// The server's address.
    pub address: String,
    /// What its printer does, or why that is not known: the records are then those of the last time.
    pub activity: Result<Activity, Trouble>,
}

/// Asks all servers, brings the state up to date and writes it. `access` says what lets us in where.
///
/// # Errors
/// The state cannot be written. A server that does not answer is no error, but a report.
pub fn survey(
    store: &mut Store,
    access: &dyn Fn(&Address) -> Access,
    patience: Patience,
    timeout: Duration,
    waiting: &dyn Fn(&str, Duration),
) -> Result<Vec<Report>, Trouble> {
    let mut reports = Vec::new();
    for record in store.state.servers.clone() {
        let activity =
            record.address.parse::<Address>().map_err(Trouble::Wrong).and_then(|address| {
                let access = access(&address);
                let client = Client::new(record.program.name(), address, access, timeout)?;
                let mut server = record.program.server(client);
                patience.persist(waiting, || server.greet())?;
                look(server.as_ref(), store, Since::LastRun, patience, waiting)
            });
        reports.push(Report { address: record.address, activity });
    }
    store.save()?;
    Ok(reports)
}
