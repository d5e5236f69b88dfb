//! Cables by length.

use std::collections::BTreeMap;

use super::list::{Entry, List};
use super::uses::Uses;
use crate::built::Built;
use crate::units::Mm;
use crate::wiring::{Counts, Stock};

/// Adds all cables. What is longer than any that is stocked has a line of its own, without a price.
pub(super) fn add(built: &Built, list: &mut List) {
    let (wiring, layout) = (built.wiring, built.layout);
    let mut patch = with_boards(&wiring.board_cables(built.cluster, layout), list);
    join(&mut patch, by_rack(&wiring.link_cables(layout)));
    let supply = with_boards(&wiring.supply_cables(layout), list);
    let mains = by_rack(&wiring.mains_leads(layout));
    class(built, list, ("patch-cable", "Patch cable"), &wiring.patch_stock, patch);
    class(built, list, ("power-cable", "Power cable"), &wiring.supply_stock, supply);
    class(built, list, ("mains-lead", "Mains lead"), &wiring.mains_stock, mains);
}

type ByLength = BTreeMap<Mm, Uses>;

/// Cables of which every board has one: counted with the boards if all are alike, else with the
/// racks.
fn with_boards(racks: &[Counts], list: &List) -> ByLength {
    let uses = by_rack(racks);
    match uses.iter().next() {
        Some((&length, only)) if uses.len() == 1 => {
            if only.total(&list.extent) == list.extent.boards {
                ByLength::from([(length, Uses::board(1))])
            } else {
                uses
            }
        }
        _ => uses,
    }
}

fn by_rack(racks: &[Counts]) -> ByLength {
    let mut uses: BTreeMap<Mm, Vec<u64>> = BTreeMap::new();
    for (at, counts) in racks.iter().enumerate() {
        for (&length, &count) in counts {
            let of_length = uses.entry(length).or_default();
            of_length.resize(racks.len(), 0);
            of_length[at] += count;
        }
    }
    uses.into_iter().map(|(length, counts)| (length, Uses::racks(counts))).collect()
}

fn join(all: &mut ByLength, more: ByLength) {
    for (length, uses) in more {
        *all.entry(length).or_default() += uses;
    }
}

fn class(
    built: &Built,
    list: &mut List,
    (class, title): (&str, &str),
    stock: &Stock,
    cables: ByLength,
) {
    for (length, uses) in cables {
        let stocked = stock.lengths.iter().find(|(stocked, _)| *stocked == length);
        let cable = stocked.and_then(|(_, id)| Some((id, built.document.catalog.cables.get(id)?)));
        if let Some((id, cable)) = cable {
            let price = list.price(id, &cable.price, &cable.source);
            let entry = Entry { category: "cable", item: id, description: &cable.name };
            list.buy(entry, uses, price);
        } else {
            let metres = length.mm() / 1000.0;
            let item = format!("{class}-{}m", metres.to_string().replace('.', "-"));
            let description = format!("{title}, {metres} m, made to measure");
            let price = list.unlisted(&item);
            let entry = Entry { category: "cable", item: &item, description: &description };
            list.buy(entry, uses, price);
        }
    }
}
