//! Digits as strokes, for engraving.

use super::sketch::Sketch;
use crate::units::Mm;

/// How digits are drawn: seven strokes each, as on a pocket calculator, so that every stroke is as
/// wide as a nozzle needs it and nothing is thinner.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Lettering {
    /// Height of a digit.
    pub height: Mm,
    /// Width of a stroke.
    pub stroke: Mm,
}

/// The strokes of each digit: top, upper right, lower right, bottom, lower left, upper left,
/// middle.
const STROKES: [[bool; 7]; 10] = {
    const fn strokes(bits: u8) -> [bool; 7] {
        let mut all = [false; 7];
        let mut at = 0;
        while at < 7 {
            all[at] = bits >> (6 - at) & 1 == 1;
            at += 1;
        }
        all
    }
    [
        strokes(0b111_1110),
        strokes(0b011_0000),
        strokes(0b110_1101),
        strokes(0b111_1001),
        strokes(0b011_0011),
        strokes(0b101_1011),
        strokes(0b101_1111),
        strokes(0b111_0000),
        strokes(0b111_1111),
        strokes(0b111_1011),
    ]
};

impl Lettering {
    /// The strokes of a text whose lower left corner is at (`x`, `y`): regions that overlap, to be
    /// cut one by one. Digits and points are drawn, anything else is a gap.
    pub fn strokes(&self, text: &str, x: Mm, y: Mm) -> Vec<Sketch> {
        let mut left = x;
        let mut strokes = Vec::new();
        for character in text.chars() {
            strokes.extend(self.character(character, left, y));
            left += self.advance(character);
        }
        strokes
    }

    /// From the left edge of a text to its right edge.
    pub fn width(&self, text: &str) -> Mm {
        let advance = text.chars().fold(Mm::ZERO, |sum, it| sum + self.advance(it));
        (advance - self.gap()).max(Mm::ZERO)
    }

    fn gap(&self) -> Mm {
        self.stroke * 3 / 2
    }

    fn digit_width(&self) -> Mm {
        (self.height * 3 / 5).max(self.stroke * 3)
    }

    fn advance(&self, character: char) -> Mm {
        let own = match character {
            '1' | '.' => self.stroke,
            _ => self.digit_width(),
        };
        own + self.gap()
    }

    fn character(&self, character: char, x: Mm, y: Mm) -> Vec<Sketch> {
        let (stroke, height) = (self.stroke, self.height);
        if character == '.' {
            return vec![Sketch::rect(x, y, x + stroke, y + stroke)];
        }
        if character == '1' {
            return vec![Sketch::rect(x, y, x + stroke, y + height)];
        }
        let Some(digit) = character.to_digit(10) else { return vec![] };
        let (right, top) = (x + self.digit_width(), y + height);
        let (low, high) = ((height - stroke).half(), (height + stroke).half());
        let bars = [
            (x, top - stroke, right, top),
            (right - stroke, y + low, right, top),
            (right - stroke, y, right, y + high),
            (x, y, right, y + stroke),
            (x, y, x + stroke, y + high),
            (x, y + low, x + stroke, top),
            (x, y + low, right, y + high),
        ];
        let drawn = bars.into_iter().zip(STROKES[digit as usize]).filter(|(_, drawn)| *drawn);
        drawn.map(|((x0, y0, x1, y1), _)| Sketch::rect(x0, y0, x1, y1)).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::geometry::Stack;

    /// Text cut into a plate leaves one solid, whatever the digits are.
    #[test]
    fn every_digit_can_be_engraved() {
        let mm = Mm::from_mm;
        let lettering = Lettering { height: mm(5.0), stroke: mm(0.8) };
        let width = lettering.width("0123456789.5");
        let plate = Sketch::rect(mm(-2.0), mm(-2.0), width + mm(2.0), mm(7.0));
        let strokes = lettering.strokes("0123456789.5", mm(0.0), mm(0.0));
        let stack = Stack::new().add(plate, mm(0.0)..mm(2.0));
        let cut = |stack: Stack, stroke: Sketch| stack.cut(stroke, mm(1.4)..mm(2.0));
        let solid = strokes.into_iter().fold(stack, cut).build().unwrap();
        let mesh = solid.mesh(mm(0.01)).unwrap();
        let bounds = solid.bounds();
        assert!(crate::geometry::certify(&solid, &mesh, 1, &bounds).is_ok());
        // 45 strokes are cut, no more than the field that they stand in.
        let field = (width.mm() + 4.0) * 9.0 * 2.0;
        assert!(solid.volume().0 < field && solid.volume().0 > field - width.mm() * 5.0 * 0.6);
    }

    #[test]
    fn a_text_is_as_wide_as_its_strokes() {
        let mm = Mm::from_mm;
        let lettering = Lettering { height: mm(5.0), stroke: mm(0.8) };
        // 0: 3 mm, a point: 0.8 mm, and 1.2 mm between.
        assert_eq!(lettering.width("0.25"), mm(3.0 * 3.0 + 0.8 + 3.0 * 1.2));
        assert_eq!(lettering.width(""), Mm::ZERO);
    }
}
