//! Pegs and a clip: a board that is held without screws.
//!
//! Pegs through the board's holes keep it in its plane. Against lifting off, the board goes under a
//! fixed toe on the rail's block and snaps under a clip at the far edge, towards the rear: with four
//! standoffs below it and two holds whose connecting line runs well between them it can turn no way:
//! whatever lifts one side presses the other on its standoffs. The clip is a
//! finger along the wall's far edge that bends within the wall's plane, and so within the layers.

use super::quantity::{Known, Ledger};
use super::seat::{Area, SeatedBoard};
use crate::catalog::Board;
use crate::units::{Mm, Ratio};

/// Between a peg and its hole, over the diameter.
const PLAY: Mm = Mm::um(300);
/// A peg ends this much over the board.
const PEG_OVER: Mm = Mm::um(500);
/// Thickness of the finger, in the direction that it bends.
const FINGER: Mm = Mm::um(1_200);
/// From its root to its tip.
const FINGER_LENGTH: Mm = Mm::um(14_000);
/// Length of the root that joins it to the wall.
const ROOT: Mm = Mm::um(4_000);
/// Between board and finger, and the slit that frees the finger from the wall.
const SLIT: Mm = Mm::um(500);
const BOARD_GAP: Mm = Mm::um(300);
/// Nose and toe reach over the board by this much.
const OVERLAP: Mm = Mm::um(800);
/// Length of nose and toe along the edge.
const HOLD: Mm = Mm::um(5_000);
/// From the board's face to nose and toe, and their height.
const LIFT: Mm = Mm::um(150);
const NOSE: Mm = Mm::um(1_200);
/// Nothing of the board comes nearer to nose and toe.
const AROUND: Mm = Mm::um(100);
/// The line between the two holds passes this far within the standoffs.
const WITHIN: f64 = 3.0;
/// The wall's rear corner is round.
const CORNER: Mm = Mm::um(3_500);
/// What a snap that is used again may be strained by.
const STRAIN_LIMIT: Ratio = Ratio(0.02);

/// How much further than the board its caddy must reach where a clip holds it.
pub(super) const BEYOND_BOARD: Mm = Mm::um(1_500);

/// What holds a board without screws.
#[derive(Clone, Debug)]
pub struct Pegs {
    /// Diameter of the pegs.
    pub diameter: Known<Mm>,
    /// How far they stand out over the board.
    pub over: Mm,
    /// Clip and toe, or why there is no room for them.
    pub clip: Result<Clip, String>,
}

/// The finger with its nose, and the toe at the opposite corner. Areas are in (u, v).
#[derive(Clone, Debug)]
pub struct Clip {
    /// The finger, its root included; the tip is in front.
    pub finger: Area,
    /// What is cut from the wall to free it.
    pub slits: [Area; 2],
    /// The nose over the board.
    pub nose: Area,
    /// The toe over the board, from the block on.
    pub toe: Area,
    /// What carries the toe where board and block are too far apart for it to reach over.
    pub toe_post: Option<Area>,
    /// From the board's face to nose and toe.
    pub lift: Mm,
    /// Height of nose and toe.
    pub height: Mm,
    /// Strain at the finger's root as the board snaps in.
    pub strain: Known<Ratio>,
    /// What it may be.
    pub strain_limit: Known<Ratio>,
}

impl Pegs {
    /// Works out pegs and clip for a board that is seated behind a block that ends at `block_end`.
    pub(super) fn new(
        board: &Board,
        board_id: &str,
        seated: &SeatedBoard,
        (boards, block_end, standoff): (u32, Mm, Mm),
        ledger: &mut Ledger,
    ) -> Pegs {
        let entry = format!("catalog.boards.{board_id}");
        let hole = ledger.fact(&entry, "holes.diameter", &board.holes.diameter, &board.source);
        let play = ledger.rule("pegs.play", PLAY, super::OWN_RULE);
        let diameter = ledger.derive(
            "caddy.peg_diameter",
            "the diameter of the board's holes − pegs.play",
            &[&hole, &play],
            hole.value - play.value,
        );
        let clip = if boards > 1 {
            Err("a board between two walls cannot be lifted over its pegs".to_owned())
        } else {
            Clip::new(seated, block_end, standoff, ledger)
        };
        Pegs { diameter, over: PEG_OVER, clip }
    }
}

impl Clip {
    fn new(
        seated: &SeatedBoard,
        block_end: Mm,
        standoff: Mm,
        ledger: &mut Ledger,
    ) -> Result<Clip, String> {
        let fingers = fingers(seated, standoff);
        let toes = toes(seated, block_end);
        if fingers.is_empty() {
            return Err("no room for a clip at the board's far edge".to_owned());
        }
        if toes.is_empty() {
            return Err("no room for a toe beside the rail's block".to_owned());
        }
        let pairs = fingers.iter().flat_map(|finger| toes.iter().map(move |toe| (*finger, *toe)));
        let (finger, toe) = pairs
            .into_iter()
            .find(|(finger, toe)| hold_down(seated, *finger, *toe))
            .ok_or("clip and toe would not hold the board down on all of its standoffs")?;
        let (edge, inner) = (seated.pcb.v1, finger.v0);
        let tip = finger.u0;
        let root = finger.u1 - ROOT;
        let overlap = ledger.rule("clip.overlap", OVERLAP, super::OWN_RULE);
        let thickness = ledger.rule("clip.finger", FINGER, super::OWN_RULE);
        let length = ledger.rule("clip.length", FINGER_LENGTH, super::OWN_RULE);
        let strain_limit = ledger.assume(
            "clip.strain_limit",
            STRAIN_LIMIT,
            "PETG yields at about 5 %: 70 % of that for a snap used once, 60 % of it for one used \
             again (Bayer, Snap-Fit Joints for Plastics), rounded down",
        );
        let ratio = FINGER / FINGER_LENGTH;
        let strain = ledger.derive(
            "caddy.clip_strain",
            "1.5 × clip.finger × clip.overlap ÷ clip.length² (Bayer, Snap-Fit Joints for Plastics)",
            &[&thickness, &overlap, &length],
            Ratio(1.5 * ratio * (OVERLAP / FINGER_LENGTH)),
        );
        let post = toe.v1 - OVERLAP - BOARD_GAP;
        let reaches_over = seated.pcb.v0 + OVERLAP <= Mm::um(2_000);
        Ok(Clip {
            slits: [
                Area { u0: tip - SLIT, u1: root, v0: inner - SLIT, v1: inner },
                Area { u0: tip - SLIT, u1: tip, v0: inner, v1: seated.far },
            ],
            nose: Area { u0: tip, u1: tip + HOLD, v0: edge - OVERLAP, v1: inner },
            finger,
            toe,
            toe_post: (!reaches_over).then_some(Area { v1: post, ..toe }),
            lift: LIFT,
            height: NOSE,
            strain,
            strain_limit,
        })
    }
}

/// Where a finger can be beyond the board's far edge, from the rear on.
fn fingers(seated: &SeatedBoard, standoff: Mm) -> Vec<Area> {
    let v0 = seated.pcb.v1 + BOARD_GAP;
    let last = seated.rear - CORNER - ROOT - FINGER_LENGTH;
    let at = |tip: Mm| Area { u0: tip, u1: tip + FINGER_LENGTH + ROOT, v0, v1: v0 + FINGER };
    let free = |finger: &Area| {
        let nose = Area { u1: finger.u0 + HOLD, v0: seated.pcb.v1 - OVERLAP, ..*finger };
        let cut = Area { u0: finger.u0 - SLIT, v0: v0 - SLIT, v1: seated.far, ..*finger };
        let on_standoff = seated.holes.iter().any(|&(u, v)| {
            Area { u0: u, u1: u, v0: v, v1: v }.grown(standoff + AROUND).overlaps(cut)
        });
        let plug = seated.plug.area.overlaps(cut);
        !on_standoff && !plug && is_free(seated, *finger) && is_free(seated, nose)
    };
    steps(last, Mm::um(1_000)).map(at).filter(free).collect()
}

/// Where a toe can be over the board's edge at the rail's block, from the front on.
fn toes(seated: &SeatedBoard, block_end: Mm) -> Vec<Area> {
    let at = |u0: Mm| Area { u0, u1: u0 + HOLD, v0: -Mm::um(1_000), v1: seated.pcb.v0 + OVERLAP };
    let free = |toe: &Area| {
        toe.u0 >= seated.front
            && !seated.plug.area.overlaps(*toe)
            && is_free(seated, Area { v0: Mm::ZERO, ..*toe })
    };
    let mut toes: Vec<Area> =
        steps(block_end - HOLD - Mm::um(500), Mm::um(500)).map(at).filter(free).collect();
    toes.reverse();
    toes
}

/// From `last` down to the front.
fn steps(last: Mm, step: Mm) -> impl Iterator<Item = Mm> {
    std::iter::successors(Some(last), move |&at| Some(at - step)).take_while(|&at| at > Mm::ZERO)
}

/// Does nothing on the board's component side stand there?
fn is_free(seated: &SeatedBoard, area: Area) -> bool {
    let area = area.grown(AROUND);
    !seated.boxes.iter().any(|it| it.above > Mm::ZERO && it.area.overlaps(area))
}

/// Does the line between nose and toe pass within the standoffs?
///
/// A board that lifts off is a plane that is nowhere below its standoffs and nowhere above its
/// holds. On a point between the holds and inside of the standoffs' hull it is neither above nor
/// below, and so it is level everywhere.
fn hold_down(seated: &SeatedBoard, finger: Area, toe: Area) -> bool {
    let hull = hull(seated.holes.iter().map(|&(u, v)| [u.mm(), v.mm()]).collect());
    let nose = [(finger.u0 + HOLD.half()).mm(), seated.pcb.v1.mm()];
    let toe = [(toe.u0 + HOLD.half()).mm(), seated.pcb.v0.mm()];
    (1..64).any(|step| {
        let share = f64::from(step) / 64.0;
        let point = [0, 1].map(|axis| toe[axis] + (nose[axis] - toe[axis]) * share);
        is_within(&hull, point)
    })
}

/// The convex hull, counter-clockwise (Andrew's monotone chain).
fn hull(mut points: Vec<[f64; 2]>) -> Vec<[f64; 2]> {
    points.sort_by(|one, other| one[0].total_cmp(&other[0]).then(one[1].total_cmp(&other[1])));
    let half = |points: &mut dyn Iterator<Item = [f64; 2]>| {
        let mut chain: Vec<[f64; 2]> = Vec::new();
        for point in points {
            while let [.., before, last] = chain[..] {
                if turn(before, last, point) > 0.0 {
                    break;
                }
                chain.pop();
            }
            chain.push(point);
        }
        chain.pop();
        chain
    };
    let mut hull = half(&mut points.iter().copied());
    hull.extend(half(&mut points.iter().rev().copied()));
    hull
}

/// Twice the area of a triangle, positive if it turns left.
fn turn(a: [f64; 2], b: [f64; 2], c: [f64; 2]) -> f64 {
    (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0])
}

/// Is a point well within a convex polygon?
fn is_within(hull: &[[f64; 2]], point: [f64; 2]) -> bool {
    let next = hull.iter().cycle().skip(1);
    hull.len() > 2
        && hull.iter().zip(next).all(|(&from, &to)| {
            let side = (to[0] - from[0]).hypot(to[1] - from[1]);
            turn(from, to, point) >= WITHIN * side
        })
}

#[cfg(test)]
mod tests {
    use super::{hull, is_within};

    #[test]
    fn a_point_well_inside_is_within() {
        let corners = vec![[58.0, 49.0], [0.0, 0.0], [20.0, 20.0], [58.0, 0.0], [0.0, 49.0]];
        let hull = hull(corners);
        assert_eq!(hull, [[0.0, 0.0], [58.0, 0.0], [58.0, 49.0], [0.0, 49.0]]);
        assert!(is_within(&hull, [4.0, 4.0]));
        assert!(!is_within(&hull, [2.0, 20.0]) && !is_within(&hull, [70.0, 20.0]));
    }
}
