"""Usage: tables.py DIR

Proves that the tables and lists in DIR say what they promise, read with nothing but Python's
standard library: the manifest lists every file with its true size and hash, the CSV files parse and
hold no formulas, the bill of materials adds up to the cent, the print queue names files as they
are, and checks.json, quantities.json and certificate.json have the promised fields.
"""

import csv
import hashlib
import json
import sys
from decimal import Decimal, InvalidOperation
from pathlib import Path

from tally import Tally

BOM = "category item description quantity unit unit_price total currency price_source".split()
QUEUE = (
    "id file sha256 copies parts material grams minutes minutes_origin nozzle bed priority group".split()
)
FINDING = (
    "code severity subject measured limit margin_percent because fix path line source".split()
)
QUANTITY = "name value unit formula inputs".split()
QUANTITIES = """
    rail.finished_length caddy.width caddy.body_width caddy.neighbour_gap bank.width
    bank.axial_play power.demand_stress power.demand_nameplate
""".split()
PROOF = "closed oriented bodies triangles volume_mm3 brep_volume_mm3 bbox_mm sha256".split()
MANIFEST = "path about bytes sha256".split()
ORIGINS = {"estimated", "sliced", "measured"}
SEVERITIES = {"error", "warning", "note", "pass"}
ORDER = "category item description quantity unit unit_price total currency needed needed_unit".split()
LEVEL = "level times category item description quantity unit unit_price total currency".split()
CSV_COLUMNS = {
    "bom/bom.csv": BOM,
    "bom/purchase.csv": ORDER,
    "bom/levels.csv": LEVEL,
    "cut/bars.csv": [],
    "farm/queue.csv": QUEUE,
    "wiring/patch-list.csv": ["board", "switch", "port", "length"],
    "wiring/power-list.csv": ["board", "supply", "port", "length"],
    "wiring/addresses.csv": ["hostname", "address"],
    "wiring/circuits.csv": ["circuit", "pdu", "outlet", "load"],
}
# A design need not have these.
MAY_BE_EMPTY = {"cut/bars.csv", "wiring/uplinks.csv"}


def sha256(path):
    return hashlib.sha256(path.read_bytes()).hexdigest()


def has_keys(tally, where, mapping, keys):
    missing = [key for key in keys if key not in mapping]
    return tally.check(not missing, f"{where}: lacks {', '.join(missing)}")


def number(text):
    """The text as an exact decimal, or None."""
    try:
        return Decimal(text)
    except InvalidOperation:
        return None


def read_json(tally, folder, name):
    """What a JSON file says, or None if it is not there or is not JSON."""
    path = folder / name
    if not tally.check(path.is_file(), f"{name} is not there"):
        return None
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except ValueError as problem:
        tally.check(False, f"{name} is not JSON: {problem}")
        return None


def read_csv(tally, path, name):
    """The rows of a CSV file as mappings; checks that it is one and holds no formulas."""
    with path.open(encoding="utf-8", newline="") as file:
        table = list(csv.reader(file, strict=True))
    if not tally.check(table, f"{name} has no header"):
        return []
    header = table[0]
    tally.check(len(set(header)) == len(header), f"{name}: two columns of one name")
    has_keys(tally, name, header, CSV_COLUMNS.get(name, []))
    uneven = [row + 1 for row, cells in enumerate(table) if len(cells) != len(header)]
    tally.check(not uneven, f"{name}: rows {uneven[:5]} have not {len(header)} cells")
    formulas = [
        cell
        for row in table
        for cell in row
        if cell.startswith(("=", "+", "-", "@", "\t", "\r")) and number(cell) is None
    ]
    tally.check(not formulas, f"{name}: a spreadsheet would run {formulas[:3]}")
    return [dict(zip(header, cells)) for cells in table[1:]]


def check_manifest(tally, folder):
    manifest = read_json(tally, folder, "manifest.json")
    if manifest is None or not has_keys(
        tally, "manifest.json", manifest, ["design_sha256", "version", "files"]
    ):
        return
    listed = set()
    for entry in manifest["files"]:
        if not has_keys(tally, f"manifest.json: {entry}", entry, MANIFEST):
            continue
        name = entry["path"]
        tally.check(name not in listed, f"manifest.json lists {name} twice")
        listed.add(name)
        path = folder / name
        if not tally.check(path.is_file(), f"manifest.json lists {name}, which is not there"):
            continue
        size = path.stat().st_size
        tally.check(size == entry["bytes"], f"{name}: {size} bytes, not {entry['bytes']}")
        tally.check(sha256(path) == entry["sha256"], f"{name}: not the hash in the manifest")
        tally.check(entry["about"].strip(), f"{name}: the manifest does not say what it is")
    there = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
    unlisted = sorted(there - listed - {"manifest.json"})
    tally.check(not unlisted, f"manifest.json does not list {unlisted[:5]}")


def check_bom(tally, rows):
    tally.check(len({row["currency"] for row in rows}) == 1, "bom.csv: more than one currency")
    for row in rows:
        where = f"bom.csv: {row['item']}"
        tally.check(row["item"] and row["description"], f"{where}: no name or description")
        quantity = number(row["quantity"])
        tally.check(quantity is not None and quantity > 0, f"{where}: {row['quantity']} pieces")
        if not row["unit_price"]:
            tally.check(not row["total"], f"{where}: a total, but no price")
            continue
        price, total = number(row["unit_price"]), number(row["total"])
        if tally.check(
            None not in (quantity, price, total), f"{where}: a price or total is not a number"
        ):
            tally.check(
                quantity * price == total, f"{where}: {quantity} × {price} is not {total}"
            )
        tally.check(row["price_source"].strip(), f"{where}: the price has no source")


def check_queue(tally, folder, rows):
    queue = read_json(tally, folder, "farm/queue.json")
    if queue is None or not has_keys(tally, "queue.json", queue, ["version", "jobs"]):
        return
    jobs = queue["jobs"]
    tally.check(len({job["id"] for job in jobs}) == len(jobs), "queue.json: two jobs of one id")
    for job in jobs:
        where = f"queue.json: job {job.get('id')}"
        if not has_keys(tally, where, job, QUEUE):
            continue
        path = folder / job["file"]
        if tally.check(path.is_file(), f"{where}: {job['file']} is not there"):
            tally.check(sha256(path) == job["sha256"], f"{where}: not the hash of {job['file']}")
        tally.check(job["copies"] >= 1, f"{where}: {job['copies']} copies")
        counts = job["parts"].values()
        tally.check(counts and min(counts) >= 1, f"{where}: parts {job['parts']}")
        tally.check(job["grams"] > 0 and job["minutes"] > 0, f"{where}: no grams or minutes")
        origin = job["minutes_origin"]
        tally.check(origin in ORIGINS, f"{where}: minutes are {origin}")
    as_text = [(str(job["id"]), job["file"], job["sha256"], str(job["copies"])) for job in jobs]
    in_csv = [(row["id"], row["file"], row["sha256"], row["copies"]) for row in rows]
    tally.check(as_text == in_csv, "queue.csv and queue.json name different jobs")


def check_findings(tally, folder):
    checks = read_json(tally, folder, "checks.json")
    if checks is None or not has_keys(
        tally, "checks.json", checks, ["design", "buildable", "findings"]
    ):
        return
    findings = checks["findings"]
    tally.check(findings, "checks.json: no findings, not even passes")
    for finding in findings:
        where = f"checks.json: {finding.get('code')}"
        if has_keys(tally, where, finding, FINDING):
            severity = finding["severity"]
            tally.check(severity in SEVERITIES, f"{where}: severity {severity}")
            if severity in {"error", "warning"}:
                tally.check(finding["because"], f"{where}: does not say why")
                tally.check(finding["path"], f"{where}: names no place in the design")
    errors = [finding["code"] for finding in findings if finding.get("severity") == "error"]
    buildable = checks["buildable"]
    tally.check(buildable is not bool(errors), f"buildable: {buildable}, with errors {errors}")


def check_quantities(tally, folder):
    quantities = read_json(tally, folder, "quantities.json")
    if quantities is None:
        return
    by_name = {}
    for quantity in quantities:
        name = quantity.get("name")
        if has_keys(tally, f"quantities.json: {name}", quantity, QUANTITY):
            tally.check(name not in by_name, f"quantities.json: {name} twice")
            by_name[name] = quantity["value"]
    has_keys(tally, "quantities.json", by_name, QUANTITIES)


def main(folder):
    tally = Tally(f"tables of {folder.name}")
    check_manifest(tally, folder)
    check_findings(tally, folder)
    check_quantities(tally, folder)

    tables = {name: [] for name in CSV_COLUMNS}
    for name in CSV_COLUMNS:
        tally.check((folder / name).is_file(), f"{name} is not there")
    for path in sorted(folder.rglob("*.csv")):
        name = path.relative_to(folder).as_posix()
        tables[name] = read_csv(tally, path, name)
        tally.check(tables[name] or name in MAY_BE_EMPTY, f"{name} has no rows")
    if tables["bom/bom.csv"] and all(key in tables["bom/bom.csv"][0] for key in BOM):
        check_bom(tally, tables["bom/bom.csv"])
    if all(key in row for row in tables["farm/queue.csv"] for key in QUEUE):
        check_queue(tally, folder, tables["farm/queue.csv"])

    certificate = read_json(tally, folder, "parts/certificate.json") or {}
    for part, proof in certificate.items():
        has_keys(tally, f"certificate.json: {part}", proof, PROOF)
    tally.close()


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    main(Path(sys.argv[1]))
