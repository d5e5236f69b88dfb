//! Racks: posts, devices, banks at their rack units; and how racks stand in the cluster.

use std::collections::{BTreeMap, BTreeSet};

use nalgebra::{Isometry3, UnitQuaternion, Vector3};

use super::{Assembly, Finish, Instance, Piece, bought, shift};
use crate::cluster::{Cluster, RACK_UNIT};
use crate::geometry::Bounds;
use crate::layout::{Block, Item, Layout, Placed, RackPlan, Stand};
use crate::parts::numbered;
use crate::units::{Mm, RackUnits};
use crate::wiring::Feed;

/// What posts are called among shapes.
const POST_SHAPE: &str = "rack-post";

/// One rack.
#[derive(Clone, Debug)]
pub struct RackModel {
    /// Its number.
    pub number: u32,
    /// From its frame to the cluster's.
    pub place: Isometry3<f64>,
    /// Posts and devices, in its frame.
    pub instances: Vec<Instance>,
    /// Its banks, top to bottom.
    pub banks: Vec<BankPlace>,
}

/// A bank in a rack.
#[derive(Clone, Debug)]
pub struct BankPlace {
    /// Its name, numbered through all racks: `bank-03`.
    pub name: String,
    /// From its frame to the rack's.
    pub place: Isometry3<f64>,
    /// Boards in it, from the left.
    pub boards: u32,
}

/// Adds all racks, and the posts beside a bank.
pub fn build(assembly: &mut Assembly, cluster: &Cluster, layout: &Layout) {
    let rack = &cluster.opening.rack;
    let [left, right] = bought::posts(rack);
    let posts = [("post-left", left), ("post-right", right)].map(|(name, pieces)| {
        Instance::new(assembly.add_shape(POST_SHAPE, pieces), name, Isometry3::identity())
    });
    let unit = i64::from(rack.base_units.0) + 1;
    let lowest = Placed { item: Item::Bank, unit, height: RackUnits(1) };
    let lowest = bank_place(cluster, &lowest).inverse();
    assembly.posts =
        posts.iter().map(|post| Instance { place: lowest * post.place, ..post.clone() }).collect();
    let mut devices = BTreeMap::new();
    let mut bank = 0;
    for plan in &layout.racks {
        let mut model = RackModel {
            number: plan.number,
            place: rack_place(plan.stand),
            instances: posts.to_vec(),
            banks: vec![],
        };
        let mut numbers = BTreeMap::new();
        for placed in &plan.items {
            match &placed.item {
                Item::Bank => {
                    model.banks.push(BankPlace {
                        name: numbered("bank", bank + 1, layout.banks.value),
                        place: bank_place(cluster, placed),
                        boards: layout.boards_in(bank, cluster.bank.boards.value),
                    });
                    bank += 1;
                }
                Item::Device(name) => {
                    let shape = device_shape(assembly, &mut devices, cluster, name);
                    let number: &mut u32 = numbers.entry(name.as_str()).or_default();
                    *number += 1;
                    let own = own_name(plan, placed, *number);
                    if let Some(shape) = shape {
                        model.instances.push(Instance::new(
                            shape,
                            own,
                            device_place(cluster, placed),
                        ));
                    }
                }
            }
        }
        assembly.racks.push(model);
    }
    assembly.beside = beside(assembly);
}

/// Devices at the heights that a bank's solids reach, in the bank's frame.
fn beside(assembly: &Assembly) -> Vec<Instance> {
    let range = |boxes: &mut dyn Iterator<Item = Bounds>| {
        boxes.fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), it| {
            (low.min(it.min.z), high.max(it.max.z))
        })
    };
    let (low, high) = range(&mut assembly.bank.iter().map(|it| assembly.bounds(it)));
    let mut seen = BTreeSet::new();
    let mut beside = Vec::new();
    for rack in &assembly.racks {
        let devices =
            rack.instances.iter().filter(|it| assembly.shapes[it.shape].name != POST_SHAPE);
        for device in devices {
            let (foot, head) = range(&mut std::iter::once(assembly.bounds(device)));
            for bank in &rack.banks {
                let at = bank.place.translation.z;
                let place = bank.place.inverse() * device.place;
                let height = (place.translation.z * 1e4).round() as i64;
                // Panels keep a gap to their neighbours: next to it counts as well.
                let near = foot < at + high + RACK_UNIT.mm() && head > at + low - RACK_UNIT.mm();
                if near && seen.insert((device.shape, height)) {
                    let name = format!("{} in rack {}", device.name, rack.number);
                    beside.push(Instance { name, place, ..device.clone() });
                }
            }
        }
    }
    beside
}

/// Hangs the supplies behind their racks, as boxes.
pub fn hang(assembly: &mut Assembly, layout: &Layout, feeds: &[Feed]) {
    let mut shape = None;
    for feed in feeds {
        let (Some(plan), Some(model)) =
            (layout.racks.get(feed.rack_at), assembly.racks.get(feed.rack_at))
        else {
            continue;
        };
        debug_assert_eq!(plan.number, model.number);
        let corners = [feed.block.from, feed.block.to].map(|spot| plan.stand.to_rack(spot));
        let block = Block::new(corners[0], corners[1]);
        let size =
            [block.to.x - block.from.x, block.to.y - block.from.y, block.to.z - block.from.z];
        let shape = *shape.get_or_insert_with(|| {
            let body = Piece::cuboid("", Finish::Black, [Mm::ZERO; 3], size);
            assembly.add_shape("supply", vec![body])
        });
        let place = shift(block.from.x, block.from.y, block.from.z);
        let instance = Instance::new(shape, &*feed.name, place);
        assembly.racks[feed.rack_at].instances.push(instance);
    }
}

/// One shape for each device of the design.
fn device_shape<'a>(
    assembly: &mut Assembly,
    shapes: &mut BTreeMap<&'a str, usize>,
    cluster: &Cluster,
    name: &'a str,
) -> Option<usize> {
    if let Some(&shape) = shapes.get(name) {
        return Some(shape);
    }
    let device = cluster.device(name)?;
    let shape = assembly.add_shape(&*device.id, bought::device(device, &cluster.opening.rack));
    shapes.insert(name, shape);
    Some(shape)
}

/// The device's name in the design, numbered if the rack has several.
fn own_name(plan: &RackPlan, placed: &Placed, number: u32) -> String {
    let Item::Device(name) = &placed.item else { return String::new() };
    let same = plan.items.iter().filter(|other| other.item == placed.item).count();
    if same > 1 { format!("{name}-{number}") } else { name.clone() }
}

fn bank_place(cluster: &Cluster, placed: &Placed) -> Isometry3<f64> {
    let corner = placed.bank_corner(cluster);
    shift(corner.x, corner.y, corner.z)
}

fn device_place(cluster: &Cluster, placed: &Placed) -> Isometry3<f64> {
    shift(Mm::ZERO, Mm::ZERO, placed.floor(cluster))
}

/// From a rack's frame to the cluster's.
fn rack_place(stand: Stand) -> Isometry3<f64> {
    let place = shift(stand.x, stand.y, Mm::ZERO);
    if !stand.turned {
        return place;
    }
    let turned = UnitQuaternion::from_axis_angle(&Vector3::z_axis(), std::f64::consts::PI);
    Isometry3::from_parts(place.translation, turned)
}
