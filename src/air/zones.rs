//! The halves of the racks, and what each holds.

use super::MOST_BLOCKED;
use crate::catalog::DeviceClass;
use crate::cluster::Cluster;
use crate::layout::{Item, Layout, Placed, RackPlan};
use crate::spec::Side;
use crate::units::{Mm, Watts};

/// A half of a rack, or all of it where its banks lie in one half.
#[derive(Clone, Debug, PartialEq)]
pub struct Zone {
    /// The rack.
    pub rack: u32,
    /// Which half.
    pub half: Half,
    /// Is it below the height that divides the racks?
    pub below: bool,
    /// Where its rack looks out.
    pub side: Side,
    /// Banks in it.
    pub banks: u32,
    /// Boards in them.
    pub boards: u32,
    /// What its switches draw: they stand among the boards.
    pub switches: Watts,
}

/// Part of a rack.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Half {
    /// Above the height that divides the racks.
    Upper,
    /// Below it.
    Lower,
    /// All banks lie on one side of it.
    Whole,
}

impl Zone {
    /// Its name for people.
    pub fn title(&self) -> String {
        match self.half {
            Half::Upper => format!("rack {}, upper half", self.rack),
            Half::Lower => format!("rack {}, lower half", self.rack),
            Half::Whole => format!("rack {}", self.rack),
        }
    }

    /// Its name in the ledger.
    pub fn key(&self) -> String {
        match self.half {
            Half::Upper => format!("air.rack-{}-upper", self.rack),
            Half::Lower => format!("air.rack-{}-lower", self.rack),
            Half::Whole => format!("air.rack-{}", self.rack),
        }
    }
}

/// A device that reaches far into the space behind the racks.
pub(super) struct Deep<'a> {
    pub device: &'a str,
    pub rack: u32,
    pub depth: Mm,
    /// Twice the height of its middle, in rack units from the floor of the rack.
    middle: i64,
}

/// Devices that fill more than [`MOST_BLOCKED`] of a space of this depth, from the top of the
/// racks.
pub(super) fn deep<'a>(cluster: &Cluster, layout: &'a Layout, space: Mm) -> Vec<Deep<'a>> {
    let mut found: Vec<Deep> = Vec::new();
    for rack in &layout.racks {
        for placed in &rack.items {
            let Item::Device(name) = &placed.item else { continue };
            let Some(device) = cluster.device(name) else { continue };
            let depth = device.depth.value;
            if depth > space * MOST_BLOCKED.0 {
                found.push(Deep { device: name, rack: rack.number, depth, middle: middle(placed) });
            }
        }
    }
    found.sort_by_key(|deep| std::cmp::Reverse(deep.middle));
    found
}

/// Twice the height of a thing's middle, in rack units.
fn middle(placed: &Placed) -> i64 {
    2 * (placed.unit - 1) + i64::from(placed.height.0)
}

/// All zones that hold boards. The racks are divided at the highest deep device, since everything
/// below it has to pass it; without one, where their banks leave a gap near the middle.
pub(super) fn zones(cluster: &Cluster, layout: &Layout, deep: &[Deep]) -> Vec<Zone> {
    let divide = deep.first().map_or_else(|| waist(cluster, layout), |deep| deep.middle);
    let mut next_bank = 0;
    let mut zones = Vec::new();
    for rack in &layout.racks {
        let side = if rack.stand.turned { Side::Back } else { Side::Front };
        zones.extend(halves(cluster, layout, rack, side, divide, &mut next_bank));
    }
    zones
}

/// Twice the height, in rack units, of the middle of the widest gap that the banks of all racks
/// leave in the middle third of what they offer; without one, of that third's middle.
fn waist(cluster: &Cluster, layout: &Layout) -> i64 {
    let rack = &cluster.opening.rack;
    let (base, top) = (i64::from(rack.base_units.0), i64::from(rack.units.0));
    let middle = base + top;
    let third = (top - base) / 3;
    let mut free: Vec<i64> = (base + third + 1..=top - third).collect();
    for placed in layout.racks.iter().flat_map(|rack| &rack.items) {
        if placed.item == Item::Bank {
            let units = placed.unit..placed.unit + i64::from(placed.height.0);
            free.retain(|unit| !units.contains(unit));
        }
    }
    let runs = free.chunk_by(|below, above| below + 1 == *above);
    let widest = runs.max_by_key(|run| {
        let off = run[0] - 1 + run[run.len() - 1] - middle;
        (run.len(), std::cmp::Reverse(off.abs()))
    });
    widest.map_or(middle, |run| run[0] - 1 + run[run.len() - 1])
}

fn halves(
    cluster: &Cluster,
    layout: &Layout,
    rack: &RackPlan,
    side: Side,
    divide: i64,
    next_bank: &mut u32,
) -> Vec<Zone> {
    let empty = |half, below| Zone {
        rack: rack.number,
        half,
        below,
        side,
        banks: 0,
        boards: 0,
        switches: Watts(0.0),
    };
    let mut upper = empty(Half::Upper, false);
    let mut lower = empty(Half::Lower, true);
    for placed in &rack.items {
        let zone = if middle(placed) > divide { &mut upper } else { &mut lower };
        match &placed.item {
            Item::Bank => {
                zone.banks += 1;
                zone.boards += layout.boards_in(*next_bank, cluster.bank.boards.value);
                *next_bank += 1;
            }
            Item::Device(name) => {
                let device = cluster.device(name);
                let switch = device.filter(|device| device.class == DeviceClass::Switch);
                let drawn = switch.map_or(Watts(0.0), |device| device.power.value);
                zone.switches = zone.switches + drawn;
            }
        }
    }
    let mut zones: Vec<Zone> = [upper, lower].into_iter().filter(|zone| zone.boards > 0).collect();
    if let [only] = zones.as_mut_slice() {
        only.half = Half::Whole;
    }
    zones
}
