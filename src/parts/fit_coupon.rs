//! The fit coupon: half an hour of printing that tells whether rail, screws, inserts and nuts will
//! fit the other thousand parts.
//!
//! Three rail windows that differ in clearance, each as in a caddy that prints lying; on the plate
//! before them a standoff with its pilot hole, a hole for a heat-set insert, and a trap for a nut.
//! The number engraved beside each is what it tries, in millimetres: the clearance, the hole's
//! diameter, the nut's width. A stack upwards from the bed: x along the windows, y away from the
//! plate.

use super::measure::{Face, Measure};
use crate::cluster::{CaddyPlan, Chosen, CouponPlan, RailPlan};
use crate::geometry::{GeometryError, Lettering, Sketch, Solid, Stack};
use crate::spec::Design;
use crate::units::Mm;

/// Length of a rail window: enough to feel how the rail slides, and quick to print.
const WINDOW: Mm = Mm::um(3_000);
/// Between and around the windows: three lines of an ordinary nozzle, so that they do not bow.
const FRAME: Mm = Mm::um(1_350);
/// The plate that carries the numbers.
const GROUND: Mm = Mm::um(1_200);
/// Between what stands on the plate, and to its edges.
const MARGIN: Mm = Mm::um(1_500);
/// Plastic around a hole that is pushed or pressed into (at least 1.6 to 2 mm; makelab).
const AROUND: Mm = Mm::um(2_000);
/// Under an insert, and under a nut: what is pushed out of the hole needs room.
const BELOW: Mm = Mm::um(1_000);
/// A nut slides into its trap: across flats, both sides together.
const NUT_CLEARANCE: Mm = Mm::um(200);
/// The engraved numbers.
const LETTERING: Lettering = Lettering { height: Mm::um(4_000), stroke: Mm::um(700) };
/// How deep they are.
const ENGRAVED: Mm = Mm::um(600);

/// Everything on a coupon, placed.
pub struct Coupon<'a> {
    design: &'a Design,
    /// Length, depth, height.
    pub size: [Mm; 3],
    /// Depth of the plate before the windows.
    plate: Mm,
    windows: Vec<Window>,
    trials: Vec<Trial>,
}

/// A rail window: its middle along x, its size, its clearance.
struct Window {
    middle: Mm,
    size: (Mm, Mm),
    clearance: Mm,
}

/// Something that stands on the plate.
struct Trial {
    kind: TrialKind,
    middle: Mm,
    radius: Mm,
    height: Mm,
    hole: Mm,
    label: Mm,
}

enum TrialKind {
    Standoff,
    Insert,
    /// Width across flats, and depth.
    Nut(Mm, Mm),
}

impl<'a> Coupon<'a> {
    /// Places everything.
    pub fn new(
        design: &'a Design,
        plan: &CouponPlan,
        rail: &RailPlan,
        caddy: &CaddyPlan,
    ) -> Coupon<'a> {
        let wall = FRAME;
        // The shorter side along x, so that the coupon stays small.
        let (short, long) =
            (rail.height.value.min(rail.depth.value), rail.height.value.max(rail.depth.value));
        let mut windows = Vec::new();
        let mut end = wall;
        for clearance in plan.clearances.iter().map(|it| it.value) {
            let size = (short + clearance * 2, long + clearance * 2);
            windows.push(Window { middle: end + size.0.half(), size, clearance });
            end += size.0 + wall;
        }
        let deepest = windows.iter().map(|it| it.size.1).max().unwrap_or(long);
        let mut trials = trials(design, plan, caddy);
        let widest = trials.iter().map(|it| it.radius * 2).max().unwrap_or(Mm::ZERO);
        let count = i64::try_from(trials.len()).unwrap_or(1).max(1);
        let width = end.max((widest + MARGIN) * count + MARGIN);
        let share = width / count;
        for (trial, number) in trials.iter_mut().zip(0..) {
            trial.middle = share * number + share.half();
        }
        let lines = (LETTERING.height + MARGIN) * 2 + MARGIN;
        let plate = lines + if trials.is_empty() { Mm::ZERO } else { widest + MARGIN };
        let tallest = trials.iter().map(|it| it.height).max().unwrap_or(WINDOW);
        let size = [width, plate + deepest + wall * 2, tallest.max(WINDOW)];
        Coupon { design, size, plate, windows, trials }
    }

    /// The solid, its lower left corner at the origin.
    pub fn solid(&self) -> Result<Solid, GeometryError> {
        let o = Mm::ZERO;
        let ground = GROUND;
        let [width, depth, _] = self.size;
        let (wall, back) = (FRAME, self.plate);
        let frame = self.windows.last().map_or(width, |it| it.middle + it.size.0.half() + wall);
        let mut stack = Stack::new()
            .add(Sketch::rect(o, o, width, back + wall), o..ground)
            .add(Sketch::rect(o, back, frame, depth), o..WINDOW);
        for window in &self.windows {
            let (across, along) = (window.size.0.half(), window.size.1);
            let (left, right) = (window.middle - across, window.middle + across);
            let hole = Sketch::rect(left, back + wall, right, back + wall + along);
            stack = stack.cut(hole, o..WINDOW);
        }
        for trial in &self.trials {
            stack = self.trial(stack, trial);
        }
        let engraved = ground - ENGRAVED..ground;
        let strokes = self.labels().into_iter().flat_map(|(text, middle, y)| {
            LETTERING.strokes(&text, middle - LETTERING.width(&text).half(), y)
        });
        strokes.fold(stack, |stack, stroke| stack.cut(stroke, engraved.clone())).build()
    }

    fn trial(&self, stack: Stack, trial: &Trial) -> Stack {
        let (x, y, o) = (trial.middle, self.trial_row(), Mm::ZERO);
        let hole = trial.hole + self.design.printing.hole_compensation;
        let stack = stack
            .add(Sketch::circle(x, y, trial.radius), o..trial.height)
            .cut(Sketch::circle(x, y, hole.half()), o..trial.height);
        match trial.kind {
            TrialKind::Standoff | TrialKind::Insert => stack,
            TrialKind::Nut(flats, depth) => {
                stack.cut(hexagon(x, y, flats), trial.height - depth..trial.height)
            }
        }
    }

    /// Where the middles of what stands on the plate lie.
    fn trial_row(&self) -> Mm {
        let widest = self.trials.iter().map(|it| it.radius).max().unwrap_or(Mm::ZERO);
        MARGIN * 2 + LETTERING.height + widest
    }

    /// Every label: its text, its middle, its foot.
    fn labels(&self) -> Vec<(String, Mm, Mm)> {
        let upper = self.plate - MARGIN - LETTERING.height;
        let windows = self.windows.iter().map(|it| (number(it.clearance), it.middle, upper));
        let trials = self.trials.iter().map(|it| (number(it.label), it.middle, MARGIN));
        windows.chain(trials).collect()
    }

    /// What a drawing tells beyond the overall size and the holes.
    pub fn measures(&self) -> Vec<Measure> {
        let o = Mm::ZERO;
        let wall = FRAME;
        let [_, depth, _] = self.size;
        let mut measures = Vec::new();
        for window in &self.windows {
            let (left, right) =
                (window.middle - window.size.0.half(), window.middle + window.size.0.half());
            measures.push(Measure {
                face: Face::Top,
                from: [left, depth, o],
                to: [right, depth, o],
            });
        }
        if let Some(first) = self.windows.first() {
            let (x, y) = (o, self.plate + wall);
            measures.push(Measure {
                face: Face::Top,
                from: [x, y, o],
                to: [x, y + first.size.1, o],
            });
        }
        measures.push(Measure { face: Face::Front, from: [o, o, o], to: [o, o, GROUND] });
        for trial in &self.trials {
            let x = trial.middle;
            let to = [x, o, trial.height];
            measures.push(Measure { face: Face::Front, from: [x, o, o], to });
        }
        measures
    }
}

/// What stands on the plate, not placed yet.
fn trials(design: &Design, plan: &CouponPlan, caddy: &CaddyPlan) -> Vec<Trial> {
    let trial = |kind, radius, height, hole, label| Trial {
        kind,
        middle: Mm::ZERO,
        radius,
        height,
        hole,
        label,
    };
    let standoff = plan.pilot.as_ref().map(|pilot| {
        let hole = pilot.fastener.hole.value;
        let radius = caddy.fixing.standoff.max(hole.half() + AROUND.half());
        trial(TrialKind::Standoff, radius, caddy.seat.value, hole, hole)
    });
    let insert = plan.insert.as_ref().map(|Chosen { fastener, .. }| {
        let hole = fastener.hole.value;
        let height = fastener.length.value + BELOW;
        trial(TrialKind::Insert, hole.half() + AROUND, height.max(GROUND + BELOW), hole, hole)
    });
    let nut = plan.nut.as_ref().map(|Chosen { fastener, .. }| {
        let flats = fastener.head.value + NUT_CLEARANCE;
        // A nut's corners stand at flats ÷ √3 from its middle.
        let corners = Mm::from_mm(flats.mm() / 3.0_f64.sqrt());
        let height = fastener.length.value + GROUND + BELOW;
        let kind = TrialKind::Nut(flats, fastener.length.value);
        // The hole lets its screw pass, and leaves it a face to bear on.
        let hole = fastener.hole.value.min(fastener.head.value - NUT_CLEARANCE * 5);
        let radius = corners.floor_to(Mm::um(100)) + AROUND;
        trial(kind, radius, height, hole, fastener.head.value)
    });
    let least = design.printing.hole_compensation.abs() + NUT_CLEARANCE;
    [standoff, insert, nut].into_iter().flatten().filter(|it| it.hole > least).collect()
}

/// A hexagon of a width across flats, two of them along x.
fn hexagon(x: Mm, y: Mm, flats: Mm) -> Sketch {
    let corner = Mm::from_mm(flats.mm() / 3.0_f64.sqrt());
    let (half, flat) = (corner.half(), flats.half());
    Sketch::polygon(&[
        (x + corner, y),
        (x + half, y + flat),
        (x - half, y + flat),
        (x - corner, y),
        (x - half, y - flat),
        (x + half, y - flat),
    ])
}

/// A length in millimetres, to a hundredth, without zeros that say nothing.
fn number(length: Mm) -> String {
    let text = format!("{:.2}", length.mm());
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}
