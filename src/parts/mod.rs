//! The printed parts, one file each.
//!
//! Promise: only distinct parts are modelled, however many are made; each comes as it lies on the
//! bed, centred on it, and prints without support. A part whose numbers do not work out is a
//! [`Part`] all the same, with the reason in place of its solid.

mod bed;
mod caddy;
mod end_bracket;
mod fan_caddy;
mod figures;
mod fit_coupon;
mod measure;
mod pegs;
mod standoffs;
mod strip;
mod tray;
mod vents;

use nalgebra::{Isometry3, Translation3, UnitQuaternion, Vector3};

use crate::cluster::{CaddyPlan, Cluster, FanPlan, Known, Ledger, Stance};
use crate::geometry::{Axis, Bounds, Direction, GeometryError, Position, Solid};
use crate::spec::{Design, Orientation};
use crate::units::{Mm, Ratio};

use figures::Numbers;

pub use end_bracket::RACK_SCREWS;
pub use measure::{Face, Measure, SideSeen};

/// A part may differ from the box that it was designed to fill by this much (in mm), as its
/// certificate allows.
const ROOM_SLACK: f64 = 1e-3;

/// How often a part is made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Made {
    /// So many for each bank, spare banks included.
    PerBank(u32),
    /// So many for the whole design, however many banks it has: printed before all others.
    PerDesign(u32),
}

impl Made {
    /// Pieces for a number of banks.
    pub fn pieces(self, banks: u64) -> u64 {
        match self {
            Made::PerBank(each) => banks * u64::from(each),
            Made::PerDesign(all) => u64::from(all),
        }
    }

    /// Pieces that hang in one bank.
    pub fn in_bank(self) -> u32 {
        match self {
            Made::PerBank(each) => each,
            Made::PerDesign(_) => 0,
        }
    }
}

/// A distinct printed part.
#[derive(Clone, Debug)]
pub struct Part {
    /// Its name: the file's, and the BOM's item.
    pub name: String,
    /// What it is, for people.
    pub about: String,
    /// How many are made.
    pub made: Made,
    /// Catalogue id of its filament.
    pub material: String,
    /// As it lies on the bed, centred in x and y, z from 0; or why it cannot be made.
    pub solid: Result<Solid, GeometryError>,
    /// Its designed size: along the bed's x, along its y, height.
    pub size: [Mm; 3],
    /// From the bed to its own frame in a bank, in millimetres: x to the right, y to the rear, z
    /// up. A caddy's origin is the front lower left corner of its body; a bracket's is where the
    /// outer face of its plate meets the ear's front, at its foot. The identity if it cannot be
    /// made.
    pub to_bank: Isometry3<f64>,
    /// Where its mounted directions point on the bed: along the rail to the right, to the rear, up.
    pub mounted: [Direction; 3],
    /// The side that a drawing shows.
    pub side: SideSeen,
    /// What a drawing tells beyond the overall size.
    pub measures: Vec<Measure>,
}

impl Part {
    /// The box that the part was designed to fill.
    pub fn designed(&self) -> Bounds {
        let [x, y, z] = self.size.map(Mm::mm);
        Bounds {
            min: nalgebra::Point3::new(-x / 2.0, -y / 2.0, 0.0),
            max: nalgebra::Point3::new(x / 2.0, y / 2.0, z),
        }
    }
}

/// The distinct parts of a design: caddies, brackets, and the coupon to print before them.
pub fn all(design: &Design, cluster: &Cluster) -> Vec<Part> {
    let mut parts = Vec::new();
    if cluster.caddy.orientation == Orientation::Flat {
        parts.push(flat_caddy(design, cluster, cluster.caddy.count.value));
    } else if cluster.caddy.is_numbered() {
        parts.extend((1..=cluster.caddy.count.value).filter_map(|slot| {
            let numbers = Numbers {
                first: (slot - 1) * cluster.caddy.boards + 1,
                turned: is_turned(cluster),
                over: cluster.rail.over,
            };
            let name = caddy_name(cluster, slot);
            if has_fan(cluster, slot) {
                fan_caddy(design, cluster, name, 1, Some(&numbers))
            } else {
                Some(plain_caddy(design, cluster, name, 1, Some(&numbers)))
            }
        }));
    } else {
        let caddies = cluster.caddy.count.value;
        let with_fan = cluster.bank.fan_caddies();
        if caddies > with_fan {
            parts.push(plain_caddy(design, cluster, PLAIN.to_owned(), caddies - with_fan, None));
        }
        if with_fan > 0 {
            parts.extend(fan_caddy(design, cluster, WITH_FAN.to_owned(), with_fan, None));
        }
    }
    parts.extend(end_brackets(design, cluster));
    parts.push(fit_coupon(design, cluster));
    parts.into_iter().map(within_its_room).collect()
}

/// Numbers that contradict each other can give a solid that leaves the room that it was designed
/// for: a board's seat that is higher than its caddy is wide. That is no part.
fn within_its_room(mut part: Part) -> Part {
    let room = part.designed();
    let leaves = part.solid.as_ref().is_ok_and(|solid| {
        let bounds = solid.bounds();
        let off = |one: nalgebra::Point3<f64>, other: nalgebra::Point3<f64>| {
            (one - other).amax() > ROOM_SLACK
        };
        off(bounds.min, room.min) || off(bounds.max, room.max)
    });
    if leaves {
        let [x, y, z] = part.size;
        let reason = format!("it leaves its room of {x} × {y} × {z}");
        part.solid = Err(GeometryError::NotProven(vec![reason]));
    }
    part
}

/// What the caddy in a slot is called, counted from 1 at the left: `caddy` or `fan-caddy`; and
/// `caddy-07` where slots are engraved.
pub fn caddy_name(cluster: &Cluster, slot: u32) -> String {
    let family = if has_fan(cluster, slot) { WITH_FAN } else { PLAIN };
    if cluster.caddy.is_numbered() {
        numbered(family, slot, cluster.caddy.count.value)
    } else {
        family.to_owned()
    }
}

/// The names of caddies without and with a fan.
const PLAIN: &str = "caddy";
const WITH_FAN: &str = "fan-caddy";

/// Does the caddy in that slot carry a fan?
pub fn has_fan(cluster: &Cluster, slot: u32) -> bool {
    cluster.bank.fans.as_ref().is_some_and(|fans| fans.slots.contains(&slot))
}

/// `caddy-07`: as many digits as the last one has, two at least.
pub fn numbered(name: &str, number: u32, of: u32) -> String {
    let digits = of.to_string().len().max(2);
    format!("{name}-{number:0digits$}")
}

/// Records how much of the wall behind a board is open.
pub fn record_open_share(cluster: &Cluster, ledger: &mut Ledger) -> Known<Ratio> {
    let caddy = &cluster.caddy;
    let seated = &caddy.seated;
    let windows = match caddy.orientation {
        Orientation::Upright => vents::windows(seated, caddy.fixing.standoff),
        Orientation::Flat => tray::windows(caddy),
    };
    ledger.derive(
        "caddy.open_share",
        "area of the windows in the wall ÷ area of the board",
        &[],
        Ratio(vents::open_share(seated, &windows)),
    )
}

fn plain_caddy(
    design: &Design,
    cluster: &Cluster,
    name: String,
    in_bank: u32,
    numbers: Option<&Numbers>,
) -> Part {
    let plan = &cluster.caddy;
    let [along, depth, height] = [plan.body.value, plan.depth.value, plan.height.value];
    let size = match plan.stance {
        Stance::Lying => [depth, height, along],
        Stance::OnFront | Stance::OnRear => [height, along, depth],
        Stance::Flat => [along, depth, height],
    };
    let low = [Mm::ZERO, -plan.strip.height.value];
    let measures = caddy::measures(plan, plan.hook.is_ok(), low, along);
    let solid = caddy::solid(design, plan, numbers);
    let (solid, to_bank) = laid_caddy(solid, plan, plan.stance, size);
    let (engraved, board) = (engraved(numbers, plan), &cluster.board.name);
    Part {
        name,
        about: format!("Caddy{engraved} for {} × {board}", plan.boards),
        made: Made::PerBank(in_bank),
        material: design.caddy.material.clone(),
        solid,
        size,
        to_bank,
        mounted: mounted(plan.stance, is_turned(cluster)),
        side: component_side(cluster),
        measures: as_mounted(cluster, measures, [along, height]),
    }
}

/// A tray goes by a caddy's name: it is what `bank.caddies` counts in a flat bank.
fn flat_caddy(design: &Design, cluster: &Cluster, in_bank: u32) -> Part {
    let plan = &cluster.caddy;
    let size = tray::size(design, plan);
    let laid = tray::solid(design, plan).map(|solid| bed::centred(solid, size));
    let (solid, to_bank) = match laid {
        Ok(laid) => (Ok(laid.solid), laid.back),
        Err(problem) => (Err(problem), Isometry3::identity()),
    };
    Part {
        name: PLAIN.to_owned(),
        about: format!("Tray for {} × {}", plan.boards, cluster.board.name),
        made: Made::PerBank(in_bank),
        material: design.caddy.material.clone(),
        solid,
        size,
        to_bank,
        mounted: [Direction::XPlus, Direction::YPlus, Direction::ZPlus],
        side: SideSeen::Right,
        measures: tray::measures(plan),
    }
}

fn fan_caddy(
    design: &Design,
    cluster: &Cluster,
    name: String,
    in_bank: u32,
    numbers: Option<&Numbers>,
) -> Option<Part> {
    let (plan, fans) = (&cluster.caddy, cluster.bank.fans.as_ref()?);
    let flange = fan_caddy::Flange::new(plan, fans);
    let low = flange.low.min(-plan.strip.height.value);
    let left = flange.left.min(Mm::ZERO);
    let right = (flange.left + flange.side).max(plan.body.value);
    let size = [plan.seated.far.max(flange.high) - low, right - left, flange.rear];
    let measures = fan_caddy::measures(plan, &flange, [left, low], right - left);
    let solid = fan_caddy::solid(design, plan, fans, numbers);
    let (solid, to_bank) = laid_caddy(solid, plan, Stance::OnRear, size);
    Some(Part {
        name,
        about: format!(
            "Caddy{} for {} × {} with {}",
            engraved(numbers, plan),
            plan.boards,
            cluster.board.name,
            fans.fan.name
        ),
        made: Made::PerBank(in_bank),
        material: design.caddy.material.clone(),
        solid,
        size,
        to_bank,
        mounted: mounted(Stance::OnRear, is_turned(cluster)),
        side: component_side(cluster),
        measures: as_mounted(cluster, measures, [right - left, plan.seated.far - low]),
    })
}

/// What is engraved, for people.
fn engraved(numbers: Option<&Numbers>, plan: &CaddyPlan) -> String {
    match numbers {
        None => String::new(),
        Some(numbers) if plan.boards == 1 => format!(" {}", numbers.first),
        Some(Numbers { first, .. }) => format!(" {first} to {}", first + plan.boards - 1),
    }
}

fn end_brackets(design: &Design, cluster: &Cluster) -> [Part; 2] {
    let (plan, caddy) = (&cluster.bank.bracket, &cluster.caddy);
    let height = cluster.bank.panel_height.value;
    let extent = end_bracket::extent(plan, caddy, height);
    let size = [extent.width, extent.depth, extent.height];
    let laid = end_bracket::left(plan, caddy, cluster.bank.units.value.0, height)
        .map(|solid| bed::centred(solid, size));
    let (left, to_left) = match laid {
        Ok(laid) => (Ok(laid.solid), laid.back),
        Err(problem) => (Err(problem), Isometry3::identity()),
    };
    // Mirrored about the bed's middle, so that both meshes agree to the last triangle.
    let right = left.clone().map(|solid| solid.mirrored(Axis::X));
    let mut to_right = to_left;
    to_right.translation.x = -to_left.translation.x;
    let measures = end_bracket::measures(plan, caddy, &extent);
    let over = cluster.rail.over;
    let mapped = |map: &dyn Fn([Mm; 3]) -> [Mm; 3]| -> Vec<Measure> {
        let moved = |it: &Measure| Measure { face: it.face, from: map(it.from), to: map(it.to) };
        measures.iter().map(moved).collect()
    };
    let upright = |z: Mm| if over { height - z } else { z };
    let as_left = mapped(&|[x, y, z]| [x, y, upright(z)]);
    let as_right = mapped(&|[x, y, z]| [extent.width - x, y, upright(z)]);
    // With the rail over the boards each stands on its head at the other end.
    let turn = half_turn(Mm::ZERO, height);
    let [left, right] = if over {
        [(right, turn * to_right), (left, turn * to_left)]
    } else {
        [(left, to_left), (right, to_right)]
    };
    let mounted = [Direction::XPlus, Direction::YPlus, Direction::ZPlus];
    let part = |word: &str, (solid, to_bank), side, measures| Part {
        name: format!("end-bracket-{word}"),
        about: format!("End bracket, {word}, {} high", cluster.bank.units.value),
        made: Made::PerBank(1),
        material: design.end_bracket.material.clone(),
        solid,
        size,
        to_bank,
        mounted: if over { turned(mounted) } else { mounted },
        side,
        measures,
    };
    [part("left", left, SideSeen::Right, as_left), part("right", right, SideSeen::Left, as_right)]
}

/// Half a turn about the front-rear axis, after which a box of this width and height fills the
/// place that it filled before.
pub fn half_turn(width: Mm, height: Mm) -> Isometry3<f64> {
    let turn = UnitQuaternion::from_axis_angle(&Vector3::y_axis(), std::f64::consts::PI);
    Isometry3::from_parts(Translation3::new(width.mm(), 0.0, height.mm()), turn)
}

fn fit_coupon(design: &Design, cluster: &Cluster) -> Part {
    let coupon = fit_coupon::Coupon::new(design, &cluster.coupon, &cluster.rail, &cluster.caddy);
    let solid = coupon.solid().map(|solid| bed::centred(solid, coupon.size).solid);
    Part {
        name: "fit-coupon".to_owned(),
        about: "Fit coupon: print and try it before the other parts".to_owned(),
        made: Made::PerDesign(1),
        material: design.caddy.material.clone(),
        solid,
        size: coupon.size,
        to_bank: Isometry3::identity(),
        mounted: [Direction::XPlus, Direction::YPlus, Direction::ZPlus],
        side: SideSeen::Right,
        measures: coupon.measures(),
    }
}

/// The middle of the fan's face towards the row: along the rail from the body's left, behind the
/// caddy's front, above the underside of the strip.
pub fn fan_seat(plan: &CaddyPlan, fans: &FanPlan) -> Position {
    let flange = fan_caddy::Flange::new(plan, fans);
    let middle = flange.side.half();
    let across = flange.left + middle;
    Position::new(
        if plan.seated.mirrored { plan.body.value - across } else { across },
        flange.rear,
        plan.strip.height.value + flange.low + middle,
    )
}

/// How many of a fan's four holes something on the row's side of the flange stands over.
pub fn covered_fan_screws(plan: &CaddyPlan, fans: &FanPlan) -> usize {
    fan_caddy::Flange::new(plan, fans).covered_screws(plan, fans)
}

/// Undoes the mirror that the board was looked at in.
fn real(solid: Solid, plan: &CaddyPlan) -> Solid {
    if plan.seated.mirrored { solid.mirrored(Axis::Z) } else { solid }
}

/// A caddy's solid on the bed, and its way into a bank.
fn laid_caddy(
    solid: Result<Solid, GeometryError>,
    plan: &CaddyPlan,
    stance: Stance,
    size: [Mm; 3],
) -> (Result<Solid, GeometryError>, Isometry3<f64>) {
    match solid.map(|solid| bed::on_bed(real(solid, plan), stance, size)) {
        Ok(laid) => (Ok(laid.solid), bed::upright(plan) * laid.back),
        Err(problem) => (Err(problem), Isometry3::identity()),
    }
}

/// Does x along the rail run to the left where a caddy is mounted? A mirrored board's caddy takes
/// half a turn for its rail to be under the board, and all caddies for theirs to be over it.
fn is_turned(cluster: &Cluster) -> bool {
    cluster.caddy.seated.mirrored != cluster.rail.over
}

/// Where x along the rail, y to the rear and z up point after [`on_bed`], as mounted.
fn mounted(stance: Stance, is_turned: bool) -> [Direction; 3] {
    let [x, y, z] = match stance {
        Stance::Flat => [Direction::XPlus, Direction::YPlus, Direction::ZPlus],
        Stance::Lying => [Direction::ZPlus, Direction::XPlus, Direction::YPlus],
        Stance::OnFront => [Direction::YPlus, Direction::ZPlus, Direction::XPlus],
        Stance::OnRear => [Direction::YMinus, Direction::ZMinus, Direction::XPlus],
    };
    if is_turned { turned([x, y, z]) } else { [x, y, z] }
}

/// Measures of a caddy with its rail under the boards, where it is over them: turned within a box of
/// this length and height.
fn as_mounted(
    cluster: &Cluster,
    measures: Vec<Measure>,
    [length, height]: [Mm; 2],
) -> Vec<Measure> {
    if !cluster.rail.over {
        return measures;
    }
    let turn = |[x, y, z]: [Mm; 3]| [length - x, y, height - z];
    measures
        .into_iter()
        .map(|it| Measure { face: it.face, from: turn(it.from), to: turn(it.to) })
        .collect()
}

/// After half a turn about the front-rear axis.
fn turned([x, y, z]: [Direction; 3]) -> [Direction; 3] {
    [x.opposite(), y, z.opposite()]
}

/// The side that a mounted caddy's board is seen from.
fn component_side(cluster: &Cluster) -> SideSeen {
    if is_turned(cluster) { SideSeen::Left } else { SideSeen::Right }
}
