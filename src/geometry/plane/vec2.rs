//! Points and vectors of the plane.

use std::ops::{Add, Mul, Neg, Sub};

use crate::geometry::SAME;

/// A point or vector, in millimetres.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Vec2 {
    /// To the right.
    pub x: f64,
    /// Up.
    pub y: f64,
}

/// Shorthand for a [`Vec2`].
pub const fn vec2(x: f64, y: f64) -> Vec2 {
    Vec2 { x, y }
}

impl Add for Vec2 {
    type Output = Vec2;
    fn add(self, other: Vec2) -> Vec2 {
        vec2(self.x + other.x, self.y + other.y)
    }
}

impl Sub for Vec2 {
    type Output = Vec2;
    fn sub(self, other: Vec2) -> Vec2 {
        vec2(self.x - other.x, self.y - other.y)
    }
}

impl Mul<f64> for Vec2 {
    type Output = Vec2;
    fn mul(self, factor: f64) -> Vec2 {
        vec2(self.x * factor, self.y * factor)
    }
}

impl Neg for Vec2 {
    type Output = Vec2;
    fn neg(self) -> Vec2 {
        vec2(-self.x, -self.y)
    }
}

impl Vec2 {
    /// Scalar product.
    pub fn dot(self, other: Vec2) -> f64 {
        self.x * other.x + self.y * other.y
    }

    /// Positive if `other` points to the left of this vector.
    pub fn cross(self, other: Vec2) -> f64 {
        self.x * other.y - self.y * other.x
    }

    /// Its length.
    pub fn length(self) -> f64 {
        self.x.hypot(self.y)
    }

    /// Turned by +90°.
    pub fn left(self) -> Vec2 {
        vec2(-self.y, self.x)
    }

    /// The same direction with length 1.
    pub fn unit(self) -> Vec2 {
        self * (1.0 / self.length())
    }

    /// Is it the same point within the kernel's tolerance?
    pub fn is_same(self, other: Vec2) -> bool {
        (self - other).length() < SAME
    }
}
