//! Random sensible designs: each gives parts whose meshes are proved, or a finding that says why
//! not. Never a panic, never a bad mesh.

use std::fmt::Write as _;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

use pibuild::catalog::Catalog;
use pibuild::checks::Severity;
use pibuild::cluster::{Cluster, Ledger};
use pibuild::geometry::certify;
use pibuild::parts;
use pibuild::pipeline::{Refused, check};
use pibuild::spec;
use pibuild::units::Mm;

use super::{NoFiles, is_about_parts};

/// The most that a mesh's chords stand off their arcs.
const CHORD: Mm = Mm::um(10);
/// How many designs are drawn.
const DESIGNS: u64 = 2_000;
/// In an ordinary run, every so many of them are.
const SAMPLED: usize = 10;

/// Numbers that look random and are the same on every machine (Steele, Lea and Flood, Fast
/// splittable pseudorandom number generators, OOPSLA 2014).
struct Dice(u64);

impl Dice {
    fn roll(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// From `low` to `high`, both included.
    fn between(&mut self, low: u64, high: u64) -> u64 {
        low + self.roll() % (high - low + 1)
    }

    fn one_in(&mut self, chances: u64) -> bool {
        self.roll().is_multiple_of(chances)
    }

    fn pick<'a, T: ?Sized>(&mut self, from: &[&'a T]) -> &'a T {
        from[self.between(0, from.len() as u64 - 1) as usize]
    }

    /// A length between two numbers of hundredths of a millimetre.
    fn length(&mut self, low: u64, high: u64) -> String {
        format!("{:.2} mm", self.between(low, high) as f64 / 100.0)
    }
}

/// A design as its number says.
fn design(number: u64, catalog: &Catalog) -> String {
    let dice = &mut Dice(number);
    let boards: Vec<&str> = catalog.boards.keys().map(String::as_str).collect();
    let rails: Vec<&str> = catalog.rails.keys().map(String::as_str).collect();
    let fans: Vec<&str> = catalog.fans.keys().map(String::as_str).collect();
    let board = dice.pick(&boards);
    let mut text = format!("pibuild: 1\nname: t\nboard: {board}\npis: 1\n");
    let fitting =
        catalog.addons.iter().filter(|(_, addon)| addon.fits.iter().any(|it| it == board));
    let addons: Vec<&str> = fitting.map(|(id, _)| id.as_str()).filter(|_| dice.one_in(4)).collect();
    let _ = writeln!(text, "board_addons: [{}]", addons.join(", "));
    let per_caddy = if dice.one_in(4) { dice.between(2, 4) } else { 1 };
    let _ = writeln!(
        text,
        "caddy:\n  pis_per_caddy: {per_caddy}\n  wall: {}\n  clearance: {}\n  board_fixing: {}\n  \
         label: {}",
        dice.length(100, 400),
        dice.length(0, 60),
        dice.pick(&["self-tapping", "heat-set", "pegs"]),
        dice.pick(&["none", "blank", "number"]),
    );
    let _ = writeln!(text, "  collar: {}", dice.pick(&["bead", "hook"]));
    // Full banks take long and tell little more than a few caddies do.
    let full = dice.one_in(15);
    if !full && !dice.one_in(15) {
        let _ = writeln!(text, "  width: {}", dice.length(1600 * per_caddy, 3000 * per_caddy));
    }
    let _ = writeln!(text, "bank:");
    if !full {
        let _ = writeln!(text, "  caddies: {}", dice.between(1, 5));
    }
    if dice.one_in(4) {
        let _ = writeln!(text, "  height: {}U", dice.between(1, 5));
    }
    let flat = dice.one_in(4);
    if !flat && dice.one_in(2) {
        let (fan, count) = (dice.pick(&fans), dice.between(1, 3));
        let _ = writeln!(text, "  fans: {{ type: {fan}, count: {count} }}");
    }
    let _ = writeln!(text, "  orientation: {}", if flat { "flat" } else { "upright" });
    let _ = writeln!(
        text,
        "rail:\n  profile: {}\n  position: {}\n  orientation: {}\n  milling: {}",
        dice.pick(&rails),
        dice.pick(&["under", "over"]),
        dice.pick(&["on-edge", "flat"]),
        dice.length(0, 3000),
    );
    let _ = writeln!(
        text,
        "end_bracket:\n  thickness: {}\n  collar: {}\n  ear: {}",
        dice.length(300, 900),
        dice.length(0, 900),
        dice.length(200, 900),
    );
    let _ = writeln!(text, "racks: {{ standard: {} }}", dice.pick(&["19in", "10in"]));
    let _ = writeln!(text, "power: {{ cable: {{ plug: {} }} }}", {
        dice.pick(&["right-angle", "straight"])
    });
    let _ = writeln!(text, "network: {{ boot: {} }}", dice.pick(&["network", "sd-card"]));
    let _ = writeln!(
        text,
        "printing:\n  layer_height: {}\n  nozzle: {}\n  hole_compensation: {}\n  printers: \
         [{{ model: voron-350 }}]",
        dice.pick(&["0.1 mm", "0.15 mm", "0.2 mm", "0.25 mm"]),
        dice.pick(&["0.25 mm", "0.4 mm", "0.6 mm"]),
        dice.length(0, 30),
    );
    text
}

/// Codes of choices that do not go together.
const REFUSED: [&str; 2] = ["SPEC-conflict", "SPEC-not-built"];
/// Every so many designs go through all checks, whether or not their parts are sound.
const CHECKED: u64 = 10;

/// What is wrong with a design's parts, if anything is. Where they are all proved, most designs need
/// not go further.
fn flaw(number: u64, text: &str, catalog: &Catalog) -> Option<String> {
    let document = match spec::read("t.yaml", text.as_bytes(), &NoFiles, catalog) {
        Ok(document) => document,
        // What does not go together is refused in words.
        Err(rejected) if rejected.diagnostics.iter().all(|it| REFUSED.contains(&it.code)) => {
            return None;
        }
        Err(rejected) => return Some(rejected.render(false)),
    };
    let cluster = Cluster::resolve(&document, &mut Ledger::default())?;
    let mut all_sound = true;
    for part in parts::all(&document.design, &cluster) {
        // Made from its left twin.
        if part.name.ends_with("-right") {
            continue;
        }
        let Ok(solid) = &part.solid else {
            all_sound = false;
            continue;
        };
        match solid.mesh(CHORD) {
            Ok(mesh) => {
                if let Err(problem) = certify(solid, &mesh, 1, &part.designed()) {
                    return Some(format!("{}: {problem}", part.name));
                }
            }
            Err(_) => all_sound = false,
        }
    }
    if all_sound && !number.is_multiple_of(CHECKED) { None } else { unexplained(text) }
}

/// A part that cannot be made, without a finding that says why: that it cannot is told by itself.
fn unexplained(text: &str) -> Option<String> {
    let outcome = match check("t.yaml", text.as_bytes(), &NoFiles) {
        Ok(outcome) => outcome,
        Err(Refused::Design(rejected)) => return Some(rejected.render(false)),
        Err(Refused::Internal(problem)) => return Some(problem.to_string()),
    };
    let explained = outcome.findings.iter().any(|finding| {
        finding.severity == Severity::Error
            && is_about_parts(finding.code)
            && finding.code != "PRT-model"
    });
    let failed = outcome.prints.iter().find_map(|print| {
        let problem = print.part.solid.as_ref().err()?;
        Some(format!("{}: {problem}, and no other finding", print.part.name))
    });
    failed.filter(|_| !explained)
}

#[test]
fn random_designs_give_proved_parts_or_a_reason() {
    judge_designs(SAMPLED);
}

#[test]
#[ignore = "takes minutes unless optimised: `just random`"]
fn all_random_designs_give_proved_parts_or_a_reason() {
    judge_designs(1);
}

/// Judges every so many of the designs.
fn judge_designs(step: usize) {
    let catalog = Catalog::builtin().unwrap();
    let numbers: Vec<u64> = (0..DESIGNS).step_by(step).collect();
    let next = AtomicUsize::new(0);
    let flaws = Mutex::new(Vec::new());
    let workers = std::thread::available_parallelism().map_or(1, usize::from);
    std::thread::scope(|scope| {
        for _ in 0..workers {
            scope.spawn(|| {
                while let Some(&number) = numbers.get(next.fetch_add(1, Ordering::Relaxed)) {
                    let text = design(number, &catalog);
                    let judged = std::panic::AssertUnwindSafe(|| flaw(number, &text, &catalog));
                    let found = std::panic::catch_unwind(judged);
                    if let Some(flaw) = found.unwrap_or(Some("a panic".to_owned())) {
                        flaws.lock().unwrap().push((number, flaw, text));
                    }
                }
            });
        }
    });
    let mut flaws = flaws.into_inner().unwrap();
    flaws.sort();
    let told =
        flaws.iter().take(20).map(|(number, flaw, text)| format!("{number}: {flaw}\n{text}"));
    let told: Vec<String> = told.collect();
    assert!(flaws.is_empty(), "{} of {}:\n{}", flaws.len(), numbers.len(), told.join("\n"));
}
