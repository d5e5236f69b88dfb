//! Words as outlines, for signs.
//!
//! The letters are those of `DejaVu` Sans Condensed Bold, which the `dejavu` crate carries; curves
//! become chords that leave them by less than a cutter can follow.

use ttf_parser::{Face, GlyphId, OutlineBuilder};

use crate::geometry::Sketch;
use crate::units::Mm;

/// What words leave free on both sides, as a share of the field's length.
const MARGIN: f64 = 0.06;
/// Height of capitals as a share of the field's height, where its length allows.
const CAPITALS: f64 = 0.55;
/// Space added between letters, as a share of their size: signs are set wide.
const SPACING: f64 = 0.08;
/// Chords of a curve: a letter of 80 mm leaves its curves by some hundredths of a millimetre.
const CHORDS: u32 = 6;

/// The letters of `words`, centred in a field from (0, 0) to (`length`, `width`). Letters that the
/// font does not have are left out.
pub fn across(words: &str, length: Mm, width: Mm) -> Vec<Sketch> {
    let Ok(face) = Face::parse(dejavu::sans_condensed::bold(), 0) else { return vec![] };
    let glyphs = set(&face, words);
    let Some(last) = glyphs.last() else { return vec![] };
    let spacing = f64::from(face.units_per_em()) * SPACING;
    let extent = last.0 + last.2 - spacing;
    let capital = f64::from(face.capital_height().unwrap_or(face.ascender()));
    let by_height = width.mm() * CAPITALS / capital;
    let by_length = length.mm() * (1.0 - 2.0 * MARGIN) / extent;
    let scale = by_height.min(by_length);
    let left = (length.mm() - extent * scale) / 2.0;
    let base = (width.mm() - capital * scale) / 2.0;
    glyphs
        .iter()
        .flat_map(|(at, glyph, _)| {
            let mut outline =
                Outline { scale, left: left + at * scale, base, ..Outline::default() };
            let drawn = face.outline_glyph(*glyph, &mut outline);
            if drawn.is_some() { outline.regions() } else { vec![] }
        })
        .collect()
}

/// Where each glyph begins, which it is, and how far the next one is.
fn set(face: &Face, words: &str) -> Vec<(f64, GlyphId, f64)> {
    let spacing = f64::from(face.units_per_em()) * SPACING;
    let mut at = 0.0;
    words
        .chars()
        .filter_map(|letter| {
            let glyph = face.glyph_index(letter)?;
            let advance = f64::from(face.glyph_hor_advance(glyph)?) + spacing;
            at += advance;
            Some((at - advance, glyph, advance))
        })
        .collect()
}

/// Collects a glyph's closed chains of points.
#[derive(Default)]
struct Outline {
    scale: f64,
    left: f64,
    base: f64,
    chains: Vec<Vec<[f64; 2]>>,
}

impl Outline {
    fn at(&self, x: f32, y: f32) -> [f64; 2] {
        [self.left + f64::from(x) * self.scale, self.base + f64::from(y) * self.scale]
    }

    fn pen(&self) -> [f64; 2] {
        self.chains.last().and_then(|chain| chain.last()).copied().unwrap_or_default()
    }

    fn to(&mut self, point: [f64; 2]) {
        if let Some(chain) = self.chains.last_mut() {
            chain.push(point);
        }
    }

    /// Regions with their holes: of TrueType's outlines, those that run clockwise are filled.
    fn regions(&self) -> Vec<Sketch> {
        let sketch = |chain: &[[f64; 2]]| {
            let corners: Vec<(Mm, Mm)> =
                chain.iter().map(|[x, y]| (Mm::from_mm(*x), Mm::from_mm(*y))).collect();
            Sketch::polygon(&corners)
        };
        let (filled, holes): (Vec<_>, Vec<_>) =
            self.chains.iter().partition(|chain| area(chain) < 0.0);
        filled
            .into_iter()
            .map(|chain| {
                let region = sketch(chain);
                let inside = |hole: &&&Vec<[f64; 2]>| {
                    hole.first().is_some_and(|[x, y]| region.contains(*x, *y))
                };
                let within: Vec<Sketch> =
                    holes.iter().filter(inside).map(|hole| sketch(hole)).collect();
                within.into_iter().fold(region.clone(), Sketch::with_hole)
            })
            .collect()
    }
}

impl OutlineBuilder for Outline {
    fn move_to(&mut self, x: f32, y: f32) {
        self.chains.push(vec![self.at(x, y)]);
    }

    fn line_to(&mut self, x: f32, y: f32) {
        self.to(self.at(x, y));
    }

    fn quad_to(&mut self, x1: f32, y1: f32, x: f32, y: f32) {
        let (from, control, to) = (self.pen(), self.at(x1, y1), self.at(x, y));
        for step in 1..=CHORDS {
            let t = f64::from(step) / f64::from(CHORDS);
            let mix = |axis: usize| {
                (1.0 - t).powi(2) * from[axis]
                    + 2.0 * t * (1.0 - t) * control[axis]
                    + t * t * to[axis]
            };
            self.to([mix(0), mix(1)]);
        }
    }

    fn curve_to(&mut self, x1: f32, y1: f32, x2: f32, y2: f32, x: f32, y: f32) {
        let from = self.pen();
        let (first, second, to) = (self.at(x1, y1), self.at(x2, y2), self.at(x, y));
        for step in 1..=CHORDS {
            let t = f64::from(step) / f64::from(CHORDS);
            let s = 1.0 - t;
            let mix = |axis: usize| {
                s.powi(3) * from[axis]
                    + 3.0 * s * s * t * first[axis]
                    + 3.0 * s * t * t * second[axis]
                    + t.powi(3) * to[axis]
            };
            self.to([mix(0), mix(1)]);
        }
    }

    fn close(&mut self) {
        if let Some(chain) = self.chains.last_mut()
            && chain.len() > 1
            && chain.first() == chain.last()
        {
            chain.pop();
        }
    }
}

/// Twice the area within, positive if it runs counter-clockwise.
fn area(chain: &[[f64; 2]]) -> f64 {
    let next = chain.iter().cycle().skip(1);
    chain.iter().zip(next).map(|(a, b)| a[0] * b[1] - a[1] * b[0]).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_stand_in_the_middle_of_their_field_and_letters_have_their_holes() {
        let (length, width) = (Mm::um(1_240_000), Mm::um(150_000));
        let letters = across("RASPBERRY PI BOX", length, width);
        assert_eq!(letters.len(), 14);
        // P, A, B have holes, E has none.
        let holes: Vec<usize> =
            letters.iter().map(|letter| letter.contours().unwrap().len() - 1).collect();
        assert_eq!(holes, [1, 1, 0, 1, 2, 0, 1, 1, 0, 1, 0, 2, 1, 0]);
        let extents: Vec<_> = letters
            .iter()
            .flat_map(|letter| letter.contours().unwrap())
            .filter_map(|contour| contour.extent())
            .collect();
        let left = extents.iter().map(|it| it.min[0]).fold(f64::INFINITY, f64::min);
        let right = extents.iter().map(|it| it.max[0]).fold(0.0, f64::max);
        assert!((left - (1240.0 - right)).abs() < 15.0, "{left} {right}");
        assert!(left > 60.0 && extents.iter().all(|it| it.min[1] > 20.0 && it.max[1] < 130.0));
        assert!(across("", length, width).is_empty());
    }
}
