//! Text in, named bytes out: no disk, no clock, no terminal.

mod assembly_folder;
mod bank_step;
mod bar_files;
mod bom_folder;
mod boot_plan;
mod cut_folder;
mod dhcpd;
mod farm_folder;
mod floor_plan;
mod layout_folder;
mod part_files;
mod parts_folder;
mod sheet_files;
mod slicing;
mod top_files;
mod wiring_folder;

use crate::air::Air;
use crate::assembly::Assembly;
use crate::bom::{self, Bom};
use crate::built::Built;
use crate::catalog::{Catalog, CatalogError};
use crate::checks::{self, Finding, Severity, Subject};
use crate::cluster::{Cluster, Ledger};
use crate::export::PackageError;
use crate::export::step::StepError;
use crate::farm::{self, Plan, Print};
use crate::geometry::GeometryError;
use crate::layout::Layout;
use crate::load::Load;
use crate::outputs::{BadPath, Selection, Tree, sha256};
use crate::parts::{self, Part};
use crate::power::PowerPlan;
use crate::shell::Shell;
use crate::spec::{self, Document, Files, Rejected};
use crate::wiring::Wiring;
use crate::workshop::{CutError, Cuts};

pub use slicing::Slice;

/// This program's version, as it stands in every manifest.
pub const VERSION: &str = env!("CARGO_PKG_VERSION");

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
    /// Volts, circuits, switching on.
    pub power: PowerPlan,
    /// The box around the racks.
    pub shell: Shell,
    /// How warm it gets.
    pub air: Air,
    /// What it weighs and how it stands.
    pub load: Load,
    /// The distinct printed parts.
    pub prints: Vec<Print>,
    /// Plates and schedule.
    pub plan: Plan,
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
        part: String,
        /// What is wrong with it.
        problem: GeometryError,
    },
    /// A piece of the shell is no solid.
    Shell(GeometryError),
    /// A solid cannot be written for CAD programs.
    Step {
        /// The part or assembly.
        name: String,
        /// What is wrong with it.
        problem: StepError,
    },
    /// A mesh cannot be packed for slicers.
    Package {
        /// The file.
        name: String,
        /// What is wrong with it.
        problem: PackageError,
    },
    /// Sheets or bars cannot be cut.
    Cut(CutError),
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
            Internal::Shell(problem) => write!(f, "a piece of the shell: {problem}"),
            Internal::Step { name, problem } => write!(f, "{name}.step: {problem}"),
            Internal::Package { name, problem } => write!(f, "{name}: {problem}"),
            Internal::Cut(problem) => write!(f, "{problem}"),
            Internal::Path(problem) => write!(f, "{problem}"),
            Internal::Yaml(problem) => write!(f, "resolved.yaml: {problem}"),
            Internal::Json(problem) => write!(f, "JSON: {problem}"),
        }
    }
}

impl std::error::Error for Internal {}

impl From<Internal> for Refused {
    fn from(problem: Internal) -> Refused {
        Refused::Internal(problem)
    }
}

impl From<CutError> for Internal {
    fn from(problem: CutError) -> Internal {
        Internal::Cut(problem)
    }
}

/// Reads, resolves and judges a design. `name` is what the user calls the file.
///
/// # Errors
/// Every mistake in the design at once; or a mistake in this program.
pub fn check(name: &str, bytes: &[u8], files: &dyn Files) -> Result<Outcome, Refused> {
    Ok(work_out(read(name, bytes, files)?)?)
}

/// Only reads a design.
///
/// # Errors
/// Every mistake in the design at once; or a mistake in this program.
pub fn read(name: &str, bytes: &[u8], files: &dyn Files) -> Result<Document, Refused> {
    let faulty = |problem| Refused::Internal(Internal::Catalog(problem));
    let text = String::from_utf8_lossy(bytes);
    let needed = Catalog::builtin_for(&text).map_err(faulty)?;
    match spec::read(name, bytes, files, &needed) {
        Ok(document) => Ok(document),
        // What is told of a wrong design, such as the nearest ids, rests on the whole catalogue.
        Err(_) => spec::read(name, bytes, files, &Catalog::builtin().map_err(faulty)?)
            .map_err(|rejected| Refused::Design(Box::new(rejected))),
    }
}

/// Resolves and judges a design that has been read.
///
/// # Errors
/// Only if this program contradicts itself.
pub fn work_out(document: Document) -> Result<Outcome, Internal> {
    let mut ledger = Ledger::default();
    let cluster = Cluster::resolve(&document, &mut ledger).ok_or(Internal::MissingName)?;
    let layout = Layout::place(&document, &cluster, &mut ledger);
    let wiring = Wiring::connect(&document, &cluster, &layout, &mut ledger);
    let power = PowerPlan::new(&document, &cluster, &wiring, &mut ledger);
    let shell = Shell::new(&document, &cluster, &layout, &mut ledger).map_err(Internal::Shell)?;
    let air = Air::judge(&document, &cluster, &layout, &wiring, &mut ledger);
    parts::record_open_share(&cluster, &mut ledger);
    let prints = farm::prints(&document, parts::all(&document.design, &cluster));
    let banks = u64::from(layout.banks.value) + u64::from(document.design.spares.banks);
    let wanted: Vec<u64> = prints.iter().map(|print| print.part.made.pieces(banks)).collect();
    let plan = Plan::new(&document, &prints, &wanted, &mut ledger);
    let built = Built {
        document: &document,
        cluster: &cluster,
        layout: &layout,
        wiring: &wiring,
        shell: &shell,
        prints: &prints,
        plan: &plan,
    };
    let load = Load::weigh(&built, &mut ledger);
    let assembly = Assembly::new(&cluster, &layout, &wiring.feeds, &prints);
    let bom = bom::collect(&built, &mut ledger);
    let findings = checks::run(&Subject {
        built,
        power: &power,
        air: &air,
        load: &load,
        assembly: &assembly,
        bom: &bom,
        ledger: &ledger,
    });
    Ok(Outcome {
        document,
        ledger,
        cluster,
        layout,
        wiring,
        power,
        shell,
        air,
        load,
        prints,
        plan,
        assembly,
        bom,
        findings,
    })
}

impl Outcome {
    /// What stands where.
    pub fn built(&self) -> Built<'_> {
        Built {
            document: &self.document,
            cluster: &self.cluster,
            layout: &self.layout,
            wiring: &self.wiring,
            shell: &self.shell,
            prints: &self.prints,
            plan: &self.plan,
        }
    }

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
        let files = part_files::all(self)?;
        if only.includes("parts") {
            parts_folder::add_to(&mut tree, self, &files)?;
        }
        if only.includes("assembly") {
            assembly_folder::add_to(&mut tree, self)?;
        }
        if only.includes("cut") || only.includes("bom") {
            let cuts = Cuts::plan(&self.built())?;
            if only.includes("cut") {
                cut_folder::add_to(&mut tree, self, &cuts)?;
            }
            if only.includes("bom") {
                bom_folder::add_to(&mut tree, self, &cuts)?;
            }
        }
        if only.includes("layout") {
            layout_folder::add_to(&mut tree, self)?;
        }
        if only.includes("wiring") {
            wiring_folder::add_to(&mut tree, self)?;
        }
        if only.includes("farm") {
            farm_folder::add_to(&mut tree, self)?;
        }
        if only.includes("wiring") {
            boot_plan::add_to(&mut tree, self)?;
        }
        top_files::add_to(&mut tree, self)?;
        let design = sha256(self.document.source.text.as_bytes());
        tree.seal(&design, VERSION).map_err(Internal::Path)?;
        Ok(tree)
    }

    /// What people call the design.
    fn title(&self) -> &str {
        let design = &self.document.design;
        design.title.as_deref().unwrap_or(&design.name)
    }

    /// How many of a part are made, those of spare banks included.
    pub fn copies(&self, part: &Part) -> u64 {
        part.made.pieces(self.banks_made())
    }

    /// Banks in the racks and spare ones.
    fn banks_made(&self) -> u64 {
        u64::from(self.layout.banks.value) + u64::from(self.document.design.spares.banks)
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
