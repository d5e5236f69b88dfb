//! PWR: volts at the board, the right voltage, circuits, the service, switched panels, switching on,
//! power over Ethernet.

use super::{Finding, Severity, Subject};
use crate::power::{BootPlan, Drop, ServiceLoad, at_load, loop_resistance, thickest_needed};
use crate::spec::WiringCode;
use crate::units::{Amps, Volts, Watts};
use crate::wiring::{CircuitPlan, DEVICE_POWER_FACTOR};

/// What a 5 V port owes at least (USB 2.0, 7.3.2: 4.75 V).
const USB_LEAST: Volts = Volts(4.75);
/// Boards take a supply within this share of their voltage (usual for boards without a range of
/// their own; unverified).
const TOLERANCE: f64 = 0.1;

/// The chain from service to board.
pub fn check(subject: &Subject) -> Vec<Finding> {
    let mut findings = Vec::new();
    if let Some(drop) = &subject.power.drop {
        findings.push(volts(subject, drop));
    }
    findings.extend(voltage(subject));
    findings.extend(circuits(subject));
    findings.extend(subject.power.service.as_ref().map(|load| service(subject, load)));
    findings.extend(panels(subject));
    findings.extend(subject.power.boot.as_ref().map(|plan| boot(subject, plan)));
    findings.extend(over_ethernet(subject));
    findings
}

/// What is left behind cable and contacts.
fn volts(subject: &Subject, drop: &Drop) -> Finding {
    let power = &subject.built.cluster.board.power;
    let (left, least) = (drop.at_board.value, power.minimum.value);
    let awg = subject.built.document.design.power.cable.awg;
    let board = &subject.built.wiring.demand.board_stress;
    let comfortable = comfortable(power.volts.value, least);
    let finding = Finding::new(
        "PWR-volts-at-board",
        format!("{} of {awg} AWG and its contacts", drop.length.value),
    )
    .held(format!("{:.2} V", left.0), format!("{least} (a warning below {comfortable})"))
    .above(left.0, least.0)
    .because(format!(
        "{} − {:.2} A × {:.3} Ω there and back, for {:.2} W at the board{}",
        drop.supply.value,
        drop.current.value.0,
        drop.resistance.value.0,
        board.value.0,
        subject.doubt(&drop.at_board.name)
    ))
    .at("power.cable")
    .source(power.minimum.source.as_deref().unwrap_or(&subject.built.cluster.board.source));
    let finding = if left < least {
        finding.severity(Severity::Error)
    } else if left < comfortable {
        finding.severity(Severity::Warning)
    } else {
        return finding;
    };
    let fix = match thickest_needed(drop.supply.value, board.value, drop.length.value, comfortable)
    {
        Some(needed) => {
            let resistance = loop_resistance(needed, drop.length.value);
            let volts = at_load(drop.supply.value, board.value, resistance).unwrap_or_default();
            format!("{needed} AWG: {:.2} V", volts.0)
        }
        None => "shorter cables, fewer contacts, or a supply of a higher voltage".to_owned(),
    };
    finding.fix(fix)
}

/// What a board should get: on 5 V what USB promises, else 95 % of its voltage.
fn comfortable(nominal: Volts, least: Volts) -> Volts {
    let usual = if (4.9..=5.3).contains(&nominal.0) { USB_LEAST } else { nominal * 0.95 };
    Volts(usual.0.max(least.0))
}

/// Does the supply fit the board: its plug and its volts? One that the tool chose always has the
/// plug.
fn voltage(subject: &Subject) -> Option<Finding> {
    let (id, supply) = subject.built.wiring.supply.as_ref()?;
    let board = &subject.built.cluster.board;
    let (nominal, given) = (board.power.volts.value, supply.volts.value);
    let connector = &board.power_socket.connector;
    let finding = Finding::new("PWR-supply-voltage", format!("{id} and {}", board.name))
        .held(
            format!("{given}, {}", supply.feeds.join(" or ")),
            format!("{nominal} ± {:.0} %, {connector}", TOLERANCE * 100.0),
        )
        .below((given.0 - nominal.0).abs(), nominal.0 * TOLERANCE)
        .because(format!("the board takes {nominal} by {connector}"))
        .at("power.supply")
        .source(board.power.volts.source.as_deref().unwrap_or(&board.source));
    let off = (given.0 - nominal.0).abs() > nominal.0 * TOLERANCE;
    let no_plug = !supply.feeds.contains(connector);
    Some(match (off, no_plug) {
        (true, _) => finding
            .severity(Severity::Error)
            .fix(format!("a supply of {nominal}; leave power.supply out to have one chosen")),
        (false, true) => finding
            .severity(Severity::Error)
            .fix(format!("a supply for {connector}; leave power.supply out to have one chosen")),
        (false, false) => finding,
    })
}

/// The fullest circuit against what it may carry for long, and how many there are.
fn circuits(subject: &Subject) -> Option<Finding> {
    let circuits = &subject.built.wiring.mains.circuits;
    let circuit = &subject.built.document.design.power.circuit;
    let share = subject.power.circuit_limit.value.0 / (circuit.volts.0 * circuit.amps.0);
    let limit = |it: &CircuitPlan| Amps(it.amps.0 * share);
    let amps = |it: &CircuitPlan| Amps(it.volt_amperes / circuit.volts.0);
    let load = |it: &CircuitPlan| amps(it) / limit(it);
    let fullest = circuits.iter().max_by(|a, b| load(a).total_cmp(&load(b)))?;
    let over: Vec<&CircuitPlan> = circuits.iter().filter(|it| load(it) > 1.0).collect();
    let all: f64 = circuits.iter().map(|it| it.volt_amperes).sum();
    let code = match circuit.code {
        WiringCode::Nec => "80 % of the breaker for a continuous load (NEC)",
        WiringCode::Iec => "the whole breaker (IEC)",
    };
    let (measured, most) = (amps(fullest), limit(fullest));
    let finding = Finding::new(
        "PWR-circuit",
        match over.len() {
            0 => format!("{} circuits; {} is the fullest", circuits.len(), fullest.name),
            many => {
                format!("{many} of {} circuits; {} is the fullest", circuits.len(), fullest.name)
            }
        },
    )
    .held(format!("{:.1} A", measured.0), format!("{:.1} A", most.0))
    .below(measured.0, most.0)
    .because(format!(
        "{} ÷ {} = {:.1} A on {}, boards under full load ({:.0} VA); {code}",
        fullest.watts, circuit.volts, measured.0, fullest.name, fullest.volt_amperes
    ))
    .at("power.circuit")
    .source("NEC 210.20(A); wiring/circuits.csv lists all");
    Some(if over.is_empty() {
        finding
    } else {
        let needed = (all / subject.power.circuit_limit.value.0).ceil();
        finding.severity(Severity::Error).fix(format!(
            "at least {needed:.0} such circuits in all: more power units, or stronger circuits"
        ))
    })
}

/// The main breaker, boards under full load; and what their labels would ask for.
fn service(subject: &Subject, load: &ServiceLoad) -> Finding {
    let Some(service) = &subject.built.document.design.power.service else {
        return Finding::new("PWR-service", "service");
    };
    let demand = &subject.built.wiring.demand.stress;
    let (amps, limit) = (load.stress.value, load.limit.value);
    let share = limit / service.amps;
    let by_label = load.nameplate.value;
    let finding = Finding::new("PWR-service", "service under full load")
        .held(format!("{:.1} A", amps.0), format!("{:.0} A", limit.0))
        .below(amps.0, limit.0)
        .because(format!(
            "{:.2} kW ÷ power factor {DEVICE_POWER_FACTOR} ÷ {} = {:.1} A; {} × {share} = {:.0} A \
             for a continuous load; by the boards' labels {:.0} A, which ask for a service of \
             {:.0} A{}",
            demand.value.0 / 1000.0,
            service.volts,
            amps.0,
            service.amps,
            limit.0,
            by_label.0,
            by_label.0 / share,
            subject.doubt(&demand.name),
        ))
        .at("power.service")
        .source("NEC 80 % rule for continuous loads; IEC: none");
    if amps > limit {
        let needed = (amps.0 / share).ceil();
        finding
            .severity(Severity::Error)
            .fix(format!("a service of {needed:.0} A, or fewer boards"))
    } else {
        finding
    }
}

/// Loads on the switches of panels.
fn panels(subject: &Subject) -> Option<Finding> {
    let mains = &subject.built.wiring.mains;
    let switches: u32 = mains.panels.iter().map(|panel| panel.switches).sum();
    if switches == 0 {
        return None;
    }
    let without = mains.loads.iter().filter(|load| load.toggle.is_none()).count();
    let fullest = mains.panels.iter().max_by_key(|panel| panel.used)?;
    let loads = mains.loads.len();
    let finding = Finding::new(
        "PWR-panel",
        format!("{} switched panels; {} is the fullest", mains.panels.len(), fullest.name),
    )
    .held(format!("{loads} loads"), format!("{switches} switches"))
    .below(loads as f64, f64::from(switches))
    .because(format!(
        "{} of {} switches used on {}; {without} loads have none",
        fullest.used, fullest.switches, fullest.name
    ))
    .at("devices")
    .source("catalogue of devices");
    Some(if without > 0 {
        finding
            .severity(Severity::Note)
            .fix(format!("{without} more switches, or switch these at their plugs"))
    } else {
        finding
    })
}

/// The peak when supplies are switched on.
fn boot(subject: &Subject, plan: &BootPlan) -> Finding {
    let worst = plan.batches.iter().max_by(|a, b| a.peak.0.total_cmp(&b.peak.0));
    let circuit = worst
        .and_then(|batch| subject.built.wiring.mains.circuits.get(batch.circuit))
        .map_or("", |circuit| circuit.name.as_str());
    let (peak, trip) = (plan.peak.value, plan.trip.value);
    let how = match plan.wanted {
        Some(wanted) => format!("{} batches of up to {wanted} boards", plan.batches.len()),
        None => "all boards at once".to_owned(),
    };
    let finding = Finding::new("PWR-boot", how)
        .held(format!("{:.0} A", peak.0), format!("{:.0} A", trip.0))
        .below(peak.0, trip.0)
        .because(format!(
            "the highest peak is on {circuit}: what runs there, and what its supplies of the batch \
             take when they are switched on; a breaker of {} may trip at once from {:.0} A{}",
            subject.built.document.design.power.circuit.amps,
            trip.0,
            subject.doubt(&plan.peak.name)
        ))
        .at("power.boot.batch")
        .source("wiring/boot-plan.csv lists the batches");
    if peak >= trip {
        // Peaks of supplies meet only if they are switched at the same moment of the mains' wave,
        // and the house's own wiring takes some off: nobody knows that it will trip.
        let fix = match plan.most {
            0 => "supplies with a softer start, or breakers that trip later".to_owned(),
            most => format!("power.boot: {{ batch: {most} }}"),
        };
        return finding.severity(Severity::Warning).fix(fix);
    }
    match plan.wanted {
        Some(wanted) if wanted < plan.least => finding.severity(Severity::Note).fix(format!(
            "a supply feeds up to {} boards and is switched as a whole: batches are that large",
            plan.least
        )),
        _ => finding,
    }
}

/// Budgets of switches that power their boards: a port's, and all ports' together.
fn over_ethernet(subject: &Subject) -> Vec<Finding> {
    let Some(port) = &subject.built.wiring.demand.port_stress else { return Vec::new() };
    let groups = &subject.built.wiring.groups;
    let with_device = groups
        .iter()
        .filter_map(|group| Some((group, subject.built.cluster.device(&group.switch)?)));
    let mut findings = Vec::new();
    let mut worst: Option<(f64, Finding)> = None;
    for (group, device) in with_device {
        let at = format!("devices.{}", group.switch);
        let Some(poe) = &device.poe else {
            return vec![
                Finding::new("PWR-poe", group.switch.clone())
                    .severity(Severity::Error)
                    .held("no power over Ethernet", format!("{:.1} W a port", port.value.0))
                    .because(format!("{} ({}) does not power boards", group.switch, device.id))
                    .fix("a switch that does, or `power: { from: supply }`")
                    .at(at)
                    .source(device.source.clone()),
            ];
        };
        let need: Watts = port.value * f64::from(group.boards);
        let share = (need / poe.budget.value).max(port.value / poe.port.value);
        if worst.as_ref().is_some_and(|(before, _)| *before >= share) {
            continue;
        }
        let finding = Finding::new("PWR-poe", format!("{} in rack {}", group.switch, group.rack))
            .held(
                format!("{:.0} W, {:.1} W a port", need.0, port.value.0),
                format!("{}, {} a port", poe.budget.value, poe.port.value),
            )
            .below(share, 1.0)
            .because(format!(
                "{} boards × {:.2} W at the port under full load, HATs included{}",
                group.boards,
                port.value.0,
                subject.doubt(&port.name)
            ))
            .at(at)
            .source("IEEE 802.3af, 802.3at");
        let finding = if port.value > poe.port.value {
            finding.severity(Severity::Error).fix("a switch with stronger ports")
        } else if need > poe.budget.value {
            let most = (poe.budget.value / port.value).floor();
            finding.severity(Severity::Error).fix(format!("at most {most:.0} boards to the switch"))
        } else {
            finding
        };
        worst = Some((share, finding));
    }
    findings.extend(worst.map(|(_, finding)| finding));
    findings
}
