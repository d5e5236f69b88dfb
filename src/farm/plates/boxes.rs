//! Equal rectangles on a larger one, by cuts from edge to edge.

use std::collections::HashMap;

use super::Place;

/// Sizes in whole hundredths of a millimetre, so that they can be compared and remembered.
const UNIT: f64 = 0.01;

/// The most rectangles of `size` that come out of `bed` by cuts from edge to edge, turned by a
/// quarter or not. `size` holds the gap to the neighbour already.
pub fn pack(size: [f64; 2], bed: [f64; 2]) -> Vec<Place> {
    let whole = |length: f64, up: bool| {
        let units = length / UNIT;
        (if up { (units - 1e-6).ceil() } else { (units + 1e-6).floor() }).max(0.0) as u32
    };
    let sides = size.map(|length| whole(length, true).max(1));
    let mut cutter = Cutter { sides, known: HashMap::new() };
    let bed = bed.map(|length| whole(length, false));
    cutter.most(bed);
    let mut places = Vec::new();
    cutter.lay(bed, [0, 0], &mut places);
    places
}

struct Cutter {
    sides: [u32; 2],
    known: HashMap<[u32; 2], (u32, Cut)>,
}

/// What is done with a rectangle.
#[derive(Clone, Copy)]
enum Cut {
    Waste,
    Whole {
        turned: bool,
    },
    /// At this distance, across x or y.
    At(usize, u32),
}

impl Cutter {
    /// Every sum of sides that matters for cuts of a length, up to its half.
    fn cuts(&self, length: u32) -> Vec<u32> {
        let [a, b] = self.sides;
        let mut cuts: Vec<u32> = (0..=length / 2 / a)
            .flat_map(|many| (0..=(length / 2 - many * a) / b).map(move |more| many * a + more * b))
            .filter(|cut| *cut > 0)
            .collect();
        cuts.sort_unstable();
        cuts.dedup();
        cuts
    }

    fn most(&mut self, bed: [u32; 2]) -> u32 {
        let [a, b] = self.sides;
        if let Some((count, _)) = self.known.get(&bed) {
            return *count;
        }
        let fits = |width: u32, depth: u32| width <= bed[0] && depth <= bed[1];
        let mut best = if fits(a, b) {
            (1, Cut::Whole { turned: false })
        } else if fits(b, a) {
            (1, Cut::Whole { turned: true })
        } else {
            (0, Cut::Waste)
        };
        // A rectangle that is too small for any cut needs no search.
        let bound = (u64::from(bed[0]) * u64::from(bed[1]) / (u64::from(a) * u64::from(b))) as u32;
        for axis in 0..2 {
            for cut in if bound > best.0 { self.cuts(bed[axis]) } else { Vec::new() } {
                let [near, far] = split(bed, axis, cut);
                let count = self.most(near) + self.most(far);
                if count > best.0 {
                    best = (count, Cut::At(axis, cut));
                }
            }
        }
        self.known.insert(bed, best);
        best.0
    }

    fn lay(&self, bed: [u32; 2], at: [u32; 2], places: &mut Vec<Place>) {
        match self.known.get(&bed) {
            None | Some((_, Cut::Waste)) => {}
            Some((_, Cut::Whole { turned })) => places.push(Place {
                x: f64::from(at[0]) * UNIT,
                y: f64::from(at[1]) * UNIT,
                degrees: if *turned { 90.0 } else { 0.0 },
            }),
            Some((_, Cut::At(axis, cut))) => {
                let [near, far] = split(bed, *axis, *cut);
                self.lay(near, at, places);
                let mut beyond = at;
                beyond[*axis] += cut;
                self.lay(far, beyond, places);
            }
        }
    }
}

fn split(bed: [u32; 2], axis: usize, cut: u32) -> [[u32; 2]; 2] {
    let (mut near, mut far) = (bed, bed);
    near[axis] = cut;
    far[axis] = bed[axis] - cut;
    [near, far]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn turned_rectangles_use_what_straight_ones_leave() {
        assert_eq!(pack([60.0, 40.0], [100.0, 60.0]).len(), 2);
        assert_eq!(pack([60.0, 40.0], [120.0, 100.0]).len(), 5);
        assert_eq!(pack([60.0, 40.0], [59.0, 59.0]).len(), 0);
        assert_eq!(pack([60.0, 40.0], [40.0, 60.0]), [Place { x: 0.0, y: 0.0, degrees: 90.0 }]);
    }
}
