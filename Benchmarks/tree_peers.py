#!/usr/bin/env python3
"""Boosted trees that people would use instead, each doing one job of Kelvin's; prints one line of JSON.

All have the same shape as Kelvin's in these jobs: 200 rounds of 63 leaves (CatBoost: depth 6), learning
rate 0.1, 255 bins. Categories enter as numbers, in the order of their levels' text, unless target
statistics take their place. Rows are the first ones; the last fifth of the file is for judging.

  tree_peers.py prepare CSV OUT            CSV to OUT-x.npy (float32, row-major) and OUT-y.npy
  tree_peers.py train PEER DATA            binning and training, and figures of the last fifth
  tree_peers.py save PEER DATA MODEL       a model to score with
  tree_peers.py score PEER DATA MODEL      log-odds of the last fifth, from the raw matrix
  tree_peers.py reasons DATA MODEL         LightGBM's contributions of the last fifth's first rows
  tree_peers.py cv DATA SETTINGS           lightgbm.cv with early stopping, then a fit of all rows
  tree_peers.py binned FOLDER              LightGBM on bins that generate_bins.py wrote
Peers: lightgbm, lightgbm-quantised, lightgbm-rates, xgboost, catboost, hgb
"""

import argparse
import json
import os
import pathlib
import statistics
import sys
import time
from collections.abc import Callable
from typing import Any

# Before numpy and the libraries start their threads.
THREADS = next((b for a, b in zip(sys.argv, sys.argv[1:]) if a == "--threads"), "2")
for variable in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"):
    os.environ[variable] = THREADS

import numpy as np  # noqa: E402

from peers import TARGET, report  # noqa: E402

LEAVES = 63
LEARNING_RATE = 0.1
SMOOTHING = 20.0
FOLDS = 5

Raw = Callable[[], np.ndarray]


def log_loss_and_auc(labels: np.ndarray, raw: np.ndarray) -> dict[str, float]:
    import pandas as pd

    raw = np.asarray(raw, dtype=float)
    losses = np.logaddexp(0, raw) - np.where(labels == 1, raw, 0)
    ranks, won = pd.Series(raw).rank().to_numpy(), float(labels.sum())
    auc = (ranks[labels == 1].sum() - won * (won + 1) / 2) / (won * (len(labels) - won))
    return {"log_loss": float(losses.mean()), "auc": float(auc)}


def prepare(options: argparse.Namespace) -> None:
    import pandas as pd

    frame = pd.read_csv(options.csv)
    labels = frame.pop(TARGET).to_numpy(dtype=np.uint8)
    matrix = np.empty(frame.shape, dtype=np.float32)
    for index, name in enumerate(frame.columns):
        column = frame[name]
        is_category = name.startswith("category")
        matrix[:, index] = column.astype("category").cat.codes if is_category else column
    np.save(f"{options.out}-x.npy", matrix)
    np.save(f"{options.out}-y.npy", labels)
    report(rows=len(labels), columns=matrix.shape[1])


class Data:
    """The rows to train on and those to judge by."""

    def __init__(self, prefix: pathlib.Path, rows: int | None):
        matrix = np.load(f"{prefix}-x.npy", mmap_mode="r")
        labels = np.load(f"{prefix}-y.npy")
        kept = len(labels) * 4 // 5
        count = min(rows or kept, kept)
        self.train = np.array(matrix[:count])
        self.train_labels = labels[:count].astype(np.float32)
        self.test = np.array(matrix[kept:])
        self.test_labels = labels[kept:]
        self.categories = range(matrix.shape[1] - 16, matrix.shape[1])

    def put_rates(self) -> None:
        """Smoothed shares of won leads in place of codes: of the other four folds for training rows, of
        all training rows for the others."""
        fold = np.random.default_rng(1).permutation(len(self.train)) % FOLDS
        base = float(self.train_labels.mean())
        for column in self.categories:
            codes = self.train[:, column].astype(np.int64)
            test_codes = self.test[:, column].astype(np.int64)
            size = int(max(codes.max(), test_codes.max())) + 1

            def rates(rows: np.ndarray) -> np.ndarray:
                count = np.bincount(codes[rows], minlength=size)
                won = np.bincount(codes[rows], weights=self.train_labels[rows], minlength=size)
                return (won + SMOOTHING * base) / (count + SMOOTHING)

            fresh = np.empty(len(codes), dtype=np.float32)
            for number in range(FOLDS):
                inside = fold == number
                fresh[inside] = rates(~inside)[codes[inside]]
            self.test[:, column] = rates(np.ones(len(codes), dtype=bool))[test_codes]
            self.train[:, column] = fresh


def lightgbm_settings(threads: int, quantised: bool = False) -> dict[str, Any]:
    # No bagging beside quantised gradients: LightGBM 4.7 crashes on the two together.
    return {
        "objective": "binary", "num_leaves": LEAVES, "max_bin": 255, "learning_rate": LEARNING_RATE,
        "min_data_in_leaf": 20, "num_threads": threads, "verbose": -1,
        "use_quantized_grad": quantised,
    }  # fmt: skip


def train_lightgbm(data: Data, rounds: int, threads: int, quantised: bool = False):
    import lightgbm

    settings = lightgbm_settings(threads, quantised)
    start = time.perf_counter()
    rows = lightgbm.Dataset(data.train, data.train_labels, params=settings)
    rows.construct()
    binned = time.perf_counter()
    model = lightgbm.train(settings, rows, rounds)
    return model, (binned - start, time.perf_counter() - binned)


def train_xgboost(data: Data, rounds: int, threads: int):
    import xgboost

    start = time.perf_counter()
    rows = xgboost.QuantileDMatrix(data.train, data.train_labels, max_bin=256, nthread=threads)
    binned = time.perf_counter()
    model = xgboost.train(
        {
            "objective": "binary:logistic", "tree_method": "hist", "grow_policy": "lossguide",
            "max_leaves": LEAVES, "max_depth": 0, "max_bin": 256, "eta": LEARNING_RATE,
            "nthread": threads,
        },
        rows, rounds,
    )  # fmt: skip
    return model, (binned - start, time.perf_counter() - binned)


def train_catboost(data: Data, rounds: int, threads: int):
    import catboost

    start = time.perf_counter()
    rows = catboost.Pool(data.train, data.train_labels, thread_count=threads)
    binned = time.perf_counter()
    model = catboost.CatBoostClassifier(
        depth=6, iterations=rounds, learning_rate=LEARNING_RATE, thread_count=threads, verbose=False,
        allow_writing_files=False,
    )  # fmt: skip
    model.fit(rows)
    return model, (binned - start, time.perf_counter() - binned)


def train_hgb(data: Data, rounds: int, threads: int):
    from sklearn.ensemble import HistGradientBoostingClassifier

    model = HistGradientBoostingClassifier(
        max_leaf_nodes=LEAVES, max_iter=rounds, learning_rate=LEARNING_RATE, min_samples_leaf=20,
        early_stopping=False, max_bins=255,
    )  # fmt: skip
    start = time.perf_counter()
    model.fit(data.train, data.train_labels)
    return model, (0.0, time.perf_counter() - start)


def fit(peer: str, data: Data, rounds: int, threads: int):
    """The model, and the seconds of binning (where it is a step of its own) and of training."""
    match peer:
        case "lightgbm" | "lightgbm-rates":
            return train_lightgbm(data, rounds, threads)
        case "lightgbm-quantised":
            return train_lightgbm(data, rounds, threads, quantised=True)
        case "xgboost":
            return train_xgboost(data, rounds, threads)
        case "catboost":
            return train_catboost(data, rounds, threads)
        case "hgb":
            return train_hgb(data, rounds, threads)
    sys.exit(f"there is no peer {peer!r}")


def raw_predictions(peer: str, model: Any, matrix: np.ndarray, threads: int) -> np.ndarray:
    """Log-odds."""
    if peer.startswith("lightgbm"):
        return model.predict(matrix, raw_score=True, num_threads=threads)
    if peer == "xgboost":
        model.set_param({"nthread": threads})
        return model.inplace_predict(matrix, predict_type="margin")
    if peer == "catboost":
        return model.predict(matrix, prediction_type="RawFormulaVal", thread_count=threads)
    return model.decision_function(matrix)


def train(options: argparse.Namespace) -> None:
    data = Data(options.data, options.rows)
    if options.peer == "lightgbm-rates":
        data.put_rates()
    model, seconds = None, []
    for _ in range(options.repeat):
        model, each = fit(options.peer, data, options.rounds, options.threads)
        seconds.append(each)
    raw = raw_predictions(options.peer, model, data.test, options.threads)
    report(
        seconds=statistics.median(sum(each) for each in seconds),
        binning_seconds=statistics.median(each[0] for each in seconds),
        training_seconds=statistics.median(each[1] for each in seconds),
        rows=len(data.train),
        **log_loss_and_auc(data.test_labels, raw),
    )


def save(options: argparse.Namespace) -> None:
    data = Data(options.data, options.rows)
    model, _ = fit(options.peer, data, options.rounds, options.threads)
    model.save_model(str(options.model))
    report(rows=len(data.train))


def score(options: argparse.Namespace) -> None:
    data = Data(options.data, 1)
    if options.peer.startswith("lightgbm"):
        import lightgbm

        model: Any = lightgbm.Booster(model_file=str(options.model))
    elif options.peer == "xgboost":
        import xgboost

        model = xgboost.Booster(model_file=str(options.model))
    else:
        sys.exit("lightgbm and xgboost are scored")
    seconds, raw = [], np.empty(0)
    for _ in range(options.repeat):
        start = time.perf_counter()
        raw = raw_predictions(options.peer, model, data.test, options.threads)
        seconds.append(time.perf_counter() - start)
    report(
        seconds=statistics.median(seconds),
        rows=len(data.test),
        **log_loss_and_auc(data.test_labels, raw),
    )


def reasons(options: argparse.Namespace) -> None:
    """LightGBM's contributions of the first `--rows` of the last fifth."""
    import lightgbm

    model = lightgbm.Booster(model_file=str(options.model))
    data = Data(options.data, 1)
    test = data.test[: options.rows]
    seconds = []
    for _ in range(options.repeat):
        start = time.perf_counter()
        found = model.predict(test, pred_contrib=True, num_threads=options.threads)
        seconds.append(time.perf_counter() - start)
    raw = model.predict(test, raw_score=True, num_threads=options.threads)
    report(
        seconds=statistics.median(seconds),
        seconds_for_200k=statistics.median(seconds) / len(test) * 200_000,
        rows=len(test),
        largest_residual=float(np.abs(found.sum(axis=1) - raw).max()),
    )


def cv(options: argparse.Namespace) -> None:
    """All rows, binned once; the final fit, too, has an eighth more rounds than the folds."""
    import lightgbm

    wanted = json.loads(options.settings.read_text())
    rounds, patience, folds = (wanted.pop(key) for key in ("rounds", "patience", "folds"))
    settings = lightgbm_settings(options.threads) | wanted
    matrix = np.array(np.load(f"{options.data}-x.npy"))
    labels = np.load(f"{options.data}-y.npy").astype(np.float32)
    start = time.perf_counter()
    rows = lightgbm.Dataset(matrix, labels, params=settings, free_raw_data=False)
    found = lightgbm.cv(
        settings, rows, rounds, nfold=folds, stratified=True, seed=1,
        callbacks=[lightgbm.early_stopping(patience, verbose=False)],
    )  # fmt: skip
    losses = found["valid binary_logloss-mean"]
    best = max(1, round(1.125 * len(losses)))
    lightgbm.train(settings, rows, best)
    report(
        seconds=time.perf_counter() - start, rows=len(labels), rounds=best, cv_log_loss=losses[-1]
    )


def binned(options: argparse.Namespace) -> None:
    """LightGBM, whose histograms are doubles, on the very bins that Kelvin gets; the last bin of a
    feature is missing."""
    import lightgbm

    meta = json.loads((options.folder / "meta.json").read_text())

    def matrix(part: str, rows: int | None) -> np.ndarray:
        bins = np.load(options.folder / f"{part}-bins.npy", mmap_mode="r")
        count = min(rows or bins.shape[1], bins.shape[1])
        values = np.empty((count, bins.shape[0]), dtype=np.float32)
        for feature, bin_count in enumerate(meta["bin_counts"]):
            column = bins[feature, :count]
            values[:, feature] = np.where(column == bin_count - 1, np.nan, column)
        return values

    train_rows = matrix("train", options.rows)
    labels = np.load(options.folder / "train-labels.npy")[: len(train_rows)].astype(np.float32)
    # A bin a value: none is left out for being rare, nor missed by the sample that bins are made from.
    settings = lightgbm_settings(options.threads) | {
        "min_data_in_bin": 1, "bin_construct_sample_cnt": 2_000_000,
    }  # fmt: skip
    start = time.perf_counter()
    rows = lightgbm.Dataset(train_rows, labels, params=settings)
    rows.construct()
    middle = time.perf_counter()
    model = lightgbm.train(settings, rows, options.rounds)
    end = time.perf_counter()
    raw = model.predict(matrix("test", None), raw_score=True, num_threads=options.threads)
    report(
        seconds=end - start, training_seconds=end - middle, rows=len(train_rows),
        **log_loss_and_auc(np.load(options.folder / "test-labels.npy"), raw),
    )  # fmt: skip


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    jobs = parser.add_subparsers(required=True)

    def job(work: Callable[[argparse.Namespace], None], *arguments: str) -> None:
        command = jobs.add_parser(work.__name__)
        command.set_defaults(work=work)
        for argument in arguments:
            command.add_argument(argument, type=str if argument == "peer" else pathlib.Path)
        command.add_argument("--rows", type=int, help="to train on; four fifths by default")
        command.add_argument("--rounds", type=int, default=200)
        command.add_argument("--threads", type=int, default=2)
        command.add_argument("--repeat", type=int, default=1)

    job(prepare, "csv", "out")
    job(reasons, "data", "model")
    job(train, "peer", "data")
    job(save, "peer", "data", "model")
    job(score, "peer", "data", "model")
    job(cv, "data", "settings")
    job(binned, "folder")
    options = parser.parse_args()
    options.work(options)


if __name__ == "__main__":
    main()
