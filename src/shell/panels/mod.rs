//! What the frame wears: plinth, corner posts, doors, signs, roof, all cut from sheets.
//!
//! From inside to outside a wall has a packer on the frame's post, then two or three layers of the
//! sheet. The innermost layer is bolted to the frame and stops the doors; the doors fill the layers
//! before it. At the corners layers lap in turn, so that no seam goes through.
//!
//! A router cuts grooves, tabs, seats, louvres and letters. A shell for a saw has none of them: its
//! boards are rectangles with drilled holes, which butt, and L-shaped or pierced pieces are built up from
//! strips.

mod doors;
mod glazing;
mod plinth;
mod rings;
mod roof;
mod side;
mod sign;
mod sizes;
mod swing;
mod walls;

use std::ops::Range;

use crate::catalog::{Catalog, FastenerClass};
use crate::cluster::{Chosen, Known, Ledger, fastener_at_least};
use crate::geometry::{Direction, GeometryError};
use crate::spec::{Document, Shell as Keys, Side};
use crate::units::{Kilograms, Mm, SquareMetres};

use super::block::Block;
use super::board::Board;
use super::flat_part::{FlatPart, Paint};
use super::frame::{Frame, Part};
use super::hardware::Hardware;
use super::splice::{self, Splice};

pub use side::{View, Way};
pub use sizes::Sizes;
pub use swing::{Swing, WANTED};

/// Catalogue ids of what is screwed on.
const HINGE: &str = "butt-hinge-75";
const CATCH: &str = "magnetic-catch";
const HANDLE: &str = "pull-handle";
/// Screws of a hinge.
const HINGE_SCREWS: u64 = 6;
/// A screw for each of these along every board.
const SCREW_SPACING: Mm = Mm::um(250_000);
/// Thread of the bolts that hold the roof.
const ROOF_THREAD: &str = "M6";
/// What a bolt holds in a slot nut.
const SLOT_GRIP: Mm = Mm::um(8_000);

/// The shell of a design: its parts, and what is bought for it.
#[derive(Clone, Debug)]
pub struct Panels {
    /// Its sizes.
    pub sizes: Sizes,
    /// Its sides: front, right, back, left.
    pub views: [View; 4],
    /// The boxes of all boards, each with its name.
    pub boards: Vec<Board>,
    /// The distinct parts.
    pub parts: Vec<FlatPart>,
    /// What was split to fit on a sheet.
    pub splices: Vec<Splice>,
    /// Its door leaves.
    pub doors: Vec<Door>,
    /// Hinges and handles, where they are screwed on.
    pub fittings: Vec<Fitted>,
    /// Hinges, catches, handles, screws and bolts.
    pub hardware: Hardware,
    /// Open area of the roof's louvres.
    pub vents: Known<SquareMetres>,
    /// Parts and fittings.
    pub mass: Known<Kilograms>,
}

/// A leaf that swings.
#[derive(Clone, Debug)]
pub struct Door {
    /// The side that it closes.
    pub view: View,
    /// Is it the right one of two?
    pub right: bool,
    /// Where its hinges' pins stand: `u` and `v` of its side.
    pub axis: [Mm; 2],
    /// Numbers of its boards in [`Panels::boards`].
    pub boards: Range<usize>,
}

/// A thing of the catalogue that is screwed on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fitted {
    /// Catalogue id.
    pub id: String,
    /// The boxes that it is drawn as, in the cluster.
    pub blocks: Vec<Block>,
}

impl Fitted {
    /// The same somewhere else.
    #[must_use]
    pub fn moved(&self, by: [Mm; 3]) -> Fitted {
        let blocks = self.blocks.iter().map(|block| block.moved(by)).collect();
        Fitted { id: self.id.clone(), blocks }
    }
}

/// A nut that a pocket keeps from turning.
#[derive(Clone, Copy, Debug)]
struct Nut {
    across: Mm,
    height: Mm,
    hole: Mm,
}

/// Everything in the making.
struct Kit<'a> {
    keys: &'a Keys,
    sizes: Sizes,
    views: [View; 4],
    sheet: String,
    pane: Option<(String, Mm)>,
    hinge: Option<Part>,
    handle: Option<Part>,
    nut: Option<Nut>,
    /// Hole, head and height of the head of the bolts into the frame.
    frame_bolt: (Mm, Mm, Mm),
    cable_hole: Mm,
    boards: Vec<Board>,
    deck: Vec<Board>,
    header: Vec<Board>,
    doors: Vec<Door>,
    fittings: Vec<Fitted>,
    hinges: u64,
    bolted: u64,
    captured: u64,
}

impl Kit<'_> {
    /// A painted board of the shell's sheet.
    fn board(&self, name: &str, block: Block, length: Direction, face: Direction) -> Board {
        let paint = if name == "packer" { Paint::Bare } else { Paint::Blue };
        Board::new(name, (&self.sheet, paint), block, length, face)
    }

    fn open(&self, side: Side) -> bool {
        self.keys.open_sides.contains(&side)
    }

    /// Does that side have doors that open?
    fn hinged(&self, side: Side) -> bool {
        self.keys.doors.contains(&side) && !self.open(side)
    }
}

impl Panels {
    /// Makes the shell around a frame. `None` if a name is not in the catalogue, which
    /// [`crate::spec::read`] has refused before.
    ///
    /// # Errors
    /// If a part's outline encloses nothing.
    pub fn new(
        document: &Document,
        frame: &Frame,
        ledger: &mut Ledger,
    ) -> Result<Option<Panels>, GeometryError> {
        let (keys, catalog) = (&document.design.shell, &document.catalog);
        let Some(sizes) = Sizes::new(document, frame, ledger) else { return Ok(None) };
        let views = View::all(sizes.half, frame.sizes.middle);
        let thread = &frame.post.profile.tap;
        let bolt = fastener_at_least(catalog, FastenerClass::FrameBolt, thread, sizes.sheet * 2);
        let nut = fastener_at_least(catalog, FastenerClass::Nut, ROOF_THREAD, Mm::ZERO);
        let mut kit = Kit {
            keys,
            views,
            sheet: keys.sheet.clone(),
            pane: catalog.sheets.get(&keys.pane).map(|it| (keys.pane.clone(), it.thickness.value)),
            hinge: Part::named(catalog, HINGE),
            handle: Part::named(catalog, HANDLE),
            nut: nut.map(|Chosen { fastener, .. }| Nut {
                across: fastener.head.value,
                height: fastener.length.value,
                hole: fastener.hole.value,
            }),
            frame_bolt: bolt.map_or((Mm::um(9_000), Mm::um(16_000), sizes.sheet / 3), |bolt| {
                let head = bolt.fastener.head.value;
                (bolt.fastener.hole.value, head + SOCKET, head * HEAD_HEIGHT)
            }),
            cable_hole: frame.fans.as_ref().map_or(Mm::ZERO, |fans| fans.cable_hole),
            sizes,
            boards: vec![],
            deck: vec![],
            header: vec![],
            doors: vec![],
            fittings: vec![],
            hinges: 0,
            bolted: 0,
            captured: 0,
        };
        kit.deck = plinth::deck(&kit).boards(&kit);
        kit.header = roof::header(&kit).boards(&kit);
        for view in &views {
            walls::posts(&mut kit, view);
            walls::lintel(&mut kit, view);
            if !kit.open(view.side) {
                doors::add(&mut kit, view);
            }
            if let Some(words) = keys.sign.as_deref().filter(|_| kit.sizes.dressed) {
                sign::add(&mut kit, view, words);
            }
        }
        plinth::add(&mut kit);
        roof::add(&mut kit);
        let deck = std::mem::take(&mut kit.deck);
        let header = std::mem::take(&mut kit.header);
        kit.boards.extend(deck);
        kit.boards.extend(header);
        let splices = split(catalog, &mut kit, frame);
        let parts = Board::parts(&kit.boards, kit.sizes.relief)?;
        let hardware = hardware(catalog, &kit, thread);
        let mass = mass(catalog, &parts, &hardware, ledger);
        let vents = ledger.derive(
            "shell.vent_area",
            format!("louvres in {} roof steps on four sides", kit.sizes.tiers),
            &[],
            kit.boards.iter().map(Board::slots).sum(),
        );
        let Kit { sizes, boards, doors, fittings, .. } = kit;
        Ok(Some(Panels {
            sizes,
            views,
            boards,
            parts,
            splices,
            doors,
            fittings,
            hardware,
            vents,
            mass,
        }))
    }
}

/// Room around a bolt's head for the tool that turns it.
const SOCKET: Mm = Mm::um(8_000);
/// Splits what is longer than a sheet; leaves keep track of their boards.
fn split(catalog: &Catalog, kit: &mut Kit, frame: &Frame) -> Vec<Splice> {
    let obstacles: Vec<Block> =
        frame.bars.iter().map(|bar| Block { from: bar.from, to: bar.to }).collect();
    let length = |id: &str| catalog.sheets.get(id).map(|sheet| sheet.length.value);
    let (pieces, plates, splices) =
        splice::split(std::mem::take(&mut kit.boards), &obstacles, length);
    let before = |number: usize| pieces[..number].iter().map(Vec::len).sum::<usize>();
    for door in &mut kit.doors {
        door.boards = before(door.boards.start)..before(door.boards.end);
    }
    kit.boards = pieces.into_iter().flatten().chain(plates).collect();
    splices
}

/// Height of a bolt's head as a share of its width (hexagon heads, ISO 4017: 5.3 of 13 for M8).
const HEAD_HEIGHT: f64 = 0.42;

/// Counts what holds the shell together and to the frame.
fn hardware(catalog: &Catalog, kit: &Kit, thread: &str) -> Hardware {
    let mut needed = Hardware::default();
    let (sheet, leaves) = (kit.sizes.sheet, kit.doors.len() as u64);
    if leaves > 0 {
        needed.fit(catalog, HINGE, kit.hinges);
        needed.fit(catalog, CATCH, 2 * leaves);
        needed.fit(catalog, HANDLE, leaves);
        needed.screw(catalog, sheet - Mm::um(1_000), HINGE_SCREWS * kit.hinges);
    }
    // Windows and panes are glued.
    let screwed =
        kit.boards.iter().filter(|board| !matches!(board.paint(), Paint::White | Paint::Clear));
    let screws = screwed.map(|board| {
        let [x, y, z] = board.block().size();
        let longest = x.max(y).max(z);
        u64::try_from(longest.fits(SCREW_SPACING)).unwrap_or(0) + 1
    });
    needed.screw(catalog, sheet * 2 - Mm::um(2_000), screws.sum());
    let through = sheet * 2 - kit.frame_bolt.2 + SLOT_GRIP;
    needed.fasten(catalog, (FastenerClass::FrameBolt, thread, through), kit.bolted);
    needed.fasten(catalog, (FastenerClass::SlotNut, thread, Mm::ZERO), kit.bolted);
    let bolt = (FastenerClass::FrameBolt, ROOF_THREAD, sheet * 2);
    needed.fasten(catalog, bolt, kit.captured);
    needed.fasten(catalog, (FastenerClass::Nut, ROOF_THREAD, Mm::ZERO), kit.captured);
    needed
}

/// Weighs parts, pockets left in, and fittings.
fn mass(
    catalog: &Catalog,
    parts: &[FlatPart],
    hardware: &Hardware,
    ledger: &mut Ledger,
) -> Known<Kilograms> {
    let mut inputs: Vec<Known<Kilograms>> = vec![];
    let mut total = hardware.mass(catalog);
    for (id, sheet) in &catalog.sheets {
        let volume: f64 = parts
            .iter()
            .filter(|part| part.sheet == *id)
            .map(|part| part.area().0 * part.thickness.mm() * part.quantity() as f64)
            .sum();
        if volume > 0.0 {
            let entry = format!("catalog.sheets.{id}");
            let mass = ledger.fact(&entry, "mass", &sheet.mass, &sheet.source);
            let [length, width, thickness] =
                [&sheet.length, &sheet.width, &sheet.thickness].map(|side| side.value.mm());
            total = total + mass.value * (volume / (length * width * thickness));
            inputs.push(mass);
        }
    }
    let inputs: Vec<&dyn crate::cluster::Named> =
        inputs.iter().map(|input| input as &dyn crate::cluster::Named).collect();
    let formula = "volumes of all parts × mass of their sheets by volume, and fittings";
    ledger.derive("shell.mass", formula, &inputs, total)
}
