//! `quantities.json`: every number with its formula and inputs.

use serde_json::{Value, json};

use crate::cluster::{Amount, Ledger, Origin};
use crate::spec::Places;
use crate::units::round;

/// All quantities as JSON, in order of their names.
pub fn quantities(ledger: &Ledger, places: &Places) -> Value {
    let all = ledger.iter().map(|(name, quantity)| {
        let (value, unit) = match &quantity.amount {
            Amount::Number(number, unit) => (json!(round(*number)), *unit),
            Amount::Choice(word) => (json!(word), ""),
        };
        let (formula, inputs, source) = match &quantity.origin {
            Origin::Design => ("given in the design, or its default", &[][..], None),
            Origin::Source { source, .. } => ("a fact", &[][..], Some(source)),
            Origin::Derived { formula, inputs } => (formula.as_str(), &inputs[..], None),
        };
        let unverified = ledger.unverified(name);
        let mut entry = json!({
            "name": name,
            "value": value,
            "unit": unit,
            "formula": formula,
            "inputs": inputs,
        });
        if let Some(source) = source {
            entry["source"] = json!(source);
        }
        if quantity.origin == Origin::Design {
            entry["line"] = json!(places.value(name).map(|place| place.line));
        }
        if !unverified.is_empty() {
            entry["unverified"] = json!(unverified);
        }
        entry
    });
    Value::Array(all.collect())
}
