//! A design's own catalogue: entries in the design, or in files next to it.

use std::collections::HashSet;
use std::path::{Component, Path as FilePath};
use std::sync::Arc;

use super::code;
use super::diagnostic::Diagnostic;
use super::index::shortened;
use super::load::typed;
use super::node::{Body, Node, Scalar};
use super::read::{decode, parse};
use super::schema;
use super::shape::{self, IdUse};
use crate::catalog::Catalog;

/// The schema refuses more.
const MOST_FILES: usize = 16;

/// Files next to the design. The disk is the command line's business; tests bring a table.
pub trait Files {
    /// The bytes of a file whose path, relative to the design's folder, stays inside of it. Errors
    /// are one line for people.
    fn read(&self, relative: &str) -> Result<Vec<u8>, String>;

    /// The same for a file that pibuild writes itself: a command that is about to write it begins
    /// with an empty one.
    fn record(&self, relative: &str) -> Result<Vec<u8>, String> {
        self.read(relative)
    }
}

/// What the design brings to the catalogue.
pub(super) struct Own {
    /// The built-in catalogue and the files' entries.
    pub catalog: Catalog,
    /// The files' entries alone.
    pub entries: Catalog,
    /// Every id that is written, in entries that can be used and in others: `(section, id)`.
    pub written: HashSet<(String, String)>,
    /// Catalogue ids that the files use.
    pub ids: Vec<IdUse>,
    /// Some file could not be read, so that unknown ids mean nothing.
    pub incomplete: bool,
}

/// Reads the catalogue files that the design names.
pub(super) fn collect(
    tree: &Node,
    files: &dyn Files,
    builtin: &Catalog,
    mistakes: &mut Vec<Diagnostic>,
) -> Own {
    let mut own = Own {
        catalog: builtin.clone(),
        entries: Catalog::default(),
        written: HashSet::new(),
        ids: Vec::new(),
        incomplete: false,
    };
    let Some(node) = tree.get("catalog") else { return own };
    own.note_ids(node);
    let Body::Sequence(items) = &node.body else { return own };
    for (index, item) in items.iter().enumerate().take(MOST_FILES) {
        let Body::Scalar(scalar) = &item.body else { continue };
        let path = format!("catalog[{index}]");
        if let Err(found) = own.file(scalar, files) {
            own.incomplete = true;
            mistakes.extend(found.into_iter().map(|mut found| {
                if found.file.is_none() {
                    found.path.clone_from(&path);
                    found.place = Some(item.place);
                }
                found
            }));
        }
    }
    own.catalog = builtin.clone();
    let entries = own.entries.clone();
    extend(&mut own.catalog, &entries);
    own
}

impl Own {
    fn file(&mut self, scalar: &Scalar, files: &dyn Files) -> Result<(), Vec<Diagnostic>> {
        let name = scalar.text.as_str();
        if !stays_inside(name) {
            let message = format!("`{}` leads out of the design's folder", shortened(name));
            let found = Diagnostic::new(code::PATH, "", message);
            return Err(vec![found.label("name a file in the folder of the design, or below it")]);
        }
        let bytes = files.read(name).map_err(|reason| {
            let message = format!("the catalogue file `{}` cannot be read", shortened(name));
            vec![Diagnostic::new(code::FILE, "", message).label(shortened(&reason))]
        })?;
        let inside = |source: super::Source, found: Vec<Diagnostic>| {
            let file = Arc::new(source);
            let within = |mut found: Diagnostic| {
                found.file = Some(Arc::clone(&file));
                found
            };
            found.into_iter().map(within).collect::<Vec<_>>()
        };
        let source = decode(name, &bytes).map_err(|error| inside(error.0, vec![error.1]))?;
        let (mut tree, loaded) = match parse(&source) {
            Ok(parsed) => parsed,
            Err(found) => return Err(inside(source, found)),
        };
        self.note_ids(&tree);
        let root = schema::shared();
        let Some(definition) = root.pointer("/definitions/Catalog") else { return Ok(()) };
        let checked = shape::check(root, definition, &mut tree);
        if !checked.mistakes.is_empty() {
            return Err(inside(source, checked.mistakes));
        }
        let entries =
            typed::<Catalog>(loaded, &tree).map_err(|found| inside(source, vec![*found]))?;
        extend(&mut self.entries, &entries);
        Ok(())
    }

    fn note_ids(&mut self, sections: &Node) {
        for section in sections.entries() {
            for entry in section.value.entries() {
                self.written.insert((section.key.clone(), entry.key.clone()));
            }
        }
    }
}

/// Adds entries to a catalogue; those with the same id win over what was there.
pub(super) fn extend(catalog: &mut Catalog, entries: &Catalog) {
    let Catalog {
        boards,
        rails,
        racks,
        devices,
        fans,
        supplies,
        printers,
        sheets,
        fasteners,
        fittings,
        materials,
        paints,
        addons,
        cables,
        accessories,
    } = entries.clone();
    catalog.boards.extend(boards);
    catalog.rails.extend(rails);
    catalog.racks.extend(racks);
    catalog.devices.extend(devices);
    catalog.fans.extend(fans);
    catalog.supplies.extend(supplies);
    catalog.printers.extend(printers);
    catalog.sheets.extend(sheets);
    catalog.fasteners.extend(fasteners);
    catalog.fittings.extend(fittings);
    catalog.materials.extend(materials);
    catalog.paints.extend(paints);
    catalog.addons.extend(addons);
    catalog.cables.extend(cables);
    catalog.accessories.extend(accessories);
}

/// Only names of folders and a file, on any system: no root, no drive, no `..`.
pub(super) fn stays_inside(path: &str) -> bool {
    let plain = !path.is_empty() && !path.contains(['\\', ':', '\0']) && !path.starts_with('~');
    plain && FilePath::new(path).components().all(|part| matches!(part, Component::Normal(_)))
}
