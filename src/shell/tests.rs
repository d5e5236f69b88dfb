//! Frame and shell of whole designs.

use crate::pipeline::{self, Outcome};
use crate::spec::Files;
use crate::units::Mm;

struct NoFiles;

impl Files for NoFiles {
    fn read(&self, _: &str) -> Result<Vec<u8>, String> {
        Err("there are no files here".to_owned())
    }
}

fn outcome(text: &str) -> Outcome {
    pipeline::check("design.yaml", text.as_bytes(), &NoFiles).unwrap()
}

fn tardis() -> &'static str {
    include_str!("../../designs/tardis.yaml")
}

/// A few boards on a desk, with more keys of the design.
fn desk(more: &str) -> String {
    format!("pibuild: 1\nname: desk\nboard: raspberry-pi-5\npis: 8\n{more}\n")
}

fn number(outcome: &Outcome, name: &str) -> f64 {
    match &outcome.ledger.get(name).unwrap().amount {
        crate::cluster::Amount::Number(value, _) => *value,
        crate::cluster::Amount::Choice(word) => panic!("{name} is {word}"),
    }
}

#[test]
fn the_frame_of_the_police_box_has_the_sizes_of_the_real_one() {
    let outcome = outcome(tardis());
    let measured = [
        ("frame.width", 1206.5),
        ("frame.depth", 1206.5),
        ("frame.outer_width", 1193.8),
        ("frame.post_length", 1828.8),
        ("frame.height", 1971.9),
        ("frame.height_with_covers", 2049.9),
        ("frame.height_with_lamp", 2132.7),
        ("frame.castor_track_width", 2.0 * 548.0),
    ];
    for (name, value) in measured {
        assert!((number(&outcome, name) - value).abs() < 1e-9, "{name}");
    }
    let frame = outcome.shell.frame.as_ref().unwrap();
    let bars = frame.cut_bars();
    let cut: Vec<(&str, Mm, u64)> =
        bars.iter().map(|bar| (bar.profile.as_str(), bar.length, bar.quantity)).collect();
    assert_eq!(
        cut,
        [("t-slot-1515", Mm::um(1_828_800), 12), ("t-slot-1530", Mm::um(1_041_400), 8),]
    );
}

#[test]
fn four_roof_fans_stand_where_the_real_ones_do_and_seven_keep_apart() {
    let four = outcome(&tardis().replace("fan-200mm, count: 7", "fan-200mm, count: 4"));
    assert!((number(&four, "frame.fan_circle") - 202.5).abs() < 1e-9);
    let seven = outcome(tardis());
    let fans = seven.shell.frame.as_ref().unwrap().fans.clone().unwrap();
    let cover = fans.cover.as_ref().unwrap().fitting.size[0].mm();
    for (index, one) in fans.at.iter().enumerate() {
        for other in &fans.at[index + 1..] {
            let apart = (one.0 - other.0).mm().hypot((one.1 - other.1).mm());
            assert!(apart > cover + 5.0, "{apart}");
        }
    }
}

#[test]
fn a_frame_follows_its_racks() {
    assert!(outcome(&desk("")).shell.frame.is_none());
    let small = outcome(&desk("racks: { standard: 10in }\nshell: { style: plain-box }"));
    let frame = small.shell.frame.as_ref().unwrap();
    assert_eq!((frame.post.id.as_str(), frame.beam.id.as_str()), ("t-slot-2020", "t-slot-2040"));
    assert_eq!(frame.bars.len(), 4 + 8);
    assert!(frame.lamp.is_none());
    let row = outcome(&desk("racks: { count: 6 }\nshell: { style: plain-box }"));
    let frame = row.shell.frame.as_ref().unwrap();
    // Six racks of 533.4 need a post between the third and the fourth, in front and behind.
    let between =
        frame.bars.iter().filter(|bar| bar.middle().0 == Mm::ZERO && bar.to[2].mm() > 1000.0);
    assert_eq!(between.count(), 2);
    assert!(frame.cut_bars().iter().all(|bar| bar.length < Mm::um(1_900_000)));
    assert_eq!(frame.castors.len(), 6);
}

#[test]
fn nothing_of_the_frame_fills_the_space_of_racks_or_other_bars() {
    for text in [tardis().to_owned(), desk("racks: { count: 6 }\nshell: { style: plain-box }")] {
        let outcome = outcome(&text);
        let frame = outcome.shell.frame.as_ref().unwrap();
        let rack = &outcome.cluster.opening.rack;
        let mut boxes: Vec<([Mm; 3], [Mm; 3])> =
            frame.bars.iter().map(|bar| (bar.from, bar.to)).collect();
        for stand in outcome.layout.racks.iter().map(|plan| plan.stand) {
            let half = rack.width.value.half();
            let depth = rack.depth.value;
            let y =
                if stand.turned { [stand.y - depth, stand.y] } else { [stand.y, stand.y + depth] };
            let top = rack.height.value;
            boxes.push(([stand.x - half, y[0], Mm::ZERO], [stand.x + half, y[1], top]));
        }
        for (index, one) in boxes.iter().enumerate() {
            for other in &boxes[index + 1..] {
                let meet =
                    (0..3).all(|axis| one.0[axis] < other.1[axis] && other.0[axis] < one.1[axis]);
                assert!(!meet, "{one:?} and {other:?}");
            }
        }
    }
}
