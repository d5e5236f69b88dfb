"""Usage: plates.py DIR

Proves that every plate in DIR/farm/plates can be printed as it lies: the copies keep apart (by their
shadows, as Shapely sees them), stay inside the bed that queue.json names, and are as many as the queue
says. PrusaSlicer's own arranging must not get more full plates of caddies onto the bed.
"""

import json
import re
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path
from xml.etree import ElementTree

import shapely
from shapely import affinity

from tally import Tally

PROFILE = Path(__file__).parents[2] / "src/farm/profiles/standard.ini"
CORE = "{http://schemas.microsoft.com/3dmanufacturing/core/2015/02}"
# What pibuild keeps free by default, in millimetres; rounding takes a little of it.
CLEARANCE = 5.0
MARGIN = 0.0
SLACK = 0.02


def shadow(mesh):
    vertices = [(float(it.get("x")), float(it.get("y"))) for it in mesh.iter(f"{CORE}vertex")]
    triangles = []
    for it in mesh.iter(f"{CORE}triangle"):
        corners = [vertices[int(it.get(name))] for name in ("v1", "v2", "v3")]
        polygon = shapely.Polygon(corners)
        if polygon.area > 1e-9:
            triangles.append(polygon.buffer(1e-6))
    return shapely.union_all(triangles)


def placed(model):
    """The shadows of all copies."""
    shadows = {it.get("id"): shadow(it) for it in model.iter(f"{CORE}object")}
    found = []
    for item in model.iter(f"{CORE}item"):
        m = [float(value) for value in item.get("transform", "1 0 0 0 1 0 0 0 1 0 0 0").split()]
        # 3MF multiplies a row vector from the left.
        found.append(affinity.affine_transform(shadows[item.get("objectid")], [m[0], m[3], m[1], m[4], m[9], m[10]]))
    return found


def check_plate(tally, folder, job):
    where = job["file"]
    with zipfile.ZipFile(folder / where) as package:
        model = ElementTree.fromstring(package.read("3D/3dmodel.model"))
    copies = placed(model)
    tally.check(len(copies) == sum(job["parts"].values()), f"{where}: {len(copies)} copies, not {job['parts']}")
    bed = shapely.box(MARGIN - SLACK, MARGIN - SLACK, job["bed"][0] - MARGIN + SLACK, job["bed"][1] - MARGIN + SLACK)
    for index, copy in enumerate(copies):
        tally.check(bed.contains(copy), f"{where}: copy {index} leaves the bed: {copy.bounds}")
        for other in range(index):
            apart = copy.distance(copies[other])
            tally.check(apart >= CLEARANCE - SLACK, f"{where}: copies {other} and {index} are {apart:.2f} mm apart")


def arranged(stl, count, bed):
    """Can PrusaSlicer arrange so many copies on the bed?"""
    width, depth = bed[0], bed[1]
    with tempfile.TemporaryDirectory() as scratch:
        gcode = Path(scratch) / "plate.gcode"
        subprocess.run(
            [
                "prusa-slicer", "--export-gcode", "--load", PROFILE, "--duplicate", str(count),
                "--duplicate-distance", str(CLEARANCE), "--bed-shape", f"0x0,{width}x0,{width}x{depth},0x{depth}",
                "--layer-height", "0.3", "--first-layer-height", "0.3", "--fill-density", "0%", "--perimeters", "1",
                "-o", gcode, stl,
            ],
            capture_output=True, stdin=subprocess.DEVNULL, check=False,
        )
        if not gcode.is_file():
            return False
        text = gcode.read_text(encoding="utf-8")
    moves = re.findall(r"^G1 X([-0-9.]+) Y([-0-9.]+) E[0-9.]", text, re.MULTILINE)
    return all(0 <= float(x) <= width and 0 <= float(y) <= depth for x, y in moves)


def check_capacity(tally, folder, jobs):
    """As many caddies as PrusaSlicer gets onto the bed, at least."""
    findings = json.loads((folder / "checks.json").read_text(encoding="utf-8"))["findings"]
    for finding in findings:
        if (finding["code"], finding["subject"]) == ("FARM-printers", "caddy"):
            ours = int(re.search(r"holds (\d+) on a", finding["because"]).group(1))
            bed = next(job["bed"] for job in jobs if "caddy" in job["parts"])
            more = arranged(folder / "parts/caddy.stl", ours + 1, bed)
            tally.check(not more, f"PrusaSlicer arranges {ours + 1} caddies on a bed, pibuild {ours}")
            print(f"  {ours} caddies on {bed[0]:.0f} × {bed[1]:.0f} mm")


def main(folder):
    tally = Tally(f"plates of {folder.name}")
    jobs = json.loads((folder / "farm/queue.json").read_text(encoding="utf-8"))["jobs"]
    tally.check(jobs, "the queue is empty")
    for job in jobs:
        check_plate(tally, folder, job)
    check_capacity(tally, folder, jobs)
    tally.close()


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    main(Path(sys.argv[1]))
