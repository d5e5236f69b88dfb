//! What it takes to swap one board, by hand.

use super::caddy::CaddyPlan;
use super::quantity::{Known, Ledger};
use crate::catalog::Board;
use crate::units::Minutes;

/// Pulling or pushing one plug.
const PLUG: Minutes = Minutes(0.1);
/// Turning one screw out or in.
const SCREW: Minutes = Minutes(0.4);
/// Taking a caddy off the rail, or putting it on.
const CADDY: Minutes = Minutes(0.2);
/// Lifting a bank out of its rack, or hanging it in.
const BANK: Minutes = Minutes(1.0);
/// A board out of its clip, or into it.
const CLIP: Minutes = Minutes(0.2);
/// Plugs of a board: power and network.
const PLUGS: u32 = 2;
/// Screws that hold a bank: two an ear; and the bolt that holds one bracket to the rail.
const BANK_SCREWS: u32 = 5;

/// Records how long one board in a plain caddy takes to swap: a hook comes off by itself; for a
/// bead the bank comes out of the rack, one bracket off, and half of the row with it.
pub(super) fn record(
    caddy: &CaddyPlan,
    board: &Board,
    boards: &Known<u32>,
    ledger: &mut Ledger,
) -> Known<Minutes> {
    let mut step = |name: &str, minutes| ledger.assume(name, minutes, "estimate");
    let plug = step("swap.plug", PLUG);
    let screw = step("swap.screw", SCREW);
    let moved = step("swap.caddy", CADDY);
    let bank = step("swap.bank", BANK);
    let clip = step("swap.clip", CLIP);
    let holes = board.holes.at.len() as f64;
    let (fixed, fixing) = if caddy.fixing.pegs.is_some() {
        (clip.value, "swap.clip")
    } else {
        (screw.value * holes, "board screws × swap.screw")
    };
    let own = f64::from(caddy.boards);
    let (each_way, how) = if caddy.hook.is_ok() {
        let plugs = plug.value * (own * f64::from(PLUGS));
        let minutes = plugs + screw.value * own + moved.value;
        (
            minutes,
            "plugs of its caddy × swap.plug + hook screws × swap.screw + swap.caddy".to_owned(),
        )
    } else {
        let plugs = plug.value * (f64::from(boards.value) * f64::from(PLUGS));
        let half_row = moved.value * (f64::from(caddy.count.value) / 2.0).ceil();
        let minutes = plugs + bank.value + screw.value * f64::from(BANK_SCREWS) + half_row;
        let how = format!(
            "plugs of the bank × swap.plug + swap.bank + {BANK_SCREWS} screws × swap.screw + half \
             of the row × swap.caddy"
        );
        (minutes, how)
    };
    ledger.derive(
        "bank.board_swap_minutes",
        format!("there and back, twice: {how} + {fixing}"),
        &[&plug, &screw, &moved, &bank, &clip, boards],
        (each_way + fixed) * 2.0,
    )
}
