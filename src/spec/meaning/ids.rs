//! Catalogue ids against the catalogue.

use std::collections::HashSet;

use super::super::code;
use super::super::design::Design;
use super::super::diagnostic::Diagnostic;
use super::super::index::shortened;
use super::super::nearest::{nearest, nearest_few};
use super::super::places::Places;
use super::super::shape::IdUse;
use crate::catalog::Catalog;

/// Ids that the catalogue does not know, and that the design does not bring either.
pub(in super::super) fn unknown_ids(
    ids: &[IdUse],
    catalog: &Catalog,
    written: &HashSet<(String, String)>,
) -> Vec<Diagnostic> {
    let own = |used: &IdUse| written.contains(&(used.section.to_owned(), used.id.clone()));
    let unknown = |used: &&IdUse| {
        let reserved = used.id == "auto";
        !reserved && !known(catalog, used.section).contains(&used.id.as_str()) && !own(used)
    };
    ids.iter()
        .filter(unknown)
        .take(super::super::MOST_MISTAKES)
        .map(|used| describe(used, catalog))
        .collect()
}

/// Add-ons that do not fit the board, or that are named twice.
pub(in super::super) fn misfits(
    design: &Design,
    places: &Places,
    catalog: &Catalog,
) -> Vec<Diagnostic> {
    let board = &design.board;
    let mut found = Vec::new();
    for (index, id) in design.board_addons.iter().enumerate() {
        let path = format!("board_addons[{index}]");
        let report = |message: String| {
            let place = places.nearest(&path).map(|(_, place)| place);
            Diagnostic::new(code::ADDON, &path, message).at(place)
        };
        if design.board_addons[..index].contains(id) {
            found.push(report(format!("`{id}` is listed twice")).label("each add-on goes on once"));
        }
        let Some(addon) = catalog.addons.get(id).filter(|it| !it.fits.contains(board)) else {
            continue;
        };
        let fitting = catalog.addons.iter().filter(|(_, it)| it.fits.contains(board));
        let fitting: Vec<&str> = fitting.map(|(id, _)| id.as_str()).collect();
        let note = if fitting.is_empty() {
            format!("the catalogue has no add-on for `{board}`")
        } else {
            format!("for `{board}` the catalogue has: {}", fitting.join(", "))
        };
        let label = format!("fits {}", addon.fits.join(", "));
        found.push(report(format!("`{id}` does not fit `{board}`")).label(label).note(note));
    }
    found
}

fn describe(used: &IdUse, catalog: &Catalog) -> Diagnostic {
    let all = known(catalog, used.section);
    let label = match nearest(&used.id, all.iter().copied()) {
        Some(near) => format!("did you mean `{near}`?"),
        None => "not in the catalogue".to_owned(),
    };
    let id = shortened(&used.id);
    let section = used.section;
    let message = format!("`{id}` is not among the {section} of the catalogue");
    let mut found =
        Diagnostic::new(code::UNKNOWN_ID, &used.path, message).at(used.place).label(label);
    let few = nearest_few(&used.id, all.iter().copied(), 5);
    if !few.is_empty() {
        let more = if all.len() > few.len() {
            format!("; `pibuild catalog list {section}` shows all")
        } else {
            String::new()
        };
        found = found.note(format!("the catalogue has: {}{more}", few.join(", ")));
    }
    found
}

fn known<'a>(catalog: &'a Catalog, section: &str) -> Vec<&'a str> {
    fn ids<T>(entries: &std::collections::BTreeMap<String, T>) -> Vec<&str> {
        entries.keys().map(String::as_str).collect()
    }
    match section {
        "boards" => ids(&catalog.boards),
        "rails" => ids(&catalog.rails),
        "racks" => ids(&catalog.racks),
        "devices" => ids(&catalog.devices),
        "fans" => ids(&catalog.fans),
        "supplies" => ids(&catalog.supplies),
        "printers" => ids(&catalog.printers),
        "sheets" => ids(&catalog.sheets),
        "fasteners" => ids(&catalog.fasteners),
        "fittings" => ids(&catalog.fittings),
        "materials" => ids(&catalog.materials),
        "addons" => ids(&catalog.addons),
        "cables" => ids(&catalog.cables),
        "accessories" => ids(&catalog.accessories),
        _ => Vec::new(),
    }
}
