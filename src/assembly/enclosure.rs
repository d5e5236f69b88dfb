//! Frame and shell around the racks.

use std::collections::BTreeMap;

use nalgebra::Isometry3;

use super::{Finish, Instance, Piece, Shape, shift};
use crate::geometry::{Axis, GeometryError, Sketch, Stack};
use crate::shell::frame::{Frame, Part, Role, RoofFans};
use crate::shell::panels::Fitted;
use crate::shell::{FlatPart, Paint, Shell};
use crate::units::Mm;

/// How far meshes may leave round edges.
const CHORD: Mm = Mm::um(500);
/// The block between a castor and its plate, measured out of the builders' CAD file
/// (PiCluster.f3z).
const CASTOR_BLOCK: Mm = Mm::um(40_000);
/// Diameter of a castor's wheel, out of the same file.
const CASTOR_WHEEL: Mm = Mm::um(70_000);
/// Width of the wheel.
const WHEEL_WIDTH: Mm = Mm::um(30_000);

/// How thick the letters of a sign are shown, so that they are seen.
const LETTER_PAINT: Mm = Mm::um(500);

/// What stands around the racks, in the cluster's frame.
#[derive(Clone, Debug, Default)]
pub struct Enclosure {
    /// All shapes.
    pub shapes: Vec<Shape>,
    /// Bars, plates, castors, fan covers and the lamp.
    pub frame: Vec<Instance>,
    /// The parts that the frame wears.
    pub shell: Vec<Instance>,
}

impl Enclosure {
    /// Builds every distinct piece.
    ///
    /// # Errors
    /// Only if a piece is no solid, which is a mistake in this program.
    pub fn new(shell: &Shell) -> Result<Enclosure, GeometryError> {
        let mut around = Enclosure::default();
        if let Some(frame) = &shell.frame {
            around.bars(frame);
            for plate in &frame.plates {
                let instances = around.flat(plate)?;
                around.frame.extend(instances);
            }
            around.castors(frame)?;
            if let Some(fans) = &frame.fans {
                around.covers(frame, fans)?;
            }
            if let Some(lamp) = &frame.lamp {
                let top = match &shell.panels {
                    Some(panels) => panels.sizes.top,
                    None => frame.sizes.post_length.value + frame.sizes.plate_thickness.value,
                };
                around.lamp(lamp, shift(Mm::ZERO, frame.sizes.middle, top))?;
            }
        }
        for part in shell.panels.iter().flat_map(|panels| &panels.parts) {
            let instances = around.flat(part)?;
            around.shell.extend(instances);
        }
        if let Some(panels) = &shell.panels {
            around.fittings(&panels.fittings);
        }
        Ok(around)
    }

    fn shape(&mut self, name: &str, pieces: Vec<Piece>) -> usize {
        self.shapes.push(Shape { name: name.to_owned(), pieces });
        self.shapes.len() - 1
    }

    /// Bars of one size are one shape.
    fn bars(&mut self, frame: &Frame) {
        let mut known: Vec<([Mm; 3], usize, u32)> = vec![];
        for bar in &frame.bars {
            let size = [0, 1, 2].map(|axis| bar.to[axis] - bar.from[axis]);
            let name = match bar.role {
                Role::Post => "frame-post",
                Role::Beam => "frame-beam",
            };
            if !known.iter().any(|it| it.0 == size) {
                let piece = Piece::cuboid("", Finish::Frame, [Mm::ZERO; 3], size);
                let shape = self.shape(name, vec![piece]);
                known.push((size, shape, 0));
            }
            let Some((_, shape, _)) = known.iter().find(|it| it.0 == size) else { continue };
            let number = self.frame.iter().filter(|it| it.name.starts_with(name)).count() + 1;
            let place = shift(bar.from[0], bar.from[1], bar.from[2]);
            self.frame.push(Instance::new(*shape, format!("{name}-{number:02}"), place));
        }
    }

    /// A flat part as often as it stands somewhere.
    fn flat(&mut self, part: &FlatPart) -> Result<Vec<Instance>, GeometryError> {
        let finish = match part.paint {
            Paint::Bare => Finish::Plywood,
            Paint::Blue => Finish::Shell,
            Paint::White => Finish::White,
            Paint::Black => Finish::Black,
            Paint::Clear => Finish::Pane,
        };
        let mut pieces = vec![Piece::new("", finish, part.solid()?.mesh(CHORD)?)];
        let letters = part.letters();
        if !letters.is_empty() {
            let paint = part.thickness..part.thickness + LETTER_PAINT;
            let stack = letters
                .into_iter()
                .fold(Stack::new(), |stack, letter| stack.add(letter, paint.clone()));
            let mesh = stack.build()?.mesh(CHORD)?;
            pieces.push(Piece::new("letters", Finish::White, mesh));
        }
        let shape = self.shape(&part.name, pieces);
        let several = part.places.len() > 1;
        let instances = part.places.iter().enumerate().map(|(number, place)| {
            let name = if several {
                format!("{}-{:02}", part.name, number + 1)
            } else {
                part.name.clone()
            };
            Instance::new(shape, name, place.isometry())
        });
        Ok(instances.collect())
    }

    /// Hinges and handles. Those that are turned alike are one shape.
    fn fittings(&mut self, fittings: &[Fitted]) {
        let mut known: Vec<(Fitted, usize)> = vec![];
        let mut counts: BTreeMap<&str, u32> = BTreeMap::new();
        for fitted in fittings {
            let Some(origin) = fitted.blocks.first().map(|block| block.from) else { continue };
            let own = fitted.moved(origin.map(|value| -value));
            let same = known.iter().find(|(other, _)| *other == own).map(|(_, shape)| *shape);
            let shape = same.unwrap_or_else(|| {
                let boxes = own.blocks.iter();
                let pieces = boxes.map(|it| Piece::cuboid("", Finish::Metal, it.from, it.to));
                let shape = self.shape(&own.id, pieces.collect());
                known.push((own, shape));
                shape
            });
            let count = counts.entry(&fitted.id).or_default();
            *count += 1;
            let place = shift(origin[0], origin[1], origin[2]);
            self.shell.push(Instance::new(shape, format!("{}-{count:02}", fitted.id), place));
        }
    }

    /// A castor is a block and a wheel, a foot the box that the catalogue gives.
    fn castors(&mut self, frame: &Frame) -> Result<(), GeometryError> {
        let [width, depth, height] = frame.castor.fitting.size;
        let (x, y) = (width.half(), depth.half());
        let wheel = height - CASTOR_BLOCK;
        let pieces = if wheel < CASTOR_WHEEL.half() {
            vec![Piece::cuboid("", Finish::Black, [-x, -y, -height], [x, y, Mm::ZERO])]
        } else {
            let from = [-x, -y, -CASTOR_BLOCK];
            let block = Piece::cuboid("block", Finish::Red, from, [x, y, Mm::ZERO]);
            let radius = CASTOR_WHEEL.min(wheel - Mm::um(2_000)).half();
            // Laid along X, a sketch's x is Y and its y is Z.
            let disc = Sketch::circle(Mm::ZERO, radius - height, radius);
            let half = WHEEL_WIDTH.half();
            let disc = Stack::new().add(disc, -half..half).build()?.along(Axis::X);
            let arm = WHEEL_WIDTH.half() + Mm::um(2_000);
            let fork = |from: Mm, to: Mm| {
                let (y, low) = (radius.half(), radius - height);
                Piece::cuboid("fork", Finish::Metal, [from, -y, low], [to, y, -CASTOR_BLOCK])
            };
            vec![
                block,
                Piece::new("wheel", Finish::Black, disc.mesh(CHORD)?),
                fork(-arm - Mm::um(4_000), -arm),
                fork(arm, arm + Mm::um(4_000)),
            ]
        };
        let shape = self.shape(&frame.castor.id, pieces);
        let under = -frame.sizes.plate_thickness.value;
        for (number, (x, y)) in frame.castors.iter().enumerate() {
            let name = format!("{}-{}", frame.castor.id, number + 1);
            self.frame.push(Instance::new(shape, name, shift(*x, *y, under)));
        }
        Ok(())
    }

    /// Rings over the fans.
    fn covers(&mut self, frame: &Frame, fans: &RoofFans) -> Result<(), GeometryError> {
        let Some(cover) = &fans.cover else { return Ok(()) };
        let [across, _, height] = cover.fitting.size;
        let inner = fans.fan.size.value.min(across - Mm::um(4_000));
        let ring = Sketch::circle(Mm::ZERO, Mm::ZERO, across.half()).with_hole(Sketch::circle(
            Mm::ZERO,
            Mm::ZERO,
            inner.half(),
        ));
        let mesh = Stack::new().add(ring, Mm::ZERO..height).build()?.mesh(CHORD)?;
        let shape = self.shape(&cover.id, vec![Piece::new("", Finish::Shell, mesh)]);
        let top = frame.sizes.post_length.value + frame.sizes.plate_thickness.value;
        for (number, (x, y)) in fans.at.iter().enumerate() {
            let name = format!("{}-{}", cover.id, number + 1);
            self.frame.push(Instance::new(shape, name, shift(*x, *y, top)));
        }
        Ok(())
    }

    /// The lamp: a foot, the glass, a cap.
    fn lamp(&mut self, lamp: &Part, place: Isometry3<f64>) -> Result<(), GeometryError> {
        let [width, _, height] = lamp.fitting.size;
        let disc = |what: &str, finish, share: f64, from: f64, to: f64| {
            let disc = Sketch::circle(Mm::ZERO, Mm::ZERO, width.half() * share);
            let solid = Stack::new().add(disc, height * from..height * to).build()?;
            Ok(Piece::new(what, finish, solid.mesh(CHORD)?))
        };
        let pieces = vec![
            disc("foot", Finish::Metal, 1.0, 0.0, 0.15)?,
            disc("glass", Finish::Amber, 0.8, 0.15, 0.9)?,
            disc("cap", Finish::Shell, 0.9, 0.9, 1.0)?,
        ];
        let shape = self.shape(&lamp.id, pieces);
        self.frame.push(Instance::new(shape, lamp.id.clone(), place));
        Ok(())
    }
}
