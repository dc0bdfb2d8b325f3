"""How probabilities lie against outcomes: the figures that Kelvin reports, for anybody's probabilities."""

import dataclasses

import numpy as np

from differences import Difference, mean

# Of all leads, in each local line: as Austin and Steyerberg used.
SPAN = 0.75
# Neighbouring probabilities are merged into this many groups, each far narrower than the span.
GROUPS = 500


def log_odds(probabilities: np.ndarray) -> np.ndarray:
    tiny = np.finfo(float).eps
    p = np.clip(probabilities, tiny, 1 - tiny)
    return np.log(p) - np.log1p(-p)


def integrated_calibration_index(labels: np.ndarray, probabilities: np.ndarray) -> float:
    """The mean distance of probability and smoothed conversion rate (Austin and Steyerberg 2019).

    Lowess without robustness passes, as Kelvin's own `calibrationCurve`.
    """
    order = np.argsort(probabilities, kind="stable")
    p, y = probabilities[order], labels[order].astype(float)
    _, tie = np.unique(p, return_inverse=True)
    if tie[-1] + 1 > GROUPS:
        # Ties stay together: a group begins with the tie of its first lead.
        tie = tie[np.searchsorted(tie, tie, side="left")]
        middle = (np.searchsorted(tie, tie, "left") + np.searchsorted(tie, tie, "right")) / 2
        _, tie = np.unique((middle * GROUPS / len(p)).astype(int), return_inverse=True)
    leads = np.bincount(tie).astype(float)
    won = np.bincount(tie, weights=y)
    at = np.bincount(tie, weights=p) / leads
    if len(at) == 1:
        return float(abs(at[0] - won[0] / leads[0]))
    distance = np.abs(at[:, None] - at[None, :])
    nearest = np.argsort(distance, axis=1, kind="stable")
    reach = np.cumsum(leads[nearest], axis=1) >= SPAN * len(p)
    last = nearest[np.arange(len(at)), np.argmax(reach, axis=1)]
    radius = distance[np.arange(len(at)), last]
    ratio = np.minimum(distance / np.maximum(radius, 1e-300)[:, None], 1)
    weight = (1 - ratio**3) ** 3
    offset = at[None, :] - at[:, None]
    total = weight @ leads
    mean_x = (weight * offset) @ leads / total
    mean_y = weight @ won / total
    spread = (weight * offset**2) @ leads / total - mean_x**2
    slope = (weight * offset) @ won / total - mean_x * mean_y
    flat = spread <= 1e-14 * radius**2
    rates = mean_y - np.where(flat, 0, mean_x * slope / np.where(flat, 1, spread))
    return float(np.mean(np.abs(p - np.interp(p, at, rates))))


def calibration_line(labels: np.ndarray, probabilities: np.ndarray) -> tuple[float, float]:
    """The intercept with the slope held at 1 (0 is best), and the free slope (1 is best): Cox 1958.

    There is no slope of one probability for all.
    """
    x, y = log_odds(probabilities), labels.astype(float)
    level = 0.0
    for _ in range(50):
        q = 1 / (1 + np.exp(-(x + level)))
        step = np.sum(y - q) / np.sum(q * (1 - q))
        level += step
        if abs(step) < 1e-12:
            break
    if np.ptp(x) == 0:
        return level, float("nan")
    design = np.column_stack([np.ones_like(x), x])
    line = np.array([level, 1.0])
    for _ in range(50):
        q = 1 / (1 + np.exp(-(design @ line)))
        hessian = design.T @ (design * (q * (1 - q))[:, None])
        step = np.linalg.solve(hessian, design.T @ (y - q))
        line += step
        if np.max(np.abs(step)) < 1e-12:
            break
    return level, float(line[1])


@dataclasses.dataclass
class CalibrationOfCut:
    """Of one side's probabilities on one cut."""

    ici: float
    intercept: float
    slope: float

    @staticmethod
    def of(labels: np.ndarray, probabilities: np.ndarray) -> "CalibrationOfCut":
        intercept, slope = calibration_line(labels, probabilities)
        return CalibrationOfCut(
            integrated_calibration_index(labels, probabilities), intercept, slope
        )


def show_calibration(
    lines: dict[str, dict[str, list[CalibrationOfCut]]], peers: dict[str, str]
) -> None:
    """ICI beside the peers', then intercepts and slopes: means over the cuts.

    `peers` has the name that each is shown by.
    """
    names = " | ".join(peers.values())
    print(f"| set: ICI | Kelvin | {names} | to the best peer (95% interval) | not worse |")
    print("|---|" + "---|" * (len(peers) + 3))
    for name, sides in lines.items():
        ici = {side: [cut.ici for cut in cuts] for side, cuts in sides.items()}
        best = min(peers, key=lambda p: mean(ici[p]))
        difference = Difference.between(ici["kelvin"], ici[best])
        cells = [f"**{mean(ici[p]):.4f}**" if p == best else f"{mean(ici[p]):.4f}" for p in peers]
        print(
            f"| {name} | {mean(ici['kelvin']):.4f} | {' | '.join(cells)} | {difference} "
            f"| {'yes' if difference.is_not_worse else 'no'} |"
        )
    print()
    print("| set | Kelvin's intercept (95% interval) | holds 0 | slope (95% interval) | holds 1 | "
          f"intercept and slope of {names} |")  # fmt: skip
    print("|---|---|---|---|---|" + "---|" * len(peers))
    everything = [cut for sides in lines.values() for cut in sides["kelvin"]]
    rows = [(name, sides["kelvin"], sides) for name, sides in lines.items()]
    for name, own, sides in [*rows, ("all", everything, {})]:
        intercept = Difference.of([cut.intercept for cut in own])
        slope = Difference.of([cut.slope - 1 for cut in own])
        low, high = 1 + slope.mean - slope.spread, 1 + slope.mean + slope.spread
        others = [
            f"{mean([c.intercept for c in sides[p]]):+.3f}, {mean([c.slope for c in sides[p]]):.3f}"
            if p in sides else ""
            for p in peers
        ]  # fmt: skip
        print(
            f"| {name} | {intercept} | {'yes' if intercept.holds_none else 'no'} "
            f"| {1 + slope.mean:.4f} ({low:.4f} to {high:.4f}) "
            f"| {'yes' if slope.holds_none else 'no'} | {' | '.join(others)} |"
        )
