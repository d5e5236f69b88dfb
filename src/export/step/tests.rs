//! What a STEP file says, down to the byte where it matters.

use nalgebra::{Translation3, UnitQuaternion, Vector3};

use super::*;
use crate::geometry::{Axis, Direction, Head, Hole, Position, Sketch, Stack};
use crate::units::Mm;

fn mm(value: i64) -> Mm {
    Mm::from_mm(value as f64)
}

fn block() -> Solid {
    let outline = Sketch::rect(Mm::ZERO, Mm::ZERO, mm(3), mm(2));
    Stack::new().add(outline, Mm::ZERO..mm(1)).build().unwrap()
}

fn at(x: f64, y: f64, z: f64) -> Isometry3<f64> {
    Isometry3::from_parts(Translation3::new(x, y, z), UnitQuaternion::identity())
}

fn count(text: &str, entity: &str) -> usize {
    text.matches(&format!("={entity}(")).count()
}

/// To accept a changed file: run the test with `BLESS=1`, then `tests/interop/solids.py`, which lets
/// a CAD kernel judge these files.
fn expect_golden(name: &str, text: &str) {
    let path = format!("{}/tests/golden/{name}.step", env!("CARGO_MANIFEST_DIR"));
    if std::env::var_os("BLESS").is_some() {
        std::fs::write(&path, text).unwrap();
    }
    assert!(text == std::fs::read_to_string(&path).unwrap(), "{path} differs");
}

#[test]
fn a_block_is_the_golden_one() {
    expect_golden("block", &part("block", "3 × 2 × 1", &block()).unwrap());
}

#[test]
fn the_header_names_no_time_and_survives_any_name() {
    let text = part("it's", "back\\slash\n", &block()).unwrap();
    let header: Vec<&str> = text.lines().take_while(|line| *line != "DATA;").collect();
    assert_eq!(
        header,
        [
            "ISO-10303-21;",
            "HEADER;",
            r"FILE_DESCRIPTION(('back\\slash\X2\000A\X0\'),'2;1');",
            "FILE_NAME('it''s.step','',(''),(''),'pibuild','pibuild','');",
            "FILE_SCHEMA(('AUTOMOTIVE_DESIGN { 1 0 10303 214 1 1 1 1 }'));",
            "ENDSEC;",
        ]
    );
}

#[test]
fn round_and_conical_faces_stay_exact() {
    let plate = Sketch::rect(mm(-10), mm(-10), mm(10), mm(10));
    let hole = Hole {
        at: Position::new(Mm::ZERO, Mm::ZERO, mm(4)),
        direction: Direction::ZMinus,
        diameter: mm(3),
        depth: mm(4),
        head: Head::Countersunk { diameter: mm(6), angle_degrees: 90.0 },
    };
    let solid = Stack::new().add(plate, Mm::ZERO..mm(4)).build().unwrap().drill(&hole).unwrap();
    let text = part("plate", "", &solid).unwrap();
    for (entity, wanted) in [
        ("MANIFOLD_SOLID_BREP", 1),
        ("ADVANCED_FACE", solid.faces()),
        ("PLANE", 6),
        ("CYLINDRICAL_SURFACE", 2),
        ("CONICAL_SURFACE", 2),
        // The three rims of the hole.
        ("CIRCLE", 6),
    ] {
        assert_eq!(count(&text, entity), wanted, "{entity}");
    }
    assert!(!text.contains("B_SPLINE") && !text.contains("NaN"));
}

/// CAD kernels forgive a wrong sense, so that only this test would tell.
#[test]
fn walls_look_out_of_the_material() {
    let ring = Sketch::circle(Mm::ZERO, Mm::ZERO, mm(5)).with_hole(Sketch::circle(
        Mm::ZERO,
        Mm::ZERO,
        mm(3),
    ));
    let text = part("ring", "", &Stack::new().add(ring, Mm::ZERO..mm(1)).build().unwrap()).unwrap();
    for (radius, sense) in [("5.", ".T."), ("3.", ".F.")] {
        let ending = format!(",{radius});");
        let walls: Vec<&str> = text
            .lines()
            .filter(|line| line.contains("CYLINDRICAL_SURFACE") && line.ends_with(&ending))
            .map(|line| line.split_once('=').unwrap().0)
            .collect();
        assert_eq!(walls.len(), 2);
        for wall in walls {
            assert!(text.contains(&format!("),{wall},{sense});")), "{wall}");
        }
    }
}

#[test]
fn a_void_is_one() {
    let outline = |inset: i64| Sketch::rect(mm(inset), mm(inset), mm(10 - inset), mm(10 - inset));
    let stack = Stack::new().add(outline(0), Mm::ZERO..mm(10)).cut(outline(2), mm(2)..mm(8));
    let text = part("hollow", "A void", &stack.build().unwrap()).unwrap();
    expect_golden("hollow", &text);
    assert_eq!(count(&text, "BREP_WITH_VOIDS"), 1);
    assert_eq!(count(&text, "ORIENTED_CLOSED_SHELL"), 1);
    assert_eq!(count(&text, "CLOSED_SHELL"), 2);
}

#[test]
fn a_product_is_one_body() {
    let square = |x: i64| Sketch::rect(mm(x), Mm::ZERO, mm(x + 1), mm(1));
    let two = Stack::new().add(square(0), Mm::ZERO..mm(1)).add(square(5), Mm::ZERO..mm(1));
    let error = part("pair", "", &two.build().unwrap()).unwrap_err();
    assert_eq!(error, StepError::Bodies { name: "pair".to_owned(), bodies: 2 });
}

#[test]
fn an_assembly_holds_each_solid_once() {
    let (block, mirrored) = (block(), block().mirrored(Axis::X));
    let quarter = UnitQuaternion::from_axis_angle(&Vector3::z_axis(), std::f64::consts::FRAC_PI_2);
    let left: Vec<_> =
        (0..3).map(|row| (format!("left {row}"), at(0.0, f64::from(row) * 20.55, 0.0))).collect();
    let right = [(
        "rechts für §".to_owned(),
        Isometry3::from_parts(Translation3::new(7.0, 8.0, 9.0), quarter),
    )];
    let write = || {
        let parts: [Component<'_>; 3] =
            [("block", &block, &left), ("mirrored", &mirrored, &right), ("spare", &block, &[])];
        assembly("bank", "All", &parts).unwrap()
    };
    let text = write();
    expect_golden("bank", &text);
    assert_eq!(text, write());
    for (entity, wanted) in [
        ("PRODUCT", 3),
        ("MANIFOLD_SOLID_BREP", 2),
        ("NEXT_ASSEMBLY_USAGE_OCCURRENCE", 4),
        ("CONTEXT_DEPENDENT_SHAPE_REPRESENTATION", 4),
        ("ITEM_DEFINED_TRANSFORMATION", 4),
    ] {
        assert_eq!(count(&text, entity), wanted, "{entity}");
    }
    assert!(text.contains("CARTESIAN_POINT('',(0.,41.1,0.))"));
    assert!(text.contains(r"'4','rechts f\X2\00FC\X0\r \X2\00A7\X0\'"));
}

#[test]
fn every_reference_names_an_entity() {
    let block = block();
    let places = [("one".to_owned(), at(1.0, 2.0, 3.0))];
    let text = assembly("bank", "", &[("block", &block, &places)]).unwrap();
    let defined: Vec<&str> =
        text.lines().filter_map(|line| Some(line.split_once('=')?.0)).collect();
    let numbers: Vec<String> = (1..=defined.len()).map(|number| format!("#{number}")).collect();
    assert_eq!(defined, numbers);
    for line in text.lines().filter(|line| line.starts_with('#')) {
        let (own, entity) = line.split_once('=').unwrap();
        let own: usize = own[1..].parse().unwrap();
        for reference in entity.split('#').skip(1) {
            let digits = reference.split(|letter: char| !letter.is_ascii_digit()).next().unwrap();
            let reference: usize = digits.parse().unwrap();
            assert!(0 < reference && reference < own, "{line}");
        }
    }
}

#[test]
fn a_placement_is_finite() {
    let places = [("lost".to_owned(), at(f64::NAN, 0.0, 0.0))];
    let error = assembly("bank", "", &[("block", &block(), &places)]).unwrap_err();
    assert_eq!(error, StepError::NotFinite { name: "block".to_owned() });
}
