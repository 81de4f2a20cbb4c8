"""Links one set of FEBRL with the package `recordlinkage`, in a process of its own, without labels.

Two ways: `ecm` blocks on all that is useful, compares, and lets the ECM classifier decide; `guide` does what the package's guides
publish for FEBRL 1 and 4 (blocks on the given name; six comparisons, of which more than three must agree).

usage: recordlinkage_one.py ecm|guide SET FILE [FILE]
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


def guided(frames):
    """The pairs that the guide holds for matches."""
    index = recordlinkage.Index()
    index.block("given_name")
    compare = recordlinkage.Compare()
    for column in ("given_name", "date_of_birth", "suburb", "state"):
        compare.exact(column, column, label=column)
    for column in ("surname", "address_1"):
        compare.string(column, column, method="jarowinkler", threshold=0.85, label=column)
    features = compare.compute(index.index(*frames), *frames)
    return features[features.sum(axis=1) > 3].index


def main():
    way, name, files = sys.argv[1], sys.argv[2], sys.argv[3:]
    began = spent()
    frames = [pd.read_csv(file, dtype=str).drop(columns=["id", "truth"]) for file in files]
    found = linked(frames) if way == "ecm" else guided(frames)

    def pairs(counts):
        left = found.get_level_values(0).to_numpy()
        right = found.get_level_values(1).to_numpy() + (counts[0] if len(files) > 1 else 0)
        # It decides by itself: each pair it keeps is kept at every threshold.
        return left, right, np.full(len(left), np.inf)

    print(json.dumps(result("recordlinkage" if way == "ecm" else "its guide", name, files, began, pairs, len(files) > 1)))


main()
