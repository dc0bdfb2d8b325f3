"""What people would use instead on real leads, each at its defaults, with the categories that it takes.

Every peer gets the same frame: numbers with NaN, categories as text (real_leads.py). Only threads,
silence and a seed are set.
"""

import importlib.metadata
import warnings
from collections.abc import Callable

import numpy as np
import pandas as pd

from real_leads import MISSING

THREADS = 2
# Raise where a peer's settings or its preparation change, so that caches of before are left alone.
SETTINGS = 1


def is_category(column: pd.Series) -> bool:
    return column.dtype.kind not in "fi"


def with_category_dtype(train: pd.DataFrame, test: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Levels of the whole frame, as `frame.astype("category")` before the cut gives them; missing is
    missing, as `read_csv` leaves it. (As a level of its own it moves the peers' means by at most 0.0012,
    up on some sets and down on others.)"""
    train, test = train.copy(), test.copy()
    for name in train.columns:
        if is_category(train[name]):
            levels = sorted((set(train[name]) | set(test[name])) - {MISSING})
            train[name] = pd.Categorical(train[name], levels)
            test[name] = pd.Categorical(test[name], levels)
    return train, test


def logistic(train: pd.DataFrame, labels: np.ndarray, test: pd.DataFrame) -> np.ndarray:
    """One-hot categories and scaled, mean-imputed numbers with missing indicators."""
    from sklearn.compose import ColumnTransformer
    from sklearn.impute import SimpleImputer
    from sklearn.linear_model import LogisticRegression
    from sklearn.pipeline import make_pipeline
    from sklearn.preprocessing import OneHotEncoder, StandardScaler

    categories = [c for c in train.columns if is_category(train[c])]
    numbers = [c for c in train.columns if c not in categories and train[c].notna().any()]
    numeric = make_pipeline(SimpleImputer(add_indicator=True), StandardScaler())
    model = make_pipeline(
        ColumnTransformer(
            [("n", numeric, numbers), ("c", OneHotEncoder(handle_unknown="ignore"), categories)]
        ),
        LogisticRegression(max_iter=5_000),
    )
    return model.fit(train, labels).predict_proba(test)[:, 1]


def lightgbm(train: pd.DataFrame, labels: np.ndarray, test: pd.DataFrame) -> np.ndarray:
    from lightgbm import LGBMClassifier

    train, test = with_category_dtype(train, test)
    model = LGBMClassifier(n_jobs=THREADS, verbose=-1)
    return model.fit(train, labels).predict_proba(test)[:, 1]


def xgboost(train: pd.DataFrame, labels: np.ndarray, test: pd.DataFrame) -> np.ndarray:
    from xgboost import XGBClassifier

    train, test = with_category_dtype(train, test)
    model = XGBClassifier(n_jobs=THREADS, enable_categorical=True)
    return model.fit(train, labels).predict_proba(test)[:, 1].astype(float)


def catboost(train: pd.DataFrame, labels: np.ndarray, test: pd.DataFrame) -> np.ndarray:
    from catboost import CatBoostClassifier

    categories = [c for c in train.columns if is_category(train[c])]
    model = CatBoostClassifier(
        thread_count=THREADS, cat_features=categories, verbose=False, allow_writing_files=False
    )
    return model.fit(train, labels).predict_proba(test)[:, 1]


def histgradientboosting(train: pd.DataFrame, labels: np.ndarray, test: pd.DataFrame) -> np.ndarray:
    from sklearn.ensemble import HistGradientBoostingClassifier

    train, test = with_category_dtype(train, test)
    model = HistGradientBoostingClassifier(categorical_features="from_dtype", random_state=0)
    return model.fit(train, labels).predict_proba(test)[:, 1]


Predict = Callable[[pd.DataFrame, np.ndarray, pd.DataFrame], np.ndarray]

# Name of the peer: how it predicts, the package that it is of, what tables call it.
PEERS: dict[str, tuple[Predict, str, str]] = {
    "logistic": (logistic, "scikit-learn", "LR"),
    "lightgbm": (lightgbm, "lightgbm", "LightGBM"),
    "xgboost": (xgboost, "xgboost", "XGBoost"),
    "histgradientboosting": (histgradientboosting, "scikit-learn", "HGB"),
    "catboost": (catboost, "catboost", "CatBoost"),
}
BOOSTERS = [name for name in PEERS if name != "logistic"]


def version(peer: str) -> str:
    return importlib.metadata.version(PEERS[peer][1])


def predict(peer: str, train: pd.DataFrame, labels: np.ndarray, test: pd.DataFrame) -> np.ndarray:
    """Probabilities of the test rows."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return np.asarray(PEERS[peer][0](train, labels, test), dtype=float)
