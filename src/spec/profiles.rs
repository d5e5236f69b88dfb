//! Configurations of a slicer that a user brings for some printers.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::bundle::Files;
use super::code;
use super::design::Design;
use super::diagnostic::Diagnostic;
use super::index::shortened;
use super::named_file::{NamedFile, within};
use super::places::Places;
use super::source::{Place, Source};

/// Written ones are about 20 kB.
const LARGEST: usize = 1 << 20;

/// A slicer runs what stands here when it is done. A design may come from a stranger.
const RUNS_PROGRAMS: &str = "post_process";

/// Texts of the profiles that the design names, by the name of their file.
pub(super) fn read(
    design: Option<&Design>,
    places: &Places,
    files: &dyn Files,
    mistakes: &mut Vec<Diagnostic>,
) -> BTreeMap<String, String> {
    let mut texts = BTreeMap::new();
    let printers = design.map(|design| design.printing.printers.as_slice()).unwrap_or_default();
    for (index, used) in printers.iter().enumerate() {
        let Some(name) = used.profile.as_ref().filter(|name| !texts.contains_key(*name)) else {
            continue;
        };
        let path = format!("printing.printers[{index}].profile");
        let named = NamedFile { path: &path, what: "profile", name, largest: LARGEST };
        let read = named.read(places, |name| files.read(name), mistakes);
        let source = read.unwrap_or(Source { name: name.clone(), text: String::new() });
        let found = wrong_lines(&source.text);
        texts.insert(name.clone(), source.text.clone());
        let file = Arc::new(source);
        mistakes.extend(found.into_iter().map(|it| within(it, &file)));
    }
    texts
}

/// What a profile's lines may not be. The first mistake of each kind is enough.
fn wrong_lines(text: &str) -> Option<Diagnostic> {
    let wrong = |line: usize, text: &str, message: String, label: &str| {
        let place = Place { line: line + 1, column: 1, length: text.chars().count() };
        Some(Diagnostic::new(code::PROFILE, "", message).at(place).label(label.to_owned()))
    };
    for (number, line) in text.lines().enumerate() {
        let written = line.trim();
        if written.is_empty() || written.starts_with(['#', ';']) {
            continue;
        }
        if written.starts_with('[') {
            let message = "this is a bundle of presets, not one configuration".to_owned();
            return wrong(number, line, message, "export with File, Export, Export Config");
        }
        let Some((key, value)) = written.split_once('=') else {
            let message = format!("`{}` is no setting", shortened(written));
            return wrong(number, line, message, "settings are written `key = value`");
        };
        let is_empty = value.trim().trim_matches('"').is_empty();
        if key.trim() == RUNS_PROGRAMS && !is_empty {
            let message = format!("`{RUNS_PROGRAMS}` runs programs, and is not taken");
            return wrong(number, line, message, "remove it");
        }
    }
    None
}
