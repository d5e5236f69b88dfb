//! A mistake in a design file, and how it is shown.

use std::ops::Range;
use std::sync::Arc;

use annotate_snippets::renderer::DecorStyle;
use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet};

use super::source::{Place, Source};

/// One mistake: what is wrong, where, and what to do about it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// One of [`super::CODES`].
    pub code: &'static str,
    /// What is wrong, in one line.
    pub message: String,
    /// The YAML path that it is about, such as `rail.length`; empty for the whole file.
    pub path: String,
    /// Where it stands, unless it is about something that is not there.
    pub place: Option<Place>,
    /// Written at the caret; may be empty.
    pub label: String,
    /// Further lines below the caret.
    pub notes: Vec<String>,
    /// The file that `place` lies in, if not the design itself: a catalogue file.
    pub file: Option<Arc<Source>>,
}

/// A design that cannot be used, and everything that is wrong with it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rejected {
    /// The design file.
    pub source: Source,
    /// Every mistake found, in the order of the file.
    pub diagnostics: Vec<Diagnostic>,
}

impl Rejected {
    /// All mistakes as the terminal shows them, a blank line between two.
    pub fn render(&self, colour: bool) -> String {
        let all: Vec<String> = self
            .diagnostics
            .iter()
            .map(|diagnostic| diagnostic.render(&self.source, colour))
            .collect();
        all.join("\n\n")
    }
}

impl Diagnostic {
    /// A mistake about a path.
    pub fn new(code: &'static str, path: &str, message: impl Into<String>) -> Diagnostic {
        Diagnostic {
            code,
            message: message.into(),
            path: path.to_owned(),
            place: None,
            label: String::new(),
            notes: Vec::new(),
            file: None,
        }
    }

    /// The same, at a place.
    #[must_use]
    pub fn at(mut self, place: impl Into<Option<Place>>) -> Diagnostic {
        self.place = place.into();
        self
    }

    /// The same, with words at the caret.
    #[must_use]
    pub fn label(mut self, label: impl Into<String>) -> Diagnostic {
        self.label = label.into();
        self
    }

    /// The same, with a further line.
    #[must_use]
    pub fn note(mut self, note: impl Into<String>) -> Diagnostic {
        self.notes.push(note.into());
        self
    }

    /// The message with its source line and a caret below the mistake. `source` is the design;
    /// a mistake in another file brings that file along.
    pub fn render(&self, source: &Source, colour: bool) -> String {
        let source = self.file.as_deref().unwrap_or(source);
        let place = self.place.unwrap_or(Place { line: 1, column: 1, length: 0 });
        let (line, caret) = excerpt(source.line(place.line), place);
        let message = printable(&self.message);
        let title = Level::ERROR.primary_title(message.as_str()).id(self.code);
        let mut group = if self.place.is_some() {
            let mut mark = AnnotationKind::Primary.span(caret);
            let label = printable(&self.label);
            if !label.is_empty() {
                mark = mark.label(label);
            }
            title.element(
                Snippet::source(line)
                    .line_start(place.line)
                    .path(source.name.as_str())
                    .annotation(mark),
            )
        } else {
            Group::with_title(title).element(annotate_snippets::Origin::path(source.name.as_str()))
        };
        for note in &self.notes {
            group = group.element(Level::NOTE.no_name().message(printable(note)));
        }
        let renderer = if colour { Renderer::styled() } else { Renderer::plain() };
        let shown = renderer.decor_style(DecorStyle::Ascii).render(&[group]);
        let shown = without_gaps(&shown, colour);
        // Without a line number there is no margin; keep the look of the others.
        if self.place.is_some() { shown } else { shown.replace('\n', "\n ") }
    }
}

/// The caret's line, cut if it is far too long, and the caret in bytes of it.
fn excerpt(line: &str, place: Place) -> (String, Range<usize>) {
    // Enough for any terminal; a hostile line may hold a megabyte. Columns that are cut off on the
    // left would be counted wrongly, so the cut is on the right only where the caret allows it.
    const WIDEST: usize = 2_000;
    let from = place.column.saturating_sub(1);
    let shown: String = line.chars().take((from + WIDEST).min(line.len())).collect();
    let byte = |characters: usize| {
        shown.char_indices().nth(characters).map_or(shown.len(), |(byte, _)| byte)
    };
    let (start, end) = (byte(from), byte(from + place.length.max(1)));
    (shown, start..end)
}

/// The empty line between caret and first note is taken out: messages are long enough.
fn without_gaps(shown: &str, colour: bool) -> String {
    let bare = |line: &str| {
        let text: String = if colour { strip_colour(line) } else { line.to_owned() };
        text.trim().to_owned()
    };
    let lines: Vec<&str> = shown.lines().collect();
    let keep = |index: &usize| {
        let gap = bare(lines[*index]) == "|";
        let before_note = lines.get(index + 1).is_some_and(|next| bare(next).starts_with("= "));
        !(gap && before_note)
    };
    (0..lines.len()).filter(keep).map(|index| lines[index]).collect::<Vec<_>>().join("\n")
}

fn strip_colour(line: &str) -> String {
    anstream::adapter::strip_str(line).to_string()
}

/// Nothing that could drive a terminal.
fn printable(text: &str) -> String {
    text.chars().map(|c| if c.is_control() && c != '\n' { '\u{fffd}' } else { c }).collect()
}
