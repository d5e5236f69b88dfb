//! Bars: extrusion cut to length.

use crate::export::{Cell, Table};
use crate::units::Mm;

/// So many bars of one profile and length.
#[derive(Clone, Debug)]
pub struct Bar {
    /// What it is called on drawings and labels.
    pub name: String,
    /// Catalogue id of the profile.
    pub profile: String,
    /// Length as it is sawn off, or bought.
    pub bought: Mm,
    /// Length as built in.
    pub length: Mm,
    /// Taken off one end after sawing.
    pub milling: Mm,
    /// Thread in both ends, if any.
    pub tap: Option<String>,
    /// How many.
    pub quantity: u64,
}

impl Bar {
    /// `bars.csv`: name, length and quantity as any cut list has them, and what else a saw or mill
    /// has to know. Lengths are in millimetres.
    pub fn table(bars: &[Bar]) -> Table {
        let mut table =
            Table::new(["name", "length", "quantity", "profile", "bought", "milling", "tap"]);
        for bar in bars {
            table.push([
                Cell::Text(bar.name.clone()),
                Cell::Number(bar.length.mm()),
                Cell::Integer(i64::try_from(bar.quantity).unwrap_or(i64::MAX)),
                Cell::Text(bar.profile.clone()),
                Cell::Number(bar.bought.mm()),
                Cell::Number(bar.milling.mm()),
                Cell::from(bar.tap.clone()),
            ]);
        }
        table
    }
}
