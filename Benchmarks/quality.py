#!/usr/bin/env python3
"""Log loss of Kelvin at its defaults against scikit-learn's LogisticRegression on real leads.

Ten seeded cuts a set, 75% to fit and 25% to judge; the same rows for both sides. Columns that were filled
in after the outcome are excluded on both. scikit-learn gets one-hot categories (a level of its own for
missing) and scaled, mean-imputed numbers with missing indicators, at its default penalty.

Usage: quality.py DATA_FOLDER [--cuts 10] [--only NAME[,NAME]]
"""

import argparse
import gzip
import io
import pathlib
import statistics
import subprocess
import sys
import tempfile
import warnings

import numpy as np
import pandas as pd
from sklearn.compose import ColumnTransformer
from sklearn.impute import SimpleImputer
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import log_loss, roc_auc_score
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import OneHotEncoder, StandardScaler

ROOT = pathlib.Path(__file__).resolve().parent.parent
RELEASE = ROOT / ".build" / "release"

ADULT = (
    "age,workclass,fnlwgt,education,education_num,marital_status,occupation,relationship,race,sex,"
    "capital_gain,capital_loss,hours_per_week,native_country,income"
)

XEDUCATION_LEAKS = [
    "Tags", "Lead Quality", "Lead Profile", "Last Activity", "Last Notable Activity",
    "Asymmetrique Activity Index", "Asymmetrique Profile Index",
    "Asymmetrique Activity Score", "Asymmetrique Profile Score",
]  # fmt: skip

SETS = {
    "xeducation": dict(
        file="xeducation_leads.csv", target="Converted", won="1",
        drop=["Prospect ID", "Lead Number", *XEDUCATION_LEAKS], missing=["Select"],
    ),
    "bank": dict(file="bank_full.csv", separator=";", target="y", won="yes", drop=["duration"], missing=["unknown"]),
    "telco": dict(file="telco_churn.csv", target="Churn", won="Yes", drop=["customerID"]),
    "shoppers": dict(file="online_shoppers.csv", target="Revenue", won="TRUE"),
    "maven": dict(
        file="maven_crm/sales_pipeline.csv", target="deal_stage", won="Won", lost="Lost",
        drop=["opportunity_id", "close_date", "close_value"], dates=["engage_date"],
    ),
    "adult": dict(file="adult.csv.gz", header=ADULT, target="income", won=">50K", missing=["?"]),
}  # fmt: skip


def load(folder, spec):
    """All cells as text, as Kelvin sees them."""
    raw = (folder / spec["file"]).read_bytes()
    text = (gzip.decompress(raw) if spec["file"].endswith(".gz") else raw).decode("utf-8")
    if "header" in spec:
        text = spec["header"] + "\n" + text
    frame = pd.read_csv(
        io.StringIO(text), sep=spec.get("separator", ","), dtype=str, keep_default_na=False,
        skipinitialspace=True,
    )  # fmt: skip
    frame = frame.loc[:, [c for c in frame.columns if c and not c.startswith("Unnamed")]]
    if "lost" in spec:
        frame = frame[frame[spec["target"]].isin([spec["won"], spec["lost"]])].reset_index(drop=True)
    return frame


def typed(frame, spec):
    """The same cells with numbers and missing values as a data scientist would read them."""
    missing = {"", *spec.get("missing", [])}
    result = {}
    for name in frame.columns:
        if name == spec["target"] or name in spec.get("drop", []):
            continue
        cells = frame[name].str.strip()
        cells = cells.where(~cells.isin(missing))
        if name in spec.get("dates", []):
            result[name] = pd.to_datetime(cells).map(lambda d: d.toordinal(), na_action="ignore").astype(float)
            continue
        numbers = pd.to_numeric(cells, errors="coerce")
        result[name] = numbers if numbers.notna().sum() == cells.notna().sum() else cells.fillna("(missing)")
    return pd.DataFrame(result)


def scikit(train, labels, test):
    numbers = [c for c in train.columns if train[c].dtype.kind in "fi" and train[c].notna().any()]
    categories = [c for c in train.columns if train[c].dtype.kind not in "fi"]
    model = make_pipeline(
        ColumnTransformer(
            [
                ("n", make_pipeline(SimpleImputer(add_indicator=True), StandardScaler()), numbers),
                ("c", OneHotEncoder(handle_unknown="ignore"), categories),
            ]
        ),
        LogisticRegression(max_iter=5_000),
    )
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        model.fit(train, labels)
        return model.predict_proba(test)[:, 1]


def kelvin(train, test, spec, folder):
    folder = pathlib.Path(folder)
    train.to_csv(folder / "train.csv", index=False)
    test.to_csv(folder / "test.csv", index=False)
    command = [
        RELEASE / "kelvin-train", "fit", "--data", folder / "train.csv",
        "--target", f"{spec['target']}={spec['won']}", "--model", folder / "model", "--quiet",
    ]  # fmt: skip
    if "lost" in spec:
        command += ["--lost", spec["lost"]]
    if spec.get("drop"):
        command += ["--exclude", ",".join(spec["drop"])]
    if spec.get("missing"):
        command += ["--missing", ",".join(["", *spec["missing"]])]
    subprocess.run(list(map(str, command)), check=True, stdout=subprocess.DEVNULL)
    subprocess.run(
        list(map(str, [
            RELEASE / "kelvin-score", "predict", "--model", folder / "model", "--data", folder / "test.csv",
            "--out", folder / "scored.csv", "--all", "--quiet",
        ])), check=True, stdout=subprocess.DEVNULL,
    )  # fmt: skip
    return pd.read_csv(folder / "scored.csv")["probability"].to_numpy()


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("data", type=pathlib.Path)
    parser.add_argument("--cuts", type=int, default=10)
    parser.add_argument("--only", default=",".join(SETS))
    options = parser.parse_args()
    print("| set | Kelvin | scikit-learn LR | difference (95% interval) | AUC, Kelvin | AUC, LR |")
    print("|---|---|---|---|---|---|")
    for name in options.only.split(","):
        spec = SETS[name]
        frame = load(options.data, spec)
        labels = (frame[spec["target"]].str.strip() == spec["won"]).to_numpy().astype(int)
        features = typed(frame, spec)
        mine, theirs, mine_auc, theirs_auc = [], [], [], []
        for cut in range(options.cuts):
            order = np.random.default_rng(cut).permutation(len(frame))
            held, kept = order[: len(order) // 4], order[len(order) // 4 :]
            with tempfile.TemporaryDirectory() as folder:
                p = kelvin(frame.iloc[kept], frame.iloc[held], spec, folder)
            q = scikit(features.iloc[kept], labels[kept], features.iloc[held])
            mine.append(log_loss(labels[held], p))
            theirs.append(log_loss(labels[held], q))
            mine_auc.append(roc_auc_score(labels[held], p))
            theirs_auc.append(roc_auc_score(labels[held], q))
        differences = np.array(mine) - np.array(theirs)
        # Student's t, two-sided 95%, for the number of cuts.
        from scipy.stats import t

        spread = t.ppf(0.975, len(differences) - 1) * differences.std(ddof=1) / np.sqrt(len(differences))
        mean = statistics.mean
        print(
            f"| {name} | {mean(mine):.4f} | {mean(theirs):.4f} | {differences.mean():+.4f} "
            f"({differences.mean() - spread:+.4f} to {differences.mean() + spread:+.4f}) "
            f"| {mean(mine_auc):.4f} | {mean(theirs_auc):.4f} |",
            flush=True,
        )


if __name__ == "__main__":
    sys.exit(main())
