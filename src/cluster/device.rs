//! Devices as a design uses them: the catalogue's entry with the design's overrides.

use std::collections::BTreeMap;

use super::quantity::{Known, Ledger, Measure};
use crate::catalog::{Catalog, DeviceClass, Fact};
use crate::spec::{Design, DeviceUse, Role};
use crate::units::{Amps, Kilograms, Mm, Money, RackUnits, Watts};

/// A device that the design names.
#[derive(Clone, Debug)]
pub struct DevicePlan {
    /// Catalogue id.
    pub id: String,
    /// Name for people.
    pub title: String,
    /// What it is for.
    pub class: DeviceClass,
    /// Its part in the network, for a switch.
    pub role: Option<Role>,
    /// Rack units.
    pub height: RackUnits,
    /// Depth behind the mounting face.
    pub depth: Known<Mm>,
    /// Power at the wall.
    pub power: Known<Watts>,
    /// Ports for boards.
    pub ports: u32,
    /// Ports to other switches.
    pub uplinks: u32,
    /// Megabits a second through a port for boards, and through an uplink.
    pub speeds: [Fact<f64>; 2],
    /// What a switch gives boards over Ethernet.
    pub poe: Option<PoePlan>,
    /// Outlets that it offers.
    pub outlets: u32,
    /// Inlets, each on a circuit of its own.
    pub inlets: u32,
    /// What one inlet carries.
    pub inlet: Amps,
    /// Mass.
    pub mass: Known<Kilograms>,
    /// Unit price.
    pub price: Fact<Money>,
    /// Where the catalogue's values come from.
    pub source: String,
}

/// Power over Ethernet, as a switch gives it.
#[derive(Clone, Debug)]
pub struct PoePlan {
    /// All ports together.
    pub budget: Known<Watts>,
    /// One port.
    pub port: Known<Watts>,
}

/// All devices that a design names and the catalogue knows.
pub fn all(
    design: &Design,
    catalog: &Catalog,
    ledger: &mut Ledger,
) -> BTreeMap<String, DevicePlan> {
    design
        .devices
        .iter()
        .filter_map(|(name, used)| {
            Some((name.clone(), DevicePlan::new(name, used, catalog, ledger)?))
        })
        .collect()
}

impl DevicePlan {
    fn new(
        name: &str,
        used: &DeviceUse,
        catalog: &Catalog,
        ledger: &mut Ledger,
    ) -> Option<DevicePlan> {
        let entry = catalog.devices.get(&used.kind)?;
        let mut overrides = Overrides { name, used, source: &entry.source, ledger };
        Some(DevicePlan {
            id: used.kind.clone(),
            title: entry.name.clone(),
            class: entry.class,
            role: used.role,
            height: used.height.unwrap_or(entry.height),
            depth: overrides.apply("depth", used.depth, &entry.depth),
            power: overrides.apply("power", used.power, &entry.power),
            ports: used.ports.unwrap_or(entry.ports),
            uplinks: used.uplinks.unwrap_or(entry.uplinks),
            poe: entry.poe.as_ref().map(|poe| PoePlan {
                budget: overrides.apply("poe.budget", None, &poe.budget),
                port: overrides.apply("poe.port", None, &poe.port),
            }),
            speeds: [entry.port_speed.clone(), entry.uplink_speed.clone()],
            outlets: used.outlets.unwrap_or(entry.outlets),
            inlets: entry.inlets,
            inlet: entry.inlet.value,
            mass: overrides.apply("mass", used.mass, &entry.mass),
            price: used.price.map_or_else(|| entry.price.clone(), Fact::plain),
            source: entry.source.clone(),
        })
    }
}

struct Overrides<'a> {
    name: &'a str,
    used: &'a DeviceUse,
    source: &'a str,
    ledger: &'a mut Ledger,
}

impl Overrides<'_> {
    /// What the design says, or else the catalogue.
    fn apply<T: Measure + Clone>(
        &mut self,
        field: &str,
        own: Option<T>,
        fact: &Fact<T>,
    ) -> Known<T> {
        if let Some(value) = own {
            self.ledger.given(&format!("devices.{}.{field}", self.name), value)
        } else {
            let entry = format!("catalog.devices.{}", self.used.kind);
            self.ledger.fact(&entry, field, fact, self.source)
        }
    }
}
