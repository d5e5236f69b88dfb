//! Random farms, and a judge that shares no code with the planner.

use std::collections::BTreeMap;

use pibuild::farm::schedule::{Batch, Clock, DAY, Down, Farm, Group, Order, Schedule, Shifts};
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::TestRunner;

/// A part of which so many go on a bed.
pub fn batch(minutes: f64, most: u32, spools: f64, filament: usize) -> Batch {
    let mut sizes = vec![most, most.saturating_sub(1), most / 2, 2, 1];
    sizes.retain(|size| (1..=most).contains(size));
    sizes.sort_unstable_by(|one, other| other.cmp(one));
    sizes.dedup();
    Batch { minutes, sizes, spools, filament }
}

/// Every piece once, no printer twice at a time or while it is down, starts while somebody is there,
/// no end before the bound.
pub fn judge(farm: &Farm, schedule: &Schedule) {
    let mut pieces = vec![0; farm.orders.len()];
    let mut times: BTreeMap<(usize, usize), Vec<(Clock, Clock)>> = BTreeMap::new();
    for run in &schedule.runs {
        pieces[run.order] += u64::from(run.pieces);
        let batch = farm.orders[run.order].on[run.group].as_ref().unwrap();
        assert!(run.pieces <= batch.largest());
        assert!((run.end - run.start) as f64 >= batch.minutes * f64::from(run.pieces));
        assert!(farm.shifts.staffed(run.start), "{run:?}");
        for down in farm.groups[run.group].down.iter().filter(|it| it.printer == run.printer) {
            assert!(run.end <= down.from || down.to <= run.start, "{run:?} {down:?}");
        }
        times.entry((run.group, run.printer)).or_default().push((run.start, run.end));
    }
    assert_eq!(pieces, farm.orders.iter().map(|order| order.pieces).collect::<Vec<_>>());
    for times in times.values_mut() {
        times.sort_unstable();
        for pair in times.windows(2) {
            assert!(pair[0].1 + farm.changeover <= pair[1].0, "{pair:?}");
        }
    }
    let last = schedule.runs.iter().map(|run| run.end).max().unwrap_or(0);
    assert_eq!(schedule.makespan, last);
    assert!(schedule.lower_bound <= last, "the bound is none");
}

prop_compose! {
    pub fn random_farm()(
        groups in proptest::collection::vec((1..12_usize, 0.5..1.5_f64, 0.6..1.6_f64, 0..4_u64), 1..4),
        orders in proptest::collection::vec((20.0..320.0_f64, 1..12_u32, 5.0..45.0_f64, 0..2_usize, 1..40_u64), 1..6),
        hours in 6..25_u64,
        days in 5..8_u32,
        changeover in 0..20_u64,
    ) -> Farm {
        let printers: u64 = groups.iter().map(|group| group.0 as u64).sum();
        let order = |&(minutes, most, grams, filament, times): &(f64, u32, f64, usize, u64)| Order {
            pieces: printers * times,
            rank: 1,
            on: groups.iter().enumerate().map(|(index, &(_, speed, bed, _))| {
                let most = (f64::from(most) * bed) as u32;
                let fits = most > 0 || index == 0;
                fits.then(|| batch(minutes / speed, most.max(1), grams / 1000.0, filament))
            }).collect(),
        };
        let group = |&(printers, .., day): &(usize, f64, f64, u64)| Group {
            printers,
            down: if day == 0 { vec![] } else { vec![Down { printer: 0, from: day * DAY, to: (day + 2) * DAY }] },
        };
        Farm {
            shifts: Shifts::new(hours * 60, days),
            changeover,
            spool_change: 5,
            orders: orders.iter().map(order).collect(),
            groups: groups.iter().map(group).collect(),
        }
    }
}

/// The same farms each time.
pub fn farms() -> impl Iterator<Item = Farm> {
    let mut runner = TestRunner::deterministic();
    std::iter::from_fn(move || Some(random_farm().new_tree(&mut runner).ok()?.current()))
}

/// Gaps in percent of the bound, the least first. Every schedule is judged.
pub fn gaps(farms: impl Iterator<Item = Farm>) -> Vec<f64> {
    let gap = |farm: Farm| {
        let schedule = pibuild::farm::schedule::schedule(&farm).unwrap();
        judge(&farm, &schedule);
        schedule.gap() * 100.0
    };
    let mut gaps: Vec<f64> = farms.map(gap).collect();
    gaps.sort_by(f64::total_cmp);
    gaps
}
