//! From edges to cells and their winding numbers.

use std::f64::consts::PI;

use super::{Carrier, Edge};
use crate::geometry::GeometryError;
use crate::geometry::disjoint_sets::DisjointSets;
use crate::geometry::plane::{Rect, Segment, Shape, Vec2, winding};

/// What [`find`] finds; see the fields of [`super::Arrangement`].
pub struct Cells {
    pub stars: Vec<Vec<usize>>,
    pub left_of: Vec<usize>,
    pub areas: Vec<f64>,
    pub windings: Vec<Vec<i32>>,
}

/// A closed walk with one cell to its left.
struct Cycle {
    segments: Vec<Segment>,
    area: f64,
    bounds: Rect,
    /// The connected component of edges that it belongs to.
    component: usize,
}

/// Orders half-edges around vertices, walks cycles, nests them, and floods winding numbers.
pub fn find(
    vertices: &[Vec2],
    carriers: &[Carrier],
    edges: &[Edge],
    sketch_count: usize,
) -> Result<Cells, GeometryError> {
    let halves: Vec<Segment> = edges
        .iter()
        .map(|edge| edge.segment(vertices, carriers))
        .flat_map(|segment| [segment, segment.reversed()])
        .collect();
    let stars = stars(vertices.len(), edges, &halves);
    let (cycles, cycle_of) = cycles(vertices.len(), edges, &halves, &stars);
    let (cell_of_cycle, areas) = nest(&cycles)?;
    let left_of: Vec<usize> = cycle_of.iter().map(|&cycle| cell_of_cycle[cycle]).collect();
    let windings = flood(edges, &halves, &left_of, areas.len(), sketch_count)?;
    Ok(Cells { stars, left_of, areas, windings })
}

/// Half-edges that leave each vertex, counter-clockwise.
fn stars(vertex_count: usize, edges: &[Edge], halves: &[Segment]) -> Vec<Vec<usize>> {
    let mut stars = vec![vec![]; vertex_count];
    for (number, edge) in edges.iter().enumerate() {
        stars[edge.vertices[0]].push(2 * number);
        stars[edge.vertices[1]].push(2 * number + 1);
    }
    for star in &mut stars {
        // Directions are compared on a small circle that every edge crosses exactly once, so that
        // tangent edges need no special case. Half of the shortest chord, because two edges may
        // share both of their ends.
        let shortest = star.iter().map(|&half| halves[half].chord()).fold(f64::MAX, f64::min);
        let mut directed: Vec<(f64, usize)> =
            star.iter().map(|&half| (direction(&halves[half], shortest / 2.0), half)).collect();
        directed.sort_by(|first, second| first.0.total_cmp(&second.0));
        *star = directed.into_iter().map(|(_, half)| half).collect();
    }
    stars
}

/// Angle, 0 to 2π, under which `segment` crosses a circle of `radius` around its start.
fn direction(segment: &Segment, radius: f64) -> f64 {
    let along = segment.end - segment.start;
    let chord = along.y.atan2(along.x);
    let angle = match segment.shape {
        Shape::Line => chord,
        Shape::Arc { radius: arc_radius, ccw, .. } => {
            let off_chord = segment.sweep() / 2.0 - (radius / (2.0 * arc_radius)).min(1.0).asin();
            chord + if ccw { -off_chord } else { off_chord }
        }
    };
    angle.rem_euclid(2.0 * PI)
}

fn cycles(
    vertex_count: usize,
    edges: &[Edge],
    halves: &[Segment],
    stars: &[Vec<usize>],
) -> (Vec<Cycle>, Vec<usize>) {
    // At the end of a half-edge, the next one around its cell is the one clockwise of its twin.
    let mut next = vec![0; halves.len()];
    for star in stars {
        for (index, &half) in star.iter().enumerate() {
            next[half ^ 1] = star[(index + star.len() - 1) % star.len()];
        }
    }
    let mut components = DisjointSets::new(vertex_count);
    for edge in edges {
        components.join(edge.vertices[0], edge.vertices[1]);
    }
    let mut cycle_of = vec![usize::MAX; halves.len()];
    let mut cycles = vec![];
    for start in 0..halves.len() {
        if cycle_of[start] != usize::MAX {
            continue;
        }
        let mut segments = vec![];
        let mut half = start;
        while cycle_of[half] == usize::MAX {
            cycle_of[half] = cycles.len();
            segments.push(halves[half]);
            half = next[half];
        }
        let area = segments.iter().map(Segment::area).sum();
        let bounds = segments.iter().map(Segment::bounds).fold(Rect::EMPTY, Rect::union);
        let component = components.root(edges[start / 2].vertices[0]);
        cycles.push(Cycle { segments, area, bounds, component });
    }
    (cycles, cycle_of)
}

/// Gives each cycle its cell: a counter-clockwise one bounds a cell of its own; each component has
/// exactly one clockwise cycle, which lies in the smallest cell around it.
fn nest(cycles: &[Cycle]) -> Result<(Vec<usize>, Vec<f64>), GeometryError> {
    let mut cells = vec![0; cycles.len()];
    let mut areas = vec![0.0];
    for (cell, cycle) in cells.iter_mut().zip(cycles) {
        if cycle.area > 0.0 {
            *cell = areas.len();
            areas.push(cycle.area);
        }
    }
    let mut enclosed = std::collections::BTreeSet::new();
    for (index, cycle) in cycles.iter().enumerate() {
        if cycle.area > 0.0 {
            continue;
        }
        let point = cycle.segments[0].start;
        if !enclosed.insert(cycle.component) {
            let place = format!("the arrangement is not planar near ({}, {})", point.x, point.y);
            return Err(GeometryError::internal(place));
        }
        let host = (0..cycles.len())
            .filter(|&host| cycles[host].area > 0.0)
            .filter(|&host| cycles[host].component != cycle.component)
            .filter(|&host| cycles[host].bounds.surrounds(point))
            .filter(|&host| winding(&cycles[host].segments, point) > 0)
            .min_by(|&first, &second| cycles[first].area.total_cmp(&cycles[second].area));
        cells[index] = host.map_or(0, |host| cells[host]);
        areas[cells[index]] += cycle.area;
    }
    Ok((cells, areas))
}

/// Winding numbers of every cell, spread from the unbounded one; every edge is checked.
fn flood(
    edges: &[Edge],
    halves: &[Segment],
    left_of: &[usize],
    cell_count: usize,
    sketch_count: usize,
) -> Result<Vec<Vec<i32>>, GeometryError> {
    let mut around = vec![vec![]; cell_count];
    for (half, &cell) in left_of.iter().enumerate() {
        around[cell].push(half);
    }
    let mut windings: Vec<Option<Vec<i32>>> = vec![None; cell_count];
    windings[0] = Some(vec![0; sketch_count]);
    let mut reached = vec![0];
    while let Some(cell) = reached.pop() {
        let Some(here) = windings[cell].clone() else { continue };
        for &half in &around[cell] {
            // The cell is to the left of `half`, so we cross from left to right.
            let mut there = here.clone();
            let sign = if half % 2 == 0 { -1 } else { 1 };
            for &(sketch, step) in &edges[half / 2].steps {
                there[sketch] += sign * step;
            }
            let neighbour = left_of[half ^ 1];
            match &windings[neighbour] {
                None => {
                    windings[neighbour] = Some(there);
                    reached.push(neighbour);
                }
                Some(known) if *known != there => {
                    let at = halves[half].middle();
                    let place = format!("the winding number is ambiguous at ({}, {})", at.x, at.y);
                    return Err(GeometryError::internal(place));
                }
                Some(_) => {}
            }
        }
    }
    let all: Option<Vec<Vec<i32>>> = windings.into_iter().collect();
    all.ok_or_else(|| GeometryError::internal("a cell cannot be reached"))
}
