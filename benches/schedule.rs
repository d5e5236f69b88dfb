//! How good schedules are, and how long they take: `cargo bench`.
//!
//! Leaves with a failure if half of the random farms are not within 2 % of their bound. Times are
//! shown, and judged by nobody but the reader.
#![allow(clippy::unwrap_used)]

use std::process::ExitCode;
use std::time::Instant;

use pibuild::farm::schedule::{Batch, Farm, Group, Order, Shifts, schedule};

#[path = "../tests/farm/farms.rs"]
mod farms;

fn main() -> ExitCode {
    for kinds in [1, 4] {
        large(kinds);
    }
    let begin = Instant::now();
    let gaps = farms::gaps(farms::farms().take(200));
    println!("200 random farms, judged, in {:.1} s", begin.elapsed().as_secs_f64());
    for share in [10, 25, 50, 75, 90, 95, 100] {
        println!("  {share} % are within {:.2} % of the bound", gaps[share * 2 - 1]);
    }
    if gaps[99] < 2.0 { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

/// 20,000 full plates of 20 parts on 100 printers of so many kinds.
fn large(kinds: u32) {
    let order = |number: u32| {
        let most = 1 + number % 8;
        let on = |kind: u32| -> Batch {
            let minutes = f64::from(30 + number * 37 % 290) * (1.0 + 0.2 * f64::from(kind));
            farms::batch(minutes, most + kind, 0.02, number as usize % 3)
        };
        Order {
            pieces: 1000 * u64::from(most),
            rank: 1,
            on: (0..kinds).map(|kind| Some(on(kind))).collect(),
        }
    };
    let group = Group { printers: 100 / kinds as usize, down: Vec::new() };
    let farm = Farm {
        groups: vec![group; kinds as usize],
        shifts: Shifts::new(15 * 60, 7),
        changeover: 10,
        spool_change: 5,
        orders: (0..20).map(order).collect(),
    };
    let begin = Instant::now();
    let schedule = schedule(&farm).unwrap();
    let took = begin.elapsed().as_secs_f64();
    farms::judge(&farm, &schedule);
    println!(
        "{} plates on 100 printers of {kinds} kinds in {took:.2} s: {:.0} days, within {:.2} % of the \
         bound",
        schedule.runs.len(),
        schedule.makespan as f64 / (24.0 * 60.0),
        schedule.gap() * 100.0
    );
}
