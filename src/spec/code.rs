//! The codes of mistakes in design files, and what they mean.

macro_rules! codes {
    ($($name:ident = $code:literal, $about:literal;)*) => {
        $(pub(super) const $name: &str = $code;)*

        /// Every code that a design file can be refused with, and its long explanation.
        pub const CODES: &[(&str, &str)] = &[$(($code, $about)),*];
    };
}

codes! {
    TOO_LARGE = "SPEC-too-large", "A design file, and a file that it names, holds at most 1 MiB. Written designs are a few \
kilobytes; what is larger is most likely another file.";
    EMPTY = "SPEC-empty", "The file holds nothing, or only comments. Ten lines make a design: `pibuild init` writes them.";
    UTF8 = "SPEC-not-utf8", "Design files are UTF-8 text. Save the file as UTF-8; the message names the first byte that is not.";
    CONTROL = "SPEC-control-character", "Text may not hold control characters (other than line ends), nor characters that \
change the direction of text: they can make a file look like what it is not.";
    SYNTAX = "SPEC-syntax", "The file is not well-formed YAML. The usual reasons are a missing colon, a bracket that is not \
closed, text with `: ` or ` #` in it that needs quotes, and lines that are indented unevenly.";
    TAB = "SPEC-tab", "YAML forbids tabs in indentation. Replace them by spaces, two for each level.";
    NESTING = "SPEC-nesting", "Values nest at most 64 levels deep. A design needs five.";
    ALIAS = "SPEC-alias", "Aliases (`*name`) repeat what an anchor (`&name`) marks. They may not contain themselves, and may \
not unfold into more than a file could hold.";
    TAG = "SPEC-tag", "YAML tags (`!name`, `!!str`) have no meaning in a design. Leave them out; put text that looks like a \
number in quotes.";
    DOCUMENTS = "SPEC-documents", "A file holds one design. Remove the line `---` and what follows it, or move it to a file of \
its own.";
    KEY = "SPEC-key", "Keys are names, or whole numbers where racks are numbered. True, false, null, fractions, lists and \
mappings cannot be keys, nor can `<<`.";
    DUPLICATE = "SPEC-duplicate-key", "A key may be written once in its group. YAML readers differ in which of two they keep, \
so both are refused; the message names both places.";
    NOT_FINITE = "SPEC-not-finite", "Numbers have to be finite: `.nan` and `.inf` are not quantities.";
    VERSION = "SPEC-version", "`pibuild:` names the version of the design language that the file is written in. This pibuild \
understands version 1.";
    UNKNOWN_KEY = "SPEC-unknown-key", "The key is not one that this part of a design takes. It may be misspelt, or indented \
into the wrong group. The message lists the keys that are taken.";
    MISSING_KEY = "SPEC-missing-key", "A key without a default is missing. A design needs `pibuild`, `name`, `board`, and one of \
`pis` and `racks.contents`.";
    MISSING_VALUE = "SPEC-missing-value", "The key is there, but nothing stands behind it. Write a value, or leave the key out \
to take its default.";
    TYPE = "SPEC-type", "The value is of another shape than the key takes: a list for a number, a number for text, and so on. \
Text that looks like a number needs quotes.";
    CHOICE = "SPEC-choice", "The key takes one of a few words. The message lists them.";
    UNIT = "SPEC-unit", "The value is not a quantity: its number or its unit cannot be read. Units: mm cm m um in \" ' ft U W kW \
A mA V mV C % kg g lb h min s m3/s CFM mm3/s.";
    KIND = "SPEC-unit-kind", "The unit measures something else than the key wants, such as a mass for a length.";
    RANGE = "SPEC-range", "The number is outside of what makes sense for the key: negative, zero, or absurdly large. The message \
names the limits.";
    UNKNOWN_ID = "SPEC-unknown-id", "The catalogue has no entry with this id. `pibuild catalog list` shows them all; a design may \
bring its own entries in `catalog:`.";
    ADDON = "SPEC-addon", "An add-on lists the boards that it fits, under `fits`, and goes on each board once. \
`pibuild catalog list addons` shows them all; a design may bring its own in `catalog:`.";
    UNKNOWN_NAME = "SPEC-unknown-name", "Racks hold `bank`, names from `devices`, names from `racks.groups`, and repeats such as \
`3 x blank-1u`. The name is none of these.";
    CYCLE = "SPEC-cycle", "A group may hold other groups, but not itself, not even by way of another.";
    COUNT = "SPEC-count", "`racks.count` and the racks listed in `racks.contents` disagree. Change one, or leave the count out: \
`auto` counts the list.";
    NO_BOARDS = "SPEC-no-boards", "A design says how many boards there are (`pis`), or what the racks hold (`racks.contents`), or \
both. Without either there is nothing to build.";
    NAME = "SPEC-name", "Names become file names, host names and labels: small letters, digits and hyphens, starting with a \
letter or digit, 64 at most.";
    TEXT = "SPEC-text", "Text is one line of at most 200 characters, without control characters.";
    SUBNET = "SPEC-subnet", "A subnet is an IPv4 address and a prefix, such as `172.20.0.0/16`, with the address bits behind the \
prefix zero, and room for hosts: a prefix of 1 to 30.";
    HOSTNAME = "SPEC-hostname", "Host names are made of letters, digits, hyphens and the placeholders `{rack}`, `{bank}` and \
`{slot}`, and are 63 characters at most when these are filled in.";
    CURRENCY = "SPEC-currency", "`currency` is the three-letter code of ISO 4217, such as `USD` or `EUR`, and prices are written \
without a currency or with this one. Nothing is converted.";
    DATE = "SPEC-date", "A day is written with year, month and day: `2026-03-02`. Of a price, the month or the year \
will do: `2026-03`.";
    COLOUR = "SPEC-colour", "A colour is written as on the web, red, green and blue in hexadecimal: `#1F3A93`.";
    ROUTE = "SPEC-route", "Every step of `transport.route` is one thing to pass: a door, a lift, or a ramp.";
    MACS = "SPEC-macs", "A list of MACs is CSV with a header that names the columns `hostname` and `mac`: a host name and \
six pairs of hexadecimal digits a row, each host and each MAC once.";
    PROFILE = "SPEC-profile", "A profile is a configuration as PrusaSlicer exports it (File, Export, Export Config): lines \
of `key = value`. Bundles of several presets are not taken, nor is `post_process`, which would run programs.";
    SLICED = "SPEC-sliced", "The file under `printing.sliced` is written by `pibuild farm slice`, and nobody else needs to \
write it. Delete what is not one of its files, and slice again.";
    STOCK = "SPEC-stock", "A list of sheets (`stock.list`) is CSV with a header that names the columns `name`, `length`, \
`width` and `quantity`; `material` is the catalogue id of the sheet, where it is not the shell's. Lengths without a unit are \
millimetres.";
    PRICES = "SPEC-prices", "A list of prices is CSV with a header that names the columns `item` and `price`, and if you like \
`date` and `source`: a row for each item of the bill of materials, once. A row without a price \
leaves the catalogue's. Text that begins with `=`, `+`, `-` or `@` would run as a formula in a \
spreadsheet, and is refused.";
    PATH = "SPEC-path", "Files that a design names lie in the design's own folder or below it: no absolute paths, no `..`.";
    FILE = "SPEC-file", "A file that the design names cannot be read. Paths are relative to the design file.";
    CONFLICT = "SPEC-conflict", "Two keys of the design ask for things that exclude each other. The message names both; change \
one of them.";
    UNREADABLE = "SPEC-unreadable", "The file passed every check that names a place, and still could not be read. Please report \
this with the file.";
}
