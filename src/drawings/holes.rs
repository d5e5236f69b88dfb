//! Round features of a part: centre lines, names, hole table.

use super::part::Views;
use super::sheet::{Anchor, At, Sheet, Stroke};
use super::table::{Column, Table};
use crate::geometry::{Round, RoundKind, Solid, rounds};
use crate::parts::Face;

/// Height of a hole's name.
const NAME: f64 = 2.8;
/// Centre lines pass their feature by this much.
const BEYOND: f64 = 2.0;

/// Round features in mounted coordinates, and the rows of the hole table.
pub(super) struct Holes {
    rounds: Vec<(usize, Round, [f64; 3])>,
    rows: Vec<Row>,
}

/// Holes on one line: they have a common name.
struct Row {
    name: String,
    size: String,
    axis: usize,
    centre: [f64; 3],
    count: usize,
    depth: f64,
}

impl Holes {
    /// The table's width.
    pub(super) const WIDTH: f64 = 124.0;

    /// Finds and names them.
    pub(super) fn new(views: &Views, solid: &Solid) -> Holes {
        let rounds: Vec<(usize, Round, [f64; 3])> = rounds(solid)
            .into_iter()
            .map(|round| {
                let axis = views.axes.iter().position(|axis| axis.axis() == round.axis);
                let centre =
                    std::array::from_fn(|at| views.axes[at].along(round.centre) - views.low[at]);
                (axis.unwrap_or(0), round, centre)
            })
            .collect();
        let mut rows: Vec<Row> = Vec::new();
        let mut letters = Vec::new();
        for (axis, round, centre) in rounds.iter().filter(|it| it.1.kind != RoundKind::Boss) {
            let size = described(round);
            let depth = round.range.1 - round.range.0;
            let on_line = |row: &&mut Row| {
                let is_same = |at: usize| (row.centre[at] - centre[at]).abs() < 1e-3;
                row.size == size && row.axis == *axis && (0..3).all(|at| at == *axis || is_same(at))
            };
            if let Some(row) = rows.iter_mut().find(on_line) {
                row.count += 1;
                continue;
            }
            let kind = (*axis, size.clone());
            let letter = letters.iter().position(|known| *known == kind).unwrap_or_else(|| {
                letters.push(kind);
                letters.len() - 1
            });
            let of_kind = rows.iter().filter(|row| row.size == size && row.axis == *axis).count();
            let name = format!("{}{}", (b'A' + (letter % 26) as u8) as char, of_kind + 1);
            rows.push(Row { name, size, axis: *axis, centre: *centre, count: 1, depth });
        }
        rows.sort_by(|a, b| a.name.cmp(&b.name));
        Holes { rounds, rows }
    }

    /// How many rows the table has.
    pub(super) fn count(&self) -> usize {
        self.rows.len()
    }

    /// The table.
    pub(super) fn table(&self) -> Table {
        let mut table = Table::new(&[
            Column { title: "hole", width: 14.0 },
            Column { title: "size", width: 46.0 },
            Column { title: "x", width: 16.0 },
            Column { title: "y", width: 16.0 },
            Column { title: "z", width: 16.0 },
            Column { title: "depth", width: 16.0 },
        ]);
        for row in &self.rows {
            let mut cells = vec![row.name.clone(), row.size.clone()];
            if row.count > 1 {
                cells[1] = format!("{} × {}", row.count, row.size);
            }
            cells.extend(
                (0..3).map(
                    |at| {
                        if at == row.axis { "–".to_owned() } else { number(row.centre[at]) }
                    },
                ),
            );
            cells.push(number(row.depth));
            table.row(cells);
        }
        table
    }

    /// Centre lines, and the names of holes where they are seen end-on.
    pub(super) fn draw(
        &self,
        sheet: &mut Sheet,
        views: &Views,
        face: Face,
        at: &dyn Fn([f64; 3]) -> At,
        factor: f64,
    ) {
        let sight = match face {
            Face::Front => 1,
            Face::Side => 0,
            Face::Top => 2,
        };
        let mut drawn: Vec<[i64; 4]> = Vec::new();
        // The largest first: smaller ones around the same axis need no lines of their own.
        for (axis, round, centre) in self.rounds.iter().rev() {
            let (x, y) = at(*centre);
            let reach = round.radius * factor + BEYOND;
            let half = (round.range.1 - round.range.0) / 2.0 * factor + BEYOND;
            let (across, up) = match (&round.kind, *axis == sight) {
                (RoundKind::Slot { length, along }, true) => {
                    let long = length / 2.0 * factor + BEYOND;
                    let along = views.axes.iter().position(|axis| axis.axis() == *along);
                    if at_right(face, along) { (long, reach) } else { (reach, long) }
                }
                (_, true) => (reach, reach),
                (_, false) if at_right(face, Some(*axis)) => (half, 0.0),
                (_, false) => (0.0, half),
            };
            let lines = [((x - across, y), (x + across, y)), ((x, y - up), (x, y + up))];
            for (from, to) in lines {
                let key = [from.0, from.1, to.0, to.1].map(|value| (value * 100.0).round() as i64);
                let covers = |it: &[i64; 4]| {
                    (it[0] <= key[0] && it[2] >= key[2] && it[1] == key[1] && it[3] == key[3])
                        || (it[1] <= key[1]
                            && it[3] >= key[3]
                            && it[0] == key[0]
                            && it[2] == key[2])
                };
                if from != to && !drawn.iter().any(covers) {
                    drawn.push(key);
                    sheet.line(Stroke::Centre, from, to);
                }
            }
        }
        for row in self.rows.iter().filter(|row| row.axis == sight) {
            let (x, y) = at(row.centre);
            let radius = self.rounds.iter().filter(|(axis, _, centre)| {
                *axis == row.axis
                    && (0..3).all(|at| at == *axis || (centre[at] - row.centre[at]).abs() < 1e-3)
            });
            let radius = radius.map(|(_, round, _)| round.radius).fold(0.0, f64::max);
            // A large hole has room for its name inside, beside its axis.
            let rim = radius * factor * std::f64::consts::FRAC_1_SQRT_2;
            let off = if rim > 2.0 * NAME * 1.5 { NAME / 2.0 } else { rim + 0.8 };
            // Towards the middle, away from the outline.
            let middle = at(views.size.map(|length| length / 2.0));
            let below = if y < middle.1 { off + NAME * 0.75 } else { -off };
            let (across, anchor) =
                if x > middle.0 { (-off, Anchor::End) } else { (off, Anchor::Start) };
            sheet.text((x + across, y + below), NAME, anchor, &row.name);
        }
    }
}

/// Does a mounted axis run across the paper in this view?
fn at_right(face: Face, axis: Option<usize>) -> bool {
    match face {
        Face::Front | Face::Top => axis == Some(0),
        Face::Side => axis == Some(1),
    }
}

fn described(round: &Round) -> String {
    let diameter = number(2.0 * round.radius);
    match (round.kind, round.countersink) {
        (RoundKind::Slot { length, .. }, _) => format!("slot {} × {diameter}", number(length)),
        (_, Some(sink)) => {
            format!("⌀{diameter}, sunk ⌀{} × {}°", number(sink.diameter), sink.angle.round())
        }
        (_, None) => format!("⌀{diameter}"),
    }
}

fn number(length: f64) -> String {
    // Ten micrometres: what is computed here has no more to say.
    let rounded = (length * 100.0).round() / 100.0 + 0.0;
    format!("{rounded:.2}")
}
