//! A YAML file as a tree in which everything knows its place.

use std::fmt::Write;

use super::source::Place;

/// A value and where it stands.
#[derive(Clone, Debug)]
pub(super) struct Node {
    /// A scalar's own text; a collection's first character.
    pub place: Place,
    pub body: Body,
}

/// What a node is.
#[derive(Clone, Debug)]
pub(super) enum Body {
    Scalar(Scalar),
    Sequence(Vec<Node>),
    Mapping(Vec<Entry>),
}

/// A key and its value.
#[derive(Clone, Debug)]
pub(super) struct Entry {
    pub key: String,
    pub key_place: Place,
    /// The key is a whole number, not text in quotes that looks like one.
    pub numeric: bool,
    pub value: Node,
    /// Something is wrong with it, it has been reported, and later stages go on without it.
    pub dropped: bool,
}

/// A scalar as written, and what YAML takes it for.
#[derive(Clone, Debug)]
pub(super) struct Scalar {
    pub text: String,
    pub plain: bool,
    pub kind: ScalarKind,
}

/// What YAML takes a scalar for.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum ScalarKind {
    Null,
    Bool,
    Whole(i128),
    Float(f64),
    Text,
}

impl Node {
    /// What the node is, in a message.
    pub fn noun(&self) -> &'static str {
        match &self.body {
            Body::Sequence(_) => "a list",
            Body::Mapping(_) => "a group of keys",
            Body::Scalar(scalar) => match scalar.kind {
                ScalarKind::Null => "nothing",
                ScalarKind::Bool => "true or false",
                ScalarKind::Whole(_) | ScalarKind::Float(_) => "a number",
                ScalarKind::Text => "text",
            },
        }
    }

    /// The text as written, if it is a scalar.
    pub fn text(&self) -> Option<&str> {
        match &self.body {
            Body::Scalar(scalar) => Some(&scalar.text),
            _ => None,
        }
    }

    /// The entries, if it is a mapping.
    pub fn entries(&self) -> &[Entry] {
        match &self.body {
            Body::Mapping(entries) => entries,
            _ => &[],
        }
    }

    /// The value of a key, if it is a mapping and has it.
    pub fn get(&self, key: &str) -> Option<&Node> {
        self.entries().iter().find(|entry| entry.key == key).map(|entry| &entry.value)
    }
}

/// `racks.contents.1[3]`: one step after another.
#[derive(Clone, Debug, Default)]
pub(super) struct Path(String, Vec<usize>);

impl Path {
    pub fn key(&mut self, key: &str) {
        self.1.push(self.0.len());
        if !self.0.is_empty() {
            self.0.push('.');
        }
        // Long keys are hostile; sixty-four levels of them would fill the memory.
        self.0.extend(key.chars().take(200));
    }

    pub fn index(&mut self, index: usize) {
        self.1.push(self.0.len());
        // Writing to a string cannot fail.
        let _ = write!(self.0, "[{index}]");
    }

    pub fn leave(&mut self) {
        if let Some(length) = self.1.pop() {
            self.0.truncate(length);
        }
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}
