//! What the user wrote: the design file as plain types, defaults filled in.
//!
//! The doc comment of a key is its description in the JSON Schema. Nothing here looks anything
//! up: names of boards, rails and devices are still just names.

use std::collections::BTreeMap;

use schemars::{JsonSchema, Schema};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::choice::{Auto, CatalogSource, Count};
use super::costs::{Costs, Labour};
use super::making::{Drawings, Printing, Spares, Transport};
use super::prices::Prices;
use super::site::{Cooling, DeviceUse, Network, Power, Racks, Shell};
use super::stock::Stock;
use crate::units::{Mm, RackUnits};

/// A pibuild design: one rack cluster of single-board computers.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Design {
    /// Version of the design language; 1 is the only one so far.
    #[schemars(extend("const" = 1))]
    pub pibuild: u32,
    /// Short name of the design, used for file and folder names: small letters, digits, hyphens.
    #[schemars(extend("pattern" = "^[a-z0-9][a-z0-9-]{0,63}$"))]
    pub name: String,
    /// A title for people.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// ISO 4217 code of the currency that all prices are in.
    #[serde(default = "default_currency")]
    #[schemars(extend("pattern" = "^[A-Z]{3}$"))]
    pub currency: String,
    /// Own catalogue entries, written here or in files next to the design.
    #[serde(default, skip_serializing_if = "CatalogSource::is_empty")]
    pub catalog: CatalogSource,
    /// Catalogue id of the single-board computer.
    #[schemars(extend("x-pibuild-catalog" = "boards"))]
    pub board: String,
    /// Catalogue ids of what is fitted to every board: coolers, HATs, bases.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[schemars(extend("maxItems" = 8), transform = addon_ids)]
    pub board_addons: Vec<String>,
    /// How many boards there are in all; compared with what the racks hold.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(extend("minimum" = 1, "maximum" = 10_000_000))]
    pub pis: Option<u32>,
    /// The printed carrier that holds the boards.
    #[serde(default)]
    pub caddy: Caddy,
    /// Caddies on one rail between two end brackets.
    #[serde(default)]
    pub bank: Bank,
    /// The T-slot extrusion that a bank hangs on.
    #[serde(default)]
    pub rail: Rail,
    /// The printed ends of a bank.
    #[serde(default)]
    pub end_bracket: EndBracket,
    /// The racks and what stands in them.
    #[serde(default)]
    pub racks: Racks,
    /// Names used in `racks`, and the catalogue entries behind them.
    #[serde(default)]
    pub devices: BTreeMap<String, DeviceUse>,
    /// How the boards are powered.
    #[serde(default)]
    pub power: Power,
    /// How the boards are reached.
    #[serde(default)]
    pub network: Network,
    /// Air.
    #[serde(default)]
    pub cooling: Cooling,
    /// The box around the racks.
    #[serde(default)]
    pub shell: Shell,
    /// What sheets and bars are cut from.
    #[serde(default)]
    pub stock: Stock,
    /// Printers and how they print.
    #[serde(default)]
    pub printing: Printing,
    /// How drawings are laid out.
    #[serde(default)]
    pub drawings: Drawings,
    /// What is made or bought beyond what is installed.
    #[serde(default)]
    pub spares: Spares,
    /// How the finished cluster is moved.
    #[serde(default)]
    pub transport: Transport,
    /// What is paid beyond unit prices.
    #[serde(default)]
    pub costs: Costs,
    /// Minutes of assembly by one person.
    #[serde(default)]
    pub labour: Labour,
    /// Unit prices by BOM item, in place of the catalogue's: here, or in a CSV file. Those of a
    /// filament's spool or a sheet are shared out to what is made of it.
    #[serde(default)]
    pub prices: Prices,
}

/// Each item is an id of the catalogue.
fn addon_ids(list: &mut Schema) {
    if let Some(Value::Object(item)) = list.get_mut("items") {
        item.insert("x-pibuild-catalog".to_owned(), Value::from("addons"));
    }
}

fn default_currency() -> String {
    "USD".to_owned()
}

/// The printed carrier that holds `pis_per_caddy` boards on the rail: upright, or lying in a tray.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Caddy {
    /// Boards in one caddy.
    #[schemars(extend("minimum" = 1, "maximum" = 100))]
    pub pis_per_caddy: u32,
    /// The pitch of one caddy along the rail; `auto` shares the rail out.
    #[schemars(extend("x-pibuild-range" = ["5 mm", "1 m"]))]
    pub width: Auto<Mm>,
    /// Thickness of the wall behind the board.
    #[schemars(extend("x-pibuild-range" = ["0.4 mm", "20 mm"]))]
    pub wall: Mm,
    /// How the caddy holds the rail; `auto` takes a hook wherever one can be had.
    pub collar: Collar,
    /// Sliding clearance between collar and rail, each side.
    #[schemars(extend("x-pibuild-range" = ["0 mm", "5 mm"]))]
    pub clearance: Mm,
    /// How the board is fixed to its standoffs.
    pub board_fixing: BoardFixing,
    /// What the recessed field on the front carries.
    pub label: Label,
    /// Catalogue id of the filament.
    #[schemars(extend("x-pibuild-catalog" = "materials"))]
    pub material: String,
}

impl Default for Caddy {
    fn default() -> Caddy {
        Caddy {
            pis_per_caddy: 1,
            width: Auto::Auto,
            wall: Mm::um(2_000),
            collar: Collar::Auto,
            clearance: Mm::um(250),
            board_fixing: BoardFixing::SelfTapping,
            label: Label::Blank,
            material: "petg".to_owned(),
        }
    }
}

/// How a caddy holds the rail.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Collar {
    /// A hook where one can be had, else a bead.
    Auto,
    /// A closed window: threaded on the rail like a bead.
    Bead,
    /// Open to the rear, and held by a screw into the rail's slot: comes off to the front.
    Hook,
}

/// How a board is fixed to its standoffs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum BoardFixing {
    /// Screws that cut their thread in a pilot hole.
    SelfTapping,
    /// Machine screws in brass inserts.
    HeatSet,
    /// Printed pegs and a clip.
    Pegs,
}

/// The field on a caddy's front.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Label {
    /// No field.
    None,
    /// An empty recess for a sticker.
    Blank,
    /// The slot number, engraved.
    Number,
}

/// Caddies on one rail between two end brackets.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Bank {
    /// Height in rack units; `auto` takes the smallest that fits.
    #[schemars(extend("x-pibuild-range" = ["1U", "20U"]))]
    pub height: Auto<RackUnits>,
    /// Caddies on the rail; `max` takes as many as fit.
    pub caddies: Count,
    /// Fans carried by fan caddies; none by default.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub fans: Option<Fans>,
    /// Boards on edge, or lying.
    pub orientation: Orientation,
}

/// A number of fans of one type.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Fans {
    /// Catalogue id of the fan.
    #[serde(rename = "type")]
    #[schemars(extend("x-pibuild-catalog" = "fans"))]
    pub kind: String,
    /// How many.
    #[schemars(extend("minimum" = 1, "maximum" = 10_000))]
    pub count: u32,
}

/// How the boards of a bank stand.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Orientation {
    /// On edge, side by side.
    #[default]
    Upright,
    /// Lying side by side in trays, ports to the front.
    Flat,
}

/// The T-slot extrusion that a bank hangs on.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Rail {
    /// Catalogue id of the extrusion.
    #[schemars(extend("x-pibuild-catalog" = "rails"))]
    pub profile: String,
    /// Length as bought; `auto` is 18 in for 19-inch racks and 9 in for 10-inch racks.
    #[schemars(extend("x-pibuild-range" = ["10 mm", "10 m"]))]
    pub length: Auto<Mm>,
    /// Length taken off one end.
    #[schemars(extend("x-pibuild-range" = ["0 mm", "1 m"]))]
    pub milling: Mm,
    /// Thread tapped into both ends; `auto` takes the profile's own.
    pub tap: Auto<String>,
    /// Which way the profile's longer side stands; `auto` stands it on edge if its window can be
    /// bridged, and lays it in flat banks.
    pub orientation: Auto<RailOrientation>,
    /// Where the rail runs.
    pub position: RailPosition,
}

impl Default for Rail {
    fn default() -> Rail {
        Rail {
            profile: "t-slot-1-by-half".to_owned(),
            length: Auto::Auto,
            milling: Mm::um(16_350),
            tap: Auto::Auto,
            orientation: Auto::Auto,
            position: RailPosition::Auto,
        }
    }
}

/// Which way a rail's longer side stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum RailOrientation {
    /// The longer side is upright.
    OnEdge,
    /// The longer side lies, front to rear.
    Flat,
}

/// Where the rail runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum RailPosition {
    /// Under the boards.
    Auto,
    /// Under the boards.
    Under,
    /// Over the boards: the whole bank is turned by half a turn.
    Over,
}

/// The printed end of a bank: bolts to the rail's end, carries the rack ear.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct EndBracket {
    /// Thickness of the plate between the rail's end and the rack post.
    #[schemars(extend("x-pibuild-range" = ["0.4 mm", "100 mm"]))]
    pub thickness: Mm,
    /// How far the bracket's collar reaches over the rail's end.
    #[schemars(extend("x-pibuild-range" = ["0 mm", "200 mm"]))]
    pub collar: Mm,
    /// Thickness of the ear in front of the rack post.
    #[schemars(extend("x-pibuild-range" = ["0.4 mm", "50 mm"]))]
    pub ear: Mm,
    /// Catalogue id of the filament.
    #[schemars(extend("x-pibuild-catalog" = "materials"))]
    pub material: String,
}

impl Default for EndBracket {
    fn default() -> EndBracket {
        EndBracket {
            thickness: Mm::um(5_000),
            collar: Mm::um(4_440),
            ear: Mm::um(5_000),
            material: "petg".to_owned(),
        }
    }
}
