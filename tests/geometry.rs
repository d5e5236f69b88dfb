//! The geometry kernel from outside: volumes worked out by hand, refusals, proofs, and random
//! stacks against independent oracles.

use std::f64::consts::PI;
use std::ops::Range;

use pibuild::geometry::{
    Axis, Bounds, Certificate, Contact, Direction, Direction2, GeometryError, Head, Hole, Mesh,
    Position, Sketch, Solid, Stack, Turn, certify,
};
use pibuild::units::Mm;

#[path = "geometry/random.rs"]
mod random;

/// Millimetres, for readable tests.
fn mm(value: f64) -> Mm {
    Mm::from_mm(value)
}

fn at(x: f64, y: f64, z: f64) -> Position {
    Position::new(mm(x), mm(y), mm(z))
}

fn rect(x0: f64, y0: f64, x1: f64, y1: f64) -> Sketch {
    Sketch::rect(mm(x0), mm(y0), mm(x1), mm(y1))
}

fn circle(x: f64, y: f64, radius: f64) -> Sketch {
    Sketch::circle(mm(x), mm(y), mm(radius))
}

fn heights(from: f64, to: f64) -> Range<Mm> {
    mm(from)..mm(to)
}

fn block(x: f64, y: f64, z: f64) -> Solid {
    Stack::new().add(rect(0.0, 0.0, x, y), heights(0.0, z)).build().unwrap()
}

fn plain(at: Position, direction: Direction, diameter: f64, depth: f64) -> Hole {
    Hole { at, direction, diameter: mm(diameter), depth: mm(depth), head: Head::Plain }
}

/// Meshes at 0.01 mm and certifies one body of the solid's own bounds.
fn proven(solid: &Solid) -> Certificate {
    let mesh = solid.mesh(mm(0.01)).unwrap();
    certify(solid, &mesh, 1, &solid.bounds()).unwrap()
}

fn assert_volume(solid: &Solid, expected: f64) {
    let volume = solid.volume().0;
    assert!((volume - expected).abs() < 1e-6, "{volume} instead of {expected}");
}

/// An end bracket: an L with an inner fillet, gussets at both ends, a recess, slots for rack
/// screws, a countersunk bolt and plain holes. Returns its volume by hand.
fn bracket() -> (Solid, f64) {
    let (thick, height, side, ear) = (5.0, 88.1, 111.0, 25.0);
    let profile = Sketch::pen(mm(0.0), mm(0.0))
        .line_to(mm(ear), mm(0.0))
        .line_to(mm(ear), mm(thick))
        .line_to(mm(thick + 4.0), mm(thick))
        .arc_to(mm(thick + 4.0), mm(thick + 4.0), mm(thick), mm(thick + 4.0), Turn::Right)
        .line_to(mm(thick), mm(side))
        .line_to(mm(0.0), mm(side))
        .close()
        .unwrap();
    let corner = (4.0 - PI) * 4.0; // what the fillet adds
    let mut volume = (thick * side + thick * (ear - thick) + corner) * height;
    let gusset = || {
        let corners = [(0.0, 0.0), (20.0, 0.0), (20.0, thick), (thick, 40.0), (0.0, 40.0)];
        Sketch::polygon(&corners.map(|(x, y)| (mm(x), mm(y))))
    };
    let stack = Stack::new()
        .add(profile, heights(0.0, height))
        .add(gusset(), heights(0.0, 4.0))
        .add(gusset(), heights(height - 4.0, height))
        .cut(rect(0.0, 100.0, 1.0, side), heights(30.0, 60.0));
    volume += 2.0 * 4.0 * (15.0 * 35.0 / 2.0 - corner) - 11.0 * 30.0;
    let mut solid = stack.build().unwrap();
    // Slots 10.3 wide along X and 6.8 high through the ear.
    let slot = Sketch::slot(mm(0.0), mm(0.0), mm(10.3), mm(6.8));
    for z in [14.0, 22.225, 38.1, 50.8, 66.675, 74.0] {
        solid = solid.punch(&slot, at(15.0, 0.0, z), Direction::YPlus, mm(thick)).unwrap();
        volume -= (PI * 3.4 * 3.4 + 3.5 * 6.8) * thick;
    }
    let head = Head::Countersunk { diameter: mm(12.6), angle_degrees: 90.0 };
    let bolt = Hole { head, ..plain(at(0.0, 55.0, 44.0), Direction::XPlus, 6.6, thick) };
    solid = solid.drill(&bolt).unwrap();
    volume -= PI * (3.0 * (6.3 * 6.3 + 6.3 * 3.3 + 3.3 * 3.3) / 3.0 + 2.0 * 3.3 * 3.3);
    for (y, z) in [(75.0, 20.0), (75.0, 68.0), (90.0, 20.0), (90.0, 68.0)] {
        solid = solid.drill(&plain(at(0.0, y, z), Direction::XPlus, 4.5, thick)).unwrap();
        volume -= PI * 2.25 * 2.25 * thick;
    }
    // Along the stack's own axis, through the lower gusset only.
    solid = solid.drill(&plain(at(9.5, 9.5, 4.0), Direction::ZMinus, 3.2, 4.0)).unwrap();
    volume -= PI * 1.6 * 1.6 * 4.0;
    (solid, volume)
}

#[test]
fn bracket_has_the_volume_worked_out_by_hand_and_a_modest_mesh() {
    let start = std::time::Instant::now();
    let (solid, volume) = bracket();
    let built = start.elapsed();
    assert_volume(&solid, volume);
    let mesh = solid.mesh(mm(0.01)).unwrap();
    let meshed = start.elapsed();
    let certificate = certify(&solid, &mesh, 1, &solid.bounds()).unwrap();
    println!(
        "bracket: {} faces, {} triangles, built {built:?}, meshed {:?}, certified {:?}, {certificate:?}",
        solid.faces(),
        mesh.triangles.len(),
        meshed - built,
        start.elapsed() - meshed
    );
    assert!(certificate.triangles < 6000);
    let size = solid.bounds().size();
    assert_eq!([size.x, size.y, size.z], [25.0, 111.0, 88.1]);
}
