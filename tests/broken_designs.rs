//! Designs with mistakes in them, and what pibuild says to each; read it like a manual.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::collections::BTreeMap;

use pibuild::catalog::Catalog;
use pibuild::spec::{CODES, Diagnostic, Document, Files, Rejected, read};

/// Files next to the design, as a table.
#[derive(Default)]
struct Table(BTreeMap<&'static str, &'static str>);

impl Files for Table {
    fn read(&self, relative: &str) -> Result<Vec<u8>, String> {
        let text = self.0.get(relative).ok_or("No such file or directory (os error 2)")?;
        Ok(text.as_bytes().to_vec())
    }
}

fn read_bytes(bytes: &[u8], files: &Table) -> Result<Document, Rejected> {
    read("designs/box.yaml", bytes, files, &Catalog::builtin().unwrap())
}

fn rejected(text: &str) -> Rejected {
    read_bytes(text.as_bytes(), &Table::default()).expect_err(text)
}

const HEAD: &str = "\
pibuild: 1
name: box
board: raspberry-pi-3b-plus
pis: 84
";

/// A design that is right up to line 4, and goes on with the text.
fn with(rest: &str) -> String {
    format!("{HEAD}{rest}")
}

/// The text, then what is found there: code, line, column, and a part of message, label or notes.
type Case<'a> = (String, &'a [(&'a str, usize, usize, &'a str)]);

fn judge(cases: &[Case]) {
    for (text, expected) in cases {
        let shown: String = text.chars().take(400).collect();
        let rejected = rejected(text);
        let found: Vec<String> = rejected.diagnostics.iter().map(brief).collect();
        assert_eq!(found.len(), expected.len(), "{shown}\n{found:#?}");
        for (diagnostic, (code, line, column, hint)) in rejected.diagnostics.iter().zip(*expected) {
            let place = diagnostic.place.map(|place| (place.line, place.column));
            assert_eq!(diagnostic.code, *code, "{shown}\n{found:#?}");
            assert_eq!(place, Some((*line, *column)), "{shown}\n{found:#?}");
            assert!(words(diagnostic).contains(hint), "`{hint}` in\n{shown}\n{found:#?}");
            assert!(CODES.iter().any(|(known, _)| known == code), "{code} is not explained");
            // Every message can be shown, with and without colour.
            assert!(diagnostic.render(&rejected.source, false).contains(code));
            assert!(diagnostic.render(&rejected.source, true).contains(code));
        }
    }
}

fn words(diagnostic: &Diagnostic) -> String {
    format!("{}\n{}\n{}", diagnostic.message, diagnostic.label, diagnostic.notes.join("\n"))
}

fn brief(diagnostic: &Diagnostic) -> String {
    let place = diagnostic.place.map(|place| (place.line, place.column));
    format!("{} {place:?} [{}] {}", diagnostic.code, diagnostic.path, words(diagnostic))
}

#[test]
fn keys() {
    judge(&[
        (
            with("rail:\n  miling: 16.35 mm\n"),
            &[("SPEC-unknown-key", 6, 3, "did you mean `milling`?")],
        ),
        (with("colour: red\n"), &[("SPEC-unknown-key", 5, 1, "a design takes: pibuild, name")]),
        (
            with("bank: { fans: { type: fan-80x25, cuont: 5, count: 5 } }\n"),
            &[("SPEC-unknown-key", 5, 34, "bank.fans takes: type, count")],
        ),
        (
            with("bank: { fans: { type: fan-80x25 } }\n"),
            &[("SPEC-missing-key", 5, 9, "needs `count`")],
        ),
        (
            "pibuild: 1\nboard: raspberry-pi-5\npis: 8\n".into(),
            &[("SPEC-missing-key", 1, 1, "`name`")],
        ),
        (with("rail:\n"), &[("SPEC-missing-value", 5, 1, "`rail` has no value")]),
        (with("pis: 85\n"), &[("SPEC-duplicate-key", 5, 1, "designs/box.yaml:4:1")]),
        (
            with("racks: { contents: { '1': [bank], 2: [bank] } }\n"),
            &[("SPEC-key", 5, 22, "without quotes")],
        ),
        (
            with("racks: { contents: { 1: [bank], '1': [bank] } }\n"),
            &[("SPEC-duplicate-key", 5, 33, "twice")],
        ),
        (with("prices: { true: 3 }\n"), &[("SPEC-key", 5, 11, "`true` cannot be a key")]),
        (with("prices: { 1: 3 }\n"), &[("SPEC-key", 5, 11, "put it in quotes")]),
        (with("prices: { 1.5: 3 }\n"), &[("SPEC-key", 5, 11, "`1.5` cannot be a key")]),
        (with("? [a, b]\n: 3\n"), &[("SPEC-key", 5, 3, "a list cannot be a key")]),
        (with("<<: { rail: {} }\n"), &[("SPEC-key", 5, 1, "`<<`")]),
    ]);
}

#[test]
fn quantities() {
    judge(&[
        (
            with("rail: { milling: 16.35 kg }\n"),
            &[(
                "SPEC-unit-kind",
                5,
                18,
                "`16.35 kg` is a mass; a length is wanted, such as `16.35 mm`",
            )],
        ),
        (with("rail: { length: 18 inch }\n"), &[("SPEC-unit", 5, 17, "did you mean `in`?")]),
        (
            with("rail: { milling: 16,35 }\n"),
            &[("SPEC-unknown-key", 5, 21, "`35` is not a key of `rail`")],
        ),
        (
            with("rail: { milling: \"16,35 mm\" }\n"),
            &[("SPEC-unit", 5, 18, "decimals take a point")],
        ),
        (with("rail: { milling: much }\n"), &[("SPEC-unit", 5, 18, "is not a length")]),
        (with("rail: { milling: -1 mm }\n"), &[("SPEC-range", 5, 18, "takes 0 mm to 1 m")]),
        (with("caddy: { wall: 0.2 mm }\n"), &[("SPEC-range", 5, 16, "takes 0.4 mm to 20 mm")]),
        (with("rail: { length: 400 m }\n"), &[("SPEC-range", 5, 17, "10 mm to 10 m")]),
        (with("rail: { length: .inf }\n"), &[("SPEC-not-finite", 5, 17, "finite")]),
        (with("cooling: { ambient: .nan }\n"), &[("SPEC-not-finite", 5, 21, "`.nan`")]),
        (with("rail: { length: 1e400 }\n"), &[("SPEC-unit", 5, 17, "`e400` is not a unit")]),
        (with("bank: { height: 1.5U }\n"), &[("SPEC-unit", 5, 17, "not a whole number")]),
        (with("caddy: { width: atuo }\n"), &[("SPEC-unit", 5, 17, "did you mean `auto`?")]),
        (with("caddy: { width: [1] }\n"), &[("SPEC-type", 5, 10, "takes a length, not a list")]),
        (
            with("power: { circuit: { volts: 120 A } }\n"),
            &[("SPEC-unit-kind", 5, 28, "a voltage is wanted")],
        ),
        (with("printing: { failure_rate: 95 % }\n"), &[("SPEC-range", 5, 27, "0 % to 90 %")]),
        (with("prices: { caddy: cheap }\n"), &[("SPEC-unit", 5, 18, "`$35.00`")]),
        (with("prices: { caddy: 3 EUR }\n"), &[("SPEC-currency", 5, 18, "the design is in USD")]),
        (with("printing: { layer_height: 0.5 mm }\n"), &[("SPEC-range", 5, 27, "at most 0.4 mm")]),
        (with("rail: { length: 10 mm }\n"), &[("SPEC-range", 5, 17, "nothing would be left")]),
    ]);
}

#[test]
fn numbers_and_words() {
    let pis = |value: &str| HEAD.replace("84", value);
    judge(&[
        (pis("0"), &[("SPEC-range", 4, 6, "takes 1 to 10000000")]),
        (pis("-3"), &[("SPEC-range", 4, 6, "takes 1 to 10000000")]),
        (pis("99999999999"), &[("SPEC-range", 4, 6, "10000000")]),
        (pis("99999999999999999999999"), &[("SPEC-range", 4, 6, "too long a number")]),
        (pis("many"), &[("SPEC-type", 4, 6, "takes a whole number, not text")]),
        (pis("8.5"), &[("SPEC-type", 4, 6, "whole number")]),
        (HEAD.replace("box", "2024"), &[("SPEC-type", 2, 7, "put it in quotes")]),
        (HEAD.replace("box", "My Box"), &[("SPEC-name", 2, 7, "such as `my-box`")]),
        (HEAD.replace("box", "../box"), &[("SPEC-name", 2, 7, "such as `box`")]),
        (
            HEAD.replace("pibuild: 1", "pibuild: 2"),
            &[("SPEC-version", 1, 10, "understands version 1")],
        ),
        (with("caddy: { collar: baed }\n"), &[("SPEC-choice", 5, 18, "did you mean `bead`?")]),
        (with("caddy: { collar: [bead] }\n"), &[("SPEC-type", 5, 10, "one of: auto, bead, hook")]),
        (with("bank: { caddies: mx }\n"), &[("SPEC-type", 5, 18, "did you mean `max`?")]),
        (with("racks: [1, 2]\n"), &[("SPEC-type", 5, 1, "takes a group of keys, not a list")]),
        (with("title: \"a\\u0007b\"\n"), &[("SPEC-text", 5, 8, "U+0007")]),
        (with("title: \"a\\u202eb\"\n"), &[("SPEC-text", 5, 8, "U+202E")]),
        (with("currency: dollars\n"), &[("SPEC-currency", 5, 11, "such as `USD`")]),
        (with("network: { subnet: 172.20.0.0 }\n"), &[("SPEC-subnet", 5, 20, "172.20.0.0/16")]),
        (
            with("network: { subnet: 172.20.0.1/16 }\n"),
            &[("SPEC-subnet", 5, 20, "did you mean `172.20.0.0/16`?")],
        ),
        (
            with("network: { hostname: 'pi-{row}-{slot}' }\n"),
            &[("SPEC-hostname", 5, 22, "placeholders are")],
        ),
        (with("network: { hostname: pi }\n"), &[("SPEC-hostname", 5, 22, "same name")]),
        (
            with(
                "transport: { route: [{}, { door: { width: 1 m, height: 2 m }, ramp: { slope: 4 % } }] }\n",
            ),
            &[("SPEC-route", 5, 22, "not 0"), ("SPEC-route", 5, 26, "not 2")],
        ),
        (
            with("transport: { route: [{ door: { width: 1 m } }] }\n"),
            &[("SPEC-missing-key", 5, 24, "needs `height`")],
        ),
    ]);
}

#[test]
fn names_in_racks_and_catalogue() {
    judge(&[
        (
            HEAD.replace("pi-3b-plus", "pi-3b-pls"),
            &[("SPEC-unknown-id", 3, 8, "did you mean `raspberry-pi-3b-plus`?")],
        ),
        (
            with("devices: { sw: { type: ubiquiti-us-84 } }\n"),
            &[("SPEC-unknown-id", 5, 24, "`ubiquiti-us-48`")],
        ),
        (
            with("printing: { printers: [{ model: prusa-mk3 }] }\n"),
            &[("SPEC-unknown-id", 5, 33, "did you mean `prusa-mk3s`?")],
        ),
        (
            with(
                "racks:\n  contents:\n    1: [bank, swich, bank]\ndevices: { switch: { type: blank-1u } }\n",
            ),
            &[("SPEC-unknown-name", 7, 15, "did you mean `switch`?")],
        ),
        (
            with("racks:\n  groups:\n    half: [bank, whole]\n    whole: [2 x half]\n"),
            &[("SPEC-cycle", 8, 13, "half → whole → half")],
        ),
        (
            with("racks:\n  groups: { self: [self] }\n  contents: { 1: [bank, self] }\n"),
            &[("SPEC-cycle", 6, 20, "self → self")],
        ),
        (
            with("racks:\n  count: 2\n  contents: { 1: [bank] }\n"),
            &[("SPEC-count", 6, 10, "lists 1 racks")],
        ),
        (with("racks: { contents: { 0: [bank] } }\n"), &[("SPEC-range", 5, 22, "from 1")]),
        (
            with("racks: { contents: { 1: [0 x bank] } }\n"),
            &[
                ("SPEC-no-boards", 5, 10, "hold no `bank`"),
                ("SPEC-range", 5, 26, "1 to 1000 times"),
            ],
        ),
        (
            with(
                "racks:\n  groups: { a: [900 x b], b: [900 x c], c: [900 x bank] }\n  contents: { 1: [a] }\n",
            ),
            &[
                ("SPEC-range", 7, 3, "729000000 boards"),
                ("SPEC-range", 7, 15, "holds 729000000 things"),
            ],
        ),
        (
            with("devices: { bank: { type: blank-1u }, My Switch: { type: blank-1u } }\n"),
            &[("SPEC-name", 5, 12, "meaning of its own"), ("SPEC-name", 5, 38, "`my-switch`")],
        ),
        (
            "pibuild: 1\nname: box\nboard: raspberry-pi-5\n".into(),
            &[("SPEC-no-boards", 3, 1, "add `pis:`")],
        ),
    ]);
}

#[test]
fn what_a_flat_bank_cannot_have() {
    judge(&[
        (
            with("bank: { orientation: flat, fans: { type: fan-40x20, count: 2 } }\n"),
            &[("SPEC-conflict", 5, 28, "leave them out")],
        ),
        (
            with("bank: { orientation: flat }\ncaddy: { collar: hook, board_fixing: pegs }\n"),
            &[("SPEC-conflict", 6, 18, "`bead`"), ("SPEC-conflict", 6, 38, "`self-tapping`")],
        ),
        (
            with("bank: { orientation: flat }\ncaddy: { label: number }\n"),
            &[("SPEC-conflict", 6, 17, "`blank`")],
        ),
        (
            with("bank: { orientation: flat }\nrail: { position: over }\n"),
            &[("SPEC-conflict", 6, 19, "leave it out")],
        ),
    ]);
}

#[test]
fn yaml_itself() {
    let deep = format!("{HEAD}title: {}{}\n", "[".repeat(80), "]".repeat(80));
    let bomb = (1..12).fold("a0: &a0 [x, x, x]\n".to_owned(), |text, level| {
        let repeats = vec![format!("*a{}", level - 1); 9].join(", ");
        format!("{text}a{level}: &a{level} [{repeats}]\n")
    });
    judge(&[
        (with("rail:\n\tmilling: 16.35 mm\n"), &[("SPEC-tab", 6, 1, "use spaces")]),
        (with("rail: { milling: 1 mm\n"), &[("SPEC-syntax", 6, 1, "not YAML")]),
        (with("title: a: b\n"), &[("SPEC-syntax", 5, 9, "not YAML")]),
        (with("---\nname: other\n"), &[("SPEC-documents", 5, 1, "one document")]),
        (with("title: !secret x\n"), &[("SPEC-tag", 5, 16, "leave it out")]),
        (deep, &[("SPEC-nesting", 5, 72, "64 levels")]),
        (bomb, &[("SPEC-alias", 6, 15, "unfold")]),
        ("a: &a [*a]\n".into(), &[("SPEC-alias", 1, 8, "inside of what it repeats")]),
        ("title: a\u{1b}[2Jb\n".into(), &[("SPEC-control-character", 1, 9, "U+001B")]),
        (
            "- a\n- b\n".into(),
            &[("SPEC-type", 1, 1, "a design file takes a group of keys, not a list")],
        ),
        ("just text\n".into(), &[("SPEC-type", 1, 1, "a design file takes a group of keys")]),
    ]);
}

#[test]
fn all_mistakes_in_one_run() {
    judge(&[(
        "\
pibuild: 1
name: Box
board: raspberry-pi-9
pis: 0
caddy: { wal: 2 mm, collar: hok }
rail: { milling: 16.35 kg, length: 18 in }
devices: { switch: { type: ubiquiti-us-48, depth: deep } }
racks: { contents: { 1: [bank, switch, swtich] } }
"
        .into(),
        &[
            ("SPEC-name", 2, 7, "such as `box`"),
            ("SPEC-unknown-id", 3, 8, "raspberry-pi-"),
            ("SPEC-range", 4, 6, "1 to 10000000"),
            ("SPEC-unknown-key", 5, 10, "`wall`"),
            ("SPEC-choice", 5, 29, "hook"),
            ("SPEC-unit-kind", 6, 18, "a length is wanted"),
            ("SPEC-unit", 7, 51, "is not a length"),
            // `switch` itself is known, though its entry is broken.
            ("SPEC-unknown-name", 8, 40, "did you mean `switch`?"),
        ],
    )]);
}

#[test]
fn own_catalogue() {
    const TAPE: &str = "accessories:\n  tape: { name: Tape, source: shop, price: $2.50 }\n";
    let table = |text| Table(BTreeMap::from([("parts/tape.yaml", text)]));
    let design = with("catalog: [parts/tape.yaml]\n");

    let document = read_bytes(design.as_bytes(), &table(TAPE)).unwrap();
    assert!(document.catalog.accessories.contains_key("tape"));
    assert!(document.catalog.boards.contains_key("raspberry-pi-5"));

    let rejected =
        read_bytes(design.as_bytes(), &table("accessories:\n  tape: { name: Tape, prise: 2 }\n"));
    let rejected = rejected.unwrap_err();
    let found: Vec<String> = rejected.diagnostics.iter().map(brief).collect();
    assert_eq!(found.len(), 3, "{found:#?}");
    let shown = rejected.diagnostics[2].render(&rejected.source, false);
    assert!(shown.contains("--> parts/tape.yaml:2:23"), "{shown}");

    judge(&[
        (with("catalog: [none.yaml]\n"), &[("SPEC-file", 5, 11, "No such file")]),
        (with("catalog: [../none.yaml]\n"), &[("SPEC-path", 5, 11, "out of the design's folder")]),
        (with("catalog: [/etc/passwd]\n"), &[("SPEC-path", 5, 11, "out of the design's folder")]),
        (with("catalog: ['C:\\\\x']\n"), &[("SPEC-path", 5, 11, "out of the design's folder")]),
        (
            with("catalog:\n  fans: { f: { name: F, source: me, size: 80 kg } }\n"),
            &[
                ("SPEC-missing-key", 6, 11, "needs `depth`"),
                ("SPEC-missing-key", 6, 11, "needs `hole_pitch`"),
                ("SPEC-missing-key", 6, 11, "needs `thread`"),
                ("SPEC-missing-key", 6, 11, "needs `flow`"),
                ("SPEC-missing-key", 6, 11, "needs `power`"),
                ("SPEC-missing-key", 6, 11, "needs `mass`"),
                ("SPEC-missing-key", 6, 11, "needs `price`"),
                ("SPEC-unit-kind", 6, 43, "a length is wanted"),
            ],
        ),
    ]);
}

#[test]
fn as_it_is_shown() {
    let shown = rejected(&with("rail:\n  miling: 16.35 mm\n")).render(false);
    assert_eq!(
        shown,
        "\
error[SPEC-unknown-key]: `miling` is not a key of `rail`
 --> designs/box.yaml:6:3
  |
6 |   miling: 16.35 mm
  |   ^^^^^^ did you mean `milling`?
  = rail takes: profile, length, milling, tap, orientation, position"
    );
    let shown = rejected(&with("pis: 85\nrail: { milling: 16.35 kg }\n")).render(false);
    assert_eq!(
        shown,
        "\
error[SPEC-duplicate-key]: `pis` is written twice
 --> designs/box.yaml:5:1
  |
5 | pis: 85
  | ^^^ keep one of the two
  = it is first written at designs/box.yaml:4:1"
    );
    let shown = rejected("").render(false);
    assert_eq!(
        shown,
        "\
error[SPEC-empty]: the file is empty
 --> designs/box.yaml
  = a design starts with `pibuild: 1`; `pibuild init` writes one"
    );
}

#[test]
fn add_ons_must_fit() {
    judge(&[
        (
            with("board_addons: [pi5-active-cooler]\n"),
            &[("SPEC-addon", 5, 16, "fits raspberry-pi-5")],
        ),
        (
            with("board_addons: [hat, poe-plus-hat, hat]\n"),
            &[("SPEC-addon", 5, 35, "`hat` is listed twice")],
        ),
        (with("board_addons: [hatt]\n"), &[("SPEC-unknown-id", 5, 16, "did you mean `hat`?")]),
        (with("board_addons: hat\n"), &[("SPEC-type", 5, 15, "list")]),
    ]);
}
