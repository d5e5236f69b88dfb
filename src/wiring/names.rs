//! Names in lists: of boards by the design's pattern, of devices by rack and number.

use std::fmt::Write;

use crate::layout::{Item, Layout, RackPlan};

/// One piece of a pattern for host names.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Piece {
    Text(String),
    Rack,
    Bank,
    Slot,
}

/// Names of boards.
///
/// Promise: no two boards have one name. What a pattern leaves out, the next number counts through:
/// without `{rack}` banks are numbered through all racks, without `{bank}` slots through the rack
/// (or, without either, through the cluster). Numbers that only digits part from each other are
/// padded with zeros, since 1 and 11 would otherwise read as 11 and 1.
#[derive(Clone, Debug)]
pub struct HostNames {
    pieces: Vec<Piece>,
    has_rack: bool,
    has_bank: bool,
    per_bank: u32,
    /// Digits of rack, bank and slot; 1 where they are not padded.
    digits: [usize; 3],
}

/// Where a board is, as its name tells it. All count from 0 but the rack's number.
#[derive(Clone, Copy, Debug)]
pub(super) struct Where {
    pub rack: u32,
    pub bank: u32,
    pub bank_in_rack: u32,
    pub slot: u32,
}

impl HostNames {
    pub(super) fn new(pattern: &str, layout: &Layout, per_bank: u32) -> HostNames {
        let pieces = pieces(pattern);
        let has = |piece| pieces.contains(&piece);
        let (has_rack, has_bank) = (has(Piece::Rack), has(Piece::Bank));
        let mut names = HostNames { pieces, has_rack, has_bank, per_bank, digits: [1; 3] };
        if names.is_ambiguous() {
            let banks = |rack: &RackPlan| u32::try_from(rack.banks().count()).unwrap_or(u32::MAX);
            let most = layout.racks.iter().map(banks).max().unwrap_or(0);
            let racks = layout.racks.last().map_or(1, |rack| rack.number);
            let banks = if has_rack { most } else { layout.banks.value };
            let slots = if has_bank { per_bank } else { banks.saturating_mul(per_bank) };
            names.digits = [racks, banks, slots].map(|number| number.to_string().len());
        }
        names
    }

    /// Do two numbers stand next to each other, or with nothing but digits between them?
    fn is_ambiguous(&self) -> bool {
        let mut after_number = false;
        for piece in &self.pieces {
            match piece {
                Piece::Text(text) => {
                    after_number &= text.bytes().all(|byte| byte.is_ascii_digit());
                }
                _ if after_number => return true,
                _ => after_number = true,
            }
        }
        false
    }

    pub(super) fn of(&self, at: Where) -> String {
        let bank = if self.has_rack { at.bank_in_rack } else { at.bank };
        let slot = if self.has_bank { at.slot } else { bank * self.per_bank + at.slot };
        let mut name = String::new();
        for piece in &self.pieces {
            let (number, digits) = match piece {
                Piece::Text(text) => {
                    name.push_str(text);
                    continue;
                }
                Piece::Rack => (at.rack, self.digits[0]),
                Piece::Bank => (bank + 1, self.digits[1]),
                Piece::Slot => (slot + 1, self.digits[2]),
            };
            // Writing to a string does not fail.
            let _ = write!(name, "{number:0digits$}");
        }
        name
    }
}

fn pieces(pattern: &str) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let mut rest = pattern;
    while let Some(start) = rest.find('{') {
        let known = [("{rack}", Piece::Rack), ("{bank}", Piece::Bank), ("{slot}", Piece::Slot)];
        let found = known.into_iter().find(|(word, _)| rest[start..].starts_with(word));
        // Other words are refused when the design is read.
        let Some((word, piece)) = found else { break };
        if start > 0 {
            pieces.push(Piece::Text(rest[..start].to_owned()));
        }
        pieces.push(piece);
        rest = &rest[start + word.len()..];
    }
    if !rest.is_empty() {
        pieces.push(Piece::Text(rest.to_owned()));
    }
    pieces
}

/// The own name of everything in every rack, by position in the stacks: `r2-server-1` is the first
/// server from the top of rack 2. The number is always there, so that a `switch-2` is never taken
/// for the second `switch`. Banks have the empty name.
pub(super) fn devices(layout: &Layout) -> Vec<Vec<String>> {
    layout
        .racks
        .iter()
        .map(|rack| {
            let mut counted = std::collections::BTreeMap::new();
            let name = |placed: &'_ crate::layout::Placed| match &placed.item {
                Item::Bank => String::new(),
                Item::Device(name) => {
                    let number = counted.entry(name.clone()).or_insert(0_u32);
                    *number += 1;
                    format!("r{}-{name}-{number}", rack.number)
                }
            };
            rack.items.iter().map(name).collect()
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pattern_falls_into_its_pieces() {
        let text = |text: &str| Piece::Text(text.to_owned());
        assert_eq!(
            pieces("pi-{rack}-{bank}{slot}x"),
            [text("pi-"), Piece::Rack, text("-"), Piece::Bank, Piece::Slot, text("x")]
        );
    }

    #[test]
    fn only_digits_between_numbers_are_ambiguous() {
        let ambiguous = |pattern: &str| {
            let pieces = pieces(pattern);
            let names =
                HostNames { pieces, has_rack: true, has_bank: true, per_bank: 1, digits: [1; 3] };
            names.is_ambiguous()
        };
        assert!(ambiguous("pi{rack}{slot}") && ambiguous("pi-{rack}0{slot}"));
        assert!(!ambiguous("pi{rack}-{slot}9") && !ambiguous("{slot}"));
    }
}
