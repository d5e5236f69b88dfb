//! A tray: the caddy of a flat bank, whose boards lie side by side, ports to the front.
//!
//! The rail passes behind the boards, on top of the tray's plate: so the front stays free for ports,
//! plate and rail share their height, and the tray prints as it is mounted, plate down, with the
//! rail's window bridged. The block around the rail is as wide as the tray; like beads on a string
//! the blocks stand face to face between the brackets' collars.
//!
//! A board is fed from its side, so the power plug sets the pitch: plug, board, clearance. The
//! plug's cable leaves over the block. Boards stand high enough that ribs fit between plate and
//! solder tails: the plate is held at its rear only, and ribs make it stiff.
//!
//! Lying boards are seen from above. With its front towards the viewer, a board whose picture is
//! not [`SeatedBoard::mirrored`] has its power edge on the right, and v runs to the left.

use super::caddy::{CaddyPlan, Stance, Strip, absent, plug_reach};
use super::fixing::Fixing;
use super::network_plug::NetworkPlug;
use super::quantity::{Known, Ledger};
use super::rail::RailPlan;
use super::row::{body_width, share_row};
use super::seat::{PlugExit, Room, SeatedBoard};
use super::stack_up::{Layers, plug_room};
use crate::catalog::{Addon, Board, Catalog};
use crate::spec::{Design, Orientation};
use crate::units::Mm;

/// Between plugs or boards and what stands beside or behind them.
const SIDE_CLEARANCE: Mm = Mm::um(300);
/// Rise of the ribs over the plate.
const RIB: Mm = Mm::um(5_000);
/// Room for power cables over the rail's block.
const CABLE_ROOM: Mm = Mm::um(6_000);

impl CaddyPlan {
    /// Derives the tray of a design with flat banks.
    pub(super) fn tray(
        design: &Design,
        catalog: &Catalog,
        board: &Board,
        addons: &[(String, Addon)],
        rail: &RailPlan,
        ledger: &mut Ledger,
    ) -> CaddyPlan {
        let boards = ledger.given("caddy.pis_per_caddy", design.caddy.pis_per_caddy.max(1));
        let layers = Layers::new(design, board, addons, ledger);
        let seat = seat(&layers, ledger);
        let held = layers.lift.value + layers.pcb.value;
        let fixing = Fixing::new(design, catalog, board, held, &seat, ledger);
        let plug_reach = plug_reach(design, board, ledger);
        let seated = seated(design, catalog, board, fixing.standoff);
        let needs = Needs::new(board, &seated, &plug_reach, ledger);
        let stance = Stance::Flat;
        let (count, pitch) =
            share_row(design, rail, &needs.smallest_pitch, (boards.value, stance), ledger);
        let board_pitch = ledger.derive(
            "caddy.board_pitch",
            "caddy.width ÷ caddy.pis_per_caddy",
            &[&pitch, &boards],
            pitch.value / i64::from(boards.value),
        );
        let neighbour_gap = ledger.derive(
            "caddy.neighbour_gap",
            "caddy.board_pitch − caddy.smallest_pitch",
            &[&board_pitch, &needs.smallest_pitch],
            board_pitch.value - needs.smallest_pitch.value,
        );
        let room_for_plug = ledger.derive(
            "caddy.plug_room",
            "caddy.board_pitch − caddy.board_width − 2 × caddy.side_clearance",
            &[&board_pitch, &needs.board_width, &needs.clearance],
            match seated.plug.exit {
                PlugExit::Strip => {
                    board_pitch.value - needs.board_width.value - needs.clearance.value * 2
                }
                PlugExit::Rear | PlugExit::Front | PlugExit::FarEdge => seated.plug.reach,
            },
        );
        let body = body_width(design, &pitch, &count, stance, ledger);
        let play = ledger.derive(
            "bank.axial_play",
            "bank.row_length − bank.caddies × caddy.body_width",
            &[&rail.row, &count, &body],
            rail.row.value - body.value * i64::from(count.value),
        );
        // What the pitch has to spare goes to both sides of each board alike.
        let spare = neighbour_gap.value.max(Mm::ZERO).half();
        let aside = needs.near - seated.pcb.v0 + spare;
        let seated = seated.moved_aside(aside);
        let strip = Strip::behind(&design.caddy, rail, needs.rear, ledger);
        let depth = ledger.derive(
            "caddy.depth",
            "caddy.board_depth + clearance + rail.depth + 2 × caddy.clearance + 2 × \
             caddy.collar_wall: the rail passes behind the boards",
            &[&needs.board_depth, &needs.clearance, &rail.depth],
            strip.end,
        );
        let height = height(&layers, &seat, &strip, ledger);
        droop(design, rail, &strip, ledger);
        CaddyPlan {
            orientation: Orientation::Flat,
            boards: boards.value,
            count,
            pitch,
            board_pitch,
            body,
            play,
            seat,
            plug_pitch: needs.smallest_pitch.clone(),
            smallest_pitch: needs.smallest_pitch,
            neighbour_gap,
            wall: layers.wall.value,
            insulation: layers.insulation.value,
            lift: layers.lift.value,
            pcb: layers.pcb.value,
            network: NetworkPlug::new(&seated, ledger),
            seated,
            strip,
            depth,
            height,
            fixing,
            plug_room: room_for_plug,
            plug_reach,
            stance,
            hook: Err("trays are threaded on the rail".to_owned()),
            label: None,
            notch_from: Mm::ZERO,
            notch_middle: Mm::ZERO,
        }
    }

    /// Where a place of a lying board is along the rail, from its tray's left face: `v` as in
    /// [`SeatedBoard`], boards counted from 0 at the left.
    pub fn across_tray(&self, board: u32, v: Mm) -> Mm {
        let pitch = self.board_pitch.value;
        if self.seated.mirrored {
            pitch * i64::from(board) + v
        } else {
            self.body.value - pitch * (i64::from(self.boards) - 1 - i64::from(board)) - v
        }
    }

    /// Height of a tray's ribs over the underside of its plate: below solder tails and parts under
    /// the board, by an insulation's thickness.
    pub fn rib_top(&self) -> Mm {
        let deepest = self.seated.boxes.iter().map(|it| it.below - self.lift).max();
        self.seat.value - deepest.unwrap_or(Mm::ZERO).max(Mm::ZERO) - self.insulation
    }
}

/// Height of the boards over the underside of the plate.
fn seat(layers: &Layers, ledger: &mut Ledger) -> Known<Mm> {
    let rib = ledger.rule("caddy.rib", RIB, super::OWN_RULE);
    ledger.derive(
        "caddy.seat",
        "caddy.wall + caddy.rib + caddy.insulation + solder tails (less caddy.board_lift): ribs pass \
         under the boards",
        &[&layers.wall, &rib, &layers.insulation, &layers.tails, &layers.lift],
        layers.wall.value
            + rib.value
            + layers.insulation.value
            + (layers.tails.value - layers.lift.value).max(Mm::ZERO),
    )
}

/// The board, as near to v = 0 as it can be without its plug.
fn seated(design: &Design, catalog: &Catalog, board: &Board, standoff: Mm) -> SeatedBoard {
    // All that stands out over the board's edge counts, over the whole depth.
    let whole = board.pcb.length.value.max(board.pcb.width.value) * 2;
    let room = Room { standoff, strip_end: whole, clearance: SIDE_CLEARANCE, beyond: Mm::ZERO };
    SeatedBoard::new(board, plug_room(design, board), room, absent(design, catalog))
}

/// What a board and its plug need of the tray.
struct Needs {
    clearance: Known<Mm>,
    /// From the edge of its share to the bare board, on the plug's side.
    near: Mm,
    board_width: Known<Mm>,
    board_depth: Known<Mm>,
    smallest_pitch: Known<Mm>,
    /// Where the rail's block may begin.
    rear: Mm,
}

impl Needs {
    fn new(
        board: &Board,
        seated: &SeatedBoard,
        plug_reach: &Known<Mm>,
        ledger: &mut Ledger,
    ) -> Needs {
        let clearance = ledger.rule("caddy.side_clearance", SIDE_CLEARANCE, super::OWN_RULE);
        let far = seated.boxes.iter().map(|it| it.area.v1).fold(seated.far, Mm::max);
        let board_width = ledger.derive(
            "caddy.board_width",
            format!(
                "the {}'s extent along the rail, with its standoffs and what stands out over its \
                 far edge",
                board.name
            ),
            &[],
            far - seated.pcb.v0,
        );
        let plug = &seated.plug;
        let beside = plug.exit == PlugExit::Strip;
        let near = if beside {
            seated.pcb.v0.max(plug_reach.value + clearance.value)
        } else {
            seated.pcb.v0
        };
        let smallest_pitch = if beside {
            ledger.derive(
                "caddy.smallest_pitch",
                "caddy.plug_reach + caddy.board_width + 2 × caddy.side_clearance",
                &[plug_reach, &board_width, &clearance],
                near + board_width.value + clearance.value,
            )
        } else {
            ledger.derive(
                "caddy.smallest_pitch",
                "what stands out beside the board + caddy.board_width + 2 × caddy.side_clearance",
                &[&board_width, &clearance],
                near + board_width.value + clearance.value,
            )
        };
        let rear = seated.reach();
        let board_depth = ledger.derive(
            "caddy.board_depth",
            format!(
                "the {}'s extent front to rear, with its standoffs and what stands out over its \
                 edges, the power plug too if it leaves to the rear",
                board.name
            ),
            &[],
            rear,
        );
        Needs {
            near,
            board_width,
            board_depth,
            smallest_pitch,
            rear: rear + clearance.value,
            clearance,
        }
    }
}

fn height(layers: &Layers, seat: &Known<Mm>, strip: &Strip, ledger: &mut Ledger) -> Known<Mm> {
    let cable = ledger.rule("caddy.cable_room", CABLE_ROOM, super::OWN_RULE);
    ledger.derive(
        "caddy.height",
        "the larger of caddy.seat + caddy.board_lift + board thickness + tallest component, and \
         caddy.strip_height + caddy.cable_room",
        &[seat, &layers.lift, &layers.pcb, &layers.tallest, &strip.height, &cable],
        (seat.value + layers.lift.value + layers.pcb.value + layers.tallest.value)
            .max(strip.height.value + cable.value),
    )
}

/// How far the front of a tray hangs, tilted on the rail by the play in its window.
fn droop(design: &Design, rail: &RailPlan, strip: &Strip, ledger: &mut Ledger) {
    let clearance = ledger.given("caddy.clearance", design.caddy.clearance);
    let lever = strip.window.1.mm() / rail.depth.value.mm().max(1.0);
    ledger.derive(
        "caddy.droop",
        "2 × caddy.clearance × from the front to the rail's rear ÷ rail.depth",
        &[&clearance, &rail.depth],
        clearance.value * 2 * lever,
    );
}
