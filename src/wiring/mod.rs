//! Which switch serves which boards, which supplies feed them, and how everything is joined: down to
//! single ports, outlets, addresses and cables.
//!
//! Promise: every board that has a place has one row in [`Wiring::boards`]; no port, outlet or
//! address is given twice. What no switch has a port for, no supply or outlet is there for, or the
//! subnet has no address for, is left without, and the checks say so. Work follows groups, banks
//! and supplies; only who walks [`Wiring::boards`] pays for every board.

mod addresses;
mod cables;
mod demand;
mod feeds;
mod groups;
mod idents;
mod links;
mod mains;
mod names;
mod rows;

use std::collections::BTreeMap;
use std::ops::Range;

use crate::catalog::{CableClass, Supply};
use crate::cluster::{Cluster, Known, Ledger, supply_for};
use crate::layout::Layout;
use crate::spec::{Document, PowerFrom};
use crate::units::{Mm, Watts};

pub use addresses::{Addresses, Host};
pub use cables::{Length, Stock};
pub use demand::Demand;
pub use feeds::Feed;
pub use groups::{AccessGroup, Numbering, Share};
pub use idents::Ident;
pub use links::{End, Link, Port};
pub use mains::{
    CircuitPlan, DEVICE_POWER_FACTOR, Load, LoadKind, Mains, Outlet, Panel, PowerUnit,
    lasting_share,
};
pub use names::HostNames;
pub use rows::BoardRow;

/// Network and power of the cluster.
#[derive(Clone, Debug)]
pub struct Wiring {
    /// The groups, by rack and from top to bottom.
    pub groups: Vec<AccessGroup>,
    /// Boards by bank and slot, with the group that serves them.
    pub shares: Vec<Share>,
    /// Boards without a switch port.
    pub unserved: u32,
    /// Catalogue id of the supply, if one is known and boards are not powered by their switches.
    pub supply: Option<(String, Supply)>,
    /// Supplies in use.
    pub supplies: Known<u32>,
    /// The supplies, by group; last those for boards that no switch serves.
    pub feeds: Vec<Feed>,
    /// The supplies of boards that no switch serves, in [`Wiring::feeds`].
    pub unserved_feeds: Range<usize>,
    /// Outlets and circuits.
    pub mains: Mains,
    /// Network cables between devices.
    pub links: Vec<Link>,
    /// Devices with a network socket that found no port.
    pub unlinked: Vec<String>,
    /// Devices with an address, in the order of these.
    pub hosts: Vec<Host>,
    /// Who has which address.
    pub addresses: Addresses,
    /// Names of boards.
    pub names: HostNames,
    /// Own names of devices, by rack and position in its stack.
    pub device_names: Vec<Vec<String>>,
    /// Lengths of patch cables.
    pub patch_stock: Stock,
    /// Lengths of cables between supply and board.
    pub supply_stock: Stock,
    /// Lengths of mains leads.
    pub mains_stock: Stock,
    /// What it all draws.
    pub demand: Demand,
}

/// How many cables there are of each length, as bought.
pub type Counts = BTreeMap<Mm, u64>;

impl Wiring {
    /// Joins everything, rack by rack.
    pub fn connect(
        document: &Document,
        cluster: &Cluster,
        layout: &Layout,
        ledger: &mut Ledger,
    ) -> Wiring {
        let design = &document.design;
        let ends = cables::ends(ledger);
        let stock = |class| Stock::of(&document.catalog, class, &ends);
        let patch_stock = stock(CableClass::Patch);
        let supply_stock = stock(CableClass::Supply);
        let mains_stock = stock(CableClass::Mains);
        let device_names = names::devices(layout);
        let (mut groups, shares) = groups::assign(design, cluster, layout, &device_names);
        let unserved = shares.iter().filter(|it| it.group.is_none()).map(|it| it.boards).sum();
        let supply = match design.power.from {
            PowerFrom::Supply => supply_for(document, cluster, layout.boards.value),
            PowerFrom::Poe => None,
        };
        let feeds = supply.as_ref().map_or_else(Vec::new, |(_, supply)| {
            feeds::hang(document, cluster, layout, supply, &supply_stock, &mut groups, &shares)
        });
        let first_unserved = feeds.iter().position(|it| it.group.is_none()).unwrap_or(feeds.len());
        let unserved_feeds = first_unserved..feeds.len();
        let supplies = ledger.derive(
            "power.supplies_used",
            describe(&groups, supply.as_ref()),
            &[&layout.boards],
            u32::try_from(feeds.len()).unwrap_or(u32::MAX),
        );
        let demand = Demand::add_up(document, cluster, layout, &supplies, ledger);
        let (at_supplies, at_switches) = draw(cluster, layout, &demand, &groups, &shares, &feeds);
        let mains = Mains::plug_in(
            document,
            cluster,
            layout,
            &device_names,
            &feeds,
            &mains::Draw {
                supplies: &at_supplies,
                boards: &at_switches,
                roof_fans: demand.roof_fans,
                supply_factor: supply.as_ref().map_or(1.0, |(_, it)| it.power_factor.value),
            },
            &mains_stock,
        );
        let (links, unlinked) =
            links::join(design, cluster, layout, &device_names, &groups, &patch_stock);
        let mut hosts: Vec<Host> = mains::devices(cluster, layout, &device_names)
            .filter(|(.., device)| links::has_socket(device))
            .map(|(rack_at, item, name, device)| Host {
                name: name.to_owned(),
                rack_at,
                item,
                class: device.class,
                address: None,
            })
            .collect();
        let addresses = Addresses::plan(&design.network, &groups, &shares, &hosts, ledger);
        addresses.give(&mut hosts);
        let names = HostNames::new(&design.network.hostname, layout, cluster.bank.boards.value);
        Wiring {
            groups,
            shares,
            unserved,
            supply,
            supplies,
            feeds,
            unserved_feeds,
            mains,
            links,
            unlinked,
            hosts,
            addresses,
            names,
            device_names,
            patch_stock,
            supply_stock,
            mains_stock,
            demand,
        }
    }

    /// Patch cables to boards, by rack and length. Banks that stand alike to their switches are
    /// measured once.
    pub fn board_cables(&self, cluster: &Cluster, layout: &Layout) -> Vec<Counts> {
        let mut alike: BTreeMap<_, (Share, BTreeMap<usize, u64>)> = BTreeMap::new();
        for share in &self.shares {
            let Some(group) = share.group.map(|group| &self.groups[group]) else { continue };
            let items = &layout.racks[share.rack_at].items;
            let up = items[share.item].middle(cluster) - items[group.item].middle(cluster);
            let key = (
                (group.switch.as_str(), group.ports, group.numbering),
                (up, share.first_slot, share.boards, share.first),
            );
            let (_, times) = alike.entry(key).or_insert_with(|| (*share, BTreeMap::new()));
            *times.entry(share.rack_at).or_default() += 1;
        }
        let mut racks = vec![Counts::new(); layout.racks.len()];
        for (share, times) in alike.values() {
            let Some(group) = share.group.map(|group| &self.groups[group]) else { continue };
            for n in 0..share.boards {
                let length = self.patch_length(cluster, layout, share, group, n);
                for (&rack_at, times) in times {
                    *racks[rack_at].entry(length.bought).or_default() += times;
                }
            }
        }
        racks
    }

    /// Patch cables between devices, by the rack of the device that is joined, and length.
    pub fn link_cables(&self, layout: &Layout) -> Vec<Counts> {
        let mut racks = vec![Counts::new(); layout.racks.len()];
        for link in &self.links {
            *racks[link.from.rack_at].entry(link.cable.bought).or_default() += 1;
        }
        racks
    }

    /// All patch cables by length.
    pub fn patch_cables(&self, cluster: &Cluster, layout: &Layout) -> Counts {
        let racks = self.board_cables(cluster, layout).into_iter().chain(self.link_cables(layout));
        let mut all = Counts::new();
        for (length, count) in racks.flatten() {
            *all.entry(length).or_default() += count;
        }
        all
    }

    /// Cables between supplies and boards, by the supply's rack and length.
    pub fn supply_cables(&self, layout: &Layout) -> Vec<Counts> {
        let mut racks = vec![Counts::new(); layout.racks.len()];
        for feed in &self.feeds {
            *racks[feed.rack_at].entry(feed.cable.bought).or_default() += feed.boards.len() as u64;
        }
        racks
    }

    /// Mains leads by the load's rack and length.
    pub fn mains_leads(&self, layout: &Layout) -> Vec<Counts> {
        let mut racks = vec![Counts::new(); layout.racks.len()];
        for load in &self.mains.loads {
            if let Some(outlet) = load.outlet {
                *racks[load.rack_at].entry(outlet.lead.bought).or_default() += 1;
            }
        }
        racks
    }

    /// The longest cable between a supply and a board.
    pub fn longest_supply_cable(&self) -> Option<Mm> {
        self.feeds.iter().map(|feed| feed.cable.bought).max()
    }
}

/// At the wall: what each supply draws for its boards and the fans in their banks; and what boards
/// take from each switch that powers them (and the fans with them), by rack and position.
fn draw(
    cluster: &Cluster,
    layout: &Layout,
    demand: &Demand,
    groups: &[AccessGroup],
    shares: &[Share],
    feeds: &[Feed],
) -> (Vec<Watts>, BTreeMap<(usize, usize), Watts>) {
    let per_bank = cluster.bank.boards.value;
    let mut supplies = vec![Watts(0.0); feeds.len()];
    let mut switches: BTreeMap<(usize, usize), Watts> = BTreeMap::new();
    let unserved = feeds.iter().position(|feed| feed.group.is_none()).unwrap_or(feeds.len());
    for share in shares {
        let group = share.group.map(|group| &groups[group]);
        // Fans of a bank run with its boards, in proportion.
        let boards = f64::from(layout.boards_in(share.bank, per_bank).max(1));
        let each = demand.board_wall + demand.bank_fans / boards;
        let first = group.map_or(unserved, |group| group.first_feed);
        let own = feeds[first..].iter().take_while(|feed| feed.group == share.group);
        for (at, feed) in (first..).zip(own) {
            let from = feed.boards.start.max(share.first);
            let to = feed.boards.end.min(share.first + share.boards);
            supplies[at] = supplies[at] + each * f64::from(to.saturating_sub(from));
        }
        if let Some(group) = group.filter(|_| demand.by_switch) {
            let taken = switches.entry((group.rack_at, group.item)).or_default();
            *taken = *taken + each * f64::from(share.boards);
        }
    }
    (supplies, switches)
}

fn describe(groups: &[AccessGroup], supply: Option<&(String, Supply)>) -> String {
    /// More than anybody reads.
    const MOST: usize = 100;
    let Some((_, supply)) = supply else { return "boards are not fed by supplies".to_owned() };
    let listed = groups.iter().take(MOST).map(|group| {
        let banks: Vec<String> = group.banks.iter().map(|bank| (bank + 1).to_string()).collect();
        format!(
            "rack {} {}: banks {}, {} boards, {}",
            group.rack,
            group.switch,
            banks.join("+"),
            group.boards,
            group.supplies
        )
    });
    let listed: Vec<String> = listed.collect();
    let more = if groups.len() > MOST { "; …" } else { "" };
    format!("⌈boards ÷ {} ports⌉ for each access group ({}{more})", supply.ports, listed.join("; "))
}
