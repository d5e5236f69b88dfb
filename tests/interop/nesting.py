"""Usage: nesting.py PIBUILD

Nests instances drawn from the ten classes of Berkey and Wang (1987) and of Martello and Vigo (1998)
with `pibuild cut`, checks every layout without any of its code, and lets rectpack's packers try the
same. Fewer bins than rectpack's best packer are wanted, at less than 0.2 s an instance, the start of
the program included. The same with saw cuts, and bars of random lists.
"""

import json
import os
import random
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import rectpack

from tally import Tally

SMALL = [(10, 10), (10, 30), (35, 40), (35, 100), (100, 100), (100, 300)]
TYPES = [((67, 100), (1, 50)), ((1, 50), (67, 100)), ((50, 100), (50, 100)), ((1, 50), (1, 50))]
PACKERS = [
    rectpack.MaxRectsBssf,
    rectpack.MaxRectsBaf,
    rectpack.MaxRectsBlsf,
    rectpack.MaxRectsBl,
    rectpack.GuillotineBssfSas,
    rectpack.SkylineMwfWm,
]
SORTS = [rectpack.SORT_AREA, rectpack.SORT_LSIDE, rectpack.SORT_SSIDE, rectpack.SORT_PERI]


def instances():
    """Bin and sizes: five numbers of items, four instances each, of ten classes."""
    draw = random.Random(1987)
    for kind in range(10):
        for count in (20, 40, 60, 80, 100):
            for _ in range(4):
                if kind < 6:
                    most, side = SMALL[kind]
                    sizes = [(draw.randint(1, most), draw.randint(1, most)) for _ in range(count)]
                else:
                    side, own = 100, kind - 6
                    others = [other for other in range(4) if other != own]
                    sizes = []
                    for _ in range(count):
                        pick = own if draw.random() < 0.7 else draw.choice(others)
                        sizes.append(tuple(draw.randint(*span) for span in TYPES[pick]))
                yield side, sizes


def cut(pibuild, folder, rows, *options):
    """What `pibuild cut` says of a list, and how many seconds it took."""
    path = Path(folder) / "list.csv"
    path.write_text("\n".join(rows) + "\n", encoding="utf-8")
    start = time.perf_counter()
    done = subprocess.run(
        [pibuild, "cut", path, "--format", "json", *options], capture_output=True, text=True
    )
    seconds = time.perf_counter() - start
    if done.returncode != 0:
        raise SystemExit(f"FAILED nesting: exit {done.returncode}: {done.stderr}")
    return json.loads(done.stdout), seconds


def flaw(told, side, sizes, kerf=0.0):
    """What is wrong with a layout, or nothing."""
    seen = []
    for sheet in told["sheets"]:
        placed = [(p["x"], p["y"], p["length"], p["width"]) for p in sheet["pieces"]]
        seen += [(p["name"], p["length"], p["width"]) for p in sheet["pieces"]]
        for index, (x, y, w, h) in enumerate(placed):
            if x < 0 or y < 0 or x + w > side + 1e-9 or y + h > side + 1e-9:
                return "a piece outside of its sheet"
            for u, v, w2, h2 in placed[index + 1 :]:
                if max(u - x - w, x - u - w2, v - y - h, y - v - h2) < kerf - 1e-9:
                    return "two pieces are too near"
    wanted = sorted((f"p{index}", w, h) for index, (w, h) in enumerate(sizes))
    return None if sorted(seen) == wanted else "other pieces than those of the list"


def rectpack_bins(side, sizes, packer, sort):
    packing = rectpack.newPacker(
        mode=rectpack.PackingMode.Offline,
        bin_algo=rectpack.PackingBin.BFF,
        pack_algo=packer,
        sort_algo=sort,
        rotation=False,
    )
    for width, height in sizes:
        packing.add_rect(width, height)
    packing.add_bin(side, side, float("inf"))
    packing.pack()
    return len(packing)


def check_sheets(tally, pibuild, folder):
    ours, sawn, bound, count = 0, 0, 0, 0
    times = []
    theirs = dict.fromkeys([(packer, sort) for packer in PACKERS for sort in range(len(SORTS))], 0)
    for side, sizes in instances():
        rows = ["name,length,width,quantity"]
        rows += [f"p{index},{w},{h},1" for index, (w, h) in enumerate(sizes)]
        sheet = ["--sheet", f"{side}x{side}", "--no-rotate"]
        told, seconds = cut(pibuild, folder, rows, *sheet)
        times.append(seconds)
        found = flaw(told, side, sizes)
        tally.check(found is None, f"{found}: {side} {sizes}")
        tally.check(told["lower_bound"] <= len(told["sheets"]), f"bound: {side} {sizes}")
        ours, bound, count = ours + len(told["sheets"]), bound + told["lower_bound"], count + 1
        told, _ = cut(pibuild, folder, rows, *sheet, "--guillotine")
        found = flaw(told, side, sizes)
        tally.check(found is None, f"sawn: {found}: {side} {sizes}")
        sawn += len(told["sheets"])
        for packer, sort in theirs:
            theirs[packer, sort] += rectpack_bins(side, sizes, packer, SORTS[sort])
    best = min(theirs.values())
    times.sort()
    print(
        f"nesting: {ours} bins for {count} instances, {sawn} with saw cuts, at least {bound}; "
        f"rectpack's best packer {best}; {sum(times) / count:.3f} s an instance, "
        f"{times[-1]:.3f} s the slowest"
    )
    tally.check(ours < best, f"{ours} bins, rectpack {best}")
    # A machine that does other things besides is slower; half of the runs tell what it can do.
    tally.check(times[count // 2] < 0.2, f"{times[count // 2]:.3f} s in the middle")


SPANS = ((100, 900), (400, 1200), (700, 1300), (50, 2440), (600, 820), (300, 1000))


def check_bars(tally, pibuild, folder):
    draw = random.Random(200)
    gaps, total = {}, 0
    for kerf in ("0", "3.2"):
        for low, high in SPANS * 4:
            lengths = [draw.randint(low, high) for _ in range(200)]
            rows = ["name,length,quantity"]
            rows += [f"p{index},{length},1" for index, length in enumerate(lengths)]
            told, seconds = cut(pibuild, folder, rows, "--bars", "--stock", "2440", "--kerf", kerf)
            bars = told["bars"]
            for bar in bars:
                used = sum(piece["length"] + float(kerf) for piece in bar["pieces"]) - float(kerf)
                tally.check(used <= bar["length"] + 1e-9, f"{used} on a bar of {bar['length']}")
            found = sorted(piece["length"] for bar in bars for piece in bar["pieces"])
            tally.check(found == sorted(lengths), "other lengths than those of the list")
            gap = len(bars) - told["lower_bound"]
            gaps[gap] = gaps.get(gap, 0) + 1
            total += seconds
            tally.check(0 <= gap <= 1, f"{len(bars)} bars, at least {told['lower_bound']}")
    told = ", ".join(f"{gap} above it {count} times" for gap, count in sorted(gaps.items()))
    print(f"bars of 200 pieces, against the bound: {told}; {total / sum(gaps.values()):.2f} s a list")


def check_many(tally, pibuild, folder):
    draw = random.Random(10_000)
    rows = ["name,length,width,quantity"]
    rows += [f"p{n},{draw.randint(50, 700)},{draw.randint(50, 500)},1" for n in range(10_000)]
    told, seconds = cut(pibuild, folder, rows, "--sheet", "2440x1220", "--kerf", "3.2")
    placed = sum(len(sheet["pieces"]) for sheet in told["sheets"])
    sheets, bound = len(told["sheets"]), told["lower_bound"]
    print(f"ten thousand rows: {sheets} sheets, at least {bound}, {seconds:.1f} s")
    tally.check(placed == 10_000 and not told["unplaced"], f"{placed} of 10 000 pieces placed")


def main(pibuild):
    tally = Tally("nesting")
    with tempfile.TemporaryDirectory() as folder:
        check_sheets(tally, pibuild, folder)
        check_bars(tally, pibuild, folder)
        check_many(tally, pibuild, folder)
    tally.close()


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    main(os.path.realpath(sys.argv[1]))
