//! Everything else that is bought: rails, racks, devices, fans, supplies, fasteners, stock.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::fact::Fact;
use crate::units::{
    AirFlow, Amps, Celsius, Kilograms, Millimetres3PerSecond, Mm, Money, RackUnits, Volts, Watts,
};

/// A T-slot extrusion.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RailProfile {
    /// Name for people.
    pub name: String,
    /// Where this entry's plain values come from.
    pub source: String,
    /// The longer side of the section.
    pub long_side: Fact<Mm>,
    /// The shorter side of the section.
    pub short_side: Fact<Mm>,
    /// Diameter of its end bores before they are tapped.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub bore: Option<Fact<Mm>>,
    /// Distance of its two bores along the longer side; left out, it has one in its middle.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub bore_pitch: Option<Fact<Mm>>,
    /// Thread that its end bores are tapped for.
    pub tap: String,
    /// How deep the ends are tapped.
    pub tap_depth: Fact<Mm>,
    /// Its slots, if they are known to take a nut from the front.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub slot: Option<RailSlot>,
    /// Mass of one metre.
    pub mass_per_metre: Fact<Kilograms>,
    /// Price of one metre.
    pub price_per_metre: Fact<Money>,
}

/// The slots along an extrusion.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RailSlot {
    /// Width of the opening.
    pub opening: Fact<Mm>,
    /// Depth below the face.
    pub depth: Fact<Mm>,
    /// Thread of the nut that goes in from the front and turns.
    pub thread: String,
    /// Middles of the slots in a face as wide as the longer side, counted from the face's middle.
    #[serde(default)]
    pub long_side: Vec<Mm>,
    /// The same, in a face as wide as the shorter side.
    #[serde(default)]
    pub short_side: Vec<Mm>,
}

/// A rack.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Rack {
    /// Name for people.
    pub name: String,
    /// Where this entry's plain values come from.
    pub source: String,
    /// Width over the ears of what is mounted in it.
    pub panel: Fact<Mm>,
    /// Clear opening between the posts.
    pub opening: Fact<Mm>,
    /// The smallest opening that racks of this kind may have.
    pub narrowest_opening: Fact<Mm>,
    /// Distance between the centres of the left and right holes.
    pub hole_centres: Fact<Mm>,
    /// Whole rack units between its feet and its top.
    pub units: RackUnits,
    /// Of these, the lowest that its base keeps free.
    #[serde(default)]
    pub base_units: RackUnits,
    /// Overall height.
    pub height: Fact<Mm>,
    /// Overall width.
    pub width: Fact<Mm>,
    /// Depth of post and foot behind the mounting face.
    pub depth: Fact<Mm>,
    /// Thread of its mounting screws.
    pub thread: String,
    /// Mass, empty.
    pub mass: Fact<Kilograms>,
    /// Unit price.
    pub price: Fact<Money>,
}

/// Anything in a rack but a bank.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Device {
    /// Name for people.
    pub name: String,
    /// Where this entry's plain values come from.
    pub source: String,
    /// What it is for.
    pub class: DeviceClass,
    /// Height in rack units.
    pub height: RackUnits,
    /// Depth behind the mounting face.
    pub depth: Fact<Mm>,
    /// Power drawn at the wall.
    #[serde(default = "no_power")]
    pub power: Fact<Watts>,
    /// Network ports for boards.
    #[serde(default)]
    pub ports: u32,
    /// Further ports that lead to other switches.
    #[serde(default)]
    pub uplinks: u32,
    /// Megabits a second through one port for boards.
    #[serde(default = "gigabit")]
    pub port_speed: Fact<f64>,
    /// Megabits a second through one of the further ports.
    #[serde(default = "gigabit")]
    pub uplink_speed: Fact<f64>,
    /// What a switch gives boards over Ethernet; left out, nothing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub poe: Option<PoeSource>,
    /// Power outlets that it offers.
    #[serde(default)]
    pub outlets: u32,
    /// Inlets, each on a circuit of its own.
    #[serde(default)]
    pub inlets: u32,
    /// Current that one inlet carries.
    #[serde(default = "no_current")]
    pub inlet: Fact<Amps>,
    /// Mass.
    pub mass: Fact<Kilograms>,
    /// Unit price.
    pub price: Fact<Money>,
}

/// What networks of today's boards and switches run at, unless somebody says otherwise.
pub(super) fn gigabit() -> Fact<f64> {
    let source = "gigabit Ethernet, taken for what says nothing else";
    Fact { value: 1000.0, source: Some(source.to_owned()), unverified: true, date: None }
}

fn no_power() -> Fact<Watts> {
    Fact::plain(Watts(0.0))
}

fn no_current() -> Fact<Amps> {
    Fact::plain(Amps(0.0))
}

/// Power over Ethernet, as a switch gives it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PoeSource {
    /// All ports together.
    pub budget: Fact<Watts>,
    /// One port.
    pub port: Fact<Watts>,
}

/// What a device is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum DeviceClass {
    /// Joins boards to the network.
    Switch,
    /// A computer.
    Server,
    /// Screen and keyboard.
    Console,
    /// The way out of the network.
    Gateway,
    /// Manages other network devices.
    Controller,
    /// Switched outlets.
    TogglePanel,
    /// A power distribution unit.
    Pdu,
    /// An empty panel.
    Blank,
}

/// An axial fan.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Fan {
    /// Name for people.
    pub name: String,
    /// Where this entry's plain values come from.
    pub source: String,
    /// Side of its square frame.
    pub size: Fact<Mm>,
    /// Depth of its frame.
    pub depth: Fact<Mm>,
    /// Distance between neighbouring mounting holes.
    pub hole_pitch: Fact<Mm>,
    /// Thread of its mounting screws.
    pub thread: String,
    /// Free-air flow.
    pub flow: Fact<AirFlow>,
    /// Power drawn.
    pub power: Fact<Watts>,
    /// Mass.
    pub mass: Fact<Kilograms>,
    /// Unit price.
    pub price: Fact<Money>,
}

/// A supply that feeds many boards.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Supply {
    /// Name for people.
    pub name: String,
    /// Where this entry's plain values come from.
    pub source: String,
    /// Plug families at the board that its ports feed, such as `micro-usb`.
    pub feeds: Vec<String>,
    /// Output ports.
    pub ports: u32,
    /// Output voltage.
    pub volts: Fact<Volts>,
    /// Output power, all ports together.
    pub power: Fact<Watts>,
    /// Current that one port carries.
    pub port_current: Fact<Amps>,
    /// Share of wall power that leaves by the ports, as a number from 0 to 1.
    pub efficiency: Fact<f64>,
    /// Power factor at the wall.
    pub power_factor: Fact<f64>,
    /// The current's peak when it is switched on cold, on a circuit of usual voltage.
    #[serde(default = "usual_inrush")]
    pub inrush: Fact<Amps>,
    /// Body, as [width, height, depth].
    pub size: [Mm; 3],
    /// Mass.
    pub mass: Fact<Kilograms>,
    /// Unit price.
    pub price: Fact<Money>,
}

fn usual_inrush() -> Fact<Amps> {
    let source = "rule of thumb: 30 to 60 A for a small supply, cold";
    Fact { value: Amps(45.0), source: Some(source.to_owned()), unverified: true, date: None }
}

/// A 3D printer.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Printer {
    /// Name for people.
    pub name: String,
    /// Where this entry's plain values come from.
    pub source: String,
    /// Printable volume, as [along x, along y, height].
    pub bed: [Mm; 3],
    /// Diameter of the usual nozzle.
    pub nozzle: Fact<Mm>,
    /// What its hot end melts at most.
    pub flow: Fact<Millimetres3PerSecond>,
    /// How fast it moves, and how hard it speeds up.
    #[serde(default)]
    pub class: PrinterClass,
}

/// How fast a printer moves, and how hard it speeds up. pibuild prints and estimates with one
/// profile a class.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "kebab-case")]
pub enum PrinterClass {
    /// Bed slingers with light frames: 500 mm/s².
    Entry,
    /// Good bed slingers: 1000 mm/s².
    #[default]
    Standard,
    /// CoreXY and the like: 4000 mm/s² and more.
    Fast,
}

impl PrinterClass {
    /// The word in files.
    pub fn word(self) -> &'static str {
        match self {
            PrinterClass::Entry => "entry",
            PrinterClass::Standard => "standard",
            PrinterClass::Fast => "fast",
        }
    }
}

/// A sheet material.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Sheet {
    /// Name for people.
    pub name: String,
    /// Where this entry's plain values come from.
    pub source: String,
    /// Longer side, along the grain.
    pub length: Fact<Mm>,
    /// Shorter side.
    pub width: Fact<Mm>,
    /// Actual thickness.
    pub thickness: Fact<Mm>,
    /// Mass of one sheet.
    pub mass: Fact<Kilograms>,
    /// Price of one sheet.
    pub price: Fact<Money>,
}

/// A screw, bolt, nut or insert.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Fastener {
    /// Name for people, its thread first.
    pub name: String,
    /// Where this entry's plain values come from.
    pub source: String,
    /// What kind of fastener it is.
    pub class: FastenerClass,
    /// Thread, such as `M2.5` or `1/4-20`.
    pub thread: String,
    /// Length under the head, or of the insert or nut.
    pub length: Fact<Mm>,
    /// Diameter of the hole that it goes into or through in plastic.
    pub hole: Fact<Mm>,
    /// Diameter of its head (across, for a nut).
    pub head: Fact<Mm>,
    /// Included angle of a countersunk head, in degrees.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub countersink: Option<Fact<f64>>,
    /// Pieces in a pack.
    pub pack: u32,
    /// Price of one piece.
    pub price: Fact<Money>,
}

impl Fastener {
    /// How deep its head goes into the plastic around its hole: the height of the cone from head to
    /// hole. `None` for a head that lies on top.
    pub fn sunk(&self) -> Option<Mm> {
        let half_angle = self.countersink.as_ref()?.value.to_radians() / 2.0;
        Some(Mm::from_mm((self.head.value - self.hole.value).half().mm() / half_angle.tan()))
    }
}

/// What kind of fastener it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum FastenerClass {
    /// Holds a board; cuts its own thread in plastic.
    BoardScrew,
    /// Holds a board in an insert.
    MachineScrew,
    /// A brass insert, set with heat.
    Insert,
    /// Pulls a bracket on a rail's end.
    RailBolt,
    /// Holds a bracket or device to a rack.
    RackScrew,
    /// Holds a fan to its flange.
    FanScrew,
    /// Holds a hook to the rail's slot.
    HookScrew,
    /// A hexagon nut.
    Nut,
    /// Joins extrusions, or plates to their ends.
    FrameBolt,
    /// A nut in the slot of an extrusion.
    SlotNut,
    /// Holds wood to wood, or fittings to wood.
    WoodScrew,
}

/// A filament.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Material {
    /// Name for people.
    pub name: String,
    /// Where this entry's plain values come from.
    pub source: String,
    /// Grams in a cubic centimetre.
    pub density: Fact<f64>,
    /// What the nozzle is heated to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub nozzle_temperature: Option<Fact<Celsius>>,
    /// What the bed is heated to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub bed_temperature: Option<Fact<Celsius>>,
    /// Filament on one spool.
    pub spool: Fact<Kilograms>,
    /// Price of one kilogram.
    pub price_per_kilogram: Fact<Money>,
    /// Ids of filaments that stand at least the same heat.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub alternatives: Vec<String>,
}

/// A paint for wood.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Paint {
    /// Name for people.
    pub name: String,
    /// Where this entry's plain values come from.
    pub source: String,
    /// Square metres that a litre covers, once.
    pub spreading_rate: Fact<f64>,
    /// What is in a can, in litres.
    pub can: Fact<f64>,
    /// Price of a can.
    pub price: Fact<Money>,
}

/// A cable of one length.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct StockCable {
    /// Name for people.
    pub name: String,
    /// Where this entry's plain values come from.
    pub source: String,
    /// What it joins.
    pub class: CableClass,
    /// From plug to plug.
    pub length: Fact<Mm>,
    /// Unit price.
    pub price: Fact<Money>,
}

/// What a cable joins.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "kebab-case")]
pub enum CableClass {
    /// A board or device and a switch.
    Patch,
    /// A supply and a board.
    Supply,
    /// An outlet and a supply or device.
    Mains,
}

/// A card or other small thing that is bought by the piece.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Accessory {
    /// Name for people.
    pub name: String,
    /// Where this entry's plain values come from.
    pub source: String,
    /// Unit price.
    pub price: Fact<Money>,
}

/// Castors, hinges, joining plates and the like: bought by the piece, with a size and a mass.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Fitting {
    /// Name for people.
    pub name: String,
    /// Where this entry's plain values come from.
    pub source: String,
    /// The box around it as it is mounted, as [width, depth, height].
    pub size: [Mm; 3],
    /// What it carries, for a castor or foot.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub load: Option<Fact<Kilograms>>,
    /// Mass.
    pub mass: Fact<Kilograms>,
    /// Unit price.
    pub price: Fact<Money>,
}
