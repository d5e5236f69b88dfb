//! The shadow that a part throws on the bed, in strips.
//!
//! Each strip keeps only where the shadow begins and ends: hollows that open across the strips count
//! as filled. That is on the safe side, and L-shaped brackets still nest.

use crate::geometry::Mesh;

/// Width of a strip, in mm.
pub const STRIP: f64 = 1.0;

/// Begin and end of the shadow in each strip, in mm; the lowest strip and the least begin are 0.
#[derive(Clone, Debug, PartialEq)]
pub struct Outline {
    /// Along x, strip by strip of y.
    pub rows: Vec<[f64; 2]>,
    /// Along y, strip by strip of x.
    pub columns: Vec<[f64; 2]>,
    /// Width and depth.
    pub size: [f64; 2],
}

impl Outline {
    /// The shadow of a mesh.
    pub fn of(mesh: &Mesh) -> Outline {
        let bounds = mesh.bounds();
        let size = [bounds.max.x - bounds.min.x, bounds.max.y - bounds.min.y];
        let mut outline = Outline { rows: strips(size[1]), columns: strips(size[0]), size };
        for triangle in &mesh.triangles {
            let corners = triangle.map(|index| {
                let point = mesh.points[index as usize];
                (point.x - bounds.min.x, point.y - bounds.min.y)
            });
            for (from, to) in [(0, 1), (1, 2), (2, 0)] {
                let (a, b) = (corners[from], corners[to]);
                widen(&mut outline.rows, (a.1, a.0), (b.1, b.0));
                widen(&mut outline.columns, a, b);
            }
        }
        outline
    }

    /// Share of the box that the strips leave free, in both directions together.
    pub fn free(&self) -> f64 {
        let filled: f64 = self.rows.iter().map(|[from, to]| to - from).sum::<f64>() * STRIP;
        1.0 - filled / (self.size[0] * self.size[1]).max(1e-9)
    }

    /// Turned by quarters of a turn, counter-clockwise, back in the first quadrant.
    pub fn turned(&self, quarters: u8) -> Outline {
        let [width, depth] = self.size;
        match quarters % 4 {
            0 => self.clone(),
            1 => Outline {
                // (x, y) → (depth − y, x)
                rows: mirrored(&self.columns, depth),
                columns: reversed(&self.rows, depth),
                size: [depth, width],
            },
            2 => {
                let half = |strips: &[[f64; 2]], across: f64, along: f64| {
                    mirrored(&reversed(strips, along), across)
                };
                Outline {
                    rows: half(&self.rows, width, depth),
                    columns: half(&self.columns, depth, width),
                    size: self.size,
                }
            }
            _ => self.turned(2).turned(1),
        }
    }
}

fn strips(length: f64) -> Vec<[f64; 2]> {
    vec![[f64::INFINITY, f64::NEG_INFINITY]; (length / STRIP).ceil().max(1.0) as usize]
}

/// Takes an edge into the strips that it passes: `(place across the strips, place along them)`.
fn widen(strips: &mut [[f64; 2]], a: (f64, f64), b: (f64, f64)) {
    let (low, high) = if a.0 <= b.0 { (a, b) } else { (b, a) };
    let last = strips.len() - 1;
    let strip = |place: f64| ((place / STRIP).max(0.0) as usize).min(last);
    let passed = strip(low.0)..=strip(high.0);
    for (index, strip) in strips.iter_mut().enumerate().take(passed.end() + 1).skip(*passed.start())
    {
        let within = |place: f64| place.clamp(index as f64 * STRIP, (index + 1) as f64 * STRIP);
        for place in [within(low.0), within(high.0)] {
            let share = if high.0 > low.0 { (place - low.0) / (high.0 - low.0) } else { 0.0 };
            let ends =
                if high.0 > low.0 { [low.1 + (high.1 - low.1) * share; 2] } else { [a.1, b.1] };
            for along in ends {
                *strip = [strip[0].min(along), strip[1].max(along)];
            }
        }
    }
}

/// Begin and end exchanged, seen from the other side.
fn mirrored(strips: &[[f64; 2]], length: f64) -> Vec<[f64; 2]> {
    strips.iter().map(|[from, to]| [length - to, length - from]).collect()
}

/// The strips from the other end. Where `length` is not whole, the new strips lie across two old
/// ones and take the wider of both.
fn reversed(strips: &[[f64; 2]], length: f64) -> Vec<[f64; 2]> {
    let old = |place: f64| ((place / STRIP).max(0.0) as usize).min(strips.len() - 1);
    (0..strips.len())
        .map(|index| {
            let near = length - index as f64 * STRIP;
            let far = (near - STRIP).max(0.0);
            let touched = &strips[old(far + 1e-9)..=old(near - 1e-9)];
            touched.iter().fold([f64::INFINITY, f64::NEG_INFINITY], |[from, to], strip| {
                [from.min(strip[0]), to.max(strip[1])]
            })
        })
        .collect()
}
