//! Pieces joined to lines as a pen would draw them.

use std::collections::BTreeMap;

use super::pieces::Node;

/// Points on a line that deviate from straight by less than this (in µm) are left out.
const STRAIGHT: f64 = 2.0;
/// Cosine of the largest turn that a line takes where more than two pieces meet.
const ON_COURSE: f64 = 0.96;

/// Joins pieces to polylines, in millimetres: on through corners, and straight on where lines
/// cross.
pub fn chains(pieces: &[(Node, Node)]) -> Vec<Vec<[f64; 2]>> {
    let mut at: BTreeMap<Node, Vec<usize>> = BTreeMap::new();
    for (number, (from, to)) in pieces.iter().enumerate() {
        at.entry(*from).or_default().push(number);
        at.entry(*to).or_default().push(number);
    }
    let mut used = vec![false; pieces.len()];
    let mut lines = Vec::new();
    for start in 0..pieces.len() {
        if used[start] {
            continue;
        }
        used[start] = true;
        let (from, to) = pieces[start];
        let mut line = vec![from, to];
        for _ in 0..2 {
            while let Some(next) = onwards(&line, pieces, &at, &used) {
                used[next] = true;
                let (one, other) = pieces[next];
                let end = line[line.len() - 1];
                line.push(if one == end { other } else { one });
            }
            line.reverse();
        }
        lines.push(straightened(&line));
    }
    lines
}

/// The piece that goes on at the end of a line.
fn onwards(
    line: &[Node],
    pieces: &[(Node, Node)],
    at: &BTreeMap<Node, Vec<usize>>,
    used: &[bool],
) -> Option<usize> {
    let (before, end) = (line[line.len() - 2], line[line.len() - 1]);
    let meeting = at.get(&end)?;
    let turn = |number: usize| {
        let (one, other) = pieces[number];
        cosine(before, end, if one == end { other } else { one })
    };
    let ahead = meeting.iter().copied().filter(|number| !used[*number]);
    let best = ahead.max_by(|a, b| turn(*a).total_cmp(&turn(*b)).then(b.cmp(a)))?;
    (meeting.len() == 2 || turn(best) > ON_COURSE).then_some(best)
}

/// Of the turn at `middle`: 1 is straight on.
fn cosine(before: Node, middle: Node, after: Node) -> f64 {
    let ([a, b], [c, d]) = (leg(before, middle), leg(middle, after));
    (a * c + b * d) / (a.hypot(b) * c.hypot(d))
}

fn leg(from: Node, to: Node) -> [f64; 2] {
    [f64::from(to.0) - f64::from(from.0), f64::from(to.1) - f64::from(from.1)]
}

/// Without the points between which nothing bends.
fn straightened(line: &[Node]) -> Vec<[f64; 2]> {
    let closed = line.len() > 3 && line.first() == line.last();
    let bends = |before: Node, at: Node, after: Node| {
        let ([a, b], [c, d]) = (leg(before, after), leg(before, at));
        let length = a.hypot(b);
        length == 0.0 || (a * d - b * c).abs() > STRAIGHT * length
    };
    let mut kept: Vec<Node> = Vec::new();
    for (index, &node) in line.iter().enumerate() {
        match (kept.last(), line.get(index + 1)) {
            (Some(&before), Some(&after)) if !bends(before, node, after) => {}
            _ => kept.push(node),
        }
    }
    // A closed line may have been begun in the middle of a straight stretch.
    if closed && kept.len() > 3 && !bends(kept[kept.len() - 2], kept[0], kept[1]) {
        kept.remove(0);
        let last = kept.len() - 1;
        kept[last] = kept[0];
    }
    kept.into_iter().map(|(u, v)| [f64::from(u) / 1000.0, f64::from(v) / 1000.0]).collect()
}
