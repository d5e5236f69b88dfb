"""Usage: sheets.py DIR

Proves that what DIR/cut says to cut is what machines and printers will read: ezdxf finds no error in
any DXF, units are millimetres, every polyline is closed, pieces lie on the sheet, the sheet's extents
are those of the SVG to a millionth of a millimetre; every piece of the cut list is on a sheet as often
as it is listed; the PDF pages are A4 and their scale bar is 100 mm long.
"""

import csv
import re
import sys
from pathlib import Path

import ezdxf
from ezdxf import bbox
from pypdf import PdfReader

from tally import Tally

LAYERS = {"OUTSIDE", "INSIDE", "POCKET", "ENGRAVE", "TABS", "SHEET", "LABEL"}
A4 = (297, 210)
POINTS = 72 / 25.4


def check_dxf(tally, path):
    """Reads one file back. Gives the number of outer contours."""
    document = ezdxf.readfile(path)
    audit = document.audit()
    problems = [str(error.message) for error in audit.errors + audit.fixes]
    tally.check(not problems, f"{path.name}: {problems[:3]}")
    tally.check(document.dxfversion == "AC1015", f"{path.name}: {document.dxfversion}")
    tally.check(document.header["$INSUNITS"] == 4, f"{path.name}: not in millimetres")
    names = {layer.dxf.name for layer in document.layers}
    tally.check(LAYERS <= names, f"{path.name}: lacks layers {LAYERS - names}")
    model = document.modelspace()
    lines = list(model.query("LWPOLYLINE"))
    tally.check(all(line.closed for line in lines), f"{path.name}: an open contour")
    strangers = {entity.dxftype() for entity in model} - {"LWPOLYLINE", "TEXT"}
    tally.check(not strangers, f"{path.name}: {strangers}")
    sheet = bbox.extents(model.query('LWPOLYLINE[layer=="SHEET"]'))
    if path.name.startswith("sheets-"):
        everything = bbox.extents(lines)
        gap = max(abs(a - b) for a, b in zip((*sheet.extmin, *sheet.extmax), (*everything.extmin, *everything.extmax)))
        tally.check(gap <= 1e-6, f"{path.name}: lines leave the sheet by {gap} mm")
        svg = path.with_suffix(".svg").read_text(encoding="utf-8")
        size = [float(number) for number in re.findall(r'(?:width|height)="([0-9.]+)mm"', svg)]
        told = sorted(size)
        found = sorted([sheet.size.x, sheet.size.y])
        off = max(abs(a - b) for a, b in zip(told, found))
        tally.check(len(size) == 2 and off <= 1e-6, f"{path.name}: {found}, SVG {told}")
    return len(model.query('LWPOLYLINE[layer=="OUTSIDE"]'))


def check_pdf(tally, path):
    for number, page in enumerate(PdfReader(path).pages, 1):
        size = [float(side) / POINTS for side in page.mediabox[2:]]
        off = max(abs(a - b) for a, b in zip(size, A4))
        tally.check(off < 0.01, f"{path.name}: page {number} is {size} mm")
        text = page.extract_text()
        if "100 mm on paper" not in text:
            tally.check("continued" in text, f"{path.name}: page {number} has no scale bar")
            continue
        drawn = page.get_contents().get_data().decode("latin-1")
        ends = re.findall(r"([\d.]+) ([\d.]+) m\s+([\d.]+) ([\d.]+) l", drawn)
        flat = [(float(x1) - float(x0)) / POINTS for x0, y0, x1, y1 in ends if y0 == y1]
        near = min((abs(length - 100) for length in flat), default=None)
        tally.check(near is not None and near < 0.01, f"{path.name}: page {number}: {near}")


def main(folder):
    tally = Tally(f"cut sheets of {folder.name}")
    cut = folder / "cut"
    tally.check((cut / "cut-plan.md").is_file(), "cut-plan.md is not there")
    outlines = 0
    for path in sorted(cut.glob("*.dxf")):
        found = check_dxf(tally, path)
        if path.name.startswith("sheets-"):
            outlines += found
    listed = 0
    if (cut / "cut-list.csv").is_file():
        with (cut / "cut-list.csv").open(encoding="utf-8", newline="") as file:
            listed = sum(int(row["quantity"]) for row in csv.DictReader(file))
        check_pdf(tally, cut / "sheets.pdf")
    tally.check(outlines == listed, f"{outlines} outlines on sheets, {listed} pieces listed")
    tally.close()


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    main(Path(sys.argv[1]))
