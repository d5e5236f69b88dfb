//! What there is to slice: distinct parts for their times, distinct plates for their gcode.

use super::{Internal, Outcome, farm_folder};
use crate::farm::slicing::Configuration;
use crate::outputs::sha256;

/// A model, and what it is sliced with.
#[derive(Clone, Debug)]
pub struct Slice {
    /// The part, or the job of the queue.
    pub name: String,
    /// The model, as a file.
    pub model: Vec<u8>,
    /// How that file's name ends: `stl` for a part alone, `3mf` for a plate with its places.
    pub ending: &'static str,
    /// The model's SHA-256.
    pub sha256: String,
    /// How it is printed.
    pub configuration: Configuration,
}

impl Outcome {
    /// One piece of each part that is printed, for each way in which the design's printers would.
    pub fn parts_to_slice(&self) -> Result<Vec<Slice>, Internal> {
        let mut slices: Vec<Slice> = Vec::new();
        for (index, print) in self.prints.iter().enumerate() {
            let printed = self.plan.jobs.iter().any(|job| job.print == index);
            let Some(mesh) = print.mesh.as_ref().filter(|_| printed) else { continue };
            let part = print.part.name.clone();
            let failed = |problem| Internal::Proof { part: part.clone(), problem };
            let model = mesh.to_stl().map_err(failed)?;
            let sha256 = sha256(&model);
            let first = slices.len();
            for group in 0..self.plan.printers.len() {
                let fits = self.plan.capacity[index][group] > 0;
                let Some(configuration) = self.configuration(index, group).filter(|_| fits) else {
                    continue;
                };
                if slices[first..].iter().all(|known| known.configuration != configuration) {
                    let (name, model) = (part.clone(), model.clone());
                    let sha256 = sha256.clone();
                    slices.push(Slice { name, model, ending: "stl", sha256, configuration });
                }
            }
        }
        Ok(slices)
    }

    /// Each plate of the queue, in its order.
    pub fn plates_to_slice(&self) -> Result<Vec<Slice>, Internal> {
        let mut slices = Vec::new();
        for job in &self.plan.jobs {
            let Some(plate) = farm_folder::plate(self, job) else { continue };
            let Some(configuration) = self.configuration(job.print, job.group) else { continue };
            let model = plate?;
            slices.push(Slice {
                name: job.id.clone(),
                ending: "3mf",
                sha256: sha256(&model),
                model,
                configuration: configuration.on_bed(self.plan.printers[job.group].bed),
            });
        }
        Ok(slices)
    }

    /// How a group of printers prints a part.
    fn configuration(&self, print: usize, group: usize) -> Option<Configuration> {
        let used = self.document.design.printing.printers.get(group)?;
        let material = self.document.catalog.materials.get(&self.prints[print].part.material);
        Configuration::new(&self.document, used, material)
    }
}
