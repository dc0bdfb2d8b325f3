#!/usr/bin/env python3
"""The same features of activities in pandas and in DuckDB's SQL; prints one line of JSON.

Usage: activities_peers.py pandas|duckdb ACTIVITIES.csv LEADS.csv [--ages 90] [--sample OUT.csv]

Both read the files that `kelvin-benchmarks activities-generate` writes and make one row for each lead and
age (in days after the lead was created), with the columns of Kelvin's recipe for this file that are
numbers, under its names:

- for all that the lead does, all that we do, each kind, and each product (the lead's own activities):
  counts in 7, 30, 90 days and ever, days since the last and the first, the change of pace;
- for the two totals also active days, and sums of amounts in the same windows (the lead's, and orders');
- rates of kinds that follow on others.

The first and last touch are left out: Kelvin makes them beside. What is asked is what a careful user
would write: one pass that groups by lead and kind with the windows as conditions, and what is left done
on these groups.
"""

import argparse
import json
import re
import resource
import time

THREADS = 2
WINDOWS = [7, 30, 90]
SPANS = [*(f"{days}d" for days in WINDOWS), "all"]
BY_US = ["email_sent", "call"]
KINDS = [
    "email_sent", "email_open", "email_click", "page_visit", "download", "webinar_signup",
    "webinar_attended", "call", "reply", "product_use", "order", "unsubscribe",
]  # fmt: skip
PRODUCTS = ["basic", "pro", "team", "enterprise", "cloud", "mobile", "service", "training"]
RATES = [
    ("email_click", "email_open"), ("email_click", "email_sent"), ("email_open", "email_sent"),
    ("webinar_attended", "webinar_signup"),
]  # fmt: skip
DAY = 86_400


def pandas_features(activities: str, leads: str, ages: list[float]):
    import numpy as np
    import pandas as pd

    log = pd.read_csv(
        activities,
        dtype={"lead": "str", "kind": "category", "amount": "float64", "product": "category"},
        parse_dates=["at"],
        date_format="%Y-%m-%d %H:%M:%S",
        engine="pyarrow",
    )
    lead = pd.read_csv(leads, dtype={"lead": "str"}, parse_dates=["created"], engine="pyarrow")
    log["row"] = pd.Index(lead["lead"]).get_indexer(log["lead"])
    log = log.drop(columns="lead")
    log = log[log["row"] >= 0]
    tables = []
    for age in ages:
        table = pandas_moments(log, lead["created"] + pd.Timedelta(days=age), age, pd, np)
        table.insert(0, "lead", lead["lead"])
        tables.append(table)
    table = pd.concat(tables, keys=range(len(ages)), names=["age", "row"])
    return table.sort_index(level=["row", "age"], kind="stable").reset_index(drop=True)


def pandas_moments(log, as_of, age, pd, np):
    moment = as_of.to_numpy()[log["row"].to_numpy()]
    at = log["at"].to_numpy()
    known = at <= moment if age == 0 else at < moment
    log, at, moment = log[known], at[known], moment[known]
    log = log.assign(elapsed=(moment - at) / np.timedelta64(1, "s"), ours=log["kind"].isin(BY_US))
    rows = range(len(as_of))
    columns = {}

    def scope(name, part, amounts, total):
        row = part["row"]
        inside = {f"{d}d": (part["elapsed"] <= d * DAY).to_numpy() for d in [*WINDOWS, 60]}
        counts = {
            span: row[mask].value_counts().reindex(rows, fill_value=0) for span, mask in inside.items()
        }
        counts["all"] = row.value_counts().reindex(rows, fill_value=0)
        for span in SPANS:
            columns[f"{name}.count.{span}"] = counts[span]
        elapsed = part.groupby("row")["elapsed"].agg(["min", "max"]).reindex(rows) / DAY
        columns[f"{name}.days_since_last"] = elapsed["min"]
        columns[f"{name}.days_since_first"] = elapsed["max"]
        both = counts["60d"]
        columns[f"{name}.pace"] = (2 * counts["30d"] - both) / (both + 1)
        inside["all"] = np.ones(len(part), bool)
        if total:
            days = part[["row"]].assign(day=part["at"].dt.floor("D"))
            for span in SPANS:
                distinct = days[inside[span]].drop_duplicates()
                columns[f"{name}.active_days.{span}"] = (
                    distinct["row"].value_counts().reindex(rows, fill_value=0)
                )
        if amounts:
            for span in SPANS:
                sums = part[inside[span]].groupby("row")["amount"].sum()
                columns[f"{name}.value.{span}"] = sums.reindex(rows, fill_value=0)

    scope("lead", log[~log["ours"]], True, True)
    scope("us", log[log["ours"]], False, True)
    for kind in sorted(KINDS):
        scope(kind, log[log["kind"] == kind], kind == "order", False)
    own = log[~log["ours"]]
    for product in sorted(PRODUCTS):
        scope(f"product.{product}", own[own["product"] == product], False, False)
    for kind, of in RATES:
        for span in SPANS:
            base = columns[f"{of}.count.{span}"]
            columns[f"{kind}.per.{of}.{span}"] = (columns[f"{kind}.count.{span}"] / base).where(base > 0)
    return pd.DataFrame(columns)


def duckdb_features(activities: str, leads: str, ages: list[float]):
    import duckdb

    connection = duckdb.connect(config={"threads": THREADS})
    connection.execute(
        f"""CREATE TABLE leads AS SELECT lead, created FROM read_csv('{leads}',
        types={{'lead': 'VARCHAR', 'created': 'TIMESTAMP'}}, header=true)"""
    )
    # Rows of the leads are counted in the file's order; that of the log is free.
    connection.execute("SET preserve_insertion_order = false")
    moments = " UNION ALL ".join(
        f"SELECT lead, rowid AS row, {index} AS age, created + INTERVAL ({round(age * DAY)}) SECOND AS as_of, "
        f"{'true' if age == 0 else 'false'} AS includes FROM leads"
        for index, age in enumerate(ages)
    )
    columns = "{'lead':'VARCHAR','at':'TIMESTAMP','kind':'VARCHAR','amount':'DOUBLE','product':'VARCHAR'}"
    ours = ", ".join(f"'{kind}'" for kind in BY_US)
    # What each group counts: the windows as conditions on the seconds that have gone by.
    counted = [f"count(*) FILTER (WHERE gone <= {d * DAY}) AS c{d}" for d in [*WINDOWS, 60]]
    counted += ["count(*) AS call", "min(gone) AS last", "max(gone) AS first"]
    sums = [f"sum(amount) FILTER (WHERE gone <= {d * DAY}) AS s{d}" for d in WINDOWS]
    sums += ["sum(amount) AS sall"]
    connection.execute(
        f"""CREATE TABLE log AS
        SELECT m.row * {len(ages)} + m.age AS key, a.kind::VARCHAR AS kind, a.product AS product, a.amount,
          epoch_us(m.as_of - a.at) / 1e6 AS gone, (epoch_us(a.at) // {DAY * 1_000_000})::INTEGER AS day,
          a.kind IN ({ours}) AS ours
        FROM read_csv('{activities}', columns={columns}, header=true) a
        JOIN ({moments}) m ON a.lead = m.lead AND (a.at < m.as_of OR (m.includes AND a.at = m.as_of))"""
    )
    connection.execute(
        f"""CREATE TABLE groups AS
        SELECT key, kind, ours, {", ".join(counted + sums)} FROM log GROUP BY key, kind, ours"""
    )
    connection.execute(
        f"""CREATE TABLE products AS
        SELECT key, product, {", ".join(counted)} FROM log WHERE NOT ours AND product IS NOT NULL
        GROUP BY key, product"""
    )
    # Days that were active, one row each with its newest activity: in a window where that is.
    connection.execute(
        f"""CREATE TABLE days AS
        SELECT key, ours, {", ".join(f"count(*) FILTER (WHERE gone <= {d * DAY}) AS d{d}" for d in WINDOWS)},
          count(*) AS dall
        FROM (SELECT key, ours, day, min(gone) AS gone FROM log GROUP BY key, ours, day)
        GROUP BY key, ours"""
    )

    def scope(name, condition, amounts):
        found = [
            f'coalesce(sum(c{span.rstrip("d")}) FILTER (WHERE {condition}), 0)::DOUBLE AS "{name}.count.{span}"'
            for span in SPANS
        ]
        found.append(f'min(last) FILTER (WHERE {condition}) / {DAY} AS "{name}.days_since_last"')
        found.append(f'max(first) FILTER (WHERE {condition}) / {DAY} AS "{name}.days_since_first"')
        found.append(
            f"""coalesce((2 * sum(c30) FILTER (WHERE {condition}) - sum(c60) FILTER (WHERE {condition}))
            / (sum(c60) FILTER (WHERE {condition}) + 1), 0) AS "{name}.pace" """
        )
        if amounts:
            found += [
                f"""coalesce(sum(s{span.rstrip("d")}) FILTER (WHERE {condition}), 0)
                AS "{name}.value.{span}" """
                for span in SPANS
            ]
        return found

    wide = scope("lead", "NOT ours", True) + scope("us", "ours", False)
    for kind in sorted(KINDS):
        wide += scope(kind, f"kind = '{kind}'", kind == "order")
    for kind, of in RATES:
        for span in SPANS:
            count = f"sum(c{span.rstrip('d')})"
            wide.append(
                f"""coalesce({count} FILTER (WHERE kind = '{kind}'), 0)
                / nullif({count} FILTER (WHERE kind = '{of}'), 0) AS "{kind}.per.{of}.{span}" """
            )
    product_wide = []
    for product in sorted(PRODUCTS):
        product_wide += scope(f"product.{product}", f"product = '{product}'", False)
    day_wide = [
        f"""coalesce(sum(d{span.rstrip("d")}) FILTER (WHERE {condition}), 0)
        AS "{name}.active_days.{span}" """
        for name, condition in [("lead", "NOT ours"), ("us", "ours")]
        for span in SPANS
    ]
    # Leads without a group have counts of 0, and missing days and rates.
    names = re.findall(r'AS "([^"]+)"', " ".join(wide + product_wide + day_wide))
    filled = ", ".join(
        f'"{name}"' if ".days_since_" in name or ".per." in name else f'coalesce("{name}", 0) AS "{name}"'
        for name in names
    )
    connection.execute(
        f"""CREATE TABLE wide AS
        WITH kinds AS (SELECT key, {", ".join(wide)} FROM groups GROUP BY key),
        product AS (SELECT key, {", ".join(product_wide)} FROM products GROUP BY key),
        day AS (SELECT key, {", ".join(day_wide)} FROM days GROUP BY key)
        SELECT m.lead, m.row * {len(ages)} + m.age AS key, {filled}
        FROM ({moments}) m
        LEFT JOIN kinds ON kinds.key = m.row * {len(ages)} + m.age
        LEFT JOIN product ON product.key = m.row * {len(ages)} + m.age
        LEFT JOIN day ON day.key = m.row * {len(ages)} + m.age"""
    )
    return connection


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("peer", choices=["pandas", "duckdb"])
    parser.add_argument("activities")
    parser.add_argument("leads")
    parser.add_argument("--ages", default="90")
    parser.add_argument("--sample", help="writes the rows of the first thousand leads here")
    options = parser.parse_args()
    ages = [float(age) for age in options.ages.split(",")]
    start = time.perf_counter()
    if options.peer == "pandas":
        table = pandas_features(options.activities, options.leads, ages)
        seconds = time.perf_counter() - start
        shape = table.shape
        if options.sample:
            table.head(1_000 * len(ages)).to_csv(options.sample, index=False)
    else:
        connection = duckdb_features(options.activities, options.leads, ages)
        seconds = time.perf_counter() - start
        rows = connection.execute("SELECT count(*) FROM wide").fetchone()[0]
        shape = (rows, len(connection.execute("SELECT * FROM wide LIMIT 0").description) - 1)
        if options.sample:
            connection.execute(
                f"""COPY (SELECT * EXCLUDE key FROM wide WHERE key < {1_000 * len(ages)} ORDER BY key)
                TO '{options.sample}' (HEADER, DELIMITER ',')"""
            )
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps({"seconds": seconds, "rows": shape[0], "columns": shape[1], "peak_mb": peak}))


if __name__ == "__main__":
    main()
