//! From YAML paths to places in the file.

use super::node::{Body, Entry, Node};
use super::source::Place;

/// Answers where a path such as `racks.contents.1[3]` stands in the design file.
///
/// Promise: every key and list item that is written has a place; aliases stand where they are
/// used. Not promised: anything about values that were left to their defaults, but
/// [`Places::nearest`] finds the key that they would have been written under.
#[derive(Clone, Debug)]
pub struct Places {
    root: Node,
}

/// What a path leads to: the entry, if a key is its last step, and the value.
struct Found<'a> {
    entry: Option<&'a Entry>,
    value: &'a Node,
}

impl Places {
    pub(super) fn new(root: Node) -> Places {
        Places { root }
    }

    /// The place of the path's last key; for a list item, that of its value.
    pub fn key(&self, path: &str) -> Option<Place> {
        let found = find(&self.root, path)?;
        Some(found.entry.map_or(found.value.place, |entry| entry.key_place))
    }

    /// The place of the value; for a block of keys or a list, its first character.
    pub fn value(&self, path: &str) -> Option<Place> {
        Some(find(&self.root, path)?.value.place)
    }

    /// The scalar as written, without quotes.
    pub fn text(&self, path: &str) -> Option<&str> {
        find(&self.root, path)?.value.text()
    }

    /// What is written in the mapping at a path, usable or not.
    pub(super) fn entries(&self, path: &str) -> &[Entry] {
        find(&self.root, path).map(|found| found.value.entries()).unwrap_or_default()
    }

    /// The path itself if it is written, or else the nearest one above it that is; with the place
    /// of a scalar's value, or of the key of anything larger. `None` if not even the first key is
    /// written.
    pub fn nearest(&self, path: &str) -> Option<(String, Place)> {
        let mut path = path;
        loop {
            if let Some(found) = find(&self.root, path).filter(|_| !path.is_empty()) {
                let scalar = matches!(found.value.body, Body::Scalar(_));
                let key = found.entry.filter(|_| !scalar).map(|entry| entry.key_place);
                return Some((path.to_owned(), key.unwrap_or(found.value.place)));
            }
            path = &path[..path.rfind(['.', '['])?];
        }
    }
}

fn find<'a>(node: &'a Node, path: &str) -> Option<Found<'a>> {
    if path.is_empty() {
        return Some(Found { entry: None, value: node });
    }
    match &node.body {
        Body::Scalar(_) => None,
        Body::Sequence(items) => {
            let (index, rest) = path.strip_prefix('[')?.split_once(']')?;
            let item = items.get(index.parse::<usize>().ok()?)?;
            find(item, rest.strip_prefix('.').unwrap_or(rest))
        }
        // Keys may hold dots and brackets themselves, so the keys decide how far one reaches.
        Body::Mapping(entries) => entries.iter().find_map(|entry| {
            let rest = path.strip_prefix(entry.key.as_str())?;
            if rest.is_empty() {
                return Some(Found { entry: Some(entry), value: &entry.value });
            }
            if !rest.starts_with(['.', '[']) {
                return None;
            }
            find(&entry.value, rest.strip_prefix('.').unwrap_or(rest))
        }),
    }
}
