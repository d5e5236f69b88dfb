//! Door leaves: a backer, and on a police box stiles and rails on it, three panels below a window.

use crate::geometry::Direction;
use crate::shell::Block;
use crate::shell::board::Board;
use crate::units::Mm;

use super::side::{View, Way};
use super::{Door, Fitted, Kit, glazing};

/// Rails of a leaf as shares of its height: top, between, bottom.
const RAILS: [f64; 3] = [0.05, 0.036, 0.06];
/// Width of a stile as a share of its leaf's.
const STILE: f64 = 0.15;
/// Panels of a leaf, under its window.
const PANELS: i64 = 3;
/// How much higher a window is than a panel: panes stand upright, as in the pictures of the real box.
const WINDOW: f64 = 1.25;
/// Where hinges sit, as shares of a leaf's height; leaves below [`LOW`] do without the middle one.
const HINGES: [f64; 3] = [0.12, 0.88, 0.5];
/// Wood between a hinge's wing and the edge of the stile.
const HINGE_EDGE: Mm = Mm::um(4_000);
/// Leaves below this have two hinges.
const LOW: Mm = Mm::um(1_000_000);
/// From the leaf's face to the middle of the hinges' pins.
pub(super) const PIN: Mm = Mm::um(3_000);

/// Height of the feet that a handle stands on.
const HANDLE_FOOT: Mm = Mm::um(12_000);

/// Where a leaf is, between its gaps.
struct Leaf {
    right: bool,
    u: [Mm; 2],
    z: [Mm; 2],
    /// Width of its stiles.
    stile: Mm,
}

impl Leaf {
    fn new(kit: &Kit, view: &View, right: bool) -> Leaf {
        let sizes = &kit.sizes;
        let opening = sizes.opening(view.half);
        let (near, far) = (sizes.gap.half(), opening - sizes.gap);
        let u = if right { [near, far] } else { [-far, -near] };
        // A hinge's wing lies on the stile.
        let wing = kit.hinge.as_ref().map_or(Mm::ZERO, |hinge| hinge.fitting.size[0].half());
        let stile = (far - near) * STILE;
        let stile = stile.max(wing + HINGE_EDGE).floor_to(Mm::um(1_000));
        Leaf { right, u, z: [sizes.deck + sizes.gap, sizes.lintel - sizes.gap], stile }
    }

    fn height(&self) -> Mm {
        self.z[1] - self.z[0]
    }

    /// At this share of its height: the upper half mirrors the lower one exactly.
    fn at(&self, share: f64) -> Mm {
        let height = self.height();
        if share > 0.5 { self.z[1] - height * (1.0 - share) } else { self.z[0] + height * share }
    }

    /// Where the handle's middle is along the side: on the stile that meets the other leaf.
    fn handle(&self) -> Mm {
        let inset = self.stile.half();
        if self.right { self.u[0] + inset } else { self.u[1] - inset }
    }

    /// Marks the handle's two screws.
    fn mark_handle(&self, kit: &Kit, view: &View, board: &mut Board) {
        let Some(handle) = kit.handle.as_ref().filter(|_| !kit.sizes.sawn()) else { return };
        let apart = handle.fitting.size[2].half() - HANDLE_FOOT.half();
        for z in [self.at(0.5) - apart, self.at(0.5) + apart] {
            board.mark(view.at(self.handle(), view.out, z));
        }
    }

    /// Heights of the hinges' middles.
    fn hinges(&self) -> Vec<Mm> {
        let low = self.height() < LOW;
        let shares: &[f64] = if low { &HINGES[..2] } else { &HINGES };
        shares.iter().map(|share| self.at(*share)).collect()
    }
}

/// Both leaves of a closed side.
pub(super) fn add(kit: &mut Kit, view: &View) {
    for right in [false, true] {
        let first = kit.boards.len();
        let leaf = Leaf::new(kit, view, right);
        if kit.sizes.dressed {
            dressed(kit, view, &leaf);
        } else {
            let layer = kit.sizes.layer(view.out, 1);
            let block = view.block(leaf.u, layer, leaf.z);
            let mut board = kit.board("leaf", block, upwards(right), view.way(Way::Out));
            if kit.hinged(view.side) {
                hinge_seats(kit, view, right, true, &mut board);
                leaf.mark_handle(kit, view, &mut board);
            }
            kit.boards.push(board);
        }
        if kit.hinged(view.side) {
            let opening = kit.sizes.opening(view.half);
            let axis = (opening - kit.sizes.gap.half()) * if right { 1 } else { -1 };
            kit.doors.push(Door {
                view: *view,
                right,
                axis: [axis, view.out + PIN],
                boards: first..kit.boards.len(),
            });
            hang(kit, view, &leaf);
        }
    }
}

/// A leaf's mirror image is the same leaf upside down, as long as it is symmetric.
fn upwards(right: bool) -> Direction {
    if right { Direction::ZPlus } else { Direction::ZMinus }
}

/// Backer, stiles, rails, window and pane.
fn dressed(kit: &mut Kit, view: &View, leaf: &Leaf) {
    let sizes = kit.sizes.clone();
    let out = view.way(Way::Out);
    let overlay = sizes.layer(view.out, 2);
    let [top, between, bottom] = RAILS.map(|share| (leaf.height() * share).floor_to(Mm::um(1_000)));
    let inside = [leaf.u[0] + leaf.stile, leaf.u[1] - leaf.stile];

    for hinge_side in [false, true] {
        let at_right = leaf.right == hinge_side;
        let u = if at_right { [inside[1], leaf.u[1]] } else { [leaf.u[0], inside[0]] };
        let name = if hinge_side { "hinge-stile" } else { "meeting-stile" };
        let block = view.block(u, overlay, leaf.z);
        let mut board = kit.board(name, block, upwards(leaf.right), out);
        if kit.hinged(view.side) {
            if hinge_side {
                hinge_seats(kit, view, leaf.right, true, &mut board);
            } else {
                leaf.mark_handle(kit, view, &mut board);
            }
        }
        kit.boards.push(board);
    }

    let free = leaf.height() - top - bottom - between * PANELS;
    let panel = (free * (1.0 / (WINDOW + PANELS as f64))).floor_to(Mm::um(1_000));
    // What whole millimetres leave goes to the window.
    let mut low = leaf.z[1] - top - (free - panel * PANELS);
    let window = low;
    let mut rails = vec![("top-rail", [leaf.z[1] - top, leaf.z[1]])];
    for _ in 0..PANELS {
        rails.push(("rail", [low - between, low]));
        low -= between + panel;
    }
    rails.push(("bottom-rail", [leaf.z[0], low]));
    for (name, z) in rails {
        let block = view.block(inside, overlay, z);
        let board = kit.board(name, block, view.way(Way::Right), out);
        kit.boards.push(board);
    }

    glazing::add(kit, view, (leaf.u, leaf.z), (inside, [window, leaf.z[1] - top]));
}

/// Seats for one half of each hinge, in a leaf or in the post beside it, and marks for its screws.
/// Without a router, hinges lie on the faces.
pub(super) fn hinge_seats(kit: &Kit, view: &View, right: bool, leaf_side: bool, board: &mut Board) {
    let Some(hinge) = kit.hinge.as_ref().filter(|_| !kit.sizes.sawn()) else { return };
    let leaf = Leaf::new(kit, view, right);
    let [across, thickness, height] = hinge.fitting.size;
    let wing = across.half();
    let opening = kit.sizes.opening(view.half);
    let (from, to) = if leaf_side {
        (opening - kit.sizes.gap - wing, opening - kit.sizes.gap)
    } else {
        (opening, opening + wing)
    };
    let u = if right { [from, to] } else { [-to, -from] };
    for middle in leaf.hinges() {
        let z = [middle - height.half(), middle + height.half()];
        let seat: Block = view.block(u, [view.out - thickness, view.out], z);
        board.pocket(seat);
        for screw in [-1, 0, 1] {
            board.mark(view.at((u[0] + u[1]).half(), view.out, middle + height / 3 * screw));
        }
    }
}

/// Hinges and handle of a leaf: in their seats, or on the faces.
fn hang(kit: &mut Kit, view: &View, leaf: &Leaf) {
    let (gap, opening) = (kit.sizes.gap, kit.sizes.opening(view.half));
    kit.hinges += leaf.hinges().len() as u64;
    if let Some(hinge) = &kit.hinge {
        let [across, thickness, height] = hinge.fitting.size;
        let sides = |from: Mm, to: Mm| if leaf.right { [from, to] } else { [-to, -from] };
        let wings = sides(opening - gap - across.half(), opening + across.half());
        let knuckle = sides(opening - gap, opening);
        let face = if kit.sizes.sawn() { view.out + thickness } else { view.out };
        for middle in leaf.hinges() {
            let z = [middle - height.half(), middle + height.half()];
            kit.fittings.push(Fitted {
                id: hinge.id.clone(),
                blocks: vec![
                    view.block(wings, [face - thickness, face], z),
                    view.block(knuckle, [face, face + PIN * 2], z),
                ],
            });
        }
    }
    if let Some(handle) = &kit.handle {
        let [width, depth, height] = handle.fitting.size;
        let (u, z) = (leaf.handle(), leaf.at(0.5));
        let u = [u - width.half(), u + width.half()];
        let (low, high) = (z - height.half(), z + height.half());
        let (foot, grip) = (view.out + depth - HANDLE_FOOT, view.out + depth);
        kit.fittings.push(Fitted {
            id: handle.id.clone(),
            blocks: vec![
                view.block(u, [foot, grip], [low, high]),
                view.block(u, [view.out, foot], [low, low + HANDLE_FOOT]),
                view.block(u, [view.out, foot], [high - HANDLE_FOOT, high]),
            ],
        });
    }
}
