//! Fans in the top plate.

use std::f64::consts::PI;

use crate::catalog::Fan;
use crate::cluster::{Known, Ledger};
use crate::spec::Document;
use crate::units::Mm;

use super::MEASURED;
use super::choice::Part;
use super::sizes::Sizes;

/// Holes of 175 mm under fans of 200 mm.
const HOLE_SHARE: f64 = 0.875;
/// Four fans stand on this circle.
const CIRCLE: Mm = Mm::um(202_500);
/// Between the covers of neighbouring fans.
const GAP: Mm = Mm::um(6_000);
/// Wood between a cover and the edge of the plate.
pub const RIM: Mm = Mm::um(20_000);
/// For the lamp's cable, in the middle of the plate.
const CABLE_HOLE: Mm = Mm::um(50_000);

/// Fans in the top plate, on a circle around its middle.
#[derive(Clone, Debug)]
pub struct RoofFans {
    /// Catalogue id of the fan.
    pub id: String,
    /// The fan.
    pub fan: Fan,
    /// The cover over each.
    pub cover: Option<Part>,
    /// Diameter of a cover, or of the fan if there is none.
    pub across: Mm,
    /// How many the design wants; some have no place if the plate is too small.
    pub wanted: u32,
    /// Their middles.
    pub at: Vec<(Mm, Mm)>,
    /// Diameter of the holes under them.
    pub hole: Known<Mm>,
    /// Radius of the circle that they stand on.
    pub circle: Known<Mm>,
    /// Diameter of the hole in the middle of the plate.
    pub cable_hole: Mm,
}

impl RoofFans {
    /// Places the design's roof fans; `None` if it has none.
    pub(super) fn new(document: &Document, sizes: &Sizes, ledger: &mut Ledger) -> Option<RoofFans> {
        let wanted = document.design.cooling.roof_fans.as_ref()?;
        let fan = document.catalog.fans.get(&wanted.kind)?;
        let entry = format!("catalog.fans.{}", wanted.kind);
        let size = ledger.fact(&entry, "size", &fan.size, &fan.source);
        let share = ledger.rule("frame.fan_hole_share", HOLE_SHARE, MEASURED);
        let hole = ledger.derive(
            "frame.fan_hole",
            "fan size × frame.fan_hole_share",
            &[&size, &share],
            size.value * share.value,
        );
        let cover = Part::named(&document.catalog, &format!("fan-cover-{}mm", size.value.mm()));
        let across = match &cover {
            Some(cover) => cover.size("width", 0, ledger),
            None => size.clone(),
        };
        if let Some(cover) = &cover {
            let above = cover.size("height", 2, ledger);
            sizes.on_top("frame.height_with_covers", "height of the fan covers", &above, ledger);
        }
        let measured = ledger.rule("frame.fan_circle_of_four", CIRCLE, MEASURED);
        let gap = ledger.rule("frame.fan_gap", GAP, "design rule of pibuild");
        let count = wanted.count;
        let side_by_side =
            (across.value + gap.value) * (0.5 / (PI / f64::from(count.max(2))).sin());
        let circle = ledger.derive(
            "frame.fan_circle",
            "radius: that of four fans, or more so that covers keep frame.fan_gap",
            &[&measured, &across, &gap],
            measured.value.max(side_by_side),
        );
        let plate = sizes.outer_width.value.min(sizes.outer_depth.value);
        let around = on_circle(count, circle.value);
        let at = if circle.value * 2 + across.value + RIM * 2 <= plate {
            around
        } else {
            in_rows(count, across.value + gap.value, sizes)
        };
        Some(RoofFans {
            id: wanted.kind.clone(),
            fan: fan.clone(),
            cover,
            at: at.into_iter().map(|(x, y)| (x, sizes.middle + y)).collect(),
            across: across.value,
            wanted: count,
            hole,
            circle,
            cable_hole: CABLE_HOLE,
        })
    }
}

/// Middles on a circle, from the middle of the plate.
fn on_circle(count: u32, radius: Mm) -> Vec<(Mm, Mm)> {
    let place = |number: u32| {
        let angle = PI / 4.0 + 2.0 * PI * f64::from(number) / f64::from(count);
        let (sin, cos) = angle.sin_cos();
        (radius * cos, radius * sin)
    };
    (0..count).map(place).collect()
}

/// Middles in rows, on a plate that is too narrow for the circle; the place in the very middle is
/// left to the cable. As many as fit.
fn in_rows(count: u32, pitch: Mm, sizes: &Sizes) -> Vec<(Mm, Mm)> {
    let fits = |size: Mm| (size - RIM * 2).fits(pitch).max(0);
    let (columns, rows) = (fits(sizes.outer_width.value), fits(sizes.outer_depth.value));
    let offset = |number: i64, of: i64| (pitch * (2 * number + 1 - of)).half();
    let places = (0..rows).flat_map(|row| {
        (0..columns).map(move |column| (offset(column, columns), offset(row, rows)))
    });
    let mut places: Vec<(Mm, Mm)> =
        places.filter(|(x, y)| x.abs().max(y.abs()) >= pitch.half()).collect();
    // Nearest to the middle first.
    places.sort_by_key(|(x, y)| (x.abs().max(y.abs()), *y, *x));
    places.truncate(count as usize);
    places
}
