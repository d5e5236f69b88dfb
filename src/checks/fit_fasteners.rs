//! FIT: screws, bolts and inserts. Does the catalogue have each, and does it go where it belongs?

use super::{Finding, Severity, Subject};
use crate::parts;
use crate::units::Mm;

/// A board screw must go into the plastic at least this far.
const LEAST_THREAD: Mm = Mm::um(1_000);
/// Plastic that a sunk head must leave under its cone: two lines of an ordinary nozzle.
const LEAST_UNDER_HEAD: Mm = Mm::um(800);
/// Depths are told in steps of this.
const STEP: Mm = Mm::um(10);

/// Fixing of the boards, bolts of rail, rack and fans.
pub fn check(subject: &Subject) -> Vec<Finding> {
    let mut findings = missing(subject);
    findings.extend(fixing(subject));
    findings.extend(bolt_head(subject));
    findings.extend(fan_screws(subject));
    findings
}

/// Screws that end in the plastic; pegs are judged by themselves.
fn fixing(subject: &Subject) -> Option<Finding> {
    let fixing = &subject.built.cluster.caddy.fixing;
    if fixing.pegs.is_some() {
        return None;
    }
    let plastic = fixing.plastic.value;
    // With whatever stands under the board: the screw goes through that as well.
    let board = subject.built.cluster.caddy.lift + subject.built.cluster.caddy.pcb;
    let finding = Finding::new("FIT-fixing", format!("{} board fixing", fixing.thread))
        .at("caddy.board_fixing")
        .source("catalogue of fasteners");
    Some(match (&fixing.insert, &fixing.screw) {
        (Some(insert), _) if insert.fastener.length.value > plastic => finding
            .severity(Severity::Error)
            .held(insert.fastener.length.value, plastic)
            .because(format!(
                "the insert is {} long, the plastic under the board {plastic}",
                insert.fastener.length.value
            ))
            .fix("board_fixing: self-tapping, or fewer caddies and a thicker caddy.wall"),
        (None, _) if fixing.wants_insert => finding
            .severity(Severity::Error)
            .held("none", fixing.thread.clone())
            .because(format!("the catalogue has no insert for {}", fixing.thread))
            .fix("add one under catalog.fasteners"),
        (_, None) => finding
            .severity(Severity::Error)
            .held("none", plastic)
            .because(format!(
                "the catalogue has no {} screw that ends within board {board} + plastic {plastic}",
                fixing.thread
            ))
            .fix("add a shorter one under catalog.fasteners, or make caddy.wall thicker"),
        (_, Some(screw)) => {
            let (length, room) = (screw.fastener.length.value, plastic + board);
            let finding = finding.held(length, room).below(length.mm(), room.mm()).because(
                format!("{}: board {board} + plastic {plastic} = {room}", screw.fastener.name),
            );
            if length < board + LEAST_THREAD {
                finding.severity(Severity::Error).fix(format!(
                    "no screw of the catalogue is short enough and yet holds {LEAST_THREAD} deep: \
                     add one under catalog.fasteners"
                ))
            } else {
                finding
            }
        }
    })
}

/// Bolts that the catalogue cannot supply.
fn missing(subject: &Subject) -> Vec<Finding> {
    let cluster = subject.built.cluster;
    let bracket = &cluster.bank.bracket;
    let mut missing = Vec::new();
    if bracket.bolt.is_none() {
        missing.push((format!("rail bolt {}", cluster.rail.tap), "rail.tap"));
    }
    if bracket.rack_screw.is_none() {
        missing.push((format!("rack screw {}", cluster.opening.rack.thread), "racks.model"));
    }
    if let Some(fans) = cluster.bank.fans.as_ref().filter(|fans| fans.screw.is_none()) {
        missing.push((format!("fan screw {}", fans.fan.thread), "bank.fans"));
    }
    missing
        .into_iter()
        .map(|(what, path)| {
            Finding::new("FIT-fastener", what.clone())
                .severity(Severity::Error)
                .held("none", "one")
                .because(format!("the catalogue has no {what} of a fitting length"))
                .fix("add one under catalog.fasteners")
                .at(path)
                .source("catalogue of fasteners")
        })
        .collect()
}

/// A plate too thin for the sunk head of the bolt that holds it to the rail.
fn bolt_head(subject: &Subject) -> Option<Finding> {
    let bracket = &subject.built.cluster.bank.bracket;
    let bolt = &bracket.bolt.as_ref()?.fastener;
    let sunk = (bolt.sunk()? + STEP).floor_to(STEP);
    let (thickness, least) = (bracket.thickness, sunk + LEAST_UNDER_HEAD);
    (thickness < least).then(|| {
        Finding::new("FIT-fastener", "head of the rail bolt in the end bracket")
            .severity(Severity::Error)
            .held(thickness, least)
            .below(-thickness.mm(), -least.mm())
            .because(format!(
                "the head of {} goes {sunk} into a plate of {thickness}; {LEAST_UNDER_HEAD} must be \
                 left under it",
                bolt.name
            ))
            .fix(format!("end_bracket.thickness: {least}"))
            .at("end_bracket.thickness")
            .source(bolt.source.clone())
    })
}

/// Holes in a fan's flange that something on its other side stands over.
fn fan_screws(subject: &Subject) -> Option<Finding> {
    let (caddy, fans) = (&subject.built.cluster.caddy, subject.built.cluster.bank.fans.as_ref()?);
    let covered = parts::covered_fan_screws(caddy, fans);
    (covered > 0).then(|| {
        Finding::new("FIT-fastener", "screws of the fans")
            .severity(Severity::Error)
            .held(covered, 0)
            .because(format!(
                "{covered} of a fan's 4 holes, {} apart, lie behind a wall of the caddy or behind \
                 its foot",
                fans.fan.hole_pitch.value
            ))
            .fix("bank.fans.type of another size, or another caddy.width")
            .at("bank.fans.type")
            .source(fans.fan.source.clone())
    })
}
