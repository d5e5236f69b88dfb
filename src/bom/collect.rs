//! Counting what a design needs, and where it goes.

use std::collections::BTreeMap;

use super::list::{CUT, Entry, List, PRINTED};
use super::uses::{Extent, Uses};
use super::{Bom, Work, alternatives, cables, stock};
use crate::built::Built;
use crate::cluster::Ledger;
use crate::parts::{Made, RACK_SCREWS};
use crate::shell::Frame;
use crate::spec::BootFrom;

/// Screws that hold a device to the rack: two to an ear.
const DEVICE_SCREWS: u64 = 4;
/// A rail has a bolt in each bore of both ends.
const RAIL_ENDS: u64 = 2;
/// What a board that is powered by its network cable needs.
const POE_HAT: &str = "poe-hat";
/// Screws of a fan.
const FAN_SCREWS: u64 = 4;

/// Counts everything that the design needs, and the work of putting it together. Bars and sheets
/// to buy are not in it: [`Bom::with_stock`] adds them.
pub fn collect(built: &Built, ledger: &mut Ledger) -> Bom {
    let design = &built.document.design;
    let mut list = List::new(design, Extent::of(built));
    boards(built, &mut list);
    printed(built, &mut list);
    rails(built, &mut list);
    racks_and_devices(built, &mut list);
    power(built, &mut list);
    cables::add(built, &mut list);
    cooling(built, &mut list);
    shell(built, &mut list);
    fasteners(built, &mut list);
    stock::filament(built, &mut list, ledger);
    stock::paint(built, &mut list, ledger);
    let extent = list.extent.clone();
    let mut lines = list.sorted();
    let connector = &built.cluster.board.power_socket.connector;
    alternatives::find(&mut lines, &built.document.catalog, connector);
    Bom {
        currency: design.currency.clone(),
        extent,
        lines,
        charges: design.costs.clone(),
        work: Work::plan(built, ledger),
    }
}

fn boards(built: &Built, list: &mut List) {
    let (catalog, cluster) = (&built.document.catalog, built.cluster);
    let board = &cluster.board;
    let price = list.price(&cluster.board_id, &board.price, &board.source);
    let entry = Entry { category: "board", item: &cluster.board_id, description: &board.name };
    list.buy(entry, Uses::board(1), price);
    for (id, addon) in &cluster.addons {
        let price = list.price(id, &addon.price, &addon.source);
        let entry = Entry { category: "addon", item: id, description: &addon.name };
        list.buy(entry, Uses::board(1), price);
    }
    if built.document.design.network.boot == BootFrom::SdCard {
        let cards = catalog.accessories.keys().filter(|id| id.starts_with("micro-sd"));
        for id in cards {
            accessory(built, list, "storage", id);
        }
    }
}

/// What every board takes of the catalogue's small things.
fn accessory(built: &Built, list: &mut List, category: &'static str, id: &str) {
    if let Some(piece) = built.document.catalog.accessories.get(id) {
        let price = list.price(id, &piece.price, &piece.source);
        let entry = Entry { category, item: id, description: &piece.name };
        list.buy(entry, Uses::board(1), price);
    }
}

/// Banks made beyond those in the racks.
fn spare_banks(built: &Built) -> u64 {
    u64::from(built.document.design.spares.banks)
}

fn printed(built: &Built, list: &mut List) {
    for print in built.prints {
        let part = &print.part;
        let uses = match part.made {
            Made::PerBank(each) => {
                let each = u64::from(each);
                Uses::bank(each).and_spares(each * spare_banks(built))
            }
            Made::PerDesign(all) => Uses::cluster(u64::from(all)),
        };
        let Some(material) = built.document.catalog.materials.get(&part.material) else {
            continue;
        };
        // The filament's price by weight; what the printers cost is not in it.
        let spool = stock::spool_price(list, &part.material, material);
        let entry = Entry { category: PRINTED, item: &part.name, description: &part.about };
        let price = match print.estimate() {
            Some(estimate) => {
                let share = estimate.grams.0 / (material.spool.value.0 * 1000.0);
                let how = format!("{:.0} g of {} by its layers", estimate.grams.0, part.material);
                list.share(entry, &spool, share, &how)
            }
            None => list.unlisted(&part.name),
        };
        list.make(entry, uses, price);
    }
}

fn rails(built: &Built, list: &mut List) {
    let rail = &built.cluster.rail;
    let metre = list.listed(&rail.profile.price_per_metre, &rail.profile.source);
    let metres = rail.bought.value.mm() / 1000.0;
    let description = format!(
        "{}, {} as bought, milled to {}, both ends tapped {}",
        rail.profile.name, rail.bought.value, rail.finished.value, rail.tap
    );
    let entry = Entry { category: CUT, item: &rail.profile_id, description: &description };
    let price = list.share(entry, &metre, metres, "by the metre");
    list.make(entry, Uses::bank(1).and_spares(spare_banks(built)), price);
}

fn racks_and_devices(built: &Built, list: &mut List) {
    let opening = &built.cluster.opening;
    let rack = &opening.rack;
    let price = list.price(&opening.rack_id, &rack.price, &rack.source);
    let entry = Entry { category: "rack", item: &opening.rack_id, description: &rack.name };
    list.buy(entry, Uses::racks(built.layout.racks.iter().map(|_| 1)), price);
    // Devices by their names in the design; those of one type and price become one line.
    let mut by_name: BTreeMap<&str, Vec<u64>> = BTreeMap::new();
    for (at, rack) in built.layout.racks.iter().enumerate() {
        for (_, name) in rack.devices() {
            let counts = by_name.entry(name).or_default();
            counts.resize(built.layout.racks.len(), 0);
            counts[at] += 1;
        }
    }
    for (name, counts) in by_name {
        let Some(device) = built.cluster.device(name) else { continue };
        let price = list.price(&device.id, &device.price, &device.source);
        let entry = Entry { category: "device", item: &device.id, description: &device.title };
        list.buy(entry, Uses::racks(counts), price);
    }
}

fn power(built: &Built, list: &mut List) {
    if built.wiring.demand.by_switch {
        accessory(built, list, "power", POE_HAT);
    }
    let Some((id, supply)) = &built.wiring.supply else { return };
    let mut behind = vec![0; built.layout.racks.len()];
    for feed in &built.wiring.feeds {
        behind[feed.rack_at] += 1;
    }
    let spares = u64::from(built.document.design.spares.supplies);
    let price = list.price(id, &supply.price, &supply.source);
    let entry = Entry { category: "power", item: id, description: &supply.name };
    list.buy(entry, Uses::racks(behind).and_spares(spares), price);
}

fn cooling(built: &Built, list: &mut List) {
    let catalog = &built.document.catalog;
    if let Some(cooler) = &built.cluster.cooler {
        accessory(built, list, "cooling", &cooler.item);
    }
    let in_banks = built.cluster.bank.fans.as_ref().map(|plan| (&plan.id, Uses::bank(fans(built))));
    let roof = built.document.design.cooling.roof_fans.as_ref();
    let in_roof = roof.map(|roof| (&roof.kind, Uses::cluster(u64::from(roof.count))));
    for (id, uses) in in_banks.into_iter().chain(in_roof) {
        if let Some(fan) = catalog.fans.get(id) {
            let price = list.price(id, &fan.price, &fan.source);
            let entry = Entry { category: "cooling", item: id, description: &fan.name };
            list.buy(entry, uses, price);
        }
    }
}

/// The frame's bars by the piece, sheets by their parts, fittings, and fasteners of both.
fn shell(built: &Built, list: &mut List) {
    let catalog = &built.document.catalog;
    for bar in built.shell.frame.iter().flat_map(Frame::cut_bars) {
        let Some(profile) = catalog.rails.get(&bar.profile) else { continue };
        let metre = list.listed(&profile.price_per_metre, &profile.source);
        let metres = bar.length.mm() / 1000.0;
        let tapped = bar.tap.map(|tap| format!(", both ends tapped {tap}")).unwrap_or_default();
        let description = format!("{}, {} long{tapped}", profile.name, bar.length);
        let entry = Entry { category: CUT, item: &bar.profile, description: &description };
        let price = list.share(entry, &metre, metres, "by the metre");
        list.make(entry, Uses::cluster(bar.quantity), price);
    }
    for part in built.shell.flat_parts() {
        let Some(sheet) = catalog.sheets.get(&part.sheet) else { continue };
        let whole = list.price(&part.sheet, &sheet.price, &sheet.source);
        let share =
            part.length.mm() * part.width.mm() / (sheet.length.value.mm() * sheet.width.value.mm());
        let description =
            format!("{}, {} × {}, its share of a sheet", sheet.name, part.length, part.width);
        let entry = Entry { category: CUT, item: &part.name, description: &description };
        let price = list.share(entry, &whole, share, "its share of a sheet");
        list.make(entry, Uses::cluster(part.quantity()), price);
    }
    let hardware = built.shell.hardware();
    for (id, count) in &hardware.fittings {
        if let Some(fitting) = catalog.fittings.get(id) {
            let price = list.price(id, &fitting.price, &fitting.source);
            let entry = Entry { category: "fitting", item: id, description: &fitting.name };
            list.buy(entry, Uses::cluster(*count), price);
        }
    }
    for (chosen, count) in hardware.fasteners.values() {
        list.fasten(Some(chosen), Uses::cluster(*count));
    }
}

/// Fans in a bank.
fn fans(built: &Built) -> u64 {
    u64::from(built.cluster.bank.fan_caddies())
}

fn fasteners(built: &Built, list: &mut List) {
    let (cluster, spare) = (built.cluster, spare_banks(built));
    let fixing = &cluster.caddy.fixing;
    let holes = cluster.board.holes.at.len() as u64;
    list.fasten(fixing.screw.as_ref(), Uses::board(holes));
    // Inserts are set when a caddy is made, spare ones too.
    let places = u64::from(cluster.bank.boards.value) * holes;
    list.fasten(fixing.insert.as_ref(), Uses::bank(places).and_spares(spare * places));
    if let Ok(hook) = &cluster.caddy.hook {
        let caddies = cluster.caddy.count.value.saturating_sub(cluster.bank.fan_caddies());
        let screws = u64::from(caddies) * u64::from(cluster.caddy.boards);
        list.fasten(Some(&hook.screw), Uses::bank(screws));
        list.fasten(Some(&hook.nut), Uses::bank(screws));
    }
    let bracket = &cluster.bank.bracket;
    let rail_bolts = RAIL_ENDS * bracket.bores.len() as u64;
    list.fasten(bracket.bolt.as_ref(), Uses::bank(rail_bolts).and_spares(spare * rail_bolts));
    let devices = built.layout.racks.iter().map(|rack| rack.devices().count() as u64);
    let mut rack_screws = Uses::racks(devices.map(|count| count * DEVICE_SCREWS));
    rack_screws += Uses::bank(2 * u64::from(RACK_SCREWS));
    list.fasten(bracket.rack_screw.as_ref(), rack_screws);
    if let Some(plan) = &cluster.bank.fans {
        let screws = fans(built) * FAN_SCREWS;
        list.fasten(plan.screw.as_ref(), Uses::bank(screws));
        list.fasten(plan.nut.as_ref(), Uses::bank(screws));
    }
}
