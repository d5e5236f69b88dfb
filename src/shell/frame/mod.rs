//! The frame: posts in the corners, horizontals between them, a plate below and above, castors.
//!
//! The racks stand on the base plate and are as tall as the posts. Sizes grow outwards from them:
//! room beside and in front of the racks, the horizontals, the posts flush with them outside.

mod bars;
mod choice;
mod plates;
mod roof;
mod sizes;

use crate::catalog::{Catalog, FastenerClass, Sheet};
use crate::cluster::{Cluster, Known, Ledger, fastener_at_least};
use crate::cutting::Bar;
use crate::geometry::GeometryError;
use crate::layout::Layout;
use crate::spec::{Document, ShellStyle};
use crate::units::{Kilograms, Mm};

use super::block::Block;
use super::board::Board;
use super::flat_part::FlatPart;
use super::hardware::Hardware;
use super::splice::{self, Splice};

pub use bars::{FrameBar, Role};
pub use choice::{Extrusion, Part};
pub use roof::{RIM, RoofFans};
pub use sizes::Sizes;

/// Bolts of a castor or foot.
const CASTOR_BOLTS: u64 = 4;
/// Bolts of a joining plate, two in each bar.
const PLATE_BOLTS: u64 = 4;
/// Bolts of a corner bracket, one in each bar.
const BRACKET_BOLTS: u64 = 2;
/// Thread that a bolt finds in the end of a post, or behind a plate.
const GRIP: Mm = Mm::um(15_000);
/// A bolt through a bracket into a slot nut is at least as long as this.
const SLOT_BOLT: Mm = Mm::um(10_000);
/// Catalogue id of the lamp.
const LAMP: &str = "lamp";
/// Where sizes without another source come from.
const MEASURED: &str = "measured out of the builders' CAD file (PiCluster.f3z)";

/// The frame of a cluster.
#[derive(Clone, Debug)]
pub struct Frame {
    /// Its sizes.
    pub sizes: Sizes,
    /// The posts' profile.
    pub post: Extrusion,
    /// The horizontals' profile.
    pub beam: Extrusion,
    /// Posts and horizontals, where they stand.
    pub bars: Vec<FrameBar>,
    /// Base plate and top plate, with splice plates if they are longer than a sheet.
    pub plates: Vec<FlatPart>,
    /// What was split to fit on a sheet.
    pub splices: Vec<Splice>,
    /// What it stands on.
    pub castor: Part,
    /// Middles of castors.
    pub castors: Vec<(Mm, Mm)>,
    /// Fans in the top plate.
    pub fans: Option<RoofFans>,
    /// The lamp on top of a police box.
    pub lamp: Option<Part>,
    /// Bars, plates, castors and what joins them; neither fans nor lamp.
    pub mass: Known<Kilograms>,
    /// What is bought by the piece.
    pub hardware: Hardware,
}

impl Frame {
    /// Derives the frame around the racks. `None` if there is no rack, or a name is not in the
    /// catalogue, which [`crate::spec::read`] has refused before.
    ///
    /// # Errors
    /// If a plate's outline encloses nothing.
    pub fn new(
        document: &Document,
        cluster: &Cluster,
        layout: &Layout,
        ledger: &mut Ledger,
    ) -> Option<Result<Frame, GeometryError>> {
        let (shell, catalog) = (&document.design.shell, &document.catalog);
        let post = choice::post(catalog, &shell.frame.post, cluster, ledger)?;
        let beam = choice::beam(catalog, &shell.frame.beam, &post, ledger)?;
        let castor = choice::castor(catalog, &shell.frame.castor, cluster, ledger)?;
        let sheet = catalog.sheets.get(&shell.frame.plate)?;
        let plate = (shell.frame.plate.as_str(), sheet);
        let sizes = Sizes::new(cluster, layout, (&post, &beam), plate, &castor, ledger)?;
        let bars = bars::place(&sizes, cluster, (&post, &beam));
        let castors = plates::castors(&sizes, &bars, ledger);
        let fans = RoofFans::new(document, &sizes, ledger);
        let lamp =
            (shell.style == ShellStyle::PoliceBox).then(|| Part::named(catalog, LAMP)).flatten();
        if let Some(lamp) = &lamp {
            let above = lamp.size("height", 2, ledger);
            sizes.on_top("frame.height_with_lamp", "lamp height", &above, ledger);
        }
        let mut hardware = joints(catalog, &sizes, &bars, &post, castors.len() as u64, &castor);
        let bolt = fastener_at_least(catalog, FastenerClass::FrameBolt, &post.profile.tap, GRIP);
        let hole = bolt.map_or(post.profile.short_side.value / 4, |it| it.fastener.hole.value);
        let under = (castors.as_slice(), castor.fitting.size[0]);
        let boards = plates::new(&sizes, plate, &bars, under, fans.as_ref(), hole);
        let obstacles = obstacles(cluster, layout, &bars, (&castors, &castor));
        let (plates, splices) = match cut_plates(boards.to_vec(), &obstacles, sheet) {
            Ok(cut) => cut,
            Err(problem) => return Some(Err(problem)),
        };
        let mass = mass(catalog, (&post, &beam), &bars, (sheet, &plates), &hardware, ledger);
        if let Some(lamp) = &lamp {
            hardware.fit(catalog, &lamp.id, 1);
        }
        if let Some((cover, fans)) = fans.as_ref().and_then(|it| Some((it.cover.as_ref()?, it))) {
            hardware.fit(catalog, &cover.id, fans.at.len() as u64);
        }
        Some(Ok(Frame {
            sizes,
            post,
            beam,
            bars,
            plates,
            splices,
            castor,
            castors,
            fans,
            lamp,
            mass,
            hardware,
        }))
    }

    /// Posts and horizontals as a saw sees them: each length once.
    pub fn cut_bars(&self) -> Vec<Bar> {
        let mut cut: Vec<Bar> = vec![];
        for bar in &self.bars {
            let (name, extrusion) = match bar.role {
                Role::Post => ("frame-post", &self.post),
                Role::Beam => ("frame-beam", &self.beam),
            };
            match cut.iter_mut().find(|it| it.name == name && it.length == bar.length()) {
                Some(same) => same.quantity += 1,
                None => cut.push(Bar {
                    name: name.to_owned(),
                    profile: extrusion.id.clone(),
                    bought: bar.length(),
                    length: bar.length(),
                    milling: Mm::ZERO,
                    // Plates are bolted to the ends of posts; horizontals hang on joining plates.
                    tap: match bar.role {
                        Role::Post => Some(extrusion.profile.tap.clone()),
                        Role::Beam => None,
                    },
                    quantity: 1,
                }),
            }
        }
        cut
    }
}

/// What splice plates keep clear of: bars, racks and castors.
fn obstacles(
    cluster: &Cluster,
    layout: &Layout,
    bars: &[FrameBar],
    (castors, castor): (&[(Mm, Mm)], &Part),
) -> Vec<Block> {
    let rack = &cluster.opening.rack;
    let (half, deep, tall) = (rack.width.value.half(), rack.depth.value, rack.height.value);
    let racks = layout.racks.iter().map(|plan| plan.stand).map(|stand| {
        let rear = if stand.turned { stand.y - deep } else { stand.y + deep };
        Block::between([stand.x - half, stand.y, Mm::ZERO], [stand.x + half, rear, tall])
    });
    let [width, depth, height] = castor.fitting.size;
    let castors = castors.iter().map(|(x, y)| {
        let below = -(height * 2);
        Block::between(
            [*x - width.half(), *y - depth.half(), below],
            [*x + width.half(), *y + depth.half(), Mm::ZERO],
        )
    });
    let bars = bars.iter().map(|bar| Block { from: bar.from, to: bar.to });
    bars.chain(racks).chain(castors).collect()
}

/// Plates as parts, split where they are longer than a sheet.
fn cut_plates(
    boards: Vec<Board>,
    obstacles: &[Block],
    sheet: &Sheet,
) -> Result<(Vec<FlatPart>, Vec<Splice>), GeometryError> {
    let (pieces, plates, splices) = splice::split(boards, obstacles, |_| Some(sheet.length.value));
    let boards: Vec<Board> = pieces.into_iter().flatten().chain(plates).collect();
    Ok((Board::parts(&boards, None)?, splices))
}

/// What joins bars, plates and castors.
fn joints(
    catalog: &Catalog,
    sizes: &Sizes,
    bars: &[FrameBar],
    post: &Extrusion,
    castors: u64,
    castor: &Part,
) -> Hardware {
    let mut needed = Hardware::default();
    let count = |role| bars.iter().filter(|bar| bar.role == role).count() as u64;
    let (posts, beams) = (count(Role::Post), count(Role::Beam));
    let (plates, brackets) = (2 * beams, 4 * u64::from(sizes.corner_posts.value.max(2)));
    let series = post.series();
    needed.fit(catalog, &format!("joining-plate-{series}"), plates);
    needed.fit(catalog, &format!("corner-bracket-{series}"), brackets);
    needed.fit(catalog, &castor.id, castors);
    let thread = &post.profile.tap;
    let bolts = PLATE_BOLTS * plates + BRACKET_BOLTS * brackets;
    needed.fasten(catalog, (FastenerClass::FrameBolt, thread, SLOT_BOLT), bolts);
    needed.fasten(catalog, (FastenerClass::SlotNut, thread, Mm::ZERO), bolts);
    let through = sizes.plate_thickness.value + GRIP;
    let bolts = 2 * posts + CASTOR_BOLTS * castors;
    needed.fasten(catalog, (FastenerClass::FrameBolt, thread, through), bolts);
    needed.fasten(catalog, (FastenerClass::Nut, thread, Mm::ZERO), CASTOR_BOLTS * castors);
    needed
}

/// Weighs the frame. Bolts and nuts are left out.
fn mass(
    catalog: &Catalog,
    (post, beam): (&Extrusion, &Extrusion),
    bars: &[FrameBar],
    (sheet, plates): (&Sheet, &[FlatPart]),
    hardware: &Hardware,
    ledger: &mut Ledger,
) -> Known<Kilograms> {
    let metres = |role| -> f64 {
        bars.iter().filter(|bar| bar.role == role).map(|bar| bar.length().mm() / 1000.0).sum()
    };
    let (post_mass, beam_mass) = (post.mass(ledger), beam.mass(ledger));
    let extrusion = post_mass.value * metres(Role::Post) + beam_mass.value * metres(Role::Beam);
    let extrusion = ledger.derive(
        "frame.extrusion_mass",
        format!(
            "{:.3} m of posts and {:.3} m of horizontals × their mass by the metre",
            metres(Role::Post),
            metres(Role::Beam)
        ),
        &[&post_mass, &beam_mass],
        extrusion,
    );
    let area: f64 = plates.iter().map(|plate| plate.area().0 * plate.quantity() as f64).sum();
    let sheet_mass = ledger.fact(
        &format!("catalog.sheets.{}", plates[0].sheet),
        "mass",
        &sheet.mass,
        &sheet.source,
    );
    let sheet_area = sheet.length.value.mm() * sheet.width.value.mm();
    let plate_mass = ledger.derive(
        "frame.plate_mass",
        format!("{:.3} m² of plates × sheet mass / {:.3} m²", area / 1e6, sheet_area / 1e6),
        &[&sheet_mass],
        sheet_mass.value * (area / sheet_area),
    );
    let fittings = hardware.mass(catalog);
    let fittings = ledger.derive(
        "frame.fittings_mass",
        "castors, joining plates and brackets by the catalogue, unverified",
        &[],
        fittings,
    );
    ledger.derive(
        "frame.mass",
        "frame.extrusion_mass + frame.plate_mass + frame.fittings_mass",
        &[&extrusion, &plate_mass, &fittings],
        extrusion.value + plate_mass.value + fittings.value,
    )
}
