//! What it all costs: goods, tax, shipping, work.

use std::collections::BTreeMap;

use super::levels::signed;
use super::{Bom, Line, PriceBasis, Role};
use crate::export::{Cell, Table};
use crate::spec::Costs;
use crate::units::Money;

/// The sum, and what it consists of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cost {
    /// Goods by category.
    pub categories: BTreeMap<&'static str, Money>,
    /// All goods.
    pub goods: Money,
    /// Tax on them.
    pub tax: Money,
    /// Their shipping.
    pub shipping: Money,
    /// Assembly.
    pub labour: Money,
}

impl Cost {
    /// Everything together.
    pub fn total(&self) -> Money {
        self.goods + self.tax + self.shipping + self.labour
    }
}

impl Bom {
    /// Adds up all lines that have a price, and what comes on top of them.
    pub fn cost(&self) -> Cost {
        let mut categories: BTreeMap<&'static str, Money> = BTreeMap::new();
        // The money of stock stands in what is made of it.
        for line in self.lines.iter().filter(|line| line.role != Role::Stock) {
            *categories.entry(line.category).or_default() += line.total().unwrap_or_default();
        }
        let Costs { tax, shipping, hour } = self.charges;
        let goods = self.total();
        Cost {
            categories,
            goods,
            tax: goods.scaled(tax.0),
            shipping,
            labour: hour.scaled(self.work.total.value.0),
        }
    }

    /// `cost.md`: the sum, how sure it is, and the work.
    pub fn cost_report(&self, title: &str, boards: u32) -> String {
        let cost = self.cost();
        let currency = &self.currency;
        let total = cost.total();
        let each = total.scaled(1.0 / f64::from(boards.max(1)));
        let mut text = format!(
            "# What {title} costs\n\n**{total} {currency}: {each} for each of {boards} boards**\n\n"
        );
        text.push_str(&self.sums().to_markdown());
        text.push_str(&self.level_report());
        text.push_str(&self.purchase_report());
        text.push_str(&self.confidence(cost.goods));
        text.push_str(&self.work_report());
        text
    }

    fn level_report(&self) -> String {
        let costs = self.level_costs().to_markdown();
        format!(
            "\n## By level\n\nEach level with all that is in it, goods only; `levels.csv` has the \
             lines.\n\n{costs}"
        )
    }

    /// What whole packs, spools, bars, sheets and cans cost.
    fn purchase_report(&self) -> String {
        let mut text = format!(
            "\n## What to order\n\nThe goods above are what goes into the cluster. Bought as it is \
             sold, whole packs, spools, bars, sheets and cans, it comes to {} {}: `purchase.csv` \
             lists it.\n",
            self.paid(),
            self.currency
        );
        let table = self.left_over();
        if !table.rows().is_empty() {
            text.extend(["\n", &table.to_markdown()]);
        }
        text
    }

    /// How much of the sum nobody vouches for, and how old its prices are.
    fn confidence(&self, goods: Money) -> String {
        let of = |basis| self.lines.iter().filter(move |line| line.price.basis == basis);
        let unverified: Money = of(PriceBasis::Unverified).filter_map(Line::total).sum();
        let missing: Vec<&str> = of(PriceBasis::Missing).map(|line| line.item.as_str()).collect();
        let mut text = format!(
            "\n## How sure it is\n\nUnit prices that no source confirms make up {unverified} of \
             {goods} {}. `prices:` in the design, or a CSV file that it names, replaces them.\n",
            self.currency
        );
        if !missing.is_empty() {
            let list = missing.join(", ");
            text.extend(["\nWithout a price, and not in the sum: ", &list, ".\n"]);
        }
        let mut table = Table::new(["item", "unit_price", "as_of", "source"]);
        for line in self.lines.iter().filter(|line| line.price.date.is_some()) {
            table.push([
                Cell::from(line.item.clone()),
                Cell::from(line.unit_price()),
                Cell::from(line.price.date.clone()),
                Cell::from(line.price.source.clone()),
            ]);
        }
        if table.rows().is_empty() {
            text.push_str("\nNo price has a date: ask again before you order.\n");
        } else {
            text.push_str("\nPrices with a date; the others have none:\n\n");
            text.push_str(&table.to_markdown());
        }
        text
    }

    /// The steps of the assembly, as Markdown.
    pub(super) fn work_report(&self) -> String {
        format!(
            "\n## Work\n\n{} hours by one person, printing and carpentry not counted. The minutes \
             are keys under `labour:`: measure your own.\n\n{}",
            tenth(self.work.total.value.0),
            self.work_table().to_markdown()
        )
    }

    /// The steps of the assembly.
    pub(super) fn work_table(&self) -> Table {
        let mut table = Table::new(["step", "times", "minutes_each", "hours"]);
        for step in &self.work.steps {
            table.push([
                Cell::from(step.what),
                Cell::Integer(signed(step.count)),
                Cell::Number(step.each.0),
                Cell::Number(tenth(step.minutes.value.0 / 60.0)),
            ]);
        }
        table
    }

    /// Each category, and what comes on top.
    pub(super) fn sums(&self) -> Table {
        let cost = self.cost();
        let mut table = Table::new(["category", "total", "currency"]);
        let categories = cost.categories.iter().map(|(category, total)| (*category, *total));
        let extra = [
            ("goods", cost.goods),
            ("tax", cost.tax),
            ("shipping", cost.shipping),
            ("labour", cost.labour),
            ("total", cost.total()),
        ];
        for (category, total) in categories.chain(extra) {
            table.push([
                Cell::from(category),
                Cell::from(total),
                Cell::from(self.currency.clone()),
            ]);
        }
        table
    }
}

fn tenth(value: f64) -> f64 {
    (value * 10.0).round() / 10.0
}
