//! Lines and arcs in space.

use std::f64::consts::PI;

use truck_modeling::{InnerSpace, Point3, Vector3};

/// The curve of an edge. Vectors have length 1, lengths are in millimetres.
#[derive(Clone, Debug, PartialEq)]
pub enum Curve3 {
    /// A straight edge.
    Line {
        /// Its first vertex.
        through: Point3,
        /// Toward its second vertex.
        along: Vector3,
    },
    /// A circular edge, at most half a turn, counter-clockwise around `axis` from the first to the
    /// second vertex.
    Arc {
        /// Centre.
        centre: Point3,
        /// The arc runs counter-clockwise seen against it.
        axis: Vector3,
        /// From the centre to the first vertex.
        toward: Vector3,
        /// Radius.
        radius: f64,
    },
}

/// Coordinates around the centre of an arc.
struct Fan {
    centre: Point3,
    across: Vector3,
    up: Vector3,
    angle: f64,
}

impl Curve3 {
    /// Points from one end to the other, both included, that leave the curve by at most `chord`
    /// between them. An arc has at least one point between its ends, and one wherever it is
    /// extreme along a coordinate axis (unless that is within 0.01 mm of an end), so that its
    /// points have the bounds of the arc.
    pub fn sample(&self, from: Point3, to: Point3, chord: f64) -> Vec<Point3> {
        let Some(fan) = self.fan(from, to) else { return vec![from, to] };
        let Curve3::Arc { radius, .. } = *self else { return vec![from, to] };
        let step = (2.0 * (1.0 - chord / radius).max(0.0).acos()).min(0.5);
        let margin = (0.01 / radius).min(step / 4.0);
        let mut stops = vec![0.0];
        for extreme in self.extremes(&fan) {
            let last = stops.last().copied().unwrap_or(0.0);
            if extreme - last > margin && fan.angle - extreme > margin {
                stops.push(extreme);
            }
        }
        stops.push(fan.angle);
        let whole_arc = if stops.len() == 2 { 2.0 } else { 1.0 };
        let mut points = vec![from];
        for pair in stops.windows(2) {
            let count = ((pair[1] - pair[0]) / step).ceil().max(whole_arc) as usize;
            for index in 1..=count {
                let share = index as f64 / count as f64;
                points.push(fan.at(pair[0] + (pair[1] - pair[0]) * share));
            }
        }
        points.pop();
        points.push(to);
        points
    }

    /// Half way along.
    pub fn middle(&self, from: Point3, to: Point3) -> Point3 {
        match self.fan(from, to) {
            None => from + (to - from) * 0.5,
            Some(fan) => fan.at(fan.angle / 2.0),
        }
    }

    /// The ends, and the points where an arc is extreme along a coordinate axis.
    pub fn extreme_points(&self, from: Point3, to: Point3) -> Vec<Point3> {
        let mut points = vec![from, to];
        if let Some(fan) = self.fan(from, to) {
            points.extend(self.extremes(&fan).into_iter().map(|angle| fan.at(angle)));
        }
        points
    }

    fn fan(&self, from: Point3, to: Point3) -> Option<Fan> {
        let Curve3::Arc { centre, axis, .. } = *self else { return None };
        let across = from - centre;
        let up = axis.cross(across);
        let mut angle = (to - centre).dot(up).atan2((to - centre).dot(across));
        if angle <= 0.0 {
            angle += 2.0 * PI;
        }
        Some(Fan { centre, across, up, angle })
    }

    /// Angles strictly between the ends at which the arc is extreme along a coordinate axis.
    fn extremes(&self, fan: &Fan) -> Vec<f64> {
        let mut angles = vec![];
        for along in [Vector3::unit_x(), Vector3::unit_y(), Vector3::unit_z()] {
            let (across, up) = (fan.across.dot(along), fan.up.dot(along));
            if across.hypot(up) < 1e-9 {
                continue;
            }
            for angle in [up.atan2(across), (-up).atan2(-across)] {
                let angle = angle.rem_euclid(2.0 * PI);
                if 0.0 < angle && angle < fan.angle {
                    angles.push(angle);
                }
            }
        }
        angles.sort_by(f64::total_cmp);
        angles
    }
}

impl Fan {
    fn at(&self, angle: f64) -> Point3 {
        self.centre + self.across * angle.cos() + self.up * angle.sin()
    }
}
