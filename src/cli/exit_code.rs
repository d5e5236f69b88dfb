//! What the process says to the shell.

/// How a run ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ExitCode {
    /// Done; there may be warnings.
    Done,
    /// Done, but at least one finding is an error: it cannot be built as it stands.
    NotBuildable,
    /// Done: the two designs differ.
    Different,
    /// The design, a file that it names, or the command line is wrong: nothing was written.
    Wrong,
    /// The machine failed us: the previous output is untouched.
    Failed,
}

impl ExitCode {
    /// The code for a design that was worked out.
    pub(super) fn of_verdict(buildable: bool) -> ExitCode {
        if buildable { ExitCode::Done } else { ExitCode::NotBuildable }
    }
}

impl From<ExitCode> for std::process::ExitCode {
    fn from(code: ExitCode) -> std::process::ExitCode {
        let number: u8 = match code {
            ExitCode::Done => 0,
            ExitCode::NotBuildable | ExitCode::Different => 1,
            ExitCode::Wrong => 2,
            ExitCode::Failed => 3,
        };
        number.into()
    }
}
