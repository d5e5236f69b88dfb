//! The tray: the caddy of a flat bank. What it is for stands in the docs of the cluster's tray.
//!
//! A stack along the height, in the frame of the mounted tray: x along the rail from the tray's
//! left face, y to the rear, z up from the underside of the plate. It prints just so. Only the
//! ceiling over the rail is a bridge.
//!
//! - Plate: `caddy.wall` thick, with windows under the boards.
//! - Ribs: one through each standoff from front to block, and a lip along the front edge. A bare
//!   plate of 2 mm would give by a centimetre at its front when a plug is pushed in.
//! - Block: behind the boards, full width, around the rail.
//! - Tab: stands at the front beside each board, where the plug's cable leaves room; it takes the
//!   label.

use super::measure::{Face, Measure};
use super::{standoffs, vents};
use crate::cluster::{Area, CaddyPlan, PlugExit, SeatedBox};
use crate::geometry::{GeometryError, Sketch, Solid, Stack, Turn};
use crate::spec::{Design, Label};
use crate::units::Mm;

/// Thickness of ribs and lip. Where one makes a rib's side just touch a standoff, which is no
/// solid, the next parts them.
const RIBS: [Mm; 3] = [Mm::um(2_000), Mm::um(2_060), Mm::um(1_940)];
/// Rounding of the plate's front corners.
const CORNER: Mm = Mm::um(3_000);
/// The tab: its height, its least width, its distance from the board.
const TAB_HEIGHT: Mm = Mm::um(14_000);
const TAB_WIDTH: Mm = Mm::um(8_000);
const TAB_MARGIN: Mm = Mm::um(1_500);
/// Between a standoff and a part on the underside of its board.
const UNDER_MARGIN: Mm = Mm::um(400);
/// The field for a label: its depth, and the rim around it.
const LABEL_DEPTH: Mm = Mm::um(600);
const LABEL_RIM: Mm = Mm::um(1_200);

/// The solid of a tray.
pub fn solid(design: &Design, plan: &CaddyPlan) -> Result<Solid, GeometryError> {
    let [first, others @ ..] = RIBS;
    let attempt = |rib| Tray { design, plan, rib }.build();
    others.into_iter().fold(attempt(first), |built, rib| match built {
        Err(GeometryError::Touches { .. } | GeometryError::NearMiss { .. }) => attempt(rib),
        other => other,
    })
}

/// Its size along the rail, front to rear, and upright.
pub fn size(design: &Design, plan: &CaddyPlan) -> [Mm; 3] {
    let tab = Tray { design, plan, rib: RIBS[0] }.tab(0).map_or(Mm::ZERO, |_| TAB_HEIGHT);
    let height = plan.strip.height.value.max(plan.seat.value).max(plan.rib_top()).max(tab);
    [plan.body.value, plan.depth.value, height]
}

/// Windows under a lying board.
pub fn windows(plan: &CaddyPlan) -> Vec<Area> {
    let ribs: Vec<Mm> = plan.seated.holes.iter().map(|hole| hole.1).collect();
    vents::between_ribs(&plan.seated, plan.fixing.standoff, &ribs, RIBS[0])
}

/// Plate, seat, block and window.
pub fn measures(plan: &CaddyPlan) -> Vec<Measure> {
    let strip = &plan.strip;
    let (o, body) = (Mm::ZERO, plan.body.value);
    let measure = |face, from, to| Measure { face, from, to };
    let (front, rear) = strip.window;
    let top = strip.height.value;
    let hole = plan.seated.holes.iter().map(|hole| hole.0).min().unwrap_or(o);
    let mut measures = vec![
        measure(Face::Side, [o, hole, o], [o, hole, plan.seat.value]),
        measure(Face::Side, [body, o, o], [body, o, plan.rib_top()]),
        measure(Face::Side, [o, front, strip.wall], [o, rear, strip.wall]),
        measure(Face::Side, [o, rear, strip.wall], [o, rear, top - strip.wall]),
        measure(Face::Side, [o, strip.end, o], [o, strip.end, top]),
        measure(Face::Top, [body, front - strip.wall, o], [body, strip.end, o]),
    ];
    if plan.boards > 1 {
        let at = |board| {
            let v = plan.seated.holes.first().map_or(o, |hole| hole.1);
            [plan.across_tray(board, v), o, o]
        };
        measures.push(measure(Face::Top, at(0), at(1)));
    }
    measures
}

struct Tray<'a> {
    design: &'a Design,
    plan: &'a CaddyPlan,
    rib: Mm,
}

impl Tray<'_> {
    fn build(&self) -> Result<Solid, GeometryError> {
        let mut stack = self.plate(Stack::new());
        for board in 0..self.plan.boards {
            stack = self.ribs(stack, board);
        }
        stack = self.block(stack);
        for board in 0..self.plan.boards {
            stack = self.standoffs(stack, board);
            stack = self.label(stack, board);
        }
        stack.build()
    }

    /// The plate with its windows, and the lip on its front edge.
    fn plate(&self, stack: Stack) -> Stack {
        let plan = self.plan;
        let (o, right, rear) = (Mm::ZERO, plan.body.value, plan.depth.value);
        let outline = Sketch::pen(CORNER, o)
            .line_to(right - CORNER, o)
            .arc_to(right - CORNER, CORNER, right, CORNER, Turn::Left)
            .line_to(right, rear)
            .line_to(o, rear)
            .line_to(o, CORNER)
            .arc_to(CORNER, CORNER, CORNER, o, Turn::Left)
            .close();
        // A tray too narrow for its corners has none; the checks say what is wrong with it.
        let outline = outline.unwrap_or_else(|_| Sketch::rect(o, o, right, rear));
        let mut stack = stack.add(outline, o..plan.wall);
        for board in 0..plan.boards {
            for window in windows(plan) {
                let [x0, x1] = self.across(board, window.v0, window.v1);
                let window = Sketch::rounded_rect(x0, window.u0, x1, window.u1, vents::CORNER);
                stack = stack.cut(window, o..plan.wall);
            }
        }
        stack.add(Sketch::rect(CORNER, o, right - CORNER, self.rib), o..plan.rib_top())
    }

    /// One rib through each standoff. It stands on the bed, since windows leave it room.
    fn ribs(&self, stack: Stack, board: u32) -> Stack {
        let plan = self.plan;
        let half = self.rib.half();
        let block = plan.strip.window.0 - plan.strip.wall;
        let mut places: Vec<Mm> = plan.seated.holes.iter().map(|hole| hole.1).collect();
        places.sort_unstable();
        places.dedup();
        places.into_iter().fold(stack, |stack, v| {
            let [x0, x1] = self.across(board, v - half, v + half);
            // A little into the block, which has the same face.
            let rib = Sketch::rect(x0, Mm::ZERO, x1, block + plan.strip.wall.half());
            stack.add(rib, Mm::ZERO..plan.rib_top())
        })
    }

    /// The block around the rail.
    fn block(&self, stack: Stack) -> Stack {
        let (strip, body) = (&self.plan.strip, self.plan.body.value);
        let (o, top) = (Mm::ZERO, strip.height.value);
        let block = Sketch::rect(o, strip.window.0 - strip.wall, body, strip.end);
        let window = Sketch::rect(o, strip.window.0, body, strip.window.1);
        stack.add(block, o..top).cut(window, strip.wall..top - strip.wall)
    }

    /// Standoffs with their holes, clear of what is under the board.
    fn standoffs(&self, stack: Stack, board: u32) -> Stack {
        let plan = self.plan;
        let (seat, hole) = (plan.seat.value, self.fixing_hole());
        let places = || plan.seated.holes.iter().map(|&(u, v)| (plan.across_tray(board, v), u));
        let mut stack = places().fold(stack, |stack, (x, y)| {
            stack.add(Sketch::circle(x, y, plan.fixing.standoff), Mm::ZERO..seat)
        });
        let below = |it: &SeatedBox| {
            let needed = it.below > Mm::ZERO;
            needed.then(|| (it.under.grown(UNDER_MARGIN), seat - it.below - UNDER_MARGIN))
        };
        for (area, floor) in standoffs::cuts(plan, hole, below) {
            let [x0, x1] = self.across(board, area.v0, area.v1);
            stack = stack.cut(Sketch::rect(x0, area.u0, x1, area.u1), floor..seat);
        }
        places().filter(|_| hole > Mm::ZERO).fold(stack, |stack, (x, y)| {
            stack.cut(Sketch::circle(x, y, hole.half()), Mm::ZERO..seat)
        })
    }

    /// Diameter of the holes in standoffs: they lie in the layer plane, where holes print too small.
    fn fixing_hole(&self) -> Mm {
        let hole = self.plan.fixing.hole;
        if hole > Mm::ZERO { hole + self.design.printing.hole_compensation } else { hole }
    }

    /// The tab with its field.
    fn label(&self, stack: Stack, board: u32) -> Stack {
        let Some([x0, x1]) = self.tab(board) else { return stack };
        let o = Mm::ZERO;
        let field = Sketch::rect(x0 + LABEL_RIM, o, x1 - LABEL_RIM, LABEL_DEPTH);
        stack
            .add(Sketch::rect(x0, o, x1, self.rib), o..TAB_HEIGHT)
            .cut(field, self.plan.wall..TAB_HEIGHT - LABEL_RIM)
    }

    /// Where the tab stands along the rail, if a label is wanted and the plug leaves it room.
    fn tab(&self, number: u32) -> Option<[Mm; 2]> {
        let plan = self.plan;
        let plug = &plan.seated.plug;
        let behind = self.rib + TAB_MARGIN;
        let plug_in_front = plug.exit == PlugExit::Front || plug.area.u0 < behind;
        let in_front = plan.seated.boxes.iter().filter(|it| it.area.u0 < behind);
        let board = in_front.map(|it| it.area.v0).fold(plan.seated.pcb.v0, Mm::min);
        let (from, to) = (CORNER, board - TAB_MARGIN);
        let wanted = self.design.caddy.label != Label::None;
        (wanted && !plug_in_front && to - from >= TAB_WIDTH).then(|| self.across(number, from, to))
    }

    /// A span of v along the rail, lower end first.
    fn across(&self, board: u32, from: Mm, to: Mm) -> [Mm; 2] {
        let ends = [from, to].map(|v| self.plan.across_tray(board, v));
        [ends[0].min(ends[1]), ends[0].max(ends[1])]
    }
}
