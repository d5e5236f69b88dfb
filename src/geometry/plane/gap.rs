//! The distance between two segments.

use super::segment::{Segment, Shape};
use super::vec2::Vec2;

/// The smallest distance between two segments, 0 if they cross. Exact but for rounding.
///
/// It is reached at an end of one, at a crossing, or where both run parallel: for a line and an
/// arc on the perpendicular through the centre, for two arcs on the line through both centres.
pub fn gap(first: &Segment, second: &Segment) -> f64 {
    let at_ends = first
        .distance(second.start)
        .min(first.distance(second.end))
        .min(second.distance(first.start))
        .min(second.distance(first.end));
    let inside = match (first.shape, second.shape) {
        (Shape::Line, Shape::Line) => {
            if lines_cross(first, second) {
                0.0
            } else {
                f64::INFINITY
            }
        }
        (Shape::Line, Shape::Arc { centre, radius, .. }) => line_arc(first, second, centre, radius),
        (Shape::Arc { centre, radius, .. }, Shape::Line) => line_arc(second, first, centre, radius),
        (
            Shape::Arc { centre: first_centre, radius: first_radius, .. },
            Shape::Arc { centre: second_centre, radius: second_radius, .. },
        ) => arcs((first, first_centre, first_radius), (second, second_centre, second_radius)),
    };
    at_ends.min(inside)
}

fn lines_cross(first: &Segment, second: &Segment) -> bool {
    let parted = |line: &Segment, other: &Segment| {
        let along = line.end - line.start;
        along.cross(other.start - line.start) * along.cross(other.end - line.start) > 0.0
    };
    !parted(first, second) && !parted(second, first) && {
        let directions = (first.end - first.start).cross(second.end - second.start);
        // Parallel lines are nearest at an end.
        directions != 0.0
    }
}

fn line_arc(line: &Segment, arc: &Segment, centre: Vec2, radius: f64) -> f64 {
    let length = line.chord();
    if length == 0.0 {
        return f64::INFINITY;
    }
    let along = (line.end - line.start) * (1.0 / length);
    let on_line = |offset: f64| (0.0..=length).contains(&offset);
    let foot_offset = along.dot(centre - line.start);
    let foot = line.start + along * foot_offset;
    let height = (foot - centre).length();
    if height < radius {
        let half_chord = (radius * radius - height * height).sqrt();
        let crosses = [-half_chord, half_chord]
            .into_iter()
            .any(|offset| on_line(foot_offset + offset) && arc.faces(foot + along * offset));
        if crosses {
            return 0.0;
        }
    }
    if on_line(foot_offset) && arc.faces(foot) { (height - radius).abs() } else { f64::INFINITY }
}

fn arcs(first: (&Segment, Vec2, f64), second: (&Segment, Vec2, f64)) -> f64 {
    let ((first, first_centre, first_radius), (second, second_centre, second_radius)) =
        (first, second);
    let between = second_centre - first_centre;
    let distance = between.length();
    if distance < 1e-12 {
        // Concentric: parallel everywhere, if they share a direction at all. Where they do, the
        // shared span ends at an end of one, which has been looked at.
        return f64::INFINITY;
    }
    let toward = between * (1.0 / distance);
    let foot = (distance * distance + first_radius * first_radius - second_radius * second_radius)
        / (2.0 * distance);
    if foot.abs() < first_radius {
        let height = (first_radius * first_radius - foot * foot).sqrt();
        let crosses = [-height, height].into_iter().any(|side| {
            let point = first_centre + toward * foot + toward.left() * side;
            first.faces(point) && second.faces(point)
        });
        if crosses {
            return 0.0;
        }
    }
    let mut nearest = f64::INFINITY;
    for first_side in [first_radius, -first_radius] {
        for second_side in [second_radius, -second_radius] {
            let on_first = first_centre + toward * first_side;
            let on_second = second_centre + toward * second_side;
            if first.faces(on_first) && second.faces(on_second) {
                nearest = nearest.min((on_first - on_second).length());
            }
        }
    }
    nearest
}

#[cfg(test)]
mod tests {
    use super::super::vec2::vec2;
    use super::*;

    fn half_circle(x: f64, radius: f64) -> Segment {
        let centre = vec2(x, 0.0);
        Segment {
            start: centre + vec2(0.0, -radius),
            end: centre + vec2(0.0, radius),
            shape: Shape::Arc { centre, radius, ccw: true },
        }
    }

    #[test]
    fn tangent_near_miss_is_seen_between_the_ends() {
        let wall = Segment::line(vec2(2.00001, -5.0), vec2(2.00001, 7.0));
        assert!((gap(&half_circle(0.0, 2.0), &wall) - 1e-5).abs() < 1e-12);
        let crossed = Segment::line(vec2(1.0, -5.0), vec2(1.0, 7.0));
        assert!(gap(&crossed, &half_circle(0.0, 2.0)).abs() < 1e-15);
    }

    #[test]
    fn nested_arcs_are_nearest_on_the_line_of_centres() {
        assert!((gap(&half_circle(0.0, 2.0), &half_circle(0.5, 1.0)) - 0.5).abs() < 1e-12);
        assert!(gap(&half_circle(0.0, 2.0), &half_circle(1.5, 1.0)).abs() < 1e-12);
    }
}
