//! Every board of the catalogue, in designs of one caddy and of full banks, upright and flat; and
//! every rail profile, bank height and fan size with one board.
//!
//! `cargo test --test boards -- --nocapture` prints what each board gives.
#![allow(clippy::unwrap_used, reason = "a test whose workers fail has failed")]

#[path = "boards/follow.rs"]
mod follow;
#[path = "boards/random.rs"]
mod random;

use std::fmt::Write as _;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

use pibuild::catalog::Catalog;
use pibuild::checks::Severity;
use pibuild::cluster::RACK_UNIT;
use pibuild::outputs::Selection;
use pibuild::pipeline::{Outcome, Refused, check};
use pibuild::spec::Files;
use pibuild::units::Mm;

struct NoFiles;

impl Files for NoFiles {
    fn read(&self, _: &str) -> Result<Vec<u8>, String> {
        Err("there are no files here".to_owned())
    }
}

/// What a bank in a rack of this standard holds.
#[derive(Clone, Copy)]
struct Setting {
    rack: &'static str,
    bank: &'static str,
    caddy: &'static str,
}

const SETTINGS: [Setting; 4] = [
    Setting { rack: "19in", bank: "caddies: max", caddy: "" },
    Setting { rack: "10in", bank: "caddies: max", caddy: "collar: bead" },
    Setting { rack: "10in", bank: "caddies: 1", caddy: "board_fixing: pegs, label: number" },
    Setting { rack: "19in", bank: "caddies: max, orientation: flat", caddy: "" },
];

/// Boards whose holes or connectors leave no room for a clip say so, and take screws.
const MAY_FAIL: [&str; 2] = ["FIT-clip", "PRT-peg"];

fn design(board: &str, setting: Setting) -> String {
    format!(
        "pibuild: 1\nname: t\nboard: {board}\npis: 1\nbank: {{ {} }}\n\
         racks: {{ standard: {} }}\ncaddy: {{ {} }}\n\
         printing: {{ printers: [{{ model: voron-350 }}] }}\n",
        setting.bank, setting.rack, setting.caddy
    )
}

/// Does a finding say why a part cannot be had? These designs have no switch, and so all of them
/// have an error about the network: that one excuses nothing.
fn is_about_parts(code: &str) -> bool {
    code.starts_with("FIT-") || code.starts_with("PRT-")
}

/// What can be wrong with what became of a design.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Flaw {
    /// Its outputs cannot be written: a part that fails its proof is a mistake in this program.
    Unwritten,
    /// A part has no proved mesh.
    Unproved,
    /// A finding about its parts is an error.
    Unsound,
    /// Its bank is higher than it must be.
    High,
}

/// What became of a design, in one line, and what is wrong with it.
type Verdict = (String, Vec<Flaw>);

/// Works out a design.
fn judge(text: &str) -> Verdict {
    let refused = |line| (line, vec![Flaw::Unwritten]);
    let outcome = match check("t.yaml", text.as_bytes(), &NoFiles) {
        Ok(outcome) => outcome,
        Err(Refused::Design(rejected)) => return refused(rejected.render(false)),
        Err(Refused::Internal(problem)) => return refused(problem.to_string()),
    };
    let errors = || outcome.findings.iter().filter(|found| found.severity == Severity::Error);
    let excused = |code: &str| text.contains("pegs") && MAY_FAIL.contains(&code);
    let sound = !errors().any(|it| is_about_parts(it.code) && !excused(it.code));
    let errors: Vec<String> = errors()
        .map(|finding| format!("{} ({}: {})", finding.code, finding.subject, finding.because))
        .collect();
    let tree = outcome.tree(&Selection::default());
    let proved = outcome.prints.iter().all(|print| print.mesh.is_some());
    let mut line = describe(&outcome);
    if let Err(problem) = &tree {
        let _ = write!(line, " | tree: {problem}");
    }
    let _ = write!(line, " | {}", errors.join("; "));
    let flaws = [
        (Flaw::Unwritten, tree.is_err()),
        (Flaw::Unproved, !proved),
        (Flaw::Unsound, !sound),
        (Flaw::High, !low(&outcome)),
    ];
    (line, flaws.into_iter().filter(|it| it.1).map(|it| it.0).collect())
}

/// Does a rack unit less leave the bank too little, and does a finding say so?
fn low(outcome: &Outcome) -> bool {
    let units = outcome.cluster.bank.units.value.0;
    let lower = outcome.cluster.bank.panel_height.value - RACK_UNIT;
    let said = outcome.findings.iter().any(|finding| {
        finding.code == "FIT-bank-height"
            && finding.severity == Severity::Pass
            && finding.because.contains(&format!("; {}U would leave {lower}", units - 1))
    });
    lower < outcome.cluster.caddy.height.value && (units == 1 || said)
}

fn describe(outcome: &Outcome) -> String {
    let (caddy, bank) = (&outcome.cluster.caddy, &outcome.cluster.bank);
    let supply = outcome.wiring.supply.as_ref().map_or("none", |(id, _)| id.as_str());
    format!(
        "{} caddies, pitch {}, smallest {}, gap {}, {}, {} deep, plug {:?}, {supply}",
        caddy.count.value,
        caddy.pitch.value,
        caddy.smallest_pitch.value,
        caddy.neighbour_gap.value,
        bank.units.value,
        caddy.depth.value,
        caddy.seated.plug.exit,
    )
}

/// Judges named designs, as many at a time as there are processors.
fn judge_all(designs: &[(String, String)], is_fine: impl Fn(&str, &[Flaw]) -> bool) {
    let next = AtomicUsize::new(0);
    let judged = Mutex::new(vec![Verdict::default(); designs.len()]);
    let workers = std::thread::available_parallelism().map_or(1, usize::from);
    std::thread::scope(|scope| {
        for _ in 0..workers {
            scope.spawn(|| {
                loop {
                    let at = next.fetch_add(1, Ordering::Relaxed);
                    let Some((_, text)) = designs.get(at) else { break };
                    let found = judge(text);
                    judged.lock().unwrap()[at] = found;
                }
            });
        }
    });
    let judged = judged.into_inner().unwrap();
    let mut wrong = Vec::new();
    for ((name, _), (line, flaws)) in designs.iter().zip(judged) {
        let line = format!("{name} | {flaws:?} | {line}");
        println!("{line}");
        if !is_fine(name, &flaws) {
            wrong.push(line);
        }
    }
    assert!(wrong.is_empty(), "no sound parts:\n{}", wrong.join("\n"));
}

#[test]
fn every_board_gives_sound_parts_in_both_racks_upright_and_flat() {
    let boards: Vec<String> = Catalog::builtin().unwrap().boards.into_keys().collect();
    let designs = boards.iter().flat_map(|board| {
        SETTINGS.map(|it| {
            let name = format!("{board} | {} {} {}", it.rack, it.bank, it.caddy);
            (name, design(board, it))
        })
    });
    let designs: Vec<(String, String)> = designs.collect();
    judge_all(&designs, |_, flaws| flaws.is_empty());
}

/// Banks of one board: rail profiles, heights from 1U to 4U, fans of all sizes. Of the many
/// combinations each profile has four in the units that it needs and one in others, with different
/// fans.
fn variants() -> Vec<(String, String)> {
    let profiles = ["1-by-half", "1010", "1515", "1530", "2020", "2040", "3030"];
    let fans = ["none", "40x20", "50x15", "60x25", "80x25", "92x25", "120x25"];
    let heights = ["1U", "2U", "3U", "4U"];
    let mut designs = vec![];
    for (at, profile) in profiles.iter().enumerate() {
        let fan = |step: usize| fans[(at + step) % fans.len()];
        let needed = [0, 2, 4, 6].map(|step| ("auto", fan(step)));
        for (height, fan) in needed.into_iter().chain([(heights[at % 4], fan(1))]) {
            let fans = match fan {
                "none" => String::new(),
                size => format!(", fans: {{ type: fan-{size}, count: 3 }}"),
            };
            let text = format!(
                "pibuild: 1\nname: t\nboard: raspberry-pi-3b-plus\npis: 1\n\
                 bank: {{ height: {height}{fans} }}\nrail: {{ profile: t-slot-{profile} }}\n"
            );
            designs.push((format!("{profile} | {height} | fan {fan}"), text));
        }
    }
    designs
}

#[test]
fn every_rail_height_and_fan_gives_parts_or_a_reason() {
    // In the units that it needs, every combination is sound, but for rails so deep that plugs meet
    // their block.
    judge_all(&variants(), |name, flaws| {
        let is_sound = !flaws.contains(&Flaw::Unproved) && !flaws.contains(&Flaw::Unsound);
        let must_be = name.contains("| auto |") && !name.starts_with("1530");
        let explained = flaws.contains(&Flaw::Unsound) && !must_be;
        !flaws.contains(&Flaw::Unwritten) && (is_sound || explained)
    });
}

/// A design of one full bank with these add-ons on each board.
fn with_addons(board: &str, addons: &[&str]) -> Outcome {
    let setting = Setting { rack: "19in", bank: "caddies: max", caddy: "" };
    let text = design(board, setting) + &format!("board_addons: [{}]\n", addons.join(", "));
    check("t.yaml", text.as_bytes(), &NoFiles).unwrap()
}

#[test]
fn add_ons_take_room_and_are_bought() {
    let bare = with_addons("raspberry-pi-5", &[]);
    let pitch = |outcome: &Outcome| outcome.cluster.caddy.smallest_pitch.value;
    for (id, addon) in &Catalog::builtin().unwrap().addons {
        for board in &addon.fits {
            let outcome = with_addons(board, &[id]);
            let errors: Vec<String> = outcome
                .findings
                .iter()
                .filter(|it| it.severity == Severity::Error && is_about_parts(it.code))
                .map(|it| format!("{} {}: {}", it.code, it.subject, it.because))
                .collect();
            assert!(errors.is_empty(), "{id} on {board}: {errors:?}");
            assert!(outcome.tree(&Selection::default()).is_ok(), "{id} on {board}");
            let line = outcome.bom.lines.iter().find(|line| line.item == *id).unwrap();
            assert_eq!((line.category, line.quantity), ("addon", 1));
        }
    }
    // Lower than the sockets: it costs no pitch.
    assert_eq!(pitch(&with_addons("raspberry-pi-5", &["pi5-active-cooler"])), pitch(&bare));
    // The pitch grows by what stands out over the sockets, and by what stands under the board.
    let hat = with_addons("raspberry-pi-5", &["pi5-active-cooler", "pi5-m2-hat-plus"]);
    assert_eq!(pitch(&hat) - pitch(&bare), Mm::um(22_000 - 15_600));
    let base = with_addons("raspberry-pi-5", &["pi5-nvme-base"]);
    assert_eq!(pitch(&base) - pitch(&bare), Mm::um(10_600));
    let screw = |outcome: &Outcome| outcome.cluster.caddy.fixing.screw.clone().unwrap();
    let longer = screw(&base).fastener.length.value - screw(&bare).fastener.length.value;
    assert!(longer >= Mm::um(9_000), "{longer}");
}

/// What the errors about fasteners of a design of one Pi 3B+ say.
fn fastener_errors(more: &str) -> Vec<String> {
    let text = format!("pibuild: 1\nname: t\nboard: raspberry-pi-3b-plus\npis: 1\n{more}");
    let outcome = check("t.yaml", text.as_bytes(), &NoFiles).unwrap();
    let errors = outcome.findings.iter().filter(|it| it.severity == Severity::Error);
    errors.filter(|it| it.code == "FIT-fastener").map(|it| it.because.clone()).collect()
}

#[test]
fn a_bolts_head_needs_a_plate_that_it_does_not_pull_through() {
    // 15.9 mm on a hole of 8.7 mm, 82°: a cone of 4.141 mm.
    let bracket = |thickness| {
        fastener_errors(&format!(
            "rail: {{ profile: t-slot-1515 }}\nend_bracket: {{ thickness: {thickness} }}\n"
        ))
    };
    let told = "goes 4.15 mm into a plate of 4.9 mm; 0.8 mm must be left under it";
    let found = bracket("4.9 mm");
    assert!(matches!(&found[..], [one] if one.contains(told)), "{found:?}");
    assert!(bracket("4.95 mm").is_empty());
}

#[test]
fn no_wall_stands_over_a_fans_screw() {
    // Four boards 29.99 mm apart: the last wall stands 90 to 93.75 mm from the side, the outer
    // holes of an 80 mm fan lie 95.6 mm from it.
    let caddy = |wall| {
        fastener_errors(&format!(
            "caddy: {{ pis_per_caddy: 4, width: 119.98 mm, wall: {wall}, collar: bead }}\n\
             bank: {{ caddies: 1, fans: {{ type: fan-80x25, count: 1 }} }}\n"
        ))
    };
    let found = caddy("4 mm");
    assert!(matches!(&found[..], [one] if one.starts_with("2 of a fan's 4 holes")), "{found:?}");
    assert!(caddy("2 mm").is_empty());
}
