//! Directed lines and arcs.

use std::f64::consts::PI;

use super::vec2::{Vec2, vec2};

/// Straight, or round about a centre.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Shape {
    /// Straight from start to end.
    Line,
    /// At most a half circle.
    Arc {
        /// Centre.
        centre: Vec2,
        /// Radius.
        radius: f64,
        /// Counter-clockwise?
        ccw: bool,
    },
}

/// A directed line or arc.
#[derive(Clone, Copy, Debug)]
pub struct Segment {
    /// Where it starts.
    pub start: Vec2,
    /// Where it ends.
    pub end: Vec2,
    /// What is between.
    pub shape: Shape,
}

/// A box along the axes of the plane.
#[derive(Clone, Copy, Debug)]
pub struct Rect {
    /// Lower left corner.
    pub min: Vec2,
    /// Upper right corner.
    pub max: Vec2,
}

impl Rect {
    /// The box of no points.
    pub const EMPTY: Rect = Rect {
        min: vec2(f64::INFINITY, f64::INFINITY),
        max: vec2(f64::NEG_INFINITY, f64::NEG_INFINITY),
    };

    /// Grown to hold `point`.
    #[must_use]
    pub fn with(self, point: Vec2) -> Rect {
        Rect {
            min: vec2(self.min.x.min(point.x), self.min.y.min(point.y)),
            max: vec2(self.max.x.max(point.x), self.max.y.max(point.y)),
        }
    }

    /// The smallest box around both.
    #[must_use]
    pub fn union(self, other: Rect) -> Rect {
        if other.min.x > other.max.x { self } else { self.with(other.min).with(other.max) }
    }

    /// Is `point` inside, the border excluded?
    pub fn surrounds(&self, point: Vec2) -> bool {
        self.min.x < point.x && point.x < self.max.x && self.min.y < point.y && point.y < self.max.y
    }
}

impl Segment {
    /// A straight one.
    pub const fn line(start: Vec2, end: Vec2) -> Segment {
        Segment { start, end, shape: Shape::Line }
    }

    /// The same curve, from end to start.
    #[must_use]
    pub fn reversed(self) -> Segment {
        let shape = match self.shape {
            Shape::Line => Shape::Line,
            Shape::Arc { centre, radius, ccw } => Shape::Arc { centre, radius, ccw: !ccw },
        };
        Segment { start: self.end, end: self.start, shape }
    }

    /// Every point mapped; `flips` says whether `map` turns left into right. `map` must keep
    /// distances.
    #[must_use]
    pub fn mapped(self, map: impl Fn(Vec2) -> Vec2, flips: bool) -> Segment {
        let shape = match self.shape {
            Shape::Line => Shape::Line,
            Shape::Arc { centre, radius, ccw } => {
                Shape::Arc { centre: map(centre), radius, ccw: ccw != flips }
            }
        };
        Segment { start: map(self.start), end: map(self.end), shape }
    }

    /// Straight distance between the ends.
    pub fn chord(&self) -> f64 {
        (self.end - self.start).length()
    }

    /// Swept angle of an arc, 0 to π; 0 for a line.
    pub fn sweep(&self) -> f64 {
        match self.shape {
            Shape::Line => 0.0,
            // From the centre: asin(chord / 2r) loses half of the digits near a half circle.
            Shape::Arc { centre, .. } => {
                let (from, to) = (self.start - centre, self.end - centre);
                from.cross(to).abs().atan2(from.dot(to))
            }
        }
    }

    /// Half way along.
    pub fn middle(&self) -> Vec2 {
        match self.shape {
            Shape::Line => (self.start + self.end) * 0.5,
            // A counter-clockwise arc bulges to the right of its chord.
            Shape::Arc { centre, radius, ccw } => {
                let left = (self.end - self.start).left().unit();
                centre + left * if ccw { -radius } else { radius }
            }
        }
    }

    /// Its share of the area that a closed outline encloses, seen from the origin.
    pub fn area(&self) -> f64 {
        let triangle = self.start.cross(self.end) / 2.0;
        match self.shape {
            Shape::Line => triangle,
            Shape::Arc { radius, ccw, .. } => {
                let sweep = self.sweep();
                let bulge = radius * radius / 2.0 * (sweep - sweep.sin());
                triangle + if ccw { bulge } else { -bulge }
            }
        }
    }

    /// Signed angle under which `point` sees it; an outline's sum is 2π times its winding number.
    pub fn angle_from(&self, point: Vec2) -> f64 {
        let (from, to) = (self.start - point, self.end - point);
        let across_chord = from.cross(to).atan2(from.dot(to));
        match self.shape {
            Shape::Arc { centre, radius, ccw } if (point - centre).length() < radius => {
                // Between chord and arc, the arc is seen the long way round.
                if ccw && from.cross(to) <= 0.0 {
                    2.0 * PI - across_chord.abs()
                } else if !ccw && from.cross(to) >= 0.0 {
                    across_chord.abs() - 2.0 * PI
                } else {
                    across_chord
                }
            }
            _ => across_chord,
        }
    }

    /// Distance from `point` to the nearest point of the segment.
    pub fn distance(&self, point: Vec2) -> f64 {
        let to_ends = (point - self.start).length().min((point - self.end).length());
        match self.shape {
            Shape::Line => {
                let along = self.end - self.start;
                let share = (point - self.start).dot(along) / along.dot(along);
                // A line of no length gives NaN here, and so the distance to its ends.
                if (0.0..=1.0).contains(&share) {
                    (point - self.start).cross(along).abs() / along.length()
                } else {
                    to_ends
                }
            }
            Shape::Arc { centre, radius, .. } => {
                if self.faces(point) {
                    ((point - centre).length() - radius).abs()
                } else {
                    to_ends
                }
            }
        }
    }

    /// Is the direction from an arc's centre to `point` strictly within the arc's span? Never so
    /// for a line.
    pub fn faces(&self, point: Vec2) -> bool {
        let Shape::Arc { centre, ccw, .. } = self.shape else { return false };
        let turn = if ccw { 1.0 } else { -1.0 };
        // A half circle is told by the side of its chord; less, by both of its radii.
        if self.sweep() > PI - 1e-6 {
            turn * (self.end - self.start).cross(point - self.start) < 0.0
        } else {
            let (from, to, toward) = (self.start - centre, self.end - centre, point - centre);
            turn * from.cross(toward) > 0.0 && turn * toward.cross(to) > 0.0
        }
    }

    /// The smallest box around it.
    pub fn bounds(&self) -> Rect {
        let mut bounds = Rect::EMPTY.with(self.start).with(self.end);
        if let Shape::Arc { centre, radius, .. } = self.shape {
            for to in [vec2(radius, 0.0), vec2(-radius, 0.0), vec2(0.0, radius), vec2(0.0, -radius)]
            {
                if self.faces(centre + to) {
                    bounds = bounds.with(centre + to);
                }
            }
        }
        bounds
    }
}

/// The line (`bulge` 0) or arc from `start` to `end` whose swept angle has a quarter with the tangent
/// `bulge`, positive counter-clockwise.
pub fn with_bulge(start: Vec2, end: Vec2, bulge: f64) -> Segment {
    if bulge == 0.0 {
        return Segment::line(start, end);
    }
    let chord = end - start;
    // Centre beside the chord's middle, by half the chord × cot(sweep / 2).
    let beside = (1.0 - bulge * bulge) / (4.0 * bulge);
    let centre = (start + end) * 0.5 + chord.left() * beside;
    let radius = chord.length() * (1.0 + bulge * bulge) / (4.0 * bulge.abs());
    Segment { start, end, shape: Shape::Arc { centre, radius, ccw: bulge > 0.0 } }
}

/// How often the closed outlines run counter-clockwise around `point`.
pub fn winding<'a>(outline: impl IntoIterator<Item = &'a Segment>, point: Vec2) -> i32 {
    let angle: f64 = outline.into_iter().map(|segment| segment.angle_from(point)).sum();
    (angle / (2.0 * PI)).round() as i32
}

#[cfg(test)]
mod tests {
    use super::*;

    fn quarter(ccw: bool) -> Segment {
        let (start, end) = (vec2(1.0, 0.0), vec2(0.0, 1.0));
        let arc = Shape::Arc { centre: vec2(0.0, 0.0), radius: 1.0, ccw: true };
        let segment = Segment { start, end, shape: arc };
        if ccw { segment } else { segment.reversed() }
    }

    #[test]
    fn quarter_circle_area_and_middle() {
        assert!((quarter(true).area() - PI / 4.0).abs() < 1e-15);
        assert!((quarter(false).area() + PI / 4.0).abs() < 1e-15);
        let diagonal = 0.5f64.sqrt();
        assert!(quarter(true).middle().is_same(vec2(diagonal, diagonal)));
        assert!(quarter(false).middle().is_same(vec2(diagonal, diagonal)));
    }

    #[test]
    fn distance_to_an_arc_outside_its_span_is_to_an_end() {
        assert!((quarter(true).distance(vec2(-1.0, -1.0)) - 5.0f64.sqrt()).abs() < 1e-15);
        assert!((quarter(true).distance(vec2(0.0, 0.0)) - 1.0).abs() < 1e-15);
    }
}
