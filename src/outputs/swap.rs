//! Puts an output in place, whole or not at all.

use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

use super::carry_over::carry_over;
use super::exchange::exchange;
use super::staging::{Staging, remove_tree};
use super::standing::Standing;
use super::swap_error::{Doing, SwapError};
use super::tree::{MANIFEST, Tree};

/// Would [`swap_in`] take `target` as it stands? For those who have much to do before they have a tree.
pub fn may_swap_in(target: &Path) -> Result<(), SwapError> {
    Standing::of(&real_place(target)?).map(|_| ())
}

/// Makes `target` a folder with exactly the files of `tree`, and those that a user has added to
/// the previous output there.
///
/// `target` may be missing, empty, or an output of an earlier run; anything else is refused. If it
/// is a link to a folder, that folder is replaced and the link stays. Missing parents are made.
/// On an error the previous output is as it was.
pub fn swap_in(target: &Path, tree: &Tree) -> Result<(), SwapError> {
    if tree.get(MANIFEST).is_none() {
        // Without it, the next run would take its own output for a stranger's folder.
        return Err(SwapError::refused(target, "was to be filled from a tree without a manifest"));
    }
    // Before anything is made: a refusal must leave no trace.
    may_swap_in(target)?;
    let target = &real_place(target)?;
    if let Some(parent) = target.parent() {
        fs::create_dir_all(parent).doing("create the folder", parent)?;
    }
    let staging = Staging::claim(target)?;
    // Again, now that no other run can change it.
    let standing = Standing::of(target)?;
    let new = staging.new_tree();
    staging.write(tree)?;
    match standing {
        Standing::Nothing => put(&new, target),
        Standing::EmptyFolder => {
            keep_permissions(target, &new)?;
            put(&new, target)
        }
        Standing::Ours(listed) => replace(&staging, target, listed),
    }
}

/// The place behind all links; its parents may still be missing.
pub(super) fn real_place(target: &Path) -> Result<PathBuf, SwapError> {
    let place = match fs::canonicalize(target) {
        Ok(place) => place,
        Err(error) if error.kind() != ErrorKind::NotFound => {
            return Err(SwapError::io("reach", target, error));
        }
        Err(_) if target.is_symlink() => {
            return Err(SwapError::refused(target, "is a link that leads nowhere; remove it"));
        }
        Err(_) => std::path::absolute(target).doing("reach", target)?,
    };
    if place.file_name().is_none() {
        return Err(SwapError::refused(
            target,
            "cannot be an output folder; choose one with a name, with -o DIR",
        ));
    }
    Ok(place)
}

/// Moves the new tree to where nothing is, or an empty folder. A plain rename is enough: the
/// system refuses to rename a folder over anything else.
fn put(new: &Path, target: &Path) -> Result<(), SwapError> {
    sync_folders(new)?;
    fs::rename(new, target).doing("move the new output to", target)?;
    sync_parent(target);
    Ok(())
}

/// Exchanges the new tree with the previous output, whose users' files come along.
fn replace(
    staging: &Staging,
    target: &Path,
    mut listed: BTreeSet<PathBuf>,
) -> Result<(), SwapError> {
    let new = staging.new_tree();
    let aside = staging.old_tree();
    listed.extend(carry_over(target, &listed, &new)?);
    keep_permissions(target, &new)?;
    sync_folders(&new)?;
    let old = exchange(&new, target, &aside).doing("exchange the new output with", target)?;
    sync_parent(target);
    // A file that a user saved since the first look. If it cannot be kept, nothing has happened.
    if let Err(error) = carry_over(old, &listed, target) {
        exchange(old, target, &new).doing("put the previous output back to", target)?;
        return Err(error);
    }
    // The new output stands; what cannot be removed of the old one now, the next run removes.
    let _ = remove_tree(old);
    Ok(())
}

fn keep_permissions(from: &Path, to: &Path) -> Result<(), SwapError> {
    let permissions = fs::metadata(from).doing("look at", from)?.permissions();
    fs::set_permissions(to, permissions).doing("set permissions of", to)
}

/// Names are on disk only when their folder is.
fn sync_folders(folder: &Path) -> Result<(), SwapError> {
    for entry in fs::read_dir(folder).doing("list", folder)? {
        let entry = entry.doing("list", folder)?;
        if entry.file_type().doing("look at", &entry.path())?.is_dir() {
            sync_folders(&entry.path())?;
        }
    }
    sync_folder(folder).doing("write", folder)
}

/// The exchange has happened already; if its record reaches the disk late, a power cut shows the
/// previous output, which is whole too.
fn sync_parent(target: &Path) {
    if let Some(parent) = target.parent() {
        let _ = sync_folder(parent);
    }
}

/// Some file systems have no such notion for folders; that is no reason to fail.
pub(super) fn sync_folder(folder: &Path) -> io::Result<()> {
    match File::open(folder)?.sync_all() {
        Err(error) if matches!(error.kind(), ErrorKind::InvalidInput | ErrorKind::Unsupported) => {
            Ok(())
        }
        synced => synced,
    }
}
