//! Values with a syntax or a neighbour of their own: names, addresses, prices, prints, the route.

use std::net::Ipv4Addr;

use super::super::choice::Auto;
use super::super::code;
use super::super::date::Date;
use super::super::design::{BoardFixing, Collar, Label, Orientation, RailPosition};
use super::super::index::shortened;
use super::super::node::Node;
use super::super::prices::is_of_currency;
use super::super::site::RackStandard;
use super::{Meaning, as_name, is_name};
use crate::units::{Mm, Money};

impl Meaning<'_> {
    pub(super) fn values(&mut self) {
        self.name();
        self.currency();
        self.subnet();
        self.hostname();
        self.rail();
        self.flat_bank();
        self.printing();
        self.farm();
        self.route();
    }

    fn name(&mut self) {
        let name = self.design.name.as_str();
        if !is_name(name) {
            let message = format!("`{}` is not a name for a design", shortened(name));
            let label = match as_name(name) {
                better if is_name(&better) => format!("such as `{better}`"),
                _ => "small letters, digits and hyphens make a name".to_owned(),
            };
            self.report(code::NAME, "name", message, label);
        }
    }

    fn currency(&mut self) {
        let currency = self.design.currency.as_str();
        if currency.len() != 3 || !currency.bytes().all(|byte| byte.is_ascii_uppercase()) {
            let message = format!("`{}` is not the code of a currency", shortened(currency));
            self.report(
                code::CURRENCY,
                "currency",
                message,
                "three capital letters, such as `USD`",
            );
            return;
        }
        let mut written: Vec<(String, &str)> = Vec::new();
        for entry in self.places.entries("prices") {
            let price = entry.value.text().or_else(|| entry.value.get("price")?.text());
            let text = price.and_then(Money::currency_in);
            written.extend(text.map(|other| (format!("prices.{}", entry.key), other)));
        }
        for entry in self.places.entries("devices") {
            let price = entry.value.get("price");
            let text = price.and_then(Node::text).and_then(Money::currency_in);
            written.extend(text.map(|other| (format!("devices.{}.price", entry.key), other)));
        }
        for path in ["costs.shipping", "costs.hour"] {
            let text = self.places.text(path).and_then(Money::currency_in);
            written.extend(text.map(|other| (path.to_owned(), other)));
        }
        for (path, other) in written {
            if !is_of_currency(other, currency) {
                let message = format!("a price in `{other}`, but the design is in {currency}");
                self.report(code::CURRENCY, &path, message, format!("write it in {currency}"));
            }
        }
    }

    fn subnet(&mut self) {
        let text = self.design.network.subnet.as_str();
        let parts = text.split_once('/').and_then(|(address, prefix)| {
            Some((address.parse::<Ipv4Addr>().ok()?, prefix.parse::<u32>().ok()?))
        });
        let shown = shortened(text);
        let Some((address, prefix)) = parts.filter(|(_, prefix)| (1..=30).contains(prefix)) else {
            let message = format!("`{shown}` is not a subnet");
            let label = "an address and a prefix of 1 to 30, such as `172.20.0.0/16`";
            self.report(code::SUBNET, "network.subnet", message, label);
            return;
        };
        let base = u32::from(address) & (u32::MAX << (32 - prefix));
        if base != u32::from(address) {
            let message = format!("`{shown}` is an address inside of a subnet");
            let label = format!("did you mean `{}/{prefix}`?", Ipv4Addr::from(base));
            self.report(code::SUBNET, "network.subnet", message, label);
        }
    }

    fn hostname(&mut self) {
        // Racks, banks and slots have at most this many digits.
        const DIGITS: &str = "999999";
        let pattern = self.design.network.hostname.as_str();
        let filled = ["{rack}", "{bank}", "{slot}"]
            .iter()
            .fold(pattern.to_owned(), |text, placeholder| text.replace(placeholder, DIGITS));
        let label = if filled.contains(['{', '}']) {
            "the placeholders are `{rack}`, `{bank}` and `{slot}`"
        } else if !pattern.contains("{slot}") {
            "without `{slot}` several boards would get the same name"
        } else if !filled.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-') {
            "letters, digits and hyphens make a host name"
        } else if filled.starts_with('-') || filled.ends_with('-') {
            "a host name does not start or end with a hyphen"
        } else if filled.len() > 63 {
            "host names are 63 characters at most"
        } else {
            return;
        };
        let message = format!("`{}` does not make host names", shortened(pattern));
        self.report(code::HOSTNAME, "network.hostname", message, label);
    }

    fn rail(&mut self) {
        let rail = &self.design.rail;
        let bought = match (&rail.length, self.design.racks.standard) {
            (Auto::Set(length), _) => *length,
            (Auto::Auto, RackStandard::Nineteen) => Mm::INCH * 18,
            (Auto::Auto, RackStandard::Ten) => Mm::INCH * 9,
        };
        if rail.milling >= bought {
            let message = format!("milling takes {} off a rail of {bought}", rail.milling);
            let path = if self.written("rail.milling") { "rail.milling" } else { "rail.length" };
            self.report(code::RANGE, path, message, "nothing would be left");
        }
        let phases = self.design.power.service.as_ref().map(|service| service.phases);
        if phases == Some(2) {
            let message = "a service has 1 phase or 3";
            self.report(code::CHOICE, "power.service.phases", message, "1 or 3");
        }
    }

    /// What a flat bank cannot have.
    fn flat_bank(&mut self) {
        let design = self.design;
        if design.bank.orientation != Orientation::Flat {
            return;
        }
        let fans = design.bank.fans.as_ref().is_some_and(|fans| fans.count > 0);
        let conflicts = [
            (
                fans,
                "bank.fans",
                "a flat bank takes no fans: the rail passes behind its boards, where they would blow \
                 against it",
                "leave them out, or take `bank.orientation: upright`",
            ),
            (
                design.caddy.collar == Collar::Hook,
                "caddy.collar",
                "a tray holds the rail in a closed window: an open one would hang in the air while it \
                 prints",
                "`bead` in a flat bank",
            ),
            (
                design.caddy.board_fixing == BoardFixing::Pegs,
                "caddy.board_fixing",
                "a tray has no block and no wall beside its boards that a toe and a clip could stand on",
                "`self-tapping` or `heat-set` in a flat bank",
            ),
            (
                design.caddy.label == Label::Number,
                "caddy.label",
                "a tray's tab takes a sticker, and no engraving",
                "`blank` or `none` in a flat bank",
            ),
            (
                design.rail.position == RailPosition::Over,
                "rail.position",
                "a flat bank's rail runs behind its boards, not over them",
                "leave it out of a flat bank",
            ),
        ];
        for (clash, path, message, label) in conflicts {
            if clash {
                self.report(code::CONFLICT, path, message, label);
            }
        }
    }

    fn printing(&mut self) {
        let printing = &self.design.printing;
        let (layer, nozzle) = (printing.layer_height, printing.nozzle);
        if layer > nozzle {
            let written = self.written("printing.layer_height");
            let path = if written { "printing.layer_height" } else { "printing.nozzle" };
            let message = format!("layers of {layer} are higher than the nozzle's {nozzle}");
            self.report(code::RANGE, path, message, format!("at most {nozzle}"));
        }
    }

    fn farm(&mut self) {
        let printing = &self.design.printing;
        if let Some(start) = printing.start.as_deref().filter(|text| Date::read(text).is_none()) {
            let message = format!("`{}` is no day", shortened(start));
            self.report(code::DATE, "printing.start", message, "such as `2026-03-02`");
        }
        let is_colour = |text: &str| {
            let digits = text.strip_prefix('#').unwrap_or_default();
            digits.len() == 6 && digits.bytes().all(|byte| byte.is_ascii_hexdigit())
        };
        for (part, colour) in printing.colours.iter().filter(|(_, colour)| !is_colour(colour)) {
            let message = format!("`{}` is no colour", shortened(colour));
            let path = format!("printing.colours.{part}");
            self.report(code::COLOUR, &path, message, "such as `\"#1F3A93\"`");
        }
    }

    fn route(&mut self) {
        for index in 0..self.design.transport.route.len() {
            let path = format!("transport.route[{index}]");
            // As written: what is wrong inside of a door is no reason to ask for another.
            let keys = self.places.entries(&path).iter().map(|entry| entry.key.as_str());
            let count = keys.filter(|key| ["door", "lift", "ramp"].contains(key)).count();
            if count != 1 {
                let message = format!("a step of the route is one thing to pass, not {count}");
                self.report(code::ROUTE, &path, message, "one of: door, lift, ramp");
            }
        }
    }
}
