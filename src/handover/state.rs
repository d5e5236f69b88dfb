//! What has become of each job: the part of the hand-over that outlives a run.

use serde::{Deserialize, Serialize};

use super::address::Address;
use super::client::random;
use super::servers::Program;
use super::trouble::Trouble;
use crate::farm;

/// Version of the file's format.
const VERSION: u32 = 1;

/// The file `farm/handover.json` of an output folder.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct State {
    version: u32,
    /// Drawn once for each output folder, and part of every remote name: what is printed for one
    /// cluster never counts for another of the same design.
    pub order: String,
    /// Servers that have been handed something.
    pub servers: Vec<ServerRecord>,
    /// Jobs that something has become of.
    pub jobs: Vec<JobRecord>,
}

/// A server that has been handed something.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ServerRecord {
    /// Where it is.
    pub address: String,
    /// What it is.
    pub program: Program,
}

/// What has become of one job.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct JobRecord {
    /// Its id in the queue.
    pub id: String,
    /// The SHA-256 of its plate: another plate of the same id is another job.
    pub plate: String,
    /// Copies that somebody says are done.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub done_by_hand: u64,
    /// Copies that somebody says have failed.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub failed_by_hand: u64,
    /// Copies that were done, and that somebody found to be bad.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub spoiled: u64,
    /// What the servers have, a record for each file on each server.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub handed: Vec<Handed>,
}

/// One file on one server, as it was when the server was last asked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Handed {
    /// The server's address.
    pub server: String,
    /// The file's name there.
    pub file: String,
    /// The file's SHA-256.
    pub sha256: String,
    /// Copies in the server's queue.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub queued: u64,
    /// Copies that are being printed.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub printing: u64,
    /// Copies that were about to be queued or started when last was written. Whoever finds any asks
    /// the server what came of it.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub sending: u64,
    /// Copies that the server has printed.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub done: u64,
    /// Copies that failed or were cancelled.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub failed: u64,
    /// Copies of which the server kept no trace: somebody has to say what came of them.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub unclear: u64,
    /// Number of the print, with servers that number prints instead of counting them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub number: Option<u64>,
    /// Number of the print that was there before ours was started.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub before: Option<u64>,
}

#[allow(clippy::trivially_copy_pass_by_ref)] // serde hands over references.
fn is_zero(count: &u64) -> bool {
    *count == 0
}

/// Where the copies of one job are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// Copies that are wanted.
    pub wanted: u64,
    /// In a server's queue, or about to be.
    pub queued: u64,
    /// Being printed.
    pub printing: u64,
    /// Printed, and good.
    pub done: u64,
    /// Failed, cancelled or spoiled, so far.
    pub failed: u64,
    /// Started, and nobody knows what came of them.
    pub unclear: u64,
}

impl Tally {
    /// Good copies that are still to come.
    pub fn left(&self) -> u64 {
        self.wanted.saturating_sub(self.done)
    }

    /// Copies that nobody has been asked to print.
    pub fn unhanded(&self) -> u64 {
        self.left().saturating_sub(self.queued + self.printing + self.unclear)
    }

    /// Copies that are in work beyond what is wanted.
    pub fn surplus(&self) -> u64 {
        (self.queued + self.printing + self.unclear).saturating_sub(self.left())
    }
}

impl State {
    /// Where it is in an output folder.
    pub const FILE: &'static str = "farm/handover.json";

    /// Nothing has been handed over yet.
    pub fn fresh() -> State {
        State {
            version: VERSION,
            order: format!("{:08x}", random() >> 32),
            servers: Vec::new(),
            jobs: Vec::new(),
        }
    }

    /// Reads what [`State::to_bytes`] wrote.
    ///
    /// # Errors
    /// It is damaged, or of another version.
    pub fn read(bytes: &[u8]) -> Result<State, Trouble> {
        #[derive(Deserialize)]
        struct Versioned {
            version: u32,
        }
        let damaged = |problem: serde_json::Error| {
            Trouble::Failed(format!(
                "{} is damaged ({problem}): put a copy of it back; without it, nobody knows what has \
                 been printed",
                State::FILE
            ))
        };
        let Versioned { version } = serde_json::from_slice(bytes).map_err(damaged)?;
        if version != VERSION {
            return Err(Trouble::Failed(format!(
                "{} has version {version}, and this pibuild reads version {VERSION}",
                State::FILE
            )));
        }
        serde_json::from_slice(bytes).map_err(damaged)
    }

    /// As JSON.
    pub fn to_bytes(&self) -> Vec<u8> {
        // Strings and numbers always have a form in JSON.
        let mut bytes = serde_json::to_vec_pretty(self).unwrap_or_default();
        bytes.push(b'\n');
        bytes
    }

    /// Remembers a server.
    pub fn meet(&mut self, address: &Address, program: Program) {
        let address = address.as_str().to_owned();
        match self.servers.iter_mut().find(|it| it.address == address) {
            Some(record) => record.program = program,
            None => self.servers.push(ServerRecord { address, program }),
        }
    }

    /// The record of a job of the queue.
    pub fn job(&self, job: &farm::Job) -> Option<&JobRecord> {
        self.jobs.iter().find(|it| it.id == job.id && it.plate == job.sha256)
    }

    /// The same, made if need be.
    pub fn job_mut(&mut self, job: &farm::Job) -> &mut JobRecord {
        let index = self.jobs.iter().position(|it| it.id == job.id && it.plate == job.sha256);
        let index = index.unwrap_or_else(|| {
            self.jobs.push(JobRecord {
                id: job.id.clone(),
                plate: job.sha256.clone(),
                done_by_hand: 0,
                failed_by_hand: 0,
                spoiled: 0,
                handed: Vec::new(),
            });
            self.jobs.len() - 1
        });
        &mut self.jobs[index]
    }

    /// All that a server has.
    pub fn on(&mut self, server: &Address) -> Vec<&mut Handed> {
        let all = self.jobs.iter_mut().flat_map(|job| job.handed.iter_mut());
        all.filter(|it| it.server == server.as_str()).collect()
    }

    /// Where the copies of a job are.
    pub fn tally(&self, job: &farm::Job) -> Tally {
        let empty = Tally { wanted: job.copies, ..Tally::default() };
        self.job(job).map_or(empty, |record| record.tally(job.copies))
    }
}

impl JobRecord {
    /// Where the copies are, if so many are wanted.
    pub fn tally(&self, wanted: u64) -> Tally {
        let sum = |of: fn(&Handed) -> u64| -> u64 { self.handed.iter().map(of).sum() };
        Tally {
            wanted,
            queued: sum(|it| it.queued + it.sending),
            printing: sum(|it| it.printing),
            done: (sum(|it| it.done) + self.done_by_hand).saturating_sub(self.spoiled),
            failed: sum(|it| it.failed) + self.failed_by_hand + self.spoiled,
            unclear: sum(|it| it.unclear),
        }
    }

    /// The record of a file on a server, made if need be.
    pub fn handed_mut(&mut self, server: &Address, file: &str, sha256: &str) -> &mut Handed {
        let index =
            self.handed.iter().position(|it| it.server == server.as_str() && it.file == file);
        let index = index.unwrap_or_else(|| {
            self.handed.push(Handed {
                server: server.as_str().to_owned(),
                file: file.to_owned(),
                sha256: sha256.to_owned(),
                queued: 0,
                printing: 0,
                sending: 0,
                done: 0,
                failed: 0,
                unclear: 0,
                number: None,
                before: None,
            });
            self.handed.len() - 1
        });
        &mut self.handed[index]
    }

    /// What one server has done of it, or is about to do.
    pub fn share_of(&self, server: &Address) -> u64 {
        let own = self.handed.iter().filter(|it| it.server == server.as_str());
        own.map(|it| it.queued + it.sending + it.printing + it.unclear + it.done).sum()
    }

    /// Somebody says that copies are done: those in doubt first.
    ///
    /// # Errors
    /// So many are not wanted.
    pub fn mark_done(&mut self, copies: u64, wanted: u64) -> Result<(), Trouble> {
        let tally = self.tally(wanted);
        let elsewhere = tally.queued + tally.printing;
        if copies > tally.left().saturating_sub(elsewhere) {
            let servers = match elsewhere {
                0 => String::new(),
                count => format!(", {count} are with a server, which says itself what is done"),
            };
            return Err(Trouble::Wrong(format!(
                "of `{}`, {} of {wanted} copies are done{servers}: {copies} cannot be",
                self.id, tally.done
            )));
        }
        let cleared = self.clear_doubt(copies, |it, count| it.done += count);
        self.done_by_hand += copies - cleared;
        Ok(())
    }

    /// Somebody says that copies have failed: those in doubt first, then those that were taken for
    /// done, then any.
    pub fn mark_failed(&mut self, copies: u64, wanted: u64) {
        let cleared = self.clear_doubt(copies, |it, count| it.failed += count);
        let spoiled = (copies - cleared).min(self.tally(wanted).done);
        self.spoiled += spoiled;
        self.failed_by_hand += copies - cleared - spoiled;
    }

    fn clear_doubt(&mut self, copies: u64, to: impl Fn(&mut Handed, u64)) -> u64 {
        let mut cleared = 0;
        for handed in &mut self.handed {
            let count = handed.unclear.min(copies - cleared);
            handed.unclear -= count;
            to(handed, count);
            cleared += count;
        }
        cleared
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn record(unclear: u64, done: u64) -> JobRecord {
        let mut state = State::fresh();
        state.jobs.push(JobRecord {
            id: "caddy-x6".to_owned(),
            plate: "00".to_owned(),
            done_by_hand: 0,
            failed_by_hand: 0,
            spoiled: 0,
            handed: Vec::new(),
        });
        let server = "http://a".parse().unwrap();
        let handed = state.jobs[0].handed_mut(&server, "a.gcode", "11");
        (handed.unclear, handed.done) = (unclear, done);
        state.jobs.remove(0)
    }

    #[test]
    fn what_is_written_is_read_again() {
        let mut state = State::fresh();
        state.jobs.push(record(1, 2));
        assert_eq!(State::read(&state.to_bytes()), Ok(state));
        for bytes in [&b"{"[..], b"", br#"{"version": 2}"#, br#"{"version": 1}"#] {
            assert!(matches!(State::read(bytes), Err(Trouble::Failed(_))));
        }
    }

    #[test]
    fn every_copy_is_at_one_place() {
        let mut record = record(2, 3);
        assert_eq!(record.tally(10).unhanded(), 5);
        record.mark_done(3, 10).unwrap();
        let tally = record.tally(10);
        assert_eq!((tally.done, tally.unclear, record.done_by_hand), (6, 0, 1));
        record.mark_failed(2, 10);
        let tally = record.tally(10);
        assert_eq!((tally.done, tally.failed, tally.left()), (4, 2, 6));
    }

    #[test]
    fn no_more_can_be_done_than_are_wanted() {
        let mut one = record(0, 3);
        assert!(matches!(one.mark_done(2, 4), Err(Trouble::Wrong(_))));
        assert_eq!(one, record(0, 3));
        one.mark_done(1, 4).unwrap();
        assert_eq!(one.tally(4).left(), 0);
    }

    #[test]
    fn a_failure_of_what_nobody_saw_is_counted_and_changes_nothing_else() {
        let mut one = record(0, 0);
        one.mark_failed(1, 4);
        let tally = one.tally(4);
        assert_eq!((tally.failed, tally.left(), tally.unhanded()), (1, 4, 4));
    }
}
