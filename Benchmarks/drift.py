#!/usr/bin/env python3
"""What Kelvin's handling of drift buys where the rate of conversions moves: a set whose rows are in order of
their dates, fitted on the first 75% of the rows and judged on the rest.

  drift.py DATA [--release FOLDER] [--peers lightgbm,catboost]

The file names a day and a month, and its rows run from May 2008 to November 2010: a year begins where the month
falls. One row a way of doing it:

  without dates        rows as they stand: folds at random, nothing is known of time
  dates                `created` is given: folds look ahead, and the intercept is brought to the recent rate
  dates, no shift      the same model with that shift taken off again, where there was one
  dates, shift forced  the same model with all log-odds moved so that the last tenth of the rows that it was
                       fitted to has the rate that it had, whether or not that drift was beyond doubt
"""

import argparse
import json
import pathlib
import re
import subprocess
import sys
import tempfile

import numpy as np
import pandas as pd

import boosters
from calibration_figures import calibration_line, integrated_calibration_index, log_odds
from quality import KELVIN_ENVIRONMENT, RELEASE, area_under_roc, log_loss
from real_leads import SETS, LeadSet

MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()


def dates(frame: pd.DataFrame) -> list[str]:
    """Of each row, in order; stops where rows are not in order of time."""
    year, before, found = 2008, 0, []
    for month, day in zip(frame["month"].map(MONTHS.index), frame["day"].astype(int)):
        year += month < before
        before = month
        found.append(f"{year}-{month + 1:02}-{day:02}")
    if found != sorted(found):
        sys.exit("the rows are not in order of time")
    return found


def kelvin(
    release: pathlib.Path, spec: LeadSet, train: pd.DataFrame, tests: list[pd.DataFrame],
    more: list[str] = [],
) -> tuple[list[np.ndarray], list[str]]:
    """Probabilities of the rows of each test, and what the fit warned of."""
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        train.to_csv(folder / "train.csv", index=False)
        fit = [
            release / "kelvin-train", "fit", "--data", folder / "train.csv",
            "--target", f"{spec.target}={spec.won}", "--exclude", ",".join(spec.drop),
            "--missing", ",".join(["", *spec.missing]), "--model", folder / "model",
            "--json", "--quiet", *more,
        ]  # fmt: skip
        predict = [
            release / "kelvin-score", "predict", "--model", folder / "model",
            "--data", folder / "test.csv", "--out", folder / "scored.csv", "--all", "--quiet",
        ]  # fmt: skip
        report = json.loads(run(fit))
        found = []
        for test in tests:
            test.to_csv(folder / "test.csv", index=False)
            run(predict)
            found.append(pd.read_csv(folder / "scored.csv")["probability"].to_numpy())
        return found, report["warnings"]


def run(command: list) -> str:
    outcome = subprocess.run(
        [str(part) for part in command], capture_output=True, text=True, env=KELVIN_ENVIRONMENT
    )
    if outcome.returncode != 0:
        sys.exit(f"{' '.join(map(str, command))} failed:\n{outcome.stderr}")
    return outcome.stdout


def shift(warnings: list[str]) -> float:
    """By how much the fit moved all log-odds; 0 where it found no drift."""
    found = [re.search(r"log-odds are moved by ([+-][\d.]+)", text) for text in warnings]
    return next((float(match[1]) for match in found if match), 0.0)


def show(name: str, labels: np.ndarray, probabilities: np.ndarray) -> None:
    intercept, slope = calibration_line(labels, probabilities)
    print(
        f"| {name} | {log_loss(labels, probabilities):.4f} "
        f"| {area_under_roc(labels, probabilities):.4f} | {probabilities.mean():.1%} "
        f"| {intercept:+.2f} | {'–' if np.isnan(slope) else f'{slope:.2f}'} "
        f"| {integrated_calibration_index(labels, probabilities):.4f} |",
        flush=True,
    )


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("data", type=pathlib.Path, help="folder of the data sets")
    parser.add_argument("--release", type=pathlib.Path, default=RELEASE)
    parser.add_argument("--peers", default="lightgbm,catboost", help="with commas; '' for none")
    options = parser.parse_args()

    spec = SETS["bank"]
    frame = spec.load(options.data)
    dated = frame.assign(created=dates(frame))
    labels = spec.labels(frame)
    cut = len(frame) * 3 // 4
    known, later = labels[:cut], labels[cut:]
    print(
        f"{cut:,} rows to {dated['created'][cut - 1]}, {known.mean():.1%} won (of the last tenth of "
        f"them {known[-cut // 10 :].mean():.1%}); {len(later):,} rows after it, {later.mean():.1%} won\n"
    )
    print("| fitted on the first 75% | log loss | AUC | mean | intercept | slope | ICI |")
    print("|---|---|---|---|---|---|---|")
    show("the rate of the first 75%", later, np.full(len(later), known.mean()))
    (plain,), _ = kelvin(options.release, spec, frame[:cut], [frame[cut:]])
    show("without dates", later, plain)
    latest = slice(cut - cut // 10, cut)
    (found, recent), warnings = kelvin(
        options.release, spec, dated[:cut], [dated[cut:], dated[latest]], ["--created", "created"]
    )
    moved = shift(warnings)
    show(f"dates, moved by {moved:+.2f}", later, found)
    show("dates, no shift", later, 1 / (1 + np.exp(moved - log_odds(found))))
    forced, _ = calibration_line(labels[latest], recent)
    show(
        f"dates, shift forced ({moved + forced:+.2f})", later,
        1 / (1 + np.exp(-forced - log_odds(found))),
    )  # fmt: skip
    features = spec.typed(frame)
    for peer in filter(None, options.peers.split(",")):
        theirs = boosters.predict(peer, features[:cut], known, features[cut:])
        show(boosters.PEERS[peer][2], later, theirs)


if __name__ == "__main__":
    main()
