//! Add-ons: what is fitted to a board and changes its room, its power and its air.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::board::{Board, ComponentBox, PowerPlane};
use super::fact::Fact;
use crate::units::{Grams, Mm, Money, Watts};

/// A HAT, a cooler, heat sinks, or a base under the board.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Addon {
    /// Name for people.
    pub name: String,
    /// Where this entry's plain values come from.
    pub source: String,
    /// Catalogue ids of the boards that it fits.
    pub fits: Vec<String>,
    /// The room that it takes, in the coordinates of the board: heights above the board's upper
    /// face, depths below its lower face.
    pub boxes: Vec<ComponentBox>,
    /// From its underside to the board's, if it stands between the caddy's standoffs and the board.
    #[serde(default = "nothing", skip_serializing_if = "is_nothing")]
    pub lift: Fact<Mm>,
    /// What it draws at the board's socket, on top of the board.
    #[serde(default = "no_power")]
    pub power: Fact<Watts>,
    /// What it does to the board's temperature; left out if little.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub thermal: Option<AddonThermal>,
    /// Mass.
    pub mass: Fact<Grams>,
    /// Unit price.
    pub price: Fact<Money>,
}

/// What an add-on does to its board's temperature.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct AddonThermal {
    /// Kelvin a watt over the air with it, in otherwise still air.
    pub still_air: Fact<f64>,
    /// Kelvin a watt over the air with it and with a caddy fan.
    pub with_fan: Fact<f64>,
}

fn nothing() -> Fact<Mm> {
    Fact::plain(Mm::ZERO)
}

fn is_nothing(lift: &Fact<Mm>) -> bool {
    *lift == nothing()
}

fn no_power() -> Fact<Watts> {
    Fact::plain(Watts(0.0))
}

impl Board {
    /// The board as it is with an add-on: the boxes of both, their power and mass together, and the
    /// add-on's say on temperature. What it costs stays apart.
    #[must_use]
    pub fn with(mut self, addon: &Addon) -> Board {
        let fact = |fact: &Fact<f64>| Fact {
            source: Some(format!("{}: {}", addon.name, source(fact, &addon.source))),
            ..fact.clone()
        };
        if let Some(thermal) = &addon.thermal {
            self.thermal.still_air = fact(&thermal.still_air);
            self.thermal.with_fan = fact(&thermal.with_fan);
            // It stands where the board's own cooler would.
            self.thermal.cooler = None;
        }
        let more = match self.power.plane {
            PowerPlane::Board => addon.power.value,
            PowerPlane::Wall => addon.power.value / self.power.efficiency.value,
        };
        let power = Fact { value: more, ..addon.power.clone() };
        let entry = self.source.clone();
        let sum = |figure: &mut Fact<Watts>| {
            *figure = Fact {
                value: figure.value + power.value,
                source: Some(together(figure, &entry, &power, addon)),
                unverified: figure.unverified || power.unverified,
                date: None,
            };
        };
        if more > Watts(0.0) {
            [&mut self.power.idle, &mut self.power.typical, &mut self.power.stress]
                .into_iter()
                .for_each(sum);
        }
        self.mass = Fact {
            value: self.mass.value + addon.mass.value,
            source: Some(together(&self.mass, &entry, &addon.mass, addon)),
            unverified: self.mass.unverified || addon.mass.unverified,
            date: None,
        };
        self.boxes.extend(addon.boxes.iter().cloned());
        self
    }
}

fn source<'a, T>(fact: &'a Fact<T>, entry: &'a str) -> &'a str {
    fact.source.as_deref().unwrap_or(entry)
}

/// Where a sum comes from.
fn together<T, U>(own: &Fact<T>, entry: &str, more: &Fact<U>, addon: &Addon) -> String {
    let (own, more) = (source(own, entry), source(more, &addon.source));
    format!("{own}; with {}: {more}", addon.name)
}
