#!/usr/bin/env python3
"""Log loss and time of Kelvin's additive model beside interpret's ExplainableBoostingClassifier, on real leads.

The cuts of quality.py: 75% to fit and 25% to judge, the same rows for both, columns that were filled in after
the outcome excluded, either side at its defaults on two threads. Kelvin's seconds are those of the whole command
`fit --algorithms additive`, from CSV to model file (audit, folds, importance, calibration, final fit); the peer's
those of `fit` on a frame in memory, both taken cut by cut. The peer's probabilities and seconds are kept in the
cache folder of quality.py: for seconds that a busy machine slows down alike, start with an empty one.

  additive_jobs.py DATA [--cuts 10] [--only telco,bank] [--release FOLDER] [--cache FOLDER] [--kelvin-only]
"""

import argparse
import importlib.metadata
import json
import pathlib
import sys
import time
import warnings

import quality  # noqa: I001  (sets threads before numpy is read)
import boosters
import numpy as np
from real_leads import SETS, cuts

PEER = "ebm"


class Peer:
    """`ExplainableBoostingClassifier`, with what it took and gave kept in a file a set, cut and version."""

    def __init__(self, folder: pathlib.Path):
        self.folder = folder

    def path(self, leads: quality.Leads, cut: int) -> pathlib.Path:
        version = importlib.metadata.version("interpret-core")
        return self.folder / f"{leads.name}-{leads.digest}" / f"{cut:02}-{PEER}-{version}.json"

    def predict(
        self, leads: quality.Leads, cut: int, kept: np.ndarray, held: np.ndarray
    ) -> tuple[np.ndarray, float]:
        path = self.path(leads, cut)
        if not path.exists():
            path.parent.mkdir(parents=True, exist_ok=True)
            probabilities, seconds = self.fit(leads, kept, held)
            partial = path.with_suffix(".tmp")
            partial.write_text(json.dumps({"seconds": seconds, "probabilities": probabilities.tolist()}))
            partial.rename(path)
        stored = json.loads(path.read_text())
        return np.array(stored["probabilities"]), stored["seconds"]

    def fit(
        self, leads: quality.Leads, kept: np.ndarray, held: np.ndarray
    ) -> tuple[np.ndarray, float]:
        from interpret.glassbox import ExplainableBoostingClassifier

        # Text is nominal to it, and a level of its own where it is missing, as it is for the other peers.
        frame = leads.features
        types = ["nominal" if boosters.is_category(frame[c]) else "continuous" for c in frame.columns]
        model = ExplainableBoostingClassifier(
            feature_types=types, n_jobs=boosters.THREADS, random_state=1
        )
        with warnings.catch_warnings():
            # Its drawings don't show what is missing.
            warnings.simplefilter("ignore")
            start = time.perf_counter()
            model.fit(frame.iloc[kept], leads.labels[kept])
            seconds = time.perf_counter() - start
        return model.predict_proba(frame.iloc[held])[:, 1], seconds


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("data", type=pathlib.Path, help="folder of the data sets")
    parser.add_argument("--cuts", type=int, default=10)
    parser.add_argument("--only", default=",".join(SETS), help="sets, with commas")
    parser.add_argument("--cache", type=pathlib.Path, default=quality.CACHE)
    parser.add_argument("--release", type=pathlib.Path, default=quality.RELEASE)
    parser.add_argument("--kelvin-only", action="store_true", help="where the peer is not cached")
    options = parser.parse_args()

    peer = Peer(options.cache)
    kelvin = quality.Kelvin(
        release=options.release, algorithms="additive", threads=boosters.THREADS
    )
    print("| set | Kelvin | EBM | difference (95% interval) | not worse | fit, s | EBM, s | faster |")
    print("|---|---|---|---|---|---|---|---|", flush=True)
    for name in quality.names(options.only, SETS):
        leads = quality.Leads(name, options.data)
        ours, theirs, seconds, ratios = [], [], [], []
        for cut, kept, held in cuts(len(leads.frame), options.cuts):
            probabilities, own = kelvin.predict(leads, kept, held)
            ours.append(quality.log_loss(leads.labels[held], probabilities))
            if options.kelvin_only and not peer.path(leads, cut).exists():
                seconds.append((own, float("nan")))
                continue
            probabilities, other = peer.predict(leads, cut, kept, held)
            theirs.append(quality.log_loss(leads.labels[held], probabilities))
            seconds.append((own, other))
            ratios.append(other / own)
        took = np.median(np.array(seconds), axis=0)
        if len(theirs) < len(ours):
            print(f"| {name} | {np.mean(ours):.4f} | | | | {took[0]:.2f} | | |", flush=True)
            continue
        difference = quality.Difference.between(ours, theirs)
        verdict = "" if len(ours) < 2 else "yes" if difference.is_not_worse else "no"
        print(
            f"| {name} | {np.mean(ours):.4f} | {np.mean(theirs):.4f} | {difference} "
            f"| {verdict} | {took[0]:.2f} | {took[1]:.1f} "
            f"| {np.median(ratios):.0f} × |",
            flush=True,
        )


if __name__ == "__main__":
    sys.exit(main())
