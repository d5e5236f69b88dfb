//! TRN: does it go through the doors, into the lifts, up the ramps?

use super::{Finding, Severity, Subject};
use crate::spec::{Door, Lift, Ramp, Removable};
use crate::units::{Degrees, Kilograms, Mm, Ratio};

/// What one person pushes for long (ergonomics: about 250 N; unverified).
const PUSH: f64 = 250.0;
/// Steeper ramps are hard on people and goods (ADA: 1 in 12).
const GENTLE: Ratio = Ratio(1.0 / 12.0);

/// Doors have sills, hinges and closers.
const SPARE: Mm = Mm::um(20_000);

/// What is rolled along the route as one piece.
struct Moved {
    /// What it is.
    what: String,
    /// The shorter horizontal side.
    narrow: Mm,
    /// The longer one.
    long: Mm,
    /// As it rolls.
    height: Mm,
    /// The same with everything taken off that can be, and what more that is.
    lowest: (Mm, Vec<&'static str>),
    mass: Kilograms,
    tip: Degrees,
}

/// One finding a step of the route.
pub fn check(subject: &Subject) -> Vec<Finding> {
    let route = &subject.built.document.design.transport.route;
    if route.is_empty() {
        return Vec::new();
    }
    let moved = moved(subject);
    let steps = route.iter().enumerate().flat_map(|(at, step)| {
        let path = format!("transport.route[{at}]");
        let number = at + 1;
        let door = step.door.as_ref().map(|it| door(&moved, it, number, &path));
        let lift = step.lift.as_ref().map(|it| lift(&moved, it, number, &path));
        let ramp = step.ramp.as_ref().map(|it| ramp(&moved, it, number, &path));
        [door, lift, ramp]
    });
    steps.flatten().collect()
}

/// The frame with what stays on it; without a frame, one rack after the other.
fn moved(subject: &Subject) -> Moved {
    let footing = &subject.load.footing;
    let (mass, tip) = (footing.mass.value, footing.tip.value);
    let Some(frame) = &subject.built.shell.frame else {
        let rack = &subject.built.cluster.opening.rack;
        let (width, depth) = (rack.width.value, rack.depth.value);
        let heaviest = subject.load.racks.iter().map(|rack| rack.mass.0).fold(0.0, f64::max);
        return Moved {
            what: if subject.load.racks.len() > 1 { "each rack" } else { "the rack" }.to_owned(),
            narrow: width.min(depth),
            long: width.max(depth),
            height: rack.height.value,
            lowest: (rack.height.value, Vec::new()),
            mass: Kilograms(heaviest),
            tip,
        };
    };
    let sizes = &frame.sizes;
    let removed = &subject.built.document.design.transport.remove;
    let cover = frame.fans.as_ref().and_then(|fans| fans.cover.as_ref());
    let tops = [
        (Removable::Lamp, "lamp", frame.lamp.as_ref()),
        (Removable::FanCovers, "fan-covers", cover),
    ];
    let on_top: Vec<(&str, Mm)> = tops
        .iter()
        .filter(|(removable, ..)| !removed.contains(removable))
        .filter_map(|(_, word, part)| Some((*word, part.as_ref()?.fitting.size[2])))
        .collect();
    let above = on_top.iter().map(|(_, height)| *height).fold(Mm::ZERO, Mm::max);
    let (width, depth) = (sizes.width.value, sizes.depth.value);
    Moved {
        what: "the frame and all in it".to_owned(),
        narrow: width.min(depth),
        long: width.max(depth),
        height: sizes.height.value + above,
        lowest: (sizes.height.value, on_top.into_iter().map(|(word, _)| word).collect()),
        mass,
        tip,
    }
}

impl Moved {
    /// What to take off for an opening of this height, if that helps.
    fn lower(&self, opening: Mm) -> String {
        let (height, tops) = &self.lowest;
        if tops.is_empty() || *height > opening {
            return format!("an opening {} high", self.height);
        }
        format!("take off {}: {height} then (transport.remove)", tops.join(" and "))
    }
}

/// The tighter of two clearances decides the margin.
fn tighter(finding: Finding, pairs: &[(Mm, Mm)]) -> Finding {
    let share = |(needed, given): &&(Mm, Mm)| needed.mm() / given.mm();
    let tightest = pairs.iter().max_by(|a, b| share(a).total_cmp(&share(b)));
    match tightest {
        Some((needed, given)) => finding.below(needed.mm(), given.mm()),
        None => finding,
    }
}

fn door(moved: &Moved, door: &Door, number: usize, path: &str) -> Finding {
    let (too_wide, too_tall) = (moved.narrow > door.width, moved.height > door.height);
    let finding = Finding::new("TRN-door", format!("step {number}: {} and a door", moved.what))
        .held(
            format!("{} × {}", moved.narrow, moved.height),
            format!("{} × {}", door.width, door.height),
        )
        .because(format!(
            "{} is {} wide at its narrowest and {} tall; the door is {} × {}",
            moved.what, moved.narrow, moved.height, door.width, door.height
        ))
        .at(path)
        .source("the design");
    let finding = tighter(finding, &[(moved.narrow, door.width), (moved.height, door.height)]);
    let mut fixes = Vec::new();
    if too_wide {
        fixes.push(format!("a door at least {} wide", moved.narrow));
    }
    if too_tall {
        fixes.push(moved.lower(door.height));
    }
    if !fixes.is_empty() {
        return finding.severity(Severity::Error).fix(fixes.join("; "));
    }
    if door.width - moved.narrow < SPARE || door.height - moved.height < SPARE {
        return finding
            .severity(Severity::Warning)
            .fix(format!("less than {SPARE} to spare: measure frame and door"));
    }
    finding
}

fn lift(moved: &Moved, lift: &Lift, number: usize, path: &str) -> Finding {
    let fits_as_is =
        moved.narrow <= lift.width.min(lift.depth) && moved.long <= lift.width.max(lift.depth);
    let too_tall = lift.height.is_some_and(|height| moved.height > height);
    let too_heavy = moved.mass > lift.load;
    let height = lift.height.map_or_else(String::new, |height| format!(" × {height}"));
    let finding = Finding::new("TRN-lift", format!("step {number}: {} and a lift", moved.what))
        .held(
            format!("{} × {}, {:.0} kg", moved.narrow, moved.long, moved.mass.0),
            format!("{} × {}{height}, {}", lift.width, lift.depth, lift.load),
        )
        .because(format!(
            "{} stands on {} × {}, is {} tall and weighs {:.0} kg, without those who push it",
            moved.what, moved.narrow, moved.long, moved.height, moved.mass.0
        ))
        .at(path)
        .source("the design");
    let share = moved.mass / lift.load;
    let sides =
        [moved.narrow / lift.width.min(lift.depth), moved.long / lift.width.max(lift.depth), share];
    let finding = finding.below(sides.into_iter().fold(0.0, f64::max), 1.0);
    let mut fixes = Vec::new();
    if !fits_as_is {
        fixes.push(format!("a lift of at least {} × {}", moved.narrow, moved.long));
    }
    if let Some(height) = lift.height.filter(|_| too_tall) {
        fixes.push(moved.lower(height));
    }
    if too_heavy {
        fixes.push(format!("a lift for {:.0} kg, or take boards and devices out", moved.mass.0));
    }
    if fixes.is_empty() { finding } else { finding.severity(Severity::Error).fix(fixes.join("; ")) }
}

fn ramp(moved: &Moved, ramp: &Ramp, number: usize, path: &str) -> Finding {
    let angle = Degrees(ramp.slope.0.atan().to_degrees());
    let push = moved.mass.0 * crate::load::GRAVITY * angle.0.to_radians().sin();
    let people = (push / PUSH).ceil().max(1.0);
    let too_wide = ramp.width.is_some_and(|width| moved.narrow > width);
    let finding = Finding::new("TRN-ramp", format!("step {number}: {} and a ramp", moved.what))
        .held(format!("{:.1}°", angle.0), format!("{:.1}°, where it tips", moved.tip.0))
        .below(angle.0, moved.tip.0)
        .because(format!(
            "{:.0} kg up {} take {push:.0} N beside the rolling, {people:.0} people of {PUSH} N",
            moved.mass.0, ramp.slope
        ))
        .at(path)
        .source("ADA: 1 in 12; 250 N a person (unverified)");
    if too_wide {
        finding.severity(Severity::Error).fix(format!("a ramp at least {} wide", moved.narrow))
    } else if angle >= moved.tip {
        finding.severity(Severity::Error).fix("it falls over: a gentler ramp, or a lift")
    } else if ramp.slope > GENTLE {
        finding.severity(Severity::Warning).fix("a ramp of 1 in 12, or a winch")
    } else {
        finding
    }
}
