//! The catalogue that comes with pibuild, and how a design's own entries are laid over it.

use std::collections::BTreeMap;
use std::fmt;

use serde::de::DeserializeOwned;

use super::Catalog;

/// A catalogue file that does not hold what it should.
#[derive(Debug)]
pub struct CatalogError {
    /// The file, as the user knows it.
    pub file: String,
    /// What is wrong, with line and column.
    pub problem: String,
}

impl fmt::Display for CatalogError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.file, self.problem)
    }
}

impl std::error::Error for CatalogError {}

/// Reads the entries of built-in files, by their names under `data/`.
macro_rules! entries {
    ($($file:literal),+ $(,)?) => {
        read_all(&[$(($file, include_str!(concat!("data/", $file)))),+])
    };
}

impl Catalog {
    /// The catalogue that comes with pibuild.
    ///
    /// It is part of the program and tested with it: an error here is a mistake in pibuild.
    pub fn builtin() -> Result<Catalog, CatalogError> {
        Ok(Catalog {
            boards: entries!(
                "boards/khadas.yaml",
                "boards/libre-computer.yaml",
                "boards/odroid.yaml",
                "boards/odroid-m-h.yaml",
                "boards/orange-pi.yaml",
                "boards/other.yaml",
                "boards/pine64.yaml",
                "boards/radxa.yaml",
                "boards/raspberry-pi.yaml",
                "boards/raspberry-pi-compute.yaml",
            )?,
            rails: entries!("rails.yaml")?,
            racks: entries!("racks.yaml")?,
            devices: entries!("devices.yaml")?,
            fans: entries!("fans.yaml")?,
            supplies: entries!("supplies.yaml")?,
            printers: entries!("printers.yaml")?,
            sheets: entries!("sheets.yaml")?,
            fasteners: entries!("fasteners.yaml")?,
            materials: entries!("materials.yaml")?,
            accessories: entries!("accessories.yaml")?,
        })
    }

    /// This catalogue with `other` laid over it: where both have an id, `other`'s entry counts.
    #[must_use]
    pub fn overlaid(mut self, other: Catalog) -> Catalog {
        self.boards.extend(other.boards);
        self.rails.extend(other.rails);
        self.racks.extend(other.racks);
        self.devices.extend(other.devices);
        self.fans.extend(other.fans);
        self.supplies.extend(other.supplies);
        self.printers.extend(other.printers);
        self.sheets.extend(other.sheets);
        self.fasteners.extend(other.fasteners);
        self.materials.extend(other.materials);
        self.accessories.extend(other.accessories);
        self
    }
}

fn read_all<T: DeserializeOwned>(
    files: &[(&str, &str)],
) -> Result<BTreeMap<String, T>, CatalogError> {
    let mut all = BTreeMap::new();
    for (file, text) in files {
        for (id, entry) in read(file, text)? {
            if all.contains_key(&id) {
                let problem = format!("{id} is in another file already");
                return Err(CatalogError { file: (*file).to_owned(), problem });
            }
            all.insert(id, entry);
        }
    }
    Ok(all)
}

fn read<T: DeserializeOwned>(file: &str, text: &str) -> Result<BTreeMap<String, T>, CatalogError> {
    serde_yaml::from_str(text)
        .map_err(|error| CatalogError { file: file.to_owned(), problem: error.to_string() })
}

/// The ids most like `wanted`, nearest first; at most three, and none if nothing is alike.
pub fn nearest<'a>(wanted: &str, ids: impl IntoIterator<Item = &'a str>) -> Vec<&'a str> {
    const ALIKE: f64 = 0.7;
    const AT_MOST: usize = 3;
    let mut scored: Vec<(f64, &str)> = ids
        .into_iter()
        .map(|id| (likeness(wanted, id), id))
        .filter(|(likeness, _)| *likeness >= ALIKE)
        .collect();
    scored.sort_by(|(a, id_a), (b, id_b)| b.total_cmp(a).then_with(|| id_a.cmp(id_b)));
    scored.into_iter().take(AT_MOST).map(|(_, id)| id).collect()
}

/// From 0, nothing in common, to 1, the same. Someone who leaves out a part of a long id
/// (`pi-5` for `raspberry-pi-5`) means that id, most likely one that ends so.
fn likeness(wanted: &str, id: &str) -> f64 {
    const PART_OF_IT: f64 = 0.95;
    const END_OF_IT: f64 = 0.96;
    let wanted = wanted.to_lowercase();
    let part = if wanted.len() < 3 || !id.contains(&wanted) {
        0.0
    } else if id.ends_with(&wanted) {
        END_OF_IT
    } else {
        PART_OF_IT
    };
    strsim::jaro_winkler(&wanted, id).max(part)
}
