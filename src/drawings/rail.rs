//! The rail of a bank, as the machinist gets it.

use super::dimension::WORDS;
use super::number::{millimetres, thread, thread_diameter};
use super::scale::Scale;
use super::sheet::{Anchor, At, Paper, Sheet, Stroke, wrap};
use super::title_block::TitleBlock;
use crate::spec::Projection;
use crate::units::Mm;

/// A rail to be cut to length and tapped.
#[derive(Clone, Debug, PartialEq)]
pub struct RailDrawing {
    /// What the part is called: `rail`.
    pub title: String,
    /// Title of the design that it belongs to.
    pub design: String,
    /// Name of the extrusion.
    pub profile_name: String,
    /// What it is made of.
    pub material: String,
    /// The longer side of the section.
    pub long_side: Mm,
    /// The shorter side of the section.
    pub short_side: Mm,
    /// Length as bought.
    pub bought: Mm,
    /// Length taken off one end.
    pub milling: Mm,
    /// Length that is left.
    pub finished: Mm,
    /// Permitted deviation of the finished length, either way.
    pub tolerance: Mm,
    /// Distance of the two bores in each end, along the longer side; `None` for one in the middle.
    pub bore_pitch: Option<Mm>,
    /// Thread in both ends: `1/4-20`, `M5`.
    pub tap: String,
    /// Depth of full thread.
    pub tap_depth: Mm,
    /// Thickness of the end bracket that is bolted to each end.
    pub end_bracket: Mm,
    /// The clear opening of the rack that rail and brackets go into.
    pub opening: Mm,
    /// How many are needed, spares included.
    pub quantity: u64,
    /// How the views lie.
    pub projection: Projection,
    /// Further remarks, such as which of the numbers no source confirms.
    pub notes: Vec<String>,
}

/// The front view's room on the paper: left edge, width, height of its axis.
const VIEW_LEFT: f64 = 42.0;
const VIEW_WIDTH: f64 = 178.0;
const AXIS: f64 = 72.0;
/// Where a view that is too long is broken: the width of its left piece, and the gap.
const LEFT_PIECE: f64 = 92.0;
const BREAK_GAP: f64 = 4.0;
/// The end view's centre.
const END_VIEW: f64 = 258.0;

/// Height of the words of a note.
const NOTE: f64 = 3.0;

/// Draws the rail on an A4 sheet: front view with the long side upright, and beside it, in third
/// angle, the view from the right, where the milled end is.
pub fn rail(rail: &RailDrawing) -> String {
    let mut sheet = Sheet::new(Paper::A4, &format!("{}: {}", rail.design, rail.title));
    let view = View::of(rail);
    view.draw_front(&mut sheet);
    view.draw_end(&mut sheet);
    view.dimension(&mut sheet);
    write_notes(&mut sheet, rail);
    TitleBlock {
        rows: &[
            &[("title", &rail.title, 90.0), ("design", &rail.design, 60.0)],
            &[("profile", &rail.profile_name, 90.0), ("material", &rail.material, 60.0)],
            &[
                ("quantity", &rail.quantity.to_string(), 45.0),
                ("scale", view.scale.name, 45.0),
                ("unit", "mm", 24.0),
            ],
        ],
        // The two ends look alike: seen from the left or from the right, the end view is the same.
        projection: rail.projection,
    }
    .draw(&mut sheet);
    sheet.finish()
}

/// Where the features of the rail lie on the paper.
struct View<'a> {
    rail: &'a RailDrawing,
    scale: Scale,
    /// The front view is shortened by a break.
    broken: bool,
    top: f64,
    bottom: f64,
    /// The end that stays as bought, the milled end, and the end that was bought.
    left: f64,
    milled: f64,
    bought: f64,
    /// Heights of the bores' axes.
    axes: Vec<f64>,
    /// Half the thread's and half the bore's diameter, and the length of thread.
    thread: f64,
    bore: f64,
    tapped: f64,
}

impl<'a> View<'a> {
    fn of(rail: &'a RailDrawing) -> View<'a> {
        let scale = Scale::largest(|scale| rail.long_side.mm() * scale.factor <= 40.0);
        let on_paper = |length: Mm| length.mm() * scale.factor;
        let half_height = on_paper(rail.long_side) / 2.0;
        let broken = on_paper(rail.bought) > VIEW_WIDTH;
        let width = if broken { VIEW_WIDTH } else { on_paper(rail.bought) };
        let bought = VIEW_LEFT + width;
        // Beyond these, pieces of the view would run into its break.
        let removed = on_paper(rail.milling).min(width * 0.2);
        let tapped = on_paper(rail.tap_depth).min(width * 0.15);
        let most = on_paper(rail.short_side) * 0.3;
        let axes = match rail.bore_pitch {
            None => vec![AXIS],
            Some(pitch) => [-0.5, 0.5].map(|side| AXIS + on_paper(pitch) * side).to_vec(),
        };
        let thread = thread_diameter(&rail.tap)
            .map_or(most, |diameter| (diameter * scale.factor / 2.0).min(most));
        View {
            rail,
            scale,
            broken,
            top: AXIS - half_height,
            bottom: AXIS + half_height,
            left: VIEW_LEFT,
            milled: bought - removed,
            bought,
            axes,
            thread,
            bore: thread * 0.8,
            tapped,
        }
    }

    fn draw_front(&self, sheet: &mut Sheet) {
        let (left, milled, top, bottom) = (self.left, self.milled, self.top, self.bottom);
        let pieces = if self.broken {
            let gap = (left + LEFT_PIECE, left + LEFT_PIECE + BREAK_GAP);
            self.draw_break(sheet, gap.0);
            self.draw_break(sheet, gap.1);
            vec![(left, gap.0), (gap.1, milled)]
        } else {
            vec![(left, milled)]
        };
        for (from, to) in pieces {
            for y in [top, bottom] {
                sheet.line(Stroke::Outline, (from, y), (to, y));
            }
            for y in self.axes.iter().flat_map(|axis| [axis - self.bore, axis + self.bore]) {
                sheet.line(Stroke::Hidden, (from, y), (to, y));
            }
        }
        for x in [left, milled] {
            sheet.line(Stroke::Outline, (x, top), (x, bottom));
        }
        self.draw_thread(sheet, left, left + self.tapped);
        self.draw_thread(sheet, milled, milled - self.tapped);
        if self.milled < self.bought {
            let stock =
                [(milled, top), (self.bought, top), (self.bought, bottom), (milled, bottom)];
            sheet.polyline(Stroke::Phantom, &stock, false);
            sheet.hatch((milled, top), (self.bought, bottom));
        }
        for &axis in &self.axes {
            sheet.line(Stroke::Centre, (left - 5.0, axis), (self.bought + 5.0, axis));
        }
    }

    /// The thread's outer diameter behind the surface, and where it ends.
    fn draw_thread(&self, sheet: &mut Sheet, mouth: f64, end: f64) {
        for &axis in &self.axes {
            let contour = [
                (mouth, axis - self.thread),
                (end, axis - self.thread),
                (end, axis + self.thread),
                (mouth, axis + self.thread),
            ];
            sheet.polyline(Stroke::Hidden, &contour, false);
        }
    }

    fn draw_break(&self, sheet: &mut Sheet, x: f64) {
        let zigzag = [
            (x, self.top - 3.0),
            (x, AXIS - 5.0),
            (x - 1.6, AXIS - 3.6),
            (x + 1.6, AXIS - 1.4),
            (x, AXIS),
            (x, self.bottom + 3.0),
        ];
        sheet.polyline(Stroke::Thin, &zigzag, false);
    }

    /// Seen from the right. The slots only suggest the profile, and the drawing says so.
    fn draw_end(&self, sheet: &mut Sheet) {
        let half_width = self.rail.short_side.mm() * self.scale.factor / 2.0;
        let depth = (half_width - self.thread) * 0.6;
        let side = |x: f64| {
            let slot = |y: f64, inwards: f64| (END_VIEW + x * (half_width - inwards), y);
            let (mouth, pocket) = (depth * 0.9, depth * 1.5);
            let mut points = vec![slot(self.top, 0.0)];
            points.extend(
                slot_profile(mouth, pocket, depth).map(|(y, inwards)| slot(AXIS + y, inwards)),
            );
            points.push(slot(self.bottom, 0.0));
            points
        };
        let (mut right, mut left) = (side(1.0), side(-1.0));
        left.reverse();
        right.append(&mut left);
        sheet.polyline(Stroke::Outline, &right, true);
        let reach = half_width + 4.0;
        for &axis in &self.axes {
            let centre = (END_VIEW, axis);
            sheet.circle(Stroke::Outline, centre, self.bore);
            // Around the bore, thin, the thread's outer diameter.
            sheet.circle(Stroke::Thin, centre, self.thread);
        }
        sheet.line(Stroke::Centre, (END_VIEW, self.top - 4.0), (END_VIEW, self.bottom + 4.0));
        for &axis in &self.axes {
            sheet.line(Stroke::Centre, (END_VIEW - reach, axis), (END_VIEW + reach, axis));
        }
        let width = millimetres(self.rail.short_side);
        let feature = |x: f64| -> At { (END_VIEW + x * half_width, self.bottom) };
        sheet.horizontal_dimension(feature(-1.0), feature(1.0), self.bottom + 14.0, &width);
        if let (Some(pitch), [first, .., last]) = (self.rail.bore_pitch, &self.axes[..]) {
            let (from, to) = ((END_VIEW, *first), (END_VIEW, *last));
            sheet.vertical_dimension(from, to, END_VIEW + reach + 5.0, &millimetres(pitch));
        }
    }

    fn dimension(&self, sheet: &mut Sheet) {
        let rail = self.rail;
        let long_side = millimetres(rail.long_side);
        sheet.vertical_dimension((self.left, self.top), (self.left, self.bottom), 31.0, &long_side);

        let (left, milled) = ((self.left, self.bottom), (self.milled, self.bottom));
        let finished = format!("{} ± {}", millimetres(rail.finished), millimetres(rail.tolerance));
        sheet.horizontal_dimension(left, milled, self.bottom + 14.0, &finished);
        let bought = format!("({}) as bought{}", millimetres(rail.bought), inches(rail.bought));
        sheet.horizontal_dimension(left, (self.bought, self.bottom), self.bottom + 25.0, &bought);

        if rail.milling > Mm::ZERO {
            let remove = format!("remove {} at this end", millimetres(rail.milling));
            let (from, to) = ((self.milled, self.top), (self.bought, self.top));
            sheet.horizontal_dimension(from, to, self.top - 12.0, &remove);
        }

        let callout = format!("{} × {} deep", thread(&rail.tap), millimetres(rail.tap_depth));
        let first = self.axes.first().copied().unwrap_or(AXIS);
        let mouth = (self.left + self.tapped * 0.4, first - self.thread);
        let elbow = (mouth.0 + 10.0, self.top - 22.0);
        let where_to = if self.axes.len() > 1 { "both bores, both ends" } else { "both ends" };
        sheet.leader(mouth, elbow, &[&callout, where_to]);
    }
}

/// One side's slot from top to bottom: height from the axis, and depth from the face.
fn slot_profile(mouth: f64, pocket: f64, depth: f64) -> [At; 8] {
    let lip = depth * 0.45;
    [
        (-mouth, 0.0),
        (-mouth, lip),
        (-pocket, lip),
        (-pocket, depth),
        (pocket, depth),
        (pocket, lip),
        (mouth, lip),
        (mouth, 0.0),
    ]
}

/// `, 18 in` for stock that is sold by the inch.
fn inches(length: Mm) -> String {
    if length.nm() % Mm::INCH.nm() == 0 {
        format!(", {} in", length.fits(Mm::INCH))
    } else {
        String::new()
    }
}

fn write_notes(sheet: &mut Sheet, rail: &RailDrawing) {
    let gap = rail.opening - rail.finished - rail.end_bracket * 2;
    let fit = format!(
        "Rail and two end brackets of {} go into an opening of {}: {} to spare.",
        millimetres(rail.end_bracket),
        millimetres(rail.opening),
        millimetres(gap),
    );
    let bores = if rail.bore_pitch.is_some() { "both bores" } else { "the centre bore" };
    let tap = format!("Tap {bores} {}, full thread, both ends.", thread(&rail.tap));
    let mut notes = vec![
        "Measure the stock. The finished length counts, not the amount removed.",
        "Mill one end only; both ends square to the sides.",
        &tap,
        "Deburr all edges; clear chips from bore and slots.",
        &fit,
        "Section simplified: slots are not drawn to size.",
    ];
    notes.extend(rail.notes.iter().map(String::as_str));

    let (frame_left, _, _, frame_bottom) = Paper::A4.frame();
    let left = frame_left + 5.0;
    let room = TitleBlock::left(Paper::A4) - left - 5.0;
    let lines: Vec<String> = notes
        .iter()
        .enumerate()
        .flat_map(|(number, note)| wrap(&format!("{}. {note}", number + 1), NOTE, room))
        .collect();
    let mut y = 130.0;
    let step = 5.2_f64.min((frame_bottom - y - 3.0) / lines.len() as f64);
    sheet.text((left, y), WORDS + 0.5, Anchor::Start, "Notes");
    for line in lines {
        y += step;
        sheet.text_within((left, y), NOTE, room, &line);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn flagship() -> RailDrawing {
        RailDrawing {
            title: "rail".to_owned(),
            design: "Raspberry Pi police box, 1050 nodes".to_owned(),
            profile_name: "T-slot extrusion 1 in × 1/2 in".to_owned(),
            material: "Aluminium extrusion".to_owned(),
            long_side: Mm::INCH,
            short_side: Mm::INCH.half(),
            bought: Mm::INCH * 18,
            milling: Mm::um(16_350),
            finished: Mm::um(440_850),
            tolerance: Mm::um(100),
            bore_pitch: None,
            tap: "1/4-20".to_owned(),
            tap_depth: Mm::um(25_000),
            end_bracket: Mm::um(5_000),
            opening: Mm::um(450_850),
            quantity: 59,
            projection: Projection::ThirdAngle,
            notes: vec!["Not confirmed by any source: tapped depth.".to_owned()],
        }
    }

    /// To accept a changed drawing: look at it, then run the test with `BLESS=1`.
    #[test]
    fn the_flagship_rail_is_drawn_as_it_was_approved() {
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/golden/rail.svg");
        let drawn = rail(&flagship());
        if std::env::var_os("BLESS").is_some() {
            std::fs::write(path, &drawn).unwrap();
        }
        assert!(drawn == std::fs::read_to_string(path).unwrap(), "{path} differs");
    }

    #[test]
    fn a_profile_with_two_bores_is_tapped_twice() {
        let mut wide = flagship();
        (wide.long_side, wide.short_side) = (Mm::um(40_000), Mm::um(20_000));
        (wide.bore_pitch, wide.tap) = (Some(Mm::um(20_000)), "M5".to_owned());
        let drawn = rail(&wide);
        assert!(drawn.contains("both bores, both ends<") && drawn.contains(">20.00<"), "{drawn}");
        assert_eq!(View::of(&wide).axes.len(), 2);
    }

    #[test]
    fn short_rails_are_not_broken_and_unmilled_ones_not_hatched() {
        let mut short = flagship();
        short.bought = Mm::um(100_000);
        short.finished = short.bought;
        short.milling = Mm::ZERO;
        let drawn = rail(&short);
        assert!(!drawn.contains("at this end") && !View::of(&short).broken);
        assert!(drawn.contains("(100.00) as bought<"), "{drawn}");
    }
}
