"""Usage: slicing.py DIR

Proves that every mesh in DIR/parts prints on an ordinary printer: PrusaSlicer slices it with the
small profile beside this script, every extrusion stays inside the bed, and no support is printed.
Slices it a second time with supports allowed, to see how much the slicer would want: a little
under the crown of each round hole is fine, a shelf in mid-air is not.
Prints each part's time and filament in that profile.
"""

import re
import subprocess
import sys
import tempfile
from pathlib import Path

from tally import Tally

PROFILE = Path(__file__).with_name("profile.ini")
# Overhangs steeper than this, from the bed, print without support. A brace of 45° prints; the slicer
# counts an overhang of just its threshold as too flat.
THRESHOLD_DEGREES = 44
# Support that the slicer may want, as a share of the plastic. The crown of a lying 6.6 mm hole, which
# prints well without, asks for about a tenth of a small bracket; a shelf in mid-air for half.
GRAINS = 0.25

ASK_FOR_SUPPORTS = [
    "--support-material",
    "--support-material-auto",
    f"--support-material-threshold={THRESHOLD_DEGREES}",
    "--dont-support-bridges",
]


def profile_value(key):
    found = re.search(rf"^{key} = (.*)$", PROFILE.read_text(encoding="utf-8"), re.MULTILINE)
    return found.group(1)


def bed():
    """Width, depth and height of the profile's printable volume."""
    corners = [corner.split("x") for corner in profile_value("bed_shape").split(",")]
    width = max(float(x) for x, _ in corners)
    depth = max(float(y) for _, y in corners)
    return width, depth, float(profile_value("max_print_height"))


def slice_part(stl, gcode, options=()):
    """Runs the slicer; returns its exit status and what it said."""
    run = subprocess.run(
        ["prusa-slicer", "--export-gcode", "--load", PROFILE, *options, "-o", gcode, stl],
        capture_output=True,
        text=True,
        stdin=subprocess.DEVNULL,
        check=False,
    )
    return run.returncode, (run.stdout + run.stderr).strip()


def comment(gcode, label):
    """The value of a comment such as `; filament used [g] = 12.3`, or None."""
    found = re.search(rf"^; {re.escape(label)} = (.*)$", gcode, re.MULTILINE)
    return found.group(1).strip() if found else None


def extents(gcode):
    """Least and greatest x, y and z that plastic is laid down at."""
    at = {"X": 0.0, "Y": 0.0, "Z": 0.0}
    low = dict.fromkeys(at, float("inf"))
    high = dict.fromkeys(at, float("-inf"))
    for line in gcode.splitlines():
        if not line.startswith("G1 "):
            continue
        words = {word[0]: word[1:] for word in line.split(";")[0].split()[1:]}
        start = dict(at)
        at.update({axis: float(words[axis]) for axis in at if axis in words})
        lays_down = float(words.get("E", 0)) > 0 and ("X" in words or "Y" in words)
        for place in (start, at) if lays_down else ():
            for axis in at:
                low[axis] = min(low[axis], place[axis])
                high[axis] = max(high[axis], place[axis])
    return low, high


def check_part(tally, stl, folder):
    name = stl.stem
    gcode_file = folder / f"{name}.gcode"
    status, said = slice_part(stl, gcode_file)
    if not tally.check(status == 0, f"{name}: the slicer left with status {status}: {said}"):
        return
    if not tally.check(gcode_file.is_file(), f"{name}: the slicer made no gcode: {said}"):
        return
    gcode = gcode_file.read_text(encoding="utf-8")

    low, high = extents(gcode)
    for axis, size in zip("XYZ", bed()):
        inside = 0 <= low[axis] and high[axis] <= size
        span = f"{low[axis]:.1f} to {high[axis]:.1f}"
        tally.check(inside, f"{name}: {axis} runs from {span} on a bed of {size:.0f} mm")
    tally.check(";TYPE:Support material" not in gcode, f"{name}: support was printed")

    time = comment(gcode, "estimated printing time (normal mode)")
    used = comment(gcode, "filament used [g]")
    grams = float(used or 0)
    tally.check(time and grams > 0, f"{name}: no printing time or no filament in the gcode")

    status, said = slice_part(stl, gcode_file, ASK_FOR_SUPPORTS)
    tally.check(status == 0, f"{name}: with supports, the slicer left with {status}: {said}")
    supported = gcode_file.read_text(encoding="utf-8")
    support = support_share(supported)
    tally.check(support <= GRAINS, f"{name}: the slicer would make {support:.1%} of it support")
    print(f"  {name}: {time}, {grams:.1f} g, {support:.1%} support wanted")


def support_share(gcode):
    """How much of the extruded filament is support."""
    total = 0.0
    support = 0.0
    kind = ""
    for line in gcode.splitlines():
        if line.startswith(";TYPE:"):
            kind = line.removeprefix(";TYPE:")
        elif line.startswith("G1 ") and ("X" in line or "Y" in line):
            extruded = re.search(r" E(-?[0-9.]+)", line)
            if extruded and float(extruded.group(1)) > 0:
                total += float(extruded.group(1))
                support += float(extruded.group(1)) if kind.startswith("Support") else 0.0
    return support / total if total else 0.0


def main(folder):
    tally = Tally(f"slicing of {folder.name}")
    parts = sorted((folder / "parts").glob("*.stl"))
    tally.check(parts, f"no parts/*.stl in {folder}")
    with tempfile.TemporaryDirectory() as scratch:
        for stl in parts:
            check_part(tally, stl, Path(scratch))
    tally.close()


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    main(Path(sys.argv[1]))
