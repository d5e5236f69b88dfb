//! A sheet of paper: frame, lines, words.

use svg::node::element::path::Data;
use svg::node::element::{Circle, Element, Line, Path, Rectangle, Text};
use svg::{Document, Node};

/// A place on the sheet in millimetres, from its upper left corner, y downwards.
pub(super) type At = (f64, f64);

/// What a line stands for (ISO 128).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Stroke {
    /// The border of the drawing.
    Frame,
    /// A visible edge of the finished part.
    Outline,
    /// An edge behind material.
    Hidden,
    /// An axis.
    Centre,
    /// The part as it was before machining.
    Phantom,
    /// Dimensions, leaders, breaks, hatching, fields of the title block.
    Thin,
}

impl Stroke {
    fn width(self) -> f64 {
        match self {
            Stroke::Frame => 0.7,
            Stroke::Outline => 0.5,
            Stroke::Hidden => 0.25,
            Stroke::Centre | Stroke::Phantom | Stroke::Thin => 0.18,
        }
    }

    fn dashes(self) -> &'static str {
        match self {
            Stroke::Hidden => "2.4 1.2",
            Stroke::Centre => "8 1.2 1.2 1.2",
            Stroke::Phantom => "6 1 1 1 1 1",
            Stroke::Frame | Stroke::Outline | Stroke::Thin => "none",
        }
    }
}

/// Which part of the text lies at its place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Anchor {
    Start,
    Middle,
    End,
}

/// Paper; A4 and A3 are landscape.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Paper {
    A4,
    A3,
    /// As wide and as high as this, in whole millimetres.
    Own(u32, u32),
}

impl Paper {
    /// Width and height.
    pub(super) const fn size(self) -> (f64, f64) {
        match self {
            Paper::A4 => (297.0, 210.0),
            Paper::A3 => (420.0, 297.0),
            Paper::Own(width, height) => (width as f64, height as f64),
        }
    }

    /// What lies inside the frame: left, top, right, bottom. The left margin leaves room to punch.
    pub(super) const fn frame(self) -> (f64, f64, f64, f64) {
        let (width, height) = self.size();
        (20.0, 10.0, width - 10.0, height - 10.0)
    }
}

/// A sheet of paper with a frame.
pub(super) struct Sheet {
    document: Document,
    paper: Paper,
    masking: bool,
}

impl Sheet {
    /// A sheet with its frame.
    pub(super) fn new(paper: Paper, title: &str) -> Sheet {
        let (width, height) = paper.size();
        let document = Document::new()
            .set("width", format!("{width}mm"))
            .set("height", format!("{height}mm"))
            .set("viewBox", (0, 0, width, height))
            .set("font-family", "DejaVu Sans, Arial, Helvetica, sans-serif")
            .add(svg::node::element::Title::new(printable(title)))
            .add(Rectangle::new().set("width", width).set("height", height).set("fill", "white"));
        let mut sheet = Sheet { document, paper, masking: false };
        let (left, top, right, bottom) = paper.frame();
        sheet.rectangle(Stroke::Frame, (left, top), (right, bottom));
        sheet
    }

    /// From here on, words hide the lines that have been drawn under them.
    pub(super) fn mask(&mut self, masking: bool) {
        self.masking = masking;
    }

    /// The paper that it is on.
    pub(super) fn paper(&self) -> Paper {
        self.paper
    }

    /// A straight line.
    pub(super) fn line(&mut self, stroke: Stroke, from: At, to: At) {
        let line = Line::new()
            .set("x1", round(from.0))
            .set("y1", round(from.1))
            .set("x2", round(to.0))
            .set("y2", round(to.1));
        self.draw(line, stroke);
    }

    /// Straight lines from point to point, closed or not.
    pub(super) fn polyline(&mut self, stroke: Stroke, points: &[At], closed: bool) {
        self.draw(Path::new().set("d", outline(points, closed)), stroke);
    }

    /// A rectangle between two opposite corners.
    pub(super) fn rectangle(&mut self, stroke: Stroke, one: At, other: At) {
        let rectangle = Rectangle::new()
            .set("x", round(one.0.min(other.0)))
            .set("y", round(one.1.min(other.1)))
            .set("width", round((one.0 - other.0).abs()))
            .set("height", round((one.1 - other.1).abs()));
        self.draw(rectangle, stroke);
    }

    /// A rectangle with an outline that covers what has been drawn under it.
    pub(super) fn panel(&mut self, one: At, other: At) {
        let (low, high) =
            ((one.0.min(other.0), one.1.min(other.1)), (one.0 - other.0, one.1 - other.1));
        let rectangle = Rectangle::new()
            .set("x", round(low.0))
            .set("y", round(low.1))
            .set("width", round(high.0.abs()))
            .set("height", round(high.1.abs()))
            .set("fill", "white")
            .set("stroke", "black")
            .set("stroke-width", Stroke::Outline.width() * 0.6);
        self.document.append(rectangle);
    }

    /// Rectangles between opposite corners in one colour, without outlines.
    pub(super) fn areas(&mut self, colour: &str, areas: &[(At, At)]) {
        let mut data = Data::new();
        for &(one, other) in areas {
            data = data
                .move_to((round(one.0), round(one.1)))
                .horizontal_line_to(round(other.0))
                .vertical_line_to(round(other.1))
                .horizontal_line_to(round(one.0))
                .close();
        }
        self.document.append(Path::new().set("d", data).set("fill", colour));
    }

    /// A circle.
    pub(super) fn circle(&mut self, stroke: Stroke, centre: At, radius: f64) {
        let circle = Circle::new()
            .set("cx", round(centre.0))
            .set("cy", round(centre.1))
            .set("r", round(radius));
        self.draw(circle, stroke);
    }

    /// Lines at 45° across a rectangle, 2 mm apart.
    pub(super) fn hatch(&mut self, upper_left: At, lower_right: At) {
        let ((left, top), (right, bottom)) = (upper_left, lower_right);
        let height = bottom - top;
        let mut start = left - height + 2.0;
        while start < right {
            let from = (start.max(left), bottom - (start.max(left) - start));
            let end = (start + height).min(right);
            self.line(Stroke::Thin, from, (end, bottom - (end - start)));
            start += 2.0;
        }
    }

    /// A filled triangle whose tip is at `tip` and which points along `direction` (a unit vector).
    pub(super) fn arrowhead(&mut self, tip: At, direction: At) {
        const LENGTH: f64 = 3.0;
        const HALF_WIDTH: f64 = 0.5;
        let foot = (tip.0 - direction.0 * LENGTH, tip.1 - direction.1 * LENGTH);
        let side = (-direction.1 * HALF_WIDTH, direction.0 * HALF_WIDTH);
        let corners = [tip, (foot.0 + side.0, foot.1 + side.1), (foot.0 - side.0, foot.1 - side.1)];
        self.document.append(Path::new().set("d", outline(&corners, true)).set("fill", "black"));
    }

    /// Words, `size` high in font units, with their baseline at `at`.
    pub(super) fn text(&mut self, at: At, size: f64, anchor: Anchor, words: &str) {
        let text = self.written(at, size, anchor, words);
        self.document.append(on_one_line(text));
    }

    /// Words that read from below, as on a vertical dimension line.
    pub(super) fn upright_text(&mut self, at: At, size: f64, words: &str) {
        let turn = format!("rotate(-90 {} {})", round(at.0), round(at.1));
        let text = self.written(at, size, Anchor::Middle, words).set("transform", turn);
        self.document.append(on_one_line(text));
    }

    /// Words of unknown length in a field `width` wide: smaller if need be, and shortened if that
    /// is not enough.
    pub(super) fn text_within(&mut self, at: At, size: f64, width: f64, words: &str) {
        let fitted = (size * width / text_width(words, size)).min(size).max(size * 0.6);
        if text_width(words, fitted) <= width {
            return self.text(at, fitted, Anchor::Start, words);
        }
        let mut room = width - text_width("…", fitted);
        let fits = |letter: &char| {
            room -= text_width(letter.encode_utf8(&mut [0; 4]), fitted);
            room >= 0.0
        };
        let kept: String = words.chars().take_while(fits).collect();
        self.text(at, fitted, Anchor::Start, &format!("{}…", kept.trim_end()));
    }

    /// The SVG file.
    pub(super) fn finish(self) -> String {
        format!("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n{}\n", self.document)
    }

    fn written(&self, at: At, size: f64, anchor: Anchor, words: &str) -> Text {
        let anchor = match anchor {
            Anchor::Start => "start",
            Anchor::Middle => "middle",
            Anchor::End => "end",
        };
        let text = Text::new(printable(words))
            .set("x", round(at.0))
            .set("y", round(at.1))
            .set("font-size", round(size))
            .set("text-anchor", anchor);
        if !self.masking {
            return text;
        }
        text.set("stroke", "white").set("stroke-width", 0.9).set("paint-order", "stroke")
    }

    fn draw(&mut self, mut node: impl Node, stroke: Stroke) {
        node.assign("fill", "none");
        node.assign("stroke", "black");
        node.assign("stroke-width", stroke.width());
        if stroke.dashes() != "none" {
            node.assign("stroke-dasharray", stroke.dashes());
        }
        self.document.append(node);
    }
}

/// About how wide words are in a sans-serif face, on the safe side.
pub(super) fn text_width(words: &str, size: f64) -> f64 {
    let width = |letter: char| match letter {
        'W' | 'M' | 'w' | 'm' | '@' | '%' | '…' | '\u{1100}'.. => 1.0,
        'A'..='Z' => 0.75,
        _ => 0.62,
    };
    words.chars().map(width).sum::<f64>() * size
}

/// Words in lines of `width`; a word that is longer than a line has its own.
pub(super) fn wrap(words: &str, size: f64, width: f64) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in words.split_whitespace() {
        match lines.last_mut() {
            Some(line) if text_width(line, size) + text_width(word, size) + size < width => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(word.to_owned()),
        }
    }
    lines
}

/// The svg crate puts line breaks around the words of its `Text`, but not of a plain element;
/// without them, people and tests find the words as they are.
fn on_one_line(text: Text) -> Element {
    text.into()
}

/// The svg crate escapes markup; characters that XML cannot carry at all become spaces here.
pub(super) fn printable(words: &str) -> String {
    let carried = |c: char| !c.is_control() && !matches!(c, '\u{fffe}' | '\u{ffff}');
    words.chars().map(|c| if carried(c) { c } else { ' ' }).collect()
}

fn outline(points: &[At], closed: bool) -> Data {
    let mut data = Data::new();
    for (index, &(x, y)) in points.iter().enumerate() {
        let place = (round(x), round(y));
        data = if index == 0 { data.move_to(place) } else { data.line_to(place) };
    }
    if closed { data.close() } else { data }
}

/// Micrometres are enough on paper, and keep the file free of `0.30000000000000004`.
fn round(millimetres: f64) -> f64 {
    (millimetres * 1000.0).round() / 1000.0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_cannot_become_markup() {
        let mut sheet = Sheet::new(Paper::A4, "</title><script>alert(1)</script>");
        sheet.text((1.0, 2.0), 3.0, Anchor::Start, "<b onload=\"x\">&amp;\u{0}]]>");
        let svg = sheet.finish();
        assert!(!svg.contains("<script") && !svg.contains("<b ") && !svg.contains('\0'));
        assert!(svg.contains("&lt;b onload=\"x\"&gt;&amp;amp; ]]&gt;</text>"), "{svg}");
    }

    #[test]
    fn the_sheet_has_its_true_size() {
        let svg = Sheet::new(Paper::A4, "x").finish();
        assert!(svg.contains(r#"height="210mm""#) && svg.contains(r#"width="297mm""#));
        assert!(svg.contains(r#"viewBox="0 0 297 210""#));
    }

    #[test]
    fn long_words_are_shortened_to_their_field() {
        let mut sheet = Sheet::new(Paper::A4, "x");
        sheet.text_within((0.0, 0.0), 4.0, 30.0, &"W".repeat(500));
        assert!(sheet.finish().contains(">WWWWWWWWWWW…</text>"));
    }

    #[test]
    fn words_wrap_between_words() {
        assert_eq!(wrap("one two  three", 1.0, 6.0), ["one two", "three"]);
        assert_eq!(wrap("", 1.0, 6.0), [""; 0]);
    }
}
