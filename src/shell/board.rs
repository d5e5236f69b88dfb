//! A flat part in the making: a box in the cluster, and what is cut into it.
//!
//! Cuts and pockets are given as boxes in the cluster, so that a joint's two halves come from the
//! same numbers. Everything is whole nanometres until the outline is drawn.

use std::f64::consts::FRAC_PI_4;

use crate::cutting::Grain;
use crate::geometry::{Axis, Direction, GeometryError, Position, Sketch};
use crate::units::{Mm, SquareMetres};

use super::flat_part::{FlatPart, Letters, Paint, Place, Pocket};
use super::relief::{self, Corner, Relief};

/// Wood between a louvre and a joint.
const RIB: Mm = Mm::um(10_000);

/// A box along the axes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Block {
    /// Smallest coordinates.
    pub from: [Mm; 3],
    /// Largest coordinates.
    pub to: [Mm; 3],
}

/// A flat part in the making.
#[derive(Clone, Debug)]
pub struct Board {
    name: String,
    sheet: String,
    paint: Paint,
    block: Block,
    length: Direction,
    face: Direction,
    shape: Shape,
}

/// What makes two boards the same part: everything in the part's own coordinates.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Shape {
    size: [Mm; 3],
    /// Corners of the outline, counter-clockwise, if it is no rectangle.
    outline: Option<Vec<Corner>>,
    tabs: Vec<Rect>,
    openings: Vec<Opening>,
    pockets: Vec<(Opening, Mm)>,
    lettering: Option<(String, Letters)>,
}

/// A rectangle in a part's own coordinates.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Rect {
    x: [Mm; 2],
    y: [Mm; 2],
}

/// A region that is cut through or milled out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Opening {
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

impl Block {
    /// The box between two corners, in any order.
    pub fn between(one: [Mm; 3], other: [Mm; 3]) -> Block {
        Block {
            from: [0, 1, 2].map(|axis| one[axis].min(other[axis])),
            to: [0, 1, 2].map(|axis| one[axis].max(other[axis])),
        }
    }

    /// Extent along each axis.
    pub fn size(&self) -> [Mm; 3] {
        [0, 1, 2].map(|axis| self.to[axis] - self.from[axis])
    }

    /// What both fill; `None` if that is nothing.
    pub fn shared(&self, other: &Block) -> Option<Block> {
        let from = [0, 1, 2].map(|axis| self.from[axis].max(other.from[axis]));
        let to = [0, 1, 2].map(|axis| self.to[axis].min(other.to[axis]));
        (0..3).all(|axis| from[axis] < to[axis]).then_some(Block { from, to })
    }

    /// Larger by `by` on all sides.
    #[must_use]
    pub fn grown(&self, by: Mm) -> Block {
        Block { from: self.from.map(|value| value - by), to: self.to.map(|value| value + by) }
    }
}

impl Board {
    /// A board that fills a box. Its thickness lies along `face`, its length along `length`.
    pub fn new(
        name: &str,
        (sheet, paint): (&str, Paint),
        block: Block,
        length: Direction,
        face: Direction,
    ) -> Board {
        let mut board = Board {
            name: name.to_owned(),
            sheet: sheet.to_owned(),
            paint,
            block,
            length,
            face,
            shape: Shape::default(),
        };
        board.shape.size = board.size();
        board
    }

    /// The box that it fills, tabs left out.
    pub fn block(&self) -> Block {
        self.block
    }

    /// Number of the axis that its thickness lies along.
    pub fn face_axis(&self) -> usize {
        index(self.face)
    }

    /// Does its face look down?
    pub fn faces_down(&self) -> bool {
        self.face == Direction::ZMinus
    }

    /// What it is painted with.
    pub fn paint(&self) -> Paint {
        self.paint
    }

    /// Catalogue id of its sheet.
    pub fn sheet(&self) -> &str {
        &self.sheet
    }

    /// Its length, tabs left out.
    pub fn length(&self) -> Mm {
        self.shape.size[0]
    }

    /// A place on its length: the axis that it runs along, and the coordinate there.
    pub fn along(&self, x: Mm) -> (usize, Mm) {
        let (axis, origin) = (index(self.length), self.origin());
        let at = if is_positive(self.length) { origin[axis] + x } else { origin[axis] - x };
        (axis, at)
    }

    /// Is nothing cut through within `distance` of a place on its length?
    pub fn is_whole_at(&self, x: Mm, distance: Mm) -> bool {
        let lasting = |opening: &&Opening| !matches!(opening, Opening::Slot(_));
        self.shape.openings.iter().filter(lasting).all(|opening| {
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
        SquareMetres(self.shape.openings.iter().map(area).sum())
    }

    /// Cut across at these places on its length, in order. Openings and pockets go with the pieces
    /// that they lie in.
    pub fn split(&self, cuts: &[Mm]) -> Vec<Board> {
        let mut ends = vec![Mm::ZERO];
        ends.extend(cuts);
        ends.push(self.length());
        ends.windows(2).map(|span| self.section(span[0], span[1])).collect()
    }

    fn section(&self, from: Mm, to: Mm) -> Board {
        let mut piece = self.clone();
        let (axis, one) = self.along(from);
        let (_, other) = self.along(to);
        piece.block.from[axis] = one.min(other);
        piece.block.to[axis] = one.max(other);
        let shape = &self.shape;
        piece.shape.size = piece.size();
        piece.shape.tabs = shape
            .tabs
            .iter()
            .filter(|tab| {
                (tab.x[0] < Mm::ZERO && from == Mm::ZERO) || (tab.x[1] > to && to == self.length())
            })
            .map(|tab| tab.moved(-from))
            .collect();
        let within = |opening: &Opening| opening.section(from, to);
        piece.shape.openings = shape.openings.iter().filter_map(within).collect();
        piece.shape.pockets = shape
            .pockets
            .iter()
            .filter_map(|(opening, depth)| Some((within(opening)?, *depth)))
            .collect();
        piece
    }

    /// A plate over a place on its length, behind it or before it; `None` if it is too narrow.
    pub fn plate(&self, x: Mm, (reach, inset): (Mm, Mm), behind: bool) -> Option<Board> {
        let mut block = self.block;
        let (axis, at) = self.along(x);
        (block.from[axis], block.to[axis]) = (at - reach, at + reach);
        let across = index(self.width());
        block.from[across] += inset;
        block.to[across] -= inset;
        let through = self.face_axis();
        let thickness = self.shape.size[2];
        if (is_positive(self.face)) == behind {
            (block.from[through], block.to[through]) =
                (self.block.from[through] - thickness, self.block.from[through]);
        } else {
            (block.from[through], block.to[through]) =
                (self.block.to[through], self.block.to[through] + thickness);
        }
        let wide = block.to[across] - block.from[across];
        let sheet = (self.sheet.as_str(), Paint::Bare);
        (wide >= thickness)
            .then(|| Board::new("splice-plate", sheet, block, self.length, self.face))
    }

    /// What it is called.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Adds a tab: a box as thick as the board that stands out at one of its ends.
    pub fn tab(&mut self, block: Block) {
        let tab = self.rect(block);
        self.shape.tabs.push(tab);
    }

    /// Cuts through where a square thing goes.
    pub fn cut(&mut self, block: Block) {
        let rect = self.rect(block);
        self.shape.openings.push(Opening::Square(rect));
    }

    /// Cuts through where corners may stay round.
    pub fn window(&mut self, block: Block) {
        let rect = self.rect(block);
        self.shape.openings.push(Opening::Soft(rect));
    }

    /// Cuts a slot with round ends. One that is as long as high is a drilled hole.
    pub fn slot(&mut self, block: Block) {
        let rect = self.rect(block);
        self.shape.openings.push(Opening::Slot(rect));
    }

    /// Bores through, at a point.
    pub fn bore(&mut self, at: [Mm; 3], diameter: Mm) {
        let (x, y) = self.point(at);
        self.shape.openings.push(Opening::Round { x, y, diameter });
    }

    /// Mills from the face where a square thing goes, no deeper than the box reaches. What lies
    /// beside the board is left out.
    pub fn pocket(&mut self, block: Block) {
        if let Some(inside) = self.block.shared(&block) {
            let depth = inside.size()[index(self.face)];
            let rect = self.rect(inside);
            self.shape.pockets.push((Opening::Square(rect), depth));
        }
    }

    /// Mills a round pocket from the face.
    pub fn counterbore(&mut self, at: [Mm; 3], diameter: Mm, depth: Mm) {
        let (x, y) = self.point(at);
        self.shape.pockets.push((Opening::Round { x, y, diameter }, depth));
    }

    /// Another outline than a rectangle, by points in the cluster.
    pub fn reshape(&mut self, corners: &[[Mm; 3]]) {
        let corners: Vec<Corner> = corners.iter().map(|at| self.point(*at)).collect();
        let area: f64 = corners
            .iter()
            .zip(corners.iter().cycle().skip(1))
            .map(|(a, b)| a.0.mm() * b.1.mm() - a.1.mm() * b.0.mm())
            .sum();
        let turned = if area < 0.0 { corners.into_iter().rev().collect() } else { corners };
        self.shape.outline = Some(turned);
    }

    /// Puts words across its face.
    pub fn letter(&mut self, words: &str, how: Letters) {
        self.shape.lettering = Some((words.to_owned(), how));
    }

    fn origin(&self) -> [Mm; 3] {
        let (length, width, face) = (self.length, self.width(), self.face);
        let mut origin = [Mm::ZERO; 3];
        for way in [length, width, face] {
            let axis = index(way);
            origin[axis] =
                if is_positive(way) { self.block.from[axis] } else { self.block.to[axis] };
        }
        origin
    }

    /// Where its width runs.
    fn width(&self) -> Direction {
        across(self.face, self.length)
    }

    fn size(&self) -> [Mm; 3] {
        let size = self.block.size();
        [self.length, self.width(), self.face].map(|way| size[index(way)])
    }

    /// A point of the cluster in the part's own coordinates.
    fn point(&self, at: [Mm; 3]) -> Corner {
        let origin = self.origin();
        let along = |way: Direction| {
            let axis = index(way);
            let from = at[axis] - origin[axis];
            if is_positive(way) { from } else { -from }
        };
        (along(self.length), along(self.width()))
    }

    fn rect(&self, block: Block) -> Rect {
        let (one, other) = (self.point(block.from), self.point(block.to));
        Rect {
            x: [one.0.min(other.0), one.0.max(other.0)],
            y: [one.1.min(other.1), one.1.max(other.1)],
        }
    }

    fn place(&self) -> Place {
        let [x, y, z] = self.origin();
        Place { origin: Position::new(x, y, z), length: self.length, face: self.face }
    }

    /// The parts of all boards: those of one name and shape are one part, several shapes of one
    /// name are told apart by a letter.
    ///
    /// # Errors
    /// Only if an outline encloses nothing, which is a mistake in this program.
    pub fn parts(boards: &[Board], relief: Relief) -> Result<Vec<FlatPart>, GeometryError> {
        // In which order things were cut does not make another part.
        let boards: Vec<Board> = boards.iter().cloned().map(Board::sorted).collect();
        let mut kinds: Vec<(&Board, Vec<Place>)> = vec![];
        for board in &boards {
            let same = kinds.iter_mut().find(|(kind, _)| kind.is_like(board));
            match same {
                Some((_, places)) => places.push(board.place()),
                None => kinds.push((board, vec![board.place()])),
            }
        }
        let mut parts = vec![];
        for (index, (board, places)) in kinds.iter().enumerate() {
            let variants = kinds.iter().filter(|(kind, _)| kind.name == board.name).count();
            let earlier = kinds[..index].iter().filter(|(kind, _)| kind.name == board.name).count();
            let mut part = board.part(relief)?;
            if variants > 1 {
                let letter = char::from(b'a' + u8::try_from(earlier % 26).unwrap_or(0));
                part.name = format!("{}-{letter}", part.name);
            }
            part.places.clone_from(places);
            parts.push(part);
        }
        Ok(parts)
    }

    fn sorted(mut self) -> Board {
        self.shape.tabs.sort_unstable();
        self.shape.openings.sort_unstable();
        self.shape.pockets.sort_unstable();
        self
    }

    fn is_like(&self, other: &Board) -> bool {
        self.name == other.name
            && self.sheet == other.sheet
            && self.paint == other.paint
            && self.shape == other.shape
    }

    fn part(&self, relief: Relief) -> Result<FlatPart, GeometryError> {
        let [length, width, thickness] = self.shape.size;
        let corners = match &self.shape.outline {
            Some(corners) => corners.clone(),
            None => with_tabs([length, width], &self.shape.tabs),
        };
        let left = corners.iter().map(|corner| corner.0).min().unwrap_or_default();
        let right = corners.iter().map(|corner| corner.0).max().unwrap_or_default();
        let mut profile = relief::outline(&corners, relief)?;
        for opening in &self.shape.openings {
            profile = profile.with_hole(opening.sketch(relief)?);
        }
        let mut pockets = vec![];
        for (opening, depth) in &self.shape.pockets {
            // Where it reaches the edge, nothing is in the corner's way.
            let at_edge = opening.touches([length, width]);
            let region = opening.sketch(if at_edge { None } else { relief })?;
            pockets.push(Pocket { region, depth: *depth });
        }
        let long = length > width * 2;
        let wide = width > length * 2;
        Ok(FlatPart {
            name: self.name.clone(),
            sheet: self.sheet.clone(),
            paint: self.paint,
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
            lettering: self.shape.lettering.clone(),
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

/// Number of a direction's axis.
fn index(way: Direction) -> usize {
    match way.axis() {
        Axis::X => 0,
        Axis::Y => 1,
        Axis::Z => 2,
    }
}

fn is_positive(way: Direction) -> bool {
    matches!(way, Direction::XPlus | Direction::YPlus | Direction::ZPlus)
}

/// The third of three right-handed directions: `first` × `second`.
fn across(first: Direction, second: Direction) -> Direction {
    let (one, other) = (index(first), index(second));
    let ahead = (one + 1) % 3 == other;
    let positive = (is_positive(first) == is_positive(second)) == ahead;
    match (3 - one - other, positive) {
        (0, true) => Direction::XPlus,
        (0, false) => Direction::XMinus,
        (1, true) => Direction::YPlus,
        (1, false) => Direction::YMinus,
        (_, true) => Direction::ZPlus,
        (_, false) => Direction::ZMinus,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn directions_are_right_handed() {
        use Direction::{XMinus, XPlus, YMinus, YPlus, ZMinus, ZPlus};
        assert_eq!(across(ZPlus, XPlus), YPlus);
        assert_eq!(across(XPlus, YPlus), ZPlus);
        assert_eq!(across(XPlus, ZPlus), YMinus);
        assert_eq!(across(YMinus, ZPlus), XMinus);
        assert_eq!(across(ZMinus, XPlus), YMinus);
    }

    #[test]
    fn a_board_stands_where_its_box_is_whichever_way_it_is_turned() {
        let mm = |value: i64| Mm::um(value * 1000);
        let block = Block::between([mm(10), mm(20), mm(30)], [mm(110), mm(38), mm(330)]);
        for (length, face) in [
            (Direction::ZPlus, Direction::YMinus),
            (Direction::ZMinus, Direction::YPlus),
            (Direction::XMinus, Direction::YMinus),
        ] {
            let mut board = Board::new("post", ("ply", Paint::Blue), block, length, face);
            board.bore([mm(20), mm(20), mm(40)], mm(5));
            let parts = Board::parts(&[board], None).unwrap();
            let place = parts[0].places[0].isometry();
            let bounds = parts[0].solid().unwrap().bounds().placed(&place);
            let expected = [block.from, block.to].map(|corner| corner.map(Mm::mm));
            for (found, wanted) in [(bounds.min, expected[0]), (bounds.max, expected[1])] {
                let off = (found - nalgebra::Point3::from(wanted)).norm();
                assert!(off < 1e-9, "{found} instead of {wanted:?}");
            }
        }
    }
}
