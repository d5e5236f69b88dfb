//! NET: does every board find a switch port, and the network an address for it?

use super::{Finding, Severity, Subject};
use crate::catalog::DeviceClass;
use crate::spec::Role;

/// Ports, uplinks, addresses.
pub fn check(subject: &Subject) -> Vec<Finding> {
    let mut findings = vec![ports(subject)];
    findings.extend(uplinks(subject));
    findings.extend(subnet(subject));
    findings.push(macs(subject));
    findings
}

fn ports(subject: &Subject) -> Finding {
    let wiring = subject.built.wiring;
    let fullest = wiring.groups.iter().max_by_key(|group| group.boards);
    let switches = wiring.groups.len();
    let finding = Finding::new("NET-switch-ports", format!("{switches} × access switch"))
        .at("devices")
        .source("catalogue of devices");
    let finding = match fullest {
        None => finding
            .held("no access switch", format!("{} boards", subject.built.layout.boards.value)),
        Some(group) => finding
            .held(format!("{} boards", group.boards), format!("{} ports", group.ports))
            .below(f64::from(group.boards), f64::from(group.ports))
            .because(format!(
                "the fullest is {} in rack {}: {} of {} ports",
                group.switch, group.rack, group.boards, group.ports
            )),
    };
    if wiring.unserved > 0 {
        let ports = fullest.map_or(0, |group| group.ports);
        finding
            .severity(Severity::Error)
            .because(format!(
                "{} boards have no port: an access switch takes whole banks of {} next to it, \
                 while it has ports ({ports})",
                wiring.unserved, subject.built.cluster.bank.boards.value
            ))
            .fix("more access switches next to the banks, or switches with more ports")
    } else {
        finding
    }
}

/// Every access switch needs a way out.
fn uplinks(subject: &Subject) -> Option<Finding> {
    let switches: Vec<_> = subject
        .built
        .layout
        .devices()
        .filter_map(|name| subject.built.cluster.device(name))
        .filter(|device| device.class == DeviceClass::Switch && device.role == Some(Role::Access))
        .collect();
    let first = switches.first()?;
    let without = subject
        .built
        .wiring
        .groups
        .iter()
        .filter(|group| {
            subject
                .built
                .cluster
                .device(&group.switch)
                .is_some_and(|device| device.uplinks == 0 && device.ports <= group.boards)
        })
        .count();
    let finding = Finding::new("NET-uplinks", format!("{} × access switch", switches.len()))
        .held(format!("{} uplinks each", first.uplinks), "1")
        .because(format!("{}: {} ports and {} uplinks", first.title, first.ports, first.uplinks))
        .at("devices")
        .source(first.source.clone());
    Some(if without > 0 {
        finding
            .severity(Severity::Error)
            .held(format!("{without} without"), "1 port free")
            .fix("a switch with an uplink, or one port more")
    } else {
        finding
    })
}

/// Hosts of a prefix, less network and broadcast address and the gateway.
fn hosts(prefix: u32) -> u64 {
    (1_u64 << (32 - prefix.min(32))).saturating_sub(3)
}

fn subnet(subject: &Subject) -> Option<Finding> {
    let network = &subject.built.document.design.network;
    let prefix: u32 = network.subnet.split_once('/')?.1.parse().ok()?;
    let devices = subject
        .built
        .layout
        .devices()
        .filter_map(|name| subject.built.cluster.device(name))
        .filter(|device| {
            matches!(
                device.class,
                DeviceClass::Switch | DeviceClass::Server | DeviceClass::Controller
            )
        })
        .count();
    let needed = u64::from(subject.built.layout.boards.value) + devices as u64;
    let room = hosts(prefix);
    let finding = Finding::new("NET-subnet", network.subnet.clone())
        .held(format!("{needed} hosts"), format!("{room} addresses"))
        .below(needed as f64, room as f64)
        .because(format!(
            "{} boards and {devices} switches, servers and controllers; a /{prefix} has {room} \
             addresses beside network, broadcast and gateway",
            subject.built.layout.boards.value
        ))
        .at("network.subnet")
        .source("RFC 950");
    Some(if needed > room {
        let smallest = (0..=30).rev().find(|&prefix| hosts(prefix) >= needed).unwrap_or(0);
        finding.severity(Severity::Error).fix(format!("at least a /{smallest}"))
    } else {
        finding
    })
}

/// Does the configuration of the DHCP server know every board, and the list of MACs only boards?
fn macs(subject: &Subject) -> Finding {
    let (design, macs) = (&subject.built.document.design, &subject.built.document.macs);
    let boards = subject.built.layout.boards.value.min(subject.built.layout.places.value);
    let finding = Finding::new("NET-macs", "hardware addresses for dhcpd.conf")
        .at("network.macs")
        .source("the design");
    let Some(file) = &design.network.macs else {
        return finding
            .severity(Severity::Warning)
            .held("no list", format!("{boards} boards"))
            .because("wiring/dhcpd.conf has placeholders that no board answers to")
            .fix("list `hostname,mac` in a CSV file next to the design: network.macs");
    };
    let mut known = 0;
    for row in subject.built.wiring.boards(subject.built.cluster, subject.built.layout) {
        known += usize::from(macs.of(&row.name).is_some());
    }
    let hosts = &subject.built.wiring.hosts;
    let devices = hosts.iter().filter(|host| macs.of(&host.name).is_some()).count();
    let strangers = macs.len() - known - devices;
    let finding = finding
        .held(format!("{known} boards"), format!("{boards} boards"))
        .below(f64::from(boards) - known as f64, f64::from(boards))
        .because(format!(
            "{file} lists {} hosts: {known} boards and {devices} devices",
            macs.len()
        ));
    let missing = boards as usize - known.min(boards as usize);
    match (missing, strangers) {
        (0, 0) => finding,
        (0, _) => finding
            .severity(Severity::Warning)
            .fix(format!("{strangers} names in {file} are no hosts of this design")),
        _ => finding.severity(Severity::Warning).fix(format!(
            "{missing} boards are missing in {file}{}; wiring/dhcpd.conf has placeholders for them",
            if strangers > 0 {
                format!(", and {strangers} names in it are no hosts of this design")
            } else {
                String::new()
            }
        )),
    }
}
