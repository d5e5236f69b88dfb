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

/// Names and texts of built-in files under `data/`.
macro_rules! files {
    ($($file:literal),+ $(,)?) => {
        [$(($file, include_str!(concat!("data/", $file)))),+]
    };
}

const BOARDS: &[(&str, &str)] = &files!(
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
);

impl Catalog {
    /// The catalogue that comes with pibuild.
    ///
    /// It is part of the program and tested with it: an error here is a mistake in pibuild.
    pub fn builtin() -> Result<Catalog, CatalogError> {
        Ok(Catalog { boards: read_all(BOARDS)?, ..Catalog::without_boards()? })
    }

    /// As [`Catalog::builtin`], but of the boards only those whose ids stand in `text`: most of the
    /// catalogue is boards, and a design needs one. What a design that names another board is told
    /// must come from the whole catalogue.
    pub fn builtin_for(text: &str) -> Result<Catalog, CatalogError> {
        let named: Vec<(&str, String)> =
            BOARDS.iter().map(|(file, entries)| (*file, named(entries, text))).collect();
        let named: Vec<(&str, &str)> = named
            .iter()
            .filter(|(_, entries)| !entries.is_empty())
            .map(|(file, entries)| (*file, entries.as_str()))
            .collect();
        Ok(Catalog { boards: read_all(&named)?, ..Catalog::without_boards()? })
    }

    fn without_boards() -> Result<Catalog, CatalogError> {
        Ok(Catalog {
            boards: BTreeMap::new(),
            rails: read_all(&files!("rails.yaml"))?,
            racks: read_all(&files!("racks.yaml"))?,
            devices: read_all(&files!("devices.yaml"))?,
            fans: read_all(&files!("fans.yaml"))?,
            supplies: read_all(&files!("supplies.yaml"))?,
            printers: read_all(&files!("printers.yaml"))?,
            sheets: read_all(&files!("sheets.yaml"))?,
            fasteners: read_all(&files!("fasteners.yaml"))?,
            fittings: read_all(&files!("fittings.yaml"))?,
            materials: read_all(&files!("materials.yaml"))?,
            paints: read_all(&files!("paints.yaml"))?,
            addons: read_all(&files!("addons.yaml"))?,
            cables: read_all(&files!("cables.yaml"))?,
            accessories: read_all(&files!("accessories.yaml"))?,
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
        self.fittings.extend(other.fittings);
        self.materials.extend(other.materials);
        self.paints.extend(other.paints);
        self.addons.extend(other.addons);
        self.cables.extend(other.cables);
        self.accessories.extend(other.accessories);
        self
    }
}

/// The entries of a file whose ids stand somewhere in `text`. An entry begins with its id in the
/// first column and ends before the next.
fn named(entries: &str, text: &str) -> String {
    let mut wanted = false;
    let mut named = String::new();
    for line in entries.lines() {
        if line.starts_with(|first: char| first.is_ascii_alphanumeric()) {
            wanted = line.split(':').next().is_some_and(|id| text.contains(id));
        }
        if wanted {
            named.push_str(line);
            named.push('\n');
        }
    }
    named
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
