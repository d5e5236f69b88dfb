//! Base plate, top plate, and the castors under the base plate.

use crate::catalog::Sheet;
use crate::cluster::{Known, Ledger};
use crate::geometry::Direction;
use crate::shell::Block;
use crate::shell::board::Board;
use crate::shell::flat_part::Paint;
use crate::units::Mm;

use super::MEASURED;
use super::bars::{FrameBar, Role};
use super::roof::RoofFans;
use super::sizes::Sizes;

/// From the edge of the base plate to the middle of a castor.
const CASTOR_INSET: Mm = Mm::um(55_250);
/// Half of the distance between the bolts of a castor or foot, as a share of its plate.
const CASTOR_BOLT_SHARE: f64 = 0.375;

/// Middles of castors: one in each corner, one under each post between racks.
pub(super) fn castors(sizes: &Sizes, bars: &[FrameBar], ledger: &mut Ledger) -> Vec<(Mm, Mm)> {
    let inset = ledger.rule("frame.castor_inset", CASTOR_INSET, MEASURED);
    let track = |name: &str, size: &Known<Mm>, ledger: &mut Ledger| {
        ledger.derive(
            &format!("frame.castor_track_{name}"),
            format!("frame.{name} − 2 × frame.castor_inset"),
            &[size, &inset],
            size.value - inset.value * 2,
        )
    };
    let x = track("width", &sizes.width, ledger).value.half();
    let y = track("depth", &sizes.depth, ledger).value.half();
    let posts = bars.iter().filter(|bar| bar.role == Role::Post).map(|bar| bar.middle().0);
    let mut across: Vec<Mm> = posts.filter(|x| is_between(sizes, *x)).collect();
    across.extend([-x, x]);
    across.sort_unstable();
    across.dedup();
    let castors = across.into_iter().flat_map(|x| [(x, sizes.middle - y), (x, sizes.middle + y)]);
    castors.collect()
}

/// Is that between the corners' posts?
fn is_between(sizes: &Sizes, x: Mm) -> bool {
    x.abs() < sizes.outer_width.value.half() - sizes.leg()
}

/// Both plates, with holes for bolts into posts and castors, fans and the lamp's cable.
pub(super) fn new(
    sizes: &Sizes,
    (sheet, _): (&str, &Sheet),
    bars: &[FrameBar],
    (castors, castor_width): (&[(Mm, Mm)], Mm),
    fans: Option<&RoofFans>,
    bolt_hole: Mm,
) -> [Board; 2] {
    let posts: Vec<(Mm, Mm)> =
        bars.iter().filter(|bar| bar.role == Role::Post).map(FrameBar::middle).collect();
    let bolts = castor_width * CASTOR_BOLT_SHARE;
    let castor_bolts = castors.iter().flat_map(|(x, y)| {
        [(-1, -1), (1, -1), (-1, 1), (1, 1)].map(|(u, v)| (*x + bolts * u, *y + bolts * v))
    });
    let plate = |name: &str, size: [Mm; 2], z: Mm| {
        let (x, y) = (size[0].half(), size[1].half());
        let block = Block::between(
            [-x, sizes.middle - y, z],
            [x, sizes.middle + y, z + sizes.plate_thickness.value],
        );
        let long = if x < y { Direction::YPlus } else { Direction::XPlus };
        Board::new(name, (sheet, Paint::Bare), block, long, Direction::ZPlus)
    };
    let thickness = sizes.plate_thickness.value;
    let mut below = plate("base-plate", [sizes.width.value, sizes.depth.value], -thickness);
    let top = [sizes.outer_width.value, sizes.outer_depth.value];
    let mut above = plate("top-plate", top, sizes.post_length.value);
    for (x, y) in posts {
        below.bore([x, y, Mm::ZERO], bolt_hole);
        above.bore([x, y, Mm::ZERO], bolt_hole);
    }
    for (x, y) in castor_bolts {
        below.bore([x, y, Mm::ZERO], bolt_hole);
    }
    if let Some(fans) = fans {
        for (x, y) in &fans.at {
            above.bore([*x, *y, Mm::ZERO], fans.hole.value);
        }
        above.bore([Mm::ZERO, sizes.middle, Mm::ZERO], fans.cable_hole);
    }
    [below, above]
}
