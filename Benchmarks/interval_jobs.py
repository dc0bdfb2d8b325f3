"""How often `probability_low` and `probability_high` hold the truth, and how wide they are.

Leads are generated with known probabilities, at a base rate of 25%. A draw is a training file: `fit` and
`predict` at defaults, on leads to come that are the same in every draw. In each tenth of the predicted
probabilities the mean interval is held against the mean true probability, and its width against Wilson's
for as many leads as a tenth of the training file has.
"""

import csv
import pathlib
import sys

import numpy as np
from harness import DATA, ours, show_heading

SIZES = [300, 3_000, 30_000]
FUTURE = 20_000
NORMAL = 1.6448536269514722  # of 90%
LEVELS = ["red", "green", "blue", "black", "white", "grey", "brown", "pink"]
NUMBERS = 6


def drawn(
    rng: np.random.Generator, count: int, kind: str
) -> tuple[list[list[object]], np.ndarray, np.ndarray]:
    """Cells, true probabilities and outcomes of leads."""
    numbers = rng.standard_normal((count, NUMBERS))
    first, second = rng.integers(0, 8, count), rng.integers(0, 4, count)
    effects = np.array([-0.9, -0.5, -0.2, 0, 0, 0.3, 0.5, 0.8])
    if kind == "plain":
        log_odds = -1.42 + numbers @ [0.8, 0.5, -0.4, 0.2, 0, 0] + effects[first] + 0.2 * (second - 1.5)
    else:
        log_odds = (
            -1.9 + 0.8 * numbers[:, 0] + 0.8 * (numbers[:, 1] > 0) * numbers[:, 2]
            + 0.7 * np.abs(numbers[:, 3]) + effects[first] * np.where(second > 1, 1, -0.3)
        )  # fmt: skip
    truth = 1 / (1 + np.exp(-log_odds))
    outcomes = rng.random(count) < truth
    cells = [
        [*(f"{value:.5g}" for value in row), LEVELS[a], LEVELS[b]]
        for row, a, b in zip(numbers, first, second, strict=True)
    ]
    return cells, truth, outcomes


def write(path: pathlib.Path, cells: list[list[object]], outcomes: np.ndarray | None) -> None:
    with open(path, "w", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        names = [f"n{i}" for i in range(NUMBERS)] + ["colour", "shade"]
        writer.writerow(["id", *names] + ([] if outcomes is None else ["won"]))
        for row, lead in enumerate(cells):
            writer.writerow([row, *lead] + ([] if outcomes is None else [int(outcomes[row])]))


def wilson_width(rate: float, leads: float) -> float:
    z = NORMAL
    return 2 * z * np.sqrt(rate * (1 - rate) / leads + z * z / 4 / leads**2) / (1 + z * z / leads)


class IntervalJobs:
    def __init__(self, draws: int, sizes: list[int] | None = None):
        self.draws = draws
        self.sizes = sizes or SIZES
        self.names = ["intervals"]

    def run(self, name: str) -> None:
        show_heading(f"intervals of 90%: {self.draws} draws each, tenths of the scores from the lowest up")
        for kind in ["plain", "tangled"]:
            for size in self.sizes:
                self.measure(kind, size)

    def measure(self, kind: str, size: int) -> None:
        train, future, scored = (DATA / f"intervals-{part}.csv" for part in ("train", "future", "scored"))
        cells, truth, _ = drawn(np.random.default_rng(99), FUTURE, kind)
        write(future, cells, None)
        held, ratios = np.zeros((self.draws, 10)), np.zeros((self.draws, 10))
        for draw in range(self.draws):
            cells, _, outcomes = drawn(np.random.default_rng(draw), size, kind)
            write(train, cells, outcomes)
            low, probability, high = self.predicted(train, future, scored)
            order = np.argsort(probability, kind="stable")
            for tenth, rows in enumerate(np.array_split(order, 10)):
                rate, bounds = truth[rows].mean(), (low[rows].mean(), high[rows].mean())
                held[draw, tenth] = bounds[0] <= rate <= bounds[1]
                ratios[draw, tenth] = (bounds[1] - bounds[0]) / wilson_width(rate, size / 10)
        shares = held.mean(0)
        met = shares.min() >= 0.85 and shares.max() <= 0.97 and ratios.mean() <= 2
        print(
            f"  {kind}, {size} leads: held {' '.join(f'{share:.0%}' for share in shares)}; "
            f"width {ratios.mean():.2f} of Wilson's (asked: 85% to 97%, at most 2){'' if met else '  NOT MET'}",
            flush=True,
        )

    def predicted(
        self, train: pathlib.Path, future: pathlib.Path, scored: pathlib.Path
    ) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        model = DATA / "models" / "intervals"
        ours("kelvin-train", "fit", "--data", train, "--target", "won=1", "--id", "id",
             "--model", model, "--quiet")  # fmt: skip
        ours("kelvin-score", "predict", "--model", model, "--data", future, "--all",
             "--out", scored, "--quiet")  # fmt: skip
        with open(scored, newline="") as file:
            rows = list(csv.DictReader(file))
        columns = ["probability_low", "probability", "probability_high"]
        if not set(columns) <= set(rows[0]):
            sys.exit(f"{scored} has no columns {', '.join(columns)}")
        return tuple(np.array([float(row[name]) for row in rows]) for name in columns)
