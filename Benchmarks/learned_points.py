#!/usr/bin/env python3
"""Learned points against an unrestricted logistic regression on the same yes/no criteria, and against the
hand-written points that they come from.

Seeded cuts, 75% to learn from and 25% to judge. The new file is read and its points are counted here, apart
from Kelvin. Log loss is through the points' own line to a probability; AUC of the score as the file's scale
cuts it off, with DeLong's interval of the difference. Ends with 1 where a bar is missed.

  learned_points.py DATA RULES                  bank, telco and xeducation; RULES holds SET.yaml
  learned_points.py DATA RULES --suggest 5      with new rules beside those of the file
"""

import argparse
import dataclasses
import json
import pathlib
import subprocess
import sys
import tempfile

from quality import KELVIN_ENVIRONMENT, RELEASE, Leads, log_loss, mean, names

import numpy as np  # noqa: E402  (after the thread settings)
import pandas as pd  # noqa: E402
import yaml  # noqa: E402
from scipy.stats import norm, rankdata  # noqa: E402
from sklearn.linear_model import LogisticRegression  # noqa: E402

from real_leads import cuts  # noqa: E402

SETS = ["bank", "telco", "xeducation"]
# Log loss of the learned points to that of the unrestricted regression, at most.
BAR = 1.03


class RuleFile:
    """The parts of a rule file that the files judged here have: field rules without caps, and a scale."""

    def __init__(self, path: pathlib.Path):
        # All scalars as text, as Kelvin reads them.
        content = yaml.load(path.read_text(), Loader=yaml.BaseLoader)
        self.missing = {token.strip() for token in content.get("missing", [""])} | {""}
        self.rules = [rule for group in content["groups"] for rule in group["rules"]]
        self.points = np.array([float(rule["points"]) for rule in self.rules])
        scale = content["scale"]
        self.low, self.high, self.raw = (float(scale[key]) for key in ("from", "to", "raw"))

    def criteria(self, frame: pd.DataFrame) -> np.ndarray:
        """Which rules hold: one row a lead, one column a rule."""
        return np.column_stack([self.holds(rule["when"], frame) for rule in self.rules]).astype(float)

    def holds(self, condition: dict, frame: pd.DataFrame) -> np.ndarray:
        if "not" in condition:
            return ~self.holds(condition["not"], frame)
        cells = frame[condition["field"]].str.strip()
        filled = ~cells.isin(self.missing).to_numpy()
        result = np.ones(len(frame), dtype=bool)
        for test, value in condition.items():
            if test == "field":
                continue
            if test == "missing":
                found = filled if value == "false" else ~filled
            elif test in ("is", "in"):
                values = [value] if isinstance(value, str) else value
                found = filled & cells.isin(values).to_numpy()
                if test == "is" and value == "yes":
                    found |= filled & cells.str.lower().isin(["yes", "1", "true"]).to_numpy()
            else:
                numbers = pd.to_numeric(cells.where(filled), errors="coerce").to_numpy()
                bound = float(value)
                found = numbers >= bound if test == "at_least" else numbers <= bound
                if test not in ("at_least", "at_most"):
                    sys.exit(f"{test} is not known here")
            result &= found
        return result

    def scores(self, points: np.ndarray) -> np.ndarray:
        share = np.clip(points / self.raw, 0, 1)
        return self.low + (self.high - self.low) * share


@dataclasses.dataclass
class AreaDifference:
    """DeLong's test of two scores on the same leads (Sun and Xu 2014)."""

    first: float
    second: float
    low: float
    high: float

    @staticmethod
    def between(labels: np.ndarray, first: np.ndarray, second: np.ndarray) -> "AreaDifference":
        won, lost = labels == 1, labels == 0
        areas, placements = [], []
        for scores in (first, second):
            ranks, own, other = rankdata(scores), rankdata(scores[won]), rankdata(scores[lost])
            of_won = (ranks[won] - own) / lost.sum()
            of_lost = 1 - (ranks[lost] - other) / won.sum()
            areas.append(of_won.mean())
            placements.append((of_won, of_lost))
        spread = sum(
            np.var(a - b, ddof=1) / len(a) for a, b in zip(placements[0], placements[1])
        )
        difference = areas[0] - areas[1]
        reach = norm.ppf(0.975) * np.sqrt(spread)
        return AreaDifference(areas[0], areas[1], difference - reach, difference + reach)


def learn(
    leads: Leads, kept: np.ndarray, rules: pathlib.Path, folder: pathlib.Path,
    release: pathlib.Path, suggest: int,
) -> tuple[RuleFile, float, float]:  # fmt: skip
    """The new file, and intercept and slope of its line in log-odds."""
    spec = leads.spec
    leads.frame.iloc[kept].to_csv(folder / "train.csv", index=False)
    # Written empty, so that no project file of the working folder is read.
    (folder / "kelvin.yaml").write_text(f"name: {leads.name}\n")
    command: list[object] = [
        release / "kelvin-train", "points", "--project", folder / "kelvin.yaml",
        "--data", folder / "train.csv", "--target", f"{spec.target}={spec.won}",
        "--rules", rules, "--write", folder / "new.yaml", "--suggest", suggest, "--json",
    ]  # fmt: skip
    if spec.drop:
        command += ["--exclude", ",".join(spec.drop)]
    if spec.missing:
        command += ["--missing", ",".join(["", *spec.missing])]
    outcome = subprocess.run(
        [str(part) for part in command], capture_output=True, text=True, env=KELVIN_ENVIRONMENT
    )
    if outcome.returncode != 0:
        sys.exit(f"{' '.join(map(str, command))} failed:\n{outcome.stderr}")
    report = json.loads(outcome.stdout)
    return RuleFile(folder / "new.yaml"), report["intercept"], report["slope"]


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("data", type=pathlib.Path, help="folder of the data sets")
    parser.add_argument("rules", type=pathlib.Path, help="folder of the rule files")
    parser.add_argument("--cuts", type=int, default=5)
    parser.add_argument("--only", default=",".join(SETS), help="sets, with commas")
    parser.add_argument("--suggest", type=int, default=0, help="new rules at most")
    parser.add_argument("--release", type=pathlib.Path, default=RELEASE, help="folder of the commands")
    options = parser.parse_args()

    print(
        "| set | log loss, learned | unrestricted | ratio | by hand | AUC, learned | by hand "
        "| lower by DeLong |"
    )
    print("|---|---|---|---|---|---|---|---|", flush=True)
    missed = False
    for name in names(options.only, {name: None for name in SETS}):
        leads = Leads(name, options.data)
        path = options.rules.resolve() / f"{name}.yaml"
        hand = RuleFile(path)
        losses: dict[str, list[float]] = {"learned": [], "free": [], "hand": []}
        areas: list[AreaDifference] = []
        for _, kept, held in cuts(len(leads.frame), options.cuts):
            with tempfile.TemporaryDirectory() as folder:
                new, intercept, slope = learn(
                    leads, kept, path, pathlib.Path(folder), options.release, options.suggest
                )
            labels = leads.labels[held]
            own, learned = hand.criteria(leads.frame), new.criteria(leads.frame)
            points, own_points = learned @ new.points, own @ hand.points

            def regression(features: np.ndarray) -> float:
                fit = LogisticRegression(C=np.inf, max_iter=1_000, tol=1e-8)
                fit.fit(features[kept], leads.labels[kept])
                return log_loss(labels, fit.predict_proba(features[held])[:, 1])

            losses["learned"].append(
                log_loss(labels, 1 / (1 + np.exp(-(intercept + slope * points[held]))))
            )
            losses["free"].append(regression(learned))
            losses["hand"].append(regression(own_points[:, None] / hand.raw))
            areas.append(
                AreaDifference.between(
                    labels, new.scores(points[held]), hand.scores(own_points[held])
                )
            )
        ratio = mean(losses["learned"]) / mean(losses["free"])
        lower = sum(area.high < 0 for area in areas)
        missed = missed or ratio > BAR or lower > 0
        print(
            f"| {name} | {mean(losses['learned']):.4f} | {mean(losses['free']):.4f} | {ratio:.4f} "
            f"| {mean(losses['hand']):.4f} | {mean([a.first for a in areas]):.4f} "
            f"| {mean([a.second for a in areas]):.4f} | {lower} of {len(areas)} |",
            flush=True,
        )
    sys.exit(1 if missed else 0)


if __name__ == "__main__":
    main()
