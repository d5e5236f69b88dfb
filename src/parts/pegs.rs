//! Pegs through the board's holes, and the clip and the toe that keep it on them.

use super::caddy::{Body, rect};
use crate::cluster::Area;
use crate::geometry::{Sketch, Stack};
use crate::units::Mm;

/// The nose's upper half is stepped back by this share of its overlap, so that a board pushes it
/// aside.
const RAMP: i64 = 2;

impl Body<'_> {
    /// Adds what holds a board without screws. The wall stands by now, and so do the standoffs.
    pub(super) fn pegs(&self, stack: Stack, start: Mm) -> Stack {
        let plan = self.plan;
        let Some(pegs) = &plan.fixing.pegs else { return stack };
        let seat = start + plan.seat.value;
        let face = seat + plan.lift + plan.pcb;
        let radius = pegs.diameter.value.half();
        let stack = plan.seated.holes.iter().fold(stack, |stack, &(u, v)| {
            stack.add(Sketch::circle(u, v, radius), seat..face + pegs.over)
        });
        let Ok(clip) = &pegs.clip else { return stack };
        let (under, over) = (face + clip.lift, face + clip.lift + clip.height);
        let wall = start..start + plan.wall;
        let mut stack =
            clip.slits.iter().fold(stack, |stack, &slit| stack.cut(rect(slit), wall.clone()));
        // Nothing of the wall beyond the finger but its root.
        if plan.seated.far > clip.finger.v1 {
            let beyond = Area {
                v0: clip.finger.v1,
                v1: plan.seated.far,
                u0: clip.slits[0].u0,
                u1: clip.slits[0].u1,
            };
            stack = stack.cut(rect(beyond), wall);
        }
        let step = (under + over).half();
        let mut tip = clip.nose;
        tip.v0 += (plan.seated.pcb.v1 - clip.nose.v0) / RAMP;
        let stack = stack
            .add(rect(clip.finger), start..over)
            .add(rect(clip.nose), under..step)
            .add(rect(tip), step..over)
            .add(rect(clip.toe), under..over);
        match clip.toe_post {
            Some(post) => stack.add(rect(post), start..over),
            None => stack,
        }
    }
}
