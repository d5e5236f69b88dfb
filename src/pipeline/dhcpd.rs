//! `wiring/dhcpd.conf`: a configuration for ISC dhcpd that gives every board its address.

use std::fmt::Write;

use super::Outcome;
use crate::catalog::DeviceClass;
use crate::spec::{BootFrom, Mac};

/// The file. A board whose hardware address is not known gets a placeholder: a locally administered
/// address that no board has, so that the server accepts the file and answers nobody by mistake.
pub(super) fn configuration(outcome: &Outcome) -> String {
    let mut text = head(outcome);
    for (number, row) in (1..).zip(outcome.boards()) {
        let mac = outcome.document.macs.of(&row.name).copied();
        let (mac, remark) = match mac {
            Some(mac) => (mac, ""),
            None => (Mac::placeholder(number), "  # placeholder"),
        };
        // Writing to a string does not fail.
        let _ = match row.address {
            Some(address) => {
                writeln!(text, "{}{remark}", host(&row.name, mac, &address.to_string()))
            }
            None => writeln!(text, "# {}: the subnet has no address left", row.name),
        };
    }
    text.push_str(
        "\n# Switches, servers and others. Those whose hardware address is not known are to\n",
    );
    text.push_str("# be set by hand.\n");
    for device in &outcome.wiring.hosts {
        let name = &device.name;
        let _ = match (device.address, outcome.document.macs.of(name)) {
            (Some(address), Some(mac)) => {
                writeln!(text, "{}", host(name, *mac, &address.to_string()))
            }
            (Some(address), None) => writeln!(text, "# {name}: {address}"),
            (None, _) => writeln!(text, "# {name}: the subnet has no address left"),
        };
    }
    text
}

fn host(name: &str, mac: Mac, address: &str) -> String {
    format!(
        "host {name} {{ hardware ethernet {mac}; fixed-address {address}; \
         option host-name \"{name}\"; }}"
    )
}

fn head(outcome: &Outcome) -> String {
    let (design, addresses) = (&outcome.document.design, &outcome.wiring.addresses);
    let (network, _) = addresses.network();
    let mut text = format!("# ISC dhcpd for {}, written by pibuild.\n", design.name);
    let boards = outcome.layout.boards.value.min(outcome.layout.places.value);
    let known =
        outcome.boards().filter(|row| outcome.document.macs.of(&row.name).is_some()).count();
    let unknown = boards as usize - known.min(boards as usize);
    if unknown > 0 {
        let _ = writeln!(
            text,
            "# WARNING: {unknown} of {boards} hardware addresses are placeholders (02:00:…); give \
             the real\n# ones in a file of hostname,mac and name it as network.macs in the design."
        );
    }
    let _ = write!(
        text,
        "\nauthoritative;\ndeny unknown-clients;\ndefault-lease-time 86400;\n\
         max-lease-time 604800;\n\nsubnet {network} netmask {} {{\n  option routers {};\n  \
         option subnet-mask {};\n  option broadcast-address {};\n",
        addresses.mask(),
        addresses.router(),
        addresses.mask(),
        addresses.broadcast(),
    );
    if design.network.boot == BootFrom::Network
        && let Some((name, address)) = server(outcome)
    {
        let _ = write!(text, "  # boards boot from {name}\n  next-server {address};\n");
    }
    text.push_str("}\n\n");
    text
}

/// The first server, and its address.
fn server(outcome: &Outcome) -> Option<(&str, std::net::Ipv4Addr)> {
    let first = outcome.wiring.hosts.iter().find(|host| host.class == DeviceClass::Server)?;
    Some((&first.name, first.address?))
}
