#!/usr/bin/env python3
"""What people would use instead, each doing one job of Kelvin's; prints one line of JSON.

Usage: peers.py JOB FILE [...]
  read-pandas | read-pyarrow | read-duckdb FILE          CSV to typed columns
  logistic newton-cholesky|lbfgs FILE LAMBDA TOLERANCE   the fit alone, on prepared columns
  fit FILE LAMBDA MODEL                                  CSV to model file: 5 folds, then all rows
  predict MODEL FILE OUTPUT                              CSV to CSV
"""

import json
import os
import sys
import time

THREADS = 2
for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"):
    os.environ.setdefault(name, str(THREADS))

import numpy as np  # noqa: E402  (after the thread settings)

TARGET = "converted"


def report(**values) -> None:
    import resource

    values["peak_mb"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps(values))


def read_pandas(path):
    import pandas as pd

    start = time.perf_counter()
    frame = pd.read_csv(path)
    report(seconds=time.perf_counter() - start, rows=len(frame))


def read_pyarrow(path):
    import pyarrow as pa
    import pyarrow.csv as csv

    pa.set_cpu_count(THREADS)
    categories = [f"category_{k}" for k in range(1, 17)]
    options = csv.ConvertOptions(
        column_types={name: pa.dictionary(pa.int32(), pa.string()) for name in categories}
    )
    start = time.perf_counter()
    table = csv.read_csv(path, convert_options=options)
    report(seconds=time.perf_counter() - start, rows=table.num_rows)


def read_duckdb(path):
    import duckdb

    connection = duckdb.connect(config={"threads": THREADS})
    start = time.perf_counter()
    connection.execute(f"CREATE TABLE leads AS SELECT * FROM read_csv('{path}')")
    seconds = time.perf_counter() - start
    report(seconds=seconds, rows=connection.execute("SELECT count(*) FROM leads").fetchone()[0])


def preparation(frame):
    """Numbers: imputed by the mean with an indicator, standardised. Categories: levels of 0.2%, rest pooled."""
    from sklearn.compose import ColumnTransformer
    from sklearn.impute import SimpleImputer
    from sklearn.pipeline import make_pipeline
    from sklearn.preprocessing import OneHotEncoder, StandardScaler

    categories = [c for c in frame.columns if c.startswith("category")]
    numbers = [c for c in frame.columns if not c.startswith("category") and c != TARGET]
    missing = [c for c in numbers if frame[c].isna().any()]
    from sklearn.impute import MissingIndicator

    return ColumnTransformer(
        [
            ("numbers", make_pipeline(SimpleImputer(), StandardScaler()), numbers),
            ("missing", MissingIndicator(), missing),
            (
                "categories",
                OneHotEncoder(min_frequency=0.002, handle_unknown="infrequent_if_exist"),
                categories,
            ),
        ],
        sparse_threshold=1.0,
    )


def objective(model, features, labels, penalty):
    raw = features @ model.coef_[0] + model.intercept_[0]
    loss = np.logaddexp(0, raw).sum() - raw[labels == 1].sum()
    return float(loss + 0.5 * penalty * (model.coef_**2).sum())


def logistic(solver, path, penalty, tolerance):
    import pandas as pd
    from sklearn.linear_model import LogisticRegression

    penalty = float(penalty)
    frame = pd.read_csv(path)
    labels = frame[TARGET].to_numpy()
    features = preparation(frame).fit_transform(frame)
    features = features.toarray() if solver == "newton-cholesky" else features.tocsr()
    del frame
    model = LogisticRegression(
        C=1 / penalty, solver=solver, tol=float(tolerance), max_iter=5_000
    )
    import warnings

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        start = time.perf_counter()
        model.fit(features, labels)
        seconds = time.perf_counter() - start
    report(
        seconds=seconds,
        iterations=int(model.n_iter_[0]),
        columns=int(features.shape[1]),
        objective=objective(model, features, labels, penalty),
    )


def fit(path, penalty, output):
    import joblib
    import pandas as pd
    from sklearn.linear_model import LogisticRegression
    from sklearn.metrics import log_loss, roc_auc_score
    from sklearn.model_selection import StratifiedKFold, cross_val_predict
    from sklearn.pipeline import make_pipeline

    start = time.perf_counter()
    frame = pd.read_csv(path)
    labels = frame.pop(TARGET).to_numpy()
    # lbfgs on sparse columns: the quickest of scikit-learn's solvers here at its default tolerance.
    model = make_pipeline(
        preparation(frame), LogisticRegression(C=1 / float(penalty), max_iter=1_000)
    )
    folds = StratifiedKFold(5, shuffle=True, random_state=1)
    probabilities = cross_val_predict(model, frame, labels, cv=folds, method="predict_proba")[:, 1]
    figures = (roc_auc_score(labels, probabilities), log_loss(labels, probabilities))
    model.fit(frame, labels)
    joblib.dump(model, output)
    report(seconds=time.perf_counter() - start, auc=figures[0], log_loss=figures[1])


def predict(model_path, path, output):
    import joblib
    import pandas as pd

    start = time.perf_counter()
    model = joblib.load(model_path)
    frame = pd.read_csv(path)
    pd.DataFrame({"probability": model.predict_proba(frame)[:, 1]}).to_csv(output, index_label="lead")
    report(seconds=time.perf_counter() - start, rows=len(frame))


if __name__ == "__main__":
    jobs = {
        "read-pandas": read_pandas,
        "read-pyarrow": read_pyarrow,
        "read-duckdb": read_duckdb,
        "logistic": logistic,
        "fit": fit,
        "predict": predict,
    }
    if len(sys.argv) < 3 or sys.argv[1] not in jobs:
        sys.exit(__doc__)
    jobs[sys.argv[1]](*sys.argv[2:])
