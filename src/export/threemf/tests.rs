//! What a package holds, down to the byte where it matters.

use std::io::{Cursor, Read};

use nalgebra::{Point3, Translation3, UnitQuaternion, Vector3};

use super::*;
use zip::DateTime;

const GREY: Colour = Colour { red: 0xb4, green: 0xb4, blue: 0x0a };

fn tetrahedron() -> Mesh {
    let corner = |x: f32, y: f32, z: f32| Point3::new(x.into(), y.into(), z.into());
    Mesh {
        points: vec![
            corner(0.0, 0.0, 0.0),
            corner(20.55, 0.0, 0.0),
            corner(0.0, -1.0 / 3.0, 0.0),
            corner(0.0, 0.0, 1e-6),
        ],
        triangles: vec![[0, 1, 2], [0, 3, 1], [0, 2, 3], [1, 3, 2]],
    }
}

fn object<'a>(mesh: &'a Mesh, places: &'a [Isometry3<f64>]) -> Object<'a> {
    Object {
        name: "Caddy for <2> × \"Pi\"\u{1}",
        part_number: "caddy & co",
        material: "PETG filament",
        colour: GREY,
        mesh,
        places,
    }
}

fn places() -> [Isometry3<f64>; 2] {
    let quarter = UnitQuaternion::from_axis_angle(&Vector3::z_axis(), std::f64::consts::FRAC_PI_2);
    [Isometry3::identity(), Isometry3::from_parts(Translation3::new(10.0, 20.25, 0.0), quarter)]
}

/// Names and texts of all files in a package.
fn unpacked(bytes: Vec<u8>) -> Vec<(String, String)> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    (0..archive.len())
        .map(|index| {
            let mut file = archive.by_index(index).unwrap();
            assert_eq!(file.last_modified(), Some(DateTime::DEFAULT));
            let mut text = String::new();
            file.read_to_string(&mut text).unwrap();
            (file.name().unwrap().into_owned(), text)
        })
        .collect()
}

/// To accept a changed model: slice it, then run the test with `BLESS=1`.
#[test]
fn the_model_is_the_golden_one() {
    let (mesh, places) = (tetrahedron(), places());
    let files = unpacked(package("A & B", &[object(&mesh, &places)]).unwrap());
    let names: Vec<&str> = files.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(names, ["[Content_Types].xml", "_rels/.rels", "3D/3dmodel.model"]);
    assert_eq!((&*files[0].1, &*files[1].1), (CONTENT_TYPES, RELATIONSHIPS));
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/golden/tetrahedron.model");
    if std::env::var_os("BLESS").is_some() {
        std::fs::write(path, &files[2].1).unwrap();
    }
    assert!(files[2].1 == std::fs::read_to_string(path).unwrap(), "{path} differs");
}

#[test]
fn the_same_objects_give_the_same_bytes() {
    let (mesh, places) = (tetrahedron(), places());
    let write = || package("twice", &[object(&mesh, &places)]).unwrap();
    assert_eq!(write(), write());
}

#[test]
fn materials_are_shared_and_told_apart() {
    let (mesh, places) = (tetrahedron(), places());
    let petg = object(&mesh, &places);
    let pla = Object { material: "PLA filament", ..petg };
    let files = unpacked(package("", &[petg, pla, petg]).unwrap());
    let model = &files[2].1;
    assert_eq!(model.matches("<base name=").count(), 2);
    let bases: Vec<&str> =
        model.split("pindex=\"").skip(1).map(|rest| rest.split('"').next().unwrap()).collect();
    assert_eq!(bases, ["0", "1", "0"]);
}

#[test]
fn vertices_read_back() {
    let mesh = tetrahedron();
    let files = unpacked(package("", &[object(&mesh, &[])]).unwrap());
    let read: Vec<f32> = ["x", "y", "z"]
        .iter()
        .flat_map(|axis| {
            let key = format!(" {axis}=\"");
            let values: Vec<&str> = files[2].1.split(&*key).skip(1).collect();
            values.into_iter().map(|rest| rest.split('"').next().unwrap().parse().unwrap())
        })
        .collect();
    let wanted = (0..3).flat_map(|axis| mesh.points.iter().map(move |point| point[axis] as f32));
    assert_eq!(read, wanted.collect::<Vec<f32>>());
}
