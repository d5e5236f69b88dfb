//! From the words in `racks.contents` to one flat stack a rack.

use std::collections::BTreeMap;

use crate::cluster::{Cluster, Ledger, Named};
use crate::spec::{Auto, Design, Role};
use crate::units::RackUnits;

/// One thing in a stack, before it has a height.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Item {
    /// A bank.
    Bank,
    /// A device, by its name in the design.
    Device(String),
}

/// What every rack holds, top to bottom, by rack number.
pub type Stacks = BTreeMap<u32, Vec<Item>>;

/// More items than any rack has units: a guard against groups that multiply.
const MOST_ITEMS: usize = 1_000;

/// Expands groups and repetitions of explicit contents.
pub fn written(design: &Design, contents: &BTreeMap<u32, Vec<String>>) -> Stacks {
    contents
        .iter()
        .map(|(&rack, entries)| {
            let mut stack = Vec::new();
            expand(design, entries, 0, &mut stack);
            (rack, stack)
        })
        .collect()
}

fn expand(design: &Design, entries: &[String], depth: usize, stack: &mut Vec<Item>) {
    // Cycles are refused when the design is read; the depth guards against nothing but mistakes
    // in this program.
    if depth > design.racks.groups.len() {
        return;
    }
    for entry in entries {
        let (times, name) = repetition(entry);
        for _ in 0..times {
            if stack.len() >= MOST_ITEMS {
                return;
            }
            match design.racks.groups.get(name) {
                Some(group) => expand(design, group, depth + 1, stack),
                None if name == "bank" => stack.push(Item::Bank),
                None => stack.push(Item::Device(name.to_owned())),
            }
        }
    }
}

/// Splits `3 x blank-1u` into 3 and `blank-1u`; a plain name counts once.
pub fn repetition(entry: &str) -> (u32, &str) {
    entry
        .split_once(" x ")
        .and_then(|(times, name)| Some((times.trim().parse().ok()?, name.trim())))
        .unwrap_or((1, entry.trim()))
}

/// Places banks, access switches and all other named devices by itself: each switch in the middle
/// of the banks that it serves, groups from the first rack's top, everything else below them.
pub fn automatic(design: &Design, cluster: &Cluster, ledger: &mut Ledger) -> Stacks {
    let per_bank = cluster.bank.boards.value.max(1);
    let banks = design.pis.unwrap_or(per_bank).div_ceil(per_bank);
    let access = design
        .devices
        .iter()
        .find(|(_, device)| device.role == Some(Role::Access))
        .map(|(name, _)| name.clone());
    let ports = access.as_ref().map_or(0, |name| ports_of(cluster, name));
    let banks_per_switch = (ports / per_bank).max(1);
    let mut groups: Vec<Vec<Item>> = Vec::new();
    let mut left = banks;
    while left > 0 {
        let served = left.min(banks_per_switch);
        let mut group = vec![Item::Bank; served as usize];
        if let Some(name) = &access {
            group.insert((served as usize).div_ceil(2), Item::Device(name.clone()));
        }
        groups.push(group);
        left -= served;
    }
    let others: Vec<Item> = design
        .devices
        .iter()
        .filter(|(name, _)| Some(*name) != access.as_ref())
        .map(|(name, _)| Item::Device(name.clone()))
        .collect();
    groups.push(others);
    let room = usable(cluster);
    let mut stacks = Stacks::new();
    let (mut rack, mut used) = (1, RackUnits(0));
    for group in groups {
        let height: RackUnits = group.iter().map(|item| height(cluster, item)).sum();
        if used.0 > 0 && used + height > room {
            rack += 1;
            used = RackUnits(0);
        }
        used = used + height;
        stacks.entry(rack).or_default().extend(group);
    }
    let inputs: [&dyn Named; 1] = [&cluster.bank.boards];
    ledger.derive(
        "layout.banks",
        "pis ÷ bank.boards, rounded up: `racks.contents` is auto",
        &inputs,
        banks,
    );
    stacks
}

/// The rack units that a rack offers above its base.
pub fn usable(cluster: &Cluster) -> RackUnits {
    let rack = &cluster.opening.rack;
    RackUnits(rack.units.0.saturating_sub(rack.base_units.0))
}

/// The rack units of an item.
pub fn height(cluster: &Cluster, item: &Item) -> RackUnits {
    match item {
        Item::Bank => cluster.bank.units.value,
        Item::Device(name) => cluster.device(name).map_or(RackUnits(0), |it| it.height),
    }
}

fn ports_of(cluster: &Cluster, name: &str) -> u32 {
    cluster.device(name).map_or(0, |device| device.ports)
}

/// The number of racks that a design names, or that its contents need.
pub fn rack_count(design: &Design, stacks: &Stacks) -> u32 {
    let needed = stacks.keys().next_back().copied().unwrap_or(0);
    match design.racks.count {
        Auto::Set(count) => count.max(needed),
        Auto::Auto => needed,
    }
}

#[cfg(test)]
mod tests {
    use super::repetition;

    #[test]
    fn a_repetition_is_a_count_and_a_name() {
        assert_eq!(repetition("2 x toggles"), (2, "toggles"));
        assert_eq!(repetition("half"), (1, "half"));
    }
}
