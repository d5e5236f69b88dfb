//! Findings for people and for machines.

use std::fmt::Write;

use serde_json::{Value, json};

use crate::checks::{Finding, Severity};

/// `checks.json`.
pub fn json(design: &str, findings: &[Finding]) -> Value {
    json!({
        "design": design,
        "buildable": !findings.iter().any(|finding| finding.severity == Severity::Error),
        "findings": findings,
    })
}

fn count(findings: &[Finding], severity: Severity) -> usize {
    findings.iter().filter(|finding| finding.severity == severity).count()
}

/// One line that sums up.
fn summary(findings: &[Finding]) -> String {
    let plural = |count: usize, word: &str| match count {
        1 => format!("1 {word}"),
        many => format!("{many} {word}s"),
    };
    let errors = count(findings, Severity::Error);
    let verdict = if errors == 0 { "buildable" } else { "NOT BUILDABLE" };
    format!(
        "{verdict}: {}, {}, {}, {} passed",
        plural(errors, "error"),
        plural(count(findings, Severity::Warning), "warning"),
        plural(count(findings, Severity::Note), "note"),
        count(findings, Severity::Pass),
    )
}

/// `checks.md`: the verdict and one table, passes included.
pub fn markdown(title: &str, findings: &[Finding]) -> String {
    let mut text = format!("# Checks of {title}\n\n**{}**\n\n", summary(findings));
    text.push_str("| | code | subject | measured | limit | margin | because | fix | line |\n");
    text.push_str("|---|---|---|---|---|---|---|---|---|\n");
    for finding in findings {
        let mark = word(finding.severity);
        let margin = finding.margin_percent.map(|margin| format!("{margin:.1} %"));
        let line = finding.line.map(|line| line.to_string());
        let cells = [
            mark,
            finding.code,
            &finding.subject,
            &finding.measured,
            &finding.limit,
            margin.as_deref().unwrap_or(""),
            &finding.because,
            &finding.fix,
            line.as_deref().unwrap_or(""),
        ];
        let cells = cells.map(|cell| cell.replace('|', "\\|").replace('\n', " "));
        // Writing to a String cannot fail.
        let _ = writeln!(text, "| {} |", cells.join(" | "));
    }
    text
}

fn word(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Note => "note",
        Severity::Pass => "pass",
    }
}

/// The verdict for a terminal of 80 columns: what is not in order in full, passes in a line each.
/// Styles are ANSI; whoever prints strips them where they are not wanted.
pub fn human(file: &str, findings: &[Finding]) -> String {
    use anstyle::{AnsiColor, Style};
    let style = |severity| match severity {
        Severity::Error => AnsiColor::Red.on_default().bold(),
        Severity::Warning => AnsiColor::Yellow.on_default().bold(),
        Severity::Note => AnsiColor::Cyan.on_default().bold(),
        Severity::Pass => AnsiColor::Green.on_default(),
    };
    let bold = Style::new().bold();
    let mut text = String::new();
    for finding in findings {
        let paint = style(finding.severity);
        let mark = word(finding.severity);
        if finding.severity == Severity::Pass {
            let _ = writeln!(
                text,
                "{paint}{mark}{paint:#}[{}] {}: {} of {}",
                finding.code, finding.subject, finding.measured, finding.limit
            );
            continue;
        }
        let _ = writeln!(
            text,
            "{paint}{mark}[{}]{paint:#}{bold}: {}: {}, limit {}{bold:#}",
            finding.code, finding.subject, finding.measured, finding.limit
        );
        let place = finding.line.map_or(String::new(), |line| format!(":{line}"));
        let _ = writeln!(text, "  --> {file}{place} {}", finding.path);
        for (label, words) in [("because", &finding.because), ("fix", &finding.fix)] {
            if !words.is_empty() {
                let _ = writeln!(text, "   = {label}: {}", wrapped(words, label.len() + 7));
            }
        }
    }
    let _ = writeln!(text, "{bold}{}{bold:#}", summary(findings));
    text
}

/// Breaks words into lines of 80 columns, continued under the first.
fn wrapped(words: &str, indent: usize) -> String {
    let mut text = String::new();
    let mut column = indent;
    for word in words.split(' ') {
        let length = word.chars().count();
        if column + length + 1 > 80 && column > indent {
            text.push('\n');
            text.push_str(&" ".repeat(indent));
            column = indent;
        } else if column > indent {
            text.push(' ');
            column += 1;
        }
        text.push_str(word);
        column += length;
    }
    text
}
