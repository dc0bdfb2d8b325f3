#!/usr/bin/env python3
"""Kelvin at its defaults beside a stacked ensemble of many learners: AutoGluon's best_quality, given two minutes.

  autogluon_gap.py DATA [--only telco,bank] [--seconds 120] [--release FOLDER] [--cache FOLDER]

The first cut of "Log loss on real leads", one run. AutoGluon is no requirement of the other benchmarks: install
autogluon.tabular with its extras lightgbm, catboost and xgboost, and torch and fastai, where this is to run. The
seconds are a budget of time on this machine, so run it while nothing else does.
"""

import argparse
import json
import pathlib
import sys
import tempfile
import time

import numpy as np
import pandas as pd

from quality import RELEASE, Kelvin, Leads, log_loss
from real_leads import LeadSet, cuts


def autogluon(
    spec: LeadSet, train: pd.DataFrame, test: pd.DataFrame, seconds: int, cores: int
) -> tuple[np.ndarray, dict]:
    """Probabilities of the test's rows, and what they took."""
    from autogluon import tabular

    with tempfile.TemporaryDirectory() as folder:
        rows = spec.typed(train).assign(outcome=spec.labels(train))
        begun = time.monotonic()
        predictor = tabular.TabularPredictor(
            label="outcome", problem_type="binary", eval_metric="log_loss", path=f"{folder}/models", verbosity=0
        ).fit(rows, presets="best_quality", time_limit=seconds, num_cpus=cores)
        took = time.monotonic() - begun
        found = predictor.predict_proba(spec.typed(test))[1].to_numpy()
        models = sorted(set(predictor.leaderboard()["model"].str.split("_").str[0]))
        return found, {"seconds": took, "models": models, "version": tabular.__version__}


def main() -> None:
    arguments = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    arguments.add_argument("data", type=pathlib.Path)
    arguments.add_argument("--only", default="xeducation,bank,telco,shoppers,adult")
    arguments.add_argument("--seconds", type=int, default=120)
    arguments.add_argument("--cores", type=int, default=2)
    arguments.add_argument("--release", type=pathlib.Path, default=RELEASE)
    arguments.add_argument("--cache", type=pathlib.Path, help="keeps what the ensemble predicted")
    given = arguments.parse_args()
    print(f"{'set':<12}{'Kelvin':>9}{'AutoGluon':>11}{'gap':>9}{'relative':>10}  seconds, learners")
    for name in given.only.split(","):
        leads = Leads(name, given.data)
        spec, frame = leads.spec, leads.frame
        _, fit, judge = next(cuts(len(frame), 1))
        train, test = frame.iloc[fit], frame.iloc[judge]
        kept = given.cache / f"autogluon-{name}-{spec.digest(frame)}-{given.seconds}.json" if given.cache else None
        if kept is not None and kept.exists():
            stored = json.loads(kept.read_text())
            probabilities, notes = np.array(stored["probabilities"]), stored["notes"]
        else:
            probabilities, notes = autogluon(spec, train, test, given.seconds, given.cores)
            if kept is not None:
                given.cache.mkdir(parents=True, exist_ok=True)
                kept.write_text(json.dumps({"probabilities": probabilities.tolist(), "notes": notes}))
        found, _ = Kelvin(release=given.release).predict(leads, fit, judge)
        labels = spec.labels(test)
        ours, theirs = log_loss(labels, found), log_loss(labels, probabilities)
        print(
            f"{name:<12}{ours:>9.4f}{theirs:>11.4f}{ours - theirs:>+9.4f}{(ours / theirs - 1):>+10.2%}"
            f"  {notes['seconds']:.0f}, {' '.join(notes['models'])} ({notes['version']})"
        )
        sys.stdout.flush()


if __name__ == "__main__":
    main()
