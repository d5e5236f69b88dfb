//! Hardware addresses of boards, from a file that the design names.
//!
//! The file is CSV with a header: the columns `hostname` and `mac`, in any order, others beside
//! them. Every wrong row is reported with its file and line, the header being line 1.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;

use super::bundle::Files;
use super::code;
use super::diagnostic::Diagnostic;
use super::index::shortened;
use super::named_file::{NamedFile, at, within};
use super::places::Places;

/// A list for a million boards.
const LARGEST: usize = 64 << 20;

/// The hardware address of a network socket.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Mac([u8; 6]);

impl Mac {
    /// An address that no board has: locally administered, with a number in it.
    pub fn placeholder(number: u32) -> Mac {
        let [a, b, c, d] = number.to_be_bytes();
        Mac([2, 0, a, b, c, d])
    }

    /// Six pairs of hexadecimal digits, parted by colons or hyphens or not at all.
    fn parse(text: &str) -> Option<Mac> {
        let digits: String = match text.len() {
            12 => text.to_owned(),
            17 => {
                let parts: Vec<&str> = text.split([':', '-']).collect();
                if parts.len() != 6 || parts.iter().any(|part| part.len() != 2) {
                    return None;
                }
                parts.concat()
            }
            _ => return None,
        };
        if !digits.bytes().all(|byte| byte.is_ascii_hexdigit()) {
            return None;
        }
        let mut bytes = [0; 6];
        for (at, byte) in bytes.iter_mut().enumerate() {
            *byte = u8::from_str_radix(digits.get(2 * at..2 * at + 2)?, 16).ok()?;
        }
        Some(Mac(bytes))
    }

    /// Can a board have it? Not the empty one, and not one that is meant for many.
    fn is_usable(self) -> bool {
        self.0 != [0; 6] && self.0[0] & 1 == 0
    }
}

impl fmt::Display for Mac {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [a, b, c, d, e, g] = self.0;
        write!(f, "{a:02x}:{b:02x}:{c:02x}:{d:02x}:{e:02x}:{g:02x}")
    }
}

/// The hardware addresses that are known, by host name.
#[derive(Clone, Debug, Default)]
pub struct Macs {
    by_host: BTreeMap<String, Mac>,
}

impl Macs {
    /// The address of a board or device.
    pub fn of(&self, host: &str) -> Option<&Mac> {
        self.by_host.get(host)
    }

    /// How many are known.
    pub fn len(&self) -> usize {
        self.by_host.len()
    }

    /// Is none known?
    pub fn is_empty(&self) -> bool {
        self.by_host.is_empty()
    }

    /// The names in the list.
    pub fn hosts(&self) -> impl Iterator<Item = &str> {
        self.by_host.keys().map(String::as_str)
    }
}

/// Reads the list that the design names, if it names one.
pub(super) fn read(
    name: Option<&String>,
    places: &Places,
    files: &dyn Files,
    mistakes: &mut Vec<Diagnostic>,
) -> Macs {
    let Some(name) = name else { return Macs::default() };
    let named = NamedFile { path: "network.macs", what: "list of MACs", name, largest: LARGEST };
    let Some(source) = named.read(places, |name| files.read(name), mistakes) else {
        return Macs::default();
    };
    let (macs, found) = rows(&source.text);
    let file = Arc::new(source);
    mistakes.extend(found.into_iter().map(|it| within(it, &file)));
    macs
}

/// What the text says, and every mistake in it.
fn rows(text: &str) -> (Macs, Vec<Diagnostic>) {
    let mut reader =
        csv::ReaderBuilder::new().flexible(true).trim(csv::Trim::All).from_reader(text.as_bytes());
    let mut found = Vec::new();
    let mut macs = Macs::default();
    let columns = reader.headers().ok().and_then(|header| {
        let column = |names: [&str; 2]| {
            header.iter().position(|cell| names.contains(&cell.to_lowercase().as_str()))
        };
        Some((column(["hostname", "board"])?, column(["mac", "mac address"])?))
    });
    let Some((host_column, mac_column)) = columns else {
        let message = "the first line names no columns `hostname` and `mac`";
        let wrong = Diagnostic::new(code::MACS, "", message).at(Some(at(text, 1, "")));
        found.push(wrong.label("such as `hostname,mac`"));
        return (macs, found);
    };
    let mut seen: BTreeMap<Mac, (String, u64)> = BTreeMap::new();
    for record in reader.records() {
        let mut wrong = |line: u64, cell: &str, message: String, label: &str| {
            if found.len() < super::MOST_MISTAKES {
                let wrong = Diagnostic::new(code::MACS, "", message);
                found.push(wrong.at(Some(at(text, line, cell))).label(label.to_owned()));
            }
        };
        let record = match record {
            Ok(record) => record,
            Err(error) => {
                let line = error.position().map_or(1, csv::Position::line);
                wrong(line, "", "the row cannot be read as CSV".to_owned(), "");
                continue;
            }
        };
        let line = record.position().map_or(1, csv::Position::line);
        let (host, text) = (record.get(host_column), record.get(mac_column));
        let (Some(host), Some(text)) = (host, text) else {
            let message = "the row has fewer cells than the header".to_owned();
            wrong(line, "", message, "a host name and its MAC");
            continue;
        };
        let Some(mac) = Mac::parse(text).filter(|mac| mac.is_usable()) else {
            let message = format!("`{}` is not the MAC of a board", shortened(text));
            wrong(line, text, message, "six pairs of digits, such as `b8:27:eb:12:34:56`");
            continue;
        };
        if host.is_empty() {
            wrong(line, text, "the row names no host".to_owned(), "whose MAC is this?");
        } else if let Some((other, first)) = seen.get(&mac) {
            let message =
                format!("`{mac}` is that of `{}` already, on line {first}", shortened(other));
            wrong(line, text, message, "each board has its own");
        } else if macs.by_host.contains_key(host) {
            let message = format!("`{}` is listed twice", shortened(host));
            wrong(line, host, message, "a host has one MAC");
        } else {
            seen.insert(mac, (host.to_owned(), line));
            macs.by_host.insert(host.to_owned(), mac);
        }
    }
    (macs, found)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_read_as_people_write_them() {
        let mac = |text| Mac::parse(text).map(|mac| mac.to_string());
        for text in ["B8:27:EB:00:00:0a", "b8-27-eb-00-00-0A", "b827eb00000a"] {
            assert_eq!(mac(text).as_deref(), Some("b8:27:eb:00:00:0a"), "{text}");
        }
        for text in
            ["", "b8:27:eb:00:00", "b8:27:eb:00:00:0g", "b8:27:eb:00:000:a", "ß8:27:eb:0:0:1"]
        {
            assert_eq!(mac(text), None, "{text}");
        }
    }

    #[test]
    fn every_wrong_row_is_told_with_its_line() {
        let text = "mac,hostname,where\n\
                    b8:27:eb:00:00:01,pi-1,shelf\n\
                    b8:27:eb:00:00:01,pi-2,\n\
                    nonsense,pi-3,\n\
                    b8:27:eb:00:00:02,pi-1,\n\
                    01:00:5e:00:00:01,pi-4,\n\
                    b8:27:eb:00:00:03\n";
        let (macs, found) = rows(text);
        assert_eq!(macs.hosts().collect::<Vec<_>>(), ["pi-1"]);
        let lines: Vec<usize> = found.iter().filter_map(|it| Some(it.place?.line)).collect();
        assert_eq!(lines, [3, 4, 5, 6, 7]);
        assert_eq!(rows("a,b\n").1.len(), 1);
    }
}
