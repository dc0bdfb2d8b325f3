"""How hard the generated CRM is: the truth against a straight line and boosted trees.

Makes the example table of leads at ages 0, 7 and 30 days with pandas, as of each decision, and judges
by leads that no model was fitted to (a quarter of the accounts). Usage: figures.py FOLDER, with the CSV
files of `kelvin-crm --out FOLDER --format csv`. Written for Python 3.11, pandas 2, scikit-learn 1.5 and
later, lightgbm 4, catboost 1.2.
"""
import sys

import numpy as np
import pandas as pd
from sklearn.compose import make_column_transformer
from sklearn.ensemble import HistGradientBoostingClassifier
from sklearn.impute import SimpleImputer
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import log_loss, roc_auc_score
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import OneHotEncoder, StandardScaler

EXPORT = pd.Timestamp("2026-01-01")
HORIZON = pd.Timedelta(days=90)
FREE = r"@(gmail|hotmail|outlook|icloud|yahoo)\."


def examples(folder):
    leads = pd.read_csv(f"{folder}/leads.csv", parse_dates=["created_at", "closed_at"])
    truth = pd.read_csv(f"{folder}/truth.csv", parse_dates=["decision_time"])
    accounts = pd.read_csv(f"{folder}/accounts.csv")
    table = truth.merge(leads, on="lead_id").merge(accounts, on="account_id", how="left")
    table = table[table.decision_time + HORIZON <= EXPORT].reset_index(drop=True)
    table["won"] = (
        (table.stage == "won") & (table.closed_at < table.decision_time + HORIZON)
    ).astype(int)
    return table


def fields_as_of(table, folder):
    """Fields with a history go back to what they were at the decision."""
    changes = pd.read_csv(f"{folder}/changes.csv", parse_dates=["changed_at"], dtype=str)
    for field in ["phone", "budget", "employees"]:
        first = changes[changes.field == field].sort_values("changed_at").groupby("lead_id").first()
        at = table.lead_id.map(first.changed_at)
        later = at >= table.decision_time
        before = table.lead_id.map(first.old_value)
        table[field] = table[field].astype(object).where(~later, before)
    table["employees"] = table.employees.astype(float)
    table["has_phone"] = table.phone.notna().astype(int)
    return table


def titles(table):
    title = table.title.fillna("").str.lower()
    level = pd.Series("unknown", index=table.index)
    level[title.str.contains(r"t[eé]cnic|executive|ejecutiv|specialist|analist|analyst|comercial$|"
                             r"contable|accountant|controller|desarroll|engineer|program|abogad|"
                             r"legal counsel|diseñ|designer|community")] = "staff"
    level[title.str.contains(r"jef[ea]|responsable|resp\.|gerente de|manager|team lead")] = "manager"
    level[title.str.contains(r"director|dtor|dtra|head of")] = "director"
    level[title.str.contains(r"^vp|vice")] = "vp"
    level[title.str.contains(r"chief|^c.o$|^chro|^cio|general counsel|general$|delegad|fundador|"
                             r"founder|managing director")] = "c_level"
    level[title.str.contains("community manager")] = "staff"
    department = pd.Series("unknown", index=table.index)
    for name, pattern in [
        ("sales", r"venta|comercial|sales|business dev|cuentas|account exec|\bcso|revenue"),
        ("marketing", r"marketing|comunicaci|growth|community|\bcmo"),
        ("finance", r"finan|contab|contable|account(ing|ant)|\bcfo|controller"),
        ("it", r"sistemas|inform|\bti\b|\bit\b|engineer|desarroll|program|\bcto|\bcio|technology"),
        ("operations", r"operac|log[ií]stica|producci|operat|supply|\bcoo"),
        ("hr", r"humano|rr\. hh|personas|\bhr\b|people|human|\bchro"),
        ("legal", r"jur[ií]dica|legal|abogad|counsel"),
        ("product", r"producto|product\b|\bcpo"),
        ("general", r"\bceo|general$|delegad|fundador|founder|managing director|gerente general"),
    ]:
        department[title.str.contains(pattern)] = name
    return level, department


def activity_features(table, folder):
    log = pd.read_csv(f"{folder}/activities.csv", parse_dates=["occurred_at", "recorded_at"])
    log = log[~log.kind.isin(["won", "lost"])]
    keys = table[["lead_id", "decision_time"]].reset_index(names="row")
    log = keys.merge(log, on="lead_id")
    created = table.created_at.to_numpy()[log.row]
    is_first = (log.occurred_at == created) & (log.decision_time == created)
    known = (log.occurred_at < log.decision_time) & (log.recorded_at < log.decision_time)
    log = log[known | is_first].copy()
    log["age"] = (log.decision_time - log.occurred_at).dt.total_seconds() / 86_400
    columns = {}
    what = log.kind.where(log.page.isna(), log.kind + ":" + log.page.fillna(""))
    for name, part in list(log.groupby("kind")) + list(log.groupby(what)):
        columns[f"n_{name}"] = part.groupby("row").size()
        columns[f"n7_{name}"] = part[part.age <= 7].groupby("row").size()
        columns[f"days_since_{name}"] = part.groupby("row").age.min()
    columns["call_minutes"] = log[log.kind == "call"].groupby("row").amount.sum()
    columns["unanswered"] = log[(log.kind == "call") & (log.amount == 0)].groupby("row").size()
    features = pd.DataFrame(columns).reindex(table.index)
    counts = [c for c in features if not c.startswith("days_since")]
    features[counts] = features[counts].fillna(0)
    rates = features.n_email_open / features.n_email_sent.replace(0, np.nan)
    return features.assign(open_rate=rates)


def account_features(table, folder):
    leads = pd.read_csv(f"{folder}/leads.csv", parse_dates=["created_at", "closed_at"])
    leads = leads.dropna(subset=["account_id"])
    wins = leads[leads.stage == "won"].groupby("account_id").closed_at.apply(np.sort)
    starts = leads.groupby("account_id").created_at.apply(np.sort)
    def before(times, account, at):
        return np.searchsorted(times[account], np.datetime64(at)) if account in times else 0
    rows = list(zip(table.account_id, table.created_at))
    return pd.DataFrame({
        "account_wins": [before(wins, a, t) for a, t in rows],
        "account_leads": [before(starts, a, t) for a, t in rows],
    }, index=table.index)


def main():
    folder = sys.argv[1]
    table = fields_as_of(examples(folder), folder)
    level, department = titles(table)
    numbers = pd.concat([
        table[["age_days", "employees", "annual_revenue", "headcount", "founded_year",
               "sessions_before", "seconds_on_site", "has_phone"]],
        ((table.created_at - pd.Timestamp("2024-01-01")).dt.days).rename("created_day"),
        table.email.str.contains(FREE).astype(int).rename("email_is_free"),
        activity_features(table, folder), account_features(table, folder),
    ], axis=1)
    code = table.language + "_" + table.country.fillna("").str[:2].str.lower()
    categories = pd.DataFrame({
        "country": code, "industry": table.industry, "source": table.source,
        "campaign": table.campaign, "product": table.product_interest, "crm": table.crm_in_use,
        "budget": table.budget, "consent": table.consent, "seniority": level,
        "department": department, "owner": table.owner, "language": table.language,
    }).fillna("missing").astype("category")
    x = pd.concat([numbers.astype(float), categories], axis=1)
    # Names of columns that every library takes.
    x.columns = [c.replace(":", "_") for c in x.columns]
    group = table.account_id.fillna(table.lead_id)
    test = (pd.util.hash_array(group.to_numpy(dtype=object)) % 4 == 0)
    y = table.won.to_numpy()
    print(f"{(~test).sum()} examples to fit, {test.sum()} to judge by; {y.mean():.2%} won; "
          f"{x.shape[1]} columns")

    def line(name, p):
        p = np.clip(p, 1e-6, 1 - 1e-6)
        print(f"| {name} | {log_loss(y[test], p):.4f} | {roc_auc_score(y[test], p):.3f} |")

    print("| | log loss | AUC |\n|---|---|---|")
    line("the truth", table.probability.to_numpy()[test])
    line("base rate", np.full(test.sum(), y[~test].mean()))
    number_names = [c for c in x if x[c].dtype == float]
    category_names = [c for c in x if x[c].dtype != float]
    straight = make_pipeline(
        make_column_transformer(
            (make_pipeline(SimpleImputer(add_indicator=True), StandardScaler()), number_names),
            (OneHotEncoder(handle_unknown="ignore"), category_names)),
        LogisticRegression(C=0.1, max_iter=3000))
    line("logistic regression, columns as they are",
         straight.fit(x[~test], y[~test]).predict_proba(x[test])[:, 1])
    model = HistGradientBoostingClassifier(categorical_features="from_dtype", random_state=1)
    line("HistGradientBoosting", model.fit(x[~test], y[~test]).predict_proba(x[test])[:, 1])
    import lightgbm
    model = lightgbm.LGBMClassifier(random_state=1, verbose=-1, n_jobs=2)
    line("LightGBM", model.fit(x[~test], y[~test]).predict_proba(x[test])[:, 1])
    import catboost
    model = catboost.CatBoostClassifier(
        random_seed=1, verbose=0, thread_count=2, cat_features=category_names)
    line("CatBoost", model.fit(x[~test].astype({c: str for c in category_names}), y[~test])
         .predict_proba(x[test].astype({c: str for c in category_names}))[:, 1])

    # Which columns tell something alone: a straight line or trees of one column against the base rate.
    informative = []
    for name in x.columns:
        one = HistGradientBoostingClassifier(max_iter=20, max_leaf_nodes=8, min_samples_leaf=60,
                                             categorical_features="from_dtype", random_state=1)
        p = one.fit(x.loc[~test, [name]], y[~test]).predict_proba(x.loc[test, [name]])[:, 1]
        auc = roc_auc_score(y[test], p)
        if auc > 0.52: informative.append((auc, name))
    informative.sort(reverse=True)
    print(f"{len(informative)} columns with an AUC above .52 alone; the best: "
          + ", ".join(f"{n} {a:.3f}" for a, n in informative[:8]))


if __name__ == "__main__":
    main()
