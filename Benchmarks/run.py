#!/usr/bin/env python3
"""Times Kelvin against what people would use instead, and prints the ratios.

Both sides run in turn on the same file, so a machine that slows down slows both; a figure is the median
of the runs, a ratio the median of the pairs. `make bench` sets up the peers and calls this.

  run.py [--runs N] [--only NAME[,NAME]]

read, logistic, fit, predict, memory; and of boosted trees: trees-800k, trees-80k, trees-8k,
trees-1-thread, trees-score, trees-memory, trees-busy, trees-accuracy, trees-scale; fit-defaults, a whole
fit of trees and logistic regression with their blend and its calibration; and of activities:
activities, activities-three, and features-scale: the command from 10 to 200 million of them (13 GB of data,
and 8 GB for a while; Python peers are not needed); and postgres (needs a PostgreSQL server, as `make
setup-tests` installs it); and intervals: how often those of probabilities hold the truth (hours; stopped
and started again, it goes on where it was); and rules: fifty on leads with activities; and crm-naive, which times nothing: what becomes of features as of today on leads that come later.
"""

import argparse
import pathlib
import sys

from activity_jobs import ActivityJobs
from crm_naive import NaiveJob
from fit_jobs import FitJobs
from harness import DATA, Figures, compare, leads, ours, peer, show_heading
from interval_jobs import IntervalJobs
from postgres_jobs import PostgresJobs
from rule_jobs import RuleJobs
from tree_jobs import TRAINING_PEERS, TreeJobs

PENALTY = "1"
TABLE_JOBS = ["read", "logistic", "fit", "predict", "memory"]


class TableJobs:
    """Reading, logistic regression, and the two commands."""

    def __init__(self, rows: int, runs: int):
        self.rows = rows
        self.runs = runs
        self.path = leads(rows)
        self.model = DATA / "models" / "leads"
        self.peer_model = DATA / "peer.joblib"

    def run(self, names: list[str]) -> None:
        size = self.path.stat().st_size / 1e6
        show_heading(f"{self.rows} leads, {size:.0f} MB, two threads, medians of {self.runs}")
        if "read" in names:
            self.read()
        if "logistic" in names:
            self.logistic()
        if "fit" in names:
            self.compare_fit()
        elif "predict" in names or "memory" in names:
            self.fit()
        if "predict" in names:
            self.compare_predict()
        if "memory" in names:
            self.memory()

    def read(self) -> None:
        for name, bar in [("pandas", 1.5), ("pyarrow", 1.5), ("duckdb", 3)]:
            compare(
                f"CSV to typed columns, {name}",
                lambda: ours("kelvin-benchmarks", "read", self.path, "--threads", "2"),
                lambda: peer(f"read-{name}", self.path),
                self.runs,
                bar=bar,
            )

    def logistic(self) -> None:
        def mine() -> Figures:
            return ours(
                "kelvin-benchmarks", "logistic", self.path, "--penalty", PENALTY, "--threads", "2"
            )

        def against(solver: str, tolerance: str, title: str, bar: float) -> float:
            pairs = compare(
                f"logistic fit, {title} (tol {tolerance})",
                mine,
                lambda: peer("logistic", solver, self.path, PENALTY, tolerance),
                self.runs,
                bar=bar,
            )
            objectives = [side["objective"] for side in pairs.runs[0]]
            print(f"    objectives: {objectives[0]:.11g} and {objectives[1]:.11g}")
            return objectives[1]

        optimum = against("newton-cholesky", "1e-6", "newton-cholesky", 12)
        against("lbfgs", self.lbfgs_tolerance(optimum), "lbfgs on sparse", 20)

    def lbfgs_tolerance(self, objective: float) -> str:
        """The loosest of a few tolerances at which lbfgs comes within 1e-9 of newton-cholesky's optimum,
        relative. (Kelvin's own differs in the ninth digit: it scales numbers before it imputes them.)"""
        tolerances = ["1e-7", "3e-8", "1e-8"]
        for tolerance in tolerances:
            reached = peer("logistic", "lbfgs", self.path, PENALTY, tolerance)["objective"]
            if reached <= objective * (1 + 1e-9):
                return tolerance
        return tolerances[-1]

    def fit(self) -> Figures:
        return ours(
            "kelvin-train", "fit", "--data", self.path, "--target", "converted=1",
            "--model", self.model, "--algorithms", "logistic", "--penalty", PENALTY,
            "--numbers", "linear", "--threads", "2", "--quiet",
        )  # fmt: skip

    def peer_fit(self) -> Figures:
        return peer("fit", self.path, PENALTY, self.peer_model)

    def compare_fit(self) -> None:
        pairs = compare(
            "fit, CSV to model file, pandas + scikit-learn", self.fit, self.peer_fit, self.runs,
            key="wall", bar=6,
        )  # fmt: skip
        peak, peer_peak = pairs.ours("anonymous_mb"), pairs.theirs("anonymous_mb")
        print(
            f"    peak anonymous memory: {peak:.0f} and {peer_peak:.0f} MB, "
            f"{peak / peer_peak:.2f} of it (asked: 0.5)"
        )

    def predict(self, path: pathlib.Path) -> Figures:
        return ours(
            "kelvin-score", "predict", "--model", self.model, "--data", path, "--all",
            "--out", DATA / "scored.csv", "--threads", "2", "--quiet",
        )  # fmt: skip

    def compare_predict(self) -> None:
        if not self.peer_model.exists():
            self.peer_fit()
        compare(
            "predict, CSV to CSV, pandas + scikit-learn",
            lambda: self.predict(self.path),
            lambda: peer("predict", self.peer_model, self.path, DATA / "peer-scored.csv"),
            self.runs,
            key="wall",
            bar=8,
        )

    def memory(self) -> None:
        small = self.predict(self.path)["anonymous_mb"]
        large = self.predict(leads(4 * self.rows))["anonymous_mb"]
        print(
            f"\npredict, anonymous memory: {small:.0f} MB for {self.rows} leads, "
            f"{large:.0f} MB for {4 * self.rows}: {large / small - 1:+.1%} (asked: within 10%)"
        )


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--rows", type=int, default=1_000_000, help="of the generated file")
    parser.add_argument("--rounds", type=int, default=200, help="trees")
    parser.add_argument("--scale-rows", type=int, default=10_000_000, help="of the generated bins")
    parser.add_argument("--draws", type=int, default=100, help="of training leads, for intervals")
    parser.add_argument("--sizes", help="training leads of intervals, with commas; all by default")
    parser.add_argument("--kinds", help="plain or tangled leads of intervals, with commas; both by default")
    parser.add_argument("--jobs", type=int, default=1, help="draws side by side, for intervals")
    parser.add_argument(
        "--most-activities", type=int, default=200_000_000, help="of features-scale; its last step"
    )
    parser.add_argument("--only", help="jobs, with commas; all by default")
    parser.add_argument("--peers", help="of trees-800k, with commas; all by default")
    options = parser.parse_args()
    DATA.mkdir(parents=True, exist_ok=True)
    peers = options.peers.split(",") if options.peers else list(TRAINING_PEERS)
    for peer in peers:
        if peer not in TRAINING_PEERS:
            sys.exit(f"{peer!r} is none of {', '.join(TRAINING_PEERS)}")
    trees = TreeJobs(options.rows, options.runs, options.rounds, options.scale_rows, peers)
    fits = FitJobs(options.runs)
    activities = ActivityJobs(options.runs, options.most_activities)
    intervals = IntervalJobs(
        options.draws, [int(size) for size in options.sizes.split(",")] if options.sizes else None,
        options.kinds.split(",") if options.kinds else None, options.jobs,
    )  # fmt: skip
    naive = NaiveJob()
    postgres = PostgresJobs(options.rows, options.runs)
    rules = RuleJobs(options.runs)
    known = [
        *TABLE_JOBS, *trees.names, *fits.names, *activities.names, *naive.names, *intervals.names,
        *postgres.names, *rules.names,
    ]  # fmt: skip
    chosen = options.only.split(",") if options.only else known
    for name in chosen:
        if name not in known:
            sys.exit(f"{name!r} is none of {', '.join(known)}")
    if set(chosen) & set(TABLE_JOBS):
        TableJobs(options.rows, options.runs).run(chosen)
    for name in trees.names:
        if name in chosen:
            trees.run(name)
    for name in fits.names:
        if name in chosen:
            fits.run(name)
    for name in activities.names:
        if name in chosen:
            activities.run(name)
    for name in naive.names:
        if name in chosen:
            naive.run(name)
    for name in intervals.names:
        if name in chosen:
            intervals.run(name)
    for name in postgres.names:
        if name in chosen:
            postgres.run(name)
    for name in rules.names:
        if name in chosen:
            rules.run(name)


if __name__ == "__main__":
    main()
