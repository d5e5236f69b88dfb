//! How a board is held, and which fasteners a design takes from the catalogue.

use super::pegs::Pegs;
use super::quantity::{Known, Ledger};
use crate::catalog::{Board, Catalog, Fastener, FastenerClass};
use crate::spec::{BoardFixing, Design};
use crate::units::Mm;

/// Radius of a standoff, unless its hole needs more: the keep-out around a board's holes.
const STANDOFF: Mm = Mm::um(3_000);
/// Plastic around the hole in a standoff.
const AROUND_HOLE: Mm = Mm::um(900);

/// A fastener of the catalogue.
#[derive(Clone, Debug)]
pub struct Chosen {
    /// Its catalogue id.
    pub id: String,
    /// The entry.
    pub fastener: Fastener,
}

/// How a board is held on its standoffs.
#[derive(Clone, Debug)]
pub struct Fixing {
    /// Thread of the board's holes.
    pub thread: String,
    /// The screw; `None` if the catalogue has none short enough.
    pub screw: Option<Chosen>,
    /// The insert that it goes into, if there is one.
    pub insert: Option<Chosen>,
    /// Plastic under the board at a standoff.
    pub plastic: Known<Mm>,
    /// Diameter of the hole in the standoff, before compensation.
    pub hole: Mm,
    /// Radius of the standoffs.
    pub standoff: Mm,
    /// Does the design ask for inserts?
    pub wants_insert: bool,
    /// Pegs and a clip in place of screws.
    pub pegs: Option<Pegs>,
}

impl Fixing {
    /// Chooses screw and insert for `board` on standoffs that leave `seat` of plastic. `held` is what
    /// the screw goes through before: the board, and what stands under it.
    pub fn new(
        design: &Design,
        catalog: &Catalog,
        board: &Board,
        held: Mm,
        seat: &Known<Mm>,
        ledger: &mut Ledger,
    ) -> Fixing {
        let thread = board.holes.thread.clone();
        let plastic = ledger.derive(
            "caddy.fixing_depth",
            "plastic under the board at a standoff: caddy.seat",
            &[seat],
            seat.value,
        );
        let wants_insert = design.caddy.board_fixing == BoardFixing::HeatSet;
        let class =
            if wants_insert { FastenerClass::MachineScrew } else { FastenerClass::BoardScrew };
        let screwed = design.caddy.board_fixing != BoardFixing::Pegs;
        let screw = longest(catalog, class, &thread, held + plastic.value);
        let screw = screw.filter(|_| screwed);
        let insert =
            wants_insert.then(|| shortest(catalog, FastenerClass::Insert, &thread)).flatten();
        let holder = insert.as_ref().or(screw.as_ref());
        let hole = holder.map_or(Mm::ZERO, |chosen| chosen.fastener.hole.value);
        let standoff = STANDOFF.max(hole.half() + AROUND_HOLE);
        Fixing { thread, screw, insert, plastic, hole, standoff, wants_insert, pegs: None }
    }
}

/// The longest fastener of a class and thread that is not longer than `limit`.
pub fn longest(catalog: &Catalog, class: FastenerClass, thread: &str, limit: Mm) -> Option<Chosen> {
    of_kind(catalog, class, thread)
        .filter(|(_, fastener)| fastener.length.value <= limit)
        .max_by_key(|(_, fastener)| fastener.length.value)
        .map(chosen)
}

/// The shortest fastener of a class and thread that is at least `length` long.
pub fn at_least(
    catalog: &Catalog,
    class: FastenerClass,
    thread: &str,
    length: Mm,
) -> Option<Chosen> {
    of_kind(catalog, class, thread)
        .filter(|(_, fastener)| fastener.length.value >= length)
        .min_by_key(|(_, fastener)| fastener.length.value)
        .map(chosen)
}

/// The shortest fastener of a class and thread.
pub fn shortest(catalog: &Catalog, class: FastenerClass, thread: &str) -> Option<Chosen> {
    at_least(catalog, class, thread, Mm::ZERO)
}

fn of_kind<'a>(
    catalog: &'a Catalog,
    class: FastenerClass,
    thread: &'a str,
) -> impl Iterator<Item = (&'a String, &'a Fastener)> {
    catalog
        .fasteners
        .iter()
        .filter(move |(_, fastener)| fastener.class == class && fastener.thread == thread)
}

fn chosen((id, fastener): (&String, &Fastener)) -> Chosen {
    Chosen { id: id.clone(), fastener: fastener.clone() }
}
