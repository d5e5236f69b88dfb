//! Findings in files: `checks.json`, `checks.md`; and what all views of them share.

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
pub(super) fn summary(findings: &[Finding]) -> String {
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

/// The word for how bad it is.
pub(super) fn word(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Note => "note",
        Severity::Pass => "pass",
    }
}
