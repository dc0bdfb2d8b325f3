"""Kelvin against other libraries, and the truth, on the examples of the generated CRM.

    crm_history.py CRM_DB EXAMPLES HELD_OUT KELVIN_LOG_LOSS

CRM_DB is `kelvin-crm`'s database, EXAMPLES what `kelvin-train features --out` wrote, HELD_OUT what
`kelvin-train fit --hold-out-file` wrote, and KELVIN_LOG_LOSS what that fit gives for its held-out examples.
The peers, at their defaults, learn from the examples whose horizon of 90 days had passed before the
held-out part began and whose lead and account are not in it; they do not see personal data, ids, the
planted leak, or the stage. Prints each log loss on the held-out examples, and how far it is above the truth's.
"""

import sqlite3
import sys

import numpy as np
import pandas as pd
from catboost import CatBoostClassifier
from lightgbm import LGBMClassifier
from sklearn.ensemble import HistGradientBoostingClassifier
from sklearn.metrics import log_loss, roc_auc_score

HORIZON = pd.Timedelta(days=90)
HIDDEN = ["lead_id", "account_id", "name", "email", "phone", "fax", "onboarding_owner", "stage",
          "closed_at", "decision_time", "created_at", "outcome"]


def read(path: str) -> pd.DataFrame:
    table = pd.read_csv(path, low_memory=False)
    table["decision_time"] = pd.to_datetime(table["decision_time"])
    return table


def main() -> None:
    database, examples_path, held_out_path, kelvin = sys.argv[1:]
    examples, held_out = read(examples_path), read(held_out_path)
    begins = held_out["decision_time"].min()
    train = examples[
        (examples["decision_time"] + HORIZON <= begins)
        & ~examples["lead_id"].isin(held_out["lead_id"])
        & (examples["account_id"].isna() | ~examples["account_id"].isin(held_out["account_id"]))
    ]
    labels = (train["outcome"] == "won").to_numpy(), (held_out["outcome"] == "won").to_numpy()
    used = [c for c in train.columns if c not in HIDDEN and train[c].notna().any()]
    parts = []
    for part in (train, held_out):
        columns = part[used].copy()
        for name in used:
            if not pd.api.types.is_numeric_dtype(train[name]):
                levels = train[name].dropna().astype(str).value_counts().index[:254]
                words = columns[name].astype(str)
                columns[name] = pd.Categorical(words.where(words.isin(levels)), categories=levels)
        parts.append(columns)
    with sqlite3.connect(database) as connection:
        truth = pd.read_sql_query("SELECT lead_id, age_days, probability FROM truth", connection)
    known = held_out[["lead_id", "age_days"]].merge(truth, on=["lead_id", "age_days"], how="left")
    probabilities = {"truth": known["probability"].to_numpy(float)}
    print(f"{len(train):,} examples to learn from, {len(held_out):,} held out, {len(used)} columns")

    numbers = [p.assign(**{c: p[c].cat.codes.replace(-1, np.nan) for c in p.select_dtypes("category")})
               for p in parts]
    words = [c for c in used if isinstance(parts[0][c].dtype, pd.CategoricalDtype)]
    texts = [p.assign(**{c: p[c].astype(object).where(p[c].notna(), "missing") for c in words})
             for p in parts]
    model = LGBMClassifier(random_state=1, n_jobs=2, verbose=-1).fit(parts[0], labels[0])
    probabilities["LightGBM"] = model.predict_proba(parts[1])[:, 1]
    model = HistGradientBoostingClassifier(random_state=1).fit(numbers[0], labels[0])
    probabilities["HistGradientBoosting"] = model.predict_proba(numbers[1])[:, 1]
    model = CatBoostClassifier(random_seed=1, thread_count=2, verbose=False, cat_features=words)
    probabilities["CatBoost"] = model.fit(texts[0], labels[0]).predict_proba(texts[1])[:, 1]

    least = log_loss(labels[1], probabilities["truth"])
    for name, predicted in probabilities.items():
        loss = log_loss(labels[1], predicted)
        print(f"{name:<22} log loss {loss:.4f}  above truth {loss - least:+.4f}"
              f"  AUC {roc_auc_score(labels[1], predicted):.3f}")
    print(f"{'Kelvin':<22} log loss {float(kelvin):.4f}  above truth {float(kelvin) - least:+.4f}")


if __name__ == "__main__":
    main()
