//! SHL: can the box around the racks be built, opened and breathed through?

use super::{Finding, Severity, Subject};
use crate::cluster::Amount;
use crate::shell::frame::{Frame, RIM};
use crate::shell::panels::{Panels, WANTED};
use crate::units::{Mm, round};

/// Air through a vent should be no faster than this (m/s): it whistles, and fans lose their flow.
const FASTEST_AIR: f64 = 2.5;

/// All findings about frame and shell; nothing for a design without.
pub fn check(subject: &Subject) -> Vec<Finding> {
    let mut findings = vec![];
    findings.extend(sides(subject));
    if let Some(frame) = &subject.built.shell.frame {
        findings.extend(fans(frame));
        findings.extend(hardware(subject));
    }
    if let Some(panels) = &subject.built.shell.panels {
        findings.push(thickness(subject, panels));
        findings.extend(doors(panels));
        findings.extend(vents(subject, panels));
    }
    findings.extend(sheets(subject));
    findings.extend(splices(subject));
    findings
}

/// A side cannot be open and have doors.
fn sides(subject: &Subject) -> Vec<Finding> {
    let shell = &subject.built.document.design.shell;
    let both = shell.doors.iter().filter(|side| shell.open_sides.contains(side));
    both.map(|side| {
        Finding::new("SHL-sides", format!("{side:?} side").to_lowercase())
            .severity(Severity::Error)
            .held("open, with doors", "open, or with doors")
            .because("a side that stays open has nothing to hang doors in: none are made")
            .fix("take it out of shell.open_sides or out of shell.doors")
            .at("shell.doors")
            .source("the design")
    })
    .collect()
}

/// Roof fans and their covers stand on the top plate, as many as it holds.
fn fans(frame: &Frame) -> Option<Finding> {
    let fans = frame.fans.as_ref()?;
    let (placed, wanted) = (fans.at.len(), fans.wanted as usize);
    let (width, depth) = (frame.sizes.outer_width.value, frame.sizes.outer_depth.value);
    let finding = Finding::new("SHL-fans", "roof fans on the top plate")
        .held(format!("{placed} placed"), format!("{wanted} wanted"))
        .because(format!(
            "fans and covers of {} on a plate of {width} × {depth}, with {RIM} of wood around them",
            fans.across
        ))
        .at("cooling.roof_fans")
        .source("design rule of pibuild");
    Some(if placed == wanted {
        finding
    } else {
        finding
            .severity(Severity::Warning)
            .fix("fewer or smaller roof fans: the others have no hole")
    })
}

/// What the catalogue does not have.
fn hardware(subject: &Subject) -> Option<Finding> {
    let missing = subject.built.shell.hardware().missing;
    (!missing.is_empty()).then(|| {
        Finding::new("SHL-hardware", "frame and shell")
            .severity(Severity::Warning)
            .held(format!("{} missing", missing.len()), "0 missing")
            .because(format!("the catalogue has no {}", missing.join(", no ")))
            .fix("add entries under catalog.fittings or catalog.fasteners; the bill lacks them")
            .at("shell")
            .source("the catalogue")
    })
}

/// Joints follow the measured thickness.
fn thickness(subject: &Subject, panels: &Panels) -> Finding {
    let shell = &subject.built.document.design.shell;
    let used = panels.sizes.sheet;
    let finding = Finding::new("SHL-thickness", shell.sheet.clone())
        .held(used, used)
        .because(if panels.sizes.sawn() {
            format!("layers follow {used}; boards from a saw butt, without grooves")
        } else {
            let more = panels.sizes.allowance;
            format!("grooves, slots and layers are cut for {used}, and {more} more where something goes in")
        })
        .at("shell.sheet_thickness")
        .source("the design");
    match shell.sheet_thickness {
        Some(_) => finding,
        None => finding.severity(Severity::Note).fix(
            "measure a sheet before cutting, and write shell.sheet_thickness: plywood of 18 mm may \
             have 17.1 to 18.1",
        ),
    }
}

/// Each leaf opens by a right angle; the worst of those that do not, or one finding for all.
fn doors(panels: &Panels) -> Option<Finding> {
    let swings: Vec<_> = panels.doors.iter().map(|door| (door, panels.swing(door))).collect();
    let (door, worst) =
        swings.iter().min_by(|one, other| one.1.degrees.total_cmp(&other.1.degrees))?;
    let leaf = if door.right { "right" } else { "left" };
    let finding = Finding::new("SHL-doors", format!("{} door leaves", swings.len()))
        .held(format!("{}°", round(worst.degrees)), format!("{WANTED}°"))
        .because(format!(
            "each leaf followed in plan, all others shut; it needs {:.0} mm of floor before its side",
            worst.reach.mm()
        ))
        .at("shell.doors")
        .source("geometry");
    Some(if worst.hits.is_empty() {
        finding
    } else {
        finding.severity(Severity::Error).fix(format!(
            "the {leaf} leaf of the {:?} side meets {}",
            door.view.side,
            worst.hits.join(", ")
        ))
    })
}

/// Air of the roof fans through the louvres.
fn vents(subject: &Subject, panels: &Panels) -> Option<Finding> {
    let flow = match subject.ledger.get("air.roof_flow")?.amount {
        Amount::Number(flow, _) => flow,
        Amount::Choice(_) => return None,
    };
    let area = panels.vents.value.0;
    let speed = flow / area.max(f64::MIN_POSITIVE);
    let finding = Finding::new("SHL-vents", "air through the roof's louvres")
        .held(format!("{speed:.2} m/s"), format!("{FASTEST_AIR} m/s"))
        .below(speed, FASTEST_AIR)
        .because(format!(
            "{flow:.3} m³/s / {area:.3} m² of louvres{}",
            subject.doubt("air.roof_flow")
        ))
        .at("cooling.roof_fans")
        .source("design rule of pibuild: at most 2.5 m/s");
    Some(if speed <= FASTEST_AIR {
        finding
    } else {
        let wanted = flow / FASTEST_AIR;
        finding.severity(Severity::Warning).fix(format!("{wanted:.3} m² of vents, or less air"))
    })
}

/// Boards that were split to fit on a sheet, told in one note.
fn splices(subject: &Subject) -> Option<Finding> {
    let splices: Vec<_> = subject.built.shell.splices().collect();
    let pieces: usize = splices.iter().map(|splice| splice.pieces).sum();
    let plates: usize = splices.iter().map(|splice| splice.plates).sum();
    let mut names: Vec<&str> = splices.iter().map(|splice| splice.name.as_str()).collect();
    names.sort_unstable();
    names.dedup();
    (!splices.is_empty()).then(|| {
        Finding::new("SHL-splice", format!("{} boards longer than a sheet", splices.len()))
            .severity(Severity::Note)
            .held(format!("{pieces} pieces"), format!("{} boards", splices.len()))
            .because(format!(
                "split: {}; {plates} splice plates, the other joints lie between layers that \
                 bridge them",
                names.join(", ")
            ))
            .fix("longer sheets would save the joints")
            .at("shell.sheet")
            .source("the sheet's length")
    })
}

/// Parts that no sheet holds.
fn sheets(subject: &Subject) -> Vec<Finding> {
    let catalog = &subject.built.document.catalog;
    let too_large = subject.built.shell.flat_parts().filter(|part| {
        catalog.sheets.get(&part.sheet).is_some_and(|sheet| {
            let (length, width) = (sheet.length.value, sheet.width.value);
            let fits = |one: Mm, other: Mm| one <= length && other <= width;
            !fits(part.length, part.width) && !fits(part.width, part.length)
        })
    });
    too_large
        .map(|part| {
            let sheet = &catalog.sheets[&part.sheet];
            Finding::new("SHL-sheet", part.name.clone())
                .severity(Severity::Error)
                .held(
                    format!("{} × {}", part.length, part.width),
                    format!("{} × {}", sheet.length.value, sheet.width.value),
                )
                .because(format!("it is cut from {}, which is smaller", sheet.name))
                .fix("a larger sheet, or fewer racks abreast")
                .at("shell.sheet")
                .source(sheet.source.clone())
        })
        .collect()
}
