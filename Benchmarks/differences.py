"""Means over seeded cuts, and of differences of two sides on the same cuts."""

import dataclasses

import numpy as np


def mean(values: list[float]) -> float:
    return float(np.mean(values))


@dataclasses.dataclass
class Difference:
    """Of two sides over the same cuts, with Student's 95% interval of the mean."""

    mean: float
    spread: float

    @staticmethod
    def between(ours: list[float], theirs: list[float]) -> "Difference":
        return Difference.of(np.array(ours) - np.array(theirs))

    @staticmethod
    def of(values: list[float] | np.ndarray) -> "Difference":
        """Of values that are differences already: from 0, or from 1."""
        from scipy.stats import t

        differences = np.array(values)
        count = len(differences)
        if count < 2:
            return Difference(float(differences.mean()), float("nan"))
        error = differences.std(ddof=1) / np.sqrt(count)
        return Difference(float(differences.mean()), float(t.ppf(0.975, count - 1) * error))

    @property
    def is_not_worse(self) -> bool:
        """Whether the interval reaches 0 or lies below it."""
        return self.mean - self.spread <= 0

    @property
    def holds_none(self) -> bool:
        """Whether the interval holds 0."""
        return abs(self.mean) <= self.spread

    def __str__(self) -> str:
        if np.isnan(self.spread):
            return f"{self.mean:+.4f} (one cut)"
        low, high = self.mean - self.spread, self.mean + self.spread
        return f"{self.mean:+.4f} ({low:+.4f} to {high:+.4f})"
