//! Door leaves: a backer, and on a police box stiles and rails on it, three panels below a window.

use crate::geometry::Direction;
use crate::shell::board::{Block, Board};
use crate::shell::flat_part::Paint;
use crate::units::Mm;

use super::side::{View, Way};
use super::{Door, Kit, Sizes};

/// Rails of a leaf as shares of its height: top, between, bottom.
const RAILS: [f64; 3] = [0.054, 0.048, 0.066];
/// Width of a stile as a share of its leaf's.
const STILE: f64 = 0.15;
/// Bays of a leaf, top to bottom: a window and three panels.
const BAYS: i64 = 4;
/// Border and bars of a window as shares of its width.
const WINDOW: [f64; 2] = [0.056, 0.045];
/// Panes abreast, and one over the other.
const PANES: [i64; 2] = [3, 2];
/// How far the backer's opening stays inside the window's border, as a share of the border.
const BEHIND_BORDER: f64 = 0.55;
/// How far a pane reaches over the opening.
const PANE_LAP: Mm = Mm::um(8_000);
/// Where hinges sit, as shares of a leaf's height; leaves below [`LOW`] do without the middle one.
const HINGES: [f64; 3] = [0.12, 0.88, 0.5];
/// Leaves below this have two hinges.
const LOW: Mm = Mm::um(1_000_000);
/// From the leaf's face to the middle of the hinges' pins.
pub(super) const PIN: Mm = Mm::um(3_000);

/// Where a leaf is, between its gaps.
struct Leaf {
    right: bool,
    u: [Mm; 2],
    z: [Mm; 2],
}

impl Leaf {
    fn new(sizes: &Sizes, view: &View, right: bool) -> Leaf {
        let opening = sizes.opening(view.half);
        let (near, far) = (sizes.gap.half(), opening - sizes.gap);
        let u = if right { [near, far] } else { [-far, -near] };
        Leaf { right, u, z: [sizes.deck + sizes.gap, sizes.lintel - sizes.gap] }
    }

    fn width(&self) -> Mm {
        self.u[1] - self.u[0]
    }

    fn height(&self) -> Mm {
        self.z[1] - self.z[0]
    }

    /// At this share of its height: the upper half mirrors the lower one exactly.
    fn at(&self, share: f64) -> Mm {
        let height = self.height();
        if share > 0.5 { self.z[1] - height * (1.0 - share) } else { self.z[0] + height * share }
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
        let leaf = Leaf::new(&kit.sizes, view, right);
        if kit.sizes.dressed {
            dressed(kit, view, &leaf);
        } else {
            let layer = kit.sizes.layer(view.out, 1);
            let block = view.block(leaf.u, layer, leaf.z);
            let mut board = kit.board("leaf", block, upwards(right), view.way(Way::Out));
            if kit.hinged(view.side) {
                hinge_seats(kit, view, right, true, &mut board);
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
            kit.hinges += leaf.hinges().len() as u64;
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
    let (backing, overlay) = (sizes.layer(view.out, 1), sizes.layer(view.out, 2));
    let stile = (leaf.width() * STILE).floor_to(Mm::um(1_000));
    let [top, between, bottom] = RAILS.map(|share| (leaf.height() * share).floor_to(Mm::um(1_000)));
    let inside = [leaf.u[0] + stile, leaf.u[1] - stile];

    for hinge_side in [false, true] {
        let at_right = leaf.right == hinge_side;
        let u = if at_right { [inside[1], leaf.u[1]] } else { [leaf.u[0], inside[0]] };
        let name = if hinge_side { "hinge-stile" } else { "meeting-stile" };
        let block = view.block(u, overlay, leaf.z);
        let mut board = kit.board(name, block, upwards(leaf.right), out);
        if hinge_side && kit.hinged(view.side) {
            hinge_seats(kit, view, leaf.right, true, &mut board);
        }
        kit.boards.push(board);
    }

    let bay = (leaf.height() - top - bottom - between * (BAYS - 1)) / BAYS;
    let mut rails = vec![("top-rail", [leaf.z[1] - top, leaf.z[1]])];
    for number in 1..BAYS {
        let upper = leaf.z[1] - top - bay * number - between * (number - 1);
        rails.push(("rail", [upper - between, upper]));
    }
    // What the division of the bays has left goes to the bottom rail.
    let lowest = leaf.z[1] - top - bay * BAYS - between * (BAYS - 1);
    rails.push(("bottom-rail", [leaf.z[0], lowest]));
    for (name, z) in rails {
        let block = view.block(inside, overlay, z);
        let board = kit.board(name, block, view.way(Way::Right), out);
        kit.boards.push(board);
    }

    let window = [leaf.z[1] - top - bay, leaf.z[1] - top];
    let backer = view.block(leaf.u, backing, leaf.z);
    let mut backer = kit.board("leaf-backer", backer, Direction::ZPlus, out);
    glaze(kit, view, &mut backer, (inside, window));
    kit.boards.push(backer);
}

/// The window in its bay: an opening in the backer, a pane let into the backer's face, bars before
/// it.
fn glaze(kit: &mut Kit, view: &View, backer: &mut Board, (u, z): ([Mm; 2], [Mm; 2])) {
    let sizes = kit.sizes.clone();
    let out = view.way(Way::Out);
    let (backing, overlay) = (sizes.layer(view.out, 1), sizes.layer(view.out, 2));
    let size = u[1] - u[0];
    let [border, bar] = WINDOW.map(|share| (size * share).floor_to(Mm::um(500)));
    let within = |by: Mm| ([u[0] + by, u[1] - by], [z[0] + by, z[1] - by]);

    let (opening_u, opening_z) = within(border * BEHIND_BORDER);
    backer.window(view.block(opening_u, backing, opening_z));
    if let Some((sheet, thickness)) = kit.pane.clone() {
        let lap = border * BEHIND_BORDER - PANE_LAP;
        let (seat_u, seat_z) = within(lap - sizes.allowance.half());
        let floor = backing[1] - thickness - sizes.allowance;
        backer.pocket(view.block(seat_u, [floor, backing[1]], seat_z));
        let (pane_u, pane_z) = within(lap);
        let block = view.block(pane_u, [floor, floor + thickness], pane_z);
        let pane = Board::new("pane", (&sheet, Paint::Clear), block, view.way(Way::Right), out);
        kit.boards.push(pane);
    }

    let (frame_u, frame_z) = within(sizes.allowance.half());
    let block = view.block(frame_u, overlay, frame_z);
    let mut bars =
        Board::new("window", (&kit.sheet, Paint::White), block, view.way(Way::Right), out);
    let [abreast, high] = PANES;
    let clear_u = (u[1] - u[0] - border * 2 - bar * (abreast - 1)) / abreast;
    let clear_z = (z[1] - z[0] - border * 2 - bar * (high - 1)) / high;
    for column in 0..abreast {
        for row in 0..high {
            let left = u[0] + border + (clear_u + bar) * column;
            let low = z[0] + border + (clear_z + bar) * row;
            bars.window(view.block([left, left + clear_u], overlay, [low, low + clear_z]));
        }
    }
    kit.boards.push(bars);
}

/// Seats for one half of each hinge, in a leaf or in the post beside it.
pub(super) fn hinge_seats(kit: &Kit, view: &View, right: bool, leaf_side: bool, board: &mut Board) {
    let Some(hinge) = &kit.hinge else { return };
    let leaf = Leaf::new(&kit.sizes, view, right);
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
    }
}
