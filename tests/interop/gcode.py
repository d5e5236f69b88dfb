"""What PrusaSlicer writes into the comments of its gcode."""

import re

SECONDS = {"d": 86400, "h": 3600, "m": 60, "s": 1}


def figures(path):
    """Minutes and grams of a gcode file."""
    text = path.read_text(encoding="utf-8")
    time = re.search(r"estimated printing time \(normal mode\) = (.*)", text).group(1)
    minutes = sum(int(count) * SECONDS[unit] for count, unit in re.findall(r"(\d+)([dhms])", time)) / 60
    return minutes, float(re.search(r"filament used \[g\] = ([\d.]+)", text).group(1))
