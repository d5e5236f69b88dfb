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

/// Words in the middle of a piece.
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
            contours.extend(piece_contours(piece, placed)?);
            labels.extend(label(&piece.name, placed));
        }
        Ok(Marks { length, width, contours, labels })
    }
}

/// The contours of a piece where it lies.
pub fn piece_contours(
    piece: &Piece,
    placed: &Placement,
) -> Result<Vec<(Layer, Contour)>, GeometryError> {
    let profile = piece.profile.contours()?;
    let mut all: Vec<(Layer, Contour)> = Vec::new();
    for contour in profile {
        // Holes run clockwise.
        let layer = if contour.area() > 0.0 { Layer::Outside } else { Layer::Inside };
        all.push((layer, contour));
    }
    for pocket in &piece.pockets {
        all.extend(pocket.region.contours()?.into_iter().map(|c| (Layer::Pocket, c)));
    }
    all.extend(piece.engraving.iter().map(|contour| (Layer::Engrave, contour.clone())));
    // The piece's own origin may be anywhere: its profile's lower left corner goes to its place.
    let corner = all
        .iter()
        .filter(|(layer, _)| *layer == Layer::Outside)
        .filter_map(|(_, contour)| contour.placed(placed.turned, 0.0, 0.0).extent())
        .fold([f64::INFINITY; 2], |low, extent| {
            [low[0].min(extent.min[0]), low[1].min(extent.min[1])]
        });
    let (dx, dy) = (placed.x.mm() - corner[0], placed.y.mm() - corner[1]);
    let place = |(layer, contour): (Layer, Contour)| {
        (layer, snapped(contour.placed(placed.turned, dx, dy)))
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

/// The piece's name, as large as it fits; none where it would be too small to read.
fn label(name: &str, placed: &Placement) -> Option<Label> {
    let (length, width) = (placed.length.mm(), placed.width.mm());
    let upright = width > length * 1.2;
    let (along, across) = if upright { (width, length) } else { (length, width) };
    let letters = name.chars().count().max(1) as f64;
    let height = (along * 0.8 / (letters * LETTER)).min(across * 0.4).min(TALLEST);
    let at = [placed.x.mm() + length / 2.0, placed.y.mm() + width / 2.0];
    // A tenth of a millimetre is enough for letters.
    let height = (height * 10.0).floor() / 10.0;
    (height >= SMALLEST).then(|| Label { at, height, upright, words: name.to_owned() })
}
