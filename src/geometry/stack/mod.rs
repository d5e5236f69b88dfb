//! Sketches over height intervals become one exact solid, without 3D booleans.
//!
//! A cell of the arrangement is solid in a layer or not. Caps and walls are the changes between
//! neighbours, so the topology closes by construction. Where the solid would touch itself, the
//! count of faces at an edge or around a vertex is wrong, and the stack is refused. Then everything
//! smooth is joined, so that faces are as large as they can be: drilling needs that.

mod chains;
mod faces;
mod occupancy;
mod ribs;

use std::ops::Range;

use super::NEAR_MISS;
use super::arrangement::Arrangement;
use super::error::GeometryError;
use super::plane::{Outline, Sketch};
use super::solid::Solid;
use crate::units::Mm;
use occupancy::Occupancy;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Operation {
    Add,
    Cut,
}

#[derive(Clone, Debug)]
struct Feature {
    operation: Operation,
    sketch: Sketch,
    heights: Range<Mm>,
}

/// Features over intervals of one axis, in order: a later one acts on what the earlier ones left in
/// its interval.
///
/// ```
/// use pibuild::geometry::{Sketch, Stack};
/// use pibuild::units::Mm;
/// let mm = Mm::from_mm;
/// // A plate with a boss, bored through.
/// let solid = Stack::new()
///     .add(Sketch::rect(mm(0.0), mm(0.0), mm(20.0), mm(10.0)), mm(0.0)..mm(2.0))
///     .add(Sketch::circle(mm(5.0), mm(5.0), mm(3.0)), mm(0.0)..mm(6.0))
///     .cut(Sketch::circle(mm(5.0), mm(5.0), mm(1.0)), mm(0.0)..mm(6.0))
///     .build()?;
/// let pi = std::f64::consts::PI;
/// assert!((solid.volume().0 - (400.0 + 4.0 * 9.0 * pi - 6.0 * pi)).abs() < 1e-9);
/// # Ok::<(), pibuild::geometry::GeometryError>(())
/// ```
#[derive(Clone, Debug, Default)]
#[must_use = "a stack is nothing until it is built"]
pub struct Stack {
    features: Vec<Feature>,
}

impl Stack {
    /// A stack without features.
    pub fn new() -> Stack {
        Stack::default()
    }

    /// Fills the sketch over an interval of heights.
    pub fn add(self, sketch: Sketch, heights: Range<Mm>) -> Stack {
        self.with(Operation::Add, sketch, heights)
    }

    /// Empties the sketch over an interval of heights.
    pub fn cut(self, sketch: Sketch, heights: Range<Mm>) -> Stack {
        self.with(Operation::Cut, sketch, heights)
    }

    fn with(mut self, operation: Operation, sketch: Sketch, heights: Range<Mm>) -> Stack {
        self.features.push(Feature { operation, sketch, heights });
        self
    }

    /// The solid: sketch (x, y) becomes (X, Y), height becomes Z.
    ///
    /// Refused are features that are no region or have no height, outlines and heights that nearly
    /// coincide (even of features that never meet), a solid that touches itself along an edge or at
    /// a point, and a stack of which nothing is left.
    pub fn build(&self) -> Result<Solid, GeometryError> {
        let heights = self.heights()?;
        let outlines: Vec<&[Outline]> = self
            .features
            .iter()
            .map(|feature| feature.sketch.outlines())
            .collect::<Result<_, _>>()?;
        let plan = Arrangement::new(&outlines)?;
        let layers = self.layers(&plan, &heights);
        if !layers.iter().flatten().any(|&solid| solid) {
            return Err(GeometryError::Empty);
        }
        let heights = heights.iter().map(|height| height.mm()).collect();
        let occupancy = Occupancy { plan: &plan, heights, layers };
        let (ribs, mut joined) = ribs::find(&occupancy)?;
        let frame = chains::join(&occupancy, &ribs)?;
        let shells = faces::build(&occupancy, &ribs, frame, &mut joined)?;
        Ok(Solid::from_shells(shells))
    }

    /// All different heights, from the lowest.
    fn heights(&self) -> Result<Vec<Mm>, GeometryError> {
        let mut heights = vec![];
        for Feature { heights: Range { start: from, end: to }, .. } in &self.features {
            if from >= to {
                return Err(GeometryError::EmptyInterval { from: *from, to: *to });
            }
            heights.extend([*from, *to]);
        }
        heights.sort_unstable();
        heights.dedup();
        for pair in heights.windows(2) {
            if (pair[1] - pair[0]).mm() < NEAR_MISS {
                return Err(GeometryError::NearMissHeights { lower: pair[0], upper: pair[1] });
            }
        }
        Ok(heights)
    }

    /// `[layer][cell]`: is it solid?
    fn layers(&self, plan: &Arrangement, heights: &[Mm]) -> Vec<Vec<bool>> {
        let is_solid = |layer: &[Mm], cell: usize| {
            let acts = |(sketch, feature): &(usize, &Feature)| {
                feature.heights.start <= layer[0]
                    && layer[1] <= feature.heights.end
                    && plan.windings[cell][*sketch] > 0
            };
            let last = self.features.iter().enumerate().rev().find(acts);
            last.is_some_and(|(_, feature)| feature.operation == Operation::Add)
        };
        heights
            .windows(2)
            .map(|layer| (0..plan.cell_areas.len()).map(|cell| is_solid(layer, cell)).collect())
            .collect()
    }
}
