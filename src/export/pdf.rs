//! Pages of words, lines and areas as PDF.
//!
//! Millimetres from a page's upper left corner, y downwards, as in the SVG drawings. Words are in
//! Helvetica, one of the fourteen faces that every PDF reader brings along, so no font is embedded.
//!
//! Promise: same pages, same bytes: no dates, no random identifiers. A letter that Helvetica's
//! Windows encoding lacks becomes a question mark.

use std::io::Write;

use flate2::Compression;
use flate2::write::ZlibEncoder;
use pdf_writer::types::TextRenderingMode;
use pdf_writer::{Content, Filter, Finish, Name, Pdf, Rect, Ref, Str, TextStr};

/// Points in a millimetre.
const POINTS: f32 = 72.0 / 25.4;
const PLAIN: Name = Name(b"F1");
const BOLD: Name = Name(b"F2");

/// A document.
#[derive(Default)]
pub struct PdfFile {
    title: String,
    pages: Vec<PdfPage>,
}

/// One page.
pub struct PdfPage {
    width: f32,
    height: f32,
    content: Content,
}

/// A face of Helvetica.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Face {
    /// Upright.
    Plain,
    /// Heavier.
    Bold,
}

impl PdfFile {
    /// A document without pages.
    pub fn new(title: &str) -> PdfFile {
        PdfFile { title: title.to_owned(), pages: Vec::new() }
    }

    /// Adds a page at the end.
    pub fn push(&mut self, page: PdfPage) {
        self.pages.push(page);
    }

    /// The file.
    pub fn to_bytes(self) -> Vec<u8> {
        let mut pdf = Pdf::new();
        let (catalog, tree, info) = (Ref::new(1), Ref::new(2), Ref::new(3));
        let fonts = [(PLAIN, Ref::new(4), "Helvetica"), (BOLD, Ref::new(5), "Helvetica-Bold")];
        let count = i32::try_from(self.pages.len()).unwrap_or(i32::MAX);
        let page_ref = |page: i32| Ref::new(6 + 2 * page);
        let content_ref = |page: i32| Ref::new(7 + 2 * page);
        pdf.catalog(catalog).pages(tree);
        pdf.pages(tree).kids((0..count).map(page_ref)).count(count);
        pdf.document_info(info).title(TextStr(&self.title)).producer(TextStr("pibuild"));
        for (_, font, name) in fonts {
            let mut face = pdf.type1_font(font);
            face.base_font(Name(name.as_bytes()));
            face.encoding_predefined(Name(b"WinAnsiEncoding"));
        }
        for (number, page) in (0..).zip(self.pages) {
            let mut leaf = pdf.page(page_ref(number));
            leaf.parent(tree).contents(content_ref(number));
            leaf.media_box(Rect::new(0.0, 0.0, page.width * POINTS, page.height * POINTS));
            let mut resources = leaf.resources();
            let mut faces = resources.fonts();
            for (name, font, _) in fonts {
                faces.pair(name, font);
            }
            faces.finish();
            resources.finish();
            leaf.finish();
            let packed = deflated(&page.content.finish());
            pdf.stream(content_ref(number), &packed).filter(Filter::FlateDecode);
        }
        pdf.finish()
    }
}

impl PdfPage {
    /// An empty page of that width and height in millimetres.
    pub fn new(width: f64, height: f64) -> PdfPage {
        let mut content = Content::new();
        content.set_text_rendering_mode(TextRenderingMode::Fill);
        PdfPage { width: width as f32, height: height as f32, content }
    }

    /// Words with the left end of their baseline at (x, y), `size` high in font units.
    pub fn text(&mut self, x: f64, y: f64, size: f64, face: Face, words: &str) {
        let name = match face {
            Face::Plain => PLAIN,
            Face::Bold => BOLD,
        };
        let (x, y) = self.point(x, y);
        self.content
            .begin_text()
            .set_font(name, size as f32 * POINTS)
            .next_line(x, y)
            .show(Str(&encoded(words)))
            .end_text();
    }

    /// A thin line.
    pub fn line(&mut self, from: (f64, f64), to: (f64, f64), width: f64) {
        let (from, to) = (self.point(from.0, from.1), self.point(to.0, to.1));
        self.content.set_line_width(width as f32 * POINTS);
        self.content.move_to(from.0, from.1).line_to(to.0, to.1).stroke();
    }

    /// An area in a colour (red, green, blue from 0 to 1), with its upper left corner at (x, y).
    pub fn area(&mut self, (x, y): (f64, f64), width: f64, height: f64, colour: [f32; 3]) {
        let (left, bottom) = self.point(x, y + height);
        self.content.save_state().set_fill_rgb(colour[0], colour[1], colour[2]);
        self.content.rect(left, bottom, width as f32 * POINTS, height as f32 * POINTS);
        self.content.fill_nonzero().restore_state();
    }

    fn point(&self, x: f64, y: f64) -> (f32, f32) {
        (x as f32 * POINTS, (self.height - y as f32) * POINTS)
    }
}

/// How wide words are in Helvetica's bold face, on the safe side: figures and small letters are
/// 0.56 to 0.61 of its size, capitals up to 0.78.
pub fn bold_width(words: &str, size: f64) -> f64 {
    let width = |letter: char| match letter {
        ':' | '/' | '-' | '.' | 'i' | 'l' | 'j' | 't' | 'f' | ' ' | 'I' => 0.34,
        'm' | 'w' | 'M' | 'W' | '@' | '%' => 0.95,
        'A'..='Z' => 0.78,
        _ => 0.62,
    };
    words.chars().map(width).sum::<f64>() * size
}

/// In the Windows encoding: Latin letters are what they are in Unicode.
fn encoded(words: &str) -> Vec<u8> {
    let letter = |letter: char| match u32::from(letter) {
        code @ (0x20..=0x7e | 0xa0..=0xff) => code as u8,
        _ => b'?',
    };
    words.chars().map(letter).collect()
}

fn deflated(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = ZlibEncoder::new(Vec::new(), Compression::default());
    // Writing to memory does not fail.
    let _ = encoder.write_all(bytes);
    encoder.finish().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_helvetica_lacks_becomes_a_question_mark() {
        assert_eq!(encoded("Ä→1\n"), [0xc4, b'?', b'1', b'?']);
    }

    #[test]
    fn the_same_pages_are_the_same_bytes() {
        let file = || {
            let mut file = PdfFile::new("labels");
            let mut page = PdfPage::new(210.0, 297.0);
            page.text(10.0, 20.0, 3.0, Face::Bold, "01-40:07/01-39:13");
            page.line((0.0, 0.0), (5.0, 5.0), 0.1);
            page.area((1.0, 1.0), 2.0, 3.0, [1.0, 0.0, 0.0]);
            file.push(page);
            file.to_bytes()
        };
        let bytes = file();
        assert!(bytes.starts_with(b"%PDF-1.") && bytes == file());
    }
}
