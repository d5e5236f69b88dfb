"""Usage: estimates.py PIBUILD DIR…

Holds what pibuild estimates against PrusaSlicer: slices every distinct part in the DIRs' parts/ with the
profile of its printers' class, and compares minutes and grams with farm/queue.json; then the same for
parts of small designs that differ in board, collar, fixing, fan, layers, material and printer. Parts
whose minutes were measured are left out. Minutes must be within 15 % on average, and within −35 and
+50 % for at least 95 % of the parts; grams within 5 % on average.
"""

import json
import os
import re
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from gcode import figures
from tally import Tally

PROFILES = Path(__file__).parents[2] / "src/farm/profiles"
CLASSES = {"prusa-mk3s": "standard", "prusa-mini": "standard", "ender-3": "entry"}
DENSITY = {"petg": 1.27, "pla": 1.24, "asa": 1.07, "abs": 1.04}

BOARDS = [
    "raspberry-pi-5", "raspberry-pi-zero-2-w", "odroid-h4", "rock64", "jetson-nano", "raspberry-pi-3a-plus",
    "khadas-vim3", "orange-pi-5", "visionfive-2", "odroid-c4", "rockpro64", "raspberry-pi-cm4-io",
    "le-potato", "tinker-board", "banana-pi-f3", "rock-5b", "odroid-xu4", "quartz64-b",
]
# Lists of different lengths, taken from side by side: the same choices seldom come together.
COLLARS = ["bead", "hook", "auto"]
FIXINGS = ["self-tapping", "heat-set"]
FANS = ["", ", fans: { type: fan-40x20, count: 1 }", "", ", fans: { type: fan-60x25, count: 1 }", ""]
LAYERS = ["0.15", "0.2", "0.25", "0.1"]
MATERIALS = ["petg", "pla", "asa"]
PRINTERS = ["prusa-mk3s", "voron-350", "ender-3", "bambu-x1c", "prusa-mini"]


def varied(number):
    """A small design, as its number says."""
    def of(choices):
        return choices[number % len(choices)]

    return (
        f"pibuild: 1\nname: varied-{number}\nboard: {of(BOARDS)}\npis: 2\n"
        f"caddy: {{ collar: {of(COLLARS)}, board_fixing: {of(FIXINGS)}, material: {of(MATERIALS)} }}\n"
        f"bank: {{ caddies: 2{of(FANS)} }}\nracks: {{ standard: 10in }}\n"
        f"end_bracket: {{ material: {of(MATERIALS)}, thickness: {5 + number % 4} mm }}\n"
        f"printing: {{ layer_height: {of(LAYERS)} mm, printers: [{{ model: {of(PRINTERS)} }}] }}\n"
    )


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
        return figures(gcode)


def layer_height(folder):
    resolved = (folder / "resolved.yaml").read_text(encoding="utf-8")
    return float(re.search(r"layer_height: ([\d.]+)", resolved).group(1))


def estimated(folders):
    """Every distinct part of the folders with its job, once for each kind of printer."""
    seen = set()
    for folder in folders:
        jobs = json.loads((folder / "farm/queue.json").read_text(encoding="utf-8"))["jobs"]
        hashes = json.loads((folder / "parts/certificate.json").read_text(encoding="utf-8"))
        for job in jobs:
            (part, _), = job["parts"].items()
            key = (hashes[part]["sha256"], job["group"], layer_height(folder))
            # A right bracket is its twin's mirror image: as long, as heavy.
            if key not in seen and not part.endswith("-right"):
                seen.add(key)
                yield folder, part, job


def judge(tally, folders):
    """Compares the parts of some folders."""
    parts = list(estimated(folders))
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        found = pool.map(lambda it: sliced(it[0] / f"parts/{it[1]}.stl", it[2], layer_height(it[0])), parts)
        found = list(found)
    minutes_off, grams_off = [], []
    for (folder, part, job), (minutes, grams) in zip(parts, found):
        pieces = job["parts"][part]
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
    return len(minutes_off)


def main(pibuild, folders):
    tally = Tally("estimates")
    judge(tally, folders)
    with tempfile.TemporaryDirectory() as scratch:
        outs = []
        for number in range(len(BOARDS)):
            design, out = Path(scratch) / f"{number}.yaml", Path(scratch) / f"varied-{number}"
            design.write_text(varied(number), encoding="utf-8")
            done = subprocess.run(
                [pibuild, "generate", design, "-o", out], capture_output=True, stdin=subprocess.DEVNULL,
            )
            # 1: these designs have no switches.
            tally.check(done.returncode in (0, 1), f"{design}: {done.stderr.decode()}")
            outs.append(out)
        count = judge(tally, outs)
        tally.check(count >= 50, f"only {count} varied parts")
    tally.close()


if __name__ == "__main__":
    if len(sys.argv) < 3:
        sys.exit(__doc__)
    main(Path(sys.argv[1]).resolve(), [Path(folder) for folder in sys.argv[2:]])
