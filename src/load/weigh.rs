//! From the design to masses and footing, every number on record.

use super::body::{Base, Body, tip};
use super::crates::Crates;
use super::{Footing, GRAVITY, Load, Moved, RackLoad, sag, shell};
use crate::built::Built;
use crate::cluster::{Known, Ledger, Named};
use crate::layout::{Item, RackPlan, Spot};
use crate::shell::{Frame, Panels};
use crate::spec::Removable;
use crate::units::{Kilograms, Kilopascals, Mm};

/// Racks that get a quantity of their own.
const MOST_RACKS: usize = 100;

/// Weighs everything.
pub(super) fn all(built: &Built, ledger: &mut Ledger) -> Load {
    let bank = bank(built, ledger);
    let bodies = rack_bodies(built, &bank, ledger);
    let racks: Vec<RackLoad> = built
        .layout
        .racks
        .iter()
        .zip(&bodies)
        .map(|(rack, body)| RackLoad { number: rack.number, mass: body.mass })
        .collect();
    let mut known: Vec<Known<Kilograms>> = Vec::new();
    let inputs = inputs(built, &bank, ledger);
    let inputs: Vec<&dyn Named> = inputs.iter().map(|it| it as &dyn Named).collect();
    for rack in racks.iter().take(MOST_RACKS) {
        known.push(ledger.derive(
            &format!("load.rack-{}", rack.number),
            "the rack, its banks and devices, its supplies, and its boards' cables",
            &inputs,
            rack.mass,
        ));
    }
    let mut whole = Body::default();
    for body in &bodies {
        whole.join(body);
    }
    let (frame, panels) = (built.shell.frame.as_ref(), built.shell.panels.as_ref());
    let mut parts: Vec<&dyn Named> = known.iter().map(|it| it as &dyn Named).collect();
    let mut formula = "all racks".to_owned();
    if let Some(frame) = frame {
        whole.add(frame.mass.value, frame_middle(frame));
        parts.push(&frame.mass);
        formula += " + frame.mass";
    }
    let bare = whole;
    if let Some(panels) = panels {
        whole.add(panels.mass.value, shell::middle(panels));
        parts.push(&panels.mass);
        formula += " + shell.mass";
    }
    let total = ledger.derive("load.total", formula, &parts, whole.mass);
    let footing = match frame {
        Some(frame) => on_frame(frame, panels, &whole, &total, ledger),
        None => on_its_own(built, &bodies, &known, ledger),
    };
    let removed = &built.document.design.transport.remove;
    let taken_off = panels.filter(|_| removed.contains(&Removable::Shell));
    let moved = match (frame, taken_off) {
        (Some(frame), Some(panels)) => without(frame, panels, &bare, &total, ledger),
        (Some(_), None) => Moved { mass: total.clone(), tip: footing.tip.clone() },
        (None, _) => each_rack(&racks, &known, &footing, ledger),
    };
    let crates = taken_off.and_then(|panels| Crates::of(panels, ledger));
    let sag = sag::sag(&built.cluster.rail, &bank, ledger);
    let span = built.cluster.rail.finished.clone();
    Load { bank, racks, total, footing, moved, crates, sag, span }
}

/// One full bank.
fn bank(built: &Built, ledger: &mut Ledger) -> Known<Kilograms> {
    let cluster = built.cluster;
    let entry = format!("catalog.boards.{}", cluster.board_id);
    let board = ledger.fact(&entry, "mass", &cluster.board.mass, &cluster.board.source);
    let printed = built
        .prints
        .iter()
        .filter_map(|print| Some(print.estimate()?.grams.0 * f64::from(print.part.made.in_bank())));
    let printed = ledger.derive(
        "load.bank_prints",
        "what slicers would lay down for the bank's parts, by estimate",
        &[],
        Kilograms(printed.sum::<f64>() / 1000.0),
    );
    let rail = &cluster.rail;
    let entry = format!("catalog.rails.{}", rail.profile_id);
    let fact = &rail.profile.mass_per_metre;
    let rail_mass = ledger.fact(&entry, "mass_per_metre", fact, &rail.profile.source);
    let mut inputs: Vec<&dyn Named> =
        vec![&cluster.bank.boards, &board, &printed, &rail.finished, &rail_mass];
    let mut mass = printed.value
        + Kilograms(board.value.0 / 1000.0) * f64::from(cluster.bank.boards.value)
        + rail_mass.value * (rail.finished.value.mm() / 1000.0);
    let fan = cluster.bank.fans.as_ref().map(|fans| {
        ledger.fact(&format!("catalog.fans.{}", fans.id), "mass", &fans.fan.mass, &fans.fan.source)
    });
    if let Some(fan) = &fan {
        mass = mass + fan.value * f64::from(cluster.bank.fan_caddies());
        inputs.push(fan);
    }
    ledger.derive(
        "load.bank",
        "boards + load.bank_prints + rail.finished_length × the rail's mass by the metre + fans; \
         screws are left out",
        &inputs,
        mass,
    )
}

/// Everything that a rack's mass rests on.
fn inputs(built: &Built, bank: &Known<Kilograms>, ledger: &mut Ledger) -> Vec<Known<Kilograms>> {
    let cluster = built.cluster;
    let mut inputs = vec![bank.clone(), rack_mass(built, ledger), cables(ledger)];
    inputs.extend(supply_mass(built, ledger));
    let mut devices: Vec<&Known<Kilograms>> =
        built.layout.devices().filter_map(|name| Some(&cluster.device(name)?.mass)).collect();
    devices.sort_by(|a, b| a.name.cmp(&b.name));
    devices.dedup_by(|a, b| a.name == b.name);
    inputs.extend(devices.into_iter().cloned());
    inputs
}

fn rack_mass(built: &Built, ledger: &mut Ledger) -> Known<Kilograms> {
    let opening = &built.cluster.opening;
    let entry = format!("catalog.racks.{}", opening.rack_id);
    ledger.fact(&entry, "mass", &opening.rack.mass, &opening.rack.source)
}

fn cables(ledger: &mut Ledger) -> Known<Kilograms> {
    ledger.assume(
        "load.cables_per_board",
        Kilograms(0.04),
        "estimate: a patch cable and a supply cable of up to a metre, 40 kg for 1050 boards",
    )
}

fn supply_mass(built: &Built, ledger: &mut Ledger) -> Option<Known<Kilograms>> {
    let (id, supply) = built.wiring.supply.as_ref()?;
    Some(ledger.fact(&format!("catalog.supplies.{id}"), "mass", &supply.mass, &supply.source))
}

/// Every rack with all that it holds, in the cluster's frame.
fn rack_bodies(built: &Built, bank: &Known<Kilograms>, ledger: &mut Ledger) -> Vec<Body> {
    let (cluster, layout) = (built.cluster, built.layout);
    let empty = rack_mass(built, ledger).value;
    let cables = cables(ledger).value;
    let full = cluster.bank.boards.value;
    let entry = format!("catalog.boards.{}", cluster.board_id);
    let board = ledger.fact(&entry, "mass", &cluster.board.mass, &cluster.board.source);
    let board = Kilograms(board.value.0 / 1000.0);
    let mut bodies: Vec<Body> = layout
        .racks
        .iter()
        .map(|rack| {
            let mut body = Body::default();
            body.add(empty, rack.stand.to_cluster(rack_middle(built)));
            let mut bank_number = rack.first_bank;
            for placed in &rack.items {
                let mass = match &placed.item {
                    Item::Bank => {
                        let boards = layout.boards_in(bank_number, full);
                        bank_number += 1;
                        let missing = board * f64::from(full.saturating_sub(boards));
                        bank.value - missing + cables * f64::from(boards)
                    }
                    Item::Device(name) => {
                        cluster.device(name).map_or(Kilograms(0.0), |device| device.mass.value)
                    }
                };
                body.add(mass, rack.stand.block(&placed.block(cluster)).middle());
            }
            body
        })
        .collect();
    if let Some(mass) = supply_mass(built, ledger) {
        for feed in &built.wiring.feeds {
            bodies[feed.rack_at].add(mass.value, feed.block.middle());
        }
    }
    bodies
}

/// An empty rack's own middle, in its frame: half-way up and half-way back.
fn rack_middle(built: &Built) -> Spot {
    let rack = &built.cluster.opening.rack;
    Spot::new(Mm::ZERO, rack.depth.value.half(), rack.height.value.half())
}

/// The frame's middle, in the cluster's frame: half-way up what it is tall.
fn frame_middle(frame: &Frame) -> Spot {
    let sizes = &frame.sizes;
    Spot::new(Mm::ZERO, sizes.middle, sizes.height.value.half() - lift(frame))
}

/// How far the base plate's upper side, where the racks stand, lies over the floor.
fn lift(frame: &Frame) -> Mm {
    frame.sizes.clearance.value + frame.sizes.plate_thickness.value
}

/// Between the castors.
fn on_castors(frame: &Frame) -> Base {
    let least = |pick: fn(&(Mm, Mm)) -> Mm| frame.castors.iter().map(pick).min();
    let most = |pick: fn(&(Mm, Mm)) -> Mm| frame.castors.iter().map(pick).max();
    let corner = |x: Option<Mm>, y: Option<Mm>| (x.unwrap_or(Mm::ZERO), y.unwrap_or(Mm::ZERO));
    Base {
        from: corner(least(|at| at.0), least(|at| at.1)),
        to: corner(most(|at| at.0), most(|at| at.1)),
    }
}

/// What is rolled when the shell has been taken off.
fn without(
    frame: &Frame,
    panels: &Panels,
    bare: &Body,
    total: &Known<Kilograms>,
    ledger: &mut Ledger,
) -> Moved {
    let mass = ledger.derive(
        "load.moved",
        "load.total − shell.mass: the shell is taken off (transport.remove)",
        &[total, &panels.mass],
        bare.mass,
    );
    let middle = bare.middle();
    let tip = ledger.derive(
        "load.moved_tip_angle",
        "atan(reach ÷ height) of the middle of what is rolled, over the nearest edge between castors",
        &[&mass],
        tip(on_castors(frame).reach(middle), middle.z + lift(frame)),
    );
    Moved { mass, tip }
}

/// Racks are rolled one by one: as heavy as the heaviest, and they tip like the one that tips first.
fn each_rack(
    racks: &[RackLoad],
    known: &[Known<Kilograms>],
    footing: &Footing,
    ledger: &mut Ledger,
) -> Moved {
    let inputs: Vec<&dyn Named> = known.iter().map(|it| it as &dyn Named).collect();
    let heaviest = racks.iter().map(|rack| rack.mass.0).fold(0.0, f64::max);
    let mass = ledger.derive("load.moved", "the heaviest rack", &inputs, Kilograms(heaviest));
    Moved { mass, tip: footing.tip.clone() }
}

/// Everything in one frame, on its castors. It covers the floor as far as its base plate or, with a
/// shell, its plinth reaches.
fn on_frame(
    frame: &Frame,
    panels: Option<&Panels>,
    whole: &Body,
    total: &Known<Kilograms>,
    ledger: &mut Ledger,
) -> Footing {
    let sizes = &frame.sizes;
    let [width, depth] =
        panels.map_or([sizes.width.value, sizes.depth.value], |panels| panels.sizes.plinth());
    let area = square_metres(width, depth);
    let (middle, base) = (whole.middle(), on_castors(frame));
    let mut footing = footing("frame", total.clone(), middle, lift(frame), base, area, ledger);
    let castors = u32::try_from(frame.castors.len()).unwrap_or(u32::MAX);
    footing.castor = Some(ledger.derive(
        "load.castor",
        format!("load.total ÷ ({castors} castors − 1): on an uneven floor one hangs in the air"),
        &[total],
        total.value / f64::from(castors.saturating_sub(1).max(1)),
    ));
    footing
}

/// Each rack by itself; the one that tips first. Its feet reach from its mounting face back.
fn on_its_own(
    built: &Built,
    bodies: &[Body],
    known: &[Known<Kilograms>],
    ledger: &mut Ledger,
) -> Footing {
    let rack = &built.cluster.opening.rack;
    let (width, depth) = (rack.width.value, rack.depth.value);
    let base = Base { from: (-width.half(), Mm::ZERO), to: (width.half(), depth) };
    let in_rack = |plan: &RackPlan, body: &Body| plan.stand.to_rack(body.middle());
    let worst = built.layout.racks.iter().zip(bodies).enumerate().min_by(
        |(_, (a, one)), (_, (b, other))| {
            let angle = |plan, body| {
                let middle = in_rack(plan, body);
                tip(base.reach(middle), middle.z).0
            };
            angle(a, one).total_cmp(&angle(b, other))
        },
    );
    let area = square_metres(width, depth);
    let Some((at, (plan, body))) = worst else {
        let nothing = ledger.derive("load.none", "no rack", &[], Kilograms(0.0));
        return footing("nothing", nothing, Spot::default(), Mm::ZERO, base, area, ledger);
    };
    let mass = known.get(at).cloned().unwrap_or_else(|| {
        ledger.derive(
            &format!("load.rack-{}", plan.number),
            "the rack and all in it",
            &[],
            body.mass,
        )
    });
    let what = format!("rack {}", plan.number);
    footing(&what, mass, in_rack(plan, body), Mm::ZERO, base, area, ledger)
}

/// `lift` is how far the middle's frame lies over the floor; `area` is in square metres.
fn footing(
    what: &str,
    mass: Known<Kilograms>,
    middle: Spot,
    lift: Mm,
    base: Base,
    area: f64,
    ledger: &mut Ledger,
) -> Footing {
    let height = ledger.derive(
        "load.middle_height",
        format!("height of the middle of {what} over the floor: sum of mass × height ÷ mass"),
        &[&mass],
        middle.z + lift,
    );
    let reach = ledger.derive(
        "load.middle_reach",
        format!("from below the middle of {what} to the nearest edge that it stands on"),
        &[&mass],
        base.reach(middle),
    );
    let tip = ledger.derive(
        "load.tip_angle",
        "atan(load.middle_reach ÷ load.middle_height)",
        &[&reach, &height],
        tip(reach.value, height.value),
    );
    let gravity = ledger.rule("load.gravity", GRAVITY, "CGPM 1901, in m/s²");
    let floor = ledger.derive(
        "load.floor",
        format!("mass × g ÷ {area:.3} m² that it stands on"),
        &[&mass, &gravity],
        Kilopascals(mass.value.0 * gravity.value / area / 1000.0),
    );
    Footing { what: what.to_owned(), mass, height, reach, tip, floor, castor: None }
}

fn square_metres(width: Mm, depth: Mm) -> f64 {
    (width.mm() * depth.mm() / 1e6).max(1e-6)
}
