//! The design's keys about what parts are cut from.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::choice::Auto;
use super::site::{Tool, ToolKind};
use crate::units::Mm;

/// More kinds of sheets, or more of a kind, are a typing error.
pub(super) const MOST_SHEETS: usize = 1_000;

/// What sheets and bars are cut from.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Stock {
    /// Lengths in which extrusions are sold.
    #[schemars(extend("minItems" = 1, "maxItems" = 20, "x-pibuild-range" = ["100 mm", "20 m"]))]
    pub bars: Vec<Mm>,
    /// What the saw takes from a bar with each cut.
    #[schemars(extend("x-pibuild-range" = ["0 mm", "20 mm"]))]
    pub bar_kerf: Mm,
    /// Taken off all four edges of a sheet before anything is cut from it; `auto` is the diameter of a
    /// router's tool, which then stays on the sheet, and nothing with a saw.
    #[schemars(extend("x-pibuild-range" = ["0 mm", "100 mm"]))]
    pub trim: Auto<Mm>,
    /// Sheets and offcuts that are there, used before any are bought.
    #[schemars(extend("maxItems" = MOST_SHEETS))]
    pub sheets: Vec<StockSheet>,
    /// More of them, in a CSV file beside the design: `name, length, width, quantity`, and `material`,
    /// the catalogue id of the sheet, where it is not that of the shell.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub list: Option<String>,
}

impl Default for Stock {
    fn default() -> Stock {
        Stock {
            // T-slot extrusions come in 97, 145 and 242 in (80/20 catalogue, by recollection).
            bars: [97, 145, 242].map(|inches| Mm::INCH * inches).to_vec(),
            bar_kerf: Mm::um(3_200),
            trim: Auto::Auto,
            sheets: Vec::new(),
            list: None,
        }
    }
}

impl Stock {
    /// What is taken off a sheet's edges before `tool` cuts it.
    pub fn trim_for(&self, tool: &Tool) -> Mm {
        match (&self.trim, tool.kind) {
            (Auto::Set(trim), _) => *trim,
            (Auto::Auto, ToolKind::Router) => tool.diameter,
            (Auto::Auto, ToolKind::Saw) => Mm::ZERO,
        }
    }
}

/// Sheets or offcuts of one size that are there.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct StockSheet {
    /// What its owner calls it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// Catalogue id of the sheet that they are of.
    #[schemars(extend("x-pibuild-catalog" = "sheets"))]
    pub sheet: String,
    /// Size along the grain.
    #[schemars(extend("x-pibuild-range" = ["1 mm", "20 m"]))]
    pub length: Mm,
    /// Size across the grain.
    #[schemars(extend("x-pibuild-range" = ["1 mm", "20 m"]))]
    pub width: Mm,
    /// How many.
    #[serde(default = "one")]
    #[schemars(extend("minimum" = 1, "maximum" = MOST_SHEETS))]
    pub quantity: u32,
}

fn one() -> u32 {
    1
}
