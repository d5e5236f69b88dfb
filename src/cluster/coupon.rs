//! The fit coupon: what is tried on a small print before the many.

use super::caddy::CaddyPlan;
use super::fixing::{Chosen, shortest};
use super::quantity::{Known, Ledger};
use crate::catalog::{Board, Catalog, FastenerClass};
use crate::spec::Design;
use crate::units::Mm;

/// Between the three clearances that are tried: what a printer that is set up a little otherwise
/// makes of one and the same number.
const STEP: Mm = Mm::um(100);
/// Tighter than this no print slides.
const TIGHTEST: Mm = Mm::um(50);

/// What the fit coupon tries.
#[derive(Clone, Debug)]
pub struct CouponPlan {
    /// Clearances of the three rail windows, each side, the tightest first.
    pub clearances: [Known<Mm>; 3],
    /// The screw that cuts its own thread in a standoff; `None` if the catalogue has none for the
    /// board's holes.
    pub pilot: Option<Chosen>,
    /// The insert for the board's holes; `None` if the catalogue has none.
    pub insert: Option<Chosen>,
    /// The nut: the fans' if there are fans, else the thinnest that there is.
    pub nut: Option<Chosen>,
}

impl CouponPlan {
    /// Derives the coupon of a design.
    pub fn new(
        design: &Design,
        catalog: &Catalog,
        board: &Board,
        caddy: &CaddyPlan,
        fan_nut: Option<&Chosen>,
        ledger: &mut Ledger,
    ) -> CouponPlan {
        let middle = ledger.given("caddy.clearance", design.caddy.clearance);
        let step = ledger.rule("coupon.step", STEP, super::OWN_RULE);
        let tightest = ledger.rule("coupon.tightest", TIGHTEST, super::OWN_RULE);
        let first = (middle.value - step.value).max(tightest.value);
        let clearances = [0, 1, 2].map(|number: i64| {
            ledger.derive(
                &format!("coupon.clearance_{}", number + 1),
                format!(
                    "caddy.clearance − coupon.step, at least coupon.tightest; and {number} steps more"
                ),
                &[&middle, &step, &tightest],
                first + step.value * number,
            )
        });
        let thread = &board.holes.thread;
        let nuts = catalog.fasteners.iter().filter(|(_, it)| it.class == FastenerClass::Nut);
        let thinnest = nuts.min_by_key(|(_, nut)| nut.length.value);
        let thinnest = thinnest.map(|(id, nut)| Chosen { id: id.clone(), fastener: nut.clone() });
        let own = caddy.fixing.screw.as_ref();
        let pilot = own.filter(|screw| screw.fastener.class == FastenerClass::BoardScrew);
        CouponPlan {
            clearances,
            pilot: pilot.cloned().or_else(|| shortest(catalog, FastenerClass::BoardScrew, thread)),
            insert: shortest(catalog, FastenerClass::Insert, thread),
            nut: fan_nut.cloned().or(thinnest),
        }
    }
}
