"""Usage: farm_slice.py PIBUILD DESIGN

Has `pibuild farm slice` slice a copy of the design with the real PrusaSlicer, twice: each distinct part and
plate once, nothing the second time. Then holds what came of it against the gcode: the index names each
job's file, its plate and its hash; minutes and grams are those of the gcode's comments; queue, schedule and
costs say `sliced`, within 10 % of the plates' own gcode; `generate` gives the same bytes from the record.
"""

import csv
import hashlib
import json
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from gcode import figures
from tally import Tally

RECORD = "sliced.json"


def extents(gcode):
    """Least and greatest x and y that plastic is laid down at."""
    moves = re.findall(r"^G1 X([-0-9.]+) Y([-0-9.]+) E[0-9.]", gcode.read_text(encoding="utf-8"), re.MULTILINE)
    xs, ys = zip(*((float(x), float(y)) for x, y in moves))
    return min(xs), max(xs), min(ys), max(ys)


def sha256(path):
    return hashlib.sha256(path.read_bytes()).hexdigest()


def run(pibuild, *arguments):
    done = subprocess.run([pibuild, *arguments], capture_output=True, text=True, stdin=subprocess.DEVNULL, check=False)
    return done.returncode, done.stdout, done.stderr


def main(pibuild, design):
    tally = Tally(f"slicing of the farm of {design.stem}")
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        text = design.read_text(encoding="utf-8")
        text, places = re.subn(r"(?m)^printing:$", f"printing:\n  sliced: {RECORD}", text)
        tally.check(places == 1, "the design has no block `printing:`")
        copy = folder / design.name
        copy.write_text(text, encoding="utf-8")
        out = folder / "out"

        status, said, errors = run(pibuild, "farm", "slice", copy, "-o", out)
        if not tally.check(status == 0, f"the first run left with {status}: {errors}"):
            tally.close()
        queue = json.loads((out / "farm/queue.json").read_text(encoding="utf-8"))["jobs"]
        index = json.loads((out / "farm/gcode/sliced.json").read_text(encoding="utf-8"))
        parts = {part for job in queue for part in job["parts"]}
        expected = len(queue) + len(parts)
        tally.check(said.startswith(f"{expected} sliced, 0 "), f"{expected} slices expected: {said}")
        print(f"  {said.strip()}")

        tally.check([job["id"] for job in queue] == [job["id"] for job in index["jobs"]], "the index is not of the queue")
        for job, sliced in zip(queue, index["jobs"]):
            gcode = out / sliced["file"]
            tally.check(sha256(gcode) == sliced["sha256"], f"{job['id']}: the gcode is another")
            tally.check(sliced["plate_sha256"] == job["sha256"] == sha256(out / job["file"]), f"{job['id']}: the plate is another")
            minutes, grams = figures(gcode)
            tally.check(abs(minutes - sliced["minutes"]) < 0.01, f"{job['id']}: {sliced['minutes']} of {minutes} min")
            tally.check(abs(grams - sliced["grams"]) < 0.01, f"{job['id']}: {sliced['grams']} of {grams} g")
            tally.check(job["minutes_origin"] == "sliced", f"{job['id']}: minutes are {job['minutes_origin']}")
            off = job["minutes"] / minutes - 1
            tally.check(abs(off) < 0.1, f"{job['id']}: planned with {job['minutes']} of {minutes:.1f} min")
            tally.check(abs(job["grams"] - grams) < 0.1 + 0.02 * grams, f"{job['id']}: {job['grams']} of {grams} g")
            x0, x1, y0, y1 = extents(gcode)
            width, depth, _ = job["bed"]
            inside = 0 <= x0 and x1 <= width and 0 <= y0 and y1 <= depth
            tally.check(inside, f"{job['id']}: leaves the bed: {x0} to {x1}, {y0} to {y1}")
            print(f"  {job['id']}: {job['minutes']:.0f} min planned, {minutes:.0f} in the gcode ({off:+.1%})")
        for name in ("schedule.csv", "reprints.csv"):
            with (out / "farm" / name).open(encoding="utf-8", newline="") as rows:
                origins = {row["minutes_origin"] for row in csv.DictReader(rows)}
            tally.check(origins == {"sliced"}, f"{name}: {origins}")
        costs = (out / "bom/cost.md").read_text(encoding="utf-8")
        tally.check("| sliced" in costs and "| estimated" not in costs, "cost.md does not say sliced")

        before = sha256(out / "manifest.json")
        status, said, errors = run(pibuild, "farm", "slice", copy, "-o", out)
        tally.check(status == 0 and said.startswith(f"0 sliced, {expected} "), f"the second run: {said}{errors}")
        tally.check(sha256(out / "manifest.json") == before, "the second run gave other files")
        status, _, errors = run(pibuild, "generate", copy, "-o", folder / "again")
        tally.check(status == 0, f"generate left with {status}: {errors}")
        tally.check(sha256(folder / "again/manifest.json") == before, "generate does not go by the record")
        tally.check(not (folder / "again/farm/gcode").exists(), "generate made gcode")
        shutil.rmtree(out / "farm/gcode")
        status, said, _ = run(pibuild, "farm", "slice", copy, "-o", out)
        again = f"{len(queue)} sliced, {len(parts)} "
        tally.check(status == 0 and said.startswith(again), f"lost gcode is sliced again, parts are not: {said}")
    tally.close()


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    main(Path(sys.argv[1]).resolve(), Path(sys.argv[2]))
