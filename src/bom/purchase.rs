//! What is paid for: whole packs, spools, bars, sheets and cans.
//!
//! Promise: every bought thing once, printed and cut parts as the stock that they are made of. So
//! the sum is what the shop asks for, and more than that of the lines by what is left over.

use super::Bom;
use super::levels::{COLUMNS, signed};
use super::line::{Line, Role};
use crate::export::{Cell, Table};
use crate::units::Money;

impl Line {
    /// What one is that is bought: `pack`, or the unit.
    pub fn sold_by(&self) -> &'static str {
        if self.pack > 1 { "pack" } else { self.unit }
    }

    /// Price of one that is bought.
    pub fn sold_at(&self) -> Option<Money> {
        self.price.amount.map(|price| price * self.pack)
    }

    /// What is paid for the line; nothing for what is made, or has no price.
    pub fn paid(&self) -> Option<Money> {
        if self.role == Role::Made { None } else { Some(self.sold_at()? * self.packs()) }
    }

    /// What is needed of it, and what that is counted in.
    fn needed(&self) -> (f64, &'static str) {
        match self.used {
            Some(used) => (used.amount, used.unit),
            None => (self.quantity as f64, self.unit),
        }
    }
}

impl Bom {
    /// The lines that are bought.
    pub fn bought(&self) -> impl Iterator<Item = &Line> {
        self.lines.iter().filter(|line| line.role != Role::Made)
    }

    /// What all of them cost, whole.
    pub fn paid(&self) -> Money {
        self.bought().filter_map(Line::paid).sum()
    }

    /// `purchase.csv`: what to order.
    pub fn purchase_table(&self) -> Table {
        let mut columns = COLUMNS.to_vec();
        columns.extend(["needed", "needed_unit"]);
        columns.extend(["price_source", "price_date", "confidence", "alternatives"]);
        let mut table = Table::new(columns);
        for line in self.bought() {
            let (needed, needed_unit) = line.needed();
            table.push([
                Cell::from(line.category),
                Cell::from(line.item.clone()),
                Cell::from(line.description.clone()),
                Cell::Integer(signed(line.packs())),
                Cell::from(line.sold_by()),
                Cell::from(line.sold_at()),
                Cell::from(line.paid()),
                Cell::from(self.currency.clone()),
                Cell::Number(needed),
                Cell::from(needed_unit),
                Cell::from(line.price.source.clone()),
                Cell::from(line.price.date.clone()),
                Cell::from(line.price.basis.word()),
                Cell::from(line.alternatives.join(" ")),
            ]);
        }
        table
    }

    /// What leaves something over, as a table: packs, spools, bars, sheets, cans.
    pub(super) fn left_over(&self) -> Table {
        let mut table = Table::new(["item", "needed", "unit", "buy", "of"]);
        for line in self.bought().filter(|line| line.pack > 1 || line.used.is_some()) {
            let (needed, unit) = line.needed();
            let of =
                if line.pack > 1 { format!("pack of {}", line.pack) } else { line.unit.into() };
            table.push([
                Cell::from(line.item.clone()),
                Cell::Number(needed),
                Cell::from(unit),
                Cell::Integer(signed(line.packs())),
                Cell::from(of),
            ]);
        }
        table
    }
}
