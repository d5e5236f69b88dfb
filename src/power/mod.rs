//! The power chain beyond watts: volts at the board, amperes on circuits and service, what happens
//! when it is all switched on.
//!
//! Promise: every number is on record, from the gauge of the cable to the breaker. Not promised:
//! the house's own wiring, harmonics, or fault currents.

mod boot;
mod cable;
mod service;

use crate::cluster::{Cluster, Known, Ledger};
use crate::spec::Document;
use crate::units::{Amps, Mm, Ohms, VoltAmps, Volts};
use crate::wiring::Wiring;

pub use boot::{Batch, BootPlan};
pub use cable::{after, at_load, loop_resistance, thickest_needed};

/// What is worked out about power.
#[derive(Clone, Debug)]
pub struct PowerPlan {
    /// From a supply to its farthest board; `None` if no supply feeds the boards.
    pub drop: Option<Drop>,
    /// What the service carries.
    pub service: Option<ServiceLoad>,
    /// What one circuit may carry for long.
    pub circuit_limit: Known<VoltAmps>,
    /// How the boards are switched on.
    pub boot: Option<BootPlan>,
}

/// From a supply's port to its farthest board and back, boards under full load.
#[derive(Clone, Debug)]
pub struct Drop {
    /// What the supply gives.
    pub supply: Known<Volts>,
    /// The longest cable.
    pub length: Known<Mm>,
    /// Both wires of it, and all contacts.
    pub resistance: Known<Ohms>,
    /// Through the cable.
    pub current: Known<Amps>,
    /// At the board's socket; 0 if the cable cannot carry what the board wants.
    pub at_board: Known<Volts>,
}

/// What the service carries, each phase.
#[derive(Clone, Debug)]
pub struct ServiceLoad {
    /// Boards under full load.
    pub stress: Known<Amps>,
    /// Boards by their makers' labels.
    pub nameplate: Known<Amps>,
    /// For a continuous load.
    pub limit: Known<Amps>,
}

impl PowerPlan {
    /// Works it all out.
    pub fn new(
        document: &Document,
        cluster: &Cluster,
        wiring: &Wiring,
        ledger: &mut Ledger,
    ) -> PowerPlan {
        let circuit_limit = service::circuit_limit(document, ledger);
        PowerPlan {
            drop: cable::drop(document, wiring, ledger),
            service: service::load(document, wiring, ledger),
            boot: boot::plan(document, cluster, wiring, ledger),
            circuit_limit,
        }
    }
}
