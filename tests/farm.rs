//! The print farm, as its operator meets it.
#![allow(clippy::unwrap_used)]

#[path = "support/print_server.rs"]
mod print_server;
mod support;

use std::fs;
use std::net::TcpListener;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use pibuild::outputs::sha256;
use print_server::{Fault, PrintServer, Shop, Speaks};
use serde_json::{Value, json};
use support::pibuild;
use tempfile::TempDir;

#[path = "farm/farms.rs"]
mod farms;
#[path = "farm/schedules.rs"]
mod schedules;
#[path = "farm/slicing.rs"]
mod slicing;

/// Eight boards in a mini rack, one printer.
const MINI: &str = include_str!("../designs/minirack-8.yaml");

#[test]
fn the_plan_says_who_prints_what_and_how_good_it_is() {
    let human = pibuild(["farm", "plan", "-"]).stdin(MINI).any_stdout().run();
    let lines: Vec<&str> = human.stdout.lines().collect();
    assert!(lines[0].starts_with("job ") && lines[0].contains("copies"), "{}", human.stdout);
    assert!(lines.last().unwrap().starts_with("done after "), "{}", human.stdout);
    assert!(lines.iter().all(|line| line.chars().count() <= 100), "{}", human.stdout);

    let json = pibuild(["farm", "plan", "-", "--format", "json"]).stdin(MINI).any_stdout().run();
    let plan: Value = serde_json::from_str(&json.stdout).unwrap();
    let sum = |list: &str, field: &str| -> u64 {
        plan[list].as_array().unwrap().iter().map(|it| it[field].as_u64().unwrap()).sum()
    };
    assert_eq!(sum("jobs", "copies"), sum("printers", "plates"), "every plate is on a printer");
    let ends = plan["printers"].as_array().unwrap().iter().map(|it| it["end_minute"].as_u64());
    assert_eq!(plan["makespan_minutes"].as_u64(), ends.max().unwrap());
    assert!(plan["lower_bound_minutes"].as_u64() <= plan["makespan_minutes"].as_u64());
    for job in plan["jobs"].as_array().unwrap() {
        assert!(lines.iter().any(|line| line.starts_with(job["id"].as_str().unwrap())), "{job}");
    }
}

/// An output folder with a queue of three jobs, sliced, and runs of the program on it.
struct Output {
    folder: TempDir,
}

/// One run that came to an end.
struct Ran {
    status: Option<i32>,
    stdout: String,
    stderr: String,
}

/// Jobs of the queue and their copies.
const JOBS: [(&str, u64); 3] = [("coupon", 1), ("caddy-x6", 3), ("bracket-x2", 2)];

impl Output {
    fn new() -> Output {
        let output = Output { folder: tempfile::tempdir().unwrap() };
        let hash = "0".repeat(64);
        let manifest = json!({ "design_sha256": hash, "version": "0", "files": [] });
        output.write("manifest.json", &manifest.to_string());
        let checks = json!({ "design": "mini", "buildable": true, "findings": [] });
        output.write("checks.json", &checks.to_string());
        output.write(
            "farm/schedule.csv",
            "printer,job,copies,start_min,end_min\n\
             mk3-1,coupon,1,0,1\nmk3-1,caddy-x6,1,1,2\nmk3-1,caddy-x6,1,2,3\n\
             mk3-2,bracket-x2,1,0,1\nmk3-2,caddy-x6,1,1,2\nmk3-2,bracket-x2,1,2,3\n",
        );
        output.queue(&JOBS);
        output.slice("G28\n");
        output
    }

    fn write(&self, path: &str, text: &str) {
        let path = self.folder.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    fn queue(&self, jobs: &[(&str, u64)]) {
        let jobs: Vec<Value> = jobs
            .iter()
            .map(|(id, copies)| {
                json!({
                    "id": id, "file": format!("farm/plates/{id}.3mf"), "sha256": sha256(id.as_bytes()),
                    "copies": copies, "parts": { "part": 1 }, "material": "petg", "grams": 10.0,
                    "minutes": 60.0, "minutes_origin": "estimated", "nozzle": 0.4,
                    "bed": [250.0, 210.0, 210.0], "priority": 1, "group": "mk3",
                })
            })
            .collect();
        self.write("farm/queue.json", &json!({ "version": 1, "jobs": jobs }).to_string());
    }

    fn slice(&self, gcode: &str) {
        let jobs: Vec<Value> = JOBS
            .iter()
            .map(|(id, _)| {
                let (text, file) = (format!("; {id}\n{gcode}"), format!("farm/gcode/{id}.gcode"));
                self.write(&file, &text);
                json!({
                    "id": id, "file": file, "sha256": sha256(text.as_bytes()),
                    "plate_sha256": sha256(id.as_bytes()), "printer_profile": "x", "minutes": 1.0,
                    "grams": 1.0,
                })
            })
            .collect();
        self.write("farm/gcode/sliced.json", &json!({ "version": 1, "jobs": jobs }).to_string());
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_pibuild"));
        command
            .arg("farm")
            .args(&arguments[..1])
            .arg(self.folder.path())
            .args(&arguments[1..])
            .env_remove("PIBUILD_API_KEY")
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        command
    }

    fn run(&self, arguments: &[&str]) -> Ran {
        finished(self.command(arguments).spawn().unwrap())
    }

    /// `farm submit` to a server, without waits.
    fn submit(&self, to: &str, server: &PrintServer, more: &[&str]) -> Ran {
        let fixed = ["submit", "--to", to, "--url", &server.url, "--wait", "0"];
        self.run(&[&fixed, more].concat())
    }

    fn state(&self) -> String {
        fs::read_to_string(self.folder.path().join("farm/handover.json")).unwrap_or_default()
    }

    /// How many files lie in the folder and beside it.
    fn files(&self) -> usize {
        let count = |folder: &Path| fs::read_dir(folder).unwrap().count();
        count(self.folder.path()) + count(&self.folder.path().join("farm"))
    }

    /// Each job has its copies on the server, and each file is whole.
    fn holds_exactly_once(&self, shop: &Shop) {
        let names: Vec<&String> = shop.files.keys().collect();
        assert_eq!(names.len(), JOBS.len(), "{names:?}");
        let copies = shop.copies();
        for (id, wanted) in JOBS {
            let own: Vec<&&String> = names.iter().filter(|name| name.contains(id)).collect();
            assert_eq!(own.len(), 1, "{id} in {names:?}");
            let gcode = self.folder.path().join(format!("farm/gcode/{id}.gcode"));
            assert_eq!(shop.files[*own[0]], fs::read(gcode).unwrap(), "bytes of {id}");
            let found = copies.get(*own[0]).copied().unwrap_or(0);
            assert_eq!(found as u64, wanted, "copies of {id} after {:?}", shop.requests);
        }
    }
}

fn finished(child: Child) -> Ran {
    let output = child.wait_with_output().unwrap();
    Ran {
        status: output.status.code(),
        stdout: String::from_utf8(output.stdout).unwrap(),
        stderr: String::from_utf8(output.stderr).unwrap(),
    }
}

impl Ran {
    fn is(&self, status: i32) -> &Ran {
        assert_eq!(self.status, Some(status), "{}{}", self.stdout, self.stderr);
        self
    }

    fn says(&self, words: &str) -> &Ran {
        assert!(self.stderr.contains(words), "{words:?} is not in {:?}", self.stderr);
        self
    }
}

#[test]
fn a_queue_goes_to_moonraker_once_however_often_it_is_handed_over() {
    let (output, server) = (Output::new(), PrintServer::start(Speaks::Moonraker));
    let first = output.submit("moonraker", &server, &[]);
    first.is(0);
    assert_eq!(
        first.stdout,
        "\
job         copies  queued  printing  done  failed  unclear  left to print
coupon           1       1         0     0       0        0              1
caddy-x6         3       3         0     0       0        0              3
bracket-x2       2       2         0     0       0        0              2
all              6       6         0     0       0        0              6
6 hours of printing are left
"
    );
    output.holds_exactly_once(&server.shop());
    let order: Vec<String> = server.shop().queue.iter().map(|(_, file)| file.clone()).collect();
    assert!(
        order[0].contains("coupon") && order[1].contains("caddy") && order[5].contains("bracket")
    );
    let state = output.state();
    let sent = server.shop().requests.len();
    let second = output.submit("moonraker", &server, &[]);
    second.is(0);
    assert_eq!((second.stdout, output.state()), (first.stdout, state));
    let again = server.shop().requests[sent..].iter().filter(|it| !it.starts_with("GET")).count();
    assert_eq!(again, 0, "nothing but looks the second time");
}

#[test]
fn a_dry_run_only_looks() {
    let (output, server) = (Output::new(), PrintServer::start(Speaks::Moonraker));
    let before = output.files();
    let ran = output.submit("moonraker", &server, &["--dry-run"]);
    assert_eq!(
        ran.is(0).stdout,
        "would upload and print 1 × coupon\nwould upload and print 3 × caddy-x6\n\
         would upload and print 2 × bracket-x2\n"
    );
    assert!(server.shop().requests.iter().all(|request| request.starts_with("GET")));
    assert_eq!(output.files(), before);
    output.submit("moonraker", &server, &[]).is(0);
    let ran = output.submit("moonraker", &server, &["--dry-run"]);
    assert_eq!(ran.is(0).stdout, format!("{} has all that it is to have\n", server.url));
}

/// The connection breaks at each request in turn, before or after the server has done what it was
/// asked for; then the hand-over is run again.
#[test]
fn a_connection_may_break_at_any_request() {
    for fault in [Fault::HangsUp, Fault::DoesAndHangsUp] {
        let mut number = 0;
        loop {
            let (output, server) = (Output::new(), PrintServer::start(Speaks::Moonraker));
            server.shop().faults.insert(number, fault.clone());
            let ran = output.submit("moonraker", &server, &["--retries", "0"]);
            if server.shop().requests.len() <= number {
                ran.is(0);
                assert!(number > 10, "a hand-over takes more requests than that");
                break;
            }
            ran.is(3);
            output.submit("moonraker", &server, &["--retries", "0"]).is(0);
            output.holds_exactly_once(&server.shop());
            number += 1;
        }
    }
}

/// The same, but the run itself goes on after the break.
#[test]
fn a_run_survives_broken_connections() {
    let (output, server) = (Output::new(), PrintServer::start(Speaks::Moonraker));
    for number in (0..60).step_by(7) {
        let fault = if number % 2 == 0 { Fault::DoesAndHangsUp } else { Fault::HangsUp };
        server.shop().faults.insert(number, fault);
    }
    output.submit("moonraker", &server, &["--retries", "6"]).is(0).says("trying again");
    output.holds_exactly_once(&server.shop());
}

/// The program is killed while the server has its request, which the server then does or does not.
#[test]
fn a_run_may_be_killed_at_any_request() {
    let (output, server) = (Output::new(), PrintServer::start(Speaks::Moonraker));
    output.submit("moonraker", &server, &[]).is(0);
    let (requests, files) = (server.shop().requests.len(), output.files());
    for (number, and_does_it) in (0..requests).flat_map(|n| [(n, false), (n, true)]) {
        let (output, server) = (Output::new(), PrintServer::start(Speaks::Moonraker));
        server.shop().faults.insert(number, Fault::ClientDies { and_does_it });
        let fixed = ["submit", "--to", "moonraker", "--url", &server.url, "--wait", "0"];
        let mut child = output.command(&fixed).spawn().unwrap();
        server.when_the_client_should_die(|| {
            child.kill().unwrap();
            child.wait().unwrap();
        });
        output.submit("moonraker", &server, &[]).is(0);
        output.holds_exactly_once(&server.shop());
        assert_eq!(output.files(), files, "nothing else is left behind");
    }
}

#[test]
fn a_server_that_forgot_its_queue_gets_the_rest_of_it_again() {
    let (output, server) = (Output::new(), PrintServer::start(Speaks::Moonraker));
    output.submit("moonraker", &server, &["--print"]).is(0).says("printing pibuild-mini-");
    {
        let mut shop = server.shop();
        shop.finish(true);
        shop.load_next();
        shop.finish(false);
        shop.load_next();
        shop.queue.clear();
    }
    let ran = output.submit("moonraker", &server, &[]);
    let row = "caddy-x6         3       2         1     0       1        0              3\n";
    assert!(ran.is(0).stdout.contains(row), "{}", ran.stdout);
    output.holds_exactly_once(&server.shop());
}

#[test]
fn what_is_no_longer_wanted_leaves_the_queue() {
    let (output, server) = (Output::new(), PrintServer::start(Speaks::Moonraker));
    output.submit("moonraker", &server, &[]).is(0);
    output.queue(&[("coupon", 1), ("caddy-x6", 1)]);
    output.submit("moonraker", &server, &[]).is(0).says("nobody wants them any more");
    let copies: Vec<usize> = server.shop().copies().into_values().collect();
    assert_eq!(copies, [1, 1]);
    // Gcode that was made anew takes the place of the old.
    output.slice("G28 ; better\n");
    output.submit("moonraker", &server, &[]).is(0);
    let shop = server.shop();
    assert_eq!(shop.queue.len(), 2);
    for (_, file) in &shop.queue {
        assert!(String::from_utf8_lossy(&shop.files[file]).contains("better"));
    }
}

#[test]
fn each_printer_of_the_schedule_gets_its_share() {
    let output = Output::new();
    let servers = [PrintServer::start(Speaks::Moonraker), PrintServer::start(Speaks::Moonraker)];
    for (printer, server) in ["mk3-1", "mk3-2"].iter().zip(&servers) {
        output.submit("moonraker", server, &["--printer", printer]).is(0);
        output.submit("moonraker", server, &["--printer", printer]).is(0);
    }
    let queued = |server: &PrintServer| -> Vec<String> {
        let name =
            |file: &str| file.rsplit('/').next().unwrap().rsplit_once('-').unwrap().0.to_owned();
        server.shop().queue.iter().map(|(_, file)| name(file)).collect()
    };
    assert_eq!(queued(&servers[0]), ["coupon", "caddy-x6", "caddy-x6"]);
    assert_eq!(queued(&servers[1]), ["bracket-x2", "caddy-x6", "bracket-x2"]);
    output
        .submit("moonraker", &servers[0], &["--printer", "mk3-7"])
        .is(2)
        .says("farm/schedule.csv has no printer `mk3-7` (there are mk3-1, mk3-2)");
}

#[test]
fn two_runs_at_once_do_not_double() {
    let (output, server) = (Output::new(), PrintServer::start(Speaks::Moonraker));
    server.shop().faults.insert(3, Fault::ClientDies { and_does_it: true });
    let fixed = ["submit", "--to", "moonraker", "--url", &server.url, "--wait", "0"];
    let first = output.command(&fixed).spawn().unwrap();
    server.when_the_client_should_die(|| {
        // It lives on, and the other one comes.
        output.submit("moonraker", &server, &[]).is(3).says("another pibuild is at work on");
    });
    finished(first).is(0);
    output.holds_exactly_once(&server.shop());
}

#[test]
fn what_goes_wrong_is_told_with_what_to_do() {
    let html = "<!DOCTYPE html><html>welcome</html>";
    let cases: [(Fault, i32, &str); 9] = [
        (Fault::Says(200, "text/html", html), 2, "answers with a web page where Moonraker answers"),
        (Fault::Says(404, "text/html", html), 2, "is the address right, port included"),
        (Fault::Says(200, "application/json", "{}"), 2, "does not answer as Moonraker does"),
        (Fault::Says(401, "text/plain", ""), 2, "put Moonraker's API key into the environment"),
        (
            Fault::Redirects("https://sso.example/login?token=1"),
            2,
            "sends us on to https://sso.example/login, as a login page",
        ),
        (Fault::Says(507, "text/plain", "full"), 3, "is full: make room there and run this again"),
        (
            Fault::Says(500, "text/plain", "[Errno 28] No space left on device"),
            3,
            "is full: make room",
        ),
        (Fault::Says(503, "text/html", html), 3, "answers 503\n"),
        (Fault::Hangs(Duration::from_secs(1)), 3, "did not answer within"),
    ];
    for (fault, status, words) in cases {
        let (output, server) = (Output::new(), PrintServer::start(Speaks::Moonraker));
        server.shop().always = Some(fault);
        let more = ["--retries", "1", "--timeout", "0.3"];
        let ran = output.submit("moonraker", &server, &more);
        ran.is(status).says(words);
        assert!(ran.stderr.starts_with("error: ") || ran.stderr.contains("trying again"));
        assert!(!ran.stderr.contains("token"), "{}", ran.stderr);
        server.shop().always = None;
        output.submit("moonraker", &server, &[]).is(0);
        output.holds_exactly_once(&server.shop());
    }
}

#[test]
fn a_disk_that_is_full_half_way_stops_the_run_and_nothing_is_lost() {
    let (output, server) = (Output::new(), PrintServer::start(Speaks::Moonraker));
    // The second upload of a hand-over that goes well.
    let (other, healthy) = (Output::new(), PrintServer::start(Speaks::Moonraker));
    other.submit("moonraker", &healthy, &[]).is(0);
    let is_upload = |request: &String| request.starts_with("POST /server/files/upload");
    let requests = healthy.shop().requests.clone();
    let upload = requests.iter().enumerate().filter(|(_, it)| is_upload(it)).nth(1).unwrap().0;
    server.shop().faults.insert(upload, Fault::Says(507, "application/json", "{}"));
    output.submit("moonraker", &server, &[]).is(3).says("the disk of http://");
    assert_eq!(server.shop().files.len(), 1);
    output.submit("moonraker", &server, &[]).is(0);
    output.holds_exactly_once(&server.shop());
}

#[test]
fn nobody_at_the_address_is_told_after_a_few_tries() {
    let output = Output::new();
    let free = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let url = format!("http://{free}");
    let fixed = ["submit", "--to", "moonraker", "--url", &url, "--wait", "0", "--retries", "2"];
    let ran = output.run(&fixed);
    ran.is(3).says("is Moonraker running, and is the port right?");
    assert_eq!(ran.stderr.lines().count(), 3, "{}", ran.stderr);
    // RFC 2606 promises that nobody has this name.
    let fixed = ["submit", "--to", "moonraker", "--url", "http://printer.invalid"];
    output.run(&fixed).is(3).says("there is no host of the name in http://printer.invalid");
    let ran = output.run(&["submit", "--to", "moonraker", "--url", "voron.local:7125"]);
    ran.is(2).says("an address is written like http://voron.local:7125");
}

#[test]
fn a_key_opens_the_door_and_is_never_seen() {
    let (output, server) = (Output::new(), PrintServer::start(Speaks::Moonraker));
    server.shop().key = Some("s3cret-key");
    output.submit("moonraker", &server, &[]).is(2).says("lets nobody in without a key");
    output.write("wrong.txt", "wr0ng-key\n");
    output.write("right.txt", "s3cret-key\n");
    let path = |name: &str| output.folder.path().join(name).to_str().unwrap().to_owned();
    let wrong = output.submit("moonraker", &server, &["--key-file", &path("wrong.txt")]);
    wrong.is(2).says("refuses the API key (go away)");
    let right = output.submit("moonraker", &server, &["--key-file", &path("right.txt")]);
    right.is(0);
    let fixed = ["submit", "--to", "moonraker", "--url", &server.url];
    let child = output.command(&fixed).env("PIBUILD_API_KEY", "s3cret-key").spawn().unwrap();
    let environment = finished(child);
    environment.is(0);
    for said in [&wrong, &right, &environment] {
        for text in [&said.stdout, &said.stderr] {
            assert!(!text.contains("s3cret") && !text.contains("wr0ng"), "{text}");
        }
    }
    assert!(!output.state().contains("s3cret"));
    let gone = output.submit("moonraker", &server, &["--key-file", "nowhere.txt"]);
    gone.is(2).says("cannot read the key file `nowhere.txt`");
    let url = server.url.replace("http://", "http://me:s3cret@");
    let named = output.run(&["submit", "--to", "moonraker", "--url", &url]);
    named.is(2).says("give the key with PIBUILD_API_KEY or --key-file");
}

#[test]
fn a_name_and_a_password_open_prusalink() {
    let (output, server) = (Output::new(), PrintServer::start(Speaks::PrusaLink));
    server.shop().login = Some(("maker", "pass word"));
    let submit = |user: &str, password: &str| {
        let fixed = ["submit", "--to", "prusalink", "--url", &server.url, "--user", user];
        finished(output.command(&fixed).env("PIBUILD_API_KEY", password).spawn().unwrap())
    };
    submit("maker", "password").is(2).says("refuses the name `maker` with this password");
    submit("maker", "pass word").is(0);
    assert_eq!(server.shop().files.len(), 3);
    let fixed = ["submit", "--to", "prusalink", "--url", &server.url, "--user", "maker"];
    output.run(&fixed).is(2).says("a name needs a password");
}

#[test]
fn plates_of_a_folder_that_was_deleted_are_noticed() {
    let (first, second) = (Output::new(), Output::new());
    let server = PrintServer::start(Speaks::Moonraker);
    first.submit("moonraker", &server, &[]).is(0);
    let ran = second.submit("moonraker", &server, &[]);
    ran.is(0)
        .says("its queue also has 6 plates of this design that this output folder knows nothing");
    assert_eq!(server.shop().queue.len(), 12, "another order is another order");
    assert!(ran.stdout.contains("all              6       6 "), "{}", ran.stdout);
}

#[test]
fn gcode_that_is_missing_changed_or_of_an_earlier_plate_is_not_sent() {
    let (output, server) = (Output::new(), PrintServer::start(Speaks::Moonraker));
    output.write("farm/gcode/caddy-x6.gcode", "G28 ; by hand\n");
    output.submit("moonraker", &server, &[]).is(2).says(
        "`farm/gcode/caddy-x6.gcode`, the gcode of `caddy-x6`, has changed since it was sliced",
    );
    output.queue(&[("coupon", 1), ("lid", 1)]);
    output.submit("moonraker", &server, &[]).is(2).says(
        "Moonraker prints gcode, and there is none of the present plates for lid (of 2 jobs): make \
         it with `pibuild farm slice`",
    );
    assert!(server.shop().queue.is_empty());
}

#[test]
fn a_state_that_is_damaged_is_not_taken_for_an_empty_one() {
    let (output, server) = (Output::new(), PrintServer::start(Speaks::Moonraker));
    output.submit("moonraker", &server, &[]).is(0);
    output.write("farm/handover.json", &output.state()[..40]);
    output.submit("moonraker", &server, &[]).is(3).says("farm/handover.json is damaged");
}

#[test]
fn programs_that_read_queues_get_their_schema() {
    let done = pibuild(["schema", "--of", "queue"]).any_stdout().run();
    let schema: Value = serde_json::from_str(&done.stdout).unwrap();
    assert_eq!(schema, pibuild::farm::queue_schema());
    assert_eq!(schema["properties"]["version"]["const"], pibuild::farm::QUEUE_VERSION);
}

/// Servers without a queue print one plate at a time, each when somebody says that the bed is clear.
fn prints_one_by_one(to: &str, speaks: Speaks) {
    let (output, server) = (Output::new(), PrintServer::start(speaks));
    output.submit(to, &server, &[]).is(0).says("when its bed is clear, --print starts the next");
    assert_eq!(server.shop().files.len(), 3);
    assert_eq!(server.shop().prints.len(), 0);
    for plate in 0..6 {
        output.submit(to, &server, &["--print"]).is(0).says("printing ");
        // It is asked again while it prints, and once more when it is done.
        output.submit(to, &server, &["--print"]).is(0).says(" already");
        assert_eq!(server.shop().prints.len(), plate + 1);
        server.shop().finish(true);
        output.run(&["status", "--wait", "0"]).is(0).says(": ready");
    }
    output.holds_exactly_once(&server.shop());
    let status = output.submit(to, &server, &["--print"]);
    let row = "all              6       0         0     6       0        0              0\n";
    assert!(status.is(0).stdout.ends_with(row), "{}", status.stdout);
    assert_eq!(server.shop().prints.len(), 6);
}

#[test]
fn octoprint_prints_one_by_one() {
    prints_one_by_one("octoprint", Speaks::OctoPrint);
}

#[test]
fn prusalink_prints_one_by_one() {
    prints_one_by_one("prusalink", Speaks::PrusaLink);
}

/// A failed print is handed over once more, and so is one that somebody found to be bad.
#[test]
fn what_failed_is_printed_again() {
    for (to, speaks) in [("octoprint", Speaks::OctoPrint), ("prusalink", Speaks::PrusaLink)] {
        let (output, server) = (Output::new(), PrintServer::start(speaks));
        for (well, left) in [(false, 6), (true, 5)] {
            output.submit(to, &server, &["--print"]).is(0);
            server.shop().finish(well);
            let json = output.run(&["status", "--format", "json", "--wait", "0"]);
            let status: Value = serde_json::from_str(&json.is(0).stdout).unwrap();
            assert_eq!(status["left"], left);
        }
        let first: Vec<String> =
            server.shop().prints[..2].iter().map(|print| print.0.clone()).collect();
        assert_eq!(first[0], first[1], "the same plate again");
        output.run(&["failed", "coupon"]).is(0);
        output.submit(to, &server, &["--print"]).is(0);
        assert!(server.shop().prints[2].0.contains("coupon"));
        server.shop().finish(true);
        let status = output.run(&["status", "--wait", "0"]);
        let row = "coupon           1       0         0     1       2        0              0\n";
        assert!(status.is(0).stdout.contains(row), "{}", status.stdout);
    }
}

/// Whatever is lost on the way to a server without a queue, a print is started once.
#[test]
fn a_print_is_started_once_whatever_breaks() {
    for (to, speaks) in [("octoprint", Speaks::OctoPrint), ("prusalink", Speaks::PrusaLink)] {
        let (output, server) = (Output::new(), PrintServer::start(speaks));
        output.submit(to, &server, &["--print"]).is(0);
        let requests = server.shop().requests.len();
        for number in 0..requests {
            for fault in [Fault::HangsUp, Fault::ClientDies { and_does_it: true }] {
                let (output, server) = (Output::new(), PrintServer::start(speaks));
                server.shop().faults.insert(number, fault.clone());
                let fixed = ["submit", "--to", to, "--url", &server.url, "--wait", "0"];
                let once = ["--print", "--retries", "0"];
                if matches!(fault, Fault::ClientDies { .. }) {
                    let mut child = output.command(&[&fixed[..], &once].concat()).spawn().unwrap();
                    server.when_the_client_should_die(|| {
                        child.kill().unwrap();
                        child.wait().unwrap();
                    });
                } else {
                    output.submit(to, &server, &once).is(3);
                }
                let again = output.submit(to, &server, &["--print"]);
                let shop = server.shop();
                again.is(0);
                assert_eq!(shop.prints.len(), 1, "{to}, request {number}, {fault:?}");
                // A PrusaLink that shows no print may have shown one: then people are asked.
                let unclear = again.stdout.contains("1 × coupon ended unseen");
                let coupon = shop.prints[0].0.contains("coupon");
                assert!(coupon != unclear, "{to}, request {number}, {fault:?}: {}", again.stdout);
                assert!(coupon || speaks == Speaks::PrusaLink, "{to}, {number}, {fault:?}");
            }
        }
    }
}

#[test]
fn a_printer_that_is_offline_or_busy_is_told() {
    for (to, speaks) in [
        ("octoprint", Speaks::OctoPrint),
        ("prusalink", Speaks::PrusaLink),
        ("moonraker", Speaks::Moonraker),
    ] {
        let (output, server) = (Output::new(), PrintServer::start(speaks));
        server.shop().offline = true;
        output.submit(to, &server, &[]).is(0).says("is not ready");
        output.submit(to, &server, &["--print"]).is(3).says("run this again when the printer is");
        server.shop().offline = false;
        server.shop().prints.push(("mug.gcode".to_owned(), None));
        output.submit(to, &server, &["--print"]).is(3).says("prints something else, `mug.gcode`");
        server.shop().finish(true);
        output.submit(to, &server, &["--print"]).is(0).says("printing ");
        output.submit(to, &server, &["--print"]).is(0).says("already");
        assert_eq!(server.shop().prints.len(), 2);
    }
}

/// The print was started, the answer lost, and the printer has done other things since: nobody can
/// know what came of it, so that it is neither printed again nor counted until somebody says.
#[test]
fn what_ended_unseen_is_for_people_to_say() {
    let (output, server) = (Output::new(), PrintServer::start(Speaks::PrusaLink));
    output.submit("prusalink", &server, &["--print"]).is(0);
    {
        let mut shop = server.shop();
        shop.finish(true);
        shop.prints.push(("mug.gcode".to_owned(), Some(true)));
    }
    let status = output.run(&["status", "--wait", "0"]);
    assert!(status.is(0).stdout.ends_with(
        "1 × coupon ended unseen: say `pibuild farm done … coupon` or `pibuild farm failed … coupon`\n"
    ));
    output.submit("prusalink", &server, &["--print"]).is(0);
    assert!(server.shop().prints[2].0.contains("caddy"), "the next job, not the doubtful one");
    let done = output.run(&["done", "coupon"]);
    assert!(!done.is(0).stdout.contains("unseen"), "{}", done.stdout);
    assert!(done.stdout.contains("coupon           1       0         0     1"), "{}", done.stdout);
}

#[test]
fn the_wrong_kind_of_server_is_recognised() {
    let cases = [
        ("octoprint", Speaks::PrusaLink, "it says that it is `PrusaLink`: try --to prusalink"),
        (
            "prusalink",
            Speaks::OctoPrint,
            "it says that it is `OctoPrint 1.11.8`: try --to octoprint",
        ),
        ("moonraker", Speaks::OctoPrint, "does not answer as Moonraker does"),
        ("octoprint", Speaks::Moonraker, "does not answer as OctoPrint does"),
    ];
    for (to, speaks, words) in cases {
        let (output, server) = (Output::new(), PrintServer::start(speaks));
        output.submit(to, &server, &[]).is(2).says(words);
        assert_eq!(output.state(), "");
    }
}

#[test]
fn farms_without_a_server_are_kept_by_hand() {
    let output = Output::new();
    output.run(&["done", "caddy-x6", "--copies", "2"]).is(0);
    output.run(&["failed", "bracket-x2"]).is(0);
    let status = output.run(&["status"]);
    assert_eq!(
        status.is(0).stdout,
        "\
job         copies  queued  printing  done  failed  unclear  left to print
coupon           1       0         0     0       0        0              1
caddy-x6         3       0         0     2       0        0              1
bracket-x2       2       0         0     0       1        0              2
all              6       0         0     2       1        0              4
4 hours of printing are left
"
    );
    output.run(&["failed", "caddy-x6"]).is(0);
    output.run(&["done", "caddy-x6", "--copies", "2"]).is(0);
    let ran = output.run(&["done", "caddy-x6"]);
    ran.is(2).says("of `caddy-x6`, 3 of 3 copies are done: 1 cannot be");
    let ran = output.run(&["done", "cady-x6"]);
    ran.is(2).says("the queue has no job `cady-x6` (there are coupon, caddy-x6, bracket-x2)");
    // What is done by hand is not handed over.
    let server = PrintServer::start(Speaks::Moonraker);
    output.submit("moonraker", &server, &[]).is(0);
    assert_eq!(server.shop().queue.len(), 3);
    let ran = output.run(&["done", "coupon"]);
    ran.is(2).says("1 are with a server, which says itself what is done");
}

#[test]
fn a_server_that_is_away_leaves_what_was_known() {
    let (output, server) = (Output::new(), PrintServer::start(Speaks::Moonraker));
    output.submit("moonraker", &server, &[]).is(0);
    server.shop().always = Some(Fault::HangsUp);
    let status = output.run(&["status", "--wait", "0", "--retries", "0"]);
    status.is(3).says("as of the last time that http://").says("broke the connection off");
    assert!(status.stdout.contains("all              6       6"), "{}", status.stdout);
    let offline = output.run(&["status", "--offline"]);
    assert_eq!(offline.is(0).stdout, status.stdout);
}

#[test]
fn each_server_gets_its_own_key() {
    let output = Output::new();
    let servers = [PrintServer::start(Speaks::Moonraker), PrintServer::start(Speaks::OctoPrint)];
    for (server, key) in servers.iter().zip(["key-one", "key-two"]) {
        server.shop().key = Some(key);
    }
    let [one, two] = &servers;
    output.write("keys", &format!("{} key-one\n{}/ key-two\n", one.url, two.url));
    let keys = output.folder.path().join("keys").to_str().unwrap().to_owned();
    let share = |printer| ["--printer", printer, "--key-file", &keys];
    output.submit("moonraker", one, &share("mk3-1")).is(0);
    output.submit("octoprint", two, &share("mk3-2")).is(0);
    output.run(&["status", "--wait", "0", "--key-file", &keys]).is(0);
    output.run(&["status", "--wait", "0"]).is(3).says("lets nobody in without a key");
    output.write("keys", "one\ntwo\n");
    output.run(&["status", "--key-file", &keys]).is(2).says("write each server's address before");
}
