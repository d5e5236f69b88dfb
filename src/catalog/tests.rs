//! The built-in data itself: it loads, it names its sources, and it says what is known.

use serde_yaml::Value;

use super::{Catalog, DeviceClass, Edge, FastenerClass, nearest};
use crate::units::{Mm, RackUnits};

fn builtin() -> Catalog {
    Catalog::builtin().unwrap()
}

fn mm(millimetres: f64) -> Mm {
    Mm::from_mm(millimetres)
}

/// Every mapping in the catalogue with the keys that lead to it.
fn mappings(value: &Value, path: &str, visit: &mut dyn FnMut(&str, &serde_yaml::Mapping)) {
    match value {
        Value::Mapping(mapping) => {
            visit(path, mapping);
            for (key, inner) in mapping {
                mappings(inner, &format!("{path}/{}", key.as_str().unwrap_or("?")), visit);
            }
        }
        Value::Sequence(items) => {
            for (index, inner) in items.iter().enumerate() {
                mappings(inner, &format!("{path}/{index}"), visit);
            }
        }
        _ => {}
    }
}

#[test]
fn every_file_has_entries() {
    let catalog = serde_yaml::to_value(builtin()).unwrap();
    let kinds = catalog.as_mapping().unwrap();
    let schema = schemars::schema_for!(Catalog).to_value();
    assert_eq!(kinds.len(), schema["properties"].as_object().unwrap().len());
    for (kind, entries) in kinds {
        assert!(!entries.as_mapping().unwrap().is_empty(), "{kind:?}");
    }
}

#[test]
fn ids_are_fit_for_file_names() {
    let catalog = serde_yaml::to_value(builtin()).unwrap();
    for (_, entries) in catalog.as_mapping().unwrap() {
        for id in entries.as_mapping().unwrap().keys() {
            let id = id.as_str().unwrap();
            let fit = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
            assert!(id.len() <= 64 && id.chars().all(fit) && !id.starts_with('-'), "{id}");
        }
    }
}

#[test]
fn every_fact_names_its_source() {
    let catalog = serde_yaml::to_value(builtin()).unwrap();
    let mut facts = 0;
    let mut entries = 0;
    mappings(&catalog, "", &mut |path, mapping| {
        if let Some(source) = mapping.get("source") {
            assert!(!source.as_str().unwrap().trim().is_empty(), "{path}: empty source");
        }
        if path.matches('/').count() == 2 {
            entries += 1;
            assert!(mapping.get("source").is_some(), "{path}: an entry without a source");
        }
        if mapping.get("value").is_some() {
            facts += 1;
            if mapping.get("unverified").is_some() {
                assert!(
                    mapping.get("source").is_some(),
                    "{path}: unverified, but on which ground?"
                );
            }
        }
    });
    assert!(entries > 80 && facts > 400, "{entries} entries, {facts} facts");
}

/// What a source confirms of a price is what was asked on a day.
#[test]
fn prices_are_estimates_and_say_so_or_have_a_source_and_a_date() {
    let catalog = serde_yaml::to_value(builtin()).unwrap();
    mappings(&catalog, "", &mut |path, mapping| {
        if path.rsplit('/').next().is_some_and(|key| key.starts_with("price")) {
            let estimate = mapping.get("unverified") == Some(&Value::Bool(true));
            let asked = mapping.contains_key("source") && mapping.contains_key("date");
            assert!(estimate || asked, "{path}");
        }
    });
}

#[test]
fn eia_widths_close() {
    let post = mm(15.875);
    for (id, rack) in &builtin().racks {
        let (panel, opening) = (rack.panel.value, rack.opening.value);
        assert_eq!(opening + post * 2, panel, "{id}");
        assert!(rack.narrowest_opening.value < opening, "{id}");
        assert!(opening < rack.hole_centres.value && rack.hole_centres.value < panel, "{id}");
        assert!(rack.base_units < rack.units, "{id}");
        assert!(mm(44.45) * i64::from(rack.units.0) <= rack.height.value, "{id}");
    }
}

#[test]
fn known_numbers() {
    let catalog = builtin();
    let rail = &catalog.rails["t-slot-1-by-half"];
    assert_eq!((rail.long_side.value, rail.short_side.value), (Mm::INCH, Mm::INCH / 2));
    assert_eq!(rail.tap, "1/4-20");

    let rack = &catalog.racks["two-post-72in"];
    assert_eq!(rack.opening.value, mm(450.85));
    assert_eq!((rack.units, rack.base_units), (RackUnits(41), RackUnits(4)));
    assert_eq!(catalog.racks["open-10in-8u"].opening.value, mm(222.25));

    let switch = &catalog.devices["ubiquiti-us-48"];
    assert_eq!((switch.class, switch.ports, switch.uplinks), (DeviceClass::Switch, 48, 4));
    assert_eq!((switch.power.value.0, switch.depth.value), (56.0, mm(286.0)));

    let fan = &catalog.fans["fan-200mm"].flow;
    assert!((fan.value.0 - 0.077_87).abs() < 1e-4 && fan.unverified);

    let supply = &catalog.supplies["usb-60-port-300w"];
    assert_eq!((supply.ports, supply.power.value.0), (60, 300.0));
    assert_eq!(catalog.sheets["birch-ply-18"].thickness.value, mm(17.7));
    assert_eq!(catalog.materials["petg"].density.value.to_string(), "1.27");
    assert_eq!(catalog.printers["prusa-mk3s"].bed, [mm(250.0), mm(210.0), mm(210.0)]);
}

#[test]
fn the_3b_plus_is_as_measured() {
    let catalog = builtin();
    let board = &catalog.boards["raspberry-pi-3b-plus"];
    assert_eq!(board.tallest().unwrap().above.value, mm(15.6));
    assert_eq!(board.deepest().unwrap().below.value, mm(2.0));
    assert_eq!(board.overhang(Edge::PlusX), mm(2.11));
    assert!((board.at_board(board.power.stress.value).0 - 4.76).abs() < 1e-9);
}

/// What the standard designs and the defaults of the design language name.
#[test]
fn what_defaults_name_is_there() {
    let catalog = builtin();
    assert!(catalog.materials.contains_key("petg"));
    assert!(catalog.rails.contains_key("t-slot-1-by-half"));
    assert!(catalog.sheets.contains_key("birch-ply-18"));
    assert!(catalog.printers.contains_key("prusa-mk3s"));
    for board in catalog.boards.values() {
        let held = |class| {
            catalog.fasteners.values().any(|f| f.class == class && f.thread == board.holes.thread)
        };
        assert!(held(FastenerClass::BoardScrew), "{}", board.name);
        assert!(held(FastenerClass::MachineScrew) && held(FastenerClass::Insert), "{}", board.name);
        let family = &board.power_socket.connector;
        assert!(catalog.supplies.values().any(|s| s.feeds.contains(family)), "{}", board.name);
    }
    for fan in catalog.fans.values() {
        let held =
            |class| catalog.fasteners.values().any(|f| f.class == class && f.thread == fan.thread);
        assert!(held(FastenerClass::FanScrew) && held(FastenerClass::Nut), "{}", fan.name);
    }
    for rack in catalog.racks.values() {
        let held =
            |f: &&super::Fastener| f.class == FastenerClass::RackScrew && f.thread == rack.thread;
        assert!(catalog.fasteners.values().any(|f| held(&f)), "{}", rack.name);
    }
}

#[test]
fn boards_are_within_physical_sense() {
    for (id, board) in &builtin().boards {
        let (length, width) = (board.pcb.length.value, board.pcb.width.value);
        assert!(length >= width, "{id}: the long edge lies along x");
        for [x, y] in &board.holes.at {
            assert!(*x > Mm::ZERO && *x < length && *y > Mm::ZERO && *y < width, "{id}: a hole");
        }
        for component in &board.boxes {
            let what = format!("{id}: {}", component.what);
            let ([x, y], [dx, dy]) = (component.at, component.size);
            let margin = mm(4.0);
            assert!(dx > Mm::ZERO && dy > Mm::ZERO, "{what}");
            assert!(x >= -margin && x + dx <= length + margin, "{what}: along x");
            assert!(y >= -margin && y + dy <= width + margin, "{what}: along y");
            let (above, below) = (component.above.value, component.below.value);
            assert!(above <= mm(40.0) && below <= mm(6.0), "{what}: height");
            assert!(above > Mm::ZERO || below > Mm::ZERO, "{what}: takes no room");
        }
        assert!(board.overhang(board.power_socket.edge) >= board.power_socket.overhang.value);
        let power = &board.power;
        let (idle, typical, stress) = (power.idle.value, power.typical.value, power.stress.value);
        assert!(idle <= typical && typical <= stress, "{id}: idle, typical, stress");
        assert!(board.at_board(stress).0 <= power.nameplate.value.0 * power.volts.value.0, "{id}");
        assert!(power.minimum.value < power.volts.value, "{id}");
        assert!(board.thermal.soft_limit.value <= board.thermal.throttle.value, "{id}");
        assert!(board.thermal.with_fan.value < board.thermal.still_air.value, "{id}");
    }
}

#[test]
fn there_are_many_boards() {
    assert!(builtin().boards.len() >= 30);
}

#[test]
fn the_network_socket_faces_the_front() {
    for (id, board) in &builtin().boards {
        let (length, width) = (board.pcb.length.value, board.pcb.width.value);
        for socket in board.boxes.iter().filter(|part| part.what.starts_with("RJ45")) {
            let ([x, y], [dx, dy]) = (socket.at, socket.size);
            let mouth = match board.front {
                Edge::MinusX => -x,
                Edge::PlusX => x + dx - length,
                Edge::MinusY => -y,
                Edge::PlusY => y + dy - width,
            };
            assert!(mouth >= Mm::ZERO && mouth <= mm(4.0), "{id}: {} at {mouth}", socket.what);
        }
    }
}

/// The mouth of the power socket is a box of the board.
#[test]
fn the_power_socket_is_one_of_the_boxes() {
    for (id, board) in &builtin().boards {
        let socket = &board.power_socket;
        let (length, width) = (board.pcb.length.value, board.pcb.width.value);
        let (at, out) = (socket.at.value, socket.overhang.value);
        let found = board.boxes.iter().any(|part| {
            let ([x, y], [dx, dy]) = (part.at, part.size);
            let (middle, mouth) = match socket.edge {
                Edge::MinusX => (y + dy.half(), -x),
                Edge::PlusX => (y + dy.half(), x + dx - length),
                Edge::MinusY => (x + dx.half(), -y),
                Edge::PlusY => (x + dx.half(), y + dy - width),
            };
            (middle - at).abs() <= mm(0.01) && (mouth - out).abs() <= mm(0.01)
        });
        assert!(found, "{id}: no box of {} at {at}", socket.connector);
    }
}

/// Supplies are chosen by the plug's family, so a family must say the voltage.
#[test]
fn supplies_give_the_voltage_that_boards_take() {
    let catalog = builtin();
    for (id, board) in &catalog.boards {
        let power = &board.power;
        let family = &board.power_socket.connector;
        let strong = |supply: &&super::Supply| {
            supply.feeds.contains(family) && supply.port_current.value.0 >= power.nameplate.value.0
        };
        assert!(catalog.supplies.values().any(|supply| strong(&supply)), "{id}: too weak");
        for (name, supply) in catalog.supplies.iter().filter(|(_, s)| s.feeds.contains(family)) {
            let share = supply.volts.value.0 / power.volts.value.0;
            assert!((0.97..=1.03).contains(&share), "{id} on {name}: {}", supply.volts.value);
        }
    }
}

#[test]
fn a_design_s_own_entries_win() {
    let mut own = Catalog::default();
    let mut fan = builtin().fans["fan-80x25"].clone();
    fan.name = "Quiet fan".to_owned();
    own.fans.insert("fan-80x25".to_owned(), fan.clone());
    own.fans.insert("fan-quiet".to_owned(), fan);
    let merged = builtin().overlaid(own);
    assert_eq!(merged.fans["fan-80x25"].name, "Quiet fan");
    assert_eq!(merged.fans.len(), builtin().fans.len() + 1);
    assert_eq!(merged.boards, builtin().boards);
}

#[test]
fn a_misspelt_id_has_neighbours() {
    let catalog = builtin();
    let boards = || catalog.boards.keys().map(String::as_str);
    assert_eq!(nearest("raspbery-pi-5", boards())[0], "raspberry-pi-5");
    assert_eq!(nearest("pi-5", boards())[..2], ["orange-pi-5", "raspberry-pi-5"]);
    assert_eq!(nearest("RASPBERRY-PI-4B", boards())[0], "raspberry-pi-4b");
    assert_eq!(nearest("zzz", boards()), Vec::<&str>::new());
}

#[test]
fn a_design_gets_the_boards_that_it_names_and_everything_else() {
    let whole = Catalog::builtin().unwrap();
    for id in whole.boards.keys() {
        let text = format!("pibuild: 1\nboard: {id} # this one\n");
        let needed = Catalog::builtin_for(&text).unwrap();
        assert_eq!(needed.boards.get(id), whole.boards.get(id), "{id}");
    }
    let none = Catalog::builtin_for("board: none of them").unwrap();
    assert!(none.boards.is_empty());
    assert_eq!(Catalog { boards: whole.boards.clone(), ..none }, whole);
}

#[test]
fn the_coolers_of_boards_can_be_bought() {
    let catalog = builtin();
    for (id, board) in &catalog.boards {
        if let Some(cooler) = &board.thermal.cooler {
            assert!(catalog.accessories.contains_key(&cooler.item), "{id}: {}", cooler.item);
        }
    }
}

#[test]
fn add_ons_fit_boards_that_there_are() {
    let catalog = builtin();
    for (id, addon) in &catalog.addons {
        assert!(!addon.fits.is_empty() && !addon.boxes.is_empty(), "{id}");
        for board in &addon.fits {
            let bare = &catalog.boards[board];
            let (length, width) = (bare.pcb.length.value, bare.pcb.width.value);
            for component in &addon.boxes {
                let ([x, y], [dx, dy]) = (component.at, component.size);
                let margin = mm(4.0);
                let inside = x >= -margin
                    && y >= -margin
                    && x + dx <= length + margin
                    && y + dy <= width + margin;
                assert!(inside, "{id} on {board}: {}", component.what);
                let (above, below) = (component.above.value, component.below.value);
                assert!((above > Mm::ZERO) != (below > Mm::ZERO), "{id}: {}", component.what);
            }
            let with = bare.clone().with(addon);
            assert_eq!(with.boxes.len(), bare.boxes.len() + addon.boxes.len());
            assert!(with.power.stress.value.0 >= bare.power.stress.value.0);
            assert!(with.mass.value.0 > bare.mass.value.0, "{id}");
            let label = with.power.nameplate.value.0 * with.power.volts.value.0;
            assert!(with.at_board(with.power.stress.value).0 <= label, "{id} on {board}");
        }
    }
}

/// A figure at the wall gets more than what the add-on draws: its supply loses some.
#[test]
fn an_add_on_draws_at_the_plane_that_its_board_was_measured_at() {
    let catalog = builtin();
    let (board, hat) = (&catalog.boards["raspberry-pi-3b-plus"], &catalog.addons["hat"]);
    let with = board.clone().with(hat);
    let more = with.at_board(with.power.idle.value) - board.at_board(board.power.idle.value);
    assert!((more.0 - hat.power.value.0).abs() < 1e-9, "{more}");
    let source = with.power.idle.source.unwrap();
    assert!(source.contains("sbc-reviews") && source.contains("with HAT: "), "{source}");
    assert!(with.power.idle.unverified);
}

/// A board that can take another's place goes on the same standoffs, beside the same plugs.
#[test]
fn alternatives_fit_where_the_others_do() {
    let catalog = builtin();
    for (id, board) in &catalog.boards {
        for other in &board.alternatives {
            assert_ne!(other, id);
            let other = &catalog.boards[other];
            let size = |it: &super::Board| (it.pcb.length.value, it.pcb.width.value);
            assert_eq!(size(board), size(other), "{id}");
            assert_eq!((&board.holes.at, board.front), (&other.holes.at, other.front), "{id}");
            let (mine, theirs) = (&board.power_socket, &other.power_socket);
            assert_eq!((&mine.connector, mine.edge), (&theirs.connector, theirs.edge), "{id}");
            assert!((mine.at.value - theirs.at.value).abs() <= mm(0.5), "{id}");
        }
    }
    for (id, material) in &catalog.materials {
        for other in &material.alternatives {
            assert!(other != id && catalog.materials.contains_key(other), "{id}: {other}");
        }
    }
}

/// Whoever reads a price's date can rely on its form.
#[test]
fn dates_are_years_months_or_days() {
    let catalog = serde_yaml::to_value(builtin()).unwrap();
    let mut dated = 0;
    mappings(&catalog, "", &mut |path, mapping| {
        let Some(date) = mapping.get("date") else { return };
        let date = date.as_str().unwrap();
        let parts: Vec<&str> = date.split('-').collect();
        let sizes: Vec<usize> = parts.iter().map(|part| part.len()).collect();
        assert!([&[4][..], &[4, 2], &[4, 2, 2]].contains(&sizes.as_slice()), "{path}: {date}");
        assert!(parts.iter().all(|part| part.parse::<u32>().is_ok()), "{path}: {date}");
        assert!(mapping.contains_key("source"), "{path}: {date}");
        dated += 1;
    });
    assert!(dated >= 5, "{dated}");
}
