//! Who sits where: racks, and banks and devices at their rack units.
//!
//! Promise: every bank and device of the design has one place; numbering is racks by their key,
//! banks top to bottom. A stack that is taller than its rack is placed all the same (its lowest
//! things below unit 1), and the checks say so.

mod contents;
mod floor;

use crate::cluster::{Cluster, Known, Ledger};
use crate::spec::{Auto, Design};
use crate::units::RackUnits;

pub use contents::{Item, repetition, usable};
pub use floor::Stand;

/// All racks of a cluster.
#[derive(Clone, Debug)]
pub struct Layout {
    /// The racks, in order of their numbers.
    pub racks: Vec<RackPlan>,
    /// Banks in all racks.
    pub banks: Known<u32>,
    /// Places for boards.
    pub places: Known<u32>,
    /// Boards of the design.
    pub boards: Known<u32>,
}

/// One rack.
#[derive(Clone, Debug)]
pub struct RackPlan {
    /// Its number.
    pub number: u32,
    /// Where it stands on the floor.
    pub stand: Stand,
    /// What it holds, top to bottom.
    pub items: Vec<Placed>,
    /// Rack units that its contents take.
    pub used: RackUnits,
    /// Rack units that it offers.
    pub usable: RackUnits,
}

/// A thing in a rack.
#[derive(Clone, Debug)]
pub struct Placed {
    /// What it is.
    pub item: Item,
    /// Its lowest rack unit; 1 is the lowest of the rack. Zero or less if it does not fit.
    pub unit: i64,
    /// How many rack units it takes.
    pub height: RackUnits,
}

impl Layout {
    /// Places everything that `racks` names, or, if its contents are `auto`, what the design needs.
    pub fn place(design: &Design, cluster: &Cluster, ledger: &mut Ledger) -> Layout {
        let stacks = match &design.racks.contents {
            Auto::Set(contents) => contents::written(design, contents),
            Auto::Auto => contents::automatic(design, cluster, ledger),
        };
        let usable = usable(cluster);
        let top = i64::from(cluster.opening.rack.units.0);
        let count = contents::rack_count(design, &stacks);
        let stands = floor::stands(design, cluster, count as usize, ledger);
        let racks: Vec<RackPlan> = (1..=count)
            .zip(stands)
            .map(|(number, stand)| {
                let mut next = top;
                let items: Vec<Placed> = stacks
                    .get(&number)
                    .into_iter()
                    .flatten()
                    .map(|item| {
                        let height = contents::height(cluster, item);
                        next -= i64::from(height.0);
                        Placed { item: item.clone(), unit: next + 1, height }
                    })
                    .collect();
                let used = items.iter().map(|placed| placed.height).sum();
                RackPlan { number, stand, items, used, usable }
            })
            .collect();
        let banks = racks.iter().flat_map(|rack| &rack.items);
        let banks = banks.filter(|placed| placed.item == Item::Bank).count();
        let banks = u32::try_from(banks).unwrap_or(u32::MAX);
        let banks = ledger.derive("cluster.banks", "banks in all racks", &[], banks);
        let places = ledger.derive(
            "cluster.places",
            "cluster.banks × bank.boards",
            &[&banks, &cluster.bank.boards],
            banks.value.saturating_mul(cluster.bank.boards.value),
        );
        let boards = match design.pis {
            Some(pis) => ledger.given("pis", pis),
            None => ledger.derive("pis", "cluster.places", &[&places], places.value),
        };
        Layout { racks, banks, places, boards }
    }

    /// Boards in bank number `bank`, counted from 0: banks fill in their order.
    pub fn boards_in(&self, bank: u32, per_bank: u32) -> u32 {
        let seated = self.boards.value.min(self.places.value);
        seated.saturating_sub(bank.saturating_mul(per_bank)).min(per_bank)
    }

    /// How often each device of the design stands in the racks.
    pub fn devices(&self) -> impl Iterator<Item = &str> {
        self.racks.iter().flat_map(|rack| &rack.items).filter_map(|placed| match &placed.item {
            Item::Device(name) => Some(name.as_str()),
            Item::Bank => None,
        })
    }
}
