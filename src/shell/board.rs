//! A flat part in the making: a box in the cluster, and what is cut into it.
//!
//! Cuts and pockets are given as boxes in the cluster, so that a joint's two halves come from the
//! same numbers. Everything is whole nanometres until the outline is drawn.

use crate::geometry::{Direction, GeometryError, Position};
use crate::units::{Mm, SquareMetres};

use super::block::Block;
use super::flat_part::{FlatPart, Letters, Paint, Place};
use super::relief::{Corner, Relief};
use super::shape::{Opening, Rect, Shape};

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
        board.shape = Shape::plain(board.size());
        board
    }

    /// The box that it fills, tabs left out.
    pub fn block(&self) -> Block {
        self.block
    }

    /// Number of the axis that its thickness lies along.
    pub fn face_axis(&self) -> usize {
        self.face.axis().index()
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
        let (axis, origin) = (self.length.axis().index(), self.origin());
        let at = if self.length.is_positive() { origin[axis] + x } else { origin[axis] - x };
        (axis, at)
    }

    /// Is nothing cut through within `distance` of a place on its length?
    pub fn is_whole_at(&self, x: Mm, distance: Mm) -> bool {
        self.shape.is_whole_at(x, distance)
    }

    /// Area of its slots.
    pub fn slots(&self) -> SquareMetres {
        self.shape.slots()
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
        piece.shape = self.shape.section(from, to);
        piece
    }

    /// A plate over a place on its length, behind it or before it; `None` if it is too narrow.
    pub fn plate(&self, x: Mm, (reach, inset): (Mm, Mm), behind: bool) -> Option<Board> {
        let mut block = self.block;
        let (axis, at) = self.along(x);
        (block.from[axis], block.to[axis]) = (at - reach, at + reach);
        let across = self.width().axis().index();
        block.from[across] += inset;
        block.to[across] -= inset;
        let through = self.face_axis();
        let thickness = self.shape.size[2];
        if (self.face.is_positive()) == behind {
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
            let depth = inside.size()[self.face.axis().index()];
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

    /// Marks where a screw goes.
    pub fn mark(&mut self, at: [Mm; 3]) {
        let point = self.point(at);
        self.shape.marks.push(point);
    }

    /// Puts words across its face.
    pub fn letter(&mut self, words: &str, how: Letters) {
        self.shape.lettering = Some((words.to_owned(), how));
    }

    fn origin(&self) -> [Mm; 3] {
        let (length, width, face) = (self.length, self.width(), self.face);
        let mut origin = [Mm::ZERO; 3];
        for way in [length, width, face] {
            let axis = way.axis().index();
            origin[axis] =
                if way.is_positive() { self.block.from[axis] } else { self.block.to[axis] };
        }
        origin
    }

    /// Where its width runs.
    fn width(&self) -> Direction {
        self.face.cross(self.length)
    }

    fn size(&self) -> [Mm; 3] {
        let size = self.block.size();
        [self.length, self.width(), self.face].map(|way| size[way.axis().index()])
    }

    /// A point of the cluster in the part's own coordinates.
    fn point(&self, at: [Mm; 3]) -> Corner {
        let origin = self.origin();
        let along = |way: Direction| {
            let axis = way.axis().index();
            let from = at[axis] - origin[axis];
            if way.is_positive() { from } else { -from }
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
            let sheet = (board.sheet.as_str(), board.paint);
            let mut part = board.shape.part(&board.name, sheet, relief)?;
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
        self.shape.sort();
        self
    }

    fn is_like(&self, other: &Board) -> bool {
        self.name == other.name
            && self.sheet == other.sheet
            && self.paint == other.paint
            && self.shape == other.shape
    }
}

#[cfg(test)]
mod tests {
    use super::*;

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
