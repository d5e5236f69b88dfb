//! What a workbook holds.

use std::io::{Cursor, Read};

use rust_decimal::Decimal;

use super::*;
use crate::export::{Cell, Table};

fn sheet() -> Sheet {
    let mut table = Table::new(["item", "quantity", "unit_price", "total"]);
    let money = |cents| Cell::Money(Decimal::new(cents, 2));
    table.push([Cell::from("=1+1 & <b>"), Cell::Integer(3), money(3500), money(10_500)]);
    table.push([Cell::from("unpriced"), Cell::Integer(2), Cell::Empty, Cell::Empty]);
    Sheet::new("bom", &table).computed("total", |row| Some(format!("B{row}*C{row}")))
}

fn part(bytes: &[u8], name: &str) -> String {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut text = String::new();
    archive.by_name(name).unwrap().read_to_string(&mut text).unwrap();
    text
}

#[test]
fn numbers_compute_and_text_never_does() {
    let bytes = workbook(&[sheet()]).unwrap();
    let text = part(&bytes, "xl/worksheets/sheet1.xml");
    let (_, data) = text.split_once("<sheetData>").unwrap();
    assert_eq!(
        data,
        r#"<row r="1"><c r="A1" s="1" t="inlineStr"><is><t xml:space="preserve">item</t></is></c><c r="B1" s="1" t="inlineStr"><is><t xml:space="preserve">quantity</t></is></c><c r="C1" s="1" t="inlineStr"><is><t xml:space="preserve">unit_price</t></is></c><c r="D1" s="1" t="inlineStr"><is><t xml:space="preserve">total</t></is></c></row><row r="2"><c r="A2" s="0" t="inlineStr"><is><t xml:space="preserve">=1+1 &amp; &lt;b&gt;</t></is></c><c r="B2" s="2"><v>3</v></c><c r="C2" s="4"><v>35.00</v></c><c r="D2" s="4"><f>B2*C2</f><v>105.00</v></c></row><row r="3"><c r="A3" s="0" t="inlineStr"><is><t xml:space="preserve">unpriced</t></is></c><c r="B3" s="2"><v>2</v></c></row></sheetData></worksheet>"#
    );
}

#[test]
fn every_sheet_is_in_the_book() {
    let mut second = sheet();
    second.name = "summary".to_owned();
    let bytes = workbook(&[sheet(), second]).unwrap();
    let book = part(&bytes, "xl/workbook.xml");
    assert!(book.contains(r#"<sheet name="bom" sheetId="1" r:id="rId1"/>"#), "{book}");
    assert!(book.contains(r#"<sheet name="summary" sheetId="2" r:id="rId2"/>"#), "{book}");
    let relationships = part(&bytes, "xl/_rels/workbook.xml.rels");
    assert!(relationships.contains(r#"Target="worksheets/sheet2.xml"/>"#), "{relationships}");
    assert!(relationships.contains(r#"Id="rId3""#), "{relationships}");
    assert_eq!(workbook(&[sheet()]).unwrap(), workbook(&[sheet()]).unwrap());
}
