//! What is bought to print, cut and paint: filament, bars, sheets, paint.
//!
//! Promise: as much is bought as the print plan loads and the nests take, whole spools, bars and
//! sheets. Their money stands in the lines of what is made of them, so that nothing is paid twice;
//! what whole ones cost is in [`Bom::purchase`](super::Bom::purchase). Paint is bought by the can.

use std::collections::BTreeMap;

use super::line::{Line, Price, Role, Used};
use super::list::{Entry, List};
use super::uses::Extent;
use super::{Bom, alternatives};
use crate::built::Built;
use crate::catalog::{Fact, Material};
use crate::cluster::{Ledger, Named};
use crate::farm::expected_reprints;
use crate::shell::{FlatPart, Paint};
use crate::units::{Grams, Kilograms, Litres, Mm, SquareMetres};
use crate::workshop::{self, Cuts};

/// What one spool of a filament costs.
pub(super) fn spool_price(list: &List, id: &str, material: &Material) -> Price {
    let per_kilogram = &material.price_per_kilogram;
    let spool =
        Fact { value: per_kilogram.value.scaled(material.spool.value.0), ..per_kilogram.clone() };
    list.price(id, &spool, &material.source)
}

/// Filament by grams and spools: as many spools as the schedule puts on, and what fails printed
/// again. Without a schedule, as many as the grams fill.
pub(super) fn filament(built: &Built, list: &mut List, ledger: &mut Ledger) {
    let design = &built.document.design;
    let banks = list.extent.banks() + u64::from(design.spares.banks);
    let mut grams: BTreeMap<&str, [f64; 2]> = BTreeMap::new();
    for print in built.prints {
        let Some(estimate) = print.estimate() else { continue };
        let pieces = print.part.made.pieces(banks);
        let again = expected_reprints(print, pieces, design.printing.failure_rate);
        let [once, twice] = grams.entry(&print.part.material).or_default();
        *once += estimate.grams.0 * pieces as f64;
        *twice += estimate.grams.0 * again as f64;
    }
    let planned = built.plan.spools_to_buy();
    for (id, [once, again]) in grams {
        let Some(material) = built.document.catalog.materials.get(id) else { continue };
        let spool = material.spool.value;
        let on_plan: u64 = planned.iter().filter(|it| it.0 == id).map(|it| it.2).sum();
        let filled = ((once + again) / (spool.0 * 1000.0).max(1.0)).ceil() as u64;
        let spools = on_plan.max(filled);
        let parts = ledger.derive(
            &format!("filament.{id}.parts"),
            "grams of all pieces by their layers, spare banks' included",
            &[],
            Grams(once),
        );
        let failed = ledger.derive(
            &format!("filament.{id}.reprints"),
            "grams of the pieces that are expected to fail",
            &[&parts],
            Grams(again),
        );
        let entry = format!("catalog.materials.{id}");
        let size = ledger.fact(&entry, "spool", &material.spool, &material.source);
        ledger.derive(
            &format!("filament.{id}.spools"),
            "spools that the schedule puts on; at least as many as the grams fill",
            &[&parts, &failed, &size],
            u32::try_from(spools).unwrap_or(u32::MAX),
        );
        let description = format!(
            "{} on spools of {spool}: {} in the parts, {} for what fails",
            material.name,
            Kilograms((once / 10.0).round() / 100.0),
            Kilograms((again / 10.0).round() / 100.0)
        );
        let price = spool_price(list, id, material);
        let entry = Entry { category: "filament", item: id, description: &description };
        let used = Used { amount: (once + again).round(), unit: "g" };
        list.stock(entry, Role::Stock, (spools, "spool"), used, price);
    }
}

/// Paint by cans: every painted part is painted all round.
pub(super) fn paint(built: &Built, list: &mut List, ledger: &mut Ledger) {
    let paints =
        [(Paint::Blue, "paint-blue"), (Paint::White, "paint-white"), (Paint::Black, "paint-black")];
    for (colour, id) in paints {
        let parts = built.shell.flat_parts().filter(|part| part.paint == colour);
        let area: f64 = parts.map(painted).map(|area| area.0).sum();
        let Some(paint) = built.document.catalog.paints.get(id).filter(|_| area > 0.0) else {
            continue;
        };
        let coats = ledger.given("shell.coats", built.document.design.shell.coats);
        let area = ledger.derive(
            &format!("{id}.area"),
            "both faces and the edges of all parts of that colour",
            &[],
            SquareMetres(area),
        );
        let entry = format!("catalog.paints.{id}");
        let rate = ledger.fact(&entry, "spreading_rate", &paint.spreading_rate, &paint.source);
        let needed = area.value.0 * f64::from(coats.value) / rate.value.max(0.1);
        let litres = ledger.derive(
            &format!("{id}.litres"),
            format!("{id}.area × shell.coats ÷ spreading_rate"),
            &[&area as &dyn Named, &coats, &rate],
            Litres(needed),
        );
        let can = ledger.fact(&entry, "can", &paint.can, &paint.source);
        let cans = (needed / can.value.max(0.01) - 1e-9).ceil().max(0.0) as u64;
        ledger.derive(
            &format!("{id}.cans"),
            format!("⌈{id}.litres ÷ can⌉"),
            &[&litres, &can],
            u32::try_from(cans).unwrap_or(u32::MAX),
        );
        let coats =
            if coats.value == 1 { "1 coat".to_owned() } else { format!("{} coats", coats.value) };
        let description = format!(
            "{}, cans of {}: {coats} on {} m²",
            paint.name,
            Litres(can.value),
            (area.value.0 * 10.0).round() / 10.0
        );
        let price = list.price(id, &paint.price, &paint.source);
        let entry = Entry { category: "paint", item: id, description: &description };
        let used = Used { amount: thousandth(needed), unit: "l" };
        list.stock(entry, Role::Bought, (cans, "can"), used, price);
    }
}

/// Both faces and the edges of a part, as often as it is made.
fn painted(part: &FlatPart) -> SquareMetres {
    let (length, width, thickness) = (part.length.mm(), part.width.mm(), part.thickness.mm());
    let each = 2.0 * part.area().0 + 2.0 * (length + width) * thickness;
    SquareMetres(each * part.quantity() as f64 / 1e6)
}

impl Bom {
    /// The same with the bars and sheets to buy, from the layouts of all pieces.
    #[must_use]
    pub fn with_stock(&self, built: &Built, cuts: &Cuts) -> Bom {
        let catalog = &built.document.catalog;
        let mut list = List::new(&built.document.design, Extent::default());
        for bars in &cuts.bars {
            let Some(profile) = catalog.rails.get(&bars.profile) else { continue };
            for (length, count) in bars.bought() {
                let sawn = bars.sawn_from(length);
                let metres = length.mm() / 1000.0;
                let per_metre = &profile.price_per_metre;
                let whole = Fact { value: per_metre.value.scaled(metres), ..per_metre.clone() };
                let item = bar_item(&bars.profile, length);
                let description = format!("{}, bars of {length} to cut", profile.name);
                let price = list.price(&item, &whole, &profile.source);
                let used = Used { amount: thousandth(sawn.mm() / 1000.0), unit: "m" };
                let entry = Entry { category: "bar", item: &item, description: &description };
                list.stock(entry, Role::Stock, (count, "bar"), used, price);
            }
        }
        for sheets in &cuts.sheets {
            let Some(sheet) = catalog.sheets.get(&sheets.sheet) else { continue };
            let (length, width) = (sheet.length.value, sheet.width.value);
            let bought = sheets.nested.layouts.iter().filter(|layout| !layout.from_stock);
            let pieces: f64 =
                bought.clone().map(|layout| layout.used() * length.mm() * width.mm() / 1e6).sum();
            let description = format!("{}, whole sheets of {} × {width}", sheet.name, length.mm());
            let price = list.price(&sheets.sheet, &sheet.price, &sheet.source);
            let used = Used { amount: thousandth(pieces), unit: "m2" };
            let entry = Entry { category: "sheet", item: &sheets.sheet, description: &description };
            list.stock(entry, Role::Stock, (bought.count() as u64, "sheet"), used, price);
        }
        let mut stock = list.sorted();
        let connector = &built.cluster.board.power_socket.connector;
        alternatives::find(&mut stock, catalog, connector);
        let mut lines: Vec<Line> = self.lines.iter().cloned().chain(stock).collect();
        lines.sort_by(|a, b| (a.category, &a.item).cmp(&(b.category, &b.item)));
        Bom { lines, ..self.clone() }
    }
}

/// Items of bars and sheets that may have to be bought, and may have a price for that.
pub fn stock_items(built: &Built) -> Vec<String> {
    let sheets = built.shell.flat_parts().map(|part| part.sheet.clone());
    let bars = workshop::bars(built).into_iter().flat_map(|bar| {
        let sold = built.document.design.stock.bars.iter();
        sold.map(move |&length| bar_item(&bar.profile, length))
    });
    sheets.chain(bars).collect()
}

/// `bar-t-slot-2020-2463-8mm`.
fn bar_item(profile: &str, length: Mm) -> String {
    format!("bar-{profile}-{}mm", length.mm()).replace('.', "-")
}

fn thousandth(amount: f64) -> f64 {
    (amount * 1000.0).round() / 1000.0
}
