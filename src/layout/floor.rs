//! Where the racks stand on the floor.

use std::collections::BTreeMap;

use super::RackPlan;
use crate::cluster::{Cluster, Known, Ledger};
use crate::spec::{Arrangement, Design};
use crate::units::Mm;

/// From the rear of a rack's foot to the plane between racks that stand back to back: with feet of
/// 400 mm the mounting faces come to stand 467 mm from it, as in the builders' CAD file
/// (PiCluster.f3z).
const BEHIND_FOOT: Mm = Mm::um(67_000);

/// Where a rack stands: the middle of its opening, at the mounting face of its posts, on the floor
/// of the cluster.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Stand {
    /// From the middle of the racks to the right, seen from the front.
    pub x: Mm,
    /// To the rear: from the plane between the racks, or, for a row, from the mounting faces.
    pub y: Mm,
    /// Does it look to the rear?
    pub turned: bool,
}

/// Places for `racks` racks, in order of their numbers, their mounting faces at y = 0. Racks stand
/// abreast; back to back, the second half turns its back to the first, and its first rack is the
/// leftmost seen from the rear.
pub(super) fn abreast(design: &Design, cluster: &Cluster, racks: usize) -> Vec<Stand> {
    let width = cluster.opening.rack.width.value;
    let x = |place: usize, of: usize| {
        let doubled = 2 * i64::try_from(place).unwrap_or(0) + 1 - i64::try_from(of).unwrap_or(0);
        (width * doubled).half()
    };
    let in_front = in_front(design, racks);
    let behind = racks - in_front;
    let front = (0..in_front).map(|at| Stand { x: x(at, in_front), ..Stand::default() });
    let rear = (0..behind).map(|at| Stand { x: -x(at, behind), y: Mm::ZERO, turned: true });
    front.chain(rear).collect()
}

/// Moves racks that stand back to back apart: by their feet, and so that nothing in them meets.
pub(super) fn move_apart(
    design: &Design,
    cluster: &Cluster,
    racks: &mut [RackPlan],
    ledger: &mut Ledger,
) {
    if design.racks.arrangement == Arrangement::Row {
        return;
    }
    let face = face(cluster, deepest_pair(design, cluster, racks), ledger).value;
    for rack in racks {
        rack.stand.y = if rack.stand.turned { face } else { -face };
    }
}

/// The most that two things at one height, with their backs to each other, need between their
/// mounting faces.
fn deepest_pair(design: &Design, cluster: &Cluster, racks: &[RackPlan]) -> Mm {
    let depths = |rack: &RackPlan| {
        let mut depths: BTreeMap<i64, Mm> = BTreeMap::new();
        for placed in &rack.items {
            let depth = placed.block(cluster).to.y;
            for unit in placed.unit..placed.unit + i64::from(placed.height.0) {
                let deepest = depths.entry(unit).or_default();
                *deepest = depth.max(*deepest);
            }
        }
        depths
    };
    let mut most = Mm::ZERO;
    for front in 0..in_front(design, racks.len()) {
        let ours = depths(&racks[front]);
        for behind in racks_behind(design, cluster, racks, front) {
            for (unit, theirs) in depths(&racks[behind]) {
                most = most.max(ours.get(&unit).map_or(Mm::ZERO, |depth| *depth + theirs));
            }
        }
    }
    most
}

/// The racks that stand with their backs to rack `rack`, wholly or in part.
pub(super) fn racks_behind<'a>(
    design: &Design,
    cluster: &Cluster,
    racks: &'a [RackPlan],
    rack: usize,
) -> impl Iterator<Item = usize> + use<'a> {
    let in_front = in_front(design, racks.len());
    let others = match design.racks.arrangement {
        Arrangement::Row => 0..0,
        Arrangement::BackToBack if rack < in_front => in_front..racks.len(),
        Arrangement::BackToBack => 0..in_front,
    };
    let (width, x) = (cluster.opening.rack.width.value, racks[rack].stand.x);
    // Racks of a row stand in the order of x: at most two of them are behind one.
    let nearest = others.clone().next().map_or(0, |first| {
        let steps = (racks[first].stand.x - x).abs().fits(width.max(Mm::um(1)));
        usize::try_from(steps).unwrap_or(0)
    });
    let from = others.start.saturating_add(nearest).min(others.end);
    let to = from.saturating_add(2).min(others.end);
    (from..to).filter(move |&other| (racks[other].stand.x - x).abs() < width)
}

/// How many racks look to the front.
pub(super) fn in_front(design: &Design, racks: usize) -> usize {
    match design.racks.arrangement {
        Arrangement::Row => racks,
        Arrangement::BackToBack => racks.div_ceil(2),
    }
}

/// From the plane between racks that stand back to back to their mounting faces. `pair` is what two
/// things with their backs to each other need.
fn face(cluster: &Cluster, pair: Mm, ledger: &mut Ledger) -> Known<Mm> {
    let (id, rack) = (&cluster.opening.rack_id, &cluster.opening.rack);
    let entry = format!("catalog.racks.{id}");
    let depth = ledger.fact(&entry, "depth", &rack.depth, &rack.source);
    let source = "measured out of the builders' CAD file (PiCluster.f3z)";
    let behind = ledger.rule("racks.behind_foot", BEHIND_FOOT, source);
    let pair = ledger.derive(
        "racks.deepest_pair",
        "the most that two things at one height need, back to back",
        &[],
        pair,
    );
    ledger.derive(
        "racks.face",
        "between racks back to back: the larger of rack depth + racks.behind_foot and half of \
         racks.deepest_pair",
        &[&depth, &behind, &pair],
        (depth.value + behind.value).max(-(-pair.value).half()),
    )
}
