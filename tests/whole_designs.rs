//! Designs that are right: the templates, the schema, reading back what was written.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::time::{Duration, Instant};

use pibuild::catalog::Catalog;
use pibuild::spec::{Auto, Count, Document, Files, RouteStep, read, schema};
use pibuild::units::{Mm, RackUnits, Ratio};
use proptest::prelude::*;

struct NoFiles;

impl Files for NoFiles {
    fn read(&self, _: &str) -> Result<Vec<u8>, String> {
        Err("there are no files here".to_owned())
    }
}

fn design(name: &str) -> Vec<u8> {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("designs");
    std::fs::read(folder.join(name)).unwrap()
}

fn good(bytes: &[u8]) -> Document {
    match read("design.yaml", bytes, &NoFiles, &Catalog::builtin().unwrap()) {
        Ok(document) => document,
        Err(rejected) => panic!("{}", rejected.render(false)),
    }
}

#[test]
fn the_templates_are_right() {
    let tardis = good(&design("tardis.yaml"));
    assert_eq!(tardis.design.pis, Some(1050));
    assert_eq!(tardis.design.bank.caddies, Count::Exactly(21));
    assert_eq!(tardis.design.bank.height, Auto::Set(RackUnits(2)));
    assert_eq!(tardis.design.rail.length, Auto::Set(Mm::INCH * 18));
    assert_eq!(tardis.design.rail.milling, Mm::um(16_350));
    assert_eq!(tardis.design.printing.failure_rate, Ratio(0.04));
    let Auto::Set(contents) = &tardis.design.racks.contents else { panic!("contents are written") };
    assert_eq!(contents[&1][1], "2 x toggles");
    let route = &tardis.design.transport.route;
    assert!(matches!(route[0], RouteStep { door: Some(_), lift: None, ramp: None }));

    assert_eq!(good(&design("mini-84.yaml")).design.pis, Some(84));
    assert_eq!(good(&design("minirack-8.yaml")).design.pis, Some(8));
}

#[test]
fn four_lines_are_enough() {
    let document =
        good(b"\xef\xbb\xbfpibuild: 1\r\nname: desk\r\nboard: raspberry-pi-5\r\npis: 8\r\n");
    assert_eq!(document.design.racks.contents, Auto::Auto);
    assert_eq!(document.design.currency, "USD");
}

#[test]
fn paths_have_places() {
    let tardis = good(&design("tardis.yaml"));
    let places = &tardis.places;
    let line = |text: &str| {
        let mut lines = tardis.source.text.lines();
        lines.position(|line| line.contains(text)).unwrap() + 1
    };
    assert_eq!(places.value("rail.milling").unwrap().line, line("milling:"));
    assert_eq!(places.text("rail.milling"), Some("16.35 mm"));
    assert_eq!(places.text("racks.contents.1[1]"), Some("2 x toggles"));
    assert_eq!(places.text("transport.route[0].door.width"), Some("72 in"));
    let switch = places.key("devices.core-switch.role").unwrap();
    assert_eq!((switch.line, switch.length), (line("core-switch: {"), 4));
    assert_eq!(places.key("racks.contents.9"), None);
    let (path, place) = places.nearest("caddy.clearance").unwrap();
    assert_eq!((path.as_str(), place.line), ("caddy", line("caddy:")));
    assert_eq!(places.nearest("prices.caddy"), None);
}

#[test]
fn what_is_written_reads_back() {
    for name in ["tardis.yaml", "mini-84.yaml", "minirack-8.yaml"] {
        let first = good(&design(name));
        let resolved = serde_yaml::to_string(&first.design).unwrap();
        let second = good(resolved.as_bytes());
        assert_eq!(first.design, second.design, "{resolved}");
        assert_eq!(resolved, serde_yaml::to_string(&second.design).unwrap());
    }
}

#[test]
fn own_entries_stand_alone_when_written() {
    struct Parts;
    impl Files for Parts {
        fn read(&self, _: &str) -> Result<Vec<u8>, String> {
            Ok(b"accessories:\n  tape: { name: Tape, source: shop, price: 2.5 }\n".to_vec())
        }
    }
    let text = "pibuild: 1\nname: d\nboard: raspberry-pi-5\npis: 8\ncatalog: [parts.yaml]\n";
    let builtin = Catalog::builtin().unwrap();
    let first = read("d.yaml", text.as_bytes(), &Parts, &builtin).unwrap();
    let resolved = serde_yaml::to_string(&first.design).unwrap();
    let second = good(resolved.as_bytes());
    assert_eq!(first.catalog, second.catalog);
    assert_eq!(first.design, second.design);
}

/// `UPDATE=1 cargo test --test whole_designs` writes it anew.
#[test]
fn the_schema_for_editors_is_up_to_date() {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("designs/pibuild.schema.json");
    let fresh = format!("{:#}\n", schema());
    if std::env::var_os("UPDATE").is_some() {
        std::fs::write(&path, &fresh).unwrap();
    }
    let written = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(written == fresh, "{} is out of date: run with UPDATE=1", path.display());
}

/// Editors show a description and a default for each key.
#[test]
fn the_schema_says_everything() {
    fn visit(path: &str, value: &serde_json::Value) {
        match value {
            serde_json::Value::Object(object) => {
                if let Some(serde_json::Value::Object(properties)) = object.get("properties") {
                    for (name, property) in properties {
                        let described = property.get("description").is_some();
                        // The value of a fact is described by the key that holds the fact.
                        assert!(described || name == "value", "{path}.{name}");
                    }
                }
                assert!(!object.get("type").is_some_and(|name| name == "null"), "{path}");
                for (name, inner) in object.iter().filter(|(name, _)| *name != "default") {
                    visit(&format!("{path}.{name}"), inner);
                }
            }
            serde_json::Value::Array(items) => items.iter().for_each(|item| visit(path, item)),
            _ => {}
        }
    }
    let schema = schema();
    visit("", &schema);
    let milling = &schema["definitions"]["Rail"]["properties"]["milling"];
    assert_eq!(milling["default"], "16.35 mm");
    assert_eq!(
        milling["description"],
        "Length taken off one end. A length, such as `16.35 mm`; a bare number is in mm."
    );
    assert_eq!(schema["properties"]["board"]["x-pibuild-catalog"], "boards");
}

#[test]
fn files_that_are_no_designs() {
    let builtin = Catalog::builtin().unwrap();
    let found = |bytes: &[u8]| read("x.yaml", bytes, &NoFiles, &builtin).unwrap_err().diagnostics;
    for (bytes, code, hint) in [
        (vec![b'#'; 2 << 20], "SPEC-too-large", "2097152 bytes"),
        (Vec::new(), "SPEC-empty", "the file is empty"),
        (b"# nothing yet\n\n".to_vec(), "SPEC-empty", "the file is empty"),
        (b"---\n".to_vec(), "SPEC-empty", "the file is empty"),
        (b"\xef\xbb\xbf".to_vec(), "SPEC-empty", "the file is empty"),
        (b"pibuild: 1\nname: b\xf6x\n".to_vec(), "SPEC-not-utf8", "0xf6 at offset 18"),
        (b"\xff\xfep\0i\0".to_vec(), "SPEC-not-utf8", "offset 0"),
    ] {
        let found = found(&bytes);
        assert_eq!(found.len(), 1, "{found:#?}");
        assert_eq!(found[0].code, code);
        assert!(found[0].message.contains(hint), "{found:#?}");
    }
    assert_eq!(
        found(b"pibuild: 1\nname: b\xf6x\n")[0].place.map(|p| (p.line, p.column)),
        Some((2, 8))
    );
}

fn is_quick(bytes: &[u8]) {
    let builtin = Catalog::builtin().unwrap();
    let start = Instant::now();
    if let Err(rejected) = read("hostile.yaml", bytes, &NoFiles, &builtin) {
        assert!(!rejected.diagnostics.is_empty());
        for found in &rejected.diagnostics {
            assert_ne!(found.code, "SPEC-unreadable", "{found:?}");
            assert!(!found.render(&rejected.source, false).contains('\u{1b}'));
        }
    }
    let limit = Duration::from_secs(20);
    assert!(start.elapsed() < limit, "{:?}", start.elapsed());
}

/// Shapes that readers of YAML are slow at, each about as large as a file may be.
#[test]
fn hostile_files_are_quick() {
    let size = 1 << 20;
    let fill = |piece: &str| piece.repeat(size / piece.len());
    let head = "pibuild: 1\nname: a\nboard: raspberry-pi-5\npis: 1\n";
    let numbered = |start: &str, piece: &dyn Fn(usize) -> String| {
        let mut text = format!("{head}{start}");
        for index in 0.. {
            let piece = piece(index);
            if text.len() + piece.len() > size {
                return text;
            }
            text.push_str(&piece);
        }
        text
    };
    let files = [
        fill("{a: "),
        fill("["),
        fill("- "),
        fill("? "),
        fill("a: b\n"),
        fill("\t"),
        fill("é"),
        fill("&a "),
        format!("{head}title: {}", fill("x").split_at(size - 100).0),
        numbered("", &|index| format!("k{index}: {index}\n")),
        numbered("prices:\n", &|index| format!("  k{index}: 3 EUR\n")),
        numbered("devices:\n", &|index| format!("  d{index}: {{type: nope}}\n")),
        numbered("racks:\n  groups:\n", &|index| format!("    g{index}: [g{}, nope]\n", index + 1)),
        numbered("racks:\n  contents:\n", &|index| format!("    {}: [bnk]\n", index + 1)),
        numbered("x: &x [1,2,3]\ny: [", &|_| "*x,".to_owned()) + "]",
        numbered("catalog: [", &|_| "../x,".to_owned()) + "]",
    ];
    for bytes in files {
        is_quick(&bytes.as_bytes()[..bytes.len().min(size)]);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_bytes_get_an_answer(bytes in proptest::collection::vec(any::<u8>(), 0..300)) {
        is_quick(&bytes);
    }

    #[test]
    fn any_yaml_like_text_gets_an_answer(text in "[-\\[\\]{}a:,#&*!|>'\" \n\t?0-9.%@`~]{0,80}") {
        is_quick(text.as_bytes());
        is_quick(format!("pibuild: 1\nname: a\nboard: raspberry-pi-5\npis: 1\nrail: {text}").as_bytes());
    }

    #[test]
    fn a_mutated_design_gets_an_answer(
        changes in proptest::collection::vec((any::<prop::sample::Index>(), any::<prop::sample::Index>(), 0..4_u8), 1..8),
    ) {
        let mut bytes = design("tardis.yaml");
        for (at, from, kind) in changes {
            let (at, from) = (at.index(bytes.len()), from.index(bytes.len()));
            match kind {
                0 => { bytes.remove(at); }
                1 => { let byte = bytes[from]; bytes.insert(at, byte); }
                2 => bytes.swap(at, from),
                _ => { let end = (from + 12).min(bytes.len()); let piece = bytes[from..end].to_vec(); bytes.splice(at..at, piece); }
            }
        }
        is_quick(&bytes);
    }

    #[test]
    fn lengths_read_back(nanometres in -1_000_000_000_000_i64..1_000_000_000_000) {
        let length = Mm::from_nm(nanometres);
        let text = serde_yaml::to_string(&length).unwrap();
        prop_assert_eq!(serde_yaml::from_str::<Mm>(&text).unwrap(), length);
    }
}
