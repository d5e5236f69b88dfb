//! FIT and PRT: the caddy's own choices. Does a hook hold, does a clip, can a number be read?

use super::{Finding, Severity, Subject};
use crate::cluster::{Clip, HookPlan, PlugExit};
use crate::spec::{Collar, Label};
use crate::units::{Megapascals, Mm, Ratio};

const OWN_RULE: &str = "design rule of pibuild";
/// A peg thinner than so many lines of the nozzle breaks off.
const PEG_LINES: i64 = 4;

/// Hook, pegs and label, as far as the design has them.
pub fn check(subject: &Subject) -> Vec<Finding> {
    let mut findings = Vec::new();
    findings.extend(collar(subject));
    findings.extend(pegs(subject));
    findings.extend(label(subject));
    findings
}

/// A hook that holds; or why a design that leaves the choice, or asks for a hook, has none.
fn collar(subject: &Subject) -> Option<Finding> {
    let asked = subject.built.document.design.caddy.collar;
    let finding = Finding::new("FIT-hook", "caddy on its rail").at("caddy.collar");
    match (&subject.built.cluster.caddy.hook, asked) {
        (_, Collar::Bead) => None,
        (Ok(hook), _) => Some(hooked(subject, hook, finding.source("beam formula, any handbook"))),
        (Err(why), Collar::Auto) => Some(
            finding
                .severity(Severity::Note)
                .held("a bead", "a hook")
                .because(why.clone())
                .fix("nothing; but to swap a board, the bank comes out of its rack")
                .source(OWN_RULE),
        ),
        (Err(why), Collar::Hook) => Some(
            finding
                .severity(Severity::Error)
                .held("no hook", "a hook")
                .because(why.clone())
                .fix("collar: bead, or another rail")
                .source(OWN_RULE),
        ),
    }
}

fn hooked(subject: &Subject, hook: &HookPlan, finding: Finding) -> Finding {
    let caddy = &subject.built.cluster.caddy;
    let (stress, limit) = (hook.stress.value, hook.stress_limit.value);
    let way = if hook.plug_in_the_way {
        let rail = caddy.strip.window.1 - caddy.strip.clearance;
        let free = (caddy.seated.plug.area.u0 - rail).max(Mm::ZERO);
        format!(
            "pull the power plug first, from behind: with it in, the caddy comes {free} to the \
             front, where its plug meets the rail"
        )
    } else if caddy.seated.plug.exit == PlugExit::Front {
        "its cables come off in front".to_owned()
    } else {
        "it comes with its power plug in, as far as the cable allows".to_owned()
    };
    let shown = Megapascals((stress.0 * 10.0).round() / 10.0);
    finding.held(shown, limit).below(stress.0, limit.0).because(format!(
        "{} at the far edge is {:.0} N at the screw ({}); it bends the {} web in front of the rail. \
         Off the rail after {} to the front; {way}{}{}",
        hook.pull.value,
        hook.tension.value.0,
        hook.screw.fastener.name,
        hook.web,
        hook.travel.value,
        subject.doubt(&hook.stress.name),
        subject.doubt(&hook.screw_length.name),
    ))
}

/// Pegs thick enough to print, and a clip that holds.
fn pegs(subject: &Subject) -> Vec<Finding> {
    let Some(pegs) = &subject.built.cluster.caddy.fixing.pegs else { return Vec::new() };
    let least = subject.built.document.design.printing.nozzle * PEG_LINES;
    let diameter = pegs.diameter.value;
    let finding = Finding::new("PRT-peg", "pegs through the board's holes")
        .held(diameter, least)
        .because(format!("{PEG_LINES} lines of the nozzle, or a peg breaks off with its board"))
        .at("caddy.board_fixing")
        .source(OWN_RULE);
    let peg = if diameter < least {
        finding
            .severity(Severity::Error)
            .fix("board_fixing: self-tapping, or a finer nozzle: printing.nozzle")
    } else {
        finding
    };
    vec![peg, clip(subject, &pegs.clip)]
}

fn clip(subject: &Subject, clip: &Result<Clip, String>) -> Finding {
    let finding =
        Finding::new("FIT-clip", "clip that keeps the board on its pegs").at("caddy.board_fixing");
    match clip {
        Err(why) => finding
            .severity(Severity::Error)
            .held("no clip", "a clip")
            .because(why.clone())
            .fix("board_fixing: self-tapping")
            .source(OWN_RULE),
        Ok(clip) => {
            let (strain, limit) = (clip.strain.value, clip.strain_limit.value);
            let because = format!(
                "strain at the finger's root as the board snaps in{}; nose and toe reach over \
                 opposite corners of the board, with standoffs below",
                subject.doubt(&clip.strain_limit.name)
            );
            let strain = Ratio((strain.0 * 1e4).round() / 1e4);
            finding
                .held(strain, limit)
                .below(strain.0, limit.0)
                .because(because)
                .source("Bayer, Snap-Fit Joints for Plastics")
        }
    }
}

/// Figures with strokes that a nozzle can leave out.
fn label(subject: &Subject) -> Option<Finding> {
    let design = &subject.built.document.design;
    if design.caddy.label != Label::Number {
        return None;
    }
    let nozzle = design.printing.nozzle;
    let finding =
        Finding::new("PRT-engraving", "number on each caddy").at("caddy.label").source(OWN_RULE);
    let label = subject.built.cluster.caddy.label.as_ref();
    let Some((label, stroke)) = label.and_then(|label| Some((label, label.stroke.as_ref()?)))
    else {
        return Some(
            finding
                .severity(Severity::Warning)
                .held("no room", nozzle)
                .because("the caddy's front is too narrow for a field with figures")
                .fix("label: none, or fewer caddies"),
        );
    };
    let finding = finding.held(stroke.value, nozzle).because(format!(
        "strokes {} wide and {} deep, in a field {} wide",
        stroke.value,
        label.engraving,
        label.to - label.from
    ));
    Some(if stroke.value < nozzle {
        finding.severity(Severity::Warning).fix("a finer nozzle, or label: blank and a sticker")
    } else {
        finding
    })
}
