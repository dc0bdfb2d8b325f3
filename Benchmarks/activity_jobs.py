"""Features of activities: speed against pandas and DuckDB, and how time grows with the log."""

import csv
import math
import pathlib
import subprocess

from harness import DATA, HERE, PEER_ENVIRONMENT, PYTHON, RELEASE, Figures, compare, ours, run, show_heading

PEERS = {"pandas": ("pandas", 5), "duckdb": ("DuckDB SQL", 2)}
# Leads and activities of each step of the scale; the last is what is asked for.
SCALE = [(500_000, 10_000_000), (800_000, 20_000_000), (1_200_000, 50_000_000), (3_000_000, 200_000_000)]
# What the command is asked to make of them: an example a lead, 90 days after its creation.
PROJECT = """\
name: scale
leads: {leads}
id: lead
created: created
outcome: {{column: stage, won: won, lost: lost, at: closed, within: 90d}}
decision: {{ages: [90d]}}
activities: {{from: {log}, lead: lead, at: at, type: kind, value: amount, attributes: [product],
             by_us: [email_sent, call]}}
"""


def activity_files(rows: int, leads: int) -> tuple[pathlib.Path, pathlib.Path]:
    """The log and its leads, generated once."""
    log, table = DATA / f"activities-{rows}.csv", DATA / f"activity-deals-{leads}.csv"
    if not (log.exists() and table.exists()):
        command = [
            RELEASE / "kelvin-benchmarks", "activities-generate", log, table, "--rows", rows, "--leads", leads
        ]  # fmt: skip
        subprocess.run([str(part) for part in command], check=True)
    return log, table


class ActivityJobs:
    """The jobs by name."""

    names = {
        "activities": "features as of one moment a lead, pandas and DuckDB",
        "activities-three": "features as of three moments a lead, pandas and DuckDB",
        "features-scale": "kelvin-train features on 10 to 200 million activities",
    }

    def __init__(self, runs: int, most_activities: int):
        self.runs = runs
        self.steps = [(leads, rows) for leads, rows in SCALE if rows <= most_activities]

    def run(self, name: str) -> None:
        {
            "activities": lambda: self.features("90"),
            "activities-three": lambda: self.features("0,30,90"),
            "features-scale": self.scale,
        }[name]()

    @staticmethod
    def kelvin(log: pathlib.Path, leads: pathlib.Path, *arguments: object) -> Figures:
        return ours("kelvin-benchmarks", "activities", log, leads, "--threads", 2, *arguments)

    @staticmethod
    def peer(name: str, log: pathlib.Path, leads: pathlib.Path, *arguments: object) -> Figures:
        return run([PYTHON, HERE / "activities_peers.py", name, log, leads, *arguments], PEER_ENVIRONMENT)

    def features(self, ages: str) -> None:
        leads, rows = SCALE[0]
        log, table = activity_files(rows, leads)
        size = log.stat().st_size / 1e6
        moments = len(ages.split(","))
        show_heading(
            f"{rows} activities ({size:.0f} MB), {leads} leads, {moments} moment(s) each, CSV to columns, "
            "two threads"
        )
        self.check(log, table, ages)
        for name, (title, bar) in PEERS.items():
            pairs = compare(
                f"activities to features, {title}",
                lambda: self.kelvin(log, table, "--ages", ages),
                lambda: self.peer(name, log, table, "--ages", ages),
                self.runs,
                bar=bar,
            )
            print(
                f"    columns {pairs.ours('columns'):.0f} and {pairs.theirs('columns'):.0f}, "
                f"peak memory {pairs.ours('peak_mb'):.0f} and {pairs.theirs('peak_mb'):.0f} MB (asked: 2048)",
                flush=True,
            )

    def check(self, log: pathlib.Path, leads: pathlib.Path, ages: str) -> None:
        """Holds the first thousand leads of both peers against Kelvin's, column by column."""
        mine = DATA / "activities-kelvin.csv"
        self.kelvin(log, leads, "--ages", ages, "--sample", mine)
        for name in PEERS:
            theirs = DATA / f"activities-{name}.csv"
            self.peer(name, log, leads, "--ages", ages, "--sample", theirs)
            cells, worst = compare_samples(mine, theirs)
            print(f"    {name}: {cells} cells of the first leads agree, the worst within {worst:.1g}")

    def scale(self) -> None:
        show_heading("kelvin-train features, CSV to CSV, at most 1 GiB of activities in memory, two threads")
        walls = []
        for leads, rows in self.steps:
            figures = self.features_command(leads, rows)
            walls.append((rows, figures["wall"]))
            print(
                f"{rows:>11} activities, {leads} leads: {figures['wall']:.1f} s, "
                f"peak anonymous memory {figures['anonymous_mb']:.0f} MB (asked: 4096), "
                f"resident {figures['resident_mb']:.0f} MB; "
                f"{figures['examples']:.0f} examples, {figures['columns']:.0f} columns, "
                f"{figures['output_mb']:.0f} MB written",
                flush=True,
            )
        if len(walls) > 1:
            (few, short), (many, long) = walls[0], walls[-1]
            growth = math.log(long / short) / math.log(many / few)
            print(f"    time grows with activities to the power of {growth:.2f} (asked: at most 1)")

    @staticmethod
    def features_command(leads: int, rows: int) -> Figures:
        """The command itself, from two CSV files to one; the examples are removed again."""
        log, table = activity_files(rows, leads)
        project, output = DATA / f"features-{rows}.yaml", DATA / f"features-{rows}.csv"
        project.write_text(PROJECT.format(leads=table.name, log=log.name))
        figures = ours(
            "kelvin-train", "features", "--project", project, "--out", output, "--threads", 2, "--quiet",
            "--json",
        )  # fmt: skip
        figures["output_mb"] = output.stat().st_size / 1e6
        output.unlink()
        return figures


def compare_samples(mine: pathlib.Path, theirs: pathlib.Path) -> tuple[int, float]:
    """How many cells the two have in common, all equal within 1e-9, and the largest difference.

    Sums of amounts and days differ in their last digits, since each side adds and divides in its own order.
    """
    cells, worst = 0, 0.0
    with open(mine, newline="") as left, open(theirs, newline="") as right:
        ours, peers = csv.DictReader(left), csv.DictReader(right)
        for row, (a, b) in enumerate(zip(ours, peers, strict=True)):
            if a["lead"] != b["lead"]:
                raise SystemExit(f"row {row}: lead {a['lead']} against {b['lead']}")
            for name, cell in b.items():
                if name == "lead":
                    continue
                x, y = (float(text) if text else math.nan for text in (a[name], cell))
                if math.isnan(x) != math.isnan(y):
                    raise SystemExit(f"{name} of lead {a['lead']}: {a[name]!r} against {cell!r}")
                if not math.isnan(x):
                    difference = abs(x - y) / max(1.0, abs(x))
                    worst = max(worst, difference)
                    if difference > 1e-9:
                        raise SystemExit(f"{name} of lead {a['lead']}: {x} against {y}")
                cells += 1
    return cells, worst
