//! A user's own files in an output folder move with it.
//!
//! Notes, photographs, sliced files: whatever the previous manifest does not list is the user's.
//! It is linked into the new tree before the exchange (copied where links are not possible), so
//! that it exists in one of the two trees at every moment.
//!
//! Where the new tree has a file of that name itself, both stay: ours under the name, the user's
//! with `.yours` after it.

use std::collections::BTreeSet;
use std::ffi::OsStr;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use super::swap_error::{Doing, SwapError};

/// Brings each file under `old` that is not in `listed` (paths relative to `old`) to the same
/// place under `new`, and returns the paths of those files.
pub(super) fn carry_over(
    old: &Path,
    listed: &BTreeSet<PathBuf>,
    new: &Path,
) -> Result<Vec<PathBuf>, SwapError> {
    let mut walk = Walk { old, listed, carried: Vec::new() };
    walk.folder(Path::new(""), new)?;
    Ok(walk.carried)
}

struct Walk<'a> {
    old: &'a Path,
    listed: &'a BTreeSet<PathBuf>,
    carried: Vec<PathBuf>,
}

impl Walk<'_> {
    fn folder(&mut self, inside: &Path, to: &Path) -> Result<(), SwapError> {
        let from = self.old.join(inside);
        for entry in fs::read_dir(&from).doing("list", &from)? {
            let entry = entry.doing("list", &from)?;
            let (path, name) = (inside.join(entry.file_name()), entry.file_name());
            let kind = entry.file_type().doing("look at", &entry.path())?;
            if kind.is_dir() {
                self.subfolder(&path, to, &name)?;
            } else if !self.listed.contains(&path) {
                keep(&entry.path(), kind, &free_name(to, &name))?;
                self.carried.push(path);
            }
        }
        Ok(())
    }

    fn subfolder(&mut self, path: &Path, to: &Path, name: &OsStr) -> Result<(), SwapError> {
        let from = self.old.join(path);
        if !to.join(name).is_dir() {
            if !self.has_own_files(path)? {
                return Ok(());
            }
            let made = free_name(to, name);
            fs::create_dir(&made).doing("create the folder", &made)?;
            self.folder(path, &made)?;
            let permissions = fs::metadata(&from).doing("look at", &from)?.permissions();
            return fs::set_permissions(&made, permissions).doing("set permissions of", &made);
        }
        self.folder(path, &to.join(name))
    }

    /// Whether a folder that the new tree lacks is worth making: it is not if all that it held was
    /// ours. A folder that a user made and left empty is.
    fn has_own_files(&self, path: &Path) -> Result<bool, SwapError> {
        let from = self.old.join(path);
        let mut is_empty = true;
        for entry in fs::read_dir(&from).doing("list", &from)? {
            is_empty = false;
            let entry = entry.doing("list", &from)?;
            let inside = path.join(entry.file_name());
            let is_folder = entry.file_type().doing("look at", &entry.path())?.is_dir();
            if if is_folder { self.has_own_files(&inside)? } else { !self.listed.contains(&inside) }
            {
                return Ok(true);
            }
        }
        Ok(is_empty)
    }
}

/// `name`, or `name.yours`, `name.yours-2`, … if that is taken.
fn free_name(folder: &Path, name: &OsStr) -> PathBuf {
    let taken = |path: &Path| path.symlink_metadata().is_ok();
    let mut path = folder.join(name);
    let mut count = 1;
    while taken(&path) {
        let mut yours = name.to_owned();
        yours.push(".yours");
        if count > 1 {
            yours.push(format!("-{count}"));
        }
        path.set_file_name(yours);
        count += 1;
    }
    path
}

/// A second name for the same file keeps its dates and rights and needs no space. Where the file
/// system knows no such thing, a copy does.
fn keep(from: &Path, kind: fs::FileType, to: &Path) -> Result<(), SwapError> {
    if fs::hard_link(from, to).is_ok() {
        return Ok(());
    }
    let copied = if kind.is_symlink() {
        fs::read_link(from).and_then(|goal| symlink(&goal, to))
    } else if kind.is_file() {
        fs::copy(from, to).and_then(|_| fs::File::open(to)?.sync_all())
    } else {
        return Err(SwapError::refused(
            from,
            "is neither a file nor a folder and cannot be carried over to the new output; move it \
             away",
        ));
    };
    copied.doing("carry over", from)
}

#[cfg(unix)]
fn symlink(goal: &Path, at: &Path) -> io::Result<()> {
    std::os::unix::fs::symlink(goal, at)
}

#[cfg(not(unix))]
fn symlink(_: &Path, _: &Path) -> io::Result<()> {
    Err(io::ErrorKind::Unsupported.into())
}
