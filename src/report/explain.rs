//! `pibuild explain`: where a number comes from, down to the design's lines and the catalogue.

use std::fmt::Write;

use crate::catalog::nearest;
use crate::cluster::{Ledger, Origin};
use crate::spec::{Places, Source};

/// The outcome of asking for a quantity.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Explanation {
    /// The tree.
    Found(String),
    /// No quantity has that name; these come nearest.
    Unknown(Vec<String>),
}

/// Explains one quantity as a tree.
pub fn explain(ledger: &Ledger, places: &Places, source: &Source, name: &str) -> Explanation {
    if ledger.get(name).is_none() {
        let names = ledger.iter().map(|(name, _)| name);
        let near = nearest(name, names).into_iter().map(str::to_owned).collect();
        return Explanation::Unknown(near);
    }
    let mut text = String::new();
    let tree = Tree { ledger, places, source };
    tree.node(name, "", "", &mut text);
    Explanation::Found(text)
}

struct Tree<'a> {
    ledger: &'a Ledger,
    places: &'a Places,
    source: &'a Source,
}

impl Tree<'_> {
    /// Prints a quantity behind `branch` and all below it behind `trunk`.
    fn node(&self, name: &str, branch: &str, trunk: &str, text: &mut String) {
        let Some(quantity) = self.ledger.get(name) else { return };
        // Writing to a String cannot fail.
        let _ = write!(text, "{branch}{name} = {}", quantity.amount);
        match &quantity.origin {
            Origin::Design => {
                let _ = writeln!(text, "  {}", self.place(name));
            }
            Origin::Source { source, unverified } => {
                let mark = if *unverified { "UNVERIFIED, " } else { "" };
                let _ = writeln!(text, "  [{mark}{source}]");
            }
            Origin::Derived { formula, inputs } => {
                let _ = writeln!(text);
                let bar = if inputs.is_empty() { "   " } else { "│  " };
                let _ = writeln!(text, "{trunk}{bar}= {formula}");
                self.inputs(inputs, trunk, text);
            }
        }
    }

    fn inputs(&self, inputs: &[String], trunk: &str, text: &mut String) {
        for (at, input) in inputs.iter().enumerate() {
            let last = at + 1 == inputs.len();
            let branch = format!("{trunk}{}", if last { "└─ " } else { "├─ " });
            let below = format!("{trunk}{}", if last { "   " } else { "│  " });
            self.node(input, &branch, &below, text);
        }
    }

    /// Where a key stands in the design, and what is written there.
    fn place(&self, path: &str) -> String {
        let written = self.places.value(path).zip(self.places.text(path));
        match written {
            Some((place, value)) => {
                let line = self.source.text.lines().nth(place.line - 1).unwrap_or("").trim();
                let line = line.split(" #").next().unwrap_or(line).trim_end();
                if line.contains(value) && line.len() < 60 {
                    format!("{}:{}: {line}", self.source.name, place.line)
                } else {
                    format!("{}:{}: {value}", self.source.name, place.line)
                }
            }
            None => "[default]".to_owned(),
        }
    }
}
