//! Moonraker, Klipper's server: files with checksums, a queue in memory, a history on disk.
//!
//! The queue is lost when Moonraker restarts; what was printed is in the history, by file name. So
//! queue and history together say for each file what has become of it.

use std::collections::BTreeMap;

use serde_json::{Value, json};
use ureq::http::Method;

use super::{Activity, JobQueue, PrintServer, Since, folder_name, folder_of, multipart};
use crate::handover::client::{Client, Sent, plain};
use crate::handover::order::Gcode;
use crate::handover::state::Handed;
use crate::handover::trouble::Trouble;

const NAME: &str = "Moonraker";
/// Prints on one page of the history.
const PAGE: usize = 200;

#[derive(Debug)]
pub(super) struct Moonraker {
    client: Client,
}

impl Moonraker {
    pub(super) fn new(client: Client) -> Moonraker {
        Moonraker { client }
    }

    /// The `result` of an answer.
    fn result(&self, path: &str, doing: &str) -> Result<Value, Trouble> {
        let answer = self.client.get(path)?;
        if answer.status != 200 {
            return Err(answer.unexpected(doing));
        }
        let mut value = answer.json(NAME)?;
        value.get_mut("result").map(Value::take).ok_or_else(|| self.stranger())
    }

    fn stranger(&self) -> Trouble {
        Trouble::Wrong(format!(
            "{} does not answer as {NAME} does: is the address right, port included, and is it \
             {NAME}?",
            self.client.address()
        ))
    }

    /// Queue entries: file and id, in order.
    fn queued(&self) -> Result<Vec<(String, String)>, Trouble> {
        let status = self.result("/server/job_queue/status", "show its queue")?;
        // While a print is being loaded, it is both in the queue and in the history.
        if matches!(status["queue_state"].as_str(), Some("loading" | "starting")) {
            let whom = self.client.address();
            return Err(Trouble::Passing(format!("{whom} is just starting a print")));
        }
        let jobs = status["queued_jobs"].as_array().ok_or_else(|| self.stranger())?;
        let text = |job: &Value, name: &str| job[name].as_str().map(str::to_owned);
        jobs.iter()
            .map(|job| text(job, "filename").zip(text(job, "job_id")))
            .collect::<Option<Vec<_>>>()
            .ok_or_else(|| self.stranger())
    }

    /// How often each file was printed, with each outcome.
    fn printed(&self) -> Result<BTreeMap<String, Outcomes>, Trouble> {
        let mut all: BTreeMap<String, Outcomes> = BTreeMap::new();
        for start in (0..).step_by(PAGE) {
            let path = format!("/server/history/list?order=asc&limit={PAGE}&start={start}");
            let page =
                self.result(&path, "show its history, which needs Moonraker 0.8 or later")?;
            let jobs = page["jobs"].as_array().ok_or_else(|| self.stranger())?;
            for job in jobs {
                let (Some(file), Some(status)) = (job["filename"].as_str(), job["status"].as_str())
                else {
                    continue;
                };
                let outcomes = all.entry(file.to_owned()).or_default();
                *match status {
                    "in_progress" => &mut outcomes.printing,
                    "completed" => &mut outcomes.done,
                    _ => &mut outcomes.failed,
                } += 1;
            }
            if jobs.len() < PAGE {
                break;
            }
        }
        Ok(all)
    }

    fn activity(&self, printed: &BTreeMap<String, Outcomes>) -> Result<Activity, Trouble> {
        if let Some((file, _)) = printed.iter().find(|(_, outcomes)| outcomes.printing > 0) {
            return Ok(Activity::Printing(file.clone()));
        }
        let info = self.result("/server/info", "say how it is")?;
        Ok(match info["klippy_state"].as_str() {
            Some("ready") => Activity::Ready,
            Some(state) => Activity::Offline(format!("Klipper is {}", plain(state))),
            None => Activity::Offline("Klipper is not there".to_owned()),
        })
    }
}

/// Prints of one file.
#[derive(Clone, Copy, Debug, Default)]
struct Outcomes {
    printing: u64,
    done: u64,
    failed: u64,
}

impl PrintServer for Moonraker {
    fn client(&self) -> &Client {
        &self.client
    }

    fn greet(&mut self) -> Result<(), Trouble> {
        let answer = self.client.get("/server/info")?;
        if answer.status == 404 {
            return Err(self.stranger());
        }
        let value = answer.json(NAME)?;
        value["result"].get("klippy_connected").map(|_| ()).ok_or_else(|| self.stranger())
    }

    fn file_name(&self, design: &str, order: &str, job: &str, sha256: &str) -> String {
        folder_name(design, order, job, sha256)
    }

    /// The name says which bytes, and the server has checked them; the size tells whether somebody
    /// has put something else there.
    fn holds(&self, file: &str, gcode: &Gcode) -> Result<bool, Trouble> {
        let answer = self.client.get(&format!("/server/files/metadata?filename={file}"))?;
        if answer.status == 404 {
            return Ok(false);
        }
        if answer.status != 200 {
            return Err(answer.unexpected("tell of its files"));
        }
        let size = answer.json(NAME)?["result"]["size"].as_u64();
        Ok(size == Some(gcode.bytes.len() as u64))
    }

    fn upload(&self, file: &str, gcode: &Gcode) -> Result<(), Trouble> {
        let (folder, name) = file.rsplit_once('/').unwrap_or(("", file));
        let fields = [
            ("root", "gcodes"),
            ("path", folder),
            ("checksum", gcode.sha256.as_str()),
            ("print", "false"),
        ];
        let (kind, body) = multipart(&fields, name, &gcode.bytes);
        let answer = self.client.send(&Sent {
            method: Method::POST,
            path: "/server/files/upload",
            headers: &[("Content-Type", &kind)],
            body: &body,
        })?;
        match answer.status {
            201 => Ok(()),
            422 => Err(Trouble::Passing(format!(
                "`{}` did not reach {} as it was sent",
                gcode.id,
                self.client.address()
            ))),
            _ => Err(answer.unexpected(&format!("take the gcode of `{}`", gcode.id))),
        }
    }

    fn look(&self, handed: &mut [&mut Handed], _: Since) -> Result<Activity, Trouble> {
        let queued = self.queued()?;
        let printed = self.printed()?;
        if self.queued()? != queued {
            // What is on its way from the queue to the printer would be seen twice, or not at all.
            let whom = self.client.address();
            return Err(Trouble::Passing(format!("the queue of {whom} is just changing")));
        }
        for one in handed.iter_mut() {
            let outcomes = printed.get(&one.file).copied().unwrap_or_default();
            one.queued = queued.iter().filter(|(file, _)| *file == one.file).count() as u64;
            one.printing = outcomes.printing;
            one.done = one.done.max(outcomes.done);
            one.failed = one.failed.max(outcomes.failed);
            one.sending = 0;
        }
        self.activity(&printed)
    }

    fn queue(&self) -> Option<&dyn JobQueue> {
        Some(self)
    }

    fn start(&self, _: &str) -> Result<(), Trouble> {
        let answer = self.client.post("/server/job_queue/start", &json!({}))?;
        if answer.status == 200 { Ok(()) } else { Err(answer.unexpected("start its queue")) }
    }
}

impl JobQueue for Moonraker {
    fn add(&self, files: &[&str]) -> Result<(), Trouble> {
        let body = json!({ "filenames": files, "reset": false });
        let answer = self.client.post("/server/job_queue/job", &body)?;
        match answer.status {
            200 => Ok(()),
            _ => Err(answer.unexpected("queue the jobs")),
        }
    }

    fn strangers(&self, design: &str, order: &str) -> Result<usize, Trouble> {
        let queued = self.queued()?;
        let another = |file: &str| {
            let folder = file.strip_prefix(&folder_of(design))?.split('/').next()?;
            (folder.len() == order.len() && folder != order).then_some(())
        };
        Ok(queued.iter().filter(|(file, _)| another(file).is_some()).count())
    }

    fn withdraw(&self, file: &str, copies: u64) -> Result<(), Trouble> {
        let queued = self.queued()?;
        let own = queued.iter().rev().filter(|(name, _)| name == file);
        let ids: Vec<&str> = own.take(copies as usize).map(|(_, id)| id.as_str()).collect();
        if ids.is_empty() {
            return Ok(());
        }
        let answer = self.client.send(&Sent {
            method: Method::DELETE,
            path: &format!("/server/job_queue/job?job_ids={}", ids.join(",")),
            headers: &[],
            body: &[],
        })?;
        if answer.status == 200 {
            Ok(())
        } else {
            Err(answer.unexpected("take a job out of its queue"))
        }
    }
}
