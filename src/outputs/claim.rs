//! One file of an output folder at a time, for what is kept in it between runs.

use std::fs::{self, File};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::time::Duration;

use super::staging::Staging;
use super::standing::Standing;
use super::swap::{real_place, sync_folder};
use super::swap_error::{Doing, SwapError};

/// Long enough for a run that is just ending.
const PATIENCE: Duration = Duration::from_millis(500);

/// An output folder that nobody else changes until this is dropped: neither another claim nor
/// [`swap_in`](super::swap_in), which waits for it.
#[derive(Debug)]
pub struct Claim {
    target: PathBuf,
    staging: Staging,
}

impl Claim {
    /// Takes the output folder `target`; `None` if another run is at work on it.
    ///
    /// # Errors
    /// It is no output folder of ours, or not to be written to.
    pub fn of(target: &Path) -> Result<Option<Claim>, SwapError> {
        let target = real_place(target)?;
        let Standing::Ours(_) = Standing::of(&target)? else {
            return Err(SwapError::refused(&target, "is no output folder: there is nothing in it"));
        };
        let staging = Staging::try_claim_for(&target, PATIENCE)?;
        Ok(staging.map(|staging| Claim { target, staging }))
    }

    /// Where it is, links followed.
    pub fn target(&self) -> &Path {
        &self.target
    }

    /// Puts a file at `path` in the folder, which stays as it was until the new file is safely on
    /// disk.
    pub fn write(&self, path: &str, bytes: &[u8]) -> Result<(), SwapError> {
        let place = self.target.join(path);
        let folder = place.parent().unwrap_or(&self.target);
        fs::create_dir_all(folder).doing("create the folder", folder)?;
        let new = self.staging.new_tree();
        fs::create_dir_all(&new).doing("create the folder", &new)?;
        let new = new.join("file");
        let write = || {
            let mut file = File::create(&new)?;
            file.write_all(bytes)?;
            file.sync_all()
        };
        write().doing("write", &place)?;
        fs::rename(&new, &place).doing("write", &place)?;
        sync_folder(folder).doing("write", folder)
    }
}
