//! `wiring/`: which cable goes where, who has which address, what stands on every cable's ends.

use super::{Internal, Outcome, add};
use crate::drawings::{self, CableLabel, CableUse};
use crate::export::{Cell, csv};
use crate::layout::Layout;
use crate::outputs::Tree;
use crate::spec::Mac;
use crate::wiring::{BoardRow, Ident, Length, Load};

/// Labels are printed for so many cables; more would make a PDF that nobody opens. The identifiers
/// stand in the lists as well.
const MOST_LABELLED: usize = 50_000;

/// Adds the lists, the labels and the configuration of the DHCP server.
pub(super) fn add_to(tree: &mut Tree, outcome: &Outcome) -> Result<(), Internal> {
    let lists = [
        ("wiring/patch-list.csv", "each board's switch and port", patch_list(outcome)),
        ("wiring/power-list.csv", "each board's supply and port", power_list(outcome)),
        ("wiring/addresses.csv", "each board's address", addresses(outcome)),
        ("wiring/circuits.csv", "what is plugged into each outlet", circuits(outcome)),
        ("wiring/uplinks.csv", "network cables between devices", uplinks(outcome)),
        ("wiring/devices.csv", "addresses of switches, servers and others", devices(outcome)),
    ];
    for (path, about, bytes) in lists {
        add(tree, path, about, bytes)?;
    }
    let labels: Vec<CableLabel> = labels(outcome).take(MOST_LABELLED).collect();
    let about = "both ends of every cable, on sheets of 65 labels: up to a hundred sheets";
    add(tree, "wiring/labels.svg", about, drawings::labels_svg(outcome.title(), &labels))?;
    let about = "both ends of every cable, on sheets of 65 labels (Avery L7651)";
    add(tree, "wiring/labels.pdf", about, drawings::labels_pdf(outcome.title(), &labels))?;
    let about = "host entries for ISC dhcpd";
    add(tree, "wiring/dhcpd.conf", about, super::dhcpd::configuration(outcome))
}

impl Outcome {
    /// Every board with all that it is joined to.
    pub(super) fn boards(&self) -> impl Iterator<Item = BoardRow<'_>> {
        self.wiring.boards(&self.cluster, &self.layout)
    }
}

fn patch_list(outcome: &Outcome) -> Vec<u8> {
    let columns = ["board", "switch", "port", "length", "rack", "unit", "slot", "label"];
    let rows = outcome.boards().map(|row| {
        let (switch, port, length) = match &row.patch {
            Some((group, port, length)) => {
                (group.name.as_str().into(), (*port).into(), metres(length))
            }
            None => (Cell::Empty, Cell::Empty, Cell::Empty),
        };
        let label = outcome.wiring.patch_ident(&outcome.layout, &row);
        let [rack, unit, slot] = place(&outcome.layout, &row);
        [row.name.into(), switch, port, length, rack, unit, slot, ident(label)]
    });
    csv(&columns, rows)
}

/// A board that its switch powers has its switch here too: power comes by the patch cable, which
/// has its length in the other list.
fn power_list(outcome: &Outcome) -> Vec<u8> {
    let wiring = &outcome.wiring;
    let columns = ["board", "supply", "port", "length", "rack", "unit", "slot", "label"];
    let rows = outcome.boards().map(|row| {
        let (supply, port, length) = match (&row.power, &row.patch) {
            (Some((feed, port, length)), _) => {
                (wiring.feeds[*feed].name.as_str().into(), (*port).into(), metres(length))
            }
            (None, Some((group, port, _))) if wiring.demand.by_switch => {
                (group.name.as_str().into(), (*port).into(), Cell::Empty)
            }
            _ => (Cell::Empty, Cell::Empty, Cell::Empty),
        };
        let label = wiring.power_ident(&outcome.layout, &row);
        let [rack, unit, slot] = place(&outcome.layout, &row);
        [row.name.into(), supply, port, length, rack, unit, slot, ident(label)]
    });
    csv(&columns, rows)
}

fn addresses(outcome: &Outcome) -> Vec<u8> {
    let rows = outcome.boards().map(|row| {
        let mac = outcome.document.macs.of(&row.name).map(Mac::to_string);
        let address = row.address.map(|address| address.to_string());
        [row.name.into(), address.into(), mac.into()]
    });
    csv(&["hostname", "address", "mac"], rows)
}

/// One row an outlet that is taken; loads without an outlet come last.
fn circuits(outcome: &Outcome) -> Vec<u8> {
    let mains = &outcome.wiring.mains;
    let columns = [
        "circuit",
        "pdu",
        "outlet",
        "load",
        "watts",
        "volt_amperes",
        "length",
        "panel",
        "switch",
        "label",
    ];
    let mut loads: Vec<&Load> = mains.loads.iter().collect();
    let order = |load: &Load| load.outlet.map(|outlet| (outlet.circuit, outlet.number));
    loads.sort_by_key(|load| (load.outlet.is_none(), order(load)));
    let rows = loads.into_iter().map(|load| {
        let circuit = load.outlet.map(|outlet| &mains.circuits[outlet.circuit]);
        let pdu = circuit.map(|it| it.unit.map_or("wall", |unit| &mains.units[unit].name));
        let toggle = load.toggle.map(|(panel, number)| (&mains.panels[panel].name, number));
        [
            circuit.map(|circuit| circuit.name.as_str()).into(),
            pdu.into(),
            load.outlet.map(|outlet| outlet.number).into(),
            load.name.as_str().into(),
            hundredths(load.watts.0),
            hundredths(load.volt_amperes()),
            load.outlet.map_or(Cell::Empty, |outlet| metres(&outlet.lead)),
            toggle.map(|(panel, _)| panel.as_str()).into(),
            toggle.map(|(_, number)| number).into(),
            ident(outcome.wiring.lead_ident(&outcome.layout, load)),
        ]
    });
    csv(&columns, rows)
}

fn uplinks(outcome: &Outcome) -> Vec<u8> {
    let wiring = &outcome.wiring;
    let columns = ["device", "port", "switch", "switch_port", "length", "label"];
    let rows = wiring.links.iter().enumerate().map(|(at, link)| {
        [
            link.from.name.as_str().into(),
            link.from.port.to_string().into(),
            link.to.name.as_str().into(),
            link.to.port.to_string().into(),
            metres(&link.cable),
            wiring.link_ident(&outcome.layout, at).id.into(),
        ]
    });
    csv(&columns, rows)
}

fn devices(outcome: &Outcome) -> Vec<u8> {
    let wiring = &outcome.wiring;
    let rows = wiring.hosts.iter().map(|host| {
        let rack = &outcome.layout.racks[host.rack_at];
        let address = host.address.map(|address| address.to_string());
        let mac = outcome.document.macs.of(&host.name).map(Mac::to_string);
        let unit = rack.items[host.item].unit;
        [host.name.as_str().into(), address.into(), mac.into(), rack.number.into(), unit.into()]
    });
    csv(&["hostname", "address", "mac", "rack", "unit"], rows)
}

/// Both ends of every cable: boards first, then between devices, then the mains.
fn labels(outcome: &Outcome) -> impl Iterator<Item = CableLabel> {
    let Outcome { wiring, layout, .. } = outcome;
    let label = |kind, ident: Ident| CableLabel { kind, id: ident.id, about: ident.about };
    let boards = outcome.boards().flat_map(move |row| {
        let patch = wiring.patch_ident(layout, &row).map(|ident| label(CableUse::Patch, ident));
        let power = wiring.power_ident(layout, &row).map(|ident| label(CableUse::Power, ident));
        patch.into_iter().chain(power)
    });
    let links = (0..wiring.links.len())
        .map(move |at| label(CableUse::Uplink, wiring.link_ident(layout, at)));
    let leads = wiring.mains.loads.iter().filter_map(move |load| {
        wiring.lead_ident(layout, load).map(|ident| label(CableUse::Mains, ident))
    });
    boards.chain(links).chain(leads)
}

/// Rack, lowest unit of the bank, and slot.
fn place(layout: &Layout, row: &BoardRow) -> [Cell; 3] {
    let rack = &layout.racks[row.rack_at];
    [rack.number.into(), rack.items[row.item].unit.into(), row.slot.into()]
}

fn metres(length: &Length) -> Cell {
    length.metres().into()
}

fn hundredths(value: f64) -> Cell {
    ((value * 100.0).round() / 100.0).into()
}

fn ident(ident: Option<Ident>) -> Cell {
    ident.map(|ident| ident.id).into()
}
