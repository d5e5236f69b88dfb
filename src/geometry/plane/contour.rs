//! Chains of lines and arcs, as CAD programs keep them.

use super::segment::{Rect, Segment, Shape, with_bulge};
use super::sketch::{Sketch, flattened};
use super::vec2::vec2;
use crate::geometry::GeometryError;
use crate::units::Mm;

/// A corner of a [`Contour`], and how it goes on from there.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Vertex {
    /// To the right, in millimetres.
    pub x: f64,
    /// Up, in millimetres.
    pub y: f64,
    /// The way to the next corner: 0 is straight, else the tangent of a quarter of the arc's swept
    /// angle, positive counter-clockwise (1 is a half circle). The last one of an open contour says
    /// nothing.
    pub bulge: f64,
}

/// One chain of lines and arcs, closed or open: what a cutter follows, what a DXF file calls a
/// polyline.
#[derive(Clone, Debug, PartialEq)]
pub struct Contour {
    /// Its corners, in order.
    pub vertices: Vec<Vertex>,
    /// Does it go from the last corner to the first?
    pub closed: bool,
}

/// A rectangle along the axes, in millimetres.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Extent {
    /// Left, lower.
    pub min: [f64; 2],
    /// Right, upper.
    pub max: [f64; 2],
}

impl Contour {
    /// Straight lines from point to point.
    pub fn through(points: &[(Mm, Mm)], closed: bool) -> Contour {
        let vertex = |&(x, y): &(Mm, Mm)| Vertex { x: x.mm(), y: y.mm(), bulge: 0.0 };
        Contour { vertices: points.iter().map(vertex).collect(), closed }
    }

    /// The rectangle between two opposite corners, counter-clockwise.
    pub fn rectangle(x0: Mm, y0: Mm, x1: Mm, y1: Mm) -> Contour {
        let ((x0, x1), (y0, y1)) = ((x0.min(x1), x0.max(x1)), (y0.min(y1), y0.max(y1)));
        Contour::through(&[(x0, y0), (x1, y0), (x1, y1), (x0, y1)], true)
    }

    fn of_outline(outline: &[Segment]) -> Contour {
        let vertex = |segment: &Segment| Vertex {
            x: segment.start.x,
            y: segment.start.y,
            bulge: bulge(segment),
        };
        Contour { vertices: outline.iter().map(vertex).collect(), closed: true }
    }

    /// Its lines and arcs.
    pub(super) fn segments(&self) -> impl Iterator<Item = Segment> + '_ {
        let count = self.vertices.len();
        let sides = if self.closed { count } else { count.saturating_sub(1) };
        (0..sides).map(move |index| {
            let (from, to) = (self.vertices[index], self.vertices[(index + 1) % count]);
            let (start, end) = (vec2(from.x, from.y), vec2(to.x, to.y));
            with_bulge(start, end, from.bulge)
        })
    }

    /// The smallest rectangle around it; `None` without corners.
    pub fn extent(&self) -> Option<Extent> {
        let first = self.vertices.first()?;
        let start = vec2(first.x, first.y);
        let bounds =
            self.segments().fold(Rect::EMPTY.with(start), |all, side| all.union(side.bounds()));
        Some(Extent { min: [bounds.min.x, bounds.min.y], max: [bounds.max.x, bounds.max.y] })
    }

    /// The area within, in square millimetres: positive if it runs counter-clockwise. 0 if open.
    pub fn area(&self) -> f64 {
        if self.closed { self.segments().map(|side| side.area()).sum() } else { 0.0 }
    }

    /// Its length in millimetres.
    pub fn length(&self) -> f64 {
        self.segments().map(|side| length(&side)).sum()
    }

    /// The point so far along, and the direction there (of length 1); on a side that is long enough
    /// it keeps `clear` millimetres from both ends. `None` without sides.
    pub fn at(&self, along: f64, clear: f64) -> Option<([f64; 2], [f64; 2])> {
        let mut left = along;
        let mut last = None;
        for side in self.segments() {
            let length = length(&side);
            if left <= length {
                last = Some((side, left));
                break;
            }
            left -= length;
            last = Some((side, length));
        }
        let (side, along) = last?;
        let length = length(&side);
        let along = if length > 2.0 * clear { along.clamp(clear, length - clear) } else { along };
        let (point, way) = match side.shape {
            Shape::Line => {
                let way = (side.end - side.start).unit();
                (side.start + way * along, way)
            }
            Shape::Arc { centre, radius, ccw } => {
                let (sin, cos) = (along / radius).sin_cos();
                let spoke = side.start - centre;
                let left = if ccw { spoke.left() } else { -spoke.left() };
                let turned = spoke * cos + left * sin;
                let way = if ccw { turned.left() } else { -turned.left() };
                (centre + turned, way.unit())
            }
        };
        Some(([point.x, point.y], [way.x, way.y]))
    }

    /// Its corners, and points between them where it is round, so that straight lines from one to
    /// the next leave it by `chord` at most. A closed one ends where it began.
    pub fn points(&self, chord: Mm) -> Vec<[f64; 2]> {
        let mut points: Vec<[f64; 2]> =
            self.segments().flat_map(|side| flattened(&side, chord.mm())).collect();
        let end = if self.closed { self.vertices.first() } else { self.vertices.last() };
        points.extend(end.map(|vertex| [vertex.x, vertex.y]));
        points
    }

    /// Turned a quarter left about the origin if `turned`, then shifted.
    #[must_use]
    pub fn placed(&self, turned: bool, dx: f64, dy: f64) -> Contour {
        let place = |vertex: &Vertex| {
            let (x, y) = if turned { (-vertex.y, vertex.x) } else { (vertex.x, vertex.y) };
            Vertex { x: x + dx, y: y + dy, bulge: vertex.bulge }
        };
        Contour { vertices: self.vertices.iter().map(place).collect(), closed: self.closed }
    }

    /// The same run the other way.
    #[must_use]
    pub fn reversed(&self) -> Contour {
        let count = self.vertices.len();
        let backward = |index: usize| {
            let vertex = self.vertices[count - 1 - index];
            // The way to the next corner is the way that led here.
            let way = self.vertices[(2 * count - 2 - index) % count];
            Vertex { bulge: -way.bulge, ..vertex }
        };
        Contour { vertices: (0..count).map(backward).collect(), closed: self.closed }
    }
}

impl Sketch {
    /// Its outlines as they may be cut: outer ones run counter-clockwise, holes clockwise, in the
    /// order of drawing. They are as they were drawn: where two outlines cross, so do these.
    ///
    /// # Errors
    /// A sketch that is no region has none.
    pub fn contours(&self) -> Result<Vec<Contour>, GeometryError> {
        Ok(self.outlines()?.iter().map(|outline| Contour::of_outline(outline)).collect())
    }
}

/// The length of a line or arc.
fn length(side: &Segment) -> f64 {
    match side.shape {
        Shape::Line => side.chord(),
        Shape::Arc { radius, .. } => side.sweep() * radius,
    }
}

/// The tangent of a quarter of the swept angle, with the sign of the turn.
fn bulge(segment: &Segment) -> f64 {
    let Shape::Arc { ccw, .. } = segment.shape else { return 0.0 };
    let bulge = (segment.sweep() / 4.0).tan();
    if ccw { bulge } else { -bulge }
}

#[cfg(test)]
mod tests {
    use std::f64::consts::PI;

    use super::*;

    fn mm(value: f64) -> Mm {
        Mm::from_mm(value)
    }

    #[test]
    fn a_washer_has_two_contours_of_two_half_circles_each() {
        let washer = Sketch::circle(mm(10.0), mm(0.0), mm(5.0)).with_hole(Sketch::circle(
            mm(10.0),
            mm(0.0),
            mm(3.0),
        ));
        let contours = washer.contours().unwrap();
        let areas: Vec<f64> = contours.iter().map(Contour::area).collect();
        assert!((areas[0] - 25.0 * PI).abs() < 1e-9 && (areas[1] + 9.0 * PI).abs() < 1e-9);
        assert!((contours[0].length() - 10.0 * PI).abs() < 1e-9);
        assert!(contours.iter().flat_map(|c| &c.vertices).all(|v| (v.bulge.abs() - 1.0) < 1e-12));
        let extent = contours[0].extent().unwrap();
        assert!((extent.min[0] - 5.0).abs() < 1e-9 && (extent.max[1] - 5.0).abs() < 1e-9);
    }

    #[test]
    fn turning_and_reversing_keep_the_shape() {
        let sketch = Sketch::rounded_rect(mm(0.0), mm(0.0), mm(40.0), mm(20.0), mm(4.0));
        let contour = &sketch.contours().unwrap()[0];
        let turned = contour.placed(true, 20.0, 0.0);
        let extent = turned.extent().unwrap();
        assert!(extent.min[0].abs() < 1e-9 && (extent.max[0] - 20.0).abs() < 1e-9);
        assert!((extent.max[1] - 40.0).abs() < 1e-9);
        assert!((turned.area() - contour.area()).abs() < 1e-9);
        let back = contour.reversed();
        assert!((back.area() + contour.area()).abs() < 1e-9);
        assert!((back.length() - contour.length()).abs() < 1e-9);
    }
}
