//! What a flat part is cut like, in its own coordinates: x along its length, y along its width.

use std::f64::consts::FRAC_PI_4;

use crate::cutting::Grain;
use crate::geometry::{GeometryError, Sketch};
use crate::units::{Mm, SquareMetres};

use super::flat_part::{FlatPart, Letters, Paint, Pocket};
use super::relief::{self, Corner, Relief};

/// Wood between a louvre and a joint.
const RIB: Mm = Mm::um(10_000);

/// What makes two boards the same part: everything in the part's own coordinates.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Shape {
    /// Length, width, thickness; tabs left out.
    pub size: [Mm; 3],
    /// Corners of the outline, counter-clockwise, if it is no rectangle.
    pub outline: Option<Vec<Corner>>,
    /// What stands out at the ends.
    pub tabs: Vec<Rect>,
    /// What is cut through.
    pub openings: Vec<Opening>,
    /// What is milled from the face, and how deep.
    pub pockets: Vec<(Opening, Mm)>,
    /// Where screws go: only marked.
    pub marks: Vec<Corner>,
    /// Words across the face.
    pub lettering: Option<(String, Letters)>,
}

/// A rectangle in a part's own coordinates.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Rect {
    pub x: [Mm; 2],
    pub y: [Mm; 2],
}

/// A region that is cut through or milled out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Opening {
    /// Something square goes in: corners are relieved.
    Square(Rect),
    /// Nothing square goes in: corners are as round as the cutter leaves them.
    Soft(Rect),
    /// Round ends.
    Slot(Rect),
    Round {
        x: Mm,
        y: Mm,
        diameter: Mm,
    },
}

impl Shape {
    /// A rectangle that nothing is cut into.
    pub fn plain(size: [Mm; 3]) -> Shape {
        Shape { size, ..Shape::default() }
    }

    /// In which order things were cut does not make another shape.
    pub fn sort(&mut self) {
        self.tabs.sort_unstable();
        self.openings.sort_unstable();
        self.pockets.sort_unstable();
        self.marks.sort_unstable();
    }

    /// What lies between two places on its length.
    pub fn section(&self, from: Mm, to: Mm) -> Shape {
        let [length, width, thickness] = self.size;
        let stays = |tab: &&Rect| {
            (tab.x[0] < Mm::ZERO && from == Mm::ZERO) || (tab.x[1] > to && to == length)
        };
        let within = |opening: &Opening| opening.section(from, to);
        let pocket = |(opening, depth): &(Opening, Mm)| Some((opening.section(from, to)?, *depth));
        let marks = self.marks.iter().filter(|(x, _)| (from..to).contains(x));
        Shape {
            size: [to - from, width, thickness],
            tabs: self.tabs.iter().filter(stays).map(|tab| tab.moved(-from)).collect(),
            openings: self.openings.iter().filter_map(within).collect(),
            pockets: self.pockets.iter().filter_map(pocket).collect(),
            marks: marks.map(|(x, y)| (*x - from, *y)).collect(),
            ..self.clone()
        }
    }

    /// Is nothing that lasts cut through within `distance` of a place on its length? Louvres give way.
    pub fn is_whole_at(&self, x: Mm, distance: Mm) -> bool {
        let lasting = |opening: &&Opening| !matches!(opening, Opening::Slot(_));
        self.openings.iter().filter(lasting).all(|opening| {
            let [from, to] = opening.extent();
            x + distance < from || to < x - distance
        })
    }

    /// Area of its slots.
    pub fn slots(&self) -> SquareMetres {
        let area = |opening: &Opening| {
            let Opening::Slot(Rect { x, y }) = opening else { return 0.0 };
            let (long, high) = ((x[1] - x[0]).mm(), (y[1] - y[0]).mm());
            let round = long.min(high);
            (long * high - round * round * (1.0 - FRAC_PI_4)) / 1e6
        };
        SquareMetres(self.openings.iter().map(area).sum())
    }

    /// The part of this shape, cut from a sheet, that stands nowhere yet.
    ///
    /// # Errors
    /// If the outline encloses nothing.
    pub fn part(
        &self,
        name: &str,
        (sheet, paint): (&str, Paint),
        relief: Relief,
    ) -> Result<FlatPart, GeometryError> {
        let [length, width, thickness] = self.size;
        let corners = match &self.outline {
            Some(corners) => corners.clone(),
            None => with_tabs([length, width], &self.tabs),
        };
        let left = corners.iter().map(|corner| corner.0).min().unwrap_or_default();
        let right = corners.iter().map(|corner| corner.0).max().unwrap_or_default();
        let mut profile = relief::outline(&corners, relief)?;
        for opening in &self.openings {
            profile = profile.with_hole(opening.sketch(relief)?);
        }
        let mut pockets = vec![];
        for (opening, depth) in &self.pockets {
            // Where it reaches the edge, nothing is in the corner's way.
            let at_edge = opening.touches([length, width]);
            let region = opening.sketch(if at_edge { None } else { relief })?;
            pockets.push(Pocket { region, depth: *depth });
        }
        let long = length > width * 2;
        let wide = width > length * 2;
        Ok(FlatPart {
            name: name.to_owned(),
            sheet: sheet.to_owned(),
            paint,
            thickness,
            length: right - left,
            width,
            grain: match (long, wide) {
                (true, _) => Grain::Along,
                (_, true) => Grain::Across,
                _ => Grain::Free,
            },
            profile,
            pockets,
            marks: self.marks.clone(),
            lettering: self.lettering.clone(),
            places: vec![],
        })
    }
}

impl Rect {
    fn moved(&self, dx: Mm) -> Rect {
        Rect { x: self.x.map(|x| x + dx), y: self.y }
    }

    /// What lies between two places, counted from the first.
    fn section(&self, from: Mm, to: Mm) -> Option<Rect> {
        let x = [self.x[0].max(from) - from, self.x[1].min(to) - from];
        (x[0] < x[1]).then_some(Rect { x, y: self.y })
    }
}

impl Opening {
    /// Where it begins and ends along the board.
    fn extent(&self) -> [Mm; 2] {
        match self {
            Opening::Square(rect) | Opening::Soft(rect) | Opening::Slot(rect) => rect.x,
            Opening::Round { x, diameter, .. } => [*x - diameter.half(), *x + diameter.half()],
        }
    }

    /// What of it lies between two places, counted from the first.
    fn section(&self, from: Mm, to: Mm) -> Option<Opening> {
        Some(match *self {
            Opening::Square(rect) => Opening::Square(rect.section(from, to)?),
            Opening::Soft(rect) => Opening::Soft(rect.section(from, to)?),
            Opening::Slot(rect) => {
                // A louvre that a joint would cut is left out.
                let whole = from < rect.x[0] - RIB && rect.x[1] + RIB < to;
                whole.then_some(Opening::Slot(rect.section(from, to)?))?
            }
            Opening::Round { x, y, diameter } => {
                if x < from || to <= x {
                    return None;
                }
                Opening::Round { x: x - from, y, diameter }
            }
        })
    }

    fn sketch(&self, relief: Relief) -> Result<Sketch, GeometryError> {
        let corners =
            |Rect { x, y }: &Rect| [(x[0], y[0]), (x[1], y[0]), (x[1], y[1]), (x[0], y[1])];
        Ok(match self {
            Opening::Square(rect) => relief::opening(&corners(rect), relief)?,
            Opening::Soft(Rect { x, y }) => {
                let radius = relief.unwrap_or(Mm::ZERO);
                Sketch::rounded_rect(x[0], y[0], x[1], y[1], radius)
            }
            Opening::Slot(Rect { x, y }) => {
                let (long, high) = (x[1] - x[0], y[1] - y[0]);
                let radius = high.min(long).half();
                if long == high {
                    Sketch::circle(x[0] + radius, y[0] + radius, radius)
                } else {
                    Sketch::rounded_rect(x[0], y[0], x[1], y[1], radius)
                }
            }
            Opening::Round { x, y, diameter } => Sketch::circle(*x, *y, diameter.half()),
        })
    }

    /// Does it reach the edge of a board of that size?
    fn touches(&self, [length, width]: [Mm; 2]) -> bool {
        match self {
            Opening::Square(Rect { x, y }) => {
                x[0] <= Mm::ZERO || y[0] <= Mm::ZERO || x[1] >= length || y[1] >= width
            }
            _ => false,
        }
    }
}

/// A rectangle with tabs at its ends, counter-clockwise.
fn with_tabs([length, width]: [Mm; 2], tabs: &[Rect]) -> Vec<Corner> {
    let mut right: Vec<&Rect> = tabs.iter().filter(|tab| tab.x[1] > length).collect();
    let mut left: Vec<&Rect> = tabs.iter().filter(|tab| tab.x[0] < Mm::ZERO).collect();
    right.sort_by_key(|tab| tab.y[0]);
    left.sort_by_key(|tab| -tab.y[0]);
    let mut corners = vec![(Mm::ZERO, Mm::ZERO), (length, Mm::ZERO)];
    for Rect { x, y } in right {
        corners.extend([(length, y[0]), (x[1], y[0]), (x[1], y[1]), (length, y[1])]);
    }
    corners.extend([(length, width), (Mm::ZERO, width)]);
    for Rect { x, y } in left {
        corners.extend([(Mm::ZERO, y[1]), (x[0], y[1]), (x[0], y[0]), (Mm::ZERO, y[0])]);
    }
    corners
}
