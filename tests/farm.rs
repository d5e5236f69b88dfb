//! The print farm, as its operator meets it.
#![allow(clippy::unwrap_used)]

mod support;

use serde_json::Value;
use support::pibuild;

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
