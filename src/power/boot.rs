//! Switching on: which supplies at once, and what the breakers see of it.
//!
//! A supply is switched as a whole: a batch is as many supplies as its boards fill, at least one.
//! Switches, servers and fans are on before the boards and count as running. The peak that a supply
//! takes when it is switched on adds to that, at the breaker of its circuit.

use crate::catalog::Supply;
use crate::cluster::{Cluster, Known, Ledger};
use crate::spec::Document;
use crate::units::{Amps, Watts};
use crate::wiring::{LoadKind, Wiring};

/// How the boards are switched on.
#[derive(Clone, Debug)]
pub struct BootPlan {
    /// Boards switched on at once, by the design; `None` for all.
    pub wanted: Option<u32>,
    /// The most boards that hang on one supply, which cannot be switched on one by one.
    pub least: u32,
    /// What happens, one batch after the other.
    pub batches: Vec<Batch>,
    /// The highest peak on any circuit.
    pub peak: Known<Amps>,
    /// The peak that may trip a breaker at once.
    pub trip: Known<Amps>,
    /// The most boards to a batch that keep every circuit below that.
    pub most: u32,
}

/// Supplies that are switched on together.
#[derive(Clone, Debug)]
pub struct Batch {
    /// Their numbers in [`Wiring::feeds`].
    pub supplies: std::ops::Range<usize>,
    /// Their boards.
    pub boards: u32,
    /// The circuit with the highest peak, by its number in the mains.
    pub circuit: usize,
    /// That peak.
    pub peak: Amps,
    /// What the whole cluster draws afterwards, boards under full load.
    pub afterwards: Watts,
}

/// Works out the batches; `None` if no supply is plugged in anywhere.
pub(super) fn plan(
    document: &Document,
    cluster: &Cluster,
    wiring: &Wiring,
    ledger: &mut Ledger,
) -> Option<BootPlan> {
    let (id, supply) = wiring.supply.as_ref()?;
    let site = Site::find(document, wiring, supply)?;
    let design = &document.design.power;
    let inrush =
        ledger.fact(&format!("catalog.supplies.{id}"), "inrush", &supply.inrush, &supply.source);
    let multiple = ledger.assume(
        "power.trip_multiple",
        TRIP_MULTIPLE,
        "the least at which common breakers trip at once: 5 × their rating (IEC 60898 type C: 5 to \
         10; US breakers vary)",
    );
    let rated = ledger.given("power.circuit.amps", design.circuit.amps);
    let trip = ledger.derive(
        "power.trip",
        "power.circuit.amps × power.trip_multiple",
        &[&rated, &multiple],
        rated.value * multiple.value,
    );
    let wanted = design.boot.as_ref().map(|boot| boot.batch);
    let boards: Vec<u32> =
        wiring.feeds.iter().map(|feed| feed.boards.end.saturating_sub(feed.boards.start)).collect();
    let least = boards.iter().copied().max().unwrap_or(0);
    let batches = site.batches(&boards, wanted);
    let highest = batches.iter().map(|batch| batch.peak.0).fold(0.0, f64::max);
    let peak = ledger.derive(
        "power.boot_peak",
        "on the worst circuit: what already runs on it + supplies of the batch × inrush",
        &[&inrush, &wiring.demand.board_stress],
        Amps(highest),
    );
    let most = site.most(&boards, cluster.bank.boards.value, trip.value);
    Some(BootPlan { wanted, least, batches, peak, trip, most })
}

/// Breakers trip at once from this many times their rating.
const TRIP_MULTIPLE: f64 = 5.0;
/// A plan of more batches is a list that nobody reads.
const MOST_BATCHES: usize = 10_000;

/// What the batches are worked out from.
struct Site {
    /// The circuit of each supply, by the supply's number.
    circuit: Vec<Option<usize>>,
    /// What each supply draws when its boards run, in amperes, and in watts.
    running: Vec<(f64, Watts)>,
    /// What runs on each circuit before any board does, in amperes.
    before: Vec<f64>,
    /// What the whole cluster draws before any board does.
    idle: Watts,
    /// The peak of one supply.
    inrush: f64,
}

impl Site {
    fn find(document: &Document, wiring: &Wiring, supply: &Supply) -> Option<Site> {
        let volts = document.design.power.circuit.volts.0;
        let mut site = Site {
            circuit: vec![None; wiring.feeds.len()],
            running: vec![(0.0, Watts(0.0)); wiring.feeds.len()],
            before: vec![0.0; wiring.mains.circuits.len()],
            idle: Watts(0.0),
            inrush: supply.inrush.value.0,
        };
        for load in &wiring.mains.loads {
            let circuit = load.outlet.map(|outlet| outlet.circuit);
            let amps = load.volt_amperes() / volts;
            if let LoadKind::Supply(number) = load.what {
                site.circuit[number] = circuit;
                site.running[number] = (amps, load.watts);
            } else {
                site.idle = site.idle + load.watts;
                if let Some(circuit) = circuit {
                    site.before[circuit] += amps;
                }
            }
        }
        site.circuit.iter().any(Option::is_some).then_some(site)
    }

    /// The batches, in the order of the supplies.
    fn batches(&self, boards: &[u32], wanted: Option<u32>) -> Vec<Batch> {
        let mut batches: Vec<Batch> = Vec::new();
        let mut running = self.before.clone();
        let mut drawn = self.idle;
        let mut first = 0;
        while first < boards.len() && batches.len() < MOST_BATCHES {
            let mut last = first + 1;
            let mut count = boards[first];
            while last < boards.len()
                && wanted.is_none_or(|wanted| count.saturating_add(boards[last]) <= wanted)
            {
                count = count.saturating_add(boards[last]);
                last += 1;
            }
            let mut peaks: std::collections::BTreeMap<usize, f64> =
                std::collections::BTreeMap::new();
            for supply in first..last {
                drawn = drawn + self.running[supply].1;
                if let Some(circuit) = self.circuit[supply] {
                    *peaks.entry(circuit).or_insert(running[circuit]) += self.inrush;
                }
            }
            for supply in first..last {
                if let Some(circuit) = self.circuit[supply] {
                    running[circuit] += self.running[supply].0;
                }
            }
            let worst = peaks.into_iter().max_by(|a, b| a.1.total_cmp(&b.1).then(b.0.cmp(&a.0)));
            let (circuit, peak) = worst.unwrap_or((0, 0.0));
            batches.push(Batch {
                supplies: first..last,
                boards: count,
                circuit,
                peak: Amps(peak),
                afterwards: drawn,
            });
            first = last;
        }
        batches
    }

    /// The largest batch, in steps of the boards of one supply, that keeps every circuit below the
    /// limit; 0 if not even one supply does.
    fn most(&self, boards: &[u32], step: u32, limit: Amps) -> u32 {
        let step = boards.iter().copied().max().unwrap_or(step).max(1);
        let supplies = u32::try_from(boards.len()).unwrap_or(u32::MAX);
        let stays = |count: u32| {
            let batches = self.batches(boards, Some(step.saturating_mul(count)));
            batches.iter().all(|batch| batch.peak < limit)
        };
        if !stays(1) {
            return 0;
        }
        // Larger batches put no less on any circuit at once, near enough to search by halves.
        let (mut good, mut bad) = (1, supplies.saturating_add(1));
        while bad - good > 1 {
            let middle = good.midpoint(bad);
            if stays(middle) { good = middle } else { bad = middle }
        }
        step.saturating_mul(good)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Two circuits, two supplies of 42 boards on each in turn, 2 A each when they run, 40 A when
    /// they are switched on; 1 A runs on each circuit before.
    fn site() -> Site {
        Site {
            circuit: vec![Some(0), Some(1), Some(0), Some(1)],
            running: vec![(2.0, Watts(200.0)); 4],
            before: vec![1.0, 1.0],
            idle: Watts(200.0),
            inrush: 40.0,
        }
    }

    const BOARDS: [u32; 4] = [42; 4];

    /// All at once: 1 + 2 × 40 = 81 A on each circuit.
    #[test]
    fn all_at_once_the_peaks_add_up() {
        let batches = site().batches(&BOARDS, None);
        assert_eq!(batches.len(), 1);
        assert_eq!((batches[0].boards, batches[0].peak), (168, Amps(81.0)));
        assert_eq!(batches[0].afterwards, Watts(1000.0));
    }

    /// One by one: 1 + 40, and on the second round 1 + 2 + 40 = 43 A.
    #[test]
    fn in_batches_only_what_runs_adds_to_the_peak() {
        let peaks: Vec<f64> =
            site().batches(&BOARDS, Some(42)).iter().map(|batch| batch.peak.0).collect();
        assert_eq!(peaks, [41.0, 41.0, 43.0, 43.0]);
        // A supply is not switched in parts.
        assert_eq!(site().batches(&BOARDS, Some(10)).len(), 4);
    }

    /// Two supplies at once lie on two circuits; three put two on one: 81 A.
    #[test]
    fn the_largest_batch_that_no_breaker_minds() {
        assert_eq!(site().most(&BOARDS, 42, Amps(50.0)), 84);
        assert_eq!(site().most(&BOARDS, 42, Amps(100.0)), 168);
        assert_eq!(site().most(&BOARDS, 42, Amps(40.0)), 0);
    }
}
