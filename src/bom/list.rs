//! The list while it is written.

use super::line::{Line, Price, PriceBasis, Role, Used};
use super::uses::{Extent, Uses};
use crate::catalog::Fact;
use crate::cluster::Chosen;
use crate::farm::family;
use crate::spec::{Design, Prices};
use crate::units::Money;

/// What the built-in catalogue's prices are in.
const CATALOGUE_CURRENCY: &str = "USD";
/// The category of printed parts, whose prices may be given by family.
pub const PRINTED: &str = "printed";
/// The category of what is cut to length or from a sheet.
pub(super) const CUT: &str = "cut";

/// Lines so far, and what prices them.
pub(super) struct List<'a> {
    /// How often everything is there.
    pub extent: Extent,
    own: &'a Prices,
    /// The catalogue's currency, if the design reckons in another: its prices are of no use then.
    foreign: Option<&'static str>,
    lines: Vec<Line>,
}

/// What a line is about, before it is counted and priced.
#[derive(Clone, Copy)]
pub(super) struct Entry<'a> {
    pub category: &'static str,
    pub item: &'a str,
    pub description: &'a str,
}

impl<'a> List<'a> {
    /// An empty list for a design.
    pub(super) fn new(design: &'a Design, extent: Extent) -> List<'a> {
        let foreign = (design.currency != CATALOGUE_CURRENCY).then_some(CATALOGUE_CURRENCY);
        List { extent, own: &design.prices, foreign, lines: Vec::new() }
    }

    /// By category and item.
    pub(super) fn sorted(mut self) -> Vec<Line> {
        self.lines.sort_by(|a, b| (a.category, &a.item).cmp(&(b.category, &b.item)));
        self.lines
    }

    /// The price of an item: the design's own, or else the catalogue's.
    pub(super) fn price(&self, item: &str, fact: &Fact<Money>, source: &str) -> Price {
        self.own(item).unwrap_or_else(|| self.listed(fact, source))
    }

    /// The price of something that the catalogue does not have.
    pub(super) fn unlisted(&self, item: &str) -> Price {
        let none = || Price {
            amount: None,
            source: "none".to_owned(),
            date: None,
            basis: PriceBasis::Missing,
        };
        self.own(item).unwrap_or_else(none)
    }

    /// The price of a part by what it takes of a material: `share` of what `whole` buys.
    pub(super) fn share(&self, entry: Entry, whole: &Price, share: f64, how: &str) -> Price {
        let of_family = || self.own(family(entry.item)).filter(|_| entry.category == PRINTED);
        self.own(entry.item).or_else(of_family).unwrap_or_else(|| Price {
            amount: whole.amount.map(|whole| whole.scaled(share)),
            source: match whole.basis {
                PriceBasis::Missing => whole.source.clone(),
                _ => format!("{how}, {}", whole.source),
            },
            ..whole.clone()
        })
    }

    fn own(&self, item: &str) -> Option<Price> {
        let own = self.own.of(item)?;
        Some(Price {
            amount: Some(own.price),
            source: own.source.clone().unwrap_or_else(|| "the design".to_owned()),
            date: own.date.clone(),
            basis: PriceBasis::Own,
        })
    }

    /// The catalogue's price.
    pub(super) fn listed(&self, fact: &Fact<Money>, source: &str) -> Price {
        if let Some(foreign) = self.foreign {
            let source = format!("the catalogue's price is in {foreign}");
            return Price { amount: None, source, date: None, basis: PriceBasis::Missing };
        }
        let basis = if fact.unverified { PriceBasis::Unverified } else { PriceBasis::Confirmed };
        Price {
            amount: Some(fact.value),
            source: fact.source.as_deref().unwrap_or(source).to_owned(),
            date: fact.date.clone(),
            basis,
        }
    }

    /// Adds what is bought by the piece.
    pub(super) fn buy(&mut self, entry: Entry, uses: Uses, price: Price) {
        self.push(entry, Role::Bought, uses, price);
    }

    /// Adds what is printed or cut.
    pub(super) fn make(&mut self, entry: Entry, uses: Uses, price: Price) {
        self.push(entry, Role::Made, uses, price);
    }

    /// Adds a fastener, sold by the pack.
    pub(super) fn fasten(&mut self, chosen: Option<&Chosen>, uses: Uses) {
        let Some(Chosen { id, fastener }) = chosen else { return };
        let price = self.price(id, &fastener.price, &fastener.source);
        let entry = Entry { category: "fastener", item: id, description: &fastener.name };
        if let Some(line) = self.push(entry, Role::Bought, uses, price) {
            line.pack = u64::from(fastener.pack);
        }
    }

    /// Adds what is sold by the spool or can and used up by and by.
    pub(super) fn stock(
        &mut self,
        entry: Entry,
        role: Role,
        (count, unit): (u64, &'static str),
        used: Used,
        price: Price,
    ) {
        if let Some(line) = self.push(entry, role, Uses::cluster(count), price) {
            line.unit = unit;
            let before = line.used.map_or(0.0, |used| used.amount);
            line.used = Some(Used { amount: before + used.amount, ..used });
        }
    }

    /// The line of an entry, new or with more uses; none if it is about nothing.
    fn push(&mut self, entry: Entry, role: Role, uses: Uses, price: Price) -> Option<&mut Line> {
        let quantity = uses.total(&self.extent);
        if quantity == 0 {
            return None;
        }
        let Entry { category, item, description } = entry;
        let same = self.lines.iter().position(|line| {
            (line.category, line.item.as_str(), line.description.as_str())
                == (category, item, description)
                && line.price == price
        });
        let at = same.unwrap_or_else(|| {
            self.lines.push(Line {
                category,
                item: item.to_owned(),
                description: description.to_owned(),
                role,
                uses: Uses::default(),
                quantity: 0,
                unit: "piece",
                pack: 1,
                used: None,
                price,
                alternatives: Vec::new(),
            });
            self.lines.len() - 1
        });
        let line = &mut self.lines[at];
        line.uses += uses;
        line.quantity += quantity;
        Some(line)
    }
}
