//! One bank: a row of caddies between two end brackets, and the fans behind it.

use super::caddy::CaddyPlan;
use super::fixing::{Chosen, at_least, longest};
use super::quantity::{Known, Ledger};
use super::rail::{OpeningPlan, RailPlan};
use crate::catalog::{Catalog, Fan, FastenerClass};
use crate::spec::{Auto, Design, Orientation};
use crate::units::{Mm, RackUnits};

/// One rack unit (EIA-310).
pub const RACK_UNIT: Mm = Mm::um(44_450);
/// A panel is this much lower than its rack units (EIA-310).
const PANEL_GAP: Mm = Mm::um(790);
/// The flange that carries a fan.
const FLANGE_THICKNESS: Mm = Mm::um(3_000);
/// Between the flange and the row's rear, or what stands out behind it.
/// In the usual layers of 0.15 mm the roof of the rail's window then begins with a whole layer, as a
/// bridge should.
const FLANGE_CLEARANCE: Mm = Mm::um(340);
/// How far the flange stands out around the fan.
const FLANGE_RIM: Mm = Mm::um(1_000);

/// Plastic in front of the rail's end, where the bracket's pad does not reach its ear.
const PAD_WALL: Mm = Mm::um(4_000);

/// One bank, as all banks of the cluster are.
#[derive(Clone, Debug)]
pub struct BankPlan {
    /// Rack units.
    pub units: Known<RackUnits>,
    /// Height of its end brackets.
    pub panel_height: Known<Mm>,
    /// Width over the ears.
    pub width: Known<Mm>,
    /// Front to rear, fans included.
    pub depth: Known<Mm>,
    /// Boards in it.
    pub boards: Known<u32>,
    /// Its fans, if it has any.
    pub fans: Option<FanPlan>,
    /// The printed ends.
    pub bracket: BracketPlan,
}

/// The fans of a bank.
#[derive(Clone, Debug)]
pub struct FanPlan {
    /// Catalogue id of the fan.
    pub id: String,
    /// The fan.
    pub fan: Fan,
    /// Slots that hold fan caddies, counted from 1 at the left.
    pub slots: Vec<u32>,
    /// The fewest slots between two fans.
    pub spacing: u32,
    /// Side of the square flange.
    pub flange: Known<Mm>,
    /// What four pitches (or as many as lie between fans) leave for the flange.
    pub flange_limit: Known<Mm>,
    /// Thickness of the flange.
    pub flange_thickness: Mm,
    /// Between the row's rear and the flange.
    pub clearance: Mm,
    /// The screw through fan and flange; `None` if the catalogue has none that fits.
    pub screw: Option<Chosen>,
    /// The nut behind it.
    pub nut: Option<Chosen>,
}

/// The printed ends of a bank. The left one is described; the right one is its mirror image.
#[derive(Clone, Debug)]
pub struct BracketPlan {
    /// Plate between rail end and rack post.
    pub thickness: Mm,
    /// How far its collar reaches over the rail.
    pub collar: Mm,
    /// Thickness of the ear.
    pub ear: Mm,
    /// Width of the ear.
    pub ear_width: Known<Mm>,
    /// From the plate's outer face to the middle of the rack's holes.
    pub hole_offset: Known<Mm>,
    /// Height of the body's lower edge over the bracket's.
    pub lift: Known<Mm>,
    /// Where the pad around the rail's end begins, behind the ear's front: a flat bank's rail lies far
    /// behind it.
    pub pad_front: Mm,
    /// Where the rail's bores lie, from its middle: to the rear, and up.
    pub bores: Vec<[Mm; 2]>,
    /// The bolt into each of them; `None` if the catalogue has none that fits.
    pub bolt: Option<Chosen>,
    /// The screw into the rack; `None` if the catalogue has none that fits.
    pub rack_screw: Option<Chosen>,
}

/// The fewest rack units whose panel is at least so high.
pub fn units_for(height: Mm) -> RackUnits {
    let needed = (height + PANEL_GAP).nm();
    let units =
        needed.div_euclid(RACK_UNIT.nm()) + i64::from(needed.rem_euclid(RACK_UNIT.nm()) > 0);
    RackUnits(u32::try_from(units).unwrap_or(1).max(1))
}

impl BankPlan {
    /// Derives the bank around its caddies.
    pub fn new(
        design: &Design,
        catalog: &Catalog,
        rail: &RailPlan,
        opening: &OpeningPlan,
        caddy: &CaddyPlan,
        ledger: &mut Ledger,
    ) -> BankPlan {
        let unit = ledger.rule("rack.unit", RACK_UNIT, "EIA-310-D");
        let gap = ledger.rule("rack.panel_gap", PANEL_GAP, "EIA-310-D");
        let fans = FanPlan::new(design, catalog, caddy, ledger);
        let units = match (&design.bank.height, &fans) {
            (Auto::Set(units), _) => ledger.given("bank.height", *units),
            (Auto::Auto, None) => ledger.derive(
                "bank.height",
                "the fewest rack units with n × 44.45 − 0.79 ≥ caddy.height",
                &[&caddy.height, &unit, &gap],
                units_for(caddy.height.value),
            ),
            (Auto::Auto, Some(fans)) => ledger.derive(
                "bank.height",
                "the fewest rack units with n × 44.45 − 0.79 ≥ caddy.height and fan_caddy.flange",
                &[&caddy.height, &fans.flange, &unit, &gap],
                units_for(caddy.height.value.max(fans.flange.value)),
            ),
        };
        let panel_height = ledger.derive(
            "bank.panel_height",
            "bank.height × rack.unit − rack.panel_gap",
            &[&units, &unit, &gap],
            unit.value * i64::from(units.value.0) - gap.value,
        );
        let entry = format!("catalog.racks.{}", opening.rack_id);
        let width = ledger.fact(&entry, "panel", &opening.rack.panel, &opening.rack.source);
        let width = ledger.derive(
            "bank.width",
            "over the ears: the rack's panel width",
            &[&width],
            width.value,
        );
        let per_caddy = ledger.given("caddy.pis_per_caddy", caddy.boards);
        let boards = ledger.derive(
            "bank.boards",
            "bank.caddies × caddy.pis_per_caddy",
            &[&caddy.count, &per_caddy],
            caddy.count.value.saturating_mul(caddy.boards),
        );
        let fan_depth = fans
            .as_ref()
            .map_or(Mm::ZERO, |fans| fans.clearance + fans.flange_thickness + fans.fan.depth.value);
        let depth = ledger.derive(
            "bank.depth",
            "caddy.depth, and behind it clearance, flange and fan where there are fans",
            &[&caddy.depth],
            caddy.depth.value + fan_depth,
        );
        let bracket =
            BracketPlan::new(design, catalog, rail, opening, caddy, &panel_height, ledger);
        BankPlan { units, panel_height, width, depth, boards, fans, bracket }
    }

    /// Fan caddies in one bank.
    pub fn fan_caddies(&self) -> u32 {
        self.fans.as_ref().map_or(0, |fans| u32::try_from(fans.slots.len()).unwrap_or(u32::MAX))
    }
}

impl FanPlan {
    fn new(
        design: &Design,
        catalog: &Catalog,
        caddy: &CaddyPlan,
        ledger: &mut Ledger,
    ) -> Option<FanPlan> {
        let wanted = design.bank.fans.as_ref()?;
        if wanted.count == 0 {
            return None;
        }
        let fan = catalog.fans.get(&wanted.kind)?.clone();
        let entry = format!("catalog.fans.{}", wanted.kind);
        let size = ledger.fact(&entry, "size", &fan.size, &fan.source);
        let slots = spread(caddy.count.value, wanted.count);
        let spacing = slots.windows(2).map(|pair| pair[1] - pair[0]).min();
        let spacing = spacing.unwrap_or(caddy.count.value);
        let rim = ledger.rule("fan_caddy.rim", FLANGE_RIM, "design rule of pibuild");
        let flange = ledger.derive(
            "fan_caddy.flange",
            "the fan's size + 2 × fan_caddy.rim",
            &[&size, &rim],
            size.value + rim.value * 2,
        );
        let flange_limit = ledger.derive(
            "fan_caddy.flange_limit",
            format!("{spacing} × caddy.width, the least distance between two fans"),
            &[&caddy.pitch],
            caddy.pitch.value * i64::from(spacing),
        );
        let apart = ledger.rule("fan_caddy.apart", FLANGE_CLEARANCE, "design rule of pibuild");
        let clearance = ledger.derive(
            "fan_caddy.clearance",
            "fan_caddy.apart, behind the row or behind what stands out of it: cards, sockets, plugs",
            &[&apart, &caddy.depth],
            (caddy.seated.reach() - caddy.depth.value).max(Mm::ZERO) + apart.value,
        );
        let held = FLANGE_THICKNESS + fan.depth.value;
        let nut = super::fixing::shortest(catalog, FastenerClass::Nut, &fan.thread);
        let nut_height = nut.as_ref().map_or(Mm::ZERO, |nut| nut.fastener.length.value);
        let screw = at_least(catalog, FastenerClass::FanScrew, &fan.thread, held + nut_height);
        Some(FanPlan {
            id: wanted.kind.clone(),
            fan,
            slots,
            spacing,
            flange,
            flange_limit,
            flange_thickness: FLANGE_THICKNESS,
            clearance: clearance.value,
            screw,
            nut,
        })
    }
}

impl FanPlan {
    /// How many fans of this size fit behind a row, whatever their number in the design: flanges
    /// must not meet, nor stand out over the ends of the bank's body, which are `ends` away from
    /// the row. 0 if not even one fits.
    pub fn most(&self, caddies: u32, pitch: Mm, ends: Mm) -> u32 {
        let fits = |count: &u32| {
            let slots = spread(caddies, *count);
            let least = slots.windows(2).map(|pair| pair[1] - pair[0]).min();
            least.is_none_or(|least| pitch * i64::from(least) >= self.flange.value)
                && beyond_row(&slots, caddies, pitch, self.flange.value) <= ends
        };
        (1..=caddies).rev().find(fits).unwrap_or(0)
    }

    /// How far the first or the last flange stands out over the end of the row; negative if
    /// neither does.
    pub fn beyond_row(&self, caddies: u32, pitch: Mm) -> Mm {
        beyond_row(&self.slots, caddies, pitch, self.flange.value)
    }
}

fn beyond_row(slots: &[u32], caddies: u32, pitch: Mm, flange: Mm) -> Mm {
    let (Some(&first), Some(&last)) = (slots.first(), slots.last()) else { return -flange };
    let before = pitch * i64::from(first - 1) + pitch.half();
    let behind = pitch * (i64::from(caddies) - i64::from(last)) + pitch.half();
    flange.half() - before.min(behind)
}

/// Spreads `count` fans over `slots` slots, each in the middle of its share.
fn spread(slots: u32, count: u32) -> Vec<u32> {
    let count = count.min(slots);
    let (slots, count) = (u64::from(slots), u64::from(count));
    (0..count).filter_map(|i| u32::try_from((2 * i + 1) * slots / (2 * count) + 1).ok()).collect()
}

impl BracketPlan {
    fn new(
        design: &Design,
        catalog: &Catalog,
        rail: &RailPlan,
        opening: &OpeningPlan,
        caddy: &CaddyPlan,
        panel_height: &Known<Mm>,
        ledger: &mut Ledger,
    ) -> BracketPlan {
        let rack = &opening.rack;
        let entry = format!("catalog.racks.{}", opening.rack_id);
        let panel = ledger.fact(&entry, "panel", &rack.panel, &rack.source);
        let centres = ledger.fact(&entry, "hole_centres", &rack.hole_centres, &rack.source);
        let ear_width = ledger.derive(
            "end_bracket.ear_width",
            "(panel width − bank.body_width) ÷ 2",
            &[&panel, &opening.used],
            (panel.value - opening.used.value).half(),
        );
        let hole_offset = ledger.derive(
            "end_bracket.hole_offset",
            "(hole centres − bank.body_width) ÷ 2",
            &[&centres, &opening.used],
            (centres.value - opening.used.value).half(),
        );
        let lift = ledger.derive(
            "bank.lift",
            "(bank.panel_height − caddy.height) ÷ 2: the row stands in the middle of its units",
            &[panel_height, &caddy.height],
            (panel_height.value - caddy.height.value).half(),
        );
        let end = &design.end_bracket;
        let bolt = longest(
            catalog,
            FastenerClass::RailBolt,
            &rail.tap,
            end.thickness + rail.profile.tap_depth.value,
        );
        let rack_screw = at_least(catalog, FastenerClass::RackScrew, &rack.thread, end.ear * 2);
        BracketPlan {
            thickness: end.thickness,
            collar: end.collar,
            ear: end.ear,
            ear_width,
            hole_offset,
            lift,
            pad_front: match caddy.orientation {
                Orientation::Upright => Mm::ZERO,
                Orientation::Flat => (caddy.strip.window.0 - PAD_WALL).max(Mm::ZERO),
            },
            bores: rail.bores(),
            bolt,
            rack_screw,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::spread;

    #[test]
    fn five_fans_behind_twenty_one_caddies_are_four_slots_apart() {
        assert_eq!(spread(21, 5), [3, 7, 11, 15, 19]);
    }

    #[test]
    fn fans_never_exceed_slots() {
        assert_eq!(spread(1, 5), [1]);
        assert_eq!(spread(2, 2), [1, 2]);
    }
}
