//! What a solid turns towards the viewer, as a relief that points can be tested against.

use super::frame::Frame;
use crate::geometry::mesh::Mesh;

/// Triangles that look towards the viewer, in a grid of cells on paper. Whatever hides a point is
/// among them: a closed surface that is crossed from behind is crossed from the front as well.
pub struct Relief {
    triangles: Vec<[[f64; 3]; 3]>,
    low: [f64; 2],
    /// Side lengths of a cell, and cells along each side.
    cell: [f64; 2],
    cells: usize,
    /// Numbers of the triangles that reach into each cell, row by row.
    reaching: Vec<Vec<u32>>,
}

/// Triangles with less area on paper than this (in mm²) are seen edge-on.
const EDGE_ON: f64 = 1e-9;

impl Relief {
    /// The relief of a mesh.
    pub fn new(mesh: &Mesh, frame: Frame) -> Relief {
        let placed: Vec<[f64; 3]> =
            mesh.points.iter().map(|point| frame.place([point.x, point.y, point.z])).collect();
        let (mut low, mut high) = ([f64::INFINITY; 2], [f64::NEG_INFINITY; 2]);
        for point in &placed {
            for side in 0..2 {
                low[side] = low[side].min(point[side]);
                high[side] = high[side].max(point[side]);
            }
        }
        let corners = |triangle: &[u32; 3]| triangle.map(|index| placed[index as usize]);
        let triangles: Vec<[[f64; 3]; 3]> = mesh
            .triangles
            .iter()
            .map(corners)
            .filter(|[a, b, c]| cross(*a, *b, *c) > EDGE_ON)
            .collect();
        let cells = ((triangles.len() as f64).sqrt() as usize).clamp(8, 64);
        let side = |side: usize| ((high[side] - low[side]) / cells as f64).max(1e-6);
        let cell = [side(0), side(1)];
        let reaching = vec![Vec::new(); cells * cells];
        let mut relief = Relief { triangles, low, cell, cells, reaching };
        for number in 0..relief.triangles.len() {
            relief.enter(number);
        }
        relief
    }

    /// Enters a triangle into the cells that it reaches, row by row.
    fn enter(&mut self, number: usize) {
        let corners = self.triangles[number];
        let ends = |values: [f64; 3]| {
            (values[0].min(values[1]).min(values[2]), values[0].max(values[1]).max(values[2]))
        };
        let (bottom, top) = ends(corners.map(|corner| corner[1]));
        for row in self.index(1, bottom)..=self.index(1, top) {
            let from = self.low[1] + self.cell[1] * row as f64;
            // The last row takes what rounding leaves above it.
            let to = if row + 1 == self.cells { f64::INFINITY } else { from + self.cell[1] };
            let (mut left, mut right) = (f64::INFINITY, f64::NEG_INFINITY);
            for (start, end) in [(0, 1), (1, 2), (2, 0)] {
                let (start, end) = (corners[start], corners[end]);
                let rise = end[1] - start[1];
                for height in [start[1], end[1], from, to] {
                    let share = if rise == 0.0 { 0.0 } else { (height - start[1]) / rise };
                    let is_within = (from..=to).contains(&height) && (0.0..=1.0).contains(&share);
                    if is_within || (rise == 0.0 && (from..=to).contains(&start[1])) {
                        let u = start[0] + (end[0] - start[0]) * share;
                        left = left.min(u);
                        right = right.max(u);
                        if rise == 0.0 {
                            left = left.min(end[0]);
                            right = right.max(end[0]);
                        }
                    }
                }
            }
            if left <= right {
                let margin = 1e-6;
                for column in self.index(0, left - margin)..=self.index(0, right + margin) {
                    self.reaching[row * self.cells + column].push(number as u32);
                }
            }
        }
    }

    fn index(&self, side: usize, value: f64) -> usize {
        (((value - self.low[side]) / self.cell[side]).max(0.0) as usize).min(self.cells - 1)
    }

    /// Does anything at this place of the paper lie nearer to the viewer than `height`?
    pub fn covers(&self, u: f64, v: f64, height: f64) -> bool {
        let cell = self.index(1, v) * self.cells + self.index(0, u);
        let place = [u, v, 0.0];
        self.reaching[cell].iter().any(|&number| {
            let [a, b, c] = self.triangles[number as usize];
            let shares = [cross(b, c, place), cross(c, a, place), cross(a, b, place)];
            let whole: f64 = shares.iter().sum();
            shares.iter().all(|share| *share >= -1e-9)
                && shares[0] * a[2] + shares[1] * b[2] + shares[2] * c[2] > height * whole
        })
    }
}

/// Twice the area on paper; positive if the corners run counter-clockwise.
fn cross(a: [f64; 3], b: [f64; 3], c: [f64; 3]) -> f64 {
    (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0])
}
