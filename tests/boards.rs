//! Every board of the catalogue, in designs of one caddy and of full banks.
//!
//! `cargo test --test boards -- --nocapture` prints what each board gives.

use std::fmt::Write as _;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

use pibuild::catalog::Catalog;
use pibuild::checks::Severity;
use pibuild::cluster::RACK_UNIT;
use pibuild::outputs::Selection;
use pibuild::pipeline::{Outcome, Refused, check};
use pibuild::spec::Files;

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
    caddies: &'static str,
    caddy: &'static str,
}

const SETTINGS: [Setting; 3] = [
    Setting { rack: "19in", caddies: "max", caddy: "" },
    Setting { rack: "10in", caddies: "max", caddy: "collar: bead" },
    Setting { rack: "10in", caddies: "1", caddy: "board_fixing: pegs, label: number" },
];

/// Boards whose holes or connectors leave no room for a clip say so, and take screws.
const MAY_FAIL: [&str; 2] = ["FIT-clip", "PRT-peg"];

fn design(board: &str, setting: Setting) -> String {
    format!(
        "pibuild: 1\nname: t\nboard: {board}\npis: 1\nbank: {{ caddies: {} }}\n\
         racks: {{ standard: {} }}\ncaddy: {{ {} }}\n\
         printing: {{ printers: [{{ model: voron-350 }}] }}\n",
        setting.caddies, setting.rack, setting.caddy
    )
}

/// Does a finding say why a part cannot be had? These designs have no switch, and so all of them
/// have an error about the network: that one excuses nothing.
fn is_about_parts(code: &str) -> bool {
    code.starts_with("FIT-") || code.starts_with("PRT-")
}

/// Works out a design and says in one line what became of it, and whether that is in order: parts
/// that are all proved, no error about them, and a bank no higher than it must be.
fn judge(board: &str, setting: Setting) -> (String, bool) {
    let text = design(board, setting);
    let outcome = match check("t.yaml", text.as_bytes(), &NoFiles) {
        Ok(outcome) => outcome,
        Err(Refused::Design(rejected)) => return (rejected.render(false), false),
        Err(Refused::Internal(problem)) => return (problem.to_string(), false),
    };
    let errors = || outcome.findings.iter().filter(|found| found.severity == Severity::Error);
    let excused = |code: &str| setting.caddy.contains("pegs") && MAY_FAIL.contains(&code);
    let sound = !errors().any(|it| is_about_parts(it.code) && !excused(it.code));
    let errors: Vec<String> = errors()
        .map(|finding| format!("{} ({}: {})", finding.code, finding.subject, finding.because))
        .collect();
    let tree = outcome.tree(&Selection::default());
    let proved = tree.is_ok() && outcome.prints.iter().all(|print| print.mesh.is_some());
    let mut line = describe(&outcome);
    if let Err(problem) = &tree {
        let _ = write!(line, " | tree: {problem}");
    }
    let _ = write!(line, " | {}", errors.join("; "));
    (line, proved && sound && low(&outcome))
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

#[test]
fn every_board_gives_sound_parts_in_both_racks() {
    let boards: Vec<String> = Catalog::builtin().unwrap().boards.into_keys().collect();
    let jobs: Vec<(&String, Setting)> =
        boards.iter().flat_map(|board| SETTINGS.map(|setting| (board, setting))).collect();
    let next = AtomicUsize::new(0);
    let judged = Mutex::new(vec![(String::new(), false); jobs.len()]);
    let workers = std::thread::available_parallelism().map_or(1, usize::from);
    std::thread::scope(|scope| {
        for _ in 0..workers {
            scope.spawn(|| {
                loop {
                    let at = next.fetch_add(1, Ordering::Relaxed);
                    let Some((board, setting)) = jobs.get(at) else { break };
                    let found = judge(board, *setting);
                    judged.lock().unwrap()[at] = found;
                }
            });
        }
    });
    let judged = judged.into_inner().unwrap();
    let mut wrong = Vec::new();
    for ((board, setting), (line, fine)) in jobs.iter().zip(judged) {
        let line =
            format!("{board} | {} {} {} | {line}", setting.rack, setting.caddies, setting.caddy);
        println!("{line}");
        if !fine {
            wrong.push(line);
        }
    }
    assert!(wrong.is_empty(), "no sound parts:\n{}", wrong.join("\n"));
}
