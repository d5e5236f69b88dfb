"""Usage: estimates.py DIR…

Holds what pibuild estimates against PrusaSlicer: slices every distinct part in the DIRs' parts/ with the
profile of its printers' class, and compares minutes and grams with farm/queue.json. Parts whose minutes
were measured are left out. Minutes must be within 15 % on average, and within −35 and +50 % for at least
95 % of the parts; grams within 5 % on average.
"""

import json
import re
import subprocess
import sys
import tempfile
from pathlib import Path

from tally import Tally

PROFILES = Path(__file__).parents[2] / "src/farm/profiles"
CLASSES = {"prusa-mk3s": "standard", "prusa-mini": "standard", "ender-3": "entry"}
DENSITY = {"petg": 1.27, "pla": 1.24, "asa": 1.07, "abs": 1.04}


def sliced(stl, job, layer_height):
    """Minutes and grams, as PrusaSlicer sees them."""
    profile = PROFILES / f"{CLASSES.get(job['group'], 'fast')}.ini"
    width, depth, height = job["bed"]
    with tempfile.TemporaryDirectory() as scratch:
        gcode = Path(scratch) / "part.gcode"
        subprocess.run(
            [
                "prusa-slicer", "--export-gcode", "--load", profile,
                "--layer-height", str(layer_height), "--nozzle-diameter", str(job["nozzle"]),
                "--bed-shape", f"0x0,{width}x0,{width}x{depth},0x{depth}", "--max-print-height", str(height),
                "--filament-density", str(DENSITY[job["material"]]), "-o", gcode, stl,
            ],
            capture_output=True, stdin=subprocess.DEVNULL, check=True,
        )
        text = gcode.read_text(encoding="utf-8")
    time = re.search(r"estimated printing time \(normal mode\) = (.*)", text).group(1)
    seconds = {"d": 86400, "h": 3600, "m": 60, "s": 1}
    minutes = sum(int(count) * seconds[unit] for count, unit in re.findall(r"(\d+)([dhms])", time)) / 60
    return minutes, float(re.search(r"filament used \[g\] = ([\d.]+)", text).group(1))


def layer_height(folder):
    resolved = (folder / "resolved.yaml").read_text(encoding="utf-8")
    return float(re.search(r"layer_height: ([\d.]+)", resolved).group(1))


def main(folders):
    tally = Tally("estimates")
    seen = set()
    minutes_off, grams_off = [], []
    for folder in folders:
        jobs = json.loads((folder / "farm/queue.json").read_text(encoding="utf-8"))["jobs"]
        hashes = json.loads((folder / "parts/certificate.json").read_text(encoding="utf-8"))
        for job in jobs:
            (part, pieces), = job["parts"].items()
            key = (hashes[part]["sha256"], job["group"])
            if key in seen:
                continue
            seen.add(key)
            minutes, grams = sliced(folder / f"parts/{part}.stl", job, layer_height(folder))
            grams_off.append(job["grams"] / pieces / grams - 1)
            said = f"{job['grams'] / pieces:.1f} of {grams:.1f} g"
            if job["minutes_origin"] == "estimated":
                minutes_off.append(job["minutes"] / pieces / minutes - 1)
                said = f"{job['minutes'] / pieces:.0f} of {minutes:.0f} min ({minutes_off[-1]:+.1%}), {said}"
            print(f"  {folder.name} {part}: {said}", flush=True)
    mean = sum(map(abs, minutes_off)) / len(minutes_off)
    inside = sum(-0.35 <= off <= 0.5 for off in minutes_off) / len(minutes_off)
    grams = sum(map(abs, grams_off)) / len(grams_off)
    tally.check(mean < 0.15, f"minutes are {mean:.1%} off on average")
    tally.check(inside >= 0.95, f"only {inside:.0%} of parts are within −35 and +50 %")
    tally.check(grams < 0.05, f"grams are {grams:.1%} off on average")
    print(f"  {len(minutes_off)} parts: minutes {mean:.1%} off on average, at worst "
          f"{min(minutes_off):+.1%} and {max(minutes_off):+.1%}; grams {grams:.1%}")
    tally.close()


if __name__ == "__main__":
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    main([Path(folder) for folder in sys.argv[1:]])
