//! What one board takes, one bank, each rack, and the cluster: the bill of materials as it is put
//! together.
//!
//! Promise: a level lists what it takes itself, and the levels in it as lines of their own; so the
//! cluster's sum is that of all lines, to the cent. Racks that hold the same are one level.

use std::collections::BTreeMap;

use super::uses::RackExtent;
use super::{Bom, Line};
use crate::export::{Cell, Table};
use crate::units::Money;

/// So many racks' numbers are listed.
const MOST_NUMBERS: usize = 20;

/// One level.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Level {
    /// `board`, `bank`, `rack-1`, …, `spares`, `cluster`.
    pub name: String,
    /// What it is, for people.
    pub about: String,
    /// How often it is there.
    pub times: u64,
    /// What it takes.
    pub entries: Vec<Entry>,
}

/// One line of a level.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Entry {
    /// What it takes.
    pub what: What,
    /// How many. Of boards it can be negative: places in banks that stay empty.
    pub quantity: i64,
}

/// What a level takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum What {
    /// A line of the bill, by its number.
    Line(usize),
    /// Another level, by its number; it stands before.
    Level(usize),
}

/// Columns that all tables of lines begin with.
pub(super) const COLUMNS: [&str; 8] =
    ["category", "item", "description", "quantity", "unit", "unit_price", "total", "currency"];

impl Bom {
    /// All levels; each comes after those that it takes.
    pub fn levels(&self) -> Vec<Level> {
        let extent = &self.extent;
        let own = |times: &dyn Fn(&Line) -> u64| -> Vec<Entry> {
            let lines = self.lines.iter().enumerate();
            let taken = lines.map(|(at, line)| (at, times(line))).filter(|(_, count)| *count > 0);
            taken.map(|(at, count)| Entry::new(What::Line(at), signed(count))).collect()
        };
        let level = |name: &str, about: &str, times, entries| Level {
            name: name.to_owned(),
            about: about.to_owned(),
            times,
            entries,
        };
        let (board, bank) = (What::Level(0), What::Level(1));
        let mut levels = vec![
            level("board", "a board with what every board takes", extent.boards, {
                own(&|line| line.uses.board)
            }),
            level("bank", "a bank with all of its boards", extent.banks(), {
                let mut entries = own(&|line| line.uses.bank);
                entries.push(Entry::new(board, signed(extent.places)));
                entries
            }),
        ];
        let mut cluster = Vec::new();
        for KindOfRack { numbers, at, rack } in self.kinds_of_racks() {
            let mut entries = own(&|line| line.uses.racks.get(at).copied().unwrap_or_default());
            entries.push(Entry::new(bank, signed(rack.banks)));
            let empty = signed(rack.boards) - signed(rack.banks * extent.places);
            entries.push(Entry::new(board, empty));
            cluster.push(Entry::new(What::Level(levels.len()), signed(numbers.len() as u64)));
            let name = format!("rack-{}", rack.number);
            levels.push(level(&name, &racks(&numbers), numbers.len() as u64, entries));
        }
        let placed: u64 = extent.racks.iter().map(|rack| rack.boards).sum();
        cluster.push(Entry::new(board, signed(extent.boards) - signed(placed)));
        let spares = own(&|line| line.uses.spares);
        if !spares.is_empty() {
            cluster.push(Entry::new(What::Level(levels.len()), 1));
            levels.push(level("spares", "what is made and bought beyond that", 1, spares));
        }
        cluster.splice(0..0, own(&|line| line.uses.cluster));
        levels.push(level("cluster", "everything", 1, cluster));
        for level in &mut levels {
            level.entries.retain(|entry| entry.quantity != 0);
        }
        levels
    }

    /// Racks that hold the same, by the first of each.
    fn kinds_of_racks(&self) -> Vec<KindOfRack> {
        let mut kinds: BTreeMap<(u64, u64, Vec<u64>), KindOfRack> = BTreeMap::new();
        for (at, &rack) in self.extent.racks.iter().enumerate() {
            let own = self.lines.iter().map(|line| line.uses.racks.get(at).copied());
            let own = own.map(Option::unwrap_or_default).collect();
            let kind = kinds.entry((rack.banks, rack.boards, own));
            let numbers = Vec::new();
            kind.or_insert_with(|| KindOfRack { numbers, at, rack }).numbers.push(rack.number);
        }
        let mut kinds: Vec<KindOfRack> = kinds.into_values().collect();
        kinds.sort_by_key(|kind| kind.at);
        kinds
    }

    /// What one of each level costs.
    pub fn level_totals(&self, levels: &[Level]) -> Vec<Money> {
        let mut totals: Vec<Money> = Vec::new();
        for level in levels {
            let total = level.entries.iter().filter_map(|entry| {
                let each = self.price_in(entry.what, &totals)?;
                Some(each * rust_decimal::Decimal::from(entry.quantity))
            });
            let total = total.sum();
            totals.push(total);
        }
        totals
    }

    fn price_in(&self, what: What, totals: &[Money]) -> Option<Money> {
        match what {
            What::Line(line) => self.lines[line].unit_price(),
            What::Level(level) => totals.get(level).copied(),
        }
    }

    /// One level as a table.
    pub(super) fn level_table(&self, levels: &[Level], at: usize, totals: &[Money]) -> Table {
        let mut table = Table::new(COLUMNS);
        for entry in &levels[at].entries {
            let price = self.price_in(entry.what, totals);
            let total = price.map(|price| price * rust_decimal::Decimal::from(entry.quantity));
            let [category, item, description, unit] = match entry.what {
                What::Line(line) => {
                    let line = &self.lines[line];
                    [line.category, &line.item, &line.description, line.unit]
                }
                What::Level(level) if entry.quantity < 0 => {
                    ["level", &levels[level].name, "places that stay empty", "piece"]
                }
                What::Level(level) => ["level", &levels[level].name, &levels[level].about, "piece"],
            };
            table.push([
                Cell::from(category),
                Cell::from(item),
                Cell::from(description),
                Cell::Integer(entry.quantity),
                Cell::from(unit),
                Cell::from(price),
                Cell::from(total),
                Cell::from(self.currency.clone()),
            ]);
        }
        table
    }

    /// `levels.csv`: all levels below each other.
    pub fn levels_table(&self) -> Table {
        let mut columns = vec!["level", "times"];
        columns.extend(COLUMNS);
        let mut all = Table::new(columns);
        let levels = self.levels();
        let totals = self.level_totals(&levels);
        for (at, level) in levels.iter().enumerate() {
            for row in self.level_table(&levels, at, &totals).rows() {
                let mut cells =
                    vec![Cell::from(level.name.clone()), Cell::Integer(signed(level.times))];
                cells.extend(row.iter().cloned());
                all.push(cells);
            }
        }
        all
    }

    /// What one of each level costs, as a table.
    pub(super) fn level_costs(&self) -> Table {
        let levels = self.levels();
        let totals = self.level_totals(&levels);
        let mut table = Table::new(["level", "what", "times", "each", "currency"]);
        for (level, total) in levels.iter().zip(totals) {
            table.push([
                Cell::from(level.name.clone()),
                Cell::from(level.about.clone()),
                Cell::Integer(signed(level.times)),
                Cell::from(total),
                Cell::from(self.currency.clone()),
            ]);
        }
        table
    }

    /// All lines, each level, and the work, as Markdown.
    pub fn to_markdown(&self) -> String {
        let mut text = self.table().to_markdown();
        let levels = self.levels();
        let totals = self.level_totals(&levels);
        for (at, level) in levels.iter().enumerate() {
            let Level { name, about, times, .. } = level;
            let (total, currency) = (totals[at], &self.currency);
            let heading = format!("\n## {name}: {about}\n\n");
            let sum = format!("{times} of these, {total} {currency} each.\n\n");
            text.extend([heading, sum]);
            text.push_str(&self.level_table(&levels, at, &totals).to_markdown());
        }
        text.push_str(&self.work_report());
        text
    }
}

/// Racks that hold the same.
struct KindOfRack {
    /// Their numbers.
    numbers: Vec<u32>,
    /// Position of the first.
    at: usize,
    /// What it holds.
    rack: RackExtent,
}

impl Entry {
    fn new(what: What, quantity: i64) -> Entry {
        Entry { what, quantity }
    }
}

/// `rack 1 with all that it holds`, `each of racks 2, 3, 4 …`.
fn racks(numbers: &[u32]) -> String {
    let listed: Vec<String> = numbers.iter().take(MOST_NUMBERS).map(u32::to_string).collect();
    let more = if numbers.len() > MOST_NUMBERS { ", …" } else { "" };
    match numbers {
        [only] => format!("rack {only} with all that it holds"),
        _ => format!("each of racks {}{more} with all that it holds", listed.join(", ")),
    }
}

pub(super) fn signed(count: u64) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}
