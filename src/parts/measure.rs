//! What a drawing of a part has to tell beyond its overall size.

use crate::units::Mm;

/// The view that shows a measure.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Face {
    /// From the front of the rack.
    Front,
    /// From the side that [`super::Part::side`] names.
    Side,
    /// From above.
    Top,
}

/// The side that shows more of a part.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SideSeen {
    /// Seen from the left.
    Left,
    /// Seen from the right.
    Right,
}

/// A distance on a part as it is mounted: x along the rail to the right, y to the rear, z up,
/// counted from its left, front, lower corner.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Measure {
    /// The view that shows it.
    pub face: Face,
    /// One end.
    pub from: [Mm; 3],
    /// The other end; two coordinates are the same, or do not matter in the view.
    pub to: [Mm; 3],
}
