"""From a table of PostgreSQL to a table of scores: in one go, and by files with `psql` before and after."""

import csv
import itertools
import pathlib
import statistics
from collections.abc import Callable

from harness import DATA, Figures, compare, leads, ours, run, show_heading
from postgres_server import PostgresServer

MOST = 1.3
SAMPLE = 100_000
# One lead in as many has another score than the table says, and one in as many is not there.
CHANGED_IN = 100
KEY = "lead_id"
SCORES = {
    "probability": "double precision",
    "score": "bigint",
    "times_average": "double precision",
    "band": "text",
    "model": "text",
}


class PostgresJobs:
    """The jobs by name."""

    names = {"postgres": "a table of leads to a table of scores, and psql with the CSV job between"}

    def __init__(self, rows: int, runs: int):
        self.rows = rows
        self.runs = runs
        self.model = DATA / "models" / "postgres"
        self.out, self.scored = DATA / "postgres-leads.csv", DATA / "postgres-scored.csv"
        self.parts: list[tuple[float, float, float]] = []

    def run(self, name: str) -> None:
        path, sample = self.files()
        # The quickest of our models, so that the database has the largest part of the time.
        ours(
            "kelvin-train", "fit", "--data", sample, "--target", "converted=1", "--id", KEY,
            "--model", self.model, "--algorithms", "logistic", "--numbers", "linear", "--penalty", "1",
            "--quiet",
        )  # fmt: skip
        with PostgresServer() as server:
            self.server = server
            self.fill(path)
            show_heading(
                f"PostgreSQL to scored table, {self.rows} leads, medians of {self.runs} (peer: psql, "
                "CSV job, psql)"
            )
            self.measure("all leads are new", self.empty_tables)
            self.measure(f"1 lead in {CHANGED_IN} changed, 1 in {CHANGED_IN} new", self.change_tables)

    def files(self) -> tuple[pathlib.Path, pathlib.Path]:
        """The generated leads with an id each, and the first of them to learn from."""
        path, sample = DATA / f"leads-with-id-{self.rows}.csv", DATA / "leads-with-id-sample.csv"
        if not (path.exists() and sample.exists()):
            with open(leads(self.rows)) as source, open(path, "w") as all_leads, open(sample, "w") as some:
                for row, line in enumerate(source):
                    record = f"L-{row:08d},{line}" if row else f"{KEY},{line}"
                    all_leads.write(record)
                    if row <= SAMPLE:
                        some.write(record)
        return path, sample

    def fill(self, path: pathlib.Path) -> None:
        columns = ", ".join(f"{name} {kind}" for name, kind in column_types(path).items())
        scores = ", ".join(f"{name} {kind}" for name, kind in SCORES.items())
        self.server.run(
            f"CREATE TABLE leads ({columns}, PRIMARY KEY ({KEY}))",
            f"\\copy leads FROM '{path}' (FORMAT csv, HEADER)",
            *(
                f"CREATE TABLE {table} ({KEY} text PRIMARY KEY, {scores}, scored_at timestamptz NOT NULL)"
                for table in ("ours", "theirs")
            ),
            "VACUUM ANALYZE",
        )

    def empty_tables(self) -> None:
        self.server.run("TRUNCATE ours", "TRUNCATE theirs", "VACUUM ANALYZE", "CHECKPOINT")

    def change_tables(self) -> None:
        """Takes scores of the run before back; afterwards, both tables are packed and known to the planner."""
        for table in ("ours", "theirs"):
            number = f"right({KEY}, 8)::int % {CHANGED_IN}"
            self.server.run(
                f"DELETE FROM {table} WHERE {number} = 0",
                f"UPDATE {table} SET probability = probability / 2 WHERE {number} = 1",
                f"VACUUM FULL {table}",
                f"ANALYZE {table}",
            )
        self.server.run("CHECKPOINT")

    def measure(self, title: str, prepare: Callable[[], None]) -> None:
        def mine() -> Figures:
            prepare()
            return ours(
                "kelvin-score", "predict", "--model", self.model, "--postgresql", "", "--table", "leads",
                "--all", "--to-table", "ours", "--columns", ",".join(SCORES), "--threads", "2", "--quiet",
            )  # fmt: skip

        self.parts = []
        pairs = compare(title, mine, self.by_files, self.runs, key="wall")
        self.check()
        copied, scored, upserted = (statistics.median(part) for part in zip(*self.parts))
        shares = [a["wall"] / b["wall"] for a, b in pairs.runs]
        print(
            f"    psql out {copied:.2f} s + CSV job {scored:.2f} s + psql in and upsert {upserted:.2f} s; Kelvin "
            f"takes {statistics.median(shares):.2f} of their sum (asked: at most {MOST})",
            flush=True,
        )

    def by_files(self) -> Figures:
        values = list(SCORES)
        changes = ", ".join(f"{name} = excluded.{name}" for name in [*values, "scored_at"])
        held, fresh = (", ".join(f"{side}.{name}" for name in values) for side in ("theirs", "excluded"))
        record = ", ".join([KEY, *values])
        steps = [
            run(self.server.psql(f"\\copy leads TO '{self.out}' (FORMAT csv, HEADER)")),
            ours(
                "kelvin-score", "predict", "--model", self.model, "--data", self.out, "--all", "--out",
                self.scored, "--columns", ",".join(SCORES), "--threads", "2", "--quiet",
            ),  # fmt: skip
            run(
                self.server.psql(
                    "BEGIN",
                    "CREATE TEMP TABLE fresh ON COMMIT DROP AS "
                    f"SELECT {record} FROM theirs WHERE false",
                    f"\\copy fresh ({record}) FROM '{self.scored}' (FORMAT csv, HEADER)",
                    f"INSERT INTO theirs ({record}, scored_at) SELECT {record}, now() FROM fresh "
                    f"ON CONFLICT ({KEY}) DO UPDATE SET {changes} WHERE ({held}) IS DISTINCT FROM ({fresh})",
                    "COMMIT",
                )
            ),
        ]
        seconds = tuple(step["wall"] for step in steps)
        self.parts.append(seconds)
        return {"wall": sum(seconds)}

    def check(self) -> None:
        """Both ways end with the same rows, all of them."""
        record = ", ".join([KEY, *SCORES])
        counts = self.server.run(
            "SELECT (SELECT count(*) FROM ours), (SELECT count(*) FROM theirs), (SELECT count(*) FROM "
            f"(SELECT {record} FROM ours EXCEPT SELECT {record} FROM theirs) AS d)"
        )
        if counts != f"{self.rows}|{self.rows}|0":
            raise SystemExit(f"rows of ours, of theirs, and those that differ: {counts}")


def column_types(path: pathlib.Path) -> dict[str, str]:
    """Types that hold the cells of each column, from the first rows of a file."""
    with open(path, newline="") as file:
        rows = csv.reader(file)
        names = next(rows)
        columns = zip(*itertools.islice(rows, 20_000))
        return {name: narrowest_type(cells) for name, cells in zip(names, columns)}


def narrowest_type(cells: tuple[str, ...]) -> str:
    for kind, parse in (("integer", int), ("double precision", float)):
        try:
            for cell in cells:
                if cell:
                    parse(cell)
            return kind
        except ValueError:
            continue
    return "text"
