//! Every board, one after the other, with all that it is joined to.

use std::net::Ipv4Addr;

use super::cables::Length;
use super::groups::Share;
use super::names::Where;
use super::{AccessGroup, Wiring};
use crate::cluster::Cluster;
use crate::layout::{Layout, RackPlan};

/// One board and its two cables.
#[derive(Clone, Debug)]
pub struct BoardRow<'a> {
    /// Its host name.
    pub name: String,
    /// Position of its rack in the layout.
    pub rack_at: usize,
    /// Position of its bank in the rack's stack.
    pub item: usize,
    /// Its slot in the bank, from 1 at the left.
    pub slot: u32,
    /// Its switch, the port there, and the cable to it; `None` if no switch has a port for it.
    pub patch: Option<(&'a AccessGroup, u32, Length)>,
    /// Its supply (in [`Wiring::feeds`]), the port there, and the cable to it.
    pub power: Option<(usize, u32, Length)>,
    /// Its address, if the subnet has one left.
    pub address: Option<Ipv4Addr>,
}

impl Wiring {
    /// Every board, by rack, bank and slot. Nothing is held for all boards at once.
    pub fn boards<'a>(
        &'a self,
        cluster: &'a Cluster,
        layout: &'a Layout,
    ) -> impl Iterator<Item = BoardRow<'a>> {
        let mut before = 0;
        self.shares.iter().flat_map(move |share| {
            let first = before;
            before += share.boards;
            (0..share.boards).map(move |n| self.row(cluster, layout, share, n, first + n))
        })
    }

    /// The host name of the board in slot `slot` (from 0) of bank `bank` (from 0 through all racks).
    pub fn host_name(&self, rack: &RackPlan, bank: u32, slot: u32) -> String {
        let bank_in_rack = bank - rack.first_bank;
        self.names.of(Where { rack: rack.number, bank, bank_in_rack, slot })
    }

    fn row(
        &self,
        cluster: &Cluster,
        layout: &Layout,
        share: &Share,
        n: u32,
        board: u32,
    ) -> BoardRow<'_> {
        let rack = &layout.racks[share.rack_at];
        let in_group = share.first + n;
        let at = Where {
            rack: rack.number,
            bank: share.bank,
            bank_in_rack: share.bank - rack.first_bank,
            slot: share.first_slot + n,
        };
        let group = share.group.map(|group| &self.groups[group]);
        BoardRow {
            name: self.names.of(at),
            rack_at: share.rack_at,
            item: share.item,
            slot: at.slot + 1,
            patch: group.map(|group| {
                let port = group.port(in_group);
                (group, port, self.patch_length(cluster, layout, share, group, n))
            }),
            power: self.power(share.group, in_group),
            address: self.addresses.board(share.group, in_group, board),
        }
    }

    /// The cable of a share's board number `n`.
    pub(super) fn patch_length(
        &self,
        cluster: &Cluster,
        layout: &Layout,
        share: &Share,
        group: &AccessGroup,
        n: u32,
    ) -> Length {
        let rack = &layout.racks[share.rack_at];
        let socket = rack.items[share.item].board_socket(cluster, share.first_slot + n);
        let switch = &rack.items[group.item];
        let port = switch.port(cluster, group.port(share.first + n), group.ports);
        self.patch_stock.for_way(socket.run_to(port))
    }

    /// The supply of a board: supplies share a group's boards out evenly, in order.
    fn power(&self, group: Option<usize>, in_group: u32) -> Option<(usize, u32, Length)> {
        let first = match group {
            Some(group) => self.groups[group].first_feed,
            None => self.unserved_feeds.start,
        };
        let each = self.feeds.get(first).filter(|feed| feed.group == group)?.boards.len();
        let at = first + in_group as usize / each.max(1);
        let feed = self.feeds.get(at)?;
        feed.boards.contains(&in_group).then(|| (at, in_group - feed.boards.start + 1, feed.cable))
    }
}
