//! `farm slice`, with a script in PrusaSlicer's place.

use std::fs;
use std::path::PathBuf;
use std::process::Command;

use pibuild::outputs::sha256;
use serde_json::Value;
use tempfile::TempDir;

/// A folder with a design in it, in which pibuild is run several times.
struct Workshop {
    folder: TempDir,
    /// For temporary files: a killed run leaves some.
    scratch: TempDir,
    environment: Vec<(&'static str, &'static str)>,
}

/// One run.
struct Ran {
    status: i32,
    stdout: String,
    stderr: String,
}

impl Workshop {
    /// With a design whose `printing` has further keys.
    fn new(printing: &str) -> Workshop {
        let [folder, scratch] = [(); 2].map(|()| tempfile::tempdir().unwrap());
        let workshop = Workshop { folder, scratch, environment: Vec::new() };
        workshop.design(printing);
        workshop
    }

    fn design(&self, printing: &str) {
        let kept = super::MINI.lines().filter(|line| !line.starts_with("printing:"));
        let mut design: Vec<String> = kept.map(str::to_owned).collect();
        design.push(format!("printing: {{ {printing} }}\n"));
        fs::write(self.path("mini.yaml"), design.join("\n")).unwrap();
    }

    fn path(&self, path: &str) -> PathBuf {
        self.folder.path().join(path)
    }

    fn read(&self, path: &str) -> String {
        fs::read_to_string(self.path(path)).unwrap()
    }

    fn json(&self, path: &str) -> Value {
        serde_json::from_str(&self.read(path)).unwrap()
    }

    /// Runs pibuild, with the stand-in as the only program in reach.
    fn pibuild(&self, arguments: &[&str]) -> Ran {
        let bin = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/farm/bin:/usr/bin:/bin");
        let output = Command::new(env!("CARGO_BIN_EXE_pibuild"))
            .args(arguments)
            .current_dir(self.folder.path())
            .env("PATH", bin)
            .env("FAKE_LOG", self.path("log"))
            .env("TMPDIR", self.scratch.path())
            .env("COLUMNS", "100")
            .envs(self.environment.iter().copied())
            .output()
            .unwrap();
        Ran {
            status: output.status.code().unwrap_or(-1),
            stdout: String::from_utf8(output.stdout).unwrap(),
            stderr: String::from_utf8(output.stderr).unwrap(),
        }
    }

    fn slice(&self) -> Ran {
        self.pibuild(&["farm", "slice", "mini.yaml"])
    }

    /// What has been sliced since the last call: the model and its layer height.
    fn sliced(&self) -> Vec<String> {
        let log = fs::read_to_string(self.path("log")).unwrap_or_default();
        let _ = fs::remove_file(self.path("log"));
        log.lines().map(str::to_owned).collect()
    }

    /// `minutes` and `minutes_origin` of each job in the queue, a piece.
    fn queued(&self) -> Vec<(String, f64, String)> {
        let queue = self.json("output/minirack-8/farm/queue.json");
        let jobs = queue["jobs"].as_array().unwrap().iter();
        jobs.map(|job| {
            let (part, pieces) = job["parts"].as_object().unwrap().iter().next().unwrap();
            let each = job["minutes"].as_f64().unwrap() / pieces.as_f64().unwrap();
            (part.clone(), each, job["minutes_origin"].as_str().unwrap().to_owned())
        })
        .collect()
    }

    fn files(&self, folder: &str) -> Vec<String> {
        let Ok(entries) = fs::read_dir(self.path(folder)) else { return Vec::new() };
        let names = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap());
        let mut names: Vec<String> = names.collect();
        names.sort();
        names
    }
}

#[test]
fn what_was_sliced_is_not_sliced_again() {
    let workshop = Workshop::new("sliced: sliced.json");
    let first = workshop.slice();
    assert_eq!(first.status, 0, "{}", first.stderr);
    let sliced = workshop.sliced();
    let (parts, plates): (Vec<_>, Vec<_>) = sliced.iter().partition(|it| it.contains(".stl "));
    let queue = workshop.json("output/minirack-8/farm/queue.json");
    let jobs = queue["jobs"].as_array().unwrap();
    assert_eq!(plates.len(), jobs.len(), "each plate once: {sliced:?}");
    let mut names: Vec<String> = workshop.queued().into_iter().map(|(part, ..)| part).collect();
    names.dedup();
    assert_eq!(parts.len(), names.len(), "each part once: {sliced:?}");
    assert!(sliced.iter().all(|it| it.ends_with(" 0.15")), "{sliced:?}");

    // The index maps every job of the queue to gcode that is there.
    let index = workshop.json("output/minirack-8/farm/gcode/sliced.json");
    assert_eq!(index["version"], 1);
    for (job, gcode) in jobs.iter().zip(index["jobs"].as_array().unwrap()) {
        assert_eq!(job["id"], gcode["id"]);
        assert_eq!(job["sha256"], gcode["plate_sha256"]);
        let file = format!("output/minirack-8/{}", gcode["file"].as_str().unwrap());
        assert_eq!(gcode["sha256"], sha256(workshop.read(&file).as_bytes()));
        assert_eq!(gcode["printer_profile"], "standard");
        assert_eq!((gcode["minutes"].as_f64(), gcode["grams"].as_f64()), (Some(100.0), Some(12.5)));
    }
    let sliced = |it: &(String, f64, String)| (it.1 - 100.0).abs() < 1e-9 && it.2 == "sliced";
    assert!(workshop.queued().iter().all(sliced), "{:?}", workshop.queued());
    let schedule = workshop.read("output/minirack-8/farm/schedule.csv");
    assert!(schedule.lines().skip(1).all(|row| row.ends_with(",sliced")), "{schedule}");

    let before = workshop.read("output/minirack-8/manifest.json");
    let second = workshop.slice();
    assert_eq!(workshop.sliced(), [""; 0], "the second run slices nothing");
    let all = parts.len() + plates.len();
    assert!(second.stdout.starts_with(&format!("0 sliced, {all} as they were: ")));
    // The times are the design's from here on: generate alone comes to the same.
    assert_eq!(workshop.pibuild(&["generate", "mini.yaml"]).status, 0);
    assert_eq!(workshop.read("output/minirack-8/manifest.json"), before);
    assert_eq!(workshop.json("output/minirack-8/farm/gcode/sliced.json"), index);
}

#[test]
fn a_changed_mesh_profile_or_slicer_is_sliced_again() {
    let mut workshop = Workshop::new("minutes: { fit-coupon: 30 }");
    assert_eq!(workshop.slice().status, 0);
    let all = workshop.sliced().len();
    // One part has changed, and with it its plates.
    workshop.design("minutes: { fit-coupon: 30 }, hole_compensation: 0.12 mm");
    let part = workshop.json("output/minirack-8/parts/certificate.json");
    assert_eq!(workshop.slice().status, 0);
    let changed = workshop.json("output/minirack-8/parts/certificate.json");
    let differ = part.as_object().unwrap().iter();
    let differ = differ.filter(|(name, it)| it["sha256"] != changed[*name]["sha256"]).count();
    let again = workshop.sliced();
    let parts = again.iter().filter(|it| it.contains(".stl ")).count();
    assert_eq!(parts, differ, "{again:?}");
    assert!(differ > 0);
    // A profile of the user's: all again, and measured minutes stay.
    fs::write(workshop.path("own.ini"), "perimeters = 3\ntemperature = 251\n").unwrap();
    let own = "minutes: { fit-coupon: 30 }, hole_compensation: 0.12 mm, \
               printers: [{ model: prusa-mk3s, profile: own.ini }]";
    workshop.design(own);
    assert_eq!(workshop.slice().status, 0);
    assert_eq!(workshop.sliced().len(), all);
    let index = workshop.json("output/minirack-8/farm/gcode/sliced.json");
    assert!(
        index["jobs"].as_array().unwrap().iter().all(|job| job["printer_profile"] == "own.ini")
    );
    let gcode = workshop.files("output/minirack-8/farm/gcode");
    let gcode = gcode.iter().find(|name| name.contains(".gcode")).unwrap();
    let gcode = workshop.read(&format!("output/minirack-8/farm/gcode/{gcode}"));
    for setting in ["perimeters = 3 ", "temperature = 251 ", "layer_height = 0.15 "] {
        assert!(gcode.contains(setting), "{gcode}");
    }
    for (part, each, origin) in workshop.queued() {
        let expected = if part == "fit-coupon" { (30.0, "measured") } else { (100.0, "sliced") };
        assert_eq!((each, origin.as_str()), expected, "{part}");
    }
    // Another slicer.
    workshop.environment.push(("FAKE_VERSION", "9.1.0"));
    assert_eq!(workshop.slice().status, 0);
    assert_eq!(workshop.sliced().len(), all);
}

#[test]
fn gcode_of_plates_that_are_gone_goes_and_other_files_stay() {
    let workshop = Workshop::new("sliced: sliced.json");
    workshop.slice();
    let folder = "output/minirack-8/farm/gcode";
    fs::write(workshop.path("output/minirack-8/farm/gcode/note.txt"), "mine").unwrap();
    let before = workshop.files(folder);
    workshop.design("sliced: sliced.json, longest_plate: 1 h");
    workshop.slice();
    let index = workshop.json("output/minirack-8/farm/gcode/sliced.json");
    let jobs = index["jobs"].as_array().unwrap().iter();
    let named = jobs.map(|job| job["file"].as_str().unwrap().rsplit('/').next().unwrap());
    let mut expected: Vec<String> = named.map(str::to_owned).collect();
    expected.extend(["note.txt", "sliced.json"].map(str::to_owned));
    expected.sort();
    expected.dedup();
    assert_ne!(workshop.files(folder), before, "shorter plates are other plates");
    assert_eq!(workshop.files(folder), expected);
}

#[test]
fn a_slicer_that_fails_is_told_and_what_was_finished_stays() {
    let mut workshop = Workshop::new("sliced: sliced.json");
    for (mode, said) in [
        ("fails", "PrusaSlicer-9.0.0 failed (exit status: 1)\n  Error: no layers were found\n"),
        ("does-nothing", "PrusaSlicer-9.0.0 made no gcode\n"),
        ("says-nothing", "its gcode has no `; estimated printing time (normal mode) = …`\n"),
    ] {
        workshop.environment = vec![("FAKE_MODE", mode)];
        let ran = workshop.slice();
        assert_eq!(ran.status, 3);
        assert!(ran.stderr.starts_with("error: slicing `caddy`: "), "{}", ran.stderr);
        assert!(ran.stderr.ends_with(said), "{}", ran.stderr);
        assert_eq!(workshop.sliced().len(), 1);
        assert_eq!(workshop.files("."), ["mini.yaml"], "nothing is written");
    }
    // Killed at the first plate: the times of parts are there, and no gcode.
    workshop.environment = vec![("FAKE_MODE", "dies-at-a-plate")];
    workshop.slice();
    let parts = workshop.sliced().len() - 1;
    let index = workshop.json("output/minirack-8/farm/gcode/sliced.json");
    assert_eq!(index["jobs"].as_array().unwrap().len(), 0);
    assert_eq!(workshop.files("output/minirack-8/farm/gcode"), ["sliced.json"]);
    workshop.environment = Vec::new();
    let ran = workshop.slice();
    assert_eq!(ran.status, 0, "{}", ran.stderr);
    assert!(ran.stdout.contains(&format!(" sliced, {parts} as they were: ")), "{}", ran.stdout);
    assert!(workshop.sliced().iter().all(|it| it.starts_with("model.3mf ")));
}

#[test]
fn without_a_slicer_people_are_told_where_to_get_one() {
    let mut workshop = Workshop::new("");
    workshop.environment = vec![("PATH", "")];
    let ran = workshop.slice();
    let missing = "error: there is no `prusa-slicer` on this machine; install PrusaSlicer, or say \
                   where it is with --slicer PATH\n";
    assert_eq!((ran.stderr.as_str(), ran.status), (missing, 3));
    let ran = workshop.pibuild(&["farm", "slice", "mini.yaml", "--slicer", "nope"]);
    assert_eq!((ran.stderr.as_str(), ran.status), ("error: there is no slicer `nope`\n", 2));
    assert_eq!(workshop.files("."), ["mini.yaml"]);
}

#[test]
fn a_foreign_folder_is_refused_before_anything_is_sliced() {
    let workshop = Workshop::new("");
    fs::create_dir(workshop.path("photos")).unwrap();
    fs::write(workshop.path("photos/one.jpg"), "mine").unwrap();
    let ran = workshop.pibuild(&["farm", "slice", "mini.yaml", "-o", "photos"]);
    assert_eq!(ran.status, 3);
    assert!(ran.stderr.contains("was not made by pibuild"), "{}", ran.stderr);
    assert_eq!(workshop.sliced(), [""; 0]);
    assert_eq!(workshop.files("photos"), ["one.jpg"]);
}

#[test]
fn sliced_times_that_are_missing_or_none_are_the_designs_mistake() {
    let workshop = Workshop::new("sliced: sliced.json");
    let ran = workshop.pibuild(&["check", "mini.yaml"]);
    assert_eq!(ran.status, 2);
    let missing = "error[SPEC-file]: the list of sliced times `sliced.json` cannot be read\n";
    assert!(ran.stderr.starts_with(missing), "{}", ran.stderr);
    let fix = "`pibuild farm slice` with this design writes it\n";
    assert!(ran.stderr.ends_with(fix), "{}", ran.stderr);
    // What is no list of ours is never written over.
    for (text, said) in [("{}", "missing field `version`"), ("{\"version\": 7}", "version 7")] {
        fs::write(workshop.path("sliced.json"), text).unwrap();
        let ran = workshop.slice();
        assert_eq!(ran.status, 2);
        assert!(ran.stderr.starts_with("error[SPEC-sliced]: "), "{}", ran.stderr);
        assert!(ran.stderr.contains(said), "{}", ran.stderr);
        assert_eq!(workshop.read("sliced.json"), text);
    }
    // One that is of other parts is told of, and the times are estimates.
    fs::write(workshop.path("sliced.json"), "{\"version\": 1, \"parts\": []}").unwrap();
    let ran = workshop.pibuild(&["check", "mini.yaml", "--format", "json"]);
    let verdict: Value = serde_json::from_str(&ran.stdout).unwrap();
    let found = verdict["findings"].as_array().unwrap().iter();
    let found = found.filter(|it| it["code"] == "FARM-sliced").collect::<Vec<_>>();
    assert_eq!(found.len(), 1);
    assert_eq!(found[0]["severity"], "note");
    assert!(found[0]["measured"].as_str().unwrap().starts_with("0 of "), "{}", found[0]);
}

#[test]
fn a_profile_that_a_slicer_could_not_use_is_the_designs_mistake() {
    let workshop = Workshop::new("printers: [{ model: prusa-mini, profile: own.ini }]");
    for (profile, code, said) in [
        (None, "SPEC-file", "the profile `own.ini` cannot be read"),
        (Some("[print:fine]\n"), "SPEC-profile", "this is a bundle of presets"),
        (Some("# mine\nperimeters\n"), "SPEC-profile", "`perimeters` is no setting"),
        (Some("post_process = rm -r x\n"), "SPEC-profile", "`post_process` runs programs"),
    ] {
        if let Some(text) = profile {
            fs::write(workshop.path("own.ini"), text).unwrap();
        }
        let ran = workshop.slice();
        assert_eq!(ran.status, 2);
        assert!(ran.stderr.starts_with(&format!("error[{code}]: {said}")), "{}", ran.stderr);
        assert_eq!(workshop.sliced(), [""; 0]);
    }
    let outside = Workshop::new("printers: [{ model: prusa-mini, profile: ../own.ini }]");
    let ran = outside.slice();
    assert!(ran.stderr.starts_with("error[SPEC-path]: "), "{}", ran.stderr);
}
