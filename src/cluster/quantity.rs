//! Recorded quantities: every number that the design leads to, with its formula and its inputs.

use std::collections::BTreeMap;
use std::fmt;

use crate::catalog::Fact;
use crate::units::{
    AirFlow, Amps, Celsius, CubicMm, Degrees, Grams, Hours, Kelvin, KelvinPerWatt, Kilograms,
    Kilopascals, Litres, Megapascals, MetresPerSecond, Minutes, Mm, Newtons, Ohms, RackUnits,
    Ratio, SquareMetres, VoltAmps, Volts, Watts, round,
};

/// What a quantity measures: a number with a unit, or a choice in words.
#[derive(Clone, Debug, PartialEq)]
pub enum Amount {
    /// A number and its unit (empty for a plain count).
    Number(f64, &'static str),
    /// A choice, such as `under`.
    Choice(String),
}

impl fmt::Display for Amount {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Amount::Number(value, "") => write!(f, "{}", round(*value)),
            Amount::Number(value, unit) => write!(f, "{} {unit}", round(*value)),
            Amount::Choice(word) => f.write_str(word),
        }
    }
}

/// A type that can be recorded.
pub trait Measure {
    /// Its number and unit.
    fn amount(&self) -> Amount;
}

/// Implements [`Measure`] for the units that wrap an `f64`.
macro_rules! measure {
    ($($name:ident $unit:literal),+) => {
        $(impl Measure for $name {
            fn amount(&self) -> Amount {
                Amount::Number(self.0, $unit)
            }
        })+
    };
}

measure!(
    Watts "W", Amps "A", Volts "V", Celsius "°C", Kilograms "kg", Grams "g", Minutes "min",
    Hours "h", CubicMm "mm³", Kelvin "K", KelvinPerWatt "K/W", AirFlow "m³/s", SquareMetres "m²",
    MetresPerSecond "m/s", Degrees "°", Kilopascals "kPa", Ohms "Ω", VoltAmps "VA", Newtons "N",
    Megapascals "MPa", Litres "l"
);

impl Measure for Mm {
    fn amount(&self) -> Amount {
        Amount::Number(self.mm(), "mm")
    }
}

impl Measure for Ratio {
    fn amount(&self) -> Amount {
        Amount::Number(self.0 * 100.0, "%")
    }
}

impl Measure for RackUnits {
    fn amount(&self) -> Amount {
        Amount::Number(f64::from(self.0), "U")
    }
}

impl Measure for u32 {
    fn amount(&self) -> Amount {
        Amount::Number(f64::from(*self), "")
    }
}

impl Measure for f64 {
    fn amount(&self) -> Amount {
        Amount::Number(*self, "")
    }
}

impl Measure for &str {
    fn amount(&self) -> Amount {
        Amount::Choice((*self).to_owned())
    }
}

/// Where a quantity comes from.
#[derive(Clone, Debug, PartialEq)]
pub enum Origin {
    /// A key of the design: written there, or left to its default.
    Design,
    /// A catalogue entry, or a rule of the trade.
    Source {
        /// Who says so.
        source: String,
        /// True if no source confirms it.
        unverified: bool,
    },
    /// Computed from other quantities.
    Derived {
        /// The formula in words and signs.
        formula: String,
        /// Names of the quantities in it.
        inputs: Vec<String>,
    },
}

/// One recorded quantity.
#[derive(Clone, Debug, PartialEq)]
pub struct Quantity {
    /// Its value and unit.
    pub amount: Amount,
    /// Where it comes from.
    pub origin: Origin,
}

/// A value that is on record, together with the name that it is recorded under.
#[derive(Clone, Debug)]
pub struct Known<T> {
    /// The value.
    pub value: T,
    /// Its name in the [`Ledger`].
    pub name: String,
}

/// Anything that can be an input of a formula.
pub trait Named {
    /// The name that it is recorded under.
    fn name(&self) -> &str;
}

impl<T> Named for Known<T> {
    fn name(&self) -> &str {
        &self.name
    }
}

/// All recorded quantities, by name. Names are paths: `rail.finished_length`.
#[derive(Clone, Debug, Default)]
pub struct Ledger {
    quantities: BTreeMap<String, Quantity>,
}

impl Ledger {
    /// Records a key of the design under its own path.
    pub fn given<T: Measure>(&mut self, path: &str, value: T) -> Known<T> {
        self.record(path, Origin::Design, value)
    }

    /// Records a value of a catalogue entry. `entry` is where it stands, such as
    /// `catalog.boards.raspberry-pi-5`; `source` is the entry's own.
    pub fn fact<T: Measure + Clone>(
        &mut self,
        entry: &str,
        field: &str,
        fact: &Fact<T>,
        source: &str,
    ) -> Known<T> {
        let origin = Origin::Source {
            source: fact.source.as_deref().unwrap_or(source).to_owned(),
            unverified: fact.unverified,
        };
        self.record(&format!("{entry}.{field}"), origin, fact.value.clone())
    }

    /// Records a rule of the trade or of this tool: a constant that no design changes.
    pub fn rule<T: Measure>(&mut self, name: &str, value: T, source: &str) -> Known<T> {
        let origin = Origin::Source { source: source.to_owned(), unverified: false };
        self.record(name, origin, value)
    }

    /// Records a rule that no source confirms: findings that rest on it say so.
    pub fn assume<T: Measure>(&mut self, name: &str, value: T, source: &str) -> Known<T> {
        let origin = Origin::Source { source: source.to_owned(), unverified: true };
        self.record(name, origin, value)
    }

    /// Records a computed value.
    pub fn derive<T: Measure>(
        &mut self,
        name: &str,
        formula: impl Into<String>,
        inputs: &[&dyn Named],
        value: T,
    ) -> Known<T> {
        let inputs = inputs.iter().map(|input| input.name().to_owned()).collect();
        self.record(name, Origin::Derived { formula: formula.into(), inputs }, value)
    }

    fn record<T: Measure>(&mut self, name: &str, origin: Origin, value: T) -> Known<T> {
        self.quantities.insert(name.to_owned(), Quantity { amount: value.amount(), origin });
        Known { value, name: name.to_owned() }
    }

    /// The quantity of that name.
    pub fn get(&self, name: &str) -> Option<&Quantity> {
        self.quantities.get(name)
    }

    /// All quantities in order of their names.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &Quantity)> {
        self.quantities.iter().map(|(name, quantity)| (name.as_str(), quantity))
    }

    /// The unverified numbers that a quantity rests on, by name, in order.
    pub fn unverified(&self, name: &str) -> Vec<&str> {
        let mut found = Vec::new();
        self.collect_unverified(name, &mut found);
        found.sort_unstable();
        found.dedup();
        found
    }

    fn collect_unverified<'a>(&'a self, name: &str, found: &mut Vec<&'a str>) {
        let Some((name, quantity)) = self.quantities.get_key_value(name) else { return };
        match &quantity.origin {
            Origin::Source { unverified: true, .. } => found.push(name),
            Origin::Derived { inputs, .. } => {
                for input in inputs {
                    self.collect_unverified(input, found);
                }
            }
            Origin::Source { .. } | Origin::Design => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_derived_quantity_knows_what_it_rests_on() {
        let mut ledger = Ledger::default();
        let length = ledger.given("rail.length", Mm::um(457_200));
        let guess = Fact { value: Mm::um(16_350), source: None, unverified: true, date: None };
        let milling = ledger.fact("catalog.rails.x", "milling", &guess, "nobody");
        let finished = ledger.derive(
            "rail.finished_length",
            "rail.length − milling",
            &[&length, &milling],
            length.value - milling.value,
        );
        assert_eq!(finished.value.to_string(), "440.85 mm");
        assert_eq!(ledger.unverified("rail.finished_length"), ["catalog.rails.x.milling"]);
        assert!(ledger.unverified("rail.length").is_empty());
    }
}
