//! PRT: does each part print as it lies, without support, with walls and details that the printers of
//! the design can make?

use std::fmt;

use nalgebra::{Isometry3, Vector3};

use super::{Finding, Severity, Subject};
use crate::cluster::LONGEST_BRIDGE;
use crate::farm::{Print, family};
use crate::geometry::{
    Mesh, Overhang, RoundKind, Solid, Thinnest, contact, overhangs, rounds, thinnest,
};
use crate::units::{Mm, round};

/// Bridges up to here are not worth a word.
const NOTED_BRIDGE: Mm = Mm::um(10_000);
/// A ledge up to here holds on by its neighbours: a little more than a wall is thick.
const LONGEST_LEDGE: Mm = Mm::um(2_050);
/// Contact with the bed per height: less than this many square millimetres per millimetre, and a
/// part is easily knocked over.
const LEAST_CONTACT: f64 = 1.0;

/// A hole below this closes in print, in millimetres. Common knowledge, no source confirms it.
const LEAST_HOLE: Mm = Mm::um(2_000);
/// A mesh is off by this much at most: twice the chord that round sides are drawn with.
const MESH_SLACK: Mm = Mm::um(20);
/// A floor of fewer layers than this lets light and solder tails through.
const LEAST_LAYERS: i64 = 3;

const OWN_RULE: &str = "design rule of pibuild";

/// Overhangs, orientation, first layer, walls and small features of every part, on every printer.
pub fn check(subject: &Subject) -> Vec<Finding> {
    let mut findings = vec![];
    // A mirror image prints as its twin does.
    let mut looked_at: Vec<(&str, Thinnest)> = vec![];
    for print in subject.built.prints {
        let Some(mesh) = &print.mesh else { continue };
        let hanging = overhangs(mesh);
        let family = family(&print.part.name);
        let known = looked_at.iter().find(|it| it.0 == family).map(|it| it.1);
        let thin = known.unwrap_or_else(|| thinnest(mesh));
        looked_at.push((family, thin));
        findings.extend([
            bridges(print, &hanging),
            ledges(print, &hanging),
            orientation(print, mesh, &hanging),
            footing(print, contact(mesh).0),
            walls(subject, print, &thin),
            details(subject, print, &thin),
        ]);
    }
    findings
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

/// Does it lie so that it prints without support? If not, is there a side on which it would?
fn orientation(print: &Print, mesh: &Mesh, hanging: &[Overhang]) -> Finding {
    let finding = Finding::new("PRT-orientation", &*print.part.name)
        .held("as in the file", "no support")
        .at("printing")
        .source(OWN_RULE);
    let as_it_lies = Laying::new(hanging);
    if as_it_lies.prints() {
        return finding
            .because(format!("as it lies: {as_it_lies}; {} on the bed", extent(print.part.size)));
    }
    let quarter = std::f64::consts::FRAC_PI_2;
    let turns = [
        ("on its right side", Vector3::y(), quarter),
        ("on its left side", Vector3::y(), -quarter),
        ("on its rear", Vector3::x(), quarter),
        ("on its front", Vector3::x(), -quarter),
        ("upside down", Vector3::x(), 2.0 * quarter),
    ];
    let better = turns.iter().find_map(|(word, axis, angle)| {
        let turned = mesh.turned(&Isometry3::rotation(*axis * *angle));
        let low = turned.bounds().min.z;
        let laid = turned.turned(&Isometry3::translation(0.0, 0.0, -low));
        let laying = Laying::new(&overhangs(&laid));
        laying.prints().then(|| format!("turn it {word}: {laying}"))
    });
    finding.severity(Severity::Warning).because(format!("as it lies: {as_it_lies}")).fix(
        better.unwrap_or_else(|| "no side is better: allow support, or print one first".to_owned()),
    )
}

/// What hangs of a part that lies on one side.
struct Laying {
    bridge: Mm,
    ledge: Mm,
}

impl Laying {
    fn new(hanging: &[Overhang]) -> Laying {
        Laying {
            bridge: hanging.iter().map(|it| it.bridge).max().unwrap_or(Mm::ZERO),
            ledge: hanging.iter().map(|it| it.ledge).max().unwrap_or(Mm::ZERO),
        }
    }

    fn prints(&self) -> bool {
        self.bridge <= LONGEST_BRIDGE && self.ledge <= LONGEST_LEDGE
    }
}

impl fmt::Display for Laying {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "bridges up to {:.1} mm, ledges up to {:.2} mm",
            self.bridge.mm(),
            self.ledge.mm()
        )
    }
}

fn extent([x, y, _]: [Mm; 3]) -> String {
    format!("{:.1} × {:.1} mm", x.mm(), y.mm())
}

/// The printers of a design and their nozzles, the widest nozzle first.
fn nozzles(subject: &Subject) -> Vec<(Mm, String)> {
    let printing = &subject.built.document.design.printing;
    let models = printing.printers.iter();
    let found = models.filter_map(|used| subject.built.document.catalog.printers.get(&used.model));
    let mut nozzles: Vec<(Mm, String)> = found
        .map(|printer| (printer.nozzle.value.max(printing.nozzle), printer.name.clone()))
        .collect();
    nozzles.sort_by(|one, other| other.0.cmp(&one.0).then_with(|| one.1.cmp(&other.1)));
    nozzles
}

/// Walls are built up from lines, two at least.
fn walls(subject: &Subject, print: &Print, thin: &Thinnest) -> Finding {
    let nozzles = nozzles(subject);
    let nozzle = nozzles.first().map_or(Mm::ZERO, |it| it.0);
    let least = nozzle * 2;
    let finding =
        Finding::new("PRT-wall", &*print.part.name).at("printing.nozzle").source(OWN_RULE);
    let Some(wall) = thin.wall else {
        return finding
            .held("over 4 mm", least)
            .because(format!("two lines of a {nozzle} nozzle are {least}"));
    };
    let too_wide = nozzles.iter().filter(|(nozzle, _)| wall.width + MESH_SLACK < *nozzle * 2);
    let too_wide: Vec<&str> = too_wide.map(|(_, name)| name.as_str()).collect();
    let finding = finding.held(millimetres(wall.width), least).because(format!(
        "the thinnest wall, {:.1} mm over the bed, against two lines of a {nozzle} nozzle{}",
        wall.height.mm(),
        on(&too_wide),
    ));
    if too_wide.is_empty() {
        finding
    } else {
        let most = wall.width.half().floor_to(Mm::um(50));
        finding.severity(Severity::Warning).fix(format!("a nozzle of at most {most}"))
    }
}

/// Gaps, holes and floors that a printer closes, or leaves out.
fn details(subject: &Subject, print: &Print, thin: &Thinnest) -> Finding {
    let nozzles = nozzles(subject);
    let nozzle = nozzles.first().map_or(Mm::ZERO, |it| it.0);
    let layers = subject.built.document.design.printing.layer_height * LEAST_LAYERS;
    let hole = print.part.solid.as_ref().ok().and_then(smallest_hole);
    let kinds = [
        ("gap", thin.gap.map(|it| it.width), nozzle, "one line of the nozzle"),
        ("hole", hole, LEAST_HOLE, "the least that keeps open"),
        ("floor", thin.floor.map(|it| it.width), layers, "three layers"),
    ];
    let found = kinds.iter().filter_map(|(what, width, least, why)| {
        let width = (*width)?;
        Some((
            width / *least,
            format!("{what} {}", millimetres(width)),
            *least,
            *why,
            width + MESH_SLACK < *least,
        ))
    });
    let tightest = found.min_by(|one, other| one.0.total_cmp(&other.0));
    let finding = Finding::new("PRT-detail", &*print.part.name).at("printing").source(OWN_RULE);
    let Some((_, what, least, why, too_small)) = tightest else {
        return finding
            .held("nothing small", "nothing")
            .because("no gap, hole or floor of it is below 4 mm");
    };
    let finding = finding.held(what, least).because(format!(
        "the smallest against what prints: {why}, {least}{}",
        on(&nozzles.iter().map(|it| it.1.as_str()).collect::<Vec<_>>()),
    ));
    if too_small {
        finding.severity(Severity::Warning).fix("a finer nozzle or layer, or drill it open")
    } else {
        finding
    }
}

/// Diameter of the smallest hole.
fn smallest_hole(solid: &Solid) -> Option<Mm> {
    let all = rounds(solid).into_iter();
    let holes = all.filter(|round| round.kind == RoundKind::Hole);
    holes.map(|round| Mm::from_mm(round.radius * 2.0)).min()
}

fn on(printers: &[&str]) -> String {
    if printers.is_empty() { String::new() } else { format!(", on {}", printers.join(", ")) }
}

fn millimetres(width: Mm) -> String {
    format!("{:.2} mm", width.mm())
}
