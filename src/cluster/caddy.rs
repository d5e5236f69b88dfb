//! One caddy: its place in the row, how the board sits in it, and where the rail passes.

use super::fixing::Fixing;
use super::hook::{self, HookPlan};
use super::label::LabelPlan;
use super::network_plug::NetworkPlug;
use super::pegs::{self, Pegs};
use super::quantity::{Known, Ledger};
use super::rail::RailPlan;
use super::row::{body_width, share_row};
use super::seat::{PlugExit, Room, SeatedBoard};
use super::stack_up::{StackUp, plug_field, plug_room};
use crate::catalog::{Addon, Board, Catalog};
use crate::spec::{BoardFixing, BootFrom, Caddy, Collar, Design, Orientation};
use crate::units::Mm;

/// Walls around the rail.
const COLLAR_WALL: Mm = Mm::um(2_000);
/// Depth of the pocket behind the front that a finger pulls at.
const PULL_POCKET: Mm = Mm::um(8_000);
/// Between the strip and the nearest thing on the board's edge.
const EDGE_CLEARANCE: Mm = Mm::um(300);
/// From the notch in front to the next board's share of the row.
pub const NOTCH_MARGIN: Mm = Mm::um(1_500);

/// The catalogue's entry for the card that a board may boot from.
const CARD: &str = "micro-sd-card";

/// How a caddy lies or stands while it prints.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stance {
    /// Wall down, the rail's direction up.
    Lying,
    /// Standing on its front: several walls side by side.
    OnFront,
    /// Standing on its rear, the fan's flange down.
    OnRear,
    /// As it is mounted, boards up: a tray.
    Flat,
}

impl Stance {
    /// A second wall would hang over the first if the caddy lay.
    pub(super) fn of(boards: u32) -> Stance {
        if boards > 1 { Stance::OnFront } else { Stance::Lying }
    }
}

/// One caddy, as all caddies of the cluster are.
#[derive(Clone, Debug)]
pub struct CaddyPlan {
    /// Do its boards stand on edge, or lie side by side?
    pub orientation: Orientation,
    /// Boards in it.
    pub boards: u32,
    /// Caddies in the row.
    pub count: Known<u32>,
    /// Its share of the row.
    pub pitch: Known<Mm>,
    /// Distance from board to board within it.
    pub board_pitch: Known<Mm>,
    /// The printed body, along the rail.
    pub body: Known<Mm>,
    /// What the row keeps free along the rail.
    pub play: Known<Mm>,
    /// Height of the standoffs over the outside of the wall.
    pub seat: Known<Mm>,
    /// The smallest pitch that this board could have.
    pub smallest_pitch: Known<Mm>,
    /// What power plugs side by side need of it.
    pub plug_pitch: Known<Mm>,
    /// From the tallest component to the next caddy.
    pub neighbour_gap: Known<Mm>,
    /// Thickness of the wall behind the board.
    pub wall: Mm,
    /// Plastic that stays under solder tails.
    pub insulation: Mm,
    /// From the standoffs to the board's lower face: what stands between them.
    pub lift: Mm,
    /// Thickness of the board.
    pub pcb: Mm,
    /// The board's components and holes in the caddy's frame.
    pub seated: SeatedBoard,
    /// The network plug in front of each board, if it has a socket for one.
    pub network: Option<NetworkPlug>,
    /// The strip that holds the rail.
    pub strip: Strip,
    /// Front to rear.
    pub depth: Known<Mm>,
    /// Along the upright.
    pub height: Known<Mm>,
    /// How the board is held.
    pub fixing: Fixing,
    /// Room for the power plug, and what it needs.
    pub plug_room: Known<Mm>,
    /// What the power plug reaches out.
    pub plug_reach: Known<Mm>,
    /// How a caddy without a fan prints.
    pub stance: Stance,
    /// What holds it, if it is a hook; why it is none, if it is a bead. Fan caddies are beads
    /// always: their fan stands behind the rail and the neighbours, and passes neither.
    pub hook: Result<HookPlan, String>,
    /// The field on its front.
    pub label: Option<LabelPlan>,
    /// Where the notch for a finger begins along the rail, from the outside of a board's wall on.
    pub notch_from: Mm,
    /// Height of its middle: below 0, the board's side of the strip.
    pub notch_middle: Mm,
}

/// The strip beside the boards: front pocket, rail window, and the power plugs behind them. Depths
/// are counted from the caddy's front, heights down from the board's side.
#[derive(Clone, Debug)]
pub struct Strip {
    /// Height of the strip.
    pub height: Known<Mm>,
    /// Thickness of the walls around pocket and rail.
    pub wall: Mm,
    /// Where the finger pocket begins and ends.
    pub pocket: (Mm, Mm),
    /// Where the rail's window begins and ends.
    pub window: (Mm, Mm),
    /// Where the block ends.
    pub end: Mm,
    /// Clearance around the rail.
    pub clearance: Mm,
}

impl Strip {
    fn new(caddy: &Caddy, rail: &RailPlan, ledger: &mut Ledger) -> Strip {
        let pocket = (COLLAR_WALL, COLLAR_WALL + PULL_POCKET);
        Strip::around(caddy, rail, pocket, ledger)
    }

    /// A strip whose block begins at a depth of `front`, without a finger pocket.
    pub(super) fn behind(caddy: &Caddy, rail: &RailPlan, front: Mm, ledger: &mut Ledger) -> Strip {
        Strip::around(caddy, rail, (front, front), ledger)
    }

    /// The block around the rail, its front wall behind the finger pocket.
    fn around(caddy: &Caddy, rail: &RailPlan, pocket: (Mm, Mm), ledger: &mut Ledger) -> Strip {
        let clearance = ledger.given("caddy.clearance", caddy.clearance);
        let wall = ledger.rule("caddy.collar_wall", COLLAR_WALL, super::OWN_RULE);
        let height = ledger.derive(
            "caddy.strip_height",
            "rail.height + 2 × caddy.clearance + 2 × caddy.collar_wall",
            &[&rail.height, &clearance, &wall],
            rail.height.value + clearance.value * 2 + wall.value * 2,
        );
        let front = pocket.1 + wall.value;
        let window = (front, front + rail.depth.value + clearance.value * 2);
        Strip {
            height,
            wall: wall.value,
            pocket,
            window,
            end: window.1 + wall.value,
            clearance: clearance.value,
        }
    }

    /// Depth of the rail's middle behind the caddy's front.
    pub fn rail_middle(&self) -> Mm {
        (self.window.0 + self.window.1).half()
    }
}

impl CaddyPlan {
    /// Is each caddy engraved with a number of its own?
    pub fn is_numbered(&self) -> bool {
        self.label.as_ref().is_some_and(|label| label.stroke.is_some())
    }

    /// Heights of the board's lower and upper face over the outside of the wall.
    pub fn faces(&self) -> (Mm, Mm) {
        let under = self.seat.value + self.lift;
        (under, under + self.pcb)
    }

    /// Heights over the outside of the wall that the power plug takes.
    pub fn plug_heights(&self) -> (Mm, Mm) {
        let plug = &self.seated.plug;
        let middle = self.faces().1 + plug.height;
        (middle - plug.thickness.half(), middle + plug.thickness.half())
    }

    /// Derives the caddy of a design whose names are all known to the catalogue.
    pub fn new(
        design: &Design,
        catalog: &Catalog,
        board: &Board,
        addons: &[(String, Addon)],
        rail: &RailPlan,
        ledger: &mut Ledger,
    ) -> CaddyPlan {
        let caddy = &design.caddy;
        let boards = ledger.given("caddy.pis_per_caddy", caddy.pis_per_caddy.max(1));
        let stack = StackUp::new(design, board, addons, ledger);
        let stance = Stance::of(boards.value);
        let layers = &stack.layers;
        let smallest = &stack.smallest_pitch;
        let (count, pitch) = share_row(design, rail, smallest, (boards.value, stance), ledger);
        let board_pitch = ledger.derive(
            "caddy.board_pitch",
            "caddy.width ÷ caddy.pis_per_caddy",
            &[&pitch, &boards],
            pitch.value / i64::from(boards.value),
        );
        let seat = stack.seat(board_pitch.value, ledger);
        let neighbour_gap = ledger.derive(
            "caddy.neighbour_gap",
            "caddy.board_pitch − caddy.seat − caddy.board_lift − board thickness − tallest component",
            &[&board_pitch, &seat, &layers.lift, &layers.pcb, &layers.tallest],
            board_pitch.value - seat.value - stack.held() - layers.tallest.value,
        );
        let body = body_width(design, &pitch, &count, stance, ledger);
        let play = ledger.derive(
            "bank.axial_play",
            "bank.row_length − bank.caddies × caddy.body_width",
            &[&rail.row, &count, &body],
            rail.row.value - body.value * i64::from(count.value),
        );
        let mut strip = Strip::new(caddy, rail, ledger);
        let plug = plug_room(design, board);
        let mut fixing = Fixing::new(design, catalog, board, stack.held(), &seat, ledger);
        let pegged = caddy.board_fixing == BoardFixing::Pegs;
        let beyond = if pegged { pegs::BEYOND_BOARD } else { Mm::ZERO };
        let room = Room {
            standoff: fixing.standoff,
            strip_end: strip.end,
            clearance: EDGE_CLEARANCE,
            beyond,
        };
        let seated = SeatedBoard::new(board, plug, room, absent(design, catalog));
        if pegged {
            let around = (boards.value, strip.end, fixing.standoff);
            fixing.pegs = Some(Pegs::new(board, &design.board, &seated, around, ledger));
        }
        let (depth, height) = body_size(board, &seated, &strip, ledger);
        let around = hook::Around {
            catalog,
            rail,
            seated: &seated,
            strip: &strip.height,
            over_rail: strip.wall + strip.clearance,
            window: strip.window,
            body: &body,
            board_pitch: board_pitch.value,
            boards: boards.value,
            margin: NOTCH_MARGIN,
        };
        let hook = collar(caddy, &around, ledger);
        if let Ok(hook) = &hook {
            // The web grows into the pocket, so that hooks and beads share one rail.
            strip.pocket.1 = strip.window.0 - hook.web;
        }
        let (notch_from, notch_middle) = match &hook {
            Ok(hook) => (hook.notch_from, hook.height),
            Err(_) => (hook::NOTCH_FROM, -strip.height.value.half()),
        };
        let field = (notch_from.min(board_pitch.value), strip.height.value - strip.wall * 2);
        let last = count.value.saturating_mul(boards.value);
        let label = LabelPlan::new(design, field, last, ledger);
        let plug_reach = plug_reach(design, board, ledger);
        let plug_room = room_in_strip(&strip, &seated, ledger);
        CaddyPlan {
            orientation: Orientation::Upright,
            boards: boards.value,
            count,
            pitch,
            board_pitch,
            body,
            play,
            seat,
            smallest_pitch: stack.smallest_pitch,
            plug_pitch: stack.plug_pitch,
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
            plug_room,
            plug_reach,
            stance,
            hook,
            label,
            notch_from,
            notch_middle,
        }
    }
}

/// A hook if the design leaves the choice or asks for one and one can be had; else why not.
fn collar(caddy: &Caddy, around: &hook::Around, ledger: &mut Ledger) -> Result<HookPlan, String> {
    let hook = match caddy.collar {
        Collar::Bead => Err("the design asks for a bead".to_owned()),
        Collar::Auto | Collar::Hook => HookPlan::new(around, ledger),
    };
    let (kind, why) = match &hook {
        Ok(_) => ("hook", "open to the rear: it comes off to the front".to_owned()),
        Err(reason) => ("bead", reason.clone()),
    };
    ledger.derive("caddy.collar_kind", why, &[], kind);
    hook
}

/// The component that this design leaves out of its boards: the card, unless they boot from it.
pub(super) fn absent<'a>(design: &Design, catalog: &'a Catalog) -> Option<&'a str> {
    let cards = design.network.boot == BootFrom::SdCard;
    let card = catalog.accessories.get(CARD).filter(|_| !cards);
    card.map(|card| card.name.as_str())
}

/// What the design's power plug reaches out of the board's edge.
pub(super) fn plug_reach(design: &Design, board: &Board, ledger: &mut Ledger) -> Known<Mm> {
    let entry = format!("catalog.boards.{}", design.board);
    let plug = plug_room(design, board);
    let field = format!("{}.reach", plug_field(design));
    let reach = ledger.fact(&entry, &field, &plug.reach, &board.source);
    let overhang = &board.power_socket.overhang;
    let overhang = ledger.fact(&entry, "power_socket.overhang", overhang, &board.source);
    ledger.derive(
        "caddy.plug_reach",
        "the socket's overhang + the plug's reach, cable bend included",
        &[&overhang, &reach],
        overhang.value + reach.value,
    )
}

/// The room that the strip has for the power plug.
fn room_in_strip(strip: &Strip, seated: &SeatedBoard, ledger: &mut Ledger) -> Known<Mm> {
    ledger.derive(
        "caddy.plug_room",
        "caddy.strip_height + gap between strip and board",
        &[&strip.height],
        match seated.plug.exit {
            PlugExit::Strip => strip.height.value + seated.pcb.v0,
            // Nothing of the caddy stands in the way there.
            PlugExit::Rear | PlugExit::Front | PlugExit::FarEdge => seated.plug.reach,
        },
    )
}

impl CaddyPlan {
    /// Does a caddy's frame start with its board at the right, since it is turned or measured from
    /// there?
    pub fn starts_at_right(&self) -> bool {
        match self.orientation {
            Orientation::Upright => self.seated.mirrored,
            Orientation::Flat => !self.seated.mirrored,
        }
    }

    /// The board, counted from 0 at the left, that a caddy's frame starts with.
    pub fn first_board(&self) -> u32 {
        if self.starts_at_right() { self.boards - 1 } else { 0 }
    }
}

fn body_size(
    board: &Board,
    seated: &SeatedBoard,
    strip: &Strip,
    ledger: &mut Ledger,
) -> (Known<Mm>, Known<Mm>) {
    let pcb = seated.pcb;
    let board_depth = ledger.derive(
        "caddy.board_depth",
        format!("the {}'s extent front to rear, with its standoffs", board.name),
        &[],
        seated.rear - pcb.u0,
    );
    let board_height = ledger.derive(
        "caddy.board_height",
        "its extent upright, with its standoffs",
        &[],
        seated.far - pcb.v0,
    );
    let overhang = ledger.derive(
        "caddy.front_overhang",
        "how far sockets or standoffs stand out over the board's front edge",
        &[],
        seated.front,
    );
    let gap = ledger.derive(
        "caddy.strip_gap",
        "between strip and board, clear of what stands out over the edge there",
        &[],
        pcb.v0,
    );
    let depth = ledger.derive(
        "caddy.depth",
        "caddy.front_overhang + caddy.board_depth",
        &[&overhang, &board_depth],
        seated.rear.max(strip.end),
    );
    let height = ledger.derive(
        "caddy.height",
        "caddy.strip_height + caddy.strip_gap + caddy.board_height",
        &[&strip.height, &gap, &board_height],
        strip.height.value + seated.far,
    );
    (depth, height)
}
