//! From the words in `racks.contents` to one flat stack a rack.

use std::collections::BTreeMap;

use crate::cluster::Cluster;
use crate::spec::{Auto, Design, EMPTY};
use crate::units::RackUnits;

/// One thing in a rack.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Item {
    /// A bank.
    Bank,
    /// A device, by its name in the design.
    Device(String),
}

/// One step down a stack.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Entry {
    /// Something stands here.
    Item(Item),
    /// So much is left free.
    Free(RackUnits),
}

/// What every rack holds, top to bottom, by rack number.
pub(super) type Stacks = BTreeMap<u32, Vec<Entry>>;

/// More items than any rack has units: a guard against groups that multiply.
const MOST_ITEMS: usize = 1_000;

/// Expands groups and repetitions of explicit contents.
pub(super) fn written(design: &Design, contents: &BTreeMap<u32, Vec<String>>) -> Stacks {
    contents
        .iter()
        .map(|(&rack, entries)| {
            let mut stack = Vec::new();
            expand(design, entries, 0, &mut stack);
            (rack, stack)
        })
        .collect()
}

fn expand(design: &Design, entries: &[String], depth: usize, stack: &mut Vec<Entry>) {
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
                None if name == "bank" => stack.push(Entry::Item(Item::Bank)),
                None if name == EMPTY => stack.push(Entry::Free(RackUnits(1))),
                None => stack.push(Entry::Item(Item::Device(name.to_owned()))),
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

/// The rack units that a rack offers above its base.
pub fn usable(cluster: &Cluster) -> RackUnits {
    let rack = &cluster.opening.rack;
    RackUnits(rack.units.0.saturating_sub(rack.base_units.0))
}

/// The rack units of one step of a stack.
pub(super) fn height(cluster: &Cluster, entry: &Entry) -> RackUnits {
    match entry {
        Entry::Item(Item::Bank) => cluster.bank.units.value,
        Entry::Item(Item::Device(name)) => {
            cluster.device(name).map_or(RackUnits(0), |it| it.height)
        }
        Entry::Free(units) => *units,
    }
}

/// The number of racks that a design names, or that its contents need.
pub(super) fn rack_count(design: &Design, stacks: &Stacks) -> u32 {
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
