"""How often `probability_low` and `probability_high` hold the truth, and how wide they are.

Leads are generated with known probabilities, at a base rate of 25%. A draw is a training file: `fit` and
`predict` at defaults, on leads to come that are the same in every draw. In each tenth of the predicted
probabilities the mean interval is held against the mean true probability, and its width against Wilson's
for as many leads as a tenth of the training file has.

Each draw is kept in DATA/intervals, in a folder of these very commands: what was stopped goes on where it was.
"""

import concurrent.futures
import csv
import dataclasses
import functools
import hashlib
import json
import os
import pathlib
import sys
import tempfile

import numpy as np
from harness import DATA, RELEASE, ours, show_heading

SIZES = [300, 3_000, 30_000]
KINDS = ["plain", "tangled"]
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


@dataclasses.dataclass(frozen=True)
class Tenths:
    """Of one draw, a mean a tenth of the leads to come, the lowest probabilities first."""

    low: list[float]
    probability: list[float]
    high: list[float]
    truth: list[float]

    def held(self) -> list[bool]:
        return [low <= rate <= high for low, rate, high in zip(self.low, self.truth, self.high)]

    def ratios(self, leads: float) -> list[float]:
        """Widths, in those of Wilson's interval of so many leads."""
        return [
            (high - low) / wilson_width(rate, leads)
            for low, rate, high in zip(self.low, self.truth, self.high)
        ]


@functools.cache
def commands_digest() -> str:
    """Tells draws of one build from those of another."""
    digest = hashlib.sha256()
    for name in ["kelvin-train", "kelvin-score"]:
        digest.update((RELEASE / name).read_bytes())
    return digest.hexdigest()[:12]


class IntervalJobs:
    def __init__(
        self, draws: int, sizes: list[int] | None = None, kinds: list[str] | None = None,
        jobs: int = 1,
    ):  # fmt: skip
        self.draws = draws
        self.sizes = sizes or SIZES
        self.kinds = kinds or KINDS
        self.jobs = jobs
        self.names = ["intervals"]

    def run(self, name: str) -> None:
        show_heading(f"intervals of 90%: {self.draws} draws each, tenths of the scores from the lowest up")
        for size in self.sizes:
            for kind in self.kinds:
                self.measure(kind, size)

    def measure(self, kind: str, size: int) -> None:
        cells, truth, _ = drawn(np.random.default_rng(99), FUTURE, kind)
        future = DATA / "intervals" / f"future-{kind}.csv"
        future.parent.mkdir(parents=True, exist_ok=True)
        write(future, cells, None)
        with concurrent.futures.ThreadPoolExecutor(self.jobs) as executor:
            found = list(executor.map(
                lambda draw: self.draw(kind, size, draw, future, truth), range(self.draws)
            ))  # fmt: skip
        shares = np.mean([draw.held() for draw in found], axis=0)
        ratio = np.mean([draw.ratios(size / 10) for draw in found])
        met = shares.min() >= 0.85 and shares.max() <= 0.97 and ratio <= 2
        print(
            f"  {kind}, {size} leads: held {' '.join(f'{share:.0%}' for share in shares)}; "
            f"width {ratio:.2f} of Wilson's (asked: 85% to 97%, at most 2){'' if met else '  NOT MET'}",
            flush=True,
        )

    def draw(
        self, kind: str, size: int, draw: int, future: pathlib.Path, truth: np.ndarray
    ) -> Tenths:
        """Kept from before, or fitted, scored and kept."""
        kept = DATA / "intervals" / commands_digest() / f"{kind}-{size}-{draw}.json"
        if kept.exists():
            return Tenths(**json.loads(kept.read_text()))
        cells, _, outcomes = drawn(np.random.default_rng(draw), size, kind)
        with tempfile.TemporaryDirectory() as name:
            folder = pathlib.Path(name)
            write(folder / "train.csv", cells, outcomes)
            low, probability, high = self.predicted(folder, future)
        order = np.array_split(np.argsort(probability, kind="stable"), 10)
        tenths = Tenths(*(
            [float(values[rows].mean()) for rows in order]
            for values in (low, probability, high, truth)
        ))  # fmt: skip
        kept.parent.mkdir(parents=True, exist_ok=True)
        partial = kept.with_suffix(f".{os.getpid()}.tmp")
        partial.write_text(json.dumps(dataclasses.asdict(tenths)))
        partial.rename(kept)
        return tenths

    def predicted(
        self, folder: pathlib.Path, future: pathlib.Path
    ) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """On one thread: results are the same for any number, and draws run side by side."""
        columns = ["probability_low", "probability", "probability_high"]
        model, scored = folder / "model", folder / "scored.csv"
        ours("kelvin-train", "fit", "--data", folder / "train.csv", "--target", "won=1", "--id", "id",
             "--model", model, "--threads", "1", "--quiet")  # fmt: skip
        ours("kelvin-score", "predict", "--model", model, "--data", future, "--all",
             "--out", scored, "--columns", ",".join(columns), "--threads", "1", "--quiet")  # fmt: skip
        with open(scored, newline="") as file:
            rows = list(csv.DictReader(file))
        if not set(columns) <= set(rows[0]):
            sys.exit(f"{scored} has no columns {', '.join(columns)}")
        return tuple(np.array([float(row[name]) for row in rows]) for name in columns)
