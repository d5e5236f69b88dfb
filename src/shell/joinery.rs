//! Joints between boards.
//!
//! Each joint is cut from the box of what goes in, wider by the allowance; so both halves follow the
//! measured thickness.

use crate::units::Mm;

use super::block::Block;
use super::board::Board;

/// Cuts grooves into every host that a guest reaches into.
pub fn groove(hosts: &mut [Board], guests: &[Board], allowance: Mm) {
    for guest in guests {
        for host in hosts.iter_mut() {
            let Some(inside) = host.block().shared(&guest.block()) else { continue };
            host.pocket(widened(&inside, &guest.block(), host, allowance));
        }
    }
}

/// Gives a board a tab and cuts the slot for it through the host that it reaches into.
pub fn mortise(board: &mut Board, tab: Block, hosts: &mut [Board], allowance: Mm) {
    board.tab(tab);
    for host in hosts.iter_mut() {
        if host.block().shared(&tab).is_some() {
            host.cut(widened(&tab, &tab, host, allowance));
        }
    }
}

/// A box, wider by half of the allowance on each side across the host, and as deep as it is. Where
/// the guest ends inside the host there is room at its end as well.
fn widened(inside: &Block, guest: &Block, host: &Board, allowance: Mm) -> Block {
    let mut wide = *inside;
    for axis in (0..3).filter(|axis| *axis != host.face_axis()) {
        wide.from[axis] = guest.from[axis] - allowance.half();
        wide.to[axis] = guest.to[axis] + allowance.half();
    }
    wide
}
