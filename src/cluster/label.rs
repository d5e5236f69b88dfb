//! The field on a caddy's front, and the figures engraved in it.

use super::quantity::{Known, Ledger};
use crate::spec::{Design, Label};
use crate::units::Mm;

/// From the outside of a board's wall to the field.
const MARGIN: Mm = Mm::um(1_500);
/// The field's width along the rail, where there is room for it.
const WIDTH: Mm = Mm::um(8_000);
/// A narrower field is not worth its outline.
const NARROWEST: Mm = Mm::um(2_500);
/// The field's depth, and that of the figures below it.
const DEPTH: Mm = Mm::um(600);
/// Around the figures.
const AROUND: Mm = Mm::um(400);
/// The widest stroke that still looks like a figure.
const BOLDEST: Mm = Mm::um(1_200);
/// Strokes come in whole steps of this.
const STEP: Mm = Mm::um(50);
/// Figures are so many strokes wide, and stand one stroke apart.
pub const FIGURE_WIDTH: i64 = 4;
/// Figures are so many strokes high.
pub const FIGURE_HEIGHT: i64 = 9;

/// The field on a caddy's front, one for each board.
#[derive(Clone, Debug)]
pub struct LabelPlan {
    /// Where the field begins along the rail, from the outside of a board's wall on.
    pub from: Mm,
    /// Where it ends.
    pub to: Mm,
    /// Its depth.
    pub depth: Mm,
    /// Width of the strokes of the engraved figures; `None` for an empty field.
    pub stroke: Option<Known<Mm>>,
    /// Depth of the figures below the field.
    pub engraving: Mm,
}

impl LabelPlan {
    /// A field that ends before `end` along the rail and is `height` high, for numbers up to `last`.
    pub(super) fn new(
        design: &Design,
        (end, height): (Mm, Mm),
        last: u32,
        ledger: &mut Ledger,
    ) -> Option<LabelPlan> {
        let width = WIDTH.min(end - MARGIN * 2);
        if design.caddy.label == Label::None || width < NARROWEST {
            return None;
        }
        let numbered = design.caddy.label == Label::Number;
        let stroke = numbered.then(|| {
            let figures = i64::from(last.max(1).ilog10()) + 1;
            let strokes = figures * (FIGURE_WIDTH + 1) - 1;
            let wide = (width - AROUND * 2) / strokes;
            let high = (height - AROUND * 2) / FIGURE_HEIGHT;
            ledger.derive(
                "caddy.label_stroke",
                format!(
                    "the label's field shared out: {figures} figures of {FIGURE_WIDTH} strokes, one \
                     between them; at most {BOLDEST}"
                ),
                &[],
                wide.min(high).min(BOLDEST).floor_to(STEP),
            )
        });
        let stroke = stroke.filter(|stroke| stroke.value > Mm::ZERO);
        Some(LabelPlan { from: MARGIN, to: MARGIN + width, depth: DEPTH, stroke, engraving: DEPTH })
    }
}
