//! The plinth: two lapped rings that the walls stand on, and a skirt around the castors.

use crate::geometry::Direction;
use crate::shell::joinery::groove;
use crate::units::Mm;

use super::Kit;
use super::rings::{Ring, standing};

/// How far the skirt stands back under the lower ring.
const SHADOW: Mm = Mm::um(6_000);

/// The upper ring, which corner posts stand in.
pub(super) fn deck(kit: &Kit) -> Ring {
    let sizes = &kit.sizes;
    Ring {
        name: "plinth-upper",
        out: sizes.steps[1],
        inwards: sizes.sheet * sizes.layers,
        z: [sizes.deck - sizes.sheet, sizes.deck],
        right: true,
        face: Direction::ZPlus,
    }
}

/// The lower ring and the skirt in its groove.
pub(super) fn add(kit: &mut Kit) {
    let sizes = kit.sizes.clone();
    let top = sizes.deck - sizes.sheet;
    let mut ring = Ring {
        name: "plinth-lower",
        out: sizes.steps[0],
        inwards: sizes.sheet * sizes.layers,
        z: [top - sizes.sheet, top],
        right: false,
        face: Direction::ZMinus,
    }
    .boards(kit);
    let heights = [sizes.foot, top - sizes.sheet + sizes.dado];
    let skirt = standing(kit, "plinth-skirt", sizes.steps[0] - SHADOW, heights);
    groove(&mut ring, &skirt, sizes.allowance);
    kit.boards.extend(ring);
    kit.boards.extend(skirt);
}
