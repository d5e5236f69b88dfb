//! Outputs arrive whole, replace only what is ours, and lose nothing of the user's.
#![allow(clippy::unwrap_used)]

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use pibuild::outputs::{Tree, sha256, swap_in};
use tempfile::TempDir;

/// A run with this variable set is a helper process: it swaps outputs into the named folder.
const HELPER: &str = "PIBUILD_TEST_SWAP_INTO";

/// A tree whose files all name their generation, and some of whose paths depend on it.
fn generation(number: u32) -> Tree {
    let mut tree = Tree::new();
    let mut add = |path: String| {
        let bytes = format!("generation {number}\n").repeat(200);
        tree.add(path, "a test file", bytes).unwrap();
    };
    for file in 0..20 {
        add(format!("parts/part-{file}.stl"));
    }
    add(format!("cut/sheet-{}.svg", number % 3));
    add("checks.md".to_owned());
    tree.seal(&sha256(&number.to_le_bytes()), "0.0.0").unwrap();
    tree
}

/// A scratch folder with `output` in it.
struct Scratch {
    folder: TempDir,
}

impl Scratch {
    fn new() -> Scratch {
        Scratch { folder: tempfile::tempdir().unwrap() }
    }

    fn at(&self, path: &str) -> PathBuf {
        self.folder.path().join(path)
    }

    fn output(&self) -> PathBuf {
        self.at("output")
    }

    fn write(&self, path: &str, text: &str) {
        fs::create_dir_all(self.at(path).parent().unwrap()).unwrap();
        fs::write(self.at(path), text).unwrap();
    }

    fn read(&self, path: &str) -> String {
        fs::read_to_string(self.at(path)).unwrap()
    }

    /// Every file and folder, sorted; folders end with a slash.
    fn list(&self) -> Vec<String> {
        let mut found = Vec::new();
        list_into(self.folder.path(), self.folder.path(), &mut found);
        found.sort();
        found
    }

    /// The message of the swap that must fail, with the scratch folder's path left out.
    fn refusal(&self, target: &Path) -> String {
        let error = swap_in(target, &generation(2)).unwrap_err().to_string();
        let root = fs::canonicalize(self.folder.path()).unwrap();
        error
            .replace(root.to_str().unwrap(), "…")
            .replace(self.folder.path().to_str().unwrap(), "…")
    }
}

fn list_into(root: &Path, folder: &Path, found: &mut Vec<String>) {
    for entry in fs::read_dir(folder).unwrap() {
        let entry = entry.unwrap();
        let path = entry.path().strip_prefix(root).unwrap().to_str().unwrap().to_owned();
        if entry.file_type().unwrap().is_dir() {
            found.push(format!("{path}/"));
            list_into(root, &entry.path(), found);
        } else {
            found.push(path);
        }
    }
}

/// The generation of the output, having checked that every file belongs to it and none is missing.
fn whole_generation(output: &Path) -> u32 {
    let manifest = fs::read(output.join("manifest.json")).unwrap();
    let manifest: serde_json::Value = serde_json::from_slice(&manifest).unwrap();
    let mut listed = BTreeSet::from(["manifest.json".to_owned()]);
    let mut generations = BTreeSet::new();
    for file in manifest["files"].as_array().unwrap() {
        let path = file["path"].as_str().unwrap();
        let bytes = fs::read(output.join(path)).unwrap();
        assert_eq!(file["sha256"], sha256(&bytes), "{path}");
        let first = String::from_utf8(bytes).unwrap().lines().next().unwrap().to_owned();
        generations.insert(first.strip_prefix("generation ").unwrap().parse::<u32>().unwrap());
        listed.insert(path.to_owned());
    }
    let mut found = Vec::new();
    list_into(output, output, &mut found);
    found.retain(|path| !path.ends_with('/'));
    assert_eq!(found.into_iter().collect::<BTreeSet<_>>(), listed);
    assert_eq!(generations.len(), 1, "mixed generations {generations:?}");
    generations.into_iter().next().unwrap()
}

#[test]
fn the_first_output_makes_its_folder_and_leaves_nothing_beside_it() {
    let scratch = Scratch::new();
    let target = scratch.at("deep/down/tardis");
    swap_in(&target, &generation(1)).unwrap();
    assert_eq!(whole_generation(&target), 1);
    assert_eq!(fs::read_dir(scratch.at("deep/down")).unwrap().count(), 1);
}

#[test]
fn a_later_output_replaces_the_earlier_one_and_its_files() {
    let scratch = Scratch::new();
    swap_in(&scratch.output(), &generation(1)).unwrap();
    swap_in(&scratch.output(), &generation(2)).unwrap();
    assert_eq!(whole_generation(&scratch.output()), 2);
    assert!(!scratch.list().contains(&"output/cut/sheet-1.svg".to_owned()));
}

#[test]
fn an_empty_folder_may_be_used() {
    let scratch = Scratch::new();
    fs::create_dir(scratch.output()).unwrap();
    swap_in(&scratch.output(), &generation(1)).unwrap();
    assert_eq!(whole_generation(&scratch.output()), 1);
}

#[test]
fn a_foreign_folder_is_left_alone() {
    let scratch = Scratch::new();
    scratch.write("output/thesis.tex", "years of work");
    let before = scratch.list();
    assert_eq!(
        scratch.refusal(&scratch.output()),
        "`…/output` was not made by pibuild (it has no manifest.json of ours) and is left alone; \
         choose another folder with -o DIR"
    );
    assert_eq!(scratch.list(), before);
}

#[test]
fn a_manifest_of_another_program_does_not_make_a_folder_ours() {
    for manifest in ["", "{}", r#"{"name": "My web app", "icons": []}"#, "[1, 2"] {
        let scratch = Scratch::new();
        scratch.write("output/manifest.json", manifest);
        assert!(scratch.refusal(&scratch.output()).contains("was not made by pibuild"));
        assert_eq!(scratch.read("output/manifest.json"), manifest);
    }
}

#[test]
fn a_file_in_the_way_is_left_alone() {
    let scratch = Scratch::new();
    scratch.write("output", "a file");
    assert_eq!(
        scratch.refusal(&scratch.output()),
        "`…/output` is a file, and a folder is to be made there; move it, or choose another folder \
         with -o DIR"
    );
    assert_eq!(scratch.read("output"), "a file");
    assert_eq!(
        scratch.refusal(&scratch.at("output/inside")),
        "cannot reach `…/output/inside`: Not a directory (os error 20)"
    );
}

#[test]
fn a_stranger_with_the_name_of_our_staging_folder_is_left_alone() {
    let scratch = Scratch::new();
    scratch.write(".output.pibuild/diary.txt", "dear diary");
    assert_eq!(
        scratch.refusal(&scratch.output()),
        "`…/.output.pibuild` is in the way (pibuild stages its output there); move it away"
    );
    assert_eq!(scratch.list(), [".output.pibuild/", ".output.pibuild/diary.txt"]);
}

#[test]
fn the_users_files_stay_in_the_output() {
    let scratch = Scratch::new();
    swap_in(&scratch.output(), &generation(1)).unwrap();
    scratch.write("output/notes.md", "slot 7 is loose");
    scratch.write("output/cut/photo.jpg", "jpg");
    scratch.write("output/sliced/mk3s/caddy.gcode", "G28");
    fs::create_dir(scratch.at("output/to do")).unwrap();
    for number in 2..5 {
        swap_in(&scratch.output(), &generation(number)).unwrap();
    }
    assert_eq!(scratch.read("output/notes.md"), "slot 7 is loose");
    assert_eq!(scratch.read("output/cut/photo.jpg"), "jpg");
    assert_eq!(scratch.read("output/sliced/mk3s/caddy.gcode"), "G28");
    assert!(scratch.at("output/to do").is_dir());
    assert!(scratch.read("output/checks.md").starts_with("generation 4\n"));
}

#[test]
fn a_file_of_the_users_that_meets_one_of_ours_stays_beside_it() {
    let scratch = Scratch::new();
    swap_in(&scratch.output(), &generation(1)).unwrap();
    scratch.write("output/cut/sheet-2.svg", "mine");
    swap_in(&scratch.output(), &generation(2)).unwrap();
    assert!(scratch.read("output/cut/sheet-2.svg").starts_with("generation 2\n"));
    assert_eq!(scratch.read("output/cut/sheet-2.svg.yours"), "mine");

    scratch.write("output/cut/sheet-0.svg/inside.txt", "a folder of mine");
    swap_in(&scratch.output(), &generation(3)).unwrap();
    assert_eq!(scratch.read("output/cut/sheet-0.svg.yours/inside.txt"), "a folder of mine");
    assert_eq!(scratch.read("output/cut/sheet-2.svg.yours"), "mine");
}

#[test]
#[cfg(unix)]
fn a_link_to_a_folder_stays_a_link() {
    let scratch = Scratch::new();
    fs::create_dir_all(scratch.at("disk/real")).unwrap();
    std::os::unix::fs::symlink("disk/real", scratch.output()).unwrap();
    for number in 1..3 {
        swap_in(&scratch.output(), &generation(number)).unwrap();
        assert!(scratch.output().is_symlink());
        assert_eq!(whole_generation(&scratch.at("disk/real")), number);
    }
    assert_eq!(fs::read_dir(scratch.at("disk")).unwrap().count(), 1);

    std::os::unix::fs::symlink("nowhere", scratch.at("dangling")).unwrap();
    assert_eq!(
        scratch.refusal(&scratch.at("dangling")),
        "`…/dangling` is a link that leads nowhere; remove it"
    );
}

#[test]
#[cfg(unix)]
fn links_of_the_users_are_carried_over_and_never_followed() {
    let scratch = Scratch::new();
    swap_in(&scratch.output(), &generation(1)).unwrap();
    scratch.write("elsewhere/precious.txt", "precious");
    std::os::unix::fs::symlink("../elsewhere", scratch.at("output/link")).unwrap();
    swap_in(&scratch.output(), &generation(2)).unwrap();
    assert!(scratch.at("output/link").is_symlink());
    assert_eq!(scratch.read("output/link/precious.txt"), "precious");
}

#[test]
#[cfg(unix)]
fn permissions_of_the_folder_are_kept_and_locked_folders_are_no_obstacle() {
    use std::os::unix::fs::PermissionsExt;
    let scratch = Scratch::new();
    let set = |path: &Path, mode| fs::set_permissions(path, fs::Permissions::from_mode(mode));
    let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
    swap_in(&scratch.output(), &generation(1)).unwrap();
    scratch.write("output/locked/notes.md", "mine");
    set(&scratch.output(), 0o750).unwrap();
    set(&scratch.at("output/locked"), 0o555).unwrap();
    swap_in(&scratch.output(), &generation(2)).unwrap();
    assert_eq!(mode(&scratch.output()), 0o750);
    assert_eq!(mode(&scratch.at("output/locked")), 0o555);
    assert_eq!(scratch.read("output/locked/notes.md"), "mine");
    assert_eq!(fs::read_dir(scratch.folder.path()).unwrap().count(), 1);
    set(&scratch.at("output/locked"), 0o755).unwrap();
}

#[test]
#[cfg(unix)]
fn a_parent_that_may_not_be_written_leaves_the_output_as_it_was() {
    use std::os::unix::fs::PermissionsExt;
    let scratch = Scratch::new();
    swap_in(&scratch.at("shelf/output"), &generation(1)).unwrap();
    let set =
        |mode| fs::set_permissions(scratch.at("shelf"), fs::Permissions::from_mode(mode)).unwrap();
    set(0o555);
    // Root may write everywhere.
    if fs::write(scratch.at("shelf/probe"), "").is_err() {
        assert_eq!(
            scratch.refusal(&scratch.at("shelf/output")),
            "cannot create the folder `…/shelf/.output.pibuild`: Permission denied (os error 13); \
             choose a folder that you may write to, with -o DIR"
        );
        assert_eq!(whole_generation(&scratch.at("shelf/output")), 1);
    }
    set(0o755);
}

#[test]
fn a_run_that_died_between_the_two_renames_of_the_fallback_is_undone() {
    let scratch = Scratch::new();
    swap_in(&scratch.output(), &generation(1)).unwrap();
    scratch.write("output/notes.md", "mine");
    fs::create_dir(scratch.at(".output.pibuild")).unwrap();
    fs::rename(scratch.output(), scratch.at(".output.pibuild/old")).unwrap();
    scratch.write(".output.pibuild/lock", "");
    scratch.write(".output.pibuild/new/checks.md", "half a tree");
    swap_in(&scratch.output(), &generation(2)).unwrap();
    assert_eq!(scratch.read("output/notes.md"), "mine");
    assert!(scratch.read("output/checks.md").starts_with("generation 2\n"));
    assert!(!scratch.at(".output.pibuild").exists());
}

/// Not a test of its own: what [`helper`] runs in another process.
#[test]
fn swaps_in_a_loop_when_asked_to() {
    let Some(target) = std::env::var_os(HELPER) else { return };
    let rounds = std::env::var("ROUNDS").unwrap().parse().unwrap();
    for number in 1..=rounds {
        if let Err(error) = swap_in(Path::new(&target), &generation(number)) {
            eprintln!("{error}");
            std::process::exit(3);
        }
    }
}

/// This test binary as another process that swaps `rounds` generations into `target`, started by
/// way of `sh` so that `limit` can set resource limits first.
fn helper(target: &Path, rounds: u32, limit: &str) -> Child {
    Command::new("sh")
        .args(["-c", &format!("{limit} exec \"$0\" \"$@\"")])
        .arg(std::env::current_exe().unwrap())
        .args(["--exact", "swaps_in_a_loop_when_asked_to", "--nocapture"])
        .env(HELPER, target)
        .env("ROUNDS", rounds.to_string())
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap()
}

#[test]
fn a_kill_at_any_moment_leaves_one_whole_generation() {
    let scratch = Scratch::new();
    swap_in(&scratch.output(), &generation(0)).unwrap();
    let mut seen = BTreeSet::new();
    for attempt in 0..60_u64 {
        let before = scratch.read("output/checks.md");
        let mut child = helper(&scratch.output(), u32::MAX, "");
        // However slow the machine, half of the kills come after an exchange.
        while attempt % 2 == 1 && scratch.read("output/checks.md") == before {
            assert!(child.try_wait().unwrap().is_none(), "the helper ended");
            std::thread::sleep(Duration::from_millis(1));
        }
        // Primes spread the moments over start, writing, exchange and removal.
        std::thread::sleep(Duration::from_micros(4_000 + attempt * 7_919 % 60_000));
        child.kill().unwrap();
        child.wait().unwrap();
        seen.insert(whole_generation(&scratch.output()));
    }
    assert!(seen.len() > 1, "every kill came before the first exchange: {seen:?}");
    swap_in(&scratch.output(), &generation(7)).unwrap();
    assert_eq!(whole_generation(&scratch.output()), 7);
    assert_eq!(fs::read_dir(scratch.folder.path()).unwrap().count(), 1, "{:?}", scratch.list());
}

#[test]
fn two_runs_at_once_do_not_hurt_each_other() {
    let scratch = Scratch::new();
    swap_in(&scratch.output(), &generation(0)).unwrap();
    scratch.write("output/notes.md", "mine");
    let children: Vec<Child> = (0..3).map(|_| helper(&scratch.output(), 15, "")).collect();
    for child in children {
        let done = child.wait_with_output().unwrap();
        assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    }
    assert_eq!(scratch.read("output/notes.md"), "mine");
    fs::remove_file(scratch.at("output/notes.md")).unwrap();
    assert_eq!(whole_generation(&scratch.output()), 15);
    assert_eq!(fs::read_dir(scratch.folder.path()).unwrap().count(), 1);
}

/// A limit on the size of files stands for the full disk: in both cases a write fails half-way.
#[test]
#[cfg(target_os = "linux")]
fn a_write_that_fails_half_way_leaves_the_output_as_it_was() {
    let scratch = Scratch::new();
    swap_in(&scratch.output(), &generation(0)).unwrap();
    let before = scratch.list();
    let done =
        helper(&scratch.output(), 1, "trap '' XFSZ; ulimit -f 1;").wait_with_output().unwrap();
    assert_eq!(done.status.code(), Some(3));
    let root = fs::canonicalize(scratch.folder.path()).unwrap();
    assert_eq!(
        String::from_utf8_lossy(&done.stderr).replace(root.to_str().unwrap(), "…"),
        "cannot write `…/.output.pibuild/new/checks.md`: File too large (os error 27); this user or \
         file system limits the size of files, the previous output is untouched\n"
    );
    assert_eq!(whole_generation(&scratch.output()), 0);
    assert_eq!(scratch.list(), before);
}
