"""Links one prepared set with Splink on DuckDB, in a process of its own, and says what it took and how good it is.

usage: splink_one.py SET FILE [FILE]
"""

import json
import logging
import resource
import sys
import time
import warnings

import duckdb
import numpy as np
from models import models
from score import Truth, curve
from splink import DuckDBAPI, Linker, SettingsCreator

warnings.filterwarnings("ignore")
logging.disable(logging.WARNING)
# Weights whose probability is 0.5 and 0.9.
HALF, NINE = 0.0, float(np.log2(9))


def spent():
    usage = resource.getrusage(resource.RUSAGE_SELF)
    return usage.ru_utime + usage.ru_stime, usage.ru_maxrss


def tables(api, model, files):
    made = []
    for at, file in enumerate(files):
        api.duckdb_con.execute(
            f"create or replace temp view raw as select row_number() over () - 1 as unique_id, * exclude (truth) "
            f"from read_csv('{file}', all_varchar=true, header=true, parallel=false)"
        )
        columns = model.columns if " from " in model.columns else f"{model.columns} from raw"
        keep = "" if columns.lstrip().startswith("*") else "unique_id, "
        api.duckdb_con.execute(f"create table rows_{at} as select {keep}{columns}")
        made.append(api.register(f"rows_{at}", dataset_display_name="ab"[at]))
    return made


def link(model, files):
    connection = duckdb.connect()
    api = DuckDBAPI(connection)
    linked = len(files) > 1
    more = {} if model.prior is None else {"probability_two_random_records_match": model.prior}
    settings = SettingsCreator(
        link_type="link_only" if linked else "dedupe_only",
        comparisons=model.comparisons,
        blocking_rules_to_generate_predictions=model.blocking,
        retain_matching_columns=False,
        **more,
    )
    frames = tables(api, model, files)
    linker = Linker(frames if linked else frames[0], settings, log_level=None)
    if model.prior is None:
        linker.training.estimate_probability_two_random_records_match(model.certain, recall=model.recall)
    linker.training.estimate_u_using_random_sampling(max_pairs=model.random_pairs, seed=1)
    for block in model.trained:
        linker.training.estimate_parameters_using_expectation_maximisation(block)
    pairs = linker.inference.predict(threshold_match_weight=-10)
    if model.one_to_one:
        linker.clustering.cluster_using_single_best_links(pairs, ["a", "b"], threshold_match_probability=0.9)
    else:
        linker.clustering.cluster_pairwise_predictions_at_threshold(pairs, threshold_match_probability=0.9)
    return connection, pairs.physical_name


def main():
    name, files = sys.argv[1], sys.argv[2:]
    model = models(name)
    began = time.perf_counter()
    connection, pairs = link(model, files)
    wall, (cpu, peak) = time.perf_counter() - began, spent()
    counts, truth, side = [], [], []
    for at, file in enumerate(files):
        column = connection.execute(
            f"select truth from read_csv('{file}', all_varchar=true, header=true, parallel=false)"
        ).fetchnumpy()["truth"]
        counts.append(len(column))
        truth.extend(column)
        side.extend([at] * len(column))
    found = connection.execute(f"select * from {pairs}").fetchnumpy()
    offset = {"a": 0, "b": counts[0]}
    shift = [0, 0] if len(files) == 1 else [
        np.array([offset[one] for one in found[f"source_dataset_{end}"]]) for end in "lr"
    ]
    left, right = found["unique_id_l"] + shift[0], found["unique_id_r"] + shift[1]
    known = Truth(truth, side if len(files) > 1 else None)
    weights = sorted([HALF, NINE, *range(-8, 0), *range(1, 36)])
    points = curve(known, sum(counts), left, right, found["match_weight"], model.one_to_one, weights)
    best = max(points, key=lambda point: point["pairwise"]["f1"])
    at = {point["weight"]: point for point in points}
    result = {
        "set": name, "tool": "splink", "rows": sum(counts), "wall": wall, "cpu": cpu, "peak_bytes": peak * 1024,
        "compared": len(left), "best": best, "half": at[HALF], "nine": at[NINE],
        "best_pairs": max(point["pairs"]["f1"] for point in points),
    }
    print(json.dumps(result))


main()
