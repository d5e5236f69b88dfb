"""Usage: spreadsheet.py DIR

Proves with LibreOffice that bom.xlsx in DIR is what it promises: its first sheet is bom.csv, its
sums are computed (what pibuild wrote as their values is taken out first), they come to the total of
bom.csv to the cent, and no formula holds text that a user could have written.
"""

import csv
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
FORMULA = re.compile(r"^(SUM|SUMIF|ROUND|[a-z]+!|\$?[A-Z]{1,3}\$?\d*|\d+|[*+,:().])+$")
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


def main():
    tally = Tally("spreadsheet")
    folder = Path(sys.argv[1])
    with (folder / "bom/bom.csv").open(newline="", encoding="utf-8") as file:
        lines = list(csv.reader(file))
    workbook = folder / "bom/bom.xlsx"
    with zipfile.ZipFile(workbook) as package:
        for name in package.namelist():
            for formula in FORMULAS.findall(package.read(name).decode()):
                tally.check(FORMULA.match(formula), f"{name}: strange formula {formula}")
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
    column = lines[0].index("total")
    total = sum(Decimal(line[column]) for line in lines[1:] if line[column])
    sums = read.get("sums", [])
    if tally.check(sums, "no sheet of sums"):
        computed = next(Decimal(row[1]) for row in sums if row[0] == "goods")
        tally.check(computed == total, f"LibreOffice computes {computed}, bom.csv adds up to {total}")
    tally.close()


main()
