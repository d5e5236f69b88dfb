//! Strings and numbers as ISO 10303-21 spells them.

use std::fmt::Write;

/// A string in quotes. Quotes and backslashes are doubled; what is not printable ASCII is written
/// as UCS-2 (`\X2\`) or, beyond its reach, UCS-4 (`\X4\`) in hexadecimal.
pub fn string(text: &str) -> String {
    let mut quoted = String::from("'");
    let mut open = None;
    for letter in text.chars() {
        let wanted = match letter {
            ' '..='~' => None,
            '\0'..='\u{ffff}' => Some("\\X2\\"),
            _ => Some("\\X4\\"),
        };
        if open != wanted {
            quoted.push_str(if open.is_some() { "\\X0\\" } else { "" });
            quoted.push_str(wanted.unwrap_or(""));
            open = wanted;
        }
        let code = u32::from(letter);
        // Writing to a string cannot fail.
        let _ = match (wanted, letter) {
            (None, '\'' | '\\') => write!(quoted, "{letter}{letter}"),
            (None, _) => write!(quoted, "{letter}"),
            (Some("\\X2\\"), _) => write!(quoted, "{code:04X}"),
            (Some(_), _) => write!(quoted, "{code:08X}"),
        };
    }
    quoted.push_str(if open.is_some() { "\\X0\\'" } else { "'" });
    quoted
}

/// A real number: the shortest that reads back as the same `f64`, with the point and the capital E
/// that the standard wants. The number must be finite.
pub fn real(number: f64) -> String {
    // Adding zero turns -0 into 0.
    let shortest = format!("{:?}", number + 0.0);
    match shortest.split_once('e') {
        Some((mantissa, exponent)) if mantissa.contains('.') => format!("{mantissa}E{exponent}"),
        Some((mantissa, exponent)) => format!("{mantissa}.E{exponent}"),
        None => shortest
            .strip_suffix('0')
            .filter(|cut| cut.ends_with('.'))
            .map_or_else(|| shortest.clone(), str::to_owned),
    }
}

/// A list of references: `(#1,#2)`.
pub fn list(references: &[usize]) -> String {
    let numbers: Vec<String> = references.iter().map(|number| format!("#{number}")).collect();
    format!("({})", numbers.join(","))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_from_outside_is_escaped() {
        let cases = [
            ("", "''"),
            ("caddy", "'caddy'"),
            ("Bob's; #1=('x')", "'Bob''s; #1=(''x'')'"),
            (r"C:\X2\part", r"'C:\\X2\\part'"),
            ("2 × 4", r"'2 \X2\00D7\X0\ 4'"),
            ("Gehäuse für", r"'Geh\X2\00E4\X0\use f\X2\00FC\X0\r'"),
            ("日本", r"'\X2\65E5672C\X0\'"),
            ("é🎉", r"'\X2\00E9\X0\\X4\0001F389\X0\'"),
            ("a\nb\u{7f}", r"'a\X2\000A\X0\b\X2\007F\X0\'"),
        ];
        for (text, wanted) in cases {
            assert_eq!(string(text), wanted);
        }
    }

    #[test]
    fn numbers_are_reals_that_read_back() {
        let cases = [
            (0.0, "0."),
            (-0.0, "0."),
            (1.0, "1."),
            (-20.0, "-20."),
            (0.1, "0.1"),
            (105.0, "105."),
            (20.55, "20.55"),
            (1e-7, "1.E-7"),
            (-1.25e-9, "-1.25E-9"),
            (1e16, "1.E16"),
            (6.123_233_995_736_766e-17, "6.123233995736766E-17"),
        ];
        for (number, wanted) in cases {
            assert_eq!(real(number), wanted);
            assert_eq!(wanted.parse::<f64>().unwrap().to_bits(), (number + 0.0).to_bits());
        }
    }
}
