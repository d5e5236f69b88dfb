//! What the floor plan shows, out of racks, wiring and frame.

use std::collections::BTreeMap;

use super::Outcome;
use crate::drawings::{Look, PlanDrawing, PlanShape, Shape};
use crate::layout::{Item, RackPlan, Spot};
use crate::shell::frame::{Role, RoofFans};
use crate::spec::{Arrangement, Side};
use crate::units::Mm;

/// Room to work in front of live parts up to 150 V to ground: 3 ft (NEC 110.26, table A1).
const ROOM: Mm = Mm::um(914_400);
/// Racks that are drawn; more would be a wall.
const MOST_RACKS: usize = 80;

/// The plan of a design.
pub(super) fn drawing(outcome: &Outcome) -> PlanDrawing {
    let shown: Vec<&RackPlan> = outcome.layout.racks.iter().take(MOST_RACKS).collect();
    let footprint = Footprint::of(outcome, &shown);
    let mut shapes = clearances(outcome, &footprint);
    let mut notes = vec![format!(
        "Kept free in front of every open side: {:.0} mm, room to work (NEC 110.26).",
        ROOM.mm()
    )];
    shapes.extend(frame(outcome));
    for rack in &shown {
        shapes.extend(rack_shapes(outcome, rack));
    }
    shapes.extend(supplies(outcome, &shown));
    shapes.extend(roof(outcome));
    let doors = doors(outcome, &footprint);
    if !doors.is_empty() {
        notes.push("Doors have two leaves, hinged at the corners.".to_owned());
    }
    shapes.extend(doors);
    shapes.push(label((Mm::ZERO, footprint.front - ROOM.half()), "front"));
    let back_to_back = outcome.document.design.racks.arrangement == Arrangement::BackToBack;
    if back_to_back {
        shapes.push(label((Mm::ZERO, footprint.rear + ROOM.half()), "rear"));
    }
    if outcome.layout.racks.len() > shown.len() {
        let more = outcome.layout.racks.len() - shown.len();
        notes.push(format!("{more} more racks are not drawn."));
    }
    let width = outcome.cluster.opening.rack.width.value;
    let first = shown.first().map_or(Mm::ZERO, |rack| rack.stand.x - width.half());
    let mut across =
        vec![(footprint.left, footprint.right, size(footprint.right - footprint.left))];
    if width < footprint.right - footprint.left {
        across.insert(0, (first, first + width, size(width)));
    }
    let deep = (footprint.front, footprint.rear, size(footprint.rear - footprint.front));
    let mut deeps = vec![deep];
    if let (Some(front), true) = (shown.first(), back_to_back) {
        let face = front.stand.y.abs();
        deeps.insert(0, (-face, face, size(face * 2)));
    }
    deeps.push((footprint.front - ROOM, footprint.front, size(ROOM)));
    PlanDrawing {
        title: "floor plan".to_owned(),
        design: outcome.title().to_owned(),
        shapes,
        across,
        deep: deeps,
        notes,
        projection: outcome.document.design.drawings.projection,
    }
}

/// The outline of everything that stands on the floor.
struct Footprint {
    left: Mm,
    right: Mm,
    front: Mm,
    rear: Mm,
}

impl Footprint {
    /// The base plate where there is one; else the racks.
    fn of(outcome: &Outcome, shown: &[&RackPlan]) -> Footprint {
        if let Some(frame) = &outcome.shell.frame {
            let (half, deep) = (frame.sizes.width.value.half(), frame.sizes.depth.value.half());
            let middle = frame.sizes.middle;
            return Footprint {
                left: -half,
                right: half,
                front: middle - deep,
                rear: middle + deep,
            };
        }
        let corners = shown.iter().flat_map(|rack| {
            let (from, to) = foot(outcome, rack);
            [from, to]
        });
        let corners: Vec<(Mm, Mm)> = corners.collect();
        let x = || corners.iter().map(|corner| corner.0);
        let y = || corners.iter().map(|corner| corner.1);
        Footprint {
            left: x().min().unwrap_or_default(),
            right: x().max().unwrap_or_default(),
            front: y().min().unwrap_or_default(),
            rear: y().max().unwrap_or_default(),
        }
    }
}

/// Two corners of a rack on the floor: from its mounting face to the rear of its foot.
fn foot(outcome: &Outcome, rack: &RackPlan) -> ((Mm, Mm), (Mm, Mm)) {
    let model = &outcome.cluster.opening.rack;
    let half = model.width.value.half();
    rectangle(rack, [-half, Mm::ZERO, half, model.depth.value])
}

/// A rectangle of the rack's frame, [left, front, right, rear], in the cluster.
fn rectangle(rack: &RackPlan, [left, front, right, rear]: [Mm; 4]) -> ((Mm, Mm), (Mm, Mm)) {
    let corner = |x, y| {
        let spot = rack.stand.to_cluster(Spot::new(x, y, Mm::ZERO));
        (spot.x, spot.y)
    };
    (corner(left, front), corner(right, rear))
}

fn shape((one, other): ((Mm, Mm), (Mm, Mm)), look: Look, words: &str) -> PlanShape {
    PlanShape { shape: Shape::Box(one, other), look, words: words.to_owned() }
}

/// Words on the floor.
fn label(at: (Mm, Mm), words: &str) -> PlanShape {
    let half = Mm::um(120_000);
    let corners = ((at.0 - half, at.1 - half.half()), (at.0 + half, at.1 + half.half()));
    shape(corners, Look::Words, words)
}

fn size(length: Mm) -> String {
    format!("{}", (length.mm() * 10.0).round() / 10.0)
}

/// In front of the racks, and behind them where racks look out there or are worked on from there.
fn clearances(outcome: &Outcome, it: &Footprint) -> Vec<PlanShape> {
    let front = ((it.left, it.front - ROOM), (it.right, it.front));
    let rear = ((it.left, it.rear), (it.right, it.rear + ROOM));
    let mut shapes = vec![shape(front, Look::Clearance, ""), shape(rear, Look::Clearance, "")];
    for side in &outcome.document.design.shell.doors {
        // A leaf opens as far as it is wide.
        let leaf = (it.rear - it.front).half();
        match side {
            Side::Left => {
                let corners = ((it.left - leaf, it.front), (it.left, it.rear));
                shapes.push(shape(corners, Look::Clearance, ""));
            }
            Side::Right => {
                let corners = ((it.right, it.front), (it.right + leaf, it.rear));
                shapes.push(shape(corners, Look::Clearance, ""));
            }
            Side::Front | Side::Back => {}
        }
    }
    shapes
}

/// Base plate and posts.
fn frame(outcome: &Outcome) -> Vec<PlanShape> {
    let Some(frame) = &outcome.shell.frame else { return Vec::new() };
    let sizes = &frame.sizes;
    let plate = {
        let (half, deep) = (sizes.width.value.half(), sizes.depth.value.half());
        ((-half, sizes.middle - deep), (half, sizes.middle + deep))
    };
    let mut shapes = vec![shape(plate, Look::Outline, "")];
    let posts = frame.bars.iter().filter(|bar| bar.role == Role::Post);
    shapes.extend(posts.map(|post| {
        let ([x0, y0, _], [x1, y1, _]) = (post.from, post.to);
        shape(((x0, y0), (x1, y1)), Look::Solid, "")
    }));
    shapes
}

/// A rack's foot, its banks, and what reaches further back than the foot.
fn rack_shapes(outcome: &Outcome, rack: &RackPlan) -> Vec<PlanShape> {
    let cluster = &outcome.cluster;
    let model = &cluster.opening.rack;
    let mut shapes = vec![shape(foot(outcome, rack), Look::Rack, &format!("rack {}", rack.number))];
    let panel = model.panel.value.half();
    let mut deep: Vec<(Mm, &str)> = rack
        .devices()
        .filter_map(|(_, name)| Some((cluster.device(name)?.depth.value, name)))
        .filter(|(depth, _)| *depth > model.depth.value)
        .collect();
    deep.sort_by(|a, b| b.cmp(a));
    deep.dedup();
    let body = model.narrowest_opening.value.half();
    for (depth, name) in deep {
        let corners = rectangle(rack, [-body, Mm::ZERO, body, depth]);
        shapes.push(shape(corners, Look::Above, &format!("{name}, {:.0} deep", depth.mm())));
    }
    if rack.items.iter().any(|placed| placed.item == Item::Bank) {
        let ear = cluster.bank.bracket.ear;
        let rear = cluster.bank.depth.value - ear;
        let corners = rectangle(rack, [-panel, -ear, panel, rear]);
        shapes.push(shape(corners, Look::Bank, "banks"));
    }
    shapes
}

/// Columns of supplies, each drawn once.
fn supplies(outcome: &Outcome, shown: &[&RackPlan]) -> Vec<PlanShape> {
    let mut columns: BTreeMap<[i64; 4], u32> = BTreeMap::new();
    for feed in outcome.wiring.feeds.iter().filter(|feed| feed.rack_at < shown.len()) {
        let (from, to) = (feed.block.from, feed.block.to);
        let corners = [from.x, from.y, to.x, to.y].map(Mm::nm);
        *columns.entry(corners).or_default() += 1;
    }
    let draw = |(corners, count): ([i64; 4], u32)| {
        let [x0, y0, x1, y1] = corners.map(Mm::from_nm);
        let words = if count == 1 { "1 supply".to_owned() } else { format!("{count} supplies") };
        shape(((x0, y0), (x1, y1)), Look::Supply, &words)
    };
    columns.into_iter().map(draw).collect()
}

/// Fans in the top plate.
fn roof(outcome: &Outcome) -> Vec<PlanShape> {
    let fans = outcome.shell.frame.as_ref().and_then(|frame| frame.fans.as_ref());
    let round = |fans: &RoofFans| {
        let hole = fans.hole.value;
        let shape = |&middle| PlanShape {
            shape: Shape::Round(middle, hole),
            look: Look::Above,
            words: String::new(),
        };
        fans.at.iter().map(shape).collect()
    };
    fans.map(round).unwrap_or_default()
}

/// Two leaves a side, hinged at the corners, open a right angle wide.
fn doors(outcome: &Outcome, it: &Footprint) -> Vec<PlanShape> {
    let middle = ((it.left + it.right).half(), (it.front + it.rear).half());
    let leaf = |hinge: (Mm, Mm), shut: (Mm, Mm), open: (Mm, Mm)| PlanShape {
        shape: Shape::Leaf(hinge, shut, open),
        look: Look::Outline,
        words: String::new(),
    };
    let side = |side: &Side| -> Vec<PlanShape> {
        let (along_x, at) = match side {
            Side::Left => (false, it.left),
            Side::Right => (false, it.right),
            Side::Front => (true, it.front),
            Side::Back => (true, it.rear),
        };
        let ends = if along_x { [it.left, it.right] } else { [it.front, it.rear] };
        let out = match side {
            Side::Left | Side::Front => -1,
            Side::Right | Side::Back => 1,
        };
        ends.into_iter()
            .map(|end| {
                if along_x {
                    let width = (middle.0 - end).abs();
                    leaf((end, at), (middle.0, at), (end, at + width * out))
                } else {
                    let width = (middle.1 - end).abs();
                    leaf((at, end), (at, middle.1), (at + width * out, end))
                }
            })
            .collect()
    };
    outcome.document.design.shell.doors.iter().flat_map(side).collect()
}
