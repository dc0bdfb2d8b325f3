"""Reference fits for LogisticTrainingTests.

Writes reference.json beside this file. Made with the versions that it records in the file; run with
Python 3.11, numpy, scipy, scikit-learn >= 1.5 and statsmodels:

    python3 make_fixtures.py

Data: 300 rows, 4 numbers (rounded to 4 digits, so that the file says exactly what was fitted), 3
groups of 3, 5 and 9 levels; code == levels means "none of the indicators".
"""

import json
import pathlib

import numpy as np
import scipy
import scipy.optimize
import sklearn
import statsmodels
import statsmodels.api as sm
from sklearn.linear_model import LogisticRegression

LEVELS = [3, 5, 9]


def sigmoid(eta):
    return 1 / (1 + np.exp(-eta))


def make(seed, rows, shift):
    rng = np.random.default_rng(seed)
    numbers = np.round(rng.standard_normal((rows, 4)) @ np.diag([1, 1, 2, 0.5]), 4)
    numbers[:, 1] = np.round(0.6 * numbers[:, 0] + 0.8 * numbers[:, 1], 4)
    codes = np.column_stack([rng.integers(0, count + 1, rows) for count in LEVELS])
    effects = [rng.standard_normal(count + 1) * 0.7 for count in LEVELS]
    eta = shift + numbers @ np.array([0.8, -0.5, 0.3, 0.0])
    for group in range(3):
        eta += effects[group][codes[:, group]]
    labels = (rng.random(rows) < sigmoid(eta)).astype(int)
    weights = rng.integers(1, 4, rows)
    return numbers, codes, labels, weights


def dense(numbers, codes):
    columns = [numbers]
    for group, count in enumerate(LEVELS):
        columns.append((codes[:, [group]] == np.arange(count)).astype(float))
    return np.hstack(columns)


def ridge(numbers, codes, labels, weights):
    cases = []
    x = dense(numbers, codes)
    for penalty in [0.05, 1.0, 20.0]:
        for weighted in [False, True]:
            model = LogisticRegression(
                C=1 / penalty, solver="newton-cholesky", tol=1e-12, max_iter=1000
            ).fit(x, labels, sample_weight=weights if weighted else None)
            cases.append(
                {
                    "penalty": penalty,
                    "weighted": weighted,
                    "coefficients": model.coef_[0].tolist(),
                    "intercept": float(model.intercept_[0]),
                }
            )
    return cases


def table(result):
    interval = result.conf_int(0.05)
    order = list(range(1, len(result.params))) + [0]
    return {
        "estimates": result.params[order].tolist(),
        "standardErrors": result.bse[order].tolist(),
        "z": result.tvalues[order].tolist(),
        "p": result.pvalues[order].tolist(),
        "low": interval[order, 0].tolist(),
        "high": interval[order, 1].tolist(),
    }


def likelihood(numbers, codes, labels, weights):
    x = sm.add_constant(dense(numbers, codes))
    plain = sm.Logit(labels, x).fit(method="newton", tol=1e-14, maxiter=200, disp=0)
    repeated = np.repeat(np.arange(len(labels)), weights)
    weighted = sm.Logit(labels[repeated], x[repeated]).fit(
        method="newton", tol=1e-14, maxiter=200, disp=0
    )
    return {"plain": table(plain), "weighted": table(weighted)}


def firth(x, labels, penalty):
    """Direct maximisation of the penalised likelihood, then the intercept alone (FLIC)."""
    design = np.hstack([x, np.ones((len(x), 1))])
    ridge_weights = np.append(np.full(x.shape[1], penalty), 0.0)

    def objective(beta):
        eta = design @ beta
        loss = np.sum(np.logaddexp(0, eta) - labels * eta)
        w = sigmoid(eta) * sigmoid(-eta)
        information = design.T @ (design * w[:, None]) + np.diag(ridge_weights)
        sign, log_determinant = np.linalg.slogdet(information)
        if sign <= 0:
            return np.inf
        return loss + 0.5 * np.sum(ridge_weights * beta**2) - 0.5 * log_determinant

    def gradient(beta):
        eta = design @ beta
        p = sigmoid(eta)
        w = p * (1 - p)
        information = design.T @ (design * w[:, None]) + np.diag(ridge_weights)
        hat = w * np.einsum("ij,ji->i", design, np.linalg.solve(information, design.T))
        return design.T @ (p - labels - hat * (0.5 - p)) + ridge_weights * beta

    start = np.zeros(design.shape[1])
    assert scipy.optimize.check_grad(objective, gradient, start + 0.1) < 1e-4
    found = scipy.optimize.minimize(
        objective, start, jac=gradient, method="BFGS", options={"gtol": 1e-9, "maxiter": 5000}
    )
    beta = scipy.optimize.root(gradient, found.x, tol=1e-13).x
    assert np.abs(gradient(beta)).max() < 1e-9
    offset = x @ beta[:-1]
    intercept = scipy.optimize.brentq(
        lambda b: np.sum(sigmoid(offset + b) - labels), -50, 50, xtol=1e-14
    )
    eta = design @ beta
    w = sigmoid(eta) * sigmoid(-eta)
    information = design.T @ (design * w[:, None]) + np.diag(ridge_weights)
    return {
        "penalty": penalty,
        "coefficients": beta[:-1].tolist(),
        "intercept": float(intercept),
        "firthIntercept": float(beta[-1]),
        "standardErrors": np.sqrt(np.diag(np.linalg.inv(information)))[:-1].tolist(),
        "objective": float(objective(beta)),
    }


def data(numbers, codes, labels, weights):
    return {
        "numbers": numbers.ravel().tolist(),
        "codes": codes.ravel().tolist(),
        "labels": labels.tolist(),
        "weights": weights.tolist(),
    }


def main():
    full = make(7, 300, -0.5)
    small = make(11, 60, -1.5)
    # Separated on purpose: every row with a first number above 0.3 is won, every other lost.
    separated = make(13, 50, 0.0)
    separated = (separated[0], separated[1], (separated[0][:, 0] > 0.3).astype(int), separated[3])
    out = {
        "versions": {
            "numpy": np.__version__,
            "scipy": scipy.__version__,
            "scikit-learn": sklearn.__version__,
            "statsmodels": statsmodels.__version__,
        },
        "levels": LEVELS,
        "full": data(*full),
        "ridge": ridge(*full),
        "likelihood": likelihood(*full),
        "small": data(*small),
        "firthNumbers": firth(small[0], small[2], 0.0),
        "firthPenalised": firth(dense(small[0], small[1]), small[2], 0.5),
        "separated": data(*separated),
        "firthSeparated": firth(separated[0], separated[2], 0.0),
    }
    path = pathlib.Path(__file__).with_name("reference.json")
    path.write_text(json.dumps(out, indent=0) + "\n")


if __name__ == "__main__":
    main()
