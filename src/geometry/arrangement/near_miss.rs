//! Outlines coincide, or they keep a visible distance; what is between is a mistake.

use super::vertices::ByX;
use super::{Carrier, Edge};
use crate::geometry::plane::{Rect, Segment, Vec2, gap};
use crate::geometry::{GeometryError, NEAR_MISS};

/// Refuses edges shorter than `NEAR_MISS`, vertices that close to an edge, edges that come that
/// close between their ends, and slivers that thin between two edges with the same ends.
pub fn check(vertices: &[Vec2], carriers: &[Carrier], edges: &[Edge]) -> Result<(), GeometryError> {
    let segments: Vec<Segment> =
        edges.iter().map(|edge| edge.segment(vertices, carriers)).collect();
    let bounds: Vec<Rect> = segments.iter().map(Segment::bounds).collect();
    let by_x = ByX::new(vertices);
    for ((edge, segment), bounds) in edges.iter().zip(&segments).zip(&bounds) {
        if segment.chord() < NEAR_MISS {
            return refuse(segment.start);
        }
        for vertex in by_x.between(bounds.min.x - NEAR_MISS, bounds.max.x + NEAR_MISS) {
            let point = vertices[vertex];
            if !edge.vertices.contains(&vertex) && segment.distance(point) < NEAR_MISS {
                return refuse(point);
            }
        }
    }
    let mut by_left: Vec<usize> = (0..edges.len()).collect();
    by_left.sort_by(|&first, &second| bounds[first].min.x.total_cmp(&bounds[second].min.x));
    for (index, &first) in by_left.iter().enumerate() {
        for &second in &by_left[index + 1..] {
            if bounds[second].min.x > bounds[first].max.x + NEAR_MISS {
                break;
            }
            if bounds[second].min.y > bounds[first].max.y + NEAR_MISS
                || bounds[first].min.y > bounds[second].max.y + NEAR_MISS
            {
                continue;
            }
            let ends = edges[second].vertices;
            let shared = edges[first].vertices.iter().filter(|end| ends.contains(end)).count();
            let middle = segments[first].middle();
            let distance = match shared {
                0 => gap(&segments[first], &segments[second]),
                // Edges with one common end may leave it side by side, as in a fillet.
                1 => continue,
                _ => (segments[second].middle() - middle).length(),
            };
            if distance < NEAR_MISS {
                return refuse(middle);
            }
        }
    }
    Ok(())
}

fn refuse(at: Vec2) -> Result<(), GeometryError> {
    Err(GeometryError::NearMiss { x: at.x, y: at.y })
}
