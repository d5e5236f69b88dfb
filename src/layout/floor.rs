//! Where the racks stand on the floor.

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

/// Places for `racks` racks, in order of their numbers. Racks stand abreast; back to back, the
/// second half turns its back to the first, and its first rack is the leftmost seen from the rear.
pub(super) fn stands(
    design: &Design,
    cluster: &Cluster,
    racks: usize,
    ledger: &mut Ledger,
) -> Vec<Stand> {
    let width = cluster.opening.rack.width.value;
    let abreast = |place: usize, of: usize| {
        let doubled = 2 * i64::try_from(place).unwrap_or(0) + 1 - i64::try_from(of).unwrap_or(0);
        (width * doubled).half()
    };
    if design.racks.arrangement == Arrangement::Row {
        let stand = |index| Stand { x: abreast(index, racks), ..Stand::default() };
        return (0..racks).map(stand).collect();
    }
    let face = face(cluster, ledger).value;
    let in_front = in_front(design, racks);
    let front =
        (0..in_front).map(|index| Stand { x: abreast(index, in_front), y: -face, turned: false });
    let behind = racks - in_front;
    let rear = (0..behind).map(|index| Stand { x: -abreast(index, behind), y: face, turned: true });
    front.chain(rear).collect()
}

/// How many racks look to the front.
pub(super) fn in_front(design: &Design, racks: usize) -> usize {
    match design.racks.arrangement {
        Arrangement::Row => racks,
        Arrangement::BackToBack => racks.div_ceil(2),
    }
}

/// From the plane between racks that stand back to back to their mounting faces.
fn face(cluster: &Cluster, ledger: &mut Ledger) -> Known<Mm> {
    let (id, rack) = (&cluster.opening.rack_id, &cluster.opening.rack);
    let entry = format!("catalog.racks.{id}");
    let depth = ledger.fact(&entry, "depth", &rack.depth, &rack.source);
    let source = "measured out of the builders' CAD file (PiCluster.f3z)";
    let behind = ledger.rule("racks.behind_foot", BEHIND_FOOT, source);
    ledger.derive(
        "racks.face",
        "between racks back to back: rack depth + racks.behind_foot",
        &[&depth, &behind],
        depth.value + behind.value,
    )
}
