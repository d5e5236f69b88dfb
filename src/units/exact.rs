//! A fraction of whole numbers, so that text becomes a quantity without passing through `f64`.

use std::cmp::Ordering;

/// A rational number. The denominator is positive, the fraction is in lowest terms.
///
/// Every operation that could overflow says so with `None`; nothing wraps and nothing panics.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Exact {
    over: i128,
    under: i128,
}

/// More digits than this are beyond any physical meaning, and would overflow the arithmetic.
const MOST_DIGITS: usize = 34;

impl Exact {
    /// `over / under`, unless `under` is zero.
    pub fn new(over: i128, under: i128) -> Option<Exact> {
        let shared = greatest_common_divisor(over.checked_abs()?, under.checked_abs()?);
        if under == 0 || shared == 0 {
            return None;
        }
        let sign = under.signum();
        Some(Exact { over: over / shared * sign, under: under / shared * sign })
    }

    /// A whole number.
    pub const fn whole(number: i64) -> Exact {
        Exact { over: number as i128, under: 1 }
    }

    /// The decimal that a float prints as: 16.35 is 1635/100, not its binary neighbour.
    pub fn from_f64(number: f64) -> Option<Exact> {
        if !number.is_finite() {
            return None;
        }
        Exact::from_decimal(&number.to_string())
    }

    /// From `12`, `-0.5` or `.5`: digits with at most one point, and a sign.
    pub fn from_decimal(text: &str) -> Option<Exact> {
        let (sign, digits) = match text.strip_prefix('-') {
            Some(rest) => (-1, rest),
            None => (1, text.strip_prefix('+').unwrap_or(text)),
        };
        let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
        let all = format!("{whole}{fraction}");
        if all.is_empty() || !all.bytes().all(|byte| byte.is_ascii_digit()) {
            return None;
        }
        let fraction = fraction.trim_end_matches('0');
        let significant = format!("{whole}{fraction}");
        let significant = significant.trim_start_matches('0');
        if significant.len() > MOST_DIGITS || fraction.len() > MOST_DIGITS {
            return None;
        }
        let over = if significant.is_empty() { 0 } else { significant.parse::<i128>().ok()? };
        Exact::new(sign * over, 10_i128.checked_pow(u32::try_from(fraction.len()).ok()?)?)
    }

    /// The sum, unless it overflows.
    pub fn plus(self, other: Exact) -> Option<Exact> {
        let over =
            self.over.checked_mul(other.under)?.checked_add(other.over.checked_mul(self.under)?)?;
        Exact::new(over, self.under.checked_mul(other.under)?)
    }

    /// The product, unless it overflows.
    pub fn times(self, other: Exact) -> Option<Exact> {
        // Shortening crosswise first keeps the products small.
        let a = Exact::new(self.over, other.under)?;
        let b = Exact::new(other.over, self.under)?;
        Exact::new(a.over.checked_mul(b.over)?, a.under.checked_mul(b.under)?)
    }

    /// The quotient, unless the divisor is zero or it overflows.
    pub fn divided_by(self, other: Exact) -> Option<Exact> {
        self.times(Exact::new(other.under, other.over)?)
    }

    /// The nearest whole number, halves away from zero, if it fits.
    pub fn rounded(self) -> Option<i64> {
        let half = self.under / 2;
        let over = self.over.checked_add(self.over.signum() * half)?;
        i64::try_from(over / self.under).ok()
    }

    /// The number itself, if it is whole and fits.
    pub fn as_whole(self) -> Option<i64> {
        if self.under == 1 { i64::try_from(self.over).ok() } else { None }
    }

    /// The nearest float.
    pub fn to_f64(self) -> f64 {
        // Decimal text is rounded to the nearest float by the standard library; dividing two
        // rounded floats would round three times.
        self.decimal().parse().unwrap_or(f64::MAX)
    }

    /// Decimal digits, without trailing zeros; at most thirty after the point.
    pub fn decimal(self) -> String {
        let whole = (self.over / self.under).abs();
        let mut rest = (self.over % self.under).abs();
        let mut fraction = String::new();
        while rest != 0 && fraction.len() < 30 {
            let Some(next) = rest.checked_mul(10) else { break };
            rest = next % self.under;
            fraction.push(char::from(b'0' + u8::try_from(next / self.under).unwrap_or(0)));
        }
        let fraction = fraction.trim_end_matches('0');
        let sign = if self.over < 0 { "-" } else { "" };
        let point = if fraction.is_empty() { "" } else { "." };
        format!("{sign}{whole}{point}{fraction}")
    }
}

impl PartialOrd for Exact {
    fn partial_cmp(&self, other: &Exact) -> Option<Ordering> {
        match (self.over.checked_mul(other.under), other.over.checked_mul(self.under)) {
            (Some(a), Some(b)) => Some(a.cmp(&b)),
            _ => self.to_f64().partial_cmp(&other.to_f64()),
        }
    }
}

fn greatest_common_divisor(mut a: i128, mut b: i128) -> i128 {
    while b != 0 {
        (a, b) = (b, a % b);
    }
    a
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn decimals_are_exact() {
        let milling = Exact::from_decimal("16.35").unwrap();
        assert_eq!(milling, Exact::new(1635, 100).unwrap());
        assert_eq!(milling.decimal(), "16.35");
        assert_eq!(Exact::from_f64(16.35), Some(milling));
        assert_eq!(Exact::from_f64(-0.0).unwrap().decimal(), "0");
    }

    #[test]
    fn floats_survive() {
        for number in [0.014_158_423_296, 0.1 + 0.2, 1.0 / 3.0, 4.7e-4, 123_456_789.125] {
            let text = Exact::from_f64(number).unwrap().decimal();
            assert_eq!(text.parse::<f64>().unwrap().to_bits(), number.to_bits());
        }
    }

    #[test]
    fn overflow_is_none() {
        assert_eq!(Exact::from_decimal(&"9".repeat(40)), None);
        let large = Exact::from_decimal(&"9".repeat(30)).unwrap();
        assert_eq!(large.times(large), None);
        assert_eq!(Exact::new(1, 0), None);
        assert_eq!(Exact::new(i128::MIN, 1), None);
    }
}
