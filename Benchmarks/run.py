#!/usr/bin/env python3
"""Times Kelvin against what people would use instead, and prints the ratios.

Both sides run in turn on the same file, so a machine that slows down slows both; a figure is the median
of the runs, a ratio the median of the pairs. `make bench` sets up the peers and calls this.

Usage: run.py [--runs N] [--rows N] [--only NAME[,NAME]]     names: read, logistic, fit, predict, memory
"""

import argparse
import json
import os
import pathlib
import statistics
import subprocess
import sys
import threading
import time

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent
DATA = pathlib.Path(os.environ.get("KELVIN_BENCH_DATA", HERE / "data"))
PYTHON = sys.executable
RELEASE = ROOT / ".build" / "release"
PENALTY = "1"

# Set on some machines for Debian's OpenBLAS; the peers bring their own BLAS and run slower with them.
PEER_ENVIRONMENT = {
    k: v for k, v in os.environ.items() if k not in ("OPENBLAS_CORETYPE", "OPENBLAS_L2_SIZE")
}


def run(command, environment=None):
    """Runs a command: its last line of output as JSON where it is, wall seconds, peak memory in MB."""
    start = time.perf_counter()
    process = subprocess.Popen(
        [str(part) for part in command], stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment
    )
    anonymous = [0]

    def watch():
        path = f"/proc/{process.pid}/status"
        while process.poll() is None:
            try:
                for line in open(path):
                    if line.startswith("RssAnon"):
                        anonymous[0] = max(anonymous[0], int(line.split()[1]) / 1024)
            except (OSError, ValueError):
                return
            time.sleep(0.02)

    watcher = threading.Thread(target=watch)
    watcher.start()
    output, errors = process.communicate()
    wall = time.perf_counter() - start
    watcher.join()
    if process.returncode != 0:
        sys.exit(f"{' '.join(map(str, command))} failed:\n{errors.decode()}")
    lines = output.decode().strip().splitlines()
    figures = json.loads(lines[-1]) if lines and lines[-1].startswith("{") else {}
    figures["wall"] = wall
    figures["anonymous_mb"] = anonymous[0]
    return figures


def ours(*arguments):
    return run([RELEASE / arguments[0], *arguments[1:]])


def peer(*arguments):
    return run([PYTHON, HERE / "peers.py", *arguments], PEER_ENVIRONMENT)


def median(values):
    return statistics.median(values)


def compare(title, mine, theirs, runs, key="seconds", bar=None):
    """Runs the two in turn and prints medians and the ratio theirs ÷ ours."""
    pairs = []
    for _ in range(runs):
        pairs.append((mine(), theirs()))
    ratio = median([b[key] / a[key] for a, b in pairs])
    asked = f"  (asked: {bar} x)" if bar else ""
    print(
        f"{title:<46} {median([a[key] for a, _ in pairs]):9.3f} s {median([b[key] for _, b in pairs]):9.3f} s"
        f" {ratio:7.2f} x{asked}",
        flush=True,
    )
    return pairs


def leads(rows):
    path = DATA / f"leads-{rows}.csv"
    if not path.exists():
        subprocess.run([PYTHON, HERE / "generate.py", path, str(rows)], check=True)
    return path


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--only", default="read,logistic,fit,predict,memory")
    options = parser.parse_args()
    names = options.only.split(",")
    runs = options.runs
    DATA.mkdir(exist_ok=True)
    path = leads(options.rows)
    print(f"{options.rows} leads, {path.stat().st_size / 1e6:.0f} MB, two threads, medians of {runs}\n")
    print(f"{'job against peer':<46} {'Kelvin':>11} {'peer':>11} {'ratio':>9}")

    if "read" in names:
        mine = lambda: ours("kelvin-benchmarks", "read", path, "--threads", "2")
        for name, bar in [("pandas", 1.5), ("pyarrow", 1.5), ("duckdb", 3)]:
            compare(f"CSV to typed columns, {name}", mine, lambda: peer(f"read-{name}", path), runs, bar=bar)

    if "logistic" in names:
        mine = lambda: ours("kelvin-benchmarks", "logistic", path, "--penalty", PENALTY, "--threads", "2")
        pairs = compare(
            "logistic fit, newton-cholesky (tol 1e-6)",
            mine,
            lambda: peer("logistic", "newton-cholesky", path, PENALTY, "1e-6"),
            runs,
            bar=12,
        )
        print(f"    objectives: {pairs[0][0]['objective']:.11g} and {pairs[0][1]['objective']:.11g}")
        tolerance = lbfgs_tolerance(path, pairs[0][1]["objective"])
        pairs = compare(
            f"logistic fit, lbfgs on sparse (tol {tolerance})",
            mine,
            lambda: peer("logistic", "lbfgs", path, PENALTY, tolerance),
            runs,
            bar=20,
        )
        print(f"    objectives: {pairs[0][0]['objective']:.11g} and {pairs[0][1]['objective']:.11g}")

    model = DATA / "models" / "leads"
    peer_model = DATA / "peer.joblib"
    if {"fit", "predict", "memory"} & set(names):
        fit = lambda: ours(
            "kelvin-train", "fit", "--data", path, "--target", "converted=1", "--model", model,
            "--penalty", PENALTY, "--numbers", "linear", "--threads", "2", "--quiet",
        )  # fmt: skip
        if "fit" in names:
            pairs = compare(
                "fit, CSV to model file, pandas + scikit-learn",
                fit,
                lambda: peer("fit", path, PENALTY, peer_model),
                runs,
                key="wall",
                bar=6,
            )
            peak = median([a["anonymous_mb"] for a, _ in pairs])
            peer_peak = median([b["anonymous_mb"] for _, b in pairs])
            print(f"    peak anonymous memory: {peak:.0f} and {peer_peak:.0f} MB, {peak / peer_peak:.2f} of it (asked: 0.5)")
        else:
            fit()
    if "predict" in names:
        if not peer_model.exists():
            peer("fit", path, PENALTY, peer_model)
        compare(
            "predict, CSV to CSV, pandas + scikit-learn",
            lambda: predict(model, path),
            lambda: peer("predict", peer_model, path, DATA / "peer-scored.csv"),
            runs,
            key="wall",
            bar=8,
        )
    if "memory" in names:
        small = predict(model, path)["anonymous_mb"]
        large = predict(model, leads(4 * options.rows))["anonymous_mb"]
        print(
            f"\npredict, anonymous memory: {small:.0f} MB for {options.rows} leads, "
            f"{large:.0f} MB for {4 * options.rows}: {large / small - 1:+.1%} (asked: within 10%)"
        )


def predict(model, path):
    return ours(
        "kelvin-score", "predict", "--model", model, "--data", path, "--all",
        "--out", DATA / "scored.csv", "--threads", "2", "--quiet",
    )  # fmt: skip


def lbfgs_tolerance(path, objective):
    """The loosest of a few tolerances at which lbfgs comes within 1e-9 of newton-cholesky's optimum,
    relative. (Kelvin's own differs in the ninth digit: it scales numbers before it imputes them.)"""
    tolerances = ["1e-7", "3e-8", "1e-8"]
    for tolerance in tolerances:
        if peer("logistic", "lbfgs", path, PENALTY, tolerance)["objective"] <= objective * (1 + 1e-9):
            return tolerance
    return tolerances[-1]


if __name__ == "__main__":
    main()
