//! The design's keys about making and moving the cluster: printing, spares, transport.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::units::{Hours, Kilograms, Minutes, Mm, Ratio};

/// Printers and how they print.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Printing {
    /// Height of a printed layer.
    #[schemars(extend("x-pibuild-range" = ["0.02 mm", "2 mm"]))]
    pub layer_height: Mm,
    /// Diameter of the nozzle.
    #[schemars(extend("x-pibuild-range" = ["0.1 mm", "3 mm"]))]
    pub nozzle: Mm,
    /// Added to the diameter of holes in the layer plane, which print too small.
    #[schemars(extend("x-pibuild-range" = ["-1 mm", "1 mm"]))]
    pub hole_compensation: Mm,
    /// Kept free between neighbours on a plate, brims not counted.
    #[schemars(extend("x-pibuild-range" = ["0 mm", "100 mm"]))]
    pub clearance: Mm,
    /// Kept free along the edge of what a printer reaches, brims not counted.
    #[schemars(extend("x-pibuild-range" = ["0 mm", "100 mm"]))]
    pub margin: Mm,
    /// Width of the brim around each piece.
    #[schemars(extend("x-pibuild-range" = ["0 mm", "50 mm"]))]
    pub brim: Mm,
    /// Colour of the filament by part, as `#RRGGBB`; plates are of one colour. Parts not listed take
    /// any.
    pub colours: BTreeMap<String, String>,
    /// The printers there are.
    #[schemars(extend("minItems" = 1))]
    pub printers: Vec<PrinterUse>,
    /// When somebody is there to clear a plate.
    pub staffed: Staffed,
    /// Plates of several pieces last no longer than this: the longer a plate, the more is lost when
    /// it fails.
    #[schemars(extend("x-pibuild-range" = ["1 h", "1000 h"]))]
    pub longest_plate: Hours,
    /// Clearing a plate and starting the next, with warming up.
    #[schemars(extend("x-pibuild-range" = ["0 min", "600 min"]))]
    pub changeover: Minutes,
    /// Changing a spool.
    #[schemars(extend("x-pibuild-range" = ["0 min", "600 min"]))]
    pub spool_change: Minutes,
    /// The day of the first shift, such as `2026-03-02`, best a Monday. With it, the schedule comes as
    /// a calendar too.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub start: Option<String>,
    /// Days from the first shift on by which all must be printed.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(extend("minimum" = 1, "maximum" = 10_000))]
    pub deadline_days: Option<u32>,
    /// Measured printing time of one piece, by part; it wins over sliced and estimated times.
    #[schemars(extend("x-pibuild-range" = ["0.1 min", "10000 min"]))]
    pub minutes: BTreeMap<String, Minutes>,
    /// A JSON file next to the design, which `pibuild farm slice` writes: what a slicer says that each
    /// part takes. Parts that are not in it as they are now are estimated.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(extend("minLength" = 1, "maxLength" = 255))]
    pub sliced: Option<String>,
    /// Share of prints that fail.
    #[schemars(extend("x-pibuild-range" = ["0 %", "90 %"]))]
    pub failure_rate: Ratio,
}

impl Default for Printing {
    fn default() -> Printing {
        Printing {
            layer_height: Mm::um(150),
            nozzle: Mm::um(400),
            hole_compensation: Mm::um(100),
            clearance: Mm::um(5000),
            margin: Mm::ZERO,
            brim: Mm::ZERO,
            colours: BTreeMap::new(),
            printers: vec![PrinterUse {
                model: "prusa-mk3s".to_owned(),
                count: 1,
                nozzle: None,
                profile: None,
                materials: Vec::new(),
                down: Vec::new(),
            }],
            staffed: Staffed::default(),
            longest_plate: Hours(24.0),
            changeover: Minutes(10.0),
            spool_change: Minutes(5.0),
            start: None,
            deadline_days: None,
            minutes: BTreeMap::new(),
            sliced: None,
            failure_rate: Ratio(0.04),
        }
    }
}

/// How drawings are laid out.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Drawings {
    /// How the views of a part lie around its front view.
    pub projection: Projection,
}

/// How the views of a part lie around its front view.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Projection {
    /// Each view lies on the side that it is seen from: the top view above.
    #[default]
    ThirdAngle,
    /// Each view lies on the other side: the top view below.
    FirstAngle,
}

/// A number of printers of one model.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PrinterUse {
    /// Catalogue id of the printer.
    #[schemars(extend("x-pibuild-catalog" = "printers"))]
    pub model: String,
    /// How many.
    #[serde(default = "one")]
    #[schemars(extend("minimum" = 1, "maximum" = 10_000))]
    pub count: u32,
    /// Diameter of their nozzle, if it is another.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(extend("x-pibuild-range" = ["0.1 mm", "3 mm"]))]
    pub nozzle: Option<Mm>,
    /// Your own PrusaSlicer configuration for them, an INI file next to the design. What it leaves out is
    /// as in pibuild's for the printer's class; layers, nozzle, bed and density are the design's.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(extend("minLength" = 1, "maxLength" = 255))]
    pub profile: Option<String>,
    /// Catalogue ids of the filaments that they print; none listed, all of them.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[schemars(extend(
        "items" = { "type": "string", "x-pibuild-catalog": "materials" },
        "maxItems" = 50
    ))]
    pub materials: Vec<String>,
    /// When some of them are out of service.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[schemars(extend("maxItems" = 1000))]
    pub down: Vec<Down>,
}

/// Some printers out of service for some days.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Down {
    /// The first day, counted from the first shift: 1 is the day that printing begins.
    #[schemars(extend("minimum" = 1, "maximum" = 10_000))]
    pub day: u32,
    /// How many days.
    #[serde(default = "one")]
    #[schemars(extend("minimum" = 1, "maximum" = 10_000))]
    pub days: u32,
    /// How many printers.
    #[serde(default = "one")]
    #[schemars(extend("minimum" = 1, "maximum" = 10_000))]
    pub printers: u32,
}

fn one() -> u32 {
    1
}

/// When somebody is there to clear a plate.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Staffed {
    /// Hours of a day.
    #[schemars(extend("x-pibuild-range" = ["0.1 h", "24 h"]))]
    pub hours_per_day: Hours,
    /// Days of a week.
    #[schemars(extend("minimum" = 1, "maximum" = 7))]
    pub days_per_week: u32,
    /// Hour of the day at which the first shift begins.
    #[schemars(extend("minimum" = 0, "maximum" = 23))]
    pub from_hour: u32,
}

impl Default for Staffed {
    fn default() -> Staffed {
        Staffed { hours_per_day: Hours(8.0), days_per_week: 5, from_hour: 8 }
    }
}

/// What is made or bought beyond what is installed.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Spares {
    /// Banks printed and cut, not populated.
    #[schemars(extend("minimum" = 0, "maximum" = 1_000_000))]
    pub banks: u32,
    /// Supplies bought and kept.
    #[schemars(extend("minimum" = 0, "maximum" = 1_000_000))]
    pub supplies: u32,
}

/// How the finished cluster is moved.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Transport {
    /// What is taken off for the move.
    pub remove: Vec<Removable>,
    /// What it has to pass, in order.
    #[schemars(extend("maxItems" = 100))]
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
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
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
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Door {
    /// Clear width.
    #[schemars(extend("x-pibuild-range" = ["0.1 m", "50 m"]))]
    pub width: Mm,
    /// Clear height.
    #[schemars(extend("x-pibuild-range" = ["0.1 m", "50 m"]))]
    pub height: Mm,
}

/// A lift to ride.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Lift {
    /// Clear width of the car.
    #[schemars(extend("x-pibuild-range" = ["0.1 m", "50 m"]))]
    pub width: Mm,
    /// Clear depth of the car.
    #[schemars(extend("x-pibuild-range" = ["0.1 m", "50 m"]))]
    pub depth: Mm,
    /// Clear height of the car.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(extend("x-pibuild-range" = ["0.1 m", "50 m"]))]
    pub height: Option<Mm>,
    /// What it may carry.
    #[schemars(extend("x-pibuild-range" = ["1 kg", "100000 kg"]))]
    pub load: Kilograms,
}

/// A ramp to climb.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Ramp {
    /// Rise over run.
    #[schemars(extend("x-pibuild-range" = ["0 %", "100 %"]))]
    pub slope: Ratio,
    /// Clear width.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(extend("x-pibuild-range" = ["0.1 m", "50 m"]))]
    pub width: Option<Mm>,
}
