//! Where solids stand: overlaps are found, designs have none, 3D models read back.
#![allow(clippy::unwrap_used, reason = "a test that cannot build its bank has failed")]

use std::collections::BTreeMap;

use nalgebra::{Isometry3, Point3, Translation3, UnitQuaternion, Vector3};
use pibuild::checks::{self, Finding, Severity, Subject};
use pibuild::geometry::{Bounds, CONTACT, Mesh, Round, RoundKind, Sketch, Stack, overlap, rounds};
use pibuild::outputs::Selection;
use pibuild::pipeline::{self, Outcome};
use pibuild::spec::Files;
use pibuild::units::Mm;
use proptest::prelude::*;
use serde_json::Value;

struct NoFiles;

impl Files for NoFiles {
    fn read(&self, _: &str) -> Result<Vec<u8>, String> {
        Err("there are no files here".to_owned())
    }
}

fn design(name: &str) -> String {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("designs");
    std::fs::read_to_string(folder.join(name)).unwrap()
}

fn worked_out(text: &str) -> Outcome {
    pipeline::check("design.yaml", text.as_bytes(), &NoFiles).unwrap()
}

/// What the interference check says about an outcome, whose assembly may have been tampered with.
fn interference(outcome: &Outcome) -> Vec<Finding> {
    let findings = checks::run(&Subject {
        built: outcome.built(),
        power: &outcome.power,
        air: &outcome.air,
        load: &outcome.load,
        assembly: &outcome.assembly,
        bom: &outcome.bom,
        ledger: &outcome.ledger,
    });
    findings.into_iter().filter(|finding| finding.code == "FIT-interference").collect()
}

fn errors(findings: &[Finding]) -> Vec<&str> {
    let errors = findings.iter().filter(|finding| finding.severity == Severity::Error);
    errors.map(|finding| finding.subject.as_str()).collect()
}

fn cuboid(min: [f64; 3], max: [f64; 3]) -> Mesh {
    Mesh::cuboid(&Bounds { min: min.into(), max: max.into() })
}

fn at(x: f64, y: f64, z: f64) -> Isometry3<f64> {
    Isometry3::translation(x, y, z)
}

#[test]
fn bodies_that_touch_do_not_overlap() {
    let cube = cuboid([0.0; 3], [10.0; 3]);
    let here = Isometry3::identity();
    for place in [
        at(10.0, 0.0, 0.0),
        at(10.0, 10.0, 0.0),
        at(10.0, 3.0, 4.0),
        at(-10.0, -10.0, 10.0),
        at(9.995, 0.0, 0.0),
        at(30.0, 0.0, 0.0),
    ] {
        assert_eq!(overlap(&cube, &here, &cube, &place), None, "{place}");
    }
    // Held without play all around.
    let mm = Mm::from_mm;
    let hole = Sketch::rect(mm(2.0), mm(2.0), mm(8.0), mm(8.0));
    let frame = Sketch::rect(mm(0.0), mm(0.0), mm(10.0), mm(10.0)).with_hole(hole);
    let frame = Stack::new().add(frame, mm(0.0)..mm(10.0)).build().unwrap();
    let frame = frame.mesh(mm(0.01)).unwrap();
    let bar = cuboid([2.0, 2.0, -5.0], [8.0, 8.0, 15.0]);
    assert_eq!(overlap(&frame, &here, &bar, &here), None);
    let found = overlap(&frame, &here, &bar, &at(0.2, 0.0, 0.0)).unwrap();
    assert!((found.depth - 0.2).abs() < CONTACT, "{found:?}");
}

#[test]
fn overlaps_are_as_deep_as_they_are() {
    let cube = cuboid([0.0; 3], [10.0; 3]);
    let here = Isometry3::identity();
    let depth = |place: Isometry3<f64>| overlap(&cube, &here, &cube, &place).unwrap().depth;
    // Side faces lie in each other, corners do not, all is inside, and the same twice.
    for (place, wanted) in [
        (at(9.7, 0.0, 0.0), 0.3),
        (at(0.0, -9.97, 0.0), 0.03),
        (at(9.0, 8.0, 7.0), 1.0),
        (at(0.0, 0.0, 0.0), 10.0),
    ] {
        assert!((depth(place) - wanted).abs() < CONTACT, "{place}: {}", depth(place));
    }
    let small = cuboid([4.0; 3], [6.0; 3]);
    let found = overlap(&cube, &here, &small, &here).unwrap();
    assert!((found.depth - 2.0).abs() < CONTACT, "{found:?}");
    let cross = cuboid([4.0, 4.0, -5.0], [6.0, 6.0, 15.0]);
    let found = overlap(&cube, &here, &cross, &here).unwrap();
    assert!((found.depth - 2.0).abs() < CONTACT, "{found:?}");
    // An edge pushed into a slope: a wedge with legs of 0.4.
    let turn = UnitQuaternion::from_axis_angle(&Vector3::z_axis(), std::f64::consts::FRAC_PI_4);
    let slope = Isometry3::from_parts(Translation3::new(11.6, 8.0, -5.0), turn);
    let found = overlap(&cube, &here, &cuboid([0.0; 3], [20.0; 3]), &slope);
    assert!(found.is_some_and(|found| found.depth > 0.15), "{found:?}");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 150, failure_persistence: None, ..ProptestConfig::default() })]

    /// Two boxes overlap as their edges say, wherever the pair of them is taken.
    #[test]
    fn boxes_overlap_as_their_edges_say(
        corner in prop::array::uniform3(-40..40_i32),
        size in prop::array::uniform3(1..40_i32),
        quarter in 0..4_u8,
    ) {
        let first = cuboid([0.0; 3], [2.0, 2.5, 3.0]);
        let low = corner.map(|value| f64::from(value) * 0.1);
        let high = [0, 1, 2].map(|axis| low[axis] + f64::from(size[axis]) * 0.1);
        let second = cuboid(low, high);
        let shared = [2.0_f64, 2.5, 3.0].iter().zip(low.iter().zip(high));
        let depth = shared.map(|(end, (low, high))| high.min(*end) - low.max(0.0));
        let depth = depth.fold(f64::INFINITY, f64::min);
        let angle = f64::from(quarter) * std::f64::consts::FRAC_PI_2;
        let turn = UnitQuaternion::from_axis_angle(&Vector3::y_axis(), angle);
        let place = Isometry3::from_parts(Translation3::new(3.1, -7.7, 100.3), turn);
        let found = overlap(&first, &place, &second, &place).map_or(0.0, |found| found.depth);
        prop_assert!((found - depth.max(0.0)).abs() < CONTACT, "{found} instead of {depth}");
    }
}

#[test]
fn the_designs_have_no_interference() {
    for name in ["tardis.yaml", "mini-84.yaml", "minirack-8.yaml"] {
        let outcome = worked_out(&design(name));
        assert_eq!(errors(&interference(&outcome)), Vec::<&str>::new(), "{name}");
    }
}

const FLAT: &str = "pibuild: 1\nname: flat\nboard: raspberry-pi-3b-plus\npis: 24\n\
                    bank: { orientation: flat, caddies: 4 }\n\
                    devices: { switch: { type: ubiquiti-us-48, role: access } }\n";

/// Flat in 1U: four by choice, six by width; two in a 10-inch rack; several boards to a tray.
#[test]
fn flat_banks_fit_one_unit() {
    let wider = |text: &str, from: &str, to: &str| text.replace(from, to);
    let most = wider(FLAT, "caddies: 4", "caddies: max");
    let ten = wider(&most, "pis: 24", "pis: 4") + "racks: { standard: 10in }\n";
    let pairs = most.clone() + "caddy: { pis_per_caddy: 2, label: none }\n";
    let other_side = wider(&most, "raspberry-pi-3b-plus", "orange-pi-5");
    for (text, caddies, boards) in
        [(FLAT, 4, 4), (&most, 6, 6), (&ten, 2, 2), (&pairs, 3, 6), (&other_side, 5, 5)]
    {
        let outcome = worked_out(text);
        let (plan, bank) = (&outcome.cluster.caddy, &outcome.cluster.bank);
        assert_eq!((plan.count.value, bank.boards.value), (caddies, boards), "{text}");
        assert_eq!(bank.units.value.0, 1, "{text}");
        let fit = |finding: &&Finding| {
            let is_about_parts = finding.code.starts_with("FIT") || finding.code.starts_with("PRT");
            finding.severity == Severity::Error && is_about_parts
        };
        assert_eq!(outcome.findings.iter().find(fit), None, "{text}");
        // Lying, and as far apart as the plan says.
        let boards: Vec<Bounds> = outcome
            .assembly
            .bank
            .iter()
            .filter(|it| it.name.starts_with("board"))
            .map(|it| {
                let pcb = &outcome.assembly.shapes[it.shape].pieces[0];
                pcb.mesh.bounds().placed(&it.place)
            })
            .collect();
        assert_eq!(boards.len(), bank.boards.value as usize);
        for board in &boards {
            assert!((board.max.z - board.min.z - plan.pcb.mm()).abs() < 1e-3, "{board:?}");
        }
        let steps = boards.windows(2).map(|pair| pair[1].min.x - pair[0].min.x);
        let pitch = plan.board_pitch.value.mm();
        assert!(steps.into_iter().all(|step| (step - pitch).abs() < 0.4), "{boards:?}");
    }
}

/// A board that is fed from its other side has its tray's plug on the other side.
#[test]
fn plugs_lie_beside_their_boards() {
    for board in ["raspberry-pi-3b-plus", "rockpro64", "odroid-c4", "raspberry-pi-zero-2-w"] {
        let outcome = worked_out(&FLAT.replace("raspberry-pi-3b-plus", board));
        let plan = &outcome.cluster.caddy;
        let bounds = |name: &str| {
            let found = outcome.assembly.bank.iter().find(|it| it.name == name).unwrap();
            outcome.assembly.shapes[found.shape].pieces[0].mesh.bounds().placed(&found.place)
        };
        let (pcb, plug) = (bounds("board-01"), bounds("power-plug-01"));
        if plan.seated.plug.exit == pibuild::cluster::PlugExit::Strip {
            let beside =
                if plan.seated.mirrored { pcb.min.x - plug.max.x } else { plug.min.x - pcb.max.x };
            assert!(beside > -0.1, "{board}: {pcb:?} {plug:?}");
        }
        assert_eq!(errors(&interference(&outcome)), Vec::<&str>::new(), "{board}");
    }
}

/// What a bracket is like, in millimetres.
fn bracket(text: &str) -> BTreeMap<&'static str, String> {
    let outcome = worked_out(text);
    let print = outcome.prints.iter().find(|it| it.part.name == "end-bracket-left").unwrap();
    let solid = print.part.solid.as_ref().unwrap();
    let low = solid.bounds().min;
    let from_corner = |round: &Round, axis: usize| round.centre[axis] - low[axis];
    let all = rounds(solid);
    let bores: Vec<&Round> = all.iter().filter(|it| it.kind == RoundKind::Hole).collect();
    let is_slot = |it: &&Round| matches!(it.kind, RoundKind::Slot { .. });
    let slots: Vec<&Round> = all.iter().filter(is_slot).collect();
    let mm = |value: f64| format!("{value:.3}");
    let list = |rounds: &[&Round], axis: usize| {
        let each: Vec<String> = rounds.iter().map(|it| mm(from_corner(it, axis))).collect();
        each.join(" ")
    };
    BTreeMap::from([
        ("width", mm(print.part.size[0].mm())),
        ("depth", mm(print.part.size[1].mm())),
        ("height", mm(print.part.size[2].mm())),
        ("bore y", list(&bores, 1)),
        ("bore z", list(&bores, 2)),
        ("bore", mm(bores[0].radius * 2.0)),
        ("plate", mm(bores[0].range.1 - bores[0].range.0)),
        ("slots", slots.len().to_string()),
        ("slot x", mm(from_corner(slots[0], 0))),
        ("ear", mm(slots[0].range.1 - slots[0].range.0)),
    ])
}

/// Every number in a bracket comes from rail, rack or design: one input changes just what follows
/// from it.
#[test]
fn brackets_follow_every_input() {
    let base = "pibuild: 1\nname: b\nboard: raspberry-pi-3b-plus\npis: 21\n";
    let usual = bracket(base);
    let wanted = BTreeMap::from([
        ("width", "25.315"),
        ("depth", "30.200"),
        ("height", "88.110"),
        ("bore y", "18.600"),
        ("bore z", "15.905"),
        ("bore", "6.750"),
        ("plate", "5.000"),
        ("slots", "4"),
        ("slot x", "8.740"),
        ("ear", "5.000"),
    ]);
    let changed = |from: &BTreeMap<&'static str, String>, to: &BTreeMap<&'static str, String>| {
        let differs = to.iter().filter(|(key, value)| from.get(*key) != Some(value));
        differs.map(|(key, value)| format!("{key} {value}")).collect::<Vec<_>>()
    };
    let wanted = wanted.into_iter().map(|(key, value)| (key, value.to_owned())).collect();
    assert_eq!(changed(&wanted, &usual), Vec::<String>::new());
    for (change, follows) in [
        ("rail: { milling: 17.35 mm }", &["width 25.815"][..]),
        ("rail: { length: 457 mm }", &["width 25.415"]),
        ("rail: { orientation: flat }", &["bore y 24.950", "bore z 14.655", "depth 42.900"]),
        ("rail: { tap: M5 }", &["bore 5.500"]),
        ("end_bracket: { thickness: 4.5 mm }", &["plate 4.500"]),
        ("end_bracket: { collar: 6 mm }", &["width 26.875"]),
        ("end_bracket: { ear: 6 mm }", &["ear 6.000"]),
        ("bank: { height: 3U }", &["bore z 38.130", "height 132.560", "slots 6"]),
        ("bank: { height: 4U }", &["bore z 60.355", "height 177.010", "slots 8"]),
        ("caddy: { clearance: 0.4 mm }", &["bore y 18.750", "depth 30.500"]),
        ("racks: { standard: 10in }\nbank: { caddies: 9 }", &["slot x 8.738"]),
        (
            "rail: { profile: t-slot-2020 }",
            &["bore 5.500", "bore y 22.250", "bore z 14.655", "depth 37.500"],
        ),
        (
            "rail: { profile: t-slot-2040 }",
            &["bore 5.500", "bore y 22.250 42.250", "bore z 14.655 14.655", "depth 57.500"],
        ),
    ] {
        let found = changed(&usual, &bracket(&format!("{base}{change}\n")));
        assert_eq!(found, follows, "{change}");
    }
}

/// Tall banks and large fans: the bank grows with its fan, or a finding says what would do.
#[test]
fn fans_of_all_sizes_have_their_place() {
    let base = "pibuild: 1\nname: b\nboard: raspberry-pi-3b-plus\npis: 21\n";
    let found = |bank: &str, code: &str| {
        let outcome = worked_out(&format!("{base}bank: {bank}\n"));
        let units = outcome.cluster.bank.units.value.0;
        let of_code = outcome.findings.into_iter().filter(|it| it.code == code);
        let worst = of_code.min_by_key(|it| it.severity).unwrap();
        (units, worst.severity, worst.fix)
    };
    for (bank, units, code, fix) in [
        ("{ fans: { type: fan-40x20, count: 7 } }", 2, "FIT-fans", ""),
        ("{ fans: { type: fan-120x25, count: 3 } }", 3, "FIT-fans", ""),
        ("{ fans: { type: fan-120x25, count: 3 } }", 3, "FIT-fan-height", ""),
        ("{ fans: { type: fan-120x25, count: 4 } }", 3, "FIT-fans", "at most 3 fans of this size"),
        ("{ fans: { type: fan-40x20, count: 11 } }", 2, "FIT-fans", "at most 7 fans of this size"),
        (
            "{ height: 2U, fans: { type: fan-120x25, count: 3 } }",
            2,
            "FIT-fan-height",
            "bank.height 3U or auto, or a fan of at most 80 mm",
        ),
        ("{ caddies: 2, fans: { type: fan-120x25, count: 2 } }", 3, "FIT-fans", ""),
    ] {
        let (its_units, severity, its_fix) = found(bank, code);
        assert_eq!(its_units, units, "{bank}");
        let wanted = if fix.is_empty() { Severity::Pass } else { Severity::Error };
        assert_eq!(severity, wanted, "{bank}: {its_fix}");
        assert!(its_fix.contains(fix), "{bank}: {its_fix}");
    }
}

#[test]
fn fans_stand_further_back_where_cards_stand_out() {
    let with_cards = design("tardis.yaml").replace("boot: network", "boot: sd-card");
    let (with_cards, without) = (worked_out(&with_cards), worked_out(&design("tardis.yaml")));
    let card = |outcome: &Outcome| {
        let found = interference(outcome);
        found.into_iter().find(|it| it.subject.contains("microSD card")).map(|it| it.severity)
    };
    assert_eq!(card(&with_cards), None);
    // A card would be in the way, but there is none.
    assert_eq!(card(&without), Some(Severity::Note));
    assert_eq!(errors(&interference(&with_cards)), Vec::<&str>::new());
    let clearance = |outcome: &Outcome| outcome.cluster.bank.fans.as_ref().unwrap().clearance;
    let card = with_cards.cluster.caddy.seated.boxes.iter().find(|it| it.what == "microSD card");
    let out = card.unwrap().area.u1 - with_cards.cluster.caddy.depth.value;
    assert_eq!(clearance(&with_cards) - clearance(&without), out);
}

#[test]
fn a_part_shifted_by_a_third_of_a_millimetre_is_caught() {
    let mut outcome = worked_out(&design("mini-84.yaml"));
    assert_eq!(errors(&interference(&outcome)), Vec::<&str>::new());
    let number = outcome.assembly.bank.iter().position(|it| it.name == "caddy-07").unwrap();
    let place = outcome.assembly.bank[number].place;
    // Along the rail into its neighbours, and across it against the rail (its clearance is 0.25).
    for (shift, against) in [
        (at(0.3, 0.0, 0.0), "caddy-07 and caddy-08"),
        (at(-0.3, 0.0, 0.0), "caddy-06 and caddy-07"),
        (at(0.0, 0.3, 0.0), "caddy-07 and rail"),
        (at(0.0, 0.0, -0.3), "caddy-07 and rail"),
    ] {
        outcome.assembly.bank[number].place = shift * place;
        let found = interference(&outcome);
        assert!(errors(&found).contains(&against), "{shift}: {:?}", errors(&found));
        let depth: f64 = found
            .iter()
            .find(|finding| finding.subject == against)
            .and_then(|finding| finding.measured.strip_suffix(" mm")?.parse().ok())
            .unwrap();
        let wanted = if against.ends_with("rail") { 0.05 } else { 0.3 };
        assert!((depth - wanted).abs() < 0.011, "{against}: {depth}");
    }
}

/// Ten boards in a 10-inch rack, two of them in front of fans.
fn small(caddy: &str, rail: &str) -> String {
    format!(
        "pibuild: 1\nname: s\nboard: raspberry-pi-3b-plus\npis: 10\n\
         bank: {{ caddies: 10, fans: {{ type: fan-80x25, count: 2 }} }}\n\
         racks: {{ standard: 10in }}\ncaddy: {{ {caddy} }}\nrail: {{ {rail} }}\n"
    )
}

#[test]
fn caddies_of_every_kind_have_no_interference() {
    for (caddy, rail) in [
        ("collar: hook", ""),
        ("collar: hook, board_fixing: pegs", ""),
        ("collar: bead, board_fixing: pegs, label: number", ""),
        ("collar: hook, label: number", "position: over"),
    ] {
        let outcome = worked_out(&small(caddy, rail));
        assert_eq!(errors(&interference(&outcome)), Vec::<&str>::new(), "{caddy} {rail}");
        let parts = |code: &str| code.starts_with("FIT") || code.starts_with("PRT");
        let wrong = |it: &&Finding| it.severity == Severity::Error && parts(it.code);
        assert_eq!(outcome.findings.iter().find(wrong), None, "{caddy} {rail}");
        let tree = outcome.tree(&"parts".parse().unwrap());
        assert!(tree.is_ok(), "{caddy} {rail}");
    }
}

/// Its way to the front, step by step, past rail, neighbours and brackets.
#[test]
fn a_hook_comes_off_to_the_front_and_a_bead_does_not() {
    let hits = |collar: &str, with_plug: bool| {
        let mut outcome = worked_out(&small(&format!("collar: {collar}"), ""));
        let own = ["caddy-05", "board-05", "power-plug-05", "network-plug-05"];
        if !with_plug {
            outcome.assembly.bank.retain(|it| it.name != "power-plug-05");
        }
        let places: Vec<_> = outcome.assembly.bank.iter().map(|it| it.place).collect();
        let steps = [1.0, 5.0, 12.0, 16.0, 30.0, 45.0, 52.0, 70.0];
        let blocked = |step: &f64| {
            for (it, place) in outcome.assembly.bank.iter_mut().zip(&places) {
                let moves = own.contains(&it.name.as_str());
                it.place = if moves { at(0.0, -step, 0.0) * place } else { *place };
            }
            let found = interference(&outcome);
            errors(&found).iter().any(|subject| own.iter().any(|name| subject.contains(name)))
        };
        steps.into_iter().filter(blocked).collect::<Vec<f64>>()
    };
    assert_eq!(hits("hook", false), Vec::<f64>::new());
    // The plug stands behind the rail: with it in, the caddy comes off the rail, but not out.
    assert_eq!(hits("hook", true), [52.0]);
    assert_eq!(hits("bead", false)[..4], [1.0, 5.0, 12.0, 16.0]);
}

/// Change one number, and the hook changes by as much as it should.
#[test]
fn a_hook_follows_every_input() {
    let hook = |caddy: &str, rail: &str, bank: &str| {
        let outcome = worked_out(&format!(
            "pibuild: 1\nname: h\nboard: raspberry-pi-3b-plus\npis: 4\nbank: {{ caddies: {bank} }}\n\
             caddy: {{ collar: hook, {caddy} }}\nrail: {{ {rail} }}\n"
        ));
        let part = outcome.prints.iter().find(|print| print.part.name == "caddy").unwrap();
        let bounds = part.mesh.as_ref().unwrap().bounds();
        assert!(outcome.cluster.caddy.hook.is_ok(), "{caddy} {rail}");
        let (caddy, size) = (&outcome.cluster.caddy, bounds.max - bounds.min);
        let window = caddy.strip.window;
        let mm = |length: Mm| length.mm();
        [size.x, size.y, size.z, mm(window.1 - window.0), mm(caddy.seat.value)]
    };
    let near = |found: [f64; 5], wanted: [f64; 5]| {
        let off = (0..5).any(|index| (found[index] - wanted[index]).abs() > 1e-3);
        assert!(!off, "{found:?} instead of {wanted:?}");
    };
    let [x, y, z, window, seat] = hook("", "", "21");
    near(hook("clearance: 0.35 mm", "", "21"), [x, y + 0.2, z, window + 0.2, seat]);
    near(hook("wall: 2.4 mm", "", "20"), [x, y, hook("", "", "20")[2], window, 3.2]);
    // 0.6 mm more of the rail, and 21 caddies share it: 0.03 mm each are no layer of 0.15 mm more,
    // 4.2 mm are.
    near(hook("", "milling: 15.75 mm", "21"), [x, y, z, window, seat]);
    near(hook("", "milling: 12.15 mm", "21"), [x, y, z + 0.15, window, seat]);
    let square = "profile: t-slot-2020, orientation: flat";
    // A lower rail; but a deeper one, so that the audio jack, 2.5 mm over the board's edge, comes to
    // stand beside the block.
    near(hook("", square, "21"), [x, y - 5.4 + 2.5, z, window + 7.3, seat]);
}

#[test]
fn over_the_boards_a_rail_has_its_bank_turned_and_slots_still_count_from_the_left() {
    let outcome = worked_out(&small("collar: hook, label: number", "position: over"));
    let assembly = &outcome.assembly;
    let bounds =
        |name: &str| assembly.bounds(assembly.bank.iter().find(|it| it.name == name).unwrap());
    let middle = outcome.cluster.bank.panel_height.value.mm() / 2.0;
    assert!(bounds("rail").min.z > middle);
    let lefts: Vec<f64> = (1..=10).map(|slot| bounds(&format!("board-{slot:02}")).min.x).collect();
    assert!(lefts.is_sorted());
    assert!(bounds("end-bracket-left").max.x < bounds("end-bracket-right").min.x);
    assert!(bounds("end-bracket-left").min.x < 0.0);
    for it in &assembly.bank {
        let bounds = assembly.bounds(it);
        assert!(bounds.min.z > -1e-3 && bounds.max.z < middle * 2.0 + 1e-3, "{}", it.name);
    }
    // Each slot has a part of its own, and it is the one that carries the slot's number.
    for (slot, part) in [(1, "caddy-01"), (3, "fan-caddy-03"), (10, "caddy-10")] {
        let instance =
            assembly.bank.iter().find(|it| it.name.ends_with(&format!("caddy-{slot:02}")));
        assert_eq!(assembly.shapes[instance.unwrap().shape].name, part);
    }
}

#[test]
fn a_cable_in_a_neighbours_cable_is_caught() {
    let mut outcome = worked_out(&small("", ""));
    let pitch = outcome.cluster.caddy.body.value.mm();
    let plug = outcome.assembly.bank.iter_mut().find(|it| it.name == "network-plug-05").unwrap();
    plug.place = at(pitch - 8.2, 0.0, 0.0) * plug.place;
    let found = interference(&outcome);
    // Plugs are 8.5 mm thick across the boards.
    let clash = found.iter().find(|it| it.subject == "network-plug-05 and network-plug-06");
    assert_eq!(clash.unwrap().measured, "0.30 mm", "{found:?}");
}

#[test]
fn a_device_that_stands_in_the_bank_above_it_is_caught() {
    let text = "pibuild: 1\nname: t\nboard: raspberry-pi-5\npis: 2\n\
                caddy: { width: 22 mm }\nbank: { caddies: 2 }\n\
                racks: { contents: { 1: [server, bank, switch] } }\n\
                devices: { switch: { type: ubiquiti-us-48, role: access }, server: { type: server-1u } }\n";
    let mut outcome = worked_out(text);
    assert_eq!(errors(&interference(&outcome)), Vec::<&str>::new());
    let under = outcome.assembly.beside.iter_mut().find(|it| it.place.translation.z < 0.0);
    // Panels are 0.79 mm lower than their rack units.
    let device = under.unwrap();
    device.place = at(0.0, 0.0, 0.79 + 0.3) * device.place;
    let found = interference(&outcome);
    let bracket = found.iter().find(|it| it.subject.starts_with("end-bracket-left and switch"));
    assert_eq!(bracket.unwrap().measured, "0.30 mm", "{found:?}");
}

#[test]
fn everything_stands_as_often_as_it_should() {
    let outcome = worked_out(&design("tardis.yaml"));
    let assembly = &outcome.assembly;
    let count = |name: &str| {
        assembly.bank.iter().filter(|it| assembly.shapes[it.shape].name == name).count()
    };
    for (name, wanted) in [
        ("caddy", 16),
        ("fan-caddy", 5),
        ("fan", 5),
        ("board", 21),
        ("power-plug", 21),
        ("network-plug", 21),
        ("rail", 1),
        ("end-bracket-left", 1),
        ("end-bracket-right", 1),
        ("rail-bolt", 2),
    ] {
        assert_eq!(count(name), wanted, "{name}");
    }
    let mut names: Vec<&str> = assembly.bank.iter().map(|it| it.name.as_str()).collect();
    names.sort_unstable();
    names.dedup();
    assert_eq!(names.len(), assembly.bank.len());
    let banks = assembly.racks.iter().map(|rack| &rack.banks);
    assert_eq!(banks.clone().map(Vec::len).sum::<usize>(), 50);
    assert_eq!(banks.flatten().map(|bank| bank.boards).sum::<u32>(), 1050);
    // Mounting faces are 467 mm from the middle, the second pair faces the rear.
    let faces: Vec<f64> = assembly.racks.iter().map(|rack| rack.place.translation.y).collect();
    assert_eq!(faces, [-467.0, -467.0, 467.0, 467.0]);
    let left_of_front = assembly.racks[0].place.translation.x;
    assert!((assembly.racks[3].place.translation.x - left_of_front).abs() < 1e-9);
}

/// A binary glTF file's JSON, and the box around all that stands in its scene.
fn read_back(bytes: &[u8]) -> (Value, Bounds) {
    let word = |at: usize| u32::from_le_bytes(bytes[at..at + 4].try_into().unwrap()) as usize;
    assert_eq!((&bytes[..4], word(4), word(8)), (&b"glTF"[..], 2, bytes.len()));
    let json = &bytes[20..20 + word(12)];
    let document: Value = serde_json::from_slice(json).unwrap();
    let binary = 20 + word(12) + 8;
    assert_eq!(document["buffers"][0]["byteLength"], bytes.len() - binary);
    let mut bounds = Bounds::EMPTY;
    let top = document["scenes"][0]["nodes"][0].as_u64().unwrap();
    visit(&document, top, &nalgebra::Matrix4::identity(), &mut bounds);
    (document, bounds)
}

fn numbers<const N: usize>(value: &Value) -> Option<[f64; N]> {
    let values: Vec<f64> = value.as_array()?.iter().map(|it| it.as_f64().unwrap()).collect();
    values.try_into().ok()
}

fn visit(document: &Value, node: u64, above: &nalgebra::Matrix4<f64>, bounds: &mut Bounds) {
    let node = &document["nodes"][usize::try_from(node).unwrap()];
    let [x, y, z] = numbers(&node["translation"]).unwrap_or_default();
    let turn = numbers::<4>(&node["rotation"]).unwrap_or([0.0, 0.0, 0.0, 1.0]);
    let turn = UnitQuaternion::from_quaternion(turn.into());
    let scale = numbers::<3>(&node["scale"]).unwrap_or([1.0; 3]);
    let place = Isometry3::from_parts(Translation3::new(x, y, z), turn).to_homogeneous();
    let here = above * place * nalgebra::Matrix4::new_nonuniform_scaling(&scale.into());
    if let Some(mesh) = node["mesh"].as_u64() {
        let mesh = &document["meshes"][usize::try_from(mesh).unwrap()];
        for primitive in mesh["primitives"].as_array().unwrap() {
            let accessor = primitive["attributes"]["POSITION"].as_u64().unwrap();
            let accessor = &document["accessors"][usize::try_from(accessor).unwrap()];
            let ends = [&accessor["min"], &accessor["max"]].map(|it| numbers::<3>(it).unwrap());
            for corner in 0..8 {
                let corner = [0, 1, 2].map(|axis| ends[corner >> axis & 1][axis]);
                bounds.include(here.transform_point(&Point3::from(corner)).coords.into());
            }
        }
    }
    for child in node["children"].as_array().into_iter().flatten() {
        visit(document, child.as_u64().unwrap(), &here, bounds);
    }
}

#[test]
fn models_read_back_in_metres_with_y_up() {
    let outcome = worked_out(&design("tardis.yaml"));
    let only: Selection = "assembly".parse().unwrap();
    let tree = outcome.tree(&only).unwrap();
    let file = |path: &str| tree.get(path).unwrap().bytes.clone();
    let (document, bounds) = read_back(&file("assembly/bank.glb"));
    let near = |value: f64, wanted: f64| assert!((value - wanted).abs() < 2e-6, "{value}");
    near(bounds.size().x, 0.4826);
    near(bounds.size().y, 0.088_11);
    // Cables stand out in front.
    let plugs = outcome.cluster.caddy.network.unwrap().area;
    near(bounds.max.z, -plugs.u0.mm() / 1000.0);
    let nodes = document["nodes"].as_array().unwrap();
    assert!(nodes.iter().any(|node| node["name"] == "fan-caddy-03"));
    assert_eq!(nodes.len(), outcome.assembly.bank.len() + 2);
    // One mesh for all caddies, as each shape has one.
    assert!(document["meshes"].as_array().unwrap().len() <= outcome.assembly.shapes.len());
    let cluster = file("assembly/cluster.glb");
    assert!(cluster.len() < 5_000_000, "{}", cluster.len());
    let (_, around) = read_back(&cluster);
    for rack in 1..=4 {
        let (_, bounds) = read_back(&file(&format!("assembly/rack-{rack}.glb")));
        near(bounds.min.y, 0.0);
        near(bounds.max.y, 1.8288);
    }
    // Racks stand on the base plate of their frame, and that on castors.
    assert!(around.min.y < -0.124 && around.max.y > 1.8288, "{around:?}");
    assert!(tree.get("assembly/rack-5.glb").is_none());
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 6, failure_persistence: None, ..ProptestConfig::default() })]

    /// Whatever the numbers, the bodies of caddies stand in order between the collars.
    #[test]
    fn caddies_keep_within_the_row(caddies in 1..8_u32, collar in 20..80_u32, board in 0..3_usize) {
        let board = ["raspberry-pi-3b-plus", "raspberry-pi-5", "raspberry-pi-zero-2-w"][board];
        let collar = f64::from(collar) * 0.1;
        let outcome = worked_out(&format!(
            "pibuild: 1\nname: a\nboard: {board}\npis: {caddies}\nbank: {{ caddies: {caddies} }}\n\
             racks: {{ standard: 10in }}\nend_bracket: {{ collar: {collar} mm }}\n"
        ));
        let assembly = &outcome.assembly;
        let from = 5.0 + collar;
        let to = outcome.cluster.opening.used.value.mm() - from;
        let mut last = from;
        let is_caddy = |name: &str| name == "caddy";
        for it in assembly.bank.iter().filter(|it| is_caddy(&assembly.shapes[it.shape].name)) {
            let bounds = assembly.bounds(it);
            prop_assert!(bounds.min.x > last - 1e-4, "{}: {} < {last}", it.name, bounds.min.x);
            prop_assert!(bounds.min.y > -1e-4 && bounds.min.z > -1e-4);
            last = bounds.max.x;
        }
        prop_assert!(last > from && last < to + 1e-4, "{last} {to}");
    }
}
