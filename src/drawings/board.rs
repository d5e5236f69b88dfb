//! A board as its catalogue entry has it: to hold against the real one before anything is printed.

use super::dimension::WORDS;
use super::number::millimetres;
use super::scale::Scale;
use super::sheet::{Anchor, At, Paper, Sheet, Stroke, wrap};
use super::table::{Column, Table};
use super::title_block::TitleBlock;
use crate::catalog::{Board, ComponentBox, Edge, Fact};
use crate::spec::Projection;
use crate::units::Mm;

/// Where the plan's lower left corner lies, and how far the side view's board lies below it.
const LEFT: f64 = 74.0;
const PLAN_TOP: f64 = 50.0;
const BETWEEN: f64 = 34.0;
/// Room for the plan.
const ROOM: (f64, f64) = (172.0, 120.0);
/// Between dimension lines.
const STEP: f64 = 9.0;
/// The table and the notes beneath it.
const TABLE_LEFT: f64 = 262.0;
const NOTE: f64 = 3.0;

/// Draws a board on an A3 sheet: plan, view from the front of the plan below it (third angle),
/// component boxes with their heights, holes, power socket, and which edge faces the front.
pub fn board(id: &str, board: &Board) -> String {
    let mut sheet = Sheet::new(Paper::A3, &board.name);
    let view = View::of(board);
    view.plan(&mut sheet);
    view.holes(&mut sheet);
    view.edges(&mut sheet);
    view.side(&mut sheet);
    let bottom = components(board).draw(&mut sheet, (TABLE_LEFT, 20.0));
    write_notes(&mut sheet, board, bottom + 9.0);
    TitleBlock {
        rows: &[
            &[("board", &board.name, 90.0), ("catalogue id", id, 60.0)],
            &[
                ("mass", &board.mass.value.to_string(), 45.0),
                ("scale", view.scale.name, 45.0),
                ("unit", "mm", 24.0),
            ],
        ],
        projection: Projection::ThirdAngle,
    }
    .draw(&mut sheet);
    sheet.finish()
}

/// Where the board lies on the paper.
struct View<'a> {
    board: &'a Board,
    scale: Scale,
    /// Paper height of the board's lower edge in the plan, and of its upper face in the side view.
    plan_bottom: f64,
    face: f64,
}

impl<'a> View<'a> {
    fn of(board: &'a Board) -> View<'a> {
        let (length, width) = (board.pcb.length.value.mm(), board.pcb.width.value.mm());
        let scale = Scale::largest(|scale| {
            length * scale.factor <= ROOM.0 && width * scale.factor <= ROOM.1
        });
        let plan_bottom = PLAN_TOP + width * scale.factor;
        let tallest = board.tallest().map_or(0.0, |tallest| tallest.above.value.mm());
        let face = plan_bottom + BETWEEN + tallest * scale.factor;
        View { board, scale, plan_bottom, face }
    }

    /// A place on the board in the plan.
    fn at(&self, x: Mm, y: Mm) -> At {
        (self.along(x), self.plan_bottom - y.mm() * self.scale.factor)
    }

    fn along(&self, x: Mm) -> f64 {
        LEFT + x.mm() * self.scale.factor
    }

    /// Dimensions stand to the left of this, clear of sockets and of the front's mark.
    fn dimensions_left(&self) -> f64 {
        let overhang = self.board.overhang(Edge::MinusX).mm() * self.scale.factor;
        let mark = if self.board.front == Edge::MinusX { 9.0 } else { 0.0 };
        LEFT - overhang - mark
    }

    fn size(&self) -> (Mm, Mm) {
        (self.board.pcb.length.value, self.board.pcb.width.value)
    }

    fn plan(&self, sheet: &mut Sheet) {
        let (length, width) = self.size();
        let mut taken: Vec<At> = Vec::new();
        for (number, it) in self.board.boxes.iter().enumerate() {
            let [x, y] = it.at;
            let (low, high) = (self.at(x, y), self.at(x + it.size[0], y + it.size[1]));
            let below_only = it.above.value <= Mm::ZERO;
            sheet.rectangle(if below_only { Stroke::Hidden } else { Stroke::Outline }, low, high);
            let mut middle = (f64::midpoint(low.0, high.0), f64::midpoint(low.1, high.1) + 1.2);
            // Boxes over and under each other must not have their numbers there as well.
            let meets = |at: At| {
                taken.iter().any(|it| (it.0 - at.0).abs() < 7.0 && (it.1 - at.1).abs() < 4.0)
            };
            while meets(middle) && middle.0 + 7.0 < high.0 {
                middle.0 += 7.0;
            }
            taken.push(middle);
            sheet.text(middle, WORDS, Anchor::Middle, &(number + 1).to_string());
        }
        sheet.rectangle(Stroke::Outline, self.at(Mm::ZERO, Mm::ZERO), self.at(length, width));
        let (left, right) = (self.at(Mm::ZERO, width), self.at(length, width));
        let outermost = STEP * (1.0 + distinct(self.hole_places(0)).len() as f64);
        sheet.horizontal_dimension(left, right, left.1 - 4.0 - outermost, &millimetres(length));
        let (top, bottom) = (self.at(Mm::ZERO, width), self.at(Mm::ZERO, Mm::ZERO));
        let outermost = STEP * (1.0 + distinct(self.hole_places(1)).len() as f64);
        sheet.vertical_dimension(
            top,
            bottom,
            self.dimensions_left() - outermost,
            &millimetres(width),
        );
    }

    fn hole_places(&self, axis: usize) -> impl Iterator<Item = Mm> {
        self.board.holes.at.iter().map(move |hole| hole[axis])
    }

    /// Circles with their axes, and how far they lie from the corner.
    fn holes(&self, sheet: &mut Sheet) {
        let radius = self.board.holes.diameter.value.mm() * self.scale.factor / 2.0;
        let reach = radius + 2.0;
        for &[x, y] in &self.board.holes.at {
            let (x, y) = self.at(x, y);
            sheet.circle(Stroke::Outline, (x, y), radius);
            sheet.line(Stroke::Centre, (x - reach, y), (x + reach, y));
            sheet.line(Stroke::Centre, (x, y - reach), (x, y + reach));
        }
        let (_, width) = self.size();
        for (level, x) in distinct(self.hole_places(0)).into_iter().enumerate() {
            let highest = self.board.holes.at.iter().filter(|hole| hole[0] == x);
            let highest = highest.map(|hole| hole[1]).max().unwrap_or(width);
            let line = self.at(x, width).1 - 4.0 - STEP * (level as f64 + 1.0);
            let (corner, hole) = (self.at(Mm::ZERO, width), self.at(x, highest));
            sheet.horizontal_dimension(corner, (hole.0, hole.1 - reach), line, &millimetres(x));
        }
        for (level, y) in distinct(self.hole_places(1)).into_iter().enumerate() {
            let nearest = self.board.holes.at.iter().filter(|hole| hole[1] == y);
            let nearest = nearest.map(|hole| hole[0]).min().unwrap_or(Mm::ZERO);
            let line = self.dimensions_left() - STEP * (level as f64 + 1.0);
            let (hole, corner) = (self.at(nearest, y), self.at(Mm::ZERO, Mm::ZERO));
            sheet.vertical_dimension((hole.0 - reach, hole.1), corner, line, &millimetres(y));
        }
    }

    /// The front edge, and where power enters.
    fn edges(&self, sheet: &mut Sheet) {
        let (length, width) = self.size();
        let beyond = self.board.overhang(self.board.front).mm() * self.scale.factor + 3.0;
        let (near, far) = match self.board.front {
            Edge::MinusX => (self.at(Mm::ZERO, Mm::ZERO), self.at(Mm::ZERO, width)),
            Edge::PlusX => (self.at(length, Mm::ZERO), self.at(length, width)),
            Edge::MinusY => (self.at(Mm::ZERO, Mm::ZERO), self.at(length, Mm::ZERO)),
            Edge::PlusY => (self.at(Mm::ZERO, width), self.at(length, width)),
        };
        let (dx, dy) = outwards(self.board.front);
        let out = |(x, y): At, by: f64| (x + dx * by, y + dy * by);
        sheet.line(Stroke::Frame, out(near, beyond), out(far, beyond));
        let middle = (f64::midpoint(near.0, far.0), f64::midpoint(near.1, far.1));
        if dy == 0.0 {
            sheet.upright_text(out(middle, beyond + 4.0), WORDS + 0.5, "front");
        } else {
            let words = out(middle, beyond + 3.0);
            sheet.text((words.0, words.1 + 1.5), WORDS + 0.5, Anchor::Middle, "front");
        }
        let socket = &self.board.power_socket;
        let at = socket.at.value;
        let mouth = match socket.edge {
            Edge::MinusX => self.at(Mm::ZERO, at),
            Edge::PlusX => self.at(length, at),
            Edge::MinusY => self.at(at, Mm::ZERO),
            Edge::PlusY => self.at(at, width),
        };
        let (dx, dy) = outwards(socket.edge);
        let overhang = socket.overhang.value.mm() * self.scale.factor;
        let tip = (mouth.0 + dx * overhang, mouth.1 + dy * overhang);
        let tail = (tip.0 + dx * 9.0, tip.1 + dy * 9.0);
        sheet.line(Stroke::Thin, tip, tail);
        sheet.arrowhead(tip, (-dx, -dy));
        let (anchor, place) = match socket.edge {
            Edge::MinusX => (Anchor::End, (tail.0 - 1.0, tail.1 + 1.2)),
            Edge::PlusX => (Anchor::Start, (tail.0 + 1.0, tail.1 + 1.2)),
            Edge::MinusY => (Anchor::Start, (tail.0 + 1.5, tail.1)),
            Edge::PlusY => (Anchor::Start, (tail.0 + 1.5, tail.1 + 2.5)),
        };
        let words = format!("power ({}) at {}", socket.connector, millimetres(at));
        sheet.text(place, WORDS, anchor, &words);
    }

    /// Seen from the plan's lower edge; nearer boxes cover those behind them.
    fn side(&self, sheet: &mut Sheet) {
        let factor = self.scale.factor;
        let thickness = self.board.pcb.thickness.value.mm() * factor;
        let (length, _) = self.size();
        let mut boxes: Vec<&ComponentBox> = self.board.boxes.iter().collect();
        boxes.sort_by_key(|it| std::cmp::Reverse(it.at[1]));
        let under = self.face + thickness;
        for it in boxes {
            let (left, right) = (self.along(it.at[0]), self.along(it.at[0] + it.size[0]));
            let (above, below) = (it.above.value.mm() * factor, it.below.value.mm() * factor);
            if above > 0.0 {
                sheet.panel((left, self.face - above), (right, self.face));
            }
            if below > 0.0 {
                sheet.panel((left, under), (right, under + below));
            }
        }
        let (left, right) = (self.along(Mm::ZERO), self.along(length));
        sheet.panel((left, self.face), (right, under));
        let edge = (left, self.face);
        let words = millimetres(self.board.pcb.thickness.value);
        sheet.vertical_dimension(edge, (left, under), LEFT - 12.0, &words);
        self.heights(sheet, |it| it.above.value, |height| self.face - height * factor, -1.0);
        self.heights(sheet, |it| it.below.value, |depth| under + depth * factor, 1.0);
    }

    /// Every height once, on a line from where it is reached to its number beside the view.
    fn heights(
        &self,
        sheet: &mut Sheet,
        height: impl Fn(&ComponentBox) -> Mm,
        paper: impl Fn(f64) -> f64,
        away: f64,
    ) {
        let boxes = &self.board.boxes;
        let mut free = None::<f64>;
        let reached = distinct(boxes.iter().map(&height).filter(|height| *height > Mm::ZERO));
        let end = boxes.iter().map(|it| it.at[0] + it.size[0]).max().unwrap_or(Mm::ZERO);
        let edge = self.along(end.max(self.board.pcb.length.value)) + 3.0;
        for reached in reached {
            let such = || boxes.iter().enumerate().filter(|(_, it)| height(it) == reached);
            let from = such().map(|(_, it)| it.at[0] + it.size[0]).max().unwrap_or(end);
            let y = paper(reached.mm());
            let shelf = free.map_or(y, |free| if away < 0.0 { y.min(free) } else { y.max(free) });
            free = Some(shelf + away * 4.6);
            let knee = (edge + 8.0, shelf);
            let line = [(self.along(from) + 1.0, y), (edge, y), knee, (edge + 10.0, shelf)];
            sheet.polyline(Stroke::Thin, &line, false);
            let numbers: Vec<String> = such().map(|(at, _)| (at + 1).to_string()).collect();
            let words = format!("{}  ({})", millimetres(reached), numbers.join(", "));
            sheet.text((edge + 11.0, shelf + 1.2), NOTE, Anchor::Start, &words);
        }
    }
}

fn outwards(edge: Edge) -> (f64, f64) {
    match edge {
        Edge::MinusX => (-1.0, 0.0),
        Edge::PlusX => (1.0, 0.0),
        Edge::MinusY => (0.0, 1.0),
        Edge::PlusY => (0.0, -1.0),
    }
}

/// Sorted, each once.
fn distinct(lengths: impl Iterator<Item = Mm>) -> Vec<Mm> {
    let mut distinct: Vec<Mm> = lengths.collect();
    distinct.sort_unstable();
    distinct.dedup();
    distinct
}

/// The boxes in numbers. A star marks what no source confirms.
fn components(board: &Board) -> Table {
    let fact = |fact: &Fact<Mm>| match fact.value {
        Mm::ZERO => "–".to_owned(),
        length => format!("{}{}", millimetres(length), if fact.unverified { "*" } else { "" }),
    };
    let mut table = Table::new(&[
        Column { title: "no.", width: 9.0 },
        Column { title: "component", width: 48.0 },
        Column { title: "x", width: 14.0 },
        Column { title: "y", width: 14.0 },
        Column { title: "along x", width: 15.0 },
        Column { title: "along y", width: 15.0 },
        Column { title: "above", width: 15.5 },
        Column { title: "below", width: 15.5 },
    ]);
    for (number, it) in board.boxes.iter().enumerate() {
        table.row(vec![
            (number + 1).to_string(),
            it.what.clone(),
            millimetres(it.at[0]),
            millimetres(it.at[1]),
            millimetres(it.size[0]),
            millimetres(it.size[1]),
            fact(&it.above),
            fact(&it.below),
        ]);
    }
    table
}

fn write_notes(sheet: &mut Sheet, board: &Board, top: f64) {
    let (_, _, right, _) = Paper::A3.frame();
    let socket = &board.power_socket;
    let notes = [
        format!(
            "{} holes, diameter {}, for {}.",
            board.holes.at.len(),
            millimetres(board.holes.diameter.value),
            board.holes.thread
        ),
        format!(
            "Power socket: its middle {} above the board, its mouth {} beyond the edge.",
            millimetres(socket.height.value),
            millimetres(socket.overhang.value)
        ),
        "Boxes are the room that components need; dashed ones lie on the underside only."
            .to_owned(),
        "* No source confirms this number: measure your board.".to_owned(),
        format!("Source: {}.", board.source),
    ];
    let mut y = top;
    sheet.text((TABLE_LEFT, y), WORDS + 0.5, Anchor::Start, "Notes");
    for (number, note) in notes.iter().enumerate() {
        for line in wrap(&format!("{}. {note}", number + 1), NOTE, right - 4.0 - TABLE_LEFT) {
            y += 5.2;
            sheet.text((TABLE_LEFT, y), NOTE, Anchor::Start, &line);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalog::Catalog;

    #[test]
    fn every_board_of_the_catalogue_can_be_drawn() {
        for (id, entry) in Catalog::builtin().unwrap().boards {
            let drawn = board(&id, &entry);
            assert!(drawn.contains(">front</text>") && drawn.contains(">power ("), "{id}");
            for it in &entry.boxes {
                assert!(drawn.contains(&millimetres(it.size[0])), "{id}: {}", it.what);
            }
            let circles = drawn.matches("<circle").count();
            // Two more belong to the projection's symbol.
            assert_eq!(circles, entry.holes.at.len() + 2, "{id}");
        }
    }
}
