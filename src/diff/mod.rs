//! What changes from one design to another: parts to print again, things to buy, money, findings,
//! numbers.
//!
//! Promise: parts are the same only if their meshes are, to the byte; money is exact; equal designs
//! have no difference, whatever their texts look like. Not promised: that old parts can be put to
//! another use.

mod text;

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use crate::checks::{Finding, Severity};
use crate::outputs::sha256;
use crate::pipeline::{Internal, Outcome};
use crate::units::Money;

/// Everything that changes.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Difference {
    /// Printed parts, by name.
    pub parts: Vec<PartChange>,
    /// Lines of the bill of materials, by item.
    pub bom: Vec<LineChange>,
    /// The bill's total.
    pub cost: CostChange,
    /// Findings that were not there, or not as bad; passes do not count.
    pub findings_gained: Vec<FindingChange>,
    /// Findings that are gone, or were worse.
    pub findings_lost: Vec<FindingChange>,
    /// Recorded numbers, by name.
    pub quantities: Vec<QuantityChange>,
}

/// A printed part that is new, gone, of another shape, or needed in another number.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct PartChange {
    /// Its name.
    pub part: String,
    /// What happened to it.
    pub change: Change,
    /// How many the old design takes.
    pub old_copies: u64,
    /// How many the new one takes.
    pub new_copies: u64,
    /// How many are to be printed if the old design was printed in full.
    pub to_print: u64,
    /// How many of the old ones are of no more use.
    pub left_over: u64,
    /// Hash of the old mesh, as the STL file stores it.
    pub old_sha256: Option<String>,
    /// Hash of the new mesh.
    pub new_sha256: Option<String>,
}

/// What happened to a thing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Change {
    /// It was not there.
    Added,
    /// It is not there any more.
    Removed,
    /// It is of another shape.
    Reshaped,
    /// There are more or fewer of it.
    Recounted,
}

/// A line of the bill of materials.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct LineChange {
    /// Its item.
    pub item: String,
    /// Pieces in the old design.
    pub old_quantity: u64,
    /// Pieces in the new one.
    pub new_quantity: u64,
    /// What the old pieces cost; nothing if there is no price.
    pub old_total: Option<Money>,
    /// What the new ones cost.
    pub new_total: Option<Money>,
}

/// The bill's total.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct CostChange {
    /// Currency and total of the old design.
    pub old: (String, Money),
    /// Currency and total of the new one.
    pub new: (String, Money),
    /// New less old, with its sign; nothing if their currencies differ.
    pub delta: Option<String>,
}

/// A finding that came or went.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct FindingChange {
    /// Its code.
    pub code: &'static str,
    /// How bad it is.
    pub severity: Severity,
    /// What it is about.
    pub subject: String,
    /// What was found.
    pub measured: String,
    /// What it was held against.
    pub limit: String,
}

/// A recorded number.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct QuantityChange {
    /// Its name.
    pub name: String,
    /// Its old value with its unit; nothing if it is new.
    pub old: Option<String>,
    /// Its new value; nothing if it is gone.
    pub new: Option<String>,
}

impl Difference {
    /// Compares two designs that were worked out.
    ///
    /// # Errors
    /// Only if this program contradicts itself.
    pub fn between(old: &Outcome, new: &Outcome) -> Result<Difference, Internal> {
        let (gained, lost) = findings(&old.findings, &new.findings);
        Ok(Difference {
            parts: parts(old, new)?,
            bom: bom(old, new)?,
            cost: cost(old, new),
            findings_gained: gained,
            findings_lost: lost,
            quantities: quantities(old, new),
        })
    }

    /// As one JSON object, with a line break at its end.
    ///
    /// # Errors
    /// Only if this program contradicts itself.
    pub fn to_json(&self) -> Result<String, Internal> {
        serde_json::to_string_pretty(self).map(|text| text + "\n").map_err(Internal::Json)
    }

    /// Does nothing change?
    pub fn is_empty(&self) -> bool {
        self.parts.is_empty()
            && self.bom.is_empty()
            && self.cost.old == self.cost.new
            && self.findings_gained.is_empty()
            && self.findings_lost.is_empty()
            && self.quantities.is_empty()
    }
}

/// Everything in either map, with what each of them has.
fn joined<'a, K: Ord + Clone, V>(
    old: &'a BTreeMap<K, V>,
    new: &'a BTreeMap<K, V>,
) -> impl Iterator<Item = (K, Option<&'a V>, Option<&'a V>)> {
    let keys: BTreeSet<K> = old.keys().chain(new.keys()).cloned().collect();
    keys.into_iter().map(|key| {
        let both = (old.get(&key), new.get(&key));
        (key, both.0, both.1)
    })
}

/// A part's mesh, and how often it is made.
#[derive(PartialEq)]
struct Made {
    /// `None` if it could not be modelled.
    sha256: Option<String>,
    copies: u64,
}

fn made(outcome: &Outcome) -> Result<BTreeMap<String, Made>, Internal> {
    let parts = outcome.prints.iter().map(|print| {
        let sha256 = match &print.mesh {
            Some(mesh) => {
                let failed = |problem| Internal::Proof { part: print.part.name.clone(), problem };
                Some(sha256(&mesh.to_stl().map_err(failed)?))
            }
            None => None,
        };
        Ok((print.part.name.clone(), Made { sha256, copies: outcome.copies(&print.part) }))
    });
    parts.collect()
}

fn parts(old: &Outcome, new: &Outcome) -> Result<Vec<PartChange>, Internal> {
    let (old, new) = (made(old)?, made(new)?);
    let changes = joined(&old, &new).filter(|(_, old, new)| old != new);
    Ok(changes.map(|(part, old, new)| part_change(part, old, new)).collect())
}

fn part_change(part: String, old: Option<&Made>, new: Option<&Made>) -> PartChange {
    let copies = |made: Option<&Made>| made.map_or(0, |made| made.copies);
    let hash = |made: Option<&Made>| made.and_then(|made| made.sha256.clone());
    let (old_copies, new_copies) = (copies(old), copies(new));
    let (old_sha256, new_sha256) = (hash(old), hash(new));
    let same_shape = old_sha256 == new_sha256;
    let change = match (old, new) {
        (None, _) => Change::Added,
        (_, None) => Change::Removed,
        _ if same_shape => Change::Recounted,
        _ => Change::Reshaped,
    };
    let of_use = if same_shape { old_copies.min(new_copies) } else { 0 };
    PartChange {
        part,
        change,
        old_copies,
        new_copies,
        to_print: new_copies - of_use,
        left_over: old_copies - of_use,
        old_sha256,
        new_sha256,
    }
}

/// Pieces and totals by item, bars and sheets to buy among them: an item may stand in several lines.
fn lines(outcome: &Outcome) -> Result<BTreeMap<String, (u64, Option<Money>)>, Internal> {
    let mut lines: BTreeMap<String, (u64, Option<Money>)> = BTreeMap::new();
    for line in outcome.whole_bom()?.lines {
        let total = line.total();
        let sum = lines.entry(line.item).or_insert((0, Some(Money::ZERO)));
        sum.0 += line.quantity;
        sum.1 = sum.1.zip(total).map(|(sum, total)| sum + total);
    }
    Ok(lines)
}

fn bom(old: &Outcome, new: &Outcome) -> Result<Vec<LineChange>, Internal> {
    let (old, new) = (lines(old)?, lines(new)?);
    let nothing = (0, Some(Money::ZERO));
    let changed = joined(&old, &new).filter(|(_, old, new)| old != new);
    let changes = changed.map(|(item, old, new)| {
        let (old_quantity, old_total) = *old.unwrap_or(&nothing);
        let (new_quantity, new_total) = *new.unwrap_or(&nothing);
        LineChange { item, old_quantity, new_quantity, old_total, new_total }
    });
    Ok(changes.collect())
}

fn cost(old: &Outcome, new: &Outcome) -> CostChange {
    let (old, new) = (&old.bom, &new.bom);
    let delta = (old.currency == new.currency).then(|| signed(old.total(), new.total()));
    CostChange {
        old: (old.currency.clone(), old.total()),
        new: (new.currency.clone(), new.total()),
        delta,
    }
}

/// What must be added to `old` to come to `new`, with its sign.
fn signed(old: Money, new: Money) -> String {
    if new < old { format!("−{}", old - new) } else { format!("+{}", new - old) }
}

/// Findings of `new` that `old` has not, and the other way round. The same code about the same
/// subject is another finding if its severity is another.
fn findings(old: &[Finding], new: &[Finding]) -> (Vec<FindingChange>, Vec<FindingChange>) {
    let without = |all: &[Finding], others: &[Finding]| -> Vec<FindingChange> {
        let known = |finding: &Finding| (finding.code, finding.severity, finding.subject.clone());
        let others: BTreeSet<_> = others.iter().map(known).collect();
        all.iter()
            .filter(|finding| finding.severity != Severity::Pass)
            .filter(|finding| !others.contains(&known(finding)))
            .map(|finding| FindingChange {
                code: finding.code,
                severity: finding.severity,
                subject: finding.subject.clone(),
                measured: finding.measured.clone(),
                limit: finding.limit.clone(),
            })
            .collect()
    };
    (without(new, old), without(old, new))
}

fn quantities(old: &Outcome, new: &Outcome) -> Vec<QuantityChange> {
    let values = |outcome: &Outcome| -> BTreeMap<String, String> {
        let all = outcome.ledger.iter();
        all.map(|(name, quantity)| (name.to_owned(), quantity.amount.to_string())).collect()
    };
    let (old, new) = (values(old), values(new));
    let changes = joined(&old, &new).filter(|(_, old, new)| old != new);
    changes
        .map(|(name, old, new)| QuantityChange { name, old: old.cloned(), new: new.cloned() })
        .collect()
}
