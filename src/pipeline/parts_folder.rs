//! `parts/`: printable parts, their drawings and their proofs.

use serde_json::{Map, Value};

use super::part_files::PartFiles;
use super::{Internal, Outcome, add, json};
use crate::drawings::{self, PartDrawing};
use crate::farm::Print;
use crate::outputs::Tree;
use crate::units::Grams;

/// Adds every part's files and drawing, and the certificate.
pub(super) fn add_to(
    tree: &mut Tree,
    outcome: &Outcome,
    files: &[PartFiles],
) -> Result<(), Internal> {
    for file in files.iter().flat_map(PartFiles::all) {
        add(tree, &file.path, &file.about, file.bytes.clone())?;
    }
    for print in &outcome.prints {
        if let Some(drawing) = part_drawing(outcome, print) {
            let path = format!("parts/drawings/{}.svg", print.part.name);
            let about = format!("{}, in three views", print.part.about);
            add(tree, &path, &about, drawings::part(&drawing))?;
        }
    }
    let certificates: Map<String, Value> =
        files.iter().map(|file| (file.part.clone(), file.certificate.clone())).collect();
    let about = "the proof that each part's mesh may be printed";
    add(tree, "parts/certificate.json", about, json(&certificates)?)
}

/// A part that could be modelled, for its drawing.
fn part_drawing<'a>(outcome: &'a Outcome, print: &'a Print) -> Option<PartDrawing<'a>> {
    let (solid, mesh) = (print.part.solid.as_ref().ok()?, print.mesh.as_ref()?);
    let material = outcome.document.catalog.materials.get(&print.part.material);
    let density = material.map_or(1.0, |material| material.density.value);
    Some(PartDrawing {
        part: &print.part,
        solid,
        mesh,
        design: outcome.title().to_owned(),
        material: material.map_or(&print.part.material, |material| &material.name).clone(),
        mass: Grams(solid.volume().0 / 1000.0 * density),
        quantity: outcome.copies(&print.part),
        projection: outcome.document.design.drawings.projection,
    })
}
