//! Outlets and circuits: what is plugged in where.
//!
//! Loads are the supplies, every device that draws power, and the roof fans, which share one plug.
//!
//! 1. A load takes an outlet of a power unit in its own rack; if there is none free, of the nearest
//!    rack that has one.
//! 2. Within a rack the heaviest loads come first, each to the circuit that carries least, of those
//!    with an outlet free.
//! 3. The outlets of a power unit are shared out evenly to its inlets, each inlet on a circuit of
//!    its own.
//! 4. A design without any power unit plugs its loads into the wall, a new circuit where the last
//!    one would be loaded beyond what its code permits.
//! 5. Switched panels stand between outlet and load: loads take their own rack's switches first.
//!
//! Promise: no outlet and no switch is given twice. Not promised: that every load finds one; the
//! checks say so.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet, BinaryHeap};

use super::cables::{Length, Stock};
use super::feeds::Feed;
use crate::catalog::DeviceClass;
use crate::cluster::{Cluster, DevicePlan};
use crate::layout::{Layout, Spot};
use crate::spec::{Circuit, Design, Document, WiringCode};
use crate::units::{Amps, Watts};

/// Power factor of devices at the wall (as the catalogue's supplies; unverified).
pub const DEVICE_POWER_FACTOR: f64 = 0.95;

/// Something with a mains plug.
#[derive(Clone, Debug)]
pub struct Load {
    /// Its name in all lists.
    pub name: String,
    /// What it is.
    pub what: LoadKind,
    /// Position of its rack in the layout.
    pub rack_at: usize,
    /// What it draws at the wall, boards under full load.
    pub watts: Watts,
    /// Its power factor.
    pub power_factor: f64,
    /// Where it is plugged in.
    pub outlet: Option<Outlet>,
    /// The switch of a panel between it and the outlet: panel in [`Mains::panels`], number from 1.
    pub toggle: Option<(usize, u32)>,
}

/// What a load is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LoadKind {
    /// A supply, by its number in [`Wiring::feeds`](super::Wiring::feeds).
    Supply(usize),
    /// A device, by its position in its rack's stack.
    Device(usize),
    /// All fans in the roof.
    RoofFans,
}

/// An outlet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Outlet {
    /// Its circuit in [`Mains::circuits`].
    pub circuit: usize,
    /// Its number at the power unit (or at the wall, on its circuit), from 1.
    pub number: u32,
    /// The lead to it.
    pub lead: Length,
}

/// One circuit: an inlet of a power unit, or a breaker of the house.
#[derive(Clone, Debug)]
pub struct CircuitPlan {
    /// Its name in all lists: `C1`.
    pub name: String,
    /// The power unit in [`Mains::units`]; `None` for outlets in the wall.
    pub unit: Option<usize>,
    /// What breaker and inlet carry.
    pub amps: Amps,
    /// Its outlets.
    pub outlets: u32,
    /// How many of them are taken.
    pub used: u32,
    /// What its loads draw, boards under full load.
    pub watts: Watts,
    /// The same, as volt-amperes.
    pub volt_amperes: f64,
}

/// A power unit in a rack.
#[derive(Clone, Debug)]
pub struct PowerUnit {
    /// Its name in all lists.
    pub name: String,
    /// Position of its rack in the layout.
    pub rack_at: usize,
    /// Its position in its rack's stack.
    pub item: usize,
    /// Outlets.
    pub outlets: u32,
}

/// A panel of switches.
#[derive(Clone, Debug)]
pub struct Panel {
    /// Its name in all lists.
    pub name: String,
    /// Position of its rack in the layout.
    pub rack_at: usize,
    /// Its position in its rack's stack.
    pub item: usize,
    /// Switches.
    pub switches: u32,
    /// Loads on them.
    pub used: u32,
}

/// All loads, and what they are plugged into.
#[derive(Clone, Debug, Default)]
pub struct Mains {
    /// By rack; in each, supplies before devices.
    pub loads: Vec<Load>,
    /// The racks' power units, by rack and from the top.
    pub units: Vec<PowerUnit>,
    /// Circuits, by power unit and inlet.
    pub circuits: Vec<CircuitPlan>,
    /// Panels of switches, by rack and from the top.
    pub panels: Vec<Panel>,
}

/// What the loads draw.
pub(super) struct Draw<'a> {
    /// Each supply at the wall, by its number.
    pub supplies: &'a [Watts],
    /// What a board takes from its switch, at the wall; 0 unless switches power boards.
    pub boards: &'a BTreeMap<(usize, usize), Watts>,
    /// All fans in the roof.
    pub roof_fans: Watts,
    /// Power factor of the supplies.
    pub supply_factor: f64,
}

/// The share of a breaker's amperes that a lasting load may take.
pub fn lasting_share(code: WiringCode) -> f64 {
    match code {
        WiringCode::Nec => 0.8,
        WiringCode::Iec => 1.0,
    }
}

impl Mains {
    /// Plugs everything in.
    pub(super) fn plug_in(
        document: &Document,
        cluster: &Cluster,
        layout: &Layout,
        names: &[Vec<String>],
        feeds: &[Feed],
        draw: &Draw,
        stock: &Stock,
    ) -> Mains {
        let circuit = &document.design.power.circuit;
        let mut mains = Mains {
            loads: loads(cluster, layout, names, feeds, draw),
            ..Mains::find(cluster, layout, names, circuit)
        };
        let place = Place { design: &document.design, cluster, layout, feeds };
        if mains.units.is_empty() {
            mains.fill_the_wall(circuit, stock);
        } else {
            let homes = mains.homes(&place);
            mains.fill_units(&homes, &place, stock);
        }
        mains.through_panels(&place);
        mains
    }

    /// Power units and panels, nothing plugged in yet.
    fn find(cluster: &Cluster, layout: &Layout, names: &[Vec<String>], circuit: &Circuit) -> Mains {
        let mut mains = Mains::default();
        for (rack_at, item, name, device) in devices(cluster, layout, names) {
            match device.class {
                DeviceClass::Pdu if device.outlets > 0 => {
                    mains.add_unit(name, rack_at, item, device, circuit);
                }
                DeviceClass::TogglePanel => mains.panels.push(Panel {
                    name: name.to_owned(),
                    rack_at,
                    item,
                    switches: device.outlets,
                    used: 0,
                }),
                _ => {}
            }
        }
        mains
    }

    fn add_unit(
        &mut self,
        name: &str,
        rack_at: usize,
        item: usize,
        device: &DevicePlan,
        circuit: &Circuit,
    ) {
        let unit = self.units.len();
        let inlets = device.inlets.clamp(1, device.outlets);
        let inlet = if device.inlet.0 > 0.0 { device.inlet.0 } else { circuit.amps.0 };
        for number in 0..inlets {
            self.circuits.push(CircuitPlan {
                name: format!("C{}", self.circuits.len() + 1),
                unit: Some(unit),
                amps: Amps(inlet.min(circuit.amps.0)),
                outlets: device.outlets / inlets + u32::from(number < device.outlets % inlets),
                used: 0,
                watts: Watts(0.0),
                volt_amperes: 0.0,
            });
        }
        let (name, outlets) = (name.to_owned(), device.outlets);
        self.units.push(PowerUnit { name, rack_at, item, outlets });
    }

    /// The rack whose power units a load uses, for each load; `None` if no outlet is left.
    fn homes(&self, place: &Place) -> Vec<Option<usize>> {
        let mut free: BTreeMap<usize, u32> = BTreeMap::new();
        for unit in &self.units {
            *free.entry(unit.rack_at).or_default() += unit.outlets;
        }
        let mut homes = vec![None; self.loads.len()];
        for (home, load) in homes.iter_mut().zip(&self.loads) {
            if let Some(left) = free.get_mut(&load.rack_at).filter(|left| **left > 0) {
                *left -= 1;
                *home = Some(load.rack_at);
            }
        }
        let mut open: BTreeSet<usize> =
            free.iter().filter(|(_, left)| **left > 0).map(|(rack, _)| *rack).collect();
        for (home, load) in homes.iter_mut().zip(&self.loads) {
            if home.is_none()
                && let Some(rack) = place.layout.nearest_of(place.design, load.rack_at, &open)
            {
                *home = Some(rack);
                if let Some(left) = free.get_mut(&rack) {
                    *left -= 1;
                    if *left == 0 {
                        open.remove(&rack);
                    }
                }
            }
        }
        homes
    }

    /// Within each rack of power units: heavy loads first, each to the circuit that carries least.
    fn fill_units(&mut self, homes: &[Option<usize>], place: &Place, stock: &Stock) {
        let mut by_rack: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        for (load, home) in homes.iter().enumerate() {
            if let Some(rack) = home {
                by_rack.entry(*rack).or_default().push(load);
            }
        }
        let mut circuits: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        // Outlets of a unit are numbered through its circuits.
        let mut before = vec![0; self.circuits.len()];
        for (at, circuit) in self.circuits.iter().enumerate() {
            let Some(unit) = circuit.unit else { continue };
            circuits.entry(self.units[unit].rack_at).or_default().push(at);
            if at > 0 && self.circuits[at - 1].unit == circuit.unit {
                before[at] = before[at - 1] + self.circuits[at - 1].outlets;
            }
        }
        for (rack, mut loads) in by_rack {
            loads.sort_by(|&a, &b| {
                let apparent = |load: usize| self.loads[load].volt_amperes();
                apparent(b).total_cmp(&apparent(a)).then(a.cmp(&b))
            });
            let mut least: BinaryHeap<Reverse<(Apparent, usize)>> =
                circuits[&rack].iter().map(|&circuit| Reverse((Apparent(0.0), circuit))).collect();
            for load in loads {
                let Some(Reverse((_, at))) = least.pop() else { break };
                let circuit = &mut self.circuits[at];
                let Some(unit) = circuit.unit else { continue };
                let unit = &self.units[unit];
                let from = place.of_load(&self.loads[load]);
                let lead = stock.for_way(from.run_to(place.rear(unit.rack_at, unit.item)));
                circuit.take(&self.loads[load]);
                let number = before[at] + circuit.used;
                self.loads[load].outlet = Some(Outlet { circuit: at, number, lead });
                if circuit.used < circuit.outlets {
                    least.push(Reverse((Apparent(circuit.volt_amperes), at)));
                }
            }
        }
    }

    /// Circuits of the house, each loaded up to what its code permits. Leads are 1 m at least: how
    /// far the wall is, the design does not say.
    fn fill_the_wall(&mut self, circuit: &Circuit, stock: &Stock) {
        let limit = circuit.volts.0 * circuit.amps.0 * lasting_share(circuit.code);
        for load in &mut self.loads {
            let full = |it: &CircuitPlan| it.volt_amperes + load.volt_amperes() > limit;
            if self.circuits.last().is_none_or(full) {
                self.circuits.push(CircuitPlan {
                    name: format!("C{}", self.circuits.len() + 1),
                    unit: None,
                    amps: circuit.amps,
                    outlets: 0,
                    used: 0,
                    watts: Watts(0.0),
                    volt_amperes: 0.0,
                });
            }
            let at = self.circuits.len() - 1;
            let Some(last) = self.circuits.last_mut() else { continue };
            last.take(load);
            last.outlets = last.used;
            let lead = stock.for_way(crate::units::Mm::um(800_000));
            load.outlet = Some(Outlet { circuit: at, number: last.used, lead });
        }
    }

    /// Loads through the switches of panels: the own rack's first, then the nearest.
    fn through_panels(&mut self, place: &Place) {
        let mut by_rack: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        for (at, panel) in self.panels.iter().enumerate().filter(|(_, it)| it.switches > 0) {
            by_rack.entry(panel.rack_at).or_default().push(at);
        }
        let mut open: BTreeSet<usize> = by_rack.keys().copied().collect();
        let Mains { loads, panels, .. } = self;
        for own in [true, false] {
            for load in loads.iter_mut() {
                if load.toggle.is_some() || (own && !open.contains(&load.rack_at)) {
                    continue;
                }
                let rack = if own {
                    Some(load.rack_at)
                } else {
                    place.layout.nearest_of(place.design, load.rack_at, &open)
                };
                let Some(rack) = rack else { return };
                let mut free =
                    by_rack[&rack].iter().filter(|&&at| panels[at].used < panels[at].switches);
                let (next, others) = (free.next().copied(), free.next().is_some());
                let Some(at) = next else { continue };
                panels[at].used += 1;
                load.toggle = Some((at, panels[at].used));
                if !others && panels[at].used == panels[at].switches {
                    open.remove(&rack);
                }
            }
        }
    }
}

impl Load {
    /// What it draws, as volt-amperes.
    pub fn volt_amperes(&self) -> f64 {
        self.watts.0 / self.power_factor
    }
}

impl CircuitPlan {
    fn take(&mut self, load: &Load) {
        self.used += 1;
        self.watts = self.watts + load.watts;
        self.volt_amperes += load.volt_amperes();
    }
}

/// Volt-amperes in order.
#[derive(PartialEq)]
struct Apparent(f64);

impl Eq for Apparent {}

impl PartialOrd for Apparent {
    fn partial_cmp(&self, other: &Apparent) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Apparent {
    fn cmp(&self, other: &Apparent) -> std::cmp::Ordering {
        self.0.total_cmp(&other.0)
    }
}

/// Every device in the racks: rack, position, own name, plan.
pub(super) fn devices<'a>(
    cluster: &'a Cluster,
    layout: &'a Layout,
    names: &'a [Vec<String>],
) -> impl Iterator<Item = (usize, usize, &'a str, &'a DevicePlan)> {
    layout.racks.iter().enumerate().flat_map(move |(rack_at, rack)| {
        rack.devices().filter_map(move |(item, name)| {
            Some((rack_at, item, names[rack_at][item].as_str(), cluster.device(name)?))
        })
    })
}

fn loads(
    cluster: &Cluster,
    layout: &Layout,
    names: &[Vec<String>],
    feeds: &[Feed],
    draw: &Draw,
) -> Vec<Load> {
    let load = |name: &str, what, rack_at, watts, power_factor| Load {
        name: name.to_owned(),
        what,
        rack_at,
        watts,
        power_factor,
        outlet: None,
        toggle: None,
    };
    let supplies = feeds.iter().enumerate().map(|(at, feed)| {
        let watts = draw.supplies.get(at).copied().unwrap_or_default();
        load(&feed.name, LoadKind::Supply(at), feed.rack_at, watts, draw.supply_factor)
    });
    let mut loads: Vec<Load> = supplies.collect();
    for (rack_at, item, name, device) in devices(cluster, layout, names) {
        let boards = draw.boards.get(&(rack_at, item)).copied().unwrap_or_default();
        let watts = device.power.value + boards;
        if watts.0 > 0.0 {
            loads.push(load(name, LoadKind::Device(item), rack_at, watts, DEVICE_POWER_FACTOR));
        }
    }
    if draw.roof_fans.0 > 0.0 && !layout.racks.is_empty() {
        let fans = ("roof-fans", LoadKind::RoofFans, draw.roof_fans);
        loads.push(load(fans.0, fans.1, 0, fans.2, DEVICE_POWER_FACTOR));
    }
    loads.sort_by_key(|load| load.rack_at);
    loads
}

/// Where things are in the cluster.
struct Place<'a> {
    design: &'a Design,
    cluster: &'a Cluster,
    layout: &'a Layout,
    feeds: &'a [Feed],
}

impl Place<'_> {
    /// Where a lead leaves a load.
    fn of_load(&self, load: &Load) -> Spot {
        match load.what {
            LoadKind::Supply(feed) => self.feeds[feed].block.middle(),
            LoadKind::Device(item) => self.rear(load.rack_at, item),
            LoadKind::RoofFans => {
                let top = self.cluster.opening.rack.height.value;
                Spot { z: top, ..Spot::default() }
            }
        }
    }

    /// The middle of a device's rear.
    fn rear(&self, rack_at: usize, item: usize) -> Spot {
        let rack = &self.layout.racks[rack_at];
        let block = rack.items[item].block(self.cluster);
        rack.stand.to_cluster(Spot { y: block.to.y, ..block.middle() })
    }
}
