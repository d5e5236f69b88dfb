//! `resolved.yaml`: the design with every default and every `auto` filled in.

use std::collections::BTreeMap;

use crate::cluster::Cluster;
use crate::layout::{Item, Layout, RackPlan};
use crate::shell::Shell;
use crate::spec::{Auto, Count, Design, EMPTY};
use crate::wiring::Wiring;

/// The design as pibuild understood it. Fed back, it resolves to the same cluster.
///
/// # Errors
/// Only if the design cannot be written as YAML, which no design that was read can cause.
pub fn resolved(
    design: &Design,
    cluster: &Cluster,
    layout: &Layout,
    wiring: &Wiring,
    shell: &Shell,
) -> Result<String, serde_yaml::Error> {
    let mut design = design.clone();
    design.pis = Some(layout.boards.value);
    design.caddy.width = Auto::Set(cluster.caddy.pitch.value);
    design.bank.caddies = Count::Exactly(cluster.caddy.count.value);
    design.bank.height = Auto::Set(cluster.bank.units.value);
    design.rail.length = Auto::Set(cluster.rail.bought.value);
    design.rail.orientation = Auto::Set(cluster.rail.orientation);
    design.rail.tap = Auto::Set(cluster.rail.tap.clone());
    design.racks.model = Auto::Set(cluster.opening.rack_id.clone());
    design.racks.count = Auto::Set(u32::try_from(layout.racks.len()).unwrap_or(u32::MAX));
    if design.racks.contents == Auto::Auto {
        design.racks.contents = Auto::Set(contents(cluster, layout));
    }
    design.cooling.board_cooler = Auto::Set(cluster.cooler.is_some());
    design.stock.trim = Auto::Set(design.stock.trim_for(&design.shell.tool));
    // The lists and profiles that a design names do not lie beside the resolved one.
    design.network.macs = None;
    design.printing.sliced = None;
    design.printing.printers.iter_mut().for_each(|used| used.profile = None);
    if let Some((id, _)) = &wiring.supply {
        design.power.supply = Auto::Set(id.clone());
    }
    if let Some(frame) = &shell.frame {
        design.shell.frame.post = Auto::Set(frame.post.id.clone());
        design.shell.frame.beam = Auto::Set(frame.beam.id.clone());
        design.shell.frame.castor = Auto::Set(frame.castor.id.clone());
    }
    serde_yaml::to_string(&design)
}

fn contents(cluster: &Cluster, layout: &Layout) -> BTreeMap<u32, Vec<String>> {
    let name = |item: &Item| match item {
        Item::Bank => "bank".to_owned(),
        Item::Device(name) => name.clone(),
    };
    let stack = |rack: &RackPlan| {
        let mut next = i64::from(cluster.opening.rack.units.0);
        let mut names = Vec::new();
        for placed in &rack.items {
            let top = placed.unit + i64::from(placed.height.0) - 1;
            if top < next {
                names.push(format!("{} x {EMPTY}", next - top));
            }
            next = placed.unit - 1;
            names.push(name(&placed.item));
        }
        names
    };
    layout.racks.iter().map(|rack| (rack.number, stack(rack))).collect()
}
