//! Where the shell's mass is.

use nalgebra::Point3;

use super::body::Body;
use crate::layout::Spot;
use crate::shell::{FlatPart, Panels};
use crate::units::{Kilograms, Mm};

/// The shell's middle, in the cluster's frame: that of its parts by their volume, each half-way
/// along, across and through. Hinges and handles go with their doors.
pub(super) fn middle(panels: &Panels) -> Spot {
    let mut body = Body::default();
    for part in &panels.parts {
        // Volumes stand for masses: panes weigh more by volume than plywood, but not much in all.
        let volume = Kilograms(volume(part));
        let own = [part.length, part.width, part.thickness].map(|size| size.half().mm());
        for place in &part.places {
            let at = place.isometry() * Point3::from(own);
            body.add(volume, Spot::new(Mm::from_mm(at.x), Mm::from_mm(at.y), Mm::from_mm(at.z)));
        }
    }
    body.middle()
}

/// Of one piece, in cubic metres; pockets are left in.
pub(super) fn volume(part: &FlatPart) -> f64 {
    part.area().0 * part.thickness.mm() / 1e9
}
