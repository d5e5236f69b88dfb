//! The caddy: a strip that holds the rail, and for each board a wall that carries it.
//!
//! Everything is a stack along the rail. Sketch coordinates are (u, v) of
//! [`crate::cluster::SeatedBoard`]; heights count along the rail from the outside of the first
//! wall. After stacking u becomes y, v becomes z and the rail's direction x.

use super::figures::Numbers;
use super::measure::{Face, Measure};
use super::{standoffs, vents};
use crate::cluster::{Area, CaddyPlan, HookPlan, PlugExit, SeatedBox, Stance};
use crate::geometry::{Axis, Direction2, GeometryError, Sketch, Solid, Stack};
use crate::spec::Design;
use crate::units::Mm;

/// A standoff up to this height prints as a round ledge on an upright wall.
const LOW_STANDOFF: Mm = Mm::um(2_000);
/// Between a pocket's edge and the tails in it. Where one makes a pocket just touch a standoff or a
/// window, which is no solid, the next parts them.
const POCKET_MARGINS: [Mm; 3] = [Mm::um(400), Mm::um(430), Mm::um(370)];
/// A web between two openings that is thinner than this does not print.
const THIN_WEB: Mm = Mm::um(1_000);
/// Between a pocket that reaches behind the board and what ends in it: less than the flange behind
/// keeps clear.
const REAR_MARGIN: Mm = Mm::um(200);
/// Brace between strip and wall.
const BRACE: Mm = Mm::um(15_000);
/// Rounding of the wall's rear corner.
const WALL_CORNER: Mm = Mm::um(3_000);
/// The sill stays this far behind the sockets' faces and below the board's upper face.
const SILL_CLEARANCE: Mm = Mm::um(300);

/// The solid of a plain caddy, x along the rail.
pub fn solid(
    design: &Design,
    plan: &CaddyPlan,
    numbers: Option<&Numbers>,
) -> Result<Solid, GeometryError> {
    with_body(design, plan, plan.stance, numbers, |body| {
        let solid = upright(body.stack(Stack::new()).build()?);
        body.screw_holes().into_iter().try_fold(solid, |solid, hole| solid.drill(&hole))
    })
}

/// Builds a solid around a body, with the first pocket margin that gives one.
pub fn with_body(
    design: &Design,
    plan: &CaddyPlan,
    stance: Stance,
    numbers: Option<&Numbers>,
    build: impl Fn(&Body) -> Result<Solid, GeometryError>,
) -> Result<Solid, GeometryError> {
    let [first, others @ ..] = POCKET_MARGINS;
    // A fan's caddy stays on the rail: neither the rail nor the neighbours let its fan pass.
    let hook = plan.hook.as_ref().ok().filter(|_| stance != Stance::OnRear);
    let attempt =
        |pocket_margin| build(&Body { design, plan, stance, hook, numbers, pocket_margin });
    others.into_iter().fold(attempt(first), |built, margin| match built {
        Err(GeometryError::Touches { .. } | GeometryError::NearMiss { .. }) => attempt(margin),
        other => other,
    })
}

/// Are standoffs so low that, standing, they print as ledges?
pub fn are_ledges(plan: &CaddyPlan) -> bool {
    plan.seat.value - plan.wall <= LOW_STANDOFF
}

/// Where each board's wall begins along the rail.
pub fn wall_starts(plan: &CaddyPlan) -> impl Iterator<Item = Mm> + use<> {
    let pitch = plan.board_pitch.value;
    (0..i64::from(plan.boards)).map(move |board| pitch * board)
}

/// Wall, seat, and the strip with its window, which a hook has open to the rear. `low` is where the
/// part begins along the rail and in v, `length` how far it reaches along the rail.
pub fn measures(plan: &CaddyPlan, open: bool, low: [Mm; 2], length: Mm) -> Vec<Measure> {
    let strip = &plan.strip;
    let (bottom, wall) = (-strip.height.value, strip.wall);
    let top = plan.seated.far;
    let place = |x: Mm, u: Mm, v: Mm| {
        let x = x - low[0];
        [if plan.seated.mirrored { length - x } else { x }, u, v - low[1]]
    };
    let measure = |face, from, to| Measure { face, from, to };
    let o = Mm::ZERO;
    let standoff = plan.seated.holes.iter().map(|hole| hole.1).max().unwrap_or(top);
    let (front, rear) = (strip.window.0, if open { strip.end } else { strip.window.1 });
    let mut measures = vec![
        measure(Face::Front, place(o, o, top), place(plan.wall, o, top)),
        measure(Face::Front, place(o, o, standoff), place(plan.seat.value, o, standoff)),
        measure(Face::Side, place(o, front, bottom + wall), place(o, rear, bottom + wall)),
        measure(Face::Side, place(o, front, bottom + wall), place(o, front, -wall)),
        measure(Face::Side, place(o, o, bottom), place(o, strip.end, bottom)),
        measure(Face::Side, place(o, o, bottom), place(o, o, o)),
    ];
    if plan.boards > 1 {
        let pitch = plan.board_pitch.value;
        measures.push(measure(Face::Front, place(o, o, top), place(pitch, o, top)));
    }
    measures
}

/// From the stack's own frame to x along the rail, z up.
pub fn upright(stacked: Solid) -> Solid {
    stacked.along(Axis::X)
}

/// What caddy and fan caddy have in common.
pub struct Body<'a> {
    pub(super) design: &'a Design,
    pub(super) plan: &'a CaddyPlan,
    pub(super) stance: Stance,
    /// What holds it to the rail; `None` for a bead.
    pub(super) hook: Option<&'a HookPlan>,
    /// What is engraved on it.
    pub(super) numbers: Option<&'a Numbers>,
    pocket_margin: Mm,
}

impl Body<'_> {
    /// Adds the whole body to a stack.
    pub fn stack(&self, stack: Stack) -> Stack {
        let stack = self.starts().fold(stack, |stack, start| self.wall(stack, start));
        let stack = self.strip(stack);
        self.starts().fold(stack, |stack, start| {
            let stack = self.board_seat(stack, start);
            self.pegs(stack, start)
        })
    }

    /// Where each board's wall begins along the rail.
    pub fn starts(&self) -> impl Iterator<Item = Mm> + use<> {
        wall_starts(self.plan)
    }

    /// The bare wall of a board, with its windows and the pockets under solder tails.
    fn wall(&self, stack: Stack, start: Mm) -> Stack {
        let plan = self.plan;
        let top = start + plan.wall;
        let mut stack = stack.add(self.outline(), start..top);
        for window in vents::windows(&plan.seated, plan.fixing.standoff) {
            stack = stack.cut(rounded(window, vents::CORNER), start..top);
        }
        for (area, floor) in self.pockets() {
            stack = stack.cut(rect(area), start + floor..top);
        }
        match self.plug_notch() {
            Some(notch) => stack.cut(rect(notch), start..top),
            None => stack,
        }
    }

    /// Where the power plug takes of the wall, if it comes nearer than its face, or than the back
    /// of the next.
    fn plug_notch(&self) -> Option<Area> {
        let plan = self.plan;
        let (from, to) = plan.plug_heights();
        let margin = self.pocket_margin;
        let near = from < plan.wall + margin || to > plan.board_pitch.value - margin;
        let notch = plan.seated.plug.area.grown(margin).clipped(self.field());
        (near && notch.u0 < notch.u1 && notch.v0 < notch.v1).then_some(notch)
    }

    /// The wall behind the board; where a fan's flange stands behind it, as far as that.
    fn field(&self) -> Area {
        let plan = self.plan;
        let rear = match self.stance {
            Stance::OnRear => plan.seated.reach().max(plan.depth.value) + REAR_MARGIN,
            Stance::Lying | Stance::OnFront | Stance::Flat => plan.depth.value,
        };
        Area { u0: Mm::ZERO, u1: rear, v0: Mm::ZERO, v1: plan.seated.far }
    }

    /// The wall's outline: the board's field, and a brace down to the strip.
    fn outline(&self) -> Sketch {
        let plan = self.plan;
        let (front, rear) = (Mm::ZERO, plan.depth.value);
        let (low, high) = (-plan.strip.height.value, plan.seated.far);
        let end = plan.strip.end;
        let brace = if self.hook.is_some() { Mm::ZERO } else { self.brace() };
        let corner = WALL_CORNER;
        let pen = Sketch::pen(front, low).line_to(end, low);
        let pen = if brace > Mm::ZERO && end + brace < rear {
            pen.line_to(end, -brace).line_to(end + brace, Mm::ZERO)
        } else {
            pen.line_to(end, Mm::ZERO)
        };
        let pen = pen
            .line_to(rear, Mm::ZERO)
            .line_to(rear, high - corner)
            .arc_to(rear - corner, high - corner, rear - corner, high, crate::geometry::Turn::Left)
            .line_to(front, high);
        // The corners are in order and far apart; should they not be, a plain field will do.
        pen.close().unwrap_or_else(|_| Sketch::rect(front, low, rear, high))
    }

    /// The brace's leg, short of the power plug.
    fn brace(&self) -> Mm {
        let plug = self.plan.seated.plug.area.u0 - self.plan.strip.end - SILL_CLEARANCE;
        BRACE.min(plug).min(self.plan.strip.height.value)
    }

    /// Where tails and underside parts come nearer than the wall's face: areas and floors.
    fn pockets(&self) -> Vec<(Area, Mm)> {
        let plan = self.plan;
        let windows = vents::windows(&plan.seated, plan.fixing.standoff);
        let deep = plan.seated.boxes.iter().filter_map(|it| self.below(it));
        deep.filter(|(_, floor)| *floor < plan.wall)
            .map(|(area, floor)| (without_webs(area, self.field(), &windows), floor))
            .collect()
    }

    /// The room that a component needs under the board: its area with a margin, and how near it
    /// comes to the outside of the wall.
    fn below(&self, it: &SeatedBox) -> Option<(Area, Mm)> {
        let area = it.under.grown(self.pocket_margin).clipped(self.field());
        let floor = (self.plan.faces().0 - it.below).max(self.plan.insulation);
        (it.below > Mm::ZERO && area.u0 < area.u1 && area.v0 < area.v1).then_some((area, floor))
    }

    /// What parts of the underside take of the standoffs, as long as a wall is left around the hole.
    fn standoff_cuts(&self) -> Vec<(Area, Mm)> {
        standoffs::cuts(self.plan, self.fixing_hole(), |it| self.below(it))
    }

    /// Standoffs with their holes, and the sill in front of the board.
    fn board_seat(&self, stack: Stack, start: Mm) -> Stack {
        let plan = self.plan;
        let top = start + plan.seat.value;
        let mut stack = stack;
        if let Some(sill) = self.sill() {
            let below_face = plan.faces().1 - SILL_CLEARANCE;
            stack = stack.add(rect(sill), start..start + below_face);
        }
        let radius = plan.fixing.standoff;
        for &(u, v) in &plan.seated.holes {
            let standoff = match self.stance {
                // Standing, a standoff this low is a ledge that prints; a drop's tip might meet
                // solder tails.
                _ if are_ledges(plan) => Sketch::circle(u, v, radius),
                Stance::Lying | Stance::Flat => Sketch::circle(u, v, radius),
                Stance::OnFront => Sketch::teardrop(u, v, radius, Direction2::XMinus),
                Stance::OnRear => Sketch::teardrop(u, v, radius, Direction2::XPlus),
            };
            stack = stack.add(standoff, start..top);
        }
        for (area, floor) in self.standoff_cuts() {
            stack = stack.cut(rect(area), start + floor..top);
        }
        let hole = self.fixing_hole();
        if hole > Mm::ZERO {
            for &(u, v) in &plan.seated.holes {
                stack = stack.cut(Sketch::circle(u, v, hole.half()), start..top);
            }
        }
        stack
    }

    /// Diameter of the holes in standoffs: larger where they lie in the layer plane, since such
    /// holes print too small.
    fn fixing_hole(&self) -> Mm {
        let hole = self.plan.fixing.hole;
        if hole > Mm::ZERO && self.stance == Stance::Lying {
            hole + self.design.printing.hole_compensation
        } else {
            hole
        }
    }

    /// A low lip in front of the board's edge, under the sockets: only where it prints without
    /// support, is thick enough, and neither a part of the underside nor the power plug passes it.
    fn sill(&self) -> Option<Area> {
        let plan = self.plan;
        let sill = Area {
            u0: Mm::ZERO,
            u1: plan.seated.front - SILL_CLEARANCE,
            v0: Mm::ZERO,
            v1: plan.seated.far,
        };
        let thick = sill.u1 >= self.design.printing.nozzle * 2;
        let free = !plan
            .seated
            .boxes
            .iter()
            .any(|it| it.below > Mm::ZERO && it.above == Mm::ZERO && it.area.overlaps(sill));
        let unplugged = plan.seated.plug.exit != PlugExit::Front;
        (self.stance != Stance::OnRear && thick && free && unplugged).then_some(sill)
    }
}

/// A pocket that leaves no web beside it which would be too thin to print: it reaches to the wall's
/// edge instead, or into a window, past its rounded corners.
fn without_webs(pocket: Area, field: Area, windows: &[Area]) -> Area {
    let is_web = |width: Mm| width > Mm::ZERO && width < THIN_WEB;
    let to_edge = |end: Mm, edge: Mm| if is_web((edge - end).abs()) { edge } else { end };
    let pocket = Area {
        u0: to_edge(pocket.u0, field.u0),
        u1: to_edge(pocket.u1, field.u1),
        v0: to_edge(pocket.v0, field.v0),
        v1: to_edge(pocket.v1, field.v1),
    };
    windows.iter().fold(pocket, |mut pocket, window| {
        let Area { u0, u1, v0, v1 } = *window;
        if pocket.v0 < v1 && v0 < pocket.v1 {
            if is_web(u0 - pocket.u1) {
                pocket.u1 = u0 + vents::CORNER;
            }
            if is_web(pocket.u0 - u1) {
                pocket.u0 = u1 - vents::CORNER;
            }
        } else if pocket.u0 < u1 && u0 < pocket.u1 {
            if is_web(v0 - pocket.v1) {
                pocket.v1 = v0 + vents::CORNER;
            }
            if is_web(pocket.v0 - v1) {
                pocket.v0 = v1 - vents::CORNER;
            }
        }
        pocket
    })
}

pub(super) fn rect(area: Area) -> Sketch {
    Sketch::rect(area.u0, area.v0, area.u1, area.v1)
}

pub(super) fn rounded(area: Area, radius: Mm) -> Sketch {
    Sketch::rounded_rect(area.u0, area.v0, area.u1, area.v1, radius)
}
