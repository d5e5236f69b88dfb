//! One line of the bill of materials.

use crate::units::Money;

/// What is known about a price.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PriceBasis {
    /// A source confirms it, or the design sets it.
    Known,
    /// Nobody confirms it.
    Unverified,
    /// There is none.
    Missing,
}

/// One line: so many of one thing.
#[derive(Clone, Debug)]
pub struct Line {
    /// `board`, `addon`, `printed`, `cut`, `device`, `power`, `cable`, `cooling`, `fastener`,
    /// `fitting`, `rack`, `storage`.
    pub category: &'static str,
    /// Catalogue id, or the part's name.
    pub item: String,
    /// What it is, for people.
    pub description: String,
    /// Pieces, spares included.
    pub quantity: u64,
    /// Of these, spares.
    pub spares: u64,
    /// Pieces in a pack; 1 if it is sold singly.
    pub pack: u64,
    /// Price of one piece.
    pub unit_price: Option<Money>,
    /// Where the price comes from.
    pub price_source: String,
    /// What is known about the price.
    pub basis: PriceBasis,
}

impl Line {
    /// All pieces together.
    pub fn total(&self) -> Option<Money> {
        self.unit_price.map(|price| price * self.quantity)
    }

    /// Packs to buy.
    pub fn packs(&self) -> u64 {
        self.quantity.div_ceil(self.pack.max(1))
    }
}
