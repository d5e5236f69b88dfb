//! What else would do: other entries of the catalogue, and of the design's own, for the same purpose.
//!
//! Promise: an alternative serves by its numbers, as the rules here say; boards and filaments name
//! theirs in the catalogue, since numbers do not tell. Whoever takes one names it in the design and
//! checks again: pitch, counts and findings may follow. Not promised: that it is cheaper, or sold.

use std::collections::BTreeMap;

use super::Line;
use crate::catalog::{Catalog, Device, Fan, Fastener, Rack, Sheet, StockCable, Supply};
use crate::units::Mm;

/// How much thicker or thinner a sheet may be: joints follow the sheet that is measured.
const SHEET_TOLERANCE: Mm = Mm::um(1_500);
/// By how much sheets of one stuff differ in density: plywoods do by a fifth.
const DENSITY_TOLERANCE: f64 = 0.2;

/// Names what else would do for each line. `connector` is the family of the boards' power sockets.
pub(super) fn find(lines: &mut [Line], catalog: &Catalog, connector: &str) {
    for line in lines {
        line.alternatives = of(line, catalog, connector);
    }
}

fn of(line: &Line, catalog: &Catalog, connector: &str) -> Vec<String> {
    let id = line.item.as_str();
    match line.category {
        "board" => catalog.boards.get(id).map(|it| it.alternatives.clone()).unwrap_or_default(),
        "filament" => {
            catalog.materials.get(id).map(|it| it.alternatives.clone()).unwrap_or_default()
        }
        "rack" => others(&catalog.racks, id, is_such_a_rack),
        "device" => others(&catalog.devices, id, is_such_a_device),
        "cooling" => others(&catalog.fans, id, is_such_a_fan),
        "power" => {
            others(&catalog.supplies, id, |mine, other| is_such_a_supply(mine, other, connector))
        }
        "fastener" => others(&catalog.fasteners, id, is_such_a_fastener),
        "sheet" => others(&catalog.sheets, id, is_such_a_sheet),
        "cable" => longer(&catalog.cables, id),
        _ => Vec::new(),
    }
}

/// The other entries that `serves` says would do for this one.
fn others<T>(
    entries: &BTreeMap<String, T>,
    id: &str,
    serves: impl Fn(&T, &T) -> bool,
) -> Vec<String> {
    let Some(mine) = entries.get(id) else { return Vec::new() };
    let others = entries.iter().filter(|(other, entry)| *other != id && serves(mine, entry));
    others.map(|(id, _)| id.clone()).collect()
}

/// The next longer cable of the class.
fn longer(cables: &BTreeMap<String, StockCable>, id: &str) -> Vec<String> {
    let Some(mine) = cables.get(id) else { return Vec::new() };
    let of_class = cables.iter().filter(|(_, it)| it.class == mine.class);
    let longer = of_class.filter(|(_, it)| it.length.value > mine.length.value);
    longer.min_by_key(|(_, it)| it.length.value).map(|(id, _)| id.clone()).into_iter().collect()
}

/// Takes the same panels, and as many of them.
fn is_such_a_rack(mine: &Rack, other: &Rack) -> bool {
    let units = |rack: &Rack| rack.units.0.saturating_sub(rack.base_units.0);
    other.panel.value == mine.panel.value
        && other.opening.value >= mine.opening.value
        && units(other) >= units(mine)
}

/// Does the same for as many, in as many rack units.
fn is_such_a_device(mine: &Device, other: &Device) -> bool {
    let enough = [
        (mine.ports, other.ports),
        (mine.uplinks, other.uplinks),
        (mine.outlets, other.outlets),
        (mine.inlets, other.inlets),
    ];
    let powers = match (&mine.poe, &other.poe) {
        (None, _) => true,
        (Some(mine), Some(other)) => other.budget.value >= mine.budget.value,
        (Some(_), None) => false,
    };
    other.class == mine.class
        && other.height == mine.height
        && enough.iter().all(|(mine, other)| other >= mine)
        && powers
}

/// Goes into the same holes.
fn is_such_a_fan(mine: &Fan, other: &Fan) -> bool {
    other.size.value == mine.size.value
        && other.hole_pitch.value == mine.hole_pitch.value
        && other.thread == mine.thread
}

/// Feeds the boards at their voltage.
fn is_such_a_supply(mine: &Supply, other: &Supply, connector: &str) -> bool {
    other.feeds.iter().any(|family| family == connector) && other.volts.value == mine.volts.value
}

/// Differs in its head at most.
fn is_such_a_fastener(mine: &Fastener, other: &Fastener) -> bool {
    other.class == mine.class
        && other.thread == mine.thread
        && other.length.value == mine.length.value
        && other.countersink.is_some() == mine.countersink.is_some()
}

/// As large, about as thick, and of such a stuff, by its density.
fn is_such_a_sheet(mine: &Sheet, other: &Sheet) -> bool {
    let density = |sheet: &Sheet| {
        let sides = [&sheet.length, &sheet.width, &sheet.thickness].map(|side| side.value.mm());
        sheet.mass.value.0 / sides.iter().product::<f64>()
    };
    let alike = (density(other) / density(mine) - 1.0).abs() <= DENSITY_TOLERANCE;
    let near = (other.thickness.value - mine.thickness.value).abs() <= SHEET_TOLERANCE;
    alike
        && near
        && other.length.value >= mine.length.value
        && other.width.value >= mine.width.value
}
