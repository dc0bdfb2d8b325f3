#!/usr/bin/env python3
"""The figures of a comparison, computed without Kelvin: scikit-learn 1.9.1, scipy 1.17.1, statsmodels 0.15.0,
numpy 2.4.6.

    comparison_figures.py make
        writes generated leads (leads.csv) and their figures (figures.json) beside this script;
    comparison_figures.py check --scored scored.csv --leads held-out.csv --id lead_id --outcome y=yes \
            --report compare.json
        recomputes what `kelvin-score compare --json` says of leads that `kelvin-score predict --all`
        scored, and fails where a figure is off by more than 1e-9; of examples of a history, with
        --id lead_id,decision_time --outcome outcome=won. Model and rules together are recomputed from the
        coefficients in the report.
"""
import argparse
import csv
import json
import math
import pathlib
import sys

import numpy as np
from scipy import stats
from sklearn.metrics import average_precision_score, brier_score_loss, log_loss, roc_auc_score
from statsmodels.stats.proportion import confint_proportions_2indep, proportion_confint

HERE = pathlib.Path(__file__).parent
Z = stats.norm.ppf(0.975)


def delong(labels, first, second):
    """Structural components by counting pairs: exact, and quadratic only in name (searchsorted)."""
    def placements(scores):
        won, lost = scores[labels == 1], scores[labels == 0]
        def share_below(values, others):
            others = np.sort(others)
            below = np.searchsorted(others, values, "left")
            level = np.searchsorted(others, values, "right") - below
            return (below + level / 2) / len(others)
        return share_below(won, lost), 1 - share_below(lost, won)
    (won1, lost1), (won2, lost2) = placements(first), placements(second)
    def variance(won, lost):
        return np.var(won, ddof=1) / len(won) + np.var(lost, ddof=1) / len(lost)
    difference = won1.mean() - won2.mean()
    error = math.sqrt(variance(won1 - won2, lost1 - lost2))
    return {
        "difference": difference, "standardError": error,
        "errorOfModel": math.sqrt(variance(won1, lost1)),
        "errorOfRules": math.sqrt(variance(won2, lost2)),
        "pValue": 2 * stats.norm.sf(abs(difference / error)),
    }


def logit_interval(area, error):
    reach = Z * error / (area * (1 - area))
    return [1 / (1 + math.exp(s * reach - math.log(area / (1 - area)))) for s in (1, -1)]


def expected_at(scores, amounts, wanted):
    """The sum of `amounts` over the `wanted` leads of the highest scores, ties drawn at random."""
    order = np.argsort(-scores, kind="stable")
    cut = scores[order[int(math.ceil(wanted)) - 1]]
    above, level = scores > cut, scores == cut
    return amounts[above].sum() + amounts[level].sum() * (wanted - above.sum()) / level.sum()


def chance(scores, wanted):
    cut = np.sort(scores)[::-1][int(wanted) - 1]
    above, level = scores > cut, scores == cut
    return above + level * (wanted - above.sum()) / level.sum(), cut


def top(labels, model, rules, wanted):
    on_model, model_cut = chance(model, wanted)
    on_rules, rules_cut = chance(rules, wanted)
    def group(chances):
        return {"leads": chances.sum(), "conversions": chances[labels == 1].sum()}
    spread = ((on_model - on_rules)[labels == 1] ** 2).sum()
    difference = (on_model - on_rules)[labels == 1].sum()
    reach = Z * math.sqrt(spread) + 1 if spread > 0 else 0
    return {
        "leads": wanted, "modelCut": model_cut, "rulesCut": rules_cut,
        "both": group(on_model * on_rules), "modelOnly": group(on_model * (1 - on_rules)),
        "rulesOnly": group((1 - on_model) * on_rules), "difference": difference,
        "interval": [max(-labels.sum(), difference - reach), min(labels.sum(), difference + reach)],
    }


def mixed(bits):
    bits = bits.astype(np.uint64)
    bits = (bits ^ (bits >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    bits = (bits ^ (bits >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return bits ^ (bits >> np.uint64(31))


def curves(labels, model, rules, seed, draws, steps=50):
    shares = np.arange(steps + 1) / steps
    increment = np.uint64(0x9E3779B97F4A7C15)
    with np.errstate(over="ignore"):
        key = mixed(np.array([seed], dtype=np.uint64) + increment)
    table = np.cumsum([math.exp(-1) / math.factorial(k) for k in range(18)])

    def gain(scores, counts):
        distinct, tie = np.unique(-scores, return_inverse=True)
        leads = np.bincount(tie, counts, len(distinct))
        won = np.bincount(tie, counts * labels, len(distinct))
        # Linear within a tie is what random order within it gives.
        x = np.concatenate([[0], np.cumsum(leads)])
        y = np.concatenate([[0], np.cumsum(won)])
        keep = np.concatenate([[True], np.diff(x) > 0])
        return np.interp(shares * x[-1], x[keep], y[keep]) / y[-1]

    ones = np.ones(len(labels))
    own_model, own_rules = gain(model, ones), gain(rules, ones)
    drawn = []
    rows = np.arange(len(labels), dtype=np.uint64)
    for draw in range(draws):
        with np.errstate(over="ignore"):
            bits = mixed(key + (np.uint64(draw << 40) | rows) * increment)
        uniform = (bits >> np.uint64(11)).astype(np.float64) / 2**53
        counts = np.searchsorted(table, uniform, "right").astype(np.float64)
        if counts[labels == 1].sum() > 0:
            drawn.append((gain(model, counts), gain(rules, counts)))
    drawn = np.array(drawn)
    def bounds(values):
        return np.quantile(values, [0.025, 0.975], axis=0).T.tolist()
    return {
        "share": shares.tolist(), "model": own_model.tolist(), "rules": own_rules.tolist(),
        "modelInterval": bounds(drawn[:, 0]), "rulesInterval": bounds(drawn[:, 1]),
        "differenceInterval": bounds(drawn[:, 0] - drawn[:, 1]),
    }


STEPS = [0.01, 0.02, 0.05, 0.1, 0.15, 0.2, 0.3, 0.4, 0.5, 0.75, 1]


def capacity(labels, model, rules, amounts, cost):
    places = (stats.rankdata(-model) + stats.rankdata(-rules)) / 2
    sides = {"model": model, "rules": rules, "together": -places}
    result = []
    for share in STEPS:
        wanted = max(1, math.floor(share * len(labels) + 0.5))
        step = {"share": share, "leads": wanted}
        for name, scores in sides.items():
            won = expected_at(scores, labels.astype(float), wanted)
            low, high = proportion_confint(won, wanted, method="wilson")
            value = expected_at(scores, labels * amounts, wanted)
            step[name] = {
                "conversions": won, "missed": labels.sum() - won, "precision": won / wanted,
                "recall": won / labels.sum(), "interval": [low, high], "value": value,
                "net": value - cost * wanted,
            }
        lists = top(labels, model, rules, wanted)
        step["either"] = lists["both"]["leads"] + lists["modelOnly"]["leads"] + lists["rulesOnly"]["leads"]
        result.append(step)
    best = {}
    for name in ("model", "rules"):
        scores = sides[name]
        nets = [((labels * amounts)[scores >= cut].sum() - cost * (scores >= cut).sum(), cut)
                for cut in np.unique(scores)]
        net, cut = max(nets)
        best[name] = {"net": max(net, 0), "threshold": cut, "leads": int((scores >= cut).sum())}
    return {"steps": result, "best": best}


def part(labels, model, rules):
    test = delong(labels, model, rules)
    return {
        "leads": len(labels), "conversions": int(labels.sum()),
        "modelAUC": roc_auc_score(labels, model), "rulesAUC": roc_auc_score(labels, rules),
        "difference": test["difference"], "standardError": test["standardError"],
    }


def rates(labels, held):
    won, other = labels[held].sum(), labels[~held].sum()
    low, high = confint_proportions_2indep(
        won, held.sum(), other, (~held).sum(), method="newcomb", compare="diff")
    return {
        "leads": int(held.sum()), "conversions": int(won),
        "difference": won / held.sum() - other / (~held).sum(), "interval": [low, high],
    }


def figures(labels, model, rules, seed, draws, amounts=None, cost=0.0):
    test = delong(labels, model, rules)
    amounts = np.ones(len(labels)) if amounts is None else amounts
    auc_model, auc_rules = roc_auc_score(labels, model), roc_auc_score(labels, rules)
    return {
        "aucOfModel": auc_model, "aucOfRules": auc_rules,
        "intervalOfModel": logit_interval(auc_model, test["errorOfModel"]),
        "intervalOfRules": logit_interval(auc_rules, test["errorOfRules"]),
        "test": test,
        "averagePrecisionOfModel": average_precision_score(labels, model),
        "averagePrecisionOfRules": average_precision_score(labels, rules),
        "logLoss": log_loss(labels, model), "brier": brier_score_loss(labels, model),
        "tops": [
            {"share": share, **top(labels, model, rules, max(1, math.floor(share * len(labels) + 0.5)))}
            for share in (0.05, 0.1, 0.2, 0.3, 0.5)],
        "curves": curves(labels, model, rules, seed, draws),
        "capacity": capacity(labels, model, rules, amounts, cost),
    }


def together(labels, model, rules, combination):
    """Model and rules put together by the coefficients of a fit, against either alone."""
    line, form = combination["rules"], combination["forms"][0]
    by_rules = line["intercept"] + line["slope"] * np.clip(rules, line["lowest"], line["highest"])
    raw = (form["intercept"] + form["modelWeight"] * np.log(model / (1 - model))
           + form["rulesWeight"] * by_rules)
    both, alone = 1 / (1 + np.exp(-raw)), 1 / (1 + np.exp(-by_rules))
    def losses(chances):
        return -np.log(np.where(labels == 1, chances, 1 - chances))
    def against(chances, scores):
        difference = losses(both) - losses(chances)
        reach = Z * difference.std(ddof=1) / math.sqrt(len(labels))
        return {
            "value": difference.mean(),
            "interval": [difference.mean() - reach, difference.mean() + reach],
            "test": delong(labels, both, scores),
        }
    return {
        "logLoss": log_loss(labels, both), "rulesLogLoss": log_loss(labels, alone),
        "brier": brier_score_loss(labels, both), "auc": roc_auc_score(labels, both),
        "averagePrecision": average_precision_score(labels, both),
        "againstModel": against(model, model), "againstRules": against(alone, rules),
    }


def make():
    rng = np.random.default_rng(7)
    count = 700
    chances = 0.5 * rng.random(count) * rng.random(count)
    labels = (rng.random(count) < chances).astype(int)
    model = np.round(np.clip(chances * 0.9 + 0.05 * rng.random(count), 0, 1), 6)
    rules = np.round((70 * chances + 40 * rng.random(count)) / 5) * 5
    amounts = np.round(100 + 900 * rng.random(count), 2)
    contacted = rng.random(count) < np.where(rules >= 25, 0.8, 0.3)
    source = np.array(["web", "fair", "partner"])[rng.integers(0, 3, count)]
    held = rng.random(count) < 0.1 + 0.3 * labels
    with open(HERE / "leads.csv", "w", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(
            ["converted", "probability", "rule_score", "value", "contacted", "source", "held"])
        for row in range(count):
            writer.writerow([
                labels[row], model[row], rules[row], amounts[row], int(contacted[row]), source[row],
                int(held[row])])
    result = figures(labels, model, rules, seed=3, draws=60, amounts=amounts, cost=40.0)
    result["contacted"] = part(labels[contacted], model[contacted], rules[contacted])
    result["bySource"] = {
        name: part(labels[source == name], model[source == name], rules[source == name])
        for name in ("web", "fair", "partner")}
    result["rule"] = rates(labels, held)
    (HERE / "figures.json").write_text(json.dumps(result, indent=1, default=float) + "\n")


def check(arguments):
    outcome, won = arguments.outcome.split("=")
    ids = arguments.id.split(",")
    def lead(row):
        return tuple(row[name] for name in ids)
    with open(arguments.leads) as file:
        won_by_lead = {lead(row): row[outcome] == won for row in csv.DictReader(file)}
    with open(arguments.scored) as file:
        scored = list(csv.DictReader(file))
    labels = np.array([int(won_by_lead[lead(row)]) for row in scored])
    model = np.array([float(row["probability"]) for row in scored])
    rules = np.array([float(row["rule_score"]) for row in scored])
    if scored and "disqualified" in scored[0]:
        barred = np.array([row["disqualified"] == "yes" for row in scored])
        rules = np.where(barred, rules.min() - 1, rules)
    report = json.loads(pathlib.Path(arguments.report).read_text())
    details = report["details"]
    expected = figures(labels, model, rules, details["seed"], details["draws"])
    off = []
    checked = 0

    def same(name, found, wanted):
        nonlocal checked
        checked += 1
        if abs(found - wanted) > 1e-9 * max(1, abs(wanted)):
            off.append(f"{name}: {found} against {wanted}")

    for side, contender in (("Model", report["byModel"]), ("Rules", report["byRules"])):
        same(f"AUC of {side}", contender["auc"]["value"], expected[f"aucOf{side}"])
        for bound, wanted in zip(("low", "high"), expected[f"intervalOf{side}"]):
            same(f"AUC of {side}, {bound}", contender["auc"]["interval"][bound], wanted)
        same(f"average precision of {side}", contender["averagePrecision"],
             expected[f"averagePrecisionOf{side}"])
    for key in ("difference", "standardError", "pValue"):
        same(f"test, {key}", report["aucTest"][key], expected["test"][key])
    same("log loss", report["logLoss"], expected["logLoss"])
    same("Brier score", report["brier"], expected["brier"])
    for found, wanted in zip(report["tops"], expected["tops"]):
        same("leads at the top", found["leads"], wanted["leads"])
        same("difference at the top", found["difference"], wanted["difference"])
        for bound, limit in zip(("low", "high"), wanted["interval"]):
            same("interval at the top", found["interval"][bound], limit)
        for group in ("both", "modelOnly", "rulesOnly"):
            for key in ("leads", "conversions"):
                same(f"{group}, {key}", found[group][key], wanted[group][key])
    for index, found in enumerate(details["curves"]["points"]):
        for key in ("share", "model", "rules"):
            same(f"curve, {key}", found[key], expected["curves"][key][index])
        for key in ("modelInterval", "rulesInterval", "differenceInterval"):
            for bound, limit in zip(("low", "high"), expected["curves"][key][index]):
                same(f"curve, {key}", found[key][bound], limit)
    for found, wanted in zip(details["capacity"]["steps"], expected["capacity"]["steps"]):
        same("leads that either would work", found["either"]["leads"], wanted["either"])
        for side in ("model", "rules", "together"):
            for key in ("conversions", "missed", "precision", "recall"):
                same(f"capacity, {side}, {key}", found[side][key], wanted[side][key])
    if "combined" in report:
        found = report["combined"]
        wanted = together(labels, model, rules, found["combination"])
        for key in ("logLoss", "rulesLogLoss", "brier"):
            same(f"together, {key}", found[key], wanted[key])
        same("together, AUC", found["contender"]["auc"]["value"], wanted["auc"])
        same("together, average precision", found["contender"]["averagePrecision"],
             wanted["averagePrecision"])
        for rival in ("againstModel", "againstRules"):
            own = found[rival]
            same(f"{rival}, log loss", own["logLoss"]["value"], wanted[rival]["value"])
            for bound, limit in zip(("low", "high"), wanted[rival]["interval"]):
                same(f"{rival}, {bound}", own["logLoss"]["interval"][bound], limit)
            for key in ("difference", "standardError"):
                same(f"{rival}, AUC, {key}", own["aucTest"][key], wanted[rival]["test"][key])
    for line in off:
        print("off:", line)
    print(f"{checked} figures of {len(labels)} leads checked, {len(off)} off by more than 1e-9")
    return 1 if off else 0


if __name__ == "__main__":
    if sys.argv[1:] == ["make"]:
        make()
    else:
        parser = argparse.ArgumentParser(description=__doc__)
        parser.add_argument("mode", choices=["check"])
        for name in ("scored", "leads", "id", "outcome", "report"):
            parser.add_argument(f"--{name}", required=True)
        sys.exit(check(parser.parse_args()))
