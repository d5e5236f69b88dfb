//! DXF for machines that cut sheets.
//!
//! Promise: the format of the year 2000 (AC1015), which every CAD program and most machine controllers
//! read; millimetres, and `$INSUNITS` says so; each contour is one polyline, closed if the contour is, with
//! arcs as bulges; the same drawing gives the same bytes, without dates. Words outside of ASCII are
//! written as `\U+XXXX`.
//!
//! Not promised: curves other than lines and arcs, blocks, dimensions.

use std::fmt::Write;

use crate::geometry::Contour;

/// A drawing in millimetres.
#[derive(Clone, Debug, Default)]
pub struct Drawing {
    layers: Vec<(&'static str, u8)>,
    contours: Vec<(&'static str, Contour)>,
    words: Vec<Words>,
}

#[derive(Clone, Debug)]
struct Words {
    layer: &'static str,
    middle: [f64; 2],
    height: f64,
    upright: bool,
    text: String,
}

impl Drawing {
    /// An empty drawing with these layers, each with a colour of the format's index.
    pub fn new(layers: &[(&'static str, u8)]) -> Drawing {
        Drawing { layers: layers.to_vec(), contours: Vec::new(), words: Vec::new() }
    }

    /// Adds a contour.
    pub fn contour(&mut self, layer: &'static str, contour: Contour) {
        self.contours.push((layer, contour));
    }

    /// Adds words around their middle, `height` high.
    pub fn words(
        &mut self,
        layer: &'static str,
        middle: [f64; 2],
        height: f64,
        upright: bool,
        words: &str,
    ) {
        let text = escaped(words);
        self.words.push(Words { layer, middle, height, upright, text });
    }

    /// The file.
    pub fn to_dxf(&self) -> String {
        let mut file = File { text: String::new(), next_handle: FIRST_FREE };
        let mut entities = File { text: String::new(), next_handle: FIRST_FREE };
        for (layer, contour) in &self.contours {
            entities.polyline(layer, contour);
        }
        for words in &self.words {
            entities.words(words);
        }
        let last = entities.next_handle;
        self.header(&mut file, last);
        self.tables(&mut file);
        blocks(&mut file);
        file.section("ENTITIES", &entities.text);
        objects(&mut file);
        file.pair(0, "EOF");
        file.text
    }

    fn header(&self, file: &mut File, seed: u32) {
        let extents = self.contours.iter().filter_map(|(_, contour)| contour.extent());
        let (mut low, mut high) = ([f64::INFINITY; 2], [f64::NEG_INFINITY; 2]);
        for extent in extents {
            for axis in 0..2 {
                low[axis] = low[axis].min(extent.min[axis]);
                high[axis] = high[axis].max(extent.max[axis]);
            }
        }
        if low[0] > high[0] {
            (low, high) = ([0.0; 2], [0.0; 2]);
        }
        let mut header = File { text: String::new(), next_handle: 0 };
        header.variable("$ACADVER", &[(1, "AC1015".to_owned())]);
        header.variable("$DWGCODEPAGE", &[(3, "ANSI_1252".to_owned())]);
        header.variable("$INSBASE", &point([0.0, 0.0]));
        header.variable("$EXTMIN", &point(low));
        header.variable("$EXTMAX", &point(high));
        header.variable("$INSUNITS", &[(70, "4".to_owned())]);
        header.variable("$MEASUREMENT", &[(70, "1".to_owned())]);
        header.variable("$HANDSEED", &[(5, format!("{seed:X}"))]);
        file.section("HEADER", &header.text);
    }

    fn tables(&self, file: &mut File) {
        let mut tables = File { text: String::new(), next_handle: 0 };
        tables.table("VPORT", 0x1, &[]);
        let line_types: Vec<String> = ["ByBlock", "ByLayer", "Continuous"]
            .iter()
            .zip(0x20..)
            .map(|(name, handle)| {
                let mut entry = Entry::new("LTYPE", handle, 0x2, "AcDbLinetypeTableRecord");
                entry.pairs(&[(2, *name), (70, "0"), (3, ""), (72, "65"), (73, "0"), (40, "0")]);
                entry.text
            })
            .collect();
        tables.table("LTYPE", 0x2, &line_types);
        let layers: Vec<String> = std::iter::once(&("0", 7))
            .chain(&self.layers)
            .zip(0x30..)
            .map(|((name, colour), handle)| {
                let mut entry = Entry::new("LAYER", handle, 0x3, "AcDbLayerTableRecord");
                entry.pairs(&[(2, *name), (70, "0"), (62, &colour.to_string()), (6, "Continuous")]);
                entry.text
            })
            .collect();
        tables.table("LAYER", 0x3, &layers);
        let mut style = Entry::new("STYLE", 0x28, 0x4, "AcDbTextStyleTableRecord");
        style.pairs(&[(2, "Standard"), (70, "0"), (40, "0"), (41, "1"), (50, "0"), (71, "0")]);
        style.pairs(&[(42, "2.5"), (3, "txt"), (4, "")]);
        tables.table("STYLE", 0x4, &[style.text]);
        tables.table("VIEW", 0x5, &[]);
        tables.table("UCS", 0x6, &[]);
        let mut program = Entry::new("APPID", 0x29, 0x7, "AcDbRegAppTableRecord");
        program.pairs(&[(2, "ACAD"), (70, "0")]);
        tables.table("APPID", 0x7, &[program.text]);
        tables.dimension_styles(0x8);
        let records: Vec<String> = [("*Model_Space", MODEL), ("*Paper_Space", PAPER)]
            .iter()
            .map(|(name, handle)| {
                let mut entry = Entry::new("BLOCK_RECORD", *handle, 0x9, "AcDbBlockTableRecord");
                entry.pairs(&[(2, *name)]);
                entry.text
            })
            .collect();
        tables.table("BLOCK_RECORD", 0x9, &records);
        file.section("TABLES", &tables.text);
    }
}

/// Handles of the block records, of the root dictionary, and the first one of entities.
const MODEL: u32 = 0x10;
const PAPER: u32 = 0x11;
const ROOT: u32 = 0xA;
const FIRST_FREE: u32 = 0x100;

/// Text of group codes and values, a line each.
struct File {
    text: String,
    next_handle: u32,
}

impl File {
    fn pair(&mut self, code: u16, value: &str) {
        // Writing to a string does not fail.
        let _ = write!(self.text, "{code:>3}\n{value}\n");
    }

    fn number(&mut self, code: u16, value: f64) {
        self.pair(code, &number(value));
    }

    fn section(&mut self, name: &str, content: &str) {
        self.pair(0, "SECTION");
        self.pair(2, name);
        self.text.push_str(content);
        self.pair(0, "ENDSEC");
    }

    fn variable(&mut self, name: &str, values: &[(u16, String)]) {
        self.pair(9, name);
        for (code, value) in values {
            self.pair(*code, value);
        }
    }

    fn table(&mut self, name: &str, handle: u32, entries: &[String]) {
        self.table_head(name, handle, entries.len());
        for entry in entries {
            self.text.push_str(entry);
        }
        self.pair(0, "ENDTAB");
    }

    fn table_head(&mut self, name: &str, handle: u32, entries: usize) {
        self.pair(0, "TABLE");
        self.pair(2, name);
        self.pair(5, &format!("{handle:X}"));
        self.pair(330, "0");
        self.pair(100, "AcDbSymbolTable");
        self.pair(70, &entries.to_string());
    }

    /// The table of dimension styles has a class of its own, and its entries a handle code.
    fn dimension_styles(&mut self, handle: u32) {
        self.table_head("DIMSTYLE", handle, 1);
        self.pair(100, "AcDbDimStyleTable");
        self.pair(0, "DIMSTYLE");
        self.pair(105, "2A");
        self.pair(330, &format!("{handle:X}"));
        self.pair(100, "AcDbSymbolTableRecord");
        self.pair(100, "AcDbDimStyleTableRecord");
        self.pair(2, "Standard");
        self.pair(70, "0");
        self.pair(0, "ENDTAB");
    }

    /// The beginning of an entity, with a handle of its own.
    fn entity(&mut self, kind: &str, layer: &str) {
        self.pair(0, kind);
        self.pair(5, &format!("{:X}", self.next_handle));
        self.next_handle += 1;
        self.pair(330, &format!("{MODEL:X}"));
        self.pair(100, "AcDbEntity");
        self.pair(8, layer);
    }

    fn polyline(&mut self, layer: &str, contour: &Contour) {
        self.entity("LWPOLYLINE", layer);
        self.pair(100, "AcDbPolyline");
        self.pair(90, &contour.vertices.len().to_string());
        self.pair(70, if contour.closed { "1" } else { "0" });
        self.pair(43, "0");
        for vertex in &contour.vertices {
            self.number(10, vertex.x);
            self.number(20, vertex.y);
            if vertex.bulge != 0.0 {
                self.number(42, vertex.bulge);
            }
        }
    }

    fn words(&mut self, words: &Words) {
        let turn = if words.upright { 90.0 } else { 0.0 };
        self.entity("TEXT", words.layer);
        self.pair(100, "AcDbText");
        // The first point does not count where the words are centred on the second.
        self.point(10, words.middle);
        self.number(40, words.height);
        self.pair(1, &words.text);
        self.number(50, turn);
        self.pair(72, "1");
        self.point(11, words.middle);
        self.pair(100, "AcDbText");
        self.pair(73, "2");
    }

    fn point(&mut self, code: u16, at: [f64; 2]) {
        self.number(code, at[0]);
        self.number(code + 10, at[1]);
        self.number(code + 20, 0.0);
    }
}

/// An entry of a symbol table.
struct Entry {
    text: String,
}

impl Entry {
    fn new(kind: &str, handle: u32, owner: u32, class: &str) -> Entry {
        let mut entry = Entry { text: String::new() };
        entry.pairs(&[(0, kind), (5, &format!("{handle:X}")), (330, &format!("{owner:X}"))]);
        entry.pairs(&[(100, "AcDbSymbolTableRecord"), (100, class)]);
        entry
    }

    fn pairs(&mut self, pairs: &[(u16, &str)]) {
        for (code, value) in pairs {
            let _ = write!(self.text, "{code:>3}\n{value}\n");
        }
    }
}

/// The two blocks that stand for the drawing itself, and for a paper that is not used.
fn blocks(file: &mut File) {
    let mut blocks = File { text: String::new(), next_handle: 0 };
    for (index, (name, owner)) in
        [("*Model_Space", MODEL), ("*Paper_Space", PAPER)].into_iter().enumerate()
    {
        let ends = [("BLOCK", "AcDbBlockBegin"), ("ENDBLK", "AcDbBlockEnd")];
        for (end, (kind, class)) in ends.into_iter().enumerate() {
            blocks.pair(0, kind);
            blocks.pair(5, &format!("{:X}", 0x40 + 2 * index + end));
            blocks.pair(330, &format!("{owner:X}"));
            blocks.pair(100, "AcDbEntity");
            if name == "*Paper_Space" {
                blocks.pair(67, "1");
            }
            blocks.pair(8, "0");
            blocks.pair(100, class);
            if kind == "BLOCK" {
                blocks.pair(2, name);
                blocks.pair(70, "0");
                blocks.point(10, [0.0, 0.0]);
                blocks.pair(3, name);
                blocks.pair(1, "");
            }
        }
    }
    file.section("BLOCKS", &blocks.text);
}

/// The root dictionary, which has to be there, with the one entry that has to be in it.
fn objects(file: &mut File) {
    let mut objects = File { text: String::new(), next_handle: 0 };
    for (handle, owner, entry) in [(ROOT, 0, Some(("ACAD_GROUP", 0xB))), (0xB, ROOT, None)] {
        objects.pair(0, "DICTIONARY");
        objects.pair(5, &format!("{handle:X}"));
        objects.pair(330, &format!("{owner:X}"));
        objects.pair(100, "AcDbDictionary");
        objects.pair(281, "1");
        if let Some((name, to)) = entry {
            objects.pair(3, name);
            objects.pair(350, &format!("{to:X}"));
        }
    }
    file.section("OBJECTS", &objects.text);
}

fn point(at: [f64; 2]) -> [(u16, String); 3] {
    [(10, number(at[0])), (20, number(at[1])), (30, "0.0".to_owned())]
}

/// With a point, so that no reader takes it for a whole number; never `-0.0`.
fn number(value: f64) -> String {
    // Past a millionth of a micrometre digits are noise of the arithmetic; zero has no sign.
    format!("{:?}", (value * 1e9).round() / 1e9 + 0.0)
}

/// One line of ASCII.
fn escaped(words: &str) -> String {
    let mut line = String::with_capacity(words.len());
    for letter in words.chars() {
        match letter {
            ' '..='~' => line.push(letter),
            _ if letter.is_control() => line.push(' '),
            // Beyond the 16 bits that the notation has.
            '\u{10000}'.. => line.push('?'),
            _ => {
                let _ = write!(line, "\\U+{:04X}", letter as u32);
            }
        }
    }
    line
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::geometry::Sketch;
    use crate::units::Mm;

    #[test]
    fn a_circle_is_one_closed_polyline_of_two_arcs() {
        let mut drawing = Drawing::new(&[("INSIDE", 1)]);
        let circle = Sketch::circle(Mm::um(10_000), Mm::ZERO, Mm::um(5_000));
        drawing.contour("INSIDE", circle.contours().unwrap().remove(0));
        drawing.words("INSIDE", [1.0, 2.0], 3.0, false, "Tür\n\u{1f600}");
        let dxf = drawing.to_dxf();
        let expected = "  8\nINSIDE\n100\nAcDbPolyline\n 90\n2\n 70\n1\n 43\n0\n 10\n15.0\n 20\n0.0\n \
                        42\n1.0\n 10\n5.0\n 20\n0.0\n 42\n1.0\n";
        assert!(dxf.contains(expected), "{dxf}");
        assert!(dxf.contains("T\\U+00FCr ?\n") && dxf.contains("  9\n$INSUNITS\n 70\n4\n"));
    }
}
