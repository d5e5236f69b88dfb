//! A part, its mesh, and what it takes to print.

use super::estimate::{Estimate, family, measured};
use super::profile::Profile;
use super::queue::Origin;
use super::slicing::Configuration;
use crate::catalog::Printer;
use crate::geometry::{Axis, Mesh};
use crate::outputs::sha256;
use crate::parts::Part;
use crate::spec::{Document, PrinterUse};
use crate::units::{Grams, Minutes, Mm};

/// The most that a chord may stand off its arc: far below what a printer resolves.
pub const CHORD: Mm = Mm::um(10);

/// A part ready to print.
#[derive(Clone, Debug)]
pub struct Print {
    /// The part. If its mesh could not be made, its solid says why.
    pub part: Part,
    /// Its mesh, as it lies on the bed.
    pub mesh: Option<Mesh>,
    /// What it takes on each of the design's printers, in their order; none without a mesh.
    pub estimates: Vec<Estimate>,
}

/// Meshes and estimates all parts.
pub fn prints(document: &Document, parts: Vec<Part>) -> Vec<Print> {
    let mut prints: Vec<Print> = Vec::new();
    for part in parts {
        // A right part lies on the bed as the mirror image of its left twin, and so does its mesh.
        let twin = prints.iter().find(|print| {
            part.name.ends_with("-right") && family(&print.part.name) == family(&part.name)
        });
        let print = Print::new(document, part, twin);
        prints.push(print);
    }
    prints
}

impl Print {
    /// What it takes on the first of the design's printers; `None` without a mesh.
    pub fn estimate(&self) -> Option<&Estimate> {
        self.estimates.first()
    }

    /// Meshes a part, unless its mirror image is known.
    fn new(document: &Document, mut part: Part, twin: Option<&Print>) -> Print {
        let known = twin.and_then(|twin| Some((twin.mesh.as_ref()?, &twin.estimates)));
        let meshed = match known {
            Some((mesh, _)) => Ok(mesh.mirrored(Axis::X)),
            None => part.solid.clone().and_then(|solid| solid.mesh(CHORD)),
        };
        let mesh = match meshed {
            Ok(mesh) => mesh,
            Err(problem) => {
                part.solid = Err(problem);
                return Print { part, mesh: None, estimates: Vec::new() };
            }
        };
        let mut estimates = match known {
            Some((_, estimates)) => estimates.clone(),
            None => estimates(document, &part, &mesh),
        };
        slice(document, &part, &mesh, &mut estimates);
        let minutes = measured(&part.name, &document.design.printing);
        for estimate in &mut estimates {
            if let Some(minutes) = minutes {
                estimate.minutes = minutes;
                estimate.origin = Origin::Measured;
            }
        }
        Print { part, mesh: Some(mesh), estimates }
    }
}

/// What a mesh takes on each of the design's printers. Printers of a class are alike.
fn estimates(document: &Document, part: &Part, mesh: &Mesh) -> Vec<Estimate> {
    let printing = &document.design.printing;
    let material = document.catalog.materials.get(&part.material);
    let mut known: Vec<(Profile, Mm, Estimate)> = Vec::new();
    let mut estimates = Vec::new();
    for (used, printer) in printers(document) {
        let profile = Profile::of_use(document, used, printer);
        let nozzle = used.nozzle.unwrap_or(printing.nozzle);
        let found = known.iter().find(|known| (&known.0, known.1) == (&profile, nozzle));
        let estimate = found.map_or_else(
            || Estimate::of_mesh(mesh, &profile, printing.layer_height, nozzle, material),
            |(.., estimate)| *estimate,
        );
        known.push((profile, nozzle, estimate));
        estimates.push(estimate);
    }
    estimates
}

/// What a slicer said of just this mesh with just this configuration. Measured times stay.
fn slice(document: &Document, part: &Part, mesh: &Mesh, estimates: &mut [Estimate]) {
    if document.sliced.parts.is_empty() {
        return;
    }
    let Ok(stl) = mesh.to_stl() else { return };
    let mesh = sha256(&stl);
    let material = document.catalog.materials.get(&part.material);
    for ((used, _), estimate) in printers(document).zip(estimates) {
        let configuration = Configuration::new(document, used, material);
        let sliced = configuration.and_then(|it| document.sliced.find(&mesh, &it.sha256()));
        let Some(sliced) = sliced else { continue };
        estimate.grams = Grams(sliced.grams);
        if estimate.origin != Origin::Measured {
            estimate.minutes = Minutes(sliced.minutes);
            estimate.origin = Origin::Sliced;
        }
    }
}

/// The design's printers that the catalogue knows, which are all in a design without mistakes.
fn printers(document: &Document) -> impl Iterator<Item = (&PrinterUse, &Printer)> {
    let used = document.design.printing.printers.iter();
    used.filter_map(|used| Some((used, document.catalog.printers.get(&used.model)?)))
}
