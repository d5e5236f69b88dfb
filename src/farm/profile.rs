//! How a printer prints: a slicer's own settings, and the numbers in them.
//!
//! One file serves both: PrusaSlicer slices with it, and the estimate reads its speeds. A key that
//! a user's own file leaves out has the value of the printer's class.

use std::collections::BTreeMap;

use crate::catalog::{Printer, PrinterClass};
use crate::spec::{Document, PrinterUse};

/// The most that a hot end melts, in mm³/s.
const MELTS: &str = "filament_max_volumetric_speed";
/// More solid layers, and thicker ones in mm, than anything that is printed.
const MOST_SOLID: f64 = 1000.0;

/// A slicer's settings.
#[derive(Clone, Debug, PartialEq)]
pub struct Profile {
    /// What people know it by: the class, or the user's file.
    pub name: String,
    /// Values by key, as PrusaSlicer writes them.
    pub(super) settings: BTreeMap<String, String>,
    /// Outlines of walls.
    pub(super) perimeters: u32,
    /// Height of the first layer, in mm.
    pub(super) first_layer: f64,
    /// Share of the inside that is filled.
    pub(super) fill: f64,
    /// Solid layers under tops and over bottoms.
    solid_layers: [f64; 2],
    /// What those must measure at least, in mm.
    solid_height: [f64; 2],
    /// In mm/s.
    pub(super) speed: Speeds,
    /// In mm/s².
    pub(super) acceleration: Accelerations,
    /// Change of speed that needs no slowing down, in mm/s.
    pub(super) jerk: f64,
    /// Seconds that pulling the filament back and pushing it forth again take, with the lift.
    pub(super) retraction: f64,
    /// Layers that take less, in seconds, are slowed down to it …
    pub(super) shortest_layer: f64,
    /// … but to no less than this, in mm/s.
    pub(super) slowest: f64,
    /// What the hot end melts at most, in mm³/s; 0 for no limit.
    pub(super) melts: f64,
}

/// In mm/s.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Speeds {
    pub first_layer: f64,
    pub outer: f64,
    pub small: f64,
    pub inner: f64,
    pub sparse: f64,
    pub solid: f64,
    pub top: f64,
    pub bridge: f64,
    pub gap: f64,
    pub travel: f64,
    pub lift: f64,
}

/// In mm/s².
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Accelerations {
    pub first_layer: f64,
    pub wall: f64,
    pub fill: f64,
    pub bridge: f64,
    pub travel: f64,
}

impl Profile {
    /// The one that comes with pibuild.
    pub fn of_class(class: PrinterClass) -> Profile {
        Profile::read(class.word(), settings(text_of(class)))
    }

    /// The one for a design's printers: the user's own, or their class's.
    pub fn of_use(document: &Document, used: &PrinterUse, printer: &Printer) -> Profile {
        let own = used.profile.as_ref().and_then(|name| document.profiles.get_key_value(name));
        match own {
            Some((name, text)) => Profile::own(name, text, printer),
            None => Profile::of_printer(printer),
        }
    }

    /// The one for a printer, whose hot end may melt less than the class's.
    pub fn of_printer(printer: &Printer) -> Profile {
        Profile::read(printer.class.word(), of_printer(printer))
    }

    /// A user's own; what it leaves out is as the printer would have it.
    pub fn own(name: &str, text: &str, printer: &Printer) -> Profile {
        let mut all = of_printer(printer);
        all.extend(settings(text));
        Profile::read(name, all)
    }

    fn read(name: &str, settings: BTreeMap<String, String>) -> Profile {
        let keys = Keys(&settings);
        let outer = keys.number("perimeter_speed", 0.0);
        let solid = keys.number("infill_speed", 0.0);
        let solid_speed = keys.number("solid_infill_speed", solid);
        let limit = keys.number("machine_max_acceleration_extruding", 0.0);
        let usual = keys.number("default_acceleration", 0.0);
        let accelerating = |key: &str| {
            let own = keys.number(key, 0.0);
            let asked = if own > 0.0 { own } else { usual };
            let limits = [limit, keys.number("machine_max_acceleration_x", 0.0)];
            limits.into_iter().filter(|limit| *limit > 0.0).fold(asked, f64::min).max(10.0)
        };
        let lift = keys.number("machine_max_feedrate_z", 0.0).max(1.0);
        let retracting = keys.number("retract_speed", 0.0).max(1.0);
        let back = keys.number("deretract_speed", 0.0);
        let back = if back > 0.0 { back } else { retracting };
        let length = keys.number("retract_length", 0.0);
        Profile {
            perimeters: keys.number("perimeters", 0.0).max(1.0) as u32,
            first_layer: keys.number("first_layer_height", 0.0).max(0.05),
            fill: keys.number("fill_density", 1.0).clamp(0.0, 1.0),
            solid_layers: ["top_solid_layers", "bottom_solid_layers"]
                .map(|key| keys.number(key, 0.0).min(MOST_SOLID)),
            solid_height: ["top_solid_min_thickness", "bottom_solid_min_thickness"]
                .map(|key| keys.number(key, 0.0).min(MOST_SOLID)),
            speed: Speeds {
                first_layer: keys.number("first_layer_speed", outer).max(1.0),
                outer: keys.number("external_perimeter_speed", outer).max(1.0),
                small: keys.number("small_perimeter_speed", outer).max(1.0),
                inner: outer.max(1.0),
                sparse: solid.max(1.0),
                solid: solid_speed.max(1.0),
                top: keys.number("top_solid_infill_speed", solid_speed).max(1.0),
                bridge: keys.number("bridge_speed", 0.0).max(1.0),
                gap: keys.number("gap_fill_speed", 0.0).max(1.0),
                travel: keys.number("travel_speed", 0.0).max(1.0),
                lift,
            },
            acceleration: Accelerations {
                first_layer: accelerating("first_layer_acceleration"),
                wall: accelerating("perimeter_acceleration"),
                fill: accelerating("infill_acceleration"),
                bridge: accelerating("bridge_acceleration"),
                travel: keys.number("machine_max_acceleration_travel", 0.0).max(usual).max(10.0),
            },
            jerk: keys.number("machine_max_jerk_x", 0.0).max(1.0),
            retraction: length / retracting
                + length / back
                + 2.0 * keys.number("retract_lift", 0.0) / lift,
            shortest_layer: keys.number("slowdown_below_layer_time", 0.0)
                * f64::from(keys.number("cooling", 0.0) > 0.0),
            slowest: keys.number("min_print_speed", 0.0).max(1.0),
            melts: keys.number(MELTS, 0.0),
            name: name.to_owned(),
            settings,
        }
    }

    /// Solid layers under tops and over bottoms, for a height of layers in mm.
    pub(super) fn shells(&self, height: f64) -> (usize, usize) {
        let count = |index: usize| {
            let layers = self.solid_layers[index];
            if layers == 0.0 {
                return 0;
            }
            layers.max((self.solid_height[index] / height - 1e-6).ceil()) as usize
        };
        (count(0), count(1))
    }
}

/// The file that comes with pibuild.
fn text_of(class: PrinterClass) -> &'static str {
    match class {
        PrinterClass::Entry => include_str!("profiles/entry.ini"),
        PrinterClass::Standard => include_str!("profiles/standard.ini"),
        PrinterClass::Fast => include_str!("profiles/fast.ini"),
    }
}

/// Settings of a printer's class, with no more than the printer's own hot end melts.
fn of_printer(printer: &Printer) -> BTreeMap<String, String> {
    let mut all = settings(text_of(printer.class));
    let (class, own) = (Keys(&all).number(MELTS, 0.0), printer.flow.value.0);
    if class == 0.0 || own < class {
        all.insert(MELTS.to_owned(), own.to_string());
    }
    all
}

/// `key = value`, a line each; of a key that comes twice, the last.
fn settings(text: &str) -> BTreeMap<String, String> {
    let written = text.lines().filter(|line| !line.trim_start().starts_with(['#', ';']));
    let keys = written.filter_map(|line| line.split_once('='));
    keys.map(|(key, value)| (key.trim().to_owned(), value.trim().to_owned())).collect()
}

/// Settings as numbers.
struct Keys<'a>(&'a BTreeMap<String, String>);

impl Keys<'_> {
    /// A number; one in percent is a share of `whole`. Of a list it is the first. 0 if it is missing
    /// or no number.
    fn number(&self, key: &str, whole: f64) -> f64 {
        let Some(value) = self.0.get(key) else { return 0.0 };
        let first = value.split(',').next().unwrap_or_default().trim();
        let (digits, factor) = match first.strip_suffix('%') {
            Some(digits) => (digits, whole / 100.0),
            None => (first, 1.0),
        };
        let number: f64 = digits.trim().parse().unwrap_or(0.0);
        if number.is_finite() { (number * factor).max(0.0) } else { 0.0 }
    }
}
