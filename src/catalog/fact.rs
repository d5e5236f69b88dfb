//! A number together with where it comes from.

use std::borrow::Cow;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Serialize};

/// A physical value and its origin.
///
/// In a catalogue file it is either the bare value, which then rests on the entry's own `source`,
/// or `{ value: …, source: …, unverified: true }`, with a `date` if it changes with time.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(from = "FactForm<T>")]
pub struct Fact<T> {
    /// The value itself.
    pub value: T,
    /// Where it comes from, if not from the entry's own source.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub source: Option<String>,
    /// True if no source confirms the value; users are told.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub unverified: bool,
    /// When that was so, for what changes, as prices do: `2019`, `2019-06` or `2019-06-24`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub date: Option<String>,
}

impl<T> Fact<T> {
    /// A value that stands on its entry's own source.
    pub fn plain(value: T) -> Fact<T> {
        Fact { value, source: None, unverified: false, date: None }
    }
}

#[derive(Deserialize)]
#[serde(untagged)]
enum FactForm<T> {
    Plain(T),
    Cited(Cited<T>),
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Cited<T> {
    value: T,
    #[serde(default)]
    source: Option<String>,
    #[serde(default)]
    unverified: bool,
    #[serde(default)]
    date: Option<String>,
}

impl<T> From<FactForm<T>> for Fact<T> {
    fn from(form: FactForm<T>) -> Fact<T> {
        match form {
            FactForm::Plain(value) => Fact::plain(value),
            FactForm::Cited(Cited { value, source, unverified, date }) => {
                Fact { value, source, unverified, date }
            }
        }
    }
}

impl<T: JsonSchema> JsonSchema for Fact<T> {
    fn schema_name() -> Cow<'static, str> {
        format!("Fact_{}", T::schema_name()).into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let value = generator.subschema_for::<T>();
        json_schema!({
            "anyOf": [
                value,
                {
                    "type": "object",
                    "properties": {
                        "value": value,
                        "source": {
                            "type": "string",
                            "description": "Where the value comes from."
                        },
                        "unverified": {
                            "type": "boolean",
                            "description": "True if no source confirms the value."
                        },
                        "date": {
                            "type": "string",
                            "description": "When that was so, for what changes, as prices do: `\"2019\"`, `2019-06` or `2019-06-24`.",
                            "x-pibuild-date": true
                        }
                    },
                    "required": ["value"],
                    "additionalProperties": false
                }
            ]
        })
    }
}
