//! The frame's sizes, from the racks outwards.

use crate::catalog::Sheet;
use crate::cluster::{Cluster, Known, Ledger};
use crate::layout::{Layout, Stand};
use crate::units::Mm;

use super::MEASURED;
use super::choice::{Extrusion, Part};

/// From a rack's side to the horizontals, measured out of the builders' CAD file: 44 in between
/// the horizontals, two racks of 21 in abreast.
const BESIDE: Mm = Mm::um(25_400);
/// From the racks' mounting faces to the horizontals, for plugs and cables; measured out of the
/// same file: faces at 467 mm from the middle, horizontals at 558.8.
const IN_FRONT: Mm = Mm::um(91_800);
/// How far the base plate stands out around the posts, measured out of the same file.
const LIP: Mm = Mm::um(6_350);

/// Sizes of the frame. Outside, posts and horizontals are flush.
#[derive(Clone, Debug)]
pub struct Sizes {
    /// Between the horizontals, left to right.
    pub inside_width: Known<Mm>,
    /// Between the horizontals, front to rear.
    pub inside_depth: Known<Mm>,
    /// Over the posts, left to right.
    pub outer_width: Known<Mm>,
    /// Over the posts, front to rear.
    pub outer_depth: Known<Mm>,
    /// Over the base plate, left to right.
    pub width: Known<Mm>,
    /// Over the base plate, front to rear.
    pub depth: Known<Mm>,
    /// From the floor that it stands on to its top plate's upper side.
    pub height: Known<Mm>,
    /// From the floor that it stands on to the base plate's lower side.
    pub clearance: Known<Mm>,
    /// Length of the posts.
    pub post_length: Known<Mm>,
    /// Side of the posts.
    pub post_side: Known<Mm>,
    /// Height of the horizontals, which stand on edge.
    pub beam_height: Known<Mm>,
    /// Thickness of the horizontals.
    pub beam_thickness: Known<Mm>,
    /// Thickness of base and top plate.
    pub plate_thickness: Known<Mm>,
    /// How far the base plate stands out around the posts.
    pub lip: Known<Mm>,
    /// Posts in a corner: one, or three in an L.
    pub corner_posts: Known<u32>,
    /// Racks abreast.
    pub abreast: u32,
    /// Its middle, front to rear, in the cluster's frame.
    pub middle: Mm,
}

impl Sizes {
    /// Derives all sizes. `None` if there is no rack.
    pub(super) fn new(
        cluster: &Cluster,
        layout: &Layout,
        (post, beam): (&Extrusion, &Extrusion),
        (plate, sheet): (&str, &Sheet),
        castor: &Part,
        ledger: &mut Ledger,
    ) -> Option<Sizes> {
        let stands: Vec<Stand> = layout.racks.iter().map(|rack| rack.stand).collect();
        let (id, rack) = (&cluster.opening.rack_id, &cluster.opening.rack);
        let entry = format!("catalog.racks.{id}");
        let rack_width = ledger.fact(&entry, "width", &rack.width, &rack.source);
        let rack_height = ledger.fact(&entry, "height", &rack.height, &rack.source);
        let looking_out = |turned| stands.iter().filter(move |stand| stand.turned == turned);
        let abreast = looking_out(false).count().max(looking_out(true).count());
        let abreast = u32::try_from(abreast).unwrap_or(u32::MAX);
        let racks_width = ledger.derive(
            "frame.racks_width",
            format!("{abreast} racks abreast × their width"),
            &[&rack_width],
            rack_width.value * i64::from(abreast),
        );
        let front = looking_out(false).map(|stand| stand.y).min()?;
        let (racks_depth, rear) = racks_depth(cluster, layout, front, ledger);

        let beside = ledger.rule("frame.room_beside", BESIDE, MEASURED);
        let in_front = ledger.rule("frame.room_in_front", IN_FRONT, MEASURED);
        let inside_width = ledger.derive(
            "frame.inside_width",
            "frame.racks_width + 2 × frame.room_beside",
            &[&racks_width, &beside],
            racks_width.value + beside.value * 2,
        );
        let inside_depth = ledger.derive(
            "frame.inside_depth",
            "frame.racks_depth + 2 × frame.room_in_front",
            &[&racks_depth, &in_front],
            racks_depth.value + in_front.value * 2,
        );

        let post_side = post.short_side(ledger);
        let (beam_thickness, beam_height) = (beam.short_side(ledger), beam.long_side(ledger));
        let thickest = post_side.value.max(beam_thickness.value);
        let over_posts = |name: &str, inside: &Known<Mm>, ledger: &mut Ledger| {
            ledger.derive(
                &format!("frame.outer_{name}"),
                format!("frame.inside_{name} + 2 × the thicker of post and horizontal"),
                &[inside, &post_side, &beam_thickness],
                inside.value + thickest * 2,
            )
        };
        let outer_width = over_posts("width", &inside_width, ledger);
        let outer_depth = over_posts("depth", &inside_depth, ledger);
        let lip = ledger.rule("frame.lip", LIP, MEASURED);
        let over_plate = |name: &str, outer: &Known<Mm>, ledger: &mut Ledger| {
            ledger.derive(
                &format!("frame.{name}"),
                format!("frame.outer_{name} + 2 × frame.lip: over the base plate"),
                &[outer, &lip],
                outer.value + lip.value * 2,
            )
        };
        let width = over_plate("width", &outer_width, ledger);
        let depth = over_plate("depth", &outer_depth, ledger);

        let plate_thickness = ledger.fact(
            &format!("catalog.sheets.{plate}"),
            "thickness",
            &sheet.thickness,
            &sheet.source,
        );
        let post_length = ledger.derive(
            "frame.post_length",
            "as tall as the racks",
            &[&rack_height],
            rack_height.value,
        );
        let clearance = castor.size("height", 2, ledger);
        let height = ledger.derive(
            "frame.height",
            "castor height + base plate + frame.post_length + top plate",
            &[&clearance, &plate_thickness, &post_length],
            clearance.value + plate_thickness.value * 2 + post_length.value,
        );
        let tall = post_length.value >= super::choice::TALL;
        let corner_posts = ledger.derive(
            "frame.corner_posts",
            "three in an L around racks of 1 m and more, else one",
            &[&rack_height],
            if tall { 3 } else { 1 },
        );
        Some(Sizes {
            inside_width,
            inside_depth,
            outer_width,
            outer_depth,
            width,
            depth,
            height,
            clearance,
            post_length,
            post_side,
            beam_height,
            beam_thickness,
            plate_thickness,
            lip,
            corner_posts,
            abreast,
            middle: (front + rear).half(),
        })
    }

    /// How far posts reach from a corner along each side.
    pub fn leg(&self) -> Mm {
        self.post_side.value * if self.corner_posts.value > 1 { 2 } else { 1 }
    }

    /// Records the height with something that stands on the top plate.
    pub(super) fn on_top(&self, name: &str, what: &str, above: &Known<Mm>, ledger: &mut Ledger) {
        let formula = format!("frame.height + {what}");
        ledger.derive(name, formula, &[&self.height, above], self.height.value + above.value);
    }
}

/// From the front's mounting faces to the rear's, or, for a row, to the rear of the deepest thing;
/// and where that ends.
fn racks_depth(
    cluster: &Cluster,
    layout: &Layout,
    front: Mm,
    ledger: &mut Ledger,
) -> (Known<Mm>, Mm) {
    let turned = layout.racks.iter().map(|rack| rack.stand).filter(|stand| stand.turned);
    if let Some(rear) = turned.map(|stand| stand.y).max() {
        let formula = "between the mounting faces of racks back to back";
        return (ledger.derive("frame.racks_depth", formula, &[], rear - front), rear);
    }
    let (id, rack) = (&cluster.opening.rack_id, &cluster.opening.rack);
    let entry = format!("catalog.racks.{id}");
    let rack_depth = ledger.fact(&entry, "depth", &rack.depth, &rack.source);
    let devices = layout.devices().filter_map(|name| cluster.device(name));
    let deepest = devices.map(|device| &device.depth).max_by_key(|depth| depth.value);
    let deepest = deepest.filter(|depth| depth.value > rack_depth.value).unwrap_or(&rack_depth);
    let formula = "the deepest of rack and devices";
    let depth = ledger.derive("frame.racks_depth", formula, &[deepest], deepest.value);
    let rear = front + depth.value;
    (depth, rear)
}
