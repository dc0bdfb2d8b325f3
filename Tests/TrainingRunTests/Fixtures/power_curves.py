#!/usr/bin/env python3
"""Power curves through a few losses, by scipy from many starts: what PowerCurve has to find.

numpy 2.4.6, scipy 1.17.1. Prints the lines of PowerCurveTests.references.
"""

import numpy as np
from scipy.optimize import least_squares

CASES = [
    ([10, 16, 24, 32, 40], [0.520, 0.493, 0.474, 0.468, 0.461]),
    ([8, 13, 19, 26, 32], [0.371, 0.352, 0.347, 0.339, 0.340]),
    ([60, 96, 144, 192, 240], [0.2961, 0.2885, 0.2837, 0.2811, 0.2790]),
    # Faster than any power allowed, slower than any, and rising.
    ([10, 20, 40, 80], [0.9, 0.3, 0.299, 0.2989]),
    ([10, 20, 40, 80], [0.50, 0.48, 0.46, 0.44]),
    ([10, 20, 40, 80], [0.40, 0.41, 0.42, 0.43]),
]


def fit(sizes, losses):
    sizes, losses = np.array(sizes, float), np.array(losses, float)
    scaled = sizes / sizes[-1]
    best = None
    for power in np.linspace(0.3, 1.5, 13):
        found = least_squares(
            lambda x: x[0] + x[1] * scaled ** -x[2] - losses,
            [losses.min(), 0.05, power],
            bounds=([-np.inf, 0, 0.3], [np.inf, np.inf, 1.5]),
            xtol=1e-15, ftol=1e-15, gtol=1e-15, max_nfev=10_000,
        )  # fmt: skip
        if best is None or found.cost < best.cost:
            best = found
    floor, scale, power = best.x
    ahead = floor + scale * ((sizes[-1] + 100) / sizes[-1]) ** -power
    return 2 * best.cost, floor + scale, ahead


for sizes, losses in CASES:
    error, now, ahead = fit(sizes, losses)
    print(f"    .init({sizes}, {losses}, error: {error:.10g}, now: {now:.8f}, ahead: {ahead:.8f}),")
