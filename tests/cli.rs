//! The command line, as people and scripts meet it.
#![allow(clippy::unwrap_used)]

mod support;

use support::pibuild;

/// Eight boards in a mini rack: the ten lines that must be enough.
const MINI: &str = "\
pibuild: 1
name: mini
board: raspberry-pi-4b
pis: 8
racks: { standard: 10in }
";

#[test]
fn a_missing_design_is_the_command_lines_mistake() {
    pibuild(["check", "nope.yaml"]).stderr("error: there is no file `nope.yaml`\n").status(2).run();
}

#[test]
fn a_folder_is_no_design() {
    pibuild(["check", "."])
        .stderr("error: `.` is a folder; name the design file in it\n")
        .status(2)
        .run();
}

#[test]
fn every_mistake_is_shown_at_its_place_and_nothing_is_written() {
    let done = pibuild(["generate", "mini.yaml"])
        .file("mini.yaml", &MINI.replace("board:", "bord:"))
        .stdout("")
        .stderr(
            "\
error[SPEC-missing-key]: a design needs `board`
 --> mini.yaml:1:1
  |
1 | pibuild: 1
  | ^^^^^^^ add `board:`
  = board: Catalogue id of the single-board computer.

error[SPEC-unknown-key]: `bord` is not a key of a design
 --> mini.yaml:3:1
  |
3 | bord: raspberry-pi-4b
  | ^^^^ did you mean `board`?
  = a design takes: pibuild, name, title, currency, catalog, board, board_addons, pis, caddy, bank, rail, \
end_bracket, racks, devices, power, network, cooling, shell, stock, printing, drawings, spares, transport, costs, labour, prices
",
        )
        .status(2)
        .run();
    assert!(!done.path("output").exists());
}

#[test]
fn a_design_may_come_from_standard_input() {
    let done = pibuild(["explain", "-", "rail.finished_length"]).stdin(MINI).any_stdout().run();
    assert!(done.stdout.contains("212.25 mm"), "{}", done.stdout);
    pibuild(["check", "-"])
        .stdin("")
        .stderr_is(|text, _| text.starts_with("error[SPEC-empty]: "))
        .status(2)
        .run();
}

#[test]
fn an_unknown_folder_names_the_nearest_and_all() {
    pibuild(["generate", "mini.yaml", "--only", "bom,prts"])
        .file("mini.yaml", MINI)
        .stderr(
            "error: invalid value 'bom,prts' for '--only <WHAT,…>': there is no output folder \
             `prts`, did you mean `parts`? (there are parts, assembly, layout, cut, bom, wiring, \
             farm)\n\nFor more information, try '--help'.\n",
        )
        .status(2)
        .run();
}

#[test]
fn an_unknown_command_is_a_usage_error() {
    pibuild(["generat"])
        .stderr(
            "error: unrecognized subcommand 'generat'\n\n  tip: a similar subcommand exists: \
             'generate'\n\nUsage: pibuild <COMMAND>\n\nFor more information, try '--help'.\n",
        )
        .status(2)
        .run();
}

#[test]
fn version_and_help_are_no_errors() {
    pibuild(["--version"]).stdout(&format!("pibuild {}\n", env!("CARGO_PKG_VERSION"))).run();
    assert!(pibuild(["generate", "--help"]).any_stdout().run().stdout.contains("--only"));
}

#[test]
fn a_code_is_explained() {
    let done = pibuild(["explain", "fit-boards"]).any_stdout().run();
    assert!(done.stdout.starts_with("FIT-boards\n\n"), "{}", done.stdout);
    pibuild(["explain", "FIT-bords"])
        .stderr("error: `FIT-bords` is neither a code nor a file, did you mean `FIT-boards`?\n")
        .status(2)
        .run();
}

#[test]
fn a_quantity_is_explained_down_to_the_design() {
    let done = pibuild(["explain", "mini.yaml", "rail.finished_length"])
        .file("mini.yaml", MINI)
        .any_stdout()
        .run();
    assert!(done.stdout.starts_with("rail.finished_length"), "{}", done.stdout);
    assert!(done.stdout.contains("212.25 mm") && done.stdout.contains("16.35 mm"));
}

#[test]
fn a_design_alone_does_not_say_what_to_explain() {
    pibuild(["explain", "mini.yaml"])
        .file("mini.yaml", MINI)
        .stderr(
            "error: say which quantity of `mini.yaml` is to be explained, such as \
             rail.finished_length\n",
        )
        .status(2)
        .run();
}

#[test]
fn the_output_is_named_after_the_design_and_replaced_by_the_next_run() {
    let flagship = include_str!("../designs/tardis.yaml");
    let run = || pibuild(["generate", "tardis.yaml", "--only", "cut,bom"]).any_stdout();
    let first = run().file("tardis.yaml", flagship).run();
    assert!(first.stdout.ends_with("files in output/tardis\n"), "{}", first.stdout);
    assert!(first.path("output/tardis/cut/rail.svg").is_file());
    assert!(!first.path("output/tardis/parts").exists());
    assert!(!first.stdout.contains('\u{1b}'), "colour without a terminal");

    let second = run().file("tardis.yaml", flagship).run();
    let manifest = "output/tardis/manifest.json";
    assert_eq!(first.read(manifest), second.read(manifest), "same design, same bytes");
}

#[test]
fn a_foreign_folder_is_exit_3_and_left_alone() {
    let done = pibuild(["generate", "tardis.yaml", "-o", "mine", "--only", "bom"])
        .file("tardis.yaml", include_str!("../designs/tardis.yaml"))
        .file("mine/thesis.tex", "years of work");
    // The message names the whole path, which differs from run to run.
    let done = done.stderr_is(|text, folder| {
        text == format!(
            "error: `{folder}/mine` was not made by pibuild (it has no manifest.json of ours) and \
             is left alone; choose another folder with -o DIR\n"
        )
    });
    let done = done.stdout("").status(3).run();
    assert_eq!(done.read("mine/thesis.tex"), "years of work");
}

#[test]
fn a_catalogue_file_outside_of_the_designs_folder_is_refused() {
    let run = pibuild(["check", "designs/mini.yaml"])
        .file("designs/mini.yaml", &format!("{MINI}catalog: [link.yaml]\n"))
        .file("secret.yaml", "boards: {}\n");
    run.link("../secret.yaml", "designs/link.yaml")
        .stdout("")
        .stderr_is(|text, _| text.contains("`link.yaml` lies outside of the design's folder"))
        .status(2)
        .run();
}

#[test]
fn the_schema_is_json() {
    let done = pibuild(["schema"]).any_stdout().run();
    let schema: serde_json::Value = serde_json::from_str(&done.stdout).unwrap();
    assert!(schema["properties"]["board"].is_object());
}

#[test]
fn the_catalogue_lists_ids_first() {
    let all = pibuild(["catalog", "list"]).any_stdout().run().stdout;
    assert!(all.starts_with("boards (") && all.contains("\nprinters ("), "{all}");
    let boards = pibuild(["catalog", "list", "boards"]).any_stdout().run().stdout;
    let ids: Vec<&str> = boards.lines().filter_map(|line| line.split(' ').next()).collect();
    assert!(ids.contains(&"raspberry-pi-3b-plus") && ids.contains(&"raspberry-pi-5"), "{boards}");
    assert!(boards.contains("  Raspberry Pi 5\n"), "{boards}");
    pibuild(["catalog", "list", "bords"])
        .stderr(
            "error: the catalogue has no kind `bords`, did you mean `boards`? (there are boards, \
             rails, racks, devices, fans, supplies, printers, sheets, fasteners, fittings, \
             materials, paints, addons, cables, accessories)\n",
        )
        .status(2)
        .run();
}

#[test]
fn an_entry_is_shown_as_a_design_may_hold_it() {
    let entry = pibuild(["catalog", "show", "raspberry-pi-4b"]).any_stdout().run().stdout;
    assert!(entry.starts_with("boards:\n  raspberry-pi-4b:\n    name: "), "{entry}");
    let own = entry.replace("raspberry-pi-4b", "my-board").replace('\n', "\n  ");
    let design = MINI.replace("raspberry-pi-4b", "my-board");
    pibuild(["explain", "mini.yaml", "caddy.width"])
        .file("mini.yaml", &format!("{design}catalog:\n  {}\n", own.trim_end()))
        .any_stdout()
        .run();
    pibuild(["catalog", "show", "raspberry-pi-4c"])
        .stderr_is(|text, _| text.contains("no entry `raspberry-pi-4c`, did you mean `raspberry"))
        .status(2)
        .run();
}

#[test]
fn a_board_is_drawn() {
    let drawing = pibuild(["catalog", "show", "raspberry-pi-5", "--svg"]).any_stdout().run();
    assert!(drawing.stdout.contains(">85.00</text>"), "{}", drawing.stdout);
    let with = ["catalog", "show", "raspberry-pi-5", "--svg", "--addon", "pi5-active-cooler"];
    let drawing = pibuild(with).any_stdout().run();
    assert!(drawing.stdout.contains(">Active Cooler</text>"), "{}", drawing.stdout);
    pibuild(["catalog", "show", "rock64", "--svg", "--addon", "pi5-active-cooler"])
        .stderr("error: `pi5-active-cooler` does not fit `rock64`; it fits raspberry-pi-5\n")
        .status(2)
        .run();
    pibuild(["catalog", "show", "petg", "--svg"])
        .stderr("error: `petg` is no board, and only boards have a drawing\n")
        .status(2)
        .run();
}

#[test]
fn machines_get_json_and_nothing_else() {
    let done = pibuild(["check", "tardis.yaml", "--format", "json"])
        .file("tardis.yaml", include_str!("../designs/tardis.yaml"))
        .any_stdout()
        .run();
    let verdict: serde_json::Value = serde_json::from_str(&done.stdout).unwrap();
    assert_eq!(verdict["design"], "tardis");
    assert_eq!(verdict["buildable"], true);
}

#[test]
#[cfg(unix)]
fn a_reader_that_stops_reading_is_no_error() {
    let script = "{ \"$0\" schema; echo \"exit $?\" >&2; } | true";
    let output = std::process::Command::new("sh")
        .args(["-c", script, env!("CARGO_BIN_EXE_pibuild")])
        .output()
        .unwrap();
    assert_eq!(String::from_utf8(output.stderr).unwrap(), "exit 0\n");
}

/// A mini rack with thinner end brackets, and with boards for a second bank.
fn grown() -> String {
    MINI.replace("pis: 8", "pis: 16") + "end_bracket: { thickness: 4.5 mm }\n"
}

#[test]
fn a_difference_says_what_to_print_to_buy_and_to_think_of() {
    let done = pibuild(["diff", "old.yaml", "new.yaml"])
        .file("old.yaml", MINI)
        .file("new.yaml", &grown())
        .any_stdout()
        .status(1)
        .run();
    let said = done.stdout.split_whitespace().collect::<Vec<_>>().join(" ");
    for line in [
        "end-bracket-left another shape print 2, 1 left over",
        "raspberry-pi-4b 8 → 16 +440.00",
        "end_bracket.thickness 5 mm → 4.5 mm",
        "pis 8 → 16",
    ] {
        assert!(said.contains(line), "{line} is not in\n{}", done.stdout);
    }
}

#[test]
fn designs_that_mean_the_same_have_no_difference() {
    let spelt_out = MINI.replace("pis: 8", "pis: 8 # boards\nrail: { length: 228.6 mm }");
    let done = pibuild(["diff", "old.yaml", "new.yaml"])
        .file("old.yaml", MINI)
        .file("new.yaml", &spelt_out)
        .any_stdout()
        .run();
    assert_eq!(done.stdout, "no difference\n");
}

#[test]
fn a_difference_for_programs_names_meshes_and_findings() {
    let done = pibuild(["diff", "old.yaml", "-", "--format", "json"])
        .file("old.yaml", MINI)
        .stdin(&(MINI.to_owned() + "caddy: { wall: 12 mm }\nprices: { raspberry-pi-4b: 1.10 }\n"))
        .any_stdout()
        .status(1)
        .run();
    let change: serde_json::Value = serde_json::from_str(&done.stdout).unwrap();
    let caddy = &change["parts"][0];
    assert_eq!(caddy["part"], "caddy");
    assert_eq!(caddy["change"], "reshaped");
    assert_eq!(caddy["to_print"], caddy["new_copies"]);
    assert_eq!(caddy["left_over"], 10);
    assert_ne!(caddy["old_sha256"], caddy["new_sha256"]);
    let board = change["bom"].as_array().unwrap().iter();
    let board = board.clone().find(|line| line["item"] == "raspberry-pi-4b").unwrap();
    assert_eq!(board["new_total"], "8.80");
    assert!(change["cost"]["delta"].as_str().unwrap().starts_with('−'));
}

#[test]
fn only_one_design_can_come_from_standard_input() {
    pibuild(["diff", "-", "-"])
        .stderr("error: only one of the two designs can come from standard input\n")
        .status(2)
        .run();
}

const CUPBOARD: &str = "\
name,length,width,quantity,grain
side,1800,600,2,length
shelf,560,580,5,
back,300,1100,1,width
";

#[test]
fn a_cut_list_nests_and_every_placement_is_told() {
    let done =
        pibuild(["cut", "c.csv", "--sheet", "2440x1220", "--kerf", "3.2", "--format", "json"])
            .file("c.csv", CUPBOARD)
            .any_stdout()
            .run();
    let told: serde_json::Value = serde_json::from_str(&done.stdout).unwrap();
    let pieces: Vec<&serde_json::Value> = told["sheets"]
        .as_array()
        .unwrap()
        .iter()
        .flat_map(|sheet| sheet["pieces"].as_array().unwrap())
        .collect();
    assert_eq!((pieces.len(), told["lower_bound"].as_u64()), (8, Some(2)));
    let back = pieces.iter().find(|piece| piece["name"] == "back").unwrap();
    assert_eq!((back["length"].as_f64(), back["width"].as_f64()), (Some(1100.0), Some(300.0)));
    assert_eq!(told["unplaced"], serde_json::json!([]));
}

#[test]
fn a_saw_is_told_its_cuts() {
    let done = pibuild(["cut", "c.csv", "--sheet", "2440x1220", "--guillotine", "--trim", "10"])
        .file("c.csv", "name,length,width,quantity\ndoor,2000,1200,1\n")
        .stdout(
            "\
1 piece on 1 new sheet; nobody needs fewer new ones

sheet 1: sheet, 2440 × 1220 mm, 80.6 % used
  door       2000 × 1200      at        10, 10
  trim 10 mm off all four edges
  cut 1: the panel of 2420 × 1200 at 10, 10 along its width, fence at 2000
  left over: 420 × 1200 at 2010, 10
",
        )
        .run();
    assert!(done.stdout.ends_with("10\n"));
}

#[test]
fn bars_are_cut_and_proven() {
    pibuild(["cut", "--bars", "b.csv", "--stock", "97in,145in,242in", "--kerf", "3.2"])
        .file("b.csv", "name,length,quantity\nrail,18 in,59\n")
        .stdout(
            "\
8 bars, 28244.8 mm bought; proven: nobody can buy less
7 × 3683 mm: 8 × rail 457.2; left over 0 mm
1 × 2463.8 mm: 3 × rail 457.2; left over 1082.6 mm
",
        )
        .run();
}

#[test]
fn bad_cut_lists_are_told_with_file_and_row() {
    pibuild(["cut", "c.csv", "--sheet", "1000x500", "--trim", "10"])
        .file("c.csv", "name,length,width,quantity\nok,10,10,1\nwide,600,490,1\nlong,481,985,1\n")
        .stdout("")
        .stderr(
            "error: c.csv:3: `wide` of 600 × 490 mm fits on no sheet the way it may lie; the \
             largest sheet has 980 × 480 mm inside its trim\n\
             error: c.csv:4: `long` of 481 × 985 mm fits on no sheet the way it may lie; the \
             largest sheet has 980 × 480 mm inside its trim\n",
        )
        .status(2)
        .run();
    pibuild(["cut", "c.csv", "--sheet", "1000x500"])
        .file("c.csv", "name,length,width,quantity\n=1+1,0,nan,1\n")
        .stderr(
            "error: c.csv:2: length: `0` is not more than nothing\n\
             error: c.csv:2: width: a length has to be finite, such as `16.35 mm`\n\
             error: c.csv:2: name: a spreadsheet would run `=1+1` as a formula; rename it\n",
        )
        .status(2)
        .run();
    pibuild(["cut", "no.csv", "--sheet", "1000x500"])
        .stderr("error: there is no file `no.csv`\n")
        .status(2)
        .run();
    pibuild(["cut", "--bars", "b.csv", "--stock", "2440"])
        .file("b.csv", "name,length,quantity\npost,2441,1\n")
        .stderr("error: b.csv:2: `post` of 2441 mm is longer than any bar: 2440 mm\n")
        .status(2)
        .run();
}

#[test]
fn stock_goes_first_and_pieces_without_a_place_are_no_success() {
    let done = pibuild(["cut", "c.csv", "--stock", "s.csv", "--format", "json"])
        .file("c.csv", "name,length,width,quantity\nlid,400,300,2\n")
        .file("s.csv", "name,length,width,quantity\nscrap,420,310,1\n")
        .any_stdout()
        .status(1)
        .run();
    let told: serde_json::Value = serde_json::from_str(&done.stdout).unwrap();
    assert_eq!(told["sheets"][0]["name"], "scrap");
    assert_eq!(
        (&told["unplaced"][0]["name"], &told["unplaced"][0]["quantity"]),
        (&"lid".into(), &1.into())
    );
}

#[test]
fn a_design_names_its_stock_in_a_list_beside_it() {
    let design = "pibuild: 1\nname: desk\nboard: raspberry-pi-5\npis: 8\nracks: { standard: 10in }\n\
                  shell: { style: plain-box, sheet: birch-ply-9 }\nstock: { list: lists/there.csv }\n";
    let generate = |list: &str| {
        pibuild(["generate", "desk.yaml", "-o", "out", "--only", "cut"])
            .file("desk.yaml", design)
            .file("lists/there.csv", list)
    };
    let header = "name,length,width,quantity,material\n";
    let done = generate(&format!("{header}half,1220,4 ft,2,\nshelf,900,600,1,birch-ply-18\n"))
        .any_stdout()
        .status(1)
        .run();
    let plan = done.read("out/cut/cut-plan.md");
    assert!(plan.contains("- birch-ply-9: 0 to buy, 2 of the stock"), "{plan}");
    let resolved = done.read("out/resolved.yaml");
    assert!(resolved.contains("  - name: half\n    sheet: birch-ply-9\n    length: 1220 mm\n"));
    assert!(!resolved.contains("there.csv"), "{resolved}");

    generate(&format!("{header}half,1220,0,2,\n\n=x,9,9,1,\n"))
        .stdout("")
        .stderr(
            "error[SPEC-stock]: width: `0` is not more than nothing
 --> lists/there.csv:2:1
  |
2 | half,1220,0,2,
  | ^^^^^^^^^^^^^^

error[SPEC-stock]: name: a spreadsheet would run `=x` as a formula; rename it
 --> lists/there.csv:4:1
  |
4 | =x,9,9,1,
  | ^^^^^^^^^
",
        )
        .status(2)
        .run();
    generate(&format!("{header}shelf,900,600,1,birch-ply-81\n"))
        .stdout("")
        .stderr(
            "error[SPEC-stock]: `birch-ply-81` is not a sheet of the catalogue
 --> lists/there.csv:2:17
  |
2 | shelf,900,600,1,birch-ply-81
  |                 ^^^^^^^^^^^^ did you mean `birch-ply-18`?
",
        )
        .status(2)
        .run();
}
