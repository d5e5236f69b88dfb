//! The design's keys about where the banks stand: racks, devices, power, network, air, shell.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::choice::Auto;
use super::design::Fans;
use crate::units::{Amps, Celsius, Kilograms, Mm, Money, RackUnits, Volts, Watts};

/// In `racks.contents`, one rack unit with nothing in it.
pub const EMPTY: &str = "empty";

/// The racks and what stands in them.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Racks {
    /// EIA-310 19-inch, or the 10-inch mini rack.
    pub standard: RackStandard,
    /// How many racks; `auto` takes as many as are needed.
    #[schemars(extend("minimum" = 1, "maximum" = 100_000))]
    pub count: Auto<u32>,
    /// Catalogue id of the rack; `auto` takes the usual one of the standard.
    #[schemars(extend("x-pibuild-catalog" = "racks"))]
    pub model: Auto<String>,
    /// How several racks stand together.
    pub arrangement: Arrangement,
    /// Named stacks of devices and banks, top to bottom, to be used in `contents`.
    pub groups: BTreeMap<String, Vec<String>>,
    /// What stands in each rack, top to bottom: `bank`, device names, group names, `3 x NAME`;
    /// `empty` leaves a unit free.
    /// `auto` places banks and switches itself.
    pub contents: Auto<BTreeMap<u32, Vec<String>>>,
}

/// A rack's width.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub enum RackStandard {
    /// EIA-310, 482.6 mm over the ears.
    #[default]
    #[serde(rename = "19in")]
    Nineteen,
    /// The 10-inch mini rack, 254 mm over the ears.
    #[serde(rename = "10in")]
    Ten,
}

/// How several racks stand together.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Arrangement {
    /// Side by side, all facing the front.
    #[default]
    Row,
    /// The first half abreast in front, the second half behind, facing the rear.
    BackToBack,
}

/// A name used in the racks: a catalogue entry, and what is different about this one.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct DeviceUse {
    /// Catalogue id of the device.
    #[serde(rename = "type")]
    #[schemars(extend("x-pibuild-catalog" = "devices"))]
    pub kind: String,
    /// What a switch does: `access` serves the banks next to it, `core` joins the others.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub role: Option<Role>,
    /// Height in rack units, in place of the catalogue's.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(extend("x-pibuild-range" = ["1U", "60U"]))]
    pub height: Option<RackUnits>,
    /// Depth behind the mounting face, in place of the catalogue's.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(extend("x-pibuild-range" = ["1 mm", "3 m"]))]
    pub depth: Option<Mm>,
    /// Power drawn at the wall, in place of the catalogue's.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(extend("x-pibuild-range" = ["0 W", "100 kW"]))]
    pub power: Option<Watts>,
    /// Network ports for boards, in place of the catalogue's.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(extend("minimum" = 0, "maximum" = 10_000))]
    pub ports: Option<u32>,
    /// Ports that lead to other switches, in place of the catalogue's.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(extend("minimum" = 0, "maximum" = 10_000))]
    pub uplinks: Option<u32>,
    /// Power outlets, in place of the catalogue's.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(extend("minimum" = 0, "maximum" = 10_000))]
    pub outlets: Option<u32>,
    /// Mass, in place of the catalogue's.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(extend("x-pibuild-range" = ["0 kg", "5000 kg"]))]
    pub mass: Option<Kilograms>,
    /// Unit price, in place of the catalogue's.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub price: Option<Money>,
}

/// What a switch does in the cluster.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Role {
    /// Serves the banks next to it in the stack.
    Access,
    /// Joins the other switches.
    Core,
}

/// How the boards are powered.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Power {
    /// Where board power comes from.
    pub from: PowerFrom,
    /// Catalogue id of the supply, one to an access group; `auto` takes the smallest that carries
    /// the group.
    #[schemars(extend("x-pibuild-catalog" = "supplies"))]
    pub supply: Auto<String>,
    /// The cable between supply and board.
    pub cable: Cable,
    /// One branch circuit.
    pub circuit: Circuit,
    /// The service that feeds all circuits; left out, it is not checked.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub service: Option<Service>,
    /// How boards are switched on; left out, all at once.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub boot: Option<Boot>,
}

/// Where board power comes from.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum PowerFrom {
    /// Multi-port supplies.
    #[default]
    Supply,
    /// The access switches, over Ethernet.
    Poe,
}

/// The cable between supply and board.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Cable {
    /// American wire gauge of the power pair.
    #[schemars(extend("minimum" = 8, "maximum" = 40))]
    pub awg: u32,
    /// Length; `auto` follows the layout.
    #[schemars(extend("x-pibuild-range" = ["10 mm", "100 m"]))]
    pub length: Auto<Mm>,
    /// The plug at the board.
    pub plug: Plug,
}

impl Default for Cable {
    fn default() -> Cable {
        Cable { awg: 20, length: Auto::Auto, plug: Plug::RightAngle }
    }
}

/// The shape of the plug at the board.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Plug {
    /// The cable leaves across the plug.
    RightAngle,
    /// The cable leaves in line.
    Straight,
}

/// One branch circuit.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Circuit {
    /// Voltage.
    #[schemars(extend("x-pibuild-range" = ["5 V", "1000 V"]))]
    pub volts: Volts,
    /// What the breaker carries.
    #[schemars(extend("x-pibuild-range" = ["1 A", "10000 A"]))]
    pub amps: Amps,
    /// Wiring code: `nec` derates continuous loads to 80 %, `iec` does not.
    pub code: WiringCode,
}

impl Default for Circuit {
    fn default() -> Circuit {
        Circuit { volts: Volts(120.0), amps: Amps(20.0), code: WiringCode::Nec }
    }
}

/// The rules that a circuit is loaded by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum WiringCode {
    /// US National Electrical Code: continuous loads up to 80 % of the breaker.
    Nec,
    /// IEC practice: the breaker's full rating.
    Iec,
}

/// The service that feeds all circuits.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Service {
    /// Voltage.
    #[schemars(extend("x-pibuild-range" = ["5 V", "1000 V"]))]
    pub volts: Volts,
    /// What the main breaker carries, each phase.
    #[schemars(extend("x-pibuild-range" = ["1 A", "10000 A"]))]
    pub amps: Amps,
    /// Phases, 1 or 3.
    #[serde(default = "one_phase")]
    #[schemars(extend("minimum" = 1, "maximum" = 3))]
    pub phases: u32,
}

fn one_phase() -> u32 {
    1
}

/// How boards are switched on.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Boot {
    /// Boards switched on at once.
    #[schemars(extend("minimum" = 1, "maximum" = 10_000_000))]
    pub batch: u32,
}

/// How the boards are reached.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Network {
    /// The network that all boards and devices live in, as address/prefix.
    pub subnet: String,
    /// Pattern of host names; `{rack}`, `{bank}` and `{slot}` are replaced.
    pub hostname: String,
    /// Where boards boot from.
    pub boot: BootFrom,
    /// How addresses are given out.
    pub addresses: AddressScheme,
    /// A CSV file next to the design that lists the boards' hardware addresses, with the columns
    /// `hostname` and `mac`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub macs: Option<String>,
}

impl Default for Network {
    fn default() -> Network {
        Network {
            subnet: "10.0.0.0/16".to_owned(),
            hostname: "pi-{rack}-{bank}-{slot}".to_owned(),
            boot: BootFrom::Network,
            addresses: AddressScheme::Auto,
            macs: None,
        }
    }
}

/// How addresses are given out.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum AddressScheme {
    /// By group where the subnet has room for that, else in order.
    #[default]
    Auto,
    /// A block of 256 to each access switch: group 3's fifth board is x.x.13.5.
    ByGroup,
    /// One after the other.
    InOrder,
}

/// Where boards boot from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum BootFrom {
    /// Over the network.
    Network,
    /// A card in each board.
    SdCard,
}

/// Air.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Cooling {
    /// Temperature of the room.
    #[schemars(extend("x-pibuild-range" = ["-40 C", "85 C"]))]
    pub ambient: Celsius,
    /// Is the cooler that the catalogue lists for the board fitted to each? `auto` fits it where
    /// there is one.
    pub board_cooler: Auto<bool>,
    /// Fans in the roof of the shell.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub roof_fans: Option<Fans>,
}

impl Default for Cooling {
    fn default() -> Cooling {
        Cooling { ambient: Celsius(25.0), board_cooler: Auto::Auto, roof_fans: None }
    }
}

/// The box around the racks.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Shell {
    /// What the box looks like.
    pub style: ShellStyle,
    /// Catalogue id of the sheet that it is cut from.
    #[schemars(extend("x-pibuild-catalog" = "sheets"))]
    pub sheet: String,
    /// Thickness as measured; left out, the sheet's nominal one.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(extend("x-pibuild-range" = ["0.5 mm", "200 mm"]))]
    pub sheet_thickness: Option<Mm>,
    /// Catalogue id of the sheet that window panes are cut from.
    #[schemars(extend("x-pibuild-catalog" = "sheets"))]
    pub pane: String,
    /// What cuts the sheets.
    pub tool: Tool,
    /// What a slot or groove is wider than what goes into it: glue and paint need room.
    #[schemars(extend("x-pibuild-range" = ["0 mm", "2 mm"]))]
    pub joint_allowance: Mm,
    /// Coats of paint on every painted piece, the first of them a primer's if you like.
    #[schemars(extend("minimum" = 0, "maximum" = 10))]
    pub coats: u32,
    /// Lettering over the doors.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sign: Option<String>,
    /// Sides left open, where racks look out.
    pub open_sides: Vec<Side>,
    /// Sides that have doors.
    pub doors: Vec<Side>,
    /// The frame of extrusions that stands in the box, around the racks.
    pub frame: ShellFrame,
}

impl Default for Shell {
    fn default() -> Shell {
        Shell {
            style: ShellStyle::None,
            sheet: "birch-ply-18".to_owned(),
            sheet_thickness: None,
            pane: "acrylic-3".to_owned(),
            tool: Tool::default(),
            joint_allowance: Mm::um(200),
            // Three coats of 35 µm make a system (Resene).
            coats: 3,
            sign: None,
            open_sides: Vec::new(),
            doors: Vec::new(),
            frame: ShellFrame::default(),
        }
    }
}

/// The frame of extrusions around the racks.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct ShellFrame {
    /// Catalogue id of the posts' profile; `auto` takes 1.5 in around racks of 1 m and more, else
    /// 20 mm.
    #[schemars(extend("x-pibuild-catalog" = "rails"))]
    pub post: Auto<String>,
    /// Catalogue id of the horizontals' profile; `auto` takes one as thick as the posts and twice
    /// as tall.
    #[schemars(extend("x-pibuild-catalog" = "rails"))]
    pub beam: Auto<String>,
    /// Catalogue id of the sheet that base and top plate are cut from.
    #[schemars(extend("x-pibuild-catalog" = "sheets"))]
    pub plate: String,
    /// Catalogue id of what the frame stands on; `auto` takes castors under racks of 1 m and more,
    /// else rubber feet.
    #[schemars(extend("x-pibuild-catalog" = "fittings"))]
    pub castor: Auto<String>,
}

impl Default for ShellFrame {
    fn default() -> ShellFrame {
        ShellFrame {
            post: Auto::Auto,
            beam: Auto::Auto,
            plate: "ply-3-4-in".to_owned(),
            castor: Auto::Auto,
        }
    }
}

/// What the box around the racks looks like.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum ShellStyle {
    /// No box.
    None,
    /// A panelled cabinet.
    PlainBox,
    /// A British police box.
    PoliceBox,
}

/// What cuts the sheets.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Tool {
    /// A router needs room in inner corners, a saw cuts edge to edge.
    pub kind: ToolKind,
    /// Diameter of the cutter, or width of the saw's kerf.
    #[schemars(extend("x-pibuild-range" = ["0.1 mm", "50 mm"]))]
    pub diameter: Mm,
}

impl Default for Tool {
    fn default() -> Tool {
        Tool { kind: ToolKind::Router, diameter: Mm::um(6_350) }
    }
}

/// A router or a saw.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum ToolKind {
    /// A rotating cutter.
    Router,
    /// A panel saw.
    Saw,
}

/// A side of the box.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Side {
    /// Where racks 1, 2, … look out.
    Front,
    /// The opposite side.
    Back,
    /// Left, seen from the front.
    Left,
    /// Right, seen from the front.
    Right,
}
