//! Air: how warm the boards get, half a rack at a time.
//!
//! Promise: the smallest account that says what happened to the real cluster, and no more. Roof
//! fans draw air through the faces of the banks into the space behind the racks; devices that fill
//! that space throttle everything below them; fans on the caddies cool their boards and, where the
//! space behind is open, blow straight through. Every number is on record, and what nobody
//! confirmed carries a band.
//!
//! Not promised: a simulation. Air is shared out by openings, a zone's air is one mean value, and
//! buoyancy is neglected, though it is of the same size as the suction of a few roof fans (0.8 Pa
//! for a metre of air that is 20 K warmer, against 0.6 Pa at 0.6 m/s). Where no fan drives the air
//! the boards are taken to stand in air of the room's temperature.

mod account;
mod band;
mod model;
mod remedy;
mod site;
#[cfg(test)]
mod tests;
mod zones;

use crate::cluster::{Cluster, Known, Ledger};
use crate::layout::Layout;
use crate::spec::Document;
use crate::units::{AirFlow, Celsius, Kelvin, KelvinPerWatt, MetresPerSecond, Mm, Ratio};
use crate::wiring::Wiring;

pub use remedy::Remedy;
pub use zones::{Half, Zone};

/// The air of a whole cluster.
#[derive(Clone, Debug)]
pub struct Air {
    /// What moves it.
    pub draught: Draught,
    /// The space behind the racks, if a shell closes it.
    pub plenum: Option<Plenum>,
    /// Every zone that holds boards, by rack, the upper half first. Racks are divided at the highest
    /// deep device, or where their banks leave a gap near the middle.
    pub zones: Vec<ZoneAir>,
    /// From here on the board lowers its clock a little.
    pub soft_limit: Known<Celsius>,
    /// From here on it throttles.
    pub throttle: Known<Celsius>,
    /// Air through one opening of a roof fan, if there are any.
    pub roof_velocity: Option<Known<MetresPerSecond>>,
    /// Changes, and how warm the hottest board would be after each.
    pub remedies: Vec<Remedy>,
}

/// What moves the air past the boards.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Draught {
    /// Roof fans draw it through the faces into the closed space behind the racks.
    Roof,
    /// Fans on the caddies blow it through into the open.
    Caddies,
    /// Nothing: the racks stand in the open.
    Still,
    /// Nothing can: a shell closes the racks in, without a fan in its roof.
    ShutIn,
}

/// The closed space behind the racks.
#[derive(Clone, Debug)]
pub struct Plenum {
    /// From mounting face to mounting face, or to the wall.
    pub depth: Known<Mm>,
    /// The share of it that the deepest device fills, if any fills more than
    /// [`MOST_BLOCKED`]; else zero.
    pub blocked: Known<Ratio>,
    /// Devices that fill more than that: name in the design, rack, depth.
    pub blockers: Vec<Blocker>,
}

/// A device that stands in the way of the air below it.
#[derive(Clone, Debug)]
pub struct Blocker {
    /// Its name in the design.
    pub device: String,
    /// The rack that it stands in.
    pub rack: u32,
    /// How deep it is.
    pub depth: Mm,
}

/// Devices deeper than this share of the space behind the racks starve what is below them
/// (experience with the 1050-node cluster: a server and a screen drawer of 76 and 66 %).
pub const MOST_BLOCKED: Ratio = Ratio(0.6);

/// One zone, worked out.
#[derive(Clone, Debug)]
pub struct ZoneAir {
    /// Where it is and what it holds.
    pub zone: Zone,
    /// Its air and its boards; `None` if no air can get through.
    pub state: Option<ZoneState>,
}

/// Air and boards of a zone.
#[derive(Clone, Debug)]
pub struct ZoneState {
    /// Air through it; zero where nothing drives it.
    pub flow: AirFlow,
    /// How much warmer than the room its air is on average.
    pub rise: Kelvin,
    /// Speed of the air in the openings of the banks' faces.
    pub velocity: MetresPerSecond,
    /// How much warmer than its air a board gets for each watt.
    pub resistance: KelvinPerWatt,
    /// The boards under full load.
    pub board: Known<Celsius>,
    /// The same, if the numbers that nobody confirmed are all kind; and if they are all unkind.
    pub band: [Celsius; 2],
}

impl Air {
    /// Works out every zone.
    pub fn judge(
        document: &Document,
        cluster: &Cluster,
        layout: &Layout,
        wiring: &Wiring,
        ledger: &mut Ledger,
    ) -> Air {
        account::judge(document, cluster, layout, wiring, ledger)
    }

    /// The zone with the hottest boards; `None` if there are none, or if a zone has no air at all.
    pub fn hottest(&self) -> Option<(&Zone, &ZoneState)> {
        let states: Option<Vec<(&Zone, &ZoneState)>> =
            self.zones.iter().map(|it| Some((&it.zone, it.state.as_ref()?))).collect();
        states?.into_iter().max_by(|a, b| a.1.board.value.0.total_cmp(&b.1.board.value.0))
    }
}
