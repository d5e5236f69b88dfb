//! The fan caddy: a caddy with a square flange behind it that carries a fan.
//!
//! It prints in one piece, flange down. So the wall runs through the fan's opening as a spoke, a
//! fin along the strip's outer side stands on the bed, and a 45° brace carries the rail's block
//! from there; standoffs are drops that point to the bed.

use super::caddy::{self, Body, upright, wall_starts, with_body};
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
    let brace = brace(strip.end, fin, flange.rear);
    let plate = Sketch::rect(flange.front, flange.low, flange.rear, flange.high);
    // Within the caddy's own width the flange reaches the fin's foot: a corner that holds the fan.
    let foot_plate = Sketch::rect(flange.front, low, flange.rear, high);
    stack
        .add(Sketch::rect(strip.end, low, flange.rear, fin), whole.clone())
        .add(brace, whole.clone())
        .add(foot_plate, whole)
        .add(plate, flange.left..flange.left + flange.side)
}

/// From the block's rear at `end` down to the fin at 45°; behind a high strip it ends on the bed.
fn brace(end: Mm, fin: Mm, bed: Mm) -> Sketch {
    let (o, foot) = (Mm::ZERO, end - fin);
    if foot <= bed {
        Sketch::polygon(&[(end, o), (end, fin), (foot, fin)])
    } else {
        Sketch::polygon(&[(end, o), (end, fin), (bed, fin), (bed, end - bed)])
    }
}

/// The flange in the caddy's frame.
pub struct Flange {
    /// Its left edge along the rail.
    pub left: Mm,
    /// Its side.
    pub side: Mm,
    /// Its lower edge.
    pub low: Mm,
    /// Its upper edge.
    pub high: Mm,
    /// Its face towards the row.
    pub front: Mm,
    /// Its face towards the fan.
    pub rear: Mm,
    middle: Position,
    radius: Mm,
    /// Along the rail, how much of it each board's wall takes, with what stands on the wall.
    spoke: Mm,
}

impl Flange {
    /// Centred on the caddy along the rail. Upright, a flange that is smaller than the board stands
    /// behind the board's middle; one that is larger is flush with the caddy's side away from the
    /// strip, so that power cables find their way out past its other side; one that is larger than
    /// the caddy is centred on it, so that it keeps to the bank's rack units.
    pub fn new(plan: &CaddyPlan, fans: &FanPlan) -> Flange {
        let side = fans.flange.value;
        let left = plan.body.value.half() - side.half();
        let (pcb, far) = (plan.seated.pcb, plan.seated.far);
        let low = if side <= pcb.v1 - pcb.v0 {
            (pcb.v0 + pcb.v1 - side).half()
        } else if side <= plan.height.value {
            far - side
        } else {
            (far - plan.strip.height.value - side).half()
        };
        let front = plan.depth.value + fans.clearance;
        // The tips of standoffs that hang down so far end in the flange.
        let tip = plan.fixing.standoff * std::f64::consts::SQRT_2;
        let tips = plan.seated.holes.iter().map(|hole| hole.0 + tip);
        let meet = !caddy::are_ledges(plan) && tips.max().is_some_and(|tip| tip > front);
        Flange {
            left,
            side,
            low,
            high: low + side,
            front,
            rear: front + fans.flange_thickness,
            middle: Position::new(left + side.half(), front, low + side.half()),
            radius: fans.fan.size.value.half() - OPENING_MARGIN,
            spoke: if meet { plan.seat.value } else { plan.wall },
        }
    }

    /// The fan's opening, in as many pieces as walls leave of it; relative to its middle. Where
    /// fin or brace would stand over it, it ends above them, over the caddy's own width.
    fn openings(&self, plan: &CaddyPlan, body: &Body) -> Result<Vec<Sketch>, GeometryError> {
        let radius = self.radius;
        let strip = &plan.strip;
        let foot = (strip.wall - strip.height.value).max(strip.end - self.front);
        let fin = foot + SPOKE_MARGIN - self.middle.z;
        let over_fin = fin > -radius;
        let mut pieces = Vec::new();
        let mut piece = |from: Mm, to: Mm, floor: Mm| {
            // Away from where the floor meets the circle.
            let side = half_chord(radius, floor) - SPOKE_MARGIN;
            let (from, to) =
                if floor > -radius { (from.max(-side), to.min(side)) } else { (from, to) };
            if to - from > SPOKE_MARGIN * 4 {
                pieces.push(slice(radius, from, to, floor)?);
            }
            Ok(())
        };
        let mut from = -radius;
        for (at, start) in body.starts().enumerate() {
            let wall = start - self.middle.x;
            let floor = if over_fin && at > 0 { fin } else { -radius };
            piece(from, (wall - SPOKE_MARGIN).min(radius), floor)?;
            from = from.max(wall + self.spoke + SPOKE_MARGIN);
        }
        let end = plan.body.value - self.middle.x + SPOKE_MARGIN;
        if over_fin && end < radius {
            piece(from, end - SPOKE_MARGIN * 2, fin)?;
            from = from.max(end);
        }
        let floor = if over_fin && end >= radius { fin } else { -radius };
        piece(from, radius, floor)?;
        Ok(pieces)
    }

    /// How many of the fan's holes a wall of the caddy, or what stands on the bed under its strip,
    /// covers.
    pub fn covered_screws(&self, plan: &CaddyPlan, fans: &FanPlan) -> usize {
        let Some(screw) = &fans.screw else { return 0 };
        let radius = screw.fastener.hole.value.half();
        let strip = &plan.strip;
        let bottom = -strip.height.value;
        let foot = (bottom + strip.wall).max(strip.end - self.front);
        let walls =
            wall_starts(plan).map(|start| ([start, start + self.spoke], [bottom, plan.seated.far]));
        let solids: Vec<_> = walls.chain([([Mm::ZERO, plan.body.value], [bottom, foot])]).collect();
        let meets = |at: Mm, [from, to]: [Mm; 2]| at + radius > from && at - radius < to;
        self.hole_middles(fans)
            .filter(|&(x, z)| solids.iter().any(|&(across, up)| meets(x, across) && meets(z, up)))
            .count()
    }

    /// Middles of the fan's four holes, along the rail and up.
    fn hole_middles(&self, fans: &FanPlan) -> impl Iterator<Item = (Mm, Mm)> {
        let half = fans.fan.hole_pitch.value.half();
        let (x, z) = (self.middle.x, self.middle.z);
        [(-half, -half), (half, -half), (half, half), (-half, half)]
            .into_iter()
            .map(move |(dx, dz)| (x + dx, z + dz))
    }

    fn screws(&self, fans: &FanPlan) -> Vec<Hole> {
        let Some(screw) = &fans.screw else { return Vec::new() };
        self.hole_middles(fans)
            .map(|(x, z)| Hole {
                at: Position::new(x, self.middle.y, z),
                direction: Direction::YPlus,
                diameter: screw.fastener.hole.value,
                depth: fans.flange_thickness,
                head: Head::Plain,
            })
            .collect()
    }
}

/// Half of a circle's chord at a distance from its middle.
fn half_chord(radius: Mm, distance: Mm) -> Mm {
    let (r, d) = (radius.mm(), distance.mm());
    Mm::from_mm((r * r - d * d).max(0.0).sqrt())
}

/// The part of a circle around the origin between two upright lines and above a lying one, which
/// meets both lines within the circle, or lies below it.
fn slice(radius: Mm, from: Mm, to: Mm, floor: Mm) -> Result<Sketch, GeometryError> {
    let (o, left, right) = (Mm::ZERO, half_chord(radius, from), half_chord(radius, to));
    let crosses = from < o && to > o;
    // Counter-clockwise from the lower left; arcs meet at the lowest and highest point, or at the
    // circle's sides, so that none exceeds a half turn.
    let pen = if floor > -radius {
        Sketch::pen(from, floor).line_to(to, floor)
    } else {
        let pen = Sketch::pen(from, -left);
        let pen = if crosses { pen.arc_to(o, o, o, -radius, Turn::Left) } else { pen };
        pen.arc_to(o, o, to, -right, Turn::Left)
    };
    let pen = if right > o { pen.line_to(to, right) } else { pen };
    let pen = if crosses { pen.arc_to(o, o, o, radius, Turn::Left) } else { pen };
    pen.arc_to(o, o, from, left, Turn::Left).close()
}
