//! The design's keys about what parts are cut from.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::units::Mm;

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
    /// Taken off all four edges of a sheet before anything is cut from it.
    #[schemars(extend("x-pibuild-range" = ["0 mm", "100 mm"]))]
    pub trim: Mm,
    /// Sheets and offcuts that are there, used before any are bought.
    #[schemars(extend("maxItems" = 1_000))]
    pub sheets: Vec<StockSheet>,
}

impl Default for Stock {
    fn default() -> Stock {
        Stock {
            // T-slot extrusions come in 97, 145 and 242 in (80/20 catalogue, by recollection).
            bars: [97, 145, 242].map(|inches| Mm::INCH * inches).to_vec(),
            bar_kerf: Mm::um(3_200),
            trim: Mm::ZERO,
            sheets: Vec::new(),
        }
    }
}

/// Sheets or offcuts of one size that are there.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct StockSheet {
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
    #[schemars(extend("minimum" = 1, "maximum" = 1_000))]
    pub quantity: u32,
}

fn one() -> u32 {
    1
}
