"""Times the usual Python packages on the data `cargo bench -p measures` wrote, and sets both side by side.

usage: peers.py FOLDER < lines of the benchmark (one JSON object each)
"""

import json
import sys
import time
import warnings
from pathlib import Path

import numpy as np
import pandas as pd

warnings.filterwarnings("ignore")
FOLDER = Path(sys.argv[1])
BLOCKS = ["image", "expectation", "quality", "value", "satisfaction", "loyalty"]
PATHS = {
    "image": ["expectation", "satisfaction", "loyalty"],
    "expectation": ["quality", "value", "satisfaction"],
    "quality": ["value", "satisfaction"],
    "value": ["satisfaction"],
    "satisfaction": ["loyalty"],
}


def column(name):
    return pd.read_csv(FOLDER / name)


def bgnbd(name):
    from lifetimes import BetaGeoFitter

    data = column(name)
    return lambda: BetaGeoFitter().fit(data["x"], data["t_x"], data["T"]).params_["r"]


def pls():
    import plspm.config as config
    from plspm.mode import Mode
    from plspm.plspm import Plspm
    from plspm.scheme import Scheme

    data = column("answers.csv")

    def fit():
        structure = config.Structure()
        for source, targets in PATHS.items():
            structure.add_path([source], targets)
        model = config.Config(structure.path(), scaled=False)
        for block in BLOCKS:
            model.add_lv_with_columns_named(block, Mode.A, data, block)
        return float(Plspm(data, model, Scheme.CENTROID).path_coefficients().loc["loyalty", "satisfaction"])

    return fit


def chi_squared():
    from scipy import stats

    pairs = column("pairs.csv")
    return lambda: stats.chi2_contingency(stats.contingency.crosstab(pairs["a"], pairs["b"]).count)[0]


def mann_whitney(name):
    from scipy import stats

    values = column(name)
    a, b = values["a"].to_numpy(), values["b"].to_numpy()
    return lambda: stats.mannwhitneyu(a, b)[0]


def kaplan_meier():
    from lifelines import KaplanMeierFitter

    spells = column("spells.csv")
    return lambda: KaplanMeierFitter().fit(spells["duration"], spells["event"]).median_survival_time_


def alpha():
    import krippendorff

    ratings = column("ratings.csv").to_numpy().T
    return lambda: krippendorff.alpha(reliability_data=ratings, level_of_measurement="ordinal")


PEERS = {
    "bgnbd_cdnow": ("lifetimes", lambda: bgnbd("cdnow.csv")),
    "bgnbd_1000000": ("lifetimes", lambda: bgnbd("customers.csv")),
    "pls_fit": ("plspm", pls),
    "pls_bootstrap_500": ("plspm, 500 fits", pls),
    "chi_squared_1000000": ("scipy", chi_squared),
    "mann_whitney_answers_2000000": ("scipy", lambda: mann_whitney("pairs.csv")),
    "mann_whitney_times_1000000": ("scipy", lambda: mann_whitney("times.csv")),
    "kaplan_meier_1000000": ("lifelines", kaplan_meier),
    "krippendorff_100000x3": ("krippendorff", alpha),
}


def measured(run):
    """Value, wall and CPU seconds of the quicker of two runs."""
    best = None
    for _ in range(2):
        wall, cpu = time.perf_counter(), time.process_time()
        value = run()
        spent = (time.process_time() - cpu, time.perf_counter() - wall)
        if best is None or spent < best[0]:
            best = (spent, value)
        if spent[0] > 5:
            break
    return best


def main():
    print(f"{'measure':<32} {'CPU s':>10} {'wall s':>10}   {'peer':<16} {'CPU s':>10} {'times':>8}   result, and the peer's")
    for line in map(json.loads, sys.stdin):
        name, peer = line["name"], PEERS.get(line["name"])
        text = f"{name:<32} {line['cpu']:>10.5f} {line['wall']:>10.5f}"
        if peer is None:
            print(f"{text}   {'—':<16} {'':>10} {'':>8}   {line['result']:.8g}")
            continue
        (cpu, _), value = measured(peer[1]())
        if name == "pls_bootstrap_500":
            cpu *= 500
        print(f"{text}   {peer[0]:<16} {cpu:>10.3f} {cpu / line['cpu']:>8.0f}   {line['result']:.8g}, {value:.8g}", flush=True)


main()
