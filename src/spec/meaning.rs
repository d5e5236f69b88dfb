//! What a well-formed design says: names, numbers and choices against each other.
//!
//! Promise: every mistake is reported, at the nearest key that is written. Not promised: anything
//! that needs derived numbers; those are findings of the checks.

mod ids;
mod racks;
mod values;

pub(super) use ids::{misfits, unknown_ids};

use super::design::Design;
use super::diagnostic::Diagnostic;
use super::places::Places;

/// Checks a design; the entries that it was pruned of have been reported before.
pub(super) fn check(design: &Design, places: &Places) -> Vec<Diagnostic> {
    let mut meaning = Meaning { design, places, found: Vec::new() };
    meaning.values();
    meaning.racks();
    meaning.found
}

struct Meaning<'a> {
    design: &'a Design,
    places: &'a Places,
    found: Vec<Diagnostic>,
}

impl Meaning<'_> {
    /// Reports a mistake about a path, with words for the caret.
    fn report(
        &mut self,
        code: &'static str,
        path: &str,
        message: impl Into<String>,
        label: impl Into<String>,
    ) {
        self.report_with(code, path, message, label, None);
    }

    fn report_with(
        &mut self,
        code: &'static str,
        path: &str,
        message: impl Into<String>,
        label: impl Into<String>,
        note: Option<String>,
    ) {
        if self.found.len() >= super::MOST_MISTAKES {
            return;
        }
        let place = self.places.nearest(path).map(|(_, place)| place);
        let mut found = Diagnostic::new(code, path, message).at(place).label(label);
        found.notes.extend(note);
        self.found.push(found);
    }

    /// Is the key written, usable or not?
    fn written(&self, path: &str) -> bool {
        self.places.key(path).is_some()
    }
}

/// Names that become file names, host names and labels.
fn is_name(name: &str) -> bool {
    let letter = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit();
    let first = name.bytes().next().is_some_and(letter);
    first && name.len() <= 64 && name.bytes().all(|byte| letter(byte) || byte == b'-')
}

/// The nearest thing to the text that is a name.
fn as_name(text: &str) -> String {
    let spaced = |c: char| if c.is_ascii_alphanumeric() { c.to_ascii_lowercase() } else { '-' };
    let name: String = text.trim().chars().map(spaced).take(64).collect();
    name.trim_matches('-').to_owned()
}
