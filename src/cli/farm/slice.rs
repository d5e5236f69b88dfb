//! `pibuild farm slice`: gcode for every plate, and what a slicer says that parts take.
//!
//! Single parts first, for their times; with those the farm is planned; then the plan's plates. What
//! was sliced before from the same model, with the same configuration and slicer, is not sliced
//! again.

use std::path::{Path, PathBuf};

use clap::Args;

use super::gcode_folder::{GcodeFolder, index_of};
use super::slicer::{Gcode, Scratch, Slicer};
use crate::cli::design_file::DesignFile;
use crate::cli::exit_code::ExitCode;
use crate::cli::failure::Failure;
use crate::cli::screen;
use crate::outputs::{Selection, may_swap_in, swap_in};
use crate::pipeline::{self, Internal, Slice};
use crate::spec::{SlicedPart, SlicedTimes};

/// Arguments of `farm slice`.
#[derive(Debug, Args)]
pub(in crate::cli) struct Arguments {
    #[command(flatten)]
    design: DesignFile,
    /// The output folder, made or replaced as by generate [default: output/<name of the design>]
    #[arg(short, long, value_name = "DIR")]
    output: Option<PathBuf>,
    /// PrusaSlicer, if it is not in PATH as prusa-slicer
    #[arg(long, value_name = "PATH")]
    slicer: Option<PathBuf>,
}

pub(super) fn run(arguments: &Arguments) -> Result<ExitCode, Failure> {
    let (mut document, folder) = arguments.design.read_to_record()?;
    let slicer = Slicer::find(arguments.slicer.as_deref())?;
    let name = &document.design.name;
    let output = arguments.output.clone().unwrap_or_else(|| Path::new("output").join(name));
    may_swap_in(&output)?;
    let mut work = Work { slicer, scratch: Scratch::new()?, sliced: 0, kept: 0 };

    let record = document.design.printing.sliced.clone();
    let known = [index_of(&output).parts, document.sliced.parts.clone()].concat();
    let mut outcome = pipeline::work_out(document.clone())?;
    let parts = work.parts(&outcome.parts_to_slice()?, &known)?;
    if document.sliced.parts != parts {
        document.sliced = SlicedTimes::new(parts.clone());
        outcome = pipeline::work_out(document)?;
    }
    swap_in(&output, &outcome.tree(&Selection::everything())?)?;
    let mut gcode = GcodeFolder::claim(&output, parts)?;
    if let Some(record) = &record {
        folder.record(record, &listed(&outcome.document.sliced)?)?;
    }

    for plate in outcome.plates_to_slice()? {
        if gcode.keep(&plate, &work.slicer.version)? {
            work.kept += 1;
        } else {
            let made = work.slice(&plate)?;
            gcode.put(&plate, &work.slicer.version, &made)?;
        }
    }
    gcode.finish()?;
    screen::print(&format!(
        "{} sliced, {} as they were: gcode of {} jobs in {}\n",
        work.sliced,
        work.kept,
        gcode.jobs().len(),
        output.join("farm/gcode").display()
    ))?;
    if record.is_none() {
        screen::remark(
            "`generate` goes by estimates again, unless the design names a file for the sliced \
             times: `printing: { sliced: sliced.json }`",
        );
    }
    Ok(ExitCode::of_verdict(outcome.buildable()))
}

/// The file under `printing.sliced`.
fn listed(times: &SlicedTimes) -> Result<Vec<u8>, Failure> {
    let mut bytes = serde_json::to_vec_pretty(times)
        .map_err(|problem| Failure::Internal(Internal::Json(problem)))?;
    bytes.push(b'\n');
    Ok(bytes)
}

/// A run of the slicer, and how much it had to do.
struct Work {
    slicer: Slicer,
    scratch: Scratch,
    sliced: usize,
    kept: usize,
}

impl Work {
    /// What each part takes, sliced now or before.
    fn parts(&mut self, parts: &[Slice], known: &[SlicedPart]) -> Result<Vec<SlicedPart>, Failure> {
        let mut times = Vec::new();
        for slice in parts {
            let profile_sha256 = slice.configuration.sha256();
            let asked = (&slice.sha256, &profile_sha256, &self.slicer.version);
            let found =
                known.iter().find(|it| asked == (&it.mesh_sha256, &it.profile_sha256, &it.slicer));
            if let Some(found) = found {
                self.kept += 1;
                times.push(SlicedPart { part: slice.name.clone(), ..found.clone() });
                continue;
            }
            let figures = self.slice(slice)?.figures;
            times.push(SlicedPart {
                part: slice.name.clone(),
                mesh_sha256: slice.sha256.clone(),
                printer_profile: slice.configuration.profile.clone(),
                profile_sha256,
                slicer: self.slicer.version.clone(),
                minutes: figures.minutes.0,
                grams: figures.grams.0,
            });
        }
        Ok(times)
    }

    fn slice(&mut self, slice: &Slice) -> Result<Gcode, Failure> {
        let gcode = self.slicer.slice(slice, &self.scratch)?;
        self.sliced += 1;
        screen::remark(&format!(
            "{} with {}: {:.1} min, {:.1} g",
            slice.name, slice.configuration.profile, gcode.figures.minutes.0, gcode.figures.grams.0
        ));
        Ok(gcode)
    }
}
