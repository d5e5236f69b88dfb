//! Copies of one part on one bed.
//!
//! Promise: copies keep the gap from each other and the margin from the bed's edge, by the part's
//! real shadow where that gains over its box. The first n places of a full plate are a plate of n.
//!
//! Not promised: the most that any arrangement could hold.

mod boxes;
mod nested;
mod outline;

use nalgebra::{Isometry3, Translation3, UnitQuaternion, Vector3};

use crate::geometry::Mesh;
use crate::units::Mm;

use outline::Outline;

/// Where one copy lies.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Place {
    /// Least x of its box, in mm from the bed's corner.
    pub x: f64,
    /// Least y.
    pub y: f64,
    /// Turned counter-clockwise about z.
    pub degrees: f64,
}

/// What a bed must leave free.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Room {
    /// Between neighbours, brims included.
    pub gap: Mm,
    /// To the bed's edge, brims included.
    pub margin: Mm,
}

/// The places of a full plate, not yet [`centred`]: motions from the part's coordinates to the bed's,
/// whose corner is the origin. Empty if the part fits nowhere.
pub fn full(mesh: &Mesh, bed: [Mm; 3], room: Room) -> Vec<Isometry3<f64>> {
    let bounds = mesh.bounds();
    let (gap, margin) = (room.gap.mm(), room.margin.mm());
    let free = [bed[0], bed[1]].map(|length| length.mm() - 2.0 * margin);
    if bounds.max.z - bounds.min.z > bed[2].mm() || free.iter().any(|length| *length <= 0.0) {
        return Vec::new();
    }
    let outline = Outline::of(mesh);
    // Every box takes its gap along, and the bed one more.
    let mut places = boxes::pack(outline.size.map(|side| side + gap), free.map(|side| side + gap));
    let nested = nested::pack(&outline, free, gap);
    if nested.len() > places.len() {
        places = nested;
    }
    if places.is_empty() {
        places.extend(aslant(&outline, free));
    }
    places.iter().map(|place| motion(mesh, place)).collect()
}

/// One copy at the first angle at which it fits.
fn aslant(outline: &Outline, free: [f64; 2]) -> Option<Place> {
    let [width, depth] = outline.size;
    (1..90).map(f64::from).find_map(|degrees| {
        let (sine, cosine) = degrees.to_radians().sin_cos();
        let box_x = width * cosine + depth * sine;
        let box_y = width * sine + depth * cosine;
        (box_x <= free[0] && box_y <= free[1]).then_some(Place { x: 0.0, y: 0.0, degrees })
    })
}

/// Turns a mesh about z, and moves the least corner of its box to the place.
fn motion(mesh: &Mesh, place: &Place) -> Isometry3<f64> {
    let turn = UnitQuaternion::from_axis_angle(&Vector3::z_axis(), place.degrees.to_radians());
    let [least, _] = extent(mesh, &Isometry3::from_parts(Translation3::identity(), turn));
    let shift = Translation3::new(place.x - least[0], place.y - least[1], 0.0);
    Isometry3::from_parts(shift, turn)
}

/// Least and greatest x and y of a moved mesh.
fn extent(mesh: &Mesh, motion: &Isometry3<f64>) -> [[f64; 2]; 2] {
    let mut extent = [[f64::INFINITY; 2], [f64::NEG_INFINITY; 2]];
    for point in &mesh.points {
        let moved = motion * point;
        for (axis, value) in [moved.x, moved.y].into_iter().enumerate() {
            extent[0][axis] = extent[0][axis].min(value);
            extent[1][axis] = extent[1][axis].max(value);
        }
    }
    extent
}

/// All copies together in the middle of the bed, in whole hundredths of a millimetre.
pub fn centred(mesh: &Mesh, motions: Vec<Isometry3<f64>>, bed: [Mm; 3]) -> Vec<Isometry3<f64>> {
    let extents: Vec<[[f64; 2]; 2]> = motions.iter().map(|motion| extent(mesh, motion)).collect();
    let shift = [0, 1].map(|axis| {
        let least = extents.iter().map(|it| it[0][axis]).fold(f64::INFINITY, f64::min);
        let most = extents.iter().map(|it| it[1][axis]).fold(f64::NEG_INFINITY, f64::max);
        let shift = (bed[axis].mm() - least - most) / 2.0;
        (shift * 100.0).floor() / 100.0
    });
    let moved = |motion: Isometry3<f64>| Translation3::new(shift[0], shift[1], 0.0) * motion;
    motions.into_iter().map(moved).collect()
}
