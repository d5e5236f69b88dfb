//! One check's outcome.

use std::fmt::Display;

use serde::Serialize;

use crate::units::round;

/// How bad a finding is. The order is the order of reports: worst first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// It cannot be built, or must not be.
    Error,
    /// It can be built, but somebody should think about it.
    Warning,
    /// Worth knowing.
    Note,
    /// Checked, and in order.
    Pass,
}

/// One check's outcome, as `checks.json` shows it.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Finding {
    /// Stable word, such as `PWR-supply-ports`.
    pub code: &'static str,
    /// How bad it is.
    pub severity: Severity,
    /// What it is about.
    pub subject: String,
    /// What was found, with its unit.
    pub measured: String,
    /// What it was held against, with its unit.
    pub limit: String,
    /// How far inside the limit, in percent of it; negative outside.
    pub margin_percent: Option<f64>,
    /// The formula with its numbers.
    pub because: String,
    /// The change that would pass; empty for a pass.
    pub fix: String,
    /// The key in the design that it is about.
    pub path: String,
    /// The line of that key, or of the nearest one that was written.
    pub line: Option<usize>,
    /// Where the limit comes from.
    pub source: String,
}

impl Finding {
    /// A pass about `subject`; the other methods say more.
    pub fn new(code: &'static str, subject: impl Into<String>) -> Finding {
        Finding {
            code,
            severity: Severity::Pass,
            subject: subject.into(),
            measured: String::new(),
            limit: String::new(),
            margin_percent: None,
            because: String::new(),
            fix: String::new(),
            path: String::new(),
            line: None,
            source: String::new(),
        }
    }

    /// Sets how bad it is.
    #[must_use]
    pub fn severity(mut self, severity: Severity) -> Finding {
        self.severity = severity;
        self
    }

    /// Sets what was found and what it was held against.
    #[must_use]
    pub fn held(mut self, measured: impl Display, limit: impl Display) -> Finding {
        self.measured = format!("{measured}");
        self.limit = format!("{limit}");
        self
    }

    /// Sets the margin: how far `measured` stays below `limit`, as a share of the limit.
    #[must_use]
    pub fn below(mut self, measured: f64, limit: f64) -> Finding {
        self.margin_percent =
            (limit != 0.0).then(|| round((limit - measured) / limit.abs() * 1e4).round() / 100.0);
        self
    }

    /// Sets the margin: how far `measured` stays above `limit`, as a share of the limit.
    #[must_use]
    pub fn above(self, measured: f64, limit: f64) -> Finding {
        self.below(2.0 * limit - measured, limit)
    }

    /// Sets the formula with its numbers.
    #[must_use]
    pub fn because(mut self, because: impl Into<String>) -> Finding {
        self.because = because.into();
        self
    }

    /// Sets the change that would pass.
    #[must_use]
    pub fn fix(mut self, fix: impl Into<String>) -> Finding {
        self.fix = fix.into();
        self
    }

    /// Sets the key that it is about.
    #[must_use]
    pub fn at(mut self, path: impl Into<String>) -> Finding {
        self.path = path.into();
        self
    }

    /// Sets where the limit comes from.
    #[must_use]
    pub fn source(mut self, source: impl Into<String>) -> Finding {
        self.source = source.into();
        self
    }
}
