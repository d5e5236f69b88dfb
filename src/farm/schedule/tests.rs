//! Random farms, looked at by other code than the one that plans.

use std::collections::BTreeMap;

use proptest::prelude::*;

use super::*;

fn batch(minutes: f64, most: u32, spools: f64, filament: usize) -> Batch {
    let mut sizes = vec![most, most.saturating_sub(1), most / 2, 2, 1];
    sizes.retain(|size| (1..=most).contains(size));
    sizes.sort_unstable_by(|one, other| other.cmp(one));
    sizes.dedup();
    Batch { minutes, sizes, spools, filament }
}

/// Every piece once, no printer twice at a time or while it is down, starts while somebody is there,
/// no end before the bound.
fn judge(farm: &Farm, schedule: &Schedule) {
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
    assert!(bound::lower(farm).end <= last, "the bound is none");
    assert!(schedule.lower_bound <= last);
}

prop_compose! {
    fn random_farm()(
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

proptest! {
    #![proptest_config(ProptestConfig { cases: 12, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn random_farms_are_scheduled(farm in random_farm()) {
        judge(&farm, &schedule(&farm).unwrap());
    }
}

/// The distribution of the gap on 200 farms: `cargo test --release -- --ignored --nocapture gaps`.
#[test]
#[ignore = "half a minute; tests/interop/run wants it"]
fn gaps_of_two_hundred_farms() {
    use proptest::strategy::ValueTree;
    let mut runner = proptest::test_runner::TestRunner::deterministic();
    let mut gaps: Vec<f64> = (0..200)
        .map(|_| {
            let farm = random_farm().new_tree(&mut runner).unwrap().current();
            let schedule = schedule(&farm).unwrap();
            judge(&farm, &schedule);
            schedule.gap() * 100.0
        })
        .collect();
    gaps.sort_by(f64::total_cmp);
    for share in [10, 25, 50, 75, 90, 100] {
        println!("{share} % of farms are within {:.2} % of the bound", gaps[share * 2 - 1]);
    }
}

#[test]
fn a_night_gets_the_long_plate() {
    // Eleven hours of plates by day, and one of twelve hours that only a night has room for.
    let order =
        |pieces, minutes| Order { pieces, rank: 1, on: vec![Some(batch(minutes, 1, 0.0, 0))] };
    let farm = Farm {
        groups: vec![Group { printers: 1, down: vec![] }],
        shifts: Shifts::new(12 * 60, 7),
        changeover: 0,
        spool_change: 0,
        orders: vec![order(11, 60.0), order(1, 720.0)],
    };
    let schedule = schedule(&farm).unwrap();
    judge(&farm, &schedule);
    assert_eq!((schedule.makespan, schedule.lower_bound), (23 * 60, 23 * 60));
}

#[test]
fn what_comes_first_is_printed_first() {
    let order = |rank| Order { pieces: 3, rank, on: vec![Some(batch(30.0, 3, 0.0, 0))] };
    let farm = Farm {
        groups: vec![Group { printers: 1, down: vec![] }],
        shifts: Shifts::new(8 * 60, 5),
        changeover: 10,
        spool_change: 5,
        orders: vec![order(1), order(0)],
    };
    let schedule = schedule(&farm).unwrap();
    judge(&farm, &schedule);
    let orders: Vec<usize> = schedule.runs.iter().map(|run| run.order).collect();
    assert!(orders.is_sorted_by(|one, other| one >= other), "{orders:?}");
}

#[test]
fn what_fits_nowhere_is_not_scheduled() {
    let farm = Farm {
        groups: vec![Group { printers: 1, down: vec![] }],
        shifts: Shifts::new(8 * 60, 5),
        changeover: 10,
        spool_change: 5,
        orders: vec![Order { pieces: 1, rank: 1, on: vec![None] }],
    };
    assert!(schedule(&farm).is_none());
}
