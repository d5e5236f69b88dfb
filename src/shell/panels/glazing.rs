//! Backer and window of a leaf: an opening, a pane in it, bars before it.
//!
//! A router cuts the opening through the backer, lets the pane into its face and cuts the bars from one
//! board. For a saw the backer is put together around the opening, which the bars' border covers by a
//! rebate that the pane lies in; the bars are strips.

use crate::geometry::Direction;
use crate::shell::Block;
use crate::shell::board::Board;
use crate::shell::flat_part::Paint;
use crate::units::Mm;

use super::Kit;
use super::side::{View, Way};

/// Border and bars of a window as shares of its width.
const WINDOW: [f64; 2] = [0.056, 0.045];
/// Panes abreast, and one over the other.
const PANES: [i64; 2] = [3, 2];
/// How far the backer's opening stays inside the window's border, as a share of the border.
const BEHIND_BORDER: f64 = 0.55;
/// How far a pane reaches over the opening.
const PANE_LAP: Mm = Mm::um(8_000);

/// A rectangle on a side: along it, and up.
type Area = ([Mm; 2], [Mm; 2]);

/// The border and the bars of a window, in its bay.
struct Window {
    bay: Area,
    border: Mm,
    bar: Mm,
    /// What is cut through the backer.
    opening: Area,
}

impl Window {
    fn new(bay: Area) -> Window {
        let size = bay.0[1] - bay.0[0];
        let [border, bar] = WINDOW.map(|share| (size * share).floor_to(Mm::um(500)));
        Window { bay, border, bar, opening: within(bay, border * BEHIND_BORDER) }
    }

    /// Where panes are seen: columns from the left, rows from below.
    fn lights(&self) -> (Vec<[Mm; 2]>, Vec<[Mm; 2]>) {
        let (across, up) = within(self.bay, self.border);
        let share = |[from, to]: [Mm; 2], count: i64| -> Vec<[Mm; 2]> {
            let clear = (to - from - self.bar * (count - 1)) / count;
            let at = |number: i64| from + (clear + self.bar) * number;
            (0..count).map(|number| [at(number), at(number) + clear]).collect()
        };
        (share(across, PANES[0]), share(up, PANES[1]))
    }
}

fn within((u, z): Area, by: Mm) -> Area {
    ([u[0] + by, u[1] - by], [z[0] + by, z[1] - by])
}

/// Adds the backer of a leaf, and what its window's bay holds.
pub(super) fn add(kit: &mut Kit, view: &View, leaf: Area, bay: Area) {
    let window = Window::new(bay);
    if kit.sizes.sawn() {
        sawn(kit, view, leaf, &window);
    } else {
        routed(kit, view, leaf, &window);
    }
}

fn routed(kit: &mut Kit, view: &View, leaf: Area, window: &Window) {
    let sizes = kit.sizes.clone();
    let (right, out) = (view.way(Way::Right), view.way(Way::Out));
    let (backing, overlay) = (sizes.layer(view.out, 1), sizes.layer(view.out, 2));
    let block = |(u, z): Area, v| view.block(u, v, z);

    let mut backer = kit.board("leaf-backer", block(leaf, backing), Direction::ZPlus, out);
    backer.window(block(window.opening, backing));
    let lap = window.border * BEHIND_BORDER - PANE_LAP;
    if let Some(pane) = pane(kit, view, within(window.bay, lap), sizes.allowance) {
        let floor = backing[1] - kit.pane.as_ref().map_or(Mm::ZERO, |it| it.1) - sizes.allowance;
        let seat = within(window.bay, lap - sizes.allowance.half());
        backer.pocket(block(seat, [floor, backing[1]]));
        kit.boards.push(pane);
    }
    kit.boards.push(backer);

    let frame = block(within(window.bay, sizes.allowance.half()), overlay);
    let mut bars = white(kit, "window", frame, right, out);
    let (columns, rows) = window.lights();
    for column in columns {
        for row in &rows {
            bars.window(view.block(column, overlay, *row));
        }
    }
    kit.boards.push(bars);
}

/// Nothing but strips: around the opening, around the panes and between them.
fn sawn(kit: &mut Kit, view: &View, leaf: Area, window: &Window) {
    let sizes = kit.sizes.clone();
    let (right, out, up) = (view.way(Way::Right), view.way(Way::Out), Direction::ZPlus);
    let (backing, overlay) = (sizes.layer(view.out, 1), sizes.layer(view.out, 2));

    let ((u, z), (hole_u, hole_z)) = (leaf, window.opening);
    for (name, u, z, length) in [
        ("backer-below", u, [z[0], hole_z[0]], up),
        ("backer-above", u, [hole_z[1], z[1]], right),
        ("backer-side", [u[0], hole_u[0]], hole_z, up),
        ("backer-side", [hole_u[1], u[1]], hole_z, up),
    ] {
        kit.boards.push(kit.board(name, view.block(u, backing, z), length, out));
    }
    let pane = pane(kit, view, within(window.opening, sizes.allowance.half()), Mm::ZERO);
    kit.boards.extend(pane);

    let (u, z) = within(window.bay, sizes.allowance.half());
    let (columns, rows) = window.lights();
    let (Some(first), Some(last)) = (columns.first(), columns.last()) else { return };
    let (Some(lowest), Some(highest)) = (rows.first(), rows.last()) else { return };
    let between = [first[0], last[1]];
    let mut strips = vec![
        ("window-stile", [u[0], between[0]], z, up),
        ("window-stile", [between[1], u[1]], z, up),
        ("window-rail", between, [z[0], lowest[0]], right),
        ("window-rail", between, [highest[1], z[1]], right),
    ];
    for pair in rows.windows(2) {
        strips.push(("window-bar-across", between, [pair[0][1], pair[1][0]], right));
    }
    for row in &rows {
        for pair in columns.windows(2) {
            strips.push(("window-bar", [pair[0][1], pair[1][0]], *row, up));
        }
    }
    for (name, u, z, length) in strips {
        let strip = white(kit, name, view.block(u, overlay, z), length, out);
        kit.boards.push(strip);
    }
}

/// The pane, `behind` the backer's face; `None` if the catalogue does not have its sheet.
fn pane(kit: &Kit, view: &View, (u, z): Area, behind: Mm) -> Option<Board> {
    let (sheet, thickness) = kit.pane.clone()?;
    let face = kit.sizes.layer(view.out, 1)[1] - behind;
    let block = view.block(u, [face - thickness, face], z);
    let (right, out) = (view.way(Way::Right), view.way(Way::Out));
    Some(Board::new("pane", (&sheet, Paint::Clear), block, right, out))
}

fn white(kit: &Kit, name: &str, block: Block, length: Direction, face: Direction) -> Board {
    Board::new(name, (&kit.sheet, Paint::White), block, length, face)
}
