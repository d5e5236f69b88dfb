//! Time and filament, as a slicer writes them at the end of its gcode.

use std::fmt;

use crate::units::{Grams, Minutes};

/// The figures stand in the last bytes of a file: PrusaSlicer 2.5.0 writes its whole configuration
/// behind them, which takes some 15 kB, and a user's own start code more.
pub const TAIL: u64 = 1 << 20;

/// What a slicer says of its gcode.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Figures {
    /// Time on the printer.
    pub minutes: Minutes,
    /// Filament.
    pub grams: Grams,
}

/// The gcode does not say what it takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NoFigures {
    missing: &'static str,
}

impl fmt::Display for NoFigures {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "its gcode has no `; {} = …`", self.missing)
    }
}

impl std::error::Error for NoFigures {}

const TIME: &str = "estimated printing time (normal mode)";
const FILAMENT: &str = "filament used [g]";

impl Figures {
    /// Reads the comments of gcode, or of its end.
    pub fn read(gcode: &str) -> Result<Figures, NoFigures> {
        let minutes = comment(gcode, TIME).and_then(duration);
        // One number an extruder.
        let grams = comment(gcode, FILAMENT).and_then(|list| {
            list.split(',').map(|number| number.trim().parse::<f64>().ok()).sum::<Option<f64>>()
        });
        let sensible = |value: &f64| value.is_finite() && *value >= 0.0;
        Ok(Figures {
            minutes: Minutes(minutes.filter(sensible).ok_or(NoFigures { missing: TIME })?),
            grams: Grams(grams.filter(sensible).ok_or(NoFigures { missing: FILAMENT })?),
        })
    }
}

/// The value of `; label = value`, the last one if there are several.
fn comment<'a>(gcode: &'a str, label: &str) -> Option<&'a str> {
    gcode.lines().rev().find_map(|line| {
        let (key, value) = line.strip_prefix(';')?.split_once('=')?;
        (key.trim() == label).then(|| value.trim())
    })
}

/// `1d 2h 3m 4s`, in minutes.
fn duration(text: &str) -> Option<f64> {
    if text.is_empty() {
        return None;
    }
    text.split_whitespace()
        .map(|word| {
            let (number, seconds) = [("d", 86_400.0), ("h", 3600.0), ("m", 60.0), ("s", 1.0)]
                .into_iter()
                .find_map(|(unit, seconds)| Some((word.strip_suffix(unit)?, seconds)))?;
            Some(number.parse::<f64>().ok()? * seconds / 60.0)
        })
        .sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_are_read_as_prusaslicer_writes_them() {
        let gcode = "G1 X1 E1\n; filament used [mm] = 6732.73\n; filament used [g] = 20.57\n\
                     ; total filament used [g] = 20.57\n\
                     ; estimated printing time (normal mode) = 1d 2h 39m 15s\n\
                     ; estimated printing time (silent mode) = 3h 0m 0s\n";
        let figures = Figures { minutes: Minutes(1599.25), grams: Grams(20.57) };
        assert_eq!(Figures::read(gcode), Ok(figures));
    }

    #[test]
    fn gcode_without_figures_is_told() {
        for (gcode, missing) in [
            ("", TIME),
            ("; estimated printing time (normal mode) = soon\n", TIME),
            ("; estimated printing time (normal mode) = 5m 1s\n", FILAMENT),
        ] {
            assert_eq!(Figures::read(gcode), Err(NoFigures { missing }), "{gcode}");
        }
    }
}
