//! All outlines of a stack in one plane.
//!
//! Every outline is split at every vertex that lies on it, and pieces that coincide are merged into
//! one edge. The edges bound cells, and each cell knows its winding number in every sketch. Booleans
//! are then questions about cells; nothing is intersected twice, and outlines that share a wall
//! share its split points.
//!
//! Promised: two edges meet in common vertices only; any two things that are not one keep
//! `NEAR_MISS` apart, or the arrangement is refused; cells are consistent (every edge changes the
//! winding numbers as its outlines say).

mod carrier;
mod cells;
mod edges;
mod near_miss;
mod vertices;

pub use carrier::Carrier;

use super::error::GeometryError;
use super::plane::{Outline, Segment, Shape, Vec2};

/// Part of one carrier between two vertices, with no vertex between.
#[derive(Clone, Debug)]
pub struct Edge {
    /// Its ends.
    pub vertices: [usize; 2],
    /// The line or circle that it lies on.
    pub carrier: usize,
    /// On a circle: does it run counter-clockwise from the first to the second vertex?
    pub ccw: bool,
    /// For each sketch concerned: by how much the winding number grows from its right to its left.
    pub steps: Vec<(usize, i32)>,
}

/// The plane, cut along all outlines. Half-edge `2e` runs along edge `e`, half-edge `2e + 1` against
/// it; `half ^ 1` is the other one.
pub struct Arrangement {
    /// Lines and circles that edges lie on.
    pub carriers: Vec<Carrier>,
    /// Vertices.
    pub vertices: Vec<Vec2>,
    /// Edges.
    pub edges: Vec<Edge>,
    /// The cell to the left of each half-edge. Cell 0 is the unbounded one.
    pub cell_of: Vec<usize>,
    /// Area of each cell (that of cell 0 means nothing).
    pub cell_areas: Vec<f64>,
    /// Winding numbers: `windings[cell][sketch]`.
    pub windings: Vec<Vec<i32>>,
    /// Half-edges that leave each vertex, counter-clockwise.
    pub stars: Vec<Vec<usize>>,
}

impl Arrangement {
    /// Arranges the outlines of some sketches.
    pub fn new(sketches: &[&[Outline]]) -> Result<Arrangement, GeometryError> {
        let edges::Split { carriers, vertices, mut edges } = edges::split(sketches);
        near_miss::check(&vertices, &carriers, &edges)?;
        for edge in &mut edges {
            edge.steps.retain(|step| step.1 != 0);
        }
        edges.retain(|edge| !edge.steps.is_empty());
        let cells = cells::find(&vertices, &carriers, &edges, sketches.len())?;
        Ok(Arrangement {
            carriers,
            vertices,
            edges,
            cell_of: cells.left_of,
            cell_areas: cells.areas,
            windings: cells.windings,
            stars: cells.stars,
        })
    }

    /// A half-edge as a segment.
    pub fn segment(&self, half: usize) -> Segment {
        let edge = &self.edges[half / 2];
        let segment = edge.segment(&self.vertices, &self.carriers);
        if half.is_multiple_of(2) { segment } else { segment.reversed() }
    }

    /// The number of bounded cells.
    pub fn bounded_cells(&self) -> usize {
        self.cell_areas.len() - 1
    }
}

impl Edge {
    fn segment(&self, vertices: &[Vec2], carriers: &[Carrier]) -> Segment {
        let shape = match carriers[self.carrier] {
            Carrier::Line { .. } => Shape::Line,
            Carrier::Circle { centre, radius, .. } => Shape::Arc { centre, radius, ccw: self.ccw },
        };
        Segment { start: vertices[self.vertices[0]], end: vertices[self.vertices[1]], shape }
    }
}
