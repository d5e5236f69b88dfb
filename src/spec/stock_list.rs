//! Sheets and offcuts that are there, from a CSV file that the design names: the list that
//! `pibuild cut --stock` reads as well.

use std::sync::Arc;

use super::bundle::Files;
use super::code;
use super::design::Design;
use super::diagnostic::Diagnostic;
use super::named_file::{NamedFile, at, within};
use super::nearest::nearest;
use super::places::Places;
use super::stock::{MOST_SHEETS, StockSheet};
use crate::catalog::Catalog;
use crate::cutting::Grain;
use crate::cutting::list::{self, ListKind, Row};
use crate::units::Mm;

/// A list of everything that a workshop has.
const LARGEST: usize = 1 << 20;
/// The longest side that a design may give.
const LONGEST: Mm = Mm::um(20_000_000);

/// The sheets of the list that the design names; none if it names none.
pub(super) fn read(
    design: &Design,
    catalog: &Catalog,
    places: &Places,
    files: &dyn Files,
    mistakes: &mut Vec<Diagnostic>,
) -> Vec<StockSheet> {
    let Some(name) = &design.stock.list else { return Vec::new() };
    let named = NamedFile { path: "stock.list", what: "list of sheets", name, largest: LARGEST };
    let Some(source) = named.read(places, |name| files.read(name), mistakes) else {
        return Vec::new();
    };
    let wrong = |row: u64, cell: &str, message: String| {
        Diagnostic::new(code::STOCK, "", message).at(Some(at(&source.text, row, cell)))
    };
    let mut found = Vec::new();
    let mut sheets = Vec::new();
    match list::read(&source.name, source.text.as_bytes(), ListKind::Sheets) {
        Err(all) => found.extend(all.into_iter().map(|it| wrong(it.row, "", it.what))),
        Ok(list) => {
            let room = MOST_SHEETS.saturating_sub(design.stock.sheets.len());
            for (place, row) in list.rows.iter().enumerate() {
                let own = design.shell.sheet.as_str();
                let id = if row.material.is_empty() { own } else { row.material.as_str() };
                if !catalog.sheets.contains_key(id) {
                    let message = format!("`{id}` is not a sheet of the catalogue");
                    let near = nearest(id, catalog.sheets.keys().map(String::as_str));
                    let label =
                        near.map_or(String::new(), |near| format!("did you mean `{near}`?"));
                    found.push(wrong(row.row, id, message).label(label));
                } else if row.quantity > MOST_SHEETS as u64 {
                    let message =
                        format!("{} sheets of a kind; {MOST_SHEETS} are the most", row.quantity);
                    found.push(wrong(row.row, &row.quantity.to_string(), message));
                } else if row.length.max(row.width) > LONGEST {
                    let message = format!("a sheet longer than {LONGEST}");
                    found.push(wrong(row.row, "", message));
                } else if place >= room {
                    let message = format!("more than {MOST_SHEETS} kinds of sheets");
                    found.push(wrong(row.row, "", message));
                    break;
                } else {
                    sheets.push(sheet(id, row));
                }
            }
        }
    }
    found.truncate(super::MOST_MISTAKES);
    let file = Arc::new(source);
    mistakes.extend(found.into_iter().map(|it| within(it, &file)));
    sheets
}

/// Sheets lie with their grain along their length.
fn sheet(id: &str, row: &Row) -> StockSheet {
    let (length, width) = match row.grain {
        Grain::Across => (row.width, row.length),
        Grain::Free | Grain::Along => (row.length, row.width),
    };
    StockSheet {
        name: Some(row.name.clone()),
        sheet: id.to_owned(),
        length,
        width,
        quantity: u32::try_from(row.quantity).unwrap_or(u32::MAX),
    }
}
