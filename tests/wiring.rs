//! Layout and wiring: every board once in every list, nothing given twice, totals that agree in all
//! files, racks that are filled and never over-filled.
#![allow(clippy::unwrap_used)]

mod support;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use pibuild::catalog::Catalog;
use pibuild::cluster::{Cluster, Ledger};
use pibuild::layout::{Block, Layout};
use pibuild::spec::{self, Document, Files};
use pibuild::wiring::{LoadKind, Wiring};
use proptest::prelude::*;
use support::{Done, pibuild};

fn design(name: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("designs").join(format!("{name}.yaml"));
    fs::read_to_string(path).unwrap()
}

fn generated(text: &str, status: i32) -> Done {
    pibuild(["generate", "design.yaml", "-o", "out", "--only", "layout,wiring,bom"])
        .file("design.yaml", text)
        .any_stdout()
        .stderr_is(|_, _| true)
        .status(status)
        .run()
}

/// The rows of a list as column → cell.
fn rows(done: &Done, list: &str) -> Vec<BTreeMap<String, String>> {
    let text = done.read(&format!("out/{list}"));
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    reader.deserialize().map(Result::unwrap).collect()
}

/// All values of some columns; fails if two rows have the same.
fn unique(rows: &[BTreeMap<String, String>], columns: &[&str]) -> BTreeSet<Vec<String>> {
    let mut seen = BTreeSet::new();
    for row in rows {
        let key: Vec<String> = columns.iter().map(|column| row[*column].clone()).collect();
        assert!(key.iter().all(|cell| !cell.is_empty()), "{columns:?} of {row:?}");
        assert!(seen.insert(key.clone()), "{columns:?} twice: {key:?}");
    }
    seen
}

fn sum(rows: &[BTreeMap<String, String>], column: &str) -> f64 {
    rows.iter().map(|row| row[column].parse::<f64>().unwrap()).sum()
}

/// Every number between two words, such as the 21 of `>21 boards: `.
fn numbers(text: &str, before: &str, after: &str) -> Vec<f64> {
    let found = text.split(before).skip(1).filter_map(|rest| rest.split_once(after));
    found.filter_map(|(number, _)| number.parse().ok()).collect()
}

fn quantity(done: &Done, name: &str) -> f64 {
    let all: serde_json::Value = serde_json::from_str(&done.read("out/quantities.json")).unwrap();
    let found = all.as_array().unwrap().iter().find(|quantity| quantity["name"] == name);
    found.unwrap()["value"].as_f64().unwrap()
}

#[test]
fn totals_agree_in_all_files() {
    let done = generated(&design("tardis"), 0);
    let (patch, power) =
        (rows(&done, "wiring/patch-list.csv"), rows(&done, "wiring/power-list.csv"));
    let (addresses, circuits) =
        (rows(&done, "wiring/addresses.csv"), rows(&done, "wiring/circuits.csv"));
    let uplinks = rows(&done, "wiring/uplinks.csv");

    let boards = unique(&patch, &["board"]);
    assert_eq!(boards.len(), 1050);
    assert_eq!(unique(&power, &["board"]), boards);
    assert_eq!(unique(&addresses, &["hostname"]), boards);
    unique(&addresses, &["address"]);
    let ports = unique(&patch, &["switch", "port"]);
    unique(&power, &["supply", "port"]);
    unique(&circuits, &["pdu", "outlet"]);
    unique(&circuits, &["panel", "switch"]);
    let loads = unique(&circuits, &["load"]);

    // The chain closes: every supply and every switch is plugged in.
    for (list, column, count) in [(&power, "supply", 25), (&patch, "switch", 25)] {
        let named: BTreeSet<Vec<String>> =
            list.iter().map(|row| vec![row[column].clone()]).collect();
        assert_eq!(named.len(), count);
        assert!(named.is_subset(&loads), "{column}");
    }
    assert_eq!(circuits.len(), 57);
    let by_circuit: BTreeSet<&str> = circuits.iter().map(|row| row["circuit"].as_str()).collect();
    assert_eq!(by_circuit.len(), 8);

    // Watts: lists, elevations, quantities.
    let watts = quantity(&done, "power.demand_stress");
    assert!((sum(&circuits, "watts") - watts).abs() < 0.5, "{watts} W");
    let (front, rear) =
        (done.read("out/layout/elevation-front.svg"), done.read("out/layout/elevation-rear.svg"));
    let both = front.clone() + &rear;
    let drawn: f64 = (1..=8).flat_map(|it| numbers(&both, &format!("C{it} "), " W")).sum();
    assert!((drawn - watts).abs() < 1.0, "{drawn} W");

    // Boards and ports: lists, elevations, checks.
    assert!((numbers(&both, ">", " boards: ").iter().sum::<f64>() - 1050.0).abs() < 1e-9);
    let link_ports: usize = uplinks
        .iter()
        .flat_map(|row| [&row["port"], &row["switch_port"]])
        .filter(|port| port.parse::<u32>().is_ok())
        .count();
    let used = numbers(&both, ">", " of 48 ports");
    assert!((used.iter().sum::<f64>() - (ports.len() + link_ports) as f64).abs() < 1e-9);
    let checks: serde_json::Value = serde_json::from_str(&done.read("out/checks.json")).unwrap();
    let fit = checks["findings"].as_array().unwrap().iter().find(|it| it["code"] == "FIT-boards");
    assert_eq!(fit.unwrap()["measured"], "1050");

    // Cables: lists and bill of materials.
    let bom = rows(&done, "bom/bom.csv");
    let bought = |start: &str| -> u64 {
        let lines = bom.iter().filter(|row| row["item"].starts_with(start));
        lines.map(|row| row["quantity"].parse::<u64>().unwrap()).sum()
    };
    assert_eq!(bought("patch-cable-"), (patch.len() + uplinks.len()) as u64);
    assert_eq!(bought("power-cable-"), power.len() as u64);
    assert_eq!(bought("mains-lead-"), circuits.len() as u64);
    assert_eq!(bought("usb-60-port-300w"), 25 + 5);
    let long = |list: &[BTreeMap<String, String>], length: &str| {
        list.iter().filter(|row| row["length"] == length).count() as u64
    };
    for (item, length) in [("patch-cable-0-25m", "0.25"), ("patch-cable-2m", "2")] {
        assert_eq!(bought(item), long(&patch, length) + long(&uplinks, length), "{item}");
    }

    // Both ends of every cable have a label with what the lists say.
    let labels = done.read("out/wiring/labels.svg");
    for list in [&patch, &power, &uplinks, &circuits] {
        for row in list.iter().step_by(97) {
            let label = format!(">{}</text>", row["label"]);
            assert_eq!(labels.matches(&label).count(), 2, "{label}");
        }
    }
    let cables = patch.len() + power.len() + uplinks.len() + circuits.len();
    assert_eq!(labels.matches("stroke-dasharray").count(), 2 * cables);
    let pdf = fs::read(done.path("out/wiring/labels.pdf")).unwrap();
    assert!(pdf.starts_with(b"%PDF-"));
    let sheets = format!("/Count {}", (2 * cables).div_ceil(65));
    assert!(String::from_utf8_lossy(&pdf).contains(&sheets), "{sheets}");
}

#[test]
fn addresses_and_ports_are_those_of_the_real_cluster() {
    let done = generated(&design("tardis"), 0);
    let patch = rows(&done, "wiring/patch-list.csv");
    let row = |board: &str| patch.iter().find(|row| row["board"] == board).unwrap();
    // The upper bank has the odd ports, the lower bank the even ones.
    assert_eq!((&*row("pi-1-1-1")["port"], &*row("pi-1-1-21")["port"]), ("1", "41"));
    assert_eq!((&*row("pi-1-2-1")["port"], &*row("pi-1-2-21")["port"]), ("2", "42"));
    assert_eq!(row("pi-1-2-1")["label"], "01-37:01/01-39:02");
    let addresses: BTreeMap<String, String> = rows(&done, "wiring/addresses.csv")
        .into_iter()
        .map(|row| (row["hostname"].clone(), row["address"].clone()))
        .collect();
    // Group g of rack 1, 2, 3, 4: 172.20.(10 + g).(1..42).
    for (board, address) in [
        ("pi-1-1-1", "172.20.11.1"),
        ("pi-1-14-21", "172.20.17.42"),
        ("pi-2-1-1", "172.20.18.1"),
        ("pi-3-1-1", "172.20.24.1"),
        ("pi-4-12-21", "172.20.35.42"),
    ] {
        assert_eq!(addresses[board], address, "{board}");
    }
    let devices = rows(&done, "wiring/devices.csv");
    let address = |name: &str| {
        devices.iter().find(|row| row["hostname"] == name).map(|row| row["address"].as_str())
    };
    assert_eq!(address("r2-server-1"), Some("172.20.0.10"));
    assert_eq!(address("r2-gateway-1"), Some("172.20.0.1"));
    assert_eq!(devices.len(), 30);
}

/// A list of MACs for every board of `minirack-8`.
fn macs() -> String {
    let row = |slot| format!("pi-1-1-{slot},b8:27:eb:00:00:{slot:02x}\n");
    "hostname,mac\n".to_owned() + &(1..=8).map(row).collect::<String>()
}

fn minirack_with_macs() -> String {
    let text = design("minirack-8");
    text.replace("192.168.8.0/24 }", "192.168.8.0/24, macs: lists/macs.csv }")
}

#[test]
fn dhcpd_knows_every_mac_that_is_listed() {
    let done = pibuild(["generate", "design.yaml", "-o", "out", "--only", "wiring"])
        .file("design.yaml", &minirack_with_macs())
        .file("lists/macs.csv", &macs())
        .any_stdout()
        .stderr_is(|_, _| true)
        .run();
    let conf = done.read("out/wiring/dhcpd.conf");
    assert_eq!(conf.matches("\nhost ").count(), 8);
    assert!(!conf.contains("placeholder"), "{conf}");
    let first = "host pi-1-1-1 { hardware ethernet b8:27:eb:00:00:01; \
                 fixed-address 192.168.8.11; option host-name \"pi-1-1-1\"; }";
    assert!(conf.contains(first), "{conf}");
    let listed = rows(&done, "wiring/addresses.csv");
    assert_eq!(listed[7]["mac"], "b8:27:eb:00:00:08");

    let bare = generated(&design("minirack-8"), 0);
    let conf = bare.read("out/wiring/dhcpd.conf");
    assert!(conf.contains("WARNING: 8 of 8"), "{conf}");
    assert_eq!(conf.matches("hardware ethernet 02:00:00:00:00:0").count(), 8);
    let checks: serde_json::Value = serde_json::from_str(&bare.read("out/checks.json")).unwrap();
    let macs = checks["findings"].as_array().unwrap().iter().find(|it| it["code"] == "NET-macs");
    assert_eq!(macs.unwrap()["severity"], "warning");
}

#[test]
fn wrong_rows_are_told_by_file_and_row() {
    let wrong = macs().replace("pi-1-1-3,b8:27:eb:00:00:03", "pi-1-1-3,b8:27:eb")
        + "pi-1-1-9,b8:27:eb:00:00:08\n";
    let check = || pibuild(["check", "design.yaml"]).file("design.yaml", &minirack_with_macs());
    check()
        .file("lists/macs.csv", &wrong)
        .stderr_is(|said, _| {
            said.contains("lists/macs.csv:4:10")
                && said.contains("`b8:27:eb` is not the MAC of a board")
                && said.contains("lists/macs.csv:10:10")
                && said.contains("is that of `pi-1-1-8` already, on line 9")
        })
        .status(2)
        .run();
    check()
        .stderr_is(|said, _| {
            said.contains("error[SPEC-file]: the list of MACs `lists/macs.csv` cannot be read")
                && said.contains("design.yaml:")
        })
        .status(2)
        .run();
}

#[test]
fn boards_on_poe_need_no_supplies() {
    let text = design("minirack-8")
        .replace("{ type: gigabit-switch-8, role: access }", "{ type: poe-switch-8, role: access }")
        .replace("power: { supply: usb-c-8-port-5a }", "power: { from: poe }");
    let done = generated(&text, 0);
    let power = rows(&done, "wiring/power-list.csv");
    let patch = rows(&done, "wiring/patch-list.csv");
    assert_eq!(power.len(), 8);
    for (power, patch) in power.iter().zip(&patch) {
        assert_eq!((&power["supply"], &power["port"]), (&patch["switch"], &patch["port"]));
        assert_eq!(power["length"], "");
    }
    let bom = done.read("out/bom/bom.csv");
    assert!(bom.contains("power,poe-hat,PoE+ HAT for one board,8,"), "{bom}");
    assert!(!bom.contains("power-cable") && !bom.contains("usb-c-8-port"), "{bom}");
    // The switch draws what its boards do.
    let circuits = rows(&done, "wiring/circuits.csv");
    assert_eq!((circuits.len(), &*circuits[0]["pdu"]), (1, "wall"));
    assert!((sum(&circuits, "watts") - quantity(&done, "power.demand_stress")).abs() < 0.01);
}

/// The same boards with switches of 16 powered ports take more racks than there are, and the checks
/// say how many.
#[test]
fn poe_switches_take_more_racks() {
    let tardis = design("tardis");
    let (head, rest) = tardis.split_once("  groups:\n").unwrap();
    let (_, rest) = rest.split_once("\ndevices:").unwrap();
    let text = format!("{head}  contents: auto\n\ndevices:{rest}")
        .replace("{ type: ubiquiti-us-48, role: access }", "{ type: poe-switch-16, role: access }")
        .replace("  supply: usb-60-port-300w ", "  from: poe ");
    let done = pibuild(["check", "design.yaml", "--format", "json"])
        .file("design.yaml", &text)
        .any_stdout()
        .status(1)
        .run();
    let checks: serde_json::Value = serde_json::from_str(&done.stdout).unwrap();
    let found = checks["findings"]
        .as_array()
        .unwrap()
        .iter()
        .find(|finding| finding["code"] == "FIT-rack-units" && finding["severity"] == "error");
    let found = found.unwrap();
    assert_eq!((&found["measured"], &found["limit"]), (&"7 racks".into(), &"4 racks".into()));
    assert_eq!(found["fix"], "racks.count: 7");
}

struct NoFiles;

impl Files for NoFiles {
    fn read(&self, _: &str) -> Result<Vec<u8>, String> {
        Err("there are no files".to_owned())
    }
}

/// A design, worked out as far as its wiring.
struct Wired {
    document: Document,
    cluster: Cluster,
    layout: Layout,
    wiring: Wiring,
}

fn wired(catalog: &Catalog, text: &str) -> Wired {
    let document = spec::read("design.yaml", text.as_bytes(), &NoFiles, catalog)
        .unwrap_or_else(|rejected| panic!("{text}\n{:?}", rejected.diagnostics));
    let mut ledger = Ledger::default();
    let cluster = Cluster::resolve(&document, &mut ledger).unwrap();
    let layout = Layout::place(&document, &cluster, &mut ledger);
    let wiring = Wiring::connect(&document, &cluster, &layout, &mut ledger);
    Wired { document, cluster, layout, wiring }
}

/// What must hold for any design.
fn nothing_is_given_twice(it: &Wired) {
    let Wired { cluster, layout, wiring, .. } = it;
    let seated = layout.boards.value.min(layout.places.value) as usize;
    let (mut names, mut ports, mut feeds) = (BTreeSet::new(), BTreeSet::new(), BTreeSet::new());
    let mut addresses = BTreeSet::new();
    let mut patch_cables = 0;
    for row in wiring.boards(cluster, layout) {
        assert!(names.insert(row.name.clone()), "{} twice", row.name);
        if let Some((group, port, length)) = &row.patch {
            assert!(*port >= 1 && *port <= group.ports, "port {port} of {}", group.ports);
            assert!(ports.insert((group.name.clone(), *port)), "{} port {port}", group.name);
            assert!(length.is_enough());
            patch_cables += 1;
        }
        if let Some((feed, port, length)) = row.power {
            let supply = &wiring.supply.as_ref().unwrap().1;
            assert!(port >= 1 && port <= supply.ports, "port {port} of {}", supply.ports);
            assert!(feeds.insert((feed, port)), "supply {feed} port {port} twice");
            assert!(length.is_enough());
        }
        if let Some(address) = row.address {
            assert!(addresses.insert(address), "{address} twice");
        }
    }
    assert_eq!(names.len(), seated);
    assert_eq!(ports.len() + wiring.unserved as usize, seated);
    if wiring.supply.is_some() {
        assert_eq!(feeds.len(), seated);
    }
    // Links have ports of their own.
    for end in wiring.links.iter().flat_map(|link| [&link.from, &link.to]) {
        let port = match end.port {
            pibuild::wiring::Port::Board(port) => port,
            pibuild::wiring::Port::Uplink(port) => 1_000_000 + port,
            pibuild::wiring::Port::Own => continue,
        };
        assert!(ports.insert((end.name.clone(), port)), "{} port {port} twice", end.name);
    }
    for host in &wiring.hosts {
        if let Some(address) = host.address {
            assert!(addresses.insert(address), "{address} twice");
        }
    }
    let plan = &wiring.addresses;
    let (network, prefix) = plan.network();
    for address in &addresses {
        let mask = u32::MAX << (32 - prefix);
        assert_eq!(u32::from(*address) & mask, u32::from(network), "{address} is outside");
        assert!(*address != network && *address != plan.broadcast(), "{address} is reserved");
    }
    let gateways = wiring.hosts.iter().filter(|host| host.address == Some(plan.router())).count();
    assert!(gateways <= 1 && (gateways == 1 || !addresses.contains(&plan.router())));
    let counted: u64 = wiring.patch_cables(cluster, layout).values().sum();
    assert_eq!(counted, patch_cables + wiring.links.len() as u64);
    let counted: u64 = wiring.supply_cables(layout).iter().flat_map(BTreeMap::values).sum();
    assert_eq!(counted, feeds.len() as u64);
    outlets(it);
}

fn outlets(it: &Wired) {
    let mains = &it.wiring.mains;
    let (mut outlets, mut toggles) = (BTreeSet::new(), BTreeSet::new());
    for load in &mains.loads {
        if let Some(outlet) = load.outlet {
            let circuit = &mains.circuits[outlet.circuit];
            let place = (circuit.unit, circuit.unit.map_or(outlet.circuit, |_| 0), outlet.number);
            assert!(outlets.insert(place), "{}: outlet {place:?} twice", load.name);
            let most = circuit.unit.map_or(u32::MAX, |unit| mains.units[unit].outlets);
            assert!(outlet.number >= 1 && outlet.number <= most, "outlet {}", outlet.number);
        }
        if let Some(toggle) = load.toggle {
            assert!(toggles.insert(toggle), "{toggle:?} twice");
            assert!(toggle.1 >= 1 && toggle.1 <= mains.panels[toggle.0].switches);
        }
    }
    // An outlet stays free only if everything is plugged in.
    let offered: u32 = mains.units.iter().map(|unit| unit.outlets).sum();
    if offered > 0 {
        let plugged = (offered as usize).min(mains.loads.len());
        assert_eq!(outlets.len(), plugged);
    }
    let supplies = mains.loads.iter().filter(|it| matches!(it.what, LoadKind::Supply(_))).count();
    assert_eq!(supplies, it.wiring.feeds.len());
    let watts: f64 = mains.loads.iter().map(|load| load.watts.0).sum();
    let demand = it.wiring.demand.stress.value.0;
    let all_seated = it.layout.boards.value <= it.layout.places.value;
    // Boards that nothing feeds are in the demand, and nowhere else.
    let all_fed =
        it.wiring.supply.is_some() || (it.wiring.demand.by_switch && it.wiring.unserved == 0);
    if all_seated && all_fed {
        assert!((watts - demand).abs() < 1e-6 * demand.max(1.0), "{watts} W of {demand} W");
    }
}

/// Nothing stands where something else stands.
fn nothing_overlaps(it: &Wired, in_the_racks_too: bool) {
    let Wired { cluster, layout, wiring, .. } = it;
    let mut blocks: Vec<(String, Block)> = Vec::new();
    for rack in &layout.racks {
        for placed in &rack.items {
            let name = format!("rack {} unit {}", rack.number, placed.unit);
            blocks.push((name, rack.stand.block(&placed.block(cluster))));
        }
    }
    let racked = blocks.len();
    blocks.extend(wiring.feeds.iter().map(|feed| (feed.name.clone(), feed.block)));
    for (at, (name, block)) in blocks.iter().enumerate() {
        let from = if in_the_racks_too { at + 1 } else { racked.max(at + 1) };
        for (other_name, other) in blocks.iter().skip(from) {
            assert!(!block.overlaps(other), "{name} and {other_name}: {block:?} {other:?}");
        }
    }
}

#[derive(Clone, Debug)]
struct Random {
    text: String,
    automatic: bool,
}

fn any_device() -> impl Strategy<Value = &'static str> {
    prop::sample::select(vec![
        "server: { type: server-1u }",
        "screen: { type: console-1u }",
        "way-out: { type: gateway-1u }",
        "toggles: { type: toggle-panel-1u }",
        "power: { type: pdu-1u }",
        "small-power: { type: pdu-1u, outlets: 3 }",
        "core: { type: ubiquiti-us-48, role: core }",
        "blank: { type: blank-2u }",
        "controller: { type: controller-1u, mass: 40 kg }",
    ])
}

fn random() -> impl Strategy<Value = Random> {
    let devices = prop::collection::btree_set(any_device(), 0..6);
    let rack = prop::sample::select(vec![
        "model: two-post-72in",
        "model: apc-ar3100",
        "model: case-13u-19in",
        "model: open-10in-8u, standard: 10in",
    ]);
    let arrangement = prop::sample::select(vec!["row", "back-to-back"]);
    let subnet =
        prop::sample::select(vec!["10.0.0.0/8", "172.20.0.0/16", "192.168.8.0/24", "10.1.2.0/28"]);
    let hostname = prop::sample::select(vec![
        "pi-{rack}-{bank}-{slot}",
        "n{slot}",
        "b{bank}{slot}",
        "{rack}0{slot}x",
    ]);
    let power = prop::sample::select(vec!["supply: auto", "supply: usb-10-port-3a", "from: poe"]);
    let contents = prop::option::of(prop::collection::vec(
        prop::collection::vec(
            prop::sample::select(vec![
                "bank",
                "2 x bank",
                "switch",
                "switch",
                "empty",
                "3 x empty",
            ]),
            1..14,
        ),
        1..5,
    ));
    let numbers = (1_u32..250, 1_u32..8, 1_u32..60);
    (numbers, devices, rack, arrangement, subnet, hostname, power, contents).prop_map(
        |((pis, caddies, ports), devices, rack, arrangement, subnet, hostname, power, contents)| {
            let names = devices.iter().filter_map(|device| device.split(':').next());
            let extra: Vec<&str> = names.collect();
            let listed = contents.map(|racks| {
                let stacks = racks.into_iter().enumerate().map(|(at, mut stack)| {
                    // One bank at least, or the design is refused.
                    stack.push("bank");
                    stack.extend(extra.iter().filter(|_| at == 0));
                    format!("{}: [{}]", at + 1, stack.join(", "))
                });
                format!(", contents: {{ {} }}", stacks.collect::<Vec<_>>().join(", "))
            });
            let automatic = listed.is_none();
            let devices: Vec<&str> = devices.into_iter().collect();
            let kind = if power == "from: poe" { "poe-switch-16" } else { "ubiquiti-us-48" };
            let text = format!(
                "pibuild: 1\nname: x\nboard: raspberry-pi-3b-plus\npis: {pis}\n\
                 bank: {{ caddies: {caddies} }}\n\
                 racks: {{ {rack}, arrangement: {arrangement}{} }}\n\
                 devices:\n  switch: {{ type: {kind}, role: access, ports: {ports} }}\n{}\
                 power: {{ {power} }}\n\
                 network: {{ subnet: {subnet}, hostname: \"{hostname}\" }}\n",
                listed.unwrap_or_default(),
                devices.iter().flat_map(|device| ["  ", device, "\n"]).collect::<String>(),
            );
            Random { text, automatic }
        },
    )
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_design_is_wired_without_giving_anything_twice(design in random()) {
        let catalog = catalog();
        let it = wired(catalog, &design.text);
        nothing_is_given_twice(&it);
        nothing_overlaps(&it, design.automatic);
        if design.automatic {
            for rack in &it.layout.racks {
                prop_assert!(rack.used <= rack.usable, "{} of {} in {}", rack.used, rack.usable, design.text);
            }
            prop_assert_eq!(it.wiring.unserved, 0, "{}", design.text);
            prop_assert!(it.layout.boards.value <= it.layout.places.value);
            prop_assert!(it.layout.racks.iter().all(|rack| !rack.items.is_empty()));
        }
        prop_assert!(it.document.macs.is_empty());
    }
}

fn catalog() -> &'static Catalog {
    static CATALOG: std::sync::OnceLock<Catalog> = std::sync::OnceLock::new();
    CATALOG.get_or_init(|| Catalog::builtin_for("raspberry-pi-3b-plus").unwrap())
}
