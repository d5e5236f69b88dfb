//! Counting what a design needs.

use std::collections::BTreeMap;

use super::line::{Line, PriceBasis};
use super::{Bom, Work};
use crate::built::Built;
use crate::catalog::Fact;
use crate::cluster::{Chosen, Ledger};
use crate::farm::family;
use crate::parts::RACK_SCREWS;
use crate::shell::Frame;
use crate::spec::BootFrom;
use crate::units::Money;

/// What the built-in catalogue's prices are in.
const CATALOGUE_CURRENCY: &str = "USD";
/// Screws that hold a device to the rack: two to an ear.
const DEVICE_SCREWS: u64 = 4;
/// A rail has a bolt in each bore of both ends.
const RAIL_ENDS: u64 = 2;
/// What a board that is powered by its network cable needs.
const POE_HAT: &str = "poe-hat";
/// Screws of a fan.
const FAN_SCREWS: u64 = 4;

/// The category of printed parts, whose prices may be given by family.
pub const PRINTED: &str = "printed";

/// Counts everything that the design needs, and the work of putting it together.
pub fn collect(built: &Built, ledger: &mut Ledger) -> Bom {
    let design = &built.document.design;
    let foreign = (design.currency != CATALOGUE_CURRENCY).then_some(CATALOGUE_CURRENCY);
    let mut list = List { prices: &design.prices, foreign, lines: Vec::new() };
    boards(built, &mut list);
    printed(built, &mut list);
    rails(built, &mut list);
    racks_and_devices(built, &mut list);
    power(built, &mut list);
    cables(built, &mut list);
    cooling(built, &mut list);
    shell(built, &mut list);
    fasteners(built, &mut list);
    list.lines.sort_by(|a, b| (a.category, &a.item).cmp(&(b.category, &b.item)));
    Bom {
        currency: design.currency.clone(),
        lines: list.lines,
        charges: design.costs.clone(),
        work: Work::plan(built, ledger),
    }
}

/// Lines so far, and the design's own prices.
struct List<'a> {
    prices: &'a BTreeMap<String, Money>,
    /// The catalogue's currency, if the design reckons in another: its prices are of no use then.
    foreign: Option<&'static str>,
    lines: Vec<Line>,
}

impl List<'_> {
    /// Adds a line unless it is about nothing.
    fn add(
        &mut self,
        category: &'static str,
        (item, description): (&str, &str),
        (used, spares): (u64, u64),
        (price, source): (Option<&Fact<Money>>, &str),
    ) {
        if used + spares == 0 {
            return;
        }
        let own = self.prices.get(item).or_else(|| match category {
            PRINTED => self.prices.get(family(item)),
            _ => None,
        });
        let (unit_price, price_source, basis) = match (own, price) {
            (Some(own), _) => (Some(*own), "the design".to_owned(), PriceBasis::Known),
            (None, None) => (None, "none".to_owned(), PriceBasis::Missing),
            (None, Some(_)) if self.foreign.is_some() => {
                let foreign = self.foreign.unwrap_or_default();
                (None, format!("the catalogue's price is in {foreign}"), PriceBasis::Missing)
            }
            (None, Some(price)) => {
                let source = price.source.as_deref().unwrap_or(source);
                if price.unverified {
                    let source = format!("unverified: {source}");
                    (Some(price.value), source, PriceBasis::Unverified)
                } else {
                    (Some(price.value), source.to_owned(), PriceBasis::Known)
                }
            }
        };
        self.lines.push(Line {
            category,
            item: item.to_owned(),
            description: description.to_owned(),
            quantity: used + spares,
            spares,
            pack: 1,
            unit_price,
            price_source,
            basis,
        });
    }

    /// Adds a fastener, sold by the pack.
    fn fasten(&mut self, chosen: Option<&Chosen>, used: u64, spares: u64) {
        let Some(Chosen { id, fastener }) = chosen else { return };
        let before = self.lines.len();
        let price = (Some(&fastener.price), fastener.source.as_str());
        self.add("fastener", (id, &fastener.name), (used, spares), price);
        for line in self.lines.iter_mut().skip(before) {
            line.pack = u64::from(fastener.pack);
        }
    }
}

fn boards(built: &Built, list: &mut List) {
    let board = &built.cluster.board;
    let count = u64::from(built.layout.boards.value);
    let item = (built.cluster.board_id.as_str(), board.name.as_str());
    list.add("board", item, (count, 0), (Some(&board.price), &board.source));
    for (id, addon) in &built.cluster.addons {
        list.add("addon", (id, &addon.name), (count, 0), (Some(&addon.price), &addon.source));
    }
    if built.document.design.network.boot == BootFrom::SdCard {
        for (id, card) in &built.document.catalog.accessories {
            if id.starts_with("micro-sd") {
                let price = (Some(&card.price), card.source.as_str());
                list.add("storage", (id, &card.name), (count, 0), price);
            }
        }
    }
}

/// Banks in the racks, and banks made beyond them.
fn banks(built: &Built) -> (u64, u64) {
    let spare = built.document.design.spares.banks;
    (u64::from(built.layout.banks.value), u64::from(spare))
}

fn printed(built: &Built, list: &mut List) {
    let (used, spare) = banks(built);
    for print in built.prints {
        let part = &print.part;
        let pieces = part.made.pieces(used);
        let spares = part.made.pieces(used + spare) - pieces;
        let Some(material) = built.document.catalog.materials.get(&part.material) else {
            continue;
        };
        // The filament's price by weight; what the printers cost is not in it.
        let per_gram = &material.price_per_kilogram;
        let price = print.estimate().map(|estimate| Fact {
            value: estimate.cost(per_gram.value),
            source: Some(format!(
                "{:.0} g of {} by its layers, {}",
                estimate.grams.0,
                part.material,
                per_gram.source.as_deref().unwrap_or(&material.source)
            )),
            unverified: per_gram.unverified,
        });
        list.add(
            PRINTED,
            (part.name.as_str(), part.about.as_str()),
            (pieces, spares),
            (price.as_ref(), &material.source),
        );
    }
}

fn rails(built: &Built, list: &mut List) {
    let rail = &built.cluster.rail;
    let per_metre = &rail.profile.price_per_metre;
    let metres = rail.bought.value.mm() / 1000.0;
    let price = Fact { value: per_metre.value.scaled(metres), ..per_metre.clone() };
    let description = format!(
        "{}, {} as bought, milled to {}, both ends tapped {}",
        rail.profile.name, rail.bought.value, rail.finished.value, rail.tap
    );
    let item = (rail.profile_id.as_str(), description.as_str());
    list.add("cut", item, banks(built), (Some(&price), &rail.profile.source));
}

fn racks_and_devices(built: &Built, list: &mut List) {
    let opening = &built.cluster.opening;
    let racks = built.layout.racks.len() as u64;
    let item = (opening.rack_id.as_str(), opening.rack.name.as_str());
    list.add("rack", item, (racks, 0), (Some(&opening.rack.price), &opening.rack.source));
    // Devices by type: several names of a design may share one, and one price.
    let mut by_type: BTreeMap<(&str, String), (u64, &crate::cluster::DevicePlan)> = BTreeMap::new();
    for device in built.layout.devices().filter_map(|name| built.cluster.device(name)) {
        let price = device.price.value.to_string();
        by_type.entry((&device.id, price)).or_insert((0, device)).0 += 1;
    }
    for (count, device) in by_type.into_values() {
        let item = (device.id.as_str(), device.title.as_str());
        list.add("device", item, (count, 0), (Some(&device.price), &device.source));
    }
}

fn power(built: &Built, list: &mut List) {
    if built.wiring.demand.by_switch {
        let count = u64::from(built.layout.boards.value);
        accessory(built, list, "power", POE_HAT, count);
    }
    let Some((id, supply)) = &built.wiring.supply else { return };
    let used = u64::from(built.wiring.supplies.value);
    let spares = u64::from(built.document.design.spares.supplies);
    list.add("power", (id, &supply.name), (used, spares), (Some(&supply.price), &supply.source));
}

/// Cables by length. What is longer than any that is stocked has a line of its own, without a
/// price.
fn cables(built: &Built, list: &mut List) {
    let wiring = built.wiring;
    let (cluster, layout) = (built.cluster, built.layout);
    let classes = [
        ("patch-cable", "Patch cable", &wiring.patch_stock, wiring.patch_cables(cluster, layout)),
        ("power-cable", "Power cable", &wiring.supply_stock, wiring.supply_cables()),
        ("mains-lead", "Mains lead", &wiring.mains_stock, wiring.mains_leads()),
    ];
    for (class, title, stock, counts) in classes {
        for (length, count) in counts {
            let stocked = stock.lengths.iter().find(|(stocked, _)| *stocked == length);
            let cable =
                stocked.and_then(|(_, id)| Some((id, built.document.catalog.cables.get(id)?)));
            if let Some((id, cable)) = cable {
                let price = (Some(&cable.price), cable.source.as_str());
                list.add("cable", (id, &cable.name), (count, 0), price);
            } else {
                let metres = length.mm() / 1000.0;
                let item = format!("{class}-{}m", metres.to_string().replace('.', "-"));
                let about = format!("{title}, {metres} m, made to measure");
                list.add("cable", (&item, &about), (count, 0), (None, ""));
            }
        }
    }
}

/// Pieces of an entry of the catalogue's small things.
fn accessory(built: &Built, list: &mut List, category: &'static str, id: &str, count: u64) {
    if let Some(piece) = built.document.catalog.accessories.get(id) {
        let price = (Some(&piece.price), piece.source.as_str());
        list.add(category, (id, &piece.name), (count, 0), price);
    }
}

fn cooling(built: &Built, list: &mut List) {
    let mut fans: BTreeMap<&str, u64> = BTreeMap::new();
    if let Some(plan) = &built.cluster.bank.fans {
        *fans.entry(&plan.id).or_default() += caddy_fans(built);
    }
    if let Some(roof) = &built.document.design.cooling.roof_fans {
        *fans.entry(&roof.kind).or_default() += u64::from(roof.count);
    }
    if let Some(cooler) = &built.cluster.cooler
        && let Some(item) = built.document.catalog.accessories.get(&cooler.item)
    {
        let boards = u64::from(built.layout.boards.value);
        let price = (Some(&item.price), item.source.as_str());
        list.add("cooling", (&cooler.item, &item.name), (boards, 0), price);
    }
    for (id, count) in fans {
        if let Some(fan) = built.document.catalog.fans.get(id) {
            list.add("cooling", (id, &fan.name), (count, 0), (Some(&fan.price), &fan.source));
        }
    }
}

/// The frame's bars by the piece, sheets by their parts, fittings, and fasteners of both.
fn shell(built: &Built, list: &mut List) {
    let catalog = &built.document.catalog;
    for bar in built.shell.frame.iter().flat_map(Frame::cut_bars) {
        let Some(profile) = catalog.rails.get(&bar.profile) else { continue };
        let per_metre = &profile.price_per_metre;
        let metres = bar.length.mm() / 1000.0;
        let price = Fact { value: per_metre.value.scaled(metres), ..per_metre.clone() };
        let tapped = bar.tap.map(|tap| format!(", both ends tapped {tap}")).unwrap_or_default();
        let description = format!("{}, {} long{tapped}", profile.name, bar.length);
        let item = (bar.profile.as_str(), description.as_str());
        list.add("cut", item, (bar.quantity, 0), (Some(&price), &profile.source));
    }
    for part in built.shell.flat_parts() {
        let Some(sheet) = catalog.sheets.get(&part.sheet) else { continue };
        let share =
            part.length.mm() * part.width.mm() / (sheet.length.value.mm() * sheet.width.value.mm());
        let price = Fact { value: sheet.price.value.scaled(share), ..sheet.price.clone() };
        let description =
            format!("{}, {} × {}, its share of a sheet", sheet.name, part.length, part.width);
        let item = (part.name.as_str(), description.as_str());
        list.add("cut", item, (part.quantity(), 0), (Some(&price), &sheet.source));
    }
    let hardware = built.shell.hardware();
    for (id, count) in &hardware.fittings {
        if let Some(fitting) = catalog.fittings.get(id) {
            let price = (Some(&fitting.price), fitting.source.as_str());
            list.add("fitting", (id, &fitting.name), (*count, 0), price);
        }
    }
    for (chosen, count) in hardware.fasteners.values() {
        list.fasten(Some(chosen), *count, 0);
    }
}

fn caddy_fans(built: &Built) -> u64 {
    banks(built).0 * u64::from(built.cluster.bank.fan_caddies())
}

fn fasteners(built: &Built, list: &mut List) {
    let (cluster, (used, spare)) = (built.cluster, banks(built));
    let fixing = &cluster.caddy.fixing;
    let board_screws = u64::from(built.layout.boards.value) * cluster.board.holes.at.len() as u64;
    list.fasten(fixing.screw.as_ref(), board_screws, 0);
    // Inserts are set when a caddy is made, spare ones too.
    let places = u64::from(cluster.bank.boards.value) * cluster.board.holes.at.len() as u64;
    list.fasten(fixing.insert.as_ref(), used * places, spare * places);
    if let Ok(hook) = &cluster.caddy.hook {
        let caddies = cluster.caddy.count.value.saturating_sub(cluster.bank.fan_caddies());
        let screws = used * u64::from(caddies) * u64::from(cluster.caddy.boards);
        list.fasten(Some(&hook.screw), screws, 0);
        list.fasten(Some(&hook.nut), screws, 0);
    }
    let bracket = &cluster.bank.bracket;
    let rail_bolts = RAIL_ENDS * bracket.bores.len() as u64;
    list.fasten(bracket.bolt.as_ref(), used * rail_bolts, spare * rail_bolts);
    let devices = built.layout.devices().count() as u64;
    let rack_screws = used * 2 * u64::from(RACK_SCREWS) + devices * DEVICE_SCREWS;
    list.fasten(bracket.rack_screw.as_ref(), rack_screws, 0);
    if let Some(fans) = &cluster.bank.fans {
        let screws = caddy_fans(built) * FAN_SCREWS;
        list.fasten(fans.screw.as_ref(), screws, 0);
        list.fasten(fans.nut.as_ref(), screws, 0);
    }
}
