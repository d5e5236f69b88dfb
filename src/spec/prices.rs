//! The design's own prices: written in it, or in a CSV file that it names.
//!
//! The file has a header: the columns `item` and `price`, and if you like `date` and `source`, in any
//! order, others beside them; commas or semicolons. A row without a price says nothing. Every wrong
//! row is reported with its line, the header being line 1.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::Arc;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Serialize};

use super::bundle::Files;
use super::code;
use super::date::is_year_month_or_day;
use super::diagnostic::Diagnostic;
use super::index::shortened;
use super::named_file::{NamedFile, at, within};
use super::places::Places;
use crate::units::Money;

/// A list of everything that a shop sells.
const LARGEST: usize = 16 << 20;
/// Names and sources are one line of at most so many characters.
const LONGEST_TEXT: usize = 200;

/// Prices by BOM item.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Prices {
    /// Written in the design.
    Items(BTreeMap<String, OwnPrice>),
    /// A CSV file next to it.
    File(String),
}

/// A price that the design sets.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "Form", into = "Form")]
pub struct OwnPrice {
    /// The amount.
    pub price: Money,
    /// Year, month or day that it was so.
    pub date: Option<String>,
    /// Who asks for it.
    pub source: Option<String>,
}

/// A price as it is written: bare, or with what is known about it.
#[derive(Serialize, Deserialize)]
#[serde(untagged)]
enum Form {
    Plain(Money),
    Full(Full),
}

#[derive(Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Full {
    /// The unit price.
    price: Money,
    /// Year, month or day that it was so: `"2026"`, `2026-03` or `2026-03-02`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(extend("x-pibuild-date" = true))]
    date: Option<String>,
    /// Who asks for it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    source: Option<String>,
}

impl From<Form> for OwnPrice {
    fn from(form: Form) -> OwnPrice {
        match form {
            Form::Plain(price) => OwnPrice { price, date: None, source: None },
            Form::Full(Full { price, date, source }) => OwnPrice { price, date, source },
        }
    }
}

impl From<OwnPrice> for Form {
    fn from(own: OwnPrice) -> Form {
        match own {
            OwnPrice { price, date: None, source: None } => Form::Plain(price),
            OwnPrice { price, date, source } => Form::Full(Full { price, date, source }),
        }
    }
}

impl JsonSchema for OwnPrice {
    fn schema_name() -> Cow<'static, str> {
        "OwnPrice".into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let plain = generator.subschema_for::<Money>();
        let full = generator.subschema_for::<Full>();
        json_schema!({ "anyOf": [plain, full] })
    }
}

impl JsonSchema for Prices {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        "Prices".into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let price = generator.subschema_for::<OwnPrice>();
        json_schema!({
            "anyOf": [
                { "type": "object", "additionalProperties": price },
                {
                    "type": "string",
                    "description": "A CSV file next to the design, with the columns `item` and `price`, and if you like `date` and `source`."
                }
            ]
        })
    }
}

impl Default for Prices {
    fn default() -> Prices {
        Prices::Items(BTreeMap::new())
    }
}

impl Prices {
    /// The price of an item. A file has become items by the time that anybody asks.
    pub fn of(&self, item: &str) -> Option<&OwnPrice> {
        match self {
            Prices::Items(items) => items.get(item),
            Prices::File(_) => None,
        }
    }

    /// The items that have a price.
    pub fn items(&self) -> impl Iterator<Item = &str> {
        let items = match self {
            Prices::Items(items) => Some(items.keys().map(String::as_str)),
            Prices::File(_) => None,
        };
        items.into_iter().flatten()
    }
}

/// Does a price that is written with this currency belong into a design of another?
pub(super) fn is_of_currency(written: &str, currency: &str) -> bool {
    match written {
        "€" => currency == "EUR",
        "£" => currency == "GBP",
        "¥" => matches!(currency, "JPY" | "CNY"),
        "$" => !matches!(currency, "EUR" | "GBP" | "JPY" | "CNY" | "CHF"),
        code => code == currency,
    }
}

/// Reads the list, if the design names one, and puts its prices in its place. Gives its name.
pub(super) fn read(
    prices: &mut Prices,
    currency: &str,
    places: &Places,
    files: &dyn Files,
    mistakes: &mut Vec<Diagnostic>,
) -> Option<String> {
    let Prices::File(name) = &*prices else { return None };
    let name = name.clone();
    let named = NamedFile { path: "prices", what: "list of prices", name: &name, largest: LARGEST };
    let source = named.read(places, |name| files.read(name), mistakes)?;
    let (items, found) = rows(&source.text, currency);
    let file = Arc::new(source);
    mistakes.extend(found.into_iter().map(|it| within(it, &file)));
    *prices = Prices::Items(items);
    Some(name)
}

/// What the text says, and every mistake in it.
fn rows(text: &str, currency: &str) -> (BTreeMap<String, OwnPrice>, Vec<Diagnostic>) {
    let header = text.lines().next().unwrap_or_default();
    let semicolons = header.contains(';') && !header.contains(',');
    let mut reader = csv::ReaderBuilder::new()
        .flexible(true)
        .trim(csv::Trim::All)
        .delimiter(if semicolons { b';' } else { b',' })
        .from_reader(text.as_bytes());
    let (mut items, mut found) = (BTreeMap::new(), Vec::new());
    let header = reader.headers().cloned().unwrap_or_default();
    let column = |name: &str| header.iter().position(|cell| cell.to_lowercase() == name);
    let (Some(item_column), Some(price_column)) = (column("item"), column("price")) else {
        let message = "the first line names no columns `item` and `price`";
        let wrong = Diagnostic::new(code::PRICES, "", message).at(Some(at(text, 1, "")));
        return (items, vec![wrong.label("such as `item,price,date,source`")]);
    };
    let (date_column, source_column) = (column("date"), column("source"));
    let mut lines: BTreeMap<String, u64> = BTreeMap::new();
    for record in reader.records() {
        let mut wrong = |code, line: u64, cell: &str, message: String, label: &str| {
            if found.len() < super::MOST_MISTAKES {
                let wrong = Diagnostic::new(code, "", message);
                found.push(wrong.at(Some(at(text, line, cell))).label(label.to_owned()));
            }
        };
        let record = match record {
            Ok(record) => record,
            Err(error) => {
                let line = error.position().map_or(1, csv::Position::line);
                wrong(code::PRICES, line, "", "the row cannot be read as CSV".to_owned(), "");
                continue;
            }
        };
        let line = record.position().map_or(1, csv::Position::line);
        let cell = |column: Option<usize>| column.and_then(|column| record.get(column));
        let (Some(item), Some(amount)) = (cell(Some(item_column)), cell(Some(price_column))) else {
            let message = "the row has fewer cells than the header".to_owned();
            wrong(code::PRICES, line, "", message, "an item and its price");
            continue;
        };
        let written = |column| cell(column).filter(|text| !text.is_empty());
        let (date, source) = (written(date_column), written(source_column));
        if amount.is_empty() {
            continue;
        }
        if item.is_empty() {
            let message = "the row names no item".to_owned();
            wrong(code::PRICES, line, amount, message, "the price of what?");
            continue;
        }
        let texts = [Some(item), source].into_iter().flatten();
        let mut sound = true;
        for text in texts {
            if text.starts_with(['=', '+', '-', '@']) {
                let message = format!("a spreadsheet would run `{}`", shortened(text));
                wrong(code::PRICES, line, text, message, "write it without the sign in front");
                sound = false;
            } else if text.chars().count() > LONGEST_TEXT || text.chars().any(char::is_control) {
                let message = format!("`{}` is no name or source", shortened(text));
                let label = format!("one line of at most {LONGEST_TEXT} characters");
                wrong(code::TEXT, line, text, message, &label);
                sound = false;
            }
        }
        if let Some(date) = date.filter(|date| !is_year_month_or_day(date)) {
            let message = format!("`{}` is not a date", shortened(date));
            wrong(code::DATE, line, date, message, "a year, month or day: `2019-06`");
            sound = false;
        }
        let price = match amount.parse::<Money>() {
            Ok(price) => price,
            Err(error) => {
                let label = "an amount of money is wanted";
                wrong(code::UNIT, line, amount, error.to_string(), label);
                continue;
            }
        };
        if let Some(other) = Money::currency_in(amount)
            && !is_of_currency(other, currency)
        {
            let message = format!("a price in `{other}`, but the design is in {currency}");
            wrong(code::CURRENCY, line, amount, message, &format!("write it in {currency}"));
            continue;
        }
        if let Some(first) = lines.get(item) {
            let message = format!("`{}` is on line {first} already", shortened(item));
            wrong(code::PRICES, line, item, message, "an item has one price");
        } else if sound {
            lines.insert(item.to_owned(), line);
            let [date, source] = [date, source].map(|text| text.map(str::to_owned));
            items.insert(item.to_owned(), OwnPrice { price, date, source });
        }
    }
    (items, found)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_is_read_as_people_write_it() {
        let text = "Item;notes;Price;date;source\n\
                    caddy;;0.50;2026-03;the club's printers\n\n\
                    petg;sale;$18;;\nlamp;not asked yet;;;\n";
        let (items, found) = rows(text, "USD");
        assert!(found.is_empty(), "{found:?}");
        let own = |price: &str, date: Option<&str>, source: Option<&str>| OwnPrice {
            price: price.parse().unwrap(),
            date: date.map(str::to_owned),
            source: source.map(str::to_owned),
        };
        assert_eq!(items["caddy"], own("0.50", Some("2026-03"), Some("the club's printers")));
        assert_eq!(items["petg"], own("18", None, None));
        assert_eq!(items.len(), 2);
    }

    #[test]
    fn every_wrong_row_is_told_with_its_line_and_code() {
        let text = "item,price,date,source\n\
                    caddy,0.50,,\n\
                    caddy,0.60,,\n\
                    lamp,cheap,,\n\
                    fan,€5.00,,\n\
                    ,5.00,,\n\
                    =cmd(),5.00,,\n\
                    rail,5.00,yesterday,\n\
                    foot,-1,,\n\
                    hinge,1.00,,+1\n\
                    short\n";
        let (items, found) = rows(text, "USD");
        assert_eq!(items.into_keys().collect::<Vec<_>>(), ["caddy"]);
        let told: Vec<(usize, &str)> =
            found.iter().filter_map(|it| Some((it.place?.line, it.code))).collect();
        let expected = [
            (3, "SPEC-prices"),
            (4, "SPEC-unit"),
            (5, "SPEC-currency"),
            (6, "SPEC-prices"),
            (7, "SPEC-prices"),
            (8, "SPEC-date"),
            (9, "SPEC-unit"),
            (10, "SPEC-prices"),
            (11, "SPEC-prices"),
        ];
        assert_eq!(told, expected);
        assert_eq!(rows("name,cost\n", "USD").1.len(), 1);
        assert_eq!(rows("", "USD").1.len(), 1);
    }

    #[test]
    fn a_bare_price_stays_bare() {
        let text = "a: 1.00\nb: { price: 2.00, source: a shop }\n";
        let prices: Prices = serde_yaml::from_str(text).unwrap();
        assert_eq!(prices.of("a").unwrap().price, Money::cents(100));
        let written = serde_yaml::to_string(&prices).unwrap();
        assert_eq!(written, "a: '1.00'\nb:\n  price: '2.00'\n  source: a shop\n");
    }
}
