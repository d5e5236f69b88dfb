//! What happened to the real cluster, replayed: each row of history is worked out from a design, by
//! the way that every design goes, and changing the design changes what comes out.
#![allow(clippy::unwrap_used, clippy::panic)]

use std::collections::BTreeSet;

use pibuild::air::Half;
use pibuild::checks::{Finding, Severity};
use pibuild::cluster::Amount;
use pibuild::layout::Item;
use pibuild::pipeline::{Outcome, Refused, check};
use pibuild::spec::Files;

/// The file beside a design, if it has one.
struct Beside(Option<String>);

impl Files for Beside {
    fn read(&self, _: &str) -> Result<Vec<u8>, String> {
        self.0.clone().map(String::into_bytes).ok_or_else(|| "there are no files here".to_owned())
    }
}

fn design(name: &str) -> String {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("designs");
    std::fs::read_to_string(folder.join(format!("{name}.yaml"))).unwrap()
}

/// A design with pieces of its text replaced; each must be there once.
fn changed(name: &str, changes: &[(&str, &str)]) -> String {
    let mut text = design(name);
    for (old, new) in changes {
        assert_eq!(text.matches(old).count(), 1, "{old} in {name}");
        text = text.replace(old, new);
    }
    text
}

fn replay(text: &str) -> Outcome {
    replay_beside(text, None)
}

fn replay_beside(text: &str, file: Option<String>) -> Outcome {
    match check("history.yaml", text.as_bytes(), &Beside(file)) {
        Ok(outcome) => outcome,
        Err(Refused::Design(rejected)) => panic!("{}", rejected.render(false)),
        Err(Refused::Internal(problem)) => panic!("{problem}"),
    }
}

/// A quantity of the ledger.
fn number(outcome: &Outcome, name: &str) -> f64 {
    let quantity = outcome.ledger.get(name).unwrap_or_else(|| panic!("no quantity {name}"));
    match &quantity.amount {
        Amount::Number(number, _) => *number,
        Amount::Choice(word) => panic!("{name} is {word}"),
    }
}

fn finding<'a>(outcome: &'a Outcome, code: &str) -> &'a Finding {
    outcome.findings.iter().find(|it| it.code == code).unwrap_or_else(|| panic!("no {code}"))
}

fn errors(outcome: &Outcome) -> Vec<&str> {
    let errors = outcome.findings.iter().filter(|it| it.severity == Severity::Error);
    errors.map(|it| it.code).collect()
}

fn bought(outcome: &Outcome, item: &str) -> u64 {
    outcome.bom.lines.iter().filter(|line| line.item == item).map(|line| line.quantity).sum()
}

fn near(value: f64, expected: f64, tolerance: f64) {
    assert!((value - expected).abs() <= tolerance, "{value} is not {expected} ± {tolerance}");
}

/// Row 1: an 18 in rail, 16.35 mm milled off, between two brackets of 5 mm, fills the opening.
#[test]
fn the_rail_and_two_brackets_fill_the_opening() {
    let outcome = replay(&design("tardis"));
    near(number(&outcome, "rail.finished_length"), 440.85, 1e-9);
    near(number(&outcome, "end_bracket.thickness"), 5.0, 1e-9);
    near(number(&outcome, "bank.body_width"), 450.85, 1e-9);
    near(number(&outcome, "bank.opening_spare"), 0.0, 1e-9);
    // A hundredth of a millimetre less milled, and it does not go in.
    let long = replay(&changed("tardis", &[("milling: 16.35 mm", "milling: 16.34 mm")]));
    assert_eq!(errors(&long), ["FIT-opening"]);
}

/// Row 2: 21 caddies fit into 2U, 22 do not.
#[test]
fn twenty_one_caddies_fit_and_twenty_two_do_not() {
    assert!(errors(&replay(&design("tardis"))).is_empty());
    let crowded = replay(&changed("tardis", &[("caddies: 21 ", "caddies: 22 ")]));
    let gap = finding(&crowded, "FIT-neighbour-gap");
    assert_eq!((gap.severity, gap.measured.as_str()), (Severity::Error, "-0.165 mm"));
    assert!(gap.fix.contains("0.165 mm missing"), "{}", gap.fix);
}

/// Row 3: with 20 to a bank, "about 50" boards were left over.
#[test]
fn twenty_to_a_bank_leave_fifty_over() {
    let outcome = replay(&changed("tardis", &[("caddies: 21 ", "caddies: 20 ")]));
    let boards = finding(&outcome, "FIT-boards");
    assert_eq!(boards.severity, Severity::Error);
    assert_eq!(boards.fix, "50 boards have no place: 53 banks would hold them");
}

/// Row 4: lying flat only four went into a rack unit, which would have taken 8 to 12 racks.
#[test]
fn flat_boards_would_have_taken_twice_the_racks() {
    let outcome = replay(&design("history/flat"));
    assert_eq!((outcome.layout.banks.value, outcome.cluster.bank.units.value.0), (263, 1));
    let racks = outcome.layout.racks.len();
    assert!((8..=12).contains(&racks), "{racks} racks");
    assert!(outcome.layout.racks.iter().all(|rack| rack.usable.0 == 37 && rack.used.0 <= 37));
    assert_eq!(finding(&outcome, "FIT-boards").severity, Severity::Note);
    assert_eq!(replay(&design("tardis")).layout.racks.len(), 4);
}

/// Row 5: a bank in one piece fits no printer up to 350 mm, and would print for ages.
#[test]
fn a_bank_in_one_piece_fits_no_printer() {
    let outcome = replay(&design("history/one-piece"));
    let bed = finding(&outcome, "PRT-bed");
    assert_eq!(bed.severity, Severity::Error);
    for printer in ["MK3S", "MINI", "X1 Carbon", "Ender-3", "350 mm"] {
        assert!(bed.because.contains(printer), "{printer}: {}", bed.because);
    }
    assert!(bed.because.contains("diagonal"), "{}", bed.because);
    let minutes = |outcome: &Outcome| {
        let caddy = outcome.prints.iter().find(|print| print.part.name == "caddy").unwrap();
        caddy.estimate().unwrap().minutes.0
    };
    let single = replay(&design("tardis"));
    assert!(minutes(&outcome) >= 10.0 * minutes(&single));
}

/// Row 6: 50 banks in four racks hold 1050 boards: 8 halves of 126, and 42 more.
#[test]
fn four_racks_hold_fifty_banks() {
    let outcome = replay(&design("tardis"));
    let racks = &outcome.layout.racks;
    let banks = racks
        .iter()
        .map(|rack| rack.items.iter().filter(|placed| placed.item == Item::Bank).count());
    assert_eq!(banks.collect::<Vec<_>>(), [14, 12, 12, 12]);
    assert!(racks.iter().all(|rack| rack.used.0 == 37), "{racks:?}");
    let halves: Vec<(u32, Half, u32)> =
        outcome.air.zones.iter().map(|it| (it.zone.rack, it.zone.half, it.zone.boards)).collect();
    let mut expected: Vec<(u32, Half, u32)> =
        (1..=4).flat_map(|rack| [(rack, Half::Upper, 126), (rack, Half::Lower, 126)]).collect();
    expected[1].2 += 42;
    assert_eq!(halves, expected);
    near(number(&outcome, "pis"), 1050.0, 0.0);
}

/// Rows 7, 8 and 9: 59 banks are made, 25 supplies are in use at 42 of 60 ports and 30 are bought,
/// 25 access switches are in use at 42 of 48 ports and there are 27 in all.
#[test]
fn what_is_made_and_bought() {
    let outcome = replay(&design("tardis"));
    assert_eq!(bought(&outcome, "caddy") + bought(&outcome, "fan-caddy"), 59 * 21);
    assert_eq!(bought(&outcome, "end-bracket-left") + bought(&outcome, "end-bracket-right"), 118);
    assert_eq!(bought(&outcome, "usb-60-port-300w"), 30);
    assert_eq!(outcome.wiring.supplies.value, 25);
    let ports = finding(&outcome, "PWR-supply-ports");
    assert_eq!((ports.measured.as_str(), ports.limit.as_str()), ("42 boards", "60 ports"));
    assert_eq!(bought(&outcome, "ubiquiti-us-48"), 27);
    let groups = &outcome.wiring.groups;
    assert_eq!(groups.len(), 25);
    assert!(groups.iter().all(|group| (group.boards, group.ports) == (42, 48)));
}

/// Row 10: more than 255 devices need another mask.
#[test]
fn a_slash_24_is_too_small() {
    let subnet = |prefix: u32| {
        let new = format!("172.20.0.0/{prefix}");
        let outcome = replay(&changed("tardis", &[("172.20.0.0/16", new.as_str())]));
        finding(&outcome, "NET-subnet").clone()
    };
    let small = subnet(24);
    assert_eq!(small.severity, Severity::Error);
    assert!(small.fix.contains("a /21"), "{}", small.fix);
    // The smallest that is named is the smallest that passes.
    assert_eq!(subnet(22).severity, Severity::Error);
    assert_eq!(subnet(21).severity, Severity::Pass);
    assert_eq!(subnet(16).severity, Severity::Pass);
}

/// Row 11: every board's MAC stood in dhcpd.conf.
#[test]
fn dhcpd_knew_every_board() {
    let bare = replay(&design("tardis"));
    let names: Vec<String> =
        bare.wiring.boards(&bare.cluster, &bare.layout).map(|board| board.name).collect();
    let mac = |at: usize| format!("b8:27:eb:00:{:02x}:{:02x}", at / 256, at % 256);
    let rows = names.iter().enumerate().map(|(at, name)| format!("{name},{}\n", mac(at)));
    let macs = "hostname,mac\n".to_owned() + &rows.collect::<String>();
    let text = changed("tardis", &[("boot: network ", "macs: macs.csv\n  boot: network ")]);
    let outcome = replay_beside(&text, Some(macs));
    assert_eq!(finding(&outcome, "NET-macs").severity, Severity::Pass);
    let tree = outcome.tree(&"wiring".parse().unwrap()).unwrap();
    let conf = String::from_utf8(tree.get("wiring/dhcpd.conf").unwrap().bytes.clone()).unwrap();
    let entries = conf.lines().filter(|line| line.starts_with("host "));
    let words: Vec<Vec<&str>> = entries.map(|line| line.split(' ').collect()).collect();
    assert_eq!(words.len(), 1050);
    // host NAME { hardware ethernet MAC; fixed-address ADDRESS; …
    for column in [1, 5, 7] {
        let different: BTreeSet<&str> = words.iter().map(|words| words[column]).collect();
        assert_eq!(different.len(), 1050, "column {column}");
    }
}

/// Row 12: cards for all boards would have cost $16,000.
#[test]
fn cards_would_have_cost_sixteen_thousand() {
    assert_eq!(bought(&replay(&design("tardis")), "micro-sd-card"), 0);
    let outcome = replay(&changed("tardis", &[("boot: network ", "boot: sd-card ")]));
    let line = outcome.bom.lines.iter().find(|line| line.item == "micro-sd-card").unwrap();
    assert_eq!(line.quantity, 1050);
    let total: f64 = line.total().unwrap().amount().to_string().parse().unwrap();
    near(total, 16_000.0, 10.0);
}

/// Row 16: labels say 200 A, use says 66 to 68 A by watts, about 71 with the power factor.
#[test]
fn the_labels_ask_for_200_amperes_and_the_boards_for_67() {
    let outcome = replay(&design("tardis"));
    let labels = number(&outcome, "power.demand_nameplate") / 120.0 / 0.8;
    assert!((150.0..=200.0).contains(&labels), "{labels} A");
    let stress = number(&outcome, "power.demand_stress") / 120.0;
    assert!((66.0..=68.0).contains(&stress), "{stress} A");
    let service = finding(&outcome, "PWR-service");
    assert_eq!(service.severity, Severity::Pass);
    let amps: f64 = service.measured.trim_end_matches(" A").parse().unwrap();
    near(amps, 71.0, 1.0);
}

/// Row 17: it needed double doors, and its roof off.
#[test]
fn it_needed_double_doors() {
    let door = |changes: &[(&str, &str)]| {
        let outcome = replay(&changed("tardis", changes));
        (finding(&outcome, "TRN-door").clone(), outcome)
    };
    let (pair, outcome) = door(&[]);
    assert_eq!((pair.severity, pair.measured.as_str()), (Severity::Pass, "1206.5 mm × 1971.9 mm"));
    assert_eq!(finding(&outcome, "TRN-lift").severity, Severity::Pass);
    let (leaf, _) = door(&[("{ width: 72 in,", "{ width: 36 in,")]);
    assert_eq!(leaf.severity, Severity::Error);
    assert_eq!(leaf.fix, "a door at least 1206.5 mm wide");
    // 78 mm of fan covers or 160.8 mm of lamp are too much for 80 in.
    for left_on in ["[shell, lamp]", "[shell, fan-covers]", "[shell]"] {
        let (tall, _) = door(&[("[shell, lamp, fan-covers]", left_on)]);
        assert_eq!(tall.severity, Severity::Error, "{left_on}");
        assert!(tall.fix.contains("1971.9 mm then (transport.remove)"), "{}", tall.fix);
    }
}

/// The hottest boards of the upper and of the lower halves, in °C.
fn hottest(outcome: &Outcome) -> [f64; 2] {
    [Half::Upper, Half::Lower].map(|half| {
        let zones = outcome.air.zones.iter().filter(|it| it.zone.half == half);
        zones.map(|it| it.state.as_ref().unwrap().board.value.0).fold(f64::MIN, f64::max)
    })
}

const TAKEN_OUT: (&str, &str) = ("half, server, monitor, half", "half, 2 x blank-1u, half");

/// Row 18: with roof fans alone the boards below the server overheated, those above did not.
#[test]
fn below_the_server_it_was_too_hot() {
    let outcome = replay(&design("history/2019"));
    assert_eq!(errors(&outcome), ["AIR-throttle"]);
    let blocked = finding(&outcome, "AIR-blocked");
    assert_eq!(blocked.subject, "server in rack 2, monitor in rack 2");
    // Every lower zone is hotter than every upper one, and throttles.
    let throttle = outcome.air.throttle.value.0;
    let of = |half: Half| {
        let zones = outcome.air.zones.iter().filter(move |it| it.zone.half == half);
        zones.map(|it| it.state.as_ref().unwrap().board.value.0).collect::<Vec<f64>>()
    };
    let warmest_above = of(Half::Upper).into_iter().fold(f64::MIN, f64::max);
    let lower = of(Half::Lower);
    assert!(lower.len() == 4 && lower.iter().all(|it| *it > warmest_above && *it >= throttle));
    assert!((84.0..=87.0).contains(&hottest(&outcome)[1]), "{lower:?}");
    near(warmest_above, 71.0, 1.5);
    // The band is printed with the verdict.
    let verdict = finding(&outcome, "AIR-throttle");
    assert!(verdict.measured.contains("by what is unverified"), "{}", verdict.measured);
    assert!(verdict.subject.contains("lower half is the hottest"), "{}", verdict.subject);
}

#[test]
fn without_server_and_monitor_the_lower_halves_are_no_hotter_than_the_upper() {
    let outcome = replay(&changed("history/2019", &[TAKEN_OUT]));
    let [upper, lower] = hottest(&outcome);
    near(lower, upper, 3.0);
    assert!(lower <= 78.5, "{lower}");
    assert_eq!(finding(&outcome, "AIR-blocked").severity, Severity::Pass);
    let more =
        changed("history/2019", &[TAKEN_OUT, ("fan-200mm, count: 7", "fan-200mm, count: 67")]);
    let more = replay(&more);
    assert!(errors(&more).is_empty(), "{:?}", errors(&more));
    assert_eq!(finding(&more, "AIR-throttle").severity, Severity::Pass);
    assert!(hottest(&more)[1] < 60.0);
}

/// Row 19: five fans a bank and open sides cured it.
#[test]
fn fans_behind_the_boards_cured_it() {
    let outcome = replay(&design("history/2022"));
    assert!(errors(&outcome).is_empty());
    assert_eq!(bought(&outcome, "fan-80x25"), 250);
    assert_eq!(finding(&outcome, "AIR-throttle").severity, Severity::Pass);
    near(outcome.air.hottest().unwrap().1.board.value.0, 51.0, 1.0);
    // With the doors shut the same fans only just keep it below.
    let shut = replay(&design("tardis"));
    near(shut.air.hottest().unwrap().1.board.value.0, 74.0, 1.0);
}

/// Row 20: 42 boards at a time, one supply, and no breaker trips; all at once, and one may.
#[test]
fn they_were_booted_forty_two_at_a_time() {
    let outcome = replay(&design("tardis"));
    let plan = outcome.power.boot.as_ref().unwrap();
    assert_eq!(plan.batches.len(), 25);
    assert!(plan.batches.iter().all(|batch| batch.boards == 42 && batch.peak < plan.trip.value));
    assert_eq!(finding(&outcome, "PWR-boot").severity, Severity::Pass);
    // What runs in the end is what the service carries.
    let last = plan.batches.last().unwrap().afterwards.0;
    near(last, outcome.wiring.demand.stress.value.0, 1.0);

    let at_once = replay(&changed(
        "tardis",
        &[("  boot: { batch: 42 }          # boards switched on at once\n", "")],
    ));
    let verdict = finding(&at_once, "PWR-boot");
    assert_eq!(verdict.severity, Severity::Warning);
    let plan = at_once.power.boot.as_ref().unwrap();
    assert!(plan.batches.len() == 1 && plan.peak.value >= plan.trip.value);
    // The batch that is advised passes, and a larger one does not.
    let most = plan.most;
    assert!(most >= 42 && verdict.fix == format!("power.boot: {{ batch: {most} }}"));
    let batch = |boards: u32| {
        let new = format!("boot: {{ batch: {boards} }} ");
        finding(&replay(&changed("tardis", &[("boot: { batch: 42 } ", &new)])), "PWR-boot").severity
    };
    assert_eq!((batch(most), batch(most + 42)), (Severity::Pass, Severity::Warning));
}

/// Row 13: powered over Ethernet, with switches of 16 ports and half the boards to a bank, it would
/// not have gone into four racks.
#[test]
fn power_over_ethernet_takes_twice_the_racks() {
    let outcome = replay(&design("history/poe"));
    assert_eq!(errors(&outcome), ["FIT-rack-units"]);
    let racks = finding(&outcome, "FIT-rack-units");
    assert_eq!(racks.limit, "4 racks");
    let needed: u32 = racks.measured.split(' ').next().unwrap().parse().unwrap();
    assert!((8..=12).contains(&needed), "{needed} racks");
    assert_eq!(racks.fix, format!("racks.count: {needed}"));
    // It is not for want of watts.
    assert_eq!(finding(&outcome, "PWR-poe").severity, Severity::Pass);
    let enough = changed("history/poe", &[("  count: 4\n", &format!("  count: {needed}\n"))]);
    assert_eq!(finding(&replay(&enough), "FIT-rack-units").severity, Severity::Pass);
    assert_eq!(outcome.layout.banks.value, 105);
}

/// Row 14: twelve printers, 45 minutes a bracket: days, not months. One printer would take months.
#[test]
fn twelve_printers_take_days() {
    const DAY: u64 = 24 * 60;
    let outcome = replay(&design("tardis"));
    let schedule = outcome.plan.schedule.as_ref().unwrap();
    let busy: u64 = schedule.runs.iter().map(|run| run.end - run.start).sum();
    assert!((2000..3500).contains(&(busy / 60)), "{} printer-hours", busy / 60);
    assert!((7 * DAY..21 * DAY).contains(&schedule.makespan), "{} min", schedule.makespan);
    assert!(schedule.lower_bound <= schedule.makespan && schedule.gap() < 0.02);
    let brackets = outcome.plan.jobs.iter().filter(|job| job.id.starts_with("end-bracket"));
    let brackets: u64 = brackets.map(|job| job.copies * u64::from(job.pieces)).sum();
    assert_eq!(brackets, 118);
    let alone = replay(&changed(
        "tardis",
        &[("model: prusa-mk3s, count: 12", "model: prusa-mk3s, count: 1")],
    ));
    assert!(alone.plan.schedule.unwrap().makespan > 90 * DAY);
}

/// Row 15: "a minute each is over 16 hours", for the boards alone.
#[test]
fn a_minute_each_is_over_sixteen_hours() {
    let outcome = replay(&design("tardis"));
    let boards = outcome.bom.work.steps.iter().find(|step| step.what.contains("board to")).unwrap();
    assert_eq!((boards.count, boards.minutes.value.0), (1050, 1050.0));
    near(boards.minutes.value.0 / 60.0, 17.5, 1e-9);
    near(number(&outcome, "labour.all_board_minutes"), 1050.0, 1e-9);
    assert!(number(&outcome, "labour.total") > 17.5);
    // Half a minute each, or twenty boards to a bank, and it is less.
    let quick = changed("tardis", &[("spares:\n", "labour: { board: 30 s }\nspares:\n")]);
    near(number(&replay(&quick), "labour.all_board_minutes"), 525.0, 1e-9);
    let fewer =
        changed("tardis", &[("caddies: 21 ", "caddies: 20 "), ("pis: 1050 ", "pis: 1000 ")]);
    near(number(&replay(&fewer), "labour.all_board_minutes"), 1000.0, 1e-9);
}
