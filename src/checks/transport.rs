//! TRN: does it go through the doors, into the lifts, up the ramps?

use super::{Finding, Severity, Subject};
use crate::load::Crates;
use crate::shell::frame::Part;
use crate::spec::{Door, Lift, Ramp, Removable, RouteStep};
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
    /// As it rolls.
    size: Extent,
    /// With everything taken off that can be.
    least: Extent,
    /// What more that takes off: words of `transport.remove`.
    tops: Vec<&'static str>,
    mass: Kilograms,
    tip: Degrees,
}

/// How much room something needs.
#[derive(Clone, Copy)]
struct Extent {
    /// The shorter horizontal side.
    narrow: Mm,
    /// The longer one.
    long: Mm,
    height: Mm,
}

impl Extent {
    fn new([width, depth]: [Mm; 2], height: Mm) -> Extent {
        Extent { narrow: width.min(depth), long: width.max(depth), height }
    }
}

/// One finding a step of the route, and one about the crates.
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
    let mut findings: Vec<Finding> = steps.flatten().collect();
    findings.extend(subject.load.crates.as_ref().map(|crates| packed(crates, route)));
    findings
}

/// The frame with what stays on it; without a frame, one rack after the other.
fn moved(subject: &Subject) -> Moved {
    let (mass, tip) = (subject.load.moved.mass.value, subject.load.moved.tip.value);
    let Some(frame) = &subject.built.shell.frame else {
        let rack = &subject.built.cluster.opening.rack;
        let size = Extent::new([rack.width.value, rack.depth.value], rack.height.value);
        let what = if subject.load.racks.len() > 1 { "each rack" } else { "the rack" }.to_owned();
        return Moved { what, size, least: size, tops: Vec::new(), mass, tip };
    };
    let sizes = &frame.sizes;
    let removed = &subject.built.document.design.transport.remove;
    let stays = |removable| !removed.contains(&removable);
    let covers = frame.fans.as_ref().and_then(|fans| fans.cover.as_ref());
    let over = |removable, part: Option<&Part>| {
        part.filter(|_| stays(removable)).map_or(Mm::ZERO, |part| part.fitting.size[2])
    };
    let lamp = over(Removable::Lamp, frame.lamp.as_ref());
    let covers = over(Removable::FanCovers, covers);
    let shell = subject.built.shell.panels.as_ref().filter(|_| stays(Removable::Shell));
    let least = Extent::new([sizes.width.value, sizes.depth.value], sizes.height.value);
    let (what, size) = if let Some(panels) = shell {
        // Covers stand under its roof, the lamp on it.
        let height = panels.sizes.height(frame) + lamp;
        ("the frame in its shell", Extent::new(panels.sizes.over_all(), height))
    } else {
        let height = least.height + lamp.max(covers);
        ("the frame and all in it", Extent { height, ..least })
    };
    let tops =
        [("shell", shell.is_some()), ("lamp", lamp > Mm::ZERO), ("fan-covers", covers > Mm::ZERO)];
    let tops = tops.into_iter().filter(|(_, there)| *there).map(|(word, _)| word).collect();
    Moved { what: what.to_owned(), size, least, tops, mass, tip }
}

impl Moved {
    /// What to take off for an opening of this height, if that helps.
    fn lower(&self, opening: Mm) -> String {
        if self.tops.is_empty() || self.least.height > opening {
            return format!("an opening {} high", self.size.height);
        }
        self.less(self.least.height)
    }

    /// What to take off for an opening of this width, if that helps; or the opening that it takes.
    fn narrower(&self, opening: Mm, what: &str) -> String {
        if self.least.narrow < self.size.narrow && self.least.narrow <= opening {
            return self.less(self.least.narrow);
        }
        format!("a {what} at least {} wide", self.size.narrow)
    }

    fn less(&self, then: Mm) -> String {
        format!("take off {}: {then} then (transport.remove)", self.tops.join(" and "))
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
    let Extent { narrow, height, .. } = moved.size;
    let (too_wide, too_tall) = (narrow > door.width, height > door.height);
    let finding = Finding::new("TRN-door", format!("step {number}: {} and a door", moved.what))
        .held(format!("{narrow} × {height}"), format!("{} × {}", door.width, door.height))
        .because(format!(
            "{} is {narrow} wide at its narrowest and {height} tall; the door is {} × {}",
            moved.what, door.width, door.height
        ))
        .at(path)
        .source("the design");
    let finding = tighter(finding, &[(narrow, door.width), (height, door.height)]);
    let mut fixes = Vec::new();
    if too_wide {
        fixes.push(moved.narrower(door.width, "door"));
    }
    if too_tall {
        fixes.push(moved.lower(door.height));
    }
    if !fixes.is_empty() {
        return finding.severity(Severity::Error).fix(fixes.join("; "));
    }
    if door.width - narrow < SPARE || door.height - height < SPARE {
        return finding
            .severity(Severity::Warning)
            .fix(format!("less than {SPARE} to spare: measure frame and door"));
    }
    finding
}

fn lift(moved: &Moved, lift: &Lift, number: usize, path: &str) -> Finding {
    let Extent { narrow, long, height } = moved.size;
    let fits_as_is = narrow <= lift.width.min(lift.depth) && long <= lift.width.max(lift.depth);
    let too_tall = lift.height.is_some_and(|inside| height > inside);
    let too_heavy = moved.mass > lift.load;
    let inside = lift.height.map_or_else(String::new, |inside| format!(" × {inside}"));
    let finding = Finding::new("TRN-lift", format!("step {number}: {} and a lift", moved.what))
        .held(
            format!("{narrow} × {long}, {:.0} kg", moved.mass.0),
            format!("{} × {}{inside}, {}", lift.width, lift.depth, lift.load),
        )
        .because(format!(
            "{} stands on {narrow} × {long}, is {height} tall and weighs {:.0} kg, without those \
             who push it",
            moved.what, moved.mass.0
        ))
        .at(path)
        .source("the design");
    let share = moved.mass / lift.load;
    let sides = [narrow / lift.width.min(lift.depth), long / lift.width.max(lift.depth), share];
    let finding = finding.below(sides.into_iter().fold(0.0, f64::max), 1.0);
    let mut fixes = Vec::new();
    if !fits_as_is {
        fixes.push(format!("a lift of at least {narrow} × {long}"));
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
    let too_wide = ramp.width.filter(|width| moved.size.narrow > *width);
    let finding = Finding::new("TRN-ramp", format!("step {number}: {} and a ramp", moved.what))
        .held(format!("{:.1}°", angle.0), format!("{:.1}°, where it tips", moved.tip.0))
        .below(angle.0, moved.tip.0)
        .because(format!(
            "{:.0} kg up {} take {push:.0} N beside the rolling, {people:.0} people of {PUSH} N",
            moved.mass.0, ramp.slope
        ))
        .at(path)
        .source("ADA: 1 in 12; 250 N a person (unverified)");
    if let Some(width) = too_wide {
        finding.severity(Severity::Error).fix(moved.narrower(width, "ramp"))
    } else if angle >= moved.tip {
        finding.severity(Severity::Error).fix("it falls over: a gentler ramp, or a lift")
    } else if ramp.slope > GENTLE {
        finding.severity(Severity::Warning).fix("a ramp of 1 in 12, or a winch")
    } else {
        finding
    }
}

/// The crates that the shell travels in, against the tightest step of the route: they are carried on
/// edge or flat, and lengthwise.
fn packed(crates: &Crates, route: &[RouteStep]) -> Finding {
    let mut sides = crates.size.each_ref().map(|side| side.value);
    let [length, width, height] = sides;
    sides.sort_unstable();
    let [thin, broad, long] = sides;
    let mass = crates.mass.value;
    let mut stuck = Vec::new();
    for (at, step) in route.iter().enumerate() {
        let number = at + 1;
        if let Some(door) = &step.door {
            let (less, more) = (door.width.min(door.height), door.width.max(door.height));
            if thin > less || broad > more {
                stuck.push(format!("step {number}: a door of {thin} × {broad} or more"));
            }
        }
        if let Some(lift) = &step.lift {
            let (less, more) = (lift.width.min(lift.depth), lift.width.max(lift.depth));
            let stands = |tall: Mm, wide: Mm| {
                thin <= less && wide <= more && lift.height.is_none_or(|inside| tall <= inside)
            };
            if !stands(broad, long) && !stands(long, broad) {
                stuck.push(format!("step {number}: a lift of {thin} × {long} or more"));
            }
            if mass > lift.load {
                stuck.push(format!("step {number}: a lift for {:.0} kg", mass.0));
            }
        }
        if step.ramp.as_ref().and_then(|ramp| ramp.width).is_some_and(|width| thin > width) {
            stuck.push(format!("step {number}: a ramp {thin} wide"));
        }
    }
    let count = crates.count.value;
    let finding = Finding::new("TRN-crate", format!("{count} crates for the shell"))
        .held(
            format!("{} × {} × {height}, {:.0} kg", length.mm(), width.mm(), mass.0),
            format!("{} steps of the route", route.len()),
        )
        .because(format!(
            "the shell comes off for the move: its parts lie flat in {count} crates, as long and as \
             wide as the longest and the widest of them (explain {})",
            crates.count.name
        ))
        .at("transport.route")
        .source("geometry; how tightly crates are packed is unverified");
    if stuck.is_empty() { finding } else { finding.severity(Severity::Error).fix(stuck.join("; ")) }
}
