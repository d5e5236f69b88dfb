//! Rack elevations: racks side by side, seen from their fronts or their rears.
//!
//! Every unit has its number at the left. What stands there is drawn to scale: the slots of a bank,
//! the ports of a switch (used ones dark), outlets, switches; the deeper a thing reaches behind its
//! mounting face, the darker it is. At the right stand its name and what there is to know about it.
//! Free units are hatched, and so are those that the rack's base keeps.

use super::scale::Scale;
use super::sheet::{Anchor, Paper, Sheet, Stroke};
use super::title_block::TitleBlock;
use crate::spec::Projection;
use crate::units::Mm;

/// Racks of one elevation, seen from one side.
#[derive(Clone, Debug)]
pub struct Elevation {
    /// Such as `front elevation`.
    pub title: String,
    /// The design's title.
    pub design: String,
    /// From left to right as they are seen.
    pub racks: Vec<RackFace>,
    /// What the reader should know besides.
    pub notes: Vec<String>,
    /// For the symbol in the title block.
    pub projection: Projection,
}

/// One rack, seen from one side.
#[derive(Clone, Debug)]
pub struct RackFace {
    /// Such as `rack 1`.
    pub name: String,
    /// Over everything.
    pub width: Mm,
    /// Over everything.
    pub height: Mm,
    /// Over the ears of what is mounted in it.
    pub panel: Mm,
    /// Between the posts.
    pub opening: Mm,
    /// Lower edge of unit 1 over the floor.
    pub unit_1: Mm,
    /// Height of a unit.
    pub unit: Mm,
    /// Units.
    pub units: u32,
    /// Of these, the lowest that its base keeps.
    pub base_units: u32,
    /// What stands in it.
    pub items: Vec<FaceItem>,
    /// What hangs behind it; drawn over what is in the rack.
    pub hung: Vec<Hung>,
}

/// A thing in a rack.
#[derive(Clone, Debug)]
pub struct FaceItem {
    /// Its lowest unit.
    pub unit: i64,
    /// How many units.
    pub units: u32,
    /// Its name.
    pub name: String,
    /// What there is to know about it.
    pub about: String,
    /// What to draw.
    pub kind: FaceKind,
    /// How far it reaches behind the mounting face.
    pub depth: Mm,
}

/// What a thing looks like.
#[derive(Clone, Debug)]
pub enum FaceKind {
    /// A bank with so many slots, of which so many hold boards.
    Bank {
        /// Slots.
        slots: u32,
        /// Of these, with a board.
        boards: u32,
    },
    /// Ports, and whether each is used.
    Ports(Vec<bool>),
    /// Outlets, and whether each is used.
    Outlets(Vec<bool>),
    /// Switches, and whether each is used.
    Toggles(Vec<bool>),
    /// A closed front.
    Plain,
    /// An empty panel.
    Blank,
    /// Seen from behind.
    Rear,
}

/// A thing without rack units, as seen from this side.
#[derive(Clone, Debug)]
pub struct Hung {
    /// Its name.
    pub name: String,
    /// From the middle of the rack to the right, as seen: its left side.
    pub left: Mm,
    /// Its right side.
    pub right: Mm,
    /// Its lower side over the floor.
    pub bottom: Mm,
    /// Its upper side.
    pub top: Mm,
}

/// Racks are drawn at the largest scale at which none is higher on paper.
const TALLEST: f64 = 400.0;
/// The same for scales beyond 1:5.
const TALLEST_LARGE: f64 = 250.0;
/// For unit numbers, at the left.
const NUMBERS: f64 = 9.0;
/// For names, at the right.
const NAMES: f64 = 66.0;
/// Above the racks.
const HEAD: f64 = 24.0;
/// Below the racks: legend and title block.
const FOOT: f64 = 62.0;
/// Depth beyond which things get no darker.
const DARKEST: f64 = 700.0;

/// The elevation as SVG.
pub fn elevation(drawing: &Elevation) -> String {
    let tallest = drawing.racks.iter().map(|rack| rack.height.mm()).fold(1.0, f64::max);
    let limit = |scale: Scale| if scale.factor > 0.2 { TALLEST_LARGE } else { TALLEST };
    let scale = Scale::largest(|it| it.factor <= 0.5 && tallest * it.factor <= limit(it));
    let k = scale.factor;
    let each = |rack: &RackFace| NUMBERS + rack.width.mm() * k + NAMES;
    let wide = drawing.racks.iter().map(each).sum::<f64>().max(TitleBlock::WIDTH + 60.0) + 40.0;
    let high = HEAD + tallest * k + FOOT + 20.0;
    let paper = Paper::Own(wide.ceil() as u32, high.ceil() as u32);
    let title = format!("{}: {}", drawing.design, drawing.title);
    let mut sheet = Sheet::new(paper, &title);
    let (left, top, _, bottom) = paper.frame();
    let floor = top + HEAD + tallest * k;
    let mut x = left + 5.0;
    for rack in &drawing.racks {
        let face = Face { rack, k, left: x + NUMBERS, floor };
        face.draw(&mut sheet);
        x += each(rack);
    }
    legend(&mut sheet, left + 5.0, bottom - 30.0, &drawing.notes, wide - TitleBlock::WIDTH - 45.0);
    let racks: Vec<&str> = drawing.racks.iter().map(|rack| rack.name.as_str()).collect();
    TitleBlock {
        rows: &[
            &[("title", &drawing.title, 90.0), ("design", &drawing.design, 60.0)],
            &[
                ("shown", &racks.join(", "), 60.0),
                ("scale", scale.name, 27.0),
                ("unit", "mm", 27.0),
            ],
        ],
        projection: drawing.projection,
    }
    .draw(&mut sheet);
    sheet.finish()
}

/// One rack on the sheet.
struct Face<'a> {
    rack: &'a RackFace,
    k: f64,
    left: f64,
    floor: f64,
}

impl Face<'_> {
    fn middle(&self) -> f64 {
        self.left + self.rack.width.mm() * self.k / 2.0
    }

    fn right(&self) -> f64 {
        self.left + self.rack.width.mm() * self.k
    }

    /// On paper, a height over the floor.
    fn y(&self, height: Mm) -> f64 {
        self.floor - height.mm() * self.k
    }

    fn unit_bottom(&self, unit: i64) -> f64 {
        self.y(self.rack.unit_1 + self.rack.unit * (unit - 1))
    }

    fn draw(&self, sheet: &mut Sheet) {
        let rack = self.rack;
        let top = self.y(rack.height);
        sheet.text((self.middle(), top - 4.0), 5.0, Anchor::Middle, &rack.name);
        self.posts(sheet);
        self.units(sheet);
        self.free(sheet);
        for item in &rack.items {
            self.item(sheet, item);
        }
        for hung in &rack.hung {
            self.hung(sheet, hung);
        }
    }

    fn posts(&self, sheet: &mut Sheet) {
        let half = self.rack.opening.mm() * self.k / 2.0;
        let (top, middle) = (self.y(self.rack.height), self.middle());
        let post = |from: f64, to: f64| ((from, top), (to, self.floor));
        let posts = [post(self.left, middle - half), post(middle + half, self.right())];
        sheet.areas("#e4e6e8", &posts);
        sheet.rectangle(Stroke::Outline, (self.left, top), (self.right(), self.floor));
        sheet.line(Stroke::Thin, (middle - half, top), (middle - half, self.floor));
        sheet.line(Stroke::Thin, (middle + half, top), (middle + half, self.floor));
    }

    fn units(&self, sheet: &mut Sheet) {
        let size = (self.rack.unit.mm() * self.k * 0.42).clamp(1.2, 3.0);
        let step = self.rack.unit.mm() * self.k;
        for unit in 1..=i64::from(self.rack.units) {
            let bottom = self.unit_bottom(unit);
            let base = bottom - step / 2.0 + size * 0.35;
            sheet.text((self.left - 1.5, base), size, Anchor::End, &unit.to_string());
            sheet.line(Stroke::Thin, (self.left - 1.0, bottom), (self.left, bottom));
        }
    }

    /// Hatched where nothing stands, from the lowest free unit of each gap to its highest.
    fn free(&self, sheet: &mut Sheet) {
        let rack = self.rack;
        let (base, top) = (i64::from(rack.base_units), i64::from(rack.units));
        let taken = |unit: i64| {
            rack.items.iter().any(|it| (it.unit..it.unit + i64::from(it.units)).contains(&unit))
        };
        if base > 0 && !(1..=base).any(taken) {
            self.gap(sheet, 1, base, &format!("{base}U kept free by the base"));
        }
        let mut unit = base + 1;
        while unit <= top {
            let from = unit;
            while unit <= top && !taken(unit) {
                unit += 1;
            }
            if unit > from {
                self.gap(sheet, from, unit - 1, &format!("{}U free", unit - from));
            }
            unit += 1;
        }
    }

    fn gap(&self, sheet: &mut Sheet, from: i64, to: i64, words: &str) {
        let half = self.rack.opening.mm() * self.k / 2.0;
        let (low, high) = (self.unit_bottom(from), self.unit_bottom(to + 1));
        sheet.hatch((self.middle() - half, high), (self.middle() + half, low));
        let size = ((low - high) * 0.4).clamp(1.5, 3.5);
        let y = f64::midpoint(low, high) + size * 0.35;
        sheet.mask(true);
        sheet.text((self.middle(), y), size, Anchor::Middle, words);
        sheet.mask(false);
    }

    fn item(&self, sheet: &mut Sheet, item: &FaceItem) {
        let half = self.rack.panel.mm() * self.k / 2.0;
        let low = self.unit_bottom(item.unit) - 0.1;
        let high = self.unit_bottom(item.unit + i64::from(item.units)) + 0.1;
        let (left, right) = (self.middle() - half, self.middle() + half);
        sheet.areas(&shade(item), &[((left, high), (right, low))]);
        let field = Field {
            left: self.middle() - self.rack.opening.mm() * self.k / 2.0,
            high,
            low,
            width: self.rack.opening.mm() * self.k,
        };
        field.draw(sheet, item);
        sheet.rectangle(Stroke::Outline, (left, high), (right, low));
        self.words(sheet, item, low, high);
    }

    /// Name above, what there is to know below; on one line where there is no room for two.
    fn words(&self, sheet: &mut Sheet, item: &FaceItem, low: f64, high: f64) {
        let x = self.right() + 2.0;
        let room = NAMES - 4.0;
        let middle = f64::midpoint(low, high);
        sheet.line(Stroke::Thin, (self.right(), middle), (x - 0.6, middle));
        if low - high >= 7.0 {
            sheet.text_within((x, middle - 0.6), 3.0, room, &item.name);
            sheet.text_within((x, middle + 2.6), 2.3, room, &item.about);
        } else {
            let size = ((low - high) * 0.55).clamp(1.4, 2.6);
            let words = format!("{}  {}", item.name, item.about);
            sheet.text_within((x, middle + size * 0.35), size, room, &words);
        }
    }

    fn hung(&self, sheet: &mut Sheet, hung: &Hung) {
        let x = |across: Mm| self.middle() + across.mm() * self.k;
        let (one, other) = ((x(hung.left), self.y(hung.top)), (x(hung.right), self.y(hung.bottom)));
        sheet.areas("#f1d9a8", &[(one, other)]);
        sheet.rectangle(Stroke::Outline, one, other);
        let size = ((other.1 - one.1) * 0.3).clamp(1.4, 2.8);
        let y = f64::midpoint(one.1, other.1) + size * 0.35;
        let width = other.0 - one.0 - 1.0;
        sheet.text_within((one.0 + 1.0, y), size, width, &hung.name);
    }
}

/// The part of a panel between the posts.
struct Field {
    left: f64,
    width: f64,
    high: f64,
    low: f64,
}

impl Field {
    fn draw(&self, sheet: &mut Sheet, item: &FaceItem) {
        match &item.kind {
            FaceKind::Bank { slots, boards } => self.slots(sheet, *slots, *boards),
            FaceKind::Ports(used) => self.ports(sheet, used),
            FaceKind::Outlets(used) => self.row(sheet, used, ("#c9ccd0", "#3d4248"), 0.42),
            FaceKind::Toggles(used) => self.row(sheet, used, ("#e3b1ab", "#c0392b"), 0.5),
            FaceKind::Plain => self.sunk(sheet),
            FaceKind::Blank => self.hatched(sheet),
            FaceKind::Rear => {}
        }
    }

    /// Slots side by side, boards with their two sockets' shields.
    fn slots(&self, sheet: &mut Sheet, slots: u32, boards: u32) {
        let step = self.width / f64::from(slots.max(1));
        let height = self.low - self.high;
        let (mut shields, mut empty) = (Vec::new(), Vec::new());
        for slot in 0..slots {
            let x = self.left + step * f64::from(slot);
            if slot > 0 {
                sheet.line(Stroke::Thin, (x, self.high), (x, self.low));
            }
            let at = |from: f64, to: f64, y: f64, h: f64| {
                let y = self.high + height * y;
                ((x + step * from, y), (x + step * to, y + height * h))
            };
            if slot < boards {
                shields.extend([
                    at(0.3, 0.78, 0.1, 0.2),
                    at(0.3, 0.85, 0.36, 0.17),
                    at(0.3, 0.85, 0.57, 0.17),
                ]);
            } else {
                empty.push(at(0.2, 0.8, 0.1, 0.64));
            }
        }
        sheet.areas("#8d97a8", &shields);
        sheet.areas("#ffffff", &empty);
        let size = (step * 0.42).min(height * 0.16);
        if size > 0.9 {
            for slot in 0..slots {
                let x = self.left + step * (f64::from(slot) + 0.5);
                let number = (slot + 1).to_string();
                sheet.text((x, self.low - height * 0.06), size, Anchor::Middle, &number);
            }
        }
    }

    /// Ports in one row, or, if there are more than eight, in two, the odd ones above.
    fn ports(&self, sheet: &mut Sheet, used: &[bool]) {
        let rows = if used.len() > 8 { 2 } else { 1 };
        let columns = used.len().div_ceil(rows).max(1);
        let step = self.width / columns as f64;
        let height = self.low - self.high;
        let side = (step * 0.72).min(height * 0.72 / rows as f64);
        let (mut dark, mut light) = (Vec::new(), Vec::new());
        for (at, &used) in used.iter().enumerate() {
            let (column, row) = (at / rows, at % rows);
            let x = self.left + step * (column as f64 + 0.5) - side / 2.0;
            let middle = self.high + height * (row as f64 + 0.5) / rows as f64;
            let port = ((x, middle - side / 2.0), (x + side, middle + side / 2.0));
            if used { dark.push(port) } else { light.push(port) }
        }
        sheet.areas("#2c4d8f", &dark);
        sheet.areas("#ffffff", &light);
    }

    fn row(&self, sheet: &mut Sheet, used: &[bool], (light, dark): (&str, &str), height: f64) {
        let step = self.width / used.len().max(1) as f64;
        let side = (step * 0.5).min(6.0);
        let half = (self.low - self.high) * height / 2.0;
        let middle = f64::midpoint(self.low, self.high);
        let (mut taken, mut free) = (Vec::new(), Vec::new());
        for (at, &used) in used.iter().enumerate() {
            let x = self.left + step * (at as f64 + 0.5);
            let area = ((x - side / 2.0, middle - half), (x + side / 2.0, middle + half));
            if used { taken.push(area) } else { free.push(area) }
        }
        sheet.areas(dark, &taken);
        sheet.areas(light, &free);
    }

    /// A closed front: a frame within the frame.
    fn sunk(&self, sheet: &mut Sheet) {
        let inset = (self.low - self.high) * 0.16;
        let one = (self.left + inset, self.high + inset);
        sheet.rectangle(Stroke::Thin, one, (self.left + self.width - inset, self.low - inset));
    }

    fn hatched(&self, sheet: &mut Sheet) {
        let middle = f64::midpoint(self.low, self.high);
        let from = (self.left + self.width * 0.04, middle);
        sheet.line(Stroke::Thin, from, (self.left + self.width * 0.96, middle));
    }
}

/// Its kind's colour, darker with depth.
fn shade(item: &FaceItem) -> String {
    let base = match item.kind {
        FaceKind::Bank { .. } => [214.0, 224.0, 246.0],
        FaceKind::Ports(_) => [236.0, 236.0, 228.0],
        FaceKind::Outlets(_) => [246.0, 226.0, 208.0],
        FaceKind::Toggles(_) => [226.0, 222.0, 222.0],
        FaceKind::Plain | FaceKind::Blank | FaceKind::Rear => [238.0, 240.0, 242.0],
    };
    colour(base.map(|share| share * darkness(item.depth.mm())))
}

/// From 1, nothing behind the face, down to about a half.
fn darkness(depth: f64) -> f64 {
    1.0 - 0.45 * (depth / DARKEST).clamp(0.0, 1.0)
}

fn colour(shares: [f64; 3]) -> String {
    let [red, green, blue] = shares.map(|share| share.round().clamp(0.0, 255.0) as u8);
    format!("#{red:02x}{green:02x}{blue:02x}")
}

/// How to read the shades, and the notes.
fn legend(sheet: &mut Sheet, left: f64, top: f64, notes: &[String], room: f64) {
    sheet.text((left, top), 3.0, Anchor::Start, "depth behind the mounting face, mm");
    let steps = [0.0, 100.0, 200.0, 300.0, 400.0, 500.0, 600.0, 700.0];
    for (at, depth) in steps.into_iter().enumerate() {
        let x = left + 11.0 * at as f64;
        let corners = ((x, top + 2.0), (x + 11.0, top + 7.0));
        sheet
            .areas(&colour([238.0, 240.0, 242.0].map(|share| share * darkness(depth))), &[corners]);
        sheet.rectangle(Stroke::Thin, corners.0, corners.1);
        sheet.text((x + 5.5, top + 5.6), 2.6, Anchor::Middle, &format!("{depth:.0}"));
    }
    let lines = notes.iter().flat_map(|note| super::sheet::wrap(note, 2.8, room));
    for (at, line) in lines.enumerate() {
        sheet.text((left, top + 12.5 + 4.2 * at as f64), 2.8, Anchor::Start, &line);
    }
}
