//! Spreadsheets (Office Open XML workbooks): tables whose sums stay alive.
//!
//! Promised:
//! - A header that stays in view; counts, measures and money as numbers; formulas with the values
//!   that they had when they were written, so that readers that do not compute show them too.
//! - Text is text: nothing that a user wrote becomes a formula.
//! - The same sheets give the same bytes, on every machine.
//!
//! Not promised: any other layout than bold headers and columns wide enough to read.

mod sheet;
#[cfg(test)]
mod tests;

use std::io;

use quick_xml::Writer;
use quick_xml::events::{BytesDecl, Event};

use super::opc::{self, PackageError, printable};

pub use sheet::{Sheet, column_name};

/// Namespace of spreadsheets.
const MAIN: &str = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
/// Namespace of relationships between parts, as documents use it.
const RELATIONSHIPS: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
/// Namespace of relationship files.
const PACKAGE_RELATIONSHIPS: &str = "http://schemas.openxmlformats.org/package/2006/relationships";
/// Namespace of the list of content types.
const CONTENT_TYPES: &str = "http://schemas.openxmlformats.org/package/2006/content-types";
/// Content types of spreadsheet parts begin like this.
const SPREADSHEET: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.";

/// Cell styles by number: plain, header, whole number, measure, money.
const STYLES: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">
 <fonts count="2"><font><sz val="11"/><name val="Calibri"/></font><font><b/><sz val="11"/><name val="Calibri"/></font></fonts>
 <fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills>
 <borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>
 <cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>
 <cellXfs count="5">
  <xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>
  <xf numFmtId="0" fontId="1" fillId="0" borderId="0" xfId="0" applyFont="1"/>
  <xf numFmtId="1" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>
  <xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>
  <xf numFmtId="4" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>
 </cellXfs>
</styleSheet>
"#;

type Xml = Writer<Vec<u8>>;

/// The workbook's bytes. Sheet names are at most 31 characters, without `[]:*?/\`.
///
/// # Errors
/// None that depends on the sheets: see [`PackageError`].
pub fn workbook(sheets: &[Sheet]) -> Result<Vec<u8>, PackageError> {
    parts(sheets).map_err(PackageError::Xml).and_then(|parts| {
        let entries: Vec<(&str, &[u8])> =
            parts.iter().map(|(name, bytes)| (name.as_str(), bytes.as_slice())).collect();
        opc::archive(&entries)
    })
}

/// All files of the package.
fn parts(sheets: &[Sheet]) -> io::Result<Vec<(String, Vec<u8>)>> {
    let root = [("rId1".to_owned(), "officeDocument", "xl/workbook.xml".to_owned())];
    let styles = (format!("rId{}", sheets.len() + 1), "styles", "styles.xml".to_owned());
    let of_book = (1..=sheets.len()).map(|number| {
        (format!("rId{number}"), "worksheet", format!("worksheets/sheet{number}.xml"))
    });
    let of_book: Vec<_> = of_book.chain([styles]).collect();
    let mut parts = vec![
        ("[Content_Types].xml".to_owned(), content_types(sheets.len())?),
        ("_rels/.rels".to_owned(), relationships(&root)?),
        ("xl/workbook.xml".to_owned(), book(sheets)?),
        ("xl/_rels/workbook.xml.rels".to_owned(), relationships(&of_book)?),
        ("xl/styles.xml".to_owned(), STYLES.as_bytes().to_owned()),
    ];
    for (index, sheet) in sheets.iter().enumerate() {
        let bytes = document("worksheet", &[("xmlns", MAIN)], |xml| sheet.write(xml))?;
        parts.push((format!("xl/worksheets/sheet{}.xml", index + 1), bytes));
    }
    Ok(parts)
}

/// An XML file with one root element.
fn document(
    root: &str,
    attributes: &[(&str, &str)],
    inner: impl FnOnce(&mut Xml) -> io::Result<()>,
) -> io::Result<Vec<u8>> {
    let mut xml = Writer::new(Vec::new());
    xml.write_event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)))?;
    xml.create_element(root)
        .with_attributes(attributes.iter().copied())
        .write_inner_content(inner)?;
    Ok(xml.into_inner())
}

fn content_types(sheets: usize) -> io::Result<Vec<u8>> {
    document("Types", &[("xmlns", CONTENT_TYPES)], |xml| {
        let relationships = "application/vnd.openxmlformats-package.relationships+xml";
        for (ending, kind) in [("rels", relationships), ("xml", "application/xml")] {
            xml.create_element("Default")
                .with_attributes([("Extension", ending), ("ContentType", kind)])
                .write_empty()?;
        }
        let book = [("/xl/workbook.xml".to_owned(), "sheet.main+xml")];
        let styles = [("/xl/styles.xml".to_owned(), "styles+xml")];
        let sheets = (1..=sheets)
            .map(|number| (format!("/xl/worksheets/sheet{number}.xml"), "worksheet+xml"));
        for (part, kind) in book.into_iter().chain(styles).chain(sheets) {
            let kind = format!("{SPREADSHEET}{kind}");
            xml.create_element("Override")
                .with_attributes([("PartName", &*part), ("ContentType", &*kind)])
                .write_empty()?;
        }
        Ok(())
    })
}

/// A relationship file: ids, kinds and targets.
fn relationships(all: &[(String, &str, String)]) -> io::Result<Vec<u8>> {
    document("Relationships", &[("xmlns", PACKAGE_RELATIONSHIPS)], |xml| {
        for (id, kind, target) in all {
            let kind = format!("{RELATIONSHIPS}/{kind}");
            xml.create_element("Relationship")
                .with_attributes([("Id", &**id), ("Type", &*kind), ("Target", &**target)])
                .write_empty()?;
        }
        Ok(())
    })
}

fn book(sheets: &[Sheet]) -> io::Result<Vec<u8>> {
    let names = [("xmlns", MAIN), ("xmlns:r", RELATIONSHIPS)];
    document("workbook", &names, |xml| {
        xml.create_element("sheets").write_inner_content(|xml| {
            for (index, sheet) in sheets.iter().enumerate() {
                let number = (index + 1).to_string();
                let id = format!("rId{number}");
                let name = printable(&sheet.name);
                xml.create_element("sheet")
                    .with_attributes([("name", &*name), ("sheetId", &*number), ("r:id", &*id)])
                    .write_empty()?;
            }
            Ok(())
        })?;
        // Whoever opens it computes anew.
        xml.create_element("calcPr").with_attribute(("fullCalcOnLoad", "1")).write_empty()?;
        Ok(())
    })
}
