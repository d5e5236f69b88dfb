//! What stacks up across a board: insulation, solder tails, board, components.

use super::quantity::{Known, Ledger, Named};
use crate::catalog::{Addon, Board, ComponentBox, PlugRoom};
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
    pub(super) lift: Known<Mm>,
    pub(super) pcb: Known<Mm>,
    pub(super) tallest: Known<Mm>,
}

impl Layers {
    pub(super) fn new(
        design: &Design,
        board: &Board,
        addons: &[(String, Addon)],
        ledger: &mut Ledger,
    ) -> Layers {
        let entry = format!("catalog.boards.{}", design.board);
        let source = board.source.as_str();
        let wall = ledger.given("caddy.wall", design.caddy.wall);
        let insulation = ledger.rule("caddy.insulation", INSULATION, super::OWN_RULE);
        let nothing = crate::catalog::Fact::plain(Mm::ZERO);
        // Add-ons have entries of their own.
        let origin = |component: &ComponentBox| {
            let of_addon = addons.iter().find(|(_, addon)| addon.boxes.contains(component));
            of_addon.map_or((entry.clone(), source), |(id, addon)| {
                (format!("catalog.addons.{id}"), addon.source.as_str())
            })
        };
        let tails = match board.deepest() {
            Some(it) => {
                let (entry, source) = origin(it);
                ledger.fact(&entry, &format!("{}.below", it.what), &it.below, source)
            }
            None => ledger.fact(&entry, "boxes.below", &nothing, source),
        };
        let tallest = match board.tallest() {
            Some(it) => {
                let (entry, source) = origin(it);
                ledger.fact(&entry, &format!("{}.above", it.what), &it.above, source)
            }
            None => ledger.fact(&entry, "boxes.above", &nothing, source),
        };
        let lift = lift(addons, ledger);
        let pcb = ledger.fact(&entry, "pcb.thickness", &board.pcb.thickness, source);
        Layers { wall, insulation, tails, lift, pcb, tallest }
    }
}

/// What stacks up along the rail where boards stand upright, one behind the other.
pub(super) struct StackUp {
    pub(super) layers: Layers,
    pub(super) lowest_seat: Known<Mm>,
    pub(super) plug_pitch: Known<Mm>,
    pub(super) smallest_pitch: Known<Mm>,
}

impl StackUp {
    pub(super) fn new(
        design: &Design,
        board: &Board,
        addons: &[(String, Addon)],
        ledger: &mut Ledger,
    ) -> StackUp {
        let entry = format!("catalog.boards.{}", design.board);
        let source = board.source.as_str();
        let layers = Layers::new(design, board, addons, ledger);
        let Layers { wall, insulation, tails, lift, pcb, tallest } = &layers;
        let standoff = ledger.rule("caddy.least_standoff", LEAST_STANDOFF, super::OWN_RULE);
        let lowest_seat = ledger.derive(
            "caddy.lowest_seat",
            "the larger of caddy.insulation + solder tails (less caddy.board_lift), and caddy.wall + \
             caddy.least_standoff",
            &[insulation, tails, lift, wall, &standoff],
            (insulation.value + (tails.value - lift.value).max(Mm::ZERO))
                .max(wall.value + standoff.value),
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
            "caddy.lowest_seat + caddy.board_lift + board thickness + tallest component, and not \
             less than caddy.plug_pitch",
            &[&lowest_seat, lift, pcb, tallest, &plug_pitch],
            (lowest_seat.value + lift.value + pcb.value + tallest.value).max(plug_pitch.value),
        );
        StackUp { layers, lowest_seat, plug_pitch, smallest_pitch }
    }

    /// What stands on the standoffs: the board, and what is under it.
    pub(super) fn held(&self) -> Mm {
        self.layers.lift.value + self.layers.pcb.value
    }

    /// On standoffs as high as the tails if the pitch has room for them; else sunk into the wall.
    pub(super) fn seat(&self, board_pitch: Mm, ledger: &mut Ledger) -> Known<Mm> {
        let Layers { wall, tails, lift, tallest, .. } = &self.layers;
        let needed = (tails.value - lift.value).max(Mm::ZERO);
        let on_top = (wall.value + needed).max(self.lowest_seat.value);
        let gap = board_pitch - on_top - self.held() - tallest.value;
        if gap >= COMFORTABLE_GAP {
            ledger.derive(
                "caddy.seat",
                "caddy.wall + solder tails: the pitch has room for it",
                &[wall, tails],
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

/// How far add-ons raise the board over its standoffs.
fn lift(addons: &[(String, Addon)], ledger: &mut Ledger) -> Known<Mm> {
    let raising = addons.iter().filter(|(_, addon)| addon.lift.value > Mm::ZERO);
    let lifts: Vec<Known<Mm>> = raising
        .map(|(id, addon)| {
            ledger.fact(&format!("catalog.addons.{id}"), "lift", &addon.lift, &addon.source)
        })
        .collect();
    let inputs: Vec<&dyn Named> = lifts.iter().map(|lift| lift as &dyn Named).collect();
    ledger.derive(
        "caddy.board_lift",
        "what stands between standoffs and board",
        &inputs,
        lifts.iter().fold(Mm::ZERO, |sum, lift| sum + lift.value),
    )
}
