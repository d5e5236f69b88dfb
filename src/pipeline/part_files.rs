//! One printed part's files, with the proof of its mesh.

use std::collections::BTreeMap;

use nalgebra::Isometry3;
use serde_json::Value;

use super::{Internal, Outcome};
use crate::catalog::Catalog;
use crate::export::step;
use crate::export::threemf::{self, Colour};
use crate::farm::Print;
use crate::geometry::{Mesh, Solid, certify};
use crate::outputs::sha256;

/// What filament looks like on screen: designs do not say, and on light grey edges show well.
pub(super) const FILAMENT: Colour = Colour { red: 0xC8, green: 0xC8, blue: 0xC8 };

/// One part's files.
pub(super) struct PartFiles {
    /// The part.
    pub(super) part: String,
    /// The STL file, which is what goes to the printer.
    pub(super) stl: PartFile,
    /// The same part for other programs.
    pub(super) others: [PartFile; 2],
    /// The proof, with each file's hash.
    pub(super) certificate: Value,
}

/// One file.
pub(super) struct PartFile {
    pub(super) path: String,
    pub(super) about: String,
    pub(super) bytes: Vec<u8>,
    pub(super) sha256: String,
}

/// Proves and writes every part that could be modelled.
pub(super) fn all(outcome: &Outcome) -> Result<Vec<PartFiles>, Internal> {
    let catalog = &outcome.document.catalog;
    outcome.prints.iter().filter_map(|print| PartFiles::new(catalog, print)).collect()
}

impl PartFiles {
    /// Proves the mesh and writes the part in every format; `None` if it could not be modelled.
    fn new(catalog: &Catalog, print: &Print) -> Option<Result<PartFiles, Internal>> {
        let (solid, mesh) = (print.part.solid.as_ref().ok()?, print.mesh.as_ref()?);
        Some(PartFiles::write(catalog, print, solid, mesh))
    }

    /// All files.
    pub(super) fn all(&self) -> impl Iterator<Item = &PartFile> {
        std::iter::once(&self.stl).chain(&self.others)
    }

    fn write(
        catalog: &Catalog,
        print: &Print,
        solid: &Solid,
        mesh: &Mesh,
    ) -> Result<PartFiles, Internal> {
        let (part, about) = (print.part.name.as_str(), &print.part.about);
        let failed = |problem| Internal::Proof { part: part.to_owned(), problem };
        let proof = certify(solid, mesh, 1, &print.part.designed()).map_err(failed)?;
        let file =
            |ending: &str, what: &str, bytes| PartFile::new(part, ending, about, what, bytes);

        let stl = file("stl", "", mesh.to_stl().map_err(failed)?);
        let exact = step::part(part, about, solid)
            .map_err(|problem| Internal::Step { name: format!("{part}.3mf"), problem })?;
        let object = threemf::Object {
            name: about,
            part_number: part,
            material: material(catalog, &print.part.material),
            colour: FILAMENT,
            mesh,
            places: &[Isometry3::identity()],
        };
        let package = threemf::package(about, &[object])
            .map_err(|problem| Internal::Package { name: format!("{part}.3mf"), problem })?;
        let others = [
            file("step", ", exact, for CAD programs", exact.into_bytes()),
            file("3mf", ", with name and material, for slicers", package),
        ];

        let mut certificate = serde_json::to_value(&proof).map_err(Internal::Json)?;
        certificate["sha256"] = Value::String(stl.sha256.clone());
        let mut files = PartFiles { part: part.to_owned(), stl, others, certificate };
        let hashes: BTreeMap<&str, &str> =
            files.all().map(|file| (file.path.as_str(), file.sha256.as_str())).collect();
        files.certificate["files"] = serde_json::to_value(hashes).map_err(Internal::Json)?;
        Ok(files)
    }
}

impl PartFile {
    fn new(part: &str, ending: &str, about: &str, what: &str, bytes: Vec<u8>) -> PartFile {
        let sha256 = sha256(&bytes);
        PartFile {
            path: format!("parts/{part}.{ending}"),
            about: format!("{about}{what}"),
            bytes,
            sha256,
        }
    }
}

/// What people call a filament.
fn material<'a>(catalog: &'a Catalog, id: &'a str) -> &'a str {
    catalog.materials.get(id).map_or(id, |material| material.name.as_str())
}
