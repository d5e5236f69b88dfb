//! Findings as annotations of a GitHub workflow, each at its line of the design.
//!
//! <https://docs.github.com/en/actions/reference/workflow-commands-for-github-actions>

use std::fmt::Write;

use crate::checks::{Finding, Severity};

/// One workflow command a finding; passes need none.
pub fn github(file: &str, findings: &[Finding]) -> String {
    let mut text = String::new();
    for finding in findings {
        let command = match finding.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Note => "notice",
            Severity::Pass => continue,
        };
        let mut message = format!(
            "{}: {}, limit {}. {}",
            finding.subject, finding.measured, finding.limit, finding.because
        );
        if !finding.fix.is_empty() {
            // Writing to a String cannot fail.
            let _ = write!(message, "\nFix: {}", finding.fix);
        }
        let line = finding.line.unwrap_or(1);
        let _ = writeln!(
            text,
            "::{command} file={},line={line},title={}::{}",
            property(file),
            property(finding.code),
            escaped(&message)
        );
    }
    text
}

/// What a message must not hold as it is.
fn escaped(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// A property ends at a comma, and its name at a colon.
fn property(text: &str) -> String {
    escaped(text).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_finding_is_one_line_that_ends_where_it_should() {
        let finding = Finding::new("PWR-volts-at-board", "1 m of 28 AWG")
            .severity(Severity::Error)
            .held("4.45 V", "4.63 V")
            .because("10 % less")
            .fix("20 AWG");
        let pass = Finding::new("FIT-opening", "bank");
        assert_eq!(
            github("a,b:c.yaml", &[finding, pass]),
            "::error file=a%2Cb%3Ac.yaml,line=1,title=PWR-volts-at-board::1 m of 28 AWG: 4.45 V, \
             limit 4.63 V. 10 %25 less%0AFix: 20 AWG\n"
        );
    }
}
