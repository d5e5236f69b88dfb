//! Who sits where: racks, and banks and devices at their rack units, all with places in 3D.
//!
//! Promise: every bank and device of the design has one place; numbering is racks by their key,
//! banks top to bottom. A stack that is taller than its rack is placed all the same (its lowest
//! things below unit 1), and the checks say so. Contents that are `auto` never overlap and never
//! exceed a rack, unless a single thing is taller than one.

mod automatic;
mod behind;
mod contents;
mod floor;
mod place;
mod space;

use std::collections::BTreeSet;
use std::ops::Range;

use crate::cluster::{Cluster, Known, Ledger};
use crate::spec::{Auto, Design, Document};
use crate::units::RackUnits;

pub use behind::Behind;
pub use contents::{Item, repetition, usable};
pub use floor::Stand;
pub use place::unit_height;
pub use space::{Block, Spot};

use contents::Entry;

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
    /// Number of its first bank, from 0 through all racks.
    pub first_bank: u32,
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
    pub fn place(document: &Document, cluster: &Cluster, ledger: &mut Ledger) -> Layout {
        let design = &document.design;
        let stacks = match &design.racks.contents {
            Auto::Set(contents) => contents::written(design, contents),
            Auto::Auto => automatic::stacks(document, cluster, ledger),
        };
        let usable = usable(cluster);
        let numbers = 1..=contents::rack_count(design, &stacks);
        let stands = floor::abreast(design, cluster, numbers.clone().count());
        let mut first_bank = 0;
        let mut racks: Vec<RackPlan> = numbers
            .zip(stands)
            .map(|(number, stand)| {
                let items = stacked(cluster, stacks.get(&number).map_or(&[], Vec::as_slice));
                let used = items.iter().map(|placed| placed.height).sum();
                let rack = RackPlan { number, stand, items, first_bank, used, usable };
                first_bank += rack.bank_count();
                rack
            })
            .collect();
        floor::move_apart(design, cluster, &mut racks, ledger);
        let banks = ledger.derive("cluster.banks", "banks in all racks", &[], first_bank);
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
        self.racks.iter().flat_map(RackPlan::devices).map(|(_, name)| name)
    }

    /// Which racks, by their position in [`Layout::racks`], look to the front and to the rear.
    pub fn rows(&self, design: &Design) -> [Range<usize>; 2] {
        let in_front = floor::in_front(design, self.racks.len());
        [0..in_front, in_front..self.racks.len()]
    }

    /// The nearest of some racks to rack `rack`, those of its own row first; the first of several.
    /// It is looked for among the next few by number, and among those that stand behind.
    pub fn nearest_of(
        &self,
        design: &Design,
        rack: usize,
        among: &BTreeSet<usize>,
    ) -> Option<usize> {
        const FEW: usize = 16;
        let [front, _] = self.rows(design);
        let behind = self.racks.len().saturating_sub(1 + rack);
        let around = |at: usize| {
            let below = among.range(..at).rev().take(FEW);
            below.chain(among.range(at..).take(FEW)).copied()
        };
        let here = self.racks[rack].stand;
        let distance = |other: usize| {
            let there = self.racks[other].stand;
            let away = (here.x - there.x).abs() + (here.y - there.y).abs();
            (front.contains(&other) != front.contains(&rack), away, other)
        };
        around(rack).chain(around(behind)).min_by_key(|&other| distance(other))
    }
}

impl RackPlan {
    /// Its devices: position in the stack, and name in the design.
    pub fn devices(&self) -> impl Iterator<Item = (usize, &str)> {
        self.items.iter().enumerate().filter_map(|(at, placed)| match &placed.item {
            Item::Device(name) => Some((at, name.as_str())),
            Item::Bank => None,
        })
    }

    /// Its banks, top to bottom: number from 0 through all racks, position in the stack, place.
    pub fn banks(&self) -> impl Iterator<Item = (u32, usize, &Placed)> {
        let banks = self.items.iter().enumerate().filter(|(_, placed)| placed.item == Item::Bank);
        (self.first_bank..).zip(banks).map(|(bank, (at, placed))| (bank, at, placed))
    }

    fn bank_count(&self) -> u32 {
        let banks = self.items.iter().filter(|placed| placed.item == Item::Bank).count();
        u32::try_from(banks).unwrap_or(u32::MAX)
    }
}

/// A stack from the rack's top unit down.
fn stacked(cluster: &Cluster, stack: &[Entry]) -> Vec<Placed> {
    let mut next = i64::from(cluster.opening.rack.units.0);
    let mut items = Vec::new();
    for entry in stack {
        let height = contents::height(cluster, entry);
        next -= i64::from(height.0);
        if let Entry::Item(item) = entry {
            items.push(Placed { item: item.clone(), unit: next + 1, height });
        }
    }
    items
}
