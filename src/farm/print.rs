//! A part, its mesh, and what it takes to print.

use super::estimate::{Estimate, family};
use crate::geometry::{Axis, Mesh};
use crate::parts::Part;
use crate::spec::Document;
use crate::units::Mm;

/// The most that a chord may stand off its arc: far below what a printer resolves.
pub const CHORD: Mm = Mm::um(10);

/// A part ready to print.
#[derive(Clone, Debug)]
pub struct Print {
    /// The part. If its mesh could not be made, its solid says why.
    pub part: Part,
    /// Its mesh, as it lies on the bed.
    pub mesh: Option<Mesh>,
    /// What it takes; `None` without a mesh.
    pub estimate: Option<Estimate>,
}

/// Meshes and estimates all parts.
pub fn prints(document: &Document, parts: Vec<Part>) -> Vec<Print> {
    let mut prints: Vec<Print> = Vec::new();
    for part in parts {
        // A right part lies on the bed as the mirror image of its left twin, and so does its mesh.
        let twin = prints.iter().find(|print| {
            part.name.ends_with("-right") && family(&print.part.name) == family(&part.name)
        });
        let mirrored = twin.and_then(|twin| Some(twin.mesh.as_ref()?.mirrored(Axis::X)));
        prints.push(Print::new(document, part, mirrored));
    }
    prints
}

impl Print {
    /// Meshes a part, unless its mesh is known.
    fn new(document: &Document, mut part: Part, known: Option<Mesh>) -> Print {
        let meshed = part.solid.clone().and_then(|solid| {
            let mesh = known.map_or_else(|| solid.mesh(CHORD), Ok)?;
            Ok((mesh, solid.volume()))
        });
        let (mesh, volume) = match meshed {
            Ok(meshed) => meshed,
            Err(problem) => {
                part.solid = Err(problem);
                return Print { part, mesh: None, estimate: None };
            }
        };
        let printing = &document.design.printing;
        let catalog = &document.catalog;
        let printer = printing.printers.first();
        let printer = printer.and_then(|used| catalog.printers.get(&used.model));
        let material = catalog.materials.get(&part.material);
        let estimate = Estimate::new(&part, &mesh, volume, printing, printer, material);
        Print { part, mesh: Some(mesh), estimate: Some(estimate) }
    }
}
