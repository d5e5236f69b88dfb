//! OctoPrint: files with a hash, one print at a time, no queue.
//!
//! For each file it counts the prints that went well and those that did not. So the files and the
//! present print together say what has become of each job; a print that broke off with OctoPrint
//! itself leaves no trace, and is still to be printed.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

use serde_json::{Value, json};
use sha1::{Digest, Sha1};
use ureq::http::Method;

use super::{Activity, JobQueue, PrintServer, Since, folder_name, multipart};
use crate::handover::client::{Client, Sent, plain};
use crate::handover::order::Gcode;
use crate::handover::state::Handed;
use crate::handover::trouble::Trouble;

const NAME: &str = "OctoPrint";
/// What a state begins with while something is printed.
const PRINTING: [&str; 6] = ["Printing", "Starting", "Paus", "Resuming", "Cancelling", "Finishing"];

#[derive(Debug)]
pub(super) struct OctoPrint {
    client: Client,
}

impl OctoPrint {
    pub(super) fn new(client: Client) -> OctoPrint {
        OctoPrint { client }
    }

    /// The files in a folder of the root, by path. Asked about a file whose folder is not there,
    /// OctoPrint 1.11 fails; asked about the folder, it says so.
    fn folder(&self, folder: &str) -> Result<BTreeMap<String, Value>, Trouble> {
        let answer = self.client.get(&format!("/api/files/local/{folder}?recursive=true"))?;
        let value = match answer.status {
            200 => answer.json(NAME)?,
            404 => return Ok(BTreeMap::new()),
            _ => return Err(answer.unexpected("tell of its files")),
        };
        let children = value["children"].as_array().into_iter().flatten();
        let named = children.filter_map(|it| Some((it["path"].as_str()?.to_owned(), it.clone())));
        Ok(named.collect())
    }

    fn activity(&self) -> Result<Activity, Trouble> {
        let answer = self.client.get("/api/job")?;
        if answer.status != 200 {
            return Err(answer.unexpected("say what it prints"));
        }
        let value = answer.json(NAME)?;
        let state = value["state"].as_str().unwrap_or("without a state");
        if PRINTING.iter().any(|word| state.starts_with(word)) {
            let file = &value["job"]["file"];
            let path = file["path"].as_str().or(file["name"].as_str()).unwrap_or_default();
            return Ok(Activity::Printing(plain(path)));
        }
        Ok(match state {
            "Operational" => Activity::Ready,
            _ => Activity::Offline(format!("OctoPrint says: {}", plain(state))),
        })
    }
}

impl PrintServer for OctoPrint {
    fn client(&self) -> &Client {
        &self.client
    }

    fn greet(&mut self) -> Result<(), Trouble> {
        super::recognise(&self.client, NAME)
    }

    fn file_name(&self, design: &str, order: &str, job: &str, sha256: &str) -> String {
        folder_name(design, order, job, sha256)
    }

    fn holds(&self, file: &str, gcode: &Gcode) -> Result<bool, Trouble> {
        let (folder, _) = file.rsplit_once('/').unwrap_or((file, ""));
        let files = self.folder(folder)?;
        let Some(found) = files.get(file) else { return Ok(false) };
        let same_size = found["size"].as_u64() == Some(gcode.bytes.len() as u64);
        let hash = found["hash"].as_str();
        Ok(same_size && hash.is_none_or(|hash| hash.eq_ignore_ascii_case(&sha1(&gcode.bytes))))
    }

    fn upload(&self, file: &str, gcode: &Gcode) -> Result<(), Trouble> {
        let (folder, name) = file.rsplit_once('/').unwrap_or(("", file));
        let fields = [("path", folder), ("select", "false"), ("print", "false")];
        let (kind, body) = multipart(&fields, name, &gcode.bytes);
        let answer = self.client.send(&Sent {
            method: Method::POST,
            path: "/api/files/local",
            headers: &[("Content-Type", &kind)],
            body: &body,
        })?;
        match answer.status {
            201 => Ok(()),
            _ => Err(answer.unexpected(&format!("take the gcode of `{}`", gcode.id))),
        }
    }

    fn look(&self, handed: &mut [&mut Handed], _: Since) -> Result<Activity, Trouble> {
        // First what is printed: a print that ends in between is then seen twice, not missed.
        let activity = self.activity()?;
        let folders: BTreeSet<&str> =
            handed.iter().filter_map(|one| one.file.rsplit_once('/')).map(|it| it.0).collect();
        let mut files = BTreeMap::new();
        for folder in folders {
            files.extend(self.folder(folder)?);
        }
        for one in handed.iter_mut() {
            let file = files.get(&one.file).unwrap_or(&Value::Null);
            let count = |outcome: &str| file["prints"][outcome].as_u64().unwrap_or_default();
            let (done, failed) = (count("success"), count("failure"));
            one.printing = u64::from(activity == Activity::Printing(one.file.clone()));
            one.done = one.done.max(done);
            one.failed = one.failed.max(failed);
            one.sending = 0;
        }
        Ok(activity)
    }

    fn queue(&self) -> Option<&dyn JobQueue> {
        None
    }

    fn start(&self, file: &str) -> Result<(), Trouble> {
        let command = json!({ "command": "select", "print": true });
        let answer = self.client.post(&format!("/api/files/local/{file}"), &command)?;
        match answer.status {
            204 => Ok(()),
            409 => Err(answer.unexpected("start a print, since the printer is offline or busy")),
            _ => Err(answer.unexpected("start a print")),
        }
    }
}

fn sha1(bytes: &[u8]) -> String {
    Sha1::digest(bytes).iter().fold(String::with_capacity(40), |mut hex, byte| {
        // Writing to a String cannot fail.
        let _ = write!(hex, "{byte:02x}");
        hex
    })
}
