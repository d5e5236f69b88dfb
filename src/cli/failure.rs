//! Why a command could not do its work.

use std::fmt;

use super::exit_code::ExitCode;
use crate::outputs::SwapError;
use crate::pipeline::{Internal, Refused};
use crate::spec::Rejected;

/// What is told on standard error, and decides the exit code.
#[derive(Debug)]
pub(super) enum Failure {
    /// The command line names something that is not there.
    Usage(String),
    /// The design is wrong.
    Design(Box<Rejected>),
    /// Reading or writing failed.
    Machine(String),
    /// This program contradicts itself.
    Internal(Internal),
}

impl Failure {
    pub(super) fn exit_code(&self) -> ExitCode {
        match self {
            Failure::Usage(_) | Failure::Design(_) => ExitCode::Wrong,
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
