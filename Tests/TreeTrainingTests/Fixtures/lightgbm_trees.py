"""Grows trees with LightGBM on integer features that serve as their own bins.

Writes lightgbm_trees.json: `cases` hold rows, options and one tree's structure and leaf values,
`fits` hold training and held-out rows and the held-out log loss after each of 50 rounds. Bins are
written as one character each, chr(48 + bin), a space where missing. Made with Python 3.11,
lightgbm 4.7.0, numpy.

LightGBM does not look at a feature below a node in which no threshold of it was allowed or gained
more than `min_gain_to_split` over the node's own gain: the node's histogram of the feature is
marked as not splittable, and the mark is handed down to both children (`FindBestSplits` in
serial_tree_learner.cpp, `is_splittable_` in feature_histogram.hpp). Without penalties a threshold
almost always gains something, so the rule rarely matters; under L1, L2 or a least gain it does: a
child may well have a split by a feature that had none in its parent. A plain grower below shows
that this rule is the whole difference: with it, it must give LightGBM's tree in every case (the
script stops if it does not). Where the tree without the rule is another one, that tree is written
as the expected one (`rule: true`), together with the sum of the gains of LightGBM's.

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
         options=dict(lambda_l1=1.5, lambda_l2=4.0)),
    # Small leaves often have the same gain to the last digit. Which of them is split first is open,
    # and decides what is reached if growth ends soon after: here between 36 and 40 leaves.
    dict(name="few rows a leaf", rows=300, bins=[20, 40], missing=0.0,
         options=dict(min_data_in_leaf=1, num_leaves=30)),
    dict(name="many rows a leaf", rows=600, bins=[12, 30, 5, 9], missing=0.1,
         options=dict(min_data_in_leaf=60)),
    dict(name="depth", rows=600, bins=[12, 30, 5, 9], missing=0.0, options=dict(max_depth=3)),
    dict(name="gain", rows=600, bins=[12, 30, 5, 9], missing=0.0,
         options=dict(min_gain_to_split=3.0)),
    dict(name="weights", rows=500, bins=[12, 30, 5], missing=0.1, weights=True,
         options=dict(min_data_in_leaf=1, min_sum_hessian_in_leaf=5.0)),
    dict(name="L1", rows=1500, bins=[12, 30, 5, 9], missing=0.0, options=dict(lambda_l1=3.0)),
    dict(name="small penalties", rows=600, bins=[12, 30, 5], missing=0.0,
         options=dict(lambda_l1=0.2, lambda_l2=4.0)),
    dict(name="small gain", rows=600, bins=[12, 30, 5, 9], missing=0.0,
         options=dict(min_gain_to_split=0.5)),
    dict(name="deep, with missing", rows=1500, bins=[20, 40, 7], missing=0.2,
         options=dict(min_data_in_leaf=5, num_leaves=20)),
]
# Leaves are bounded by their hessian: LightGBM holds `min_data_in_leaf` to the rows that it
# estimates from a side's hessian, Kelvin to the rows themselves, so under it some leaves differ by
# right.
FITS = [
    dict(name="plain", rows=4000, bins=[12, 40, 5, 9], missing=0.1,
         options=dict(num_leaves=31, min_data_in_leaf=1, min_sum_hessian_in_leaf=5.0)),
    dict(name="weights and L2", rows=4000, bins=[12, 40, 5, 9], missing=0.1, weights=True,
         options=dict(lambda_l2=1.0, min_data_in_leaf=1, min_sum_hessian_in_leaf=10.0)),
]
ROUNDS = 50
DEFAULTS = dict(
    learning_rate=0.1, num_leaves=15, min_data_in_leaf=20, min_sum_hessian_in_leaf=1e-3,
    lambda_l1=0.0, lambda_l2=0.0, min_gain_to_split=0.0, max_depth=-1)
FIXED = dict(
    objective="binary", max_bin=255, min_data_in_bin=1, deterministic=True, force_row_wise=True,
    num_threads=1, verbosity=-1, zero_as_missing=False, feature_pre_filter=False,
    enable_bundle=False, boost_from_average=True, bin_construct_sample_cnt=10**6)


def rows(case, seed, n):
    rng = np.random.default_rng(seed)
    bins = case["bins"]
    x = np.stack([np.floor(b * rng.random(n) ** 1.5) for b in bins], axis=1)
    odds = sum((1.5 if j % 2 == 0 else -1.0) * x[:, j] / b for j, b in enumerate(bins))
    odds += 2.0 * (x[:, 0] / bins[0] - 0.3) * (x[:, 1] / bins[1] - 0.4) - 0.4
    missing = rng.random(x.shape) < case["missing"]
    missing[:, 0] = False
    odds += 0.8 * missing[:, 1]
    x[missing] = np.nan
    y = (rng.random(n) < 1 / (1 + np.exp(-odds))).astype(int)
    weights = rng.integers(1, 5, n) if case.get("weights") else None
    return x, y, weights


def text(x):
    return ["".join(" " if math.isnan(v) else chr(48 + int(v)) for v in column) for column in x.T]


def written(x, y, weights):
    return dict(columns=text(x), labels="".join(map(str, y)),
                weights=None if weights is None else weights.tolist())


class Plain:
    """The first tree, every threshold of every node tried in turn, best leaf first.

    Rows of a side are estimated from its share of the hessian, as LightGBM does. A node is a dict,
    and keeps its rows while it grows.
    """

    def __init__(self, case, options, data, base, keeps_rule):
        self.options = options
        self.x, y, weights = data
        self.bins = case["bins"]
        weights = np.ones(len(y)) if weights is None else weights
        p = 1 / (1 + math.exp(-base))
        # Gradients are single precision in LightGBM.
        self.g = ((p - y) * weights).astype(np.float32).astype(float)
        self.h = (p * (1 - p) * weights).astype(np.float32).astype(float)
        self.base = base
        self.keeps_rule = keeps_rule
        root = self.node(np.arange(len(y)), range(len(self.bins)), 0)
        leaves = [root]
        while len(leaves) < options["num_leaves"]:
            able = [leaf for leaf in leaves if leaf["best"]]
            if not able:
                break
            leaf = max(able, key=lambda leaf: leaf["best"]["gain"])
            best = leaf.pop("best")
            left, features = best.pop("goes_left"), leaf["able"]
            leaf.update(best)
            for side, goes in (("left", left), ("right", ~left)):
                leaf[side] = self.node(leaf["rows"][goes], features, leaf["depth"] + 1)
                leaves.append(leaf[side])
            leaves = [other for other in leaves if other is not leaf]
        self.root = root

    def shrunk(self, gradient):
        return np.sign(gradient) * max(abs(gradient) - self.options["lambda_l1"], 0)

    def score(self, gradient, hessian):
        return self.shrunk(gradient) ** 2 / (hessian + self.options["lambda_l2"])

    def node(self, rows, features, depth):
        options, g, h = self.options, self.g[rows], self.h[rows]
        gradient, hessian, own = g.sum(), h.sum(), self.score(g.sum(), h.sum())
        value = -self.shrunk(gradient) / (hessian + options["lambda_l2"])
        node = dict(rows=rows, depth=depth, best=None, able=set(),
                    value=self.base + options["learning_rate"] * value)
        if 0 < options["max_depth"] <= depth:
            return node
        for feature in features if self.keeps_rule else range(len(self.bins)):
            x = self.x[rows, feature]
            missing = np.isnan(x)
            for missing_left in [False, True] if missing.any() else [False]:
                for bin in range(self.bins[feature]):
                    left = np.where(missing, missing_left, x <= bin)
                    if left.all() or not left.any():
                        continue
                    gl, hl = g[left].sum(), h[left].sum()
                    count = int(hl * len(rows) / hessian + 0.5)
                    if min(count, len(rows) - count) < options["min_data_in_leaf"]:
                        continue
                    if min(hl, hessian - hl) < options["min_sum_hessian_in_leaf"]:
                        continue
                    gain = self.score(gl, hl) + self.score(gradient - gl, hessian - hl) - own
                    if gain <= options["min_gain_to_split"]:
                        continue
                    node["able"].add(feature)
                    # Equal up to rounding: the first stays.
                    if node["best"] is None or gain > node["best"]["gain"] + 1e-9:
                        node["best"] = dict(feature=feature, bin=bin, missingLeft=missing_left,
                                            gain=gain, goes_left=left)
        return node


def flat(node, out):
    """Appends a node and its children, depth first; returns its place."""
    place = len(out)
    out.append(None)
    if "feature" not in node:
        out[place] = dict(value=node["value"])
        return place
    left, right = flat(node["left"], out), flat(node["right"], out)
    out[place] = dict(feature=node["feature"], bin=node["bin"], missingLeft=node["missingLeft"],
                      left=left, right=right, gain=float(node["gain"]))
    return place


def named(node):
    """LightGBM's tree as `Plain` writes its own."""
    if "leaf_value" in node:
        return dict(value=node["leaf_value"])
    return dict(feature=node["split_feature"], bin=int(math.floor(node["threshold"])),
                missingLeft=bool(node["default_left"]), gain=node["split_gain"],
                left=named(node["left_child"]), right=named(node["right_child"]))


def shape(node, x, rows):
    """What a tree does with its rows."""
    if "feature" not in node:
        return round(node["value"], 6)
    column = x[rows, node["feature"]]
    left = np.where(np.isnan(column), node["missingLeft"], column <= node["bin"])
    return (node["feature"], rows[left].tolist(), shape(node["left"], x, rows[left]),
            shape(node["right"], x, rows[~left]))


def gains(node):
    return node["gain"] + gains(node["left"]) + gains(node["right"]) if "feature" in node else 0.0


def grown(case, options, data, rounds):
    x, y, weights = data
    parameters = dict(options, **FIXED)
    return lgb.train(parameters, lgb.Dataset(x, y, weight=weights, params=parameters), rounds)


def main():
    cases, fits = [], []
    for number, case in enumerate(CASES):
        options = dict(DEFAULTS, **case["options"])
        data = rows(case, 100 + number, case["rows"])
        x, y, weights = data
        mean = np.average(y, weights=weights)
        base = math.log(mean / (1 - mean))
        theirs = named(grown(case, options, data, 1).dump_model()["tree_info"][0]["tree_structure"])
        everything = np.arange(len(y))
        with_rule = Plain(case, options, data, base, True).root
        without = Plain(case, options, data, base, False).root
        assert shape(with_rule, x, everything) == shape(theirs, x, everything), case["name"]
        bites = shape(without, x, everything) != shape(theirs, x, everything)
        out = []
        flat(without if bites else theirs, out)
        cases.append(dict(
            name=case["name"], bins=case["bins"], options=options, rows=written(*data), base=base,
            tree=out, rule=bites, gain=gains(theirs)))
    for number, case in enumerate(FITS):
        options = dict(DEFAULTS, **case["options"])
        data = rows(case, 200 + number, case["rows"])
        held = rows(case, 300 + number, case["rows"])
        model = grown(case, options, data, ROUNDS)
        losses = []
        for round in range(1, ROUNDS + 1):
            p = model.predict(held[0], num_iteration=round)
            each = -np.log(np.where(held[1] == 1, p, 1 - p))
            losses.append(float(np.average(each, weights=held[2])))
        fits.append(dict(name=case["name"], bins=case["bins"], options=options,
                         rows=written(*data), held=written(*held), losses=losses))
    print(json.dumps(dict(lightgbm=lgb.__version__, cases=cases, fits=fits), separators=(",", ":")))


main()
