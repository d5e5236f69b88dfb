//! Single-board computers: mechanics, connectors, power.
//!
//! A board lies flat, component side up, its long edge along x; the origin is its lower left
//! corner. `-y` is the edge near y = 0, `+x` the edge at x = length, and so on.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::fact::Fact;
use crate::units::{Amps, Celsius, Grams, Mm, Money, Volts, Watts};

/// A single-board computer.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Board {
    /// Name for people.
    pub name: String,
    /// Where this entry's plain values come from.
    pub source: String,
    /// The bare printed circuit board.
    pub pcb: Pcb,
    /// Mounting holes.
    pub holes: Holes,
    /// Everything that stands off the board, above and below.
    pub boxes: Vec<ComponentBox>,
    /// The edge that faces the front of the caddy, with the network socket.
    pub front: Edge,
    /// The socket that power enters by.
    pub power_socket: PowerSocket,
    /// Megabits a second that it can send.
    #[serde(default = "super::hardware::gigabit")]
    pub network_speed: Fact<f64>,
    /// What it draws.
    pub power: BoardPower,
    /// What it stands.
    pub thermal: BoardThermal,
    /// Mass of the bare board.
    pub mass: Fact<Grams>,
    /// Unit price.
    pub price: Fact<Money>,
    /// Ids of boards of the same outline, holes and sockets.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub alternatives: Vec<String>,
}

/// The bare printed circuit board.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Pcb {
    /// Along x.
    pub length: Fact<Mm>,
    /// Along y.
    pub width: Fact<Mm>,
    /// Without components.
    pub thickness: Fact<Mm>,
}

/// Mounting holes.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Holes {
    /// Diameter in the board.
    pub diameter: Fact<Mm>,
    /// Thread of the screws that fit, such as `M2.5`.
    pub thread: String,
    /// Centres, as [x, y].
    pub at: Vec<[Mm; 2]>,
}

/// A component as the box that it needs: a connector, a header, solder tails.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ComponentBox {
    /// What it is.
    pub what: String,
    /// Lower left corner, as [x, y]; may lie outside the board.
    pub at: [Mm; 2],
    /// Extent, as [along x, along y].
    pub size: [Mm; 2],
    /// Height above the board's upper face.
    #[serde(default = "nothing")]
    pub above: Fact<Mm>,
    /// Depth below the board's lower face: solder tails, or a part on the underside.
    #[serde(default = "nothing")]
    pub below: Fact<Mm>,
    /// A bare metal shield, which must not meet a neighbour's solder tails.
    #[serde(default)]
    pub shield: bool,
}

fn nothing() -> Fact<Mm> {
    Fact::plain(Mm::ZERO)
}

/// An edge of a board.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub enum Edge {
    /// x = 0.
    #[serde(rename = "-x")]
    MinusX,
    /// x = length.
    #[serde(rename = "+x")]
    PlusX,
    /// y = 0.
    #[serde(rename = "-y")]
    MinusY,
    /// y = width.
    #[serde(rename = "+y")]
    PlusY,
}

/// The socket that power enters by, and the plugs that fit it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PowerSocket {
    /// Connector family, such as `micro-usb` or `usb-c`.
    pub connector: String,
    /// The edge that it opens to.
    pub edge: Edge,
    /// Its centre along that edge.
    pub at: Fact<Mm>,
    /// Height of its centre above the board's upper face.
    pub height: Fact<Mm>,
    /// How far its mouth stands out over the edge.
    pub overhang: Fact<Mm>,
    /// Room that a right-angle plug needs.
    pub right_angle: PlugRoom,
    /// Room that a straight plug needs.
    pub straight: PlugRoom,
}

/// The room that a plug needs beyond the socket's mouth.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PlugRoom {
    /// Out from the mouth, the cable's bend included.
    pub reach: Fact<Mm>,
    /// Along the edge.
    pub width: Fact<Mm>,
    /// Across the board.
    pub thickness: Fact<Mm>,
}

/// What a board draws. Watts name the plane that they were measured at.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct BoardPower {
    /// Nominal voltage at the socket.
    pub volts: Fact<Volts>,
    /// Idle.
    pub idle: Fact<Watts>,
    /// In ordinary use.
    pub typical: Fact<Watts>,
    /// Under full load, without peripherals.
    pub stress: Fact<Watts>,
    /// Where the three were measured: at the `wall`, or at the `board`'s socket.
    pub plane: PowerPlane,
    /// Share of wall power that reaches the board, as a number from 0 to 1.
    pub efficiency: Fact<f64>,
    /// Current that the maker recommends a supply for.
    pub nameplate: Fact<Amps>,
    /// Below this the board complains.
    pub minimum: Fact<Volts>,
}

/// Where a power figure was measured.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum PowerPlane {
    /// At the outlet, the supply's losses included.
    Wall,
    /// At the board's socket.
    Board,
}

/// What a board stands.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct BoardThermal {
    /// Clock is lowered gently from here.
    pub soft_limit: Fact<Celsius>,
    /// Clock is throttled from here.
    pub throttle: Fact<Celsius>,
    /// Kelvin a watt over the air, bare, in still air.
    pub still_air: Fact<f64>,
    /// Kelvin a watt over the air, with a caddy fan.
    pub with_fan: Fact<f64>,
    /// A cooler that is sold for it, and that `boxes` leave out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cooler: Option<BoardCooler>,
}

/// A cooler that is fitted to a board.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct BoardCooler {
    /// Catalogue id of the accessory.
    #[schemars(extend("x-pibuild-catalog" = "accessories"))]
    pub item: String,
    /// Kelvin a watt over the air, its own fan running.
    pub resistance: Fact<f64>,
}

impl Board {
    /// How far the furthest component stands out over an edge; zero if none does.
    pub fn overhang(&self, edge: Edge) -> Mm {
        let (length, width) = (self.pcb.length.value, self.pcb.width.value);
        self.boxes
            .iter()
            .map(|component| {
                let [x, y] = component.at;
                let [along_x, along_y] = component.size;
                match edge {
                    Edge::MinusX => -x,
                    Edge::PlusX => x + along_x - length,
                    Edge::MinusY => -y,
                    Edge::PlusY => y + along_y - width,
                }
            })
            .max()
            .unwrap_or(Mm::ZERO)
            .max(Mm::ZERO)
    }

    /// The tallest component above the board.
    pub fn tallest(&self) -> Option<&ComponentBox> {
        self.boxes.iter().max_by_key(|component| component.above.value)
    }

    /// The deepest component or solder tail below the board.
    pub fn deepest(&self) -> Option<&ComponentBox> {
        self.boxes.iter().max_by_key(|component| component.below.value)
    }

    /// A power figure at the board's socket.
    pub fn at_board(&self, figure: Watts) -> Watts {
        match self.power.plane {
            PowerPlane::Wall => figure * self.power.efficiency.value,
            PowerPlane::Board => figure,
        }
    }

    /// A power figure at the wall.
    pub fn at_wall(&self, figure: Watts) -> Watts {
        match self.power.plane {
            PowerPlane::Wall => figure,
            PowerPlane::Board => figure / self.power.efficiency.value,
        }
    }
}
