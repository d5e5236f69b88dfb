//! Room in inner corners: a round cutter leaves a fillet where a square neighbour has to go.
//!
//! A dog-bone is a half circle as wide as the cutter that passes through the corner itself; its
//! centre lies on the corner's bisector, in the open. A saw needs none.

use std::f64::consts::{FRAC_1_SQRT_2, SQRT_2};

use crate::geometry::{GeometryError, Sketch, Turn};
use crate::units::Mm;

/// A corner of a rectilinear polygon.
pub type Corner = (Mm, Mm);

/// What becomes of corners that a cutter of this radius cannot reach into; `None` leaves them.
pub type Relief = Option<Mm>;

/// A part's outline: corners counter-clockwise, all angles right. Dog-bones go where the material
/// has an inner corner.
///
/// # Errors
/// The corners must enclose an area.
pub fn outline(corners: &[Corner], relief: Relief) -> Result<Sketch, GeometryError> {
    drawn(corners, relief, false)
}

/// An opening or a pocket: corners counter-clockwise, all angles right. Dog-bones go into all its
/// outer corners.
///
/// # Errors
/// The corners must enclose an area.
pub fn opening(corners: &[Corner], relief: Relief) -> Result<Sketch, GeometryError> {
    drawn(corners, relief, true)
}

fn drawn(corners: &[Corner], relief: Relief, open: bool) -> Result<Sketch, GeometryError> {
    let count = corners.len();
    let Some(radius) = relief else { return Ok(Sketch::polygon(corners)) };
    let turns: Vec<Bone> = (0..count)
        .map(|index| {
            let (before, here) = (corners[(index + count - 1) % count], corners[index]);
            Bone::new(before, here, corners[(index + 1) % count], radius)
        })
        .collect();
    let boned = |bone: &Bone| bone.left == open && bone.fits;
    // The pen starts half-way along a side, where no bone is.
    let start = middle(corners[count - 1], corners[0]);
    let mut pen = Sketch::pen(start.0, start.1);
    for (bone, corner) in turns.iter().zip(corners) {
        pen = if boned(bone) {
            let turn = if open { Turn::Left } else { Turn::Right };
            let ((fx, fy), (cx, cy), (tx, ty)) = (bone.from, bone.centre, bone.to);
            pen.line_to(fx, fy).arc_to(cx, cy, tx, ty, turn)
        } else {
            pen.line_to(corner.0, corner.1)
        };
    }
    pen.close()
}

/// The half circle at a corner.
struct Bone {
    /// Does the outline turn left here?
    left: bool,
    /// Are both sides long enough?
    fits: bool,
    from: Corner,
    centre: Corner,
    to: Corner,
}

impl Bone {
    fn new(before: Corner, here: Corner, after: Corner, radius: Mm) -> Bone {
        let (along, along_length) = direction(before, here);
        let (on, on_length) = direction(here, after);
        let (reach, inset) = (radius * SQRT_2, radius * FRAC_1_SQRT_2);
        let go = |from: Corner, way: (i64, i64), by: Mm| (from.0 + by * way.0, from.1 + by * way.1);
        Bone {
            left: along.0 * on.1 - along.1 * on.0 > 0,
            // Two bones may share a side.
            fits: along_length > reach * 2 && on_length > reach * 2,
            from: go(here, along, -reach),
            centre: go(go(here, along, -inset), on, inset),
            to: go(here, on, reach),
        }
    }
}

/// The way from one corner to the next, along an axis, and how far.
fn direction(from: Corner, to: Corner) -> ((i64, i64), Mm) {
    let (dx, dy) = (to.0 - from.0, to.1 - from.1);
    ((dx.nm().signum(), dy.nm().signum()), dx.abs().max(dy.abs()))
}

fn middle(one: Corner, other: Corner) -> Corner {
    ((one.0 + other.0).half(), (one.1 + other.1).half())
}

#[cfg(test)]
mod tests {
    use std::f64::consts::PI;

    use super::*;

    fn square(side: i64) -> Vec<Corner> {
        let (zero, side) = (Mm::ZERO, Mm::um(side * 1000));
        vec![(zero, zero), (side, zero), (side, side), (zero, side)]
    }

    #[test]
    fn a_square_fits_into_a_relieved_opening() {
        let radius = Mm::um(3_175);
        let opened = opening(&square(20), Some(radius)).unwrap();
        // Each bone: a half circle less the triangle that it shares with the square.
        let r = radius.mm();
        let gain = 4.0 * (PI * r * r / 2.0 - r * r);
        assert!((opened.area().0 - 400.0 - gain).abs() < 1e-3, "{}", opened.area());
        for (x, y) in [(0.01, 0.01), (19.99, 0.01), (19.99, 19.99), (0.01, 19.99)] {
            assert!(opened.contains(x, y));
        }
        // A saw leaves the corners alone, and so does an outline that has no inner ones.
        assert!((opening(&square(20), None).unwrap().area().0 - 400.0).abs() < 1e-9);
        assert!((outline(&square(20), Some(radius)).unwrap().area().0 - 400.0).abs() < 1e-9);
    }

    #[test]
    fn an_inner_corner_of_an_outline_gives_way() {
        let mm = |value: i64| Mm::um(value * 1000);
        let angle =
            [(0, 0), (40, 0), (40, 20), (20, 20), (20, 40), (0, 40)].map(|(x, y)| (mm(x), mm(y)));
        let cut = outline(&angle, Some(Mm::um(3_175))).unwrap();
        assert!(cut.area().0 < 1200.0 - 5.0);
        // What goes into the corner meets no material, and the cutter has gone into both sides.
        assert!(!cut.contains(20.01, 20.01));
        assert!(!cut.contains(20.5, 19.95) && !cut.contains(19.95, 20.5));
    }
}
