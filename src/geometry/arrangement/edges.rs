//! From outlines to edges: carriers, crossings, splits, merges.

use std::collections::BTreeMap;

use super::vertices::{ByX, Vertices};
use super::{Carrier, Edge};
use crate::geometry::SAME;
use crate::geometry::plane::{Outline, Rect, Segment, Shape, Vec2};

/// Outlines split and merged, not yet checked.
pub struct Split {
    pub carriers: Vec<Carrier>,
    pub vertices: Vec<Vec2>,
    /// Edges, including those whose steps cancel.
    pub edges: Vec<Edge>,
}

/// A segment of an outline on its carrier.
struct Piece {
    segment: Segment,
    bounds: Rect,
    carrier: usize,
    sketch: usize,
}

/// Splits all outlines at their crossings and merges what coincides.
pub fn split(sketches: &[&[Outline]]) -> Split {
    let (pieces, carriers) = pieces(sketches);
    let mut vertices = Vertices::default();
    // Ends first: crossings snap to them and not the other way round.
    let ends: Vec<[usize; 2]> = pieces
        .iter()
        .map(|piece| [piece.segment.start, piece.segment.end].map(|end| vertices.number(end)))
        .collect();
    add_crossings(&pieces, &carriers, &mut vertices);
    let vertices = vertices.points;
    let edges = edges(&pieces, &ends, &vertices, &carriers);
    Split { carriers, vertices, edges }
}

/// Finds the carrier of every segment, longest segments first so that carriers are precise, and
/// splits arcs at their carriers' seams.
fn pieces(sketches: &[&[Outline]]) -> (Vec<Piece>, Vec<Carrier>) {
    let mut segments: Vec<(usize, Segment)> = vec![];
    for (sketch, outlines) in sketches.iter().enumerate() {
        segments.extend(outlines.iter().flatten().map(|&segment| (sketch, segment)));
    }
    segments.sort_by(|first, second| second.1.chord().total_cmp(&first.1.chord()));
    let mut carriers: Vec<Carrier> = vec![];
    let mut pieces = vec![];
    for (sketch, segment) in segments {
        let known = carriers.iter().position(|carrier| carrier.carries(&segment));
        let carrier = known.unwrap_or_else(|| {
            carriers.push(Carrier::of(&segment));
            carriers.len() - 1
        });
        for segment in split_at_seams(segment, &carriers[carrier]) {
            pieces.push(Piece { segment, bounds: segment.bounds(), carrier, sketch });
        }
    }
    (pieces, carriers)
}

fn split_at_seams(segment: Segment, carrier: &Carrier) -> Vec<Segment> {
    let (Carrier::Circle { centre, radius, seams }, Shape::Arc { ccw, .. }) =
        (*carrier, segment.shape)
    else {
        return vec![segment];
    };
    let shape = Shape::Arc { centre, radius, ccw };
    let mut rest = Segment { shape, ..segment };
    let mut parts = vec![];
    // An arc of at most half a circle has at most one seam inside.
    for seam in seams {
        if rest.faces(seam) && !seam.is_same(rest.start) && !seam.is_same(rest.end) {
            parts.push(Segment { end: seam, ..rest });
            rest.start = seam;
        }
    }
    parts.push(rest);
    parts
}

/// Numbers the points where pieces of different carriers cross or touch.
fn add_crossings(pieces: &[Piece], carriers: &[Carrier], vertices: &mut Vertices) {
    let mut by_left: Vec<&Piece> = pieces.iter().collect();
    by_left.sort_by(|first, second| first.bounds.min.x.total_cmp(&second.bounds.min.x));
    for (index, piece) in by_left.iter().enumerate() {
        for other in &by_left[index + 1..] {
            if other.bounds.min.x > piece.bounds.max.x + SAME {
                break;
            }
            let beside = other.bounds.min.y > piece.bounds.max.y + SAME
                || piece.bounds.min.y > other.bounds.max.y + SAME;
            if beside || piece.carrier == other.carrier {
                continue;
            }
            for point in carriers[piece.carrier].meet(&carriers[other.carrier]) {
                if piece.segment.distance(point) < SAME && other.segment.distance(point) < SAME {
                    vertices.number(point);
                }
            }
        }
    }
}

/// Splits every piece at every vertex on it; equal parts become one edge.
fn edges(
    pieces: &[Piece],
    ends: &[[usize; 2]],
    vertices: &[Vec2],
    carriers: &[Carrier],
) -> Vec<Edge> {
    let by_x = ByX::new(vertices);
    let mut edges: Vec<Edge> = vec![];
    let mut between: BTreeMap<[usize; 2], Vec<usize>> = BTreeMap::new();
    for (piece, ends) in pieces.iter().zip(ends) {
        let chain = vertices_on(piece, *ends, vertices, &by_x);
        for pair in chain.windows(2) {
            let &[from, to] = pair else { continue };
            if from == to {
                continue;
            }
            let forward = from < to;
            let ccw = match piece.segment.shape {
                Shape::Arc { ccw, .. } => ccw == forward,
                Shape::Line => false,
            };
            let pair = [from.min(to), from.max(to)];
            let edge = Edge { vertices: pair, carrier: piece.carrier, ccw, steps: vec![] };
            let middle = edge.segment(vertices, carriers).middle();
            let candidates = between.entry(pair).or_default();
            let is_equal = |&known: &usize| {
                let known_middle = edges[known].segment(vertices, carriers).middle();
                (known_middle - middle).length() < 4.0 * SAME
            };
            let number = candidates.iter().copied().find(is_equal).unwrap_or_else(|| {
                edges.push(edge);
                candidates.push(edges.len() - 1);
                edges.len() - 1
            });
            let step = if forward { 1 } else { -1 };
            let steps = &mut edges[number].steps;
            match steps.iter_mut().find(|known| known.0 == piece.sketch) {
                Some(known) => known.1 += step,
                None => steps.push((piece.sketch, step)),
            }
        }
    }
    edges
}

/// The vertices on a piece from its start to its end.
fn vertices_on(piece: &Piece, ends: [usize; 2], vertices: &[Vec2], by_x: &ByX) -> Vec<usize> {
    let mut inside: Vec<(f64, usize)> = by_x
        .between(piece.bounds.min.x - SAME, piece.bounds.max.x + SAME)
        .filter(|vertex| !ends.contains(vertex))
        .filter(|&vertex| piece.segment.distance(vertices[vertex]) < SAME)
        // On an arc of at most half a circle the chord grows along the way, too.
        .map(|vertex| ((vertices[vertex] - piece.segment.start).length(), vertex))
        .collect();
    inside.sort_by(|first, second| first.0.total_cmp(&second.0));
    let inside = inside.into_iter().map(|(_, vertex)| vertex);
    [ends[0]].into_iter().chain(inside).chain([ends[1]]).collect()
}
