"""Writes calibration.json: small sets of leads, and what other software makes of them.

Made with Python 3.11, numpy 2.4.6, scipy 1.17.1, statsmodels 0.15.0:
    python make_calibration.py
The calibration's minimum is scipy's, under bounds; the intervals' curve is statsmodels' generalised linear
model (its errors, and those of accounts), without the weak prior that the product holds it by.
"""

import json
import pathlib

import numpy as np
import statsmodels.api as sm
from scipy.optimize import minimize
from scipy.special import expit
from statsmodels.nonparametric.smoothers_lowess import lowess

LEAST, SLOPE, BEND = 0.05, 0.1, 0.1


def quantile(raw, weights, share):
    order = np.argsort(raw, kind="stable")
    reached = np.cumsum(weights[order]) >= share * weights.sum() - 1e-9
    return raw[order][reached][0]


def slopes(raw, low, high):
    inside = np.clip(raw, low, high) - low
    bend = inside ** 2 / (2 * (high - low))
    return np.c_[inside - bend + np.minimum(raw - low, 0), bend + np.maximum(raw - high, 0)]


def calibrate(raw, labels, weights):
    low, high = quantile(raw, weights, 0.01), quantile(raw, weights, 0.99)
    design = np.c_[np.ones_like(raw), slopes(raw, low, high)]

    def objective(theta):
        eta = design @ theta
        loss = weights @ (np.logaddexp(0, eta) - labels * eta)
        middle, bend = (theta[1] + theta[2]) / 2, (theta[2] - theta[1]) / 2
        value = loss + ((middle - 1) / SLOPE) ** 2 / 2 + (bend / BEND) ** 2 / 2
        gradient = design.T @ (weights * (expit(eta) - labels))
        gradient[1] += (middle - 1) / SLOPE ** 2 / 2 - bend / BEND ** 2 / 2
        gradient[2] += (middle - 1) / SLOPE ** 2 / 2 + bend / BEND ** 2 / 2
        return value, gradient

    best = minimize(
        objective, [low, 1.0, 1.0], jac=True, method="L-BFGS-B",
        bounds=[(None, None), (LEAST, None), (LEAST, None)],
        options=dict(ftol=1e-16, gtol=1e-9, maxiter=10_000))
    points = np.array([-6, -3, -2, -1, 0, 1, 2, 4.0])
    values = np.c_[np.ones_like(points), slopes(points, low, high)] @ best.x
    return dict(
        points=points.tolist(), values=values.tolist(), objective=best.fun,
        slopes=best.x[1:].tolist())


def spline(x, knots):
    last, before = knots[-1], knots[-2]
    cube = lambda t: np.maximum(x - t, 0) ** 3
    columns = [np.ones_like(x), x]
    for t in knots[:-2]:
        column = (
            cube(t) - cube(before) * (last - t) / (last - before)
            + cube(last) * (before - t) / (last - before))
        columns.append(column / (last - knots[0]) ** 2)
    return np.column_stack(columns)


def band(raw, labels, weights, accounts):
    # Weights are whole numbers: the leads are written out, accounts and all.
    repeat = np.repeat(np.arange(len(raw)), weights.astype(int))
    z, y, groups = raw[repeat], labels[repeat], accounts[repeat]
    mean, deviation = z.mean(), z.std()
    rarer = min(y.sum(), len(y) - y.sum())
    shares = [.05, .35, .65, .95] if rarer < 200 else [.05, .275, .5, .725, .95]
    ones = np.ones_like(z)
    knots = np.array([(quantile(z, ones, s) - mean) / deviation for s in shares])
    points = np.array([quantile(z, ones, s) for s in (0.05, 0.25, 0.5, 0.75, 0.95)])
    at = spline((points - mean) / deviation, knots)
    design = spline((z - mean) / deviation, knots)
    family = sm.families.Binomial()
    plain = sm.GLM(y, design, family=family).fit(tol=1e-14, maxiter=200)
    clustered = sm.GLM(y, design, family=family).fit(
        tol=1e-14, maxiter=200, cov_type="cluster",
        cov_kwds=dict(groups=groups, df_correction=False, use_correction=False))
    factor = len(np.unique(groups)) / (len(np.unique(groups)) - 1)

    def errors(covariance):
        return np.sqrt(np.einsum("ij,jk,ik->i", at, covariance, at)).tolist()

    return dict(
        points=points.tolist(), logOdds=(at @ plain.params).tolist(),
        errors=errors(plain.cov_params()), clusteredErrors=errors(clustered.cov_params() * factor))


def intercept(raw, labels, weights):
    repeat = np.repeat(np.arange(len(raw)), weights.astype(int))
    fit = sm.GLM(
        labels[repeat], np.ones(len(repeat)), family=sm.families.Binomial(),
        offset=raw[repeat]).fit(tol=1e-14, maxiter=200)
    return dict(value=float(fit.params[0]), error=float(fit.bse[0]))


def figures(raw, labels, weights):
    """Basic bootstrap intervals of 95% by drawing the leads again, 1,000 times, and smoothing each draw."""
    repeat = np.repeat(np.arange(len(raw)), weights.astype(int))
    given, outcomes = expit(raw[repeat]), labels[repeat]

    def measured(rows):
        rows = rows[np.argsort(given[rows], kind="stable")]
        p, y = given[rows], outcomes[rows]
        smooth = lowess(y, p, frac=0.75, it=0, is_sorted=True, return_sorted=False)
        bins = np.array_split(np.arange(len(p)), 10)
        share = np.array([len(b) for b in bins]) / len(p)
        rate = np.array([y[b].mean() for b in bins])
        mean = np.array([p[b].mean() for b in bins])
        return [
            np.abs(smooth - p).mean(), share @ (mean - rate) ** 2, share @ (rate - y.mean()) ** 2]

    rng = np.random.default_rng(0)
    rows = np.arange(len(given))
    own = np.array(measured(rows))
    draws = np.array([measured(rng.choice(rows, len(rows))) for _ in range(1_000)])
    low, high = np.quantile(draws, [0.025, 0.975], axis=0)
    names = ["ici", "reliability", "resolution"]
    return {n: dict(low=a, high=b) for n, a, b in zip(names, own - (high - own), own - (low - own))}


def case(name, count, seed, truth, weighted=False, accounts=150):
    rng = np.random.default_rng(seed)
    raw = np.round(rng.normal(-1.2, 1.3, count), 3)
    account = rng.integers(0, accounts, count)
    effect = rng.normal(0, 0.7, accounts)[account]
    labels = (rng.random(count) < expit(truth(raw) + effect)).astype(float)
    weights = rng.integers(1, 4, count).astype(float) if weighted else np.ones(count)
    return dict(
        name=name, raw=raw.tolist(), labels=labels.astype(int).tolist(),
        weights=weights.tolist() if weighted else None, accounts=account.tolist(),
        calibration=calibrate(raw, labels, weights), band=band(raw, labels, weights, account),
        intercept=intercept(raw, labels, weights),
        figures=figures(raw, labels, weights) if count < 1_000 else None)


cases = [
    case("overconfident", 900, 1, lambda z: 0.2 + 0.6 * z),
    case("bent", 1200, 2, lambda z: z + 0.5 * (z + 1) ** 2 - 0.6, weighted=True),
    case("falling", 3000, 3, lambda z: -0.6 - 1.5 * np.abs(z + 1), accounts=600),
]
path = pathlib.Path(__file__).with_name("calibration.json")
path.write_text(json.dumps(dict(cases=cases)) + "\n")
