//! Why a command could not do its work.

use std::fmt;

use super::exit_code::ExitCode;
use crate::cutting::list::Mistake;
use crate::handover::Trouble;
use crate::outputs::SwapError;
use crate::pipeline::{Internal, Refused};
use crate::spec::Rejected;

/// What is told on standard error, and decides the exit code.
#[derive(Debug)]
pub(super) enum Failure {
    /// The command line names something that is not there.
    Usage(String),
    /// Lists are wrong; each mistake names its file and row.
    Lists(Vec<Mistake>),
    /// The design is wrong.
    Design(Box<Rejected>),
    /// Reading or writing failed.
    Machine(String),
    /// This program contradicts itself.
    Internal(Internal),
}

/// Of a list that is all wrong, nobody reads more.
const MOST_SHOWN: usize = 1_000;

impl Failure {
    pub(super) fn exit_code(&self) -> ExitCode {
        match self {
            Failure::Usage(_) | Failure::Lists(_) | Failure::Design(_) => ExitCode::Wrong,
            Failure::Machine(_) | Failure::Internal(_) => ExitCode::Failed,
        }
    }
}

impl fmt::Display for Failure {
    /// With colour; whoever prints it strips that where it is not wanted.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let style = anstyle::AnsiColor::Red.on_default().bold();
        match self {
            Failure::Design(rejected) => f.write_str(&rejected.render(true)),
            Failure::Lists(mistakes) => {
                for (index, mistake) in mistakes.iter().take(MOST_SHOWN).enumerate() {
                    let next = if index > 0 { "\n" } else { "" };
                    write!(f, "{next}{style}error:{style:#} {mistake}")?;
                }
                match mistakes.len().saturating_sub(MOST_SHOWN) {
                    0 => Ok(()),
                    more => write!(f, "\n{style}error:{style:#} and {more} mistakes more"),
                }
            }
            Failure::Usage(text) | Failure::Machine(text) => {
                write!(f, "{style}error:{style:#} {text}")
            }
            Failure::Internal(problem) => write!(
                f,
                "{style}error:{style:#} pibuild contradicts itself, which is a mistake in it and \
                 not in your design; please report it: {problem}"
            ),
        }
    }
}

impl From<Refused> for Failure {
    fn from(refused: Refused) -> Failure {
        match refused {
            Refused::Design(rejected) => Failure::Design(rejected),
            Refused::Internal(problem) => Failure::Internal(problem),
        }
    }
}

impl From<Internal> for Failure {
    fn from(problem: Internal) -> Failure {
        Failure::Internal(problem)
    }
}

impl From<Trouble> for Failure {
    fn from(trouble: Trouble) -> Failure {
        match trouble {
            Trouble::Wrong(text) => Failure::Usage(text),
            Trouble::Failed(text) | Trouble::Passing(text) => Failure::Machine(text),
        }
    }
}

impl From<SwapError> for Failure {
    fn from(problem: SwapError) -> Failure {
        Failure::Machine(problem.to_string())
    }
}

/// The end of a complaint about an unknown name: those that are near, if any are.
pub(super) fn did_you_mean(near: &[impl AsRef<str>]) -> String {
    if near.is_empty() {
        return String::new();
    }
    let names: Vec<String> = near.iter().map(|name| format!("`{}`", name.as_ref())).collect();
    format!(", did you mean {}?", names.join(" or "))
}
