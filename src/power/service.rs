//! Amperes on circuits and on the service.

use super::ServiceLoad;
use crate::cluster::{Known, Ledger};
use crate::spec::{Document, WiringCode};
use crate::units::{Amps, Ratio, VoltAmps, Watts};
use crate::wiring::{DEVICE_POWER_FACTOR, Wiring, lasting_share};

/// What one circuit may carry for three hours and more: a 20 A circuit of 120 V under NEC 1920 VA.
pub(super) fn circuit_limit(document: &Document, ledger: &mut Ledger) -> Known<VoltAmps> {
    let circuit = &document.design.power.circuit;
    let volts = ledger.given("power.circuit.volts", circuit.volts);
    let amps = ledger.given("power.circuit.amps", circuit.amps);
    let share = lasting(document, ledger);
    ledger.derive(
        "power.circuit_limit",
        "power.circuit.volts × power.circuit.amps × power.lasting_share",
        &[&volts, &amps, &share],
        VoltAmps(volts.value.0 * amps.value.0 * share.value.0),
    )
}

fn lasting(document: &Document, ledger: &mut Ledger) -> Known<Ratio> {
    let code = document.design.power.circuit.code;
    let source = match code {
        WiringCode::Nec => "NEC 210.20(A): continuous loads up to 80 % of the breaker",
        WiringCode::Iec => "IEC practice: no derating",
    };
    ledger.rule("power.lasting_share", Ratio(lasting_share(code)), source)
}

/// What the service carries, if the design names one.
pub(super) fn load(
    document: &Document,
    wiring: &Wiring,
    ledger: &mut Ledger,
) -> Option<ServiceLoad> {
    let service = document.design.power.service.as_ref()?;
    let volts = ledger.given("power.service.volts", service.volts);
    let rated = ledger.given("power.service.amps", service.amps);
    let phases = ledger.given("power.service.phases", service.phases);
    let factor = ledger.assume(
        "power.factor",
        Ratio(DEVICE_POWER_FACTOR),
        "convention of this catalogue for supplies and switches: 95 %",
    );
    let each_phase = if service.phases == 3 { 3.0_f64.sqrt() } else { f64::from(service.phases) };
    let mut amps = |name: &str, demand: &Known<Watts>| {
        ledger.derive(
            name,
            format!("{} ÷ power.factor ÷ power.service.volts (÷ √3 for three phases)", demand.name),
            &[demand, &factor, &volts, &phases],
            Amps(demand.value.0 / factor.value.0 / volts.value.0 / each_phase),
        )
    };
    let stress = amps("power.service_stress", &wiring.demand.stress);
    let nameplate = amps("power.service_nameplate", &wiring.demand.nameplate);
    let share = lasting(document, ledger);
    let limit = ledger.derive(
        "power.service_limit",
        "power.service.amps × power.lasting_share",
        &[&rated, &share],
        rated.value * share.value.0,
    );
    Some(ServiceLoad { stress, nameplate, limit })
}
