"""A whole fit at its defaults against the least that LightGBM can do for one of its members."""

import json
import pathlib
import shutil

from harness import DATA, Figures, compare, leads, ours, show_heading, tree_peer

NUMBERS, CATEGORIES = 12, 8
TARGET = "converted"


class FitJobs:
    """`kelvin-train fit` from CSV to model file (audit, folds, members, blend, calibration, final fit)
    beside `lightgbm.cv` with early stopping and a final fit of one member, from a matrix in memory."""

    def __init__(self, runs: int, rows: int = 40_000):
        self.runs = runs
        self.rows = rows

    @property
    def names(self) -> dict[str, str]:
        return {"fit-defaults": "a whole fit at its defaults on 40,000 leads of 20 columns"}

    def run(self, name: str) -> None:
        path = self.path()
        prefix = DATA / path.stem
        if not prefix.with_name(prefix.name + "-y.npy").exists():
            tree_peer("prepare", path, prefix)
        show_heading(f"{name}: {self.names[name]}, two threads, medians of {self.runs}")
        settings = self.member()
        pairs = compare(
            "fit at defaults: lightgbm.cv and final fit of one member",
            self.fit,
            lambda: tree_peer("cv", prefix, settings, "--threads", "2"),
            self.runs,
            bar=1 / 1.5,
        )
        print(f"    the peer's rounds: {pairs.theirs('rounds'):.0f}, settings {settings.read_text()}")

    def path(self) -> pathlib.Path:
        """The first columns of either kind of the generated leads."""
        path = DATA / f"leads-{self.rows}-{NUMBERS + CATEGORIES}.csv"
        if not path.exists():
            import pandas as pd

            frame = pd.read_csv(leads(self.rows), dtype=str, keep_default_na=False)
            categories = [c for c in frame.columns if c.startswith("category")]
            numbers = [c for c in frame.columns if c not in [*categories, TARGET]]
            frame[numbers[:NUMBERS] + categories[:CATEGORIES] + [TARGET]].to_csv(path, index=False)
        return path

    def fit(self) -> Figures:
        model = DATA / "models" / "fit-defaults"
        shutil.rmtree(model, ignore_errors=True)
        figures = ours(
            "kelvin-train", "fit", "--data", self.path(), "--target", "converted=1",
            "--model", model, "--threads", "2", "--quiet",
        )  # fmt: skip
        return figures | {"seconds": figures["wall"]}

    def member(self) -> pathlib.Path:
        """LightGBM's names for the settings of the wide member, as the model file has them."""
        self.fit()
        file = DATA / "models" / "fit-defaults" / "v0001.kelvin"
        data = file.read_bytes()
        header = json.loads(data[16 : 16 + int.from_bytes(data[12:16], "little")])
        record = header["model"]["training"]["boosting"]
        settings = DATA / "fit-defaults.json"
        settings.write_text(
            json.dumps(
                {
                    "num_leaves": record["leaves"],
                    "learning_rate": record["learningRate"],
                    "min_data_in_leaf": record["minimumRows"],
                    "lambda_l2": record["l2"],
                    "bagging_fraction": record["rowShare"],
                    "bagging_freq": 1,
                    "feature_fraction": record["columnShare"],
                    "rounds": record["mostRounds"],
                    "patience": record["patience"],
                    "folds": header["model"]["training"]["folds"],
                }
            )
        )
        return settings
