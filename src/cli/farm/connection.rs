//! How a print server is reached.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

use clap::{Args, ValueEnum};

use crate::cli::failure::Failure;
use crate::handover::{Access, Key, Patience, Program};

/// Where keys are looked for.
const VARIABLE: &str = "PIBUILD_API_KEY";

/// The options of every command that speaks to servers.
#[derive(Debug, Args)]
pub(super) struct Connection {
    #[arg(
        long,
        value_name = "FILE",
        help = "File with the API key, alone on its line; otherwise PIBUILD_API_KEY is used, if it \
                is set"
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
}

impl To {
    pub(super) fn program(self) -> Program {
        match self {
            To::Moonraker => Program::Moonraker,
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

    /// The key, from its file or the environment.
    pub(super) fn access(&self) -> Result<Access, Failure> {
        let key = match &self.key_file {
            Some(file) => Some(from_file(file)?),
            None => from_environment()?,
        };
        if self.user.is_some() && key.is_none() {
            return Err(Failure::Usage(format!(
                "a name needs a password: put it into {VARIABLE}, or into a file for --key-file"
            )));
        }
        if self.user.as_ref().is_some_and(|user| user.contains(['"', ':', '\\'])) {
            return Err(Failure::Usage("a name holds no quotes, colons or backslashes".to_owned()));
        }
        Ok(Access { key, user: self.user.clone() })
    }
}

fn from_file(file: &Path) -> Result<Key, Failure> {
    let name = file.display();
    let text = fs::read_to_string(file)
        .map_err(|error| Failure::Usage(format!("cannot read the key file `{name}`: {error}")))?;
    Key::read(&text).map_err(|problem| Failure::Usage(format!("the key file `{name}` {problem}")))
}

fn from_environment() -> Result<Option<Key>, Failure> {
    let Some(text) = std::env::var_os(VARIABLE).filter(|text| !text.is_empty()) else {
        return Ok(None);
    };
    let text = text.into_string().unwrap_or_default();
    let key = Key::read(&text);
    key.map(Some).map_err(|problem| Failure::Usage(format!("the key in {VARIABLE} {problem}")))
}

fn seconds(text: &str) -> Result<Duration, String> {
    let seconds: f64 = text.parse().map_err(|_| "seconds are a number, such as 0.5".to_owned())?;
    if !(0.0..=3600.0).contains(&seconds) {
        return Err("seconds are from 0 to 3600".to_owned());
    }
    Ok(Duration::from_secs_f64(seconds))
}
