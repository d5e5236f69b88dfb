//! What can be bought: boards, rails, racks, devices, fans, supplies, printers, stock.
//!
//! Promise: every physical number is a [`Fact`] that names its source, or says that none confirms
//! it. The data is YAML beside this code (`src/catalog/data/`); a new board is an entry there, or
//! in a design's own `catalog:`, and nothing else.

mod addon;
mod board;
mod builtin;
mod fact;
mod hardware;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

pub use addon::{Addon, AddonThermal};
pub use board::{
    Board, BoardCooler, BoardPower, BoardThermal, ComponentBox, Edge, Holes, Pcb, PlugRoom,
    PowerPlane, PowerSocket,
};
pub use builtin::{CatalogError, nearest};
pub use fact::Fact;
pub use hardware::{
    Accessory, CableClass, Device, DeviceClass, Fan, Fastener, FastenerClass, Fitting, Material,
    Paint, PoeSource, Printer, PrinterClass, Rack, RailProfile, RailSlot, Sheet, StockCable,
    Supply,
};

/// Catalogue entries by kind and id. The built-in catalogue is one of these, and so is what a
/// design adds to it.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Catalog {
    /// Single-board computers.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub boards: BTreeMap<String, Board>,
    /// T-slot extrusions.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub rails: BTreeMap<String, RailProfile>,
    /// Racks.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub racks: BTreeMap<String, Rack>,
    /// Switches, servers, power units and other things in a rack.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub devices: BTreeMap<String, Device>,
    /// Fans.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub fans: BTreeMap<String, Fan>,
    /// Supplies that feed many boards.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub supplies: BTreeMap<String, Supply>,
    /// 3D printers.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub printers: BTreeMap<String, Printer>,
    /// Sheet materials.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub sheets: BTreeMap<String, Sheet>,
    /// Screws, bolts, nuts, inserts.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub fasteners: BTreeMap<String, Fastener>,
    /// Castors, hinges, joining plates, lamps.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub fittings: BTreeMap<String, Fitting>,
    /// Filaments.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub materials: BTreeMap<String, Material>,
    /// Paints.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub paints: BTreeMap<String, Paint>,
    /// Coolers, HATs and bases: what is fitted to boards.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub addons: BTreeMap<String, Addon>,
    /// Cables, by what they join and their length.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub cables: BTreeMap<String, StockCable>,
    /// Cards and other small things.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub accessories: BTreeMap<String, Accessory>,
}
