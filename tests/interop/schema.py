"""Usage: schema.py PIBUILD DESIGN…

Proves that the schema that `PIBUILD schema` prints is good for editors: it is valid JSON Schema
draft-07, every DESIGN satisfies it, and it refuses each of the mistakes below.
"""

import copy
import json
import re
import subprocess
import sys
from pathlib import Path

import jsonschema
import yaml

from tally import Tally

DESIGN = {
    "pibuild": 1,
    "name": "desk",
    "board": "raspberry-pi-5",
    "pis": 8,
    "racks": {"standard": "10in"},
    "rail": {"milling": "16.35 mm"},
}

# What is wrong, the key that it is wrong at, and the value there (None: the key is left out).
MISTAKES = [
    ("no version", ["pibuild"], None),
    ("no name", ["name"], None),
    ("no board", ["board"], None),
    ("an unknown key", ["colour"], "blue"),
    ("a misspelt key", ["rail", "miling"], "16.35 mm"),
    ("a length in kilograms", ["rail", "milling"], "16.35 kg"),
    ("a length in words", ["rail", "milling"], "a little"),
    ("a list for a length", ["rail", "milling"], [16.35]),
    ("words for a count", ["pis"], "eight"),
    ("a fraction of a board", ["pis"], 8.5),
    ("a rack that is none", ["racks", "standard"], "11in"),
    ("a list for a section", ["racks"], ["19in"]),
    ("a box of no known style", ["shell"], {"style": "igloo"}),
]


class Yaml12Loader(yaml.SafeLoader):
    """PyYAML reads `no`, `1_000` and `12:30` as YAML 1.1 does; editors read YAML 1.2."""


Yaml12Loader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if not tag.endswith((":bool", ":int"))]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


for kind, pattern, first in [
    ("bool", r"^(true|false)$", "tf"),
    ("int", r"^[-+]?[0-9]+$", "-+0123456789"),
]:
    Yaml12Loader.add_implicit_resolver(f"tag:yaml.org,2002:{kind}", re.compile(pattern), list(first))


def as_json(value):
    """The value as JSON would carry it: every key a string."""
    if isinstance(value, dict):
        return {str(key): as_json(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [as_json(inner) for inner in value]
    return value


def with_mistake(path, value):
    design = copy.deepcopy(DESIGN)
    *sections, key = path
    place = design
    for section in sections:
        place = place[section]
    if value is None:
        del place[key]
    else:
        place[key] = value
    return design


def main(pibuild, designs):
    tally = Tally("schema")
    printed = subprocess.run(
        [pibuild, "schema"], capture_output=True, text=True, check=True, stdin=subprocess.DEVNULL
    ).stdout
    schema = json.loads(printed)
    draft = schema.get("$schema", "")
    tally.check("draft-07" in draft, f"the schema calls itself {draft or 'nothing'}, not draft-07")
    jsonschema.Draft7Validator.check_schema(schema)
    validator = jsonschema.Draft7Validator(schema)

    tally.check(validator.is_valid(DESIGN), "it refuses the design that the mistakes are put in")
    for design in designs:
        document = as_json(yaml.load(design.read_text(encoding="utf-8"), Loader=Yaml12Loader))
        errors = [
            f"{'/'.join(map(str, error.absolute_path))}: {error.message[:200]}"
            for error in validator.iter_errors(document)
        ]
        tally.check(not errors, f"{design}: {'; '.join(errors)}")
    for wrong, path, value in MISTAKES:
        refused = not validator.is_valid(with_mistake(path, value))
        tally.check(refused, f"it takes {wrong}: {'.'.join(path)} = {value!r}")
    tally.close()


if __name__ == "__main__":
    if len(sys.argv) < 3:
        sys.exit(__doc__)
    main(sys.argv[1], [Path(design) for design in sys.argv[2:]])
