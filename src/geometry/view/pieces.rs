//! Lines on paper, cut where they meet.

use std::collections::BTreeMap;

/// Micrometres on paper: what coincides to that is one place.
pub type Node = (i32, i32);

/// Lines that pass nearer than this (in mm) touch.
const TOUCH: f64 = 1.5e-3;

struct Segment {
    from: [f64; 3],
    to: [f64; 3],
    length: f64,
    /// Where others meet it, as shares of its length.
    cuts: Vec<f64>,
}

/// Cuts all chains where they meet. Of pieces that coincide on paper one is left, and the height
/// of its middle is that of the nearest to the viewer.
pub fn pieces(chains: &[Vec<[f64; 3]>]) -> BTreeMap<(Node, Node), f64> {
    let mut segments: Vec<Segment> = Vec::new();
    for pair in chains.iter().flat_map(|chain| chain.windows(2)) {
        let [from, to] = [pair[0], pair[1]].map(|[u, v, w]| [rounded(u), rounded(v), w]);
        let length = (to[0] - from[0]).hypot(to[1] - from[1]);
        if length > TOUCH {
            // From left to right, which the sweep counts on.
            let (from, to) =
                if (from[0], from[1]) <= (to[0], to[1]) { (from, to) } else { (to, from) };
            segments.push(Segment { from, to, length, cuts: Vec::new() });
        }
    }
    segments.sort_by(|a, b| {
        let key = |it: &Segment| [it.from, it.to].concat();
        let (a, b) = (key(a), key(b));
        a.partial_cmp(&b).unwrap_or(std::cmp::Ordering::Equal)
    });
    cut(&mut segments);
    let mut pieces = BTreeMap::new();
    for segment in &mut segments {
        segment.cuts.sort_by(f64::total_cmp);
        let mut start = 0.0;
        for &end in segment.cuts.iter().chain([&1.0]) {
            let at = |share: f64| -> [f64; 3] {
                std::array::from_fn(|axis| {
                    segment.from[axis] + (segment.to[axis] - segment.from[axis]) * share
                })
            };
            let (one, other) = (node(at(start)), node(at(end)));
            if one != other {
                let height = at(f64::midpoint(start, end))[2];
                let key = (one.min(other), one.max(other));
                let nearest = pieces.entry(key).or_insert(height);
                *nearest = height.max(*nearest);
                start = end;
            }
        }
    }
    pieces
}

/// Finds where segments meet, in a sweep from left to right.
fn cut(segments: &mut [Segment]) {
    let mut active: Vec<usize> = Vec::new();
    for next in 0..segments.len() {
        let left = segments[next].from[0] - TOUCH;
        active.retain(|&number| segments[number].to[0] >= left);
        let (low, high) = heights(&segments[next]);
        for &other in &active {
            let (other_low, other_high) = heights(&segments[other]);
            if other_low <= high + TOUCH && low <= other_high + TOUCH {
                let (before, after) = segments.split_at_mut(next);
                meet(&mut before[other], &mut after[0]);
            }
        }
        active.push(next);
    }
}

fn heights(segment: &Segment) -> (f64, f64) {
    (segment.from[1].min(segment.to[1]), segment.from[1].max(segment.to[1]))
}

fn meet(one: &mut Segment, other: &mut Segment) {
    let along = [one.to[0] - one.from[0], one.to[1] - one.from[1]];
    let beside = [other.to[0] - other.from[0], other.to[1] - other.from[1]];
    let gap = [other.from[0] - one.from[0], other.from[1] - one.from[1]];
    let turn = cross(along, beside);
    if turn.abs() > 1e-4 * one.length * other.length {
        let (first, second) = (cross(gap, beside) / turn, cross(gap, along) / turn);
        let is_on =
            |share: f64, length: f64| share * length > -TOUCH && (share - 1.0) * length < TOUCH;
        if is_on(first, one.length) && is_on(second, other.length) {
            one.cut_at(first);
            other.cut_at(second);
        }
    } else if cross(along, gap).abs() < TOUCH * one.length {
        // On one line: each is cut where the other ends.
        for end in [other.from, other.to] {
            one.cut_at(one.share(end));
        }
        for end in [one.from, one.to] {
            other.cut_at(other.share(end));
        }
    }
}

impl Segment {
    /// Where along it a point lies.
    fn share(&self, point: [f64; 3]) -> f64 {
        let along = [self.to[0] - self.from[0], self.to[1] - self.from[1]];
        let gap = [point[0] - self.from[0], point[1] - self.from[1]];
        (along[0] * gap[0] + along[1] * gap[1]) / (self.length * self.length)
    }

    /// Remembers a cut, unless it is at an end.
    fn cut_at(&mut self, share: f64) {
        if share * self.length > TOUCH && (1.0 - share) * self.length > TOUCH {
            self.cuts.push(share);
        }
    }
}

fn cross(a: [f64; 2], b: [f64; 2]) -> f64 {
    a[0] * b[1] - a[1] * b[0]
}

fn rounded(value: f64) -> f64 {
    f64::from(micrometres(value)) / 1000.0
}

fn node([u, v, _]: [f64; 3]) -> Node {
    (micrometres(u), micrometres(v))
}

/// Rounded alike on both sides of zero. Halves go up even if the last bit of a calculation is
/// missing, so that lines that coincide still do so afterwards.
fn micrometres(value: f64) -> i32 {
    let size = (value.abs() * 1000.0 + 0.5 + 1e-6).floor() as i32;
    if value < 0.0 { -size } else { size }
}
