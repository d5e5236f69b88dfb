//! Weight: what everything weighs, where its middle is, and what that does to castors, floor and
//! rails.
//!
//! Promise: every mass comes from the catalogue, the prints' estimates or a stated rule; masses
//! without a source are marked, and so is all that rests on them. Not promised: screws, labels and
//! glue, which are left out, and any movement: the loads are those of a cluster that stands.

mod body;
mod crates;
mod sag;
mod shell;
mod weigh;

use crate::built::Built;
use crate::cluster::{Known, Ledger};
use crate::units::{Degrees, Kilograms, Kilopascals, Mm};

pub use crates::Crates;

/// Standard gravity, in metres a second squared (CGPM 1901).
pub const GRAVITY: f64 = 9.806_65;

/// What a design weighs.
#[derive(Clone, Debug)]
pub struct Load {
    /// One bank, boards and all.
    pub bank: Known<Kilograms>,
    /// Every rack with all that it holds, supplies behind it included.
    pub racks: Vec<RackLoad>,
    /// Everything.
    pub total: Known<Kilograms>,
    /// What stands on the floor as one piece; of several racks the one that tips first.
    pub footing: Footing,
    /// What is rolled along the route as one piece.
    pub moved: Moved,
    /// What the shell travels in, if it is taken off.
    pub crates: Option<Crates>,
    /// How far a rail bends under its boards.
    pub sag: Known<Mm>,
    /// Between the rail's ends.
    pub span: Known<Mm>,
}

/// What is rolled along the route as one piece: the frame with what stays on it, or one rack after
/// the other.
#[derive(Clone, Debug)]
pub struct Moved {
    /// Its mass.
    pub mass: Known<Kilograms>,
    /// How far it can be tilted over the nearest edge that it stands on.
    pub tip: Known<Degrees>,
}

/// A rack with all that it holds.
#[derive(Clone, Copy, Debug)]
pub struct RackLoad {
    /// Its number.
    pub number: u32,
    /// Its mass.
    pub mass: Kilograms,
}

/// How a thing stands.
#[derive(Clone, Debug)]
pub struct Footing {
    /// What it is: `frame`, `rack 2`.
    pub what: String,
    /// Its mass.
    pub mass: Known<Kilograms>,
    /// Height of its middle over the floor.
    pub height: Known<Mm>,
    /// From below its middle to the nearest edge that it can tip over.
    pub reach: Known<Mm>,
    /// How far it can be tilted over that edge.
    pub tip: Known<Degrees>,
    /// What the floor carries under it.
    pub floor: Known<Kilopascals>,
    /// The most that one castor may have to carry, if it stands on castors.
    pub castor: Option<Known<Kilograms>>,
}

impl Load {
    /// Weighs a design.
    pub fn weigh(built: &Built, ledger: &mut Ledger) -> Load {
        weigh::all(built, ledger)
    }
}
