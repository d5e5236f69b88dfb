//! PRT: does each part print as it lies, without support?

use super::{Finding, Severity, Subject};
use crate::farm::Print;
use crate::geometry::{Overhang, contact, overhangs};
use crate::units::{Mm, round};

/// Bridges up to here are not worth a word.
const NOTED_BRIDGE: Mm = Mm::um(10_000);
/// Bridges beyond this sag on ordinary printers: the rail's window, the longest on purpose, has
/// 25.9 mm.
const LONGEST_BRIDGE: Mm = Mm::um(26_000);
/// A ledge up to here holds on by its neighbours: a little more than a wall is thick.
const LONGEST_LEDGE: Mm = Mm::um(2_050);
/// Contact with the bed per height: less than this many square millimetres per millimetre, and a
/// part is easily knocked over.
const LEAST_CONTACT: f64 = 1.0;

const OWN_RULE: &str = "design rule of pibuild";

/// Overhangs, walls and first layer of every part.
pub fn check(subject: &Subject) -> Vec<Finding> {
    subject
        .prints
        .iter()
        .filter_map(|print| Some((print, print.mesh.as_ref()?)))
        .flat_map(|(print, mesh)| {
            let hanging = overhangs(mesh);
            let area = contact(mesh).0;
            [bridges(print, &hanging), ledges(print, &hanging), footing(print, area)]
        })
        .chain([walls(subject)])
        .collect()
}

fn bridges(print: &Print, hanging: &[Overhang]) -> Finding {
    let name = &print.part.name;
    let longest = hanging.iter().max_by_key(|overhang| overhang.bridge);
    let bridge = longest.map_or(Mm::ZERO, |overhang| overhang.bridge);
    let finding = Finding::new("PRT-bridge", name)
        .held(format!("{:.1} mm", bridge.mm()), LONGEST_BRIDGE)
        .below(bridge.mm(), LONGEST_BRIDGE.mm())
        .because(match longest {
            Some(at) => format!("the longest bridge is {:.1} mm over the bed", at.height.mm()),
            None => "nothing of it bridges".to_owned(),
        })
        .at("printing")
        .source(OWN_RULE);
    if bridge > LONGEST_BRIDGE {
        finding
            .severity(Severity::Warning)
            .fix("print one first; a lower rail or board makes the bridge shorter")
    } else if bridge > NOTED_BRIDGE {
        finding
            .severity(Severity::Note)
            .fix("nothing, if your printer bridges so far: print one first")
    } else {
        finding
    }
}

fn ledges(print: &Print, hanging: &[Overhang]) -> Finding {
    let longest = hanging.iter().max_by_key(|overhang| overhang.ledge);
    let ledge = longest.map_or(Mm::ZERO, |overhang| overhang.ledge);
    let finding = Finding::new("PRT-overhang", &print.part.name)
        .held(format!("{:.2} mm", ledge.mm()), LONGEST_LEDGE)
        .below(ledge.mm(), LONGEST_LEDGE.mm())
        .because(match longest {
            Some(at) => format!(
                "steeper than 45° and held at one end only, {:.1} mm over the bed",
                at.height.mm()
            ),
            None => "nothing of it hangs".to_owned(),
        })
        .at("printing")
        .source(OWN_RULE);
    if ledge > LONGEST_LEDGE {
        finding.severity(Severity::Warning).fix("allow support there, or print one first")
    } else {
        finding
    }
}

fn footing(print: &Print, area: f64) -> Finding {
    let height = print.part.size[2].mm();
    let least = height * LEAST_CONTACT;
    let finding = Finding::new("PRT-contact", &print.part.name)
        .held(format!("{area:.0} mm²"), format!("{least:.0} mm²"))
        .because(format!("area on the bed of a part {} mm high", round(height)))
        .at("printing")
        .source(OWN_RULE);
    if area < least {
        finding.severity(Severity::Warning).fix("print it with a brim")
    } else {
        finding
    }
}

/// The thinnest wall that is built up from lines.
fn walls(subject: &Subject) -> Finding {
    let caddy = &subject.cluster.caddy;
    let nozzle = subject.document.design.printing.nozzle;
    let least = nozzle * 2;
    let thinnest = caddy.wall.min(caddy.strip.wall).min(caddy.insulation);
    let thinnest = thinnest.min(subject.document.design.end_bracket.thickness);
    let finding = Finding::new("PRT-wall", "thinnest wall")
        .held(thinnest, least)
        .because(format!("two lines of a {nozzle} nozzle"))
        .at("printing.nozzle")
        .source(OWN_RULE);
    if thinnest < least {
        finding.severity(Severity::Warning).fix(format!("a nozzle of at most {}", thinnest.half()))
    } else {
        finding
    }
}
