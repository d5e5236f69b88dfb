//! The schedule as a picture: a row a printer, a bar a plate.

use svg::Document;
use svg::node::element::{Group, Line, Rectangle, Text, Title};

use super::plan::Plan;
use super::schedule::{Clock, DAY};

/// Width of the time axis.
const WIDTH: f64 = 1180.0;
/// Left of it: the printers' names.
const NAMES: f64 = 130.0;
/// Above it: title and days.
const HEAD: f64 = 64.0;
/// Height of a row.
const ROW: f64 = 20.0;
/// More printers are left out: nobody could tell them apart.
const MOST_ROWS: usize = 80;
/// Colours of parts, as far apart as eight can be on white (Okabe and Ito's, for all kinds of sight).
const COLOURS: [&str; 8] =
    ["#0072B2", "#E69F00", "#009E73", "#CC79A7", "#56B4E9", "#D55E00", "#F0E442", "#666666"];
/// Time in which somebody is there.
const STAFFED: &str = "#F1EEE4";

/// Draws a plan; `None` without a schedule.
pub fn gantt(plan: &Plan, title: &str) -> Option<String> {
    let (schedule, shifts) = (plan.schedule.as_ref()?, plan.shifts?);
    let mut printers: Vec<&str> = Vec::new();
    for kind in &plan.printers {
        let names = plan.entries.iter().map(|entry| entry.printer.as_str());
        let own = format!("{}-", kind.name);
        let mut found: Vec<&str> = names.filter(|name| name.starts_with(&own)).collect();
        found.sort_by_key(|name| (name.len(), *name));
        found.dedup();
        found.retain(|name| !printers.contains(name));
        printers.extend(found);
    }
    let hidden = printers.len().saturating_sub(MOST_ROWS);
    printers.truncate(MOST_ROWS);
    let mut parts: Vec<&str> = Vec::new();
    for entry in &plan.entries {
        if !parts.contains(&entry.part.as_str()) {
            parts.push(&entry.part);
        }
    }
    parts.sort_unstable();
    let axis = Axis { end: schedule.makespan.max(1) };
    let body = ROW * printers.len() as f64;
    let mut drawing = Drawing(Vec::new());
    drawing.text(10.0, 22.0, 15.0, "start", title);
    let days = schedule.makespan as f64 / DAY as f64;
    let mut words = format!(
        "{} plates on {} printers in {days:.1} days; no schedule takes less than {:.1} ({:.1} % above); \
         printers print {:.0} % of the time",
        plan.entries.len(),
        printers.len() + hidden,
        schedule.lower_bound as f64 / DAY as f64,
        schedule.gap() * 100.0,
        schedule.utilisation * 100.0,
    );
    if hidden > 0 {
        words = format!("{words}; {hidden} printers are not shown");
    }
    drawing.text(10.0, 40.0, 11.0, "start", &words);
    drawing.shifts(axis, shifts, body);
    for (row, printer) in printers.iter().enumerate() {
        let y = HEAD + ROW * row as f64;
        drawing.text(NAMES - 8.0, y + ROW * 0.7, 11.0, "end", printer);
        for entry in plan.entries.iter().filter(|entry| entry.printer == *printer) {
            let colour = parts.iter().position(|part| *part == entry.part).unwrap_or(0);
            let (from, to) = (axis.x(entry.start), axis.x(entry.end));
            let again = if entry.job.is_none() { ", kept for reprints" } else { "" };
            let about = format!(
                "{printer}: {} × {}{again}, {} to {}",
                entry.part,
                entry.pieces,
                when(entry.start),
                when(entry.end)
            );
            drawing.bar([from, y + 2.0, to - from, ROW - 4.0], colour, entry.job.is_none(), &about);
            drawing.count(entry.pieces, [from, to], y);
        }
    }
    let legend = HEAD + body + 34.0;
    let mut x = NAMES;
    for (index, part) in parts.iter().enumerate() {
        drawing.bar([x, legend - 10.0, 14.0, 12.0], index, false, part);
        drawing.text(x + 19.0, legend, 11.0, "start", part);
        x += 40.0 + part.chars().count() as f64 * 6.5;
    }
    drawing.bar([x, legend - 10.0, 14.0, 12.0], 0, true, "reprints");
    drawing.text(x + 19.0, legend, 11.0, "start", "pale: time for reprints");
    x += 170.0;
    drawing.area([x, legend - 10.0, 14.0, 12.0], STAFFED);
    drawing.text(x + 19.0, legend, 11.0, "start", "staffed; numbers are pieces on a plate");
    Some(drawing.finish(NAMES + WIDTH + 20.0, legend + 16.0))
}

/// Minutes to places.
#[derive(Clone, Copy)]
struct Axis {
    end: Clock,
}

impl Axis {
    fn x(self, at: Clock) -> f64 {
        NAMES + WIDTH * at.min(self.end) as f64 / self.end as f64
    }
}

/// Day and time of a minute, days counted from 1 and hours from the first shift's begin.
fn when(at: Clock) -> String {
    format!("day {} +{}:{:02}", at / DAY + 1, at % DAY / 60, at % 60)
}

struct Drawing(Vec<Box<dyn svg::Node>>);

impl Drawing {
    fn text(&mut self, x: f64, y: f64, size: f64, anchor: &str, words: &str) {
        let text = Text::new(words)
            .set("x", round(x))
            .set("y", round(y))
            .set("font-size", size)
            .set("text-anchor", anchor);
        self.0.push(Box::new(text));
    }

    fn area(&mut self, [x, y, width, height]: [f64; 4], fill: &str) {
        let area = Rectangle::new()
            .set("x", round(x))
            .set("y", round(y))
            .set("width", round(width))
            .set("height", round(height))
            .set("fill", fill);
        self.0.push(Box::new(area));
    }

    /// Staffed time, and a line and a number for each day, or for as many as there is room for.
    fn shifts(&mut self, axis: Axis, shifts: super::schedule::Shifts, body: f64) {
        let days = axis.end.div_ceil(DAY);
        let every = (days as f64 / (WIDTH / 34.0)).ceil().max(1.0) as Clock;
        for day in 0..days {
            let begin = day * DAY;
            if shifts.staffed(begin) {
                let end = begin + shifts.staffed_until(begin + DAY) - shifts.staffed_until(begin);
                let (from, to) = (axis.x(begin), axis.x(end));
                self.area([from, HEAD, to - from, body], STAFFED);
            }
            if day % every == 0 {
                let x = round(axis.x(begin));
                let line = Line::new()
                    .set("x1", x)
                    .set("x2", x)
                    .set("y1", HEAD - 4.0)
                    .set("y2", round(HEAD + body))
                    .set("stroke", "#BBBBBB")
                    .set("stroke-width", 0.5);
                self.0.push(Box::new(line));
                self.text(x + 2.0, HEAD - 5.0, 10.0, "start", &format!("{}", day + 1));
            }
        }
        self.text(NAMES - 8.0, HEAD - 5.0, 10.0, "end", "day");
    }

    fn bar(&mut self, [x, y, width, height]: [f64; 4], colour: usize, pale: bool, about: &str) {
        let bar = Rectangle::new()
            .set("x", round(x))
            .set("y", round(y))
            .set("width", round(width.max(0.5)))
            .set("height", round(height))
            .set("rx", 1.5)
            .set("fill", COLOURS[colour % COLOURS.len()])
            .set("fill-opacity", if pale { 0.35 } else { 1.0 })
            .set("stroke", "white")
            .set("stroke-width", 0.4);
        self.0.push(Box::new(Group::new().add(Title::new(about)).add(bar)));
    }

    /// The number of pieces, where the bar is wide enough.
    fn count(&mut self, pieces: u32, [from, to]: [f64; 2], y: f64) {
        let words = pieces.to_string();
        if to - from < 7.0 + 5.0 * words.len() as f64 {
            return;
        }
        let text = Text::new(words)
            .set("x", round(f64::midpoint(from, to)))
            .set("y", round(y + ROW * 0.68))
            .set("font-size", 9)
            .set("fill", "white")
            .set("text-anchor", "middle");
        self.0.push(Box::new(text));
    }

    fn finish(self, width: f64, height: f64) -> String {
        let mut document = Document::new()
            .set("viewBox", (0.0, 0.0, round(width), round(height)))
            .set("width", round(width))
            .set("height", round(height))
            .set("font-family", "Helvetica, Arial, sans-serif");
        let paper =
            Rectangle::new().set("width", "100%").set("height", "100%").set("fill", "white");
        document = document.add(paper);
        for node in self.0 {
            document = document.add(node);
        }
        format!("{document}\n")
    }
}

/// Hundredths are enough, and keep the file short.
fn round(value: f64) -> f64 {
    (value * 100.0).round() / 100.0 + 0.0
}
