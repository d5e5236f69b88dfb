//! PWR: do the supplies' ports and watts and the outlets carry the boards?

use super::{Finding, Severity, Subject};
use crate::catalog::Supply;
use crate::units::{Amps, Watts};
use crate::wiring::AccessGroup;

/// Ports and watts a supply, outlets.
pub fn check(subject: &Subject) -> Vec<Finding> {
    let mut findings = match &subject.built.wiring.supply {
        Some((id, supply)) => supply_checks(subject, id, supply),
        None if subject.built.wiring.demand.by_switch => Vec::new(),
        None => vec![no_supply(subject)],
    };
    findings.extend(outlets(subject));
    findings
}

fn no_supply(subject: &Subject) -> Finding {
    let connector = &subject.built.cluster.board.power_socket.connector;
    Finding::new("PWR-supply-ports", "supplies")
        .severity(Severity::Error)
        .held("no supply", format!("{connector} for {} boards", subject.built.layout.boards.value))
        .because(format!("no supply of the catalogue feeds {connector} at the board's current"))
        .fix("name one: power.supply")
        .at("power.supply")
        .source("catalogue of supplies")
}

/// The most boards that one supply has to feed, and how many supplies there are.
fn fullest(groups: &[AccessGroup], unserved: u32) -> (u32, u32) {
    let of_groups = groups.iter().filter(|group| group.supplies > 0);
    let most = of_groups.map(|group| group.boards.div_ceil(group.supplies)).max().unwrap_or(0);
    (
        most.max(if groups.is_empty() { unserved } else { 0 }),
        groups.iter().map(|g| g.supplies).sum(),
    )
}

fn supply_checks(subject: &Subject, id: &str, supply: &Supply) -> Vec<Finding> {
    let wiring = subject.built.wiring;
    let (most, _) = fullest(&wiring.groups, wiring.unserved);
    let most = most.min(supply.ports.max(1));
    let used = wiring.supplies.value;
    let demand = &wiring.demand;
    let subject_name = format!("{used} × {id}");
    let entry = |code| {
        Finding::new(code, subject_name.clone()).at("power.supply").source(supply.source.clone())
    };
    let ports = entry("PWR-supply-ports")
        .held(format!("{most} boards"), format!("{} ports", supply.ports))
        .below(f64::from(most), f64::from(supply.ports))
        .because(format!(
            "{used} supplies for {} boards, {most} of {} ports used on the fullest",
            subject.built.layout.boards.value, supply.ports
        ));
    let levels = [
        ("idle", &demand.board_idle),
        ("in ordinary use", &demand.board_typical),
        ("under full load", &demand.board_stress),
    ];
    let capacity = supply.power.value;
    let mut findings = vec![ports];
    for (level, board) in levels {
        let load = board.value * f64::from(most);
        let mut finding = entry("PWR-supply-watts")
            .held(load, capacity)
            .below(load.0, capacity.0)
            .because(format!(
                "{level}: {most} boards × {} at the board = {load}, {:.0} % of {capacity}{}",
                board.value,
                load / capacity * 100.0,
                subject.doubt(&board.name)
            ));
        finding.subject = format!("{subject_name} {level}");
        if load > capacity {
            let carries = (capacity / board.value).floor().max(0.0);
            finding = finding
                .severity(Severity::Error)
                .fix(format!("at most {carries} boards to a supply of {capacity}"));
        }
        findings.push(finding);
    }
    findings.push(nameplate(subject, &entry("PWR-supply-nameplate"), most, capacity));
    findings.push(port_current(subject, &entry("PWR-port-current"), supply));
    findings
}

/// By the label every multi-port supply is over-subscribed: a warning, not an error.
fn nameplate(subject: &Subject, finding: &Finding, most: u32, capacity: Watts) -> Finding {
    let board = &subject.built.wiring.demand.board_nameplate;
    let load = board.value * f64::from(most);
    let finding = finding
        .clone()
        .held(load, capacity)
        .below(load.0, capacity.0)
        .because(format!("{most} boards × {} by the maker's label = {load}", board.value));
    if load > capacity {
        finding.severity(Severity::Warning).fix(
            "boards rarely draw what their label asks for; watch boards with USB devices attached",
        )
    } else {
        finding
    }
}

fn port_current(subject: &Subject, finding: &Finding, supply: &Supply) -> Finding {
    let board = &subject.built.wiring.demand.board_stress;
    let current = Amps(board.value.0 / supply.volts.value.0);
    let limit = supply.port_current.value;
    let finding = finding
        .clone()
        .held(format!("{:.2} A", current.0), limit)
        .below(current.0, limit.0)
        .because(format!(
            "{} at the board ÷ {} = {:.2} A under full load",
            board.value, supply.volts.value, current.0
        ));
    if current.0 > limit.0 {
        finding.severity(Severity::Error).fix("a supply with stronger ports")
    } else {
        finding
    }
}

/// Outlets of the racks' power units; without any unit in the design there is nothing to compare.
fn outlets(subject: &Subject) -> Option<Finding> {
    let demand = &subject.built.wiring.demand;
    let (plugs, outlets) = (demand.plugs.value, demand.outlets.value);
    let finding = Finding::new("PWR-outlets", "outlets of the power units")
        .held(format!("{plugs} plugs"), format!("{outlets} outlets"))
        .below(f64::from(plugs), f64::from(outlets))
        .because(format!(
            "{} supplies and {} others need an outlet each",
            subject.built.wiring.supplies.value,
            plugs - subject.built.wiring.supplies.value
        ))
        .at("devices")
        .source("catalogue of devices");
    match outlets {
        0 => None,
        outlets if plugs > outlets => {
            Some(finding.severity(Severity::Error).fix(format!("{} more outlets", plugs - outlets)))
        }
        _ => Some(finding),
    }
}
