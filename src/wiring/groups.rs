//! Access groups: which switch serves which boards, down to its ports.

use crate::cluster::{Cluster, DevicePlan};
use crate::layout::{Item, Layout, RackPlan};
use crate::spec::{Design, Role};

/// One access switch, the banks that it serves, and the supplies that feed them.
#[derive(Clone, Debug)]
pub struct AccessGroup {
    /// Number of the rack that it stands in.
    pub rack: u32,
    /// Position of that rack in the layout.
    pub rack_at: usize,
    /// Position of the switch in its rack's stack.
    pub item: usize,
    /// The switch's name in the design.
    pub switch: String,
    /// The switch's own name in all lists: `r1-switch-3`.
    pub name: String,
    /// Its ports for boards.
    pub ports: u32,
    /// How boards are dealt to its ports.
    pub numbering: Numbering,
    /// Numbers of the banks that it serves, counted from 0 through all racks.
    pub banks: Vec<u32>,
    /// Boards in them that it serves.
    pub boards: u32,
    /// Supplies that feed them.
    pub supplies: u32,
    /// Its first supply in [`Wiring::feeds`](super::Wiring::feeds).
    pub first_feed: usize,
}

/// How the boards of a group are dealt to the ports of its switch.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Numbering {
    /// One after the other.
    InOrder,
    /// The first `above` boards, whose banks are above the switch, take the odd ports, which are
    /// its upper row; the others the even ones. Cables then run straight up and down.
    OddAbove {
        /// Boards above the switch.
        above: u32,
    },
}

/// Boards side by side in one bank that belong to one group, or to none.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Share {
    /// Number of the bank, from 0 through all racks.
    pub bank: u32,
    /// Position of its rack in the layout.
    pub rack_at: usize,
    /// Position of the bank in its rack's stack.
    pub item: usize,
    /// Slot of the first of these boards, from 0 at the left.
    pub first_slot: u32,
    /// How many boards.
    pub boards: u32,
    /// Their group in [`Wiring::groups`](super::Wiring::groups); `None` if no switch serves them.
    pub group: Option<usize>,
    /// Number of the first of these boards in its group, from 0. Boards without a group are
    /// counted among themselves.
    pub first: u32,
}

impl AccessGroup {
    /// The port of the group's board number `board`, from 0. Ports count from 1.
    pub fn port(&self, board: u32) -> u32 {
        match self.numbering {
            Numbering::InOrder => board + 1,
            Numbering::OddAbove { above } if board < above => 2 * board + 1,
            Numbering::OddAbove { above } => 2 * (board - above) + 2,
        }
    }

    /// Ports that no board uses, the highest first.
    pub fn free_ports(&self) -> impl Iterator<Item = u32> {
        let (boards, numbering) = (self.boards, self.numbering);
        let is_free = move |port: &u32| match numbering {
            Numbering::InOrder => *port > boards,
            Numbering::OddAbove { above } if port % 2 == 1 => *port > 2 * above,
            Numbering::OddAbove { above } => *port > 2 * boards.saturating_sub(above),
        };
        (1..=self.ports).rev().filter(is_free)
    }
}

/// Groups by rack and from top to bottom, and shares by bank and slot; groups have no supplies yet.
pub(super) fn assign(
    design: &Design,
    cluster: &Cluster,
    layout: &Layout,
    names: &[Vec<String>],
) -> (Vec<AccessGroup>, Vec<Share>) {
    let (mut groups, mut shares) = (Vec::new(), Vec::new());
    let mut unserved = 0;
    for (rack_at, rack) in layout.racks.iter().enumerate() {
        let mut filling = Filling::new(design, cluster, layout, rack);
        filling.whole_banks();
        filling.split_banks();
        let first_group = groups.len();
        for switch in &filling.switches {
            let mine = filling.of_switch(switch.item);
            let above = mine.iter().filter(|it| it.item < switch.item).map(|it| it.boards).sum();
            let boards: u32 = mine.iter().map(|it| it.boards).sum();
            let mut banks: Vec<u32> = mine.iter().map(|it| it.bank).collect();
            banks.dedup();
            groups.push(AccessGroup {
                rack: rack.number,
                rack_at,
                item: switch.item,
                switch: switch.name.to_owned(),
                name: names[rack_at][switch.item].clone(),
                ports: switch.device.ports,
                numbering: numbering(above, boards, switch.device.ports),
                banks,
                boards,
                supplies: 0,
                first_feed: 0,
            });
        }
        let mut counted = vec![0; filling.switches.len()];
        for piece in &filling.pieces {
            let switch = filling.switches.iter().position(|it| Some(it.item) == piece.switch);
            let counter = match switch {
                Some(at) => &mut counted[at],
                None => &mut unserved,
            };
            shares.push(Share {
                bank: piece.bank,
                rack_at,
                item: piece.item,
                first_slot: piece.first_slot,
                boards: piece.boards,
                group: switch.map(|at| first_group + at),
                first: *counter,
            });
            *counter += piece.boards;
        }
    }
    (groups, shares)
}

/// Odd above, even below, where both rows have ports enough.
fn numbering(above: u32, boards: u32, ports: u32) -> Numbering {
    let below = boards - above;
    if above > 0 && below > 0 && above <= ports.div_ceil(2) && below <= ports / 2 {
        Numbering::OddAbove { above }
    } else {
        Numbering::InOrder
    }
}

/// One rack while its boards are dealt to its switches.
struct Filling<'a> {
    switches: Vec<Switch<'a>>,
    pieces: Vec<Piece>,
}

struct Switch<'a> {
    item: usize,
    name: &'a str,
    device: &'a DevicePlan,
    free: u32,
}

/// Boards side by side, with the switch that serves them, by position in the stack.
#[derive(Clone, Copy)]
struct Piece {
    bank: u32,
    item: usize,
    first_slot: u32,
    boards: u32,
    switch: Option<usize>,
}

impl<'a> Filling<'a> {
    fn new(
        design: &Design,
        cluster: &'a Cluster,
        layout: &Layout,
        rack: &'a RackPlan,
    ) -> Filling<'a> {
        let is_access = |name: &str| {
            design.devices.get(name).is_some_and(|device| device.role == Some(Role::Access))
        };
        let switches = rack.devices().filter(|(_, name)| is_access(name));
        let switches = switches.filter_map(|(item, name)| {
            let device = cluster.device(name)?;
            Some(Switch { item, name, device, free: device.ports })
        });
        let per_bank = cluster.bank.boards.value;
        let pieces = rack.banks().map(|(bank, item, placed)| {
            debug_assert_eq!(placed.item, Item::Bank);
            let boards = layout.boards_in(bank, per_bank);
            Piece { bank, item, first_slot: 0, boards, switch: None }
        });
        let pieces = pieces.filter(|piece| piece.boards > 0).collect();
        Filling { switches: switches.collect(), pieces }
    }

    /// Each access switch, from the top, takes the nearest banks that no other has, the upper one
    /// first, until the next would not find enough ports.
    fn whole_banks(&mut self) {
        for switch in &mut self.switches {
            for at in nearest(&self.pieces, switch.item) {
                let piece = &mut self.pieces[at];
                if piece.boards > switch.free {
                    break;
                }
                switch.free -= piece.boards;
                piece.switch = Some(switch.item);
            }
        }
    }

    /// Banks that no switch could take as a whole are split: each takes the nearest switches that
    /// have ports left, the upper one first.
    fn split_banks(&mut self) {
        let (served, left): (Vec<Piece>, Vec<Piece>) =
            self.pieces.iter().partition(|piece| piece.switch.is_some());
        self.pieces = served;
        for mut piece in left {
            let mut order: Vec<usize> = (0..self.switches.len()).collect();
            order.sort_by_key(|&at| {
                let item = self.switches[at].item;
                (item.abs_diff(piece.item), item)
            });
            for at in order {
                let switch = &mut self.switches[at];
                let boards = piece.boards.min(switch.free);
                if boards > 0 {
                    switch.free -= boards;
                    self.pieces.push(Piece { boards, switch: Some(switch.item), ..piece });
                    piece.first_slot += boards;
                    piece.boards -= boards;
                }
            }
            if piece.boards > 0 {
                self.pieces.push(piece);
            }
        }
        self.pieces.sort_by_key(|piece| (piece.item, piece.first_slot));
    }

    fn of_switch(&self, item: usize) -> Vec<Piece> {
        self.pieces.iter().filter(|piece| piece.switch == Some(item)).copied().collect()
    }
}

/// Pieces without a switch, the nearest to a position in the stack first.
fn nearest(pieces: &[Piece], item: usize) -> Vec<usize> {
    let free = (0..pieces.len()).filter(|&at| pieces[at].switch.is_none());
    let mut free: Vec<usize> = free.collect();
    free.sort_by_key(|&at| (pieces[at].item.abs_diff(item), pieces[at].item));
    free
}
