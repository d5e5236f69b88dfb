//! The next print is started, once.

use std::thread;

use super::servers::{Activity, Since};
use super::submit::{Event, LOOKS, Submission};
use super::trouble::Trouble;

impl Submission<'_> {
    /// Starts the next print, unless the printer is at one already.
    pub(super) fn start(&mut self, activity: Activity) -> Result<Activity, Trouble> {
        let whom = self.server.client().address().clone();
        match &activity {
            Activity::Ready => {}
            Activity::Printing(file) if self.is_ours(file) => {
                (self.tell)(&Event::Printing(file));
                return Ok(activity);
            }
            Activity::Printing(file) => {
                return Err(Trouble::Failed(format!(
                    "{whom} prints something else, `{file}`: run this again when it is done and \
                     the bed is clear"
                )));
            }
            Activity::Offline(why) => {
                return Err(Trouble::Failed(format!(
                    "the printer of {whom} is not ready ({why}): what was to be sent is there; run \
                     this again when the printer is"
                )));
            }
        }
        let Some(file) = self.next_file()? else { return Ok(activity) };
        let before = self.finished();
        let (waiting, patience) = (self.waiting(), self.wishes.patience);
        patience.persist(&waiting, || self.start_file(&file, before))
    }

    /// Starts a print, unless that has happened by now: an answer that was lost may have started it.
    fn start_file(&mut self, file: &str, before: u64) -> Result<Activity, Trouble> {
        let activity = self.look(Since::Now)?;
        if self.has_started(&activity, file, before) {
            return Ok(activity);
        }
        self.intend(file)?;
        if let Err(trouble) = self.server.start(file) {
            if matches!(trouble, Trouble::Wrong(_) | Trouble::Failed(_)) {
                self.retract(file)?;
            }
            return Err(trouble);
        }
        for _ in 0..LOOKS {
            let activity = self.look(Since::Now)?;
            if self.has_started(&activity, file, before) {
                return Ok(activity);
            }
            thread::sleep(self.wishes.patience.first_wait);
        }
        let whom = self.server.client().address();
        Err(Trouble::Failed(format!(
            "{whom} took the order to print and does not print: look at the printer, then run this \
             again"
        )))
    }

    fn has_started(&self, activity: &Activity, file: &str, before: u64) -> bool {
        match activity {
            Activity::Printing(file) if self.is_ours(file) => (self.tell)(&Event::Started(file)),
            _ if self.finished() > before => (self.tell)(&Event::Started(file)),
            _ => return false,
        }
        true
    }

    /// Writes down that a print is about to be started; queues keep count themselves.
    fn intend(&mut self, file: &str) -> Result<(), Trouble> {
        if self.server.queue().is_some() {
            return Ok(());
        }
        let number = self.server.last_number()?;
        let address = self.server.client().address().clone();
        for handed in self.store.state.on(&address) {
            if handed.file == file {
                (handed.sending, handed.before) = (1, number);
            }
        }
        self.store.save()
    }

    /// The print that was about to be started was refused.
    fn retract(&mut self, file: &str) -> Result<(), Trouble> {
        let address = self.server.client().address().clone();
        for handed in self.store.state.on(&address) {
            if handed.file == file {
                handed.sending = 0;
            }
        }
        self.store.save()
    }

    /// The file that is printed next.
    fn next_file(&self) -> Result<Option<String>, Trouble> {
        if self.server.queue().is_some() {
            let address = self.server.client().address().as_str();
            let all = self.store.state.jobs.iter().flat_map(|job| &job.handed);
            let queued = all.filter(|it| it.server == address).find(|it| it.queued > 0);
            return Ok(queued.map(|it| it.file.clone()));
        }
        self.missing().first().map(|index| self.file(*index)).transpose()
    }

    fn is_ours(&self, file: &str) -> bool {
        let address = self.server.client().address().as_str();
        let mut all = self.store.state.jobs.iter().flat_map(|job| &job.handed);
        all.any(|it| it.server == address && it.file == file)
    }

    /// Prints that have come to an end on this server.
    fn finished(&self) -> u64 {
        let address = self.server.client().address().as_str();
        let all = self.store.state.jobs.iter().flat_map(|job| &job.handed);
        all.filter(|it| it.server == address).map(|it| it.done + it.failed).sum()
    }
}
