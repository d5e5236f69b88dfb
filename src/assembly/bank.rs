//! One bank: brackets, rail and bolts, the row of caddies with boards, plugs and fans.

use std::collections::BTreeMap;

use nalgebra::Isometry3;

use super::{Assembly, Finish, Instance, Piece, board, bought, shift};
use crate::cluster::{Cluster, RACK_UNIT};
use crate::farm::Print;
use crate::parts::{caddy_name, has_fan, numbered};
use crate::units::Mm;

/// Adds the bank's shapes and instances.
pub fn build(assembly: &mut Assembly, cluster: &Cluster, prints: &[Print]) {
    assembly.bank_step = RACK_UNIT * i64::from(cluster.bank.units.value.0);
    // A bank is worked out with its rail under the boards; over them, all of it is turned.
    let frame = if cluster.rail.over {
        crate::parts::half_turn(cluster.opening.used.value, cluster.bank.panel_height.value)
    } else {
        Isometry3::identity()
    };
    ends(assembly, cluster, prints, frame);
    row(assembly, cluster, prints, frame);
}

/// Rail, brackets and bolts.
fn ends(assembly: &mut Assembly, cluster: &Cluster, prints: &[Print], frame: Isometry3<f64>) {
    let rail = assembly.add_shape("rail", vec![bought::rail(cluster)]);
    assembly.bank.push(Instance::new(rail, "rail", frame));
    let sides = [("left", Mm::ZERO), ("right", cluster.opening.used.value)];
    for (side, at) in sides {
        if let Some(part) = printed(assembly, prints, &format!("end-bracket-{side}")) {
            part.stand(assembly, format!("end-bracket-{side}"), shift(at, Mm::ZERO, Mm::ZERO));
        }
        let bolts = bought::rail_bolts(cluster, (side == "right") != cluster.rail.over);
        let several = bolts.len() > 1;
        for (at, piece) in bolts.into_iter().enumerate() {
            let bolt = assembly.add_shape("rail-bolt", vec![piece]);
            let number = if several { format!("-{}", at + 1) } else { String::new() };
            let name = format!("rail-bolt-{side}{number}");
            assembly.bank.push(Instance::new(bolt, name, frame));
        }
    }
}

/// Caddies, boards, plugs and fans, left to right.
fn row(assembly: &mut Assembly, cluster: &Cluster, prints: &[Print], frame: Isometry3<f64>) {
    let (plan, bank) = (&cluster.caddy, &cluster.bank);
    let mut parts: BTreeMap<String, Option<Printed>> = BTreeMap::new();
    let board = assembly.add_shape("board", board::pieces(cluster));
    let mut shapes = vec![
        (board, "board"),
        (assembly.add_shape("power-plug", vec![board::plug(cluster)]), "power-plug"),
    ];
    if let Some(plug) = board::network_plug(cluster) {
        shapes.push((assembly.add_shape("network-plug", vec![plug]), "network-plug"));
    }
    let fan = bank.fans.as_ref().map(|fans| {
        let shape = assembly.add_shape("fan", vec![bought::fan(&fans.fan)]);
        (shape, crate::parts::fan_seat(plan, fans))
    });
    let count = plan.count.value;
    let left = bank.bracket.thickness + bank.bracket.collar + plan.play.value.half();
    for position in 1..=count {
        let slot = if cluster.rail.over { count + 1 - position } else { position };
        let corner = left + plan.body.value * i64::from(position - 1);
        let place = frame * shift(corner, Mm::ZERO, bank.bracket.lift.value);
        let has_fan = has_fan(cluster, slot);
        let name = caddy_name(cluster, slot);
        let part =
            parts.entry(name).or_insert_with_key(|name| printed(assembly, prints, name)).as_ref();
        if let Some(part) = part {
            let name = if has_fan { "fan-caddy" } else { "caddy" };
            part.stand(assembly, numbered(name, slot, count), place);
        }
        for within in 0..plan.boards {
            // Counted from the left, whichever way the caddy is turned.
            let mirrored = plan.starts_at_right();
            let along = if mirrored { -plan.board_pitch.value } else { plan.board_pitch.value };
            let from_right = mirrored != cluster.rail.over;
            let from_left = if from_right { plan.boards - 1 - within } else { within };
            let number = (slot - 1) * plan.boards + from_left;
            let place = place * shift(along * i64::from(within), Mm::ZERO, Mm::ZERO);
            for &(shape, name) in &shapes {
                let name = numbered(name, number + 1, count.saturating_mul(plan.boards));
                let instance = Instance::new(shape, name, place);
                assembly.bank.push(Instance { board: Some(number), ..instance });
            }
        }
        if let Some((shape, seat)) = fan.filter(|_| has_fan) {
            let place = place * shift(seat.x, seat.y, seat.z);
            assembly.bank.push(Instance::new(shape, numbered("fan", slot, count), place));
        }
    }
}

/// A printed part's shape, and its way into the bank.
struct Printed {
    shape: usize,
    to_bank: Isometry3<f64>,
}

impl Printed {
    fn stand(&self, assembly: &mut Assembly, name: String, place: Isometry3<f64>) {
        assembly.bank.push(Instance::new(self.shape, name, place * self.to_bank));
    }
}

fn printed(assembly: &mut Assembly, prints: &[Print], name: &str) -> Option<Printed> {
    let print = prints.iter().find(|print| print.part.name == name)?;
    let mesh = print.mesh.clone()?;
    let finish = if name.starts_with("end") { Finish::Bracket } else { Finish::Printed };
    let shape = assembly.add_shape(name, vec![Piece::new("", finish, mesh)]);
    Some(Printed { shape, to_bank: print.part.to_bank })
}

impl Instance {
    /// An instance that stands there with or without boards.
    pub(super) fn new(shape: usize, name: impl Into<String>, place: Isometry3<f64>) -> Instance {
        Instance { shape, name: name.into(), place, board: None }
    }
}
