//! Text in, named bytes out: no disk, no clock, no terminal.

mod bank_step;
mod part_files;

use serde_json::{Map, Value};

use crate::assembly::{Assembly, MOST_RACKS};
use crate::bom::{self, Bom};
use crate::catalog::{Catalog, CatalogError};
use crate::checks::{self, Finding, Severity, Subject};
use crate::cluster::{Cluster, Ledger};
use crate::cutting::Bar;
use crate::drawings::{self, PartDrawing, RailDrawing};
use crate::export::Scene;
use crate::export::step::StepError;
use crate::export::threemf::PackageError;
use crate::farm::{self, Job, Print, Queue};
use crate::geometry::GeometryError;
use crate::layout::Layout;
use crate::outputs::{BadPath, Selection, Tree, sha256};
use crate::parts;
use crate::report;
use crate::spec::{self, Document, Files, Rejected};
use crate::units::{Grams, Mm};
use crate::wiring::Wiring;
use bank_step::bank_step;
use part_files::PartFiles;

/// This program's version, as it stands in every manifest.
pub const VERSION: &str = env!("CARGO_PKG_VERSION");

/// Permitted deviation of a milled rail: a tenth is what a manual mill holds, and the row keeps
/// three times as much play.
const RAIL_TOLERANCE: Mm = Mm::um(100);

/// A design, worked out and judged.
#[derive(Debug)]
pub struct Outcome {
    /// What the user wrote.
    pub document: Document,
    /// Every number.
    pub ledger: Ledger,
    /// One bank.
    pub cluster: Cluster,
    /// Who sits where.
    pub layout: Layout,
    /// Who feeds whom.
    pub wiring: Wiring,
    /// The distinct printed parts.
    pub prints: Vec<Print>,
    /// Where every solid stands.
    pub assembly: Assembly,
    /// What is bought and made.
    pub bom: Bom,
    /// The verdict.
    pub findings: Vec<Finding>,
}

/// Why a design could not be worked out.
#[derive(Debug)]
pub enum Refused {
    /// The design is wrong; every mistake is listed.
    Design(Box<Rejected>),
    /// This program contradicts itself.
    Internal(Internal),
}

/// This program contradicts itself: a mistake in it, not in the design.
#[derive(Debug)]
pub enum Internal {
    /// The built-in catalogue does not load.
    Catalog(CatalogError),
    /// A name that was checked is missing from the catalogue.
    MissingName,
    /// A part's mesh failed its proof.
    Proof {
        /// The part.
        part: &'static str,
        /// What is wrong with it.
        problem: GeometryError,
    },
    /// A solid cannot be written for CAD programs.
    Step {
        /// The part or assembly.
        name: &'static str,
        /// What is wrong with it.
        problem: StepError,
    },
    /// A mesh cannot be packed for slicers.
    Package {
        /// The part or plate.
        name: &'static str,
        /// What is wrong with it.
        problem: PackageError,
    },
    /// An output has no proper path.
    Path(BadPath),
    /// The resolved design cannot be written.
    Yaml(serde_yaml::Error),
    /// A JSON document cannot be written.
    Json(serde_json::Error),
}

impl std::fmt::Display for Internal {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Internal::Catalog(problem) => write!(f, "the built-in catalogue: {problem}"),
            Internal::MissingName => f.write_str("a name that was checked is not in the catalogue"),
            Internal::Proof { part, problem } => {
                write!(f, "the mesh of {part} failed its proof: {problem}")
            }
            Internal::Step { name, problem } => write!(f, "{name}.step: {problem}"),
            Internal::Package { name, problem } => write!(f, "{name}.3mf: {problem}"),
            Internal::Path(problem) => write!(f, "{problem}"),
            Internal::Yaml(problem) => write!(f, "resolved.yaml: {problem}"),
            Internal::Json(problem) => write!(f, "JSON: {problem}"),
        }
    }
}

impl std::error::Error for Internal {}

/// Reads, resolves and judges a design. `name` is what the user calls the file.
///
/// # Errors
/// Every mistake in the design at once; or a mistake in this program.
pub fn check(name: &str, bytes: &[u8], files: &dyn Files) -> Result<Outcome, Refused> {
    let internal = |problem| Refused::Internal(problem);
    let faulty = |problem| Refused::Internal(Internal::Catalog(problem));
    let text = String::from_utf8_lossy(bytes);
    let needed = Catalog::builtin_for(&text).map_err(faulty)?;
    let document = match spec::read(name, bytes, files, &needed) {
        Ok(document) => document,
        // What is told of a wrong design, such as the nearest ids, rests on the whole catalogue.
        Err(_) => spec::read(name, bytes, files, &Catalog::builtin().map_err(faulty)?)
            .map_err(|rejected| Refused::Design(Box::new(rejected)))?,
    };
    let mut ledger = Ledger::default();
    let cluster =
        Cluster::resolve(&document, &mut ledger).ok_or_else(|| internal(Internal::MissingName))?;
    let layout = Layout::place(&document.design, &cluster, &mut ledger);
    let wiring = Wiring::connect(&document, &cluster, &layout, &mut ledger);
    parts::record_open_share(&cluster, &mut ledger);
    let prints = farm::prints(&document, parts::all(&document.design, &cluster));
    let assembly = Assembly::new(&document, &cluster, &layout, &prints);
    let bom = bom::collect(&bom::Source {
        document: &document,
        cluster: &cluster,
        layout: &layout,
        wiring: &wiring,
        prints: &prints,
    });
    let findings = checks::run(&Subject {
        document: &document,
        cluster: &cluster,
        layout: &layout,
        wiring: &wiring,
        prints: &prints,
        assembly: &assembly,
        bom: &bom,
        ledger: &ledger,
    });
    Ok(Outcome { document, ledger, cluster, layout, wiring, prints, assembly, bom, findings })
}

impl Outcome {
    /// Can it be built: is no finding an error?
    pub fn buildable(&self) -> bool {
        self.findings.iter().all(|finding| finding.severity != Severity::Error)
    }

    /// All selected outputs, sealed with a manifest.
    ///
    /// # Errors
    /// Only if this program contradicts itself: a mesh that fails its proof is never an output.
    pub fn tree(&self, only: &Selection) -> Result<Tree, Internal> {
        let mut tree = Tree::new();
        // The queue names the parts' hashes, whether or not their files are asked for.
        let files = self.part_files()?;
        if only.includes("parts") {
            for file in files.iter().flat_map(PartFiles::all) {
                add(&mut tree, &file.path, &file.about, file.bytes.clone())?;
            }
            for print in &self.prints {
                if let Some(drawing) = self.part_drawing(print) {
                    let path = format!("parts/drawings/{}.svg", print.part.name);
                    let about = format!("{}, in three views", print.part.about);
                    add(&mut tree, &path, &about, drawings::part(&drawing))?;
                }
            }
            let certificates: Map<String, Value> =
                files.iter().map(|file| (file.part.to_owned(), file.certificate.clone())).collect();
            let about = "the proof that each part's mesh may be printed";
            add(&mut tree, "parts/certificate.json", about, json(&certificates)?)?;
        }
        if only.includes("assembly") {
            self.scenes(&mut tree)?;
            let about = "the printed parts of one bank, placed, for CAD programs";
            add(&mut tree, "assembly/bank.step", about, bank_step(self)?)?;
        }
        if only.includes("cut") {
            let rail = drawings::rail(&self.rail_drawing());
            add(&mut tree, "cut/rail.svg", "the rail, dimensioned for the machinist", rail)?;
            let bars = Bar::table(&[Bar::rails(&self.cluster, self.banks_made())]).to_csv();
            add(&mut tree, "cut/bars.csv", "bars to cut to length", bars)?;
        }
        if only.includes("bom") {
            let table = self.bom.table().to_csv();
            add(&mut tree, "bom/bom.csv", "bill of materials", table)?;
        }
        if only.includes("farm") {
            let queue = self.queue(&files);
            let about = "what to print, how often, for how long";
            add(&mut tree, "farm/queue.json", about, json(&queue)?)?;
            add(&mut tree, "farm/queue.csv", about, queue.table().to_csv())?;
        }
        self.always(&mut tree)?;
        let design = sha256(self.document.source.text.as_bytes());
        tree.seal(&design, VERSION).map_err(Internal::Path)?;
        Ok(tree)
    }

    /// 3D models for viewers.
    fn scenes(&self, tree: &mut Tree) -> Result<(), Internal> {
        let design = &self.document.design;
        let title = design.title.as_deref().unwrap_or(&design.name);
        let assembly = &self.assembly;
        let mut add_scene = |path: String, about: &str, scene: Scene| {
            let bytes = scene.to_glb().map_err(Internal::Json)?;
            add(tree, &path, about, bytes)
        };
        let bank = assembly.bank_scene(title);
        add_scene("assembly/bank.glb".to_owned(), "one bank in 3D", bank)?;
        for rack in assembly.racks.iter().take(MOST_RACKS) {
            let path = format!("assembly/rack-{}.glb", rack.number);
            add_scene(path, "one rack in 3D", assembly.rack_scene(title, rack))?;
        }
        let all = assembly.cluster_scene(title);
        add_scene("assembly/cluster.glb".to_owned(), "all racks in 3D", all)
    }

    /// The files that every run writes.
    fn always(&self, tree: &mut Tree) -> Result<(), Internal> {
        let design = &self.document.design;
        let resolved = report::resolved(design, &self.cluster, &self.layout, &self.wiring)
            .map_err(Internal::Yaml)?;
        add(tree, "resolved.yaml", "the design with every default filled in", resolved)?;
        let quantities = report::quantities(&self.ledger, &self.document.places);
        let about = "every derived number with its formula and inputs";
        add(tree, "quantities.json", about, json(&quantities)?)?;
        let checks = report::json(&design.name, &self.findings);
        add(tree, "checks.json", "every finding, passes included", json(&checks)?)?;
        let title = design.title.as_deref().unwrap_or(&design.name);
        let checks = report::markdown(title, &self.findings);
        add(tree, "checks.md", "every finding, passes included", checks)
    }

    /// Proves and writes every part that could be modelled.
    fn part_files(&self) -> Result<Vec<PartFiles>, Internal> {
        let catalog = &self.document.catalog;
        self.prints.iter().filter_map(|print| PartFiles::new(catalog, print)).collect()
    }

    /// Banks in the racks and spare ones.
    fn banks_made(&self) -> u64 {
        u64::from(self.layout.banks.value) + u64::from(self.document.design.spares.banks)
    }

    /// A part that could be modelled, for its drawing.
    fn part_drawing<'a>(&self, print: &'a Print) -> Option<PartDrawing<'a>> {
        let (solid, mesh) = (print.part.solid.as_ref().ok()?, print.mesh.as_ref()?);
        let design = &self.document.design;
        let material = self.document.catalog.materials.get(&print.part.material);
        let density = material.map_or(1.0, |material| material.density.value);
        Some(PartDrawing {
            part: &print.part,
            solid,
            mesh,
            design: design.title.clone().unwrap_or_else(|| design.name.clone()),
            material: material.map_or(&print.part.material, |material| &material.name).clone(),
            mass: Grams(solid.volume().0 / 1000.0 * density),
            quantity: self.banks_made() * u64::from(print.part.per_bank),
            projection: design.drawings.projection,
        })
    }

    fn rail_drawing(&self) -> RailDrawing {
        let (rail, bank) = (&self.cluster.rail, &self.cluster.bank);
        let design = &self.document.design;
        let unverified = self.ledger.unverified(&rail.finished.name);
        let mut notes = Vec::new();
        if !unverified.is_empty() {
            notes.push(format!("Not confirmed by a source: {}", unverified.join(", ")));
        }
        RailDrawing {
            title: "rail".to_owned(),
            design: design.title.clone().unwrap_or_else(|| design.name.clone()),
            profile_name: rail.profile.name.clone(),
            material: "Aluminium extrusion".to_owned(),
            long_side: rail.profile.long_side.value,
            short_side: rail.profile.short_side.value,
            bought: rail.bought.value,
            milling: rail.milling.value,
            finished: rail.finished.value,
            tolerance: RAIL_TOLERANCE,
            tap: rail.tap.clone(),
            tap_depth: rail.profile.tap_depth.value,
            end_bracket: bank.bracket.thickness,
            opening: self.cluster.opening.width.value,
            quantity: self.banks_made(),
            projection: design.drawings.projection,
            notes,
        }
    }

    fn queue(&self, files: &[PartFiles]) -> Queue {
        let banks = self.banks_made();
        let jobs = files.iter().filter_map(|file| {
            let print = self.prints.iter().find(|print| print.part.name == file.part)?;
            Some(Job::single(
                file.part,
                file.stl.path.clone(),
                file.stl.sha256.clone(),
                banks * u64::from(print.part.per_bank),
                &print.part.material,
                print.estimate.as_ref()?,
            ))
        });
        Queue::new(jobs.collect())
    }
}

fn add(
    tree: &mut Tree,
    path: &str,
    about: &str,
    bytes: impl Into<Vec<u8>>,
) -> Result<(), Internal> {
    tree.add(path, about, bytes).map_err(Internal::Path)
}

fn json(value: &impl serde::Serialize) -> Result<Vec<u8>, Internal> {
    let mut bytes = serde_json::to_vec_pretty(value).map_err(Internal::Json)?;
    bytes.push(b'\n');
    Ok(bytes)
}
