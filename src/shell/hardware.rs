//! What is bought by the piece to hold frame and shell together.

use std::collections::BTreeMap;

use crate::catalog::{Catalog, FastenerClass};
use crate::cluster::{Chosen, fastener_at_least, fastener_longest};
use crate::units::{Kilograms, Mm};

/// Thread of wood screws.
const WOOD: &str = "wood 4 mm";

/// Counted fittings and fasteners.
#[derive(Clone, Debug, Default)]
pub struct Hardware {
    /// Fittings by catalogue id.
    pub fittings: BTreeMap<String, u64>,
    /// Fasteners by catalogue id.
    pub fasteners: BTreeMap<String, (Chosen, u64)>,
    /// What the catalogue does not have: a fitting's id, or a fastener's class, thread and length.
    pub missing: Vec<String>,
}

impl Hardware {
    /// Adds fittings; nothing if the catalogue does not have them, but on record.
    pub fn fit(&mut self, catalog: &Catalog, id: &str, count: u64) {
        if catalog.fittings.contains_key(id) {
            *self.fittings.entry(id.to_owned()).or_default() += count;
        } else {
            self.lacks(format!("fitting {id}"));
        }
    }

    /// Adds the shortest fasteners of a class and thread that are at least `length` long.
    pub fn fasten(
        &mut self,
        catalog: &Catalog,
        (class, thread, length): (FastenerClass, &str, Mm),
        count: u64,
    ) {
        match fastener_at_least(catalog, class, thread, length) {
            Some(chosen) => {
                self.fasteners.entry(chosen.id.clone()).or_insert((chosen, 0)).1 += count;
            }
            None => self.lacks(format!("{thread} fastener of {length} or more")),
        }
    }

    /// Adds the longest wood screws that are not longer than `limit`.
    pub fn screw(&mut self, catalog: &Catalog, limit: Mm, count: u64) {
        match fastener_longest(catalog, FastenerClass::WoodScrew, WOOD, limit) {
            Some(chosen) => {
                self.fasteners.entry(chosen.id.clone()).or_insert((chosen, 0)).1 += count;
            }
            None => self.lacks(format!("wood screw of {limit} or less")),
        }
    }

    /// What the fittings weigh together.
    pub fn mass(&self, catalog: &Catalog) -> Kilograms {
        let mass = |id: &String| {
            catalog.fittings.get(id).map_or(Kilograms(0.0), |fitting| fitting.mass.value)
        };
        self.fittings.iter().map(|(id, count)| mass(id) * *count as f64).sum()
    }

    /// Adds all of another count.
    pub fn extend(&mut self, other: Hardware) {
        for (id, count) in other.fittings {
            *self.fittings.entry(id).or_default() += count;
        }
        for (id, (chosen, count)) in other.fasteners {
            self.fasteners.entry(id).or_insert((chosen, 0)).1 += count;
        }
        for what in other.missing {
            self.lacks(what);
        }
    }

    fn lacks(&mut self, what: String) {
        if !self.missing.contains(&what) {
            self.missing.push(what);
        }
    }
}
