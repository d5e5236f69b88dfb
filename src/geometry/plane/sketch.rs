//! Plane regions.

use std::f64::consts::FRAC_1_SQRT_2;
use std::f64::consts::SQRT_2;
use std::fmt;

use super::pen::Pen;
use super::segment::{Segment, Shape, winding};
use super::vec2::{Vec2, vec2};
use crate::geometry::{Direction2, GeometryError, SAME};
use crate::units::Mm;

/// An area in square millimetres.
#[derive(Clone, Copy, Debug, Default, PartialEq, PartialOrd)]
pub struct SquareMm(pub f64);

impl fmt::Display for SquareMm {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:.3} mm²", self.0)
    }
}

/// A closed chain of segments.
pub type Outline = Vec<Segment>;

/// A region of the plane, bounded by closed outlines of lines and arcs.
///
/// Outlines run counter-clockwise, holes clockwise; inside is where the winding number is positive.
/// So a hole that leaves its outline adds nothing outside, and two overlapping holes are one.
///
/// Shapes that are no region (a circle of radius 0) are kept and refused by
/// [`Stack::build`](crate::geometry::Stack::build), with the reason.
///
/// ```
/// use pibuild::geometry::Sketch;
/// use pibuild::units::Mm;
/// let washer = Sketch::circle(Mm::ZERO, Mm::ZERO, Mm::um(5_000))
///     .with_hole(Sketch::circle(Mm::ZERO, Mm::ZERO, Mm::um(3_000)));
/// assert!((washer.area().0 - 16.0 * std::f64::consts::PI).abs() < 1e-9);
/// ```
#[derive(Clone, Debug)]
pub struct Sketch {
    outlines: Vec<Outline>,
    flaw: Option<String>,
}

impl Sketch {
    /// The region of one outline, turned counter-clockwise if it is not.
    pub(super) fn from_outline(outline: Outline) -> Sketch {
        let area: f64 = outline.iter().map(Segment::area).sum();
        let flaw = (area.abs() < SAME).then(|| match outline.first() {
            None => "an outline without a side".to_owned(),
            Some(side) => {
                format!("the outline from ({}, {}) has no area", side.start.x, side.start.y)
            }
        });
        let outline = if area < 0.0 { reversed(outline) } else { outline };
        Sketch { outlines: vec![outline], flaw }
    }

    fn flawed(flaw: String) -> Sketch {
        Sketch { outlines: vec![], flaw: Some(flaw) }
    }

    /// The rectangle between two opposite corners, in any order.
    pub fn rect(x0: Mm, y0: Mm, x1: Mm, y1: Mm) -> Sketch {
        Sketch::polygon(&[(x0, y0), (x1, y0), (x1, y1), (x0, y1)])
    }

    /// A rectangle with round corners. The radius is cut down to half of the shorter side; a radius
    /// of 0 gives a plain rectangle.
    pub fn rounded_rect(x0: Mm, y0: Mm, x1: Mm, y1: Mm, radius: Mm) -> Sketch {
        let (x0, x1) = (x0.min(x1), x0.max(x1));
        let (y0, y1) = (y0.min(y1), y0.max(y1));
        let shorter = (x1 - x0).min(y1 - y0);
        let radius = radius.mm().min(shorter.mm() / 2.0);
        if radius <= 0.0 {
            return Sketch::rect(x0, y0, x1, y1);
        }
        let (min, max) = (vec2(x0.mm(), y0.mm()), vec2(x1.mm(), y1.mm()));
        // Each corner: its centre, the directions to the arc's start and end.
        let (right, up) = (vec2(radius, 0.0), vec2(0.0, radius));
        let corners = [
            (vec2(max.x, min.y) + up - right, -up, right),
            (max - up - right, right, up),
            (vec2(min.x, max.y) - up + right, up, -right),
            (min + up + right, -right, -up),
        ];
        let mut outline: Outline = vec![];
        for (index, (centre, from, to)) in corners.into_iter().enumerate() {
            let shape = Shape::Arc { centre, radius, ccw: true };
            outline.push(Segment { start: centre + from, end: centre + to, shape });
            let (next, next_from, _) = corners[(index + 1) % 4];
            let side = Segment::line(centre + to, next + next_from);
            if side.chord() > SAME {
                outline.push(side);
            }
        }
        close_exactly(&mut outline);
        Sketch::from_outline(outline)
    }

    /// A full circle.
    pub fn circle(x: Mm, y: Mm, radius: Mm) -> Sketch {
        if radius <= Mm::ZERO {
            return Sketch::flawed(format!("a circle of radius {radius} at ({x}, {y})"));
        }
        Sketch::from_outline(circle(vec2(x.mm(), y.mm()), radius.mm()))
    }

    /// A slot with round ends, centred on (`x`, `y`), `length` overall along x. A length that does
    /// not exceed the width gives a circle.
    pub fn slot(x: Mm, y: Mm, length: Mm, width: Mm) -> Sketch {
        if length <= width {
            return Sketch::circle(x, y, width.half());
        }
        let (along, across) = (length.half(), width.half());
        Sketch::rounded_rect(x - along, y - across, x + along, y + across, across)
    }

    /// The polygon with these corners, in either direction.
    pub fn polygon(corners: &[(Mm, Mm)]) -> Sketch {
        let corners: Vec<Vec2> = corners.iter().map(|(x, y)| vec2(x.mm(), y.mm())).collect();
        let next = corners.iter().cycle().skip(1);
        let sides = corners.iter().zip(next).map(|(&start, &end)| Segment::line(start, end));
        Sketch::from_outline(sides.filter(|side| side.chord() > SAME).collect())
    }

    /// A circle with a 45° roof whose ridge points to `tip`: a round hole across the layers that
    /// prints without support. The roof's sides are tangent and meet at radius · √2.
    pub fn teardrop(x: Mm, y: Mm, radius: Mm, tip: Direction2) -> Sketch {
        if radius <= Mm::ZERO {
            return Sketch::flawed(format!("a teardrop of radius {radius} at ({x}, {y})"));
        }
        let (centre, radius) = (vec2(x.mm(), y.mm()), radius.mm());
        let toward = match tip {
            Direction2::XPlus => vec2(1.0, 0.0),
            Direction2::XMinus => vec2(-1.0, 0.0),
            Direction2::YPlus => vec2(0.0, 1.0),
            Direction2::YMinus => vec2(0.0, -1.0),
        };
        let eave = radius * FRAC_1_SQRT_2;
        let left = centre + toward * eave + toward.left() * eave;
        let right = centre + toward * eave - toward.left() * eave;
        let (ridge, back) = (centre + toward * (radius * SQRT_2), centre - toward * radius);
        let shape = Shape::Arc { centre, radius, ccw: true };
        Sketch::from_outline(vec![
            Segment { start: left, end: back, shape },
            Segment { start: back, end: right, shape },
            Segment::line(right, ridge),
            Segment::line(ridge, left),
        ])
    }

    /// Starts an outline at (`x`, `y`).
    pub fn pen(x: Mm, y: Mm) -> Pen {
        Pen::at(x, y)
    }

    /// This region without `hole`.
    #[must_use]
    pub fn with_hole(mut self, hole: Sketch) -> Sketch {
        self.outlines.extend(hole.outlines.into_iter().map(reversed));
        self.flaw = self.flaw.or(hole.flaw);
        self
    }

    /// Shifted.
    #[must_use]
    pub fn moved(mut self, dx: Mm, dy: Mm) -> Sketch {
        let shift = vec2(dx.mm(), dy.mm());
        for segment in self.outlines.iter_mut().flatten() {
            *segment = segment.mapped(|point| point + shift, false);
        }
        self
    }

    /// The area within the outlines, less that of the holes. Exact as long as outlines neither
    /// cross nor leave one another.
    pub fn area(&self) -> SquareMm {
        SquareMm(self.segments().map(Segment::area).sum())
    }

    /// Is the point inside? On the border, either answer.
    pub fn contains(&self, x: f64, y: f64) -> bool {
        winding(self.segments(), vec2(x, y)) > 0
    }

    /// All sides as polylines that leave arcs by at most `chord`, outlines counter-clockwise, holes
    /// clockwise: for drawings and for checks by other libraries.
    pub fn polylines(&self, chord: Mm) -> Vec<Vec<[f64; 2]>> {
        let flat = |outline: &Outline| {
            outline.iter().flat_map(|segment| flattened(segment, chord.mm())).collect()
        };
        self.outlines.iter().map(flat).collect()
    }

    /// The outlines, or why there are none.
    pub(in crate::geometry) fn outlines(&self) -> Result<&[Outline], GeometryError> {
        match &self.flaw {
            None => Ok(&self.outlines),
            Some(flaw) => Err(GeometryError::BadSketch(flaw.clone())),
        }
    }

    pub(in crate::geometry) fn segments(&self) -> impl Iterator<Item = &Segment> {
        self.outlines.iter().flatten()
    }
}

/// A full circle as two half circles, counter-clockwise from its rightmost point.
pub fn circle(centre: Vec2, radius: f64) -> Outline {
    let (right, left) = (centre + vec2(radius, 0.0), centre - vec2(radius, 0.0));
    let shape = Shape::Arc { centre, radius, ccw: true };
    vec![Segment { start: right, end: left, shape }, Segment { start: left, end: right, shape }]
}

fn reversed(outline: Outline) -> Outline {
    outline.into_iter().rev().map(Segment::reversed).collect()
}

/// Ends that differ by rounding only are made equal.
fn close_exactly(outline: &mut Outline) {
    let starts: Vec<Vec2> = outline.iter().map(|segment| segment.start).collect();
    for (index, segment) in outline.iter_mut().enumerate() {
        segment.end = starts[(index + 1) % starts.len()];
    }
}

/// The segment's start and the points between its ends.
pub(super) fn flattened(segment: &Segment, chord: f64) -> Vec<[f64; 2]> {
    let mut points = vec![[segment.start.x, segment.start.y]];
    if let Shape::Arc { centre, radius, ccw } = segment.shape {
        let step = 2.0 * (1.0 - chord / radius).max(0.0).acos();
        let count = (segment.sweep() / step).ceil().max(2.0) as usize;
        let turn = segment.sweep() / count as f64 * if ccw { 1.0 } else { -1.0 };
        let spoke = segment.start - centre;
        for index in 1..count {
            let (sin, cos) = (turn * index as f64).sin_cos();
            let point = centre + spoke * cos + spoke.left() * sin;
            points.push([point.x, point.y]);
        }
    }
    points
}
