//! One sheet: a table, with formulas in some of its cells.

use std::io;

use quick_xml::events::BytesText;

use super::{Xml, printable};
use crate::export::{Cell, Table};

/// Columns are as wide as their longest text, within these numbers of characters.
const WIDTHS: (usize, usize) = (8, 60);

/// Numbers of the cell styles.
mod style {
    pub(super) const PLAIN: &str = "0";
    pub(super) const HEADER: &str = "1";
    pub(super) const COUNT: &str = "2";
    pub(super) const MEASURE: &str = "3";
    pub(super) const MONEY: &str = "4";
}

/// A named table, header first.
#[derive(Clone, Debug)]
pub struct Sheet {
    /// What its tab says.
    pub(super) name: String,
    header: Vec<String>,
    rows: Vec<Vec<SheetCell>>,
}

#[derive(Clone, Debug)]
struct SheetCell {
    value: Cell,
    formula: Option<String>,
}

impl Sheet {
    /// A sheet that shows a table as it is.
    pub fn new(name: &str, table: &Table) -> Sheet {
        let plain = |value: &Cell| SheetCell { value: value.clone(), formula: None };
        Sheet {
            name: name.to_owned(),
            header: table.columns().iter().map(|&column| column.to_owned()).collect(),
            rows: table.rows().iter().map(|row| row.iter().map(plain).collect()).collect(),
        }
    }

    /// Computes a column anew: `formula` gives the formula for a row of the sheet (the first below
    /// the header is 2), without `=`, or nothing for a plain value. What is in the cell stays as the
    /// formula's value; empty cells stay empty.
    #[must_use]
    pub fn computed(mut self, column: &str, formula: impl Fn(usize) -> Option<String>) -> Sheet {
        let Some(index) = self.header.iter().position(|name| name == column) else { return self };
        for (above, row) in self.rows.iter_mut().enumerate() {
            if row[index].value != Cell::Empty {
                row[index].formula = formula(above + 2);
            }
        }
        self
    }

    /// What stands in the worksheet element.
    pub(super) fn write(&self, xml: &mut Xml) -> io::Result<()> {
        xml.create_element("sheetViews").write_inner_content(|xml| {
            xml.create_element("sheetView")
                .with_attribute(("workbookViewId", "0"))
                .write_inner_content(|xml| {
                    xml.create_element("pane")
                        .with_attributes([
                            ("ySplit", "1"),
                            ("topLeftCell", "A2"),
                            ("activePane", "bottomLeft"),
                            ("state", "frozen"),
                        ])
                        .write_empty()?;
                    Ok(())
                })?;
            Ok(())
        })?;
        self.columns(xml)?;
        xml.create_element("sheetData").write_inner_content(|xml| {
            row(xml, 1, |xml, name| {
                for (index, title) in self.header.iter().enumerate() {
                    text(xml, &name(index), style::HEADER, title)?;
                }
                Ok(())
            })?;
            for (above, cells) in self.rows.iter().enumerate() {
                row(xml, above + 2, |xml, name| {
                    cells.iter().enumerate().try_for_each(|(index, it)| cell(xml, &name(index), it))
                })?;
            }
            Ok(())
        })?;
        Ok(())
    }

    fn columns(&self, xml: &mut Xml) -> io::Result<()> {
        xml.create_element("cols").write_inner_content(|xml| {
            for (index, title) in self.header.iter().enumerate() {
                let lengths = self.rows.iter().map(|row| row[index].value.to_string());
                let longest = lengths.map(|it| it.chars().count()).max().unwrap_or(0);
                let width = longest.max(title.chars().count()) + 2;
                let width = width.clamp(WIDTHS.0, WIDTHS.1).to_string();
                let number = (index + 1).to_string();
                xml.create_element("col")
                    .with_attributes([("min", &*number), ("max", &*number)])
                    .with_attributes([("width", &*width), ("customWidth", "1")])
                    .write_empty()?;
            }
            Ok(())
        })?;
        Ok(())
    }
}

/// The letters of a column, counted from 0: A, B, … Z, AA, …
///
/// ```
/// use pibuild::export::xlsx::column_name;
/// assert_eq!([0, 25, 26, 701, 702].map(column_name), ["A", "Z", "AA", "ZZ", "AAA"]);
/// ```
pub fn column_name(index: usize) -> String {
    let letter = char::from(b'A' + u8::try_from(index % 26).unwrap_or(0));
    match (index / 26).checked_sub(1) {
        Some(before) => format!("{}{letter}", column_name(before)),
        None => letter.to_string(),
    }
}

fn row(
    xml: &mut Xml,
    number: usize,
    cells: impl FnOnce(&mut Xml, &dyn Fn(usize) -> String) -> io::Result<()>,
) -> io::Result<()> {
    let name = |index: usize| format!("{}{number}", column_name(index));
    xml.create_element("row")
        .with_attribute(("r", number.to_string().as_str()))
        .write_inner_content(|xml| cells(xml, &name))?;
    Ok(())
}

fn cell(xml: &mut Xml, name: &str, cell: &SheetCell) -> io::Result<()> {
    let (style, value) = match &cell.value {
        Cell::Empty => return Ok(()),
        Cell::Number(number) if !number.is_finite() => return Ok(()),
        Cell::Text(words) => return text(xml, name, style::PLAIN, words),
        Cell::Integer(count) => (style::COUNT, count.to_string()),
        Cell::Number(number) => (style::MEASURE, number.to_string()),
        Cell::Money(amount) => (style::MONEY, amount.to_string()),
    };
    xml.create_element("c").with_attributes([("r", name), ("s", style)]).write_inner_content(
        |xml| {
            if let Some(formula) = &cell.formula {
                xml.create_element("f").write_text_content(BytesText::new(formula))?;
            }
            xml.create_element("v").write_text_content(BytesText::new(&value))?;
            Ok(())
        },
    )?;
    Ok(())
}

/// A text in the cell itself, never a formula.
fn text(xml: &mut Xml, name: &str, style: &str, words: &str) -> io::Result<()> {
    xml.create_element("c")
        .with_attributes([("r", name), ("s", style), ("t", "inlineStr")])
        .write_inner_content(|xml| {
            xml.create_element("is").write_inner_content(|xml| {
                xml.create_element("t")
                    .with_attribute(("xml:space", "preserve"))
                    .write_text_content(BytesText::new(&printable(words)))?;
                Ok(())
            })?;
            Ok(())
        })?;
    Ok(())
}
