//! From the design to the account, every number on record.

use super::band::{DOUBT, bands};
use super::model::{HEAT_OF_AIR, Openings, State};
use super::remedy::{Means, remedies};
use super::site::{self, Assumed, Found, Site};
use super::zones::Zone;
use super::{Air, Draught, ZoneAir, ZoneState};
use crate::catalog::Catalog;
use crate::cluster::{Cluster, Known, Ledger, Named};
use crate::layout::Layout;
use crate::spec::{Document, Orientation};
use crate::units::{AirFlow, Celsius, KelvinPerWatt, MetresPerSecond, SquareMetres};
use crate::wiring::Wiring;

/// Racks whose zones are recorded one by one; of more, only the hottest zone is.
const MOST_RACKS: usize = 100;

/// Works out every zone.
pub(super) fn judge(
    document: &Document,
    cluster: &Cluster,
    layout: &Layout,
    wiring: &Wiring,
    ledger: &mut Ledger,
) -> Air {
    let found = site::find(document, cluster, layout, wiring, ledger);
    let (site, assumed) = (&found.site, &found.assumed);
    let thermal = &cluster.board.thermal;
    let entry = format!("catalog.boards.{}", cluster.board_id);
    let source = &cluster.board.source;
    let soft_limit = ledger.fact(&entry, "thermal.soft_limit", &thermal.soft_limit, source);
    let throttle = ledger.fact(&entry, "thermal.throttle", &thermal.throttle, source);
    let shared = Shared::record(&found, ledger);
    let states = site.states(assumed);
    let bands = bands(site, assumed, &found.doubtful(ledger));
    let hottest = states.iter().flatten().map(|state| state.board.0).fold(f64::MIN, f64::max);
    let few = layout.racks.len() <= MOST_RACKS;
    let mut zones = Vec::new();
    for ((zone, state), band) in site.zones.iter().zip(states).zip(bands) {
        let state = state.map(|state| {
            let board = if few || state.board.0 >= hottest {
                record_zone(&found, &shared, zone, &state, ledger)
            } else {
                Known { value: state.board, name: zone.key() + ".board_temperature" }
            };
            let State { flow, rise, velocity, resistance, .. } = state;
            ZoneState { flow, rise, velocity, resistance, board, band }
        });
        zones.push(ZoneAir { zone: zone.clone(), state });
    }
    let mut air = Air {
        draught: site.draught,
        plenum: found.plenum.clone(),
        zones,
        soft_limit,
        throttle,
        roof_velocity: shared.roof_velocity.clone(),
        remedies: Vec::new(),
    };
    record_hottest(&air, ledger);
    air.remedies = search(document, cluster, &air, site, assumed);
    air
}

/// Quantities that the zones have in common.
struct Shared {
    roof_flow: Option<Known<AirFlow>>,
    roof_velocity: Option<Known<MetresPerSecond>>,
    upper: Option<Known<SquareMetres>>,
    lower: Option<Known<SquareMetres>>,
    lower_in_series: Option<Known<SquareMetres>>,
}

impl Shared {
    fn record(found: &Found, ledger: &mut Ledger) -> Shared {
        let (site, names) = (&found.site, &found.names);
        let mut shared = Shared {
            roof_flow: None,
            roof_velocity: None,
            upper: None,
            lower: None,
            lower_in_series: None,
        };
        let fans = names.roof_fans.as_ref().zip(names.roof_fan.as_ref());
        let (Draught::Roof, Some((count, fan)), Some(plenum)) =
            (site.draught, fans, &names.plenum_area)
        else {
            return shared;
        };
        shared.roof_flow = Some(ledger.derive(
            "air.roof_flow",
            "roof fans × rated flow × air.fan_derating; buoyancy is neglected, though it is of the \
             same size as the fans' suction",
            &[count, fan, &names.derating],
            site.roof_flow(&found.assumed),
        ));
        if let Some(size) = &names.roof_fan_size {
            let side = size.value.mm() / 1000.0;
            let each = fan.value * names.derating.value.0;
            shared.roof_velocity = Some(ledger.derive(
                "air.roof_velocity",
                "one fan's rated flow × air.fan_derating ÷ (π ÷ 4 × size²)",
                &[fan, &names.derating, size],
                MetresPerSecond(each.0 / (std::f64::consts::FRAC_PI_4 * side * side)),
            ));
        }
        let Openings { upper, lower, free, lower_in_series } = site.openings(&found.assumed);
        let faces = "faces of the banks × air.open_share";
        let inputs: [&dyn Named; 2] = [&names.face, &names.open_share];
        shared.upper = Some(ledger.derive(
            "air.opening_upper",
            format!("above the dividing height: {faces}"),
            &inputs,
            upper,
        ));
        let lower = ledger.derive(
            "air.opening_lower",
            format!("below the dividing height: {faces}"),
            &inputs,
            lower,
        );
        let share = Known { value: found.assumed.blocked, name: "air.blocked_share".to_owned() };
        let free = ledger.derive(
            "air.free_area",
            "air.plenum_area × (1 − air.blocked_share): what deep devices leave for the air below \
             them",
            &[plenum, &share],
            free,
        );
        shared.lower_in_series = Some(ledger.derive(
            "air.opening_lower_in_series",
            "(air.opening_lower⁻² + air.free_area⁻²)^−½: two openings in series",
            &[&lower, &free],
            lower_in_series,
        ));
        shared.lower = Some(lower);
        shared
    }
}

/// Records one zone and gives its boards' temperature.
fn record_zone(
    found: &Found,
    shared: &Shared,
    zone: &Zone,
    state: &State,
    ledger: &mut Ledger,
) -> Known<Celsius> {
    let (site, names) = (&found.site, &found.names);
    let key = zone.key();
    let name = |what: &str| format!("{key}.{what}");
    let heat = ledger.derive(
        &name("heat"),
        format!(
            "{} boards × power.board_stress + {} of switches + caddy fans",
            zone.boards, zone.switches
        ),
        &[&names.board],
        site.heat(zone),
    );
    let (formula, inputs) = flow_formula(found, shared, zone);
    let flow = ledger.derive(&name("flow"), formula, &inputs, state.flow);
    let heat_of_air = ledger.rule(
        "air.heat_capacity",
        HEAT_OF_AIR,
        "1.2 kg/m³ × 1005 J/(kg K), in joules for a cubic metre and a kelvin",
    );
    let rise_formula = if state.flow.0 > 0.0 {
        "heat ÷ (air.heat_capacity × flow)"
    } else {
        "taken as none: the racks stand in the open, and buoyancy is neglected"
    };
    let rise =
        ledger.derive(&name("rise"), rise_formula, &[&heat, &flow, &heat_of_air], state.rise);
    let velocity = ledger.derive(
        &name("velocity"),
        format!("flow ÷ ({} × air.face × air.open_share)", banks(zone.banks)),
        &[&flow, &names.face, &names.open_share],
        state.velocity,
    );
    let resistance = if site.cooled || site.caddy_fans > 0 {
        ledger.derive(
            &name("resistance"),
            if site.cooled { "the board's own cooler" } else { "with a caddy fan" },
            &[&names.blown],
            state.resistance,
        )
    } else {
        ledger.derive(
            &name("resistance"),
            "1 ÷ (1/R_still + (1/R_fan − 1/R_still) × √min(1, velocity ÷ air.fan_velocity))",
            &[&names.still, &names.blown, &velocity, &names.fan_velocity],
            state.resistance,
        )
    };
    ledger.derive(
        &name("board_temperature"),
        "cooling.ambient + rise + power.board_stress × resistance",
        &[&names.ambient, &rise, &names.board, &resistance],
        state.board,
    )
}

/// How a zone's flow comes about, and from what.
fn flow_formula<'a>(
    found: &'a Found,
    shared: &'a Shared,
    zone: &Zone,
) -> (String, Vec<&'a dyn Named>) {
    let names = &found.names;
    let mut inputs: Vec<&dyn Named> = Vec::new();
    let formula = match found.site.draught {
        Draught::Roof => {
            inputs.extend(shared.roof_flow.as_ref().map(|it| it as &dyn Named));
            inputs.extend(shared.upper.as_ref().map(|it| it as &dyn Named));
            inputs.extend(shared.lower_in_series.as_ref().map(|it| it as &dyn Named));
            let (part, of) = if zone.below {
                inputs.extend(shared.lower.as_ref().map(|it| it as &dyn Named));
                ("air.opening_lower_in_series", "air.opening_lower")
            } else {
                ("air.opening_upper", "air.opening_upper")
            };
            format!(
                "air.roof_flow × {part} ÷ (air.opening_upper + air.opening_lower_in_series), of \
                 which the zone's {} take their share of {of}",
                banks(zone.banks)
            )
        }
        Draught::Caddies => {
            inputs.extend(names.caddy_fans.as_ref().map(|it| it as &dyn Named));
            inputs.extend(names.caddy_fan.as_ref().map(|it| it as &dyn Named));
            inputs.push(&names.derating);
            format!("{} × bank.fans.count × rated flow × air.fan_derating", banks(zone.banks))
        }
        Draught::Still | Draught::ShutIn => "no fan drives it".to_owned(),
    };
    (formula, inputs)
}

fn banks(count: u32) -> String {
    if count == 1 { "1 bank".to_owned() } else { format!("{count} banks") }
}

fn record_hottest(air: &Air, ledger: &mut Ledger) {
    let Some((zone, state)) = air.hottest() else { return };
    let words = format!("the boards of {}", zone.title());
    let board = &state.board;
    ledger.derive("air.hottest_board", words, &[board], board.value);
    let doubt = DOUBT * 100.0;
    let words = |way: &str| {
        format!(
            "air.hottest_board with its unverified areas, flows and K/W {way} by {doubt:.0} %, \
             differences added as the root of the sum of their squares"
        )
    };
    let [low, high] = state.band;
    ledger.derive("air.hottest_board_low", words("kinder"), &[board], low);
    ledger.derive("air.hottest_board_high", words("less kind"), &[board], high);
}

/// What would help, if anything has to.
fn search(
    document: &Document,
    cluster: &Cluster,
    air: &Air,
    site: &Site,
    assumed: &Assumed,
) -> Vec<super::Remedy> {
    let throttle = air.throttle.value;
    let safe = |zone: &ZoneAir| zone.state.as_ref().is_some_and(|it| it.band[1] < throttle);
    if air.zones.iter().all(safe) {
        return Vec::new();
    }
    let mut blockers: Vec<String> = Vec::new();
    for blocker in air.plenum.iter().flat_map(|plenum| &plenum.blockers) {
        if !blockers.contains(&blocker.device) {
            blockers.push(blocker.device.clone());
        }
    }
    let cooler = cluster.board.thermal.cooler.as_ref().filter(|_| !site.cooled);
    let means = Means {
        blockers: &blockers,
        caddy_fan: caddy_fan(&document.catalog, cluster),
        cooler: cooler.map(|cooler| KelvinPerWatt(cooler.resistance.value)),
        throttle,
    };
    remedies(site, assumed, &means)
}

/// The design's own caddy fans; or else one 80 mm fan to four caddies, as the real cluster got
/// five to twenty-one. A flat bank takes none.
fn caddy_fan(catalog: &Catalog, cluster: &Cluster) -> Option<(u32, AirFlow, KelvinPerWatt)> {
    if cluster.caddy.orientation == Orientation::Flat {
        return None;
    }
    let (count, fan) = match &cluster.bank.fans {
        Some(plan) => (cluster.bank.fan_caddies(), &plan.fan),
        None => ((cluster.caddy.count.value / 4).max(1), catalog.fans.get("fan-80x25")?),
    };
    Some((count, fan.flow.value, KelvinPerWatt(cluster.board.thermal.with_fan.value)))
}
