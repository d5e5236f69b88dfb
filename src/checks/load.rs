//! LOD: does it stand safely, and do castors, floor and rails carry it?

use super::{Finding, Severity, Subject};
use crate::catalog::Fact;
use crate::units::{Degrees, Kilograms, Kilopascals};

/// What must be able to be tilted this far in any direction without falling over.
const TIP_LIMIT: Degrees = Degrees(10.0);
/// A beam may bend by this share of its length before people see it (serviceability of floors
/// and shelves; unverified for rails).
const SAG_SHARE: i64 = 360;
/// What floors of offices carry, evenly spread (IBC table 1607.1: 50 psf; unverified).
const OFFICE_FLOOR: Kilopascals = Kilopascals(2.4);
/// What floors of lobbies and exhibition halls carry (IBC table 1607.1: 100 psf; unverified).
const HALL_FLOOR: Kilopascals = Kilopascals(4.8);
/// Castors on a rough floor take knocks: those of this share of their rating are a warning.
const CASTOR_RESERVE: f64 = 0.75;

/// Weight, castors, tipping, floor, rails.
pub fn check(subject: &Subject) -> Vec<Finding> {
    let mut findings = vec![weight(subject), tip(subject), floor(subject), sag(subject)];
    findings.extend(castor(subject));
    findings
}

fn kilograms(mass: Kilograms) -> String {
    if mass.0 < 10.0 { format!("{:.1} kg", mass.0) } else { format!("{:.0} kg", mass.0) }
}

/// What it all weighs; nobody sets a limit, but everybody who has to lift it wants to know.
fn weight(subject: &Subject) -> Finding {
    let load = subject.load;
    let heaviest = load.racks.iter().max_by(|a, b| a.mass.0.total_cmp(&b.mass.0));
    let racks = heaviest.map_or_else(String::new, |rack| match load.racks.len() {
        1 => format!("rack {} {}", rack.number, kilograms(rack.mass)),
        many => format!(
            "{many} racks; the heaviest is rack {} with {}",
            rack.number,
            kilograms(rack.mass)
        ),
    });
    let around = [
        ("frame", subject.built.shell.frame.as_ref().map(|frame| &frame.mass)),
        ("shell", subject.built.shell.panels.as_ref().map(|panels| &panels.mass)),
    ];
    let around: String = around
        .iter()
        .filter_map(|(what, mass)| Some(format!("; the {what} {}", kilograms((*mass)?.value))))
        .collect();
    let unverified = subject.ledger.unverified(&load.total.name).len();
    Finding::new("LOD-weight", "everything")
        .held(kilograms(load.total.value), "none")
        .because(format!(
            "{racks}{around}; a full bank {}; {unverified} of these masses are unverified \
             (explain {})",
            kilograms(load.bank.value),
            load.total.name
        ))
        .at("racks")
        .source("catalogue")
}

fn tip(subject: &Subject) -> Finding {
    let footing = &subject.load.footing;
    let angle = footing.tip.value;
    let finding = Finding::new("LOD-tip", footing.what.clone())
        .held(format!("{:.1}°", angle.0), format!("{:.0}°", TIP_LIMIT.0))
        .because(format!(
            "its middle is {:.0} mm over the floor and {:.0} mm from the nearest edge that it \
             stands on: atan({:.2})",
            footing.height.value.mm(),
            footing.reach.value.mm(),
            footing.reach.value / footing.height.value
        ))
        .at("racks.contents")
        .source("IEC 60950-1, IEC 62368-1: 10° in any direction");
    let finding = finding.above(angle.0, TIP_LIMIT.0);
    if angle < TIP_LIMIT {
        finding
            .severity(Severity::Error)
            .fix("heavy things lower, or a wider base; or bolt it down")
    } else {
        finding
    }
}

/// Standing, the castors carry everything; rolling over sills, what is moved, with some reserve.
fn castor(subject: &Subject) -> Option<Finding> {
    let load = subject.load.footing.castor.as_ref()?;
    let frame = subject.built.shell.frame.as_ref()?;
    let rated: &Fact<Kilograms> = frame.castor.fitting.load.as_ref()?;
    let castors = frame.castors.len();
    let doubt = if rated.unverified { " (unverified: ask whoever sells them)" } else { "" };
    let moved = subject.load.moved.mass.value;
    let rolling = load.value * (moved / subject.load.total.value);
    let finding = Finding::new("LOD-castor", format!("{castors} × {}", frame.castor.id))
        .held(kilograms(load.value), kilograms(rated.value))
        .below(load.value.0, rated.value.0)
        .because(format!(
            "{} ÷ ({castors} − 1), since on an uneven floor one hangs in the air; {} each while it \
             rolls; it carries {}{doubt}",
            kilograms(subject.load.total.value),
            kilograms(rolling),
            kilograms(rated.value)
        ))
        .at("shell")
        .source("castor makers: (load + tare) ÷ 3 for four castors");
    let needed = Kilograms(load.value.0.max(rolling.0 / CASTOR_RESERVE));
    let needed = format!("castors for {} each", kilograms(needed));
    Some(if load.value > rated.value {
        finding.severity(Severity::Error).fix(needed)
    } else if rolling.0 > rated.value.0 * CASTOR_RESERVE {
        finding.severity(Severity::Warning).fix(format!("{needed}, or move it on a pallet jack"))
    } else {
        finding
    })
}

fn floor(subject: &Subject) -> Finding {
    let footing = &subject.load.footing;
    let pressure = footing.floor.value;
    let finding = Finding::new("LOD-floor", footing.what.clone())
        .held(format!("{:.2} kPa", pressure.0), OFFICE_FLOOR)
        .below(pressure.0, OFFICE_FLOOR.0)
        .because(format!(
            "{} on what it stands on; floors of offices carry {OFFICE_FLOOR}, of halls \
             {HALL_FLOOR} (unverified)",
            kilograms(footing.mass.value)
        ))
        .at("racks")
        .source("IBC table 1607.1");
    if pressure > HALL_FLOOR {
        finding.severity(Severity::Warning).fix("ask whoever knows the floor")
    } else if pressure > OFFICE_FLOOR {
        finding
            .severity(Severity::Note)
            .fix("in an office, ask whoever knows the floor; a hall carries it")
    } else {
        finding
    }
}

fn sag(subject: &Subject) -> Finding {
    let load = subject.load;
    let (sag, limit) = (load.sag.value, load.span.value / SAG_SHARE);
    let finding = Finding::new("LOD-rail-sag", "rail of a bank")
        .held(format!("{:.3} mm", sag.mm()), format!("{:.2} mm", limit.mm()))
        .below(sag.mm(), limit.mm())
        .because(format!(
            "5 × F × L³ ÷ (384 × E × I) for {} on {}{}",
            kilograms(load.bank.value),
            load.span.value,
            subject.doubt("rail.second_moment")
        ))
        .at("rail.profile")
        .source("80/20 catalogue 21, page 60; a 360th of the length");
    if sag > limit {
        finding.severity(Severity::Warning).fix("a higher rail, or fewer boards on it")
    } else {
        finding
    }
}
