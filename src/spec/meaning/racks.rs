//! What stands in the racks: names, repeats, groups, how many.

use std::collections::{BTreeMap, HashMap, HashSet};

use super::super::choice::{Auto, Count};
use super::super::code;
use super::super::index::shortened;
use super::super::nearest::nearest;
use super::super::site::EMPTY;
use super::{Meaning, as_name, is_name};

/// More things than any rack has room for, and more than any group needs.
const MOST_IN_A_RACK: u64 = 1_000;
const MOST_BOARDS: u64 = 10_000_000;
const MOST_RACKS: usize = 100_000;
/// Groups in groups in groups: deeper than this is no longer meant for people.
const DEEPEST_GROUP: usize = 64;

/// One line of a stack: how many of what.
struct Item<'a> {
    times: u64,
    name: &'a str,
}

/// `bank`, or `3 x blank-1u`.
fn item(text: &str) -> Item<'_> {
    let mut words = text.split_whitespace();
    if let (Some(times), Some("x" | "×"), Some(name), None) =
        (words.next(), words.next(), words.next(), words.next())
        && let Ok(times) = times.parse()
    {
        return Item { times, name };
    }
    Item { times: 1, name: text.trim() }
}

/// What a name stands for when all groups are unfolded.
#[derive(Clone, Copy, Default)]
struct Tally {
    things: u64,
    banks: u64,
}

/// What may stand in a rack, in the order of the file, and for looking up.
struct Names {
    listed: Vec<String>,
    set: HashSet<String>,
}

impl Meaning<'_> {
    pub(super) fn racks(&mut self) {
        self.names();
        let design = self.design;
        let racks = &design.racks;
        let names = self.known_names();
        for (group, items) in &racks.groups {
            self.items(&format!("racks.groups.{group}"), items, &names);
        }
        let cyclic = self.cycles();
        let Auto::Set(contents) = &racks.contents else {
            if self.design.pis.is_none() && !self.written("pis") && !self.written("racks.contents")
            {
                let message = "a design needs `pis` or `racks.contents`";
                let place = self.places.key("board");
                self.report(code::NO_BOARDS, "pis", message, "");
                if let Some(last) = self.found.last_mut() {
                    last.place = place;
                    "add `pis:`, how many boards there are".clone_into(&mut last.label);
                }
            }
            return;
        };
        if contents.len() > MOST_RACKS {
            let message = format!("{} racks are more than {MOST_RACKS}", contents.len());
            self.report(code::RANGE, "racks.contents", message, "too many");
            return;
        }
        let mut tallies = HashMap::new();
        let mut banks = 0_u64;
        for (rack, items) in contents {
            let path = format!("racks.contents.{rack}");
            if *rack == 0 {
                self.report(code::RANGE, &path, "racks are numbered from 1", "there is no rack 0");
            }
            self.items(&path, items, &names);
            if cyclic {
                continue;
            }
            let tally = total(&design.racks.groups, items, &mut tallies, 0);
            if tally.things > MOST_IN_A_RACK {
                let message = format!("rack {rack} holds {} things", tally.things);
                let label = format!("no rack has room for more than {MOST_IN_A_RACK}");
                self.report(code::RANGE, &path, message, label);
            }
            banks = banks.saturating_add(tally.banks);
        }
        self.count(contents.len());
        if !cyclic {
            self.boards(banks);
        }
    }

    fn count(&mut self, listed: usize) {
        let Auto::Set(count) = self.design.racks.count else { return };
        if usize::try_from(count) != Ok(listed) {
            let message =
                format!("`racks.count` is {count}, but `racks.contents` lists {listed} racks");
            let label = "change one of the two, or leave the count out";
            self.report(code::COUNT, "racks.count", message, label);
        }
    }

    fn boards(&mut self, banks: u64) {
        let unread = self.found.iter().any(|found| found.code == code::UNKNOWN_NAME);
        if banks == 0 && !unread {
            let message = "the racks hold no `bank`, and so no boards";
            self.report(code::NO_BOARDS, "racks.contents", message, "list `bank` where boards go");
        }
        let caddies = match self.design.bank.caddies {
            Count::Exactly(caddies) => u64::from(caddies),
            Count::Max => 1,
        };
        let each = caddies.saturating_mul(u64::from(self.design.caddy.pis_per_caddy));
        let boards = banks.saturating_mul(each);
        if boards > MOST_BOARDS {
            let message = format!("the racks hold {boards} boards; {MOST_BOARDS} is the most");
            self.report(code::RANGE, "racks.contents", message, "too many");
        }
    }

    /// Device and group names: what they look like, and that none stands for two things.
    fn names(&mut self) {
        let devices = self.design.devices.keys().map(|name| (format!("devices.{name}"), name));
        let groups =
            self.design.racks.groups.keys().map(|name| (format!("racks.groups.{name}"), name));
        for (path, name) in devices.chain(groups) {
            let before = self.found.len();
            if !is_name(name) {
                let shown = shortened(name);
                let message = format!("`{shown}` is not a name");
                let label = match as_name(name) {
                    better if is_name(&better) => format!("such as `{better}`"),
                    _ => "small letters, digits and hyphens make a name".to_owned(),
                };
                self.report(code::NAME, &path, message, label);
            } else if matches!(name.as_str(), "bank" | "auto" | EMPTY) {
                let message = format!("`{name}` has a meaning of its own in racks");
                self.report(code::NAME, &path, message, "take another name");
            } else if path.starts_with("racks") && self.design.devices.contains_key(name) {
                let message = format!("`{name}` is a device and a group");
                self.report(code::NAME, &path, message, "take another name");
            }
            for found in self.found.iter_mut().skip(before) {
                found.place = self.places.key(&path);
            }
        }
    }

    /// What may stand in a rack: usable or not, for what is not usable has been reported.
    fn known_names(&self) -> Names {
        let written = ["racks.groups", "devices"]
            .into_iter()
            .flat_map(|path| self.places.entries(path).iter().map(|entry| entry.key.clone()));
        let listed: Vec<String> = written.chain(["bank".to_owned()]).collect();
        Names { set: listed.iter().cloned().collect(), listed }
    }

    fn items(&mut self, path: &str, items: &[String], names: &Names) {
        let known = || names.listed.iter().map(String::as_str);
        let mut unknown = Vec::new();
        for (index, text) in items.iter().enumerate() {
            if unknown.len() + self.found.len() >= super::super::MOST_MISTAKES {
                break;
            }
            let item = item(text);
            let path = format!("{path}[{index}]");
            if !names.set.contains(item.name) && item.name != EMPTY {
                let label = match nearest(item.name, known()) {
                    Some(near) => format!("did you mean `{near}`?"),
                    None => "neither `bank`, nor a device, nor a group".to_owned(),
                };
                let message = format!("nothing is called `{}`", shortened(item.name));
                let few: Vec<&str> = known().take(30).collect();
                unknown.push((code::UNKNOWN_NAME, path, message, label, Some(few.join(", "))));
            } else if item.times == 0 || item.times > MOST_IN_A_RACK {
                let message = format!("`{}` is outside of 1 to {MOST_IN_A_RACK} times", item.times);
                let label = "how many of them?".to_owned();
                unknown.push((code::RANGE, path, message, label, None));
            }
        }
        for (code, path, message, label, names) in unknown {
            let note = names.map(|names| format!("racks hold: {names}; and repeats, `3 x NAME`"));
            self.report_with(code, &path, message, label, note);
        }
    }

    /// Reports groups that hold themselves; true if any does.
    fn cycles(&mut self) -> bool {
        let groups = &self.design.racks.groups;
        let mut done: HashSet<&str> = HashSet::new();
        let mut found = Vec::new();
        for start in groups.keys() {
            // Depth first, with the way from the start as the stack: (group, next item).
            let mut way: Vec<(&str, usize)> = vec![(start, 0)];
            while let Some((group, index)) = way.last_mut() {
                let (name, at) = (*group, *index);
                *index += 1;
                let items = groups.get(name).map(Vec::as_slice).unwrap_or_default();
                let Some(text) = items.get(at) else {
                    done.insert(name);
                    way.pop();
                    continue;
                };
                let inner = item(text).name;
                let Some((inner, _)) = groups.get_key_value(inner) else { continue };
                if let Some(first) = way.iter().position(|(group, _)| *group == inner) {
                    let mut circle: Vec<&str> =
                        way[first..].iter().map(|(group, _)| *group).collect();
                    circle.push(inner);
                    found.push((format!("racks.groups.{name}[{at}]"), circle.join(" → ")));
                } else if !done.contains(inner.as_str()) && way.len() < DEEPEST_GROUP {
                    way.push((inner, 0));
                } else if way.len() >= DEEPEST_GROUP {
                    found.push((
                        format!("racks.groups.{name}[{at}]"),
                        "deeper than 64 groups".into(),
                    ));
                }
            }
        }
        let cyclic = !found.is_empty();
        for (path, circle) in found {
            let message = format!("a group cannot hold itself: {}", shortened(&circle));
            self.report(code::CYCLE, &path, message, "take this out");
        }
        cyclic
    }
}

/// What a stack holds when its groups are unfolded. The groups must not hold themselves.
fn total<'a>(
    groups: &'a BTreeMap<String, Vec<String>>,
    items: &'a [String],
    known: &mut HashMap<&'a str, Tally>,
    depth: usize,
) -> Tally {
    items.iter().map(|text| item(text)).fold(Tally::default(), |sum, item| {
        let one = if item.name == "bank" {
            Tally { things: 1, banks: 1 }
        } else if let Some(tally) = known.get(item.name) {
            *tally
        } else if let Some(inner) = groups.get(item.name).filter(|_| depth < DEEPEST_GROUP) {
            let tally = total(groups, inner, known, depth + 1);
            known.insert(item.name, tally);
            tally
        } else {
            Tally { things: 1, banks: 0 }
        };
        Tally {
            things: sum.things.saturating_add(one.things.saturating_mul(item.times)),
            banks: sum.banks.saturating_add(one.banks.saturating_mul(item.times)),
        }
    })
}
