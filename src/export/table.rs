//! One table, written as CSV, Markdown or JSON.
//!
//! Promise: a CSV reads back to the same cells, and no text in it, wherever it came from, is taken
//! for a formula by a spreadsheet program. Numbers are written plainly, without thousands
//! separators, units or exponents; money keeps its decimals.
//!
//! Not promised: text that begins like a formula reads back with the apostrophe that disarms it.

use std::fmt;

use ::csv::{Terminator, WriterBuilder};
use rust_decimal::Decimal;
use serde_json::{Map, Value};

use crate::units::Money;

/// Named columns and rows of cells, every row as long as there are columns.
#[derive(Clone, Debug, PartialEq)]
pub struct Table {
    columns: Vec<&'static str>,
    rows: Vec<Vec<Cell>>,
}

/// One value in a table.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Cell {
    /// Nothing is known here.
    #[default]
    Empty,
    /// Words.
    Text(String),
    /// A count.
    Integer(i64),
    /// A measure; one that is not finite is written as an empty cell.
    Number(f64),
    /// An amount in the design's currency.
    Money(Decimal),
}

impl Table {
    /// A table without rows.
    pub fn new(columns: impl Into<Vec<&'static str>>) -> Table {
        Table { columns: columns.into(), rows: Vec::new() }
    }

    /// Adds a row: one cell a column, in their order. A row that is too short is filled up with
    /// empty cells, and what is too much is left out; both are mistakes of the caller's.
    pub fn push(&mut self, row: impl Into<Vec<Cell>>) {
        let mut row = row.into();
        debug_assert_eq!(row.len(), self.columns.len(), "row {row:?} of {:?}", self.columns);
        row.resize(self.columns.len(), Cell::Empty);
        self.rows.push(row);
    }

    /// The names of the columns.
    pub fn columns(&self) -> &[&'static str] {
        &self.columns
    }

    /// The rows.
    pub fn rows(&self) -> &[Vec<Cell>] {
        &self.rows
    }

    /// Comma-separated, UTF-8, `\n` after each line, a header first, quotes where needed.
    pub fn to_csv(&self) -> String {
        let mut writer = csv_writer();
        // Writing fails for rows of unequal length, which `push` rules out, and for full disks.
        let _ = writer.write_record(&self.columns);
        for row in &self.rows {
            let _ = writer.write_record(row.iter().map(Cell::for_csv));
        }
        let bytes = writer.into_inner().unwrap_or_default();
        String::from_utf8_lossy(&bytes).into_owned()
    }

    /// A Markdown table whose source is aligned too: words to the left, numbers to the right.
    pub fn to_markdown(&self) -> String {
        let header = self.columns.iter().map(|name| escape_markdown(name)).collect();
        let rows = self.rows.iter().map(|row| row.iter().map(Cell::for_markdown).collect());
        let lines: Vec<Vec<String>> = std::iter::once(header).chain(rows).collect();
        let columns: Vec<Column> = (0..self.columns.len())
            .map(|index| Column {
                width: lines
                    .iter()
                    .map(|line| line[index].chars().count())
                    .max()
                    .unwrap_or(0)
                    .max(3),
                is_number: self.rows.iter().any(|row| row[index].is_number())
                    && !self.rows.iter().any(|row| matches!(row[index], Cell::Text(_))),
            })
            .collect();
        let mut text = String::new();
        for (index, line) in lines.iter().enumerate() {
            text.push('|');
            for (cell, column) in line.iter().zip(&columns) {
                text.extend([" ", &column.pad(cell), " |"]);
            }
            text.push('\n');
            if index == 0 {
                text.push('|');
                text.extend(columns.iter().map(Column::rule));
                text.push('\n');
            }
        }
        text
    }

    /// An array of objects with the columns as keys. Money is text, so that no reader rounds it.
    pub fn to_json(&self) -> Value {
        let object = |row: &Vec<Cell>| -> Map<String, Value> {
            self.columns
                .iter()
                .map(|&name| name.to_owned())
                .zip(row.iter().map(Cell::json))
                .collect()
        };
        self.rows.iter().map(object).collect()
    }
}

/// A table as CSV whose rows are made one after the other and held by nobody, as
/// [`Table::to_csv`] writes it.
pub fn csv<const N: usize>(
    columns: &[&'static str; N],
    rows: impl Iterator<Item = [Cell; N]>,
) -> Vec<u8> {
    let mut writer = csv_writer();
    // Rows are as long as the header, and writing to memory does not fail.
    let _ = writer.write_record(columns);
    for row in rows {
        let _ = writer.write_record(row.iter().map(Cell::for_csv));
    }
    writer.into_inner().unwrap_or_default()
}

fn csv_writer() -> ::csv::Writer<Vec<u8>> {
    WriterBuilder::new().terminator(Terminator::Any(b'\n')).from_writer(Vec::new())
}

/// How one column of a Markdown table looks.
struct Column {
    width: usize,
    is_number: bool,
}

impl Column {
    fn pad(&self, cell: &str) -> String {
        let width = self.width;
        if self.is_number { format!("{cell:>width$}") } else { format!("{cell:<width$}") }
    }

    fn rule(&self) -> String {
        let end = if self.is_number { ':' } else { '-' };
        format!(" {}{end} |", "-".repeat(self.width - 1))
    }
}

impl Cell {
    fn is_number(&self) -> bool {
        matches!(self, Cell::Integer(_) | Cell::Number(_) | Cell::Money(_))
    }

    fn for_csv(&self) -> String {
        match self {
            Cell::Text(text) => disarm(text),
            other => other.to_string(),
        }
    }

    fn for_markdown(&self) -> String {
        escape_markdown(&self.to_string())
    }

    fn json(&self) -> Value {
        match self {
            Cell::Empty => Value::Null,
            Cell::Text(text) => text.as_str().into(),
            Cell::Integer(count) => (*count).into(),
            // Not finite becomes null.
            Cell::Number(number) => (*number).into(),
            Cell::Money(amount) => amount.to_string().into(),
        }
    }
}

impl fmt::Display for Cell {
    /// Plainly, as it is; nothing for an empty cell.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Cell::Text(text) => f.write_str(text),
            Cell::Integer(count) => write!(f, "{count}"),
            Cell::Number(number) if number.is_finite() => write!(f, "{number}"),
            Cell::Money(amount) => write!(f, "{amount}"),
            Cell::Empty | Cell::Number(_) => Ok(()),
        }
    }
}

/// Spreadsheet programs run text that begins like a formula; after an apostrophe they do not.
fn disarm(text: &str) -> String {
    if text.starts_with(['=', '+', '-', '@', '\t', '\r', '\n']) {
        format!("'{text}")
    } else {
        text.to_owned()
    }
}

/// A cell is one line, its pipes do not end it, and tags in it are shown, not obeyed.
fn escape_markdown(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '|' => escaped.push_str("\\|"),
            '\\' => escaped.push_str("\\\\"),
            '<' => escaped.push_str("&lt;"),
            '\n' | '\r' | '\t' => escaped.push(' '),
            other => escaped.push(other),
        }
    }
    escaped
}

impl From<&str> for Cell {
    fn from(text: &str) -> Cell {
        Cell::Text(text.to_owned())
    }
}

impl From<String> for Cell {
    fn from(text: String) -> Cell {
        Cell::Text(text)
    }
}

impl From<i64> for Cell {
    fn from(count: i64) -> Cell {
        Cell::Integer(count)
    }
}

impl From<u32> for Cell {
    fn from(count: u32) -> Cell {
        Cell::Integer(count.into())
    }
}

impl From<f64> for Cell {
    fn from(number: f64) -> Cell {
        Cell::Number(number)
    }
}

impl From<Decimal> for Cell {
    fn from(amount: Decimal) -> Cell {
        Cell::Money(amount)
    }
}

impl From<Money> for Cell {
    fn from(amount: Money) -> Cell {
        Cell::Money(amount.amount())
    }
}

impl<T: Into<Cell>> From<Option<T>> for Cell {
    fn from(cell: Option<T>) -> Cell {
        cell.map_or(Cell::Empty, Into::into)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn bom() -> Table {
        let mut table = Table::new(["item", "quantity", "unit_price", "metres"]);
        table.push([
            Cell::from("caddy"),
            Cell::from(1239_u32),
            Cell::from(Decimal::new(3500, 2)),
            Cell::from(0.5),
        ]);
        table.push([
            Cell::from("bolt, 1/4-20 | \"hex\""),
            Cell::from(-5_i64),
            Cell::Empty,
            f64::NAN.into(),
        ]);
        table
    }

    #[test]
    fn csv_quotes_only_what_needs_it() {
        assert_eq!(
            bom().to_csv(),
            "item,quantity,unit_price,metres\n\
             caddy,1239,35.00,0.5\n\
             \"bolt, 1/4-20 | \"\"hex\"\"\",-5,,\n"
        );
    }

    #[test]
    fn markdown_is_aligned_and_keeps_pipes_inside_cells() {
        assert_eq!(
            bom().to_markdown(),
            "\
| item                  | quantity | unit_price | metres |
| --------------------- | -------: | ---------: | -----: |
| caddy                 |     1239 |      35.00 |    0.5 |
| bolt, 1/4-20 \\| \"hex\" |       -5 |            |        |
"
        );
    }

    #[test]
    fn json_keeps_the_order_of_the_columns_and_the_decimals_of_money() {
        assert_eq!(
            bom().to_json().to_string(),
            r#"[{"item":"caddy","quantity":1239,"unit_price":"35.00","metres":0.5},{"item":"bolt, 1/4-20 | \"hex\"","quantity":-5,"unit_price":null,"metres":null}]"#
        );
    }

    #[test]
    fn formulas_are_disarmed_and_numbers_are_not() {
        for text in ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1"] {
            assert_eq!(Cell::from(text).for_csv(), format!("'{text}"));
        }
        assert_eq!(Cell::from(-1.5).for_csv(), "-1.5");
        assert_eq!(Cell::from("1/4-20").for_csv(), "1/4-20");
    }

    fn any_cell() -> impl Strategy<Value = Cell> {
        prop_oneof![
            Just(Cell::Empty),
            "[=+@\t\r\n'\",;| a-z\u{e4}\u{1f600}-]{0,8}".prop_map(Cell::Text),
            any::<String>().prop_map(Cell::Text),
            any::<i64>().prop_map(Cell::Integer),
            any::<f64>().prop_map(Cell::Number),
            (any::<i64>(), 0_u32..10).prop_map(|(n, scale)| Cell::Money(Decimal::new(n, scale))),
        ]
    }

    /// The cell that `read` says, if it is to be of the kind of `written`.
    fn read_back(written: &Cell, read: &str) -> Cell {
        match written {
            Cell::Text(_) => Cell::Text(read.to_owned()),
            Cell::Integer(_) => Cell::Integer(read.parse().unwrap()),
            Cell::Number(number) if number.is_finite() => Cell::Number(read.parse().unwrap()),
            Cell::Money(_) => Cell::Money(read.parse().unwrap()),
            Cell::Empty | Cell::Number(_) if read.is_empty() => written.clone(),
            other => panic!("{other:?} was written as {read:?}"),
        }
    }

    proptest! {
        #[test]
        fn csv_reads_back_to_the_same_cells_and_starts_no_formula(
            rows in prop::collection::vec([any_cell(), any_cell(), any_cell()], 0..6)
        ) {
            let mut table = Table::new(["a", "b", "c"]);
            for row in &rows {
                table.push(row.clone());
            }
            let csv = table.to_csv();
            let mut reader = csv::Reader::from_reader(csv.as_bytes());
            prop_assert_eq!(reader.headers().unwrap(), vec!["a", "b", "c"]);
            let records: Vec<_> = reader.records().map(Result::unwrap).collect();
            prop_assert_eq!(records.len(), rows.len());
            for (cell, read) in rows.iter().flatten().zip(records.iter().flatten()) {
                match cell {
                    Cell::Text(text) => {
                        prop_assert!(!read.starts_with(['=', '+', '-', '@', '\t', '\r', '\n']));
                        prop_assert!(read == text || read.strip_prefix('\'') == Some(text));
                    }
                    Cell::Number(number) if number.is_nan() => prop_assert_eq!(read, ""),
                    other => prop_assert_eq!(&read_back(other, read), other),
                }
            }
        }

        #[test]
        fn markdown_has_one_line_a_row_and_the_same_pipes_in_each(
            rows in prop::collection::vec([any_cell(), any_cell()], 0..6)
        ) {
            let mut table = Table::new(["a", "b"]);
            for row in &rows {
                table.push(row.clone());
            }
            let markdown = table.to_markdown();
            prop_assert_eq!(markdown.split_terminator('\n').count(), rows.len() + 2);
            for line in markdown.split_terminator('\n') {
                let unescaped = line.replace("\\\\", "").replace("\\|", "");
                prop_assert_eq!(unescaped.matches('|').count(), 3, "{}", line);
            }
        }
    }
}
