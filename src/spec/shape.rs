//! The document against the JSON Schema: keys, shapes, words, units, limits.
//!
//! Promise: every mistake is reported, with its place, in one run; entries with a mistake are
//! marked as dropped, and what remains deserialises. Not promised: anything about how keys relate
//! to each other (see [`super::meaning`]).

mod scalar;

use serde_json::Value;

use super::code;
use super::diagnostic::Diagnostic;
use super::index::shortened;
use super::nearest::nearest;
use super::node::{Body, Entry, Node, Path, ScalarKind};
use super::source::Place;
use super::view::View;

/// What the walk found.
#[derive(Default)]
pub(super) struct Shape {
    pub mistakes: Vec<Diagnostic>,
    /// Paths of entries that later stages do not see.
    pub dropped: Vec<String>,
    /// Catalogue ids that are used, for the check against the catalogue.
    pub ids: Vec<IdUse>,
    /// False if nothing can be made of the document.
    pub usable: bool,
}

/// A catalogue id in the document.
pub(super) struct IdUse {
    pub path: String,
    pub place: Place,
    /// The section of the catalogue, such as `boards`.
    pub section: &'static str,
    pub id: String,
}

/// Checks a tree against a schema; `root` is the whole schema, for references.
pub(super) fn check(root: &'static Value, schema: &'static Value, tree: &mut Node) -> Shape {
    let mut walk = Walk { shape: Shape::default(), path: Path::default(), key: None };
    let usable = walk.node(&View::new(root, schema), tree);
    walk.shape.usable = usable;
    walk.shape
}

struct Walk {
    shape: Shape,
    path: Path,
    /// Where the key of the present value stands, if it has one.
    key: Option<Place>,
}

impl Walk {
    /// Checks a value; false if it cannot be used, which has then been reported.
    fn node(&mut self, view: &View<'static>, node: &mut Node) -> bool {
        if let Body::Scalar(scalar) = &node.body {
            if scalar.kind == ScalarKind::Null {
                return self.missing_value(node);
            }
            if matches!(scalar.kind, ScalarKind::Float(number) if !number.is_finite()) {
                let message = format!("`{}` is not a finite number", shortened(&scalar.text));
                let found = self.mistake(code::NOT_FINITE, message);
                return self.refuse(found.at(node.place).label("a number is wanted"));
            }
        }
        if let Some(branches) = view.branches() {
            return self.alternatives(&branches, node);
        }
        let words = view.words();
        if !words.is_empty() {
            return self.word(&words, node);
        }
        if view.text("x-pibuild-quantity").is_some() {
            return self.quantity(view, node);
        }
        if !view.fits(node) {
            return self.wrong_type(view, node);
        }
        match &mut node.body {
            Body::Mapping(entries) => self.mapping(view, entries),
            Body::Sequence(items) => {
                let place = node.place;
                self.sequence(view, items, place)
            }
            Body::Scalar(_) => self.scalar(view, node),
        }
    }

    fn alternatives(&mut self, branches: &[View<'static>], node: &mut Node) -> bool {
        let words: Vec<&str> = branches.iter().flat_map(View::words).collect();
        if let Body::Scalar(scalar) = &node.body
            && words.contains(&scalar.text.as_str())
        {
            return true;
        }
        let others = || branches.iter().filter(|branch| branch.words().is_empty());
        let Some(branch) = others().find(|branch| branch.fits(node)).or_else(|| others().next())
        else {
            return self.word(&words, node);
        };
        let before = self.shape.mistakes.len();
        let usable = self.node(branch, node);
        if let (Some(word), Body::Scalar(scalar)) = (words.first(), &node.body) {
            for mistake in self.shape.mistakes.iter_mut().skip(before) {
                if nearest(&scalar.text, [*word]).is_some() {
                    mistake.label = format!("did you mean `{word}`?");
                }
                mistake.notes.push(format!("the word `{word}` is accepted, too"));
            }
        }
        usable
    }

    fn mapping(&mut self, view: &View<'static>, entries: &mut [Entry]) -> bool {
        let owner = self.key;
        let mut usable = true;
        let required = view.required();
        for entry in entries.iter_mut() {
            self.path.key(&entry.key);
            self.key = Some(entry.key_place);
            let good = self.entry(view, entry);
            if !good {
                entry.dropped = true;
                self.shape.dropped.push(self.path.as_str().to_owned());
                usable &= !required.contains(&entry.key.as_str());
            }
            self.path.leave();
        }
        self.key = owner;
        let present: Vec<&str> = entries.iter().map(|entry| entry.key.as_str()).collect();
        for name in required.into_iter().filter(|name| !present.contains(name)) {
            usable = self.missing_key(view, name, entries);
        }
        usable
    }

    fn entry(&mut self, view: &View<'static>, entry: &mut Entry) -> bool {
        let property = view.properties().and_then(|properties| properties.get(&entry.key));
        if let Some(property) = property {
            // In `{ value: …, source: … }` the limits of the key are those of its value.
            let cited = entry.key == "value"
                && view.properties().is_some_and(|p| p.contains_key("unverified"));
            let below = if cited { view.within(property) } else { view.below(property) };
            return self.node(&below, &mut entry.value);
        }
        if let Some((values, numbered)) = view.dictionary() {
            if numbered && !entry.numeric {
                let message = format!("`{}` is not a rack's number", shortened(&entry.key));
                let found = self.mistake(code::KEY, message).at(entry.key_place);
                return self.refuse(found.label("racks are numbered 1, 2, … without quotes"));
            }
            if !numbered && entry.numeric {
                let message = format!("`{}` is a number, and a name is wanted", entry.key);
                let found = self.mistake(code::KEY, message).at(entry.key_place);
                return self.refuse(found.label("put it in quotes"));
            }
            return self.node(&values, &mut entry.value);
        }
        self.unknown_key(view, entry)
    }

    fn unknown_key(&mut self, view: &View<'static>, entry: &Entry) -> bool {
        let full = self.path.as_str().to_owned();
        self.path.leave();
        let owner = self.owner();
        self.path.key(&entry.key);
        let keys = || view.properties().into_iter().flatten().map(|(name, _)| name.as_str());
        let label = match nearest(&entry.key, keys()) {
            Some(near) => format!("did you mean `{near}`?"),
            None => "not known here".to_owned(),
        };
        let bare = owner.trim_matches('`').to_owned();
        let listed: Vec<&str> = keys().collect();
        let message = format!("`{}` is not a key of {owner}", shortened(&entry.key));
        let found = Diagnostic::new(code::UNKNOWN_KEY, &full, message)
            .at(entry.key_place)
            .label(label)
            .note(format!("{bare} takes: {}", listed.join(", ")));
        self.refuse(found)
    }

    fn missing_key(&mut self, view: &View<'static>, name: &str, entries: &[Entry]) -> bool {
        let at = self.key.or_else(|| entries.first().map(|entry| entry.key_place));
        let property = view.properties().and_then(|properties| properties.get(name));
        let about =
            property.map(|schema| view.below(schema)).and_then(|key| key.text("description"));
        let owner = self.owner();
        self.path.key(name);
        let mut found = self.mistake(code::MISSING_KEY, format!("{owner} needs `{name}`"));
        self.path.leave();
        found = found.at(at).label(format!("add `{name}:`"));
        if let Some(about) = about {
            found = found.note(format!("{name}: {about}"));
        }
        self.refuse(found)
    }

    fn sequence(&mut self, view: &View<'static>, items: &mut [Node], place: Place) -> bool {
        let count = |keyword| view.get(keyword).and_then(Value::as_u64);
        let length = items.len() as u64;
        let mut usable = true;
        let (least, most) = (count("minItems"), count("maxItems"));
        if least.is_some_and(|least| length < least) || most.is_some_and(|most| length > most) {
            let wanted = match (least, most) {
                (Some(least), Some(most)) if least == most => format!("{least} values"),
                (Some(least), None) => format!("at least {least} values"),
                (_, most) => format!("at most {} values", most.unwrap_or_default()),
            };
            let message = format!("`{}` has {length} values", self.path.as_str());
            let found = self.mistake(code::TYPE, message).at(self.key.unwrap_or(place));
            usable = self.refuse(found.label(format!("{wanted} are wanted")));
        }
        let Some(schema) = view.get("items") else { return usable };
        let view = view.within(schema);
        let owner = self.key.take();
        for (index, item) in items.iter_mut().enumerate() {
            self.path.index(index);
            usable &= self.node(&view, item);
            self.path.leave();
        }
        self.key = owner;
        usable
    }

    /// A list or a group in messages: the path in backquotes, or `a design`.
    fn owner(&self) -> String {
        match self.path.as_str() {
            "" => "a design".to_owned(),
            path => format!("`{path}`"),
        }
    }

    fn missing_value(&mut self, node: &Node) -> bool {
        let message = format!("`{}` has no value", self.path.as_str());
        let found = self.mistake(code::MISSING_VALUE, message).at(self.key.unwrap_or(node.place));
        self.refuse(found.label("write a value, or leave the key out"))
    }

    fn wrong_type(&mut self, view: &View<'static>, node: &Node) -> bool {
        let (wanted, given) = (view.noun(), node.noun());
        let at = match node.body {
            Body::Scalar(_) => node.place,
            _ => self.key.unwrap_or(node.place),
        };
        let owner = match self.path.as_str() {
            "" => "a design file".to_owned(),
            path => format!("`{path}`"),
        };
        let found = self.mistake(code::TYPE, format!("{owner} takes {wanted}, not {given}")).at(at);
        let quotes = matches!(&node.body, Body::Scalar(s) if s.plain) && view.takes("string");
        let label = if quotes { "put it in quotes" } else { "of the wrong type" };
        self.refuse(found.label(label))
    }

    /// A diagnostic about the present path.
    fn mistake(&self, code: &'static str, message: impl Into<String>) -> Diagnostic {
        Diagnostic::new(code, self.path.as_str(), message)
    }

    /// Reports, and says that the value cannot be used.
    fn refuse(&mut self, found: Diagnostic) -> bool {
        if self.shape.mistakes.len() < super::MOST_MISTAKES {
            self.shape.mistakes.push(found);
        }
        false
    }
}
