//! What stacks up across a board: insulation, solder tails, board, components.

use super::quantity::{Known, Ledger};
use crate::catalog::{Board, PlugRoom};
use crate::spec::{Design, Plug};
use crate::units::Mm;

/// Plastic that stays between solder tails and the neighbour.
const INSULATION: Mm = Mm::um(800);
/// A standoff must rise at least this much over the wall, so that the board touches nothing else.
const LEAST_STANDOFF: Mm = Mm::um(800);
/// Between the power plugs of neighbours, so that each can be pulled.
const PLUG_GAP: Mm = Mm::um(300);
/// Below this gap between neighbours a warning is due; a board is sunk into the wall to keep it.
pub const COMFORTABLE_GAP: Mm = Mm::um(500);

/// The room that the plug of a design's power cables needs at its board.
pub(super) fn plug_room<'a>(design: &Design, board: &'a Board) -> &'a PlugRoom {
    match design.power.cable.plug {
        Plug::RightAngle => &board.power_socket.right_angle,
        Plug::Straight => &board.power_socket.straight,
    }
}

/// The field of a board's entry that [`plug_room`] is.
pub(super) fn plug_field(design: &Design) -> &'static str {
    match design.power.cable.plug {
        Plug::RightAngle => "power_socket.right_angle",
        Plug::Straight => "power_socket.straight",
    }
}

/// What any caddy has across its board: wall, insulation, tails, board, components.
pub(super) struct Layers {
    pub(super) wall: Known<Mm>,
    pub(super) insulation: Known<Mm>,
    pub(super) tails: Known<Mm>,
    pub(super) pcb: Known<Mm>,
    pub(super) tallest: Known<Mm>,
}

impl Layers {
    pub(super) fn new(design: &Design, board: &Board, ledger: &mut Ledger) -> Layers {
        let entry = format!("catalog.boards.{}", design.board);
        let source = board.source.as_str();
        let wall = ledger.given("caddy.wall", design.caddy.wall);
        let insulation = ledger.rule("caddy.insulation", INSULATION, super::OWN_RULE);
        let nothing = crate::catalog::Fact::plain(Mm::ZERO);
        let tails = board.deepest();
        let tails = ledger.fact(
            &entry,
            &format!("{}.below", tails.map_or("boxes", |found| found.what.as_str())),
            tails.map_or(&nothing, |found| &found.below),
            source,
        );
        let tallest = board.tallest();
        let tallest = ledger.fact(
            &entry,
            &format!("{}.above", tallest.map_or("boxes", |found| found.what.as_str())),
            tallest.map_or(&nothing, |found| &found.above),
            source,
        );
        let pcb = ledger.fact(&entry, "pcb.thickness", &board.pcb.thickness, source);
        Layers { wall, insulation, tails, pcb, tallest }
    }
}

/// What stacks up along the rail where boards stand upright, one behind the other.
pub(super) struct StackUp {
    pub(super) wall: Known<Mm>,
    pub(super) insulation: Known<Mm>,
    pub(super) tails: Known<Mm>,
    pub(super) pcb: Known<Mm>,
    pub(super) tallest: Known<Mm>,
    pub(super) lowest_seat: Known<Mm>,
    pub(super) plug_pitch: Known<Mm>,
    pub(super) smallest_pitch: Known<Mm>,
}

impl StackUp {
    pub(super) fn new(design: &Design, board: &Board, ledger: &mut Ledger) -> StackUp {
        let entry = format!("catalog.boards.{}", design.board);
        let source = board.source.as_str();
        let Layers { wall, insulation, tails, pcb, tallest } = Layers::new(design, board, ledger);
        let standoff = ledger.rule("caddy.least_standoff", LEAST_STANDOFF, super::OWN_RULE);
        let lowest_seat = ledger.derive(
            "caddy.lowest_seat",
            "the larger of caddy.insulation + solder tails, and caddy.wall + caddy.least_standoff",
            &[&insulation, &tails, &wall, &standoff],
            (insulation.value + tails.value).max(wall.value + standoff.value),
        );
        let plug_gap = ledger.rule("caddy.plug_gap", PLUG_GAP, super::OWN_RULE);
        let field = format!("{}.thickness", plug_field(design));
        let plug = ledger.fact(&entry, &field, &plug_room(design, board).thickness, source);
        let plug_pitch = ledger.derive(
            "caddy.plug_pitch",
            "the power plug's thickness + caddy.plug_gap",
            &[&plug, &plug_gap],
            plug.value + plug_gap.value,
        );
        let smallest_pitch = ledger.derive(
            "caddy.smallest_pitch",
            "caddy.lowest_seat + board thickness + tallest component, and not less than \
             caddy.plug_pitch",
            &[&lowest_seat, &pcb, &tallest, &plug_pitch],
            (lowest_seat.value + pcb.value + tallest.value).max(plug_pitch.value),
        );
        StackUp { wall, insulation, tails, pcb, tallest, lowest_seat, plug_pitch, smallest_pitch }
    }

    /// On standoffs as high as the tails if the pitch has room for them; else sunk into the wall.
    pub(super) fn seat(&self, board_pitch: Mm, ledger: &mut Ledger) -> Known<Mm> {
        let on_top = (self.wall.value + self.tails.value).max(self.lowest_seat.value);
        let gap = board_pitch - on_top - self.pcb.value - self.tallest.value;
        if gap >= COMFORTABLE_GAP {
            ledger.derive(
                "caddy.seat",
                "caddy.wall + solder tails: the pitch has room for it",
                &[&self.wall, &self.tails],
                on_top,
            )
        } else {
            ledger.derive(
                "caddy.seat",
                "caddy.lowest_seat: tails sink into pockets, since the pitch has no room for more",
                &[&self.lowest_seat],
                self.lowest_seat.value,
            )
        }
    }
}
