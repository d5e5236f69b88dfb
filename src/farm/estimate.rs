//! What a print takes: filament and time, from its layers and a class's speeds.
//!
//! Promise: against PrusaSlicer 2.5.0 with the same profile, minutes within −35 % and +50 %, and a
//! few percent off on average; grams within a few percent. `tests/interop/estimates.py` holds it to
//! that. Not in it, as it is not in the slicer's figure either: warming up and homing.

use super::layers::{Hatch, Layers, Paths, Widths};
use super::profile::Profile;
use super::queue::Origin;
use crate::catalog::Material;
use crate::geometry::Mesh;
use crate::spec::Printing;
use crate::units::{CubicMm, Grams, Minutes, Mm, Money};

/// Minutes may be off by this: −35 % …
pub const BAND_BELOW: f64 = 0.35;
/// … to +50 %.
pub const BAND_ABOVE: f64 = 0.50;

/// Way between the end of one line and the start of the next that does not touch it, in mm.
const TRAVEL: f64 = 15.0;
/// Sharp corners of an outline, where the head slows down.
const CORNERS: f64 = 6.0;
/// Outlines no longer than this are printed slowly.
/// Source: PrusaSlicer 2.5.0, `SMALL_PERIMETER_LENGTH`: a circle of 6.5 mm radius.
const SMALL_OUTLINE: f64 = 2.0 * std::f64::consts::PI * 6.5;

/// Sparse lines reach into the walls, and at each end go along them to hold on, in mm.
/// Source: the profiles' `infill_overlap` and `infill_anchor`.
const ANCHOR: f64 = 0.8;

/// What one piece takes to print.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Estimate {
    /// Filament.
    pub grams: Grams,
    /// Time on the printer.
    pub minutes: Minutes,
    /// Where the minutes come from.
    pub origin: Origin,
}

impl Estimate {
    /// Estimates a mesh as it lies on the bed.
    pub fn of_mesh(
        mesh: &Mesh,
        profile: &Profile,
        layer_height: Mm,
        nozzle: Mm,
        material: Option<&Material>,
    ) -> Estimate {
        let layers = Layers::new(mesh, profile, layer_height);
        let widths = Widths::new(nozzle, layer_height.mm());
        let mut seconds = 0.0;
        let mut plastic = CubicMm(0.0);
        for paths in layers.paths(profile, nozzle) {
            let clock = Clock { profile, paths: &paths, widths };
            seconds += clock.layer() * paths.layers as f64;
            plastic.0 += clock.plastic() * paths.layers as f64;
        }
        let density = material.map_or(1.0, |material| material.density.value);
        Estimate {
            grams: Grams(plastic.0 / 1000.0 * density),
            minutes: Minutes(seconds / 60.0),
            origin: Origin::Estimated,
        }
    }

    /// What its filament costs.
    pub fn cost(&self, per_kilogram: Money) -> Money {
        per_kilogram.scaled(self.grams.0 / 1000.0)
    }
}

/// Times one layer.
struct Clock<'a> {
    profile: &'a Profile,
    paths: &'a Paths,
    widths: Widths,
}

impl Clock<'_> {
    /// Plastic of one layer, in mm³: the section without what sparse fill leaves out.
    fn plastic(&self) -> f64 {
        let sparse = (self.sparse_length() * self.widths.spacing).min(self.paths.sparse.area);
        (self.paths.area - self.paths.sparse.area + sparse).max(0.0) * self.paths.height
    }

    /// Length of sparse lines, with their ends.
    fn sparse_length(&self) -> f64 {
        let sparse = self.paths.sparse;
        let lines = sparse.across * self.profile.fill / self.widths.spacing;
        sparse.area * self.profile.fill / self.widths.spacing + lines * 2.0 * ANCHOR
    }

    /// Seconds of one layer.
    fn layer(&self) -> f64 {
        let (printing, at_slowest) = self.printing();
        let other = self.travels();
        let shortest = self.profile.shortest_layer;
        let slowed = (shortest - other).min(at_slowest);
        other + if self.paths.first { printing } else { printing.max(slowed) }
    }

    /// Seconds of laying down, as it is and at the slowest speed.
    fn printing(&self) -> (f64, f64) {
        let (profile, paths) = (self.profile, self.paths);
        let (speed, acceleration) = (profile.speed, profile.acceleration);
        let mut total = Total { clock: self, seconds: 0.0, length: 0.0 };
        for length in &paths.outer {
            let asked = if *length <= SMALL_OUTLINE { speed.small } else { speed.outer };
            total.add(*length, CORNERS, asked, acceleration.wall);
        }
        let outlines = paths.outer.len() as f64;
        total.add(paths.inner, CORNERS * outlines, speed.inner, acceleration.wall);
        total.add(paths.narrow / self.widths.spacing, outlines, speed.gap, acceleration.wall);
        total.hatch(paths.solid, speed.solid, acceleration.fill);
        total.hatch(paths.top, speed.top, acceleration.fill);
        total.hatch(paths.bridge, speed.bridge, acceleration.bridge);
        let lines = paths.sparse.across * profile.fill / self.widths.spacing;
        total.add(self.sparse_length(), 2.0 * lines, speed.sparse, acceleration.fill);
        (total.seconds, total.length / profile.slowest)
    }

    /// Seconds of moving without laying down.
    fn travels(&self) -> f64 {
        let (profile, paths) = (self.profile, self.paths);
        let walls = if paths.inner > 0.0 { 2.0 } else { 1.0 };
        let fills = [paths.solid, paths.top, paths.bridge, paths.sparse];
        let fills = fills.iter().filter(|hatch| hatch.area > 0.0).count() as f64;
        let jumps = paths.outer.len() as f64 * walls + fills;
        let way = trapezoid(TRAVEL, profile.speed.travel, profile.acceleration.travel, 0.0);
        let up = paths.height / profile.speed.lift;
        jumps * (way + profile.retraction) + up
    }
}

/// Sums up lines.
struct Total<'a> {
    clock: &'a Clock<'a>,
    seconds: f64,
    length: f64,
}

impl Total<'_> {
    fn hatch(&mut self, hatch: Hatch, speed: f64, acceleration: f64) {
        let spacing = self.clock.widths.spacing;
        self.add(hatch.area / spacing, hatch.across / spacing, speed, acceleration);
    }

    /// `count` lines of `length` altogether, with a stop between them.
    fn add(&mut self, length: f64, count: f64, speed: f64, acceleration: f64) {
        if length <= 0.0 {
            return;
        }
        let (profile, paths) = (self.clock.profile, self.clock.paths);
        let (mut speed, mut acceleration) = (speed, acceleration);
        if paths.first {
            speed = speed.min(profile.speed.first_layer);
            acceleration = acceleration.min(profile.acceleration.first_layer);
        }
        if profile.melts > 0.0 {
            speed = speed.min(profile.melts / (self.clock.widths.spacing * paths.height));
        }
        let count = count.max(1.0);
        self.seconds += count * trapezoid(length / count, speed, acceleration, profile.jerk);
        self.length += length;
    }
}

/// Seconds for a straight line in mm, speeding up and slowing down with an acceleration from and to
/// the speed that a corner is taken at.
fn trapezoid(length: f64, speed: f64, acceleration: f64, corner: f64) -> f64 {
    let corner = corner.min(speed);
    if length * acceleration >= speed * speed - corner * corner {
        length / speed + (speed - corner).powi(2) / (acceleration * speed)
    } else {
        let peak = (corner * corner + acceleration * length).sqrt();
        2.0 * (peak - corner) / acceleration
    }
}

/// The design's own figure for a part, or for its family: `end-bracket` names both ends.
pub(super) fn measured(part: &str, printing: &Printing) -> Option<Minutes> {
    printing.minutes.get(part).or_else(|| printing.minutes.get(family(part))).copied()
}

/// The name that mirror images share, or numbered parts: `end-bracket` of `end-bracket-left`,
/// `caddy` of `caddy-07`.
pub fn family(part: &str) -> &str {
    let name = part.trim_end_matches("-left").trim_end_matches("-right");
    let unnumbered = name.trim_end_matches(|c: char| c.is_ascii_digit());
    match unnumbered.strip_suffix('-') {
        Some(family) if unnumbered.len() < name.len() => family,
        _ => name,
    }
}
