//! Supplies: which boards each feeds, where it hangs, how long its cables are.

use std::ops::Range;

use super::cables::{Length, Stock};
use super::groups::{AccessGroup, Share};
use crate::catalog::Supply;
use crate::cluster::Cluster;
use crate::layout::{Behind, Block, Layout, Spot};
use crate::spec::{Auto, Document};

/// One supply in use.
#[derive(Clone, Debug)]
pub struct Feed {
    /// Its own name in all lists: `r1-supply-3`.
    pub name: String,
    /// Position in the layout of the rack that it hangs behind.
    pub rack_at: usize,
    /// The group that it feeds; `None` for boards that no switch serves.
    pub group: Option<usize>,
    /// Its boards, by their numbers in the group (or among those without one), from 0. The first is
    /// at port 1.
    pub boards: Range<u32>,
    /// Where it hangs in the cluster.
    pub block: Block,
    /// The cables to its boards, all of one length.
    pub cable: Length,
}

/// Supplies for all groups, and behind them those for boards that no switch serves.
///
/// The boards of a group are shared out evenly, in order, to as few supplies as have ports for
/// them.
pub(super) fn hang(
    document: &Document,
    cluster: &Cluster,
    layout: &Layout,
    supply: &Supply,
    stock: &Stock,
    groups: &mut [AccessGroup],
    shares: &[Share],
) -> Vec<Feed> {
    let design = &document.design;
    let mut behind = Behind::new(design, cluster, layout);
    let mut in_rack = vec![0_u32; layout.racks.len()];
    let word = unused_word(document);
    let mut feeds = Vec::new();
    let by_group = by_group(groups.len(), shares);
    for (group, shares) in by_group.iter().enumerate() {
        let served = groups.get(group);
        let boards: u32 = shares.iter().map(|share| share.boards).sum();
        let supplies = boards.div_ceil(supply.ports.max(1));
        let each = boards.div_ceil(supplies.max(1));
        let first_feed = feeds.len();
        for number in 0..supplies {
            let boards = number * each..(number * each + each).min(boards);
            let Some(home) = shares.iter().find(|it| it.first + it.boards > boards.start) else {
                continue;
            };
            // Next to the switch; boards without one have their supply next to their bank.
            let (rack_at, item) =
                served.map_or((home.rack_at, home.item), |it| (it.rack_at, it.item));
            let rack = &layout.racks[rack_at];
            let near = rack.items[item].middle(cluster);
            let block = behind.hang(rack_at, near, supply.size);
            in_rack[rack_at] += 1;
            let way = farthest(cluster, layout, shares, &boards, socket(layout, rack_at, &block));
            let cable = match design.power.cable.length {
                Auto::Auto => stock.for_way(way),
                Auto::Set(length) => stock.given(length, way),
            };
            feeds.push(Feed {
                name: format!("r{}-{word}-{}", rack.number, in_rack[rack_at]),
                rack_at,
                group: served.map(|_| group),
                boards,
                block,
                cable,
            });
        }
        if let Some(group) = groups.get_mut(group) {
            group.first_feed = first_feed;
            group.supplies = supplies;
        }
    }
    feeds
}

/// The shares of each group, in the order of its boards, and last those without a group.
fn by_group(groups: usize, shares: &[Share]) -> Vec<Vec<Share>> {
    let mut all = vec![Vec::new(); groups + 1];
    for share in shares {
        all[share.group.unwrap_or(groups)].push(*share);
    }
    all
}

/// Where cables meet a supply: the middle of its face towards its rack.
fn socket(layout: &Layout, rack_at: usize, block: &Block) -> Spot {
    let middle = block.middle();
    let turned = layout.racks[rack_at].stand.turned;
    Spot { y: if turned { block.to.y } else { block.from.y }, ..middle }
}

/// The longest way from the supply to one of its boards. Along a bank the way only grows towards
/// its ends, so only these are looked at.
fn farthest(
    cluster: &Cluster,
    layout: &Layout,
    shares: &[Share],
    boards: &Range<u32>,
    socket: Spot,
) -> crate::units::Mm {
    let ways = shares.iter().flat_map(|share| {
        let from = boards.start.max(share.first);
        let to = boards.end.min(share.first + share.boards);
        let rack = &layout.racks[share.rack_at];
        let ends = if from < to { vec![from, to - 1] } else { vec![] };
        ends.into_iter().map(move |board| {
            let slot = share.first_slot + board - share.first;
            let plug = rack.items[share.item].board_plug(cluster, slot);
            rack.stand.to_cluster(plug).run_to(socket)
        })
    });
    ways.max().unwrap_or_default()
}

/// `supply`, unless a device of the design is called so.
fn unused_word(document: &Document) -> String {
    let mut word = "supply".to_owned();
    while document.design.devices.contains_key(&word) {
        word.insert_str(0, "board-");
    }
    word
}
