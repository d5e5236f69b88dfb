//! Bytes to document: the stages in order.

use std::collections::{BTreeMap, HashSet};

use super::bundle::{self, Files};
use super::choice::CatalogSource;
use super::code;
use super::design::Design;
use super::diagnostic::{Diagnostic, Rejected};
use super::index::{index, shortened};
use super::load::{Loaded, load, typed};
use super::macs::{self, Macs};
use super::meaning;
use super::node::{Body, Node, ScalarKind};
use super::places::Places;
use super::prices;
use super::profiles;
use super::schema;
use super::shape;
use super::sliced::{self, SlicedTimes};
use super::source::{Place, Source};
use super::stock_list;
use crate::catalog::Catalog;

const LARGEST: usize = 1 << 20;

/// A design that was read without a mistake.
#[derive(Clone, Debug)]
pub struct Document {
    /// The file.
    pub source: Source,
    /// From paths to places in it.
    pub places: Places,
    /// What it says, defaults filled in. Catalogue files and lists of sheets and prices that it
    /// names have become inline entries, so that the design stands alone when it is written out.
    pub design: Design,
    /// The built-in catalogue and the design's own entries, the latter winning.
    pub catalog: Catalog,
    /// Name of the file that the design's prices come from, if they do.
    pub price_list: Option<String>,
    /// Hardware addresses that a file of the design lists.
    pub macs: Macs,
    /// The users' own profiles of a slicer, by the names that printers give them.
    pub profiles: BTreeMap<String, String>,
    /// What a slicer said that parts take.
    pub sliced: SlicedTimes,
}

/// Reads a design file. `name` is what the user calls it, `files` gives what lies next to it.
pub fn read(
    name: &str,
    bytes: &[u8],
    files: &dyn Files,
    builtin: &Catalog,
) -> Result<Document, Rejected> {
    let source = decode(name, bytes).map_err(|error| reject(error.0, vec![error.1]))?;
    let (mut tree, loaded) = match parse(&source) {
        Ok(parsed) => parsed,
        Err(found) => return Err(reject(source, found)),
    };
    if let Some(found) = wrong_version(&tree) {
        return Err(reject(source, vec![found]));
    }
    let schema = schema::shared();
    let checked = shape::check(schema, schema, &mut tree);
    let mut mistakes = checked.mistakes;
    let own = bundle::collect(&tree, files, builtin, &mut mistakes);
    let design = if checked.usable { typed::<Design>(loaded, &tree) } else { Err(nothing()) };
    let mut ids = checked.ids;
    ids.extend(own.ids);
    let places = Places::new(tree);
    let mut catalog = own.catalog;
    let mut design = match design {
        Ok(design) => Some(design),
        Err(found) => {
            // Without a design there has been a mistake, or there is one that no check knows.
            if mistakes.is_empty() {
                mistakes.push(*found);
            }
            None
        }
    };
    if let Some(design) = &mut design {
        let files_only = std::mem::take(&mut design.catalog);
        if let CatalogSource::Inline(entries) = files_only {
            bundle::extend(&mut catalog, &entries);
            design.catalog = CatalogSource::Inline(entries);
        } else {
            design.catalog = CatalogSource::Inline(Box::new(own.entries));
        }
    }
    if !own.incomplete {
        mistakes.extend(meaning::unknown_ids(&ids, &catalog, &own.written));
    }
    if let Some(design) = &design {
        let found = meaning::check(design, &places).into_iter();
        let found = found.chain(meaning::misfits(design, &places, &catalog));
        mistakes.extend(found.filter(|found| !follows(&found.path, &checked.dropped)));
    }
    let price_list = design.as_mut().and_then(|Design { prices, currency, .. }| {
        prices::read(prices, currency, &places, files, &mut mistakes)
    });
    let listed = design.as_ref().and_then(|design| design.network.macs.as_ref());
    let macs = macs::read(listed, &places, files, &mut mistakes);
    let profiles = profiles::read(design.as_ref(), &places, files, &mut mistakes);
    let listed = design.as_ref().and_then(|design| design.printing.sliced.as_ref());
    let sliced = sliced::read(listed, &places, files, &mut mistakes);
    if let Some(design) = &mut design {
        let listed = stock_list::read(design, &catalog, &places, files, &mut mistakes);
        design.stock.sheets.extend(listed);
        design.stock.list = None;
    }
    match design {
        Some(design) if mistakes.is_empty() => {
            Ok(Document { source, places, design, catalog, price_list, macs, profiles, sliced })
        }
        _ => Err(reject(source, mistakes)),
    }
}

fn nothing() -> Box<Diagnostic> {
    Box::new(Diagnostic::new(code::UNREADABLE, "", "the design cannot be read"))
}

/// Is the path that of a dropped entry, or below one? Then it has been reported already.
fn follows(path: &str, dropped: &[String]) -> bool {
    dropped.iter().any(|above| {
        path.strip_prefix(above.as_str())
            .is_some_and(|rest| rest.is_empty() || rest.starts_with(['.', '[']))
    })
}

fn reject(source: Source, mut diagnostics: Vec<Diagnostic>) -> Rejected {
    // Mistakes in other files come last, in the order of those files.
    diagnostics.sort_by(|a, b| {
        let file = |found: &Diagnostic| found.file.as_ref().map(|file| file.name.clone());
        (file(a), a.place, a.code).cmp(&(file(b), b.place, b.code))
    });
    // An alias repeats its anchor's mistakes.
    let mut seen = HashSet::new();
    diagnostics.retain(|found| {
        let file = found.file.as_ref().map(|file| file.name.clone());
        found.place.is_none() || seen.insert((file, found.place, found.code, found.message.clone()))
    });
    diagnostics.truncate(super::MOST_MISTAKES);
    Rejected { source, diagnostics }
}

/// Bytes to text, or why not, with as much of the text as there is.
pub(super) fn decode(name: &str, bytes: &[u8]) -> Result<Source, Box<(Source, Diagnostic)>> {
    decode_up_to(name, bytes, LARGEST)
}

/// The same for a file of another largest size.
pub(super) fn decode_up_to(
    name: &str,
    bytes: &[u8],
    largest: usize,
) -> Result<Source, Box<(Source, Diagnostic)>> {
    let empty = || Source { name: name.to_owned(), text: String::new() };
    if bytes.len() > largest {
        let size = bytes.len();
        let message = format!("the file is {size} bytes large; {largest} is the most");
        return Err(Box::new((empty(), Diagnostic::new(code::TOO_LARGE, "", message))));
    }
    let bytes = bytes.strip_prefix("\u{feff}".as_bytes()).unwrap_or(bytes);
    let text = match std::str::from_utf8(bytes) {
        Ok(text) => text.to_owned(),
        Err(error) => {
            let good = String::from_utf8_lossy(&bytes[..error.valid_up_to()]).into_owned();
            let at = end_of(&good);
            let byte = bytes.get(error.valid_up_to()).copied().unwrap_or_default();
            let offset = error.valid_up_to();
            let message = format!("byte 0x{byte:02x} at offset {offset} is not UTF-8 text");
            let found = Diagnostic::new(code::UTF8, "", message).at(at).label("before this byte");
            return Err(Box::new((Source { name: name.to_owned(), text: good }, found)));
        }
    };
    let source = Source { name: name.to_owned(), text };
    match control_character(&source.text) {
        Some(found) => Err(Box::new((source, found))),
        None => Ok(source),
    }
}

fn end_of(text: &str) -> Place {
    let last = text.rsplit('\n').next().unwrap_or_default();
    Place { line: text.matches('\n').count() + 1, column: last.chars().count() + 1, length: 1 }
}

/// The first character that YAML readers disagree about, or that no text has any use for.
fn control_character(text: &str) -> Option<Diagnostic> {
    let mut characters = text.char_indices().peekable();
    while let Some((byte, c)) = characters.next() {
        let line_end = c == '\r' && characters.peek().is_some_and(|(_, next)| *next == '\n');
        let other = matches!(c, '\u{feff}' | '\u{2028}' | '\u{2029}' | '\u{fffe}' | '\u{ffff}');
        if (c.is_control() && !matches!(c, '\n' | '\t') && !line_end) || other {
            let message = format!("the file holds the control character U+{:04X}", u32::from(c));
            let found = Diagnostic::new(code::CONTROL, "", message).at(end_of(&text[..byte]));
            return Some(found.label("remove it"));
        }
    }
    None
}

/// Text to a tree whose scalars are resolved.
pub(super) fn parse(source: &Source) -> Result<(Node, Loaded), Vec<Diagnostic>> {
    let Some(mut tree) = index(source)? else {
        let message = "the file is empty";
        let found = Diagnostic::new(code::EMPTY, "", message);
        return Err(vec![
            found.note("a design starts with `pibuild: 1`; `pibuild init` writes one"),
        ]);
    };
    match load(source, &mut tree) {
        Ok(loaded) => Ok((tree, loaded)),
        Err(found) => Err(vec![*found]),
    }
}

/// A file in another version of the language would give nothing but misleading mistakes.
fn wrong_version(tree: &Node) -> Option<Diagnostic> {
    let version = tree.get("pibuild")?;
    let Body::Scalar(scalar) = &version.body else { return None };
    if matches!(scalar.kind, ScalarKind::Whole(1) | ScalarKind::Null) {
        return None;
    }
    let text = shortened(&scalar.text);
    let message = format!("`{text}` is not a version of the design language");
    Some(
        Diagnostic::new(code::VERSION, "pibuild", message)
            .at(version.place)
            .label("this pibuild understands version 1"),
    )
}
