//! One line of the bill of materials.

use super::Uses;
use crate::units::Money;

/// What is known about a price.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum PriceBasis {
    /// The design sets it.
    Own,
    /// A source confirms it.
    Confirmed,
    /// Nobody confirms it.
    Unverified,
    /// There is none.
    Missing,
}

impl PriceBasis {
    /// As lists show it.
    pub fn word(self) -> &'static str {
        match self {
            PriceBasis::Own => "own",
            PriceBasis::Confirmed => "confirmed",
            PriceBasis::Unverified => "unverified",
            PriceBasis::Missing => "none",
        }
    }
}

/// A price and what is known about it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Price {
    /// The amount, if there is one.
    pub amount: Option<Money>,
    /// Where it comes from.
    pub source: String,
    /// When that was so: a year, month or day; nothing if nobody says.
    pub date: Option<String>,
    /// What is known about it.
    pub basis: PriceBasis,
}

/// What is used of something that is sold by the spool, bar, sheet or can.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Used {
    /// How much.
    pub amount: f64,
    /// Of what: `g`, `m`, `m2`, `l`.
    pub unit: &'static str,
}

/// How a line comes into the house.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// Bought, and built in.
    Bought,
    /// Bought to print or cut from: its money stands in the lines of what is made of it, and
    /// counts only where it is bought.
    Stock,
    /// Printed or cut from stock: its price is its share of it.
    Made,
}

/// One line: so many of one thing.
#[derive(Clone, Debug)]
pub struct Line {
    /// `board`, `addon`, `printed`, `cut`, `device`, `power`, `cable`, `cooling`, `fastener`,
    /// `fitting`, `rack`, `storage`; and what is bought to print, cut and paint: `filament`, `bar`,
    /// `sheet`, `paint`.
    pub category: &'static str,
    /// Catalogue id, or the part's name.
    pub item: String,
    /// What it is, for people.
    pub description: String,
    /// Bought or made.
    pub role: Role,
    /// Where the pieces go.
    pub uses: Uses,
    /// Pieces, spares included.
    pub quantity: u64,
    /// What a piece is: `piece`, `spool`, `bar`, `sheet`, `can`.
    pub unit: &'static str,
    /// Pieces in a pack; 1 if it is sold singly.
    pub pack: u64,
    /// What is used of the pieces, if they are used up by and by.
    pub used: Option<Used>,
    /// Price of one piece.
    pub price: Price,
    /// Ids of the catalogue that could take its place.
    pub alternatives: Vec<String>,
}

impl Line {
    /// Of these, spares.
    pub fn spares(&self) -> u64 {
        self.uses.spares
    }

    /// What a piece adds to the sum.
    pub fn unit_price(&self) -> Option<Money> {
        self.price.amount.filter(|_| self.role != Role::Stock)
    }

    /// All pieces together.
    pub fn total(&self) -> Option<Money> {
        self.unit_price().map(|price| price * self.quantity)
    }

    /// Packs to buy.
    pub fn packs(&self) -> u64 {
        self.quantity.div_ceil(self.pack.max(1))
    }
}
