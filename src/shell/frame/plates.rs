//! Base plate, top plate, and the castors under the base plate.

use crate::catalog::Sheet;
use crate::cluster::{Known, Ledger};
use crate::geometry::{Direction, Position, Sketch};
use crate::shell::flat_part::{FlatPart, Place};
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
) -> [FlatPart; 2] {
    let posts: Vec<(Mm, Mm)> =
        bars.iter().filter(|bar| bar.role == Role::Post).map(FrameBar::middle).collect();
    let bolts = castor_width * CASTOR_BOLT_SHARE;
    let castor_bolts = castors.iter().flat_map(|(x, y)| {
        [(-1, -1), (1, -1), (-1, 1), (1, 1)].map(|(u, v)| (*x + bolts * u, *y + bolts * v))
    });
    let plate = |name: &str, size: [Mm; 2], z: Mm, holes: Vec<(Mm, Mm, Mm)>| {
        let (left, front) = (-size[0].half(), sizes.middle - size[1].half());
        let outline = Sketch::rect(Mm::ZERO, Mm::ZERO, size[0], size[1]);
        let bored = holes.into_iter().fold(outline, |sketch, (x, y, diameter)| {
            sketch.with_hole(Sketch::circle(x - left, y - front, diameter.half()))
        });
        FlatPart {
            name: name.to_owned(),
            sheet: sheet.to_owned(),
            thickness: sizes.plate_thickness.value,
            length: size[0],
            width: size[1],
            profile: bored,
            places: vec![Place {
                origin: Position::new(left, front, z),
                length: Direction::XPlus,
                face: Direction::ZPlus,
            }],
        }
    };
    let bored = |at: &(Mm, Mm)| (at.0, at.1, bolt_hole);
    let below = posts.iter().map(bored).chain(castor_bolts.map(|at| bored(&at)));
    let mut above: Vec<(Mm, Mm, Mm)> = posts.iter().map(bored).collect();
    if let Some(fans) = fans {
        above.extend(fans.at.iter().map(|(x, y)| (*x, *y, fans.hole.value)));
        above.push((Mm::ZERO, sizes.middle, fans.cable_hole));
    }
    let thickness = sizes.plate_thickness.value;
    [
        plate("base-plate", [sizes.width.value, sizes.depth.value], -thickness, below.collect()),
        plate(
            "top-plate",
            [sizes.outer_width.value, sizes.outer_depth.value],
            sizes.post_length.value,
            above,
        ),
    ]
}
