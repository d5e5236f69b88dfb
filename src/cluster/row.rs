//! The row: how many caddies share the rail, what each gets, and what is printed of it.

use super::caddy::Stance;
use super::quantity::{Known, Ledger};
use super::rail::RailPlan;
use crate::spec::{Auto, Count, Design};
use crate::units::Mm;

/// Play that the row keeps along the rail.
const LEAST_PLAY: Mm = Mm::um(300);
/// More than any rail holds: a guard against a board without thickness.
const MOST_CADDIES: i64 = 1_000;

/// How many caddies share the row, and what each gets. `boards` to a caddy, printed in a `stance`.
pub(super) fn share_row(
    design: &Design,
    rail: &RailPlan,
    smallest_pitch: &Known<Mm>,
    (boards, stance): (u32, Stance),
    ledger: &mut Ledger,
) -> (Known<u32>, Known<Mm>) {
    let row = &rail.row;
    let needed = smallest_pitch.value * i64::from(boards);
    let by_pitch = row.value.fits(needed.max(Mm::um(1))).clamp(1, MOST_CADDIES);
    // Pushed together, printed bodies stand a little closer than their pitch: they must have room
    // for their boards as well.
    let roomy = |count: &i64| printed_body(design, row.value / *count, *count, stance) >= needed;
    let fits = (1..=by_pitch).rev().find(roomy).unwrap_or(1);
    let next = row.value / (fits + 1);
    let short = if fits < by_pitch {
        "whose printed bodies are too narrow".to_owned()
    } else {
        format!("{} short", needed - next)
    };
    let most = ledger.derive(
        "bank.most_caddies",
        format!(
            "⌊bank.row_length ÷ (caddy.smallest_pitch × caddy.pis_per_caddy)⌋; {} would get \
             {next} each, {short}",
            fits + 1,
        ),
        &[row, smallest_pitch],
        u32::try_from(fits).unwrap_or(1),
    );
    let count = match design.bank.caddies {
        Count::Exactly(count) => ledger.given("bank.caddies", count.max(1)),
        Count::Max => ledger.derive("bank.caddies", "bank.most_caddies", &[&most], most.value),
    };
    let pitch = match design.caddy.width {
        Auto::Set(width) => ledger.given("caddy.width", width),
        Auto::Auto => ledger.derive(
            "caddy.width",
            "bank.row_length ÷ bank.caddies",
            &[row, &count],
            row.value / i64::from(count.value),
        ),
    };
    (count, pitch)
}

/// The printed body: the pitch less its share of the play, and in whole layers if layers run
/// across the rail, since the printer cannot make anything else.
pub(super) fn body_width(
    design: &Design,
    pitch: &Known<Mm>,
    count: &Known<u32>,
    stance: Stance,
    ledger: &mut Ledger,
) -> Known<Mm> {
    let play = ledger.rule("bank.least_play", LEAST_PLAY, super::OWN_RULE);
    let printed = printed_body(design, pitch.value, i64::from(count.value), stance);
    if stance == Stance::Lying {
        let layer = ledger.given("printing.layer_height", design.printing.layer_height);
        ledger.derive(
            "caddy.body_width",
            "caddy.width − bank.least_play ÷ bank.caddies, down to whole layers of \
             printing.layer_height",
            &[pitch, &play, count, &layer],
            printed,
        )
    } else {
        ledger.derive(
            "caddy.body_width",
            "caddy.width − bank.least_play ÷ bank.caddies",
            &[pitch, &play, count],
            printed,
        )
    }
}

/// A body of `count` in a row: its pitch less its share of the play, in whole layers if it lies.
fn printed_body(design: &Design, pitch: Mm, count: i64, stance: Stance) -> Mm {
    let exact = pitch - LEAST_PLAY / count;
    match stance {
        Stance::Lying => exact.floor_to(design.printing.layer_height.max(Mm::um(1))),
        Stance::OnFront | Stance::OnRear | Stance::Flat => exact.floor_to(Mm::um(10)),
    }
}
