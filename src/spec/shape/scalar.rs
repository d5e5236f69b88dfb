//! Single values against the JSON Schema: words, quantities, numbers, text.

use serde_json::Value;

use super::super::code;
use super::super::date::is_year_month_or_day;
use super::super::index::shortened;
use super::super::nearest::nearest;
use super::super::node::{Body, Node, Scalar, ScalarKind};
use super::super::source::Place;
use super::super::view::View;
use super::{IdUse, Walk};
use crate::units::{Kind, Money, UnitError, measure, within};

const LONGEST_TEXT: usize = 200;

impl Walk {
    pub(super) fn word(&mut self, words: &[&str], node: &Node) -> bool {
        let Body::Scalar(scalar) = &node.body else {
            let message = format!("`{}` takes a word, not {}", self.path.as_str(), node.noun());
            let found = self.mistake(code::TYPE, message).at(self.key.unwrap_or(node.place));
            return self.refuse(found.label("of the wrong type").note(listed(words)));
        };
        // A bare number or `true` is never one of the words, whatever it looks like.
        if words.contains(&scalar.text.as_str()) && scalar.kind == ScalarKind::Text {
            return true;
        }
        let (text, path) = (shortened(&scalar.text), self.path.as_str());
        let found = self.mistake(code::CHOICE, format!("`{text}` is not a choice for `{path}`"));
        let label = match nearest(&scalar.text, words.iter().copied()) {
            Some(near) => format!("did you mean `{near}`?"),
            None => "not known here".to_owned(),
        };
        self.refuse(found.at(node.place).label(label).note(listed(words)))
    }

    pub(super) fn quantity(&mut self, view: &View<'static>, node: &Node) -> bool {
        let name = view.text("x-pibuild-quantity").unwrap_or_default();
        let kind = Kind::named(name);
        let wanted = kind.map_or("an amount of money", Kind::noun);
        let scalar = match &node.body {
            Body::Scalar(scalar) if scalar.kind != ScalarKind::Bool => scalar,
            _ => {
                let path = self.path.as_str();
                let message = format!("`{path}` takes {wanted}, not {}", node.noun());
                let found = self.mistake(code::TYPE, message).at(self.key.unwrap_or(node.place));
                return self.refuse(found.label("of the wrong type"));
            }
        };
        let text = number_text(scalar);
        let Some(kind) = kind else {
            return match text.parse::<Money>() {
                Ok(_) => true,
                Err(error) => {
                    let found = self.mistake(code::UNIT, error.to_string());
                    self.refuse(found.at(node.place).label("an amount of money is wanted"))
                }
            };
        };
        let unit = view.text("x-pibuild-unit").unwrap_or_default();
        let measured = measure(kind, unit, &text).and_then(|base| {
            let range = view.limit("x-pibuild-range").and_then(Value::as_array);
            match range.map(Vec::as_slice) {
                Some([Value::String(least), Value::String(most)]) => {
                    within(kind, &shortened(&scalar.text), base, least, most)
                }
                _ => Ok(()),
            }
        });
        match measured {
            Ok(()) => true,
            Err(error) => self.bad_quantity(kind, &error, node.place),
        }
    }

    fn bad_quantity(&mut self, kind: Kind, error: &UnitError, place: Place) -> bool {
        let path = self.path.as_str();
        let wanted = kind.noun();
        let (code, label) = match error {
            UnitError::WrongKind { .. } => (code::KIND, format!("{wanted} is wanted")),
            UnitError::OutOfRange { least, most, .. } => {
                (code::RANGE, format!("`{path}` takes {least} to {most}"))
            }
            UnitError::NotFinite { .. } => (code::NOT_FINITE, format!("{wanted} is wanted")),
            UnitError::UnknownUnit { .. } => match error.nearest_unit() {
                Some(near) => (code::UNIT, format!("did you mean `{near}`?")),
                None => (code::UNIT, format!("{wanted} is wanted")),
            },
            UnitError::NotANumber { .. } | UnitError::NotWhole { .. } => {
                (code::UNIT, format!("{wanted} is wanted"))
            }
        };
        let found = self.mistake(code, error.to_string()).at(place).label(label);
        self.refuse(found)
    }

    /// A plain number or text, of the right type already.
    pub(super) fn scalar(&mut self, view: &View<'static>, node: &Node) -> bool {
        let Body::Scalar(scalar) = &node.body else { return true };
        match scalar.kind {
            ScalarKind::Whole(number) => {
                if view.takes("integer") || !view.takes("number") {
                    let most = i128::from(u32::MAX);
                    if !(0..=most).contains(&number) {
                        return self.out_of_range(view, scalar, node.place);
                    }
                }
                self.limits(view, number as f64, scalar, node.place)
            }
            ScalarKind::Float(number) => self.limits(view, number, scalar, node.place),
            ScalarKind::Text => self.text(view, scalar, node.place),
            ScalarKind::Bool | ScalarKind::Null => true,
        }
    }

    fn limits(&mut self, view: &View<'static>, number: f64, scalar: &Scalar, at: Place) -> bool {
        let limit = |keyword| view.limit(keyword).and_then(Value::as_f64);
        let low = limit("minimum").is_some_and(|least| number < least);
        let high = limit("maximum").is_some_and(|most| number > most);
        if low || high { self.out_of_range(view, scalar, at) } else { true }
    }

    fn out_of_range(&mut self, view: &View<'static>, scalar: &Scalar, at: Place) -> bool {
        let limit = |keyword| view.limit(keyword).and_then(Value::as_f64);
        let least = limit("minimum").unwrap_or(0.0);
        let most = limit("maximum").unwrap_or(f64::from(u32::MAX));
        let text = shortened(&scalar.text);
        let found = self.mistake(code::RANGE, format!("`{text}` is outside of {least} to {most}"));
        let label = format!("`{}` takes {least} to {most}", self.path.as_str());
        self.refuse(found.at(at).label(label))
    }

    fn text(&mut self, view: &View<'static>, scalar: &Scalar, at: Place) -> bool {
        if let Some(bad) = scalar.text.chars().find(|c| forbidden(*c)) {
            let path = self.path.as_str();
            let message = format!("`{path}` holds the character U+{:04X}", u32::from(bad));
            let found = self.mistake(code::TEXT, message).at(at);
            return self.refuse(found.label("text is one line, without control characters"));
        }
        let length = scalar.text.chars().count();
        if length > LONGEST_TEXT {
            let message = format!("`{}` is {length} characters long", self.path.as_str());
            let found = self.mistake(code::TEXT, message).at(at);
            return self.refuse(found.label(format!("{LONGEST_TEXT} at most")));
        }
        if view.get("x-pibuild-date").is_some() && !is_year_month_or_day(&scalar.text) {
            let message = format!("`{}` is not a date", shortened(&scalar.text));
            let found = self.mistake(code::DATE, message).at(at);
            return self.refuse(found.label("a year, month or day: `2019-06`"));
        }
        if let Some(section) = view.limit("x-pibuild-catalog").and_then(Value::as_str) {
            let path = self.path.as_str().to_owned();
            let id = scalar.text.clone();
            self.shape.ids.push(IdUse { path, place: at, section, id });
        }
        true
    }
}

/// What a quantity is read from: the text, but a bare number as YAML understood it (`1e3`, `0x10`).
fn number_text(scalar: &Scalar) -> String {
    match scalar.kind {
        ScalarKind::Whole(number) => number.to_string(),
        ScalarKind::Float(number) => number.to_string(),
        _ => scalar.text.clone(),
    }
}

/// Control characters, and those that turn the direction of text around.
fn forbidden(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{2028}' | '\u{2029}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
}

fn listed(words: &[&str]) -> String {
    format!("one of: {}", words.join(", "))
}
