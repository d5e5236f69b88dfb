//! Bought things as boxes.

use super::{Finish, Piece};
use crate::catalog::{Fan, Rack};
use crate::cluster::{Cluster, DevicePlan, RACK_UNIT};
use crate::units::{Mm, RackUnits};

/// Sheet of a post's mounting face, and of devices' panels.
const SHEET: Mm = Mm::um(2_000);
/// Width of a post's mounting face (EIA-310).
const POST_WIDTH: Mm = Mm::um(15_875);
/// Depth of an upright, measured out of the builders' CAD file (PiCluster.f3z).
const UPRIGHT: Mm = Mm::um(76_000);
/// A panel is this much lower than its rack units (EIA-310).
const PANEL_GAP: Mm = Mm::um(790);

/// The rail, in the bank's frame.
pub fn rail(cluster: &Cluster) -> Piece {
    let (rail, caddy, bracket) = (&cluster.rail, &cluster.caddy, &cluster.bank.bracket);
    let middle = caddy.strip.rail_middle();
    let height = bracket.lift.value + caddy.strip.height.value.half();
    let (deep, tall) = (rail.depth.value.half(), rail.height.value.half());
    let start = bracket.thickness;
    let end = start + rail.finished.value;
    Piece::cuboid(
        "",
        Finish::Aluminium,
        [start, middle - deep, height - tall],
        [end, middle + deep, height + tall],
    )
}

/// The bolts into one end of the rail, in the bank's frame, as thick as fits into their round
/// holes. Their heads are sunk into the bracket and not drawn.
pub fn rail_bolts(cluster: &Cluster, at_right: bool) -> Vec<Piece> {
    let (caddy, bracket) = (&cluster.caddy, &cluster.bank.bracket);
    let Some(bolt) = &bracket.bolt else { return vec![] };
    let bolt = &bolt.fastener;
    let middle = caddy.strip.rail_middle();
    let height = bracket.lift.value + caddy.strip.height.value.half();
    let half = (bolt.hole.value * std::f64::consts::FRAC_1_SQRT_2).half() - Mm::um(100);
    let length = bolt.length.value;
    let start = if at_right { cluster.opening.used.value - length } else { Mm::ZERO };
    let piece = |[to_rear, up]: &[Mm; 2]| {
        let (y, z) = (middle + *to_rear, height + *up);
        Piece::cuboid(
            "",
            Finish::Metal,
            [start, y - half, z - half],
            [start + length, y + half, z + half],
        )
    };
    bracket.bores.iter().map(piece).collect()
}

/// A fan's frame, its face towards the row at y = 0, its middle at x = z = 0.
pub fn fan(fan: &Fan) -> Piece {
    let half = fan.size.value.half();
    Piece::cuboid("", Finish::Black, [-half, Mm::ZERO, -half], [half, fan.depth.value, half])
}

/// The two posts of a rack, in its frame: a mounting face, and the upright behind it, which keeps
/// clear of the opening.
pub fn posts(rack: &Rack) -> [Vec<Piece>; 2] {
    let half = rack.opening.value.half();
    let top = rack.height.value;
    [[-half - POST_WIDTH, -half], [half, half + POST_WIDTH]].map(|[from, to]| {
        let slab =
            |what, y0, y1| Piece::cuboid(what, Finish::Steel, [from, y0, Mm::ZERO], [to, y1, top]);
        vec![slab("mounting face", Mm::ZERO, SHEET), slab("upright", SHEET, UPRIGHT)]
    })
}

/// A device, its panel's rear at y = 0, the middle of the opening at x = 0, z from 0.
pub fn device(device: &DevicePlan, rack: &Rack) -> Vec<Piece> {
    let panel = rack.panel.value.half();
    let body = rack.narrowest_opening.value.half();
    let top = height(device.height);
    let slab = |what, half: Mm, y0, y1| {
        Piece::cuboid(what, Finish::Steel, [-half, y0, Mm::ZERO], [half, y1, top])
    };
    vec![
        slab("panel", panel, -SHEET, Mm::ZERO),
        slab("body", body, Mm::ZERO, device.depth.value.max(SHEET)),
    ]
}

/// Height of a panel.
fn height(units: RackUnits) -> Mm {
    RACK_UNIT * i64::from(units.0.max(1)) - PANEL_GAP
}
