//! The three kinds of print servers, and what the hand-over asks of them.

mod moonraker;
mod octoprint;
mod prusalink;

use std::fmt;

use serde::{Deserialize, Serialize};

use super::client::{self, Client};
use super::order::Gcode;
use super::state::Handed;
use super::trouble::Trouble;
use moonraker::Moonraker;
use octoprint::OctoPrint;
use prusalink::PrusaLink;

/// A kind of print servers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Program {
    /// Klipper's server, with a queue.
    Moonraker,
    /// One print at a time, no queue.
    OctoPrint,
    /// Prusa's own, one print at a time, no queue.
    PrusaLink,
}

impl Program {
    /// What people call it.
    pub fn name(self) -> &'static str {
        match self {
            Program::Moonraker => "Moonraker",
            Program::OctoPrint => "OctoPrint",
            Program::PrusaLink => "PrusaLink",
        }
    }

    /// A server of this kind, behind a client.
    pub fn server(self, client: Client) -> Box<dyn PrintServer> {
        match self {
            Program::Moonraker => Box::new(Moonraker::new(client)),
            Program::OctoPrint => Box::new(OctoPrint::new(client)),
            Program::PrusaLink => Box::new(PrusaLink::new(client)),
        }
    }
}

impl fmt::Display for Program {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// What a printer does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Activity {
    /// It would start a print.
    Ready,
    /// It prints this file.
    Printing(String),
    /// It would not start a print, and why.
    Offline(String),
}

/// When whatever counts as being sent was sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Since {
    /// A moment ago: it need not show yet.
    Now,
    /// In a run that has ended: what does not show now never will.
    LastRun,
}

/// A server, as the hand-over sees it. Every step may be taken again after a failure: it is for the
/// caller to look before it changes anything.
pub trait PrintServer {
    /// The connection.
    fn client(&self) -> &Client;

    /// Makes sure that this is such a server, and that it lets us in.
    fn greet(&mut self) -> Result<(), Trouble>;

    /// The name that a file has there, of its own for each order, job and gcode.
    fn file_name(&self, design: &str, order: &str, job: &str, sha256: &str) -> String;

    /// Whether the file is there, whole.
    fn holds(&self, file: &str, gcode: &Gcode) -> Result<bool, Trouble>;

    /// Sends a file.
    fn upload(&self, file: &str, gcode: &Gcode) -> Result<(), Trouble>;

    /// Brings records up to date, and says what the printer does.
    fn look(&self, handed: &mut [&mut Handed], since: Since) -> Result<Activity, Trouble>;

    /// The queue, if the server keeps one.
    fn queue(&self) -> Option<&dyn JobQueue>;

    /// Number of the print that the printer shows, with servers that number prints.
    fn last_number(&self) -> Result<Option<u64>, Trouble> {
        Ok(None)
    }

    /// Starts a print: of this file; of the queue's first where there is a queue.
    fn start(&self, file: &str) -> Result<(), Trouble>;
}

/// A server's own queue.
pub trait JobQueue {
    /// Adds one copy for each name, in this order; all or none.
    fn add(&self, files: &[&str]) -> Result<(), Trouble>;

    /// Copies in it of the same design, but of another order: of another output folder, or of one
    /// whose records are lost.
    fn strangers(&self, design: &str, order: &str) -> Result<usize, Trouble>;

    /// Takes the last copies of a file out again.
    fn withdraw(&self, file: &str, copies: u64) -> Result<(), Trouble>;
}

/// Makes sure that the program behind an address is the one that is meant, where both OctoPrint and
/// those who speak like it say who they are.
fn recognise(client: &Client, program: &str) -> Result<(), Trouble> {
    let whom = client.address();
    let answer = client.get("/api/version")?;
    let text = match answer.status {
        404 => String::new(),
        _ => answer.json(program)?["text"].as_str().unwrap_or_default().to_owned(),
    };
    let bare = text.replace(' ', "").to_ascii_lowercase();
    let said = ["moonraker", "octoprint", "prusalink"].into_iter().find(|name| bare.contains(name));
    match said {
        Some(name) if name.eq_ignore_ascii_case(program) => Ok(()),
        Some(name) => Err(Trouble::Wrong(format!(
            "{whom} is no {program}, it says that it is `{}`: try --to {name}",
            client::plain(&text)
        ))),
        None => Err(Trouble::Wrong(format!(
            "{whom} does not answer as {program} does: is the address right, port included, and is \
             it {program}?"
        ))),
    }
}

/// `pibuild-DESIGN-ORDER/JOB-HASH.gcode`.
fn folder_name(design: &str, order: &str, job: &str, sha256: &str) -> String {
    let hash = &sha256[..sha256.len().min(12)];
    format!("{}{order}/{}-{hash}.gcode", folder_of(design), simple(job))
}

/// What the folders of all orders of a design begin with; the order is what follows.
fn folder_of(design: &str) -> String {
    format!("pibuild-{}-", simple(design))
}

/// A name with only what every server and file system takes.
fn simple(name: &str) -> String {
    let keep = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.');
    name.chars().map(|c| if keep(c) { c } else { '-' }).collect()
}

/// `multipart/form-data`: fields, then one file.
fn multipart(fields: &[(&str, &str)], name: &str, bytes: &[u8]) -> (String, Vec<u8>) {
    // No line of gcode begins so.
    let boundary = "pibuild-3f1c9be07d5a4e62";
    let mut body = Vec::with_capacity(bytes.len() + 1024);
    for (field, value) in fields {
        body.extend_from_slice(
            format!(
                "--{boundary}\r\nContent-Disposition: form-data; name=\"{field}\"\r\n\r\n{value}\r\n"
            )
            .as_bytes(),
        );
    }
    body.extend_from_slice(
        format!(
            "--{boundary}\r\nContent-Disposition: form-data; name=\"file\"; filename=\"{name}\"\r\n\
             Content-Type: application/octet-stream\r\n\r\n"
        )
        .as_bytes(),
    );
    body.extend_from_slice(bytes);
    body.extend_from_slice(format!("\r\n--{boundary}--\r\n").as_bytes());
    (format!("multipart/form-data; boundary={boundary}"), body)
}
