//! Two folders change places.

use std::fs;
use std::io;
use std::path::Path;

/// Exchanges the folders `new` and `target` in one atomic step, or, on a file system that cannot,
/// in two renames by way of `aside`. Afterwards the previous `target` is at the place returned.
///
/// If it fails, everything is where it was.
pub(super) fn exchange<'a>(new: &'a Path, target: &Path, aside: &'a Path) -> io::Result<&'a Path> {
    match at_once(new, target) {
        Ok(()) => Ok(new),
        Err(error) if is_not_offered(&error) => in_two_steps(new, target, aside).map(|()| aside),
        Err(error) => Err(error),
    }
}

#[cfg(any(target_os = "linux", target_os = "android", target_vendor = "apple"))]
fn at_once(new: &Path, target: &Path) -> io::Result<()> {
    use rustix::fs::{CWD, RenameFlags, renameat_with};
    Ok(renameat_with(CWD, new, CWD, target, RenameFlags::EXCHANGE)?)
}

#[cfg(not(any(target_os = "linux", target_os = "android", target_vendor = "apple")))]
fn at_once(_: &Path, _: &Path) -> io::Result<()> {
    Err(io::ErrorKind::Unsupported.into())
}

/// Old kernels and some file systems (NFS, some FUSE) answer so; the kinds cover `EINVAL`,
/// `ENOSYS` and `EOPNOTSUPP`.
fn is_not_offered(error: &io::Error) -> bool {
    matches!(error.kind(), io::ErrorKind::InvalidInput | io::ErrorKind::Unsupported)
}

fn in_two_steps(new: &Path, target: &Path, aside: &Path) -> io::Result<()> {
    fs::rename(target, aside)?;
    fs::rename(new, target).inspect_err(|_| {
        // If even this fails, the next run finds it aside and puts it back.
        let _ = fs::rename(aside, target);
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folder_with(path: &Path, word: &str) {
        fs::create_dir(path).unwrap();
        fs::write(path.join("word"), word).unwrap();
    }

    fn word(path: &Path) -> String {
        fs::read_to_string(path.join("word")).unwrap()
    }

    #[test]
    fn the_new_is_in_place_and_the_old_at_hand() {
        let scratch = tempfile::tempdir().unwrap();
        let at = |name: &str| scratch.path().join(name);
        folder_with(&at("target"), "old");
        folder_with(&at("new"), "new");
        let (new, aside) = (at("new"), at("aside"));
        let old = exchange(&new, &at("target"), &aside).unwrap();
        assert_eq!((word(&at("target")), word(old)), ("new".to_owned(), "old".to_owned()));
    }

    #[test]
    fn two_steps_do_the_same() {
        let scratch = tempfile::tempdir().unwrap();
        let at = |name: &str| scratch.path().join(name);
        folder_with(&at("target"), "old");
        folder_with(&at("new"), "new");
        in_two_steps(&at("new"), &at("target"), &at("aside")).unwrap();
        assert_eq!((word(&at("target")), word(&at("aside"))), ("new".to_owned(), "old".to_owned()));
    }

    #[test]
    fn two_steps_that_fail_put_the_old_back() {
        let scratch = tempfile::tempdir().unwrap();
        let at = |name: &str| scratch.path().join(name);
        folder_with(&at("target"), "old");
        assert!(in_two_steps(&at("missing"), &at("target"), &at("aside")).is_err());
        assert_eq!(word(&at("target")), "old");
    }
}
