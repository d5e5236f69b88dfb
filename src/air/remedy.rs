//! What would cool the boards, worked out with the same formulas.

use super::Draught;
use super::site::{Assumed, Site};
use crate::units::{AirFlow, Celsius, KelvinPerWatt, Ratio, SquareMetres};

/// A change to the design, and what comes of it.
#[derive(Clone, Debug, PartialEq)]
pub struct Remedy {
    /// What to do.
    pub change: String,
    /// The hottest boards afterwards.
    pub hottest: Celsius,
}

/// More roof fans than anybody would cut holes for.
const MOST_FANS: u32 = 1_000;

/// What a remedy may use beside the design.
pub(super) struct Means<'a> {
    /// Names of the devices that stand in the way.
    pub blockers: &'a [String],
    /// A fan for the caddies: how many a bank, what each moves, what a board's resistance then is.
    pub caddy_fan: Option<(u32, AirFlow, KelvinPerWatt)>,
    /// The board's own cooler, which the design leaves out.
    pub cooler: Option<KelvinPerWatt>,
    /// From here on boards throttle.
    pub throttle: Celsius,
}

/// All changes that this program can think of, mildest first, whether or not each is enough.
pub(super) fn remedies(site: &Site, assumed: &Assumed, means: &Means) -> Vec<Remedy> {
    let mut found = Vec::new();
    let mut offer = |change: String, site: &Site, assumed: &Assumed| {
        if let Some(hottest) = site.hottest(assumed) {
            found.push(Remedy { change, hottest });
        }
    };
    let clear = Assumed { blocked: Ratio(0.0), ..assumed.clone() };
    if !means.blockers.is_empty() {
        offer(format!("take {} out", means.blockers.join(" and ")), site, &clear);
    }
    if let Some(resistance) = means.cooler {
        let cooled = Site { cooled: true, ..site.clone() };
        let assumed = Assumed { blown: resistance, ..assumed.clone() };
        offer("fit the boards' coolers".to_owned(), &cooled, &assumed);
    }
    if let (Some((count, flow, resistance)), 0) = (means.caddy_fan, site.caddy_fans) {
        let draught = match site.draught {
            Draught::Still => Draught::Caddies,
            other => other,
        };
        let blown = Site { caddy_fans: count, draught, ..site.clone() };
        let assumed = Assumed { caddy_fan: flow, blown: resistance, ..assumed.clone() };
        offer(format!("{} a bank (bank.fans)", fan_caddies(count)), &blown, &assumed);
    }
    if site.draught == Draught::Roof {
        if let Some(fans) = enough_roof_fans(site, assumed, means.throttle) {
            let more = Site { roof_fans: fans, ..site.clone() };
            let change = format!("{fans} roof fans (cooling.roof_fans.count)");
            offer(change, &more, assumed);
        }
        if let Some((count, flow, resistance)) = means.caddy_fan {
            let open = Site {
                draught: Draught::Caddies,
                caddy_fans: count,
                plenum: SquareMetres(0.0),
                ..site.clone()
            };
            let assumed = Assumed { caddy_fan: flow, blown: resistance, ..assumed.clone() };
            let fans = fan_caddies(count);
            let change = format!("{fans} a bank and open sides (shell.open_sides)");
            offer(change, &open, &assumed);
        }
    }
    found
}

fn fan_caddies(count: u32) -> String {
    if count == 1 { "1 fan caddy".to_owned() } else { format!("{count} fan caddies") }
}

/// The fewest roof fans that keep every board below the limit: more fans never warm anything.
fn enough_roof_fans(site: &Site, assumed: &Assumed, limit: Celsius) -> Option<u32> {
    let cool = |fans: u32| {
        let site = Site { roof_fans: fans, ..site.clone() };
        site.hottest(assumed).is_some_and(|hottest| hottest < limit)
    };
    if cool(site.roof_fans) || !cool(MOST_FANS) {
        return None;
    }
    let (mut few, mut many) = (site.roof_fans, MOST_FANS);
    while many - few > 1 {
        let middle = few.midpoint(many);
        if cool(middle) {
            many = middle;
        } else {
            few = middle;
        }
    }
    Some(many)
}
