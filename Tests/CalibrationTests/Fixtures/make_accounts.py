"""Writes accounts.json: leads of accounts that go together, and what scipy makes of them.

Made with Python 3.11, numpy and scipy (versions in the file):
    python make_accounts.py
`any` holds probabilities that some lead converts, by adaptive quadrature; each is held here against scipy's
distribution function of a multivariate normal with one correlation, which is computed in another way. `fit` holds
invented leads, and the correlation at scipy's minimum of the product's objective.
"""

import json
import pathlib

import numpy as np
import scipy
from scipy.integrate import quad
from scipy.optimize import brentq, minimize_scalar
from scipy.special import expit, logit, ndtr, ndtri
from scipy.stats import multivariate_normal

STATED, DEVIATION = 0.5, 0.3
rng = np.random.default_rng(20)


def given(p, rho, z):
    return ndtr((ndtri(p) - np.sqrt(rho) * z) / np.sqrt(1 - rho))


def any_of(p, rho):
    def integrand(z):
        return np.exp(-z * z / 2) / np.sqrt(2 * np.pi) * (1 - np.prod(1 - given(p, rho, z)))

    value, _ = quad(integrand, -12, 12, epsabs=1e-14, epsrel=1e-13, limit=2000, points=[-4, -2, 0, 2])
    if len(p) <= 5:
        # Lead i stays out where its number lies above the quantile: by symmetry below its negative.
        covariance = np.full((len(p), len(p)), rho) + (1 - rho) * np.eye(len(p))
        other = 1 - multivariate_normal(cov=covariance, seed=1, maxpts=10**7, abseps=1e-9, releps=1e-9).cdf(-ndtri(p))
        assert abs(other - value) < 1e-6, (p, rho, other, value)
    return value


accounts = [
    [0.1, 0.1], [0.02, 0.6], [0.9, 0.95], [1e-6, 1e-5], [0.3, 0.2, 0.1], [0.5, 0.05, 0.01, 0.001],
    [0.07] * 5, [0.12] * 25, list(np.linspace(0.01, 0.4, 60)),
]
any_cases = [
    {"probabilities": list(map(float, p)), "correlation": rho, "any": any_of(np.array(p), rho)}
    for p in accounts for rho in (0.05, 0.3, 0.5, 0.8, 0.97)
]

Z = np.arange(-9, 9.0001, 0.005)
W = np.exp(-Z * Z / 2) * 0.005 / np.sqrt(2 * np.pi)


def likelihood(p, y, rho):
    if rho == 0:
        return np.prod(np.where(y, p, 1 - p))
    c = given(p[:, None], rho, Z[None, :])
    return (W * np.where(y[:, None], c, 1 - c).prod(0)).sum()


def fitted(leads, rho_true):
    raw, label, account = [], [], []
    for number, size in enumerate(leads):
        own = -1.5 + 0.6 * rng.normal() + 0.8 * rng.normal(size=size)
        shared = rng.normal()
        hidden = np.sqrt(rho_true) * shared + np.sqrt(1 - rho_true) * rng.normal(size=size)
        label += (ndtr(hidden) < expit(own)).tolist()
        # Predictions that are too high as a whole.
        raw += (own + 0.4).tolist()
        account += [number] * size
    raw, label, account = np.array(raw), np.array(label), np.array(account)
    alone = np.flatnonzero(np.bincount(account) < 2)
    several = ~np.isin(account, alone)
    shift = brentq(lambda s: expit(raw[several] + s).sum() - label[several].sum(), -5, 5)
    groups = [np.flatnonzero(account == a) for a in np.unique(account[several])]
    p = expit(raw + shift)

    def objective(rho):
        prior = ((rho - STATED) / DEVIATION) ** 2 / 2
        return prior - sum(np.log(likelihood(p[g], label[g], rho)) for g in groups)

    found = minimize_scalar(objective, bounds=(0, 0.99), method="bounded", options={"xatol": 1e-6}).x
    if objective(0.0) <= objective(found):
        found = 0.0
    order = rng.permutation(len(raw))
    return {
        "logOdds": raw[order].tolist(), "labels": label[order].astype(int).tolist(),
        "accounts": account[order].tolist(), "correlation": float(found), "numberOfAccounts": len(groups),
        "converted": int(sum(label[g].any() for g in groups)),
        "expectedAlone": float(sum(1 - np.prod(1 - p[g]) for g in groups)),
    }


sizes = np.minimum(1 + rng.geometric(0.45, 120), 9)
fits = [fitted(np.r_[sizes, [1, 1, 1]], rho) for rho in (0.0, 0.3, 0.7, 0.95)] + [fitted([2, 3, 2, 2], 0.2)]
path = pathlib.Path(__file__).with_name("accounts.json")
path.write_text(json.dumps(
    {"made": f"numpy {np.__version__}, scipy {scipy.__version__}", "any": any_cases, "fits": fits}) + "\n")
for f in fits:
    print(f["correlation"], f["numberOfAccounts"], f["converted"], f["expectedAlone"])
