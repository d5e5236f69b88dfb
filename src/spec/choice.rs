//! Values that may be left to pibuild (`auto`, `max`), and the two ways to write a catalogue.

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

/// A count, or the word `max`: as many as fit.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Count {
    /// As many as fit.
    #[default]
    Max,
    /// Just so many.
    Exactly(u32),
}

/// Where a design's own catalogue entries stand.
#[derive(Clone, Debug, PartialEq)]
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
