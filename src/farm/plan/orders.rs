//! What the schedule is asked: printers, and which plates of each part they could print.

use nalgebra::Isometry3;

use super::{Planner, PrinterKind, comes_first};
use crate::farm::plates::{self, Room};
use crate::farm::print::Print;
use crate::farm::schedule::{Batch, Clock, DAY, Down, Farm, Group, Order, Run};
use crate::spec::Document;
use crate::units::{Kilograms, Mm, Ratio};

/// So many pieces on one plate are looked at.
const MOST_PIECES: usize = 200;
impl Planner<'_> {
    /// The full plate of each print on each kind's bed. Kinds with the same bed share it.
    pub(super) fn full_plates(&self) -> Vec<Vec<Vec<Isometry3<f64>>>> {
        let printing = &self.document.design.printing;
        let brims = printing.brim * 2;
        let room =
            Room { gap: printing.clearance + brims, margin: printing.margin + printing.brim };
        let of = |print: &Print| {
            let Some(mesh) = &print.mesh else { return vec![Vec::new(); self.kinds.len()] };
            let mut known: Vec<([Mm; 3], Vec<Isometry3<f64>>)> = Vec::new();
            for kind in &self.kinds {
                if !known.iter().any(|(bed, _)| *bed == kind.bed) {
                    known.push((kind.bed, plates::full(mesh, kind.bed, room)));
                }
            }
            let place = |kind: &PrinterKind| {
                let found = known.iter().find(|(bed, _)| *bed == kind.bed);
                found.map(|(_, places)| places.clone()).unwrap_or_default()
            };
            self.kinds.iter().map(place).collect()
        };
        self.prints.iter().map(of).collect()
    }

    /// How each kind prints a part.
    pub(super) fn batches(
        &self,
        index: usize,
        wanted: u64,
        full: &[Vec<Isometry3<f64>>],
    ) -> Vec<Option<Batch>> {
        let print = &self.prints[index];
        let batch = |group: usize| {
            let used = self.used(group)?;
            let estimate = print.estimates.get(group)?;
            let material = &print.part.material;
            if !used.materials.is_empty() && !used.materials.contains(material) {
                return None;
            }
            let spool = self.document.catalog.materials.get(material);
            let spool = spool.map_or(Kilograms(1.0), |material| material.spool.value);
            let spools = estimate.grams.0 / (spool.0 * 1000.0).max(1.0);
            // Nobody changes a spool in the night: a plate takes one at most.
            let by_spool = if spools > 0.0 { (1.0 / spools) as usize } else { MOST_PIECES };
            let longest = self.document.design.printing.longest_plate.0 * 60.0;
            let by_time = ((longest / estimate.minutes.0.max(0.1)) as usize).max(1);
            let most = full[group].len().min(by_spool).min(by_time).min(MOST_PIECES);
            let most = (most as u64).min(wanted) as u32;
            (most > 0).then(|| Batch {
                minutes: estimate.minutes.0,
                sizes: sizes(most),
                spools,
                filament: self.filament(index),
            })
        };
        (0..self.kinds.len()).map(batch).collect()
    }

    /// The number of a part's filament: material and colour.
    fn filament(&self, index: usize) -> usize {
        let key = |print: &Print| (print.part.material.clone(), self.colour(print));
        let own = key(&self.prints[index]);
        self.prints.iter().position(|print| key(print) == own).unwrap_or(index)
    }

    pub(super) fn groups(&self) -> Vec<Group> {
        let group = |(index, kind): (usize, &PrinterKind)| {
            let downs = self.used(index).map(|used| used.down.as_slice()).unwrap_or_default();
            let down = downs.iter().flat_map(|down| {
                let from = Clock::from(down.day.saturating_sub(1)) * DAY;
                let to = from + Clock::from(down.days) * DAY;
                let out = 0..down.printers.min(kind.count) as usize;
                out.map(move |printer| Down { printer, from, to })
            });
            Group { printers: kind.count as usize, down: down.collect() }
        };
        self.kinds.iter().enumerate().map(group).collect()
    }
}

/// The design's printers.
pub(super) fn kinds(document: &Document) -> Vec<PrinterKind> {
    let printing = &document.design.printing;
    let mut kinds: Vec<PrinterKind> = Vec::new();
    for used in &printing.printers {
        let Some(printer) = document.catalog.printers.get(&used.model) else { continue };
        let before = kinds.iter().filter(|kind| kind.model == used.model).count();
        let name = match before {
            0 => used.model.clone(),
            _ => format!("{}-{}", used.model, before + 1),
        };
        kinds.push(PrinterKind {
            model: used.model.clone(),
            count: used.count,
            name,
            bed: printer.bed,
            nozzle: used.nozzle.unwrap_or(printing.nozzle),
        });
    }
    kinds
}

/// The numbers of pieces that plates are made with: full ones, nearly full ones to come out right in
/// the evening, halves, and small ones for the rest.
fn sizes(most: u32) -> Vec<u32> {
    let mut sizes = vec![most, most.saturating_sub(1), most.saturating_sub(2), most / 2, 2, 1];
    sizes.retain(|size| (1..=most).contains(size));
    sizes.sort_unstable_by(|one, other| other.cmp(one));
    sizes.dedup();
    sizes
}

/// What one expects to print again of so many pieces, so that enough come out well. What is printed
/// to try is not printed again.
pub fn expected_reprints(print: &Print, pieces: u64, rate: Ratio) -> u64 {
    if comes_first(print) {
        return 0;
    }
    let rate = rate.0.clamp(0.0, 0.9);
    (pieces as f64 * rate / (1.0 - rate) - 1e-9).ceil().max(0.0) as u64
}

pub(super) fn least_plates(order: &Order) -> u64 {
    let largest = order.on.iter().flatten().map(Batch::largest).max().unwrap_or(1);
    order.pieces.div_ceil(u64::from(largest))
}

/// Full plates one after the other, for a farm that is not scheduled: only their numbers matter.
pub(super) fn without_schedule(farm: &Farm) -> Vec<Run> {
    let mut runs = Vec::new();
    for (order, own) in farm.orders.iter().enumerate() {
        let on = own.on.iter().enumerate();
        let largest = on.filter_map(|(group, batch)| Some((batch.as_ref()?.largest(), group)));
        let Some((size, group)) = largest.max_by_key(|(size, group)| (*size, usize::MAX - group))
        else {
            continue;
        };
        let mut left = own.pieces;
        // One run stands for each distinct plate; `end` carries how often.
        let mut push = |pieces: u32, copies: u64| {
            if pieces > 0 && copies > 0 {
                let run = Run {
                    group,
                    printer: 0,
                    order,
                    pieces,
                    start: 0,
                    end: copies,
                    new_spool: false,
                };
                runs.push(run);
            }
        };
        push(size, left / u64::from(size));
        left %= u64::from(size);
        push(left as u32, 1);
    }
    runs
}
