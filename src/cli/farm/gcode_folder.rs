//! `farm/gcode` of an output folder: gcode, and the index that says what it is.
//!
//! Promise: the index lists nothing but whole files; a run that is killed keeps what it had
//! finished. The folder is `farm slice`'s: of what lies in it, files that its index names are
//! replaced and removed. No manifest lists it, so that it outlives `generate`.

use std::fs;
use std::path::Path;

use crate::cli::failure::Failure;
use crate::farm::{Sliced, SlicedJob};
use crate::outputs::{Claim, sha256};
use crate::pipeline::{Internal, Slice};
use crate::spec::SlicedPart;

use super::slicer::Gcode;

/// The index that an output folder has, which may be missing; what cannot be read is sliced again.
pub(super) fn index_of(output: &Path) -> Sliced {
    let empty = Sliced::new(Vec::new());
    let index = fs::read(output.join(Sliced::FILE)).ok();
    let known = index.and_then(|bytes| serde_json::from_slice::<Sliced>(&bytes).ok());
    known.filter(|it| it.version == empty.version).unwrap_or(empty)
}

/// What is there, and what will be. Nobody else changes the output folder meanwhile.
pub(super) struct GcodeFolder {
    output: Claim,
    /// What was found.
    before: Sliced,
    /// What stays.
    now: Sliced,
}

impl GcodeFolder {
    /// Takes an output folder, and the parts that have been sliced for it.
    pub(super) fn claim(output: &Path, parts: Vec<SlicedPart>) -> Result<GcodeFolder, Failure> {
        let claim = Claim::of(output)?.ok_or_else(|| {
            let output = output.display();
            Failure::Machine(format!("another pibuild is at work on `{output}`: wait for it"))
        })?;
        let before = index_of(output);
        let now = Sliced { parts, ..Sliced::new(Vec::new()) };
        let folder = GcodeFolder { output: claim, before, now };
        folder.save()?;
        Ok(folder)
    }

    /// Jobs that have their gcode.
    pub(super) fn jobs(&self) -> &[SlicedJob] {
        &self.now.jobs
    }

    /// Takes the gcode of a plate over, if there is any. The same file must give the same parts, so
    /// that gcode that somebody has changed is none.
    pub(super) fn keep(&mut self, plate: &Slice, slicer: &str) -> Result<bool, Failure> {
        let profile = plate.configuration.sha256();
        let asked = (plate.sha256.as_str(), profile.as_str(), slicer);
        let alike = |job: &&SlicedJob| {
            asked == (job.plate_sha256.as_str(), job.profile_sha256.as_str(), job.slicer.as_str())
        };
        let mut known = self.now.jobs.iter().chain(&self.before.jobs).filter(alike);
        let Some(job) = known.find(|job| self.is_whole(job)) else { return Ok(false) };
        let kept = SlicedJob { id: plate.name.clone(), ..job.clone() };
        self.now.jobs.push(kept);
        self.save()?;
        Ok(true)
    }

    /// Adds the gcode of a plate.
    pub(super) fn put(
        &mut self,
        plate: &Slice,
        slicer: &str,
        gcode: &Gcode,
    ) -> Result<(), Failure> {
        let file = self.free_name(&plate.name);
        if self.before.jobs.iter().any(|job| job.file == file) {
            // Nobody shall take the new file for what the old entry says.
            self.before.jobs.retain(|job| job.file != file);
            self.save()?;
        }
        self.output.write(&file, &gcode.bytes)?;
        self.now.jobs.push(SlicedJob {
            id: plate.name.clone(),
            file,
            sha256: sha256(&gcode.bytes),
            plate_sha256: plate.sha256.clone(),
            printer_profile: plate.configuration.profile.clone(),
            profile_sha256: plate.configuration.sha256(),
            slicer: slicer.to_owned(),
            minutes: gcode.figures.minutes.0,
            grams: gcode.figures.grams.0,
        });
        self.save()
    }

    /// The job's own file, unless another job has taken it over.
    fn free_name(&self, id: &str) -> String {
        let names = (1..).map(|number| match number {
            1 => format!("farm/gcode/{id}.gcode"),
            _ => format!("farm/gcode/{id}-{number}.gcode"),
        });
        let taken = |name: &String| self.now.jobs.iter().any(|job| job.file == *name);
        names.skip_while(taken).take(1).collect()
    }

    /// Removes gcode that no job needs any more.
    fn sweep(&self) {
        for job in &self.before.jobs {
            let needed = self.now.jobs.iter().any(|other| other.file == job.file);
            if !needed && self.is_whole(job) {
                // What cannot be removed is in nobody's way.
                let _ = fs::remove_file(self.output.target().join(&job.file));
            }
        }
    }

    /// Is the file there, as the index says, in this folder?
    fn is_whole(&self, job: &SlicedJob) -> bool {
        let name = job.file.strip_prefix("farm/gcode/").and_then(|it| it.strip_suffix(".gcode"));
        let own = name.is_some_and(|name| !name.contains(['/', '\\']));
        own && fs::read(self.output.target().join(&job.file))
            .is_ok_and(|it| sha256(&it) == job.sha256)
    }

    /// Writes the index. Jobs that this run has not come to yet keep their gcode.
    fn save(&self) -> Result<(), Failure> {
        let mut all = self.now.clone();
        let open = |job: &&SlicedJob| {
            all.jobs.iter().all(|other| other.id != job.id && other.file != job.file)
        };
        let open: Vec<SlicedJob> = self.before.jobs.iter().filter(open).cloned().collect();
        all.jobs.extend(open);
        self.write_index(&all)
    }

    /// Writes the index for the last time.
    pub(super) fn finish(&self) -> Result<(), Failure> {
        self.write_index(&self.now)?;
        self.sweep();
        Ok(())
    }

    fn write_index(&self, index: &Sliced) -> Result<(), Failure> {
        let mut bytes = serde_json::to_vec_pretty(index)
            .map_err(|problem| Failure::Internal(Internal::Json(problem)))?;
        bytes.push(b'\n');
        Ok(self.output.write(Sliced::FILE, &bytes)?)
    }
}
