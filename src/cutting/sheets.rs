//! Pieces on sheets.

use std::fmt;

use super::guillotine::{self, Cut};
use super::nest::{self, Item, Problem, Size};
use super::offcuts::{self, Offcut};
use super::piece::{Grain, Piece};
use super::verify;
use crate::units::Mm;

/// A sheet to cut from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sheet {
    /// What it is called: of a new one the catalogue id, of stock whatever its owner calls it.
    pub name: String,
    /// Size along x, and along the grain.
    pub length: Mm,
    /// Size along y.
    pub width: Mm,
}

/// How sheets are cut.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cutter {
    /// Width of the saw's cut, or the cutter's diameter: pieces stay this far apart.
    pub kerf: Mm,
    /// Taken off all four edges of a sheet first.
    pub trim: Mm,
    /// Does every cut go from edge to edge, as on a panel saw?
    pub guillotine: bool,
    /// May pieces without grain lie turned?
    pub turns: bool,
}

/// Where a piece lies.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Placement {
    /// Which of the pieces.
    pub piece: usize,
    /// From the sheet's left edge, trim included.
    pub x: Mm,
    /// From the sheet's lower edge, trim included.
    pub y: Mm,
    /// Size along x as it lies.
    pub length: Mm,
    /// Size along y as it lies.
    pub width: Mm,
    /// A quarter to the left?
    pub turned: bool,
}

/// A sheet with pieces on it.
#[derive(Clone, Debug, PartialEq)]
pub struct Layout {
    /// The sheet.
    pub sheet: Sheet,
    /// Is it one of the stock?
    pub from_stock: bool,
    /// The pieces, from the lower left corner.
    pub placements: Vec<Placement>,
    /// For a saw: the cuts that part it, in order, from the trimmed sheet on.
    pub cuts: Vec<Cut>,
    /// What is left and worth keeping, the largest first.
    pub offcuts: Vec<Offcut>,
}

impl Layout {
    /// The larger the largest offcut, and the fewer the cuts, the better.
    fn tidiness(&self) -> (i128, usize) {
        let largest = self
            .offcuts
            .first()
            .map_or(0, |offcut| i128::from(offcut.length.nm()) * i128::from(offcut.width.nm()));
        (largest, usize::MAX - self.cuts.len())
    }

    /// The share of the sheet's area that becomes pieces.
    pub fn used(&self) -> f64 {
        let area = |length: Mm, width: Mm| length.mm() * width.mm();
        let pieces: f64 =
            self.placements.iter().map(|placed| area(placed.length, placed.width)).sum();
        pieces / area(self.sheet.length, self.sheet.width)
    }
}

/// All pieces of one material on sheets.
#[derive(Clone, Debug, PartialEq)]
pub struct Nested {
    /// The sheets: stock first, then the fullest.
    pub layouts: Vec<Layout>,
    /// Pieces that found no place, and how many of each.
    pub unplaced: Vec<(usize, u64)>,
    /// New sheets that any layout needs beside the stock.
    pub lower_bound: u64,
}

impl Nested {
    /// Sheets that have to be bought.
    pub fn bought(&self) -> u64 {
        self.layouts.iter().filter(|layout| !layout.from_stock).count() as u64
    }
}

/// A layout that its verifier refuses: a mistake in this program.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BadLayout(pub Vec<String>);

impl fmt::Display for BadLayout {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "a layout of sheets breaks its own rules: {}", self.0.join("; "))
    }
}

impl std::error::Error for BadLayout {}

/// Does the piece fit on the sheet, the way it may lie?
pub fn fits(piece: &Piece, sheet: &Sheet, cutter: &Cutter) -> bool {
    let (length, width) = (sheet.length - cutter.trim * 2, sheet.width - cutter.trim * 2);
    let upright = piece.length <= length && piece.width <= width;
    let turned = piece.width <= length && piece.length <= width;
    match piece.grain {
        Grain::Free => upright || (cutter.turns && turned),
        Grain::Along => upright,
        Grain::Across => turned,
    }
}

/// Puts pieces on as few new sheets as it can, after the `stock` is full. Without a `sheet` to buy,
/// there is only the stock. Pieces that fit on none of them stay unplaced. Every answer has passed
/// [`verify::nested`], which shares no code with the solver.
///
/// All sizes must be positive, and a sheet larger than its trim.
///
/// # Errors
/// Only if this program contradicts itself.
pub fn nest(
    pieces: &[Piece],
    sheet: Option<&Sheet>,
    stock: &[Sheet],
    cutter: &Cutter,
) -> Result<Nested, BadLayout> {
    nest_within(pieces, sheet, stock, cutter, WORK)
}

/// Places that the search looks at before it ends: a tenth of a second.
const WORK: u64 = 6_000_000;

/// The same with a search of so much work.
pub(super) fn nest_within(
    pieces: &[Piece],
    sheet: Option<&Sheet>,
    stock: &[Sheet],
    cutter: &Cutter,
    work: u64,
) -> Result<Nested, BadLayout> {
    let mut too_large = Vec::new();
    let mut items = Vec::new();
    let mut owners = Vec::new();
    for (index, piece) in pieces.iter().enumerate() {
        if sheet.into_iter().chain(stock).any(|sheet| fits(piece, sheet, cutter)) {
            let item = item(piece, cutter);
            items.extend((0..piece.quantity).map(|_| item));
            owners.extend((0..piece.quantity).map(|_| index));
        } else if piece.quantity > 0 {
            too_large.push((index, piece.quantity));
        }
    }
    // The smallest first: what fits on an offcut shall not be cut from a whole sheet.
    let mut by_area: Vec<&Sheet> = stock.iter().collect();
    by_area.sort_by_key(|sheet| i128::from(sheet.length.nm()) * i128::from(sheet.width.nm()));
    let problem = Problem {
        items,
        stock: by_area.iter().map(|sheet| bin(sheet, cutter)).collect(),
        sheet: sheet.map(|sheet| bin(sheet, cutter)),
        guillotine: cutter.guillotine,
    };
    let nesting = nest::nest(&problem, work);
    let mut layouts = Vec::new();
    for bin in &nesting.bins {
        let Some(sheet) = bin.stock.map_or(sheet, |index| by_area.get(index).copied()) else {
            continue;
        };
        let laid = |bin: &nest::Filled| lay(sheet, bin, pieces, &owners, cutter);
        let mut layout = laid(bin);
        if bin.placed.len() <= TIDIED && nesting.bins.len() <= TIDIED {
            for other in nest::arrangements(&problem, bin) {
                let other = laid(&other);
                if other.tidiness() > layout.tidiness() {
                    layout = other;
                }
            }
        }
        layouts.push(layout);
    }
    layouts.sort_by(|one, other| {
        other.from_stock.cmp(&one.from_stock).then(other.used().total_cmp(&one.used()))
    });
    let mut unplaced = too_large;
    for item in nesting.unplaced {
        let index = owners[item];
        match unplaced.iter_mut().find(|(piece, _)| *piece == index) {
            Some((_, count)) => *count += 1,
            None => unplaced.push((index, 1)),
        }
    }
    unplaced.sort_unstable();
    let nested = Nested { layouts, unplaced, lower_bound: nesting.lower_bound };
    let flaws = verify::nested(pieces, sheet, stock, cutter, &nested);
    if flaws.is_empty() { Ok(nested) } else { Err(BadLayout(flaws)) }
}

/// With more pieces or sheets than this, sheets stay as the solver found them.
const TIDIED: usize = 60;

/// The layout of a filled bin.
fn lay(
    sheet: &Sheet,
    bin: &nest::Filled,
    pieces: &[Piece],
    owners: &[usize],
    cutter: &Cutter,
) -> Layout {
    let mut placements: Vec<Placement> = bin
        .placed
        .iter()
        .map(|placed| placement(pieces, owners[placed.item], placed, cutter))
        .collect();
    placements.sort_by_key(|placed| (placed.y, placed.x));
    let (cuts, offcuts) = if cutter.guillotine {
        guillotine::sequence(sheet, &placements, cutter)
    } else {
        (Vec::new(), offcuts::largest(sheet, &placements, cutter))
    };
    let from_stock = bin.stock.is_some();
    Layout { sheet: sheet.clone(), from_stock, placements, cuts, offcuts }
}

/// A sheet for the solver: without its trim, and one kerf larger, since the last piece of a row
/// needs none.
fn bin(sheet: &Sheet, cutter: &Cutter) -> Size {
    let side = |side: Mm| (side - cutter.trim * 2 + cutter.kerf).nm();
    Size { w: side(sheet.length), h: side(sheet.width) }
}

/// A piece for the solver: one kerf larger, turned already if its grain wants that.
fn item(piece: &Piece, cutter: &Cutter) -> Item {
    let (length, width) = ((piece.length + cutter.kerf).nm(), (piece.width + cutter.kerf).nm());
    match piece.grain {
        Grain::Free => Item { w: length, h: width, turn: cutter.turns },
        Grain::Along => Item { w: length, h: width, turn: false },
        Grain::Across => Item { w: width, h: length, turn: false },
    }
}

fn placement(pieces: &[Piece], index: usize, placed: &nest::Placed, cutter: &Cutter) -> Placement {
    let piece = &pieces[index];
    let turned = placed.turned || piece.grain == Grain::Across;
    let (length, width) =
        if turned { (piece.width, piece.length) } else { (piece.length, piece.width) };
    Placement {
        piece: index,
        x: Mm::from_nm(placed.x) + cutter.trim,
        y: Mm::from_nm(placed.y) + cutter.trim,
        length,
        width,
        turned,
    }
}
