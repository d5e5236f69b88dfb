//! The account worked by hand, as the comments show.

use super::Draught;
use super::band::bands;
use super::model::State;
use super::remedy::{Means, remedies};
use super::site::{Assumed, Factor, Site};
use super::zones::{Half, Zone};
use crate::spec::Side;
use crate::units::{
    AirFlow, Celsius, Kelvin, KelvinPerWatt, MetresPerSecond, Ratio, SquareMetres, Watts,
};

fn zone(below: bool) -> Zone {
    let half = if below { Half::Lower } else { Half::Upper };
    Zone { rack: 1, half, below, side: Side::Front, banks: 10, boards: 100, switches: Watts(100.0) }
}

/// Two zones of ten banks with 100 boards of 5 W each, under a roof of 10 fans.
fn site() -> Site {
    Site {
        ambient: Celsius(25.0),
        board: Watts(5.0),
        draught: Draught::Roof,
        roof_fans: 10,
        caddy_fans: 0,
        caddy_fan_power: Watts(0.0),
        cooled: false,
        face: SquareMetres(0.04),
        plenum: SquareMetres(1.0),
        zones: vec![zone(false), zone(true)],
        blind: Vec::new(),
    }
}

fn assumed() -> Assumed {
    Assumed {
        derating: Ratio(0.5),
        roof_fan: AirFlow(0.1),
        caddy_fan: AirFlow(0.01),
        open_share: Ratio(0.5),
        blocked: Ratio(0.85),
        still: KelvinPerWatt(10.0),
        blown: KelvinPerWatt(5.0),
        fan_velocity: MetresPerSecond(4.0),
    }
}

fn near(a: f64, b: f64) {
    assert!((a - b).abs() < 1e-9, "{a} is not {b}");
}

/// Faces: 10 × 0.04 × 0.5 = 0.2 m² each. Free of the plenum: 0.15 m². The lower faces in series:
/// (0.2⁻² + 0.15⁻²)^−½ = 1 ÷ √(25 + 44.44…) = 0.12 m². Roof: 10 × 0.1 × 0.5 = 0.5 m³/s, shared
/// 0.2 to 0.12: 0.3125 above, 0.1875 below.
/// Above: 600 W ÷ (1206 × 0.3125) = 1.592… K; 0.3125 ÷ 0.2 = 1.5625 m/s; √(1.5625 ÷ 4) = 0.625;
/// 1 ÷ (0.1 + 0.1 × 0.625) = 6.1538… K/W.
/// Below: 2.653… K; 0.9375 m/s; √0.234375 = 0.484…; 1 ÷ 0.1484… = 6.737… K/W.
#[test]
fn what_a_deep_device_leaves_is_shared_out_by_openings() {
    let states: Vec<State> = site().states(&assumed()).into_iter().flatten().collect();
    let [above, below] = states.as_slice() else { panic!("{states:?}") };
    near(above.flow.0, 0.3125);
    near(below.flow.0, 0.1875);
    near(above.rise.0, 600.0 / (1206.0 * 0.3125));
    near(above.velocity.0, 1.5625);
    near(above.resistance.0, 1.0 / 0.1625);
    near(above.board.0, 25.0 + 600.0 / 376.875 + 5.0 / 0.1625);
    near(below.velocity.0, 0.9375);
    near(below.resistance.0, 1.0 / (0.1 + 0.1 * 0.234_375_f64.sqrt()));
    assert!(below.board > above.board);
}

/// Caddy fans into the open: 10 banks × 3 × 0.01 × 0.5 = 0.15 m³/s for 600 W + 30 × 1 W.
#[test]
fn caddy_fans_blow_straight_through_open_sides() {
    let open =
        Site { draught: Draught::Caddies, caddy_fans: 3, caddy_fan_power: Watts(1.0), ..site() };
    let states = open.states(&assumed());
    let state = states[0].unwrap();
    near(state.flow.0, 0.15);
    near(state.rise.0, 630.0 / (1206.0 * 0.15));
    near(state.resistance.0, 5.0);
}

#[test]
fn without_fans_boards_stand_in_the_rooms_air() {
    let still = Site { draught: Draught::Still, ..site() };
    let state = still.states(&assumed())[1].unwrap();
    assert_eq!(state.rise, Kelvin(0.0));
    near(state.board.0, 25.0 + 5.0 * 10.0);
}

#[test]
fn a_closed_shell_without_roof_fans_has_no_air() {
    let shut = Site { draught: Draught::ShutIn, ..site() };
    assert_eq!(shut.states(&assumed()), [None, None]);
    let blind = Site { blind: vec![Side::Front], ..site() };
    assert_eq!(blind.states(&assumed()), [None, None]);
}

/// In still air only the resistance counts: 5 W × 10 K/W ± 15 % = 50 ± 7.5 K. Twice the same doubt
/// makes √2 of it.
#[test]
fn doubts_add_up_as_squares() {
    let still = Site { draught: Draught::Still, ..site() };
    let [low, high] = bands(&still, &assumed(), &[Factor::Still])[0];
    near(low.0, 67.5);
    near(high.0, 82.5);
    let [low, high] = bands(&still, &assumed(), &[Factor::Still, Factor::Still])[0];
    near(low.0, 75.0 - 7.5 * 2.0_f64.sqrt());
    near(high.0, 75.0 + 7.5 * 2.0_f64.sqrt());
}

#[test]
fn a_remedy_is_the_least_that_passes() {
    let limit = Celsius(60.0);
    let means = Means {
        blockers: &["server".to_owned()],
        caddy_fan: Some((5, AirFlow(0.01), KelvinPerWatt(5.0))),
        cooler: None,
        throttle: limit,
    };
    let (site, assumed) = (site(), assumed());
    assert!(site.hottest(&assumed).unwrap() > limit);
    let found = remedies(&site, &assumed, &means);
    let fans = found.iter().find(|it| it.change.ends_with("(cooling.roof_fans.count)")).unwrap();
    assert!(fans.hottest < limit);
    let count: u32 = fans.change.split(' ').next().unwrap().parse().unwrap();
    let fewer = Site { roof_fans: count - 1, ..site };
    assert!(fewer.hottest(&assumed).unwrap() >= limit);
}
