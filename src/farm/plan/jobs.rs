//! What the schedule answers: distinct plates, when each is printed, when spools are put on.

use nalgebra::Isometry3;

use super::{Entry, Meaning, Plan, PlannedJob, Planner, SpoolChange, comes_first};
use crate::farm::plates;
use crate::farm::queue::Origin;
use crate::farm::schedule::Run;

impl Planner<'_> {
    /// Gathers equal plates. Reprints take plates of the order where there are any.
    pub(super) fn jobs(
        &self,
        plan: &mut Plan,
        runs: &[Run],
        meanings: &[Meaning],
        full: &[Vec<Vec<Isometry3<f64>>>],
    ) {
        let scheduled = plan.schedule.is_some();
        let mut keys: Vec<(usize, usize, u32, u64)> = Vec::new();
        for run in runs.iter().filter(|run| !meanings[run.order].reprint) {
            let print = meanings[run.order].print;
            let copies = if scheduled { 1 } else { run.end };
            let same = |key: &&mut (usize, usize, u32, u64)| {
                (key.0, key.1, key.2) == (print, run.group, run.pieces)
            };
            match keys.iter_mut().find(same) {
                Some(known) => known.3 += copies,
                None => keys.push((print, run.group, run.pieces, copies)),
            }
        }
        // What comes first, then parts in their order, full plates first.
        keys.sort_by_key(|(print, group, pieces, _)| {
            (!comes_first(&self.prints[*print]), *print, *group, u32::MAX - pieces)
        });
        for (print, group, pieces, copies) in keys {
            let own = &self.prints[print];
            let Some(estimate) = own.estimates.get(group) else { continue };
            let mut places = full[print][group].clone();
            places.truncate(pieces as usize);
            let kind = &self.kinds[group];
            let id = match self.kinds.len() {
                1 => format!("{}-x{pieces}", own.part.name),
                _ => format!("{}-x{pieces}-{}", own.part.name, kind.name),
            };
            let places = match &own.mesh {
                Some(mesh) => plates::centred(mesh, places, kind.bed),
                None => Vec::new(),
            };
            plan.jobs.push(PlannedJob {
                id,
                print,
                group,
                pieces,
                copies,
                places,
                grams: estimate.grams * f64::from(pieces),
                minutes: estimate.minutes * f64::from(pieces),
                origin: estimate.origin,
                priority: 1 + u32::from(!comes_first(own)),
                colour: self.colour(own),
            });
        }
    }

    pub(super) fn entries(&self, plan: &mut Plan, runs: &[Run], meanings: &[Meaning]) {
        for run in runs {
            let Meaning { print, reprint } = meanings[run.order];
            let kind = &self.kinds[run.group];
            let printer = format!("{}-{}", kind.name, run.printer + 1);
            let own = &self.prints[print];
            let key = (print, run.group, run.pieces);
            let job = plan.jobs.iter().position(|job| (job.print, job.group, job.pieces) == key);
            if run.new_spool {
                plan.spools.push(SpoolChange {
                    at: run.start,
                    printer: printer.clone(),
                    material: own.part.material.clone(),
                    colour: self.colour(own),
                });
            }
            plan.entries.push(Entry {
                printer,
                job: job.filter(|_| !reprint),
                part: own.part.name.clone(),
                pieces: run.pieces,
                origin: own.estimates.get(run.group).map_or(Origin::Estimated, |it| it.origin),
                start: run.start,
                end: run.end,
            });
        }
    }
}
