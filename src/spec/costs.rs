//! The design's keys about money and work beyond unit prices.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::units::{Minutes, Money, Ratio};

/// What is paid beyond unit prices.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Costs {
    /// Tax on everything that is bought, as a share of its price.
    #[schemars(extend("x-pibuild-range" = ["0 %", "100 %"]))]
    pub tax: Ratio,
    /// Shipping, for everything together.
    pub shipping: Money,
    /// What an hour of assembly costs.
    pub hour: Money,
}

/// Minutes of assembly by one person. They are guesses but for the board's: history has it that a
/// minute each is over 16 hours. Measure your own.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Labour {
    /// To fix one board to its caddy.
    #[schemars(extend("x-pibuild-range" = ["0 min", "1000 min"]))]
    pub board: Minutes,
    /// To put one caddy on its rail.
    #[schemars(extend("x-pibuild-range" = ["0 min", "1000 min"]))]
    pub caddy: Minutes,
    /// To fix one fan to its caddy.
    #[schemars(extend("x-pibuild-range" = ["0 min", "1000 min"]))]
    pub fan: Minutes,
    /// To bolt the ends to one bank and screw it into its rack.
    #[schemars(extend("x-pibuild-range" = ["0 min", "1000 min"]))]
    pub bank: Minutes,
    /// To screw one device into its rack.
    #[schemars(extend("x-pibuild-range" = ["0 min", "1000 min"]))]
    pub device: Minutes,
    /// To label, lay and plug in one cable, both ends.
    #[schemars(extend("x-pibuild-range" = ["0 min", "1000 min"]))]
    pub cable: Minutes,
}

impl Default for Labour {
    fn default() -> Labour {
        Labour {
            board: Minutes(1.0),
            caddy: Minutes(0.25),
            fan: Minutes(3.0),
            bank: Minutes(6.0),
            device: Minutes(5.0),
            cable: Minutes(0.5),
        }
    }
}
