//! The bill of materials: what is bought, printed and cut, with prices.
//!
//! Promise: quantities count pieces, spares included, and are derived from the design alone; money
//! is exact decimals, and a line's total is its quantity times its unit price. A price that nobody
//! confirms says so.

mod collect;
mod cost;
mod line;
mod work;
mod workbook;

use crate::export::{Cell, Table};
use crate::spec::Costs;
use crate::units::Money;

pub use collect::{PRINTED, collect};
pub use cost::Cost;
pub use line::{Line, PriceBasis};
pub use work::{Step, Work};

/// The bill of materials of a whole design.
#[derive(Clone, Debug)]
pub struct Bom {
    /// ISO 4217 code.
    pub currency: String,
    /// The lines, by category and item.
    pub lines: Vec<Line>,
    /// What is paid beyond unit prices.
    pub charges: Costs,
    /// Putting it together.
    pub work: Work,
}

impl Bom {
    /// The sum of all lines that have a price.
    pub fn total(&self) -> Money {
        self.lines.iter().filter_map(Line::total).sum()
    }

    /// As a table, one row a line, no row for the total.
    pub fn table(&self) -> Table {
        let mut table = Table::new([
            "category",
            "item",
            "description",
            "quantity",
            "unit",
            "unit_price",
            "total",
            "currency",
            "price_source",
            "spares",
            "pack",
            "packs",
        ]);
        for line in &self.lines {
            let money = |price: Option<Money>| {
                price.map_or(Cell::Empty, |price| Cell::Money(price.amount()))
            };
            table.push([
                Cell::Text(line.category.to_owned()),
                Cell::Text(line.item.clone()),
                Cell::Text(line.description.clone()),
                integer(line.quantity),
                Cell::Text("piece".to_owned()),
                money(line.unit_price),
                money(line.total()),
                Cell::Text(self.currency.clone()),
                Cell::Text(line.price_source.clone()),
                integer(line.spares),
                integer(line.pack),
                integer(line.packs()),
            ]);
        }
        table
    }
}

fn integer(count: u64) -> Cell {
    Cell::Integer(i64::try_from(count).unwrap_or(i64::MAX))
}
