"""Pairwise and B³ precision, recall and F1 of a clustering against the truth, and the curve over thresholds."""

import resource
import time
from pathlib import Path

import numpy as np
import pandas as pd
from scipy.sparse import coo_matrix
from scipy.sparse.csgraph import connected_components


def f1(right, found, wanted):
    precision = right / found if found else 1.0
    recall = right / wanted if wanted else 1.0
    both = precision + recall
    return {"precision": precision, "recall": recall, "f1": 2 * precision * recall / both if both else 0.0}


def pairs_of(sizes):
    return int((sizes * (sizes - 1) // 2).sum())


class Truth:
    """`side` tells the files of a linkage apart: pairs within a file are neither wanted nor counted."""

    def __init__(self, truth, side=None):
        self.truth = pd.factorize(np.asarray(truth))[0]
        self.side = None if side is None else np.asarray(side)

    def across(self, groups):
        sizes = pd.Series(groups).value_counts().to_numpy().astype(np.int64)
        pairs = pairs_of(sizes)
        if self.side is None:
            return pairs
        both = pd.Series(groups * 2 + self.side).value_counts().to_numpy().astype(np.int64)
        return pairs - pairs_of(both)

    def of_clusters(self, clusters):
        clusters = np.asarray(clusters, dtype=np.int64)
        both = pd.factorize(clusters * (int(self.truth.max()) + 1) + self.truth)[0]
        pairwise = f1(self.across(both), self.across(clusters), self.across(self.truth))
        return {"pairwise": pairwise, "b3": self.b3(clusters, both)}

    def b3(self, clusters, both):
        shared = np.bincount(both)[both]
        precision = float((shared / np.bincount(clusters)[clusters]).mean())
        recall = float((shared / np.bincount(self.truth)[self.truth]).mean())
        return {"precision": precision, "recall": recall, "f1": 2 * precision * recall / (precision + recall)}

    def of_pairs(self, left, right):
        return f1(int((self.truth[left] == self.truth[right]).sum()), len(left), self.across(self.truth))


def components(rows, left, right):
    graph = coo_matrix((np.ones(len(left), dtype=np.int8), (left, right)), shape=(rows, rows))
    return connected_components(graph, directed=False)[1]


def best_links(rows, left, right, weight):
    """Each row with the one it likes best, when that is mutual: for two files without duplicates."""
    pairs = pd.DataFrame({"l": left, "r": right, "w": weight})
    ends = pd.concat([pairs[["l", "w"]].rename(columns={"l": "x"}), pairs[["r", "w"]].rename(columns={"r": "x"})])
    most = ends.groupby("x")["w"].max()
    mutual = pairs[(pairs["w"] == pairs["l"].map(most)) & (pairs["w"] == pairs["r"].map(most))]
    mutual = mutual.drop_duplicates("l").drop_duplicates("r")
    return components(rows, mutual["l"].to_numpy(), mutual["r"].to_numpy())


def curve(truth, rows, left, right, weight, one_to_one, weights):
    """At each match weight (log2 of the odds): the clusters, and the pairs themselves."""
    points = []
    for least in weights:
        kept = weight >= least
        l, r = left[kept], right[kept]
        groups = best_links(rows, l, r, weight[kept]) if one_to_one else components(rows, l, r)
        points.append({"weight": least, **truth.of_clusters(groups), "pairs": truth.of_pairs(l, r)})
    return points


def known(files):
    """The truth of the rows of one file, or of two files one after the other."""
    truths = [pd.read_csv(file, usecols=["truth"], dtype=str)["truth"] for file in files]
    side = np.repeat(np.arange(len(files)), [len(truth) for truth in truths])
    return Truth(pd.concat(truths), side if len(files) > 1 else None), [len(truth) for truth in truths]


# Match weights of the curve; among them those whose probability is 0.5 and 0.9.
HALF, NINE = 0.0, float(np.log2(9))
WEIGHTS = sorted([HALF, NINE, *range(-48, -18, 3), *range(-18, 0), *range(1, 36)])


def spent():
    """Seconds on the wall, processor seconds, and the most memory, of this process until now."""
    usage = resource.getrusage(resource.RUSAGE_SELF)
    return time.perf_counter(), usage.ru_utime + usage.ru_stime, most_memory(usage)


def most_memory(usage):
    """Bytes at the peak. What getrusage says begins at the peak of the process that started this one."""
    try:
        status = Path("/proc/self/status").read_text()
    except OSError:
        return usage.ru_maxrss * 1024
    return int(status.split("VmHWM:")[1].split()[0]) * 1024


def result(tool, name, files, began, pairs, one_to_one):
    """The line that is printed. `began` is what was spent before, on importing packages; `pairs` gives left, right and match weight, rows of a second file after the first's."""
    wall, cpu, peak = (now - then for now, then in zip(spent(), (*began[:2], 0)))
    truth, counts = known(files)
    left, right, weight = pairs(counts)
    points = curve(truth, sum(counts), left, right, weight, one_to_one, WEIGHTS)
    at = {point["weight"]: point for point in points}
    return {
        "set": name,
        "tool": tool,
        "rows": sum(counts),
        "cpu": cpu,
        "seconds": wall,
        "peak_bytes": peak,
        "pairs": len(left),
        "best": max(points, key=lambda point: point["pairwise"]["f1"]),
        "nine": at[NINE],
        "half": at[HALF],
    }
