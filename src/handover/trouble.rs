//! What goes wrong between here and a print server.

use std::fmt;

use crate::outputs::SwapError;

/// A sentence that says what happened and what to do; its kind says whether trying again may help.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Trouble {
    /// What the user named is wrong: the address, the key, a job. Trying again is no use.
    Wrong(String),
    /// The machine, the network or the printer failed, and will fail again.
    Failed(String),
    /// It failed, and may work in a moment.
    Passing(String),
}

impl Trouble {
    /// The sentence.
    pub fn text(&self) -> &str {
        match self {
            Trouble::Wrong(text) | Trouble::Failed(text) | Trouble::Passing(text) => text,
        }
    }
}

impl fmt::Display for Trouble {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.text())
    }
}

impl std::error::Error for Trouble {}

impl From<SwapError> for Trouble {
    fn from(problem: SwapError) -> Trouble {
        Trouble::Failed(problem.to_string())
    }
}
