//! Assembly work: how often each step is done, and how long that takes one person.
//!
//! Promise: every count follows from the design, every minute is a key of it. Not promised: that
//! hands are as quick as the defaults; only measuring tells.

use crate::built::Built;
use crate::cluster::{Known, Ledger, Named};
use crate::units::{Hours, Minutes};

/// All steps of the assembly.
#[derive(Clone, Debug)]
pub struct Work {
    /// The steps, in the order that they are done in.
    pub steps: Vec<Step>,
    /// All of them, by one person.
    pub total: Known<Hours>,
}

/// One step: so often so many minutes.
#[derive(Clone, Debug)]
pub struct Step {
    /// What is done.
    pub what: &'static str,
    /// How often.
    pub count: u64,
    /// How long each time.
    pub each: Minutes,
    /// How long in all.
    pub minutes: Known<Minutes>,
}

impl Work {
    /// Counts the steps that put the cluster together; spare banks stay in their box.
    pub fn plan(built: &Built, ledger: &mut Ledger) -> Work {
        let (design, cluster) = (&built.document.design, built.cluster);
        let labour = &design.labour;
        let banks = u64::from(built.layout.banks.value);
        let boards = u64::from(built.layout.boards.value);
        let fed_by_cable = built.wiring.supplies.value > 0;
        let cables = boards * (1 + u64::from(fed_by_cable));
        let devices = built.layout.devices().count() as u64;
        let steps = [
            ("board", "fix a board to its caddy", boards, labour.board),
            (
                "caddy",
                "put a caddy on its rail",
                banks * u64::from(cluster.caddy.count.value),
                labour.caddy,
            ),
            (
                "fan",
                "fix a fan to its caddy",
                banks * u64::from(cluster.bank.fan_caddies()),
                labour.fan,
            ),
            ("bank", "bolt a bank together and screw it into its rack", banks, labour.bank),
            ("device", "screw a device into its rack", devices, labour.device),
            ("cable", "label, lay and plug in a cable, both ends", cables, labour.cable),
        ];
        let steps = steps.map(|(name, what, count, each)| {
            let given = ledger.given(&format!("labour.{name}"), each);
            let minutes = ledger.derive(
                &format!("labour.all_{name}_minutes"),
                format!("{count} × labour.{name}"),
                &[&given],
                Minutes(each.0 * count as f64),
            );
            Step { what, count, each, minutes }
        });
        let inputs: Vec<&dyn Named> =
            steps.iter().map(|step| &step.minutes as &dyn Named).collect();
        let total = ledger.derive(
            "labour.total",
            "the minutes of all steps ÷ 60, by one person",
            &inputs,
            Hours(steps.iter().map(|step| step.minutes.value.0).sum::<f64>() / 60.0),
        );
        Work { steps: steps.into(), total }
    }
}
