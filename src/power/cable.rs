//! Volts at the board: what cable and contacts take on the way.

use super::Drop;
use crate::cluster::{Known, Ledger};
use crate::spec::{Auto, Document};
use crate::units::{Amps, Mm, Ohms, Volts, Watts};
use crate::wiring::Wiring;

/// Resistivity of annealed copper at 20 °C, in Ω mm²/m (IACS: 1 ÷ 58).
const COPPER: f64 = 1.0 / 58.0;
/// One plug contact, used for a while.
const CONTACT: Ohms = Ohms(0.030);
/// Contacts in the loop: plug and socket at both ends, there and back.
const CONTACTS: u32 = 4;

/// One metre of one wire: ρ ÷ (π ÷ 4 × d²) with d = 0.127 mm × 92^((36 − AWG) ÷ 39) (ASTM B258).
fn wire(awg: u32) -> Ohms {
    let diameter = 0.127 * 92.0_f64.powf((36.0 - f64::from(awg)) / 39.0);
    Ohms(COPPER / (std::f64::consts::FRAC_PI_4 * diameter * diameter))
}

/// Cable and contacts, there and back: 2 × length × wire + 4 × contact.
pub fn loop_resistance(awg: u32, length: Mm) -> Ohms {
    wire(awg) * (2.0 * length.mm() / 1000.0) + CONTACT * f64::from(CONTACTS)
}

/// What is left of a voltage behind a resistance, at a given current.
pub fn after(supply: Volts, current: Amps, resistance: Ohms) -> Volts {
    Volts(supply.0 - current.0 * resistance.0)
}

/// What is left for a load that takes a constant power, as boards do: the larger root of
/// V² − V₀ V + P R = 0. `None` if that much power cannot come through at all.
pub fn at_load(supply: Volts, power: Watts, resistance: Ohms) -> Option<Volts> {
    let inner = supply.0 * supply.0 - 4.0 * power.0 * resistance.0;
    (inner >= 0.0).then(|| Volts(f64::midpoint(supply.0, inner.sqrt())))
}

/// The thinnest wire, as AWG, that leaves `least` volts over a cable of this length; `None` if
/// none of AWG 10 and thinner does.
pub fn thickest_needed(supply: Volts, power: Watts, length: Mm, least: Volts) -> Option<u32> {
    (10..=30).rev().step_by(2).find(|&awg| {
        at_load(supply, power, loop_resistance(awg, length)).is_some_and(|volts| volts >= least)
    })
}

/// Records the chain from a supply to its farthest board.
pub(super) fn drop(document: &Document, wiring: &Wiring, ledger: &mut Ledger) -> Option<Drop> {
    let (id, supply) = wiring.supply.as_ref()?;
    let cable = &document.design.power.cable;
    let entry = format!("catalog.supplies.{id}");
    let volts = ledger.fact(&entry, "volts", &supply.volts, &supply.source);
    let awg = ledger.given("power.cable.awg", cable.awg);
    let length = length(&cable.length, wiring, ledger)?;
    let board = &wiring.demand.board_stress;
    let per_metre = ledger.derive(
        "power.wire_resistance",
        "of a metre: (1 ÷ 58 Ω mm²/m) ÷ (π ÷ 4 × d²), d = 0.127 mm × 92^((36 − AWG) ÷ 39): copper \
         at 20 °C (IACS), ASTM B258",
        &[&awg],
        wire(awg.value),
    );
    let contact = ledger.assume(
        "power.contact_resistance",
        CONTACT,
        "plugs of USB size: 10 mΩ new, 30 mΩ at the end of their life, 50 mΩ at most (makers' \
         data sheets)",
    );
    let resistance = ledger.derive(
        "power.cable_resistance",
        format!(
            "2 × power.cable_length × power.wire_resistance + {CONTACTS} × \
             power.contact_resistance: there and back"
        ),
        &[&length, &per_metre, &contact],
        loop_resistance(awg.value, length.value),
    );
    let left = at_load(volts.value, board.value, resistance.value).unwrap_or(Volts(0.0));
    let at_board = ledger.derive(
        "power.volts_at_board",
        "(V₀ + √(V₀² − 4 × power.board_stress × power.cable_resistance)) ÷ 2: boards take a \
         constant power, so that less voltage means more current",
        &[&volts, board, &resistance],
        left,
    );
    let current = ledger.derive(
        "power.board_current",
        "power.board_stress ÷ power.volts_at_board",
        &[board, &at_board],
        Amps(if left.0 > 0.0 { board.value.0 / left.0 } else { 0.0 }),
    );
    Some(Drop { supply: volts, length, resistance, current, at_board })
}

/// The longest cable: what the design says, or what the way takes.
fn length(own: &Auto<Mm>, wiring: &Wiring, ledger: &mut Ledger) -> Option<Known<Mm>> {
    let longest = wiring.longest_supply_cable()?;
    Some(match own {
        Auto::Set(length) => {
            let given = ledger.given("power.cable.length", *length);
            ledger.derive("power.cable_length", "as the design says", &[&given], *length)
        }
        Auto::Auto => ledger.derive(
            "power.cable_length",
            "the longest way from a supply to one of its boards, in the lengths that are sold",
            &[&wiring.demand.board_stress],
            longest,
        ),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn near(value: f64, expected: f64, tolerance: f64) {
        assert!((value - expected).abs() < tolerance, "{value} is not {expected}");
    }

    /// Tables of wire: 20 AWG 33.3, 24 AWG 84.2, 28 AWG 212.9, 30 AWG 338.5 mΩ/m.
    #[test]
    fn wires_are_those_of_the_tables() {
        for (awg, milliohms) in
            [(20, 33.3), (22, 53.0), (24, 84.2), (26, 133.9), (28, 212.9), (30, 338.5)]
        {
            near(wire(awg).0 * 1000.0, milliohms, 0.1);
        }
    }

    /// 2 × 1 m × 0.2129 + 4 × 0.03 = 0.546 Ω; 5.10 − 1.2 × 0.546 = 4.445 V.
    #[test]
    fn a_metre_of_28_awg_leaves_4_45_volts_at_1_2_amperes() {
        let resistance = loop_resistance(28, Mm::um(1_000_000));
        near(resistance.0, 0.546, 5e-4);
        near(after(Volts(5.10), Amps(1.2), resistance).0, 4.45, 0.006);
    }

    /// 20 AWG, 1 m: 0.187 Ω. 4.76 W at V: V² − 5.1 V + 0.8901 = 0, V = (5.1 + √22.45) ÷ 2 = 4.919;
    /// then 4.76 ÷ 4.919 = 0.968 A, and 5.1 − 0.968 × 0.187 = 4.919.
    #[test]
    fn a_board_takes_its_power_whatever_the_volts() {
        let resistance = loop_resistance(20, Mm::um(1_000_000));
        let left = at_load(Volts(5.1), Watts(4.76), resistance).unwrap();
        near(left.0, 4.919, 1e-3);
        let again = after(Volts(5.1), Amps(4.76 / left.0), resistance);
        near(again.0, left.0, 1e-9);
    }

    /// At most V₀² ÷ 4R comes through: 5.1² ÷ (4 × 0.546) = 11.9 W.
    #[test]
    fn too_much_power_does_not_come_through() {
        let resistance = loop_resistance(28, Mm::um(1_000_000));
        assert!(at_load(Volts(5.1), Watts(11.8), resistance).is_some());
        assert!(at_load(Volts(5.1), Watts(12.0), resistance).is_none());
    }

    /// 4.76 W over 1 m must arrive with 4.75 V: 24 AWG leaves (5.1 + √(26.01 − 19.04 × 0.2884)) ÷ 2
    /// = 4.815, 26 AWG (0.3878 Ω) 4.705.
    #[test]
    fn the_gauge_that_is_needed() {
        let needed = thickest_needed(Volts(5.1), Watts(4.76), Mm::um(1_000_000), Volts(4.75));
        assert_eq!(needed, Some(24));
        assert_eq!(thickest_needed(Volts(4.7), Watts(4.76), Mm::um(1_000_000), Volts(4.75)), None);
    }
}
