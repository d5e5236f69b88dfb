//! How long cables are: the way they run, rounded up to what is sold.
//!
//! The routing rule: a cable runs along walls, never aslant: across, to the rear and up add up. It
//! has 50 mm more at either end for the plug and the bend behind it.
//!
//! - A patch cable stays on the front, from the board's socket to the port; between racks it runs
//!   from port to port through the cluster.
//! - A supply cable runs from the board's plug to the supply's face. All cables of one supply have
//!   one length, that of its farthest board: they come out of one bag.
//! - A mains lead runs from the rear of a device, or a supply, to the rear of the power unit.

use crate::catalog::{CableClass, Catalog};
use crate::cluster::{Known, Ledger};
use crate::units::Mm;

/// For the plug and the bend behind it, at either end (four times a Cat 6 cable's 6 mm is the
/// bend that TIA-568 permits, and a plug's boot is 25 mm long).
const END: Mm = Mm::um(50_000);
/// Longer cables than any that is stocked come in whole metres.
const METRE: Mm = Mm::um(1_000_000);

/// A cable's length.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Length {
    /// What is bought.
    pub bought: Mm,
    /// What the way takes, plugs and bends included.
    pub needed: Mm,
    /// True if the bought length is stocked; else it is made to measure, in whole metres.
    pub stocked: bool,
}

impl Length {
    /// As lists show it: in metres.
    pub fn metres(&self) -> f64 {
        self.bought.mm() / 1000.0
    }

    /// Is the cable long enough for its way? Only a length that the design sets can be too short.
    pub fn is_enough(&self) -> bool {
        self.bought >= self.needed
    }
}

/// The lengths that cables of one class are sold in.
#[derive(Clone, Debug)]
pub struct Stock {
    /// Lengths and catalogue ids, the shortest first.
    pub lengths: Vec<(Mm, String)>,
    /// What is added at both ends together.
    ends: Mm,
}

impl Stock {
    /// What the catalogue has of a class.
    pub(super) fn of(catalog: &Catalog, class: CableClass, ends: &Known<Mm>) -> Stock {
        let ours = catalog.cables.iter().filter(|(_, cable)| cable.class == class);
        let mut lengths: Vec<(Mm, String)> =
            ours.map(|(id, cable)| (cable.length.value, id.clone())).collect();
        lengths.sort();
        Stock { lengths, ends: ends.value }
    }

    /// The shortest stocked cable for a way.
    pub fn for_way(&self, way: Mm) -> Length {
        let needed = way + self.ends;
        if let Some((bought, _)) = self.lengths.iter().find(|(length, _)| *length >= needed) {
            return Length { bought: *bought, needed, stocked: true };
        }
        let metres = -(-needed).fits(METRE);
        Length { bought: METRE * metres.max(1), needed, stocked: false }
    }

    /// A length that the design sets, for a way.
    pub(super) fn given(&self, length: Mm, way: Mm) -> Length {
        let stocked = self.lengths.iter().any(|(stocked, _)| *stocked == length);
        Length { bought: length, needed: way + self.ends, stocked }
    }
}

/// Records the room for plugs and bends.
pub(super) fn ends(ledger: &mut Ledger) -> Known<Mm> {
    let source = "design rule of pibuild: 50 mm at either end for the plug and the bend behind it";
    ledger.rule("wiring.cable_ends", END * 2, source)
}
