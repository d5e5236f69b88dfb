//! The catalogue as lists and as YAML.

use serde_yaml::{Mapping, Value};

use crate::catalog::Catalog;

/// The catalogue's entries by kind and id, as values.
#[derive(Clone, Debug)]
pub struct Listing {
    kinds: Mapping,
}

impl Listing {
    /// All entries.
    ///
    /// # Errors
    /// Only if the catalogue cannot be written as YAML, which none that was read can cause.
    pub fn new(catalog: &Catalog) -> Result<Listing, serde_yaml::Error> {
        let kinds = match serde_yaml::to_value(catalog)? {
            Value::Mapping(kinds) => kinds,
            _ => Mapping::new(),
        };
        Ok(Listing { kinds })
    }

    /// The kinds: `boards`, `rails`, ….
    pub fn kinds(&self) -> impl Iterator<Item = &str> {
        self.kinds.keys().filter_map(Value::as_str)
    }

    /// The ids of all kinds.
    pub fn ids(&self) -> impl Iterator<Item = &str> {
        self.kinds
            .values()
            .filter_map(Value::as_mapping)
            .flat_map(Mapping::keys)
            .filter_map(Value::as_str)
    }

    /// One kind, a line an entry: its id, and then its name. `None` if there is no such kind.
    pub fn kind(&self, kind: &str) -> Option<String> {
        Some(lines(self.kinds.get(kind)?.as_mapping()?, ""))
    }

    /// All kinds under headings that tell how many entries follow.
    pub fn all(&self) -> String {
        let kinds = self.kinds.iter().filter_map(|(kind, entries)| {
            let entries = entries.as_mapping()?;
            Some(format!("{} ({})\n{}", kind.as_str()?, entries.len(), lines(entries, "  ")))
        });
        kinds.collect::<Vec<String>>().join("\n")
    }

    /// The entries with this id under their kinds, as a design's own `catalog:` would hold them.
    /// `None` if there is none.
    ///
    /// # Errors
    /// As [`Listing::new`].
    pub fn entry(&self, id: &str) -> Result<Option<String>, serde_yaml::Error> {
        let mut found = Mapping::new();
        for (kind, entries) in &self.kinds {
            if let Some(entry) = entries.get(id) {
                let named = Mapping::from_iter([(Value::from(id), plain(entry.clone()))]);
                found.insert(kind.clone(), Value::Mapping(named));
            }
        }
        if found.is_empty() { Ok(None) } else { serde_yaml::to_string(&found).map(Some) }
    }
}

fn lines(entries: &Mapping, indent: &str) -> String {
    let ids = || entries.keys().filter_map(Value::as_str);
    let width = ids().map(|id| id.chars().count()).max().unwrap_or(0);
    let line = |id: &str| {
        let name = entries.get(id).and_then(|entry| entry.get("name")).and_then(Value::as_str);
        format!("{indent}{id:width$}  {}\n", name.unwrap_or_default())
    };
    ids().map(line).collect()
}

/// A fact that says nothing but its value is written as that value.
fn plain(value: Value) -> Value {
    match value {
        Value::Mapping(fields) => match fields.get("value") {
            Some(only) if fields.len() == 1 => only.clone(),
            _ => Value::Mapping(fields.into_iter().map(|(key, it)| (key, plain(it))).collect()),
        },
        Value::Sequence(items) => Value::Sequence(items.into_iter().map(plain).collect()),
        other => other,
    }
}
