//! The bill of materials: what is bought, printed and cut, with prices.
//!
//! Promise: quantities count pieces, spares included, and are derived from the design alone; money
//! is exact decimals, and a line's total is its quantity times its unit price. A price that nobody
//! confirms says so. The same lines are there in three ways: all of them ([`Bom::table`]), by what
//! they go into ([`Bom::levels`]), and as they are sold ([`Bom::purchase_table`]).

mod alternatives;
mod cables;
mod collect;
mod cost;
mod levels;
mod line;
mod list;
mod purchase;
mod stock;
mod uses;
mod work;
mod workbook;

use serde_json::{Map, Value};

use crate::export::{Cell, Table};
use crate::spec::Costs;
use crate::units::Money;

pub use collect::collect;
pub use cost::Cost;
pub use levels::{Entry, Level, What};
pub use line::{Line, Price, PriceBasis, Role, Used};
pub use list::PRINTED;
pub use stock::stock_items;
pub use uses::{Extent, RackExtent, Uses};
pub use work::{Step, Work};

use levels::{COLUMNS, signed};

/// The bill of materials of a whole design.
#[derive(Clone, Debug)]
pub struct Bom {
    /// ISO 4217 code.
    pub currency: String,
    /// How often boards, banks and racks are there.
    pub extent: Extent,
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
        let mut columns = COLUMNS.to_vec();
        columns.extend(["price_source", "spares", "pack", "packs", "used", "used_unit"]);
        columns.extend(["price_date", "confidence", "alternatives"]);
        columns.extend(["per_board", "per_bank", "in_racks"]);
        let mut table = Table::new(columns);
        for line in &self.lines {
            let Line { uses, price, .. } = line;
            let racks = 0..self.extent.racks.len();
            let in_racks: u64 = racks.map(|at| uses.in_rack(at, &self.extent)).sum();
            table.push([
                Cell::from(line.category),
                Cell::from(line.item.clone()),
                Cell::from(line.description.clone()),
                Cell::Integer(signed(line.quantity)),
                Cell::from(line.unit),
                Cell::from(line.unit_price()),
                Cell::from(line.total()),
                Cell::from(self.currency.clone()),
                Cell::from(source(line)),
                Cell::Integer(signed(line.spares())),
                Cell::Integer(signed(line.pack)),
                Cell::Integer(signed(line.packs())),
                Cell::from(line.used.map(|used| used.amount)),
                Cell::from(line.used.map(|used| used.unit)),
                Cell::from(price.date.clone()),
                Cell::from(price.basis.word()),
                Cell::from(line.alternatives.join(" ")),
                Cell::Integer(signed(uses.board)),
                Cell::Integer(signed(uses.in_bank(&self.extent))),
                Cell::Integer(signed(in_racks)),
            ]);
        }
        table
    }

    /// As an array of objects: the table's rows, each with what every rack takes of it by the racks'
    /// numbers.
    pub fn to_json(&self) -> Value {
        let mut rows = self.table().to_json();
        for (row, line) in rows.as_array_mut().into_iter().flatten().zip(&self.lines) {
            let racks = self.extent.racks.iter().enumerate().map(|(at, rack)| {
                (rack.number.to_string(), Value::from(line.uses.in_rack(at, &self.extent)))
            });
            row["racks"] = Value::Object(racks.collect::<Map<_, _>>());
        }
        rows
    }
}

/// Where the price comes from, as lists show it.
fn source(line: &Line) -> String {
    match (line.role, line.price.basis) {
        (Role::Stock, _) => {
            "in the lines of what is made of it; purchase.csv has the whole".to_owned()
        }
        (_, PriceBasis::Unverified) => format!("unverified: {}", line.price.source),
        _ => line.price.source.clone(),
    }
}
