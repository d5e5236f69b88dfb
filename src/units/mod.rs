//! Physical quantities as types.
//!
//! Promise: a number with a unit never crosses a module border as a bare `f64`. Lengths are whole
//! nanometres ([`Mm`]), so that sums, differences and comparisons are exact and `16.35 mm` prints
//! as `16.35`; the rest ([`Watts`], [`Amps`], …) are checked wrappers around `f64`. Money is an
//! exact decimal ([`Money`]).
//!
//! Not promised: general dimensional analysis. Products that the project needs are written out.

mod exact;
mod length;
mod money;
mod parse;
mod scalar;
mod unit;
mod written;

pub use length::{CubicMm, Mm};
pub use money::{Money, MoneyError};
pub use parse::{Kind, Quantified, UnitError};
pub(crate) use parse::{measure, within};
pub(crate) use scalar::round;
pub use scalar::{
    AirFlow, Amps, Celsius, Degrees, Grams, Hours, Kelvin, KelvinPerWatt, Kilograms, Kilopascals,
    Litres, Megapascals, MetresPerSecond, Millimetres3PerSecond, Minutes, Newtons, Ohms, RackUnits,
    Ratio, SquareMetres, VoltAmps, Volts, Watts,
};
pub(crate) use written::describe;
