//! What hangs in the air while a mesh prints, z up from the bed.
//!
//! A patch is a connected piece of surface that faces down more steeply than 45°. It prints
//! without support if the printer can lay it in lines from one supported side to another (a
//! bridge), or if it stands out so little that a line still sticks to its neighbour (a ledge). An
//! edge of a patch is supported if the surface beyond it goes down. For each patch that direction
//! is taken, along x or y, which asks least of the printer, as slicers do.
//!
//! Not promised: diagonal bridges, and what a slicer makes of them.

mod patch;

use crate::units::Mm;

use super::mesh::Mesh;
use patch::{Patch, Reach};

/// A ledge of this depth is as hard to print as a bridge of [`EASY_BRIDGE`].
const EASY_LEDGE: f64 = 1.0;
/// Bridges up to here print everywhere, in millimetres.
const EASY_BRIDGE: f64 = 10.0;
/// A sine of 45°, with a little room for rounding: 45° itself prints.
const STEEP: f64 = 0.708;
/// Patches that begin this low lie on the bed or on its first layers, in millimetres.
const FIRST_LAYERS: f64 = 0.3;

/// A patch that hangs in the air.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Overhang {
    /// Height of its lowest point over the bed.
    pub height: Mm,
    /// Longest line that is held at both ends.
    pub bridge: Mm,
    /// Longest line that is held at one end only, or at none.
    pub ledge: Mm,
}

/// Everything that hangs, from the bed up.
pub fn overhangs(mesh: &Mesh) -> Vec<Overhang> {
    let mut found: Vec<Overhang> = Patch::all(mesh, STEEP)
        .into_iter()
        .filter(|patch| patch.lowest() > FIRST_LAYERS)
        .map(|patch| judge(&patch))
        .collect();
    found.sort_by_key(|overhang| (overhang.height, overhang.bridge, overhang.ledge));
    found
}

fn judge(patch: &Patch) -> Overhang {
    let effort = |reach: &Reach| (reach.ledge / EASY_LEDGE).max(reach.bridge / EASY_BRIDGE);
    let [first, second] = [patch.reach(0), patch.reach(1)];
    let easier = if effort(&second) < effort(&first) { second } else { first };
    Overhang {
        height: Mm::from_mm(patch.lowest()),
        bridge: Mm::from_mm(easier.bridge),
        ledge: Mm::from_mm(easier.ledge),
    }
}

/// Area that lies on the bed, in square millimetres.
pub fn contact(mesh: &Mesh) -> super::SquareMm {
    let on_bed = |triangle: &&[u32; 3]| {
        triangle.iter().all(|&corner| mesh.points[corner as usize].z.abs() < 1e-6)
    };
    let area = |triangle: &[u32; 3]| {
        let [a, b, c] = triangle.map(|corner| mesh.points[corner as usize]);
        (b - a).cross(&(c - a)).norm() / 2.0
    };
    super::SquareMm(mesh.triangles.iter().filter(on_bed).map(area).sum())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::geometry::{Axis, Sketch, Stack};

    fn mm(value: f64) -> Mm {
        Mm::from_mm(value)
    }

    fn block(x: f64, y: f64) -> Sketch {
        Sketch::rect(Mm::ZERO, Mm::ZERO, mm(x), mm(y))
    }

    fn hanging(stack: &Stack, along: Axis) -> Vec<Overhang> {
        let solid = stack.build().unwrap().along(along);
        let low = solid.bounds().min.z;
        let solid = solid.moved(crate::geometry::Position::new(Mm::ZERO, Mm::ZERO, mm(-low)));
        overhangs(&solid.mesh(mm(0.01)).unwrap())
    }

    #[test]
    fn a_block_hangs_nowhere() {
        let stack = Stack::new().add(block(20.0, 10.0), Mm::ZERO..mm(5.0));
        assert_eq!(hanging(&stack, Axis::Z), []);
    }

    #[test]
    fn a_table_is_a_bridge_between_its_legs() {
        let stack = Stack::new()
            .add(block(30.0, 10.0), Mm::ZERO..mm(8.0))
            .cut(Sketch::rect(mm(4.0), Mm::ZERO, mm(26.0), mm(10.0)), Mm::ZERO..mm(5.0));
        let found = hanging(&stack, Axis::Z);
        assert_eq!(found.len(), 1);
        assert_eq!(
            (found[0].height, found[0].bridge, found[0].ledge),
            (mm(5.0), mm(22.0), Mm::ZERO)
        );
    }

    #[test]
    fn a_shelf_is_a_ledge() {
        let stack = Stack::new()
            .add(block(10.0, 10.0), Mm::ZERO..mm(8.0))
            .add(block(16.0, 10.0), mm(5.0)..mm(8.0));
        let found = hanging(&stack, Axis::Z);
        assert_eq!(found.len(), 1);
        assert_eq!((found[0].bridge, found[0].ledge), (Mm::ZERO, mm(6.0)));
    }

    #[test]
    fn the_crown_of_a_lying_hole_is_a_short_bridge() {
        let plate = block(20.0, 20.0).with_hole(Sketch::circle(mm(10.0), mm(10.0), mm(3.0)));
        // On edge: the hole's axis lies.
        let found = hanging(&Stack::new().add(plate, Mm::ZERO..mm(4.0)), Axis::X);
        assert_eq!(found.len(), 1);
        // Steeper than 45° is what lies within a chord of r × √2.
        assert!(found[0].bridge > mm(4.0) && found[0].bridge < mm(4.5), "{:?}", found[0]);
        assert_eq!(found[0].ledge, Mm::ZERO);
    }

    #[test]
    fn a_drop_prints_without_any() {
        let tip = crate::geometry::Direction2::YPlus;
        let plate = block(20.0, 20.0).with_hole(Sketch::teardrop(mm(10.0), mm(10.0), mm(3.0), tip));
        // On edge, y up: sketch (u, v) goes to (Y, Z).
        assert_eq!(hanging(&Stack::new().add(plate, Mm::ZERO..mm(4.0)), Axis::X), []);
    }
}
