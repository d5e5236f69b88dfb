//! How long the flagship's parts take: `cargo bench`.
//!
//! Whole seconds of work, not statistics: the median of some runs, for comparison with the promises
//! in ARCHITECTURE.md. Nothing here passes or fails.
#![allow(clippy::unwrap_used, reason = "a benchmark that cannot run has nothing to say")]

use std::time::Instant;

use pibuild::farm::CHORD;
use pibuild::outputs::Selection;
use pibuild::pipeline::check;
use pibuild::spec::Files;

const RUNS: usize = 11;

/// The flagship reads no other file.
struct NoFiles;

impl Files for NoFiles {
    fn read(&self, relative: &str) -> Result<Vec<u8>, String> {
        Err(format!("`{relative}` is not at hand"))
    }
}

fn main() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/designs/tardis.yaml");
    let text = std::fs::read(path).unwrap();
    let outcome = check(path, &text, &NoFiles).unwrap();
    let bracket = outcome.prints.iter().find(|it| it.part.name == "end-bracket-left").unwrap();
    let solid = bracket.part.solid.as_ref().unwrap();
    tell("mesh of the end bracket", || solid.mesh(CHORD).unwrap().triangles.len());
    let parts: Selection = "parts".parse().unwrap();
    tell("all parts in all formats", || outcome.tree(&parts).unwrap().files().count());
    tell("design to verdict", || check(path, &text, &NoFiles).unwrap().findings.len());
}

/// Runs it, and tells the median time and what it gave.
fn tell(what: &str, run: impl Fn() -> usize) {
    let mut given = 0;
    let mut times: Vec<f64> = (0..RUNS)
        .map(|_| {
            let start = Instant::now();
            given = run();
            start.elapsed().as_secs_f64() * 1e3
        })
        .collect();
    times.sort_by(f64::total_cmp);
    println!("{what}: {:.1} ms ({given})", times[RUNS / 2]);
}
