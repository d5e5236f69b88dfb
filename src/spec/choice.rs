//! Values that may be left to pibuild (`auto`, `max`), and the two ways to write a catalogue.

use std::borrow::Cow;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::catalog::Catalog;

/// A value, or the word `auto`: derived, and `pibuild explain` shows how.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Auto<T> {
    /// Derived by pibuild.
    #[default]
    Auto,
    /// Written in the design.
    Set(T),
}

impl<T> Auto<T> {
    /// The written value, if there is one.
    pub fn set(&self) -> Option<&T> {
        match self {
            Auto::Auto => None,
            Auto::Set(value) => Some(value),
        }
    }
}

impl<T: Serialize> Serialize for Auto<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Auto::Auto => AutoWord::Auto.serialize(serializer),
            Auto::Set(value) => value.serialize(serializer),
        }
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Auto<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Auto<T>, D::Error> {
        Ok(match Either::deserialize(deserializer)? {
            Either::Word(AutoWord::Auto) => Auto::Auto,
            Either::Value(value) => Auto::Set(value),
        })
    }
}

impl<T: JsonSchema> JsonSchema for Auto<T> {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        format!("Auto_{}", T::schema_name()).into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let value = generator.subschema_for::<T>();
        json_schema!({
            "anyOf": [{ "const": "auto", "description": "Derived by pibuild." }, value]
        })
    }
}

/// What `Auto` and `Count` have in common in a file: a reserved word, or else a value.
#[derive(Deserialize)]
#[serde(untagged)]
enum Either<W, T> {
    Word(W),
    Value(T),
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum AutoWord {
    Auto,
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum MaxWord {
    Max,
}

/// A count, or the word `max`: as many as fit.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Count {
    /// As many as fit.
    #[default]
    Max,
    /// Just so many.
    Exactly(u32),
}

impl Serialize for Count {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Count::Max => MaxWord::Max.serialize(serializer),
            Count::Exactly(number) => number.serialize(serializer),
        }
    }
}

impl<'de> Deserialize<'de> for Count {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Count, D::Error> {
        Ok(match Either::deserialize(deserializer)? {
            Either::Word(MaxWord::Max) => Count::Max,
            Either::Value(number) => Count::Exactly(number),
        })
    }
}

impl JsonSchema for Count {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        "Count".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "anyOf": [
                { "const": "max", "description": "As many as fit." },
                { "type": "integer", "minimum": 1, "maximum": 10_000 }
            ]
        })
    }
}

/// Where a design's own catalogue entries stand.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum CatalogSource {
    /// Entries in the design itself.
    Inline(Box<Catalog>),
    /// Files next to the design, later ones winning.
    Files(Vec<String>),
}

impl CatalogSource {
    /// Does the design bring no entries of its own?
    pub fn is_empty(&self) -> bool {
        match self {
            CatalogSource::Inline(entries) => **entries == Catalog::default(),
            CatalogSource::Files(files) => files.is_empty(),
        }
    }
}

impl Default for CatalogSource {
    fn default() -> CatalogSource {
        CatalogSource::Inline(Box::default())
    }
}

impl JsonSchema for CatalogSource {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        "CatalogSource".into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let entries = generator.subschema_for::<Catalog>();
        json_schema!({
            "anyOf": [
                entries,
                {
                    "type": "array",
                    "items": { "type": "string" },
                    "maxItems": 16,
                    "description": "Files next to the design, later ones winning."
                }
            ]
        })
    }
}
