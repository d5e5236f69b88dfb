//! The network plug in a board's first socket, its boot and the bend of its cable.
//!
//! Every board of the catalogue has its network socket to the front, so the plug stands out of the
//! caddy there. Not promised: latches that a finger must reach, and cables beyond their first bend.

use super::quantity::Ledger;
use super::seat::{Area, SeatedBoard};
use crate::units::Mm;

/// How the catalogue calls these sockets.
const SOCKET: &str = "RJ45";
/// Width of a modular plug (IEC 60603-7 has 11.68 mm at most).
const WIDTH: Mm = Mm::um(11_700);
/// Height of a plug with its latch pressed.
const THICKNESS: Mm = Mm::um(8_500);
/// Out of the socket's mouth: what is left of the plug, its boot, and a bend of four times the
/// cable's 5.5 mm.
const REACH: Mm = Mm::um(45_000);
/// From the top of a socket to the middle of the plug in it: half of a usual socket's 13.5 mm. One
/// that stands on other sockets has its plug as near to the top.
const UNDER_TOP: Mm = Mm::um(6_750);

/// The room that a network plug needs.
#[derive(Clone, Copy, Debug)]
pub struct NetworkPlug {
    /// In the caddy's frame, as in [`SeatedBoard`].
    pub area: Area,
    /// Over the board's component side: where it begins, and where it ends.
    pub heights: (Mm, Mm),
}

impl NetworkPlug {
    /// The plug of a seated board; `None` if it has no socket.
    pub fn new(seated: &SeatedBoard, ledger: &mut Ledger) -> Option<NetworkPlug> {
        let socket = seated.boxes.iter().find(|it| it.what.starts_with(SOCKET))?;
        let source = "estimate, after IEC 60603-7";
        let width = ledger.assume("network.plug_width", WIDTH, source).value;
        let thickness = ledger.assume("network.plug_thickness", THICKNESS, source).value;
        let reach = ledger.assume("network.plug_reach", REACH, "estimate").value;
        let (mouth, middle) = (socket.area.u0, (socket.area.v0 + socket.area.v1).half());
        let height = socket.above - UNDER_TOP;
        Some(NetworkPlug {
            area: Area {
                u0: mouth - reach,
                u1: mouth,
                v0: middle - width.half(),
                v1: middle + width.half(),
            },
            heights: (height - thickness.half(), height + thickness.half()),
        })
    }
}
