//! NET: how the boards' data gets out: oversubscription, loops, addresses, cables.

use std::collections::BTreeMap;
use std::net::Ipv4Addr;

use super::{Finding, Severity, Subject};
use crate::units::Mm;
use crate::wiring::{AccessGroup, Feed, Port};

/// Uplinks, cables between devices, addresses, lengths.
pub fn check(subject: &Subject) -> Vec<Finding> {
    let mut findings = vec![addresses(subject)];
    findings.extend(oversubscription(subject));
    findings.extend(links(subject));
    findings.extend(cables(subject));
    findings
}

/// More boards than this to what one uplink carries is unusual at the edge of a network, where 3 : 1
/// to 20 : 1 is the custom (unverified).
const MOST_SUBSCRIBED: f64 = 20.0;

/// What the boards of a switch can send, against its way out.
fn oversubscription(subject: &Subject) -> Option<Finding> {
    let wiring = subject.built.wiring;
    let board = &subject.built.cluster.board;
    let speed = board.network_speed.value;
    let groups: BTreeMap<(usize, usize), &AccessGroup> =
        wiring.groups.iter().map(|group| ((group.rack_at, group.item), group)).collect();
    let ways = wiring.links.iter().filter_map(|link| {
        let group = *groups.get(&(link.from.rack_at, link.from.item))?;
        let device = subject.built.cluster.device(&group.switch)?;
        let [port, uplink] = [&device.speeds[0], &device.speeds[1]].map(|speed| speed.value);
        let out = if matches!(link.from.port, Port::Uplink(_)) { uplink } else { port };
        let each = speed.min(port);
        Some((f64::from(group.boards) * each / out, group, each, out, port.max(uplink)))
    });
    let (ratio, group, each, out, fastest) = ways.max_by(|a, b| a.0.total_cmp(&b.0))?;
    let finding = Finding::new(
        "NET-oversubscription",
        format!("{} × access switch; {} is the worst", wiring.groups.len(), group.name),
    )
    .held(format!("{ratio:.1} : 1"), format!("{MOST_SUBSCRIBED} : 1"))
    .below(ratio, MOST_SUBSCRIBED)
    .because(format!(
        "{} boards × {each} Mbit/s by one port of {out} Mbit/s; its fastest has {fastest}",
        group.boards
    ))
    .at("devices")
    .source(board.network_speed.source.as_deref().unwrap_or(&board.source));
    Some(if ratio > MOST_SUBSCRIBED {
        finding.severity(Severity::Warning).fix(format!(
            "join it by its fastest port: {:.1} : 1; or fewer boards to a switch",
            f64::from(group.boards) * each / fastest
        ))
    } else {
        finding
    })
}

/// Is every device joined, and is there just one way from each to each?
fn links(subject: &Subject) -> Option<Finding> {
    let wiring = subject.built.wiring;
    if wiring.links.is_empty() && wiring.unlinked.is_empty() {
        return None;
    }
    let looped = loops(
        wiring
            .links
            .iter()
            .map(|link| ((link.from.rack_at, link.from.item), (link.to.rack_at, link.to.item))),
    );
    let finding = Finding::new("NET-links", "cables between devices")
        .held(
            format!("{} devices without a port, {looped} loops", wiring.unlinked.len()),
            "0 and 0",
        )
        .because(format!("{} cables; each device is joined once", wiring.links.len()))
        .at("devices")
        .source("switches that do not know each other's trees send frames round a loop for ever");
    Some(if let Some(first) = wiring.unlinked.first() {
        let more = wiring.unlinked.len() - 1;
        let others = if more > 0 { format!(" and {more} more") } else { String::new() };
        finding
            .severity(Severity::Error)
            .fix(format!("another core switch, or one with more ports, for {first}{others}"))
    } else if looped > 0 {
        finding.severity(Severity::Error).fix("take out a cable of each loop")
    } else {
        finding
    })
}

/// How many cables join what was joined before: each closes a loop.
fn loops(cables: impl Iterator<Item = ((usize, usize), (usize, usize))>) -> usize {
    let mut above: BTreeMap<(usize, usize), (usize, usize)> = BTreeMap::new();
    let mut closed = 0;
    for (one, other) in cables {
        let (one, other) = (root(&above, one), root(&above, other));
        if one == other {
            closed += 1;
        } else {
            above.insert(one, other);
        }
    }
    closed
}

/// The device at the end of the chain that starts with this one.
fn root(
    above: &BTreeMap<(usize, usize), (usize, usize)>,
    mut device: (usize, usize),
) -> (usize, usize) {
    while let Some(next) = above.get(&device) {
        device = *next;
    }
    device
}

/// Boards whose addresses are looked at one by one; of more, the plan's rules are trusted.
const MOST_ADDRESSES: usize = 20_000;

/// Has everybody an address, nobody's twice, none that is reserved?
fn addresses(subject: &Subject) -> Finding {
    let wiring = subject.built.wiring;
    let plan = &wiring.addresses;
    let (network, broadcast) = (plan.network().0, plan.broadcast());
    // The router's address is the first gateway's; without one in the racks it stands elsewhere.
    let router = plan.router();
    let elsewhere = wiring.hosts.iter().all(|host| host.address != Some(router));
    let is_reserved =
        |it: &Ipv4Addr| *it == network || *it == broadcast || (elsewhere && *it == router);
    let boards = wiring.boards(subject.built.cluster, subject.built.layout).take(MOST_ADDRESSES);
    let hosts = wiring.hosts.iter().map(|host| host.address);
    let all: Vec<Option<Ipv4Addr>> = boards.map(|board| board.address).chain(hosts).collect();
    let missing = all.iter().filter(|address| address.is_none()).count();
    let mut given: Vec<Ipv4Addr> = all.into_iter().flatten().collect();
    given.sort_unstable();
    let twice = given.windows(2).filter(|pair| pair[0] == pair[1]).count();
    let forbidden = given.iter().filter(|it| is_reserved(it)).count();
    let finding = Finding::new("NET-addresses", "boards and devices")
        .held(format!("{missing} without, {twice} twice, {forbidden} reserved"), "none of each")
        .because(format!(
            "{} addresses in {}; the network's is {network}, the router's {router}, the broadcast \
             address {broadcast}",
            given.len(),
            subject.built.document.design.network.subnet,
        ))
        .at("network.subnet")
        .source("RFC 950; wiring/addresses.csv lists all");
    if missing + twice + forbidden > 0 {
        finding.severity(Severity::Error).fix("a larger subnet, or `network.addresses: in-order`")
    } else {
        finding
    }
}

/// Are cables long enough, and sold in these lengths?
fn cables(subject: &Subject) -> Option<Finding> {
    let wiring = subject.built.wiring;
    let patch = wiring.patch_cables(subject.built.cluster, subject.built.layout);
    let longest = *patch.keys().next_back()?;
    let count: u64 = patch.values().sum();
    let stocked = |length: &Mm| wiring.patch_stock.lengths.iter().any(|(it, _)| it == length);
    let odd: u64 = patch.iter().filter(|(length, _)| !stocked(length)).map(|(_, n)| n).sum();
    let short: Vec<&Feed> = wiring.feeds.iter().filter(|feed| !feed.cable.is_enough()).collect();
    let stock = wiring.patch_stock.lengths.last().map_or(Mm::ZERO, |(length, _)| *length);
    let finding = Finding::new("NET-cables", format!("{count} patch cables"))
        .held(format!("up to {longest}"), format!("{stock}, the longest in stock"))
        .below(longest.mm(), stock.mm())
        .because(format!(
            "the way along walls, and 50 mm for plug and bend at either end, rounded up to what is \
             sold; {odd} are longer than that"
        ))
        .at("network")
        .source("catalogue of cables");
    if let Some(worst) = short.iter().max_by_key(|feed| feed.cable.needed) {
        let mut finding = finding;
        finding.subject = format!("cables of {} supplies", short.len());
        return Some(
            finding
                .severity(Severity::Error)
                .held(worst.cable.bought, worst.cable.needed)
                .below(worst.cable.needed.mm(), worst.cable.bought.mm())
                .because(format!("{} is the farthest from its boards", worst.name))
                .fix(format!("power.cable.length: {} or auto", worst.cable.needed))
                .at("power.cable.length"),
        );
    }
    Some(if odd > 0 {
        finding
            .severity(Severity::Note)
            .fix("switches next to their banks, or cables made to measure")
    } else {
        finding
    })
}

#[cfg(test)]
mod tests {
    use super::loops;

    #[test]
    fn a_cable_between_what_is_joined_closes_a_loop() {
        let star = [((0, 1), (0, 0)), ((0, 2), (0, 0)), ((1, 0), (0, 0))];
        assert_eq!(loops(star.into_iter()), 0);
        let ring = star.into_iter().chain([((0, 1), (1, 0))]);
        assert_eq!(loops(ring), 1);
    }
}
