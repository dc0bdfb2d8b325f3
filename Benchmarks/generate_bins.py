#!/usr/bin/env python3
"""Writes generated leads as bins, for training on more rows than a table of doubles has room for.

The leads are those of generate.py's world, drawn anew: bins of the numbers by equal count, of the
categories by their code in the order of their levels' text, 254 at most and one more for missing, the
last. A folder gets train-bins.npy and test-bins.npy (uint8, feature after feature), train-labels.npy and
test-labels.npy (uint8), and meta.json.

Usage: generate_bins.py FOLDER [ROWS] [SEED]        (10,000,000 rows and 500,000 for judging)
"""

import json
import pathlib
import sys

import numpy as np

from generate import CHUNK, World

TEST_ROWS = 500_000
MOST_BINS = 254


class Binning:
    """Of one column, from a sample: value v falls into the first bin whose upper edge is not below it."""

    def __init__(self, sample: np.ndarray):
        values = np.unique(sample[~np.isnan(sample)])
        if len(values) > MOST_BINS:
            shares = np.arange(1, MOST_BINS) / MOST_BINS
            present = sample[~np.isnan(sample)]
            values = np.unique(np.quantile(present, shares, method="lower"))
            self.edges = values
        else:
            self.edges = (values[:-1] + values[1:]) / 2
        self.bin_count = len(self.edges) + 2

    def bins(self, values: np.ndarray) -> np.ndarray:
        bins = np.searchsorted(self.edges, values, side="left")
        return np.where(np.isnan(values), self.bin_count - 1, bins).astype(np.uint8)


def numbers(world: World, column: dict[str, np.ndarray]) -> dict[str, np.ndarray]:
    """Categories as codes in the order of their levels' text."""
    result = {}
    for name, values in column.items():
        if name.startswith("category_"):
            levels = np.sort(world.levels[int(name.removeprefix("category_")) - 1])
            values = np.searchsorted(levels, values)
        result[name] = np.asarray(values, dtype=float)
    return result


def write(folder: pathlib.Path, part: str, world: World, seed: list[int], rows: int, binning: dict) -> None:
    bins = np.lib.format.open_memmap(
        folder / f"{part}-bins.npy", mode="w+", dtype=np.uint8, shape=(len(binning), rows)
    )
    labels = np.empty(rows, dtype=np.uint8)
    for index, start in enumerate(range(0, rows, CHUNK)):
        stop = min(start + CHUNK, rows)
        rng = np.random.default_rng([*seed, index])
        column, logit = world.leads(rng, stop - start)
        labels[start:stop] = rng.random(stop - start) < 1 / (1 + np.exp(-logit))
        for feature, (name, values) in enumerate(numbers(world, column).items()):
            bins[feature, start:stop] = binning[name].bins(values)
    bins.flush()
    np.save(folder / f"{part}-labels.npy", labels)


def main() -> None:
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    folder = pathlib.Path(sys.argv[1])
    rows = int(sys.argv[2]) if len(sys.argv) > 2 else 10_000_000
    seed = int(sys.argv[3]) if len(sys.argv) > 3 else 20240607
    partial = folder.with_name(folder.name + ".partial")
    partial.mkdir(parents=True, exist_ok=True)
    world = World(seed)
    sample, _ = world.leads(np.random.default_rng([seed, 3]), CHUNK)
    binning = {name: Binning(values) for name, values in numbers(world, sample).items()}
    write(partial, "train", world, [seed, 4], rows, binning)
    write(partial, "test", world, [seed, 5], TEST_ROWS, binning)
    meta = {
        "rows": rows, "test_rows": TEST_ROWS, "names": list(binning),
        "bin_counts": [each.bin_count for each in binning.values()],
    }  # fmt: skip
    (partial / "meta.json").write_text(json.dumps(meta))
    partial.rename(folder)
    print(f"{folder}: {rows} leads of {len(binning)} features as bins")


if __name__ == "__main__":
    main()
