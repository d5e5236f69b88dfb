//! The fan caddy: a caddy with a square flange behind it that carries a fan.
//!
//! It prints in one piece, flange down. So the wall runs through the fan's opening as a spoke, a
//! fin along the strip's outer side stands on the bed, and a 45° brace carries the rail's block
//! from there; standoffs are drops that point to the bed.

use super::caddy::{self, Body, upright, with_body};
use super::figures::Numbers;
use super::measure::{Face, Measure};
use crate::cluster::{CaddyPlan, FanPlan, PlugExit, Stance};
use crate::geometry::{Direction, GeometryError, Head, Hole, Position, Sketch, Solid, Stack, Turn};
use crate::spec::Design;
use crate::units::Mm;

/// Between the fan's frame and the edge of the opening.
const OPENING_MARGIN: Mm = Mm::um(2_000);
/// The spoke is wider than the wall by this much on both sides.
const SPOKE_MARGIN: Mm = Mm::um(1_000);
/// Around the power plug.
const PLUG_MARGIN: Mm = Mm::um(1_000);

/// The solid of a fan caddy, x along the rail, y to the rear.
pub fn solid(
    design: &Design,
    plan: &CaddyPlan,
    fans: &FanPlan,
    numbers: Option<&Numbers>,
) -> Result<Solid, GeometryError> {
    let flange = Flange::new(plan, fans);
    with_body(design, plan, Stance::OnRear, numbers, |body| {
        let stack = rear(Stack::new(), plan, &flange, body);
        let solid = upright(body.stack(stack).build()?);
        let solid =
            flange.openings(plan, body)?.into_iter().try_fold(solid, |solid, opening| {
                solid.punch(&opening, flange.middle, Direction::YPlus, fans.flange_thickness)
            })?;
        flange.screws(fans).into_iter().try_fold(solid, |solid, hole| solid.drill(&hole))
    })
}

/// As of a plain caddy, and where the flange stands. `low` as in [`caddy::measures`].
pub fn measures(plan: &CaddyPlan, flange: &Flange, low: [Mm; 2], length: Mm) -> Vec<Measure> {
    let mut measures = caddy::measures(plan, false, low, length);
    let (o, body, rear) = (Mm::ZERO, plan.body.value, flange.rear);
    let left = if plan.seated.mirrored { length + low[0] - body } else { -low[0] };
    measures.extend([
        Measure { face: Face::Top, from: [o, flange.front, o], to: [o, rear, o] },
        Measure { face: Face::Top, from: [o, o, o], to: [left, o, o] },
        Measure { face: Face::Top, from: [left, o, o], to: [left + body, o, o] },
    ]);
    measures
}

/// Everything behind and under the body: walls down to the bed, fin, brace, flange. The body comes
/// after it, so that its windows and pockets are cut from these walls as well.
fn rear(stack: Stack, plan: &CaddyPlan, flange: &Flange, body: &Body) -> Stack {
    let strip = &plan.strip;
    let (low, high) = (-strip.height.value, plan.seated.far);
    let whole = Mm::ZERO..plan.body.value;
    let mut stack = stack;
    for start in body.starts() {
        let wall = start..start + plan.wall;
        stack = stack.add(Sketch::rect(Mm::ZERO, low, flange.rear, high), wall.clone());
        let plug = &plan.seated.plug;
        if plug.exit == PlugExit::Strip {
            let deep = (plug.area.v0 - PLUG_MARGIN).max(low + strip.wall * 2);
            let front = (plug.area.u0 - PLUG_MARGIN).max(strip.end);
            stack = stack.cut(Sketch::rect(front, deep, flange.rear, Mm::ZERO), wall);
        }
    }
    let fin = low + strip.wall;
    let foot = strip.end + (-fin);
    let brace = Sketch::polygon(&[(strip.end, Mm::ZERO), (strip.end, fin), (foot, fin)]);
    let plate = Sketch::rect(flange.front, flange.low, flange.rear, high);
    // Within the caddy's own width the flange reaches the fin's foot: a corner that holds the fan.
    let foot_plate = Sketch::rect(flange.front, low, flange.rear, high);
    stack
        .add(Sketch::rect(strip.end, low, flange.rear, fin), whole.clone())
        .add(brace, whole.clone())
        .add(foot_plate, whole)
        .add(plate, flange.left..flange.left + flange.side)
}

/// The flange in the caddy's frame.
pub struct Flange {
    /// Its left edge along the rail.
    pub left: Mm,
    /// Its side.
    pub side: Mm,
    /// Its lower edge.
    pub low: Mm,
    /// Its face towards the row.
    pub front: Mm,
    /// Its face towards the fan.
    pub rear: Mm,
    middle: Position,
    radius: Mm,
}

impl Flange {
    /// Centred on the caddy, flush with its side away from the strip, so that power cables find
    /// their way out past its other side.
    pub fn new(plan: &CaddyPlan, fans: &FanPlan) -> Flange {
        let side = fans.flange.value;
        let left = plan.body.value.half() - side.half();
        let low = plan.seated.far - side;
        let front = plan.depth.value + fans.clearance;
        Flange {
            left,
            side,
            low,
            front,
            rear: front + fans.flange_thickness,
            middle: Position::new(left + side.half(), front, low + side.half()),
            radius: fans.fan.size.value.half() - OPENING_MARGIN,
        }
    }

    /// The fan's opening, in as many pieces as walls leave of it; relative to its middle.
    fn openings(&self, plan: &CaddyPlan, body: &Body) -> Result<Vec<Sketch>, GeometryError> {
        let radius = self.radius;
        let mut pieces = Vec::new();
        let mut from = -radius;
        for start in body.starts() {
            let wall = start - self.middle.x;
            let to = (wall - SPOKE_MARGIN).min(radius);
            if to - from > SPOKE_MARGIN * 4 {
                pieces.push(slice(radius, from, to)?);
            }
            from = from.max(wall + plan.wall + SPOKE_MARGIN);
        }
        if radius - from > SPOKE_MARGIN * 4 {
            pieces.push(slice(radius, from, radius)?);
        }
        Ok(pieces)
    }

    fn screws(&self, fans: &FanPlan) -> Vec<Hole> {
        let Some(screw) = &fans.screw else { return Vec::new() };
        let half = fans.fan.hole_pitch.value.half();
        let corners = [(-half, -half), (half, -half), (half, half), (-half, half)];
        corners
            .iter()
            .map(|&(dx, dz)| Hole {
                at: Position::new(self.middle.x + dx, self.middle.y, self.middle.z + dz),
                direction: Direction::YPlus,
                diameter: screw.fastener.hole.value,
                depth: fans.flange_thickness,
                head: Head::Plain,
            })
            .collect()
    }
}

/// The part of a circle around the origin between two upright lines.
fn slice(radius: Mm, from: Mm, to: Mm) -> Result<Sketch, GeometryError> {
    let half_chord = |x: Mm| {
        let (r, x) = (radius.mm(), x.mm());
        Mm::from_mm((r * r - x * x).max(0.0).sqrt())
    };
    let (o, top_left, top_right) = (Mm::ZERO, half_chord(from), half_chord(to));
    // Counter-clockwise from the lower left; arcs meet at the lowest and highest point, or at the
    // circle's sides, so that none exceeds a half turn.
    let mut pen = Sketch::pen(from, -top_left);
    if from < o && to > o {
        pen = pen.arc_to(o, o, o, -radius, Turn::Left);
    }
    pen = pen.arc_to(o, o, to, -top_right, Turn::Left);
    if top_right > o {
        pen = pen.line_to(to, top_right);
    }
    if from < o && to > o {
        pen = pen.arc_to(o, o, o, radius, Turn::Left);
    }
    pen.arc_to(o, o, from, top_left, Turn::Left).close()
}
