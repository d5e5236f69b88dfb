//! The hand-over itself: what is missing on a server goes there, and nothing else.
//!
//! Every step looks first, writes down what it is about to do, does it, looks again and writes down
//! what came of it. So it does not matter where a run ends, or which answers are lost: the next run
//! looks, finds what is there, and does the rest.

use std::collections::BTreeMap;
use std::thread;
use std::time::Duration;

use super::look::look;
use super::order::Order;
use super::patience::Patience;
use super::servers::{Activity, JobQueue, PrintServer, Program, Since};
use super::store::Store;
use super::trouble::Trouble;

/// So many copies are queued with one request.
const AT_ONCE: usize = 100;
/// How often one looks whether something that was accepted has happened.
pub(super) const LOOKS: usize = 10;

/// What a hand-over is to do.
#[derive(Clone, Copy, Debug)]
pub struct Wishes<'a> {
    /// Only what the schedule gives this printer.
    pub printer: Option<&'a str>,
    /// Start the next print: somebody has looked, and the bed is clear.
    pub print: bool,
    /// What to do about failures that may pass.
    pub patience: Patience,
}

/// What a hand-over tells while it works.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Event<'a> {
    /// A step failed and is tried again.
    Waiting(&'a str, Duration),
    /// A file is on the server now.
    Uploaded {
        /// The job.
        id: &'a str,
        /// Size of its gcode.
        bytes: usize,
    },
    /// So many copies are in the server's queue now.
    Queued(usize),
    /// So many copies that nobody wants any more were taken out of the server's queue.
    Withdrawn {
        /// The file.
        file: &'a str,
        /// How many.
        copies: u64,
    },
    /// The server's queue also has so many copies of the same design from another output folder, or
    /// from one whose records are lost.
    Strangers(usize),
    /// A print was started.
    Started(&'a str),
    /// The printer prints one of ours already.
    Printing(&'a str),
}

/// What a run without `--dry-run` would do.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Forecast {
    /// Jobs whose gcode is not there yet.
    pub uploads: Vec<String>,
    /// Copies of each job that would be queued, or printed one after another.
    pub copies: Vec<(String, u64)>,
}

/// A hand-over to one server.
pub struct Submission<'a> {
    order: &'a Order,
    pub(super) store: &'a mut Store,
    pub(super) server: &'a mut dyn PrintServer,
    program: Program,
    pub(super) wishes: Wishes<'a>,
    pub(super) tell: &'a dyn Fn(&Event),
    /// Numbers of jobs, in the order of printing, one for each copy that this server may get.
    sequence: Vec<usize>,
}

impl<'a> Submission<'a> {
    /// Prepares; nothing is sent.
    ///
    /// # Errors
    /// There is no gcode for what is to be printed, or it is not said by whom.
    pub fn new(
        order: &'a Order,
        store: &'a mut Store,
        server: &'a mut dyn PrintServer,
        program: Program,
        wishes: Wishes<'a>,
        tell: &'a dyn Fn(&Event),
    ) -> Result<Submission<'a>, Trouble> {
        let unsliced: Vec<&str> = order.unsliced().collect();
        if !unsliced.is_empty() {
            return Err(Trouble::Wrong(format!(
                "{program} prints gcode, and there is none of the present plates for {} (of {} \
                 jobs): make it with `pibuild farm slice`",
                some(&unsliced),
                order.jobs.len()
            )));
        }
        let sequence = order.sequence(wishes.printer)?;
        Ok(Submission { order, store, server, program, wishes, tell, sequence })
    }

    /// Hands over what is missing.
    pub fn run(mut self) -> Result<Activity, Trouble> {
        self.greet()?;
        let mut activity = self.look(Since::LastRun)?;
        if let Some(queue) = self.server.queue() {
            let order = &self.store.state.order;
            let patience = self.wishes.patience;
            let strangers = || queue.strangers(&self.order.design, order);
            match patience.persist(&self.waiting(), strangers)? {
                0 => {}
                copies => (self.tell)(&Event::Strangers(copies)),
            }
            activity = self.fill_queue()?;
        } else {
            self.upload_all()?;
        }
        if self.wishes.print { self.start(activity) } else { Ok(activity) }
    }

    /// Says what [`Submission::run`] would do; changes nothing, here or there.
    pub fn forecast(mut self) -> Result<Forecast, Trouble> {
        self.greet()?;
        self.look_without_saving(Since::LastRun)?;
        let mut forecast = Forecast::default();
        for (index, copies) in self.missing_by_job() {
            let job = &self.order.jobs[index];
            let gcode = self.order.gcode(job)?;
            let file = self.file(index)?;
            let (server, patience) = (&*self.server, self.wishes.patience);
            if !patience.persist(&self.waiting(), || server.holds(&file, &gcode))? {
                forecast.uploads.push(job.id.clone());
            }
            forecast.copies.push((job.id.clone(), copies));
        }
        Ok(forecast)
    }

    pub(super) fn waiting(&self) -> impl Fn(&str, Duration) + use<'a> {
        let tell = self.tell;
        move |why, wait| tell(&Event::Waiting(why, wait))
    }

    fn greet(&mut self) -> Result<(), Trouble> {
        let waiting = self.waiting();
        self.wishes.patience.persist(&waiting, || self.server.greet())?;
        self.store.state.meet(self.server.client().address(), self.program);
        Ok(())
    }

    pub(super) fn look(&mut self, since: Since) -> Result<Activity, Trouble> {
        let activity = self.look_without_saving(since)?;
        self.store.save()?;
        Ok(activity)
    }

    fn look_without_saving(&mut self, since: Since) -> Result<Activity, Trouble> {
        look(self.server, self.store, since, self.wishes.patience, &self.waiting())
    }

    /// The name of a job's file on the server.
    pub(super) fn file(&self, index: usize) -> Result<String, Trouble> {
        let job = &self.order.jobs[index];
        let sha256 = self.order.gcode_sha256(job).ok_or_else(|| {
            Trouble::Wrong(format!("there is no gcode for `{}`: run `pibuild farm slice`", job.id))
        })?;
        let order = &self.store.state.order;
        Ok(self.server.file_name(&self.order.design, order, &job.id, sha256))
    }

    /// The copies that nobody has been asked to print and this server may: the last of the sequence,
    /// since what comes first was handed over first.
    pub(super) fn missing(&self) -> Vec<usize> {
        let mut share: BTreeMap<usize, u64> = BTreeMap::new();
        for index in &self.sequence {
            *share.entry(*index).or_default() += 1;
        }
        let address = self.server.client().address();
        let mut skip: BTreeMap<usize, u64> = BTreeMap::new();
        for (index, share) in share {
            let job = &self.order.jobs[index];
            let unhanded = self.store.state.tally(job).unhanded();
            let own = self.store.state.job(job).map_or(0, |record| record.share_of(address));
            let missing = match self.wishes.printer {
                Some(_) => unhanded.min(share.saturating_sub(own)),
                None => unhanded,
            };
            skip.insert(index, share.saturating_sub(missing));
        }
        let mut missing = self.sequence.clone();
        missing.retain(|index| match skip.get_mut(index) {
            Some(0) | None => true,
            Some(count) => {
                *count -= 1;
                false
            }
        });
        missing
    }

    fn missing_by_job(&self) -> Vec<(usize, u64)> {
        let mut jobs: Vec<(usize, u64)> = Vec::new();
        for index in self.missing() {
            match jobs.iter_mut().find(|job| job.0 == index) {
                Some(job) => job.1 += 1,
                None => jobs.push((index, 1)),
            }
        }
        jobs
    }

    /// Sends the gcode of all that is missing; a file that is there whole stays as it is.
    fn upload_all(&mut self) -> Result<(), Trouble> {
        let address = self.server.client().address().clone();
        let jobs = self.missing_by_job();
        for (index, _) in &jobs {
            let (job, file) = (&self.order.jobs[*index], self.file(*index)?);
            let sha256 = self.order.gcode_sha256(job).unwrap_or_default();
            self.store.state.job_mut(job).handed_mut(&address, &file, sha256);
        }
        self.store.save()?;
        for (index, _) in jobs {
            let job = &self.order.jobs[index];
            let file = self.file(index)?;
            let gcode = self.order.gcode(job)?;
            let server = &*self.server;
            let first_wait = self.wishes.patience.first_wait;
            let mut sent = false;
            self.wishes.patience.persist(&self.waiting(), || {
                if server.holds(&file, &gcode)? {
                    return Ok(());
                }
                server.upload(&file, &gcode)?;
                sent = true;
                // Some take a moment before they list what they have received.
                for _ in 0..LOOKS {
                    if server.holds(&file, &gcode)? {
                        return Ok(());
                    }
                    thread::sleep(first_wait);
                }
                let whom = server.client().address();
                let id = &job.id;
                Err(Trouble::Passing(format!("`{id}` is not whole on {whom} after its upload")))
            })?;
            if sent {
                (self.tell)(&Event::Uploaded { id: &job.id, bytes: gcode.bytes.len() });
            }
        }
        Ok(())
    }

    /// Takes out of the queue what is too much, and sends and queues what is missing.
    fn fill_queue(&mut self) -> Result<Activity, Trouble> {
        let waiting = self.waiting();
        let patience = self.wishes.patience;
        let mut tried = 0;
        loop {
            let mut step = self.withdraw_surplus();
            if step.is_ok() && !self.surplus().is_empty() {
                step = self.look(Since::Now).map(|_| ());
            }
            let missing = self.missing();
            if step.is_ok() {
                self.upload_all()?;
                step = self.enqueue(&missing[..missing.len().min(AT_ONCE)]);
            }
            if let Err(trouble @ (Trouble::Wrong(_) | Trouble::Failed(_))) = step {
                return Err(trouble);
            }
            // Whatever the answer was, or if there was none: what counts is what is there.
            let looked = step.and_then(|()| self.look(Since::Now));
            let why = match looked {
                Ok(activity) if self.missing().is_empty() && self.surplus().is_empty() => {
                    return Ok(activity);
                }
                Ok(_) if self.missing().len() < missing.len() => {
                    tried = 0;
                    continue;
                }
                Ok(_) => "what was queued is not in the queue yet".to_owned(),
                Err(Trouble::Passing(why)) => why,
                Err(trouble) => return Err(trouble),
            };
            if tried == patience.retries {
                return Err(Trouble::Passing(why));
            }
            let wait = patience.wait(tried);
            waiting(&why, wait);
            thread::sleep(wait);
            tried += 1;
            self.look(Since::Now)?;
        }
    }

    fn enqueue(&mut self, part: &[usize]) -> Result<(), Trouble> {
        if part.is_empty() {
            return Ok(());
        }
        let files: Vec<String> =
            part.iter().map(|index| self.file(*index)).collect::<Result<_, _>>()?;
        let address = self.server.client().address().clone();
        for (index, file) in part.iter().zip(&files) {
            let job = &self.order.jobs[*index];
            let sha256 = self.order.gcode_sha256(job).unwrap_or_default();
            self.store.state.job_mut(job).handed_mut(&address, file, sha256).sending += 1;
        }
        self.store.save()?;
        let names: Vec<&str> = files.iter().map(String::as_str).collect();
        self.queue()?.add(&names)?;
        (self.tell)(&Event::Queued(part.len()));
        Ok(())
    }

    fn queue(&self) -> Result<&dyn JobQueue, Trouble> {
        let none = || Trouble::Failed(format!("{} keeps no queue", self.program));
        self.server.queue().ok_or_else(none)
    }

    /// Files on this server with more copies in its queue than are wanted: of gcode that has been
    /// made anew, of jobs that are no more, or of a request that was answered too late.
    fn surplus(&self) -> Vec<(String, u64)> {
        let address = self.server.client().address().as_str();
        let mut surplus = Vec::new();
        for record in &self.store.state.jobs {
            let job = self
                .order
                .jobs
                .iter()
                .enumerate()
                .find(|(_, job)| job.id == record.id && job.sha256 == record.plate);
            let current = job.and_then(|(index, _)| self.file(index).ok());
            let mut too_many = record.tally(job.map_or(0, |(_, job)| job.copies)).surplus();
            let own = record.handed.iter().filter(|it| it.server == address && it.queued > 0);
            for handed in own {
                let stale = current.as_deref() != Some(handed.file.as_str());
                let out = if stale { handed.queued } else { handed.queued.min(too_many) };
                too_many = too_many.saturating_sub(out);
                if out > 0 {
                    surplus.push((handed.file.clone(), out));
                }
            }
        }
        surplus
    }

    fn withdraw_surplus(&self) -> Result<(), Trouble> {
        for (file, copies) in self.surplus() {
            self.queue()?.withdraw(&file, copies)?;
            (self.tell)(&Event::Withdrawn { file: &file, copies });
        }
        Ok(())
    }
}

/// The first of a list of names.
fn some(names: &[&str]) -> String {
    const SHOWN: usize = 4;
    let shown = names[..names.len().min(SHOWN)].join(", ");
    match names.len().saturating_sub(SHOWN) {
        0 => shown,
        more => format!("{shown} and {more} more"),
    }
}
