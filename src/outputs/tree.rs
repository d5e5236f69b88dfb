//! The whole output as named bytes.

use std::collections::BTreeMap;
use std::fmt;

use serde_json::{Value, json};

use super::sha256::sha256;

/// Where the list of files lies, and what marks a folder as pibuild's.
pub const MANIFEST: &str = "manifest.json";

/// Every file of one output, by path.
///
/// Paths are relative, with `/` between folders, and work on every common file system. The order
/// is that of the paths, whatever the order of adding.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tree {
    entries: BTreeMap<String, Entry>,
}

/// One file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// What it is, in a few words for the manifest.
    pub about: String,
    /// Its content.
    pub bytes: Vec<u8>,
}

/// A path that no output may have.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BadPath {
    path: String,
    why: &'static str,
}

impl fmt::Display for BadPath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "`{}` cannot be the path of an output: {}", self.path.escape_debug(), self.why)
    }
}

impl std::error::Error for BadPath {}

impl Tree {
    /// A tree without files.
    pub fn new() -> Tree {
        Tree::default()
    }

    /// Adds a file; an absolute, climbing or repeated path is refused, and so is one that would
    /// need another file to be a folder.
    pub fn add(
        &mut self,
        path: impl Into<String>,
        about: impl Into<String>,
        bytes: impl Into<Vec<u8>>,
    ) -> Result<(), BadPath> {
        let path = path.into();
        if let Some(why) = self.objection(&path) {
            return Err(BadPath { path, why });
        }
        self.entries.insert(path, Entry { about: about.into(), bytes: bytes.into() });
        Ok(())
    }

    /// Adds the manifest, which lists everything added so far. The last step: without it
    /// [`swap_in`](super::swap_in) refuses the tree.
    pub fn seal(&mut self, design_sha256: &str, version: &str) -> Result<(), BadPath> {
        let manifest = self.manifest(design_sha256, version);
        self.add(MANIFEST, "every file of this folder", manifest)
    }

    /// The text of `manifest.json`: each file but the manifest itself, which cannot hold its own
    /// hash.
    pub fn manifest(&self, design_sha256: &str, version: &str) -> Vec<u8> {
        let files: Vec<Value> = self
            .files()
            .filter(|(path, _)| *path != MANIFEST)
            .map(|(path, entry)| {
                json!({
                    "path": path,
                    "about": entry.about,
                    "bytes": entry.bytes.len(),
                    "sha256": sha256(&entry.bytes),
                })
            })
            .collect();
        let manifest =
            json!({ "design_sha256": design_sha256, "version": version, "files": files });
        format!("{manifest:#}\n").into_bytes()
    }

    /// The files, ordered by path.
    pub fn files(&self) -> impl Iterator<Item = (&str, &Entry)> {
        self.entries.iter().map(|(path, entry)| (path.as_str(), entry))
    }

    /// The file at `path`.
    pub fn get(&self, path: &str) -> Option<&Entry> {
        self.entries.get(path)
    }

    fn objection(&self, path: &str) -> Option<&'static str> {
        if let Some(why) = path.split('/').find_map(objection_to_name) {
            return Some(why);
        }
        if self.entries.contains_key(path) {
            return Some("there is one already");
        }
        let below = format!("{path}/");
        if self.entries.range(below.clone()..).next().is_some_and(|(p, _)| p.starts_with(&below)) {
            return Some("it is a folder already");
        }
        let mut folders = path.match_indices('/').map(|(end, _)| &path[..end]);
        folders
            .any(|folder| self.entries.contains_key(folder))
            .then_some("one of its folders is a file already")
    }
}

/// Stricter than Linux needs, since people unpack outputs on other systems too.
fn objection_to_name(name: &str) -> Option<&'static str> {
    match name {
        "" => Some("it is absolute, or has an empty name in it"),
        "." | ".." => Some("it climbs or stays in place"),
        _ if name.chars().any(|c| c.is_control() || r#"\:*?"<>|"#.contains(c)) => {
            Some("a character in it is not allowed in file names everywhere")
        }
        _ if name.ends_with(['.', ' ']) => Some("a name in it ends with a dot or a space"),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_come_in_the_order_of_their_paths() {
        let mut tree = Tree::new();
        tree.add("parts/caddy.stl", "a caddy", "solid").unwrap();
        tree.add("checks.md", "the verdict", "fine").unwrap();
        let paths: Vec<&str> = tree.files().map(|(path, _)| path).collect();
        assert_eq!(paths, ["checks.md", "parts/caddy.stl"]);
    }

    #[test]
    fn the_manifest_lists_every_file_but_itself() {
        let mut tree = Tree::new();
        tree.add("checks.md", "the verdict", "fine").unwrap();
        tree.seal("00ff", "0.1.0").unwrap();
        assert_eq!(
            std::str::from_utf8(&tree.get(MANIFEST).unwrap().bytes).unwrap(),
            r#"{
  "design_sha256": "00ff",
  "version": "0.1.0",
  "files": [
    {
      "path": "checks.md",
      "about": "the verdict",
      "bytes": 4,
      "sha256": "HASH"
    }
  ]
}
"#
            .replace("HASH", &sha256(b"fine"))
        );
    }

    #[test]
    fn paths_stay_inside_and_fit_every_file_system() {
        for path in
            ["", "/etc/passwd", "../up", "a/../b", "a//b", "a/", ".", "c:\\x", "a\nb", "nul.", "a?"]
        {
            assert!(Tree::new().add(path, "", "").is_err(), "{path:?} was taken");
        }
    }

    #[test]
    fn a_path_is_a_file_or_a_folder_and_there_once() {
        let mut tree = Tree::new();
        tree.add("cut/rail.svg", "", "").unwrap();
        tree.add("cut-list.csv", "", "").unwrap();
        for path in ["cut/rail.svg", "cut", "cut/rail.svg/x"] {
            assert!(tree.add(path, "", "").is_err(), "{path:?} was taken");
        }
        tree.add("cut/rail.sv", "", "").unwrap();
    }
}
