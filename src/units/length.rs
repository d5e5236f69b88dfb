//! Lengths, exact to a nanometre.

use std::fmt;
use std::iter::Sum;
use std::ops::{Add, AddAssign, Div, Mul, Neg, Sub, SubAssign};

/// A length in millimetres, held as whole nanometres.
///
/// Inches are exact (1 in = 25 400 000 nm, and so is 1/64 in), sums and differences never round,
/// and equal lengths compare equal. Division and scaling round to the nearest nanometre.
///
/// ```
/// use pibuild::units::Mm;
/// let bought = Mm::from_mm(18.0 * 25.4);
/// let milled = Mm::from_mm(16.35);
/// assert_eq!((bought - milled).to_string(), "440.85 mm");
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Mm(i64);

const NM_PER_MM: i64 = 1_000_000;

impl Mm {
    /// No length at all.
    pub const ZERO: Mm = Mm(0);
    /// One inch.
    pub const INCH: Mm = Mm(25_400_000);

    /// From whole nanometres.
    pub const fn from_nm(nanometres: i64) -> Mm {
        Mm(nanometres)
    }

    /// From whole micrometres: `Mm::um(250)` is 0.25 mm. For constants in code.
    pub const fn um(micrometres: i64) -> Mm {
        Mm(micrometres * 1_000)
    }

    /// From millimetres, rounded to the nearest nanometre. Saturates far outside physical sense.
    pub fn from_mm(millimetres: f64) -> Mm {
        Mm((millimetres * NM_PER_MM as f64).round() as i64)
    }

    /// Whole nanometres.
    pub const fn nm(self) -> i64 {
        self.0
    }

    /// Millimetres, for geometry and for printing.
    pub fn mm(self) -> f64 {
        self.0 as f64 / NM_PER_MM as f64
    }

    /// Half of it (the nanometre below, if odd).
    #[must_use]
    pub const fn half(self) -> Mm {
        Mm(self.0.div_euclid(2))
    }

    /// The length without its sign.
    #[must_use]
    pub const fn abs(self) -> Mm {
        Mm(self.0.abs())
    }

    /// The largest multiple of `step` that is not longer. `step` must be positive.
    ///
    /// ```
    /// use pibuild::units::Mm;
    /// assert_eq!(Mm::um(20_557).floor_to(Mm::um(150)), Mm::um(20_550));
    /// ```
    #[must_use]
    pub const fn floor_to(self, step: Mm) -> Mm {
        Mm(self.0.div_euclid(step.0) * step.0)
    }

    /// The smallest multiple of `step` that is not shorter. `step` must be positive.
    #[must_use]
    pub const fn ceil_to(self, step: Mm) -> Mm {
        Mm(-((-self.0).div_euclid(step.0) * step.0))
    }

    /// How many whole times `part` fits into this length; `part` must be positive.
    pub const fn fits(self, part: Mm) -> i64 {
        self.0.div_euclid(part.0)
    }
}

impl fmt::Display for Mm {
    /// `440.85 mm`: as many decimals as it has, six at most.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} mm", self.mm())
    }
}

impl Add for Mm {
    type Output = Mm;
    fn add(self, other: Mm) -> Mm {
        Mm(self.0 + other.0)
    }
}

impl AddAssign for Mm {
    fn add_assign(&mut self, other: Mm) {
        self.0 += other.0;
    }
}

impl Sub for Mm {
    type Output = Mm;
    fn sub(self, other: Mm) -> Mm {
        Mm(self.0 - other.0)
    }
}

impl SubAssign for Mm {
    fn sub_assign(&mut self, other: Mm) {
        self.0 -= other.0;
    }
}

impl Neg for Mm {
    type Output = Mm;
    fn neg(self) -> Mm {
        Mm(-self.0)
    }
}

impl Mul<i64> for Mm {
    type Output = Mm;
    fn mul(self, times: i64) -> Mm {
        Mm(self.0 * times)
    }
}

impl Mul<f64> for Mm {
    type Output = Mm;
    fn mul(self, factor: f64) -> Mm {
        Mm((self.0 as f64 * factor).round() as i64)
    }
}

impl Div<i64> for Mm {
    type Output = Mm;
    /// Rounded to the nearest nanometre, halves away from zero.
    fn div(self, parts: i64) -> Mm {
        let half = parts.abs() / 2;
        Mm((self.0 + self.0.signum() * half) / parts)
    }
}

impl Div<Mm> for Mm {
    type Output = f64;
    fn div(self, other: Mm) -> f64 {
        self.0 as f64 / other.0 as f64
    }
}

impl Sum for Mm {
    fn sum<I: Iterator<Item = Mm>>(lengths: I) -> Mm {
        lengths.fold(Mm::ZERO, Add::add)
    }
}

/// A volume in cubic millimetres.
#[derive(Clone, Copy, Debug, Default, PartialEq, PartialOrd)]
pub struct CubicMm(pub f64);

impl fmt::Display for CubicMm {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:.3} mm³", self.0)
    }
}
