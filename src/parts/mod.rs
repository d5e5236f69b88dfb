//! The printed parts, one file each.
//!
//! Promise: only distinct parts are modelled, however many are made; each comes as it lies on the
//! bed, centred on it, and prints without support. A part whose numbers do not work out is a
//! [`Part`] all the same, with the reason in place of its solid.

mod bed;
mod caddy;
mod end_bracket;
mod fan_caddy;
mod measure;
mod vents;

use nalgebra::Isometry3;

use crate::cluster::{CaddyPlan, Cluster, FanPlan, Known, Ledger, Stance};
use crate::geometry::{Axis, Bounds, Direction, GeometryError, Position, Solid};
use crate::spec::Design;
use crate::units::{Mm, Ratio};

pub use end_bracket::RACK_SCREWS;
pub use measure::{Face, Measure, SideSeen};

/// A distinct printed part.
#[derive(Clone, Debug)]
pub struct Part {
    /// Its name: the file's, and the BOM's item.
    pub name: String,
    /// What it is, for people.
    pub about: String,
    /// How many one bank takes.
    pub per_bank: u32,
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

/// The distinct parts of a design, caddies first.
pub fn all(design: &Design, cluster: &Cluster) -> Vec<Part> {
    let mut parts = Vec::new();
    let caddies = cluster.caddy.count.value;
    let with_fan = cluster.bank.fan_caddies();
    if caddies > with_fan {
        parts.push(plain_caddy(design, cluster, caddies - with_fan));
    }
    if with_fan > 0 {
        parts.extend(fan_caddy(design, cluster, with_fan));
    }
    parts.extend(end_brackets(design, cluster));
    parts
}

/// Records how much of the wall behind a board is open.
pub fn record_open_share(cluster: &Cluster, ledger: &mut Ledger) -> Known<Ratio> {
    let seated = &cluster.caddy.seated;
    let windows = vents::windows(seated, cluster.caddy.fixing.standoff);
    ledger.derive(
        "caddy.open_share",
        "area of the windows in the wall ÷ area of the board",
        &[],
        Ratio(vents::open_share(seated, &windows)),
    )
}

fn plain_caddy(design: &Design, cluster: &Cluster, per_bank: u32) -> Part {
    let plan = &cluster.caddy;
    let [along, depth, height] = [plan.body.value, plan.depth.value, plan.height.value];
    let size = match plan.stance {
        Stance::Lying => [depth, height, along],
        Stance::OnFront | Stance::OnRear => [height, along, depth],
    };
    let (solid, to_bank) = laid_caddy(caddy::solid(design, plan), plan, plan.stance, size);
    Part {
        name: "caddy".to_owned(),
        about: format!("Caddy for {} × {}", plan.boards, cluster.board.name),
        per_bank,
        material: design.caddy.material.clone(),
        solid,
        size,
        to_bank,
        mounted: mounted(plan.stance, plan.seated.mirrored),
        side: component_side(plan),
        measures: caddy::measures(plan, [Mm::ZERO, -plan.strip.height.value], along),
    }
}

fn fan_caddy(design: &Design, cluster: &Cluster, per_bank: u32) -> Option<Part> {
    let (plan, fans) = (&cluster.caddy, cluster.bank.fans.as_ref()?);
    let flange = fan_caddy::Flange::new(plan, fans);
    let low = flange.low.min(-plan.strip.height.value);
    let left = flange.left.min(Mm::ZERO);
    let right = (flange.left + flange.side).max(plan.body.value);
    let size = [plan.seated.far - low, right - left, flange.rear];
    let solid = fan_caddy::solid(design, plan, fans);
    let (solid, to_bank) = laid_caddy(solid, plan, Stance::OnRear, size);
    Some(Part {
        name: "fan-caddy".to_owned(),
        about: format!("Caddy for {} × {} with {}", plan.boards, cluster.board.name, fans.fan.name),
        per_bank,
        material: design.caddy.material.clone(),
        solid,
        size,
        to_bank,
        mounted: mounted(Stance::OnRear, plan.seated.mirrored),
        side: component_side(plan),
        measures: fan_caddy::measures(plan, &flange, [left, low], right - left),
    })
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
    let (inner, outer) = (SideSeen::Right, SideSeen::Left);
    let measures = end_bracket::measures(plan, caddy, &extent);
    let mirror = |[x, y, z]: [Mm; 3]| [extent.width - x, y, z];
    let reflected = measures.iter().map(|it| Measure {
        face: it.face,
        from: mirror(it.from),
        to: mirror(it.to),
    });
    let reflected = reflected.collect();
    let part = |word: &str, solid, to_bank, side, measures| Part {
        name: format!("end-bracket-{word}"),
        about: format!("End bracket, {word}, {} high", cluster.bank.units.value),
        per_bank: 1,
        material: design.end_bracket.material.clone(),
        solid,
        size,
        to_bank,
        mounted: [Direction::XPlus, Direction::YPlus, Direction::ZPlus],
        side,
        measures,
    };
    [part("left", left, to_left, inner, measures), part("right", right, to_right, outer, reflected)]
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

/// Where x along the rail, y to the rear and z up point after [`on_bed`], mounted with the rail
/// under the board: a mirrored board's caddy takes half a turn for that.
fn mounted(stance: Stance, mirrored: bool) -> [Direction; 3] {
    let [x, y, z] = match stance {
        Stance::Lying => [Direction::ZPlus, Direction::XPlus, Direction::YPlus],
        Stance::OnFront => [Direction::YPlus, Direction::ZPlus, Direction::XPlus],
        Stance::OnRear => [Direction::YMinus, Direction::ZMinus, Direction::XPlus],
    };
    if mirrored { [x.opposite(), y, z.opposite()] } else { [x, y, z] }
}

/// The side that a mounted caddy's board is seen from.
fn component_side(plan: &CaddyPlan) -> SideSeen {
    if plan.seated.mirrored { SideSeen::Left } else { SideSeen::Right }
}
