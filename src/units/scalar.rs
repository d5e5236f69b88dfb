//! Quantities that are measured, not cut: power, current, temperature, mass, time, ratios.

use std::fmt;
use std::iter::Sum;
use std::ops::{Add, Div, Mul, Sub};

/// Declares one wrapper around `f64`: its doc, name and printed unit, and the arithmetic that is
/// meaningful for every such quantity (sums, differences, scaling, the ratio of two).
macro_rules! scalar {
    ($(#[$doc:meta])* $name:ident, $unit:literal) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, Default, PartialEq, PartialOrd)]
        pub struct $name(pub f64);

        impl $name {
            /// The unit as it is printed.
            pub const UNIT: &str = $unit;
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, "{} {}", round(self.0), $unit)
            }
        }

        impl Add for $name {
            type Output = $name;
            fn add(self, other: $name) -> $name {
                $name(self.0 + other.0)
            }
        }

        impl Sub for $name {
            type Output = $name;
            fn sub(self, other: $name) -> $name {
                $name(self.0 - other.0)
            }
        }

        impl Mul<f64> for $name {
            type Output = $name;
            fn mul(self, factor: f64) -> $name {
                $name(self.0 * factor)
            }
        }

        impl Div<f64> for $name {
            type Output = $name;
            fn div(self, divisor: f64) -> $name {
                $name(self.0 / divisor)
            }
        }

        impl Div<$name> for $name {
            type Output = f64;
            fn div(self, other: $name) -> f64 {
                self.0 / other.0
            }
        }

        impl Sum for $name {
            fn sum<I: Iterator<Item = $name>>(all: I) -> $name {
                all.fold($name(0.0), Add::add)
            }
        }
    };
}

/// Rounded to a millionth for printing, so that no `66.00000000000001` reaches a reader.
pub(crate) fn round(value: f64) -> f64 {
    (value * 1e6).round() / 1e6
}

scalar!(
    /// Electrical or thermal power.
    Watts, "W"
);
scalar!(
    /// Electric current.
    Amps, "A"
);
scalar!(
    /// Electric potential.
    Volts, "V"
);
scalar!(
    /// Temperature.
    Celsius, "°C"
);
scalar!(
    /// Mass of a machine or of a load.
    Kilograms, "kg"
);
scalar!(
    /// Mass of a print.
    Grams, "g"
);
scalar!(
    /// Working or printing time.
    Minutes, "min"
);
scalar!(
    /// Hours of a day.
    Hours, "h"
);
scalar!(
    /// Force.
    Newtons, "N"
);
scalar!(
    /// Mechanical stress.
    Megapascals, "MPa"
);
scalar!(
    /// Air moved, cubic metres a second.
    AirFlow, "m³/s"
);
scalar!(
    /// What a printer lays down.
    Millimetres3PerSecond, "mm³/s"
);
scalar!(
    /// A difference of temperatures.
    Kelvin, "K"
);
scalar!(
    /// How much warmer than the air something gets for each watt.
    KelvinPerWatt, "K/W"
);
scalar!(
    /// An area that air passes or that carries a load.
    SquareMetres, "m²"
);
scalar!(
    /// Speed of air.
    MetresPerSecond, "m/s"
);
scalar!(
    /// A volume of paint.
    Litres, "l"
);
scalar!(
    /// An angle.
    Degrees, "°"
);
scalar!(
    /// What a floor carries.
    Kilopascals, "kPa"
);
scalar!(
    /// Electrical resistance.
    Ohms, "Ω"
);
scalar!(
    /// Apparent power: volts times amperes.
    VoltAmps, "VA"
);

/// A share of a whole: `4 %` is `Ratio(0.04)`.
#[derive(Clone, Copy, Debug, Default, PartialEq, PartialOrd)]
pub struct Ratio(pub f64);

impl fmt::Display for Ratio {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} %", round(self.0 * 100.0))
    }
}

/// Whole rack units of 44.45 mm (EIA-310).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RackUnits(pub u32);

impl fmt::Display for RackUnits {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}U", self.0)
    }
}

impl Add for RackUnits {
    type Output = RackUnits;
    fn add(self, other: RackUnits) -> RackUnits {
        RackUnits(self.0 + other.0)
    }
}

impl Sum for RackUnits {
    fn sum<I: Iterator<Item = RackUnits>>(all: I) -> RackUnits {
        all.fold(RackUnits(0), Add::add)
    }
}

impl From<RackUnits> for f64 {
    fn from(units: RackUnits) -> f64 {
        f64::from(units.0)
    }
}
