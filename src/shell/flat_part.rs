//! Parts cut from a sheet, and where they stand.

use nalgebra::{Isometry3, Matrix3, Rotation3, Translation3, UnitQuaternion, Vector3};

use super::lettering;
use crate::cutting::{self, Grain, Piece};
use crate::geometry::{
    Contour, Direction, GeometryError, Position, Sketch, Solid, SquareMm, Stack,
};
use crate::units::Mm;

/// How deep lines are engraved: seen through paint, and far from weakening the sheet.
const ENGRAVED: Mm = Mm::um(1_000);
/// Diameter of the rings that mark screws: what a drill of 3 mm finds its middle in.
const MARK: Mm = Mm::um(3_000);

/// One distinct part that is cut from a sheet, as often as it has places.
///
/// It lies with its back on the machine: x along its length, y along its width; z from 0 at the
/// back to the sheet's thickness at the face. Tabs stand out beyond x = 0 and beyond the far end.
#[derive(Clone, Debug)]
pub struct FlatPart {
    /// Its name in lists and on labels.
    pub name: String,
    /// Catalogue id of its sheet.
    pub sheet: String,
    /// What it is painted with.
    pub paint: Paint,
    /// Thickness of the sheet.
    pub thickness: Mm,
    /// Size along x, tabs included.
    pub length: Mm,
    /// Size along y.
    pub width: Mm,
    /// How its grain runs.
    pub grain: Grain,
    /// What is left of the sheet: one outline, and holes that go through.
    pub profile: Sketch,
    /// What is milled from the face.
    pub pockets: Vec<Pocket>,
    /// Where screws go, to be marked on the face.
    pub marks: Vec<(Mm, Mm)>,
    /// Words across the face, and how they get there.
    pub lettering: Option<(String, Letters)>,
    /// Where it stands.
    pub places: Vec<Place>,
}

/// A region milled from the face.
#[derive(Clone, Debug)]
pub struct Pocket {
    /// What is milled off.
    pub region: Sketch,
    /// How deep.
    pub depth: Mm,
}

/// How words get onto a face.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Letters {
    /// A cutter draws their outlines.
    Engraved,
    /// Cut from foil or paper, or painted through a stencil.
    Applied,
}

/// What a part is painted with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Paint {
    /// Plywood as it comes.
    Bare,
    /// The blue of police boxes.
    Blue,
    /// Window frames.
    White,
    /// Signs.
    Black,
    /// Panes: not painted.
    Clear,
}

/// Where a flat part stands, and the way that it is turned. Its width runs so that length, width
/// and face are right-handed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    /// Where the corner stands that is the origin on the machine.
    pub origin: Position,
    /// Where its length runs.
    pub length: Direction,
    /// Where its face looks.
    pub face: Direction,
}

impl FlatPart {
    /// Its exact boundary, as it lies on the machine. Engraved lines are too fine to show.
    ///
    /// # Errors
    /// As [`Stack::build`].
    pub fn solid(&self) -> Result<Solid, GeometryError> {
        let top = self.thickness;
        let blank = Stack::new().add(self.profile.clone(), Mm::ZERO..top);
        let milled = self
            .pockets
            .iter()
            .fold(blank, |stack, pocket| stack.cut(pocket.region.clone(), top - pocket.depth..top));
        milled.build()
    }

    /// As the cut list and the nesting take it: face up.
    ///
    /// # Errors
    /// The profile must be a region.
    pub fn piece(&self) -> Result<Piece, GeometryError> {
        let piece = Piece::new(&*self.name, &*self.sheet, self.thickness, self.profile.clone())?;
        let pocket = |pocket: &Pocket| cutting::Pocket {
            region: pocket.region.clone(),
            depth: pocket.depth,
        };
        Ok(Piece {
            grain: self.grain,
            quantity: self.quantity(),
            pockets: self.pockets.iter().map(pocket).collect(),
            engraving: self.engraving()?,
            engraved: ENGRAVED,
            ..piece
        })
    }

    /// What a cutter draws on its face: rings where screws go, and the outlines of letters that are
    /// engraved.
    ///
    /// # Errors
    /// As [`Sketch::contours`].
    pub fn engraving(&self) -> Result<Vec<Contour>, GeometryError> {
        let mut contours = vec![];
        for (x, y) in &self.marks {
            contours.extend(Sketch::circle(*x, *y, MARK.half()).contours()?);
        }
        if matches!(self.lettering, Some((_, Letters::Engraved))) {
            for letter in self.letters() {
                contours.extend(letter.contours()?);
            }
        }
        Ok(contours)
    }

    /// Its letters as regions, however they get there.
    pub fn letters(&self) -> Vec<Sketch> {
        let Some((words, _)) = &self.lettering else { return vec![] };
        lettering::across(words, self.length, self.width)
    }

    /// Its face, holes taken off.
    pub fn area(&self) -> SquareMm {
        self.profile.area()
    }

    /// How many are made.
    pub fn quantity(&self) -> u64 {
        self.places.len() as u64
    }
}

impl Place {
    /// From a part as it lies on the machine to the cluster.
    pub fn isometry(&self) -> Isometry3<f64> {
        let (length, face) = (unit(self.length), unit(self.face));
        let axes = Matrix3::from_columns(&[length, face.cross(&length), face]);
        let turn = UnitQuaternion::from_rotation_matrix(&Rotation3::from_matrix_unchecked(axes));
        let Position { x, y, z } = self.origin;
        Isometry3::from_parts(Translation3::new(x.mm(), y.mm(), z.mm()), turn)
    }
}

fn unit(direction: Direction) -> Vector3<f64> {
    match direction {
        Direction::XPlus => Vector3::x(),
        Direction::XMinus => -Vector3::x(),
        Direction::YPlus => Vector3::y(),
        Direction::YMinus => -Vector3::y(),
        Direction::ZPlus => Vector3::z(),
        Direction::ZMinus => -Vector3::z(),
    }
}
