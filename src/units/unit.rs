//! The units that a design may be written in, by kind of quantity.

use super::exact::Exact;

/// What a quantity measures.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// Millimetres and inches.
    Length,
    /// Rack units.
    RackUnits,
    /// Watts.
    Power,
    /// Amperes.
    Current,
    /// Volts.
    Voltage,
    /// Degrees Celsius.
    Temperature,
    /// A share of a whole.
    Share,
    /// Kilograms, grams and pounds.
    Mass,
    /// Hours, minutes and seconds.
    Time,
    /// Cubic metres of air a second.
    AirFlow,
    /// Cubic millimetres of plastic a second.
    PrintFlow,
}

/// All kinds, in the order that messages list them.
pub(super) const KINDS: [Kind; 11] = [
    Kind::Length,
    Kind::RackUnits,
    Kind::Power,
    Kind::Current,
    Kind::Voltage,
    Kind::Temperature,
    Kind::Share,
    Kind::Mass,
    Kind::Time,
    Kind::AirFlow,
    Kind::PrintFlow,
];

/// A unit as it may be written, and how many base units of its kind it is.
#[derive(Clone, Copy, Debug)]
pub(super) struct Unit {
    pub symbol: &'static str,
    over: i64,
    under: i64,
}

impl Unit {
    /// How many base units of its kind one of it is.
    pub fn size(self) -> Option<Exact> {
        Exact::new(i128::from(self.over), i128::from(self.under))
    }
}

const fn unit(symbol: &'static str, over: i64, under: i64) -> Unit {
    Unit { symbol, over, under }
}

impl Kind {
    /// The kind's name in the JSON Schema.
    pub fn name(self) -> &'static str {
        match self {
            Kind::Length => "length",
            Kind::RackUnits => "rack-units",
            Kind::Power => "power",
            Kind::Current => "current",
            Kind::Voltage => "voltage",
            Kind::Temperature => "temperature",
            Kind::Share => "share",
            Kind::Mass => "mass",
            Kind::Time => "time",
            Kind::AirFlow => "air-flow",
            Kind::PrintFlow => "print-flow",
        }
    }

    /// The kind with this name in the JSON Schema.
    pub fn named(name: &str) -> Option<Kind> {
        KINDS.into_iter().find(|kind| kind.name() == name)
    }

    /// The kind in a sentence: `a length`.
    pub fn noun(self) -> &'static str {
        match self {
            Kind::Length => "a length",
            Kind::RackUnits => "a number of rack units",
            Kind::Power => "a power",
            Kind::Current => "a current",
            Kind::Voltage => "a voltage",
            Kind::Temperature => "a temperature",
            Kind::Share => "a share",
            Kind::Mass => "a mass",
            Kind::Time => "a time",
            Kind::AirFlow => "a flow of air",
            Kind::PrintFlow => "a printing flow",
        }
    }

    /// A quantity of this kind, as one would write it.
    pub fn example(self) -> &'static str {
        match self {
            Kind::Length => "16.35 mm",
            Kind::RackUnits => "2U",
            Kind::Power => "300 W",
            Kind::Current => "20 A",
            Kind::Voltage => "120 V",
            Kind::Temperature => "25 C",
            Kind::Share => "4 %",
            Kind::Mass => "800 kg",
            Kind::Time => "45 min",
            Kind::AirFlow => "0.02 m3/s",
            Kind::PrintFlow => "11 mm3/s",
        }
    }

    /// Units of this kind. The base units are: nanometre, U, W, A, V, °C, 1, g, s, m³/s, mm³/s.
    pub(super) fn units(self) -> &'static [Unit] {
        const LENGTH: &[Unit] = &[
            unit("mm", 1_000_000, 1),
            unit("cm", 10_000_000, 1),
            unit("m", 1_000_000_000, 1),
            unit("in", 25_400_000, 1),
            unit("ft", 304_800_000, 1),
            unit("um", 1_000, 1),
            unit("µm", 1_000, 1),
            unit("μm", 1_000, 1),
            unit("\"", 25_400_000, 1),
            unit("'", 304_800_000, 1),
        ];
        const MASS: &[Unit] =
            &[unit("kg", 1_000, 1), unit("g", 1, 1), unit("lb", 45_359_237, 100_000)];
        const TIME: &[Unit] = &[unit("h", 3_600, 1), unit("min", 60, 1), unit("s", 1, 1)];
        // One foot cubed is 0.028316846592 cubic metres.
        const AIR: &[Unit] = &[
            unit("m3/s", 1, 1),
            unit("CFM", 28_316_846_592, 60_000_000_000_000),
            unit("m³/s", 1, 1),
            unit("m3/h", 1, 3_600),
            unit("m³/h", 1, 3_600),
        ];
        const RACK_UNITS: &[Unit] = &[unit("U", 1, 1)];
        const POWER: &[Unit] = &[unit("W", 1, 1), unit("kW", 1_000, 1)];
        const CURRENT: &[Unit] = &[unit("A", 1, 1), unit("mA", 1, 1_000)];
        const VOLTAGE: &[Unit] = &[unit("V", 1, 1), unit("mV", 1, 1_000)];
        const TEMPERATURE: &[Unit] = &[unit("C", 1, 1), unit("°C", 1, 1)];
        const SHARE: &[Unit] = &[unit("%", 1, 100)];
        const PRINT: &[Unit] = &[unit("mm3/s", 1, 1), unit("mm³/s", 1, 1)];
        match self {
            Kind::Length => LENGTH,
            Kind::RackUnits => RACK_UNITS,
            Kind::Power => POWER,
            Kind::Current => CURRENT,
            Kind::Voltage => VOLTAGE,
            Kind::Temperature => TEMPERATURE,
            Kind::Share => SHARE,
            Kind::Mass => MASS,
            Kind::Time => TIME,
            Kind::AirFlow => AIR,
            Kind::PrintFlow => PRINT,
        }
    }

    /// The least and the most that makes physical sense anywhere, in a unit of the kind. Keys have
    /// narrower limits of their own.
    pub(super) fn bounds(self) -> (&'static str, &'static str) {
        match self {
            Kind::Length => ("-1000 m", "1000 m"),
            Kind::RackUnits => ("0U", "1000U"),
            Kind::Power => ("0 W", "100000 kW"),
            Kind::Current => ("0 A", "100000 A"),
            Kind::Voltage => ("0 V", "100000 V"),
            Kind::Temperature => ("-273.15 C", "2000 C"),
            Kind::Share => ("0 %", "1000 %"),
            Kind::Mass => ("0 kg", "1000000 kg"),
            Kind::Time => ("0 h", "100000 h"),
            Kind::AirFlow => ("0 m3/s", "1000 m3/s"),
            Kind::PrintFlow => ("0 mm3/s", "100000 mm3/s"),
        }
    }
}
