//! The most that a printer can have earned by any time, whatever it prints.
//!
//! One printer that may print any plates of its group, each as often as it likes, and what a piece
//! of each order is worth: by dynamic programming from the start forwards. It knows nights, weekends
//! and the printer's repairs. Where times are looked at in steps, ends of plates are rounded down to
//! them: nobody earns more. Not in it: changes of spools.

use super::shifts::{Clock, DAY};
use super::{Down, Farm};

/// A plate.
#[derive(Clone, Copy, Debug)]
struct Plate {
    lasts: Clock,
    order: usize,
    pieces: u32,
}

/// What a printer could start, and when.
pub struct Printer {
    step: Clock,
    /// Shortest first.
    plates: Vec<Plate>,
    /// For each step in which it may be free: when it can start, and when its next repair begins.
    starts: Vec<(Clock, Clock)>,
}

/// What it earns.
pub struct Earnings<'a> {
    printer: &'a Printer,
    /// The most by each step, being free then.
    value: Vec<f64>,
    /// How it came to that.
    before: Vec<Before>,
}

/// What a printer did until it was free.
#[derive(Clone, Copy, Debug)]
enum Before {
    /// Nothing at all.
    Nothing,
    /// It waited since the step before.
    Waited,
    /// It printed a plate since a step.
    Printed { plate: u32, since: u32 },
}

impl Printer {
    /// A printer of a group, until `end`, in about so many `steps`. `None` if these would be longer
    /// than a plate, which would then take no time.
    pub fn new(
        farm: &Farm,
        group: usize,
        down: &[Down],
        end: Clock,
        steps: Clock,
    ) -> Option<Printer> {
        let least = (end / steps).max(1);
        let step = (least..=DAY).find(|step| DAY.is_multiple_of(*step)).unwrap_or(DAY);
        let plates = plates(farm, group);
        if plates.first().is_some_and(|plate| plate.lasts < step) {
            return None;
        }
        let starts = (0..=end / step)
            .map(|index| {
                // The first plate needs no changeover.
                let setup = if index == 0 { 0 } else { farm.changeover };
                start(farm, down, index * step, setup)
            })
            .collect();
        Some(Printer { step, plates, starts })
    }

    /// Steps that are looked at.
    pub fn steps(&self) -> usize {
        self.starts.len()
    }

    /// When a step begins.
    pub fn clock(&self, step: usize) -> Clock {
        step as Clock * self.step
    }

    /// What it earns, if a piece of each order is worth so much.
    pub fn earn(&self, values: &[f64]) -> Earnings<'_> {
        let plates = self.useful(values);
        let count = self.steps();
        let mut value = vec![0.0_f64; count];
        let mut before = vec![Before::Nothing; count];
        for free in 0..count {
            if free > 0 && value[free - 1] > value[free] {
                value[free] = value[free - 1];
                before[free] = Before::Waited;
            }
            let (start, repair) = self.starts[free];
            // Who starts no sooner than if it were free a step later may as well wait.
            let waits = free > 0 && self.starts.get(free + 1).is_some_and(|next| next.0 == start);
            for (plate, lasts, worth) in if waits { &[][..] } else { &plates[..] } {
                let end = start + lasts;
                let at = (end / self.step) as usize;
                if end > repair || at >= count {
                    break;
                }
                if value[free] + worth > value[at] {
                    value[at] = value[free] + worth;
                    before[at] = Before::Printed { plate: *plate, since: free as u32 };
                }
            }
        }
        Earnings { printer: self, value, before }
    }

    /// Plates with their length and worth, shortest first, without those that are worth no more than a
    /// shorter one.
    fn useful(&self, values: &[f64]) -> Vec<(u32, Clock, f64)> {
        let mut useful: Vec<(u32, Clock, f64)> = Vec::new();
        for (number, plate) in self.plates.iter().enumerate() {
            let worth = values[plate.order] * f64::from(plate.pieces);
            if useful.last().is_some_and(|last| worth <= last.2) {
                continue;
            }
            if useful.last().is_some_and(|last| last.1 == plate.lasts) {
                useful.pop();
            }
            useful.push((number as u32, plate.lasts, worth));
        }
        useful
    }
}

/// All plates of a group, shortest first.
fn plates(farm: &Farm, group: usize) -> Vec<Plate> {
    let mut plates = Vec::new();
    for (order, own) in farm.orders.iter().enumerate() {
        let Some(batch) = &own.on[group] else { continue };
        let sizes = batch.sizes.iter().filter(|size| u64::from(**size) <= own.pieces);
        plates.extend(sizes.map(|size| {
            let lasts = batch.lasts(*size);
            Plate { lasts, order, pieces: *size }
        }));
    }
    plates.sort_by_key(|plate| plate.lasts);
    plates
}

/// When a printer that is free can start, after setting up, and when its next repair begins.
fn start(farm: &Farm, down: &[Down], free: Clock, setup: Clock) -> (Clock, Clock) {
    let mut at = free;
    loop {
        at = farm.shifts.next(at);
        if let Some(down) = down.iter().find(|down| (down.from..down.to).contains(&at)) {
            at = down.to;
        } else if farm.shifts.staffed(at + setup) {
            let repairs = down.iter().map(|down| down.from).filter(|from| *from >= at);
            return (at + setup, repairs.min().unwrap_or(Clock::MAX));
        } else {
            at = (at / DAY + 1) * DAY;
        }
    }
}

impl Earnings<'_> {
    /// What has been earned by the end of a step.
    pub fn by(&self, step: usize) -> f64 {
        self.value[step.min(self.value.len() - 1)]
    }

    /// Adds the pieces of each order that have been printed by then, `times` each.
    pub fn count(&self, step: usize, times: f64, pieces: &mut [f64]) {
        let mut at = step.min(self.value.len() - 1);
        loop {
            match self.before[at] {
                Before::Nothing => return,
                Before::Waited => at -= 1,
                Before::Printed { plate, since } => {
                    let plate = self.printer.plates[plate as usize];
                    pieces[plate.order] += f64::from(plate.pieces) * times;
                    at = since as usize;
                }
            }
        }
    }
}
