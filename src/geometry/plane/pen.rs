//! Outlines drawn side by side.

use std::f64::consts::PI;

use super::segment::{Segment, Shape};
use super::sketch::{Outline, Sketch};
use super::vec2::{Vec2, vec2};
use crate::geometry::{GeometryError, SAME};
use crate::units::Mm;

/// Which way an arc turns.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Turn {
    /// Counter-clockwise.
    Left,
    /// Clockwise.
    Right,
}

/// An arc's end may be this much (in mm) nearer to the centre than its start, or farther: callers
/// compute such points in whole nanometres, with a square root or two on the way.
const RADIUS_SLACK: f64 = 1e-5;

/// An outline in the making; see [`Sketch::pen`].
///
/// ```
/// use pibuild::geometry::{Sketch, Turn};
/// use pibuild::units::Mm;
/// let mm = Mm::from_mm;
/// // A square of 10 with one corner rounded by 4.
/// let corner = Sketch::pen(mm(0.0), mm(0.0))
///     .line_to(mm(10.0), mm(0.0))
///     .line_to(mm(10.0), mm(6.0))
///     .arc_to(mm(6.0), mm(6.0), mm(6.0), mm(10.0), Turn::Left)
///     .line_to(mm(0.0), mm(10.0))
///     .close()?;
/// let lost = 16.0 - 4.0 * std::f64::consts::PI;
/// assert!((corner.area().0 - (100.0 - lost)).abs() < 1e-9);
/// # Ok::<(), pibuild::geometry::GeometryError>(())
/// ```
#[derive(Clone, Debug)]
#[must_use = "an outline is nothing until it is closed"]
pub struct Pen {
    start: Vec2,
    at: Vec2,
    outline: Outline,
    flaw: Option<String>,
}

impl Pen {
    pub(super) fn at(x: Mm, y: Mm) -> Pen {
        let start = vec2(x.mm(), y.mm());
        Pen { start, at: start, outline: vec![], flaw: None }
    }

    /// Straight on to (`x`, `y`). Going nowhere adds nothing.
    pub fn line_to(self, x: Mm, y: Mm) -> Pen {
        self.line(vec2(x.mm(), y.mm()))
    }

    fn line(mut self, end: Vec2) -> Pen {
        if (end - self.at).length() > SAME {
            self.outline.push(Segment::line(self.at, end));
            self.at = end;
        }
        self
    }

    /// Around the centre (`centre_x`, `centre_y`) to (`x`, `y`), by less than a full turn. An end
    /// that is not as far from the centre as the start (within 10 nm) makes [`Pen::close`] fail.
    pub fn arc_to(mut self, centre_x: Mm, centre_y: Mm, x: Mm, y: Mm, turn: Turn) -> Pen {
        let (centre, end) = (vec2(centre_x.mm(), centre_y.mm()), vec2(x.mm(), y.mm()));
        let (from, to) = (self.at - centre, end - centre);
        let (radius, end_radius) = (from.length(), to.length());
        if (radius - end_radius).abs() > RADIUS_SLACK || radius < SAME || end.is_same(self.at) {
            self.flaw.get_or_insert(format!(
                "the arc around ({}, {}) from ({}, {}) to ({}, {}) has the radii {radius} and \
                 {end_radius}, or no length",
                centre.x, centre.y, self.at.x, self.at.y, end.x, end.y
            ));
            return self;
        }
        let radius = f64::midpoint(radius, end_radius);
        let ccw = turn == Turn::Left;
        let angle = from.cross(to).atan2(from.dot(to)) * if ccw { 1.0 } else { -1.0 };
        let angle = angle.rem_euclid(2.0 * PI);
        let shape = Shape::Arc { centre, radius, ccw };
        // An end half a turn away may be a rounding error past it.
        if angle > PI + RADIUS_SLACK / radius {
            let (sin, cos) = (angle / 2.0).sin_cos();
            let side = if ccw { from.left() } else { -from.left() };
            let half_way = centre + (from * cos + side * sin).unit() * radius;
            self.outline.push(Segment { start: self.at, end: half_way, shape });
            self.at = half_way;
        }
        self.outline.push(Segment { start: self.at, end, shape });
        self.at = end;
        self
    }

    /// Back to the start, straight if the pen is not there. The direction of drawing does not
    /// matter.
    pub fn close(self) -> Result<Sketch, GeometryError> {
        let start = self.start;
        let closed = self.line(start);
        if let Some(flaw) = closed.flaw {
            return Err(GeometryError::BadSketch(flaw));
        }
        let sketch = Sketch::from_outline(closed.outline);
        sketch.outlines()?;
        Ok(sketch)
    }
}
