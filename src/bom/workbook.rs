//! The bill of materials as a spreadsheet whose sums stay alive.
//!
//! Sheets: `bom`, all lines as in `bom.csv`; `sums`, by category and what comes on top; `purchase`,
//! what is ordered whole; `work`; and one for each level, which takes its prices from `bom` and
//! from the sheets of the levels in it.

use super::levels::{Level, What};
use super::{Bom, Role};
use crate::export::xlsx::{self, Sheet, column_name};
use crate::export::{Cell, PackageError, Table};
use crate::units::Money;

/// Name of the first sheet, which shows what `bom.csv` does.
const LINES: &str = "bom";
/// Rows of the sums below the categories: goods, tax, shipping, labour, total.
const EXTRA: usize = 5;
/// Rows of a sheet count from 1, and the first is the header.
const FIRST: usize = 2;

impl Bom {
    /// The file's bytes.
    ///
    /// # Errors
    /// None that depends on the lines: see [`PackageError`].
    pub fn workbook(&self) -> Result<Vec<u8>, PackageError> {
        xlsx::workbook(&self.sheets())
    }

    fn sheets(&self) -> Vec<Sheet> {
        let lines = Columns(self.table());
        let mut sheets = vec![
            lines_sheet(&lines),
            self.sums_sheet(&lines),
            self.purchase_sheet(&lines),
            self.work_sheet(),
        ];
        let levels = self.levels();
        let totals = self.level_totals(&levels);
        let of_level = |at| {
            let table = self.level_table(&levels, at, &totals);
            level_sheet(&lines, &levels, at, with_total(table, totals[at]))
        };
        sheets.extend((0..levels.len()).rev().map(of_level));
        sheets
    }

    fn sums_sheet(&self, lines: &Columns) -> Sheet {
        let sums = self.sums();
        let goods = sums.rows().len() + FIRST - EXTRA;
        let rate = self.charges.tax.0;
        let of = |column: &str| {
            let letter = lines.letter(column);
            format!("{LINES}!{letter}:{letter}")
        };
        Sheet::new("sums", &sums).computed("total", |row| match row.checked_sub(goods) {
            None => Some(format!("SUMIF({},A{row},{})", of("category"), of("total"))),
            Some(0) => Some(format!("SUM(B{FIRST}:B{})", row - 1)),
            Some(1) => Some(format!("ROUND(B{goods}*{rate},2)")),
            Some(below) if below + 1 == EXTRA => Some(format!("SUM(B{goods}:B{})", row - 1)),
            // Shipping and labour are what the design says.
            Some(_) => None,
        })
    }

    /// Packs follow the lines; so do prices, but for stock, whose lines have none.
    fn purchase_sheet(&self, lines: &Columns) -> Sheet {
        let of_lines: Vec<usize> =
            (0..self.lines.len()).filter(|&line| self.lines[line].role != Role::Made).collect();
        let table = Columns(with_total(self.purchase_table(), self.paid()));
        let [packs, price, pack] = ["packs", "unit_price", "pack"].map(|it| lines.letter(it));
        let line = |row: usize| {
            let line = *of_lines.get(row.checked_sub(FIRST)?)?;
            Some((line + FIRST, &self.lines[line]))
        };
        let total = |row| table.total(row);
        let [quantity, each] = ["quantity", "unit_price"].map(|it| table.letter(it));
        Sheet::new("purchase", &table.0)
            .computed("quantity", |row| Some(format!("{LINES}!{packs}{}", line(row)?.0)))
            .computed("unit_price", |row| {
                let (at, line) = line(row)?;
                let bought = line.role == Role::Bought;
                bought.then(|| format!("{LINES}!{price}{at}*{LINES}!{pack}{at}"))
            })
            .computed("total", |row| {
                total(row).or_else(|| Some(format!("{quantity}{row}*{each}{row}")))
            })
    }

    fn work_sheet(&self) -> Sheet {
        let mut steps = self.work_table();
        let hours = (self.work.total.value.0 * 10.0).round() / 10.0;
        steps.push([Cell::from("total"), Cell::Empty, Cell::Empty, Cell::Number(hours)]);
        let last = steps.rows().len() + FIRST - 1;
        Sheet::new("work", &steps).computed("hours", |row| {
            Some(if row == last {
                format!("SUM(D{FIRST}:D{})", last - 1)
            } else {
                format!("B{row}*C{row}/60")
            })
        })
    }
}

fn lines_sheet(lines: &Columns) -> Sheet {
    let [quantity, price, pack] = ["quantity", "unit_price", "pack"].map(|it| lines.letter(it));
    Sheet::new(LINES, &lines.0)
        .computed("total", |row| Some(format!("{quantity}{row}*{price}{row}")))
        .computed("packs", |row| Some(format!("ROUNDUP({quantity}{row}/{pack}{row},0)")))
}

fn level_sheet(lines: &Columns, levels: &[Level], at: usize, table: Table) -> Sheet {
    let entries = &levels[at].entries;
    let table = Columns(table);
    let [quantity, each, total] =
        ["quantity", "unit_price", "total"].map(|column| table.letter(column));
    let price = lines.letter("unit_price");
    Sheet::new(&levels[at].name, &table.0)
        .computed("unit_price", |row| {
            let entry = entries.get(row.checked_sub(FIRST)?)?;
            Some(match entry.what {
                What::Line(line) => format!("{LINES}!{price}{}", line + FIRST),
                What::Level(level) => {
                    let Level { name, entries, .. } = &levels[level];
                    format!("'{name}'!{total}{}", entries.len() + FIRST)
                }
            })
        })
        .computed("total", |row| {
            table.total(row).or_else(|| Some(format!("{quantity}{row}*{each}{row}")))
        })
}

/// A table whose last row is its total.
fn with_total(mut table: Table, total: Money) -> Table {
    let row = table.columns().iter().map(|&column| match column {
        "item" => Cell::from("total"),
        "total" => Cell::from(total),
        _ => Cell::Empty,
    });
    let row: Vec<Cell> = row.collect();
    table.push(row);
    table
}

/// A table, with the letters of its columns.
struct Columns(Table);

impl Columns {
    fn letter(&self, column: &str) -> String {
        let index = self.0.columns().iter().position(|name| *name == column);
        column_name(index.unwrap_or_default())
    }

    /// The formula of the total, if this is its row: the last.
    fn total(&self, row: usize) -> Option<String> {
        let last = self.0.rows().len() + FIRST - 1;
        let total = self.letter("total");
        (row == last).then(|| format!("SUM({total}{FIRST}:{total}{})", last - 1))
    }
}
