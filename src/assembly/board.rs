//! A board and its plugs as boxes, in the bank frame of a caddy: x to the right, y to the
//! rear, z up, the origin at the body's front lower left corner.

use super::{Finish, Piece};
use crate::cluster::{Area, CaddyPlan, Cluster};
use crate::farm::CHORD;
use crate::geometry::{Axis, Position, Sketch, Stack};
use crate::spec::Orientation;
use crate::units::Mm;

/// The bare board, and every component above and below it.
pub fn pieces(cluster: &Cluster) -> Vec<Piece> {
    let plan = &cluster.caddy;
    let (under, top) = plan.faces();
    let pcb = plan.seated.pcb;
    let mut pieces = vec![
        bare(cluster)
            .unwrap_or_else(|| seated(plan, "circuit board", Finish::Board, pcb, under, top)),
    ];
    for it in &plan.seated.boxes {
        let fitted = it.fitted;
        let finish = if it.shield { Finish::Metal } else { Finish::Black };
        if it.above > Mm::ZERO {
            let body = seated(plan, &it.what, finish, it.area, top, top + it.above);
            pieces.push(Piece { fitted, ..body });
        }
        if it.below > Mm::ZERO {
            let tails = it.above > Mm::ZERO;
            let what = if tails { format!("solder tails of {}", it.what) } else { it.what.clone() };
            let body = seated(plan, &what, Finish::Metal, it.under, under - it.below, under);
            pieces.push(Piece { fitted, ..body });
        }
    }
    pieces
}

/// The bare board with its holes, where pegs stand in them.
fn bare(cluster: &Cluster) -> Option<Piece> {
    let plan = &cluster.caddy;
    plan.fixing.pegs.as_ref()?;
    let (pcb, seat) = (plan.seated.pcb, plan.seat.value);
    let radius = cluster.board.holes.diameter.value.half();
    let whole = Sketch::rect(pcb.u0, pcb.v0, pcb.u1, pcb.v1);
    let holes = plan.seated.holes.iter();
    let sketch =
        holes.fold(whole, |sketch, &(u, v)| sketch.with_hole(Sketch::circle(u, v, radius)));
    let solid = Stack::new().add(sketch, seat..seat + plan.pcb).build().ok()?.along(Axis::X);
    let up = plan.strip.height.value;
    let solid = if plan.seated.mirrored {
        solid.mirrored(Axis::X).moved(Position::new(plan.body.value, Mm::ZERO, up))
    } else {
        solid.moved(Position::new(Mm::ZERO, Mm::ZERO, up))
    };
    Some(Piece::new("circuit board", Finish::Board, solid.mesh(CHORD).ok()?))
}

/// The power plug and the bend of its cable.
pub fn plug(cluster: &Cluster) -> Piece {
    let plan = &cluster.caddy;
    let (from, to) = plan.plug_heights();
    seated(plan, "", Finish::Black, plan.seated.plug.area, from, to)
}

/// The network plug and the bend of its cable, if the board has a socket for one.
pub fn network_plug(cluster: &Cluster) -> Option<Piece> {
    let plan = &cluster.caddy;
    let plug = plan.network.as_ref()?;
    let (from, to) = plug.heights;
    let top = plan.faces().1;
    Some(seated(plan, "", Finish::Black, plug.area, top + from, top + to))
}

/// A box over an area, between two heights over the outside of the wall, or the underside of the
/// plate.
fn seated(plan: &CaddyPlan, what: &str, finish: Finish, area: Area, from: Mm, to: Mm) -> Piece {
    let corners = match plan.orientation {
        Orientation::Upright => {
            // The bank has the strip below; where the board was looked at in the mirror, a caddy
            // with its strip below has its wall on the right.
            let across =
                |height: Mm| if plan.seated.mirrored { plan.body.value - height } else { height };
            let up = |v: Mm| v + plan.strip.height.value;
            [[across(from), area.u0, up(area.v0)], [across(to), area.u1, up(area.v1)]]
        }
        Orientation::Flat => {
            let across = |v: Mm| plan.across_tray(plan.first_board(), v);
            [[across(area.v0), area.u0, from], [across(area.v1), area.u1, to]]
        }
    };
    Piece::cuboid(what, finish, corners[0], corners[1])
}
