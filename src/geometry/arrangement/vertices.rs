//! Points, each of them once.

use std::collections::BTreeMap;

use crate::geometry::SAME;
use crate::geometry::plane::Vec2;

/// Collects points and gives each a number; points closer than `SAME` get the same number, that of
/// the first.
#[derive(Default)]
pub struct Vertices {
    /// The points by number.
    pub points: Vec<Vec2>,
    grid: BTreeMap<(i64, i64), Vec<usize>>,
}

impl Vertices {
    /// The number of a point.
    pub fn number(&mut self, point: Vec2) -> usize {
        let bin = |value: f64| (value / (4.0 * SAME)).round() as i64;
        let (column, row) = (bin(point.x), bin(point.y));
        for near_column in column - 1..=column + 1 {
            for (_, bin) in self.grid.range((near_column, row - 1)..=(near_column, row + 1)) {
                if let Some(&known) = bin.iter().find(|&&known| self.points[known].is_same(point)) {
                    return known;
                }
            }
        }
        let number = self.points.len();
        self.points.push(point);
        self.grid.entry((column, row)).or_default().push(number);
        number
    }
}

/// Vertex numbers by x, to find those in an interval.
pub struct ByX<'a> {
    points: &'a [Vec2],
    order: Vec<usize>,
}

impl ByX<'_> {
    /// Sorts the points.
    pub fn new(points: &[Vec2]) -> ByX<'_> {
        let mut order: Vec<usize> = (0..points.len()).collect();
        order.sort_by(|&first, &second| points[first].x.total_cmp(&points[second].x));
        ByX { points, order }
    }

    /// Numbers of the points with x in an interval, by x.
    pub fn between(&self, from: f64, to: f64) -> impl Iterator<Item = usize> + '_ {
        let first = self.order.partition_point(|&vertex| self.points[vertex].x < from);
        self.order[first..].iter().copied().take_while(move |&vertex| self.points[vertex].x <= to)
    }
}
