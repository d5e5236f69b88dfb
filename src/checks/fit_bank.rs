//! FIT: does a bank go together, and into its rack's opening?

use super::{Finding, Severity, Subject};
use crate::cluster::{Amount, COMFORTABLE_GAP, FanPlan, RACK_UNIT, units_for};
use crate::spec::{Orientation, Plug};
use crate::units::{Mm, RackUnits};

/// Trays that hang more than this at their front look wrong.
const MOST_DROOP: Mm = Mm::um(3_000);

const OWN_RULE: &str = "design rule of pibuild";

/// Row, gaps, plug, fans, height and width of a bank.
pub fn check(subject: &Subject) -> Vec<Finding> {
    let mut findings = vec![
        opening(subject),
        neighbour_gap(subject),
        axial_play(subject),
        rail(subject),
        plug(subject),
        height(subject),
        vents(subject),
    ];
    if subject.built.cluster.caddy.orientation == Orientation::Upright {
        findings.push(plugs(subject));
    }
    findings.extend(fans(subject));
    findings.extend(droop(subject));
    findings
}

fn opening(subject: &Subject) -> Finding {
    let opening = &subject.built.cluster.opening;
    let (used, width) = (opening.used.value, opening.width.value);
    let narrowest = opening.rack.narrowest_opening.value;
    let thinner = subject.built.cluster.bank.bracket.thickness - (used - narrowest).half();
    let because = format!(
        "rail {} + 2 × bracket {} = {used}; the opening is {width}, {narrowest} in some racks",
        subject.built.cluster.rail.finished.value, subject.built.cluster.bank.bracket.thickness,
    );
    let finding = Finding::new("FIT-opening", "bank in the rack's opening")
        .held(used, width)
        .below(used.mm(), width.mm())
        .because(because)
        .at("end_bracket.thickness")
        .source(opening.rack.source.clone());
    if used > width {
        let too_much = used - width;
        finding
            .severity(Severity::Error)
            .fix(format!("{too_much} less: mill {too_much} more off the rail"))
    } else if used > narrowest {
        let spare = if used == width { "nothing to spare" } else { "little to spare" };
        finding.severity(Severity::Warning).fix(format!(
            "the brackets fill the opening with {spare}: measure your racks, or make \
             end_bracket.thickness {}",
            thinner.floor_to(Mm::um(500))
        ))
    } else {
        finding
    }
}

fn neighbour_gap(subject: &Subject) -> Finding {
    let caddy = &subject.built.cluster.caddy;
    let gap = caddy.neighbour_gap.value;
    let tallest = subject.built.cluster.board.tallest();
    let (what, tall) =
        tallest.map_or(("board", Mm::ZERO), |found| (found.what.as_str(), found.above.value));
    let doubt = subject.doubt(&caddy.smallest_pitch.name);
    let (what, because) = match caddy.orientation {
        Orientation::Upright => (
            format!("{what} and the next caddy"),
            format!(
                "pitch {} − seat {}{} − board {} − {what} {tall} = {gap}; the smallest pitch is {}\
                 {doubt}",
                caddy.board_pitch.value,
                caddy.seat.value,
                if caddy.lift > Mm::ZERO {
                    format!(" − lift {}", caddy.lift)
                } else {
                    String::new()
                },
                caddy.pcb,
                caddy.smallest_pitch.value,
            ),
        ),
        Orientation::Flat => (
            "board with its plug and the next board".to_owned(),
            format!(
                "pitch {} − {} for board, power plug and clearance = {gap}{doubt}",
                caddy.board_pitch.value, caddy.smallest_pitch.value,
            ),
        ),
    };
    let finding = Finding::new("FIT-neighbour-gap", what)
        .held(gap, Mm::ZERO)
        .because(because)
        .at("bank.caddies")
        .source(OWN_RULE);
    let per_caddy = caddy.smallest_pitch.value * i64::from(caddy.boards);
    let most = subject.built.cluster.rail.row.value.fits(per_caddy.max(Mm::um(1)));
    if gap < Mm::ZERO {
        finding.severity(Severity::Error).fix(format!(
            "{} missing for each board: at most {most} caddies fit on this rail",
            gap.abs()
        ))
    } else if gap < COMFORTABLE_GAP {
        finding
            .severity(Severity::Warning)
            .fix(format!("less than {COMFORTABLE_GAP}: measure a board, or one caddy less"))
    } else {
        finding
    }
}

fn axial_play(subject: &Subject) -> Finding {
    let caddy = &subject.built.cluster.caddy;
    let (play, least) = (caddy.play.value, Mm::um(300));
    let finding = Finding::new("FIT-axial-play", "row of caddies between the collars")
        .held(play, least)
        .because(format!(
            "row {} − {} × body {} = {play}",
            subject.built.cluster.rail.row.value, caddy.count.value, caddy.body.value
        ))
        .at("caddy.width")
        .source(OWN_RULE);
    if play < least {
        let width = subject.built.cluster.rail.row.value / i64::from(caddy.count.value);
        finding
            .severity(Severity::Error)
            .fix(format!("the row is {} too long: caddy.width at most {width}", least - play))
    } else {
        finding
    }
}

fn rail(subject: &Subject) -> Finding {
    let rail = &subject.built.cluster.rail;
    let finding = Finding::new("FIT-rail", "rail")
        .held(rail.finished.value, Mm::ZERO)
        .because(format!(
            "{} as bought − {} milled = {}",
            rail.bought.value, rail.milling.value, rail.finished.value
        ))
        .at("rail.length")
        .source("arithmetic");
    if rail.row.value <= Mm::ZERO {
        finding
            .severity(Severity::Error)
            .fix("nothing is left between the brackets: a longer rail, or less milling")
    } else {
        finding
    }
}

fn plug(subject: &Subject) -> Finding {
    let caddy = &subject.built.cluster.caddy;
    let (reach, room) = (caddy.plug_reach.value, caddy.plug_room.value);
    let plug = &caddy.seated.plug;
    let doubt = subject.doubt(&caddy.plug_reach.name);
    let (what, in_block, because) = match caddy.orientation {
        Orientation::Upright => (
            "power plug beside the rail",
            plug.area.u0 < caddy.strip.end && plug.area.u1 > Mm::ZERO && plug.area.v0 < Mm::ZERO,
            format!(
                "plug and bend reach {reach}, the strip has {room}; the plug stands {} to {} \
                 behind the front, the rail's block ends at {}{doubt}",
                plug.area.u0, plug.area.u1, caddy.strip.end,
            ),
        ),
        Orientation::Flat => (
            "power plug beside the board",
            false,
            format!(
                "plug and bend reach {reach}, beside the board are {room}; the cable leaves over \
                 the rail's block{doubt}",
            ),
        ),
    };
    let finding = Finding::new("FIT-plug", what)
        .held(reach, room)
        .below(reach.mm(), room.mm())
        .because(because)
        .at("power.cable.plug")
        .source(OWN_RULE);
    if reach > room {
        let fix = if subject.built.document.design.power.cable.plug == Plug::Straight {
            "a right-angle plug: power.cable.plug: right-angle"
        } else {
            "fewer caddies on the rail, or a board with its power socket elsewhere"
        };
        finding.severity(Severity::Error).fix(fix)
    } else if in_block {
        finding
            .severity(Severity::Error)
            .fix("the plug meets the rail's block: a board whose power socket is further back")
    } else {
        finding
    }
}

/// Plugs that are thicker than what stands on the board.
fn plugs(subject: &Subject) -> Finding {
    let caddy = &subject.built.cluster.caddy;
    let (needed, pitch) = (caddy.plug_pitch.value, caddy.board_pitch.value);
    let finding = Finding::new("FIT-plug", "power plugs side by side")
        .held(needed, pitch)
        .below(needed.mm(), pitch.mm())
        .because(format!(
            "a plug {} thick, and a gap, for each {pitch}{}",
            caddy.seated.plug.thickness,
            subject.doubt(&caddy.plug_pitch.name),
        ))
        .at("bank.caddies")
        .source(OWN_RULE);
    if needed > pitch {
        let most = subject.built.cluster.rail.row.value.fits(needed * i64::from(caddy.boards));
        finding.severity(Severity::Error).fix(format!("at most {most} caddies, or thinner plugs"))
    } else {
        finding
    }
}

fn height(subject: &Subject) -> Finding {
    let (caddy, bank) = (&subject.built.cluster.caddy, &subject.built.cluster.bank);
    let (tall, panel) = (caddy.height.value, bank.panel_height.value);
    let lower = panel - RACK_UNIT;
    let why = if lower > Mm::ZERO && lower < tall {
        format!("; {} would leave {lower}, {} too little", RackUnits(bank.units.value.0 - 1), {
            tall - lower
        })
    } else {
        String::new()
    };
    let finding = Finding::new("FIT-bank-height", "bank in its rack units")
        .held(tall, panel)
        .below(tall.mm(), panel.mm())
        .because(format!("caddy {tall}; {} leave {panel}{why}", bank.units.value))
        .at("bank.height")
        .source("EIA-310-D");
    if tall > panel {
        finding.severity(Severity::Error).fix("bank.height: auto, or a lower rail")
    } else {
        finding
    }
}

/// How far trays hang at their front: they hold on to the rail at their rear only.
fn droop(subject: &Subject) -> Option<Finding> {
    let found = &subject.ledger.get("caddy.droop")?.amount;
    let Amount::Number(hang, _) = found else { return None };
    let (hang, caddy) = (Mm::from_mm(*hang), &subject.built.cluster.caddy);
    let room = subject.built.cluster.bank.bracket.lift.value.max(Mm::ZERO);
    let finding = Finding::new("FIT-droop", "front of a tray")
        .held(format!("{:.1} mm", hang.mm()), MOST_DROOP)
        .below(hang.mm(), MOST_DROOP.mm())
        .because(format!(
            "2 × clearance {} × {} from the front to the rail's rear ÷ rail.depth {}; under the \
             trays are {room}",
            caddy.strip.clearance, caddy.strip.window.1, subject.built.cluster.rail.depth.value
        ))
        .at("caddy.clearance")
        .source(OWN_RULE);
    Some(if hang > room {
        finding
            .severity(Severity::Error)
            .fix("rail.orientation: auto, a smaller caddy.clearance, or a higher bank")
    } else if hang > MOST_DROOP {
        let tighter = caddy.strip.clearance * (MOST_DROOP / hang);
        finding.severity(Severity::Warning).fix(format!(
            "rail.orientation: auto, or caddy.clearance {}",
            tighter.floor_to(Mm::um(10))
        ))
    } else {
        finding
    })
}

fn vents(subject: &Subject) -> Finding {
    let least = 40.0;
    let share = match subject.ledger.get("caddy.open_share").map(|found| &found.amount) {
        Some(Amount::Number(share, _)) => *share,
        _ => 0.0,
    };
    let finding = Finding::new("FIT-vents", "wall behind the board")
        .held(format!("{share:.1} %"), format!("{least} %"))
        .because(match subject.built.cluster.caddy.orientation {
            Orientation::Upright => {
                "area of the windows ÷ area of the board; the wall stays whole around standoffs, \
                 and between solder tails and a neighbour's shields"
            }
            Orientation::Flat => {
                "area of the windows ÷ area of the board; the plate stays whole around standoffs \
                 and ribs"
            }
        })
        .at("caddy.wall")
        .source(OWN_RULE);
    if share < least {
        finding
            .severity(Severity::Note)
            .fix("nothing to change in the design: this board leaves less room for windows")
    } else {
        finding
    }
}

/// Fans behind a bank: beside each other, and within its height.
fn fans(subject: &Subject) -> Vec<Finding> {
    let bank = &subject.built.cluster.bank;
    bank.fans.iter().flat_map(|fans| [fan_row(subject, fans), fan_height(subject, fans)]).collect()
}

fn fan_row(subject: &Subject, fans: &FanPlan) -> Finding {
    let wanted = subject.built.document.design.bank.fans.as_ref().map_or(0, |fans| fans.count);
    let (flange, limit) = (fans.flange.value, fans.flange_limit.value);
    let caddy = &subject.built.cluster.caddy;
    let (caddies, pitch) = (caddy.count.value, caddy.pitch.value);
    let bracket = &subject.built.cluster.bank.bracket;
    let ends = bracket.thickness + bracket.collar;
    let beyond = fans.beyond_row(caddies, pitch);
    let finding = Finding::new("FIT-fans", "fans behind a bank")
        .held(flange, limit)
        .below(flange.mm(), limit.mm())
        .because(format!(
            "fan caddies in slots {:?}: {} pitches of {pitch} between them for a flange of {flange}",
            fans.slots, fans.spacing
        ))
        .at("bank.fans")
        .source(fans.fan.source.clone());
    let instead = match fans.most(caddies, pitch, ends) {
        0 => "none of this size: a smaller fan".to_owned(),
        most => format!("at most {most} fans of this size, or smaller ones"),
    };
    if wanted > caddies {
        finding
            .severity(Severity::Error)
            .held(wanted, caddies)
            .fix(format!("a fan needs a caddy: at most {caddies}"))
    } else if flange > limit && fans.slots.len() > 1 {
        finding.severity(Severity::Error).fix(format!("the flanges meet: {instead}"))
    } else if beyond > ends {
        finding
            .severity(Severity::Error)
            .held(beyond, ends)
            .because(format!(
                "the outermost of the flanges of {flange}, in slots {:?}, stands out over the row \
                 by {beyond}, and the bank's body by {}: it does not pass the rack's opening",
                fans.slots,
                beyond - ends
            ))
            .fix(instead)
    } else {
        finding
    }
}

fn fan_height(subject: &Subject, fans: &FanPlan) -> Finding {
    let (flange, bank) = (fans.flange.value, &subject.built.cluster.bank);
    let panel = bank.panel_height.value;
    let finding = Finding::new("FIT-fan-height", "fan's flange in the bank's rack units")
        .held(flange, panel)
        .below(flange.mm(), panel.mm())
        .because(format!("flange {flange}; {} leave {panel}", bank.units.value))
        .at("bank.height")
        .source("EIA-310-D");
    if flange > panel {
        let fans = &subject.built.document.catalog.fans;
        let rim = flange
            - subject.built.cluster.bank.fans.as_ref().map_or(flange, |it| it.fan.size.value);
        let fitting = fans.values().map(|fan| fan.size.value).filter(|size| *size + rim <= panel);
        let smaller = match fitting.max() {
            Some(size) => format!(", or a fan of at most {size}"),
            None => String::new(),
        };
        finding
            .severity(Severity::Error)
            .fix(format!("bank.height {} or auto{smaller}", units_for(flange)))
    } else {
        finding
    }
}
