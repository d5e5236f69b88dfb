//! PrusaLink, in printers and beside them: files, one print at a time, no queue, no history.
//!
//! It numbers its prints, and tells the number and the outcome of the last one only. So each print
//! that is started here is known by its number; one that made room for another before anybody looked
//! is unclear.
//!
//! From its published description and the source of PrusaLink 0.8; never run against a printer.

use serde_json::{Value, json};
use ureq::http::Method;

use super::{Activity, JobQueue, PrintServer, Since, simple};
use crate::handover::client::{Client, Sent, plain};
use crate::handover::order::Gcode;
use crate::handover::state::Handed;
use crate::handover::trouble::Trouble;

const NAME: &str = "PrusaLink";

#[derive(Debug)]
pub(super) struct PrusaLink {
    client: Client,
    /// Where files go, such as `usb` or `local`.
    storage: String,
}

/// The print that the printer shows.
struct Job {
    number: u64,
    file: String,
    state: String,
}

/// How far it is.
enum Progress {
    Printing,
    Done,
    Failed,
}

impl PrusaLink {
    pub(super) fn new(client: Client) -> PrusaLink {
        PrusaLink { client, storage: String::new() }
    }

    fn job(&self) -> Result<Option<Job>, Trouble> {
        let answer = self.client.get("/api/v1/job")?;
        if answer.status == 204 {
            return Ok(None);
        }
        if answer.status != 200 {
            return Err(answer.unexpected("say what it prints"));
        }
        let value = answer.json(NAME)?;
        let Some(number) = value["id"].as_u64() else { return Ok(None) };
        let file = &value["file"];
        let file = file["display_name"].as_str().or(file["name"].as_str()).unwrap_or_default();
        let state = value["state"].as_str().unwrap_or_default().to_owned();
        Ok(Some(Job { number, file: plain(file), state }))
    }

    fn activity(&self, job: Option<&Job>) -> Result<Activity, Trouble> {
        let answer = self.client.get("/api/v1/status")?;
        if answer.status != 200 {
            return Err(answer.unexpected("say how it is"));
        }
        let value = answer.json(NAME)?;
        let state = value["printer"]["state"].as_str().unwrap_or("without a state");
        Ok(match state {
            "IDLE" | "READY" | "FINISHED" | "STOPPED" => Activity::Ready,
            "PRINTING" | "PAUSED" | "BUSY" => {
                Activity::Printing(job.map_or_else(String::new, |job| job.file.clone()))
            }
            _ => Activity::Offline(format!("PrusaLink says: {}", plain(state))),
        })
    }

    fn path(&self, file: &str) -> String {
        format!("/api/v1/files/{}/{file}", self.storage)
    }
}

impl Job {
    fn progress(&self) -> Progress {
        match self.state.as_str() {
            "FINISHED" => Progress::Done,
            "STOPPED" | "ERROR" => Progress::Failed,
            _ => Progress::Printing,
        }
    }
}

/// What a storage is called in paths, if it takes files.
fn writable(storage: &Value) -> Option<String> {
    let usable = storage["available"].as_bool() != Some(false)
        && storage["read_only"].as_bool() != Some(true);
    let path = storage["path"].as_str()?.trim_matches('/');
    usable.then(|| path.to_owned())
}

impl PrintServer for PrusaLink {
    fn client(&self) -> &Client {
        &self.client
    }

    fn greet(&mut self) -> Result<(), Trouble> {
        super::recognise(&self.client, NAME)?;
        let answer = self.client.get("/api/v1/storage")?;
        if answer.status != 200 {
            return Err(answer.unexpected("tell of its storage"));
        }
        let value = answer.json(NAME)?;
        let mut all = value["storage_list"].as_array().into_iter().flatten();
        self.storage = all.find_map(writable).ok_or_else(|| {
            let whom = self.client.address();
            Trouble::Failed(format!(
                "the printer of {whom} has no storage to write to: is its USB drive in?"
            ))
        })?;
        Ok(())
    }

    /// Flat, since printers do not make folders; short enough for their file systems.
    fn file_name(&self, design: &str, order: &str, job: &str, sha256: &str) -> String {
        let short = |name: &str, most: usize| simple(name).chars().take(most).collect::<String>();
        let hash = short(sha256, 8);
        format!("{}-{order}-{}-{hash}.gcode", short(design, 24), short(job, 40))
    }

    /// The name says which bytes; there is no hash to compare, only the size.
    fn holds(&self, file: &str, gcode: &Gcode) -> Result<bool, Trouble> {
        let answer = self.client.get(&self.path(file))?;
        match answer.status {
            200 => Ok(answer.json(NAME)?["size"].as_u64() == Some(gcode.bytes.len() as u64)),
            404 => Ok(false),
            _ => Err(answer.unexpected("tell of its files")),
        }
    }

    fn upload(&self, file: &str, gcode: &Gcode) -> Result<(), Trouble> {
        let headers = [
            // What PrusaSlicer sends; PrusaLink 0.8 stumbles over plain bytes.
            ("Content-Type", "text/x.gcode"),
            ("Print-After-Upload", "?0"),
            ("Overwrite", "?1"),
        ];
        let path = self.path(file);
        let sent = Sent { method: Method::PUT, path: &path, headers: &headers, body: &gcode.bytes };
        let answer = self.client.send(&sent)?;
        match answer.status {
            200 | 201 => Ok(()),
            _ => Err(answer.unexpected(&format!("take the gcode of `{}`", gcode.id))),
        }
    }

    fn look(&self, handed: &mut [&mut Handed], since: Since) -> Result<Activity, Trouble> {
        let job = self.job()?;
        let activity = self.activity(job.as_ref())?;
        for one in handed.iter_mut() {
            let shown = job.as_ref();
            if one.sending > 0 {
                let is_new = |job: &&Job| job.file == one.file && Some(job.number) != one.before;
                if let Some(job) = shown.filter(is_new) {
                    (one.number, one.sending) = (Some(job.number), 0);
                } else if since == Since::LastRun {
                    // The print before it is still shown: it was never started. Otherwise, it may
                    // have come and gone.
                    let same = shown.map(|job| job.number) == one.before && one.before.is_some();
                    one.unclear += if same { 0 } else { one.sending };
                    one.sending = 0;
                }
            }
            let Some(number) = one.number else { continue };
            one.printing = 0;
            match shown.filter(|job| job.number == number).map(Job::progress) {
                Some(Progress::Printing) => {
                    one.printing = 1;
                    continue;
                }
                Some(Progress::Done) => one.done += 1,
                Some(Progress::Failed) => one.failed += 1,
                None => one.unclear += 1,
            }
            one.number = None;
        }
        Ok(activity)
    }

    fn queue(&self) -> Option<&dyn JobQueue> {
        None
    }

    fn last_number(&self) -> Result<Option<u64>, Trouble> {
        Ok(self.job()?.map(|job| job.number))
    }

    fn start(&self, file: &str) -> Result<(), Trouble> {
        let answer = self.client.post(&self.path(file), &json!({}))?;
        match answer.status {
            200 | 204 => Ok(()),
            409 => Err(answer.unexpected("start a print, since the printer is offline or busy")),
            _ => Err(answer.unexpected("start a print")),
        }
    }
}
