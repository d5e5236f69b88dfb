//! The end bracket: an ear in front of the rack post, a plate inside the opening, and around the
//! rail's end a pad that is its collar and keeps it from turning.
//!
//! The post stands in the corner between ear and plate, so nothing stiffens that corner; two
//! ribs on the plate's other side do, where the collar leaves room anyway. A stack along the
//! height, which is also how it prints: the load bends it within its layers. Frame: x inwards from
//! the post's side of the plate, y to the rear, z up.

use super::measure::{Face, Measure};
use crate::cluster::{BracketPlan, CaddyPlan, LONGEST_BRIDGE, RACK_UNIT};
use crate::geometry::{Direction, GeometryError, Head, Hole, Position, Sketch, Solid, Stack};
use crate::units::Mm;

/// A rack slot, lying: length and height (EIA-310 clearance for M6 and 10-32 with play).
const SLOT: (Mm, Mm) = (Mm::um(10_300), Mm::um(6_800));
/// Heights of the used holes in each rack unit: the lower and the upper of EIA-310's three.
const HOLES: [Mm; 2] = [Mm::um(6_350), Mm::um(38_100)];
/// Half of the gap between panel and rack unit (EIA-310).
const PANEL_INSET: Mm = Mm::um(395);
/// Depth of the ribs, front to rear.
const RIB: Mm = Mm::um(4_000);
/// The plate reaches behind the collar by this much.
const BEHIND: Mm = Mm::um(3_000);

/// The outline that all heights share, and the height.
pub struct Extent {
    /// Ear, plate and collar.
    pub width: Mm,
    /// Front of the ear to the plate's rear.
    pub depth: Mm,
    /// Height.
    pub height: Mm,
}

/// How large a bracket is.
pub fn extent(plan: &BracketPlan, caddy: &CaddyPlan, height: Mm) -> Extent {
    Extent {
        width: plan.ear_width.value + plan.thickness + plan.collar,
        depth: (caddy.strip.end + BEHIND).max(plan.ear),
        height,
    }
}

/// Ear, plate, collar, and the pocket that takes the rail's end; of the left bracket.
pub fn measures(plan: &BracketPlan, caddy: &CaddyPlan, extent: &Extent) -> Vec<Measure> {
    let strip = &caddy.strip;
    let measure = |face, from, to| Measure { face, from, to };
    let (o, depth) = (Mm::ZERO, extent.depth);
    let (plate, collar) = (plan.ear_width.value, plan.ear_width.value + plan.thickness);
    let foot = plan.lift.value;
    let rail = (foot + strip.wall, foot + strip.height.value - strip.wall);
    let top = if bridges(caddy) { rail.1 + strip.wall } else { rail.1 };
    let (front, rear) = strip.window;
    let mut measures = vec![
        measure(Face::Top, [o, o, o], [o, plan.ear, o]),
        measure(Face::Top, [plate, depth, o], [collar, depth, o]),
        measure(Face::Top, [collar, depth, o], [extent.width, depth, o]),
        measure(Face::Top, [o, plan.ear, o], [plate, plan.ear, o]),
        measure(Face::Side, [o, front, rail.0], [o, rear, rail.0]),
        measure(Face::Side, [o, o, rail.0], [o, front, rail.0]),
        measure(Face::Side, [o, rear, rail.0], [o, rear, rail.1]),
        measure(Face::Side, [o, depth, o], [o, depth, top]),
    ];
    if rail.0 > o {
        measures.push(measure(Face::Side, [o, rear, o], [o, rear, rail.0]));
    }
    measures
}

/// Rack screws that hold one bracket: one at its foot, one at its head.
pub const RACK_SCREWS: u32 = 2;

/// The left bracket; the right one is its mirror image in x.
pub fn left(
    plan: &BracketPlan,
    caddy: &CaddyPlan,
    units: u32,
    height: Mm,
) -> Result<Solid, GeometryError> {
    let strip = &caddy.strip;
    let depth = extent(plan, caddy, height).depth;
    let (plate, inner) = (plan.thickness, plan.thickness + plan.collar);
    let (o, ear) = (Mm::ZERO, plan.ear);
    let whole = o..height;
    let foot = plan.lift.value;
    let top = foot + strip.height.value;
    let rail = foot + strip.wall..top - strip.wall;
    let pad = if bridges(caddy) { top } else { rail.end };
    let solid = Stack::new()
        .add(Sketch::rect(-plan.ear_width.value, o, inner, ear), whole.clone())
        .add(Sketch::rect(o, o, plate, depth), whole.clone())
        .add(Sketch::rect(plate, o, inner, ear + RIB), whole.clone())
        .add(Sketch::rect(plate, depth - RIB, inner, depth), whole)
        .add(Sketch::rect(plate, plan.pad_front, inner, depth), o..pad)
        .cut(Sketch::rect(plate, strip.window.0, inner, strip.window.1), rail)
        .build()?;
    let solid = rack_slots(plan, units).into_iter().try_fold(solid, |solid, (x, z)| {
        let slot = Sketch::slot(o, o, SLOT.0, SLOT.1);
        solid.punch(&slot, Position::new(x, o, z), Direction::YPlus, ear)
    })?;
    let Some(bolt) = &plan.bolt else { return Ok(solid) };
    let middle = (strip.rail_middle(), (foot + top).half());
    plan.bores.iter().try_fold(solid, |solid, [to_rear, up]| {
        solid.drill(&Hole {
            at: Position::new(o, middle.0 + *to_rear, middle.1 + *up),
            direction: Direction::XPlus,
            diameter: bolt.fastener.hole.value,
            depth: plate,
            head: match &bolt.fastener.countersink {
                Some(angle) => Head::Countersunk {
                    diameter: bolt.fastener.head.value,
                    angle_degrees: angle.value,
                },
                None => Head::Plain,
            },
        })
    })
}

/// Can the pad close over the rail? A rail too deep for a bridge lies in an open cradle: floor and
/// walls keep it from turning, and the bolts hold it down.
fn bridges(caddy: &CaddyPlan) -> bool {
    caddy.strip.window.1 - caddy.strip.window.0 <= LONGEST_BRIDGE
}

/// Middles of the slots, two to a rack unit.
fn rack_slots(plan: &BracketPlan, units: u32) -> Vec<(Mm, Mm)> {
    let x = -plan.hole_offset.value;
    (0..i64::from(units))
        .flat_map(|unit| HOLES.map(|hole| (x, RACK_UNIT * unit + hole - PANEL_INSET)))
        .collect()
}
