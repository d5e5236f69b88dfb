//! What a plane cuts out of a mesh.

use super::bitmap::Bitmap;
use crate::geometry::Mesh;

/// The cells that layers are looked at in.
#[derive(Clone, Copy, Debug)]
pub struct Grid {
    /// Side of a cell, in millimetres.
    pub cell: f64,
    x: f64,
    y: f64,
    columns: usize,
    rows: usize,
}

/// One cross-section.
#[derive(Clone, Debug)]
pub struct Section {
    /// The cells whose middle is inside.
    pub inside: Bitmap,
    /// Area, in mm².
    pub area: f64,
    /// Length of each outline, in mm.
    pub outlines: Vec<f64>,
}

/// Small enough for walls of a few nozzle widths.
const CELL: f64 = 0.25;
/// Larger parts are looked at more coarsely.
const MOST_CELLS: f64 = 1000.0;
/// Empty cells around the part.
const MARGIN: usize = 2;

impl Grid {
    /// The grid around a mesh.
    pub fn around(mesh: &Mesh) -> Grid {
        let bounds = mesh.bounds();
        let size = bounds.max - bounds.min;
        let cell = CELL.max(size.x / MOST_CELLS).max(size.y / MOST_CELLS);
        let cells = |length: f64| (length.max(0.0) / cell).ceil() as usize + 2 * MARGIN;
        let margin = cell * MARGIN as f64;
        Grid {
            cell,
            x: bounds.min.x - margin,
            y: bounds.min.y - margin,
            columns: cells(size.x),
            rows: cells(size.y),
        }
    }

    /// No cell at all.
    pub fn nothing(&self) -> Bitmap {
        Bitmap::empty(self.columns, self.rows)
    }

    /// Number of the first cell whose middle is at or beyond a place, that place being counted from
    /// the grid's edge.
    fn first_beyond(&self, place: f64) -> usize {
        (place / self.cell - 0.5).ceil().max(0.0) as usize
    }

    /// Cuts a mesh at height `z`. A vertex just at that height counts as below it.
    pub fn cut(&self, mesh: &Mesh, triangles: &[[u32; 3]], z: f64) -> Section {
        let mut inside = self.nothing();
        let mut area = 0.0;
        let mut pieces: Vec<Piece> = Vec::new();
        for triangle in triangles {
            let Some(piece) = Piece::of(mesh, *triangle, z) else { continue };
            let [(x0, y0), (x1, y1)] = piece.ends.map(|(x, y)| (x - self.x, y - self.y));
            area += (x0 * y1 - x1 * y0) / 2.0;
            for row in self.first_beyond(y0.min(y1))..self.first_beyond(y0.max(y1)) {
                let middle = (row as f64 + 0.5) * self.cell;
                let x = x0 + (x1 - x0) * (middle - y0) / (y1 - y0);
                inside.flip(self.first_beyond(x), row);
            }
            pieces.push(piece);
        }
        inside.fill();
        Section { inside, area: area.abs(), outlines: outlines(&pieces) }
    }
}

/// Where the plane crosses one triangle.
struct Piece {
    /// The mesh edges that it runs between.
    edges: [(u32, u32); 2],
    ends: [(f64, f64); 2],
}

impl Piece {
    fn of(mesh: &Mesh, corners: [u32; 3], z: f64) -> Option<Piece> {
        let height = |corner: u32| mesh.points[corner as usize].z;
        let mut crossed = [((0, 0), (0.0, 0.0)); 2];
        let mut count = 0;
        for index in 0..3 {
            let (from, to) = (corners[index], corners[(index + 1) % 3]);
            if (height(from) > z) == (height(to) > z) {
                continue;
            }
            // From the lower number to the higher: both triangles at the edge get the same point.
            let (low, high) = (from.min(to), from.max(to));
            let (a, b) = (mesh.points[low as usize], mesh.points[high as usize]);
            let share = (z - a.z) / (b.z - a.z);
            let end = (a.x + (b.x - a.x) * share, a.y + (b.y - a.y) * share);
            // The way up comes first, so that all pieces go around in the same sense.
            let place = usize::from(height(from) > z);
            crossed[place] = ((low, high), end);
            count += 1;
        }
        (count == 2).then(|| Piece { edges: crossed.map(|it| it.0), ends: crossed.map(|it| it.1) })
    }

    fn length(&self) -> f64 {
        let [(x0, y0), (x1, y1)] = self.ends;
        (x1 - x0).hypot(y1 - y0)
    }
}

/// Lengths of the closed outlines that the pieces make, pieces joined where they share an edge.
fn outlines(pieces: &[Piece]) -> Vec<f64> {
    let mut ends: Vec<((u32, u32), usize)> = pieces
        .iter()
        .enumerate()
        .flat_map(|(index, piece)| piece.edges.map(|edge| (edge, index)))
        .collect();
    ends.sort_unstable();
    let mut leader: Vec<usize> = (0..pieces.len()).collect();
    for pair in ends.windows(2).filter(|pair| pair[0].0 == pair[1].0) {
        let (one, other) = (lead(&mut leader, pair[0].1), lead(&mut leader, pair[1].1));
        leader[one.max(other)] = one.min(other);
    }
    let mut lengths = vec![0.0; pieces.len()];
    for (index, piece) in pieces.iter().enumerate() {
        lengths[lead(&mut leader, index)] += piece.length();
    }
    lengths.retain(|length| *length > 0.0);
    lengths
}

fn lead(leader: &mut [usize], mut index: usize) -> usize {
    while leader[index] != index {
        leader[index] = leader[leader[index]];
        index = leader[index];
    }
    index
}
