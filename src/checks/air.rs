//! AIR: do the boards stay cool enough, and what is in the way if not?

use super::{Finding, Severity, Subject};
use crate::air::{Air, Draught, MOST_BLOCKED, Zone, ZoneState};
use crate::units::{Celsius, MetresPerSecond};

/// Faster air whistles, and costs pressure that the account does not know (recommended for vents;
/// unverified).
const FASTEST_AIR: MetresPerSecond = MetresPerSecond(2.5);
/// Zones that a finding names one by one.
const NAMED: usize = 4;

/// Throttling, gentle throttling, what blocks the air, its speed.
pub fn check(subject: &Subject) -> Vec<Finding> {
    let air = subject.air;
    if air.zones.is_empty() {
        return Vec::new();
    }
    let shut: Vec<&Zone> =
        air.zones.iter().filter(|it| it.state.is_none()).map(|it| &it.zone).collect();
    let mut findings = Vec::new();
    if shut.is_empty() {
        findings.push(throttle(subject, air));
        findings.extend(soft_limit(subject, air));
    } else {
        findings.push(no_air(air, &shut));
    }
    findings.extend(blocked(air));
    findings.extend(velocity(air));
    findings
}

/// Zones and their states, hottest first.
fn by_heat(air: &Air) -> Vec<(&Zone, &ZoneState)> {
    let mut zones: Vec<(&Zone, &ZoneState)> =
        air.zones.iter().filter_map(|it| Some((&it.zone, it.state.as_ref()?))).collect();
    zones.sort_by(|a, b| b.1.board.value.0.total_cmp(&a.1.board.value.0));
    zones
}

fn degrees(temperature: Celsius) -> String {
    format!("{:.0} °C", temperature.0)
}

/// `84 °C in rack 2, lower half; 84 °C in …`.
fn listed(zones: &[(&Zone, &ZoneState)]) -> String {
    let mut named: Vec<String> = zones
        .iter()
        .take(NAMED)
        .map(|(zone, state)| format!("{} {}", zone.title(), degrees(state.board.value)))
        .collect();
    if zones.len() > NAMED {
        named.push(format!("{} more", zones.len() - NAMED));
    }
    named.join("; ")
}

fn throttle(subject: &Subject, air: &Air) -> Finding {
    let zones = by_heat(air);
    let limit = air.throttle.value;
    let hot = zones.iter().filter(|(_, state)| state.board.value >= limit).count();
    let maybe = zones.iter().filter(|(_, state)| state.band[1] >= limit).count();
    let Some((hottest, state)) = zones.first() else {
        return Finding::new("AIR-throttle", "boards");
    };
    let title = match (hot, maybe) {
        (0, _) => hottest.title(),
        (hot, _) => format!("{hot} of {} zones; {} is the hottest", zones.len(), hottest.title()),
    };
    let [low, high] = state.band;
    let finding = Finding::new("AIR-throttle", title)
        .held(
            format!(
                "{} ({} to {} by what is unverified)",
                degrees(state.board.value),
                degrees(low),
                degrees(high)
            ),
            limit,
        )
        .below(state.board.value.0, limit.0)
        .because(format!(
            "{}{}",
            account(subject, air, state),
            if hot > 1 { format!(". {}", listed(&zones[..hot])) } else { String::new() }
        ))
        .at(if air.draught == Draught::Roof { "cooling.roof_fans" } else { "bank.fans" })
        .source(source(subject, "thermal.throttle"));
    if hot == 0 && maybe == 0 {
        return finding;
    }
    let severity = if hot > 0 { Severity::Error } else { Severity::Warning };
    finding.severity(severity).fix(remedies(air, limit))
}

/// The sum that leads to a board's temperature.
fn account(subject: &Subject, air: &Air, state: &ZoneState) -> String {
    let board = subject.built.wiring.demand.board_stress.value;
    let way = match air.draught {
        Draught::Roof => format!(
            "the roof fans draw {:.3} m³/s through it at {:.2} m/s",
            state.flow.0, state.velocity.0
        ),
        Draught::Caddies => format!("its caddy fans blow {:.3} m³/s through it", state.flow.0),
        Draught::Still | Draught::ShutIn => {
            "no fan drives air past the boards, which are taken to stand in the room's".to_owned()
        }
    };
    format!(
        "{way}: {} room + {:.1} K + {:.2} W × {:.2} K/W under full load",
        subject.built.document.design.cooling.ambient, state.rise.0, board.0, state.resistance.0
    )
}

/// What passes, or what comes nearest.
fn remedies(air: &Air, limit: Celsius) -> String {
    let offered = |passes: bool| -> Vec<String> {
        air.remedies
            .iter()
            .filter(|remedy| (remedy.hottest < limit) == passes)
            .map(|remedy| format!("{}: {:.1} °C", remedy.change, remedy.hottest.0))
            .collect()
    };
    let (enough, too_little) = (offered(true), offered(false));
    if !enough.is_empty() {
        return enough.join("; or ");
    }
    let tried = if too_little.is_empty() {
        String::new()
    } else {
        format!(" (not enough: {})", too_little.join("; "))
    };
    format!("no airflow is enough: a better cooler on each board, or boards that draw less{tried}")
}

/// The board's first limit, where it has two.
fn soft_limit(subject: &Subject, air: &Air) -> Option<Finding> {
    let limit = air.soft_limit.value;
    if limit >= air.throttle.value {
        return None;
    }
    let zones = by_heat(air);
    let (hottest, state) = zones.first()?;
    let warm = zones.iter().filter(|(_, state)| state.board.value >= limit).count();
    let title = if warm == 0 {
        hottest.title()
    } else {
        format!("{warm} of {} zones; {} is the hottest", zones.len(), hottest.title())
    };
    let finding = Finding::new("AIR-soft-limit", title)
        .held(degrees(state.board.value), limit)
        .below(state.board.value.0, limit.0)
        .because(account(subject, air, state))
        .at("cooling")
        .source(source(subject, "thermal.soft_limit"));
    Some(if warm > 0 {
        finding.severity(Severity::Note).fix("boards run a little slower under full load")
    } else {
        finding
    })
}

/// Who says so: the fact's own source.
fn source(subject: &Subject, field: &str) -> String {
    let thermal = &subject.built.cluster.board.thermal;
    let fact = if field.ends_with("throttle") { &thermal.throttle } else { &thermal.soft_limit };
    fact.source.clone().unwrap_or_else(|| subject.built.cluster.board.source.clone())
}

fn no_air(air: &Air, shut: &[&Zone]) -> Finding {
    let (why, fix, path) = if air.draught == Draught::ShutIn {
        (
            "the shell closes the space behind the racks and has no fan in its roof",
            "roof fans (cooling.roof_fans), or an open side (shell.open_sides)",
            "shell",
        )
    } else {
        (
            "the shell closes the side that they look out of",
            "open the sides that racks look out of (shell.open_sides)",
            "shell.open_sides",
        )
    };
    let first = shut.first().map_or_else(String::new, |zone| zone.title());
    let others = shut.len().saturating_sub(1);
    let title = if others > 0 { format!("{first} and {others} more zones") } else { first };
    Finding::new("AIR-throttle", title)
        .severity(Severity::Error)
        .held("no air", "a way in and a way out")
        .because(why)
        .fix(fix)
        .at(path)
        .source("design rule of pibuild")
}

/// Devices that starve what is below them.
fn blocked(air: &Air) -> Option<Finding> {
    let plenum = air.plenum.as_ref()?;
    let space = plenum.depth.value;
    let limit = format!("{MOST_BLOCKED} of {space}");
    let starved = air.zones.iter().any(|it| it.zone.below);
    let deepest = plenum.blockers.iter().max_by_key(|blocker| blocker.depth);
    let Some(deepest) = deepest.filter(|_| starved) else {
        return Some(
            Finding::new("AIR-blocked", "the space behind the racks")
                .held("no device", limit)
                .because("no device with boards below it fills more of its depth")
                .at("devices")
                .source("experience with the 1050-node cluster"),
        );
    };
    let mut names: Vec<String> = Vec::new();
    for blocker in &plenum.blockers {
        let name = format!("{} in rack {}", blocker.device, blocker.rack);
        if !names.contains(&name) {
            names.push(name);
        }
    }
    let share = deepest.depth / space;
    let remedy = air.remedies.iter().find(|remedy| remedy.change.starts_with("take "));
    let fix = remedy.map_or_else(
        || "put it where nothing lies below it, or take a shorter one".to_owned(),
        |remedy| {
            format!("{}: the hottest boards come to {}", remedy.change, degrees(remedy.hottest))
        },
    );
    Some(
        Finding::new("AIR-blocked", names.join(", "))
            .severity(Severity::Warning)
            .held(format!("{:.0} % of {space}", share * 100.0), limit)
            .below(share, MOST_BLOCKED.0)
            .because(format!(
                "{} is {} deep and blocks the space behind the racks: all air from below has to \
                 pass what is left of it",
                deepest.device, deepest.depth
            ))
            .fix(fix)
            .at(format!("devices.{}", deepest.device))
            .source("experience with the 1050-node cluster"),
    )
}

/// Air that is too fast in the banks' faces or in the roof.
fn velocity(air: &Air) -> Option<Finding> {
    if air.draught != Draught::Roof {
        return None;
    }
    let fastest =
        by_heat(air).into_iter().max_by(|a, b| a.1.velocity.0.total_cmp(&b.1.velocity.0))?;
    let (mut title, mut speed) =
        (format!("faces of the banks in {}", fastest.0.title()), fastest.1.velocity);
    if let Some(roof) = air.roof_velocity.as_ref().filter(|roof| roof.value > speed) {
        (title, speed) = ("openings in the roof".to_owned(), roof.value);
    }
    let finding = Finding::new("AIR-velocity", title)
        .held(format!("{:.1} m/s", speed.0), FASTEST_AIR)
        .below(speed.0, FASTEST_AIR.0)
        .because(format!(
            "the fastest air: {:.2} m/s through the faces{}",
            fastest.1.velocity.0,
            air.roof_velocity.as_ref().map_or_else(String::new, |roof| format!(
                ", {:.2} m/s through the roof",
                roof.value.0
            ))
        ))
        .at("cooling.roof_fans")
        .source("rule of thumb for vents (unverified)");
    Some(if speed > FASTEST_AIR {
        finding
            .severity(Severity::Warning)
            .fix(format!("openings {:.1} times as large, or fewer fans", speed / FASTEST_AIR))
    } else {
        finding
    })
}
