//! Flat pieces, as they are cut from sheets.

use crate::geometry::{Contour, GeometryError, Sketch};
use crate::units::Mm;

/// Flat pieces of one shape.
///
/// All coordinates are the piece's own: x along its length, y along its width, seen from the face
/// that lies up on the machine. Where the origin is does not matter.
#[derive(Clone, Debug)]
pub struct Piece {
    /// What it is called in lists and on labels.
    pub name: String,
    /// What it is cut from: the catalogue id of a sheet, or what a list calls it.
    pub material: String,
    /// Thickness of the sheet; zero if nobody said.
    pub thickness: Mm,
    /// Size along x.
    pub length: Mm,
    /// Size along y.
    pub width: Mm,
    /// How it must lie on the sheet.
    pub grain: Grain,
    /// How many.
    pub quantity: u64,
    /// The region that is left of the sheet: one outer outline, and holes that are cut through.
    pub profile: Sketch,
    /// Regions milled from above.
    pub pockets: Vec<Pocket>,
    /// Lines that a cutter or laser draws.
    pub engraving: Vec<Contour>,
    /// How deep those lines are; zero if nobody said.
    pub engraved: Mm,
}

/// A region milled from above.
#[derive(Clone, Debug)]
pub struct Pocket {
    /// What is milled off, islands left.
    pub region: Sketch,
    /// How deep.
    pub depth: Mm,
}

/// How a piece lies on its sheet, whose grain runs along its length.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Grain {
    /// Either way: no grain, or none that matters.
    #[default]
    Free,
    /// The grain runs along the piece's length.
    Along,
    /// The grain runs along the piece's width.
    Across,
}

impl Piece {
    /// One piece of this profile, with nothing milled or engraved and free to turn.
    ///
    /// # Errors
    /// The profile must be a region.
    pub fn new(
        name: impl Into<String>,
        material: impl Into<String>,
        thickness: Mm,
        profile: Sketch,
    ) -> Result<Piece, GeometryError> {
        let (mut min, mut max) = ([f64::INFINITY; 2], [f64::NEG_INFINITY; 2]);
        for extent in profile.contours()?.iter().filter_map(Contour::extent) {
            for axis in 0..2 {
                min[axis] = min[axis].min(extent.min[axis]);
                max[axis] = max[axis].max(extent.max[axis]);
            }
        }
        Ok(Piece {
            name: name.into(),
            material: material.into(),
            thickness,
            length: Mm::from_mm(max[0] - min[0]),
            width: Mm::from_mm(max[1] - min[1]),
            grain: Grain::Free,
            quantity: 1,
            profile,
            pockets: Vec::new(),
            engraving: Vec::new(),
            engraved: Mm::ZERO,
        })
    }

    /// A plain rectangle, `length` along x.
    ///
    /// # Errors
    /// Both sizes must be positive.
    pub fn rectangle(
        name: impl Into<String>,
        material: impl Into<String>,
        thickness: Mm,
        length: Mm,
        width: Mm,
    ) -> Result<Piece, GeometryError> {
        Piece::new(name, material, thickness, Sketch::rect(Mm::ZERO, Mm::ZERO, length, width))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_piece_is_as_large_as_its_profile_wherever_that_lies() {
        let disc = Sketch::circle(Mm::um(-7_000), Mm::um(3_000), Mm::um(50_000));
        let piece = Piece::new("lamp base", "birch-ply-18", Mm::um(17_700), disc).unwrap();
        assert_eq!((piece.length, piece.width), (Mm::um(100_000), Mm::um(100_000)));
        assert!(Piece::rectangle("x", "ply", Mm::ZERO, Mm::ZERO, Mm::INCH).is_err());
    }
}
