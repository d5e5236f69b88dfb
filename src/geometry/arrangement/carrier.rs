//! The unbounded curves that pieces of outlines lie on.

use crate::geometry::SAME;
use crate::geometry::plane::{Segment, Shape, Vec2};

/// A whole line or circle. Pieces that overlap share their carrier.
#[derive(Clone, Copy, Debug)]
pub enum Carrier {
    /// Through a point along a unit vector.
    Line {
        /// A point on it.
        through: Vec2,
        /// Unit vector.
        along: Vec2,
    },
    /// A circle with two opposite seams, at which it is always split: so no piece of it exceeds a
    /// half circle.
    Circle {
        /// Centre.
        centre: Vec2,
        /// Radius.
        radius: f64,
        /// Two opposite points.
        seams: [Vec2; 2],
    },
}

impl Carrier {
    /// The curve that continues `segment`; a circle's seams are at the segment's start and opposite.
    pub fn of(segment: &Segment) -> Carrier {
        match segment.shape {
            Shape::Line => Carrier::Line {
                through: segment.start,
                along: (segment.end - segment.start).unit(),
            },
            Shape::Arc { centre, radius, .. } => Carrier::Circle {
                centre,
                radius,
                seams: [segment.start, centre + centre - segment.start],
            },
        }
    }

    /// Does the segment lie on it?
    pub fn carries(&self, segment: &Segment) -> bool {
        match (*self, segment.shape) {
            (Carrier::Line { through, along }, Shape::Line) => {
                along.cross(segment.start - through).abs() < SAME
                    && along.cross(segment.end - through).abs() < SAME
            }
            (
                Carrier::Circle { centre, radius, .. },
                Shape::Arc { centre: other_centre, radius: other_radius, .. },
            ) => centre.is_same(other_centre) && (radius - other_radius).abs() < SAME,
            _ => false,
        }
    }

    /// Is the point one of a circle's seams?
    pub fn has_seam_at(&self, point: Vec2) -> bool {
        match self {
            Carrier::Line { .. } => false,
            Carrier::Circle { seams, .. } => seams.iter().any(|seam| seam.is_same(point)),
        }
    }

    /// Where two different carriers meet. Curves that only just touch, or only just do not, meet in
    /// one point.
    pub fn meet(&self, other: &Carrier) -> Vec<Vec2> {
        match (*self, *other) {
            (
                Carrier::Line { through, along },
                Carrier::Line { through: other_through, along: other_along },
            ) => {
                let sine = along.cross(other_along);
                if sine.abs() < 1e-12 {
                    return vec![];
                }
                vec![through + along * ((other_through - through).cross(other_along) / sine)]
            }
            (Carrier::Line { through, along }, Carrier::Circle { centre, radius, .. })
            | (Carrier::Circle { centre, radius, .. }, Carrier::Line { through, along }) => {
                line_meets_circle((through, along), (centre, radius))
            }
            (
                Carrier::Circle { centre, radius, .. },
                Carrier::Circle { centre: other_centre, radius: other_radius, .. },
            ) => circle_meets_circle((centre, radius), (other_centre, other_radius)),
        }
    }
}

fn line_meets_circle((through, along): (Vec2, Vec2), (centre, radius): (Vec2, f64)) -> Vec<Vec2> {
    let foot = through + along * along.dot(centre - through);
    let height = (foot - centre).length();
    if (height - radius).abs() < SAME {
        return vec![foot];
    }
    if height > radius {
        return vec![];
    }
    let half_chord = (radius * radius - height * height).sqrt();
    vec![foot + along * half_chord, foot - along * half_chord]
}

fn circle_meets_circle(
    (centre, radius): (Vec2, f64),
    (other_centre, other_radius): (Vec2, f64),
) -> Vec<Vec2> {
    let between = other_centre - centre;
    let distance = between.length();
    if distance < SAME {
        return vec![];
    }
    let toward = between.unit();
    let foot =
        (distance * distance + radius * radius - other_radius * other_radius) / (2.0 * distance);
    let touches = (distance - radius - other_radius).abs() < SAME
        || (distance - (radius - other_radius).abs()).abs() < SAME;
    if touches {
        return vec![centre + toward * if foot < 0.0 { -radius } else { radius }];
    }
    if foot.abs() > radius {
        return vec![];
    }
    let height = (radius * radius - foot * foot).sqrt();
    let middle = centre + toward * foot;
    vec![middle + toward.left() * height, middle - toward.left() * height]
}
