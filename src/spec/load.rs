//! The second reader: YAML to typed values, by `serde_yaml`, and by nothing else in pibuild.
//!
//! Promise: replacing the YAML library means replacing this file.

use serde::de::DeserializeOwned;
use serde_yaml::{Mapping, Value};

use super::code;
use super::diagnostic::Diagnostic;
use super::index::syntax;
use super::node::{Body, Node, ScalarKind};
use super::source::{Place, Source};

/// The library's own tree of values.
pub(super) struct Loaded(Value);

/// Reads the text again, and writes into the tree what YAML takes each scalar for.
pub(super) fn load(source: &Source, tree: &mut Node) -> Result<Loaded, Box<Diagnostic>> {
    let value: Value = serde_yaml::from_str(&source.text).map_err(|error| {
        let at = error.location().map_or(Place { line: 1, column: 1, length: 1 }, |location| {
            Place { line: location.line().max(1), column: location.column().max(1), length: 1 }
        });
        let reason = error.to_string();
        let reason = reason.split(" at line ").next().unwrap_or_default();
        Box::new(syntax(source, reason, at))
    })?;
    resolve(source, tree, &value)?;
    Ok(Loaded(value))
}

/// The value without the entries that were dropped, as a type.
pub(super) fn typed<T: DeserializeOwned>(
    loaded: Loaded,
    tree: &Node,
) -> Result<T, Box<Diagnostic>> {
    serde_yaml::from_value(prune(loaded.0, tree))
        .map_err(|error| Box::new(Diagnostic::new(code::UNREADABLE, "", error.to_string())))
}

fn resolve(source: &Source, node: &mut Node, value: &Value) -> Result<(), Box<Diagnostic>> {
    let at = node.place;
    match (&mut node.body, value) {
        (Body::Sequence(items), Value::Sequence(values)) if items.len() == values.len() => {
            items.iter_mut().zip(values).try_for_each(|(item, value)| resolve(source, item, value))
        }
        (Body::Mapping(entries), Value::Mapping(values)) if entries.len() == values.len() => {
            entries
                .iter_mut()
                .zip(values)
                .try_for_each(|(entry, (_, value))| resolve(source, &mut entry.value, value))
        }
        (Body::Scalar(scalar), value) => {
            scalar.kind = match value {
                Value::Null => ScalarKind::Null,
                Value::Bool(_) => ScalarKind::Bool,
                Value::Number(number) => number
                    .as_i64()
                    .map(i128::from)
                    .or_else(|| number.as_u64().map(i128::from))
                    .map_or_else(
                        || ScalarKind::Float(number.as_f64().unwrap_or(f64::NAN)),
                        ScalarKind::Whole,
                    ),
                Value::String(_) => ScalarKind::Text,
                _ => return Err(Box::new(syntax(source, TWO_WAYS, at))),
            };
            Ok(())
        }
        _ => Err(Box::new(syntax(source, TWO_WAYS, at))),
    }
}

const TWO_WAYS: &str = "this can be read in two ways; quotes or brackets help";

fn prune(value: Value, node: &Node) -> Value {
    match (value, &node.body) {
        (Value::Mapping(values), Body::Mapping(entries)) => Value::Mapping(
            values
                .into_iter()
                .zip(entries)
                .filter(|(_, entry)| !entry.dropped)
                .map(|((key, value), entry)| (key, prune(value, &entry.value)))
                .collect::<Mapping>(),
        ),
        (Value::Sequence(values), Body::Sequence(items)) => Value::Sequence(
            values.into_iter().zip(items).map(|(value, item)| prune(value, item)).collect(),
        ),
        (value, _) => value,
    }
}
