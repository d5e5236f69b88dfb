//! The schedule for calendar programs (iCalendar, RFC 5545).
//!
//! Times are local ones, as clocks in the workshop show them. Lines end with CR LF and are folded
//! at 75 bytes.

use super::plan::Plan;
use super::schedule::{Clock, DAY};
use crate::spec::Date;

/// One event a plate. `name` is the design's; it makes the events' ids unique.
pub fn calendar(plan: &Plan, name: &str, start: Date, hour: u32) -> String {
    let mut lines: Vec<String> = Vec::new();
    for line in
        ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//pibuild//farm//EN", "CALSCALE:GREGORIAN"]
    {
        lines.push(line.to_owned());
    }
    let at = |clock: Clock| stamp(start, hour, clock);
    for entry in &plan.entries {
        let what = match entry.job.and_then(|job| plan.jobs.get(job)) {
            Some(job) => job.id.clone(),
            None => format!("{} × {} again, if any failed", entry.part, entry.pieces),
        };
        let uid = format!("{}-{}-{}@pibuild", name, entry.printer, entry.start);
        lines.push("BEGIN:VEVENT".to_owned());
        lines.push(format!("UID:{}", escaped(&uid)));
        // When the plan was made is nobody's business, and would differ from run to run.
        lines.push(format!("DTSTAMP:{}Z", stamp(start, 0, 0)));
        lines.push(format!("DTSTART:{}", at(entry.start)));
        lines.push(format!("DTEND:{}", at(entry.end)));
        lines.push(format!("SUMMARY:{}", escaped(&format!("{}: {what}", entry.printer))));
        lines.push("END:VEVENT".to_owned());
    }
    lines.push("END:VCALENDAR".to_owned());
    lines.iter().map(|line| folded(line)).collect()
}

fn stamp(start: Date, hour: u32, clock: Clock) -> String {
    let minutes = Clock::from(hour) * 60 + clock;
    let Date { year, month, day } = start.after((minutes / DAY) as u32);
    let (hour, minute) = (minutes % DAY / 60, minutes % 60);
    format!("{year:04}{month:02}{day:02}T{hour:02}{minute:02}00")
}

fn escaped(text: &str) -> String {
    text.replace('\\', "\\\\").replace(';', "\\;").replace(',', "\\,").replace('\n', "\\n")
}

/// In pieces of at most 75 bytes, each but the first after a space.
fn folded(line: &str) -> String {
    let (mut text, mut width) = (String::new(), 0);
    for letter in line.chars() {
        if width + letter.len_utf8() > 75 {
            text.push_str("\r\n ");
            width = 1;
        }
        text.push(letter);
        width += letter.len_utf8();
    }
    text + "\r\n"
}
