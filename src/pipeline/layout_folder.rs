//! `layout/`: elevations of the racks, and the floor plan.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;
use std::ops::Range;

use super::{Internal, Outcome, add};
use crate::catalog::DeviceClass;
use crate::cluster::{DevicePlan, RACK_UNIT};
use crate::drawings::{self, Elevation, FaceItem, FaceKind, Hung, RackFace};
use crate::layout::{Item, Placed, RackPlan};
use crate::outputs::Tree;
use crate::spec::Arrangement;
use crate::units::Mm;
use crate::wiring::Port;

/// Racks in one elevation; what is more is told.
const MOST_RACKS: usize = 40;

/// Adds the elevations and the plan.
pub(super) fn add_to(tree: &mut Tree, outcome: &Outcome) -> Result<(), Internal> {
    let design = &outcome.document.design;
    let [front, rear] = outcome.layout.rows(design);
    let used = Used::new(outcome);
    let back_to_back = design.racks.arrangement == Arrangement::BackToBack;
    let front = outcome.elevation("front elevation", front, false, &used);
    let about = "the racks from the front, unit by unit";
    add(tree, "layout/elevation-front.svg", about, drawings::elevation(&front))?;
    let rear = if back_to_back {
        outcome.elevation("rear elevation", rear, false, &used)
    } else {
        outcome.elevation("rear elevation", 0..outcome.layout.racks.len(), true, &used)
    };
    let about = "the racks from the rear, unit by unit";
    add(tree, "layout/elevation-rear.svg", about, drawings::elevation(&rear))?;
    let about = "where racks, supplies and doors are, seen from above";
    add(tree, "layout/plan.svg", about, drawings::plan(&super::floor_plan::drawing(outcome)))
}

/// What is used of every device: its ports, outlets or switches, by rack and position.
struct Used {
    by_place: BTreeMap<(usize, usize), BTreeSet<u32>>,
    /// Texts about the circuits of power units.
    circuits: BTreeMap<(usize, usize), String>,
}

impl Used {
    fn new(outcome: &Outcome) -> Used {
        let wiring = &outcome.wiring;
        let mut by_place: BTreeMap<(usize, usize), BTreeSet<u32>> = BTreeMap::new();
        for group in &wiring.groups {
            let ports = (0..group.boards).map(|board| group.port(board));
            by_place.entry((group.rack_at, group.item)).or_default().extend(ports);
        }
        for end in wiring.links.iter().flat_map(|link| [&link.from, &link.to]) {
            if let Port::Board(port) = end.port {
                by_place.entry((end.rack_at, end.item)).or_default().insert(port);
            }
        }
        let mains = &wiring.mains;
        for load in &mains.loads {
            let unit = load.outlet.and_then(|it| Some((mains.circuits[it.circuit].unit?, it)));
            if let Some((unit, outlet)) = unit {
                let unit = &mains.units[unit];
                by_place.entry((unit.rack_at, unit.item)).or_default().insert(outlet.number);
            }
            if let Some((panel, number)) = load.toggle {
                let panel = &mains.panels[panel];
                by_place.entry((panel.rack_at, panel.item)).or_default().insert(number);
            }
        }
        let mut circuits: BTreeMap<(usize, usize), String> = BTreeMap::new();
        for circuit in &mains.circuits {
            let Some(unit) = circuit.unit.map(|unit| &mains.units[unit]) else { continue };
            let text = circuits.entry((unit.rack_at, unit.item)).or_default();
            // Writing to a string does not fail.
            let _ = write!(text, ", {} {:.1} W", circuit.name, circuit.watts.0);
        }
        Used { by_place, circuits }
    }

    fn flags(&self, place: (usize, usize), of: u32) -> Vec<bool> {
        let used = self.by_place.get(&place);
        (1..=of).map(|number| used.is_some_and(|used| used.contains(&number))).collect()
    }
}

impl Outcome {
    fn elevation(&self, title: &str, racks: Range<usize>, rear: bool, used: &Used) -> Elevation {
        let all = racks.len();
        let mut shown: Vec<usize> = racks.take(MOST_RACKS).collect();
        if rear {
            shown.reverse();
        }
        let faces: Vec<RackFace> = shown.iter().map(|&at| self.face(at, rear, used)).collect();
        let boards: u32 = shown.iter().map(|&at| self.boards_of(&self.layout.racks[at])).sum();
        let banks: usize = shown.iter().map(|&at| self.layout.racks[at].banks().count()).sum();
        let plural = |count: usize| if count == 1 { "" } else { "s" };
        let mut notes = vec![format!(
            "{boards} board{} in {banks} bank{}.",
            plural(boards as usize),
            plural(banks)
        )];
        if all > shown.len() {
            notes.push(format!("{} more racks are not drawn.", all - shown.len()));
        }
        if !rear {
            let text = "Dark ports, outlets and switches are used; slots with sockets hold boards.";
            notes.push(text.to_owned());
        }
        Elevation {
            title: title.to_owned(),
            design: self.title().to_owned(),
            racks: faces,
            notes,
            projection: self.document.design.drawings.projection,
        }
    }

    fn face(&self, at: usize, rear: bool, used: &Used) -> RackFace {
        let (plan, rack) = (&self.layout.racks[at], &self.cluster.opening.rack);
        let mut bank_in_rack = 0;
        let items = plan.items.iter().enumerate().map(|(item, placed)| match &placed.item {
            Item::Bank => {
                bank_in_rack += 1;
                self.bank_face(plan, placed, bank_in_rack, rear)
            }
            Item::Device(name) => {
                let own = &self.wiring.device_names[at][item];
                self.device_face(placed, (name, own), (at, item), rear, used)
            }
        });
        RackFace {
            name: format!("rack {}", plan.number),
            width: rack.width.value,
            height: rack.height.value,
            panel: rack.panel.value,
            opening: rack.opening.value,
            unit_1: crate::layout::unit_height(&self.cluster, 1),
            unit: RACK_UNIT,
            units: rack.units.0,
            base_units: rack.base_units.0,
            items: items.collect(),
            hung: if rear { self.hung(at) } else { Vec::new() },
        }
    }

    fn boards_of(&self, plan: &RackPlan) -> u32 {
        let per_bank = self.cluster.bank.boards.value;
        plan.banks().map(|(bank, ..)| self.layout.boards_in(bank, per_bank)).sum()
    }

    fn bank_face(&self, plan: &RackPlan, placed: &Placed, in_rack: u32, rear: bool) -> FaceItem {
        let slots = self.cluster.bank.boards.value;
        let bank = plan.first_bank + in_rack - 1;
        let boards = self.layout.boards_in(bank, slots);
        let host = |slot| self.wiring.host_name(plan, bank, slot);
        let about = match boards {
            0 => "no boards".to_owned(),
            1 => format!("1 board: {}", host(0)),
            _ => format!("{boards} boards: {} to {}", host(0), host(boards - 1)),
        };
        FaceItem {
            unit: placed.unit,
            units: placed.height.0,
            name: format!("bank {in_rack}"),
            about,
            kind: if rear { FaceKind::Rear } else { FaceKind::Bank { slots, boards } },
            depth: self.cluster.bank.depth.value,
        }
    }

    fn device_face(
        &self,
        placed: &Placed,
        (name, own): (&str, &str),
        at: (usize, usize),
        rear: bool,
        used: &Used,
    ) -> FaceItem {
        let device = self.cluster.device(name);
        let depth = device.map_or(Mm::ZERO, |device| device.depth.value);
        let (kind, mut about) = device.map_or((FaceKind::Plain, String::new()), |device| {
            let flags = |of| used.flags(at, of);
            let counted = |flags: &[bool], what: &str| {
                let taken = flags.iter().filter(|used| **used).count();
                format!("{taken} of {} {what}", flags.len())
            };
            match device.class {
                DeviceClass::Switch => {
                    let flags = flags(device.ports);
                    let about = counted(&flags, "ports");
                    (FaceKind::Ports(flags), about + &watts(device))
                }
                DeviceClass::Pdu => {
                    let flags = flags(device.outlets);
                    let circuits = used.circuits.get(&at).map_or("", String::as_str);
                    let about = counted(&flags, "used") + circuits;
                    (FaceKind::Outlets(flags), about)
                }
                DeviceClass::TogglePanel => {
                    let flags = flags(device.outlets);
                    let about = counted(&flags, "switches");
                    (FaceKind::Toggles(flags), about)
                }
                DeviceClass::Blank => (FaceKind::Blank, String::new()),
                _ => (FaceKind::Plain, watts(device).trim_start_matches(", ").to_owned()),
            }
        });
        let is_unit = device.is_some_and(|device| device.class == DeviceClass::Pdu);
        // A power unit has more to tell; its shade says how deep it is.
        if depth > Mm::ZERO && !is_unit {
            let comma = if about.is_empty() { "" } else { ", " };
            let _ = write!(about, "{comma}{:.0} mm deep", depth.mm());
        }
        FaceItem {
            unit: placed.unit,
            units: placed.height.0,
            name: own.to_owned(),
            about,
            kind: if rear { FaceKind::Rear } else { kind },
            depth,
        }
    }

    /// Supplies behind a rack, as seen from behind.
    fn hung(&self, at: usize) -> Vec<Hung> {
        let stand = self.layout.racks[at].stand;
        let feeds = self.wiring.feeds.iter().filter(|feed| feed.rack_at == at);
        feeds
            .map(|feed| {
                let (from, to) = (stand.to_rack(feed.block.from), stand.to_rack(feed.block.to));
                Hung {
                    name: feed.name.clone(),
                    left: -from.x.max(to.x),
                    right: -from.x.min(to.x),
                    bottom: from.z,
                    top: to.z,
                }
            })
            .collect()
    }
}

fn watts(device: &DevicePlan) -> String {
    match device.power.value.0 {
        power if power > 0.0 => format!(", {}", device.power.value),
        _ => String::new(),
    }
}
