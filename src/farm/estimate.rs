//! What a print takes: filament and time, estimated from the part's volume and surface.
//!
//! Promise: no more than that. The estimate knows shells, infill and layers, but no travel, no
//! cooling and no acceleration; it is good for ordering filament and for a first plan. Measured
//! minutes in the design win over it.

use crate::catalog::{Material, Printer};
use crate::geometry::Mesh;
use crate::parts::Part;
use crate::spec::Printing;
use crate::units::{CubicMm, Grams, Minutes, Money};

/// Two perimeters of 1.125 nozzle widths: a slicer's usual wall.
const WALL_IN_NOZZLES: f64 = 2.25;
/// Share of the inside that is filled.
const INFILL: f64 = 0.2;
/// Moving up, retracting and travelling, each layer.
const SECONDS_PER_LAYER: f64 = 2.0;

/// Where a number of minutes comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MinutesOrigin {
    /// From volume and layers.
    Estimated,
    /// The design says so.
    Measured,
}

impl MinutesOrigin {
    /// The word in `queue.json`.
    pub fn word(self) -> &'static str {
        match self {
            MinutesOrigin::Estimated => "estimated",
            MinutesOrigin::Measured => "measured",
        }
    }
}

/// What one piece takes to print.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Estimate {
    /// Filament.
    pub grams: Grams,
    /// Time on the printer.
    pub minutes: Minutes,
    /// Where the minutes come from.
    pub origin: MinutesOrigin,
}

impl Estimate {
    /// Estimates a part from its mesh and its exact volume.
    pub fn new(
        part: &Part,
        mesh: &Mesh,
        volume: CubicMm,
        printing: &Printing,
        printer: Option<&Printer>,
        material: Option<&Material>,
    ) -> Estimate {
        let laid = laid_down(mesh, volume, printing);
        let density = material.map_or(1.0, |material| material.density.value);
        let grams = Grams(laid.0 / 1000.0 * density);
        let (minutes, origin) = if let Some(minutes) = measured(&part.name, printing) {
            (minutes, MinutesOrigin::Measured)
        } else {
            let flow = printer.map_or(1.0, |printer| printer.flow.value.0).max(0.01);
            let layers = (part.size[2] / printing.layer_height).ceil();
            let seconds = laid.0 / flow + layers * SECONDS_PER_LAYER;
            (Minutes(seconds / 60.0), MinutesOrigin::Estimated)
        };
        Estimate { grams, minutes, origin }
    }

    /// What its filament costs.
    pub fn cost(&self, per_kilogram: Money) -> Money {
        per_kilogram.scaled(self.grams.0 / 1000.0)
    }
}

/// Plastic laid down: walls all around as thick as two perimeters, the rest at the infill's share.
fn laid_down(mesh: &Mesh, volume: CubicMm, printing: &Printing) -> CubicMm {
    let wall = printing.nozzle.mm() * WALL_IN_NOZZLES;
    let walls = (mesh.area().0 * wall).min(volume.0);
    CubicMm(walls + (volume.0 - walls) * INFILL)
}

/// The design's own figure for a part, or for its family: `end-bracket` names both ends.
fn measured(part: &str, printing: &Printing) -> Option<Minutes> {
    printing.minutes.get(part).or_else(|| printing.minutes.get(family(part))).copied()
}

/// The name that mirror images share: `end-bracket` of `end-bracket-left`.
pub fn family(part: &str) -> &str {
    part.trim_end_matches("-left").trim_end_matches("-right")
}
