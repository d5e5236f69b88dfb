//! The geometry kernel from outside: volumes worked out by hand, refusals, proofs, and random
//! stacks against independent oracles.

#![allow(clippy::unwrap_used, reason = "a test that cannot build its part has failed")]
#![allow(clippy::float_cmp, reason = "what is compared is promised to be exact")]

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
    let clock = std::time::Instant::now;
    let start = clock();
    let (solid, volume) = bracket();
    let building = start.elapsed();
    assert_volume(&solid, volume);
    let start = clock();
    let mesh = solid.mesh(mm(0.01)).unwrap();
    let meshing = start.elapsed();
    let start = clock();
    let certificate = certify(&solid, &mesh, 1, &solid.bounds()).unwrap();
    let proving = start.elapsed();
    println!(
        "built in {building:?}, meshed in {meshing:?}, proven in {proving:?}: {certificate:?}"
    );
    assert!(certificate.triangles < 6000);
    let size = solid.bounds().size();
    assert_eq!([size.x, size.y, size.z], [25.0, 111.0, 88.1]);
}

#[test]
fn box_with_a_hole_along_each_axis() {
    let hole = plain(at(0.0, 5.0, 4.0), Direction::XPlus, 3.0, 20.0);
    let solid = block(20.0, 10.0, 8.0).drill(&hole).unwrap();
    assert_volume(&solid, 1600.0 - PI * 2.25 * 20.0);
    let from_below = plain(at(4.0, 2.0, 0.0), Direction::ZPlus, 1.0, 8.0);
    let from_behind = plain(at(16.0, 10.0, 4.0), Direction::YMinus, 1.0, 10.0);
    // Beside the first hole (radius 1.5 around y = 5) and through its side, which is refused.
    let solid = solid.drill(&from_below).unwrap();
    assert_volume(&solid, 1600.0 - PI * 2.25 * 20.0 - PI * 0.25 * 8.0);
    let refused = solid.drill(&from_behind);
    assert!(
        matches!(refused, Err(GeometryError::HoleCrossesFace { .. })),
        "{:?}",
        refused.map(|solid| solid.faces())
    );
}

#[test]
fn heads_of_holes() {
    let hole = |head| Hole { head, ..plain(at(10.0, 5.0, 8.0), Direction::ZMinus, 3.0, 8.0) };
    let sunk = Head::Countersunk { diameter: mm(6.0), angle_degrees: 90.0 };
    let solid = block(20.0, 10.0, 8.0).drill(&hole(sunk)).unwrap();
    let cone = PI * 1.5 * (9.0 + 4.5 + 2.25) / 3.0;
    assert_volume(&solid, 1600.0 - cone - PI * 2.25 * 6.5);
    assert_eq!(proven(&solid).faces, 6 + 4);

    let bored = Head::Counterbored { diameter: mm(6.0), depth: mm(3.2) };
    let solid = block(20.0, 10.0, 8.0).drill(&hole(bored)).unwrap();
    assert_volume(&solid, 1600.0 - PI * 9.0 * 3.2 - PI * 2.25 * 4.8);
    assert_eq!(proven(&solid).faces, 6 + 5);

    for head in [
        Head::Countersunk { diameter: mm(3.0), angle_degrees: 90.0 },
        Head::Countersunk { diameter: mm(8.0), angle_degrees: 20.0 },
        Head::Counterbored { diameter: mm(6.0), depth: mm(8.0) },
    ] {
        let refused = block(20.0, 10.0, 8.0).drill(&hole(head));
        assert!(matches!(refused, Err(GeometryError::BadHole(_))), "{head:?}");
    }
}

#[test]
fn punched_outlines_lie_in_the_worlds_axes_from_either_side() {
    // A right triangle tells left from right and up from down.
    let wedge = Sketch::polygon(&[(mm(0.0), mm(0.0)), (mm(4.0), mm(0.0)), (mm(0.0), mm(2.0))]);
    let cube = || block(10.0, 10.0, 10.0);
    let cases = [
        (at(0.0, 3.0, 3.0), Direction::XPlus),
        (at(10.0, 3.0, 3.0), Direction::XMinus),
        (at(3.0, 0.0, 3.0), Direction::YPlus),
        (at(3.0, 10.0, 3.0), Direction::YMinus),
        (at(3.0, 3.0, 0.0), Direction::ZPlus),
        (at(3.0, 3.0, 10.0), Direction::ZMinus),
    ];
    for (entry, direction) in cases {
        let solid = cube().punch(&wedge, entry, direction, mm(10.0)).unwrap();
        assert_volume(&solid, 1000.0 - 40.0);
        proven(&solid);
        // The wedge reaches 4 along its x (Y, X, X) and 2 along its y (Z, Z, Y).
        let (along, across) = match direction {
            Direction::XPlus | Direction::XMinus => (1, 2),
            Direction::YPlus | Direction::YMinus => (0, 2),
            Direction::ZPlus | Direction::ZMinus => (0, 1),
        };
        let inner = solid.shells()[0].vertices.iter().filter(|point| {
            [along, across].iter().all(|&axis| point[axis] > 0.5 && point[axis] < 9.5)
        });
        let mut corners: Vec<(f64, f64)> =
            inner.map(|point| (point[along], point[across])).collect();
        corners.sort_by(|first, second| first.partial_cmp(second).unwrap());
        corners.dedup();
        assert_eq!(corners, [(3.0, 3.0), (3.0, 5.0), (7.0, 3.0)], "{direction}");
    }
}

#[test]
fn punched_slot_and_teardrop() {
    let slot = Sketch::slot(mm(0.0), mm(0.0), mm(6.0), mm(2.0));
    let solid =
        block(20.0, 5.0, 10.0).punch(&slot, at(10.0, 0.0, 5.0), Direction::YPlus, mm(5.0)).unwrap();
    assert_volume(&solid, 1000.0 - 5.0 * (8.0 + PI));
    let drop = Sketch::teardrop(mm(0.0), mm(0.0), mm(2.0), Direction2::YPlus);
    // Three quarters of the circle, and the square between the tangent points.
    let area = 0.75 * PI * 4.0 + 4.0;
    assert!((drop.area().0 - area).abs() < 1e-12);
    let solid = block(20.0, 5.0, 10.0)
        .punch(&drop, at(10.0, 5.0, 5.0), Direction::YMinus, mm(5.0))
        .unwrap();
    assert_volume(&solid, 1000.0 - 5.0 * area);
    let top = solid.shells()[0].vertices.iter().map(|point| point.z).filter(|z| *z < 9.0);
    assert!((top.fold(0.0, f64::max) - (5.0 + 8.0f64.sqrt())).abs() < 1e-12);
    proven(&solid);
}

#[test]
fn sketches_that_are_no_region_are_refused_by_name() {
    let flawed = [
        circle(1.0, 2.0, 0.0),
        rect(0.0, 0.0, 0.0, 5.0),
        Sketch::polygon(&[(mm(0.0), mm(0.0)), (mm(1.0), mm(1.0))]),
        Sketch::teardrop(mm(0.0), mm(0.0), mm(-1.0), Direction2::XPlus),
        rect(0.0, 0.0, 5.0, 5.0).with_hole(circle(1.0, 1.0, 0.0)),
    ];
    for sketch in flawed {
        let refused = Stack::new().add(sketch, heights(0.0, 1.0)).build();
        assert!(matches!(refused, Err(GeometryError::BadSketch(_))));
    }
    let off_circle = Sketch::pen(mm(1.0), mm(0.0))
        .arc_to(mm(0.0), mm(0.0), mm(0.0), mm(1.1), Turn::Left)
        .close();
    assert!(matches!(off_circle, Err(GeometryError::BadSketch(_))));
    let flat = Stack::new().add(circle(0.0, 0.0, 1.0), heights(2.0, 2.0)).build();
    assert!(matches!(flat, Err(GeometryError::EmptyInterval { .. })));
    assert_eq!(Stack::new().build().unwrap_err(), GeometryError::Empty);
}

#[test]
fn pen_draws_arcs_beyond_a_half_turn_either_way() {
    // Three quarters of a disc.
    let pacman = |turn, (x0, y0): (f64, f64), (x1, y1): (f64, f64)| {
        Sketch::pen(mm(0.0), mm(0.0))
            .line_to(mm(x0), mm(y0))
            .arc_to(mm(0.0), mm(0.0), mm(x1), mm(y1), turn)
            .close()
            .unwrap()
    };
    for sketch in
        [pacman(Turn::Left, (2.0, 0.0), (0.0, -2.0)), pacman(Turn::Right, (2.0, 0.0), (0.0, 2.0))]
    {
        assert!((sketch.area().0 - 3.0 * PI).abs() < 1e-12);
        assert!(sketch.contains(-1.0, 0.0));
        let solid = Stack::new().add(sketch, heights(0.0, 1.0)).build().unwrap();
        assert_volume(&solid, 3.0 * PI);
    }
}

#[test]
fn contacts_are_refused_with_their_place() {
    let refusal = |stack: Stack| match stack.build() {
        Err(GeometryError::Touches { contact, at }) => (contact, at),
        other => panic!("{:?}", other.map(|solid| solid.volume())),
    };
    let plate = || Stack::new().add(rect(0.0, 0.0, 10.0, 10.0), heights(0.0, 2.0));
    // A hole tangent to an edge.
    let (contact, place) = refusal(plate().cut(circle(2.0, 5.0, 2.0), heights(0.0, 2.0)));
    assert_eq!((contact, place), (Contact::VerticalEdge, [0.0, 5.0, 1.0]));
    // Two boxes, corner to corner.
    let (contact, _) = refusal(plate().add(rect(10.0, 10.0, 12.0, 12.0), heights(0.0, 2.0)));
    assert_eq!(contact, Contact::VerticalEdge);
    // Two boxes, edge to edge.
    let (contact, place) = refusal(plate().add(rect(10.0, 0.0, 12.0, 10.0), heights(2.0, 4.0)));
    assert_eq!((contact, place), (Contact::HorizontalEdge, [10.0, 5.0, 2.0]));
    // Two boxes, vertex to vertex.
    let (contact, place) = refusal(plate().add(rect(10.0, 10.0, 12.0, 12.0), heights(2.0, 4.0)));
    assert_eq!((contact, place), (Contact::Vertex, [10.0, 10.0, 2.0]));
    // A boss with one corner on the plate's edge.
    let diamond = [(0.0, 5.0), (2.0, 3.0), (4.0, 5.0), (2.0, 7.0)].map(|(x, y)| (mm(x), mm(y)));
    let (contact, place) = refusal(plate().add(Sketch::polygon(&diamond), heights(2.0, 4.0)));
    assert_eq!((contact, place), (Contact::PinchedFace, [0.0, 5.0, 2.0]));
}

#[test]
fn near_misses_are_refused_and_visible_gaps_are_not() {
    let plate = |gap: Mm| {
        Stack::new()
            .add(rect(0.0, 0.0, 10.0, 10.0), heights(0.0, 2.0))
            .cut(Sketch::circle(mm(2.0) + gap, mm(5.0), mm(2.0)), heights(0.0, 2.0))
    };
    let boss = |gap: Mm| {
        Stack::new()
            .add(rect(0.0, 0.0, 10.0, 10.0), heights(0.0, 2.0))
            .add(Sketch::rect(mm(1.0), gap, mm(9.0), mm(9.0)), heights(0.0, 4.0))
    };
    let step = |gap: Mm| {
        Stack::new()
            .add(rect(0.0, 0.0, 10.0, 10.0), heights(0.0, 2.0))
            .add(rect(0.0, 0.0, 5.0, 5.0), mm(2.0) + gap..mm(4.0))
            .add(rect(0.0, 0.0, 5.0, 5.0), heights(0.0, 3.0))
    };
    for nanometres in [5, 10, 40] {
        for side in [1, -1] {
            let gap = Mm::from_nm(nanometres * side);
            for stack in [plate(gap), boss(gap)] {
                let refused = stack.build();
                assert!(matches!(refused, Err(GeometryError::NearMiss { .. })), "{gap}");
            }
            let refused = step(gap).build();
            assert!(matches!(refused, Err(GeometryError::NearMissHeights { .. })), "{gap}");
        }
    }
    for micrometres in [1, 100] {
        let gap = Mm::um(micrometres);
        assert_volume(&step(gap).build().unwrap(), 200.0 + 50.0);
        assert_volume(&boss(gap).build().unwrap(), 200.0 + 2.0 * 8.0 * (9.0 - gap.mm()));
        assert_volume(&plate(gap).build().unwrap(), 200.0 - 8.0 * PI);
        proven(&step(gap).build().unwrap());
        proven(&boss(gap).build().unwrap());
    }
    proven(&plate(Mm::um(100)).build().unwrap());
    // One nanometre is rounding, and as good as nothing.
    let volume = boss(Mm::from_nm(1)).build().unwrap().volume().0;
    assert!((volume - (200.0 + 2.0 * 8.0 * 9.0)).abs() < 1e-4);
}

#[test]
fn holes_that_meet_anything_but_their_two_faces_are_refused() {
    let refusal = |solid: Solid, hole: Hole| solid.drill(&hole).map(|_| ()).unwrap_err();
    let no_face = |error: &GeometryError| matches!(error, GeometryError::NoFaceForHole { .. });
    let crosses = |error: &GeometryError| matches!(error, GeometryError::HoleCrossesFace { .. });
    let down = |x: f64, y: f64, depth: f64| plain(at(x, y, 10.0), Direction::ZMinus, 3.0, depth);
    let cube = || block(10.0, 10.0, 10.0);
    // Over the edge, tangent to it, beside the solid, too short, from the wrong side, not on a face.
    for hole in [
        down(0.0, 5.0, 10.0),
        down(1.5, 5.0, 10.0),
        down(20.0, 5.0, 10.0),
        down(5.0, 5.0, 9.0),
        plain(at(5.0, 5.0, 10.0), Direction::ZPlus, 3.0, 10.0),
        plain(at(5.0, 5.0, 11.0), Direction::ZMinus, 3.0, 10.0),
    ] {
        let error = refusal(cube(), hole);
        assert!(no_face(&error), "{hole:?}: {error}");
    }
    // Through a gap between two plates; through a void; grazing a cross hole; into a wide head.
    let fork = Stack::new()
        .add(rect(0.0, 0.0, 10.0, 10.0), heights(0.0, 10.0))
        .cut(rect(1.0, 0.0, 10.0, 10.0), heights(4.0, 6.0))
        .build()
        .unwrap();
    assert!(crosses(&refusal(fork.clone(), down(5.0, 5.0, 10.0))));
    assert_volume(&fork.drill(&down(5.0, 5.0, 4.0)).unwrap(), 820.0 - PI * 2.25 * 4.0);
    let hollow = Stack::new()
        .add(rect(0.0, 0.0, 10.0, 10.0), heights(0.0, 10.0))
        .cut(rect(2.0, 2.0, 8.0, 8.0), heights(2.0, 8.0))
        .build()
        .unwrap();
    assert!(crosses(&refusal(hollow, down(5.0, 5.0, 10.0))));
    let crossed = cube().drill(&plain(at(0.0, 5.0, 5.0), Direction::XPlus, 4.0, 10.0)).unwrap();
    assert!(crosses(&refusal(crossed.clone(), down(5.0, 5.0, 10.0))));
    assert!(crosses(&refusal(crossed.clone(), down(5.0, 1.6, 10.0))));
    // 0.5 µm beside it.
    let beside = plain(at(5.0, 1.6, 10.0), Direction::ZMinus, 2.799, 10.0);
    assert!(crosses(&refusal(crossed, beside)));
    let sunk = Head::Countersunk { diameter: mm(8.0), angle_degrees: 90.0 };
    let plain_hole = plain(at(5.0, 5.0, 10.0), Direction::ZMinus, 2.0, 10.0);
    let thin = block(10.0, 10.0, 10.0)
        .drill(&plain(at(0.0, 2.0, 8.0), Direction::XPlus, 1.0, 10.0))
        .unwrap();
    assert!(crosses(&refusal(thin.clone(), Hole { head: sunk, ..plain_hole })));
    thin.drill(&plain_hole).unwrap();
}

#[test]
fn a_hole_may_open_a_void() {
    let hollow = Stack::new()
        .add(rect(0.0, 0.0, 10.0, 10.0), heights(0.0, 10.0))
        .cut(rect(2.0, 2.0, 8.0, 8.0), heights(2.0, 8.0))
        .build()
        .unwrap();
    assert_eq!((hollow.shells().len(), hollow.bodies()), (2, 1));
    proven(&hollow);
    let vent = plain(at(5.0, 5.0, 10.0), Direction::ZMinus, 3.0, 2.0);
    let opened = hollow.drill(&vent).unwrap();
    assert_eq!((opened.shells().len(), opened.bodies()), (1, 1));
    assert_volume(&opened, 1000.0 - 216.0 - PI * 2.25 * 2.0);
    proven(&opened);
}

#[test]
fn stacks_lie_along_any_axis() {
    let stack = || {
        Stack::new()
            .add(rect(0.0, 0.0, 2.0, 3.0), heights(0.0, 5.0))
            .cut(circle(1.0, 1.0, 0.5), heights(0.0, 5.0))
            .build()
            .unwrap()
    };
    for (axis, expected) in
        [(Axis::X, [5.0, 2.0, 3.0]), (Axis::Y, [3.0, 5.0, 2.0]), (Axis::Z, [2.0, 3.0, 5.0])]
    {
        let solid = stack().along(axis);
        let bounds = solid.bounds();
        assert_eq!([bounds.max.x, bounds.max.y, bounds.max.z], expected);
        assert_volume(&solid, 30.0 - PI * 0.25 * 5.0);
        assert!((proven(&solid).volume_mm3 / solid.volume().0 - 1.0).abs() < 1e-3);
    }
}

#[test]
fn a_mirrored_part_has_the_mirrored_mesh() {
    let (solid, volume) = bracket();
    for axis in [Axis::X, Axis::Y, Axis::Z] {
        let mirrored = solid.clone().mirrored(axis);
        assert_volume(&mirrored, volume);
        let mesh = mirrored.mesh(mm(0.05)).unwrap();
        assert_eq!(mesh, solid.mesh(mm(0.05)).unwrap().mirrored(axis));
        certify(&mirrored, &mesh, 1, &mirrored.bounds()).unwrap();
    }
    let turned = solid.clone().along(Axis::Y).mirrored(Axis::X).moved(at(30.0, 0.1, -7.0));
    let straight = solid.along(Axis::Y).moved(at(-30.0, 0.1, -7.0));
    let mesh = straight.mesh(mm(0.05)).unwrap().mirrored(Axis::X);
    assert_eq!(turned.mesh(mm(0.05)).unwrap(), mesh);
}

#[test]
fn the_same_part_is_built_and_meshed_the_same_twice() {
    let stl = || bracket().0.mesh(mm(0.02)).unwrap().to_stl().unwrap();
    assert_eq!(stl(), stl());
}

#[test]
fn stl_stores_what_has_been_proven() {
    let (solid, _) = bracket();
    let mesh = solid.moved(at(0.1, 123.456, -0.7)).mesh(mm(0.05)).unwrap();
    let bytes = mesh.to_stl().unwrap();
    assert_eq!(bytes.len(), 84 + 50 * mesh.triangles.len());
    let read = stl_io::read_stl(&mut std::io::Cursor::new(bytes)).unwrap();
    for (face, triangle) in read.faces.iter().zip(&mesh.triangles) {
        for (&stored, &proven) in face.vertices.iter().zip(triangle) {
            let (stored, proven) = (read.vertices[stored].0, mesh.points[proven as usize]);
            assert_eq!(stored.map(f64::from), <[f64; 3]>::from(proven));
        }
    }
}

#[test]
fn two_bodies_are_counted() {
    let pair = Stack::new()
        .add(rect(0.0, 0.0, 4.0, 4.0), heights(0.0, 3.0))
        .add(rect(6.0, 0.0, 9.0, 4.0), heights(1.0, 3.0))
        .build()
        .unwrap();
    assert_eq!(pair.bodies(), 2);
    let mesh = pair.mesh(mm(0.01)).unwrap();
    assert_eq!(certify(&pair, &mesh, 2, &pair.bounds()).unwrap().bodies, 2);
    assert!(reasons(certify(&pair, &mesh, 1, &pair.bounds())).contains("2 bodies, not 1"));
}

fn reasons(outcome: Result<Certificate, GeometryError>) -> String {
    match outcome {
        Err(GeometryError::NotProven(reasons)) => reasons.join("; "),
        other => panic!("{other:?}"),
    }
}

#[test]
fn tampered_meshes_are_not_certified() {
    let solid = block(10.0, 10.0, 10.0)
        .drill(&plain(at(5.0, 5.0, 0.0), Direction::ZPlus, 4.0, 10.0))
        .unwrap();
    let mesh = solid.mesh(mm(0.01)).unwrap();
    let certify = |mesh: &Mesh| reasons(certify(&solid, mesh, 1, &solid.bounds()));

    let mut flipped = mesh.clone();
    flipped.triangles[5].swap(0, 1);
    assert!(certify(&flipped).contains("edges are open"));

    let mut dropped = mesh.clone();
    dropped.triangles.pop();
    assert!(certify(&dropped).contains("3 edges are open"));

    let mut inside_out = mesh.clone();
    inside_out.triangles.iter_mut().for_each(|triangle| triangle.swap(0, 1));
    assert!(certify(&inside_out).contains("volume"));

    let mut doubled = mesh.clone();
    doubled.triangles.extend(&mesh.triangles);
    assert!(certify(&doubled).contains("triangles intersect"));

    let mut slim = mesh.clone();
    let [first, second, _] = slim.triangles[0];
    slim.triangles.extend([[first, second, second], [second, first, second]]);
    assert!(certify(&slim).contains("too small"));

    let mut shifted = mesh.clone();
    shifted.points.iter_mut().for_each(|point| point.x += 0.01);
    assert!(certify(&shifted).contains("designed"));

    let mut lost = mesh.clone();
    lost.triangles[0][0] = 1_000_000;
    assert!(certify(&lost).contains("without corners"));

    // A corner pulled through the opposite wall.
    let mut pierced = mesh;
    pierced.points[0] = [14.0, 13.0, 5.0].into();
    assert!(certify(&pierced).contains("triangles intersect"));
}

#[test]
fn overlapping_boxes_are_not_certified() {
    let (one, other) = (block(4.0, 4.0, 4.0), block(4.0, 4.0, 4.0));
    // Piercing each other, and one upon the other's lid.
    for shift in [at(2.0, 1.0, 1.0), at(1.0, 1.0, 4.0)] {
        let mut mesh = one.mesh(mm(0.01)).unwrap();
        let second = other.clone().moved(shift).mesh(mm(0.01)).unwrap();
        let offset = mesh.points.len() as u32;
        mesh.points.extend(&second.points);
        mesh.triangles.extend(second.triangles.iter().map(|corners| corners.map(|c| c + offset)));
        let text = reasons(certify(&one, &mesh, 2, &mesh.bounds()));
        assert!(text.contains("triangles intersect"), "{text}");
    }
}

#[test]
fn a_part_of_other_size_than_designed_is_not_certified() {
    let solid = block(10.0, 10.0, 10.0);
    let designed = Bounds::between(at(0.0, 0.0, 0.0), at(10.0, 10.0, 10.5));
    let mesh = solid.mesh(mm(0.01)).unwrap();
    assert!(reasons(certify(&solid, &mesh, 1, &designed)).contains("designed"));
}

#[test]
fn round_parts_reach_their_bounds_exactly() {
    let solid = Stack::new().add(circle(1.0, 2.0, 7.3), heights(0.0, 4.0)).build().unwrap();
    let bounds = solid.mesh(mm(0.05)).unwrap().bounds();
    assert!((bounds.size().x - 14.6).abs() < 1e-5 && (bounds.size().y - 14.6).abs() < 1e-5);
}

/// Run with `cargo test --release --test geometry -- --ignored --nocapture`.
#[test]
#[ignore = "measures; proves nothing"]
fn how_long_a_bracket_takes() {
    let best = |action: &dyn Fn()| {
        let run = || {
            let start = std::time::Instant::now();
            action();
            start.elapsed()
        };
        (0..10).map(|_| run()).min().unwrap_or_default()
    };
    let (solid, _) = bracket();
    println!("build {:?}", best(&|| drop(bracket())));
    println!("truck {:?}", best(&|| drop(solid.to_truck())));
    for chord in [0.01, 0.001] {
        let mesh = solid.mesh(mm(chord)).unwrap();
        println!(
            "chord {chord}: {} triangles, mesh {:?}, certify {:?}",
            mesh.triangles.len(),
            best(&|| drop(solid.mesh(mm(chord)))),
            best(&|| drop(certify(&solid, &mesh, 1, &solid.bounds())))
        );
    }
}
