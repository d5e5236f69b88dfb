"""Usage: spreadsheet.py DIR

Proves with LibreOffice that bom.xlsx in DIR is what it promises: its first sheet is bom.csv, its
sums are computed (what pibuild wrote as their values is taken out first), they come to the total of
bom.csv to the cent, and no formula holds text that a user could have written. There is a sheet for
each level of levels.csv, which computes that level's lines and sum from the sheets below it, up to
the total of bom.csv; a sheet of what is ordered, as in purchase.csv; and one of the work, whose hours
are those of quantities.json. Every sheet keeps its header in view.
"""

import csv
import json
import re
import shutil
import subprocess
import sys
import tempfile
import zipfile
from decimal import Decimal
from pathlib import Path

from tally import Tally

# Field separator, quotes, UTF-8, from line 1, all cells as they are and not as shown, every sheet.
FILTER = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,false,false,false,false,-1"
# References, numbers and these functions are all that pibuild's own formulas are made of.
SHEET = r"bom!|'(?:board|bank|rack-\d+|spares|cluster)'!"
FORMULA = re.compile(rf"^(SUM|SUMIF|ROUND|ROUNDUP|{SHEET}|[A-Z]{{1,3}}\d*|\d+|[*/+,:().])+$")
FROZEN = re.compile(r'<pane [^>]*ySplit="1"[^>]*state="frozen"')
FORMULAS = re.compile(r"<f>(.*?)</f>")


def without_values(source, target):
    """Copies a workbook and leaves out the values of its formulas."""
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w") as new:
        for name in old.namelist():
            text = old.read(name).decode()
            new.writestr(name, re.sub(r"(</f>)<v>[^<]*</v>", r"\1", text))


def sheets(workbook, folder):
    """Every sheet of the workbook as rows of text, as LibreOffice computes it."""
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = ["soffice", profile, "--headless", "--convert-to", FILTER, "--outdir", folder, workbook]
    subprocess.run(command, check=True, capture_output=True, timeout=300)
    read = {}
    for path in folder.glob("*.csv"):
        with path.open(newline="", encoding="utf-8") as file:
            read[path.stem.split("-", 1)[1]] = list(csv.reader(file))
    return read


def same(ours, theirs):
    """Equal as text, or as numbers."""
    try:
        return ours == theirs or Decimal(ours) == Decimal(theirs)
    except ArithmeticError:
        # An apostrophe disarms what a CSV reader might take for a formula; a workbook needs none.
        return ours.removeprefix("'") == theirs


def table(path):
    """The rows of a CSV file, header first."""
    with path.open(newline="", encoding="utf-8") as file:
        return list(csv.reader(file))


def column(rows, name):
    """The cells of a column, without the header."""
    at = rows[0].index(name)
    return [row[at] for row in rows[1:]]


def add_up(cells):
    return sum(Decimal(cell) for cell in cells if cell)


def compare(tally, title, ours, theirs):
    """A CSV file and its sheet, which has one row more: the total, which is their sum."""
    if not tally.check(theirs, f"no sheet {title}"):
        return
    tally.check(ours[0] == theirs[0], f"{title}: columns {theirs[0]}")
    rows = theirs[1:-1]
    tally.check(len(rows) == len(ours) - 1, f"{title}: {len(rows)} rows for {len(ours) - 1}")
    for mine, computed in zip(ours[1:], rows):
        tally.check(all(map(same, mine, computed)), f"{title}: {computed} for {mine}")
    at = ours[0].index("total")
    total, expected = theirs[-1][at], add_up(column(ours, "total"))
    tally.check(same(total, str(expected)), f"{title}: LibreOffice computes {total}, not {expected}")


def levels(tally, folder, read, total):
    """Every level of levels.csv against its sheet; the last is everything."""
    rows = table(folder / "bom/levels.csv")
    names = list(dict.fromkeys(column(rows, "level")))
    tally.check(names[-1:] == ["cluster"], f"levels {names}")
    tally.check({"board", "bank", "cluster"} <= set(names), f"levels {names}")
    for name in names:
        own = [row[2:] for row in rows if row[0] in (name, "level")]
        compare(tally, name, own, read.get(name))
    everything = add_up(column([row for row in rows if row[0] in ("cluster", "level")], "total"))
    tally.check(everything == total, f"the cluster costs {everything}, bom.csv {total}")


def work(tally, folder, sheet):
    quantities = json.loads((folder / "quantities.json").read_text(encoding="utf-8"))
    hours = next(it["value"] for it in quantities if it["name"] == "labour.total")
    computed = float(sheet[-1][3])
    tally.check(abs(computed - hours) < 1e-6, f"{computed} hours of work, not {hours}")


def main():
    tally = Tally("spreadsheet")
    folder = Path(sys.argv[1])
    lines = table(folder / "bom/bom.csv")
    workbook = folder / "bom/bom.xlsx"
    with zipfile.ZipFile(workbook) as package:
        for name in package.namelist():
            text = package.read(name).decode()
            for formula in FORMULAS.findall(text):
                formula = formula.replace("&apos;", "'")
                tally.check(FORMULA.match(formula), f"{name}: strange formula {formula}")
            if name.startswith("xl/worksheets/"):
                tally.check(FROZEN.search(text), f"{name}: the header moves out of view")
    scratch = Path(tempfile.mkdtemp())
    try:
        bare = scratch / "bom.xlsx"
        without_values(workbook, bare)
        read = sheets(bare, scratch)
    finally:
        shutil.rmtree(scratch)

    first = read.get("bom", [])
    tally.check(len(first) == len(lines), f"{len(first)} rows for {len(lines)} of bom.csv")
    for ours, theirs in zip(lines, first):
        cells = all(map(same, ours, theirs)) and len(ours) == len(theirs)
        tally.check(cells, f"{theirs} in the workbook, {ours} in bom.csv")
    total = add_up(column(lines, "total"))
    sums = read.get("sums", [])
    if tally.check(sums, "no sheet of sums"):
        computed = next(Decimal(row[1]) for row in sums if row[0] == "goods")
        tally.check(computed == total, f"LibreOffice computes {computed}, bom.csv adds up to {total}")
    levels(tally, folder, read, total)
    compare(tally, "purchase", table(folder / "bom/purchase.csv"), read.get("purchase"))
    if tally.check(read.get("work"), "no sheet of the work"):
        work(tally, folder, read["work"])
    tally.close()


main()
