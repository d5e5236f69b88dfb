//! The rail, the opening that it spans, and the row that it leaves for caddies.

use super::quantity::{Known, Ledger};
use crate::catalog::{Catalog, Rack, RailProfile};
use crate::spec::{Auto, Design, Orientation, RackStandard, RailOrientation, RailPosition};
use crate::units::Mm;

/// The rail of one bank, and the rack opening around it.
#[derive(Clone, Debug)]
pub struct RailPlan {
    /// Catalogue id of the profile.
    pub profile_id: String,
    /// The profile.
    pub profile: RailProfile,
    /// Length as bought.
    pub bought: Known<Mm>,
    /// Length taken off one end.
    pub milling: Known<Mm>,
    /// Length as built in.
    pub finished: Known<Mm>,
    /// Which way the section's longer side stands.
    pub orientation: RailOrientation,
    /// Section, upright.
    pub height: Known<Mm>,
    /// Section, front to rear.
    pub depth: Known<Mm>,
    /// Thread tapped into both ends.
    pub tap: String,
    /// What the brackets leave of it for caddies.
    pub row: Known<Mm>,
    /// Does it run over the boards? Banks are worked out with it below, and turned.
    pub over: bool,
}

/// The rack that banks are mounted in, as far as a bank's width goes.
#[derive(Clone, Debug)]
pub struct OpeningPlan {
    /// Catalogue id of the rack.
    pub rack_id: String,
    /// The rack.
    pub rack: Rack,
    /// Clear width between the posts.
    pub width: Known<Mm>,
    /// Rail and brackets together.
    pub used: Known<Mm>,
    /// What is left of the opening.
    pub spare: Known<Mm>,
}

/// Default rail lengths: with 16.35 mm milled off and two 5 mm brackets both close their opening
/// exactly (450.85 and 222.25 mm).
const RAIL_19_INCH: Mm = Mm::um(457_200);
const RAIL_10_INCH: Mm = Mm::um(228_600);

/// The longest bridge that a printer which is set up well makes without sagging: the window of a
/// rail 25.4 mm high, the longest on purpose, has 25.9 mm.
pub const LONGEST_BRIDGE: Mm = Mm::um(26_000);

/// The usual rack of a standard.
pub fn usual_rack(standard: RackStandard) -> &'static str {
    match standard {
        RackStandard::Nineteen => "two-post-72in",
        RackStandard::Ten => "open-10in-8u",
    }
}

impl RailPlan {
    /// Where the bores in its ends lie, from its middle: to the rear, and up.
    pub fn bores(&self) -> Vec<[Mm; 2]> {
        let Some(pitch) = &self.profile.bore_pitch else { return vec![[Mm::ZERO; 2]] };
        let half = pitch.value.half();
        match self.orientation {
            RailOrientation::OnEdge => vec![[Mm::ZERO, -half], [Mm::ZERO, half]],
            RailOrientation::Flat => vec![[-half, Mm::ZERO], [half, Mm::ZERO]],
        }
    }

    /// Derives the rail. `profile` is the entry of `design.rail.profile`.
    pub fn new(design: &Design, profile: &RailProfile, ledger: &mut Ledger) -> RailPlan {
        let bought = match design.rail.length {
            Auto::Set(length) => ledger.given("rail.length", length),
            Auto::Auto => match design.racks.standard {
                RackStandard::Nineteen => {
                    ledger.derive("rail.length", "18 in for a 19-inch rack", &[], RAIL_19_INCH)
                }
                RackStandard::Ten => {
                    ledger.derive("rail.length", "9 in for a 10-inch rack", &[], RAIL_10_INCH)
                }
            },
        };
        let milling = ledger.given("rail.milling", design.rail.milling);
        let finished = ledger.derive(
            "rail.finished_length",
            "rail.length − rail.milling",
            &[&bought, &milling],
            bought.value - milling.value,
        );
        let entry = format!("catalog.rails.{}", design.rail.profile);
        let long = ledger.fact(&entry, "long_side", &profile.long_side, &profile.source);
        let short = ledger.fact(&entry, "short_side", &profile.short_side, &profile.source);
        let orientation = orientation(design, &long, ledger);
        let (upright, lying) = match orientation {
            RailOrientation::OnEdge => (&long, &short),
            RailOrientation::Flat => (&short, &long),
        };
        let height = ledger.derive(
            "rail.height",
            "the side that stands, by rail.orientation",
            &[upright],
            upright.value,
        );
        let depth = ledger.derive(
            "rail.depth",
            "the side that lies, by rail.orientation",
            &[lying],
            lying.value,
        );
        let collar = ledger.given("end_bracket.collar", design.end_bracket.collar);
        let row = ledger.derive(
            "bank.row_length",
            "rail.finished_length − 2 × end_bracket.collar",
            &[&finished, &collar],
            finished.value - collar.value * 2,
        );
        RailPlan {
            profile_id: design.rail.profile.clone(),
            profile: profile.clone(),
            bought,
            milling,
            finished,
            orientation,
            height,
            depth,
            tap: design.rail.tap.set().cloned().unwrap_or_else(|| profile.tap.clone()),
            row,
            over: position(design, ledger),
        }
    }

    /// Middles of the slots that look to the front, from the rail's middle up.
    pub fn front_slots(&self) -> &[Mm] {
        match (&self.profile.slot, self.orientation) {
            (None, _) => &[],
            (Some(slot), RailOrientation::OnEdge) => &slot.long_side,
            (Some(slot), RailOrientation::Flat) => &slot.short_side,
        }
    }
}

/// Records on which side of the boards the rail runs: is it over them?
fn position(design: &Design, ledger: &mut Ledger) -> bool {
    match design.rail.position {
        RailPosition::Auto => {
            ledger.derive(
                "bank.rail_position",
                "rail.position is auto: under. A bank turned by half a turn about the front-rear \
                 axis has its rail over the boards, with the same parts and the same gaps; under, \
                 it carries caddies from below, and power cables hang free",
                &[],
                "under",
            );
        }
        RailPosition::Under => {
            ledger.given("rail.position", "under");
        }
        RailPosition::Over => {
            ledger.given("rail.position", "over");
        }
    }
    design.rail.position == RailPosition::Over
}

/// As written; or on edge, where a rail is stiffest. A flat bank's rail lies: that gives trays the
/// longer hold, and leaves more room for cables and air over it. Caddies that print standing bridge
/// the upright side of the rail's window, trays the lying one: neither gets a side that is too long
/// for that if the other will do.
fn orientation(design: &Design, long: &Known<Mm>, ledger: &mut Ledger) -> RailOrientation {
    let (chosen, why) = match (&design.rail.orientation, design.bank.orientation) {
        (Auto::Set(RailOrientation::OnEdge), _) => {
            ledger.given("rail.orientation", "on-edge");
            return RailOrientation::OnEdge;
        }
        (Auto::Set(RailOrientation::Flat), _) => {
            ledger.given("rail.orientation", "flat");
            return RailOrientation::Flat;
        }
        (Auto::Auto, bank) => {
            let bridged = long.value <= LONGEST_BRIDGE;
            match (bank, bridged) {
                (Orientation::Upright, true) => {
                    (RailOrientation::OnEdge, "on edge: that way it is stiffest")
                }
                (Orientation::Upright, false) => (
                    RailOrientation::Flat,
                    "flat: its longer side is too long for a printed bridge",
                ),
                (Orientation::Flat, true) => {
                    (RailOrientation::Flat, "flat in a flat bank: trays hold on to its longer side")
                }
                (Orientation::Flat, false) => (
                    RailOrientation::OnEdge,
                    "on edge: trays bridge what lies, and its longer side is too long for that",
                ),
            }
        }
    };
    let word = if chosen == RailOrientation::Flat { "flat" } else { "on-edge" };
    ledger.derive("rail.orientation", why, &[long], word);
    chosen
}

impl OpeningPlan {
    /// Compares rail and brackets with the rack's opening. `None` if the catalogue lacks the rack.
    pub fn new(
        design: &Design,
        catalog: &Catalog,
        rail: &RailPlan,
        ledger: &mut Ledger,
    ) -> Option<OpeningPlan> {
        let rack_id = match &design.racks.model {
            Auto::Set(id) => id.clone(),
            Auto::Auto => usual_rack(design.racks.standard).to_owned(),
        };
        let rack = catalog.racks.get(&rack_id)?.clone();
        let entry = format!("catalog.racks.{rack_id}");
        let width = ledger.fact(&entry, "opening", &rack.opening, &rack.source);
        let thickness = ledger.given("end_bracket.thickness", design.end_bracket.thickness);
        let used = ledger.derive(
            "bank.body_width",
            "rail.finished_length + 2 × end_bracket.thickness",
            &[&rail.finished, &thickness],
            rail.finished.value + thickness.value * 2,
        );
        let spare = ledger.derive(
            "bank.opening_spare",
            "rack opening − bank.body_width",
            &[&width, &used],
            width.value - used.value,
        );
        Some(OpeningPlan { rack_id, rack, width, used, spare })
    }
}
