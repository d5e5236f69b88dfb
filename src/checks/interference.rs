//! FIT: do any two solids in and around a bank fill the same space?
//!
//! Every solid of a bank against every other, against the rack's posts, against those of the bank in
//! the units above (which is the same as below), and against the devices at its height. Boxes first, then the meshes themselves;
//! a row repeats, so each pair of shapes is worked out once for each way that they stand to each
//! other.

use std::collections::BTreeMap;

use nalgebra::Isometry3;

use super::{Finding, Severity, Subject};
use crate::assembly::{Assembly, Instance, Piece};
use crate::geometry::{Bounds, CONTACT, Overlap, overlap_in};

/// Pairs that fill the same space by design: a thread.
const JOINED: [[&str; 2]; 1] = [["rail", "rail-bolt"]];

/// One finding for each kind of overlap, and one that tells how much was compared. Nothing if a
/// part could not be modelled: other findings say why.
pub fn check(subject: &Subject) -> Vec<Finding> {
    if subject.built.prints.iter().any(|print| print.mesh.is_none()) {
        return vec![];
    }
    let search = Search::new(subject.assembly);
    let mut findings: Vec<Finding> = search.clashes.values().map(Clash::finding).collect();
    if search.clashes.values().all(|clash| !clash.fitted) {
        findings.push(
            Finding::new("FIT-interference", "all solids in and around a bank")
                .held("0 mm", format!("{CONTACT} mm"))
                .because(format!(
                    "{} pairs compared; the boxes of {} meet, in {} ways; none overlaps",
                    search.pairs,
                    search.near,
                    search.known.len(),
                ))
                .at("caddy")
                .source("geometry"),
        );
    }
    findings
}

/// Two kinds of bodies that overlap.
struct Clash {
    /// Where it is worst: the two instances.
    names: [String; 2],
    /// Are both bodies really there?
    fitted: bool,
    worst: Overlap,
    /// How often it occurs.
    places: usize,
}

impl Clash {
    fn finding(&self) -> Finding {
        let [first, second] = &self.names;
        let at = self.worst.at;
        let finding = Finding::new("FIT-interference", format!("{first} and {second}"))
            .held(format!("{:.2} mm", self.worst.depth), format!("{CONTACT} mm"))
            .because(format!(
                "both fill the space around x {:.1}, y {:.1}, z {:.1} mm of the bank (from its left \
                 bracket's plate, front and foot); in {} places of a bank",
                at.x, at.y, at.z, self.places
            ))
            .at("caddy")
            .source("geometry");
        if self.fitted {
            finding.severity(Severity::Error).fix(
                "the numbers of the two contradict each other: look at the other findings, and at \
                 the sizes in the catalogue entries of what is bought",
            )
        } else {
            finding
                .severity(Severity::Note)
                .fix("nothing, as long as it is left out: this design does without it")
        }
    }
}

/// How one shape stands to another: to a tenth of a micrometre, and a quaternion.
type Stand = (usize, usize, [i64; 7]);

/// What was compared, and what was found.
struct Search<'a> {
    assembly: &'a Assembly,
    /// Of each shape, the boxes of its pieces.
    boxes: Vec<Vec<Bounds>>,
    pairs: usize,
    near: usize,
    /// Overlaps by how two shapes stand to each other: numbers of the pieces, and the overlap in
    /// the first one's frame.
    known: BTreeMap<Stand, Vec<([usize; 2], Overlap)>>,
    /// By the names of shapes and pieces.
    clashes: BTreeMap<[String; 4], Clash>,
}

impl<'a> Search<'a> {
    fn new(assembly: &'a Assembly) -> Search<'a> {
        let boxes = assembly
            .shapes
            .iter()
            .map(|shape| shape.pieces.iter().map(|piece| piece.mesh.bounds()).collect());
        let mut search = Search {
            assembly,
            boxes: boxes.collect(),
            pairs: 0,
            near: 0,
            known: BTreeMap::new(),
            clashes: BTreeMap::new(),
        };
        let bank: Vec<Boxed> = assembly.bank.iter().map(|it| search.boxed(it)).collect();
        let step = Isometry3::translation(0.0, 0.0, assembly.bank_step.mm());
        let above = assembly.bank.iter().map(|it| Instance {
            name: format!("{} of the bank above", it.name),
            place: step * it.place,
            ..it.clone()
        });
        let above: Vec<Instance> = above.collect();
        let others = above.iter().chain(&assembly.posts).chain(&assembly.beside);
        let others: Vec<Boxed> = others.map(|it| search.boxed(it)).collect();
        search.pairs = bank.len() * bank.len().saturating_sub(1) / 2 + bank.len() * others.len();
        search.sweep(&bank, &others);
        search
    }

    fn boxed<'b>(&self, instance: &'b Instance) -> Boxed<'b> {
        let mut bounds = Bounds::EMPTY;
        for piece in &self.boxes[instance.shape] {
            let placed = piece.placed(&instance.place);
            bounds.include(placed.min.coords.into());
            bounds.include(placed.max.coords.into());
        }
        Boxed { instance, bounds }
    }

    /// From left to right, each solid of the bank against all that begin before it ends.
    fn sweep(&mut self, bank: &[Boxed], others: &[Boxed]) {
        let mut all: Vec<(&Boxed, bool)> = bank.iter().map(|it| (it, true)).collect();
        all.extend(others.iter().map(|it| (it, false)));
        all.sort_by(|one, other| one.0.bounds.min.x.total_cmp(&other.0.bounds.min.x));
        for (index, (first, first_in_bank)) in all.iter().enumerate() {
            let rest = all[index + 1..].iter();
            for (second, second_in_bank) in
                rest.take_while(|it| it.0.bounds.min.x < first.bounds.max.x)
            {
                let meet = first.bounds.shared(&second.bounds, CONTACT).is_some();
                if meet && (*first_in_bank || *second_in_bank) {
                    self.compare(first.instance, second.instance);
                }
            }
        }
    }

    fn compare(&mut self, first: &Instance, second: &Instance) {
        let names = [first, second].map(|it| self.assembly.shapes[it.shape].name.as_str());
        if JOINED.contains(&names) || JOINED.contains(&[names[1], names[0]]) {
            return;
        }
        self.near += 1;
        let between = first.place.inverse() * second.place;
        let stand = (first.shape, second.shape, rounded(&between));
        if !self.known.contains_key(&stand) {
            let found = self.overlaps(first.shape, second.shape, &between);
            self.known.insert(stand, found);
        }
        let found = self.known.get(&stand).cloned().unwrap_or_default();
        for (pieces, overlap) in found {
            self.record([first, second], pieces, overlap);
        }
    }

    /// The overlaps of two shapes' pieces, in the first one's frame.
    fn overlaps(
        &self,
        first: usize,
        second: usize,
        between: &Isometry3<f64>,
    ) -> Vec<([usize; 2], Overlap)> {
        let mut found = vec![];
        let here = Isometry3::identity();
        for (index, piece) in self.assembly.shapes[first].pieces.iter().enumerate() {
            for (other_index, other) in self.assembly.shapes[second].pieces.iter().enumerate() {
                let there = self.boxes[second][other_index].placed(between);
                let boxes = [self.boxes[first][index], there];
                if boxes[0].shared(&boxes[1], CONTACT).is_some() {
                    let overlap = overlap_in(&piece.mesh, &here, &other.mesh, between, boxes);
                    found.extend(overlap.map(|overlap| ([index, other_index], overlap)));
                }
            }
        }
        found
    }

    fn record(&mut self, instances: [&Instance; 2], pieces: [usize; 2], overlap: Overlap) {
        let mut bodies = [0, 1].map(|index| {
            let shape = &self.assembly.shapes[instances[index].shape];
            Body { shape: &shape.name, piece: &shape.pieces[pieces[index]], of: instances[index] }
        });
        bodies.sort_by_key(|body| (body.shape, &body.piece.what));
        let [first, second] = bodies;
        let kind = [first.shape, &first.piece.what, second.shape, &second.piece.what];
        let here = Overlap { at: instances[0].place * overlap.at, ..overlap };
        let clash = self.clashes.entry(kind.map(str::to_owned)).or_insert_with(|| Clash {
            names: [first.name(), second.name()],
            fitted: first.piece.fitted && second.piece.fitted,
            worst: here,
            places: 0,
        });
        clash.places += 1;
        if here.depth > clash.worst.depth + CONTACT {
            clash.worst = here;
            clash.names = [first.name(), second.name()];
        }
    }
}

/// A body at its place.
#[derive(Clone, Copy)]
struct Body<'a> {
    shape: &'a str,
    piece: &'a Piece,
    of: &'a Instance,
}

impl Body<'_> {
    fn name(&self) -> String {
        match self.piece.what.as_str() {
            "" => self.of.name.clone(),
            what => format!("{} ({what})", self.of.name),
        }
    }
}

/// An instance and the box around it.
struct Boxed<'a> {
    instance: &'a Instance,
    bounds: Bounds,
}

fn rounded(between: &Isometry3<f64>) -> [i64; 7] {
    let shift = between.translation.vector;
    let turn = between.rotation.coords;
    let part = |value: f64| (value * 1e4).round() as i64;
    [shift.x, shift.y, shift.z, turn.x, turn.y, turn.z, turn.w].map(part)
}
