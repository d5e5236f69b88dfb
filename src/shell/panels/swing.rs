//! Doors as they open, seen from above.

use std::f64::consts::PI;

use crate::shell::Block;
use crate::shell::board::Board;
use crate::units::Mm;

use super::{Door, Panels};

/// Doors must open at least this far.
pub const WANTED: f64 = 90.0;
/// Steps of a degree in which a leaf is followed.
const STEPS_A_DEGREE: u32 = 4;

/// How far a leaf opens, and what it meets on the way.
#[derive(Clone, Debug)]
pub struct Swing {
    /// How far it opens freely, at most as far as is wanted.
    pub degrees: f64,
    /// Names of the boards that stop it.
    pub hits: Vec<String>,
    /// Floor that the leaf needs in front of its side, from the body's outer face.
    pub reach: Mm,
}

/// A rectangle in plan, turned about a point.
#[derive(Clone, Copy, Debug)]
struct Plan {
    corners: [[f64; 2]; 4],
}

impl Plan {
    fn of(block: &Block) -> Plan {
        let [[x0, y0, _], [x1, y1, _]] = [block.from, block.to].map(|corner| corner.map(Mm::mm));
        Plan { corners: [[x0, y0], [x1, y0], [x1, y1], [x0, y1]] }
    }

    fn turned(&self, about: [f64; 2], angle: f64) -> Plan {
        let (sin, cos) = angle.sin_cos();
        let turn = |[x, y]: [f64; 2]| {
            let (dx, dy) = (x - about[0], y - about[1]);
            [about[0] + dx * cos - dy * sin, about[1] + dx * sin + dy * cos]
        };
        Plan { corners: self.corners.map(turn) }
    }

    /// Do two rectangles share more than a touch? No direction of a side of either parts them. The
    /// other one's come first: a board that stands still lies along the axes, where most are apart.
    fn meets(&self, other: &Plan) -> bool {
        const TOUCH: f64 = 1e-6;
        [other, self].iter().all(|plan| {
            (0..2).all(|side| {
                let (from, to) = (plan.corners[side], plan.corners[side + 1]);
                let normal = [to[1] - from[1], from[0] - to[0]];
                let length = normal[0].hypot(normal[1]).max(TOUCH);
                let reach = |plan: &Plan| {
                    let along = plan.corners.map(|[x, y]| (x * normal[0] + y * normal[1]) / length);
                    (
                        along.iter().copied().fold(f64::INFINITY, f64::min),
                        along.iter().copied().fold(f64::NEG_INFINITY, f64::max),
                    )
                };
                let (one, another) = (reach(self), reach(other));
                one.0 + TOUCH < another.1 && another.0 + TOUCH < one.1
            })
        })
    }
}

impl Panels {
    /// Follows a leaf while it opens by [`WANTED`] degrees, all other doors shut.
    pub fn swing(&self, door: &Door) -> Swing {
        let view = &door.view;
        let axis = view.at(door.axis[0], door.axis[1], Mm::ZERO).map(Mm::mm);
        let about = [axis[0], axis[1]];
        // Seen from above, `u` to the right and `v` down the page: a leaf hinged at its right turns
        // against the clock as it comes out towards the one who looks, its twin with the clock.
        let way = if door.right { 1.0 } else { -1.0 };
        let leaf: Vec<Block> = self.boards[door.boards.clone()].iter().map(Board::block).collect();
        let heights = |block: &Block| [block.from[2], block.to[2]];
        let low = leaf.iter().map(|block| heights(block)[0]).min().unwrap_or_default();
        let high = leaf.iter().map(|block| heights(block)[1]).max().unwrap_or_default();
        let others: Vec<(usize, Plan)> = self
            .boards
            .iter()
            .enumerate()
            .filter(|(number, _)| !door.boards.contains(number))
            .filter(|(_, board)| {
                let [from, to] = heights(&board.block());
                from < high && low < to
            })
            .map(|(number, board)| (number, Plan::of(&board.block())))
            .collect();
        let plans: Vec<Plan> = leaf.iter().map(Plan::of).collect();
        let steps = WANTED as u32 * STEPS_A_DEGREE;
        for step in 0..=steps {
            let degrees = f64::from(step) / f64::from(STEPS_A_DEGREE);
            let angle = way * degrees * PI / 180.0;
            let turned: Vec<Plan> = plans.iter().map(|plan| plan.turned(about, angle)).collect();
            let meets = |other: &Plan| turned.iter().any(|plan| plan.meets(other));
            let mut hits: Vec<String> = others
                .iter()
                .filter(|(_, other)| meets(other))
                .map(|(number, _)| self.boards[*number].name().to_owned())
                .collect();
            if !hits.is_empty() {
                hits.sort_unstable();
                hits.dedup();
                return Swing { degrees, hits, reach: self.reach(door) };
            }
        }
        Swing { degrees: WANTED, hits: vec![], reach: self.reach(door) }
    }

    /// From the body's outer face to where the free edge passes.
    fn reach(&self, door: &Door) -> Mm {
        let far = self.sizes.opening(door.view.half);
        let edge = self.sizes.gap.half();
        let across = (far - edge).mm();
        let deep = (self.sizes.sheet * (self.sizes.layers - 1)).mm() + super::doors::PIN.mm();
        Mm::from_mm(across.hypot(deep)) + super::doors::PIN
    }
}
