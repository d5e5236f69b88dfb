//! Which part of space is solid, and the elementary faces between solid and empty.

use truck_modeling::Point3;

use crate::geometry::arrangement::Arrangement;

/// Cells of the plan, layer by layer. Layer `i` is between heights `i` and `i + 1`.
pub struct Occupancy<'a> {
    pub plan: &'a Arrangement,
    pub heights: Vec<f64>,
    /// `[layer][cell]`
    pub layers: Vec<Vec<bool>>,
}

/// An elementary face: a cell at a height, or an edge of the plan over a layer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Element {
    Cap { cell: usize, level: usize },
    Wall { edge: usize, layer: usize },
}

impl Occupancy<'_> {
    /// 1 or 0: solid or empty; also below and above all layers.
    fn filling(&self, cell: usize, layer: Option<usize>) -> i32 {
        let row = layer.and_then(|layer| self.layers.get(layer));
        i32::from(row.is_some_and(|row| row[cell]))
    }

    /// 1: a cap that looks up (solid below), -1: one that looks down, 0: none.
    pub fn cap(&self, cell: usize, level: usize) -> i32 {
        self.filling(cell, level.checked_sub(1)) - self.filling(cell, Some(level))
    }

    /// 1: a wall with the solid to the left of the edge, -1: to the right, 0: none.
    pub fn wall(&self, edge: usize, layer: Option<usize>) -> i32 {
        let [left, right] = [2 * edge, 2 * edge + 1].map(|half| self.plan.cell_of[half]);
        self.filling(left, layer) - self.filling(right, layer)
    }

    /// Numbers all possible elementary faces: caps from below, then walls.
    pub fn number(&self, element: Element) -> usize {
        match element {
            Element::Cap { cell, level } => level * self.plan.cell_areas.len() + cell,
            Element::Wall { edge, layer } => {
                self.cap_count() + layer * self.plan.edges.len() + edge
            }
        }
    }

    /// The elementary face with this number.
    pub fn element(&self, number: usize) -> Element {
        let cells = self.plan.cell_areas.len();
        match number.checked_sub(self.cap_count()) {
            None => Element::Cap { level: number / cells, cell: number % cells },
            Some(wall) => {
                let edges = self.plan.edges.len();
                Element::Wall { layer: wall / edges, edge: wall % edges }
            }
        }
    }

    /// How many numbers [`Occupancy::number`] gives out.
    pub fn element_count(&self) -> usize {
        self.cap_count() + self.layers.len() * self.plan.edges.len()
    }

    fn cap_count(&self) -> usize {
        self.heights.len() * self.plan.cell_areas.len()
    }

    /// A vertex of the plan at a height.
    pub fn point(&self, vertex: usize, level: usize) -> Point3 {
        let point = self.plan.vertices[vertex];
        Point3::new(point.x, point.y, self.heights[level])
    }
}
