"""Boosted trees: speed, memory, accuracy on generated leads, and how they grow with the rows."""

import functools
import math
import pathlib
import statistics
import subprocess

from harness import (
    DATA,
    HERE,
    PYTHON,
    Busy,
    Figures,
    Pairs,
    compare,
    leads,
    ours,
    show_heading,
    show_row,
    tree_peer,
)

# What people call them, and the ratio asked for at 800,000 rows.
TRAINING_PEERS = {
    "lightgbm": ("LightGBM", 3.5),
    "lightgbm-quantised": ("LightGBM, quantised gradients", None),
    "xgboost": ("XGBoost hist", 3.5),
    "catboost": ("CatBoost, depth 6", 4.5),
    "hgb": ("HistGradientBoosting", 5.5),
}

# Leads that LightGBM explains.
REASON_LEADS = 4_000


class TreeJobs:
    """The jobs by name, on one file of generated leads."""

    def __init__(self, rows: int, runs: int, rounds: int, scale_rows: int, peers: list[str]):
        self.rows = rows
        self.runs = runs
        self.rounds = rounds
        self.scale_rows = scale_rows
        self.peers = peers

    @functools.cached_property
    def path(self) -> pathlib.Path:
        return leads(self.rows)

    @property
    def names(self) -> dict[str, str]:
        """Each job and what it does."""
        return {
            "trees-800k": "training against five peers",
            "trees-80k": "training on a tenth of the rows, LightGBM",
            "trees-8k": "training on a hundredth of the rows, LightGBM",
            "trees-1-thread": "training on one thread, LightGBM",
            "trees-score": "scoring from raw columns, LightGBM and XGBoost",
            "reasons": "contributions of every feature to a lead's log-odds, LightGBM",
            "trees-memory": "peak memory of a whole fit beyond an audit",
            "trees-busy": "training beside busy processes, LightGBM",
            "trees-accuracy": "log loss and AUC on the generated leads",
            "trees-scale": "training on bins from 100,000 to 10,000,000 rows",
        }

    def run(self, name: str) -> None:
        {
            "trees-800k": self.training,
            "trees-80k": lambda: self.fewer(10, repeat=3),
            "trees-8k": lambda: self.fewer(100, repeat=5),
            "trees-1-thread": self.one_thread,
            "trees-score": self.score,
            "reasons": self.reasons,
            "trees-memory": self.memory,
            "trees-busy": self.busy,
            "trees-accuracy": self.accuracy,
            "trees-scale": self.scale,
        }[name]()

    @property
    def training_rows(self) -> int:
        return self.rows * 4 // 5

    def matrix(self) -> pathlib.Path:
        """Where the peers' matrix lies: float32, row-major, categories as codes."""
        prefix = DATA / f"leads-{self.rows}"
        if not prefix.with_name(prefix.name + "-y.npy").exists():
            tree_peer("prepare", self.path, prefix)
        return prefix

    def kelvin(self, *arguments: object, threads: int = 2) -> Figures:
        return ours(
            "kelvin-benchmarks", "trees", self.path, "--threads", threads, "--rounds", self.rounds,
            *arguments,
        )  # fmt: skip

    def peer(self, name: str, *arguments: object, threads: int = 2) -> Figures:
        return tree_peer(
            "train", name, self.matrix(), "--threads", threads, "--rounds", self.rounds, *arguments
        )

    def training(self) -> None:
        show_heading(
            f"Binning and training: {self.training_rows} rows, 40 columns, {self.rounds} x 63, two threads"
        )
        self.matrix()
        done: dict[str, Pairs] = {}
        for name in self.peers:
            title, bar = TRAINING_PEERS[name]
            done[name] = compare(title, self.kelvin, lambda: self.peer(name), self.runs, bar=bar)
            pairs = done[name]
            print(
                f"    log loss {pairs.ours('log_loss'):.5f} and {pairs.theirs('log_loss'):.5f}, "
                f"peak memory {pairs.ours('peak_mb'):.0f} and {pairs.theirs('peak_mb'):.0f} MB",
                flush=True,
            )
            if name == "lightgbm-quantised" and "lightgbm" in done:
                faster = min(done["lightgbm"], pairs, key=lambda p: p.ratio)
                show_row(
                    "the faster of LightGBM plain and quantised", faster.ours(), faster.theirs(),
                    faster.ratio, 3,
                )  # fmt: skip
        binning = statistics.median(a["binning_seconds"] for a, _ in next(iter(done.values())).runs)
        print(f"    of Kelvin's seconds, binning: {binning:.3f}")

    def fewer(self, divisor: int, repeat: int) -> None:
        rows = self.training_rows // divisor
        show_heading(f"Binning and training: {rows} rows, two threads, each the median of {repeat}")
        settings = ("--rows", rows, "--repeat", repeat)
        self.matrix()
        compare(
            "LightGBM",
            lambda: self.kelvin(*settings),
            lambda: self.peer("lightgbm", *settings),
            self.runs,
            bar=2.5,
        )

    def one_thread(self) -> None:
        show_heading(f"Binning and training: {self.training_rows} rows, one thread")
        self.matrix()
        compare(
            "LightGBM",
            lambda: self.kelvin(threads=1),
            lambda: self.peer("lightgbm", threads=1),
            self.runs,
            bar=4,
        )

    def score(self) -> None:
        rows = self.rows - self.training_rows
        show_heading(f"Scoring: {rows} rows x {self.rounds} trees from raw columns, two threads")
        for name, title, bar in [("lightgbm", "LightGBM", 10), ("xgboost", "XGBoost", 5)]:
            # XGBoost tells the format by the ending; LightGBM has one.
            model = DATA / f"{name}-{self.rows}-{self.rounds}.ubj"
            if not model.exists():
                tree_peer("save", name, self.matrix(), model, "--rounds", self.rounds)
            pairs = compare(
                title,
                lambda: ours(
                    "kelvin-benchmarks", "score", self.path, "--rounds", self.rounds,
                    "--repeat", 9, "--threads", 2,
                ),
                lambda: tree_peer("score", name, self.matrix(), model, "--repeat", 9),
                self.runs, bar=bar,
            )  # fmt: skip
            print(f"    of Kelvin's seconds, binning: {pairs.ours('binning_seconds'):.4f}")

    def reasons(self) -> None:
        """LightGBM takes minutes for all leads: it explains some thousand, and its time is scaled."""
        show_heading(f"Reasons for 200,000 leads from bins: {self.rounds} trees of 63 leaves, two threads")
        model = DATA / f"lightgbm-{self.rows}-{self.rounds}.ubj"
        if not model.exists():
            tree_peer("save", "lightgbm", self.matrix(), model, "--rounds", self.rounds)
        pairs = compare(
            f"LightGBM pred_contrib, by {REASON_LEADS} of them",
            lambda: ours(
                "kelvin-benchmarks", "reasons", self.path, "--rounds", self.rounds, "--threads", 2
            ),
            lambda: tree_peer("reasons", self.matrix(), model, "--rows", REASON_LEADS),
            self.runs, bar=4, key="seconds_for_200k",
        )  # fmt: skip
        print(
            f"    {self.rows - self.training_rows} leads in {pairs.ours('seconds'):.2f} s, of which the tables "
            f"{pairs.ours('making_seconds'):.2f} s; sums are off by at most "
            f"{pairs.ours('largest_residual'):.1e} and {pairs.theirs('largest_residual'):.1e}"
        )

    def memory(self) -> None:
        """Of the whole command, the leads' table included, less what an audit of the same file takes."""
        path = leads(self.training_rows)
        common = ("--data", path, "--target", "converted=1", "--threads", 2, "--quiet")
        fit = (
            "kelvin-train", "fit", *common, "--algorithms", "boosting", "--model", DATA / "models" / "trees"
        )  # fmt: skip
        pairs = [(ours("kelvin-train", "audit", *common), ours(*fit)) for _ in range(self.runs)]
        print(f"\nkelvin-train fit --algorithms boosting beyond audit: {self.training_rows} rows, 40 columns")
        for key, title in [("anonymous_mb", "anonymous"), ("resident_mb", "resident")]:
            audit = statistics.median(a[key] for a, _ in pairs)
            whole = statistics.median(b[key] for _, b in pairs)
            beyond = statistics.median(b[key] - a[key] for a, b in pairs)
            print(
                f"    peak {title} memory: audit {audit:.0f} MB, fit {whole:.0f} MB, "
                f"beyond {beyond:.0f} MB (asked: 150)"
            )
        print(f"    fit took {statistics.median(b['wall'] for _, b in pairs):.1f} s")

    def busy(self) -> None:
        show_heading(f"Binning and training beside busy processes: {self.training_rows} rows, two threads")
        self.matrix()
        for count in (0, 1, 2):
            with Busy(count):
                compare(
                    f"LightGBM, {count} busy processes beside either",
                    self.kelvin,
                    lambda: self.peer("lightgbm"),
                    self.runs,
                )

    def accuracy(self) -> None:
        print(f"\nGenerated leads: {self.training_rows} rows to train on, {self.rounds} x 63, learning rate 0.1")
        print(f"{'':<58} {'log loss':>9} {'AUC':>9}")

        def show(title: str, figures: Figures) -> float:
            print(f"{title:<58} {figures['log_loss']:9.5f} {figures['auc']:9.5f}", flush=True)
            return figures["log_loss"]

        mine = show("Kelvin, categories as codes", self.kelvin())
        theirs = [
            show(f"{TRAINING_PEERS[name][0]}, categories as codes", self.peer(name))
            for name in ("lightgbm", "xgboost")
        ]
        print(f"    Kelvin less the better of the two: {mine - min(theirs):+.5f} (asked: at most 0.0005)")
        mine = show("Kelvin, categories by default", self.kelvin("--categories", "automatic"))
        rates = show("LightGBM, 5-fold target statistics for categories", self.peer("lightgbm-rates"))
        print(f"    Kelvin less LightGBM: {mine - rates:+.5f} (asked: at most 0)")

    def scale(self) -> None:
        folder = DATA / f"binned-{self.scale_rows}"
        if not folder.exists():
            subprocess.run([PYTHON, HERE / "generate_bins.py", folder, str(self.scale_rows)], check=True)
        print(f"\nTraining on bins: 40 columns, {self.rounds} x 63, two threads")
        print(f"{'':<34} {'rows':>10} {'seconds':>9} {'peak MB':>9} {'log loss':>9} {'AUC':>9}")

        def show(title: str, figures: Figures) -> Figures:
            print(
                f"{title:<34} {figures['rows']:10.0f} {figures['seconds']:9.2f} {figures['peak_mb']:9.0f} "
                f"{figures['log_loss']:9.5f} {figures['auc']:9.5f}",
                flush=True,
            )
            return figures

        points = []
        for divisor in (100, 31.6, 10, 3.16, 1):
            rows = round(self.scale_rows / divisor)
            settings = ("--rows", rows, "--rounds", self.rounds, "--threads", 2)
            # Small ones are over too soon for one run to tell.
            times = self.runs if divisor > 5 else 1
            runs = [ours("kelvin-benchmarks", "scale", folder, *settings) for _ in range(times)]
            runs[0]["seconds"] = statistics.median(each["seconds"] for each in runs)
            points.append(show("Kelvin", runs[0]))
        whole = points[-1]
        print(f"    exponent, first to last: {slope(points[0], whole):.3f} (asked: at most 1)")
        for first, last in zip(points, points[1:]):
            print(f"    {first['rows']:.0f} to {last['rows']:.0f}: {slope(first, last):.3f}")
        settings = ("--rows", self.scale_rows, "--rounds", self.rounds, "--threads", 2)
        references = [
            show(
                "the same growth, double histograms",
                ours("kelvin-benchmarks", "scale", folder, "--reference", *settings),
            ),
            show("LightGBM, same bins", tree_peer("binned", folder, *settings)),
        ]
        for title, figures in zip(("the double reference", "LightGBM"), references):
            print(f"    Kelvin's log loss less that of {title}: {whole['log_loss'] - figures['log_loss']:+.6f}")


def slope(first: Figures, last: Figures) -> float:
    return math.log(last["seconds"] / first["seconds"]) / math.log(last["rows"] / first["rows"])
