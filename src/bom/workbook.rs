//! The bill of materials as a spreadsheet whose sums stay alive.

use std::collections::BTreeMap;

use super::{Bom, Line};
use crate::export::xlsx::{Sheet, column_name};
use crate::export::{Cell, Table};
use crate::units::Money;

/// Name of the first sheet, which shows what `bom.csv` does.
const LINES: &str = "bom";

impl Bom {
    /// The sheets: all lines, then a sum for each category.
    pub fn sheets(&self) -> Vec<Sheet> {
        let lines = self.table();
        let letter = |name: &str| {
            let index = lines.columns().iter().position(|column| *column == name);
            column_name(index.unwrap_or_default())
        };
        let (category, quantity) = (letter("category"), letter("quantity"));
        let (price, total) = (letter("unit_price"), letter("total"));
        let all = Sheet::new(LINES, &lines)
            .computed("total", |row| format!("{quantity}{row}*{price}{row}"));
        let sums = self.sums();
        let last = sums.rows().len();
        let sums = Sheet::new("sums", &sums).computed("total", |row| {
            if row > last {
                format!("SUM(B2:B{last})")
            } else {
                format!("SUMIF({LINES}!{category}:{category},A{row},{LINES}!{total}:{total})")
            }
        });
        vec![all, sums]
    }

    /// What each category costs, and all of them.
    fn sums(&self) -> Table {
        let mut by_category: BTreeMap<&str, Money> = BTreeMap::new();
        for line in &self.lines {
            let sum = by_category.entry(line.category).or_insert(Money::ZERO);
            *sum += line.total().unwrap_or(Money::ZERO);
        }
        let mut table = Table::new(["category", "total", "currency"]);
        let all = ("all", self.lines.iter().filter_map(Line::total).sum::<Money>());
        for (category, total) in by_category.into_iter().chain([all]) {
            table.push([
                Cell::from(category),
                Cell::from(total),
                Cell::from(self.currency.clone()),
            ]);
        }
        table
    }
}
