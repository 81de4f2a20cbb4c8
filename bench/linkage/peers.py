"""Links every set with Bocal, Splink and recordlinkage, each in a process of its own, and sets them side by side.

usage: peers.py FOLDER BOCAL [SET …]
"""

import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pandas as pd
from score import known

FOLDER, BOCAL = Path(sys.argv[1]), sys.argv[2]
HERE = Path(__file__).parent
SETS = {
    "people_10k": ["people_10k"],
    "people_100k": ["people_100k"],
    "people_1m": ["people_1m"],
    "febrl1": ["febrl1"],
    "febrl1_no_ssn": ["febrl1_no_ssn"],
    "febrl2": ["febrl2"],
    "febrl2_no_ssn": ["febrl2_no_ssn"],
    "febrl3": ["febrl3"],
    "febrl3_no_ssn": ["febrl3_no_ssn"],
    "febrl4": ["febrl4_a", "febrl4_b"],
    "febrl4_no_ssn": ["febrl4_a_no_ssn", "febrl4_b_no_ssn"],
    "fake_1000": ["fake_1000"],
    "historical_50k": ["historical_50k"],
    "transactions": ["transactions_a", "transactions_b"],
}
COLUMNS = ("set", "rows", "tool", "CPU s", "wall s", "MB", "F1 own", "best", "at 0.9", "at 0.5", "B³ own", "best", "at 0.9", "")
WIDTHS = (16, 8, 14, 8, 8, 6, 8, 8, 8, 8, 8, 8, 8, 0)


def spent_by(command, out):
    """Status, wall seconds, processor seconds and bytes of memory of a program; what it prints goes to `out`."""
    began = time.perf_counter()
    child = subprocess.Popen(command, stdout=out, stderr=subprocess.DEVNULL)
    _, status, usage = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    return child.returncode, time.perf_counter() - began, usage.ru_utime + usage.ru_stime, usage.ru_maxrss * 1024


def can_link():
    try:
        return subprocess.run([BOCAL, "link", "--help"], capture_output=True, check=False).returncode == 0
    except OSError:
        return False


def scores(point):
    """Pairwise and B³ of a point of a curve, whichever way it is written."""
    pairwise = point.get("pairwise", point)
    return {"pairwise": pairwise, "b3": point.get("b3", {})}


def counted_here(files, clusters):
    """F1 of the clusters written, by the same code that counts for the others; nothing when rows cannot be told apart."""
    if len(files) > 1:
        return None
    written = pd.read_csv(clusters, dtype=str, usecols=lambda name: name in ("id", "cluster_id"))
    truth = pd.read_csv(files[0], dtype=str, usecols=["id"]).merge(written, on="id", how="left", validate="1:1")
    alone = truth["cluster_id"].isna()
    truth.loc[alone, "cluster_id"] = "alone " + truth.loc[alone, "id"]
    return known(files)[0].of_clusters(pd.factorize(truth["cluster_id"])[0])["pairwise"]["f1"]


def bocal(name, files):
    if not can_link():
        return {"set": name, "tool": "bocal", "skipped": "this bocal has no command link"}
    with tempfile.TemporaryDirectory(dir=FOLDER) as room:
        clusters, answer = Path(room) / "clusters.csv", Path(room) / "answer.json"
        against = ["--against", str(files[1])] if len(files) > 1 else []
        with answer.open("w") as out:
            command = [BOCAL, "link", str(files[0]), *against, "--output", str(clusters), "--truth", "truth"]
            status, wall, cpu, peak = spent_by([*command, "--format", "json"], out)
        if status != 0:
            return {"set": name, "tool": "bocal", "skipped": f"exit status {status}"}
        told = json.loads(answer.read_text())
        curve = told.get("curve", [])
        at = {round(point.get("threshold", -1), 6): scores(point) for point in curve}
        points = [scores(point) for point in curve] + [scores(told)]
        return {
            "set": name,
            "tool": "bocal",
            "rows": told["rows"],
            "cpu": cpu,
            "seconds": wall,
            "peak_bytes": told["peak_bytes"] or peak,
            "threshold": told["threshold"],
            "own": scores(told),
            "best": max(points, key=lambda point: point["pairwise"]["f1"]),
            "nine": at.get(0.9),
            "half": at.get(0.5),
            "counted_here": counted_here(files, clusters),
        }


def package(tool, name, files, *ways):
    command = [sys.executable, str(HERE / f"{tool}_one.py"), *ways, name, *map(str, files)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        return {"set": name, "tool": tool, "skipped": (done.stderr.strip().splitlines() or ["failed"])[-1]}
    line = json.loads(done.stdout.splitlines()[-1])
    if tool == "recordlinkage":
        # It knows no threshold: what it decides is its own.
        line["own"] = line["best"]
        line["best"] = line["nine"] = line["half"] = None
    return line


def row(cells):
    print(" ".join(f"{cell:<{width}}" if at in (0, 2, 13) else f"{cell:>{width}}" for at, (cell, width) in enumerate(zip(cells, WIDTHS))).rstrip(), flush=True)


def shown(line):
    if "skipped" in line:
        row((line["set"], "", line["tool"], *[""] * 10, f"skipped: {line['skipped']}"))
        return

    def f1(key, kind):
        value = ((line.get(key) or {}).get(kind) or {}).get("f1")
        return "—" if value is None else f"{value:.4f}"

    pairwise = [f1(key, "pairwise") for key in ("own", "best", "nine", "half")]
    b3 = [f1(key, "b3") for key in ("own", "best", "nine")]
    here, own = line.get("counted_here"), (line.get("own") or {}).get("pairwise", {}).get("f1")
    note = "" if here is None or own is None or abs(here - own) < 1e-6 else f"counted here: {here:.4f}"
    spent = (f"{line['cpu']:.2f}", f"{line['seconds']:.2f}", f"{line['peak_bytes'] / 1e6:.0f}")
    row((line["set"], line["rows"], line["tool"], *spent, *pairwise, *b3, note))


def main():
    asked = sys.argv[3:] or list(SETS)
    unknown = [name for name in asked if name not in SETS]
    if unknown:
        sys.exit(f"unknown: {', '.join(unknown)}; there are {', '.join(SETS)}")
    lines = []
    row(COLUMNS)
    for name in asked:
        files = [FOLDER / f"{file}.csv" for file in SETS[name]]
        if not all(file.exists() for file in files):
            lines.append({"set": name, "tool": "all", "skipped": "the file is not there"})
            shown(lines[-1])
            continue
        tools = [lambda: bocal(name, files), lambda: package("splink", name, files)]
        if name.startswith("febrl"):
            tools += [lambda way=way: package("recordlinkage", name, files, way) for way in ("ecm", "guide")]
        for tool in tools:
            lines.append(tool())
            shown(lines[-1])
    print()
    for line in lines:
        print(json.dumps(line))


main()
