"""Trees and their contributions as LightGBM computes them, for LightGBMTests.

Writes lightgbm_contributions.json: features (bins, the last one missing, and whether they are
categories), trees as nodes with the training rows that reached them, rows of bins, and what
`predict(pred_contrib=True)` gives for these rows (one value a feature, then the expected value).

Made with Python 3.11, LightGBM 4.7.0, NumPy 2.4.6: python lightgbm_contributions.py
"""
import json

import lightgbm
import numpy

generator = numpy.random.default_rng(5)
rows = 4_000
bins = [40, 12, 7, 90, 3, 25, 9, 60, 6, 5]  # the missing bin included
categories = [2, 8]
data = numpy.column_stack([generator.integers(0, count, rows) for count in bins]).astype(float)
score = (
    0.05 * data[:, 0] - 0.2 * data[:, 1] * (data[:, 2] == 3) + 0.02 * data[:, 3] * (data[:, 4] > 0)
    + numpy.sin(data[:, 5]) + 0.4 * (data[:, 8] == 2) - 0.01 * data[:, 7] * data[:, 6] / 5 - 0.5)
labels = (generator.random(rows) < 1 / (1 + numpy.exp(-score))).astype(int)
values = data.copy()
for feature, count in enumerate(bins):
    values[data[:, feature] == count - 1, feature] = numpy.nan

model = lightgbm.train(
    dict(objective="binary", num_leaves=31, learning_rate=0.2, min_data_in_leaf=5, num_threads=1,
         verbose=-1, deterministic=True, force_row_wise=True, min_data_per_group=5,
         cat_smooth=1, max_cat_to_onehot=1),
    lightgbm.Dataset(values, labels, categorical_feature=categories), 8)


def nodes_of(structure):
    """The nodes, parents before children."""
    nodes = []
    pending = [(structure, None, None)]
    while pending:
        node, parent, side = pending.pop(0)
        index = len(nodes)
        if parent is not None:
            nodes[parent][side] = index
        if "leaf_value" in node:
            nodes.append(dict(value=node["leaf_value"], weight=node["leaf_count"]))
            continue
        entry = dict(value=node["internal_value"], weight=node["internal_count"],
                     feature=node["split_feature"])
        if node["decision_type"] == "==":
            entry["among"] = [int(c) for c in node["threshold"].split("||")]
            entry["missingGoesLeft"] = False
        else:
            # A threshold beyond all values parts the missing rows from the others.
            last = bins[node["split_feature"]] - 2
            entry["upTo"] = int(min(numpy.floor(node["threshold"]), last))
            assert node["missing_type"] in ("NaN", "None")
            # Without missing rows in training LightGBM reads them as 0.
            entry["missingGoesLeft"] = (
                node["default_left"] if node["missing_type"] == "NaN" else 0 <= entry["upTo"])
        nodes.append(entry)
        pending.append((node["left_child"], index, "left"))
        pending.append((node["right_child"], index, "right"))
    return nodes


chosen = list(range(60))
contributions = model.predict(values[chosen], pred_contrib=True, num_threads=1)
raw = model.predict(values[chosen], raw_score=True, num_threads=1)
assert numpy.allclose(contributions.sum(axis=1), raw, atol=1e-10)
with open("lightgbm_contributions.json", "w") as file:
    json.dump(
        dict(
            bins=bins, categories=categories,
            trees=[nodes_of(tree["tree_structure"]) for tree in model.dump_model()["tree_info"]],
            rows=[[int(value) for value in data[row]] for row in chosen],
            contributions=[[float(value) for value in row] for row in contributions]),
        file, separators=(",", ":"))
