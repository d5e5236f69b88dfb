//! A floor plan: what stands where, seen from above, the front at the bottom.

use super::scale::Scale;
use super::sheet::{Anchor, At, Paper, Sheet, Stroke, wrap};
use super::title_block::TitleBlock;
use crate::spec::Projection;
use crate::units::Mm;

/// A plan. Shapes are drawn in their order, later ones over earlier ones.
#[derive(Clone, Debug)]
pub struct PlanDrawing {
    /// Such as `floor plan`.
    pub title: String,
    /// The design's title.
    pub design: String,
    /// What is drawn, in one frame: x to the right, y away from the front.
    pub shapes: Vec<PlanShape>,
    /// Dimensions from left to right, below everything: from, to, words.
    pub across: Vec<(Mm, Mm, String)>,
    /// Dimensions from front to rear, at the left: from, to, words.
    pub deep: Vec<(Mm, Mm, String)>,
    /// What the reader should know besides.
    pub notes: Vec<String>,
    /// For the symbol in the title block.
    pub projection: Projection,
}

/// Something in the plan.
#[derive(Clone, Debug)]
pub struct PlanShape {
    /// Where and what.
    pub shape: Shape,
    /// How it is drawn.
    pub look: Look,
    /// Words in its middle; empty for none.
    pub words: String,
}

/// The outline of something in the plan.
#[derive(Clone, Copy, Debug)]
pub enum Shape {
    /// A rectangle between two corners.
    Box((Mm, Mm), (Mm, Mm)),
    /// A circle: its middle and diameter.
    Round((Mm, Mm), Mm),
    /// A door leaf that swings: its hinge, where its free edge is when it is shut, and when it is
    /// open a right angle wide.
    Leaf((Mm, Mm), (Mm, Mm), (Mm, Mm)),
}

/// How something is drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Look {
    /// Floor that is to be kept free.
    Clearance,
    /// Nothing but its words.
    Words,
    /// A solid outline, unfilled.
    Outline,
    /// Solid, grey: frame and posts.
    Solid,
    /// A rack's footprint.
    Rack,
    /// Banks.
    Bank,
    /// Supplies.
    Supply,
    /// Something that reaches deep behind its rack.
    Deep,
    /// Above everything: dashed.
    Above,
}

impl Look {
    fn fill(self) -> Option<&'static str> {
        match self {
            Look::Clearance => Some("#eef4ea"),
            Look::Outline | Look::Above | Look::Words => None,
            Look::Solid => Some("#9aa0a6"),
            Look::Rack => Some("#e9ebed"),
            Look::Bank => Some("#c9d7f3"),
            Look::Supply => Some("#f1d9a8"),
            Look::Deep => Some("#c3c7cb"),
        }
    }

    fn stroke(self) -> Stroke {
        match self {
            Look::Clearance | Look::Words => Stroke::Phantom,
            Look::Above => Stroke::Hidden,
            Look::Outline => Stroke::Outline,
            Look::Deep | Look::Rack | Look::Bank | Look::Supply | Look::Solid => Stroke::Thin,
        }
    }
}

/// The plan is drawn at the largest scale at which it is no wider and no deeper on paper.
const WIDEST: f64 = 330.0;
const DEEPEST: f64 = 330.0;
/// From the frame to the plan: room for dimensions.
const MARGIN: f64 = 34.0;
const ABOVE: f64 = 16.0;
const FOOT: f64 = 66.0;

/// The plan as SVG.
pub fn plan(drawing: &PlanDrawing) -> String {
    let [x0, x1, y0, y1] = extent(&drawing.shapes);
    let (wide, deep) = ((x1 - x0).mm(), (y1 - y0).mm());
    let scale = Scale::largest(|scale| {
        scale.factor <= 0.5 && wide * scale.factor <= WIDEST && deep * scale.factor <= DEEPEST
    });
    let k = scale.factor;
    let width = (wide * k + 2.0 * MARGIN).max(TitleBlock::WIDTH + 80.0) + 30.0;
    let height = deep * k + ABOVE + MARGIN + FOOT + 20.0;
    let paper = Paper::Own(width.ceil() as u32, height.ceil() as u32);
    let mut sheet = Sheet::new(paper, &format!("{}: {}", drawing.design, drawing.title));
    let (left, top, right, bottom) = paper.frame();
    let middle = f64::midpoint(left, right);
    let base = top + ABOVE + deep * k;
    let place = |(x, y): (Mm, Mm)| -> At {
        let from_middle = (x.mm() - f64::midpoint(x0.mm(), x1.mm())) * k;
        (middle + from_middle, base - (y - y0).mm() * k)
    };
    for shape in &drawing.shapes {
        draw(&mut sheet, shape, k, &place);
    }
    for shape in &drawing.shapes {
        words(&mut sheet, shape, k, &place);
    }
    for (at, (from, to, words)) in drawing.across.iter().enumerate() {
        let y = base + 8.0 + 9.0 * at as f64;
        sheet.horizontal_dimension(
            (place((*from, y0)).0, base),
            (place((*to, y0)).0, base),
            y,
            words,
        );
    }
    let side = place((x0, y0)).0;
    for (at, (from, to, words)) in drawing.deep.iter().enumerate() {
        let x = side - 8.0 - 9.0 * at as f64;
        let (low, high) = (place((x0, *from)).1, place((x0, *to)).1);
        sheet.vertical_dimension((side, high), (side, low), x, words);
    }
    notes(
        &mut sheet,
        (left + 4.0, bottom - 24.0),
        &drawing.notes,
        right - left - TitleBlock::WIDTH,
    );
    TitleBlock {
        rows: &[
            &[("title", &drawing.title, 90.0), ("design", &drawing.design, 60.0)],
            &[("scale", scale.name, 57.0), ("unit", "mm", 57.0)],
        ],
        projection: drawing.projection,
    }
    .draw(&mut sheet);
    sheet.finish()
}

fn notes(sheet: &mut Sheet, corner: At, notes: &[String], room: f64) {
    let lines = notes.iter().flat_map(|note| wrap(note, 2.8, room - 10.0));
    for (at, line) in lines.enumerate() {
        sheet.text((corner.0, corner.1 + 4.2 * at as f64), 2.8, Anchor::Start, &line);
    }
}

/// The smallest box around all shapes: left, right, front, rear.
fn extent(shapes: &[PlanShape]) -> [Mm; 4] {
    let corners = shapes.iter().flat_map(|shape| match shape.shape {
        Shape::Box(one, other) => vec![one, other],
        Shape::Round((x, y), diameter) => {
            let half = diameter.half();
            vec![(x - half, y - half), (x + half, y + half)]
        }
        Shape::Leaf(hinge, shut, open) => vec![hinge, shut, open],
    });
    let corners: Vec<(Mm, Mm)> = corners.collect();
    let x = || corners.iter().map(|corner| corner.0);
    let y = || corners.iter().map(|corner| corner.1);
    let or_none = |length: Option<Mm>| length.unwrap_or_default();
    [or_none(x().min()), or_none(x().max()), or_none(y().min()), or_none(y().max())]
}

fn draw(sheet: &mut Sheet, shape: &PlanShape, k: f64, place: &dyn Fn((Mm, Mm)) -> At) {
    if shape.look == Look::Words {
        return;
    }
    let stroke = shape.look.stroke();
    match shape.shape {
        Shape::Box(one, other) => {
            let (one, other) = (place(one), place(other));
            if let Some(fill) = shape.look.fill() {
                sheet.areas(fill, &[(one, other)]);
            }
            sheet.rectangle(stroke, one, other);
        }
        Shape::Round(middle, diameter) => {
            sheet.circle(stroke, place(middle), diameter.mm() * k / 2.0);
        }
        Shape::Leaf(hinge, shut, open) => {
            let (hinge, shut, open) = (place(hinge), place(shut), place(open));
            sheet.line(Stroke::Outline, hinge, open);
            sheet.line(Stroke::Thin, hinge, shut);
            sheet.polyline(Stroke::Thin, &swing(hinge, shut, open), false);
        }
    }
}

/// A quarter of a circle around the hinge.
fn swing(hinge: At, shut: At, open: At) -> Vec<At> {
    const STEPS: usize = 24;
    let from = (shut.0 - hinge.0, shut.1 - hinge.1);
    let to = (open.0 - hinge.0, open.1 - hinge.1);
    let point = |step: usize| {
        let angle = std::f64::consts::FRAC_PI_2 * step as f64 / STEPS as f64;
        let (sin, cos) = angle.sin_cos();
        (hinge.0 + from.0 * cos + to.0 * sin, hinge.1 + from.1 * cos + to.1 * sin)
    };
    (0..=STEPS).map(point).collect()
}

/// Words stand in the middle, upright where there is more room that way.
fn words(sheet: &mut Sheet, shape: &PlanShape, k: f64, place: &dyn Fn((Mm, Mm)) -> At) {
    if shape.words.is_empty() {
        return;
    }
    let (middle, wide, high) = match shape.shape {
        Shape::Box(one, other) => {
            let (one, other) = (place(one), place(other));
            let middle = (f64::midpoint(one.0, other.0), f64::midpoint(one.1, other.1));
            (middle, (one.0 - other.0).abs(), (one.1 - other.1).abs())
        }
        Shape::Round(middle, diameter) => (place(middle), diameter.mm() * k, diameter.mm() * k),
        Shape::Leaf(hinge, _, open) => {
            let (hinge, open) = (place(hinge), place(open));
            ((f64::midpoint(hinge.0, open.0), f64::midpoint(hinge.1, open.1)), 20.0, 6.0)
        }
    };
    let long = wide.max(high);
    let size = (long / super::sheet::text_width(&shape.words, 1.0)).clamp(1.4, 3.2);
    sheet.mask(true);
    if wide >= high || wide > super::sheet::text_width(&shape.words, size) {
        sheet.text((middle.0, middle.1 + size * 0.35), size, Anchor::Middle, &shape.words);
    } else {
        sheet.upright_text((middle.0 + size * 0.35, middle.1), size, &shape.words);
    }
    sheet.mask(false);
}
