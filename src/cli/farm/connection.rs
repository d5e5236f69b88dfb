//! How a print server is reached.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

use clap::{Args, ValueEnum};

use crate::cli::failure::Failure;
use crate::handover::{Access, Address, Key, Patience, Program};

/// Where keys are looked for.
const VARIABLE: &str = "PIBUILD_API_KEY";

/// The options of every command that speaks to servers.
#[derive(Debug, Args)]
pub(super) struct Connection {
    #[arg(
        long,
        value_name = "FILE",
        help = "File with the API key, or with a line for each server: its URL and its key; \
                otherwise PIBUILD_API_KEY is used, if it is set"
    )]
    key_file: Option<PathBuf>,
    /// Log in with this name, and the key as its password (digest access, as with PrusaLink's maker)
    #[arg(long, value_name = "NAME")]
    user: Option<String>,
    /// How often a step that failed is tried again
    #[arg(long, value_name = "N", default_value_t = 5, value_parser = clap::value_parser!(u32).range(..=100))]
    retries: u32,
    /// Seconds before the first new try; each wait is twice the last, 15 s at most
    #[arg(long, value_name = "SECONDS", default_value = "0.5", value_parser = seconds)]
    wait: Duration,
    /// Seconds that a server may be silent
    #[arg(long, value_name = "SECONDS", default_value = "30", value_parser = seconds)]
    timeout: Duration,
}

/// A kind of print servers, as it is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum To {
    /// Klipper's Moonraker, with its own queue
    Moonraker,
    /// OctoPrint, which prints one at a time
    #[value(name = "octoprint")]
    OctoPrint,
    /// PrusaLink, which prints one at a time
    #[value(name = "prusalink")]
    PrusaLink,
}

impl To {
    pub(super) fn program(self) -> Program {
        match self {
            To::Moonraker => Program::Moonraker,
            To::OctoPrint => Program::OctoPrint,
            To::PrusaLink => Program::PrusaLink,
        }
    }
}

impl Connection {
    pub(super) fn patience(&self) -> Patience {
        Patience { retries: self.retries, first_wait: self.wait }
    }

    pub(super) fn timeout(&self) -> Duration {
        self.timeout
    }

    /// The keys, from their file or the environment.
    pub(super) fn keys(&self) -> Result<Keys, Failure> {
        let keys = match &self.key_file {
            Some(file) => from_file(file)?,
            None => from_environment()?,
        };
        if self.user.is_some() && keys.is_empty() {
            return Err(Failure::Usage(format!(
                "a name needs a password: put it into {VARIABLE}, or into a file for --key-file"
            )));
        }
        if self.user.as_ref().is_some_and(|user| user.contains(['"', ':', '\\'])) {
            return Err(Failure::Usage("a name holds no quotes, colons or backslashes".to_owned()));
        }
        Ok(Keys { keys, user: self.user.clone() })
    }
}

/// Keys, and the servers that they are for.
#[derive(Debug)]
pub(super) struct Keys {
    keys: Vec<(Option<Address>, Key)>,
    user: Option<String>,
}

impl Keys {
    /// What lets us in at a server: its own key, or the one that is for any.
    pub(super) fn access(&self, address: &Address) -> Access {
        let own = self.keys.iter().find(|(whose, _)| whose.as_ref() == Some(address));
        let any = || self.keys.iter().find(|(whose, _)| whose.is_none());
        Access { key: own.or_else(any).map(|(_, key)| key.clone()), user: self.user.clone() }
    }
}

/// A key alone, or a line for each server: its address, and its key.
fn from_file(file: &Path) -> Result<Vec<(Option<Address>, Key)>, Failure> {
    let name = file.display();
    let wrong = |problem: &str| Failure::Usage(format!("the key file `{name}` {problem}"));
    let text = fs::read_to_string(file)
        .map_err(|error| Failure::Usage(format!("cannot read the key file `{name}`: {error}")))?;
    let mut keys = Vec::new();
    for line in text.lines().map(str::trim).filter(|line| !line.is_empty()) {
        let (address, key) = match line.split_once(char::is_whitespace) {
            Some((address, key)) if address.contains("://") => {
                let address = address.parse().map_err(|_| wrong("holds a line without address"))?;
                (Some(address), key)
            }
            _ => (None, line),
        };
        keys.push((address, Key::read(key).map_err(wrong)?));
    }
    let for_any = keys.iter().filter(|(address, _)| address.is_none()).count();
    match (keys.is_empty(), for_any) {
        (true, _) => Err(wrong("is empty")),
        (_, 0 | 1) => Ok(keys),
        _ => Err(wrong("holds more than one key: write each server's address before its key")),
    }
}

fn from_environment() -> Result<Vec<(Option<Address>, Key)>, Failure> {
    let Some(text) = std::env::var_os(VARIABLE).filter(|text| !text.is_empty()) else {
        return Ok(Vec::new());
    };
    let text = text.into_string().unwrap_or_default();
    let key = Key::read(&text)
        .map_err(|problem| Failure::Usage(format!("the key in {VARIABLE} {problem}")))?;
    Ok(vec![(None, key)])
}

fn seconds(text: &str) -> Result<Duration, String> {
    let seconds: f64 = text.parse().map_err(|_| "seconds are a number, such as 0.5".to_owned())?;
    if !(0.0..=3600.0).contains(&seconds) {
        return Err("seconds are from 0 to 3600".to_owned());
    }
    Ok(Duration::from_secs_f64(seconds))
}
