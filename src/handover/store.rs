//! The state on disk.

use std::path::Path;

use super::order::read;
use super::state::State;
use super::trouble::Trouble;
use crate::outputs::Claim;

/// The state of an output folder that nobody else changes meanwhile.
#[derive(Debug)]
pub struct Store {
    claim: Claim,
    written: Vec<u8>,
    /// The state as it is now; on disk after [`Store::save`].
    pub state: State,
}

impl Store {
    /// Takes an output folder; `None` if another run is at work on it. Nothing is written yet.
    pub fn open(folder: &Path) -> Result<Option<Store>, Trouble> {
        let Some(claim) = Claim::of(folder)? else { return Ok(None) };
        let written = read(&claim.target().join(State::FILE))?.unwrap_or_default();
        let state = if written.is_empty() { State::fresh() } else { State::read(&written)? };
        Ok(Some(Store { claim, written, state }))
    }

    /// The state of a folder that another run is at work on.
    pub fn peek(folder: &Path) -> Result<State, Trouble> {
        let bytes = read(&folder.join(State::FILE))?;
        bytes.map_or_else(|| Ok(State::fresh()), |bytes| State::read(&bytes))
    }

    /// Writes the state, if it has changed, and returns when it is safely on disk.
    pub fn save(&mut self) -> Result<(), Trouble> {
        let bytes = self.state.to_bytes();
        if bytes != self.written {
            self.claim.write(State::FILE, &bytes)?;
            self.written = bytes;
        }
        Ok(())
    }
}
