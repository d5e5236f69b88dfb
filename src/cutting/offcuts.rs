//! What is left of a sheet and worth keeping.

use super::nest::{Rect, Size, Space};
use super::sheets::{Cutter, Placement, Sheet};
use crate::units::Mm;

/// A rectangle that is left.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Offcut {
    /// From the sheet's left edge, trim included.
    pub x: Mm,
    /// From the sheet's lower edge, trim included.
    pub y: Mm,
    /// Size along x.
    pub length: Mm,
    /// Size along y.
    pub width: Mm,
}

/// What is narrower is waste: a strip that a saw holds safely. A habit of workshops, not a rule.
const NARROWEST: Mm = Mm::um(100_000);
/// And it has to be this long at least.
const SHORTEST: Mm = Mm::um(300_000);

impl Offcut {
    /// Would a workshop keep it?
    pub(super) fn is_usable(&self) -> bool {
        self.length.min(self.width) >= NARROWEST && self.length.max(self.width) >= SHORTEST
    }

    /// Largest first; equal ones from the lower left corner.
    pub(super) fn sort(offcuts: &mut [Offcut]) {
        offcuts.sort_by_key(|offcut| {
            let area = i128::from(offcut.length.nm()) * i128::from(offcut.width.nm());
            (-area, offcut.y, offcut.x)
        });
    }
}

/// The largest usable rectangle between the pieces, then the largest of what that leaves, and so on.
/// They keep one kerf from the pieces and from each other.
pub(super) fn largest(sheet: &Sheet, placements: &[Placement], cutter: &Cutter) -> Vec<Offcut> {
    let kerf = cutter.kerf.nm();
    // As for the solver: everything is one kerf larger.
    let size = Size {
        w: (sheet.length - cutter.trim * 2).nm() + kerf,
        h: (sheet.width - cutter.trim * 2).nm() + kerf,
    };
    let least = NARROWEST.nm() + kerf;
    let mut space = Space::new(size, None, (least, least));
    for placed in placements {
        space.occupy(Rect {
            x: (placed.x - cutter.trim).nm(),
            y: (placed.y - cutter.trim).nm(),
            w: placed.length.nm() + kerf,
            h: placed.width.nm() + kerf,
        });
    }
    let mut kept = Vec::new();
    loop {
        let usable = space.free().iter().map(|free| (offcut(free, cutter), *free));
        let largest =
            usable.filter(|(offcut, _)| offcut.is_usable()).max_by_key(|(offcut, free)| {
                let area = i128::from(offcut.length.nm()) * i128::from(offcut.width.nm());
                (area, -free.y, -free.x)
            });
        let Some((offcut, free)) = largest else { break };
        kept.push(offcut);
        space.occupy(free);
    }
    kept
}

fn offcut(free: &Rect, cutter: &Cutter) -> Offcut {
    Offcut {
        x: Mm::from_nm(free.x) + cutter.trim,
        y: Mm::from_nm(free.y) + cutter.trim,
        length: Mm::from_nm(free.w) - cutter.kerf,
        width: Mm::from_nm(free.h) - cutter.kerf,
    }
}
