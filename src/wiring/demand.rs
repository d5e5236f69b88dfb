//! How much power the cluster draws.

use crate::cluster::{Cluster, Known, Ledger, Named};
use crate::layout::Layout;
use crate::spec::Document;
use crate::units::{Amps, Watts};

/// What boards and cluster draw, at the wall unless said otherwise.
#[derive(Clone, Debug)]
pub struct Demand {
    /// One board idle, at its socket.
    pub board_idle: Known<Watts>,
    /// One board in ordinary use, at its socket.
    pub board_typical: Known<Watts>,
    /// One board under full load, at its socket.
    pub board_stress: Known<Watts>,
    /// One board by its maker's recommended supply, at its socket.
    pub board_nameplate: Known<Watts>,
    /// Everything, boards under full load.
    pub stress: Known<Watts>,
    /// Everything, boards by their makers' labels.
    pub nameplate: Known<Watts>,
    /// Things in racks that need an outlet, supplies included.
    pub plugs: Known<u32>,
    /// Outlets that the racks' power units offer.
    pub outlets: Known<u32>,
}

impl Demand {
    /// Adds up boards, devices and fans. `supplies` is how many feed the boards.
    pub fn add_up(
        document: &Document,
        cluster: &Cluster,
        layout: &Layout,
        supplies: &Known<u32>,
        ledger: &mut Ledger,
    ) -> Demand {
        let board = &cluster.board;
        let entry = format!("catalog.boards.{}", cluster.board_id);
        let power = &board.power;
        let source = board.source.as_str();
        let efficiency = ledger.fact(&entry, "power.efficiency", &power.efficiency, source);
        let mut at_board = |level: &str, fact| {
            let figure: Known<Watts> = ledger.fact(&entry, &format!("power.{level}"), fact, source);
            ledger.derive(
                &format!("power.board_{level}"),
                "measured at the wall × what its supply passes on (or at the board, as it is)",
                &[&figure, &efficiency],
                board.at_board(figure.value),
            )
        };
        let board_idle = at_board("idle", &power.idle);
        let board_typical = at_board("typical", &power.typical);
        let board_stress = at_board("stress", &power.stress);
        let amps: Known<Amps> = ledger.fact(&entry, "power.nameplate", &power.nameplate, source);
        let volts = ledger.fact(&entry, "power.volts", &power.volts, source);
        let board_nameplate = ledger.derive(
            "power.board_nameplate",
            "current that the maker recommends a supply for × voltage",
            &[&amps, &volts],
            Watts(amps.value.0 * volts.value.0),
        );
        let others = others(document, cluster, layout, ledger);
        let boards = &layout.boards;
        let count = f64::from(boards.value);
        let share = efficiency.value;
        let stress = ledger.derive(
            "power.demand_stress",
            "pis × power.board_stress ÷ efficiency + power.devices",
            &[boards, &board_stress, &efficiency, &others],
            board_stress.value / share * count + others.value,
        );
        let nameplate = ledger.derive(
            "power.demand_nameplate",
            "pis × power.board_nameplate ÷ efficiency + power.devices",
            &[boards, &board_nameplate, &efficiency, &others],
            board_nameplate.value / share * count + others.value,
        );
        let consumers = layout.devices().filter_map(|name| cluster.device(name));
        let consumers = consumers.filter(|device| device.power.value.0 > 0.0).count();
        let consumers = u32::try_from(consumers).unwrap_or(u32::MAX);
        let plugs = ledger.derive(
            "power.plugs",
            format!("power.supplies_used + {consumers} devices that draw power"),
            &[supplies],
            supplies.value.saturating_add(consumers),
        );
        let outlets = outlets(cluster, layout, ledger);
        Demand {
            board_idle,
            board_typical,
            board_stress,
            board_nameplate,
            stress,
            nameplate,
            plugs,
            outlets,
        }
    }
}

/// Devices in racks and all fans.
fn others(
    document: &Document,
    cluster: &Cluster,
    layout: &Layout,
    ledger: &mut Ledger,
) -> Known<Watts> {
    let mut inputs: Vec<Known<Watts>> = Vec::new();
    let mut total = Watts(0.0);
    for device in layout.devices().filter_map(|name| cluster.device(name)) {
        total = total + device.power.value;
        if inputs.iter().all(|input| input.name != device.power.name) {
            inputs.push(device.power.clone());
        }
    }
    let mut fans = Vec::new();
    if let Some(plan) = &cluster.bank.fans {
        fans.push((plan.id.as_str(), layout.banks.value * cluster.bank.fan_caddies()));
    }
    if let Some(roof) = &document.design.cooling.roof_fans {
        fans.push((roof.kind.as_str(), roof.count));
    }
    for (id, count) in fans {
        let Some(fan) = document.catalog.fans.get(id) else { continue };
        let power = ledger.fact(&format!("catalog.fans.{id}"), "power", &fan.power, &fan.source);
        total = total + power.value * f64::from(count);
        inputs.push(power);
    }
    let inputs: Vec<&dyn Named> = inputs.iter().map(|input| input as &dyn Named).collect();
    ledger.derive("power.devices", "every device in the racks, and all fans", &inputs, total)
}

/// Outlets of the power units. Toggle panels switch outlets that a unit already offers, so theirs
/// count only where there is no unit.
fn outlets(cluster: &Cluster, layout: &Layout, ledger: &mut Ledger) -> Known<u32> {
    let offered = |class| {
        layout
            .devices()
            .filter_map(|name| cluster.device(name))
            .filter(|device| device.class == class)
            .map(|device| device.outlets)
            .sum::<u32>()
    };
    let units = offered(crate::catalog::DeviceClass::Pdu);
    ledger.derive("power.outlets", "outlets of all power units in the racks", &[], units)
}
