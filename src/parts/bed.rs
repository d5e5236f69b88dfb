//! How a part lies on the bed, and the way back to where it stands in a bank.
//!
//! Both come out of the same steps, so that they cannot drift apart.

use nalgebra::{Isometry3, Matrix3, Rotation3, Translation3, UnitQuaternion, Vector3};

use crate::cluster::{CaddyPlan, Stance};
use crate::geometry::{Axis, Position, Solid};
use crate::units::Mm;

/// A solid on the bed.
pub struct Laid {
    /// Centred in x and y, z from 0.
    pub solid: Solid,
    /// From the bed to the frame that the solid was made in, in millimetres.
    pub back: Isometry3<f64>,
}

/// One step of a turn.
enum Step {
    Along(Axis),
    Mirrored(Axis),
}

/// From x along the rail, y to the rear, z up, to the bed. Each case is a pure rotation.
fn steps(stance: Stance) -> &'static [Step] {
    match stance {
        Stance::Flat => &[],
        Stance::Lying => &[Step::Along(Axis::Y)],
        Stance::OnFront => &[Step::Along(Axis::X)],
        Stance::OnRear => &[Step::Along(Axis::X), Step::Mirrored(Axis::Z), Step::Mirrored(Axis::Y)],
    }
}

/// Turns a caddy onto the bed. `size` is the designed box there.
pub fn on_bed(solid: Solid, stance: Stance, size: [Mm; 3]) -> Laid {
    let (mut solid, mut turn) = (solid, Matrix3::identity());
    for step in steps(stance) {
        (solid, turn) = match step {
            Step::Along(axis) => (solid.along(*axis), cycle(*axis) * turn),
            Step::Mirrored(axis) => (solid.mirrored(*axis), mirror(*axis) * turn),
        };
    }
    let laid = centred(solid, size);
    let turn = UnitQuaternion::from_rotation_matrix(&Rotation3::from_matrix_unchecked(turn));
    let back = Isometry3::from_parts(Translation3::identity(), turn.inverse()) * laid.back;
    Laid { solid: laid.solid, back }
}

/// Moves the designed box to the middle of the bed. It does so by the solid's own bounds: whether
/// they are the designed ones is for the certificate to say.
pub fn centred(solid: Solid, size: [Mm; 3]) -> Laid {
    let low = solid.bounds().min;
    let [x, y, _] = size;
    let shift = Position::new(
        -Mm::from_mm(low.x) - x.half(),
        -Mm::from_mm(low.y) - y.half(),
        -Mm::from_mm(low.z),
    );
    let back = Isometry3::translation(-shift.x.mm(), -shift.y.mm(), -shift.z.mm());
    Laid { solid: solid.moved(shift), back }
}

/// From the frame that a caddy is made in (after [`super::real`]) to its place in a bank: x to the
/// right, y to the rear, z up, the origin at the body's front lower left corner. The strip lies
/// under the boards: where the real caddy has it above, it is turned by half a turn about the
/// front–rear axis.
pub fn upright(plan: &CaddyPlan) -> Isometry3<f64> {
    let strip = plan.strip.height.value.mm();
    if plan.seated.mirrored {
        let half = UnitQuaternion::from_axis_angle(&Vector3::y_axis(), std::f64::consts::PI);
        Isometry3::from_parts(Translation3::new(plan.body.value.mm(), 0.0, strip), half)
    } else {
        Isometry3::translation(0.0, 0.0, strip)
    }
}

/// What [`Solid::along`] does to a vector.
fn cycle(axis: Axis) -> Matrix3<f64> {
    match axis {
        Axis::X => Matrix3::new(0.0, 0.0, 1.0, 1.0, 0.0, 0.0, 0.0, 1.0, 0.0),
        Axis::Y => Matrix3::new(0.0, 1.0, 0.0, 0.0, 0.0, 1.0, 1.0, 0.0, 0.0),
        Axis::Z => Matrix3::identity(),
    }
}

/// What [`Solid::mirrored`] does to a vector.
fn mirror(axis: Axis) -> Matrix3<f64> {
    let sign = |other: Axis| if other == axis { -1.0 } else { 1.0 };
    Matrix3::from_diagonal(&Vector3::new(sign(Axis::X), sign(Axis::Y), sign(Axis::Z)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::geometry::{Sketch, Stack};

    /// Every corner of a turned solid comes back to where it was.
    #[test]
    fn the_way_back_is_the_way_there() {
        let mm = Mm::from_mm;
        let wedge = Sketch::polygon(&[(mm(1.0), mm(2.0)), (mm(8.0), mm(3.0)), (mm(2.0), mm(9.0))]);
        let made = Stack::new().add(wedge, mm(5.0)..mm(25.0)).build().unwrap();
        let corners = |mesh: crate::geometry::Mesh, back: Isometry3<f64>| {
            let mut corners: Vec<[i64; 3]> = mesh
                .points
                .iter()
                .map(|point| (back * point).coords.map(|it| (it * 1e3).round() as i64).into())
                .collect();
            corners.sort_unstable();
            corners
        };
        let wanted = corners(made.mesh(mm(0.01)).unwrap(), Isometry3::identity());
        for stance in [Stance::Lying, Stance::OnFront, Stance::OnRear] {
            let laid = on_bed(made.clone(), stance, [mm(7.0), mm(7.0), mm(20.0)]);
            assert!(laid.solid.bounds().min.z.abs() < 1e-9);
            assert_eq!(corners(laid.solid.mesh(mm(0.01)).unwrap(), laid.back), wanted);
        }
    }
}
