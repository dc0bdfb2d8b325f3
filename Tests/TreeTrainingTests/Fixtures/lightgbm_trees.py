"""Grows trees with LightGBM on integer features that serve as their own bins.

Writes lightgbm_trees.json: for each case the rows, the options, the first tree's structure and leaf
values, and raw predictions after all rounds. Made with Python 3.11, lightgbm 4.7.0, numpy.

LightGBM leaves a feature out below a node where it had no split of the least gain; penalties and the
least gain are chosen so small that this does not come about.

    python lightgbm_trees.py > lightgbm_trees.json
"""
import json
import math

import lightgbm as lgb
import numpy as np

CASES = [
    dict(name="plain", rows=600, bins=[12, 30, 5, 9], missing=0.0, options={}),
    dict(name="missing", rows=600, bins=[12, 30, 5, 9], missing=0.15, options={}),
    dict(name="penalties", rows=600, bins=[12, 30, 5], missing=0.0,
         options=dict(lambda_l1=0.2, lambda_l2=4.0)),
    dict(name="few rows a leaf", rows=1500, bins=[20, 40], missing=0.0,
         options=dict(min_data_in_leaf=1, num_leaves=20)),
    dict(name="many rows a leaf", rows=600, bins=[12, 30, 5, 9], missing=0.1,
         options=dict(min_data_in_leaf=60)),
    dict(name="depth", rows=600, bins=[12, 30, 5, 9], missing=0.0, options=dict(max_depth=3)),
    dict(name="gain", rows=600, bins=[12, 30, 5, 9], missing=0.0,
         options=dict(min_gain_to_split=0.5)),
    dict(name="weights", rows=500, bins=[12, 30, 5], missing=0.1, weights=True,
         options=dict(min_data_in_leaf=1, min_sum_hessian_in_leaf=5.0)),
]
ROUNDS = 10


def tree(node, out):
    """Appends a node and its children, depth first; returns its place."""
    place = len(out)
    out.append(None)
    if "leaf_value" in node:
        out[place] = dict(value=node["leaf_value"])
        return place
    left = tree(node["left_child"], out)
    right = tree(node["right_child"], out)
    out[place] = dict(feature=node["split_feature"], bin=int(math.floor(node["threshold"])),
                      missingLeft=bool(node["default_left"]), left=left, right=right,
                      gain=node["split_gain"])
    return place


def main():
    cases = []
    for number, case in enumerate(CASES):
        rng = np.random.default_rng(100 + number)
        n = case["rows"]
        x = np.stack([np.floor(b * rng.random(n) ** 1.5) for b in case["bins"]], axis=1)
        odds = sum((1.5 if j % 2 == 0 else -1.0) * x[:, j] / b for j, b in enumerate(case["bins"]))
        odds += 2.0 * (x[:, 0] / case["bins"][0] - 0.3) * (x[:, 1] / case["bins"][1] - 0.4) - 0.4
        missing = rng.random(x.shape) < case["missing"]
        missing[:, 0] = False
        odds += 0.8 * missing[:, 1]
        x[missing] = np.nan
        y = (rng.random(n) < 1 / (1 + np.exp(-odds))).astype(int)
        weights = rng.integers(1, 5, n) if case.get("weights") else None
        options = dict(
            objective="binary", learning_rate=0.1, num_leaves=15, min_data_in_leaf=20,
            min_sum_hessian_in_leaf=1e-3, lambda_l1=0.0, lambda_l2=0.0, min_gain_to_split=0.0,
            max_depth=-1)
        options.update(case["options"])
        parameters = dict(
            options, max_bin=255, min_data_in_bin=1, deterministic=True, force_row_wise=True,
            num_threads=1, verbosity=-1, zero_as_missing=False, feature_pre_filter=False,
            enable_bundle=False, boost_from_average=True, bin_construct_sample_cnt=10**6)
        model = lgb.train(
            parameters, lgb.Dataset(x, y, weight=weights, params=parameters), ROUNDS)
        nodes = []
        first = model.dump_model()["tree_info"][0]["tree_structure"]
        tree(first, nodes)
        mean = np.average(y, weights=weights)
        cases.append(dict(
            name=case["name"], bins=case["bins"], rounds=ROUNDS,
            options={k: v for k, v in options.items() if k != "objective"},
            columns=[[-1 if math.isnan(v) else int(v) for v in x[:, j]] for j in range(x.shape[1])],
            labels=y.tolist(), weights=None if weights is None else weights.tolist(),
            base=math.log(mean / (1 - mean)), tree=nodes,
            predictions=model.predict(x, raw_score=True).tolist()))
    print(json.dumps(dict(lightgbm=lgb.__version__, cases=cases), separators=(",", ":")))


main()
