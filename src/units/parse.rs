//! Text to quantity.
//!
//! | text | quantity |
//! |---|---|
//! | `16.35 mm`, `16.35mm` | 16 350 000 nm, exactly |
//! | `18 in`, `18"`, `1 1/2 in`, `1/64 in` | inches, exactly |
//! | `2U`, `20 A`, `1.2 kW`, `25 °C`, `4 %` | the kind's base unit |
//! | `18` | the unit that the key takes by default |
//!
//! Promise: the arithmetic is that of fractions; only quantities that are floats in the model are
//! rounded, once, at the end. Any text gives a quantity or a [`UnitError`], never a panic.
//! Not promised: thousands separators, decimal commas, exponents, sums (`5 ft 3 in`).

use std::collections::BTreeMap;
use std::fmt;
use std::sync::OnceLock;

use super::exact::Exact;
pub use super::unit::Kind;
use super::unit::{KINDS, Unit};

/// Why text is not a quantity.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum UnitError {
    /// There is no number in front.
    NotANumber {
        /// The text.
        text: String,
        /// The kind that is wanted.
        wanted: Kind,
    },
    /// No kind has this unit.
    UnknownUnit {
        /// The unit as written.
        unit: String,
        /// The kind that is wanted.
        wanted: Kind,
    },
    /// A unit, but of another kind.
    WrongKind {
        /// The text.
        text: String,
        /// What the text measures.
        found: Kind,
        /// The kind that is wanted.
        wanted: Kind,
    },
    /// Infinite, or no number at all.
    NotFinite {
        /// The kind that is wanted.
        wanted: Kind,
    },
    /// Outside of physical sense.
    OutOfRange {
        /// The text.
        text: String,
        /// The least that is accepted.
        least: String,
        /// The most that is accepted.
        most: String,
    },
    /// A part of something that comes whole.
    NotWhole {
        /// The text.
        text: String,
    },
}

impl UnitError {
    /// The unit that was probably meant, if the written one is unknown.
    pub fn nearest_unit(&self) -> Option<&'static str> {
        let UnitError::UnknownUnit { unit, wanted } = self else { return None };
        let small = unit.to_lowercase();
        let spelt_out: &[(&str, &str)] = &[
            ("inch", "in"),
            ("inches", "in"),
            ("feet", "ft"),
            ("foot", "ft"),
            ("millimetres", "mm"),
            ("millimeters", "mm"),
            ("metres", "m"),
            ("meters", "m"),
            ("watts", "W"),
            ("watt", "W"),
            ("amps", "A"),
            ("amp", "A"),
            ("volts", "V"),
            ("volt", "V"),
            ("degc", "C"),
            ("celsius", "C"),
            ("percent", "%"),
            ("pounds", "lb"),
            ("lbs", "lb"),
            ("hours", "h"),
            ("hrs", "h"),
            ("minutes", "min"),
            ("mins", "min"),
            ("ru", "U"),
            ("units", "U"),
        ];
        let meant = spelt_out.iter().find(|(long, _)| *long == small).map(|(_, symbol)| *symbol);
        let symbols = || wanted.units().iter().map(|unit| unit.symbol);
        symbols()
            .find(|symbol| Some(*symbol) == meant || symbol.to_lowercase() == small)
            .or_else(|| symbols().find(|symbol| strsim::osa_distance(symbol, unit) <= 1))
    }
}

impl fmt::Display for UnitError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            UnitError::NotANumber { text, wanted } => {
                write!(f, "`{text}` is not {}", wanted.noun())?;
                if text.contains(',') {
                    write!(f, "; decimals take a point")?;
                }
                write!(f, "; write it like `{}`", wanted.example())
            }
            UnitError::UnknownUnit { unit, wanted } => {
                // `µm` and `m³/s` are understood, too, but nobody needs to type them.
                let symbols = wanted.units().iter().map(|unit| unit.symbol);
                let units: Vec<&str> = symbols.filter(|symbol| symbol.is_ascii()).collect();
                let noun = wanted.noun();
                write!(f, "`{unit}` is not a unit; {noun} is written in {}", units.join(", "))
            }
            UnitError::WrongKind { text, found, wanted } => {
                let (found, wanted, example) = (found.noun(), wanted.noun(), wanted.example());
                write!(f, "`{text}` is {found}; {wanted} is wanted, such as `{example}`")
            }
            UnitError::NotFinite { wanted } => {
                write!(f, "{} has to be finite, such as `{}`", wanted.noun(), wanted.example())
            }
            UnitError::OutOfRange { text, least, most } => {
                write!(f, "`{text}` is outside of {least} to {most}")
            }
            UnitError::NotWhole { text } => write!(f, "`{text}` is not a whole number"),
        }
    }
}

impl std::error::Error for UnitError {}

/// A quantity that has a written form.
pub trait Quantified: Copy {
    /// What it measures.
    const KIND: Kind;
    /// The unit that a bare number takes; empty for a share, which a bare number is itself.
    const DEFAULT_UNIT: &'static str;

    /// From base units of its kind (see the table in the module `unit`).
    fn from_base(base: Exact) -> Option<Self>;

    /// The text that [`Quantified::parse`] reads back as the same quantity.
    fn canonical(self) -> String;

    /// Reads a quantity.
    fn parse(text: &str) -> Result<Self, UnitError> {
        let base = measure(Self::KIND, Self::DEFAULT_UNIT, text)?;
        Self::from_base(base).ok_or_else(|| UnitError::NotWhole { text: text.to_owned() })
    }

    /// A bare number in the default unit.
    fn from_number(number: f64) -> Result<Self, UnitError> {
        if number.is_finite() {
            Self::parse(&number.to_string())
        } else {
            Err(UnitError::NotFinite { wanted: Self::KIND })
        }
    }
}

/// Reads text as a quantity of the kind, in base units of that kind.
pub(crate) fn measure(kind: Kind, default_unit: &str, text: &str) -> Result<Exact, UnitError> {
    let base = unbounded(kind, default_unit, text.trim())?;
    let (low, high) = sense(kind)?;
    if base < low || base > high {
        let (least, most) = kind.bounds();
        within(kind, text.trim(), base, least, most)?;
    }
    if kind == Kind::RackUnits && base.as_whole().is_none() {
        return Err(UnitError::NotWhole { text: text.trim().to_owned() });
    }
    Ok(base)
}

/// The least and the most that makes physical sense, read once: a catalogue has thousands of
/// quantities.
fn sense(kind: Kind) -> Result<(Exact, Exact), UnitError> {
    static READ: OnceLock<BTreeMap<Kind, (Exact, Exact)>> = OnceLock::new();
    let read = |kind: Kind| -> Result<(Exact, Exact), UnitError> {
        let (least, most) = kind.bounds();
        Ok((unbounded(kind, "", least)?, unbounded(kind, "", most)?))
    };
    let all = READ.get_or_init(|| {
        KINDS.into_iter().filter_map(|kind| Some((kind, read(kind).ok()?))).collect()
    });
    all.get(&kind).map_or_else(|| read(kind), |limits| Ok(*limits))
}

/// Checks a quantity against limits that are written as quantities themselves.
pub(crate) fn within(
    kind: Kind,
    text: &str,
    base: Exact,
    least: &str,
    most: &str,
) -> Result<(), UnitError> {
    let (low, high) = (unbounded(kind, "", least)?, unbounded(kind, "", most)?);
    if base >= low && base <= high {
        return Ok(());
    }
    let (least, most) = (least.to_owned(), most.to_owned());
    Err(UnitError::OutOfRange { text: text.to_owned(), least, most })
}

fn unbounded(kind: Kind, default_unit: &str, text: &str) -> Result<Exact, UnitError> {
    let beyond = || {
        let (least, most) = kind.bounds();
        let text = shortened(text);
        UnitError::OutOfRange { text, least: least.to_owned(), most: most.to_owned() }
    };
    let (number, unit) = split(text).ok_or_else(|| {
        let bare = text.trim_start_matches(['-', '+', '.']).to_lowercase();
        if ["nan", "inf", "infinity"].contains(&bare.as_str()) {
            UnitError::NotFinite { wanted: kind }
        } else {
            UnitError::NotANumber { text: shortened(text), wanted: kind }
        }
    })?;
    if unit.starts_with([',', '.', '/']) || unit.starts_with(|c: char| c.is_ascii_digit()) {
        return Err(UnitError::NotANumber { text: shortened(text), wanted: kind });
    }
    let number = value(number).ok_or_else(beyond)?;
    let symbol = if unit.is_empty() { default_unit } else { unit };
    if symbol.is_empty() {
        return Ok(number);
    }
    let size = find(kind, symbol).ok_or_else(|| wrong_unit(kind, text, unit))?;
    number.times(size).ok_or_else(beyond)
}

fn find(kind: Kind, symbol: &str) -> Option<Exact> {
    kind.units().iter().find(|unit| unit.symbol == symbol).copied().and_then(Unit::size)
}

fn wrong_unit(wanted: Kind, text: &str, unit: &str) -> UnitError {
    match KINDS.into_iter().find(|kind| find(*kind, unit).is_some()) {
        Some(found) => UnitError::WrongKind { text: shortened(text), found, wanted },
        None => UnitError::UnknownUnit { unit: shortened(unit), wanted },
    }
}

/// Enough of hostile text to recognise it by.
fn shortened(text: &str) -> String {
    const ENOUGH: usize = 40;
    if text.chars().count() <= ENOUGH {
        return text.to_owned();
    }
    text.chars().take(ENOUGH).chain(std::iter::once('…')).collect()
}

/// Splits `1 1/2 in` into its number and its unit.
fn split(text: &str) -> Option<(&str, &str)> {
    let after_sign = text.strip_prefix(['-', '+']).unwrap_or(text);
    let first = number_length(after_sign)?;
    let mut end = text.len() - after_sign.len() + first;
    let rest = &text[end..];
    if let Some(length) = fraction_length(rest) {
        end += length;
    } else {
        let spaces = rest.len() - rest.trim_start().len();
        let second = &rest[spaces..];
        let digits = second.bytes().take_while(u8::is_ascii_digit).count();
        if spaces > 0
            && digits > 0
            && let Some(length) = fraction_length(&second[digits..])
        {
            end += spaces + digits + length;
        }
    }
    Some((&text[..end], text[end..].trim()))
}

/// Bytes of `12`, `12.5` or `.5` at the start.
fn number_length(text: &str) -> Option<usize> {
    let length = text.bytes().take_while(|byte| byte.is_ascii_digit() || *byte == b'.').count();
    let number = &text[..length];
    let points = number.bytes().filter(|byte| *byte == b'.').count();
    (points <= 1 && length > points).then_some(length)
}

/// Bytes of `/64` at the start.
fn fraction_length(text: &str) -> Option<usize> {
    let digits = text.strip_prefix('/')?.bytes().take_while(u8::is_ascii_digit).count();
    (digits > 0).then_some(digits + 1)
}

/// The value of `-12.5`, `1/2` or `1 1/2`.
fn value(number: &str) -> Option<Exact> {
    let (negative, number) = match number.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, number.strip_prefix('+').unwrap_or(number)),
    };
    let (whole, fraction) = match number.split_once(char::is_whitespace) {
        Some((whole, fraction)) => (whole, fraction.trim()),
        None => ("0", number),
    };
    let fraction = match fraction.split_once('/') {
        Some((over, under)) => {
            Exact::from_decimal(over)?.divided_by(Exact::from_decimal(under)?)?
        }
        None => Exact::from_decimal(fraction)?,
    };
    let sum = Exact::from_decimal(whole)?.plus(fraction)?;
    if negative { sum.times(Exact::whole(-1)) } else { Some(sum) }
}
