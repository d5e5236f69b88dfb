//! Where posts and horizontals stand.

use crate::cluster::Cluster;
use crate::units::Mm;

use super::choice::Extrusion;
use super::sizes::Sizes;

/// Horizontals longer than this get a post between two racks.
const LONGEST_SPAN: Mm = Mm::um(1_700_000);

/// What a bar does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// It stands.
    Post,
    /// It lies.
    Beam,
}

/// One bar of the frame: the box that it fills, in the cluster's frame.
#[derive(Clone, Copy, Debug)]
pub struct FrameBar {
    /// What it does.
    pub role: Role,
    /// Smallest coordinates.
    pub from: [Mm; 3],
    /// Largest coordinates.
    pub to: [Mm; 3],
}

impl FrameBar {
    /// Its longest side.
    pub fn length(&self) -> Mm {
        let sides = [0, 1, 2].map(|axis| self.to[axis] - self.from[axis]);
        sides.into_iter().fold(Mm::ZERO, Mm::max)
    }

    /// Its middle, seen from above.
    pub fn middle(&self) -> (Mm, Mm) {
        ((self.from[0] + self.to[0]).half(), (self.from[1] + self.to[1]).half())
    }
}

/// All bars: corner by corner the posts, posts between racks, then the horizontals below and above.
pub(super) fn place(
    sizes: &Sizes,
    cluster: &Cluster,
    (post, beam): (&Extrusion, &Extrusion),
) -> Vec<FrameBar> {
    let side = post.profile.short_side.value;
    let (half_width, half_depth) = (sizes.outer_width.value.half(), sizes.outer_depth.value.half());
    let standing = |x: Mm, y: Mm| FrameBar {
        role: Role::Post,
        from: [x - side.half(), sizes.middle + y - side.half(), Mm::ZERO],
        to: [x + side.half(), sizes.middle + y + side.half(), sizes.post_length.value],
    };
    let (corner_x, corner_y) = (half_width - side.half(), half_depth - side.half());
    let mut bars = vec![];
    for (right, rear) in [(-1, -1), (1, -1), (-1, 1), (1, 1)] {
        bars.push(standing(corner_x * right, corner_y * rear));
        if sizes.corner_posts.value > 1 {
            bars.push(standing((corner_x - side) * right, corner_y * rear));
            bars.push(standing(corner_x * right, (corner_y - side) * rear));
        }
    }
    let between = between_racks(sizes, cluster);
    for &x in &between {
        bars.extend([-1, 1].map(|rear| standing(x, corner_y * rear)));
    }

    let (thick, tall) = (beam.profile.short_side.value, beam.profile.long_side.value);
    let levels = [Mm::ZERO, sizes.post_length.value - tall];
    let lying = |x: [Mm; 2], y: [Mm; 2], z: Mm| FrameBar {
        role: Role::Beam,
        from: [x[0], sizes.middle + y[0], z],
        to: [x[1], sizes.middle + y[1], z + tall],
    };
    // Along a row of posts: from the near side of one to the far side of the one before.
    let mut ends = vec![-half_width + sizes.leg()];
    for x in between {
        ends.extend([x - side.half(), x + side.half()]);
    }
    ends.push(half_width - sizes.leg());
    for z in levels {
        for span in ends.chunks_exact(2) {
            bars.push(lying([span[0], span[1]], [-half_depth, -half_depth + thick], z));
            bars.push(lying([span[0], span[1]], [half_depth - thick, half_depth], z));
        }
        let along = half_depth - sizes.leg();
        bars.push(lying([-half_width, -half_width + thick], [-along, along], z));
        bars.push(lying([half_width - thick, half_width], [-along, along], z));
    }
    bars
}

/// Where posts stand between racks, so that no horizontal is too long.
fn between_racks(sizes: &Sizes, cluster: &Cluster) -> Vec<Mm> {
    let span = sizes.outer_width.value - sizes.leg() * 2;
    let spans = (span.nm() - 1).max(0) / LONGEST_SPAN.nm() + 1;
    let abreast = i64::from(sizes.abreast);
    let rack = cluster.opening.rack.width.value;
    let left = -(rack * abreast).half();
    let mut places: Vec<Mm> = (1..spans.min(abreast))
        .map(|number| left + rack * ((2 * number * abreast / spans + 1) / 2))
        .collect();
    places.dedup();
    places
}
