#!/usr/bin/env python3
"""Writes generated leads as CSV: 24 numbers, 16 categories of 3 to 500 levels, and whether they bought.

The probability of each lead is a known function of its columns, with bends, steps and interactions, so
that a straight line falls short; 6% convert. The same seed gives the same bytes.

Usage: generate.py OUTPUT.csv [ROWS] [SEED]        (1,000,000 rows, seed 20240607)
"""

import pathlib
import sys

import numpy as np
import pandas as pd

CARDINALITIES = [3, 4, 5, 6, 8, 10, 12, 15, 20, 25, 30, 50, 80, 150, 300, 500]
CHUNK = 250_000
BASE_RATE = 0.06


def area_under_roc(labels: np.ndarray, scores: np.ndarray) -> float:
    ranks = pd.Series(scores).rank().to_numpy()
    won = labels.sum()
    return (ranks[labels == 1].sum() - won * (won + 1) / 2) / (won * (len(labels) - won))


class World:
    """What stays the same for all leads of one seed: level names, their effects, the intercept."""

    def __init__(self, seed: int):
        rng = np.random.default_rng(seed)
        self.levels, self.effects, self.shares = [], [], []
        for index, count in enumerate(CARDINALITIES):
            codes = rng.choice(9_000, size=count, replace=False) + 1_000
            self.levels.append(np.array([f"{chr(97 + index)}{code}" for code in codes]))
            spread = 0.10 if index % 3 == 2 else 0.42
            self.effects.append(rng.normal(0, spread, size=count))
            share = 1 / np.arange(1, count + 1) ** 1.1
            self.shares.append((share / share.sum())[rng.permutation(count)])
        self.intercept = 0.0
        _, logit = self.leads(np.random.default_rng([seed, 1]), 200_000)
        low, high = -20.0, 20.0
        for _ in range(60):
            middle = (low + high) / 2
            if (1 / (1 + np.exp(-(logit + middle)))).mean() < BASE_RATE:
                low = middle
            else:
                high = middle
        self.intercept = (low + high) / 2

    def leads(self, rng: np.random.Generator, rows: int) -> tuple[dict, np.ndarray]:
        interest, size = rng.standard_normal(rows), rng.standard_normal(rows)

        def count(rate: float, cap: int) -> np.ndarray:
            rates = rate * np.exp(0.6 * interest + 0.5 * rng.standard_normal(rows))
            return np.minimum(rng.poisson(rates), cap)

        def blank(values: np.ndarray, share: float) -> np.ndarray:
            values = values.astype(float)
            values[rng.random(rows) < share] = np.nan
            return values

        column: dict[str, np.ndarray] = {
            "email_opens": count(1.6, 80),
            "email_clicks": count(0.5, 40),
            "page_views": count(4.0, 300),
            "form_fills": count(0.2, 12),
            "calls": count(0.4, 25),
            "meetings": count(0.12, 9),
            "webinars": count(0.15, 9),
            "downloads": count(0.4, 30),
            "days_since_activity": np.floor(rng.exponential(40 * np.exp(-0.5 * interest))).astype(int),
            "days_since_created": np.floor(rng.gamma(2, 90, rows)).astype(int),
            "days_since_email": np.floor(rng.exponential(25, rows)).astype(int),
            "hour": rng.integers(0, 24, rows),
            "revenue": blank(np.round(np.exp(14 + 1.8 * size + 0.8 * rng.standard_normal(rows))), 0.15),
            "employees": blank(np.round(np.exp(4 + 1.3 * size + 0.6 * rng.standard_normal(rows))), 0.15),
            "deal_amount": blank(np.round(np.exp(8.5 + 0.6 * size + rng.standard_normal(rows)), 2), 0.10),
            "ad_spend": np.round(np.exp(3 + 1.2 * rng.standard_normal(rows)), 2),
            "session_minutes": np.round(
                np.exp(1.5 + 0.4 * interest + 0.9 * rng.standard_normal(rows)), 3
            ),
            "company_age": blank(np.floor(rng.gamma(2, 8, rows)), 0.10),
            "discount": np.round(rng.beta(1.5, 8, rows) * 100, 1),
            "intent": np.round(100 / (1 + np.exp(-(0.6 * interest + rng.standard_normal(rows)))), 2),
            "fit": np.round(50 + 12 * size + 12 * rng.standard_normal(rows), 2),
            "latitude": np.round(rng.uniform(-60, 70, rows), 4),
            "noise_a": np.round(rng.standard_normal(rows), 5),
            "noise_b": np.round(rng.standard_normal(rows), 5),
        }
        logit = np.full(rows, self.intercept)
        codes = []
        for index, share in enumerate(self.shares):
            code = rng.choice(len(share), size=rows, p=share)
            codes.append(code)
            logit += 0.75 * self.effects[index][code]
            column[f"category_{index + 1}"] = self.levels[index][code]

        logit += 0.45 * np.log1p(column["email_opens"]) + 0.60 * np.log1p(column["email_clicks"])
        logit += 0.25 * np.log1p(column["page_views"]) + 0.80 * np.minimum(column["form_fills"], 2)
        logit += 0.70 * np.minimum(column["meetings"], 2)
        logit -= 0.020 * np.minimum(column["days_since_activity"], 90)
        logit += 0.45 * np.sin(column["hour"] / 24 * 2 * np.pi)
        logit += 0.60 * ((column["fit"] > 60) & (column["intent"] > 55))
        logit -= 0.50 * ((column["days_since_created"] > 250) & (column["calls"] == 0))
        logit += 0.30 * np.nan_to_num((np.log(np.maximum(column["revenue"], 1)) - 14) / 1.9)
        logit -= 0.12 * np.nan_to_num(np.log(np.maximum(column["employees"], 1)) - 4.5) ** 2
        logit += 0.50 * (codes[8] % 3 == 0) * (column["session_minutes"] > 6)
        logit += 0.40 * (column["discount"] > 20) * (codes[3] == 0)
        logit += 0.35 * (codes[12] % 2 == 0) * (codes[5] % 2 == 1)
        return column, logit


def main() -> None:
    output = pathlib.Path(sys.argv[1])
    rows = int(sys.argv[2]) if len(sys.argv) > 2 else 1_000_000
    seed = int(sys.argv[3]) if len(sys.argv) > 3 else 20240607
    output.parent.mkdir(parents=True, exist_ok=True)
    world = World(seed)
    won, truth = [], []
    partial = output.with_suffix(".partial")
    with open(partial, "w", newline="", encoding="utf-8") as file:
        for index, start in enumerate(range(0, rows, CHUNK)):
            rng = np.random.default_rng([seed, 2, index])
            column, logit = world.leads(rng, min(CHUNK, rows - start))
            probability = 1 / (1 + np.exp(-logit))
            label = (rng.random(len(logit)) < probability).astype(int)
            pd.DataFrame(column | {"converted": label}).to_csv(
                file, index=False, header=index == 0, lineterminator="\n"
            )
            won.append(label)
            truth.append(probability)
    partial.rename(output)
    labels, probabilities = np.concatenate(won), np.concatenate(truth)
    print(
        f"{output}: {rows} leads, {labels.mean():.2%} won, "
        f"AUC of the truth {area_under_roc(labels, probabilities):.3f}"
    )


if __name__ == "__main__":
    main()
