//! `racks.contents: auto`: what the design needs, dealt out to as few racks as hold it.
//!
//! 1. Each access switch stands in the middle of the banks that it serves, as many as it has ports
//!    for. If it has fewer ports than a bank has boards, a bank stands in the middle of its
//!    switches.
//! 2. Power units: as many as the plugs and the power need, dealt out evenly.
//! 3. These groups are dealt out evenly to the racks, as far as there is room.
//! 4. Every other device stands once, the heaviest first, in the rack that has the most room.
//! 5. In a rack, groups are on top, and below them devices, the heavier the lower, down to the
//!    lowest unit; what is free is at the top.
//!
//! The number of racks is the smallest that this works with, and at least `racks.count`.

use std::collections::BinaryHeap;

use super::contents::{Entry, Item, Stacks, height, usable};
use crate::catalog::DeviceClass;
use crate::cluster::{Cluster, DevicePlan, Ledger, Named, supply_for};
use crate::spec::{Auto, Design, Document, PowerFrom, Role, WiringCode};
use crate::units::RackUnits;

/// Things that stay together in a rack, top to bottom.
struct Group {
    items: Vec<Item>,
    height: u32,
    boards: u32,
}

/// Devices that all racks share.
struct Others<'a> {
    /// The power unit, and how many of it.
    units: Option<(&'a DevicePlan, &'a str)>,
    unit_count: u32,
    /// The rest, the heaviest first.
    single: Vec<(&'a str, &'a DevicePlan)>,
}

/// Places banks and all named devices by itself.
pub(super) fn stacks(document: &Document, cluster: &Cluster, ledger: &mut Ledger) -> Stacks {
    let design = &document.design;
    let per_bank = cluster.bank.boards.value.max(1);
    let boards = design.pis.unwrap_or(per_bank);
    let access = access(design, cluster);
    let groups = groups(design, cluster, access, boards);
    let others = others(document, cluster, &groups, access.map(|(name, _)| name));
    let asked = match design.racks.count {
        Auto::Set(count) => count,
        Auto::Auto => 1,
    };
    let fewest = asked.max(fewest(cluster, &groups));
    // In the worst case each thing has a rack of its own.
    let most = fewest + count(groups.len()) + others.unit_count + count(others.single.len()) + 1;
    let dealt = (fewest..=most).find_map(|racks| deal(cluster, &groups, &others, racks, false));
    let racks = dealt.or_else(|| deal(cluster, &groups, &others, most, true)).unwrap_or_default();
    record(cluster, access, &others, boards, count(racks.len()), ledger);
    let stacks = racks.into_iter().map(|rack| rack.stack(cluster));
    (1..).zip(stacks).collect()
}

/// The first device with the role of an access switch that has ports.
fn access<'a>(design: &'a Design, cluster: &'a Cluster) -> Option<(&'a str, &'a DevicePlan)> {
    design
        .devices
        .iter()
        .filter(|(_, used)| used.role == Some(Role::Access))
        .filter_map(|(name, _)| Some((name.as_str(), cluster.device(name)?)))
        .find(|(_, device)| device.ports > 0)
}

/// The rack units that a power unit takes, if the design names one: a group leaves so much free,
/// since units are dealt out evenly.
fn unit_height(design: &Design, cluster: &Cluster) -> u32 {
    let named = design.devices.keys().filter_map(|name| cluster.device(name));
    let units = named.filter(|it| it.class == DeviceClass::Pdu && it.outlets > 0);
    units.map(|unit| unit.height.0).max().unwrap_or(0)
}

fn groups(
    design: &Design,
    cluster: &Cluster,
    access: Option<(&str, &DevicePlan)>,
    boards: u32,
) -> Vec<Group> {
    let kept = unit_height(design, cluster);
    let per_bank = cluster.bank.boards.value.max(1);
    let bank_height = cluster.bank.units.value.0.max(1);
    let mut left = boards;
    let mut groups = Vec::new();
    while left > 0 {
        let (banks, switches) = match access {
            None => (1, 0),
            Some((_, device)) if device.ports >= per_bank => {
                let room = usable(cluster).0.saturating_sub(device.height.0 + kept);
                let fit = (room / bank_height).max(1);
                ((device.ports / per_bank).min(left.div_ceil(per_bank)).min(fit), 1)
            }
            Some((_, device)) => (1, left.min(per_bank).div_ceil(device.ports)),
        };
        let seated = left.min(banks.saturating_mul(per_bank));
        let mut items = vec![Item::Bank; banks as usize];
        for number in 0..switches {
            let Some((name, _)) = access else { continue };
            // In the middle of the banks; of several, the first half above the only bank.
            let at = if switches == 1 {
                banks.div_ceil(2)
            } else if number < switches / 2 {
                0
            } else {
                count(items.len())
            };
            items.insert(at as usize, Item::Device(name.to_owned()));
        }
        groups.push(Group { height: units(cluster, &items), items, boards: seated });
        left -= seated;
    }
    groups
}

fn others<'a>(
    document: &'a Document,
    cluster: &'a Cluster,
    groups: &[Group],
    access: Option<&str>,
) -> Others<'a> {
    let named = document.design.devices.keys().filter(|name| Some(name.as_str()) != access);
    let mut single: Vec<(&str, &DevicePlan)> =
        named.filter_map(|name| Some((name.as_str(), cluster.device(name)?))).collect();
    single.sort_by(|(a_name, a), (b_name, b)| {
        b.mass.value.0.total_cmp(&a.mass.value.0).then_with(|| a_name.cmp(b_name))
    });
    let unit = single.iter().position(|(_, it)| it.class == DeviceClass::Pdu && it.outlets > 0);
    let unit = unit.map(|at| single.remove(at));
    let unit_count =
        unit.map_or(0, |(_, unit)| units_needed(document, cluster, groups, &single, unit));
    Others { units: unit.map(|(name, plan)| (plan, name)), unit_count, single }
}

/// Power units for all plugs, and for all watts.
fn units_needed(
    document: &Document,
    cluster: &Cluster,
    groups: &[Group],
    single: &[(&str, &DevicePlan)],
    unit: &DevicePlan,
) -> u32 {
    let power = &document.design.power;
    let switches = groups.iter().flat_map(|group| &group.items).filter_map(|item| match item {
        Item::Device(name) => cluster.device(name),
        Item::Bank => None,
    });
    let devices = switches.chain(single.iter().map(|(_, device)| *device));
    let (mut plugs, mut watts) = (0_u32, 0.0);
    for device in devices.filter(|device| device.power.value.0 > 0.0) {
        plugs += 1;
        watts += device.power.value.0;
    }
    let boards: u32 = groups.iter().map(|group| group.boards).sum();
    if power.from == PowerFrom::Supply
        && let Some((_, supply)) = supply_for(document, cluster, boards)
    {
        let ports = supply.ports.max(1);
        plugs += groups.iter().map(|group| group.boards.div_ceil(ports)).sum::<u32>();
    }
    let board = cluster.board.at_wall(cluster.board.power.stress.value);
    watts += board.0 * f64::from(boards);
    let derating = match power.circuit.code {
        WiringCode::Nec => 0.8,
        WiringCode::Iec => 1.0,
    };
    let amps = unit.inlet.0.min(power.circuit.amps.0) * derating;
    let carries = amps * power.circuit.volts.0 * f64::from(unit.inlets.max(1)) * POWER_FACTOR;
    let for_watts = if carries > 0.0 { (watts / carries).ceil() as u32 } else { 0 };
    plugs.div_ceil(unit.outlets).max(for_watts).max(1)
}

/// Of supplies and devices at the wall (the catalogue's supplies; unverified).
const POWER_FACTOR: f64 = 0.95;

/// Fewer racks than this cannot hold the groups.
fn fewest(cluster: &Cluster, groups: &[Group]) -> u32 {
    let room = usable(cluster).0;
    let tallest = groups.iter().map(|group| group.height).max().unwrap_or(1).max(1);
    let each = (room / tallest).max(1);
    // The last group may be smaller than the others, and find room where they do not.
    (count(groups.len().saturating_sub(1))).div_ceil(each).max(1)
}

/// One rack while it is filled.
struct Filling<'a> {
    groups: Vec<&'a Group>,
    devices: Vec<(&'a str, &'a DevicePlan)>,
    free: u32,
}

impl<'a> Filling<'a> {
    fn add(&mut self, name: &'a str, device: &'a DevicePlan) {
        self.free = self.free.saturating_sub(device.height.0);
        self.devices.push((name, device));
    }

    /// Groups on top, the heaviest device lowest, what is free above all.
    fn stack(mut self, cluster: &Cluster) -> Vec<Entry> {
        self.devices.sort_by(|(a_name, a), (b_name, b)| {
            a.mass.value.0.total_cmp(&b.mass.value.0).then_with(|| a_name.cmp(b_name))
        });
        let groups = self.groups.iter().flat_map(|group| group.items.iter().cloned());
        let devices = self.devices.iter().map(|(name, _)| Item::Device((*name).to_owned()));
        let items: Vec<Entry> = groups.chain(devices).map(Entry::Item).collect();
        let used: RackUnits = items.iter().map(|entry| height(cluster, entry)).sum();
        let free = RackUnits(usable(cluster).0.saturating_sub(used.0));
        let free = Some(Entry::Free(free)).filter(|_| free.0 > 0);
        free.into_iter().chain(items).collect()
    }
}

/// Deals everything out to so many racks; `None` if it does not fit. Forced, it always does, with
/// what is taller than a rack in a rack of its own.
fn deal<'a>(
    cluster: &Cluster,
    groups: &'a [Group],
    others: &Others<'a>,
    racks: u32,
    forced: bool,
) -> Option<Vec<Filling<'a>>> {
    let room = usable(cluster).0;
    let share = |all: u32, rack: u32| {
        let upto = |rack: u32| u64::from(all) * u64::from(rack) / u64::from(racks);
        upto(rack + 1) - upto(rack)
    };
    let mut waiting = groups.iter().peekable();
    let mut owed = 0;
    let mut filled = Vec::new();
    for rack in 0..racks {
        let mut filling = Filling { groups: Vec::new(), devices: Vec::new(), free: room };
        if let Some((unit, name)) = others.units {
            for _ in 0..share(others.unit_count, rack) {
                if unit.height.0 > filling.free && !forced {
                    return None;
                }
                filling.add(name, unit);
            }
        }
        owed += share(count(groups.len()), rack);
        while owed > 0 {
            let alone = forced && filling.groups.is_empty();
            let Some(group) = waiting.next_if(|group| group.height <= filling.free || alone) else {
                break;
            };
            filling.free = filling.free.saturating_sub(group.height);
            filling.groups.push(group);
            owed -= 1;
        }
        filled.push(filling);
    }
    if waiting.peek().is_some() {
        return None;
    }
    let mut roomiest: BinaryHeap<(u32, std::cmp::Reverse<usize>)> =
        filled.iter().enumerate().map(|(at, it)| (it.free, std::cmp::Reverse(at))).collect();
    for &(name, device) in &others.single {
        let (free, at) = roomiest.pop()?;
        if device.height.0 > free && !forced {
            return None;
        }
        filled[at.0].add(name, device);
        roomiest.push((filled[at.0].free, at));
    }
    Some(filled)
}

fn record(
    cluster: &Cluster,
    access: Option<(&str, &DevicePlan)>,
    others: &Others,
    boards: u32,
    racks: u32,
    ledger: &mut Ledger,
) {
    let per_bank = cluster.bank.boards.value.max(1);
    let inputs: [&dyn Named; 1] = [&cluster.bank.boards];
    ledger.derive(
        "layout.banks",
        "pis ÷ bank.boards, rounded up: `racks.contents` is auto",
        &inputs,
        boards.div_ceil(per_bank),
    );
    let groups = match access {
        None => "no access switch is named, so banks stand by themselves".to_owned(),
        Some((name, device)) if device.ports >= per_bank => format!(
            "each {name} stands in the middle of the {} banks that its {} ports serve",
            device.ports / per_bank,
            device.ports
        ),
        Some((name, device)) => format!(
            "each bank of {per_bank} stands in the middle of {} × {name} of {} ports",
            per_bank.div_ceil(device.ports.max(1)),
            device.ports
        ),
    };
    let units = others.units.map_or_else(String::new, |(_, name)| {
        format!("; {} × {name} for all plugs and watts, dealt out evenly", others.unit_count)
    });
    ledger.derive(
        "layout.racks",
        format!(
            "the fewest racks of {} usable that hold everything: {groups}{units}; other devices \
             once each, where there is most room; in a rack the heavier the lower, what is free \
             at the top",
            usable(cluster)
        ),
        &inputs,
        racks,
    );
}

fn units(cluster: &Cluster, items: &[Item]) -> u32 {
    items.iter().map(|item| height(cluster, &Entry::Item(item.clone())).0).sum()
}

fn count(length: usize) -> u32 {
    u32::try_from(length).unwrap_or(u32::MAX / 4)
}
