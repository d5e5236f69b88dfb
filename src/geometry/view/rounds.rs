//! Round holes, slots and bosses, for centre lines and hole tables.

use std::f64::consts::{PI, TAU};

use truck_modeling::{InnerSpace, Point3, Vector3};

use crate::geometry::brep::{Shell3, Surface3};
use crate::geometry::{Axis, Solid};

/// What is round.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum RoundKind {
    /// A hole, of which walls may leave only parts.
    Hole,
    /// A hole with two round ends.
    Slot {
        /// From end to end, in millimetres.
        length: f64,
        /// The axis that it is long in.
        along: Axis,
    },
    /// Material around an axis, at least three quarters of a turn.
    Boss,
}

/// A countersink around a hole.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Countersink {
    /// Largest diameter, in millimetres.
    pub diameter: f64,
    /// Included angle, in degrees.
    pub angle: f64,
}

/// A round feature along a coordinate axis, in millimetres.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Round {
    /// What it is.
    pub kind: RoundKind,
    /// The direction of its axis.
    pub axis: Axis,
    /// On its axis, half way along.
    pub centre: [f64; 3],
    /// Radius.
    pub radius: f64,
    /// Where it begins and ends along its axis, its countersink included.
    pub range: (f64, f64),
    /// Its countersink.
    pub countersink: Option<Countersink>,
}

/// Part of a turn around an axis.
struct Sector {
    axis: Axis,
    centre: [f64; 3],
    /// To the middle of the sector.
    toward: [f64; 3],
    radius: f64,
    range: (f64, f64),
    turn: f64,
    outward: bool,
    half_angle: f64,
}

const AXES: [Axis; 3] = [Axis::X, Axis::Y, Axis::Z];
/// Lengths that differ by less (in mm) are the same.
const SAME: f64 = 1e-3;

/// All round features, in the order of axis, radius and place.
pub fn rounds(solid: &Solid) -> Vec<Round> {
    let mut rounds = Vec::new();
    for shell in solid.shells() {
        let (cones, cylinders): (Vec<Sector>, Vec<Sector>) = (0..shell.faces.len())
            .filter_map(|face| sector(shell, face))
            .partition(|sector| sector.half_angle > 0.0);
        let cylinders = joined(cylinders);
        let mut of_shell = holes_and_bosses(&cylinders);
        of_shell.extend(slots(&cylinders));
        for round in &mut of_shell {
            for cone in cones.iter().filter(|cone| !cone.outward) {
                if !is_coaxial(cone, round) {
                    continue;
                }
                let angle = (2.0 * cone.half_angle).to_degrees();
                round.countersink = Some(Countersink { diameter: 2.0 * cone.radius, angle });
                round.range = union(round.range, cone.range);
            }
        }
        rounds.extend(of_shell);
    }
    let key = |round: &Round| {
        let [x, y, z] = round.centre.map(|value| (value * 1e4).round() as i64);
        (round.axis, (round.radius * 1e4).round() as i64, z, y, x)
    };
    rounds.sort_by_key(key);
    rounds
}

/// Sectors with a common axis, radius and range as one, with the middle that they have together.
fn joined(cylinders: Vec<Sector>) -> Vec<Sector> {
    let mut joined: Vec<Sector> = Vec::new();
    for it in cylinders {
        let is_same = |known: &Sector| {
            it.outward == known.outward
                && (it.radius - known.radius).abs() < SAME
                && (it.range.0 - known.range.0).abs() < SAME
                && (it.range.1 - known.range.1).abs() < SAME
                && is_coaxial(&it, &round(known))
        };
        if let Some(known) = joined.iter_mut().find(|known| is_same(known)) {
            let weighed = |at: usize| known.toward[at] * known.turn + it.toward[at] * it.turn;
            known.toward = [weighed(0), weighed(1), weighed(2)];
            let length = known.toward.iter().map(|value| value * value).sum::<f64>().sqrt();
            known.toward = known.toward.map(|value| value / length.max(SAME));
            known.turn += it.turn;
        } else {
            joined.push(it);
        }
    }
    joined
}

/// What goes three quarters around its axis, or more.
fn holes_and_bosses(cylinders: &[Sector]) -> Vec<Round> {
    let around = cylinders.iter().filter(|it| it.turn > 0.75 * TAU - SAME);
    around
        .map(|it| Round {
            kind: if it.outward { RoundKind::Boss } else { RoundKind::Hole },
            ..round(it)
        })
        .collect()
}

/// Pairs of half turns that look away from each other.
fn slots(cylinders: &[Sector]) -> Vec<Round> {
    let mut found = Vec::new();
    let halves: Vec<&Sector> =
        cylinders.iter().filter(|it| !it.outward && (it.turn - PI).abs() < SAME).collect();
    for one in &halves {
        for along in AXES {
            if one.toward[along.index()] > -0.999 {
                continue;
            }
            let distance = |other: &Sector| other.centre[along.index()] - one.centre[along.index()];
            let is_end = |other: &Sector| {
                let mut shifted = round(one);
                shifted.centre[along.index()] += distance(other);
                is_coaxial(other, &shifted)
                    && (other.radius - one.radius).abs() < SAME
                    && (other.range.0 - one.range.0).abs() < SAME
                    && other.toward[along.index()] > 0.999
                    && distance(other) > SAME
            };
            let ends = halves.iter().filter(|other| is_end(other));
            if let Some(end) = ends.min_by(|a, b| distance(a).total_cmp(&distance(b))) {
                let between = distance(end);
                let mut slot = round(one);
                slot.centre[along.index()] += between / 2.0;
                slot.kind = RoundKind::Slot { length: between + 2.0 * one.radius, along };
                found.push(slot);
            }
        }
    }
    found
}

fn round(sector: &Sector) -> Round {
    Round {
        kind: RoundKind::Hole,
        axis: sector.axis,
        centre: sector.centre,
        radius: sector.radius,
        range: sector.range,
        countersink: None,
    }
}

fn is_coaxial(sector: &Sector, round: &Round) -> bool {
    sector.axis == round.axis
        && AXES.iter().all(|axis| {
            let axis = axis.index();
            axis == round.axis.index() || (sector.centre[axis] - round.centre[axis]).abs() < SAME
        })
}

fn union(one: (f64, f64), other: (f64, f64)) -> (f64, f64) {
    (one.0.min(other.0), one.1.max(other.1))
}

/// A cylinder or cone along a coordinate axis.
fn sector(shell: &Shell3, face: usize) -> Option<Sector> {
    let surface = &shell.faces[face].surface;
    let (origin, direction, toward, outward): (Point3, Vector3, Vector3, bool) = match *surface {
        Surface3::Plane { .. } => return None,
        Surface3::Cylinder { origin, axis, toward, outward, .. }
        | Surface3::Cone { origin, axis, toward, outward, .. } => (origin, axis, toward, outward),
    };
    let axis = *AXES.iter().find(|axis| direction[axis.index()].abs() > 1.0 - 1e-9)?;
    let mut range = (f64::INFINITY, f64::NEG_INFINITY);
    let (mut half_turn, mut radius) = (0.0f64, 0.0f64);
    for used in shell.faces[face].boundaries.iter().flatten() {
        let (from, to) = shell.edges[used.index].vertices;
        for vertex in [from, to] {
            let point = shell.vertices[vertex];
            let at = point[axis.index()];
            range = union(range, (at, at));
            half_turn = half_turn.max(surface.parameters(point).x.abs());
            let offset = point - origin;
            radius = radius.max((offset - direction * offset.dot(direction)).magnitude());
        }
    }
    let mut centre: [f64; 3] = origin.into();
    centre[axis.index()] = f64::midpoint(range.0, range.1);
    let half_angle = match *surface {
        Surface3::Cone { half_angle, .. } => half_angle,
        _ => 0.0,
    };
    let toward = toward.into();
    Some(Sector { axis, centre, toward, radius, range, turn: 2.0 * half_turn, outward, half_angle })
}
