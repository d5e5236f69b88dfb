//! Every number in a caddy comes from the board, the rail or the design: change one, and the part
//! follows.

use pibuild::cluster::Amount;
use pibuild::parts::Part;
use pibuild::pipeline::{Outcome, check};
use pibuild::units::Mm;

use super::NoFiles;

/// A board with all numbers in view.
const DESIGN: &str = "\
pibuild: 1
name: t
board: my-board
pis: 1
caddy: { width: 21 mm, wall: 2 mm, clearance: 0.25 mm, label: blank, board_fixing: self-tapping }
bank: { caddies: 2, fans: { type: fan-80x25, count: 1 } }
rail: { profile: my-rail, length: 9 in, milling: 16.35 mm, orientation: on-edge }
end_bracket: { thickness: 5 mm, collar: 4.44 mm, ear: 5 mm }
racks: { standard: 10in }
printing: { layer_height: 0.15 mm, nozzle: 0.4 mm, hole_compensation: 0.1 mm }
catalog:
  rails:
    my-rail:
      name: My rail
      source: measured
      long_side: 25.4 mm
      short_side: 12.7 mm
      tap: 1/4-20
      tap_depth: 25 mm
      mass_per_metre: 0.45 kg
      price_per_metre: $12
  boards:
    my-board:
      name: My board
      source: measured
      pcb: { length: 85 mm, width: 56 mm, thickness: 1.4 mm }
      holes: { diameter: 2.7 mm, thread: M2.5, at: [[3.5, 3.5], [61.5, 3.5], [3.5, 52.5], [61.5, 52.5]] }
      boxes:
        - { what: RJ45 socket, at: [66, 2.5], size: [21.3, 15.9], above: 13.5 mm, below: 2 mm, shield: true }
        - { what: USB sockets, at: [70, 22], size: [17.5, 13.25], above: 15.6 mm, below: 2.1 mm, shield: true }
        - { what: power socket, at: [7, -1], size: [7.5, 4.5], above: 3 mm }
        - { what: module, at: [20, 20], size: [20, 12], below: 1.8 mm }
      front: +x
      power_socket:
        connector: usb-c
        edge: -y
        at: 10.75 mm
        height: 1.5 mm
        overhang: 1 mm
        right_angle: { reach: 12 mm, width: 11 mm, thickness: 8 mm }
        straight: { reach: 35 mm, width: 11 mm, thickness: 8 mm }
      power:
        volts: 5 V
        idle: 2 W
        typical: 3 W
        stress: 6 W
        plane: board
        efficiency: 0.85
        nameplate: 3 A
        minimum: 4.6 V
      thermal: { soft_limit: 80 C, throttle: 85 C, still_air: 10, with_fan: 5 }
      mass: 45 g
      price: $35
";

fn outcome(text: &str) -> Outcome {
    match check("t.yaml", text.as_bytes(), &NoFiles) {
        Ok(outcome) => outcome,
        Err(pibuild::pipeline::Refused::Design(rejected)) => panic!("{}", rejected.render(false)),
        Err(other) => panic!("{other:?}"),
    }
}

/// The design with one piece of its text replaced; the piece must be there, once.
fn with(old: &str, new: &str) -> Outcome {
    assert_eq!(DESIGN.matches(old).count(), 1, "{old}");
    outcome(&DESIGN.replace(old, new))
}

fn quantity(outcome: &Outcome, name: &str) -> f64 {
    match outcome.ledger.get(name).map(|quantity| &quantity.amount) {
        Some(Amount::Number(value, _)) => *value,
        other => panic!("{name}: {other:?}"),
    }
}

fn part<'a>(outcome: &'a Outcome, name: &str) -> &'a Part {
    let found = outcome.prints.iter().find(|print| print.part.name == name);
    &found.unwrap_or_else(|| panic!("no {name}")).part
}

/// The part's triangles.
fn mesh(outcome: &Outcome, name: &str) -> Vec<[i64; 3]> {
    let print = outcome.prints.iter().find(|print| print.part.name == name).unwrap();
    let points =
        &print.mesh.as_ref().unwrap_or_else(|| panic!("{name}: {:?}", print.part.solid)).points;
    points.iter().map(|point| point.coords.map(|it| (it * 1e6).round() as i64).into()).collect()
}

/// Each input, the quantity that it changes, by how much, and whether the plain caddy must change:
/// what only needs room that is there anyway does not change it.
#[test]
fn a_caddy_follows_board_rail_and_design() {
    let cases: &[(&str, &str, &str, f64, bool)] = &[
        // The board.
        ("length: 85 mm", "length: 86 mm", "caddy.board_depth", 1.0, true),
        ("width: 56 mm", "width: 57 mm", "caddy.board_height", 1.0, true),
        ("thickness: 1.4 mm", "thickness: 1.6 mm", "caddy.smallest_pitch", 0.2, true),
        ("[61.5, 52.5]]", "[61.5, 53]]", "caddy.board_height", 0.5, true),
        ("above: 15.6 mm", "above: 16 mm", "caddy.smallest_pitch", 0.4, false),
        ("below: 2.1 mm", "below: 2.3 mm", "caddy.lowest_seat", 0.2, true),
        ("at: [66, 2.5]", "at: [67, 2.5]", "caddy.front_overhang", 0.8, true),
        ("at: [20, 20]", "at: [21, 20]", "caddy.board_depth", 0.0, true),
        ("below: 1.8 mm", "below: 2 mm", "caddy.lowest_seat", 0.0, true),
        ("reach: 12 mm", "reach: 13 mm", "caddy.plug_reach", 1.0, false),
        // The rail.
        ("long_side: 25.4 mm", "long_side: 26 mm", "caddy.strip_height", 0.6, true),
        ("short_side: 12.7 mm", "short_side: 13 mm", "rail.depth", 0.3, true),
        ("milling: 16.35 mm", "milling: 16 mm", "bank.row_length", 0.35, false),
        ("orientation: on-edge", "orientation: flat", "caddy.strip_height", -12.7, true),
        // The design.
        ("width: 21 mm", "width: 22.5 mm", "caddy.body_width", 1.5, true),
        ("wall: 2 mm", "wall: 2.4 mm", "caddy.wall", 0.4, true),
        ("clearance: 0.25 mm", "clearance: 0.3 mm", "caddy.strip_height", 0.1, true),
        ("collar: 4.44 mm", "collar: 4 mm", "bank.row_length", 0.88, false),
        ("layer_height: 0.15 mm", "layer_height: 0.2 mm", "caddy.body_width", -0.05, true),
        ("hole_compensation: 0.1 mm", "hole_compensation: 0.2 mm", "caddy.body_width", 0.0, true),
    ];
    let base = outcome(DESIGN);
    let before = mesh(&base, "caddy");
    for (old, new, name, wanted, follows) in cases {
        let changed = with(old, new);
        let by = quantity(&changed, name) - quantity(&base, name);
        assert!((by - wanted).abs() < 1e-9, "{old} → {new}: {name} by {by}");
        assert_eq!(mesh(&changed, "caddy") != before, *follows, "{old} → {new}: the caddy");
    }
}

/// Where things are on the part itself, not only in the ledger.
#[test]
fn the_solid_is_as_large_as_its_inputs_say() {
    let base = outcome(DESIGN);
    let [depth, height, body] = part(&base, "caddy").size.map(Mm::mm);
    let bounds = part(&base, "caddy").solid.as_ref().unwrap().bounds();
    // Sockets stand out 2.5 mm in front; the strip has the rail, play and walls.
    assert!((depth - 87.5).abs() < 1e-9, "{depth}");
    let strip = 25.4 + 2.0 * 0.25 + 2.0 * 2.0;
    let gap = quantity(&base, "caddy.strip_gap");
    assert!((height - strip - gap - 56.0).abs() < 1e-9, "{height}");
    assert!((body - quantity(&base, "caddy.body_width")).abs() < 1e-9);
    let size = bounds.max - bounds.min;
    assert!((size.x - depth).abs() < 1e-6 && (size.y - height).abs() < 1e-6, "{size}");
    assert!((size.z - body).abs() < 1e-6, "{size}");
}

/// The brackets' and the coupon's inputs.
#[test]
fn brackets_and_coupon_follow_as_well() {
    let base = outcome(DESIGN);
    for (old, new, name) in [
        ("thickness: 5 mm", "thickness: 4.5 mm", "end-bracket-left"),
        ("collar: 4.44 mm", "collar: 4 mm", "end-bracket-left"),
        ("ear: 5 mm", "ear: 6 mm", "end-bracket-right"),
        ("long_side: 25.4 mm", "long_side: 26 mm", "end-bracket-left"),
        ("clearance: 0.25 mm", "clearance: 0.3 mm", "fit-coupon"),
        ("short_side: 12.7 mm", "short_side: 13 mm", "fit-coupon"),
        ("thread: M2.5", "thread: M3", "fit-coupon"),
        ("wall: 2 mm", "wall: 2.4 mm", "fan-caddy"),
        ("hole_compensation: 0.1 mm", "hole_compensation: 0.2 mm", "fit-coupon"),
    ] {
        assert_ne!(mesh(&with(old, new), name), mesh(&base, name), "{old} → {new}: {name}");
    }
    let screw = |outcome: &Outcome| outcome.cluster.caddy.fixing.hole;
    assert_ne!(screw(&with("thread: M2.5", "thread: M3")), screw(&base));
}
