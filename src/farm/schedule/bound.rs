//! A time that no schedule can end before.
//!
//! By linear duality: give each minute of each group a price. A piece then costs at least what it
//! costs on the group where it is cheapest, and until an end each group has only so many minutes.
//! An end at which all pieces cost more than all minutes is too early, whatever the prices; good
//! prices are found by raising them where the load is highest. A plate's changeover is shared out
//! over a full plate, and so is a spool's; the first of each on a printer is free.
//!
//! While nobody is there a printer works off one plate at most. So the minutes of nights and weekends
//! are those of the best way to share out the orders over them: the longest plates over the longest.

use super::shifts::Clock;
use super::{Batch, Farm};

/// Rounds of looking for prices.
const ROUNDS: u32 = 60;

/// The bound, and what led to it.
pub struct Bound {
    /// No schedule ends before.
    pub end: Clock,
    /// What a minute is worth, by group.
    prices: Vec<f64>,
}

impl Bound {
    /// What a piece of each order is worth: its cost on the group where it is cheapest.
    pub fn values(&self, farm: &Farm) -> Vec<f64> {
        let mean = self.prices.iter().sum::<f64>() / self.prices.len().max(1) as f64;
        let value = |order: &super::Order| {
            let on = order.on.iter().zip(&self.prices);
            let costs = on.filter_map(|(batch, price)| Some(share(farm, batch.as_ref()?) * price));
            costs.fold(f64::INFINITY, f64::min).min(1e12) / mean.max(1e-12)
        };
        farm.orders.iter().map(value).collect()
    }
}

/// The best bound that was found.
pub fn lower(farm: &Farm) -> Bound {
    let groups = farm.groups.len();
    let mut prices = vec![1.0; groups];
    let mut best = Bound { end: soonest(farm), prices: prices.clone() };
    if groups == 1 {
        best.end = best.end.max(end(farm, &prices));
        return best;
    }
    let mut found: f64 = 0.0;
    for round in 0..ROUNDS {
        let reached = end(farm, &prices);
        if reached as f64 > found {
            found = reached as f64;
            best.prices.clone_from(&prices);
        }
        let load: Vec<f64> = load(farm, &prices, reached);
        let mean = load.iter().sum::<f64>() / groups as f64;
        let stride = 0.5 / f64::from(1 + round / 4);
        for (price, load) in prices.iter_mut().zip(&load) {
            *price *= (stride * (load / mean.max(1e-9) - 1.0).clamp(-1.0, 1.0)).exp();
        }
    }
    best.end = best.end.max(found as Clock);
    best
}

/// A piece's minutes with its share of changeover and spool.
fn share(farm: &Farm, batch: &Batch) -> f64 {
    batch.minutes
        + farm.changeover as f64 / f64::from(batch.largest())
        + farm.spool_change as f64 * batch.spools
}

/// No piece of any order is ready sooner.
fn soonest(farm: &Farm) -> Clock {
    let least = |order: &super::Order| order.on.iter().flatten().map(|it| it.lasts(1)).min();
    let wanted = farm.orders.iter().filter(|order| order.pieces > 0);
    wanted.filter_map(least).max().unwrap_or(0)
}

/// Minutes that a group has until an end, the free changeovers and spools with them.
fn minutes(farm: &Farm, group: usize, end: Clock) -> f64 {
    let own = &farm.groups[group];
    let printers = own.printers as f64;
    let staffed = farm.shifts.staffed_until(end) as f64 * printers;
    let gift = (farm.changeover + farm.spool_change) as f64 * printers;
    let repaired = |down: &super::Down| {
        farm.shifts.staffed_until(down.to.min(end)) - farm.shifts.staffed_until(down.from.min(end))
    };
    let lost: Clock = own.down.iter().map(repaired).sum();
    (staffed + gift + unstaffed(farm, group, end) - lost as f64).max(0.0)
}

/// The most that plates of a group print while nobody is there: a plate for each printer and each
/// time, no longer than a full one of its order, and no more of an order than there is of it.
fn unstaffed(farm: &Farm, group: usize, end: Clock) -> f64 {
    let printers = farm.groups[group].printers as f64;
    let mut works: Vec<(f64, f64)> = farm
        .orders
        .iter()
        .filter_map(|order| {
            let batch = order.on[group].as_ref()?;
            let longest = u64::from(batch.largest()).min(order.pieces) as u32;
            // Each piece may be alone on a plate, which lasts whole minutes.
            let work = order.pieces as f64 * batch.minutes.ceil();
            Some((batch.lasts(longest) as f64, work))
        })
        .collect();
    works.sort_by(|one, other| other.0.total_cmp(&one.0));
    let mut works = works.into_iter();
    let mut work = works.next();
    let mut sum = 0.0;
    for (length, count) in farm.shifts.gaps(end) {
        let mut gaps = count as f64 * printers;
        while let Some((longest, left)) = work.as_mut().filter(|_| gaps > 0.0) {
            let each = longest.min(length as f64);
            let taken = gaps.min(*left / each);
            sum += taken * each;
            (gaps, *left) = (gaps - taken, *left - taken * each);
            if *left <= 1e-9 {
                work = works.next();
            }
        }
    }
    sum
}

/// The first end at which all minutes are worth all pieces.
fn end(farm: &Farm, prices: &[f64]) -> Clock {
    let cost: f64 = farm
        .orders
        .iter()
        .map(|order| {
            let on = order.on.iter().zip(prices);
            let costs = on.filter_map(|(batch, price)| Some(share(farm, batch.as_ref()?) * price));
            let cheapest = costs.fold(f64::INFINITY, f64::min);
            if order.pieces == 0 { 0.0 } else { cheapest * order.pieces as f64 }
        })
        .sum();
    let worth = |end: Clock| -> f64 {
        let groups = 0..farm.groups.len();
        groups.map(|group| minutes(farm, group, end) * prices[group]).sum()
    };
    let (mut low, mut high): (Clock, Clock) = (0, 1);
    while worth(high) < cost && high < 1 << 50 {
        low = high;
        high *= 2;
    }
    while low + 1 < high {
        let middle = low + (high - low) / 2;
        if worth(middle) < cost { low = middle } else { high = middle }
    }
    high
}

/// Share of each group's minutes that is asked for if every piece goes where it is cheapest.
fn load(farm: &Farm, prices: &[f64], end: Clock) -> Vec<f64> {
    let mut load = vec![0.0; prices.len()];
    for order in farm.orders.iter().filter(|order| order.pieces > 0) {
        let costs = order.on.iter().enumerate().filter_map(|(group, batch)| {
            let minutes = share(farm, batch.as_ref()?);
            Some((minutes * prices[group], group, minutes))
        });
        let cheapest = costs.min_by(|one, other| one.0.total_cmp(&other.0));
        if let Some((_, group, minutes)) = cheapest {
            load[group] += minutes * order.pieces as f64;
        }
    }
    let rated = load.iter().enumerate();
    rated.map(|(group, load)| load / minutes(farm, group, end).max(1e-9)).collect()
}
