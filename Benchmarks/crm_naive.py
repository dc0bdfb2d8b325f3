"""What happens to a model of features as of today, on the generated CRM, beside one of its history.

    crm_naive.py [LEADS [SEED [ALGORITHMS]]]

Two models are fitted on 1 July 2025: one to a flat export of that day (datasets/crm/july/naive.sql: activities
counted over the whole log, fields as the export shows them), one to examples as of decision times
(datasets/crm/july/kelvin.yaml). Both are then judged by the same leads of the half year after, as they were when
they had to be scored: on the day they came in, a week and a month later. Prints what the audit says of the flat
export, and the figures that each fit promised beside those on the fresh leads. `make bench` runs it as the job
crm-naive.
"""

import json
import shutil
import subprocess
import sys
from typing import Any

from harness import DATA, RELEASE, ROOT

JULY = ROOT / "datasets" / "crm" / "july"


def kelvin(*arguments: object) -> dict[str, Any]:
    """The JSON report of a command."""
    command = [RELEASE / "kelvin-train", *arguments, "--json", "--threads", 2]
    result = subprocess.run([str(part) for part in command], capture_output=True, text=True)
    if result.returncode != 0:
        sys.exit(f"{' '.join(map(str, command))} failed:\n{result.stderr}")
    return json.loads(result.stdout)


def figures(report: dict[str, Any]) -> str:
    return (
        f"AUC {report['auc']['value']:.3f}, log loss {report['logLoss']:.4f} "
        f"(base rate alone {report['baseRateLogLoss']:.4f})"
    )


class Folder:
    """A generated CRM with the queries beside it."""

    def __init__(self, leads: int, seed: int):
        self.path = DATA / f"crm-{leads}-{seed}"
        self.july = self.path / "july"
        if not (self.path / "crm.db").exists():
            command = [
                RELEASE / "kelvin-crm", "--out", self.path, "--leads", leads, "--seed", seed,
                "--format", "sqlite",
            ]  # fmt: skip
            subprocess.run([str(part) for part in command], check=True, stdout=subprocess.DEVNULL)
        shutil.copytree(JULY, self.july, dirs_exist_ok=True)
        shutil.copy(ROOT / "datasets" / "crm" / "kelvin.yaml", self.path)
        for model in ("naive", "suspects", "history"):
            shutil.rmtree(self.path / model, ignore_errors=True)

    def flat(self, query: str) -> list[object]:
        return ["--sqlite", self.path / "crm.db", "--query", self.july / query]


def show(leads: int, seed: int, *training: object) -> None:
    folder = Folder(leads, seed)
    history = [*folder.flat("naive.sql"), "--id", "lead_id", "--target", "stage=won", "--lost", "lost"]
    print(f"\nFeatures as of today, or as of the decision: {leads} leads, seed {seed}")
    audit = kelvin("audit", *history)
    warned = [f for f in audit["findings"] if f["severity"] in ("leak", "suspect")]
    for finding in warned:
        print(f"  {finding['severity']}: {', '.join(finding['columns'])}, {finding['finding']}")
    suspects = [c for f in warned if f["severity"] == "suspect" for c in f["columns"]]

    def judge(title: str, model: str, fit: list[object], fresh: list[object]) -> None:
        registry = folder.path / model
        promised = kelvin("fit", *fit, *training, "--model", registry)["outOfFold"]["figures"]
        met = kelvin("evaluate", "--model", registry, *fresh)["figures"]
        print(f"  {title}")
        print(f"    promised by the folds    {figures(promised)}")
        print(f"    on {met['leads']:.0f} fresh leads {'':<6}{figures(met)}")

    fresh = folder.flat("fresh.sql")
    judge("as of today, audited", "naive", history, fresh)
    if suspects:
        judge("as of today, without the suspects too", "suspects",
              [*history, "--exclude", ",".join(suspects)], fresh)  # fmt: skip
    judge("as of the decision", "history", ["--project", folder.july / "kelvin.yaml"],
          ["--project", folder.path / "kelvin.yaml"])  # fmt: skip


class NaiveJob:
    """The job by name."""

    names = {"crm-naive": "features as of today against features as of the decision, on fresh leads"}

    def run(self, name: str) -> None:
        show(12_000, 1)


if __name__ == "__main__":
    given = dict(enumerate(sys.argv[1:]))
    DATA.mkdir(parents=True, exist_ok=True)
    algorithms = ["--algorithms", given[2]] if 2 in given else []
    show(int(given.get(0, 12_000)), int(given.get(1, 1)), *algorithms)
