//! Parts cut from a sheet, and where they stand.

use nalgebra::{Isometry3, Matrix3, Rotation3, Translation3, UnitQuaternion, Vector3};

use crate::geometry::{Direction, GeometryError, Position, Sketch, Solid, SquareMm, Stack};
use crate::units::Mm;

/// One distinct part that is cut from a sheet, as often as it has places.
///
/// It lies with its back on the machine: x along its length, y along its width, both from 0; z from
/// 0 at the back to the sheet's thickness at the face.
#[derive(Clone, Debug)]
pub struct FlatPart {
    /// Its name in lists and on labels.
    pub name: String,
    /// Catalogue id of its sheet.
    pub sheet: String,
    /// Thickness of the sheet.
    pub thickness: Mm,
    /// Size along x.
    pub length: Mm,
    /// Size along y.
    pub width: Mm,
    /// What is left of the sheet: one outline, and holes that go through.
    pub profile: Sketch,
    /// Where it stands.
    pub places: Vec<Place>,
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
    /// Its exact boundary, as it lies on the machine.
    ///
    /// # Errors
    /// As [`Stack::build`].
    pub fn solid(&self) -> Result<Solid, GeometryError> {
        Stack::new().add(self.profile.clone(), Mm::ZERO..self.thickness).build()
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
