//! The three kinds of print servers, and what the hand-over asks of them.

mod moonraker;

use std::fmt;

use serde::{Deserialize, Serialize};

use super::client::Client;
use super::order::Gcode;
use super::state::Handed;
use super::trouble::Trouble;
use moonraker::Moonraker;

/// A kind of print servers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Program {
    /// Klipper's server, with a queue.
    Moonraker,
}

impl Program {
    /// What people call it.
    pub fn name(self) -> &'static str {
        match self {
            Program::Moonraker => "Moonraker",
        }
    }

    /// A server of this kind, behind a client.
    pub fn server(self, client: Client) -> Box<dyn PrintServer> {
        match self {
            Program::Moonraker => Box::new(Moonraker::new(client)),
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
    fn look(&self, handed: &mut [&mut Handed]) -> Result<Activity, Trouble>;

    /// The queue, if the server keeps one.
    fn queue(&self) -> Option<&dyn JobQueue>;

    /// Starts a print: of this file; of the queue's first where there is a queue.
    fn start(&self, file: &str) -> Result<(), Trouble>;
}

/// A server's own queue.
pub trait JobQueue {
    /// Adds one copy for each name, in this order; all or none.
    fn add(&self, files: &[&str]) -> Result<(), Trouble>;

    /// Takes the last copies of a file out again.
    fn withdraw(&self, file: &str, copies: u64) -> Result<(), Trouble>;
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
