//! What the account of the air starts from: the building, and the numbers assumed about it.

use super::zones::Zone;
use super::{Blocker, Draught, Plenum, zones};
use crate::catalog::Fact;
use crate::cluster::{Cluster, Known, Ledger, Named};
use crate::layout::Layout;
use crate::spec::{Document, ShellStyle, Side};
use crate::units::{
    AirFlow, Celsius, KelvinPerWatt, MetresPerSecond, Mm, Ratio, SquareMetres, Watts,
};
use crate::wiring::Wiring;

/// Everything about the cluster that is as it is.
#[derive(Clone)]
pub(super) struct Site {
    pub ambient: Celsius,
    /// One board under full load.
    pub board: Watts,
    pub draught: Draught,
    pub roof_fans: u32,
    /// Fans of one bank, and what each draws.
    pub caddy_fans: u32,
    pub caddy_fan_power: Watts,
    /// Has every board a cooler of its own?
    pub cooled: bool,
    /// A bank's face, openings and all.
    pub face: SquareMetres,
    /// The cross-section of the space behind the racks.
    pub plenum: SquareMetres,
    pub zones: Vec<Zone>,
    /// Sides that the racks look out of and that are closed.
    pub blind: Vec<Side>,
}

/// The numbers that the account rests on and that are seldom known.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Assumed {
    /// What a fan moves in a box, as a share of its free-air rating.
    pub derating: Ratio,
    /// Rated flow of one roof fan.
    pub roof_fan: AirFlow,
    /// Rated flow of one caddy fan.
    pub caddy_fan: AirFlow,
    /// The open share of a bank's face.
    pub open_share: Ratio,
    /// The share of the space behind the racks that deep devices fill.
    pub blocked: Ratio,
    /// A bare board in still air.
    pub still: KelvinPerWatt,
    /// A board with a caddy fan, or with its own cooler.
    pub blown: KelvinPerWatt,
    /// The air's speed that `blown` is for.
    pub fan_velocity: MetresPerSecond,
}

/// Which of the assumed numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Factor {
    Derating,
    RoofFan,
    CaddyFan,
    OpenShare,
    Blocked,
    Still,
    Blown,
    FanVelocity,
}

impl Assumed {
    /// The same, with one number multiplied.
    pub fn varied(&self, factor: Factor, by: f64) -> Assumed {
        let mut other = self.clone();
        match factor {
            Factor::Derating => other.derating.0 *= by,
            Factor::RoofFan => other.roof_fan.0 *= by,
            Factor::CaddyFan => other.caddy_fan.0 *= by,
            Factor::OpenShare => other.open_share.0 = (other.open_share.0 * by).min(1.0),
            Factor::Blocked => other.blocked.0 = (other.blocked.0 * by).min(LARGEST_BLOCK),
            Factor::Still => other.still.0 *= by,
            Factor::Blown => other.blown.0 *= by,
            Factor::FanVelocity => other.fan_velocity.0 *= by,
        }
        other
    }
}

/// However deep a device is, something is left beside it.
pub(super) const LARGEST_BLOCK: f64 = 0.95;

/// The same numbers under their names in the ledger.
pub(super) struct Names {
    pub ambient: Known<Celsius>,
    pub board: Known<Watts>,
    pub derating: Known<Ratio>,
    pub roof_fan: Option<Known<AirFlow>>,
    pub roof_fan_size: Option<Known<Mm>>,
    pub roof_fans: Option<Known<u32>>,
    pub caddy_fan: Option<Known<AirFlow>>,
    pub caddy_fans: Option<Known<u32>>,
    pub open_share: Known<Ratio>,
    pub still: Known<KelvinPerWatt>,
    pub blown: Known<KelvinPerWatt>,
    pub fan_velocity: Known<MetresPerSecond>,
    pub face: Known<SquareMetres>,
    pub plenum_area: Option<Known<SquareMetres>>,
}

/// Site, assumptions, their names, and the space behind the racks if it is closed.
pub(super) struct Found {
    pub site: Site,
    pub assumed: Assumed,
    pub names: Names,
    pub plenum: Option<Plenum>,
}

impl Found {
    /// The numbers that nobody confirmed.
    pub fn doubtful(&self, ledger: &Ledger) -> Vec<Factor> {
        let names = &self.names;
        let mut all: Vec<(Factor, Option<&str>)> = vec![
            (Factor::Derating, Some(names.derating.name())),
            (Factor::RoofFan, names.roof_fan.as_ref().map(Named::name)),
            (Factor::CaddyFan, names.caddy_fan.as_ref().map(Named::name)),
            (Factor::OpenShare, Some(names.open_share.name())),
            (Factor::Still, Some(names.still.name())),
            (Factor::Blown, Some(names.blown.name())),
            (Factor::FanVelocity, Some(names.fan_velocity.name())),
        ];
        // How far a device throttles what is below it is the account's boldest assumption, however
        // well its depth is known.
        if self.assumed.blocked.0 > 0.0 {
            all.push((Factor::Blocked, None));
        }
        all.retain(|(factor, name)| match name {
            Some(name) => !ledger.unverified(name).is_empty(),
            None => *factor == Factor::Blocked,
        });
        all.into_iter().map(|(factor, _)| factor).collect()
    }
}

/// Reads the site out of the design and records every number.
pub(super) fn find(
    document: &Document,
    cluster: &Cluster,
    layout: &Layout,
    wiring: &Wiring,
    ledger: &mut Ledger,
) -> Found {
    let design = &document.design;
    let (plenum, plenum_area, deep) = plenum(document, cluster, layout, ledger);
    let zones = zones::zones(cluster, layout, &deep);
    let names = names(document, cluster, wiring, plenum_area, ledger);
    let caddy_fans = cluster.bank.fan_caddies();
    let roof_fans = names.roof_fans.as_ref().map_or(0, |count| count.value);
    let draught = match (plenum.is_some(), roof_fans, caddy_fans) {
        (true, 0, _) => Draught::ShutIn,
        (true, ..) => Draught::Roof,
        (false, _, 0) => Draught::Still,
        (false, ..) => Draught::Caddies,
    };
    let shell = &design.shell;
    let is_blind =
        |side: &Side| shell.style != ShellStyle::None && !shell.open_sides.contains(side);
    let site = Site {
        ambient: names.ambient.value,
        board: names.board.value,
        draught,
        roof_fans,
        caddy_fans,
        caddy_fan_power: cluster.bank.fans.as_ref().map_or(Watts(0.0), |fans| fans.fan.power.value),
        cooled: cluster.cooler.is_some(),
        face: names.face.value,
        plenum: names.plenum_area.as_ref().map_or(SquareMetres(0.0), |area| area.value),
        zones,
        blind: [Side::Front, Side::Back].into_iter().filter(is_blind).collect(),
    };
    let flow = |known: &Option<Known<AirFlow>>| known.as_ref().map_or(AirFlow(0.0), |it| it.value);
    let assumed = Assumed {
        derating: names.derating.value,
        roof_fan: flow(&names.roof_fan),
        caddy_fan: flow(&names.caddy_fan),
        open_share: names.open_share.value,
        blocked: plenum.as_ref().map_or(Ratio(0.0), |plenum| plenum.blocked.value),
        still: names.still.value,
        blown: names.blown.value,
        fan_velocity: names.fan_velocity.value,
    };
    Found { site, assumed, names, plenum }
}

fn names(
    document: &Document,
    cluster: &Cluster,
    wiring: &Wiring,
    plenum_area: Option<Known<SquareMetres>>,
    ledger: &mut Ledger,
) -> Names {
    let design = &document.design;
    let ambient = ledger.given("cooling.ambient", design.cooling.ambient);
    let derating = ledger.assume(
        "air.fan_derating",
        Ratio(0.6),
        "rule of thumb: a fan in a box moves 0.5 to 0.7 of its free-air rating",
    );
    let open_share = ledger.assume(
        "air.open_share",
        Ratio(0.35),
        "the open share of a bank's face, judged by the builders' CAD file (PiCluster.f3z)",
    );
    let fan_velocity = ledger.assume(
        "air.fan_velocity",
        MetresPerSecond(3.5),
        "what an 80 mm fan of 28 CFM blows through its opening of 70 mm; the catalogue's figures \
         for boards with a caddy fan are for this speed",
    );
    let face = ledger.derive(
        "air.face",
        "bank.width × caddy.height",
        &[&cluster.bank.width, &cluster.caddy.height],
        area(cluster.bank.width.value, cluster.caddy.height.value),
    );
    let thermal = &cluster.board.thermal;
    let entry = format!("catalog.boards.{}", cluster.board_id);
    let source = &cluster.board.source;
    let resistance = |fact: &Fact<f64>| Fact {
        value: KelvinPerWatt(fact.value),
        source: fact.source.clone(),
        unverified: fact.unverified,
        date: None,
    };
    let still = ledger.fact(&entry, "thermal.still_air", &resistance(&thermal.still_air), source);
    let blown = match &cluster.cooler {
        Some(cooler) => {
            let field = "thermal.cooler.resistance";
            ledger.fact(&entry, field, &resistance(&cooler.resistance), source)
        }
        None => ledger.fact(&entry, "thermal.with_fan", &resistance(&thermal.with_fan), source),
    };
    let caddy = cluster.bank.fans.as_ref();
    let caddy_fan = caddy.map(|plan| {
        let entry = format!("catalog.fans.{}", plan.id);
        ledger.fact(&entry, "flow", &plan.fan.flow, &plan.fan.source)
    });
    let caddy_fans = caddy.map(|_| ledger.given("bank.fans.count", cluster.bank.fan_caddies()));
    let roof = design.cooling.roof_fans.as_ref().filter(|fans| fans.count > 0);
    let roof = roof.and_then(|used| Some((used, document.catalog.fans.get(&used.kind)?)));
    let fan_entry = |kind: &str| format!("catalog.fans.{kind}");
    Names {
        ambient,
        board: wiring.demand.board_stress.clone(),
        derating,
        roof_fan: roof
            .map(|(used, fan)| ledger.fact(&fan_entry(&used.kind), "flow", &fan.flow, &fan.source)),
        roof_fan_size: roof
            .map(|(used, fan)| ledger.fact(&fan_entry(&used.kind), "size", &fan.size, &fan.source)),
        roof_fans: roof.map(|(used, _)| ledger.given("cooling.roof_fans.count", used.count)),
        caddy_fan,
        caddy_fans,
        open_share,
        still,
        blown,
        fan_velocity,
        face,
        plenum_area,
    }
}

/// The space behind the racks, if a shell closes all sides that no rack looks out of.
fn plenum<'a>(
    document: &Document,
    cluster: &Cluster,
    layout: &'a Layout,
    ledger: &mut Ledger,
) -> (Option<Plenum>, Option<Known<SquareMetres>>, Vec<zones::Deep<'a>>) {
    let shell = &document.design.shell;
    let faces = |turned: bool| {
        layout.racks.iter().filter(move |it| it.stand.turned == turned).map(|it| it.stand.y)
    };
    let (front, rear) = (faces(false).min(), faces(true).max());
    let others = [Side::Back, Side::Left, Side::Right];
    let mut others = others.iter().filter(|side| !(rear.is_some() && **side == Side::Back));
    let open = others.any(|side| shell.open_sides.contains(side));
    if shell.style == ShellStyle::None || open {
        return (None, None, Vec::new());
    }
    let rack = &cluster.opening.rack;
    let entry = format!("catalog.racks.{}", cluster.opening.rack_id);
    let rack_depth = ledger.fact(&entry, "depth", &rack.depth, &rack.source);
    let rack_width = ledger.fact(&entry, "width", &rack.width, &rack.source);
    let depth = match front.zip(rear) {
        Some((front, rear)) => ledger.derive(
            "air.plenum_depth",
            "from the mounting faces of the front racks to those of the rear ones",
            &[&rack_depth],
            rear - front,
        ),
        None => ledger.derive(
            "air.plenum_depth",
            "the rack's depth: from its mounting face to the wall",
            &[&rack_depth],
            rack_depth.value,
        ),
    };
    let in_front = faces(false).count();
    let abreast = i64::try_from(in_front.max(1)).unwrap_or(i64::MAX);
    let area = ledger.derive(
        "air.plenum_area",
        format!("air.plenum_depth × {abreast} racks' width"),
        &[&depth, &rack_width],
        area(depth.value, rack_width.value * abreast),
    );
    let deep = zones::deep(cluster, layout, depth.value);
    let deepest = deep.iter().map(|deep| deep.depth).max().unwrap_or(Mm::ZERO);
    let inputs: Vec<&Known<Mm>> = deep
        .iter()
        .filter_map(|deep| Some(&cluster.device(deep.device)?.depth))
        .chain([&depth])
        .collect();
    let inputs: Vec<&dyn Named> = inputs.iter().map(|known| *known as &dyn Named).collect();
    let blocked = ledger.derive(
        "air.blocked_share",
        "depth of the deepest device that fills more than 60 % of it ÷ air.plenum_depth, as though \
         it filled the whole width: its cables hang beside it",
        &inputs,
        Ratio((deepest / depth.value).min(LARGEST_BLOCK)),
    );
    let blockers = deep
        .iter()
        .map(|deep| Blocker { device: deep.device.to_owned(), rack: deep.rack, depth: deep.depth })
        .collect();
    (Some(Plenum { depth, blocked, blockers }), Some(area), deep)
}

fn area(width: Mm, height: Mm) -> SquareMetres {
    SquareMetres(width.mm() * height.mm() / 1e6)
}
