"""Usage: wiring.py DIR

Proves that the lists in DIR/wiring agree: ISC's own dhcpd accepts the configuration (dhcpd -t), a PDF
reader finds both labels of every cable in labels.pdf, every board stands once in each list, and no
port, outlet or address is given twice.
"""

import csv
import ipaddress
import re
import subprocess
import sys
from collections import Counter
from pathlib import Path

from tally import Tally


def rows(folder, name):
    with (folder / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def check_unique(tally, name, table, columns):
    counted = Counter(tuple(row[column] for column in columns) for row in table)
    twice = [key for key, count in counted.items() if count > 1 and all(key)]
    tally.check(not twice, f"{name}: {columns} twice: {twice[:3]}")


def check_lists(tally, folder):
    patch, power = rows(folder, "patch-list.csv"), rows(folder, "power-list.csv")
    addresses, circuits = rows(folder, "addresses.csv"), rows(folder, "circuits.csv")
    check_unique(tally, "patch-list.csv", patch, ["board"])
    check_unique(tally, "patch-list.csv", patch, ["switch", "port"])
    check_unique(tally, "power-list.csv", power, ["board"])
    check_unique(tally, "power-list.csv", power, ["supply", "port"])
    check_unique(tally, "addresses.csv", addresses, ["hostname"])
    check_unique(tally, "addresses.csv", addresses, ["address"])
    wall = [row for row in circuits if row["pdu"] == "wall"]
    check_unique(tally, "circuits.csv", wall, ["circuit", "outlet"])
    units = [row for row in circuits if row["pdu"] != "wall"]
    check_unique(tally, "circuits.csv", units, ["pdu", "outlet"])
    boards = {row["board"] for row in patch}
    tally.check(boards == {row["board"] for row in power}, "power-list.csv: other boards")
    tally.check(boards == {row["hostname"] for row in addresses}, "addresses.csv: other boards")
    for row in addresses:
        if row["address"]:
            ipaddress.IPv4Address(row["address"])
    return patch, power, circuits


def check_dhcpd(tally, folder, boards):
    conf = folder / "dhcpd.conf"
    run = subprocess.run(
        ["dhcpd", "-t", "-4", "-cf", str(conf)], capture_output=True, text=True, check=False
    )
    tally.check(run.returncode == 0, f"dhcpd -t: {run.stderr[-400:]}")
    text = conf.read_text(encoding="utf-8")
    hosts = re.findall(
        r"^host (\S+) \{ hardware ethernet (\S+); fixed-address (\S+);", text, re.MULTILINE
    )
    for position, what in enumerate(["host name", "MAC", "address"]):
        counted = Counter(host[position] for host in hosts)
        twice = [key for key, count in counted.items() if count > 1]
        tally.check(not twice, f"dhcpd.conf: {what} twice: {twice[:3]}")
    missing = boards - {host[0] for host in hosts}
    tally.check(not missing, f"dhcpd.conf lacks {sorted(missing)[:3]}")


def check_labels(tally, folder, cables):
    run = subprocess.run(
        ["pdftotext", "-raw", str(folder / "labels.pdf"), "-"],
        capture_output=True,
        text=True,
        check=False,
    )
    tally.check(run.returncode == 0, f"pdftotext: {run.stderr[-400:]}")
    counted = Counter(run.stdout.split())
    wrong = [label for label in cables if counted[label] != 2]
    tally.check(not wrong, f"labels.pdf: not twice there: {wrong[:3]} of {len(wrong)}")


def main(folder):
    tally = Tally(f"wiring of {folder.name}")
    wiring = folder / "wiring"
    patch, power, circuits = check_lists(tally, wiring)
    check_dhcpd(tally, wiring, {row["board"] for row in patch})
    lists = [patch, power, circuits, rows(wiring, "uplinks.csv")]
    cables = [row["label"] for table in lists for row in table if row["label"]]
    tally.check(len(set(cables)) == len(cables), "two cables have one label")
    check_labels(tally, wiring, cables)
    tally.close()


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    main(Path(sys.argv[1]))
