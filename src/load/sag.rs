//! How far a rail bends: a beam on two supports, its load shared out evenly.

use crate::cluster::{Known, Ledger, RailPlan};
use crate::load::GRAVITY;
use crate::units::{Kilograms, Mm};

/// Modulus of elasticity of 6105-T5, in N/mm² (80/20 catalogue 21, page 60: 10.2 Mpsi).
const STIFFNESS: f64 = 70_326.0;
/// Density of aluminium, in kg/mm³.
const DENSITY: f64 = 2.7e-6;

/// Records the rail's stiffness and how far it bends under `carried`.
pub(super) fn sag(rail: &RailPlan, carried: &Known<Kilograms>, ledger: &mut Ledger) -> Known<Mm> {
    let entry = format!("catalog.rails.{}", rail.profile_id);
    let profile = &rail.profile;
    let per_metre = ledger.fact(&entry, "mass_per_metre", &profile.mass_per_metre, &profile.source);
    let (height, depth) = (rail.height.value.mm(), rail.depth.value.mm());
    let filled = per_metre.value.0 / 1000.0 / (DENSITY * height * depth);
    let inertia = filled.min(1.0) * depth * height.powi(3) / 12.0;
    let second_moment = ledger.derive(
        "rail.second_moment",
        "b × h³ ÷ 12 in mm⁴, times the share of the box that its mass says is metal: the slots \
         take metal away where it counts most, so this is on the large side",
        &[&rail.height, &rail.depth, &per_metre],
        inertia,
    );
    let stiffness = ledger.rule(
        "rail.stiffness",
        STIFFNESS,
        "80/20 catalogue 21, page 60: 10.2 Mpsi, in N/mm² (6105-T5)",
    );
    let length = rail.finished.value.mm();
    let force = carried.value.0 * GRAVITY;
    let sag = 5.0 * force * length.powi(3) / (384.0 * stiffness.value * second_moment.value);
    ledger.derive(
        "rail.sag",
        "5 × F × L³ ÷ (384 × E × I): a beam on two supports, evenly loaded by what the bank \
         weighs",
        &[carried, &rail.finished, &stiffness, &second_moment],
        Mm::from_mm(sag),
    )
}
