//! What a server has, written down.

use std::thread;
use std::time::Duration;

use super::patience::Patience;
use super::servers::{Activity, PrintServer, Since};
use super::state::Handed;
use super::store::Store;
use super::trouble::Trouble;

/// Brings the records of one server up to date.
pub(super) fn look(
    server: &dyn PrintServer,
    store: &mut Store,
    since: Since,
    patience: Patience,
    waiting: &dyn Fn(&str, Duration),
) -> Result<Activity, Trouble> {
    let address = server.client().address().clone();
    let known = seen(&store.state.on(&address));
    let mut look = || {
        let mut handed = store.state.on(&address);
        let activity = patience.persist(waiting, || server.look(&mut handed, since))?;
        Ok((activity, seen(&handed)))
    };
    let (activity, found) = look()?;
    if found >= known {
        return Ok(activity);
    }
    // Something is gone. It may be on its way from the queue to the printer, or from there to the
    // history: believe it only when it has not turned up after a while.
    thread::sleep(patience.first_wait.saturating_mul(2));
    look().map(|(activity, _)| activity)
}

/// Copies that a server knew of.
fn seen(handed: &[&mut Handed]) -> u64 {
    handed.iter().map(|it| it.queued + it.printing + it.done + it.failed + it.unclear).sum()
}
