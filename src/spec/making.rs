//! The design's keys about making and moving the cluster: printing, spares, transport.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::units::{Hours, Kilograms, Minutes, Mm, Ratio};

/// Printers and how they print.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Printing {
    /// Height of a printed layer.
    pub layer_height: Mm,
    /// Diameter of the nozzle.
    pub nozzle: Mm,
    /// Added to the diameter of holes in the layer plane, which print too small.
    pub hole_compensation: Mm,
    /// The printers there are.
    pub printers: Vec<PrinterUse>,
    /// When somebody is there to clear a plate.
    pub staffed: Staffed,
    /// Measured printing time of one piece, by part; parts not listed are estimated.
    pub minutes: BTreeMap<String, Minutes>,
    /// Share of prints that fail.
    pub failure_rate: Ratio,
}

impl Default for Printing {
    fn default() -> Printing {
        Printing {
            layer_height: Mm::um(150),
            nozzle: Mm::um(400),
            hole_compensation: Mm::um(100),
            printers: vec![PrinterUse { model: "prusa-mk3s".to_owned(), count: 1 }],
            staffed: Staffed::default(),
            minutes: BTreeMap::new(),
            failure_rate: Ratio(0.04),
        }
    }
}

/// A number of printers of one model.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PrinterUse {
    /// Catalogue id of the printer.
    pub model: String,
    /// How many.
    #[serde(default = "one")]
    pub count: u32,
}

fn one() -> u32 {
    1
}

/// When somebody is there to clear a plate.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Staffed {
    /// Hours of a day.
    pub hours_per_day: Hours,
    /// Days of a week.
    pub days_per_week: u32,
}

impl Default for Staffed {
    fn default() -> Staffed {
        Staffed { hours_per_day: Hours(8.0), days_per_week: 5 }
    }
}

/// What is made or bought beyond what is installed.
#[derive(Clone, Debug, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Spares {
    /// Banks printed and cut, not populated.
    pub banks: u32,
    /// Supplies bought and kept.
    pub supplies: u32,
}

/// How the finished cluster is moved.
#[derive(Clone, Debug, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Transport {
    /// What is taken off for the move.
    pub remove: Vec<Removable>,
    /// What it has to pass, in order.
    pub route: Vec<RouteStep>,
}

/// What can be taken off for a move.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Removable {
    /// The plywood shell.
    Shell,
    /// The lamp on the roof.
    Lamp,
    /// The covers over the roof fans.
    FanCovers,
}

/// One step of the way: just one of its keys.
#[derive(Clone, Debug, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct RouteStep {
    /// A door to pass.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub door: Option<Door>,
    /// A lift to ride.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub lift: Option<Lift>,
    /// A ramp to climb.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ramp: Option<Ramp>,
}

/// A door to pass.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Door {
    /// Clear width.
    pub width: Mm,
    /// Clear height.
    pub height: Mm,
}

/// A lift to ride.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Lift {
    /// Clear width of the car.
    pub width: Mm,
    /// Clear depth of the car.
    pub depth: Mm,
    /// Clear height of the car.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub height: Option<Mm>,
    /// What it may carry.
    pub load: Kilograms,
}

/// A ramp to climb.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Ramp {
    /// Rise over run.
    pub slope: Ratio,
    /// Clear width.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub width: Option<Mm>,
}
