//! The data section: numbered entities.

use std::collections::HashMap;
use std::fmt::Write;

use super::text::real;

/// Entities in the order of their numbers, from `#1`.
#[derive(Debug, Default)]
pub struct Writer {
    text: String,
    count: usize,
    /// Numbers of the entities that may be shared. Looked up only, so that its order is no matter.
    shared: HashMap<String, usize>,
    /// Whether every number so far was finite.
    finite: bool,
}

impl Writer {
    /// Nothing yet.
    pub fn new() -> Writer {
        Writer { finite: true, ..Writer::default() }
    }

    /// The entities, one a line.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Whether every number so far was finite.
    pub fn is_finite(&self) -> bool {
        self.finite
    }

    /// Writes an entity and returns its number.
    pub fn entity(&mut self, entity: &str) -> usize {
        self.count += 1;
        // Writing to a string cannot fail.
        let _ = writeln!(self.text, "#{}={entity};", self.count);
        self.count
    }

    /// Writes an entity, or returns the number of an equal one.
    pub fn shared(&mut self, entity: String) -> usize {
        if let Some(&number) = self.shared.get(&entity) {
            return number;
        }
        let number = self.entity(&entity);
        self.shared.insert(entity, number);
        number
    }

    /// A number.
    pub fn real(&mut self, number: f64) -> String {
        self.finite &= number.is_finite();
        real(number)
    }

    /// A point.
    pub fn point(&mut self, point: impl Into<[f64; 3]>) -> usize {
        let triple = self.triple(point.into());
        self.shared(format!("CARTESIAN_POINT('',{triple})"))
    }

    /// A vector of length 1.
    pub fn direction(&mut self, direction: impl Into<[f64; 3]>) -> usize {
        let triple = self.triple(direction.into());
        self.shared(format!("DIRECTION('',{triple})"))
    }

    /// A right-handed frame, as yet without a number: its origin, its third axis, its first.
    pub fn frame(
        &mut self,
        origin: impl Into<[f64; 3]>,
        axis: impl Into<[f64; 3]>,
        toward: impl Into<[f64; 3]>,
    ) -> String {
        let origin = self.point(origin);
        let axis = self.direction(axis);
        let toward = self.direction(toward);
        format!("AXIS2_PLACEMENT_3D('',#{origin},#{axis},#{toward})")
    }

    /// A frame that carries a curve or surface.
    pub fn carrier(
        &mut self,
        origin: impl Into<[f64; 3]>,
        axis: impl Into<[f64; 3]>,
        toward: impl Into<[f64; 3]>,
    ) -> usize {
        let frame = self.frame(origin, axis, toward);
        self.shared(frame)
    }

    fn triple(&mut self, values: [f64; 3]) -> String {
        let [x, y, z] = values.map(|value| self.real(value));
        format!("({x},{y},{z})")
    }
}
