//! Room behind the racks, for what has no rack unit: the supplies.
//!
//! A supply hangs upright, its thinnest side front to rear, at the height of what it feeds.
//!
//! - Racks back to back: in a column at the outer side of its rack, in that rack's half of the
//!   space between the backs, as the builders of the 1050-node cluster did.
//! - Racks in a row: at the rear of its rack, from left to right.
//!
//! Promise: no two supplies meet, and none meets a bank or a device, whatever hangs where. Where
//! a column is full, the next column inwards is begun, then a layer nearer to the rack (in a row:
//! further behind it), and at last the columns grow over the top of the rack.

use std::collections::BTreeMap;

use super::floor::Stand;
use super::space::{Block, Spot};
use super::{Layout, floor};
use crate::cluster::Cluster;
use crate::spec::{Arrangement, Design};
use crate::units::Mm;

/// Between two supplies (175 mm from one to the next of 164 mm, in the builders' CAD file).
const GAP: Mm = Mm::um(11_000);
/// From the middle between two racks' backs to the middle of each one's supplies: half of the
/// 125 mm between the rows, in the builders' CAD file (PiCluster.f3z).
const TO_ROW: Mm = Mm::um(62_500);
/// Heights are tried in steps of this.
const STEP: Mm = Mm::um(25_000);

/// The space behind all racks, and what hangs there.
pub struct Behind<'a> {
    design: &'a Design,
    cluster: &'a Cluster,
    layout: &'a Layout,
    taken: BTreeMap<usize, Vec<Block>>,
}

impl<'a> Behind<'a> {
    /// The space behind racks, with nothing in it.
    pub fn new(design: &'a Design, cluster: &'a Cluster, layout: &'a Layout) -> Behind<'a> {
        Behind { design, cluster, layout, taken: BTreeMap::new() }
    }

    /// Hangs a body of [width, height, depth] behind rack number `rack` of the layout (from 0), as
    /// near to the height `near` as there is room. Returns its place in the cluster.
    pub fn hang(&mut self, rack: usize, near: Mm, size: [Mm; 3]) -> Block {
        let stand = self.layout.racks[rack].stand;
        let size = upright(size, self.cluster.opening.rack.width.value);
        let in_the_way = self.in_the_way(rack, stand);
        let taken = self.taken.entry(rack).or_default();
        let is_free = |block: &Block| {
            taken.iter().all(|other| !padded(other).overlaps(block))
                && in_the_way.iter().all(|other| !other.overlaps(block))
        };
        let rack_plan = &self.cluster.opening.rack;
        let lowest = super::unit_height(self.cluster, i64::from(rack_plan.base_units.0) + 1);
        let highest = rack_plan.height.value - size[2];
        let columns = columns(self.design, self.cluster, stand, size);
        let within = columns.iter().find_map(|column| {
            heights(near, lowest, highest, size[2])
                .find_map(|z| Some(column.at(z, size)).filter(&is_free))
        });
        let place = within.unwrap_or_else(|| {
            let first = &columns[0];
            let over = |block: &&Block| block.to.z > rack_plan.height.value;
            let top = taken.iter().filter(over).map(|block| block.to.z + GAP).max();
            first.at(top.unwrap_or(rack_plan.height.value + GAP), size)
        });
        taken.push(place);
        stand.block(&place)
    }

    /// What stands in the rack, and what reaches over from the racks behind it, in the rack's
    /// frame.
    fn in_the_way(&self, rack: usize, stand: Stand) -> Vec<Block> {
        let own = &self.layout.racks[rack];
        let own = own.items.iter().map(|placed| placed.block(self.cluster));
        let behind = floor::racks_behind(self.design, self.cluster, &self.layout.racks, rack);
        let others = behind.flat_map(|other| {
            let other = &self.layout.racks[other];
            other.items.iter().map(|placed| {
                let block = other.stand.block(&placed.block(self.cluster));
                Block::new(stand.to_rack(block.from), stand.to_rack(block.to))
            })
        });
        own.chain(others).collect()
    }
}

/// A place for a column of supplies, in the rack's frame.
struct Column {
    left: Mm,
    front: Mm,
}

impl Column {
    fn at(&self, floor: Mm, [width, depth, height]: [Mm; 3]) -> Block {
        let corner = Spot::new(self.left, self.front, floor);
        let far = Spot::new(self.left + width, self.front + depth, floor + height);
        Block::new(corner, far)
    }
}

/// As [across, front to rear, up]: the thinnest side front to rear, the longest across, unless the
/// rack is narrower.
fn upright(mut size: [Mm; 3], room: Mm) -> [Mm; 3] {
    size.sort_unstable();
    let [thin, middle, long] = size;
    if long > room { [middle, thin, long] } else { [long, thin, middle] }
}

fn padded(block: &Block) -> Block {
    let pad = |spot: Spot, by: Mm| Spot::new(spot.x + by, spot.y + by, spot.z + by);
    Block { from: pad(block.from, -GAP), to: pad(block.to, GAP) }
}

/// Columns in the order in which they are filled.
fn columns(design: &Design, cluster: &Cluster, stand: Stand, size: [Mm; 3]) -> Vec<Column> {
    const LAYERS_IN_A_ROW: i64 = 8;
    let rack = &cluster.opening.rack;
    let (width, step) = (rack.width.value, size[0] + GAP);
    let abreast = (width + GAP).fits(step).max(1);
    let (first, inwards, fronts): (Mm, Mm, Vec<Mm>) = match design.racks.arrangement {
        Arrangement::BackToBack => {
            let middle = stand.y.abs();
            let to_row = TO_ROW.max((size[1] + GAP).half());
            let rearmost = middle - to_row - size[1].half();
            let layers = rearmost.fits(size[1] + GAP).max(0);
            let fronts = (0..=layers).map(|layer| rearmost - (size[1] + GAP) * layer).collect();
            // The outer side of the cluster, in the frame of the rack.
            let outer_is_left = (stand.x <= Mm::ZERO) != stand.turned;
            if outer_is_left {
                (-width.half(), step, fronts)
            } else {
                (width.half() - size[0], -step, fronts)
            }
        }
        Arrangement::Row => {
            let used = step * abreast - GAP;
            let nearest = (rack.depth.value - size[1]).max(Mm::ZERO);
            let fronts =
                (0..LAYERS_IN_A_ROW).map(|layer| nearest + (size[1] + GAP) * layer).collect();
            (-used.half(), step, fronts)
        }
    };
    let column =
        |front: Mm| (0..abreast).map(move |place| Column { left: first + inwards * place, front });
    fronts.into_iter().flat_map(column).collect()
}

/// Heights to try for a body of `height` whose middle is wanted at `near`, nearest first.
fn heights(near: Mm, lowest: Mm, highest: Mm, height: Mm) -> impl Iterator<Item = Mm> {
    let wanted = (near - height.half()).min(highest).max(lowest);
    let steps = (highest - lowest).fits(STEP).max(0) + 1;
    let tried = (0..=steps).flat_map(move |step| [wanted - STEP * step, wanted + STEP * step]);
    tried.filter(move |&z| z >= lowest && z <= highest.max(lowest))
}
