"""Links one prepared set with Splink on DuckDB, in a process of its own, and says what it took and how good it is.

usage: splink_one.py SET FILE [FILE]
"""

import json
import logging
import sys
import warnings

import duckdb
import numpy as np
from models import model_of
from score import result, spent
from splink import DuckDBAPI, Linker, SettingsCreator

warnings.filterwarnings("ignore")
logging.disable(logging.WARNING)
# Pairs below are not kept; every threshold of the curve lies above. Where each row has one partner at most, the best of
# weak pairs may still be right.
LEAST_WEIGHT = {False: -20, True: -50}


def tables(api, model, files):
    """The rows without their truth, prepared as the model says."""
    made = []
    for at, file in enumerate(files):
        api.duckdb_con.execute(
            f"create or replace temp view raw as select row_number() over () - 1 as unique_id, * exclude (truth) "
            f"from read_csv('{file}', all_varchar=true, header=true, parallel=false)"
        )
        columns = model.columns if " from " in model.columns else f"{model.columns} from raw"
        number = "" if columns.lstrip().startswith("*") else "unique_id, "
        api.duckdb_con.execute(f"create table rows_{at} as select {number}{columns}")
        made.append(api.register(f"rows_{at}", dataset_display_name="ab"[at]))
    return made


def trained(api, model, files):
    linked = len(files) > 1
    prior = {} if model.prior is None else {"probability_two_random_records_match": model.prior}
    settings = SettingsCreator(
        link_type="link_only" if linked else "dedupe_only",
        comparisons=model.comparisons,
        blocking_rules_to_generate_predictions=model.blocking,
        retain_matching_columns=False,
        **prior,
    )
    frames = tables(api, model, files)
    linker = Linker(frames if linked else frames[0], settings, log_level=None)
    if model.prior is None:
        linker.training.estimate_probability_two_random_records_match(model.certain, recall=model.recall)
    linker.training.estimate_u_using_random_sampling(max_pairs=model.random_pairs, seed=1)
    for block in model.trained:
        linker.training.estimate_parameters_using_expectation_maximisation(block)
    return linker


def linked(linker, model):
    """The pairs; the clusters at 0.9 are made too, since they are what one wants."""
    pairs = linker.inference.predict(threshold_match_weight=LEAST_WEIGHT[model.one_to_one])
    cluster = linker.clustering
    if model.one_to_one:
        cluster.cluster_using_single_best_links(pairs, ["a", "b"], threshold_match_probability=0.9)
    else:
        cluster.cluster_pairwise_predictions_at_threshold(pairs, threshold_match_probability=0.9)
    return pairs.physical_name


def main():
    name, files = sys.argv[1], sys.argv[2:]
    model = model_of(name)
    began = spent()
    connection = duckdb.connect()
    table = linked(trained(DuckDBAPI(connection), model, files), model)

    def pairs(counts):
        found = connection.execute(f"select * from {table}").fetchnumpy()
        ends = []
        for end in "lr":
            number = found[f"unique_id_{end}"]
            second = found[f"source_dataset_{end}"] == "b" if len(files) > 1 else np.zeros(len(number), dtype=bool)
            ends.append(number + np.where(second, counts[0], 0))
        return ends[0], ends[1], found["match_weight"]

    print(json.dumps(result("splink", name, files, began, pairs, model.one_to_one)))


main()
