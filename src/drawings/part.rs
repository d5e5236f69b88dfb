//! A printed part in three views, as it is mounted.

use super::dimension::WORDS;
use super::holes::Holes;
use super::layout::{Arrangement, Dimension, Layout, Panel, Side, Words};
use super::number::millimetres;
use super::sheet::{Anchor, At, Sheet, Stroke, wrap};
use super::table::Table;
use super::title_block::TitleBlock;
use crate::geometry::{Direction, Frame, Mesh, Polyline2, Solid, view};
use crate::parts::{Face, Made, Part, SideSeen};
use crate::spec::Projection;
use crate::units::{Grams, Mm};

/// A part to be drawn.
#[derive(Clone, Debug)]
pub struct PartDrawing<'a> {
    /// The part.
    pub part: &'a Part,
    /// Its solid, as it lies on the bed.
    pub solid: &'a Solid,
    /// The solid's mesh, with chords of at most 0.01 mm.
    pub mesh: &'a Mesh,
    /// Title of the design that it belongs to.
    pub design: String,
    /// Name of its filament.
    pub material: String,
    /// Mass, were it printed solid.
    pub mass: Grams,
    /// How many are needed, spares included.
    pub quantity: u64,
    /// How the views lie.
    pub projection: Projection,
}

const NOTE: f64 = 3.0;
const NOTE_STEP: f64 = 5.0;
const TITLE_ROWS: usize = 3;

/// Draws a part: front, side and top view, hole table, notes.
pub fn part(drawing: &PartDrawing) -> String {
    let views = Views::new(drawing);
    let holes = Holes::new(&views, drawing.solid);
    let notes = notes(drawing);
    let table = holes.table();
    let lines = |width: f64| -> Vec<String> {
        let numbered = notes.iter().enumerate();
        numbered.flat_map(|(at, note)| wrap(&format!("{}. {note}", at + 1), NOTE, width)).collect()
    };
    let text_height =
        Table::height(holes.count()) + 12.0 + NOTE_STEP * lines(Holes::WIDTH).len() as f64;
    let words = Words {
        title: (TitleBlock::WIDTH, TitleBlock::height(TITLE_ROWS)),
        text: (Holes::WIDTH, text_height),
    };
    let arrangement = views.arrangement(drawing);
    let layout = arrangement.lay_out(words);
    let mut sheet = Sheet::new(layout.paper, &format!("{}: {}", drawing.design, drawing.part.name));
    sheet.mask(true);
    views.draw(&mut sheet, &layout, &holes);
    let factor = layout.scale.factor;
    arrangement.front.dimension(&mut sheet, layout.front, factor);
    arrangement.side.dimension(&mut sheet, layout.side, factor);
    arrangement.top.dimension(&mut sheet, layout.top, factor);

    sheet.mask(false);

    let (left, top) = layout.words;
    let mut y = if holes.count() == 0 { top } else { table.draw(&mut sheet, (left, top)) };
    y += 8.0;
    sheet.text((left, y), WORDS + 0.5, Anchor::Start, "Notes");
    for line in lines(layout.words_width) {
        y += NOTE_STEP;
        sheet.text((left, y), NOTE, Anchor::Start, &line);
    }
    TitleBlock {
        rows: &[
            &[("part", &drawing.part.name, 75.0), ("design", &drawing.design, 75.0)],
            &[("what", &drawing.part.about, 105.0), ("material", &drawing.material, 45.0)],
            &[
                ("quantity", &drawing.quantity.to_string(), 28.0),
                ("mass, solid", &format!("{:.1} g", drawing.mass.0), 34.0),
                ("scale", layout.scale.name, 28.0),
                ("unit", "mm", 24.0),
            ],
        ],
        projection: drawing.projection,
    }
    .draw(&mut sheet);
    sheet.finish()
}

fn notes(drawing: &PartDrawing) -> Vec<String> {
    let part = drawing.part;
    let side = match part.side {
        SideSeen::Left => "left",
        SideSeen::Right => "right",
    };
    vec![
        match part.made {
            Made::PerBank(_) => format!(
                "Drawn as mounted: from the front of the rack, from the {side}, from above."
            ),
            Made::PerDesign(_) => "Drawn as it prints. Engraved is what each place tries, in mm: \
                                   the rail's clearance each side; before them the screw's hole, \
                                   the insert's hole, the nut's width."
                .to_owned(),
        },
        "x to the right, y to the rear, z up, from the left, front, lower corner.".to_owned(),
        format!(
            "Print parts/{}.stl as it lies in the file, without support: {} × {} on the bed, {} \
             high.",
            &part.name,
            millimetres(part.size[0]),
            millimetres(part.size[1]),
            millimetres(part.size[2])
        ),
    ]
}

/// What is seen from three sides, and the part's size as it is mounted.
pub(super) struct Views {
    front: Seen,
    side: Seen,
    top: Seen,
    /// Along x, y, z as mounted, and the least coordinates along them.
    pub(super) size: [f64; 3],
    pub(super) low: [f64; 3],
    /// Where the mounted directions point on the bed.
    pub(super) axes: [Direction; 3],
    seen_from: SideSeen,
}

/// Lines of a view, from its lower left corner, in millimetres of the part.
struct Seen {
    visible: Vec<Polyline2>,
    hidden: Vec<Polyline2>,
}

impl Seen {
    fn new(drawing: &PartDrawing, frame: Frame) -> Seen {
        let low = [frame.right, frame.up].map(|it| extent(drawing.solid, it).0);
        let moved = |lines: Vec<Polyline2>| {
            let from_corner = |[u, v]: [f64; 2]| [u - low[0], v - low[1]];
            lines.into_iter().map(|line| line.into_iter().map(from_corner).collect()).collect()
        };
        let view = view(drawing.solid, drawing.mesh, frame);
        Seen { visible: moved(view.visible), hidden: moved(view.hidden) }
    }

    /// Where the outline reaches `value` along an axis of the view, nearest to the other's zero.
    fn reaching(&self, axis: usize, value: f64) -> [f64; 2] {
        let all = self.visible.iter().flatten().filter(|point| (point[axis] - value).abs() < 0.01);
        let nearest = all.map(|point| point[1 - axis]).fold(f64::INFINITY, f64::min);
        let nearest = if nearest.is_finite() { nearest } else { 0.0 };
        if axis == 0 { [value, nearest] } else { [nearest, value] }
    }
}

/// From where to where a solid reaches along a direction.
fn extent(solid: &Solid, direction: Direction) -> (f64, f64) {
    let bounds = solid.bounds();
    let one = direction.along(bounds.min.into());
    let other = direction.along(bounds.max.into());
    (one.min(other), one.max(other))
}

impl Views {
    fn new(drawing: &PartDrawing) -> Views {
        let axes = drawing.part.mounted;
        let [x, y, z] = axes;
        let ends = axes.map(|axis| extent(drawing.solid, axis));
        let to_right = match drawing.part.side {
            SideSeen::Left => y.opposite(),
            SideSeen::Right => y,
        };
        Views {
            front: Seen::new(drawing, Frame { right: x, up: z }),
            side: Seen::new(drawing, Frame { right: to_right, up: z }),
            top: Seen::new(drawing, Frame { right: x, up: y }),
            size: ends.map(|(low, high)| high - low),
            low: ends.map(|(low, _)| low),
            axes,
            seen_from: drawing.part.side,
        }
    }

    /// A mounted place in a view, from the view's lower left corner.
    fn place(&self, face: Face, [x, y, z]: [f64; 3]) -> [f64; 2] {
        match (face, self.seen_from) {
            (Face::Front, _) => [x, z],
            (Face::Top, _) => [x, y],
            (Face::Side, SideSeen::Right) => [y, z],
            (Face::Side, SideSeen::Left) => [self.size[1] - y, z],
        }
    }

    fn arrangement(&self, drawing: &PartDrawing) -> Arrangement {
        let third = drawing.projection == Projection::ThirdAngle;
        Arrangement {
            front: self.panel(drawing, Face::Front, &self.front),
            side: self.panel(drawing, Face::Side, &self.side),
            top: self.panel(drawing, Face::Top, &self.top),
            side_on_right: third == (self.seen_from == SideSeen::Right),
            top_above: third,
        }
    }

    /// A view's dimensions: over all, and what the part has to tell.
    fn panel(&self, drawing: &PartDrawing, face: Face, seen: &Seen) -> Panel {
        let [x, y, z] = self.size;
        let size = match face {
            Face::Front => [x, z],
            Face::Side => [y, z],
            Face::Top => [x, y],
        };
        // What another view tells is repeated in brackets only.
        let words = |length: f64, is_new: bool| {
            let length = millimetres(Mm::from_mm(length));
            if is_new { length } else { format!("({length})") }
        };
        let mut dimensions = vec![
            Dimension {
                side: Side::Below,
                from: seen.reaching(0, 0.0),
                to: seen.reaching(0, size[0]),
                words: words(size[0], face != Face::Top),
            },
            Dimension {
                side: Side::Left,
                from: seen.reaching(1, 0.0),
                to: seen.reaching(1, size[1]),
                words: words(size[1], face == Face::Front),
            },
        ];
        for measure in drawing.part.measures.iter().filter(|it| it.face == face) {
            let [from, to] =
                [measure.from, measure.to].map(|end| self.place(face, end.map(Mm::mm)));
            let length = (to[0] - from[0]).abs().max((to[1] - from[1]).abs());
            if length > 0.0 {
                dimensions.push(Dimension::nearest(from, to, size, words(length, true)));
            }
        }
        Panel { size, dimensions }
    }

    fn draw(&self, sheet: &mut Sheet, layout: &Layout, holes: &Holes) {
        let factor = layout.scale.factor;
        for (face, seen, corner) in [
            (Face::Front, &self.front, layout.front),
            (Face::Side, &self.side, layout.side),
            (Face::Top, &self.top, layout.top),
        ] {
            let at = |[u, v]: [f64; 2]| -> At { (corner.0 + u * factor, corner.1 - v * factor) };
            for (stroke, lines) in
                [(Stroke::Hidden, &seen.hidden), (Stroke::Outline, &seen.visible)]
            {
                for line in lines {
                    let closed = line.len() > 3 && line.first() == line.last();
                    let points: Vec<At> = line.iter().copied().map(at).collect();
                    sheet.polyline(stroke, &points[..points.len() - usize::from(closed)], closed);
                }
            }
            holes.draw(sheet, self, face, &|place| at(self.place(face, place)), factor);
        }
    }
}
