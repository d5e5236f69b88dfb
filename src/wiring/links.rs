//! Network cables between devices: switches among each other, and what else has a network socket.
//!
//! - The hubs are the core switches; without any, the first access switch is the only hub.
//! - Every other switch, server, gateway and controller is joined to the nearest hub that has a port
//!   free, on its own side of the cluster first. A switch offers its highest free port, or if boards
//!   use all of them, an uplink.
//! - Every further hub is joined to the first.
//! - A hub gives its board ports first, then its uplinks.
//!
//! There are no loops by construction: each device is joined once, to one that was there before.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use super::cables::{Length, Stock};
use super::groups::AccessGroup;
use super::mains::devices;
use crate::catalog::DeviceClass;
use crate::cluster::{Cluster, DevicePlan};
use crate::layout::{Item, Layout, Spot};
use crate::spec::{Design, Role};
use crate::units::Mm;

/// A port of a device.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Port {
    /// One of the ports for boards, from 1.
    Board(u32),
    /// One of the ports for other switches, from 1.
    Uplink(u32),
    /// The only socket of something that is no switch.
    Own,
}

impl std::fmt::Display for Port {
    /// `7`, `up2`, `lan`.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Port::Board(port) => write!(f, "{port}"),
            Port::Uplink(port) => write!(f, "up{port}"),
            Port::Own => f.write_str("lan"),
        }
    }
}

/// One end of a cable between devices.
#[derive(Clone, Debug)]
pub struct End {
    /// The device's own name.
    pub name: String,
    /// Position of its rack in the layout.
    pub rack_at: usize,
    /// Its position in its rack's stack.
    pub item: usize,
    /// The port.
    pub port: Port,
}

/// A network cable between two devices.
#[derive(Clone, Debug)]
pub struct Link {
    /// The device that is joined.
    pub from: End,
    /// The hub that it is joined to.
    pub to: End,
    /// The cable.
    pub cable: Length,
}

/// A switch that others are joined to.
struct Hub {
    end: Place,
    /// Its free ports, in the order in which they are given.
    free: VecDeque<Port>,
}

/// A device in its rack.
#[derive(Clone)]
struct Place {
    name: String,
    rack_at: usize,
    item: usize,
}

impl Place {
    fn end(self, port: Port) -> End {
        End { name: self.name, rack_at: self.rack_at, item: self.item, port }
    }
}

/// All cables between devices, by the order of the racks, and the names of devices that found no
/// port.
pub(super) fn join(
    design: &Design,
    cluster: &Cluster,
    layout: &Layout,
    names: &[Vec<String>],
    groups: &[AccessGroup],
    stock: &Stock,
) -> (Vec<Link>, Vec<String>) {
    let groups: BTreeMap<(usize, usize), &AccessGroup> =
        groups.iter().map(|group| ((group.rack_at, group.item), group)).collect();
    let networked: Vec<(Place, &DevicePlan)> = devices(cluster, layout, names)
        .filter(|(.., device)| has_socket(device))
        .map(|(rack_at, item, name, device)| {
            (Place { name: name.to_owned(), rack_at, item }, device)
        })
        .collect();
    let free_of = |place: &Place, device: &DevicePlan| {
        free_ports(device, groups.get(&(place.rack_at, place.item)).copied())
    };
    let mut hubs = hubs(design, layout, &networked, &free_of);
    let mut open: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for (at, hub) in hubs.iter().enumerate().rev() {
        open.entry(hub.end.rack_at).or_default().push(at);
    }
    let mut racks: BTreeSet<usize> = open.keys().copied().collect();
    let first_rack = hubs.first().map(|hub| hub.end.rack_at);
    let (mut links, mut alone) = (Vec::new(), Vec::new());
    for (place, device) in networked {
        let own = hubs.iter().position(|hub| is_same(&hub.end, &place));
        if own == Some(0) || hubs.is_empty() {
            continue;
        }
        let port = match own {
            Some(own) => take_uplink(&mut hubs[own].free),
            None if device.class == DeviceClass::Switch => {
                take_uplink(&mut free_of(&place, device))
            }
            None => Some(Port::Own),
        };
        let rack = match own {
            // A hub joins the first one only, or two could join each other twice.
            Some(_) => first_rack.filter(|rack| racks.contains(rack)),
            None => layout.nearest_of(design, place.rack_at, &racks),
        };
        let hub = match (own, rack) {
            (Some(_), _) => Some(0),
            (None, Some(rack)) => open.get(&rack).and_then(|here| here.last().copied()),
            (None, None) => None,
        };
        let given = hub.and_then(|hub| Some((hub, hubs[hub].free.pop_front()?)));
        let (Some(port), Some((hub, hub_port))) = (port, given) else {
            alone.push(place.name);
            continue;
        };
        let hub = &hubs[hub];
        if hub.free.is_empty()
            && let Some(here) = open.get_mut(&hub.end.rack_at)
        {
            here.retain(|&at| !hubs[at].free.is_empty());
            if here.is_empty() {
                racks.remove(&hub.end.rack_at);
            }
        }
        let (from, to) = (place.end(port), hub.end.clone().end(hub_port));
        let way = spot(cluster, layout, &from).run_to(spot(cluster, layout, &to));
        links.push(Link { from, to, cable: stock.for_way(way) });
    }
    (links, alone)
}

/// The core switches, or else the first access switch.
fn hubs(
    design: &Design,
    layout: &Layout,
    networked: &[(Place, &DevicePlan)],
    free_of: &dyn Fn(&Place, &DevicePlan) -> VecDeque<Port>,
) -> Vec<Hub> {
    let is_core = |place: &Place| match &layout.racks[place.rack_at].items[place.item].item {
        Item::Device(name) => {
            design.devices.get(name).is_some_and(|used| used.role == Some(Role::Core))
        }
        Item::Bank => false,
    };
    let switches = networked.iter().filter(|(_, device)| device.class == DeviceClass::Switch);
    let hub = |(place, device): &(Place, &DevicePlan)| Hub {
        end: place.clone(),
        free: free_of(place, device),
    };
    let cores: Vec<Hub> = switches.clone().filter(|(place, _)| is_core(place)).map(hub).collect();
    if cores.is_empty() { switches.take(1).map(hub).collect() } else { cores }
}

fn is_same(one: &Place, other: &Place) -> bool {
    (one.rack_at, one.item) == (other.rack_at, other.item)
}

/// Has the device a network socket and an address?
pub(super) fn has_socket(device: &DevicePlan) -> bool {
    matches!(
        device.class,
        DeviceClass::Switch | DeviceClass::Server | DeviceClass::Gateway | DeviceClass::Controller
    )
}

/// Free ports of a switch in the order in which a hub gives them.
fn free_ports(device: &DevicePlan, group: Option<&AccessGroup>) -> VecDeque<Port> {
    let boards: Vec<u32> = match group {
        Some(group) => group.free_ports().collect(),
        None => (1..=device.ports).rev().collect(),
    };
    let boards = boards.into_iter().rev().map(Port::Board);
    boards.chain((1..=device.uplinks).map(Port::Uplink)).collect()
}

/// The port that leads out of a switch: its highest free one for boards, or else an uplink.
fn take_uplink(free: &mut VecDeque<Port>) -> Option<Port> {
    let boards = free.iter().take_while(|port| matches!(port, Port::Board(_))).count();
    free.remove(boards.saturating_sub(1))
}

/// Where a cable meets a device: at its port; uplinks are taken to be at the right end, the socket
/// of what is no switch in the middle.
fn spot(cluster: &Cluster, layout: &Layout, end: &End) -> Spot {
    let rack = &layout.racks[end.rack_at];
    let placed = &rack.items[end.item];
    let middle = Spot::new(Mm::ZERO, Mm::ZERO, placed.middle(cluster));
    let place = match (end.port, &placed.item) {
        (Port::Board(port), Item::Device(name)) => {
            let ports = cluster.device(name).map_or(0, |device| device.ports);
            placed.port(cluster, port, ports)
        }
        (Port::Uplink(_), _) => {
            Spot { x: cluster.opening.rack.narrowest_opening.value.half(), ..middle }
        }
        _ => middle,
    };
    rack.stand.to_cluster(place)
}
