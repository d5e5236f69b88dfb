//! Solids: exact boundaries that can be moved, drilled, measured and meshed.

use truck_modeling::{Point3, Vector3};

use super::axes::{Axis, Bounds, Direction, Position};
use super::brep::{self, Shell3};
use super::error::GeometryError;
use super::holes::{self, Hole};
use super::mesh::{self, Mesh};
use super::plane::Sketch;
use crate::units::{CubicMm, Mm};

/// One exact boundary: closed shells of planes, cylinders and cones. Outer shells come first, then
/// voids.
#[derive(Clone, Debug)]
pub struct Solid {
    shells: Vec<Shell3>,
    /// Coordinates that have been mirrored. Meshes are made with these mirrored back, so that a
    /// left part's triangles are the right part's, mirrored.
    mirrored: [bool; 3],
}

impl Solid {
    pub(super) fn from_shells(shells: Vec<Shell3>) -> Solid {
        Solid { shells, mirrored: [false; 3] }
    }

    /// Lays the stack's height along an axis, without mirroring: sketch (x, y) and height become
    ///
    /// | axis | sketch x | sketch y | height |
    /// |------|----------|----------|--------|
    /// | X    | Y        | Z        | X      |
    /// | Y    | Z        | X        | Y      |
    /// | Z    | X        | Y        | Z      |
    #[must_use]
    pub fn along(self, axis: Axis) -> Solid {
        // New coordinate i was old coordinate source[i].
        let source = match axis {
            Axis::X => [2, 0, 1],
            Axis::Y => [1, 2, 0],
            Axis::Z => return self,
        };
        let map_point = |point: Point3| Point3::from(source.map(|axis| point[axis]));
        let map_vector = |vector: Vector3| Vector3::from(source.map(|axis| vector[axis]));
        let map = |shell: &Shell3| brep::map(shell, map_point, map_vector, false);
        Solid {
            shells: self.shells.iter().map(map).collect(),
            mirrored: source.map(|axis| self.mirrored[axis]),
        }
    }

    /// Drills a round through hole between two parallel planar faces.
    ///
    /// The hole's rims must lie strictly inside (by 1 µm) a face that looks against the hole's
    /// direction at `hole.at` and one that looks along it at `hole.depth`, and no other face may be
    /// in the way or closer than 1 µm: else [`GeometryError::NoFaceForHole`] or
    /// [`GeometryError::HoleCrossesFace`].
    pub fn drill(self, hole: &Hole) -> Result<Solid, GeometryError> {
        Ok(Solid { shells: holes::drill(self.shells, hole)?, ..self })
    }

    /// Punches a prismatic through hole between two parallel planar faces, under the conditions of
    /// [`Solid::drill`]. The outline must have no holes and must not cross itself.
    ///
    /// The outline lies around `at` in the world's axes, whichever way the hole runs:
    ///
    /// | direction | outline x | outline y |
    /// |-----------|-----------|-----------|
    /// | ±X        | Y         | Z         |
    /// | ±Y        | X         | Z         |
    /// | ±Z        | X         | Y         |
    pub fn punch(
        self,
        outline: &Sketch,
        at: Position,
        direction: Direction,
        depth: Mm,
    ) -> Result<Solid, GeometryError> {
        Ok(Solid { shells: holes::punch(self.shells, outline, at, direction, depth)?, ..self })
    }

    /// Reflected: one coordinate changes its sign.
    #[must_use]
    pub fn mirrored(self, axis: Axis) -> Solid {
        let mut mirrored = self.mirrored;
        mirrored[axis.index()] ^= true;
        Solid { shells: self.shells.iter().map(|shell| reflected(shell, axis)).collect(), mirrored }
    }

    /// Shifted.
    #[must_use]
    pub fn moved(self, shift: Position) -> Solid {
        let shift = Vector3::new(shift.x.mm(), shift.y.mm(), shift.z.mm());
        let map = |shell: &Shell3| brep::map(shell, |point| point + shift, |vector| vector, false);
        Solid { shells: self.shells.iter().map(map).collect(), ..self }
    }

    /// Exact volume, from the faces.
    pub fn volume(&self) -> CubicMm {
        CubicMm(self.shells.iter().map(brep::volume).sum())
    }

    /// The exact box around it.
    pub fn bounds(&self) -> Bounds {
        brep::bounds(&self.shells)
    }

    /// How many parts it falls into: outer shells.
    pub fn bodies(&self) -> usize {
        self.shells.iter().filter(|shell| brep::volume(shell) > 0.0).count()
    }

    /// How many faces it has.
    pub fn faces(&self) -> usize {
        self.shells.iter().map(|shell| shell.faces.len()).sum()
    }

    /// The same solid in truck's own geometry, if truck accepts it.
    pub fn to_truck(&self) -> Result<truck_modeling::Solid, GeometryError> {
        brep::to_truck(&self.shells)
    }

    /// The shells, outer ones first.
    pub fn shells(&self) -> &[Shell3] {
        &self.shells
    }

    /// Triangles that leave the solid by at most `chord`.
    ///
    /// See [`Mesh`] for what is promised. Fails if the material is so thin that its outlines still
    /// cross when made of much finer chords.
    pub fn mesh(&self, chord: Mm) -> Result<Mesh, GeometryError> {
        let axes: Vec<Axis> = [Axis::X, Axis::Y, Axis::Z]
            .into_iter()
            .filter(|axis| self.mirrored[axis.index()])
            .collect();
        let mut shells = self.shells.clone();
        for &axis in &axes {
            shells = shells.iter().map(|shell| reflected(shell, axis)).collect();
        }
        let mesh = mesh::tessellate(&shells, chord.mm())?;
        Ok(axes.into_iter().fold(mesh, |mesh, axis| mesh.mirrored(axis)))
    }
}

fn reflected(shell: &Shell3, axis: Axis) -> Shell3 {
    let map_point = |mut point: Point3| {
        point[axis.index()] = -point[axis.index()];
        point
    };
    let map_vector = |mut vector: Vector3| {
        vector[axis.index()] = -vector[axis.index()];
        vector
    };
    brep::map(shell, map_point, map_vector, true)
}
