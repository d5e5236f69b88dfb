//! Crates for a shell that is taken off: its parts lie flat in them, layer upon layer.

use super::shell::volume;
use crate::cluster::{Known, Ledger};
use crate::shell::Panels;
use crate::units::{Kilograms, Mm};

/// The most that one crate shall hold: four people with the 25 kg each that the guideline gives for
/// lifting at the knuckles.
const HEAVIEST: Kilograms = Kilograms(100.0);
/// Share of a crate that flat parts of many sizes fill.
const FILLED: f64 = 0.7;
/// Wall and padding on each side.
const WALL: Mm = Mm::um(30_000);

/// What a shell travels in. All crates are alike.
#[derive(Clone, Debug)]
pub struct Crates {
    /// How many.
    pub count: Known<u32>,
    /// Outside: length, width, height.
    pub size: [Known<Mm>; 3],
    /// What is in one of them.
    pub mass: Known<Kilograms>,
}

impl Crates {
    /// Crates for all parts of a shell; `None` if it has none.
    pub(super) fn of(panels: &Panels, ledger: &mut Ledger) -> Option<Crates> {
        let longest = panels.parts.iter().map(|part| part.length.max(part.width)).max()?;
        let widest = panels.parts.iter().map(|part| part.length.min(part.width)).max()?;
        let heaviest = ledger.rule(
            "transport.crate_limit",
            HEAVIEST,
            "four people, 25 kg each (HSE L23, guideline for lifting at the knuckles)",
        );
        let filled = ledger.assume(
            "transport.crate_filled",
            FILLED,
            "estimate: share of a crate that flat parts of many sizes fill",
        );
        let wall = ledger.rule("transport.crate_wall", WALL, "design rule of pibuild");
        let count = (panels.mass.value / heaviest.value).ceil().max(1.0);
        let count = ledger.derive(
            "transport.crates",
            "shell.mass ÷ transport.crate_limit, rounded up",
            &[&panels.mass, &heaviest],
            count as u32,
        );
        let mass = ledger.derive(
            "transport.crate_mass",
            "shell.mass ÷ transport.crates, without the crate itself",
            &[&panels.mass, &count],
            panels.mass.value / f64::from(count.value),
        );
        let volume: f64 =
            panels.parts.iter().map(|part| volume(part) * part.quantity() as f64).sum();
        let floor = longest.mm() * widest.mm() / 1e6;
        let pile = volume / floor / filled.value / f64::from(count.value) * 1000.0;
        let outside = |inside: Mm| (inside + wall.value * 2).ceil_to(Mm::um(1_000));
        let sides = [
            ("length", format!("the longest part, {longest}"), outside(longest)),
            ("width", format!("the widest part, {widest}"), outside(widest)),
            (
                "height",
                format!(
                    "{volume:.3} m³ of parts ÷ ({floor:.3} m² × transport.crate_filled × \
                     transport.crates)"
                ),
                outside(Mm::from_mm(pile)),
            ),
        ];
        let size = sides.map(|(name, formula, side)| {
            ledger.derive(
                &format!("transport.crate_{name}"),
                format!("{formula} + 2 × transport.crate_wall, in whole mm"),
                &[&filled, &count, &wall],
                side,
            )
        });
        Some(Crates { count, size, mass })
    }
}
