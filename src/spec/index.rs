//! Text to tree, with places: the first reader of a design file.
//!
//! Promise: whatever gets through here is one document of bounded depth and size, with distinct
//! plain keys, no tags, and no alias that unfolds into more than the file's own limit; the YAML
//! library that types the document sees nothing else. Not promised: what a scalar means (see
//! [`super::load`]).

use std::collections::HashMap;

use saphyr_parser::{Event, Parser, ScalarStyle, Span, StrInput};

use super::code;
use super::diagnostic::Diagnostic;
use super::node::{Body, Entry, Node, Path, Scalar, ScalarKind};
use super::source::{Place, Source};

const DEEPEST: usize = 64;
/// What aliases may unfold into, all together: characters, and sixteen for each node.
const ALIAS_BUDGET: usize = 1 << 20;

/// Reads the text as one YAML document. `Ok(None)` is an empty file.
pub(super) fn index(source: &Source) -> Result<Option<Node>, Vec<Diagnostic>> {
    let mut reader = Reader {
        source,
        parser: Parser::new_from_str(&source.text),
        anchors: HashMap::new(),
        unfolded: 0,
        marked: 0,
        anchored: 0,
        path: Path::default(),
        mistakes: Vec::new(),
    };
    let root = reader.document().map_err(|fatal| {
        let mut mistakes = std::mem::take(&mut reader.mistakes);
        mistakes.push(*fatal);
        mistakes
    })?;
    if reader.mistakes.is_empty() { Ok(root) } else { Err(reader.mistakes) }
}

type Fatal = Box<Diagnostic>;

struct Reader<'a> {
    source: &'a Source,
    parser: Parser<'a, StrInput<'a>>,
    anchors: HashMap<usize, Node>,
    unfolded: usize,
    marked: usize,
    anchored: usize,
    path: Path,
    mistakes: Vec<Diagnostic>,
}

impl<'a> Reader<'a> {
    fn document(&mut self) -> Result<Option<Node>, Fatal> {
        let mut root = None;
        loop {
            let (event, span) = self.next()?;
            match event {
                Event::StreamEnd => return Ok(root),
                Event::DocumentStart(_) if root.is_some() => {
                    let message = "a design file holds one document, and this starts another";
                    let found = Diagnostic::new(code::DOCUMENTS, "", message);
                    return Err(Box::new(found.at(place(span)).label("a second document")));
                }
                Event::StreamStart
                | Event::DocumentStart(_)
                | Event::DocumentEnd
                | Event::Nothing => {}
                other => {
                    let node = self.node(other, span, 0)?;
                    // `---` alone gives an empty scalar: nothing is written.
                    let empty =
                        matches!(&node.body, Body::Scalar(s) if s.plain && s.text.is_empty());
                    root = (!empty).then_some(node);
                }
            }
        }
    }

    fn next(&mut self) -> Result<(Event<'a>, Span), Fatal> {
        match self.parser.next_event() {
            Some(Ok(event)) => Ok(event),
            Some(Err(error)) => {
                let at = Place {
                    line: error.marker().line().max(1),
                    column: error.marker().col() + 1,
                    length: 1,
                };
                Err(Box::new(syntax(self.source, error.info(), at)))
            }
            None => Ok((Event::StreamEnd, Span::default())),
        }
    }

    fn node(&mut self, event: Event<'a>, span: Span, depth: usize) -> Result<Node, Fatal> {
        let mut at = place(span);
        if depth > DEEPEST {
            let message = format!("the file nests deeper than {DEEPEST} levels");
            let found = Diagnostic::new(code::NESTING, self.path.as_str(), message);
            return Err(Box::new(found.at(Place { length: 1, ..at })));
        }
        let (anchor, tag, body) = match event {
            Event::Alias(anchor) => return self.alias(anchor, at),
            Event::Scalar(text, style, anchor, tag) => {
                // Finding the line takes time, and a design has a handful of anchors.
                if (anchor != 0 || tag.is_some()) && self.anchored < 100 {
                    self.anchored += 1;
                    at = after_properties(self.source, at, &text);
                }
                let plain = style == ScalarStyle::Plain;
                if plain {
                    at.length = at.length.min(text.chars().count().max(1));
                }
                if plain && is_endless(&text) {
                    let message = format!("`{}` is too long a number", shortened(&text));
                    let found = Diagnostic::new(code::RANGE, self.path.as_str(), message);
                    self.report(found.at(at).label("put it in quotes if it is text"));
                }
                let kind = ScalarKind::Text;
                (anchor, tag, Body::Scalar(Scalar { text: text.into_owned(), plain, kind }))
            }
            Event::SequenceStart(anchor, tag) => (anchor, tag, self.sequence(depth)?),
            Event::MappingStart(anchor, tag) => (anchor, tag, self.mapping(depth)?),
            _ => return Err(Box::new(syntax(self.source, "a value is missing", at))),
        };
        if let Some(tag) = tag {
            let message = format!("tags such as `{tag}` have no meaning in a design");
            self.report(
                Diagnostic::new(code::TAG, self.path.as_str(), message)
                    .at(at)
                    .label("leave it out"),
            );
        }
        if let Body::Mapping(entries) = &body
            && let Some(first) = entries.first()
            && first.key_place.line == at.line
        {
            at.length = at.length.max(1);
        }
        let node = Node { place: at, body };
        if anchor != 0 {
            // Anchors around anchors are copied again and again.
            self.marked = self.marked.saturating_add(weight(&node));
            if self.marked > 4 * ALIAS_BUDGET {
                let message = "the anchors mark more than a design file may hold";
                let found = Diagnostic::new(code::ALIAS, self.path.as_str(), message);
                return Err(Box::new(found.at(at)));
            }
            self.anchors.insert(anchor, node.clone());
        }
        Ok(node)
    }

    fn alias(&mut self, anchor: usize, at: Place) -> Result<Node, Fatal> {
        let Some(node) = self.anchors.get(&anchor) else {
            // The anchor is known to the parser but not finished: it stands around the alias.
            let message = "an alias cannot stand inside of what it repeats";
            return Err(Box::new(Diagnostic::new(code::ALIAS, self.path.as_str(), message).at(at)));
        };
        self.unfolded = self.unfolded.saturating_add(weight(node));
        if self.unfolded > ALIAS_BUDGET {
            let message = "the aliases unfold into more than a design file may hold";
            return Err(Box::new(
                Diagnostic::new(code::ALIAS, self.path.as_str(), message)
                    .at(at)
                    .label("too much by here"),
            ));
        }
        Ok(Node { place: at, body: node.body.clone() })
    }

    fn sequence(&mut self, depth: usize) -> Result<Body, Fatal> {
        let mut items = Vec::new();
        loop {
            let (event, span) = self.next()?;
            if event == Event::SequenceEnd {
                return Ok(Body::Sequence(items));
            }
            self.path.index(items.len());
            let item = self.node(event, span, depth + 1)?;
            self.path.leave();
            items.push(item);
        }
    }

    fn mapping(&mut self, depth: usize) -> Result<Body, Fatal> {
        let mut entries: Vec<Entry> = Vec::new();
        let mut seen: HashMap<String, Place> = HashMap::new();
        loop {
            let (event, span) = self.next()?;
            if event == Event::MappingEnd {
                return Ok(Body::Mapping(entries));
            }
            let key_node = self.node(event, span, depth + 1)?;
            let key_place = key_node.place;
            let scalar = match key_node.body {
                Body::Scalar(scalar) => scalar,
                other => {
                    self.odd_key(key_place, Node { place: key_place, body: other }.noun());
                    Scalar { text: String::new(), plain: false, kind: ScalarKind::Text }
                }
            };
            let numeric = scalar.plain && is_whole(&scalar.text);
            if scalar.plain && !numeric && is_odd(&scalar.text) {
                self.odd_key(key_place, &format!("`{}`", shortened(&scalar.text)));
            }
            let key = scalar.text;
            self.path.key(&key);
            if let Some(first) = seen.get(&key) {
                let message = format!("`{}` is written twice", shortened(&key));
                let (name, line, column) = (&self.source.name, first.line, first.column);
                self.report(
                    Diagnostic::new(code::DUPLICATE, self.path.as_str(), message)
                        .at(key_place)
                        .label("keep one of the two")
                        .note(format!("it is first written at {name}:{line}:{column}")),
                );
            }
            let (event, span) = self.next()?;
            let value = self.node(event, span, depth + 1)?;
            self.path.leave();
            seen.entry(key.clone()).or_insert(key_place);
            entries.push(Entry { key, key_place, numeric, value, dropped: false });
        }
    }

    fn odd_key(&mut self, at: Place, what: &str) {
        let message = format!("{what} cannot be a key");
        let label = "a key is a name, or a whole number without a sign";
        self.report(Diagnostic::new(code::KEY, self.path.as_str(), message).at(at).label(label));
    }

    fn report(&mut self, found: Diagnostic) {
        if self.mistakes.len() < super::MOST_MISTAKES {
            self.mistakes.push(found);
        }
    }
}

/// A mistake in the YAML itself; tabs in the indentation are the usual reason for the odd ones.
pub(super) fn syntax(source: &Source, reason: &str, at: Place) -> Diagnostic {
    let indented_by_tab = |line: &str| {
        let indent = &line[..line.len() - line.trim_start().len()];
        indent.contains('\t') && !line.trim().is_empty()
    };
    let tab = source.text.lines().enumerate().find(|(_, line)| indented_by_tab(line));
    if let Some((index, line)) = tab {
        let column = line.chars().take_while(|c| *c != '\t').count() + 1;
        let message = "YAML does not take tabs for indentation";
        return Diagnostic::new(code::TAB, "", message)
            .at(Place { line: index + 1, column, length: 1 })
            .label("use spaces");
    }
    let reason = shortened(reason);
    Diagnostic::new(code::SYNTAX, "", format!("this is not YAML: {reason}")).at(at).label("here")
}

fn place(span: Span) -> Place {
    let length = if span.end.line() == span.start.line() {
        span.end.col().saturating_sub(span.start.col())
    } else {
        1
    };
    Place { line: span.start.line().max(1), column: span.start.col() + 1, length: length.max(1) }
}

/// A scalar's span starts at its anchor or tag; the value is what matters.
fn after_properties(source: &Source, at: Place, text: &str) -> Place {
    let line = source.line(at.line);
    let mut column = at.column;
    let mut rest: String = line.chars().skip(at.column - 1).collect();
    // An anchor and a tag at most.
    for _ in 0..2 {
        if !rest.starts_with(['&', '!']) {
            break;
        }
        let property = rest.chars().take_while(|c| !c.is_whitespace()).count();
        let space = rest.chars().skip(property).take_while(|c| c.is_whitespace()).count();
        column += property + space;
        rest = rest.chars().skip(property + space).collect();
    }
    Place { line: at.line, column, length: text.chars().count().max(1) }
}

fn weight(node: &Node) -> usize {
    let inside = match &node.body {
        Body::Scalar(scalar) => scalar.text.len(),
        Body::Sequence(items) => items.iter().map(weight).sum(),
        Body::Mapping(entries) => {
            entries.iter().map(|entry| 16 + entry.key.len() + weight(&entry.value)).sum()
        }
    };
    inside + 16
}

/// A whole number as people write it: `12`, not `012`, `0x10` or `1e3`.
fn is_whole(text: &str) -> bool {
    let digits = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    digits && (text == "0" || !text.starts_with('0')) && text.len() <= 9
}

/// More digits than any number in a design, and than YAML readers agree about.
fn is_endless(text: &str) -> bool {
    let digits = text.strip_prefix(['-', '+']).unwrap_or(text);
    digits.len() > 18 && digits.bytes().all(|byte| byte.is_ascii_digit())
}

/// Text that YAML takes for something other than text.
fn is_odd(text: &str) -> bool {
    let lower = text.to_lowercase();
    let word = ["", "~", "null", "true", "false", ".nan", ".inf", "-.inf", "+.inf", "<<"];
    let number = lower.starts_with(|c: char| c.is_ascii_digit() || "+-.".contains(c))
        && (lower.parse::<f64>().is_ok()
            || ["0x", "0o", "0b"]
                .iter()
                .any(|prefix| lower.trim_start_matches(['+', '-']).starts_with(prefix)));
    word.contains(&lower.as_str()) || number
}

/// Enough of hostile text to recognise it by.
pub(super) fn shortened(text: &str) -> String {
    const ENOUGH: usize = 60;
    if text.chars().count() <= ENOUGH {
        return text.to_owned();
    }
    text.chars().take(ENOUGH).chain(std::iter::once('…')).collect()
}
