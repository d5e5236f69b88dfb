//! Cut lists as anybody keeps them: CSV with a header.
//!
//! Promise: every mistake in a list is found at once, and named by file and row, the header being
//! row 1, as spreadsheet programs count. Lengths without a unit are millimetres. A name that a
//! spreadsheet would run as a formula is refused.

use std::fmt;

use super::piece::Grain;
use crate::units::{Mm, Quantified};

/// One row: pieces to cut, or sheets or bars to cut from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// Where it stands, the header being row 1.
    pub row: u64,
    /// What it is called.
    pub name: String,
    /// What it is made of; empty if the list does not say.
    pub material: String,
    /// How thick it is; zero if the list does not say.
    pub thickness: Mm,
    /// How long it is.
    pub length: Mm,
    /// How wide it is; zero for bars.
    pub width: Mm,
    /// How many there are.
    pub quantity: u64,
    /// Which way the grain runs.
    pub grain: Grain,
}

/// A list that was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct List {
    /// Its rows, in order.
    pub rows: Vec<Row>,
    /// Columns that say nothing here.
    pub ignored: Vec<String>,
}

/// What a list is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ListKind {
    /// Rectangles.
    Sheets,
    /// Lengths.
    Bars,
}

/// What is wrong with a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mistake {
    /// The file, as the user calls it.
    pub file: String,
    /// The row, the header being row 1.
    pub row: u64,
    /// What is wrong.
    pub what: String,
}

impl fmt::Display for Mistake {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}: {}", self.file, self.row, self.what)
    }
}

/// More pieces than this are not cut in one go.
pub const MOST_PIECES: u64 = 1_000_000;

const REQUIRED: [&str; 4] = ["name", "length", "width", "quantity"];
const OPTIONAL: [&str; 3] = ["grain", "material", "thickness"];

/// Reads a list. `file` is what the user calls it.
///
/// # Errors
/// All mistakes in it.
pub fn read(file: &str, bytes: &[u8], kind: ListKind) -> Result<List, Vec<Mistake>> {
    let wrong = |row: u64, what: String| Mistake { file: file.to_owned(), row, what };
    let text = std::str::from_utf8(bytes.strip_prefix("\u{feff}".as_bytes()).unwrap_or(bytes))
        .map_err(|_| vec![wrong(1, "not UTF-8 text; save the list as CSV (UTF-8)".to_owned())])?;
    // The reader counts lines by `\n` alone.
    let text = &text.replace("\r\n", "\n").replace('\r', "\n");
    let mut reader = csv::ReaderBuilder::new()
        .flexible(true)
        .delimiter(delimiter(text))
        .trim(csv::Trim::All)
        .from_reader(text.as_bytes());
    let header = reader.headers().cloned().unwrap_or_default();
    let columns = Columns::find(&header, kind)
        .map_err(|found| found.into_iter().map(|what| wrong(1, what)).collect::<Vec<_>>())?;
    let (mut rows, mut mistakes, mut pieces) = (Vec::new(), Vec::new(), 0_u64);
    // Lines within quotes are no rows of their own; empty lines are rows, though the reader skips
    // them.
    let (mut at, mut lines, mut inner_lines) = (0, 0, line_breaks(&header));
    for record in reader.records() {
        let record = match record {
            Ok(record) => record,
            Err(problem) => {
                mistakes.push(wrong(1, format!("not CSV: {problem}")));
                break;
            }
        };
        let from = record.position().map_or(at, |position| position.byte() as usize);
        let empty = text[from..].bytes().take_while(|byte| *byte == b'\n').count();
        lines += text[at..from + empty].matches('\n').count() as u64;
        at = from + empty;
        let row = lines + 1 - inner_lines;
        inner_lines += line_breaks(&record);
        if record.iter().all(str::is_empty) {
            continue;
        }
        if record.len() != header.len() {
            let (found, wanted) = (record.len(), header.len());
            let what = format!("{found} cells, where the header has {wanted} columns");
            mistakes.push(wrong(row, what));
            continue;
        }
        match columns.read(&record, row) {
            Ok(read) => {
                let before = pieces;
                pieces = pieces.saturating_add(read.quantity);
                if before <= MOST_PIECES && pieces > MOST_PIECES {
                    let what = format!("with this row there are more than {MOST_PIECES} pieces");
                    mistakes.push(wrong(row, what));
                }
                rows.push(read);
            }
            Err(found) => mistakes.extend(found.into_iter().map(|what| wrong(row, what))),
        }
    }
    if rows.is_empty() && mistakes.is_empty() {
        mistakes.push(wrong(1, "the list has no rows below its header".to_owned()));
    }
    let ignored = columns.ignored;
    if mistakes.is_empty() { Ok(List { rows, ignored }) } else { Err(mistakes) }
}

/// Comma, or semicolon if that is what the header uses.
fn delimiter(text: &str) -> u8 {
    let header = text.lines().next().unwrap_or_default();
    if header.contains(';') && !header.contains(',') { b';' } else { b',' }
}

fn line_breaks(record: &csv::StringRecord) -> u64 {
    record.iter().map(|cell| cell.matches('\n').count() as u64).sum()
}

/// Where the columns are.
struct Columns {
    name: usize,
    length: usize,
    width: Option<usize>,
    quantity: usize,
    grain: Option<usize>,
    material: Option<usize>,
    thickness: Option<usize>,
    ignored: Vec<String>,
}

impl Columns {
    fn find(header: &csv::StringRecord, kind: ListKind) -> Result<Columns, Vec<String>> {
        let names: Vec<String> = header.iter().map(str::to_lowercase).collect();
        let at = |name: &str| names.iter().position(|column| column == name);
        let required = REQUIRED.iter().filter(|name| **name != "width" || kind == ListKind::Sheets);
        let optional = OPTIONAL.iter().filter(|_| kind == ListKind::Sheets);
        let known: Vec<&str> = required.clone().chain(optional).copied().collect();
        let mut mistakes = Vec::new();
        for name in required.clone().filter(|name| at(name).is_none()) {
            let needed: Vec<&str> = required.clone().copied().collect();
            let near = names.iter().find(|column| strsim::osa_distance(column, name) <= 2);
            let hint = near.map_or(String::new(), |near| format!("; is `{near}` meant to be it?"));
            mistakes.push(format!("no column `{name}` (needed: {}){hint}", needed.join(", ")));
        }
        for (index, name) in names.iter().enumerate() {
            if names[..index].contains(name) && known.contains(&name.as_str()) {
                mistakes.push(format!("two columns `{name}`"));
            }
        }
        let strangers: Vec<&String> =
            names.iter().filter(|name| !known.contains(&name.as_str())).collect();
        for name in &strangers {
            let near = known.iter().find(|known| {
                at(known).is_none() && strsim::osa_distance(known, name) <= 2 && name.len() > 2
            });
            if let (Some(near), true) = (near, OPTIONAL.iter().any(|known| Some(known) == near)) {
                mistakes.push(format!("no column is called `{name}`, did you mean `{near}`?"));
            }
        }
        let ignored = strangers.into_iter().filter(|name| !name.is_empty()).cloned().collect();
        match (at("name"), at("length"), at("quantity")) {
            (Some(name), Some(length), Some(quantity)) if mistakes.is_empty() => {
                let of_sheets = |name| at(name).filter(|_| kind == ListKind::Sheets);
                Ok(Columns {
                    name,
                    length,
                    width: of_sheets("width"),
                    quantity,
                    grain: of_sheets("grain"),
                    material: of_sheets("material"),
                    thickness: of_sheets("thickness"),
                    ignored,
                })
            }
            _ => Err(mistakes),
        }
    }

    /// The row, or all that is wrong with it.
    fn read(&self, record: &csv::StringRecord, row: u64) -> Result<Row, Vec<String>> {
        let cell = |index: usize| record.get(index).unwrap_or_default();
        let mut mistakes = Vec::new();
        let mut keep = |result: Result<Mm, String>| {
            result.unwrap_or_else(|what| {
                mistakes.push(what);
                Mm::ZERO
            })
        };
        let length = keep(size("length", cell(self.length)));
        let width = self.width.map_or(Mm::ZERO, |index| keep(size("width", cell(index))));
        let thickness = match self.thickness.map(cell) {
            None | Some("") => Mm::ZERO,
            Some(text) => keep(size("thickness", text)),
        };
        let quantity = match quantity(cell(self.quantity)) {
            Ok(quantity) => quantity,
            Err(what) => {
                mistakes.push(what);
                0
            }
        };
        let grain = match grain(self.grain.map_or("", cell)) {
            Ok(grain) => grain,
            Err(what) => {
                mistakes.push(what);
                Grain::Free
            }
        };
        let (name, material) = (cell(self.name), self.material.map_or("", cell));
        mistakes.extend([("name", name), ("material", material)].into_iter().filter_map(formula));
        if name.is_empty() {
            mistakes.push("no name".to_owned());
        }
        let (name, material) = (name.to_owned(), material.to_owned());
        if mistakes.is_empty() {
            Ok(Row { row, name, material, thickness, length, width, quantity, grain })
        } else {
            Err(mistakes)
        }
    }
}

/// A length that can be cut.
fn size(column: &str, text: &str) -> Result<Mm, String> {
    let length = Mm::parse(text).map_err(|problem| format!("{column}: {problem}"))?;
    if length <= Mm::ZERO {
        return Err(format!("{column}: `{text}` is not more than nothing"));
    }
    Ok(length)
}

fn quantity(text: &str) -> Result<u64, String> {
    match text.parse::<u64>() {
        Ok(0) | Err(_) => Err(format!("quantity: `{text}` is not a whole number of 1 or more")),
        Ok(count) => Ok(count),
    }
}

fn grain(text: &str) -> Result<Grain, String> {
    match text.to_lowercase().as_str() {
        "" | "none" | "no" | "any" | "free" => Ok(Grain::Free),
        "length" | "along" | "yes" | "x" => Ok(Grain::Along),
        "width" | "across" | "y" => Ok(Grain::Across),
        _ => Err(format!("grain: `{text}` is none of length, width, none")),
    }
}

fn formula((column, text): (&str, &str)) -> Option<String> {
    text.starts_with(['=', '+', '-', '@'])
        .then(|| format!("{column}: a spreadsheet would run `{text}` as a formula; rename it"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mistakes(text: &str, kind: ListKind) -> String {
        let found = read("list.csv", text.as_bytes(), kind).unwrap_err();
        found.iter().map(Mistake::to_string).collect::<Vec<_>>().join("\n")
    }

    #[test]
    fn lists_are_read_as_people_write_them() {
        let text = "\u{feff}Name; Length ;width;quantity;grain;notes\r\n\
                    \"left\ndoor\";1800;600.5 mm;2;length;oak\r\n\r\n\
                    sign; 2 ft;6 in;1;;\r\n";
        let list = read("list.csv", text.as_bytes(), ListKind::Sheets).unwrap();
        assert_eq!(list.ignored, ["notes"]);
        assert_eq!(list.rows[0].grain, Grain::Along);
        assert_eq!((list.rows[0].row, list.rows[0].width), (2, Mm::um(600_500)));
        assert_eq!((list.rows[1].row, list.rows[1].length), (4, Mm::um(609_600)));
        let bars = read("b.csv", b"name,length,quantity,tap\nrail,18 in,59,M5\n", ListKind::Bars);
        assert_eq!(bars.unwrap().rows[0].length, Mm::INCH * 18);
    }

    #[test]
    fn every_mistake_names_its_row() {
        let text = "name,length,width,quantity,grain\n\
                    door,0,600,1,\n\
                    leaf,-5,nan,1.5,\n\
                    ,inf,600,0,\n\
                    =cmd(),700,600,1,sideways\n\
                    short,1,2\n";
        assert_eq!(
            mistakes(text, ListKind::Sheets),
            "\
list.csv:2: length: `0` is not more than nothing
list.csv:3: length: `-5` is not more than nothing
list.csv:3: width: a length has to be finite, such as `16.35 mm`
list.csv:3: quantity: `1.5` is not a whole number of 1 or more
list.csv:4: length: a length has to be finite, such as `16.35 mm`
list.csv:4: quantity: `0` is not a whole number of 1 or more
list.csv:4: no name
list.csv:5: grain: `sideways` is none of length, width, none
list.csv:5: name: a spreadsheet would run `=cmd()` as a formula; rename it
list.csv:6: 3 cells, where the header has 5 columns"
        );
    }

    #[test]
    fn wrong_columns_empty_lists_and_far_too_many_pieces_are_told() {
        assert_eq!(
            mistakes("nam,length,width\nx,1,2\n", ListKind::Sheets),
            "list.csv:1: no column `name` (needed: name, length, width, quantity); is `nam` meant \
             to be it?\n\
             list.csv:1: no column `quantity` (needed: name, length, width, quantity)"
        );
        assert_eq!(
            mistakes("name,length,width,quantity,grian\nx,1,2,1,length\n", ListKind::Sheets),
            "list.csv:1: no column is called `grian`, did you mean `grain`?"
        );
        assert_eq!(
            mistakes("name,length,quantity\n", ListKind::Bars),
            "list.csv:1: the list has no rows below its header"
        );
        assert_eq!(
            mistakes("name,length,quantity\na,5,1000000\nb,5,1\nc,5,1\n", ListKind::Bars),
            "list.csv:3: with this row there are more than 1000000 pieces"
        );
        assert!(mistakes("", ListKind::Bars).starts_with("list.csv:1: no column `name`"));
    }
}
