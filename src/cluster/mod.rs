//! The resolved design: one bank worked out in full, every derived number on record.
//!
//! Promise: nothing here fails. A design whose numbers make no sense still resolves; the checks
//! then say what is wrong with it. Not promised: that the parts can be made.

mod bank;
mod caddy;
mod coupon;
mod device;
mod feed;
mod fixing;
mod hook;
mod label;
mod network_plug;
mod pegs;
mod quantity;
mod rail;
mod row;
mod seat;
mod stack_up;
mod swap;
mod tray;

use std::collections::BTreeMap;

use crate::catalog::{Addon, Board, BoardCooler};
use crate::spec::{Document, Orientation};

pub use bank::{BankPlan, BracketPlan, FanPlan, RACK_UNIT, units_for};
pub use caddy::{CaddyPlan, NOTCH_MARGIN, Stance, Strip};
pub use coupon::CouponPlan;
pub use device::{DevicePlan, PoePlan};
pub use feed::supply_for;
pub use fixing::{Chosen, Fixing, at_least as fastener_at_least, longest as fastener_longest};
pub use hook::HookPlan;
pub use label::{FIGURE_HEIGHT, FIGURE_WIDTH, LabelPlan};
pub use network_plug::NetworkPlug;
pub use pegs::{Clip, Pegs};
pub use quantity::{Amount, Known, Ledger, Measure, Named, Origin, Quantity};
pub use rail::{LONGEST_BRIDGE, OpeningPlan, RailPlan, usual_rack};
pub use seat::{Area, PlugExit, Room, SeatedBoard, SeatedBox, SeatedPlug};
pub use stack_up::COMFORTABLE_GAP;

/// Where rules without another source come from.
const OWN_RULE: &str = "design rule of pibuild";

/// The mechanics that all banks of a design share.
#[derive(Clone, Debug)]
pub struct Cluster {
    /// Catalogue id of the board.
    pub board_id: String,
    /// The board, with its add-ons.
    pub board: Board,
    /// The cooler that is fitted to each board, if any is.
    pub cooler: Option<BoardCooler>,
    /// The add-ons of every board, with their catalogue ids.
    pub addons: Vec<(String, Addon)>,
    /// The rail.
    pub rail: RailPlan,
    /// The rack's opening.
    pub opening: OpeningPlan,
    /// The caddy.
    pub caddy: CaddyPlan,
    /// The bank.
    pub bank: BankPlan,
    /// What is tried before the many are printed.
    pub coupon: CouponPlan,
    /// The devices that the design names, its own overrides applied.
    devices: BTreeMap<String, DevicePlan>,
}

impl Cluster {
    /// Works out the bank of a document. `None` only if a name is not in the catalogue, which
    /// [`crate::spec::read`] has refused before.
    pub fn resolve(document: &Document, ledger: &mut Ledger) -> Option<Cluster> {
        let (design, catalog) = (&document.design, &document.catalog);
        let addon = |id: &String| Some((id.clone(), catalog.addons.get(id)?.clone()));
        let addons: Vec<(String, Addon)> =
            design.board_addons.iter().map(addon).collect::<Option<_>>()?;
        let board = catalog.boards.get(&design.board)?.clone();
        let board = addons.iter().fold(board, |board, (_, addon)| board.with(addon));
        let profile = catalog.rails.get(&design.rail.profile)?;
        let rail = RailPlan::new(design, profile, ledger);
        let opening = OpeningPlan::new(design, catalog, &rail, ledger)?;
        let caddy = match design.bank.orientation {
            Orientation::Upright => CaddyPlan::new(design, catalog, &board, &addons, &rail, ledger),
            Orientation::Flat => CaddyPlan::tray(design, catalog, &board, &addons, &rail, ledger),
        };
        let bank = BankPlan::new(design, catalog, &rail, &opening, &caddy, ledger);
        swap::record(&caddy, &board, &bank.boards, ledger);
        let fan_nut = bank.fans.as_ref().and_then(|fans| fans.nut.as_ref());
        let coupon = CouponPlan::new(design, catalog, &board, &caddy, fan_nut, ledger);
        let devices = device::all(design, catalog, ledger);
        let fit_cooler = design.cooling.board_cooler.set().copied().unwrap_or(true);
        let cooler = board.thermal.cooler.clone().filter(|_| fit_cooler);
        let board_id = design.board.clone();
        Some(Cluster {
            board_id,
            board,
            cooler,
            addons,
            rail,
            opening,
            caddy,
            bank,
            coupon,
            devices,
        })
    }

    /// The device that the design calls `name`.
    pub fn device(&self, name: &str) -> Option<&DevicePlan> {
        self.devices.get(name)
    }
}
