"""Links one set of FEBRL with the package `recordlinkage`, in a process of its own, without labels: blocks, compares, and
lets the ECM classifier decide, as its guide does.

usage: recordlinkage_one.py SET FILE [FILE]
"""

import json
import sys
import warnings

import numpy as np
import pandas as pd
import recordlinkage
from score import result, spent

warnings.filterwarnings("ignore")


def linked(frames):
    """The pairs it holds for matches."""
    index = recordlinkage.Index()
    for column in ("given_name", "surname", "date_of_birth", "postcode", "address_1", "suburb"):
        index.block(column)
    candidates = index.index(*frames)
    compare = recordlinkage.Compare()
    for column in ("given_name", "surname", "address_1", "suburb"):
        compare.string(column, column, method="jarowinkler", threshold=0.85, label=column)
    for column in ("date_of_birth", "postcode", "street_number", "state", "soc_sec_id"):
        if column in frames[0]:
            compare.exact(column, column, label=column)
    features = compare.compute(candidates, *frames)
    return recordlinkage.ECMClassifier().fit_predict(features)


def main():
    name, files = sys.argv[1], sys.argv[2:]
    began = spent()
    frames = [pd.read_csv(file, dtype=str).drop(columns=["id", "truth"]) for file in files]
    found = linked(frames)

    def pairs(counts):
        left = found.get_level_values(0).to_numpy()
        right = found.get_level_values(1).to_numpy() + (counts[0] if len(files) > 1 else 0)
        # It decides by itself: each pair it keeps is kept at every threshold.
        return left, right, np.full(len(left), np.inf)

    print(json.dumps(result("recordlinkage", name, files, began, pairs, len(files) > 1)))


main()
