//! The engine against its verifier, on lists that nobody has seen before.

use proptest::prelude::*;

use super::lengths::{self, CutBar, Length, StockBar};
use super::nest::Random;
use super::sheets::nest_within;
use super::verify;
use super::{Cutter, Grain, Layout, Nested, Piece, Placement, Sheet, guillotine};
use crate::units::Mm;

/// Enough to take the search through its motions.
const LITTLE: u64 = 4_000;

fn mm(value: i64) -> Mm {
    Mm::um(value * 1_000)
}

fn piece(name: &str, length: i64, width: i64, quantity: u64, grain: Grain) -> Piece {
    let piece = Piece::rectangle(name, "ply", Mm::ZERO, mm(length), mm(width)).unwrap();
    Piece { grain, quantity, ..piece }
}

fn sheet(length: i64, width: i64) -> Sheet {
    Sheet { name: "sheet".to_owned(), length: mm(length), width: mm(width) }
}

fn any_pieces() -> impl Strategy<Value = Vec<Piece>> {
    let grain = prop_oneof![Just(Grain::Free), Just(Grain::Along), Just(Grain::Across)];
    let one = (20_i64..900, 20_i64..600, 1_u64..6, grain)
        .prop_map(|(length, width, quantity, grain)| piece("p", length, width, quantity, grain));
    prop::collection::vec(one, 1..14)
}

fn any_cutter() -> impl Strategy<Value = Cutter> {
    (0_i64..8_000, 0_i64..20, any::<bool>(), any::<bool>()).prop_map(
        |(kerf, trim, guillotine, turns)| Cutter {
            kerf: Mm::um(kerf),
            trim: mm(trim),
            guillotine,
            turns,
        },
    )
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1_000))]

    /// `nest` asks the verifier itself, and fails where that finds a flaw.
    #[test]
    fn sheets_of_random_lists_pass_the_verifier(
        pieces in any_pieces(),
        cutter in any_cutter(),
        stock in prop::collection::vec((100_i64..1200, 100_i64..800), 0..4),
        buys in any::<bool>(),
    ) {
        let stock: Vec<Sheet> = stock.into_iter().map(|(l, w)| sheet(l, w)).collect();
        let new = buys.then(|| sheet(1220, 950));
        let nested = nest_within(&pieces, new.as_ref(), &stock, &cutter, LITTLE).unwrap();
        prop_assert!(!buys || nested.unplaced.is_empty() || cutter.trim > Mm::ZERO
            || !cutter.turns || pieces.iter().any(|piece| piece.grain != Grain::Free));
    }

    #[test]
    fn bars_of_random_lists_pass_the_verifier(
        lengths in prop::collection::vec((10_i64..2_400, 1_u64..9), 1..20),
        kerf in 0_i64..6_000,
        sold in prop::collection::vec(1_000_i64..6_000, 1..4),
        there in prop::collection::vec((300_i64..3_000, 1_u64..4), 0..3),
    ) {
        let wanted: Vec<Length> = lengths
            .into_iter()
            .map(|(length, quantity)| Length { name: "p".to_owned(), length: mm(length), quantity })
            .collect();
        let sold = sold.into_iter().map(|length| StockBar { length: mm(length), quantity: None });
        let there = there
            .into_iter()
            .map(|(length, count)| StockBar { length: mm(length), quantity: Some(count) });
        let stock: Vec<StockBar> = sold.chain(there).collect();
        lengths::cut(&wanted, &stock, Mm::um(kerf)).unwrap();
    }
}

fn saw(kerf: i64) -> Cutter {
    Cutter { kerf: Mm::um(kerf), trim: mm(10), guillotine: true, turns: true }
}

/// A list whose layout fills most of two sheets, cut on a saw.
fn example() -> (Vec<Piece>, Sheet, Cutter, Nested) {
    let pieces = vec![
        piece("side", 1800, 600, 2, Grain::Along),
        piece("shelf", 560, 580, 5, Grain::Free),
        piece("back", 300, 1100, 1, Grain::Across),
    ];
    let (sheet, cutter) = (sheet(2440, 1220), saw(3_200));
    let nested = nest_within(&pieces, Some(&sheet), &[], &cutter, LITTLE).unwrap();
    (pieces, sheet, cutter, nested)
}

#[test]
fn a_cupboard_takes_two_sheets_and_its_cuts_free_every_piece() {
    let (_, _, cutter, nested) = example();
    assert_eq!((nested.bought(), nested.lower_bound), (2, 2));
    assert!(nested.layouts.iter().all(|layout| !layout.cuts.is_empty()));
    assert!(cutter.guillotine && !nested.layouts[1].offcuts.is_empty());
}

/// What the verifier says when a good layout is spoilt.
fn flaws_when(spoil: impl FnOnce(&mut Nested)) -> String {
    let (pieces, sheet, cutter, mut nested) = example();
    spoil(&mut nested);
    verify::nested(&pieces, Some(&sheet), &[], &cutter, &nested).join("\n")
}

#[test]
fn the_verifier_sees_every_kind_of_flaw() {
    let first = |nested: &mut Nested, change: fn(&mut Placement)| {
        change(&mut nested.layouts[0].placements[0]);
    };
    assert_eq!(flaws_when(|_| ()), "");
    let outside = flaws_when(|nested| first(nested, |placed| placed.x = mm(9)));
    assert!(outside.contains("leaves the trimmed sheet"), "{outside}");
    let near = flaws_when(|nested| first(nested, |placed| placed.y += Mm::um(1)));
    assert!(near.contains("too near") && near.contains("no cut frees"), "{near}");
    let size = flaws_when(|nested| first(nested, |placed| placed.length -= Mm::um(1)));
    assert!(size.contains("has not its size"), "{size}");
    let turned = flaws_when(|nested| {
        first(nested, |placed| {
            placed.turned = true;
            std::mem::swap(&mut placed.length, &mut placed.width);
        });
    });
    assert!(turned.contains("must not lie that way"), "{turned}");
    let lost = flaws_when(|nested| {
        nested.layouts[0].placements.pop();
    });
    assert!(lost.contains(" pieces "), "{lost}");
    let uncut = flaws_when(|nested| {
        nested.layouts[0].cuts.pop();
    });
    assert!(uncut.contains("no cut frees piece"), "{uncut}");
    let stolen = flaws_when(|nested| nested.layouts[0].from_stock = true);
    assert!(stolen.contains("more sheets sheet than there are"), "{stolen}");
    let boast = flaws_when(|nested| nested.lower_bound = 3);
    assert!(boast.contains("a bound above"), "{boast}");
}

/// The first piece lies 2 mm off the edge and the second 4 mm off the first, at a kerf of 3 mm: the blade
/// runs half in the air at the edge, and goes right before the second piece, not behind the first.
#[test]
fn a_saw_trims_an_edge_by_less_than_its_kerf() {
    let pieces = [piece("a", 40, 40, 1, Grain::Along), piece("b", 30, 40, 1, Grain::Along)];
    let (sheet, cutter) = (sheet(100, 40), Cutter { trim: Mm::ZERO, ..saw(3_000) });
    let placed = |piece: usize, x: i64| Placement {
        piece,
        x: mm(x),
        y: Mm::ZERO,
        length: pieces[piece].length,
        width: pieces[piece].width,
        turned: false,
    };
    let placements = vec![placed(0, 2), placed(1, 46)];
    let (cuts, offcuts) = guillotine::sequence(&sheet, &placements, &cutter);
    let sizes: Vec<Mm> = cuts.iter().map(|cut| cut.size).collect();
    // The strip of the first piece is 1 mm too long, and parted once more.
    assert_eq!(sizes, [mm(-1), mm(41), mm(30), mm(40)]);
    let layout = Layout { sheet: sheet.clone(), from_stock: false, placements, cuts, offcuts };
    let nested = Nested { layouts: vec![layout], unplaced: vec![], lower_bound: 1 };
    let flaws = verify::nested(&pieces, Some(&sheet), &[], &cutter, &nested);
    assert_eq!(flaws, [""; 0]);
}

#[test]
fn offcuts_go_first_and_the_smallest_that_does() {
    let pieces = [piece("shelf", 500, 300, 2, Grain::Free)];
    let mut scrap = sheet(520, 310);
    scrap.name = "scrap".to_owned();
    let stock = [sheet(1200, 800), scrap];
    let cutter = Cutter { kerf: mm(3), trim: Mm::ZERO, guillotine: false, turns: true };
    let nested = nest_within(&pieces, Some(&sheet(2440, 1220)), &stock, &cutter, LITTLE).unwrap();
    let names: Vec<&str> = nested.layouts.iter().map(|l| l.sheet.name.as_str()).collect();
    assert_eq!((nested.bought(), names.len()), (0, 2));
    assert!(names.contains(&"scrap"), "{names:?}");
}

/// Sizes of the ten classes of Berkey and Wang (1987) and of Martello and Vigo (1998).
fn instance(class: usize, count: usize, seed: u64) -> (Vec<Piece>, Sheet) {
    let mut state = seed;
    let mut random = |low: i64, high: i64| {
        // Knuth's MMIX generator; its upper bits are good enough here.
        state =
            state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        low + ((state >> 33) % (high - low + 1).unsigned_abs()).cast_signed()
    };
    let small = [(10, 10), (10, 30), (35, 40), (35, 100), (100, 100), (100, 300)];
    let bin = small.get(class - 1).map_or(100, |(_, bin)| *bin);
    let mut size = || {
        if let Some((most, _)) = small.get(class - 1) {
            return (random(1, *most), random(1, *most));
        }
        // Seven in ten are of the class's own type, one in ten of each of the others.
        let (own, draw) = (class - 7, random(0, 9));
        let others: Vec<usize> = (0..4).filter(|kind| *kind != own).collect();
        match if draw < 7 { own } else { others[(draw - 7) as usize] } {
            0 => (random(67, 100), random(1, 50)),
            1 => (random(1, 50), random(67, 100)),
            2 => (random(50, 100), random(50, 100)),
            _ => (random(1, 50), random(1, 50)),
        }
    };
    let pieces = (0..count).map(|_| size()).map(|(l, w)| piece("p", l, w, 1, Grain::Along));
    (pieces.collect(), sheet(bin, bin))
}

#[test]
fn published_classes_take_few_bins() {
    let cutter = Cutter { kerf: Mm::ZERO, trim: Mm::ZERO, guillotine: false, turns: false };
    let (mut bins, mut bound) = (0, 0);
    for class in 1..=10 {
        for seed in 0..2 {
            let (pieces, sheet) = instance(class, 40, seed);
            let nested = nest_within(&pieces, Some(&sheet), &[], &cutter, 100_000).unwrap();
            bins += nested.bought();
            bound += nested.lower_bound;
        }
    }
    // Nobody can do with less than the bound; a hundredth above it is what good solvers reach.
    assert!(bins * 100 <= bound * 103, "{bins} bins, at least {bound} are needed");
}

#[test]
fn ten_thousand_rows_nest() {
    let pieces: Vec<Piece> =
        (0..10_000).map(|n| piece("p", 100 + n % 83, 60 + n % 47, 1, Grain::Free)).collect();
    let nested = nest_within(&pieces, Some(&sheet(2440, 1220)), &[], &saw(3_200), 0).unwrap();
    assert!(nested.bought() <= nested.lower_bound * 23 / 20, "{}", nested.bought());
}

fn lengths_of(rows: &[(&str, Mm, u64)]) -> Vec<Length> {
    let length = |&(name, length, quantity): &(&str, Mm, u64)| Length {
        name: name.to_owned(),
        length,
        quantity,
    };
    rows.iter().map(length).collect()
}

#[test]
fn rails_from_three_stock_lengths_are_proven() {
    let rails = lengths_of(&[("rail", Mm::INCH * 18, 59)]);
    let stock = [97, 145, 242].map(|inches| StockBar { length: Mm::INCH * inches, quantity: None });
    let cut = lengths::cut(&rails, &stock, Mm::um(3_200)).unwrap();
    assert!(cut.is_proven(), "{cut:?}");
    // 8 from each of 7 bars of 145 in, and 3 from one of 97 in.
    assert_eq!(cut.bought, Mm::INCH * 1112);
}

#[test]
fn what_is_there_is_sawn_first_and_what_fits_nothing_is_told() {
    let wanted = lengths_of(&[("post", mm(1800), 2), ("rung", mm(400), 3)]);
    let stock = [
        StockBar { length: mm(1300), quantity: Some(1) },
        StockBar { length: mm(1000), quantity: None },
    ];
    let cut = lengths::cut(&wanted, &stock, Mm::ZERO).unwrap();
    assert_eq!(cut.unplaced, [(0, 2)]);
    let bar = CutBar { length: mm(1300), from_stock: true, pieces: vec![1, 1, 1], quantity: 1 };
    assert_eq!((cut.bars, cut.bought), (vec![bar], Mm::ZERO));
}

/// Long pieces and short ones, two to a bar or twenty, in millimetres and in tenths, with kerfs. Lists 51,
/// 127 and 177 took two bars more than the bound once.
#[test]
fn bars_of_random_lists_of_200_are_within_one_of_the_bound() {
    let spans = [(100, 900), (400, 1_200), (700, 1_300), (50, 2_440), (600, 820), (300, 1_000)];
    for list in [1, 3, 5, 51, 127, 177] {
        let mut random = Random::new(list as u64);
        let (low, high) = spans[list % 6];
        let tenths = if list % 6 == 5 { 1 } else { 10 };
        let kerf = Mm::um([0, 3_200, 4_800][list / 6 % 3]);
        let mut length = || {
            let span = (high - low) * 10 / tenths + 1;
            Mm::um((low * 10 + random.below(span) * tenths).cast_signed() as i64 * 100)
        };
        let rows: Vec<(&str, Mm, u64)> = (0..200).map(|_| ("p", length(), 1)).collect();
        let stock = [StockBar { length: mm(2440), quantity: None }];
        let cut = lengths::cut(&lengths_of(&rows), &stock, kerf).unwrap();
        let (count, bound) = (cut.count(), cut.lower_bound);
        assert!(count <= bound + 1, "list {list}: {count} bars, at least {bound}");
    }
}

#[test]
fn thousands_of_lengths_are_cut() {
    let rows: Vec<(&str, Mm, u64)> = (0..4_000).map(|n| ("p", mm(100 + n / 3), 1)).collect();
    let stock = [StockBar { length: mm(6_000), quantity: None }];
    let cut = lengths::cut(&lengths_of(&rows), &stock, mm(3)).unwrap();
    assert!(cut.count() <= cut.lower_bound * 104 / 100, "{} {}", cut.count(), cut.lower_bound);
}
