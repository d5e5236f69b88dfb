//! The folder beside the target in which the new output is written.
//!
//! `.<name>.pibuild` holds `lock`, `new` (the tree being written; after the exchange the previous
//! one, on its way out) and, only where the file system cannot exchange folders, `old`.
//!
//! Whoever holds the lock on `lock` owns the folder. The system gives a dead run's lock back, so
//! that what a killed run left is simply found, unlocked, and cleared by the next one; and of two
//! runs at once, the second waits.

use std::ffi::OsString;
use std::fs::{self, File, TryLockError};
use std::io::{self, ErrorKind, Write};
use std::path::{Path, PathBuf};
use std::thread;
use std::time::{Duration, Instant};

use super::swap_error::{Doing, SwapError};
use super::tree::Tree;

const LOCK: &str = "lock";
const NEW: &str = "new";
const OLD: &str = "old";

/// How long a run waits for another one that writes the same output.
const PATIENCE: Duration = Duration::from_secs(60);

/// A staging folder that is ours until it is dropped, and gone afterwards.
#[derive(Debug)]
pub(super) struct Staging {
    folder: PathBuf,
    _lock: File,
}

impl Staging {
    /// Takes the staging folder of `target`, waiting for a living run and clearing up after dead
    /// ones. `target` must have a parent that exists.
    pub(super) fn claim(target: &Path) -> Result<Staging, SwapError> {
        Staging::try_claim_for(target, PATIENCE)?.ok_or_else(|| {
            SwapError::refused(
                target,
                "is being written by another pibuild that does not finish; wait for it or \
                 stop it, then run again",
            )
        })
    }

    /// The same; `None` if a living run has not let go of it by then.
    pub(super) fn try_claim_for(
        target: &Path,
        patience: Duration,
    ) -> Result<Option<Staging>, SwapError> {
        let folder = place(target);
        let deadline = Instant::now() + patience;
        let lock = loop {
            if let Some(lock) = try_claim(&folder)? {
                break lock;
            }
            if Instant::now() > deadline {
                return Ok(None);
            }
            thread::sleep(Duration::from_millis(20));
        };
        let staging = Staging { folder, _lock: lock };
        staging.clear_up_after_the_dead(target)?;
        Ok(Some(staging))
    }

    /// Where the new tree is written.
    pub(super) fn new_tree(&self) -> PathBuf {
        self.folder.join(NEW)
    }

    /// Where the previous output waits if it cannot be exchanged.
    pub(super) fn old_tree(&self) -> PathBuf {
        self.folder.join(OLD)
    }

    /// Writes every file, each safely on disk before the next.
    pub(super) fn write(&self, tree: &Tree) -> Result<(), SwapError> {
        let root = self.new_tree();
        fs::create_dir(&root).doing("create the folder", &root)?;
        for (path, entry) in tree.files() {
            let path = root.join(path);
            if let Some(folder) = path.parent() {
                fs::create_dir_all(folder).doing("create the folder", folder)?;
            }
            let write = || -> io::Result<()> {
                let mut file = File::create_new(&path)?;
                file.write_all(&entry.bytes)?;
                file.sync_all()
            };
            write().doing("write", &path)?;
        }
        Ok(())
    }

    /// A run that died between the two renames of the fallback left the previous output in `old`:
    /// it goes back. Anything else is scrap.
    fn clear_up_after_the_dead(&self, target: &Path) -> Result<(), SwapError> {
        let old = self.old_tree();
        if old.exists() && !target.exists() {
            fs::rename(&old, target).doing("put the previous output back to", target)?;
        }
        for scrap in [old, self.new_tree()] {
            remove_tree(&scrap).doing("clear what an earlier run left in", &scrap)?;
        }
        Ok(())
    }
}

impl Drop for Staging {
    /// Leaves nothing behind, except an `old` that could not be put back: it is the only copy.
    /// What cannot be removed now is removed by the next run.
    fn drop(&mut self) {
        let _ = remove_tree(&self.new_tree());
        // The lock goes last, and only by name: a run that waits for it sees that the name is
        // gone, and starts afresh.
        let _ = fs::remove_file(self.folder.join(LOCK));
        let _ = fs::remove_dir(&self.folder);
    }
}

fn place(target: &Path) -> PathBuf {
    let mut name = OsString::from(".");
    name.push(target.file_name().unwrap_or_default());
    name.push(".pibuild");
    target.with_file_name(name)
}

/// The lock, or `None` if another run holds it or has just let go of it.
fn try_claim(folder: &Path) -> Result<Option<File>, SwapError> {
    match fs::create_dir(folder) {
        Err(error) if error.kind() == ErrorKind::AlreadyExists => refuse_foreign(folder)?,
        created => created.doing("create the folder", folder)?,
    }
    let path = folder.join(LOCK);
    let lock = match File::options().create(true).truncate(false).write(true).open(&path) {
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
        opened => opened.doing("write", &path)?,
    };
    match lock.try_lock() {
        Ok(()) if is_still_at(&lock, &path) => Ok(Some(lock)),
        Ok(()) | Err(TryLockError::WouldBlock) => Ok(None),
        Err(TryLockError::Error(error)) => Err(SwapError::io("lock", &path, error)),
    }
}

/// A folder of that name with other things in it is not our staging folder.
fn refuse_foreign(folder: &Path) -> Result<(), SwapError> {
    let refused = || {
        SwapError::refused(folder, "is in the way (pibuild stages its output there); move it away")
    };
    let found = match fs::symlink_metadata(folder) {
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(()),
        found => found.doing("look at", folder)?,
    };
    if !found.is_dir() {
        return Err(refused());
    }
    let names = match fs::read_dir(folder) {
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(()),
        listed => listed.doing("list", folder)?,
    };
    for name in names {
        let name = name.doing("list", folder)?.file_name();
        if ![LOCK, NEW, OLD].iter().any(|own| name == *own) {
            return Err(refused());
        }
    }
    Ok(())
}

/// False if the run that held the lock has removed the file since it was opened here.
#[cfg(unix)]
fn is_still_at(lock: &File, path: &Path) -> bool {
    use std::os::unix::fs::MetadataExt;
    let identity = |found: fs::Metadata| (found.dev(), found.ino());
    match (lock.metadata(), fs::symlink_metadata(path)) {
        (Ok(held), Ok(named)) => identity(held) == identity(named),
        _ => false,
    }
}

/// Other systems do not remove files that are open.
#[cfg(not(unix))]
fn is_still_at(_: &File, path: &Path) -> bool {
    path.exists()
}

/// Removes a folder and all in it, folders without write permission included; nothing there is
/// fine.
pub(super) fn remove_tree(root: &Path) -> io::Result<()> {
    match fs::remove_dir_all(root) {
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(()),
        Err(error) if error.kind() == ErrorKind::PermissionDenied => {
            unlock_folders(root)?;
            fs::remove_dir_all(root)
        }
        removed => removed,
    }
}

#[cfg(unix)]
fn unlock_folders(folder: &Path) -> io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    fs::set_permissions(folder, fs::Permissions::from_mode(0o700))?;
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        if entry.file_type()?.is_dir() {
            unlock_folders(&entry.path())?;
        }
    }
    Ok(())
}

#[cfg(not(unix))]
fn unlock_folders(_: &Path) -> io::Result<()> {
    Ok(())
}
