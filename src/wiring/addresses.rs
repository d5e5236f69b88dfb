//! Who has which address.
//!
//! Promise: no address is given twice, and none that is reserved: not the network's own, not the
//! broadcast address, not the router's. What the subnet has no room for gets none.
//!
//! - In every scheme the first address is the router's, which is the first gateway, if there is one.
//!   Other devices with a network socket follow from the tenth on, or, where the subnet is too small
//!   for that, from the second: servers, controllers, further gateways, switches.
//! - `by-group`: group g, counted from 1, has the block of 256 addresses number 10 + g, its boards
//!   1, 2, 3, … in it: 172.20.11.1 is the first board of the first group, as in the 1050-node
//!   cluster (oracle-devrel/picluster, `populate.py`). Boards that no switch serves have the blocks
//!   behind.
//! - `in-order`: boards follow the devices one after the other.

use std::net::Ipv4Addr;

use super::groups::{AccessGroup, Share};
use crate::catalog::DeviceClass;
use crate::cluster::Ledger;
use crate::spec::{AddressScheme, Network};

/// Devices have addresses from this on, counted from the network's own.
const FIRST_DEVICE: u32 = 10;
/// In a small subnet they have them from this on.
const BEHIND_ROUTER: u32 = 2;
/// Block number 10 + g belongs to group g.
const FIRST_BLOCK: u32 = 11;
/// Addresses of a block.
const BLOCK: u32 = 256;
/// Of these, what boards may have: not 0, not 255.
const IN_BLOCK: u32 = 254;

/// A device with an address.
#[derive(Clone, Debug)]
pub struct Host {
    /// Its own name in all lists.
    pub name: String,
    /// Position of its rack in the layout.
    pub rack_at: usize,
    /// Its position in its rack's stack.
    pub item: usize,
    /// What it is.
    pub class: DeviceClass,
    /// Its address, if the subnet has one left.
    pub address: Option<Ipv4Addr>,
}

/// The plan of a subnet.
#[derive(Clone, Debug)]
pub struct Addresses {
    /// The network's own address.
    base: u32,
    prefix: u32,
    /// The scheme that was chosen.
    by_group: bool,
    groups: u32,
    /// The first board's, counted from the network's own; only in order.
    first_board: u32,
    first_device: u32,
    devices: u32,
}

impl Addresses {
    /// Chooses a scheme.
    pub(super) fn plan(
        network: &Network,
        groups: &[AccessGroup],
        shares: &[Share],
        hosts: &[Host],
        ledger: &mut Ledger,
    ) -> Addresses {
        let (base, prefix) = subnet(&network.subnet);
        let size = size(prefix);
        let gateway = hosts.iter().any(|host| host.class == DeviceClass::Gateway);
        let devices = u32::try_from(hosts.len()).unwrap_or(u32::MAX) - u32::from(gateway);
        let unserved: u32 = shares.iter().filter(|it| it.group.is_none()).map(|it| it.boards).sum();
        let count = u32::try_from(groups.len()).unwrap_or(u32::MAX);
        let blocks = count.saturating_add(unserved.div_ceil(IN_BLOCK));
        let fits = groups.iter().all(|group| group.boards <= IN_BLOCK)
            && u64::from(FIRST_DEVICE) + u64::from(devices) <= u64::from(FIRST_BLOCK * BLOCK)
            && (u64::from(FIRST_BLOCK) + u64::from(blocks)) * u64::from(BLOCK) <= size;
        let (by_group, why) = match network.addresses {
            AddressScheme::ByGroup => (true, "network.addresses says so"),
            AddressScheme::InOrder => (false, "network.addresses says so"),
            AddressScheme::Auto if fits && count > 1 => (true, "the subnet has a block for each"),
            AddressScheme::Auto if count > 1 => (false, "the subnet has no block for each group"),
            AddressScheme::Auto => (false, "there is only one group"),
        };
        let word = if by_group { "by-group" } else { "in-order" };
        let rule = if by_group {
            "board n of group g is address n of block 10 + g"
        } else {
            "boards follow the devices one after the other"
        };
        ledger.derive("network.scheme", format!("{why}: {rule}"), &[], word);
        let boards: u64 = shares.iter().map(|share| u64::from(share.boards)).sum();
        let last = u64::from(FIRST_DEVICE) + u64::from(devices) + boards;
        let roomy = by_group || last < size;
        let first_device = if roomy { FIRST_DEVICE } else { BEHIND_ROUTER };
        let first_board = first_device.saturating_add(devices);
        Addresses { base, prefix, by_group, groups: count, first_board, first_device, devices }
    }

    /// The network's own address and its prefix.
    pub fn network(&self) -> (Ipv4Addr, u32) {
        (Ipv4Addr::from(self.base), self.prefix)
    }

    /// The subnet's mask.
    pub fn mask(&self) -> Ipv4Addr {
        Ipv4Addr::from(u32::MAX.checked_shl(32 - self.prefix).unwrap_or(0))
    }

    /// The subnet's broadcast address.
    pub fn broadcast(&self) -> Ipv4Addr {
        Ipv4Addr::from(self.base | !u32::from(self.mask()))
    }

    /// The router's address.
    pub fn router(&self) -> Ipv4Addr {
        Ipv4Addr::from(self.base + 1)
    }

    /// Gives devices their addresses, and brings them into the order of these.
    pub(super) fn give(&self, hosts: &mut [Host]) {
        hosts.sort_by_key(|host| rank(host.class));
        let router = hosts.iter().position(|host| host.class == DeviceClass::Gateway);
        let mut next = 0;
        for (at, host) in hosts.iter_mut().enumerate() {
            if Some(at) == router {
                host.address = Some(self.router());
            } else {
                host.address = self.device(next);
                next += 1;
            }
        }
    }

    /// The address of device number `device`, from 0.
    fn device(&self, device: usize) -> Option<Ipv4Addr> {
        let device = u32::try_from(device).ok()?;
        let block = if self.by_group { FIRST_BLOCK * BLOCK } else { u32::MAX };
        let host = self.first_device.checked_add(device).filter(|&host| host < block)?;
        (device < self.devices).then(|| self.host(host))?
    }

    /// The address of a board: number `in_group` of its group, and number `board` of all, from 0.
    pub(super) fn board(
        &self,
        group: Option<usize>,
        in_group: u32,
        board: u32,
    ) -> Option<Ipv4Addr> {
        if !self.by_group {
            return self.host(self.first_board.checked_add(board)?);
        }
        let (block, at) = match group {
            Some(group) => (u32::try_from(group).ok()?, in_group),
            None => (self.groups.checked_add(in_group / IN_BLOCK)?, in_group % IN_BLOCK),
        };
        if at >= IN_BLOCK {
            return None;
        }
        let block = FIRST_BLOCK.checked_add(block)?.checked_mul(BLOCK)?;
        self.host(block.checked_add(at + 1)?)
    }

    /// An address by its number; not the last of the subnet.
    fn host(&self, number: u32) -> Option<Ipv4Addr> {
        let there = u64::from(number) + 1 < size(self.prefix);
        there.then(|| Ipv4Addr::from(self.base + number))
    }
}

/// What comes first has the lower address.
fn rank(class: DeviceClass) -> u32 {
    match class {
        DeviceClass::Server => 0,
        DeviceClass::Controller => 1,
        DeviceClass::Gateway => 2,
        _ => 3,
    }
}

/// Addresses of a subnet, all told.
fn size(prefix: u32) -> u64 {
    1 << (32 - prefix.min(32))
}

/// What the design's text says; it was checked when it was read.
fn subnet(text: &str) -> (u32, u32) {
    let parts = text.split_once('/').and_then(|(address, prefix)| {
        Some((address.parse::<Ipv4Addr>().ok()?, prefix.parse::<u32>().ok()?))
    });
    parts.map_or((0, 30), |(address, prefix)| (u32::from(address), prefix))
}
