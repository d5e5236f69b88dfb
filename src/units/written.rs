//! Quantities in YAML: read from text or number, written as canonical text, told to editors.
//!
//! Promise: what is written reads back as the same quantity, bit for bit.

use std::borrow::Cow;
use std::fmt;
use std::marker::PhantomData;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::de::{self, Deserializer, Visitor};
use serde::{Deserialize, Serialize, Serializer};

use super::exact::Exact;
use super::parse::{Kind, Quantified, UnitError};
use super::{
    AirFlow, Amps, Celsius, Grams, Hours, Kilograms, Millimetres3PerSecond, Minutes, Mm, RackUnits,
    Ratio, Volts, Watts,
};

struct QuantityVisitor<Q>(PhantomData<Q>);

impl<Q: Quantified> Visitor<'_> for QuantityVisitor<Q> {
    type Value = Q;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}, such as `{}`", Q::KIND.noun(), Q::KIND.example())
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<Q, E> {
        Q::parse(text).map_err(E::custom)
    }

    fn visit_i64<E: de::Error>(self, number: i64) -> Result<Q, E> {
        Q::parse(&number.to_string()).map_err(E::custom)
    }

    fn visit_u64<E: de::Error>(self, number: u64) -> Result<Q, E> {
        Q::parse(&number.to_string()).map_err(E::custom)
    }

    fn visit_f64<E: de::Error>(self, number: f64) -> Result<Q, E> {
        Q::from_number(number).map_err(E::custom)
    }
}

/// What editors may know of a quantity. The pattern refuses units of another kind; the keys that
/// start with `x-pibuild-` are for pibuild's own check, which says more.
fn quantity_schema(kind: Kind, default_unit: &str) -> Schema {
    let units: Vec<&str> = kind.units().iter().map(|unit| unit.symbol).collect();
    let number = r"[-+]?([0-9]+(\.[0-9]*)?|\.[0-9]+)(/[0-9]+)?(\s+[0-9]+/[0-9]+)?";
    let mut schema = json_schema!({
        "type": ["string", "number"],
        "pattern": format!(r"^\s*{number}\s*({})?\s*$", units.join("|")),
        "description": describe(kind, default_unit),
        "x-pibuild-quantity": kind.name()
    });
    if !default_unit.is_empty() {
        schema.insert("x-pibuild-unit".to_owned(), default_unit.into());
    }
    schema
}

/// The sentence that a schema says about a quantity.
pub(crate) fn describe(kind: Kind, default_unit: &str) -> String {
    let noun = kind.noun();
    let article = noun.chars().next().map_or(String::new(), |first| first.to_uppercase().collect());
    let bare = if default_unit.is_empty() {
        "a bare number is the share itself, from 0 to 1".to_owned()
    } else {
        format!("a bare number is in {default_unit}")
    };
    format!("{article}{}, such as `{}`; {bare}.", &noun[1..], kind.example())
}

macro_rules! written {
    ($name:ident, $kind:ident, $unit:literal, $from_base:expr, $canonical:expr) => {
        impl Quantified for $name {
            const KIND: Kind = Kind::$kind;
            const DEFAULT_UNIT: &'static str = $unit;

            fn from_base(base: Exact) -> Option<$name> {
                let convert: fn(Exact) -> Option<$name> = $from_base;
                convert(base)
            }

            fn canonical(self) -> String {
                let write: fn($name) -> String = $canonical;
                write(self)
            }
        }

        impl std::str::FromStr for $name {
            type Err = UnitError;

            fn from_str(text: &str) -> Result<$name, UnitError> {
                $name::parse(text)
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<$name, D::Error> {
                deserializer.deserialize_any(QuantityVisitor::<$name>(PhantomData))
            }
        }

        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(&self.canonical())
            }
        }

        impl JsonSchema for $name {
            fn inline_schema() -> bool {
                true
            }

            fn schema_name() -> Cow<'static, str> {
                stringify!($name).into()
            }

            fn json_schema(_: &mut SchemaGenerator) -> Schema {
                quantity_schema(Kind::$kind, $unit)
            }
        }
    };
}

/// For wrappers around `f64`: the base unit in one of theirs, and the unit that they are written in.
macro_rules! written_float {
    ($name:ident, $kind:ident, $unit:literal, $base:literal) => {
        written!(
            $name,
            $kind,
            $unit,
            |base| Some($name(base.divided_by(Exact::whole($base))?.to_f64())),
            |quantity| format!("{} {}", quantity.0, $name::UNIT)
        );
    };
}

written!(Mm, Length, "mm", |base| base.rounded().map(Mm::from_nm), |length| Exact::new(
    i128::from(length.nm()),
    1_000_000
)
.map_or_else(|| length.to_string(), |exact| format!("{} mm", exact.decimal())));
written!(
    RackUnits,
    RackUnits,
    "U",
    |base| u32::try_from(base.as_whole()?).ok().map(RackUnits),
    |units| units.to_string()
);
written!(
    Ratio,
    Share,
    "",
    |base| Some(Ratio(base.to_f64())),
    // Shifting the decimal point, not multiplying: 0.07 × 100 is 7.000000000000001.
    |share| Exact::from_f64(share.0)
        .and_then(|exact| exact.times(Exact::whole(100)))
        .map_or_else(|| share.to_string(), |exact| format!("{} %", exact.decimal()))
);
written_float!(Watts, Power, "W", 1);
written_float!(Amps, Current, "A", 1);
written_float!(Volts, Voltage, "V", 1);
written_float!(Celsius, Temperature, "C", 1);
written_float!(Kilograms, Mass, "kg", 1_000);
written_float!(Grams, Mass, "g", 1);
written_float!(Minutes, Time, "min", 60);
written_float!(Hours, Time, "h", 3_600);
written_float!(AirFlow, AirFlow, "m3/s", 1);
written_float!(Millimetres3PerSecond, PrintFlow, "mm3/s", 1);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths_are_exact() {
        let table = [
            ("16.35 mm", 16_350_000),
            ("16.35mm", 16_350_000),
            ("16.35", 16_350_000),
            ("18 in", 457_200_000),
            ("72\"", 1_828_800_000),
            ("1/2 in", 12_700_000),
            ("1 1/2 in", 38_100_000),
            ("-1 1/2 in", -38_100_000),
            ("1/64 in", 396_875),
            ("6'", 1_828_800_000),
            ("0.5 m", 500_000_000),
            (" .5 m ", 500_000_000),
            ("250 um", 250_000),
            ("1/3 mm", 333_333),
        ];
        for (text, nanometres) in table {
            assert_eq!(Mm::parse(text), Ok(Mm::from_nm(nanometres)), "{text}");
        }
        assert_eq!(Mm::from_number(16.35), Ok(Mm::um(16_350)));
    }

    #[test]
    fn other_kinds() {
        assert_eq!(RackUnits::parse("2U"), Ok(RackUnits(2)));
        assert_eq!(Watts::parse("1.2 kW"), Ok(Watts(1200.0)));
        assert_eq!(Celsius::parse("25 °C"), Ok(Celsius(25.0)));
        assert_eq!(Ratio::parse("4 %"), Ok(Ratio(0.04)));
        assert_eq!(Ratio::parse("0.04"), Ok(Ratio(0.04)));
        assert_eq!(Kilograms::parse("1 lb"), Ok(Kilograms(0.453_592_37)));
        assert_eq!(Grams::parse("0.045 kg"), Ok(Grams(45.0)));
        assert_eq!(Minutes::parse("1 1/2 h"), Ok(Minutes(90.0)));
        assert_eq!(Minutes::parse("45"), Ok(Minutes(45.0)));
        assert_eq!(AirFlow::parse("30 CFM").unwrap().canonical(), "0.014158423296 m³/s");
    }

    #[test]
    fn mistakes_are_told_apart() {
        let message = |text: &str| Mm::parse(text).unwrap_err().to_string();
        assert_eq!(
            message("16.35 kg"),
            "`16.35 kg` is a mass; a length is wanted, such as `16.35 mm`"
        );
        assert!(message("16.35 furlong").starts_with("`furlong` is not a unit; a length"));
        assert!(message("16,35 mm").contains("decimals take a point"), "{}", message("16,35 mm"));
        assert!(message("long").starts_with("`long` is not a length"));
        assert!(message("1..2 mm").starts_with("`1..2 mm` is not a length"));
        assert!(message(".inf").contains("finite"));
        assert!(message("1e400").contains("not a unit"));
        assert!(message("10000 km").contains("not a unit"));
        assert!(message("10000 m").contains("outside of -1000 m to 1000 m"));
        assert!(message(&"9".repeat(500)).contains("outside of"));
        assert!(message("1/0 mm").contains("outside of"));
        assert!(RackUnits::parse("1.5U").unwrap_err().to_string().contains("whole"));
        assert!(Watts::parse("-5 W").is_err());
        let unknown = Mm::parse("18 inch").unwrap_err();
        assert_eq!(unknown.nearest_unit(), Some("in"));
        assert_eq!(Watts::parse("3 w").unwrap_err().nearest_unit(), Some("W"));
        assert!(Mm::from_number(f64::NAN).is_err());
    }

    #[test]
    fn canonical_text_reads_back() {
        assert_eq!(Mm::um(16_350).canonical(), "16.35 mm");
        assert_eq!(Ratio(0.07).canonical(), "7 %");
        for value in [0.07, 1.0 / 3.0, 0.014_158_4, 9.9] {
            assert_eq!(Ratio::parse(&Ratio(value).canonical()), Ok(Ratio(value)));
            assert_eq!(Kilograms::parse(&Kilograms(value).canonical()), Ok(Kilograms(value)));
            assert_eq!(AirFlow::parse(&AirFlow(value).canonical()), Ok(AirFlow(value)));
            assert_eq!(Hours::parse(&Hours(value).canonical()), Ok(Hours(value)));
        }
    }
}
