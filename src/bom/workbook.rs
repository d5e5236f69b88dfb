//! The bill of materials as a spreadsheet whose sums stay alive.

use super::Bom;
use crate::export::xlsx::{Sheet, column_name};

/// Name of the first sheet, which shows what `bom.csv` does.
const LINES: &str = "bom";
/// Rows of the sums below the categories: goods, tax, shipping, labour, total.
const EXTRA: usize = 5;

impl Bom {
    /// The sheets: all lines, then a sum for each category and what comes on top.
    pub fn sheets(&self) -> Vec<Sheet> {
        let lines = self.table();
        let letter = |name: &str| {
            let index = lines.columns().iter().position(|column| *column == name);
            column_name(index.unwrap_or_default())
        };
        let (category, quantity) = (letter("category"), letter("quantity"));
        let (price, total) = (letter("unit_price"), letter("total"));
        let all = Sheet::new(LINES, &lines)
            .computed("total", |row| Some(format!("{quantity}{row}*{price}{row}")));
        let sums = self.sums();
        // Rows of a sheet count from 1, and the first is the header.
        let goods = sums.rows().len() + 2 - EXTRA;
        let rate = self.charges.tax.0;
        let sums =
            Sheet::new("sums", &sums).computed("total", |row| match row.checked_sub(goods) {
                None => {
                    let of = |column: &str| format!("{LINES}!{column}:{column}");
                    Some(format!("SUMIF({},A{row},{})", of(&category), of(&total)))
                }
                Some(0) => Some(format!("SUM(B2:B{})", row - 1)),
                Some(1) => Some(format!("ROUND(B{goods}*{rate},2)")),
                Some(below) if below + 1 == EXTRA => Some(format!("SUM(B{goods}:B{})", row - 1)),
                // Shipping and labour are what the design says.
                Some(_) => None,
            });
        vec![all, sums]
    }
}
