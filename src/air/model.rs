//! The formulas, as pure functions of site and assumptions.

use super::Draught;
use super::site::{Assumed, Site};
use super::zones::Zone;
use crate::units::{AirFlow, Celsius, Kelvin, KelvinPerWatt, MetresPerSecond, SquareMetres, Watts};

/// Heat that a cubic metre of air takes up for each kelvin, in joules: 1.2 kg/m³ × 1005 J/(kg K).
pub(super) const HEAT_OF_AIR: f64 = 1206.0;

/// How the openings add up.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Openings {
    /// Faces above the dividing height.
    pub upper: SquareMetres,
    /// Faces below it.
    pub lower: SquareMetres,
    /// What deep devices leave free of the space behind the racks.
    pub free: SquareMetres,
    /// The lower faces in series with that.
    pub lower_in_series: SquareMetres,
}

/// A zone's air and boards.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct State {
    pub flow: AirFlow,
    pub rise: Kelvin,
    pub velocity: MetresPerSecond,
    pub resistance: KelvinPerWatt,
    pub board: Celsius,
}

impl Site {
    /// What the roof fans move.
    pub fn roof_flow(&self, assumed: &Assumed) -> AirFlow {
        assumed.roof_fan * (f64::from(self.roof_fans) * assumed.derating.0)
    }

    /// The openings of a zone's faces.
    pub fn opening(&self, zone: &Zone, assumed: &Assumed) -> SquareMetres {
        if self.blind.contains(&zone.side) {
            return SquareMetres(0.0);
        }
        self.face * (f64::from(zone.banks) * assumed.open_share.0)
    }

    /// All openings. Two openings in series pass what one of (a⁻² + b⁻²)^−½ does, since the
    /// pressures add and go with the square of the flow.
    pub fn openings(&self, assumed: &Assumed) -> Openings {
        let sum = |below: bool| -> SquareMetres {
            let zones = self.zones.iter().filter(|zone| zone.below == below);
            zones.map(|zone| self.opening(zone, assumed)).sum()
        };
        let (upper, lower) = (sum(false), sum(true));
        let free = self.plenum * (1.0 - assumed.blocked.0);
        let lower_in_series = if lower.0 > 0.0 && free.0 > 0.0 {
            SquareMetres((lower.0.powi(-2) + free.0.powi(-2)).powf(-0.5))
        } else {
            SquareMetres(0.0)
        };
        Openings { upper, lower, free, lower_in_series }
    }

    /// Heat that a zone's air takes up: boards under full load, switches, caddy fans.
    pub fn heat(&self, zone: &Zone) -> Watts {
        let fans = f64::from(zone.banks) * f64::from(self.caddy_fans);
        self.board * f64::from(zone.boards) + zone.switches + self.caddy_fan_power * fans
    }

    /// Air through a zone; `None` if nothing drives it.
    fn flow(&self, zone: &Zone, openings: &Openings, assumed: &Assumed) -> Option<AirFlow> {
        match self.draught {
            Draught::Roof => {
                let all = openings.upper + openings.lower_in_series;
                let (whole, part) = if zone.below {
                    (openings.lower, openings.lower_in_series)
                } else {
                    (openings.upper, openings.upper)
                };
                let share = self.opening(zone, assumed) / whole * (part / all);
                Some(self.roof_flow(assumed) * share).filter(|flow| flow.0 > 0.0)
            }
            Draught::Caddies => {
                let fans = f64::from(zone.banks) * f64::from(self.caddy_fans);
                Some(assumed.caddy_fan * (fans * assumed.derating.0))
            }
            Draught::Still | Draught::ShutIn => None,
        }
    }

    /// A zone's state; `None` if no air can get through.
    fn state(&self, zone: &Zone, openings: &Openings, assumed: &Assumed) -> Option<State> {
        let flow = match (self.flow(zone, openings, assumed), self.draught) {
            (_, _) if self.blind.contains(&zone.side) => return None,
            (Some(flow), _) => flow,
            (None, Draught::Still) => AirFlow(0.0),
            (None, _) => return None,
        };
        let moved = flow.0 > 0.0;
        let rise =
            if moved { Kelvin(self.heat(zone).0 / (HEAT_OF_AIR * flow.0)) } else { Kelvin(0.0) };
        let velocity = if moved {
            MetresPerSecond(flow.0 / self.opening(zone, assumed).0)
        } else {
            MetresPerSecond(0.0)
        };
        let resistance = self.resistance(velocity, assumed);
        let board = Celsius(self.ambient.0 + rise.0 + self.board.0 * resistance.0);
        Some(State { flow, rise, velocity, resistance, board })
    }

    /// A bare board's resistance falls with the root of the air's speed, as a laminar layer's
    /// does, from that in still air to that with a caddy fan.
    fn resistance(&self, velocity: MetresPerSecond, assumed: &Assumed) -> KelvinPerWatt {
        if self.cooled || self.caddy_fans > 0 {
            return assumed.blown;
        }
        let share = (velocity / assumed.fan_velocity).min(1.0).sqrt();
        let (still, blown) = (1.0 / assumed.still.0, 1.0 / assumed.blown.0);
        KelvinPerWatt(1.0 / (still + (blown - still) * share))
    }

    /// The state of every zone, in order.
    pub fn states(&self, assumed: &Assumed) -> Vec<Option<State>> {
        let openings = self.openings(assumed);
        self.zones.iter().map(|zone| self.state(zone, &openings, assumed)).collect()
    }

    /// The hottest boards; `None` if a zone has no air, or if there is none.
    pub fn hottest(&self, assumed: &Assumed) -> Option<Celsius> {
        let states: Option<Vec<State>> = self.states(assumed).into_iter().collect();
        let boards = states?.into_iter().map(|state| state.board.0);
        boards.reduce(f64::max).map(Celsius)
    }
}
