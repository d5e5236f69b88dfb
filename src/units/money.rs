//! Money, as exact decimals.
//!
//! Promise: no amount ever passes through binary fractions. Not promised: conversion between
//! currencies; a design has one, and amounts are in it.

use std::borrow::Cow;
use std::fmt;
use std::iter::Sum;
use std::ops::{Add, AddAssign, Mul, Sub};
use std::str::FromStr;

use rust_decimal::Decimal;
use rust_decimal::prelude::FromPrimitive;
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::de::{self, Deserializer, Visitor};
use serde::{Deserialize, Serialize, Serializer};

/// An amount in the design's currency.
///
/// ```
/// use pibuild::units::Money;
/// let board: Money = "$35.00".parse().unwrap();
/// assert_eq!((board * 21).to_string(), "735.00");
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Money(Decimal);

/// Text that is not an amount of money.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum MoneyError {
    /// Not a decimal number, with or without a currency.
    NotAnAmount(String),
    /// Negative, or more than a billion.
    OutOfRange(String),
}

impl fmt::Display for MoneyError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            MoneyError::NotAnAmount(text) => {
                write!(f, "`{text}` is not an amount of money; write it like `$35.00` or `35.00`")
            }
            MoneyError::OutOfRange(text) => {
                write!(f, "`{text}` is outside of 0 to 1000000000, with six decimals at most")
            }
        }
    }
}

impl std::error::Error for MoneyError {}

impl Money {
    /// Nothing.
    pub const ZERO: Money = Money(Decimal::ZERO);

    /// From an exact decimal.
    pub const fn new(amount: Decimal) -> Money {
        Money(amount)
    }

    /// From hundredths, for constants in code: `Money::cents(3500)` is 35.00.
    pub fn cents(hundredths: i64) -> Money {
        Money(Decimal::new(hundredths, 2))
    }

    /// The exact decimal, written with cents: `35.00`, `0.045`.
    pub fn amount(self) -> Decimal {
        let mut amount = self.0.normalize();
        if amount.scale() < 2 {
            amount.rescale(2);
        }
        amount
    }

    /// Rounded to hundredths, halves away from zero, as invoices do.
    #[must_use]
    pub fn rounded(self) -> Money {
        Money(
            self.0.round_dp_with_strategy(2, rust_decimal::RoundingStrategy::MidpointAwayFromZero),
        )
    }

    /// So much of it, rounded to hundredths: a price by length or weight for a length or weight.
    /// A factor that is not a number gives nothing.
    #[must_use]
    pub fn scaled(self, factor: f64) -> Money {
        Money(self.0.saturating_mul(Decimal::from_f64(factor).unwrap_or_default())).rounded()
    }

    /// The currency written with an amount, as a code or a sign: `USD` in `35 USD`, `$` in `$35`.
    pub fn currency_in(text: &str) -> Option<&str> {
        let sign = |c: char| c.is_ascii_digit() || c == '.' || c == '-' || c == '+';
        let currency = text.trim().trim_matches(|c: char| sign(c) || c.is_whitespace());
        (!currency.is_empty()).then_some(currency)
    }
}

impl FromStr for Money {
    type Err = MoneyError;

    /// Reads `35`, `35.00`, `$35.00`, `35.00 USD` or `USD 35.00`.
    fn from_str(text: &str) -> Result<Money, MoneyError> {
        let written = || text.chars().take(40).collect::<String>();
        let mut number = text.trim();
        if let Some(currency) = Money::currency_in(text) {
            let code = currency.len() == 3 && currency.bytes().all(|b| b.is_ascii_uppercase());
            if !code && !["$", "€", "£", "¥"].contains(&currency) {
                return Err(MoneyError::NotAnAmount(written()));
            }
            number = number
                .strip_prefix(currency)
                .or_else(|| number.strip_suffix(currency))
                .unwrap_or(number)
                .trim();
        }
        let plain = |byte: u8| byte.is_ascii_digit() || b".-".contains(&byte);
        if number.is_empty() || !number.bytes().all(plain) {
            return Err(MoneyError::NotAnAmount(written()));
        }
        let amount = Decimal::from_str(number).map_err(|_| MoneyError::NotAnAmount(written()))?;
        let most = Decimal::from(1_000_000_000_u32);
        if amount < Decimal::ZERO || amount > most || amount.normalize().scale() > 6 {
            return Err(MoneyError::OutOfRange(written()));
        }
        Ok(Money(amount))
    }
}

impl fmt::Display for Money {
    /// Two decimals at least: `35.00`, `0.045`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.amount())
    }
}

impl Add for Money {
    type Output = Money;
    fn add(self, other: Money) -> Money {
        Money(self.0.saturating_add(other.0))
    }
}

impl AddAssign for Money {
    fn add_assign(&mut self, other: Money) {
        *self = *self + other;
    }
}

impl Sub for Money {
    type Output = Money;
    fn sub(self, other: Money) -> Money {
        Money(self.0.saturating_sub(other.0))
    }
}

impl Mul<u64> for Money {
    type Output = Money;
    fn mul(self, times: u64) -> Money {
        Money(self.0.saturating_mul(Decimal::from(times)))
    }
}

impl Mul<Decimal> for Money {
    type Output = Money;
    fn mul(self, factor: Decimal) -> Money {
        Money(self.0.saturating_mul(factor))
    }
}

impl Sum for Money {
    fn sum<I: Iterator<Item = Money>>(amounts: I) -> Money {
        amounts.fold(Money::ZERO, Add::add)
    }
}

struct MoneyVisitor;

impl Visitor<'_> for MoneyVisitor {
    type Value = Money;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "an amount of money, such as `35.00`")
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<Money, E> {
        text.parse().map_err(E::custom)
    }

    fn visit_i64<E: de::Error>(self, number: i64) -> Result<Money, E> {
        self.visit_str(&number.to_string())
    }

    fn visit_u64<E: de::Error>(self, number: u64) -> Result<Money, E> {
        self.visit_str(&number.to_string())
    }

    fn visit_f64<E: de::Error>(self, number: f64) -> Result<Money, E> {
        // The shortest decimal that reads back as this float is what the user wrote.
        self.visit_str(&number.to_string())
    }
}

impl<'de> Deserialize<'de> for Money {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Money, D::Error> {
        deserializer.deserialize_any(MoneyVisitor)
    }
}

impl Serialize for Money {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl JsonSchema for Money {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        "Money".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "type": ["string", "number"],
            "pattern": r"^\s*([$€£¥]|[A-Z]{3})?\s*[0-9]*\.?[0-9]+\s*([$€£¥]|[A-Z]{3})?\s*$",
            "description": "An amount of money, such as `$35.00`; a bare number is in the design's currency.",
            "x-pibuild-quantity": "money"
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_and_writes() {
        let table =
            [("$35.00", "35.00"), ("35", "35.00"), ("35.00 USD", "35.00"), ("0.045", "0.045")];
        for (text, written) in table {
            assert_eq!(text.parse::<Money>().unwrap().to_string(), written);
        }
        for text in ["", "$", "35 bucks", "-1", "1e5", "35.00.0", "2000000000", "0.0000001"] {
            assert!(text.parse::<Money>().is_err(), "{text}");
        }
    }

    #[test]
    fn sums_are_exact() {
        let tenth: Money = "0.10".parse().unwrap();
        assert_eq!((0..10).map(|_| tenth).sum::<Money>(), Money::cents(100));
    }
}
