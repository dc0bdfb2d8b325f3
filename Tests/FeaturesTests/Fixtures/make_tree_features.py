"""Writes tree_features.json: thresholds and target rates as scikit-learn gives them.

Made with Python 3.11, numpy 2.4.6, scikit-learn 1.9.1:
    python make_tree_features.py
Thresholds are those of HistGradientBoosting's _BinMapper where there are fewer distinct values than
bins. Rates are TargetEncoder's of all rows, with a fixed smoothing of 20.
"""

import json
import pathlib

import numpy as np
from sklearn.ensemble._hist_gradient_boosting.binning import _BinMapper
from sklearn.preprocessing import TargetEncoder

random = np.random.default_rng(3)

columns = {
    "counts": random.poisson(3.0, 400).astype(float),
    "money": np.round(random.normal(0, 40, 200), 1),
    "tiny": random.integers(-60, 60, 300) * 1e-310,
    "huge": random.integers(0, 90, 300) * 1e15 + 2.0 ** 53,
    "missing": np.where(random.random(300) < 0.3, np.nan, random.integers(-5, 5, 300)),
}
thresholds = []
for name, values in columns.items():
    mapper = _BinMapper(n_bins=255).fit(values.reshape(-1, 1))
    binned = mapper.transform(values.reshape(-1, 1))[:, 0]
    thresholds.append({
        "name": name,
        "values": [None if np.isnan(v) else float(v) for v in values],
        "thresholds": [float(t) for t in mapper.bin_thresholds_[0]],
    })

levels = np.array([f"level {i}" for i in (40 * random.random(1_500) ** 2).astype(int)])
pairs = np.array([f"p{i}" for i in random.integers(0, 4, 1_500)])
labels = (random.random(1_500) < 0.1 + 0.6 * (np.char.str_len(levels) == 8) * (pairs == "p1")).astype(int)
both = np.char.add(np.char.add(levels, "|"), pairs)


def rates(values):
    encoder = TargetEncoder(smooth=20.0, target_type="binary").fit(values.reshape(-1, 1), labels)
    return {str(k): float(v) for k, v in zip(encoder.categories_[0], encoder.encodings_[0])}


pathlib.Path(__file__).with_name("tree_features.json").write_text(json.dumps({
    "thresholds": thresholds,
    "levels": levels.tolist(),
    "others": pairs.tolist(),
    "labels": labels.tolist(),
    "levelRates": rates(levels),
    "pairRates": rates(both),
}, indent=0))
