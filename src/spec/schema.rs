//! The JSON Schema of a design file: for editors, and for pibuild's own check.
//!
//! Promise: what [`schema`] returns is what `pibuild schema` prints and what the check in
//! [`super::shape`] walks, so that an editor and pibuild agree. Besides draft-07 it carries:
//!
//! | keyword | meaning |
//! |---|---|
//! | `x-pibuild-quantity`, `x-pibuild-unit` | a quantity of this kind; the unit of a bare number |
//! | `x-pibuild-range` | the least and the most that is accepted, as quantities |
//! | `x-pibuild-catalog` | an id in this section of the catalogue |

use std::sync::LazyLock;

use schemars::generate::SchemaSettings;
use serde_json::{Map, Value, json};

use super::design::Design;
use crate::units::{Kind, describe};

static SCHEMA: LazyLock<Value> = LazyLock::new(build);

/// The JSON Schema (draft-07) of a design file.
pub fn schema() -> Value {
    SCHEMA.clone()
}

pub(super) fn shared() -> &'static Value {
    &SCHEMA
}

fn build() -> Value {
    let generator = SchemaSettings::draft07().into_generator();
    let mut schema = Value::from(generator.into_root_schema_for::<Design>());
    tidy(&mut schema);
    if let Some(definitions) = schema.get_mut("definitions").and_then(Value::as_object_mut) {
        limit_catalogue(definitions);
    }
    schema
}

/// Three things that schemars writes otherwise than editors and people like it.
fn tidy(schema: &mut Value) {
    match schema {
        Value::Array(items) => items.iter_mut().for_each(tidy),
        Value::Object(object) => {
            without_null(object);
            // Editors warn about formats that they do not know.
            if object.get("format").is_some_and(Value::is_string) {
                object.remove("format");
            }
            complete_description(object);
            object.values_mut().for_each(tidy);
        }
        _ => {}
    }
}

/// A key that may be left out is not one that may be null: `anyOf [T, null]` would hide every
/// mistake inside of T behind "matches neither".
fn without_null(object: &mut Map<String, Value>) {
    if let Some(Value::Array(types)) = object.get_mut("type") {
        types.retain(|name| name != "null");
        if types.len() == 1 {
            let only = types.remove(0);
            object.insert("type".to_owned(), only);
        }
    }
    let Some(Value::Array(branches)) = object.get_mut("anyOf") else { return };
    branches.retain(|branch| branch.get("type").is_none_or(|name| name != "null"));
    if branches.len() == 1 {
        let only = object.remove("anyOf");
        if let Some(only) = only {
            object.insert("allOf".to_owned(), only);
        }
    }
}

/// The description of a key replaces that of its type, and with it the unit of a bare number.
fn complete_description(object: &mut Map<String, Value>) {
    let text = |object: &Map<String, Value>, key: &str| {
        object.get(key).and_then(Value::as_str).map(str::to_owned)
    };
    let Some(description) = text(object, "description") else { return };
    let mut description = description.replace('\n', " ");
    let quantity =
        text(object, "x-pibuild-quantity").or_else(|| inner(object, "x-pibuild-quantity"));
    let unit = text(object, "x-pibuild-unit").or_else(|| inner(object, "x-pibuild-unit"));
    if let Some(kind) = quantity.as_deref().and_then(Kind::named) {
        let sentence = describe(kind, unit.as_deref().unwrap_or_default());
        if !description.contains(&sentence) {
            description = format!("{description} {sentence}");
        }
    }
    object.insert("description".to_owned(), description.into());
}

/// The same of `auto` or a quantity.
fn inner(object: &Map<String, Value>, key: &str) -> Option<String> {
    let branches = object.get("anyOf")?.as_array()?;
    branches.iter().find_map(|branch| branch.get(key)?.as_str().map(str::to_owned))
}

/// Limits of catalogue entries, which come from strangers as much as designs do.
fn limit_catalogue(definitions: &mut Map<String, Value>) {
    const SIZES: &[(&str, &[&str], [&str; 2])] = &[
        ("Pcb", &["length", "width"], ["5 mm", "1 m"]),
        ("Pcb", &["thickness"], ["0.2 mm", "10 mm"]),
        ("Holes", &["diameter"], ["0.5 mm", "20 mm"]),
        ("Addon", &["lift"], ["0 mm", "100 mm"]),
        ("ComponentBox", &["at"], ["-1 m", "1 m"]),
        ("ComponentBox", &["size", "above", "below"], ["0 mm", "1 m"]),
        ("RailProfile", &["long_side", "short_side"], ["3 mm", "300 mm"]),
        ("Rack", &["panel", "opening", "narrowest_opening", "hole_centres"], ["50 mm", "2 m"]),
        ("Rack", &["height", "width", "depth"], ["10 mm", "10 m"]),
        ("Rack", &["units"], ["1U", "100U"]),
        ("Device", &["height"], ["1U", "100U"]),
        ("Device", &["depth"], ["1 mm", "3 m"]),
        ("Fan", &["size", "depth"], ["5 mm", "1 m"]),
        ("Supply", &["size"], ["1 mm", "3 m"]),
        ("Printer", &["bed"], ["10 mm", "5 m"]),
        ("Printer", &["nozzle"], ["0.1 mm", "3 mm"]),
        ("Sheet", &["length", "width"], ["10 mm", "20 m"]),
        ("Sheet", &["thickness"], ["0.1 mm", "200 mm"]),
    ];
    const NUMBERS: &[(&str, &str, f64, f64)] = &[
        ("BoardPower", "efficiency", 0.05, 1.0),
        ("BoardThermal", "still_air", 0.01, 1000.0),
        ("BoardThermal", "with_fan", 0.01, 1000.0),
        ("AddonThermal", "still_air", 0.01, 1000.0),
        ("AddonThermal", "with_fan", 0.01, 1000.0),
        ("Supply", "efficiency", 0.05, 1.0),
        ("Supply", "power_factor", 0.05, 1.0),
        ("Supply", "ports", 1.0, 10_000.0),
        ("Material", "density", 0.1, 25.0),
        ("Fastener", "pack", 1.0, 1_000_000.0),
        ("Device", "ports", 0.0, 10_000.0),
        ("Device", "uplinks", 0.0, 10_000.0),
        ("Device", "outlets", 0.0, 10_000.0),
        ("Device", "inlets", 0.0, 10_000.0),
    ];
    for (definition, keys, range) in SIZES {
        for key in *keys {
            limit(definitions, definition, key, &[("x-pibuild-range", json!(range))]);
        }
    }
    for (definition, key, least, most) in NUMBERS {
        let limits = [("minimum", json!(least)), ("maximum", json!(most))];
        limit(definitions, definition, key, &limits);
    }
}

fn limit(
    definitions: &mut Map<String, Value>,
    definition: &str,
    key: &str,
    limits: &[(&str, Value)],
) {
    let property = definitions
        .get_mut(definition)
        .and_then(|schema| schema.get_mut("properties"))
        .and_then(|properties| properties.get_mut(key))
        .and_then(Value::as_object_mut);
    if let Some(property) = property {
        for (keyword, limit) in limits {
            property.insert((*keyword).to_owned(), limit.clone());
        }
    }
}
