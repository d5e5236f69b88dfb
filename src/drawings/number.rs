//! Numbers as a machinist reads them.

use crate::units::Mm;

/// Two decimals, as the machine's display shows them, and more only where there are more:
/// `440.85`, `25.40`, `1.5875`.
pub(super) fn millimetres(length: Mm) -> String {
    let exact = length.mm().to_string();
    let decimals = exact.split_once('.').map_or(0, |(_, decimals)| decimals.len());
    format!("{:.*}", decimals.max(2), length.mm())
}

/// `1/4-20 UNC`: inch threads that are written without their series get it, where it is known.
pub(super) fn thread(tap: &str) -> String {
    let series = match tap {
        "8-32" | "10-24" | "1/4-20" | "5/16-18" | "3/8-16" => " UNC",
        "8-36" | "10-32" | "1/4-28" | "5/16-24" | "3/8-24" => " UNF",
        _ => "",
    };
    format!("{tap}{series}")
}

/// The outer diameter of a thread in millimetres, for drawing it; `None` for an unknown name.
pub(super) fn thread_diameter(tap: &str) -> Option<f64> {
    if let Some(metric) = tap.strip_prefix(['M', 'm']) {
        return metric.split(['x', '×', '-']).next()?.trim().parse().ok();
    }
    let size = tap.split('-').next()?;
    let inches = match size.split_once('/') {
        Some((over, under)) => over.parse::<f64>().ok()? / under.parse::<f64>().ok()?,
        // Numbered sizes: #10 is 0.190 in, each number 0.013 in more.
        None => 0.060 + 0.013 * size.trim_start_matches('#').parse::<f64>().ok()?,
    };
    Some(inches * Mm::INCH.mm())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_decimals_or_as_many_as_there_are() {
        assert_eq!(millimetres(Mm::um(440_850)), "440.85");
        assert_eq!(millimetres(Mm::INCH), "25.40");
        assert_eq!(millimetres(Mm::from_mm(1.5875)), "1.5875");
        assert_eq!(millimetres(Mm::ZERO), "0.00");
    }

    #[test]
    fn threads_are_known_by_their_names() {
        for (tap, written, diameter) in [
            ("1/4-20", "1/4-20 UNC", Some(6.35)),
            ("M5", "M5", Some(5.0)),
            ("M8x1", "M8x1", Some(8.0)),
            ("10-32", "10-32 UNF", Some(4.826)),
            ("Whitworth", "Whitworth", None),
        ] {
            assert_eq!(thread(tap), written);
            let known = thread_diameter(tap).map(|d| (d * 1e6).round() / 1e6);
            assert_eq!(known, diameter, "{tap}");
        }
    }
}
