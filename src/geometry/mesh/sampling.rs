//! Points on the edges of a shell.

use truck_modeling::Point3;

use crate::geometry::brep::Shell3;

/// Every edge as a chain of points, which both of its faces use.
pub struct Samples {
    /// First the vertices of the shell, then points on its arcs.
    pub points: Vec<Point3>,
    /// For each edge, the points along it, both ends included.
    pub chains: Vec<Vec<usize>>,
}

impl Samples {
    /// Samples all edges of a shell; `round` is applied to every point.
    pub fn new(shell: &Shell3, chord: f64, round: impl Fn(Point3) -> Point3) -> Samples {
        let mut points: Vec<Point3> = shell.vertices.iter().map(|&point| round(point)).collect();
        let mut chains = vec![];
        for edge in &shell.edges {
            let (first, last) = edge.vertices;
            let curve = edge.curve.sample(shell.vertices[first], shell.vertices[last], chord);
            let inner = curve.get(1..curve.len() - 1).unwrap_or_default();
            let mut chain = vec![first];
            chain.extend(points.len()..points.len() + inner.len());
            chain.push(last);
            points.extend(inner.iter().map(|&point| round(point)));
            chains.push(chain);
        }
        Samples { points, chains }
    }
}
