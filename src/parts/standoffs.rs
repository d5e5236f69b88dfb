//! What underside parts of a board take of its standoffs.

use crate::cluster::{Area, CaddyPlan, SeatedBox};
use crate::units::Mm;

/// Plastic that stays around the hole of a standoff which something cuts into.
const LEAST_AROUND_HOLE: Mm = Mm::um(600);

/// Areas and floors that parts of the underside take of the standoffs, as long as a wall is left
/// around the `hole`. `below` tells the room that a part needs.
pub fn cuts(
    plan: &CaddyPlan,
    hole: Mm,
    below: impl Fn(&SeatedBox) -> Option<(Area, Mm)>,
) -> Vec<(Area, Mm)> {
    let around = |radius: Mm| {
        let holes = plan.seated.holes.iter();
        let square = move |&(u, v): &(Mm, Mm)| Area { u0: u, u1: u, v0: v, v1: v }.grown(radius);
        holes.map(square)
    };
    let hole = hole.half() + LEAST_AROUND_HOLE;
    let parts = plan.seated.boxes.iter().filter(|it| it.above == Mm::ZERO);
    parts
        .filter_map(below)
        .filter(|(area, floor)| {
            *floor < plan.seat.value
                && around(plan.fixing.standoff).any(|standoff| standoff.overlaps(*area))
                && !around(hole).any(|hole| hole.overlaps(*area))
        })
        .collect()
}
