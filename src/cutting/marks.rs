//! What is drawn on a sheet: contours to cut and lines to read, whatever the file is.

use super::piece::Piece;
use super::sheets::{Layout, Placement};
use crate::geometry::{Contour, GeometryError};
use crate::units::Mm;

/// What a line is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Layer {
    /// The edge of the sheet.
    Sheet,
    /// Cut out, the tool outside.
    Outside,
    /// Cut out, the tool inside.
    Inside,
    /// Milled to a depth.
    Pocket,
    /// Drawn.
    Engrave,
    /// Where the tool lifts, so that the piece stays in the sheet.
    Tabs,
    /// Words.
    Label,
}

/// All layers.
pub const LAYERS: [Layer; 7] = [
    Layer::Sheet,
    Layer::Outside,
    Layer::Inside,
    Layer::Pocket,
    Layer::Engrave,
    Layer::Tabs,
    Layer::Label,
];

impl Layer {
    /// Its name in DXF files.
    pub fn name(self) -> &'static str {
        match self {
            Layer::Sheet => "SHEET",
            Layer::Outside => "OUTSIDE",
            Layer::Inside => "INSIDE",
            Layer::Pocket => "POCKET",
            Layer::Engrave => "ENGRAVE",
            Layer::Tabs => "TABS",
            Layer::Label => "LABEL",
        }
    }
}

/// Words in the middle of a piece, or of a pocket.
#[derive(Clone, Debug, PartialEq)]
pub struct Label {
    /// Middle of the words, in millimetres from the sheet's lower left corner.
    pub at: [f64; 2],
    /// Height of capitals, in millimetres.
    pub height: f64,
    /// Do they read from below?
    pub upright: bool,
    /// The words.
    pub words: String,
}

/// A sheet as it is drawn. The origin is its lower left corner; x runs along its length.
#[derive(Clone, Debug, PartialEq)]
pub struct Marks {
    /// Size along x.
    pub length: Mm,
    /// Size along y.
    pub width: Mm,
    /// Lines, in order of the placements.
    pub contours: Vec<(Layer, Contour)>,
    /// Words.
    pub labels: Vec<Label>,
}

impl Marks {
    /// Everything on one sheet, shifted to the right by `dx`. Rectangles are drawn as they are
    /// placed, other pieces with all their contours.
    ///
    /// # Errors
    /// A pocket that is no region.
    pub fn of(layout: &Layout, pieces: &[Piece]) -> Result<Marks, GeometryError> {
        let (length, width) = (layout.sheet.length, layout.sheet.width);
        let edge = Contour::rectangle(Mm::ZERO, Mm::ZERO, length, width);
        let mut contours = vec![(Layer::Sheet, edge)];
        let mut labels = Vec::new();
        for placed in &layout.placements {
            let Some(piece) = pieces.get(placed.piece) else { continue };
            let drawn = piece_contours(piece, placed)?;
            labels.extend(label(&piece.name, placed));
            labels.extend(drawn.iter().filter_map(|(_, contour, depth)| sunk(contour, (*depth)?)));
            labels.extend(engraved(piece, placed));
            contours.extend(drawn.into_iter().map(|(layer, contour, _)| (layer, contour)));
        }
        Ok(Marks { length, width, contours, labels })
    }
}

/// The contours of a piece where it lies; of pockets, how deep they are.
fn piece_contours(
    piece: &Piece,
    placed: &Placement,
) -> Result<Vec<(Layer, Contour, Option<Mm>)>, GeometryError> {
    let mut all: Vec<(Layer, Contour, Option<Mm>)> = Vec::new();
    for contour in piece.profile.contours()? {
        // Holes run clockwise.
        let layer = if contour.area() > 0.0 { Layer::Outside } else { Layer::Inside };
        all.push((layer, contour, None));
    }
    for pocket in &piece.pockets {
        let region = pocket.region.contours()?;
        all.extend(region.into_iter().map(|it| (Layer::Pocket, it, Some(pocket.depth))));
    }
    all.extend(piece.engraving.iter().map(|contour| (Layer::Engrave, contour.clone(), None)));
    // The piece's own origin may be anywhere: its profile's lower left corner goes to its place.
    let corner = all
        .iter()
        .filter(|(layer, ..)| *layer == Layer::Outside)
        .filter_map(|(_, contour, _)| contour.placed(placed.turned, 0.0, 0.0).extent())
        .fold([f64::INFINITY; 2], |low, extent| {
            [low[0].min(extent.min[0]), low[1].min(extent.min[1])]
        });
    let (dx, dy) = (placed.x.mm() - corner[0], placed.y.mm() - corner[1]);
    let place = |(layer, contour, depth): (Layer, Contour, Option<Mm>)| {
        (layer, snapped(contour.placed(placed.turned, dx, dy)), depth)
    };
    Ok(all.into_iter().map(place).collect())
}

/// To whole nanometres, as placements are.
fn snapped(mut contour: Contour) -> Contour {
    for vertex in &mut contour.vertices {
        vertex.x = Mm::from_mm(vertex.x).mm();
        vertex.y = Mm::from_mm(vertex.y).mm();
    }
    contour
}

/// Letters are about this wide, in heights of capitals.
const LETTER: f64 = 0.95;
const TALLEST: f64 = 24.0;
const SMALLEST: f64 = 2.0;

/// Depths are written this high at most, and at least.
const DEPTHS: [f64; 2] = [1.2, 8.0];

/// The piece's name, as large as it fits; none where it would be too small to read.
fn label(name: &str, placed: &Placement) -> Option<Label> {
    let low = [placed.x.mm(), placed.y.mm()];
    let high = [low[0] + placed.length.mm(), low[1] + placed.width.mm()];
    let label = fitted(name, low, high, TALLEST);
    (label.height >= SMALLEST).then_some(label)
}

/// How deep a pocket is, within it.
fn sunk(pocket: &Contour, depth: Mm) -> Option<Label> {
    let extent = pocket.extent()?;
    let words = format!("Z-{}", depth.mm());
    let label = fitted(&words, extent.min, extent.max, DEPTHS[1]);
    Some(Label { height: label.height.max(DEPTHS[0]), ..label })
}

/// How deep the lines of a piece are, at its lower edge.
fn engraved(piece: &Piece, placed: &Placement) -> Option<Label> {
    if piece.engraving.is_empty() || piece.engraved <= Mm::ZERO {
        return None;
    }
    let words = format!("engrave Z-{}", piece.engraved.mm());
    let low = [placed.x.mm(), placed.y.mm()];
    // A tenth of the piece, along the edge that its words run along.
    let high = if placed.width > placed.length {
        [low[0] + placed.length.mm() / 10.0, low[1] + placed.width.mm()]
    } else {
        [low[0] + placed.length.mm(), low[1] + placed.width.mm() / 10.0]
    };
    let label = fitted(&words, low, high, DEPTHS[1]);
    Some(Label { height: label.height.max(DEPTHS[0]), ..label })
}

/// Words in the middle of a rectangle, as large as they fit, along its longer side.
fn fitted(words: &str, low: [f64; 2], high: [f64; 2], tallest: f64) -> Label {
    let (length, width) = (high[0] - low[0], high[1] - low[1]);
    let upright = width > length * 1.2;
    let (along, across) = if upright { (width, length) } else { (length, width) };
    let letters = words.chars().count().max(1) as f64;
    let height = (along * 0.8 / (letters * LETTER)).min(across * 0.4).min(tallest);
    // A tenth of a millimetre is enough for letters.
    let height = (height * 10.0).floor() / 10.0;
    let at = [low[0] + length / 2.0, low[1] + width / 2.0];
    Label { at, height, upright, words: words.to_owned() }
}
