//! One bar: what is worth most of what goes into it.

/// The best filling found, and what no filling can exceed.
#[derive(Clone, Debug)]
pub(super) struct Filling {
    /// How many of each kind.
    pub counts: Vec<u64>,
    /// What they are worth together.
    pub value: f64,
    /// No filling is worth more.
    pub at_most: f64,
}

/// After so many steps the best so far has to do.
const STEPS: u32 = 30_000;
/// Largest table of a dynamic programme, in entries.
const TABLE: i64 = 6_000_000;
/// And the rows of one that is only to give a bound.
const ROWS: i64 = 20_000;

/// Kinds of `sizes` (positive), each worth its `values` (not negative), at most `available` of
/// each, into `capacity`: branch and bound, by falling value for its size. Ends early when a filling
/// is worth `enough`.
pub(super) fn fill(
    capacity: i64,
    sizes: &[i64],
    values: &[f64],
    available: &[u64],
    enough: f64,
) -> Filling {
    let mut kinds: Vec<usize> = (0..sizes.len())
        .filter(|&kind| available[kind] > 0 && values[kind] > 0.0 && sizes[kind] <= capacity)
        .collect();
    let density = |kind: usize| values[kind] / sizes[kind] as f64;
    kinds.sort_by(|&one, &other| {
        density(other)
            .total_cmp(&density(one))
            .then(sizes[other].cmp(&sizes[one]))
            .then(one.cmp(&other))
    });
    let mut smallest_after = vec![i64::MAX; kinds.len() + 1];
    for (place, &kind) in kinds.iter().enumerate().rev() {
        smallest_after[place] = smallest_after[place + 1].min(sizes[kind]);
    }
    let most = |place: usize, room: i64| {
        let fits = room / sizes[kinds[place]];
        (fits as u64).min(available[kinds[place]])
    };
    let mut best = vec![0; sizes.len()];
    let mut best_value = 0.0;
    // The way down so far: how many of the kind at each place.
    let mut taken: Vec<u64> = Vec::with_capacity(kinds.len());
    let (mut room, mut value) = (capacity, 0.0);
    let mut steps = 0;
    let at_root = kinds.first().map_or(0.0, |&kind| density(kind) * capacity as f64);
    let mut complete = true;
    loop {
        let place = taken.len();
        let hopeful = place < kinds.len()
            && room >= smallest_after[place]
            && value + density(kinds[place]) * room as f64 > best_value * (1.0 + 1e-12) + 1e-12;
        if hopeful {
            let count = most(place, room);
            taken.push(count);
            room -= sizes[kinds[place]] * count.cast_signed();
            value += values[kinds[place]] * count as f64;
            steps += 1;
        } else {
            if value > best_value {
                best_value = value;
                best.fill(0);
                for (&kind, &count) in kinds.iter().zip(&taken) {
                    best[kind] = count;
                }
                if best_value >= enough {
                    break;
                }
            }
            if steps > STEPS {
                complete = false;
                break;
            }
            // Back to the last kind that can be had one less of.
            while let Some(0) = taken.last() {
                taken.pop();
            }
            let Some(count) = taken.last_mut() else { break };
            *count -= 1;
            let kind = kinds[taken.len() - 1];
            room += sizes[kind];
            value -= values[kind];
        }
    }
    let at_most = if complete { best_value } else { at_root };
    Filling { counts: best, value: best_value, at_most }
}

/// As [`fill`], to the end: dynamic programming over whole multiples of what all sizes are multiples
/// of. Where that is too fine, sizes are rounded down; then only the bound holds, and the filling is
/// that of [`fill`].
pub(super) fn fill_exactly(
    capacity: i64,
    sizes: &[i64],
    values: &[f64],
    available: &[u64],
) -> Filling {
    let first = fill(capacity, sizes, values, available, f64::INFINITY);
    if first.at_most <= first.value {
        return first;
    }
    let kinds: Vec<usize> = (0..sizes.len())
        .filter(|&kind| available[kind] > 0 && values[kind] > 0.0 && sizes[kind] <= capacity)
        .collect();
    let common = kinds.iter().fold(0, |common, &kind| gcd(common, sizes[kind]));
    let exact = capacity / common * i64::try_from(kinds.len()).unwrap_or(i64::MAX) <= TABLE;
    let unit = if exact { common } else { common.max(capacity / ROWS) };
    // Rounded up: more room than there is.
    let rows = if exact { capacity / unit } else { capacity / unit + 1 } as usize;
    let mut worth = vec![0.0_f64; rows + 1];
    let mut copies: Vec<Vec<u16>> = Vec::new();
    for &kind in &kinds {
        let size = (sizes[kind] / unit) as usize;
        if size == 0 {
            return first;
        }
        let most = available[kind].min((rows / size) as u64) as usize;
        let before = worth.clone();
        let mut taken = vec![0_u16; if exact { rows + 1 } else { 0 }];
        for room in size..=rows {
            let limit = most.min(room / size);
            for count in 1..=limit {
                let value = before[room - count * size] + values[kind] * count as f64;
                if value > worth[room] {
                    worth[room] = value;
                    if exact {
                        taken[room] = count as u16;
                    }
                }
            }
        }
        copies.push(taken);
    }
    let at_most = worth.iter().copied().fold(0.0, f64::max).min(first.at_most);
    if !exact {
        return Filling { at_most, ..first };
    }
    let mut counts = vec![0; sizes.len()];
    let mut room = (0..=rows).max_by(|&a, &b| worth[a].total_cmp(&worth[b])).unwrap_or(0);
    for (taken, &kind) in copies.iter().zip(&kinds).rev() {
        let count = taken[room];
        counts[kind] = u64::from(count);
        room -= count as usize * (sizes[kind] / unit) as usize;
    }
    Filling { counts, value: at_most, at_most }
}

fn gcd(one: i64, other: i64) -> i64 {
    if other == 0 { one } else { gcd(other, one % other) }
}
