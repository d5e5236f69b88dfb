//! A difference for people.

use std::fmt::{self, Display};

use super::{Change, Difference, FindingChange, LineChange, PartChange};
use crate::checks::Severity;
use crate::units::Money;

impl Display for Difference {
    /// A section for each kind of change; a kind without changes is left out.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.is_empty() {
            return f.write_str("no difference\n");
        }
        section(f, "parts to print", &rows(&self.parts, part))?;
        section(f, "bill of materials", &rows(&self.bom, line))?;
        self.cost(f)?;
        section(f, "findings gained", &rows(&self.findings_gained, |it| finding(it, '+')))?;
        section(f, "findings lost", &rows(&self.findings_lost, |it| finding(it, '−')))?;
        let quantities = rows(&self.quantities, |quantity| {
            let side = |value: &Option<String>| value.clone().unwrap_or_else(|| "–".to_owned());
            [quantity.name.clone(), side(&quantity.old), "→".to_owned(), side(&quantity.new)]
        });
        section(f, "quantities", &quantities)
    }
}

impl Difference {
    fn cost(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let cost = &self.cost;
        if cost.old == cost.new {
            return Ok(());
        }
        let amount = |(currency, total): &(String, Money)| format!("{total} {currency}");
        let delta = cost.delta.as_ref().map_or(String::new(), |delta| format!(" ({delta})"));
        writeln!(f, "cost\n  {} → {}{delta}\n", amount(&cost.old), amount(&cost.new))
    }
}

fn rows<T, const N: usize>(all: &[T], row: impl Fn(&T) -> [String; N]) -> Vec<[String; N]> {
    all.iter().map(row).collect()
}

fn part(part: &PartChange) -> [String; 3] {
    let what = match part.change {
        Change::Added => "new",
        Change::Removed => "gone",
        Change::Reshaped => "another shape",
        Change::Recounted => "another number",
    };
    let mut todo = Vec::new();
    if part.to_print > 0 {
        todo.push(format!("print {}", part.to_print));
    }
    if part.left_over > 0 {
        todo.push(format!("{} left over", part.left_over));
    }
    if part.change != Change::Removed && part.new_sha256.is_none() {
        todo.push("cannot be made".to_owned());
    }
    [part.part.clone(), what.to_owned(), todo.join(", ")]
}

fn line(line: &LineChange) -> [String; 3] {
    let (old, new) = (line.old_quantity, line.new_quantity);
    let count = if old == new { format!("{new}") } else { format!("{old} → {new}") };
    let money = match (line.old_total, line.new_total) {
        (Some(old), Some(new)) if old != new => super::signed(old, new),
        (Some(_), Some(_)) => String::new(),
        _ => "no price".to_owned(),
    };
    [line.item.clone(), count, money]
}

fn finding(finding: &FindingChange, sign: char) -> [String; 3] {
    let severity = match finding.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Note => "note",
        Severity::Pass => "pass",
    };
    [
        format!("{sign} {severity}"),
        finding.code.to_owned(),
        format!("{}: {}, limit {}", finding.subject, finding.measured, finding.limit),
    ]
}

/// A heading and aligned columns; nothing without rows.
fn section<const N: usize>(
    f: &mut fmt::Formatter<'_>,
    heading: &str,
    rows: &[[String; N]],
) -> fmt::Result {
    if rows.is_empty() {
        return Ok(());
    }
    let mut widths = [0; N];
    for row in rows {
        for (width, cell) in widths.iter_mut().zip(row) {
            *width = cell.chars().count().max(*width);
        }
    }
    writeln!(f, "{heading}")?;
    for row in rows {
        let cells = row.iter().zip(widths).map(|(cell, width)| format!("{cell:<width$}"));
        writeln!(f, "  {}", cells.collect::<Vec<_>>().join("  ").trim_end())?;
    }
    writeln!(f)
}

#[cfg(test)]
mod tests {
    use super::super::{CostChange, QuantityChange};
    use super::*;

    #[test]
    fn every_kind_of_change_has_its_section() {
        let part = |part: &str, change, counts: [u64; 4], sha256: Option<&str>| PartChange {
            part: part.to_owned(),
            change,
            old_copies: counts[0],
            new_copies: counts[1],
            to_print: counts[2],
            left_over: counts[3],
            old_sha256: None,
            new_sha256: sha256.map(str::to_owned),
        };
        let finding = |severity| FindingChange {
            code: "PWR-outlets",
            severity,
            subject: "outlets".to_owned(),
            measured: "17 plugs".to_owned(),
            limit: "16 outlets".to_owned(),
        };
        let dollars = |cents| ("USD".to_owned(), Money::cents(cents));
        let difference = Difference {
            parts: vec![
                part("caddy", Change::Reshaped, [10, 12, 12, 10], Some("a")),
                part("end-bracket-left", Change::Recounted, [1, 3, 2, 0], Some("b")),
                part("fan-caddy", Change::Removed, [5, 0, 0, 5], None),
                part("fit-coupon", Change::Added, [0, 1, 1, 0], None),
            ],
            bom: vec![LineChange {
                item: "raspberry-pi-5".to_owned(),
                old_quantity: 10,
                new_quantity: 9,
                old_total: Some(Money::cents(80_000)),
                new_total: Some(Money::cents(72_000)),
            }],
            cost: CostChange {
                old: dollars(80_000),
                new: dollars(72_000),
                delta: Some("−80.00".to_owned()),
            },
            findings_gained: vec![finding(Severity::Error)],
            findings_lost: vec![finding(Severity::Warning)],
            quantities: vec![QuantityChange {
                name: "pis".to_owned(),
                old: None,
                new: Some("9".to_owned()),
            }],
        };
        assert_eq!(
            difference.to_string(),
            "\
parts to print
  caddy             another shape   print 12, 10 left over
  end-bracket-left  another number  print 2
  fan-caddy         gone            5 left over
  fit-coupon        new             print 1, cannot be made

bill of materials
  raspberry-pi-5  10 → 9  −80.00

cost
  800.00 USD → 720.00 USD (−80.00)

findings gained
  + error  PWR-outlets  outlets: 17 plugs, limit 16 outlets

findings lost
  − warning  PWR-outlets  outlets: 17 plugs, limit 16 outlets

quantities
  pis  –  →  9

"
        );
    }
}
