//! The verdict for people at a terminal.
//!
//! Promise: 80 columns, however large the cluster; only the names of files may be longer. What is
//! not in order comes in full and worst first; what is in order is listed by how little is left.

use std::fmt::Write;

use anstyle::{AnsiColor, Style};

use super::findings::{summary, word};
use crate::checks::{Finding, Severity};

/// Columns of a terminal.
const COLUMNS: usize = 80;

/// The whole verdict. Styles are ANSI; whoever prints strips them where they are not wanted.
pub fn human(file: &str, findings: &[Finding]) -> String {
    let bold = Style::new().bold();
    let mut text = String::new();
    for finding in findings.iter().filter(|it| it.severity != Severity::Pass) {
        describe(&mut text, file, finding);
    }
    in_order(&mut text, findings);
    // Writing to a String cannot fail.
    let _ = writeln!(text, "{bold}{}{bold:#}", summary(findings));
    text
}

fn paint(severity: Severity) -> Style {
    match severity {
        Severity::Error => AnsiColor::Red.on_default().bold(),
        Severity::Warning => AnsiColor::Yellow.on_default().bold(),
        Severity::Note => AnsiColor::Cyan.on_default().bold(),
        Severity::Pass => AnsiColor::Green.on_default(),
    }
}

/// One finding that somebody has to look at.
fn describe(text: &mut String, file: &str, finding: &Finding) {
    let (paint, bold) = (paint(finding.severity), Style::new().bold());
    let mark = format!("{}[{}]", word(finding.severity), finding.code);
    let rest = format!(": {}: {}, limit {}", finding.subject, finding.measured, finding.limit);
    let rest = wrapped(&rest, mark.chars().count(), 6);
    let _ = writeln!(text, "{paint}{mark}{paint:#}{bold}{rest}{bold:#}");
    let place = finding.line.map_or(String::new(), |line| format!(":{line}"));
    let _ = writeln!(text, "  --> {file}{place} {}", finding.path);
    for (label, words) in [("because", &finding.because), ("fix", &finding.fix)] {
        if !words.is_empty() {
            let indent = label.len() + 7;
            let _ = writeln!(text, "   = {label}: {}", wrapped(words, indent, indent));
        }
    }
}

/// Codes that pass, each with the least margin of its findings; the tightest come first.
fn in_order(text: &mut String, findings: &[Finding]) {
    let passed: Vec<&Finding> =
        findings.iter().filter(|it| it.severity == Severity::Pass).collect();
    let mut codes: Vec<(&str, Option<f64>)> = Vec::new();
    for finding in &passed {
        match codes.iter_mut().find(|(code, _)| *code == finding.code) {
            Some((_, margin)) => *margin = less(*margin, finding.margin_percent),
            None => codes.push((finding.code, finding.margin_percent)),
        }
    }
    codes.sort_by(|a, b| {
        a.1.is_none()
            .cmp(&b.1.is_none())
            .then(a.1.unwrap_or_default().total_cmp(&b.1.unwrap_or_default()).then(a.0.cmp(b.0)))
    });
    if codes.is_empty() {
        return;
    }
    let listed: Vec<String> = codes
        .iter()
        .map(|(code, margin)| match margin {
            // A name and its margin stay on one line.
            Some(margin) => format!("{code}\u{a0}{margin:.0}\u{a0}%"),
            None => (*code).to_owned(),
        })
        .collect();
    let green = paint(Severity::Pass);
    let words = format!("passed, and what is left of each limit: {}", listed.join(", "));
    let words = wrapped(&words, 0, 4).replace('\u{a0}', " ");
    let _ = writeln!(text, "{green}{words}{green:#}");
}

fn less(a: Option<f64>, b: Option<f64>) -> Option<f64> {
    match (a, b) {
        (Some(a), Some(b)) => Some(a.min(b)),
        (one, other) => one.or(other),
    }
}

/// Breaks words into lines of 80 columns. The first line starts in column `start`, the others in
/// column `indent`.
fn wrapped(words: &str, start: usize, indent: usize) -> String {
    let mut text = String::new();
    let mut column = start;
    let mut fresh = true;
    for word in words.split(' ') {
        let length = word.chars().count();
        if !fresh && column + length + 1 > COLUMNS {
            text.push('\n');
            text.push_str(&" ".repeat(indent));
            column = indent;
        } else if !fresh {
            text.push(' ');
            column += 1;
        }
        text.push_str(word);
        column += length;
        fresh = false;
    }
    text
}

#[cfg(test)]
mod tests {
    use super::wrapped;

    #[test]
    fn lines_end_before_the_edge() {
        let words = "word ".repeat(40);
        let text = wrapped(words.trim(), 30, 4);
        let lines: Vec<&str> = text.lines().collect();
        assert!(lines[0].len() <= 50 && lines.len() == 3, "{text}");
        assert!(lines[1..].iter().all(|line| line.len() <= 80 && line.starts_with("    word")));
    }
}
