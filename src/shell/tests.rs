//! Frame and shell of whole designs.

use nalgebra::Isometry3;

use super::block::Block;
use super::board::Board;
use super::{FlatPart, Letters, Panels, Shell};
use crate::assembly::Enclosure;
use crate::catalog::Catalog;
use crate::cluster::{Cluster, Ledger};
use crate::geometry::{Bounds, CONTACT, Contour, Mesh, overlap_in};
use crate::layout::Layout;
use crate::spec::{self, Files};
use crate::units::Mm;

struct NoFiles;

impl Files for NoFiles {
    fn read(&self, _: &str) -> Result<Vec<u8>, String> {
        Err("there are no files here".to_owned())
    }
}

/// As far as the shell goes: nothing is printed, wired or judged.
struct Built {
    cluster: Cluster,
    layout: Layout,
    shell: Shell,
    ledger: Ledger,
}

fn built(text: &str) -> Built {
    let catalog = Catalog::builtin_for(text).unwrap();
    let document = spec::read("design.yaml", text.as_bytes(), &NoFiles, &catalog).unwrap();
    let mut ledger = Ledger::default();
    let cluster = Cluster::resolve(&document, &mut ledger).unwrap();
    let layout = Layout::place(&document, &cluster, &mut ledger);
    let shell = Shell::new(&document, &cluster, &layout, &mut ledger).unwrap();
    Built { cluster, layout, shell, ledger }
}

fn tardis() -> &'static str {
    include_str!("../../designs/tardis.yaml")
}

/// A few boards on a desk, with more keys of the design.
fn desk(more: &str) -> String {
    format!("pibuild: 1\nname: desk\nboard: raspberry-pi-5\npis: 8\n{more}\n")
}

fn number(built: &Built, name: &str) -> f64 {
    match &built.ledger.get(name).unwrap().amount {
        crate::cluster::Amount::Number(value, _) => *value,
        crate::cluster::Amount::Choice(word) => panic!("{name} is {word}"),
    }
}

#[test]
fn the_frame_of_the_police_box_has_the_sizes_of_the_real_one() {
    let built = built(tardis());
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
        assert!((number(&built, name) - value).abs() < 1e-9, "{name}");
    }
    let frame = built.shell.frame.as_ref().unwrap();
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
    let four = built(&tardis().replace("fan-200mm, count: 7", "fan-200mm, count: 4"));
    assert!((number(&four, "frame.fan_circle") - 202.5).abs() < 1e-9);
    let seven = built(tardis());
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
    assert!(built(&desk("")).shell.frame.is_none());
    let small = built(&desk("racks: { standard: 10in }\nshell: { style: plain-box }"));
    let frame = small.shell.frame.as_ref().unwrap();
    assert_eq!((frame.post.id.as_str(), frame.beam.id.as_str()), ("t-slot-2020", "t-slot-2040"));
    assert_eq!(frame.bars.len(), 4 + 8);
    assert!(frame.lamp.is_none());
    let row = built(&desk("racks: { count: 6 }\nshell: { style: plain-box }"));
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
        let built = built(&text);
        let frame = built.shell.frame.as_ref().unwrap();
        let rack = &built.cluster.opening.rack;
        let mut boxes: Vec<([Mm; 3], [Mm; 3])> =
            frame.bars.iter().map(|bar| (bar.from, bar.to)).collect();
        for stand in built.layout.racks.iter().map(|plan| plan.stand) {
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

/// All solid things of an enclosure: name, mesh, place. Paint is no solid.
fn solids(built: &Built) -> Vec<(String, Mesh, Isometry3<f64>)> {
    let around = Enclosure::new(&built.shell).unwrap();
    around
        .frame
        .iter()
        .chain(&around.shell)
        .flat_map(|instance| {
            let pieces = around.shapes[instance.shape].pieces.iter();
            let solid = pieces.filter(|piece| piece.what != "letters");
            solid.map(|piece| (instance.name.clone(), piece.mesh.clone(), instance.place))
        })
        .collect()
}

/// Pairs that fill the same space, by name, and how many pairs of boxes met.
fn interferences(things: &[(String, Mesh, Isometry3<f64>)]) -> (Vec<String>, usize) {
    let boxes: Vec<Bounds> =
        things.iter().map(|(_, mesh, place)| mesh.bounds().placed(place)).collect();
    let (mut found, mut near) = (vec![], 0);
    for (index, one) in things.iter().enumerate() {
        for (other_index, other) in things.iter().enumerate().skip(index + 1) {
            let pair = [boxes[index], boxes[other_index]];
            if one.0 == other.0 || pair[0].shared(&pair[1], CONTACT).is_none() {
                continue;
            }
            near += 1;
            if let Some(overlap) = overlap_in(&one.1, &one.2, &other.1, &other.2, pair) {
                found.push(format!(
                    "{} and {}: {:.3} mm at {}",
                    one.0, other.0, overlap.depth, overlap.at
                ));
            }
        }
    }
    (found, near)
}

/// Shells of many kinds, for a router.
fn shells() -> [String; 4] {
    let plain = tardis().replace("style: police-box", "style: plain-box");
    let small = desk(
        "racks: { standard: 10in }\nshell:\n  style: police-box\n  sign: PI\n  doors: [front]\n  \
         sheet: birch-ply-9\n  tool: { kind: router, diameter: 6.35 mm }",
    );
    let row = desk(
        "racks: { count: 5 }\nshell:\n  style: police-box\n  sign: FIVE\n  doors: [front, back]\n  \
         tool: { kind: router, diameter: 6.35 mm }",
    );
    [tardis().to_owned(), plain, small, row]
}

/// The same shell for a saw.
fn sawn(text: &str) -> String {
    let sawn = text.replace("kind: router, diameter: 6.35 mm", "kind: saw, diameter: 3.2 mm");
    assert!(sawn.contains("kind: saw"));
    sawn
}

#[test]
fn assembled_no_two_pieces_fill_the_same_space() {
    for text in shells() {
        let (found, near) = interferences(&solids(&built(&text)));
        assert!(found.is_empty(), "{}", found.join("\n"));
        // Boards stand in each other's grooves and slots.
        assert!(near > 20, "{near}");
        let (found, _) = interferences(&solids(&built(&sawn(&text))));
        assert!(found.is_empty(), "with a saw: {}", found.join("\n"));
    }
}

/// Rectangles, and holes as a drill makes them: through, or flat at the bottom.
#[test]
fn a_saw_and_a_drill_make_every_piece_of_a_sawn_shell() {
    for text in shells() {
        let built = built(&sawn(&text));
        let mut holes = 0;
        for part in built.shell.flat_parts() {
            let contours = part.profile.contours().unwrap();
            let straight = |it: &Contour| it.vertices.iter().all(|corner| corner.bulge == 0.0);
            let round = |it: &Contour| it.vertices.iter().all(|corner| corner.bulge != 0.0);
            let (outer, inner): (Vec<_>, Vec<_>) = contours.iter().partition(|it| it.area() > 0.0);
            let name = &part.name;
            assert!(
                outer.len() == 1 && outer[0].vertices.len() == 4 && straight(outer[0]),
                "{name}"
            );
            assert!((outer[0].area() - part.length.mm() * part.width.mm()).abs() < 1e-6, "{name}");
            assert!(inner.iter().all(|it| round(it)), "{name}");
            for pocket in &part.pockets {
                assert!(pocket.region.contours().unwrap().iter().all(round), "{name}");
            }
            assert!(part.engraving().unwrap().is_empty(), "{name}");
            holes += inner.len();
        }
        assert!(holes > 40, "{holes}");
        // It is no poorer for that: it breathes, its doors open as far, its windows have six panes.
        assert!(number(&built, "shell.vent_area") > 0.0);
        let panels = built.shell.panels.as_ref().unwrap();
        let opens = |panels: &Panels| -> Vec<f64> {
            panels.doors.iter().map(|door| panels.swing(door).degrees).collect()
        };
        let routed = self::built(&text).shell.panels.unwrap();
        assert_eq!(opens(panels), opens(&routed));
        let bars = panels.parts.iter().filter(|part| part.name.starts_with("window-bar"));
        let leaves = if text.contains("plain-box") {
            0
        } else {
            panels.boards.iter().filter(|board| board.name() == "top-rail").count()
        };
        assert_eq!(bars.map(FlatPart::quantity).sum::<u64>(), 5 * leaves as u64);
    }
    assert!(number(&built(&sawn(tardis())), "shell.vent_area") > 0.27);
}

/// The distance from a board's box to the nearest other one along an axis, among boards and bars.
fn touches(block: &Block, others: &[Block], slack: Mm) -> usize {
    let meets = |other: &&Block| *other != block && other.grown(slack).shared(block).is_some();
    others.iter().filter(meets).count()
}

#[test]
fn no_joint_gapes() {
    let built = built(tardis());
    let panels = built.shell.panels.as_ref().unwrap();
    let frame = built.shell.frame.as_ref().unwrap();
    let mut blocks: Vec<Block> = panels.boards.iter().map(Board::block).collect();
    blocks.extend(frame.bars.iter().map(|bar| Block { from: bar.from, to: bar.to }));
    // Every board meets at least one other within the allowance; a window stands in its bay.
    for board in &panels.boards {
        let slack = panels.sizes.allowance;
        assert!(touches(&board.block(), &blocks, slack) > 0, "{}", board.name());
    }
    // A tab is as long as its slot is deep, and the slot is wider by the allowance.
    let part = |name: &str| panels.parts.iter().find(|part| part.name.starts_with(name)).unwrap();
    let post = part("corner-outer-long");
    let tabs = post.length - (panels.sizes.head - panels.sizes.deck);
    assert_eq!(tabs, panels.sizes.sheet * 2);
    let skirt = part("plinth-skirt");
    let groove = &part("plinth-lower").pockets;
    assert!(groove.iter().all(|pocket| pocket.depth == panels.sizes.dado));
    let wide = groove[0].region.contours().unwrap()[0].extent().unwrap();
    let across = (wide.max[1] - wide.min[1]).min(wide.max[0] - wide.min[0]);
    assert!((across - skirt.thickness.mm() - panels.sizes.allowance.mm()).abs() < 1e-6, "{across}");
}

#[test]
fn joints_follow_the_measured_thickness() {
    for measured in ["17.1 mm", "18.1 mm"] {
        let text =
            tardis().replace("sheet_thickness: 17.7 mm", &format!("sheet_thickness: {measured}"));
        let built = built(&text);
        let (found, _) = interferences(&solids(&built));
        assert!(found.is_empty(), "{measured}: {}", found.join("\n"));
        let panels = built.shell.panels.as_ref().unwrap();
        assert!(
            panels
                .parts
                .iter()
                .filter(|part| part.sheet == "birch-ply-18")
                .all(|part| { format!("{}", part.thickness) == measured })
        );
    }
}

#[test]
fn inner_corners_have_dog_bones_for_a_router_and_none_for_a_saw() {
    let arcs = |text: &str| {
        let built = built(text);
        let panels = built.shell.panels.as_ref().unwrap();
        let header = panels.parts.iter().find(|part| part.name.starts_with("header")).unwrap();
        let contours = header.profile.contours().unwrap();
        // Bolt holes are round with either tool; slots for tabs are the ones with corners.
        let slots =
            contours.iter().filter(|it| it.vertices.iter().any(|corner| corner.bulge == 0.0));
        slots.flat_map(|it| &it.vertices).filter(|corner| corner.bulge != 0.0).count()
    };
    assert_eq!(arcs(tardis()), 4);
    let saw = tardis().replace("kind: router, diameter: 6.35 mm", "kind: saw, diameter: 3.2 mm");
    assert_eq!(arcs(&saw), 0);
}

#[test]
fn doors_open_without_hitting_anything() {
    let plain = tardis().replace("style: police-box", "style: plain-box");
    for text in [tardis(), &plain] {
        let built = built(text);
        let panels = built.shell.panels.as_ref().unwrap();
        assert_eq!(panels.doors.len(), 4);
        for door in &panels.doors {
            let swing = panels.swing(door);
            assert!(swing.hits.is_empty(), "{:?}", swing.hits);
            assert!(swing.degrees >= 90.0);
        }
    }
    // Leaves that are wider than their opening meet each other.
    let built = built(tardis());
    let mut panels = built.shell.panels.clone().unwrap();
    let axis = panels.doors[0].axis;
    panels.doors[0].axis = [axis[0] - Mm::um(60_000), axis[1] - Mm::um(60_000)];
    let door = panels.doors[0].clone();
    assert!(!panels.swing(&door).hits.is_empty());
}

#[test]
fn the_flagship_closes_left_and_right_and_is_open_in_front_and_behind() {
    let built = built(tardis());
    let panels = built.shell.panels.as_ref().unwrap();
    let count = |name: &str| -> u64 {
        let parts = panels.parts.iter().filter(|part| part.name.starts_with(name));
        parts.map(FlatPart::quantity).sum()
    };
    let expected = [
        ("leaf-backer", 4),
        ("window", 4),
        ("pane", 4),
        ("hinge-stile", 4),
        ("meeting-stile", 4),
        ("rail", 12),
        ("sign-strip", 8),
        ("corner-outer", 8),
        ("corner-middle", 8),
        ("corner-inner", 8),
        ("plinth-skirt", 4),
        ("step-3-fascia", 4),
        ("roof-base", 4),
        ("corner-cap", 8),
    ];
    for (name, quantity) in expected {
        assert_eq!(count(name), quantity, "{name}");
    }
    let sign = panels.parts.iter().find(|part| part.name == "sign").unwrap();
    let words = sign.lettering.as_ref().map(|(words, how)| (words.as_str(), *how));
    assert_eq!((words, sign.quantity()), (Some(("RASPBERRY PI BOX", Letters::Engraved)), 4));
    assert!(sign.engraving().unwrap().len() > 14);
    assert!(number(&built, "shell.vent_area") > 0.27);
    // The racks' fronts are not hidden: nothing of the shell stands before them below the lintel.
    let half = Mm::um(500_000);
    for board in &panels.boards {
        let block = board.block();
        let before = block.from[0] < half && block.to[0] > -half && block.to[1] < Mm::um(-500_000);
        let seen = block.to[2] > panels.sizes.deck && block.from[2] < panels.sizes.lintel;
        assert!(!(before && seen), "{}", board.name());
    }
}

#[test]
fn boards_longer_than_a_sheet_are_split_and_say_so() {
    let text =
        desk("racks: { count: 5 }\nshell: { style: police-box, sign: FIVE, doors: [front, back] }");
    let built = built(&text);
    let panels = built.shell.panels.as_ref().unwrap();
    for part in built.shell.flat_parts() {
        assert!(
            part.length <= Mm::um(2_440_000) && part.width <= Mm::um(2_440_000),
            "{}",
            part.name
        );
    }
    let skirt = panels.splices.iter().find(|splice| splice.name == "plinth-skirt").unwrap();
    assert_eq!((skirt.pieces, skirt.plates), (2, 1));
    let (found, _) = interferences(&solids(&built));
    assert!(found.is_empty(), "{}", found.join("\n"));
    // The pieces of a board are as long as the board.
    let length = |name: &str| -> f64 {
        let parts = panels.parts.iter().filter(|part| part.name.starts_with(name));
        parts.map(|part| part.length.mm() * part.quantity() as f64).sum()
    };
    let sizes = &panels.sizes;
    let around = (sizes.half[0] + sizes.half[1]).mm() * 4.0;
    let out = (sizes.steps[0] - Mm::um(6_000)).mm() * 8.0;
    assert!((length("plinth-skirt") - (around + out - sizes.sheet.mm() * 4.0)).abs() < 1e-6);
}
