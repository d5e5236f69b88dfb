//! Masses and where they are.

use crate::layout::Spot;
use crate::units::{Degrees, Kilograms, Mm};

/// A sum of masses, each at a point.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Body {
    /// The sum.
    pub mass: Kilograms,
    /// The sum of mass × place, in kilogram metres: x, y, z.
    moment: [f64; 3],
}

impl Body {
    /// Adds a mass at a point.
    pub fn add(&mut self, mass: Kilograms, at: Spot) {
        self.mass = self.mass + mass;
        for (moment, place) in self.moment.iter_mut().zip([at.x, at.y, at.z]) {
            *moment += mass.0 * place.mm() / 1000.0;
        }
    }

    /// Adds another body.
    pub fn join(&mut self, other: &Body) {
        self.mass = self.mass + other.mass;
        for (moment, more) in self.moment.iter_mut().zip(other.moment) {
            *moment += more;
        }
    }

    /// Its middle; the origin if it weighs nothing.
    pub fn middle(&self) -> Spot {
        if self.mass.0 <= 0.0 {
            return Spot::default();
        }
        let [x, y, z] = self.moment.map(|moment| Mm::from_mm(moment / self.mass.0 * 1000.0));
        Spot::new(x, y, z)
    }
}

/// A rectangle on the floor, between two corners.
#[derive(Clone, Copy, Debug)]
pub(super) struct Base {
    pub from: (Mm, Mm),
    pub to: (Mm, Mm),
}

impl Base {
    /// From below a point to the nearest edge; negative outside.
    pub fn reach(&self, at: Spot) -> Mm {
        let Spot { x, y, .. } = at;
        let sides = [x - self.from.0, self.to.0 - x, y - self.from.1, self.to.1 - y];
        sides.into_iter().fold(sides[0], Mm::min)
    }
}

/// How far a body can be tilted before its middle passes the edge: atan(reach ÷ height).
pub(super) fn tip(reach: Mm, height: Mm) -> Degrees {
    Degrees(reach.mm().atan2(height.mm()).to_degrees())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn spot(x: f64, y: f64, z: f64) -> Spot {
        let [x, y, z] = [x, y, z].map(Mm::from_mm);
        Spot::new(x, y, z)
    }

    /// 3 kg at x = 0 and 1 kg at x = 400: the middle is at 1 × 400 ÷ 4 = 100.
    #[test]
    fn the_middle_is_where_the_mass_is() {
        let mut body = Body::default();
        body.add(Kilograms(3.0), spot(0.0, 0.0, 1000.0));
        body.add(Kilograms(1.0), spot(400.0, 0.0, 200.0));
        assert_eq!(body.mass, Kilograms(4.0));
        assert_eq!(body.middle(), spot(100.0, 0.0, 800.0));
    }

    /// The real cluster: half a castor track of 548 mm under a middle 1050 mm up: atan(548 ÷ 1050)
    /// = 27.6°.
    #[test]
    fn the_police_box_tips_at_27_6_degrees() {
        let track = Mm::from_mm(548.0);
        let base = Base { from: (-track, -track), to: (track, track) };
        let middle = spot(0.0, 0.0, 1050.0);
        let angle = tip(base.reach(middle), middle.z);
        assert!((angle.0 - 27.56).abs() < 0.01, "{angle}");
        // 100 mm off the middle: 448 mm are left.
        assert_eq!(base.reach(spot(-100.0, 20.0, 0.0)), Mm::from_mm(448.0));
        assert!(base.reach(spot(600.0, 0.0, 0.0)) < Mm::ZERO);
    }
}
