//! Where banks, devices and boards are in their rack.

use super::space::{Block, Spot};
use super::{Item, Placed};
use crate::cluster::{Cluster, RACK_UNIT};
use crate::units::Mm;

/// Half of the gap between panel and rack unit (EIA-310).
const PANEL_INSET: Mm = Mm::um(395);

/// Height of a rack unit's lower edge over the floor: the holes stand in the middle of the rack's
/// height.
pub fn unit_height(cluster: &Cluster, unit: i64) -> Mm {
    let rack = &cluster.opening.rack;
    let left = rack.height.value - RACK_UNIT * i64::from(rack.units.0);
    left.half().max(Mm::ZERO) + RACK_UNIT * (unit - 1)
}

impl Placed {
    /// Height of its panel's lower edge over the floor.
    pub fn floor(&self, cluster: &Cluster) -> Mm {
        unit_height(cluster, self.unit) + PANEL_INSET
    }

    /// Height of its panel's middle over the floor.
    pub fn middle(&self, cluster: &Cluster) -> Mm {
        unit_height(cluster, self.unit) + RACK_UNIT.half() * i64::from(self.height.0)
    }

    /// A bank's origin in its rack: the outer face of the left bracket's plate, the front of the
    /// ears, the foot of the brackets.
    pub fn bank_corner(&self, cluster: &Cluster) -> Spot {
        Spot::new(
            -cluster.opening.used.value.half(),
            -cluster.bank.bracket.ear,
            self.floor(cluster),
        )
    }

    /// The room that it takes in its rack, ears and all: a panel wide, from its front to its rear.
    pub fn block(&self, cluster: &Cluster) -> Block {
        let half = cluster.opening.rack.panel.value.half();
        let (front, rear) = match &self.item {
            Item::Bank => {
                let ear = cluster.bank.bracket.ear;
                (-ear, cluster.bank.depth.value - ear)
            }
            Item::Device(name) => {
                (Mm::ZERO, cluster.device(name).map_or(Mm::ZERO, |device| device.depth.value))
            }
        };
        let floor = self.floor(cluster);
        let top = unit_height(cluster, self.unit + i64::from(self.height.0)) - PANEL_INSET;
        Block::new(Spot::new(-half, front, floor), Spot::new(half, rear, top))
    }

    /// The network socket of the board in slot `slot` (from 0 at the left) of this bank: boards
    /// share the bank's width evenly, and their sockets are flush with its front.
    pub fn board_socket(&self, cluster: &Cluster, slot: u32) -> Spot {
        let y = -cluster.bank.bracket.ear;
        Spot::new(across(cluster, slot), y, self.middle(cluster))
    }

    /// The power socket of the board in slot `slot` of this bank.
    pub fn board_plug(&self, cluster: &Cluster, slot: u32) -> Spot {
        let plug = cluster.caddy.seated.plug.area;
        let y = (plug.u0 + plug.u1).half() - cluster.bank.bracket.ear;
        Spot::new(across(cluster, slot), y, self.middle(cluster))
    }

    /// Port number `port` (from 1) of a device with `ports` of them, on its front. More than eight
    /// stand in two rows, the odd ones above.
    pub fn port(&self, cluster: &Cluster, port: u32, ports: u32) -> Spot {
        let width = cluster.opening.rack.narrowest_opening.value;
        let (column, columns) = if ports > SINGLE_ROW {
            (port.saturating_sub(1) / 2, ports.div_ceil(2))
        } else {
            (port.saturating_sub(1), ports.max(1))
        };
        let share = width * i64::from(2 * column + 1) / i64::from(2 * columns);
        Spot::new(share - width.half(), Mm::ZERO, self.middle(cluster))
    }
}

/// Switches with more ports than this have them in two rows.
const SINGLE_ROW: u32 = 8;

fn across(cluster: &Cluster, slot: u32) -> Mm {
    let width = cluster.opening.used.value;
    let boards = i64::from(cluster.bank.boards.value.max(1));
    width * (2 * i64::from(slot) + 1) / (2 * boards) - width.half()
}
