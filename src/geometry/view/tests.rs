//! Views whose lines are known.

use super::*;
use crate::geometry::{Axis, Direction, Head, Hole, Position, Sketch, Stack};
use crate::units::Mm;

const FRONT: Frame = Frame { right: Direction::XPlus, up: Direction::ZPlus };
const TOP: Frame = Frame { right: Direction::XPlus, up: Direction::YPlus };
const LEFT: Frame = Frame { right: Direction::YMinus, up: Direction::ZPlus };
const RIGHT: Frame = Frame { right: Direction::YPlus, up: Direction::ZPlus };

fn mm(value: f64) -> Mm {
    Mm::from_mm(value)
}

fn rect(x0: f64, y0: f64, x1: f64, y1: f64) -> Sketch {
    Sketch::rect(mm(x0), mm(y0), mm(x1), mm(y1))
}

fn seen(solid: &Solid, frame: Frame) -> View {
    view(solid, &solid.mesh(mm(0.01)).unwrap(), frame)
}

fn plate() -> Solid {
    let hole = Sketch::circle(mm(10.0), mm(8.0), mm(2.0));
    let plate = rect(0.0, 0.0, 40.0, 20.0).with_hole(hole);
    Stack::new().add(plate, Mm::ZERO..mm(3.0)).build().unwrap()
}

/// Straight pieces between the points of polylines, in an order of their own, in micrometres.
fn pieces_of(lines: &[Polyline2], flip: f64) -> Vec<[i64; 4]> {
    let whole = |value: f64| (value * 1000.0).round() as i64;
    let mut pieces: Vec<[i64; 4]> = lines
        .iter()
        .flat_map(|line| line.windows(2))
        .map(|pair| {
            let [from, to] = [pair[0], pair[1]].map(|[u, v]| (whole(u * flip), whole(v)));
            let (low, high) = (from.min(to), from.max(to));
            [low.0, low.1, high.0, high.1]
        })
        .collect();
    pieces.sort_unstable();
    pieces
}

#[test]
fn a_plate_with_a_hole() {
    let solid = plate();
    let top = seen(&solid, TOP);
    assert_eq!((top.visible.len(), top.hidden.len()), (2, 0), "outline and hole: {top:?}");
    assert!(top.visible.iter().all(|line| line.first() == line.last()), "both are closed");
    let front = seen(&solid, FRONT);
    assert_eq!(pieces_of(&front.visible, 1.0).len(), 4, "{front:?}");
    let sides = [[8000, 0, 8000, 3000], [12000, 0, 12000, 3000]];
    assert_eq!(pieces_of(&front.hidden, 1.0), sides, "the hole's sides");
}

#[test]
fn a_step_is_hidden_from_behind() {
    let solid = Stack::new()
        .add(rect(0.0, 0.0, 30.0, 20.0), Mm::ZERO..mm(10.0))
        .add(rect(0.0, 0.0, 10.0, 20.0), mm(10.0)..mm(25.0))
        .build()
        .unwrap();
    let left = seen(&solid, LEFT);
    assert_eq!(pieces_of(&left.hidden, 1.0), [[-20000, 10000, 0, 10000]]);
    assert_eq!(pieces_of(&left.visible, 1.0).len(), 4, "{left:?}");
    let right = seen(&solid, RIGHT);
    assert_eq!(right.hidden, Vec::<Polyline2>::new());
    assert!(pieces_of(&right.visible, 1.0).contains(&[0, 10000, 20000, 10000]), "{right:?}");
    assert_eq!(seen(&solid, TOP).hidden, Vec::<Polyline2>::new());
}

#[test]
fn a_pocket_under_a_roof_is_hidden_and_a_line_behind_a_post_is_cut() {
    let roofed = Stack::new()
        .add(rect(0.0, 0.0, 30.0, 20.0), Mm::ZERO..mm(10.0))
        .cut(rect(5.0, 5.0, 15.0, 15.0), Mm::ZERO..mm(4.0))
        .build()
        .unwrap();
    let top = seen(&roofed, TOP);
    assert_eq!((top.visible.len(), top.hidden.len()), (1, 1));
    assert_eq!(pieces_of(&top.hidden, 1.0).len(), 4);

    // A wall at the rear, and a post in front of its upper edge's middle.
    let post = Stack::new()
        .add(rect(0.0, 0.0, 30.0, 20.0), Mm::ZERO..mm(2.0))
        .add(rect(0.0, 15.0, 30.0, 20.0), mm(2.0)..mm(8.0))
        .add(rect(12.0, 2.0, 18.0, 6.0), mm(2.0)..mm(12.0))
        .build()
        .unwrap();
    let front = seen(&post, FRONT);
    assert_eq!(
        pieces_of(&front.hidden, 1.0),
        [[12000, 8000, 18000, 8000]],
        "the wall's upper edge behind the post; its lower one is the plate's front edge on paper"
    );
}

#[test]
fn round_corners_show_where_they_turn_away() {
    let bar = Sketch::rounded_rect(Mm::ZERO, Mm::ZERO, mm(30.0), mm(20.0), mm(5.0));
    let solid = Stack::new().add(bar, Mm::ZERO..mm(10.0)).build().unwrap();
    // No line where the rounding begins, since it begins smoothly.
    assert_eq!(pieces_of(&seen(&solid, FRONT).visible, 1.0).len(), 4);
    assert_eq!(seen(&solid, FRONT).hidden, Vec::<Polyline2>::new());
}

#[test]
fn the_view_of_a_mirror_image_is_mirrored() {
    let hole = Hole {
        at: Position::new(mm(25.0), mm(8.0), Mm::ZERO),
        direction: Direction::ZPlus,
        diameter: mm(3.0),
        depth: mm(3.0),
        head: Head::Countersunk { diameter: mm(5.0), angle_degrees: 90.0 },
    };
    let solid = plate().drill(&hole).unwrap();
    let mirrored = solid.clone().mirrored(Axis::X);
    for frame in [FRONT, TOP] {
        let (one, other) = (seen(&solid, frame), seen(&mirrored, frame));
        assert_eq!(pieces_of(&one.visible, 1.0), pieces_of(&other.visible, -1.0));
        assert_eq!(pieces_of(&one.hidden, 1.0), pieces_of(&other.hidden, -1.0));
    }
    let found = rounds(&solid);
    assert_eq!(found.len(), 2);
    let sink = found.iter().find_map(|round| round.countersink).unwrap();
    assert!((sink.diameter - 5.0).abs() < 1e-6 && (sink.angle - 90.0).abs() < 1e-6, "{sink:?}");
}

#[test]
fn a_slot_is_one_and_four_holes_are_four() {
    let block = || Stack::new().add(rect(0.0, 0.0, 40.0, 30.0), Mm::ZERO..mm(5.0));
    let slot = Sketch::slot(mm(20.0), mm(15.0), mm(12.0), mm(4.0));
    let slotted = rounds(&block().cut(slot, Mm::ZERO..mm(5.0)).build().unwrap());
    let [slot] = slotted[..] else { panic!("{slotted:?}") };
    let RoundKind::Slot { length, along } = slot.kind else { panic!("{slot:?}") };
    assert!((length - 12.0).abs() < 1e-6 && along == Axis::X);
    assert!((slot.centre[0] - 20.0).abs() < 1e-6 && (slot.radius - 2.0).abs() < 1e-6);

    let holes = [(10.0, 10.0), (30.0, 10.0), (10.0, 20.0), (30.0, 20.0)];
    let drilled = holes.iter().fold(block(), |stack, (x, y)| {
        stack.cut(Sketch::circle(mm(*x), mm(*y), mm(1.5)), Mm::ZERO..mm(5.0))
    });
    let found = rounds(&drilled.build().unwrap());
    assert_eq!(found.len(), 4);
    assert!(found.iter().all(|round| round.kind == RoundKind::Hole));
}
