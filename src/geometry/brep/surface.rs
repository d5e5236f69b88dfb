//! Planes, cylinders and cones.

use truck_modeling::{InnerSpace, Point3, Vector3};

use crate::geometry::plane::{Vec2, vec2};

/// The surface of a face. Vectors have length 1, lengths are in millimetres, angles in radians.
/// `toward` is normal to `normal` or `axis`; on a cylinder or cone it points to the middle of the
/// face, which spans at most half a turn.
#[derive(Clone, Debug, PartialEq)]
pub enum Surface3 {
    /// A plane.
    Plane {
        /// A point on it.
        origin: Point3,
        /// Out of the solid.
        normal: Vector3,
        /// First parameter.
        toward: Vector3,
    },
    /// A cylinder.
    Cylinder {
        /// A point on the axis.
        origin: Point3,
        /// Along the axis.
        axis: Vector3,
        /// Where the angle is 0.
        toward: Vector3,
        /// Radius.
        radius: f64,
        /// Does the solid's outer side look away from the axis? False in holes.
        outward: bool,
    },
    /// A cone that widens along its axis.
    Cone {
        /// A point on the axis.
        origin: Point3,
        /// Along the axis, toward the wide end.
        axis: Vector3,
        /// Where the angle is 0.
        toward: Vector3,
        /// Radius at the origin.
        radius: f64,
        /// Between the axis and the surface, 0 to π/2.
        half_angle: f64,
        /// Does the solid's outer side look away from the axis? False in holes.
        outward: bool,
    },
}

impl Surface3 {
    /// Parameters of a point: right-handed seen against the surface's own normal, which points
    /// away from the axis of cylinders and cones. A length and a length on a plane, else the angle
    /// and the length along the axis.
    pub(in crate::geometry) fn parameters(&self, point: Point3) -> Vec2 {
        match *self {
            Surface3::Plane { origin, normal, toward } => {
                let offset = point - origin;
                vec2(offset.dot(toward), offset.dot(normal.cross(toward)))
            }
            Surface3::Cylinder { origin, axis, toward, .. }
            | Surface3::Cone { origin, axis, toward, .. } => {
                let offset = point - origin;
                let angle = offset.dot(axis.cross(toward)).atan2(offset.dot(toward));
                vec2(angle, offset.dot(axis))
            }
        }
    }

    /// Does the solid's outer side agree with the surface's own normal?
    pub fn agrees(&self) -> bool {
        match self {
            Surface3::Plane { .. } => true,
            Surface3::Cylinder { outward, .. } | Surface3::Cone { outward, .. } => *outward,
        }
    }

    /// Every point and vector mapped. An axis needs no care when `vector` reflects: it may point
    /// either way along a cylinder, and toward the wide end of a cone in any case.
    pub(in crate::geometry) fn mapped(
        &self,
        map_point: impl Fn(Point3) -> Point3,
        map_vector: impl Fn(Vector3) -> Vector3,
    ) -> Surface3 {
        let mut mapped = self.clone();
        match &mut mapped {
            Surface3::Plane { origin, normal: direction, toward }
            | Surface3::Cylinder { origin, axis: direction, toward, .. }
            | Surface3::Cone { origin, axis: direction, toward, .. } => {
                *origin = map_point(*origin);
                *direction = map_vector(*direction);
                *toward = map_vector(*toward);
            }
        }
        mapped
    }
}
