//! Schedules of random farms, and of some whose best is known.

use pibuild::farm::schedule::{Farm, Group, Order, Shifts, schedule};
use proptest::prelude::*;

use super::farms::{batch, farms, gaps, judge, random_farm};

proptest! {
    #![proptest_config(ProptestConfig { cases: 12, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn random_farms_are_scheduled(farm in random_farm()) {
        judge(&farm, &schedule(&farm).unwrap());
    }
}

/// `cargo bench` shows the distribution over two hundred farms, large ones among them.
#[test]
fn half_of_the_farms_are_within_two_percent_of_the_bound() {
    let small = |farm: &Farm| farm.orders.iter().map(|order| order.pieces).sum::<u64>() < 400;
    let gaps = gaps(farms().filter(small).take(25));
    assert!(gaps[12] < 2.0, "{gaps:?}");
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
