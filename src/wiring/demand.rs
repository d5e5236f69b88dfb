//! How much power the cluster draws.

use crate::catalog::Fact;
use crate::cluster::{Cluster, Known, Ledger, Named};
use crate::layout::Layout;
use crate::spec::{Document, PowerFrom};
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
    /// What a switch's port gives a board under full load; `None` unless switches power boards.
    pub port_stress: Option<Known<Watts>>,
    /// Are boards powered by their switches?
    pub by_switch: bool,
    /// One board under full load, at the wall.
    pub board_wall: Watts,
    /// The fans of one bank. They run with its boards.
    pub bank_fans: Watts,
    /// All fans in the roof.
    pub roof_fans: Watts,
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
        let by_switch = document.design.power.from == PowerFrom::Poe;
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
        let (efficiency, port_stress) = if by_switch {
            let (efficiency, port) = over_ethernet(&board_stress, ledger);
            (efficiency, Some(port))
        } else {
            (efficiency, None)
        };
        let fans = Fans::of(document, cluster);
        let others = others(document, cluster, layout, &fans, ledger);
        let boards = &layout.boards;
        let count = f64::from(boards.value);
        let share = efficiency.value;
        let board_wall = board_stress.value / share;
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
        let roof = u32::from(fans.roof.0 > 0.0);
        let plugs = ledger.derive(
            "power.plugs",
            format!(
                "power.supplies_used + {consumers} devices that draw power + {roof} for all roof fans"
            ),
            &[supplies],
            supplies.value.saturating_add(consumers).saturating_add(roof),
        );
        let outlets = outlets(cluster, layout, ledger);
        Demand {
            board_idle,
            board_typical,
            board_stress,
            board_nameplate,
            port_stress,
            by_switch,
            board_wall,
            bank_fans: fans.bank,
            roof_fans: fans.roof,
            stress,
            nameplate,
            plugs,
            outlets,
        }
    }
}

/// The share of wall power that reaches a board by way of its switch, and what a port gives it.
fn over_ethernet(board_stress: &Known<Watts>, ledger: &mut Ledger) -> (Known<f64>, Known<Watts>) {
    let hat = ledger.fact("power.poe", "hat_efficiency", &hat_efficiency(), "");
    let switch = ledger.fact("power.poe", "switch_efficiency", &switch_efficiency(), "");
    let efficiency = ledger.derive(
        "power.efficiency",
        "what a switch passes on to its ports × what a HAT passes on to its board",
        &[&switch, &hat],
        switch.value * hat.value,
    );
    let port = ledger.derive(
        "power.port_stress",
        "power.board_stress ÷ what a HAT passes on to its board",
        &[board_stress, &hat],
        board_stress.value / hat.value,
    );
    (efficiency, port)
}

/// What fans draw.
struct Fans {
    bank: Watts,
    roof: Watts,
    ids: Vec<String>,
}

impl Fans {
    fn of(document: &Document, cluster: &Cluster) -> Fans {
        let mut fans = Fans { bank: Watts(0.0), roof: Watts(0.0), ids: Vec::new() };
        if let Some(plan) = &cluster.bank.fans {
            fans.bank = plan.fan.power.value * f64::from(cluster.bank.fan_caddies());
            fans.ids.push(plan.id.clone());
        }
        if let Some(roof) = &document.design.cooling.roof_fans
            && let Some(fan) = document.catalog.fans.get(&roof.kind)
        {
            fans.roof = fan.power.value * f64::from(roof.count);
            fans.ids.push(roof.kind.clone());
        }
        fans
    }
}

/// What a HAT passes on of what its port gives: 80 to 85 % is what such converters are said to do.
fn hat_efficiency() -> Fact<f64> {
    Fact { value: 0.82, source: Some("estimate".to_owned()), unverified: true, date: None }
}

/// What such a switch passes on to its ports of what it takes at the wall.
fn switch_efficiency() -> Fact<f64> {
    Fact { value: 0.9, source: Some("estimate".to_owned()), unverified: true, date: None }
}

/// Devices in racks and all fans.
fn others(
    document: &Document,
    cluster: &Cluster,
    layout: &Layout,
    fans: &Fans,
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
    let seated = layout.boards.value.min(layout.places.value);
    let banks = seated.div_ceil(cluster.bank.boards.value.max(1));
    total = total + fans.bank * f64::from(banks) + fans.roof;
    for id in &fans.ids {
        let Some(fan) = document.catalog.fans.get(id) else { continue };
        inputs.push(ledger.fact(&format!("catalog.fans.{id}"), "power", &fan.power, &fan.source));
    }
    let inputs: Vec<&dyn Named> = inputs.iter().map(|input| input as &dyn Named).collect();
    ledger.derive(
        "power.devices",
        "every device in the racks, and the fans of all banks with boards and of the roof",
        &inputs,
        total,
    )
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
