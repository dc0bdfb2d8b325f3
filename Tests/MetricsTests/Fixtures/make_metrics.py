"""Writes metrics.json: small sets of leads with the figures that other software gives for them.

Made with Python 3.11, numpy 2.4.6, scipy 1.17.1, scikit-learn 1.9.1, statsmodels 0.15.0:
    python make_metrics.py
DeLong's variance is computed here by brute force over all pairs, as the paper states it.
"""

import json
import pathlib

import numpy as np
import statsmodels.api as sm
from scipy.stats import norm
from sklearn.metrics import (
    average_precision_score, brier_score_loss, log_loss, roc_auc_score)
from statsmodels.nonparametric.smoothers_lowess import lowess

EPSILON = 2.0 ** -52


def components(labels, scores):
    won, lost = scores[labels == 1], scores[labels == 0]
    wins = (won[:, None] > lost[None, :]) + 0.5 * (won[:, None] == lost[None, :])
    return wins.mean(), wins.mean(axis=1), wins.mean(axis=0)


def delong(labels, first, second):
    auc1, v10a, v01a = components(labels, first)
    auc2, v10b, v01b = components(labels, second)
    m, n = len(v10a), len(v01a)
    covariance = np.cov(v10a, v10b) / m + np.cov(v01a, v01b) / n
    variance = covariance[0, 0] + covariance[1, 1] - 2 * covariance[0, 1]
    z = (auc1 - auc2) / np.sqrt(variance)
    return {
        "first": auc1, "second": auc2,
        "firstError": np.sqrt(covariance[0, 0]), "secondError": np.sqrt(covariance[1, 1]),
        "differenceError": np.sqrt(variance), "z": z, "p": 2 * norm.sf(abs(z)),
    }


def calibration(labels, probabilities):
    clipped = np.clip(probabilities, EPSILON, 1 - EPSILON)
    logit = np.log(clipped) - np.log1p(-clipped)
    family = sm.families.Binomial()
    settings = dict(tol=1e-14, maxiter=200)
    large = sm.GLM(labels, np.ones((len(labels), 1)), family=family, offset=logit).fit(**settings)
    line = sm.GLM(labels, sm.add_constant(logit), family=family).fit(**settings)
    return {
        "inTheLarge": large.params[0], "inTheLargeError": large.bse[0],
        "intercept": line.params[0], "interceptError": line.bse[0],
        "slope": line.params[1], "slopeError": line.bse[1],
    }


def case(name, labels, probabilities, points, weights=None):
    if weights is None:
        repeated = (labels, probabilities, points)
    else:
        repeated = tuple(np.repeat(values, weights) for values in (labels, probabilities, points))
    y, p, s = repeated
    smooth = lowess(y.astype(float), p, frac=0.75, it=0, delta=0.0, return_sorted=False)
    error = np.abs(p - smooth)
    return {
        "name": name,
        "labels": labels.tolist(), "probabilities": probabilities.tolist(),
        "points": points.tolist(), "weights": None if weights is None else weights.tolist(),
        "logLoss": log_loss(labels, probabilities, sample_weight=weights, labels=[0, 1]),
        "brier": brier_score_loss(labels, probabilities, sample_weight=weights),
        "auc": roc_auc_score(labels, probabilities, sample_weight=weights),
        "pointsAUC": roc_auc_score(labels, points, sample_weight=weights),
        "averagePrecision": average_precision_score(labels, probabilities, sample_weight=weights),
        "pointsAveragePrecision": average_precision_score(labels, points, sample_weight=weights),
        "delong": delong(y, p, s),
        "calibration": calibration(y, p),
        "ici": error.mean(), "largestError": error.max(),
    }


def leads(seed, count, shift, noise, steps=None):
    random = np.random.default_rng(seed)
    raw = random.normal(shift, 1.3, count)
    labels = (random.uniform(size=count) < 1 / (1 + np.exp(-raw))).astype(int)
    probabilities = 1 / (1 + np.exp(-(0.8 * raw + 0.3 + random.normal(0, noise, count))))
    if steps:
        probabilities = np.round(probabilities * steps) / steps
    points = np.round(10 * (raw + random.normal(0, 2, count)) / 5) * 5
    return labels, probabilities, points


def main():
    cases = [case("distinct", *leads(1, 400, -1.5, 0.4))]
    cases.append(case("tied", *leads(2, 300, -0.5, 0.6, steps=20)))
    weights = np.random.default_rng(9).integers(1, 5, 120)
    cases.append(case("weighted", *leads(3, 120, -1.0, 0.5), weights=weights))
    labels, probabilities, points = leads(4, 150, -1.0, 0.5)
    probabilities[:6] = [0, 1, 0, 1, 1e-300, 1 - 1e-16]
    labels[:6] = [0, 1, 1, 0, 1, 1]
    cases.append(case("certain", labels, probabilities, points))
    cases.append(case("rare", *leads(5, 900, -4.5, 0.3)))
    out = pathlib.Path(__file__).with_name("metrics.json")
    out.write_text(json.dumps({"cases": cases}) + "\n")


main()
