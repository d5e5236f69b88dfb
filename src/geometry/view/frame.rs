//! From space to the plane of a view.

use crate::geometry::Direction;

/// How somebody looks at a solid: which directions run to the right and up on paper.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Frame {
    /// To the right on paper.
    pub right: Direction,
    /// Up on paper. Must not run along the axis of `right`.
    pub up: Direction,
}

impl Frame {
    /// A point's place on paper, and how near it is to the viewer.
    pub(super) fn place(self, point: [f64; 3]) -> [f64; 3] {
        let (right, up) = (self.right, self.up);
        [right.along(point), up.along(point), self.toward().along(point)]
    }

    /// From the solid to the viewer: right × up.
    pub fn toward(self) -> Direction {
        let (right, up) = (self.right.axis().index(), self.up.axis().index());
        let positive = self.right.is_positive() == self.up.is_positive();
        let cyclic = (right + 1) % 3 == up;
        match (3 - right - up, positive == cyclic) {
            (0, true) => Direction::XPlus,
            (0, false) => Direction::XMinus,
            (1, true) => Direction::YPlus,
            (1, false) => Direction::YMinus,
            (_, true) => Direction::ZPlus,
            (_, false) => Direction::ZMinus,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn toward_the_viewer_is_right_times_up() {
        use Direction::{XMinus, XPlus, YMinus, YPlus, ZMinus, ZPlus};
        for (right, up, toward) in [
            (XPlus, YPlus, ZPlus),
            (XPlus, ZPlus, YMinus),
            (YPlus, ZPlus, XPlus),
            (XMinus, ZPlus, YPlus),
            (ZPlus, YMinus, XPlus),
            (XPlus, YMinus, ZMinus),
            (YMinus, ZPlus, XMinus),
        ] {
            assert_eq!(Frame { right, up }.toward(), toward, "{right} × {up}");
        }
    }
}
