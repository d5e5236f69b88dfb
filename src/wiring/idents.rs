//! Identifiers in the manner of TIA-606: what stands on both ends of every cable.
//!
//! `01-40:07/01-39:13` is a cable from rack 1, unit 40, position 7 to rack 1, unit 39, position 13.
//! A rack has two digits (more where there are more racks), a unit is the lowest one of a bank or
//! device, counted from the bottom; a position is a slot, a port or an outlet, `AC` is a device's
//! own inlet. Supplies have no unit: `01-S3` is the third behind rack 1. `W` is the wall, `RF` the
//! roof's fans.

use super::mains::LoadKind;
use super::{BoardRow, End, Load, Wiring};
use crate::layout::Layout;

/// A cable, named at both ends.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ident {
    /// What stands on both ends: `01-40:07/01-39:13`.
    pub id: String,
    /// The same in the names of the lists: `pi-1-1-7 to r1-switch-1 port 13`.
    pub about: String,
}

impl Wiring {
    /// The patch cable of a board.
    pub fn patch_ident(&self, layout: &Layout, row: &BoardRow) -> Option<Ident> {
        let (group, port, _) = row.patch.as_ref()?;
        let near = board_end(layout, row);
        let far = place(layout, group.rack_at, group.item);
        Some(Ident {
            id: format!("{near}/{far}:{port:02}"),
            about: format!("{} to {} port {port}", row.name, group.name),
        })
    }

    /// The power cable of a board.
    pub fn power_ident(&self, layout: &Layout, row: &BoardRow) -> Option<Ident> {
        let (feed, port, _) = row.power?;
        let near = board_end(layout, row);
        let far = self.supply_place(layout, feed);
        Some(Ident {
            id: format!("{near}/{far}:{port:02}"),
            about: format!("{} to {} port {port}", row.name, self.feeds[feed].name),
        })
    }

    /// The network cable between two devices, number `link` of [`Wiring::links`].
    pub fn link_ident(&self, layout: &Layout, link: usize) -> Ident {
        let link = &self.links[link];
        let end = |end: &End| format!("{}:{}", place(layout, end.rack_at, end.item), end.port);
        Ident {
            id: format!("{}/{}", end(&link.from), end(&link.to)),
            about: format!("{} to {} port {}", link.from.name, link.to.name, link.to.port),
        }
    }

    /// The mains lead of a load, if it is plugged in.
    pub fn lead_ident(&self, layout: &Layout, load: &Load) -> Option<Ident> {
        let outlet = load.outlet?;
        let circuit = &self.mains.circuits[outlet.circuit];
        let near = match load.what {
            LoadKind::Supply(feed) => self.supply_place(layout, feed),
            LoadKind::Device(item) => place(layout, load.rack_at, item),
            LoadKind::RoofFans => "RF".to_owned(),
        };
        let (far, name) = match circuit.unit.map(|unit| &self.mains.units[unit]) {
            Some(unit) => (place(layout, unit.rack_at, unit.item), unit.name.as_str()),
            None => (format!("W-{}", circuit.name), "wall"),
        };
        Some(Ident {
            id: format!("{near}:AC/{far}:{:02}", outlet.number),
            about: format!("{} to {name} outlet {}", load.name, outlet.number),
        })
    }

    fn supply_place(&self, layout: &Layout, feed: usize) -> String {
        let feed = &self.feeds[feed];
        let number = feed.name.rsplit('-').next().unwrap_or_default();
        format!("{}-S{number}", rack(layout, feed.rack_at))
    }
}

fn board_end(layout: &Layout, row: &BoardRow) -> String {
    format!("{}:{:02}", place(layout, row.rack_at, row.item), row.slot)
}

fn place(layout: &Layout, rack_at: usize, item: usize) -> String {
    let unit = layout.racks[rack_at].items[item].unit;
    format!("{}-{unit:02}", rack(layout, rack_at))
}

fn rack(layout: &Layout, rack_at: usize) -> String {
    let last = layout.racks.last().map_or(1, |rack| rack.number);
    let digits = last.to_string().len().max(2);
    format!("{:0digits$}", layout.racks[rack_at].number)
}
