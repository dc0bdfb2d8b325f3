#!/usr/bin/env python3
"""Log loss of Kelvin at its defaults beside other libraries at theirs, on real leads.

Ten seeded cuts a set, 75% to fit and 25% to judge; the same rows for all. Columns that were filled in
after the outcome are excluded for all. The peers' probabilities are kept in a cache folder, one file a
set, cut, peer and version, so that later runs fit Kelvin alone.

  quality.py DATA                        the tables: log loss against boosters and LogisticRegression,
                                         and how the probabilities lie against outcomes
  quality.py DATA --peers-only           fills the cache
  quality.py DATA --kelvin-only --algorithms boosting --set leaves=8 --set learning_rate=0.05
                                         one line a set: Kelvin beside the cached peers, and the time
                                         (quickest with --jobs 2 --threads 1 on two cores)
"""

import argparse
import concurrent.futures
import dataclasses
import functools
import os
import pathlib
import subprocess
import sys
import tempfile
import time

# Kelvin runs as it is called; the peers, in this process, bring an OpenBLAS of their own, which settings
# for Debian's slow down.
KELVIN_ENVIRONMENT = dict(os.environ)
for variable in ("OPENBLAS_CORETYPE", "OPENBLAS_L2_SIZE"):
    os.environ.pop(variable, None)
for variable in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"):
    os.environ.setdefault(variable, "2")

import numpy as np  # noqa: E402  (after the thread settings)
import pandas as pd  # noqa: E402

import boosters  # noqa: E402
from calibration_figures import CalibrationOfCut, show_calibration  # noqa: E402
from differences import Difference, mean  # noqa: E402
from real_leads import SETS, LeadSet, cuts  # noqa: E402

HERE = pathlib.Path(__file__).resolve().parent
RELEASE = HERE.parent / ".build" / "release"
CACHE = pathlib.Path(os.environ.get("KELVIN_QUALITY_CACHE", HERE / "data" / "quality"))


def log_loss(labels: np.ndarray, probabilities: np.ndarray) -> float:
    """Clipped as scikit-learn clips doubles."""
    tiny = np.finfo(float).eps
    p = np.clip(probabilities, tiny, 1 - tiny)
    return float(-np.mean(np.where(labels == 1, np.log(p), np.log1p(-p))))


def area_under_roc(labels: np.ndarray, scores: np.ndarray) -> float:
    ranks = pd.Series(scores).rank().to_numpy()
    won = labels.sum()
    return float((ranks[labels == 1].sum() - won * (won + 1) / 2) / (won * (len(labels) - won)))


class Leads:
    """One set, read once."""

    def __init__(self, name: str, folder: pathlib.Path):
        self.name = name
        self.spec: LeadSet = SETS[name]
        self.frame = self.spec.load(folder)
        self.labels = self.spec.labels(self.frame)

    @functools.cached_property
    def features(self) -> pd.DataFrame:
        return self.spec.typed(self.frame)

    @functools.cached_property
    def digest(self) -> str:
        return self.spec.digest(self.frame)


class PeerCache:
    """Probabilities of peers: a file a set, cut, peer and version."""

    def __init__(self, folder: pathlib.Path):
        self.folder = folder

    def path(self, leads: Leads, cut: int, peer: str) -> pathlib.Path:
        folder = self.folder / f"{leads.name}-{leads.digest}"
        return folder / f"{cut:02}-{peer}-{boosters.version(peer)}-{boosters.SETTINGS}.npy"

    def stored(self, leads: Leads, cut: int, peer: str) -> np.ndarray | None:
        path = self.path(leads, cut, peer)
        return np.load(path) if path.exists() else None

    def probabilities(
        self, leads: Leads, cut: int, peer: str, kept: np.ndarray, held: np.ndarray
    ) -> np.ndarray:
        """From the cache, or fitted and put there."""
        stored = self.stored(leads, cut, peer)
        if stored is not None:
            return stored
        features = leads.features
        start = time.perf_counter()
        fresh = boosters.predict(
            peer, features.iloc[kept], leads.labels[kept], features.iloc[held]
        )
        seconds = time.perf_counter() - start
        print(f"{leads.name}, cut {cut}: {peer} took {seconds:.1f} s", file=sys.stderr, flush=True)
        path = self.path(leads, cut, peer)
        path.parent.mkdir(parents=True, exist_ok=True)
        # Renamed into place, so that a run beside this one never reads half a file.
        partial = path.with_suffix(f".{os.getpid()}.tmp")
        with open(partial, "wb") as file:
            np.save(file, fresh)
        partial.rename(path)
        return fresh


@dataclasses.dataclass
class Kelvin:
    """How `kelvin-train fit` is called: at its defaults, or with what an experiment changes."""

    release: pathlib.Path = RELEASE
    algorithms: str | None = None
    # YAML of the project file's `training`, as it is written there.
    training: str | None = None
    # More lines of the project file.
    project: str = ""
    threads: int | None = None

    def predict(self, leads: Leads, kept: np.ndarray, held: np.ndarray) -> tuple[np.ndarray, float]:
        """Probabilities of the held rows, and the seconds that the fit took."""
        spec = leads.spec
        with tempfile.TemporaryDirectory() as name:
            folder = pathlib.Path(name)
            leads.frame.iloc[kept].to_csv(folder / "train.csv", index=False)
            leads.frame.iloc[held].to_csv(folder / "test.csv", index=False)
            lines = [self.project.rstrip()] if self.project else []
            if self.training is not None:
                lines.append(f"training: {self.training}")
            # Written even when empty, so that no project file of the working folder is read.
            (folder / "kelvin.yaml").write_text("\n".join([*lines, f"name: {leads.name}", ""]))
            fit: list[object] = [
                self.release / "kelvin-train", "fit", "--project", folder / "kelvin.yaml",
                "--data", folder / "train.csv", "--target", f"{spec.target}={spec.won}",
                "--model", folder / "model", "--quiet",
            ]  # fmt: skip
            if spec.lost is not None:
                fit += ["--lost", spec.lost]
            if spec.drop:
                fit += ["--exclude", ",".join(spec.drop)]
            if spec.missing:
                fit += ["--missing", ",".join(["", *spec.missing])]
            if self.algorithms is not None:
                fit += ["--algorithms", self.algorithms]
            predict: list[object] = [
                self.release / "kelvin-score", "predict", "--model", folder / "model",
                "--data", folder / "test.csv", "--out", folder / "scored.csv", "--all", "--quiet",
            ]  # fmt: skip
            if self.threads is not None:
                fit += ["--threads", self.threads]
                predict += ["--threads", self.threads]
            seconds = run(fit)
            run(predict)
            return pd.read_csv(folder / "scored.csv")["probability"].to_numpy(), seconds


def run(command: list[object]) -> float:
    start = time.perf_counter()
    outcome = subprocess.run(
        [str(part) for part in command], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True,
        env=KELVIN_ENVIRONMENT,
    )  # fmt: skip
    if outcome.returncode != 0:
        sys.exit(f"{' '.join(map(str, command))} failed:\n{outcome.stderr}")
    return time.perf_counter() - start


def flow_mapping(settings: list[str]) -> str:
    """KEY=VALUE of the boosting as the value of `training`; values are YAML as they stand."""
    pairs = []
    for setting in settings:
        key, separator, value = setting.partition("=")
        if not separator or not key.strip():
            sys.exit(f"--set takes KEY=VALUE, such as leaves=8, not {setting!r}")
        pairs.append(f"{key.strip()}: {value.strip()}")
    return f"{{boosting: {{{', '.join(pairs)}}}}}"


def fill_cache(sets: list[Leads], cache: PeerCache, peers: list[str], count: int) -> None:
    """Quick peers first, so that most of the table is there early."""
    for peer in peers:
        for leads in sets:
            for cut, kept, held in cuts(len(leads.frame), count):
                cache.probabilities(leads, cut, peer, kept, held)


def peer_losses(leads: Leads, cache: PeerCache, peer: str, count: int) -> list[float] | None:
    """Of the cached cuts; `None` unless all are there."""
    losses = []
    for cut, _, held in cuts(len(leads.frame), count):
        stored = cache.stored(leads, cut, peer)
        if stored is None:
            return None
        losses.append(log_loss(leads.labels[held], stored))
    return losses


def show_peers(sets: list[Leads], cache: PeerCache, peers: list[str], count: int) -> None:
    """What the cache holds of the peers alone."""
    print(f"| set | {' | '.join(boosters.PEERS[p][2] for p in peers)} | best booster |")
    print("|---|" + "---|" * (len(peers) + 1))
    for leads in sets:
        losses = {peer: peer_losses(leads, cache, peer, count) for peer in peers}
        done = {p: mean(v) for p, v in losses.items() if v is not None}
        cells = [f"{done[peer]:.5f}" if peer in done else "" for peer in peers]
        among = [p for p in boosters.BOOSTERS if p in done]
        best = boosters.PEERS[min(among, key=done.__getitem__)][2] if among else ""
        print(f"| {leads.name} | {' | '.join(cells)} | {best} |")


def show_experiment(
    sets: list[Leads], cache: PeerCache, kelvin: Kelvin, count: int, jobs: int
) -> None:
    """One line a set, as it gets done."""
    print(
        f"{'set':<11} {'Kelvin':>8} {'best peer':>9}  {'':<9} {'difference (95% interval)':<30} "
        f"{'relative':>8}  fit, s a cut"
    )
    for leads in sets:
        with concurrent.futures.ThreadPoolExecutor(jobs) as executor:
            fits = [
                (executor.submit(kelvin.predict, leads, kept, held), held)
                for _, kept, held in cuts(len(leads.frame), count)
            ]
            losses = [log_loss(leads.labels[held], fit.result()[0]) for fit, held in fits]
            seconds = [fit.result()[1] for fit, _ in fits]
        cached = {p: peer_losses(leads, cache, p, count) for p in boosters.BOOSTERS}
        known = {p: v for p, v in cached.items() if v is not None}
        line = f"{leads.name:<11} {mean(losses):8.5f} "
        if known:
            best = min(known, key=lambda p: mean(known[p]))
            difference = Difference.between(losses, known[best])
            relative = mean(losses) / mean(known[best]) - 1
            line += (
                f"{mean(known[best]):9.5f}  {boosters.PEERS[best][2]:<9} {difference!s:<30} "
                f"{relative:+8.2%}  "
            )
        else:
            line += f"{'(no peer is cached: --peers-only)':<61}"
        print(f"{line}{mean(seconds):.2f}", flush=True)


def show_tables(
    sets: list[Leads], cache: PeerCache, kelvin: Kelvin, peers: list[str], count: int
) -> None:
    """The tables of RESULTS.md."""
    compared = [p for p in peers if p in boosters.BOOSTERS]
    losses: dict[str, dict[str, list[float]]] = {}
    aucs: dict[str, dict[str, list[float]]] = {}
    lines: dict[str, dict[str, list[CalibrationOfCut]]] = {}
    for leads in sets:
        loss = losses[leads.name] = {side: [] for side in ["kelvin", *peers]}
        auc = aucs[leads.name] = {side: [] for side in ["kelvin", *peers]}
        line = lines[leads.name] = {side: [] for side in ["kelvin", *peers]}
        for cut, kept, held in cuts(len(leads.frame), count):
            for side in loss:
                if side == "kelvin":
                    probabilities, _ = kelvin.predict(leads, kept, held)
                else:
                    probabilities = cache.probabilities(leads, cut, side, kept, held)
                loss[side].append(log_loss(leads.labels[held], probabilities))
                auc[side].append(area_under_roc(leads.labels[held], probabilities))
                line[side].append(CalibrationOfCut.of(leads.labels[held], probabilities))
        print(f"{leads.name} done", file=sys.stderr, flush=True)

    if compared:
        names = " | ".join(boosters.PEERS[p][2] for p in compared)
        print(f"| set | Kelvin | {names} | to the best peer (95% interval) | relative | not worse |")
        print("|---|" + "---|" * (len(compared) + 4))
        for name, loss in losses.items():
            best = min(compared, key=lambda p: mean(loss[p]))
            difference = Difference.between(loss["kelvin"], loss[best])
            cells = [
                f"**{mean(loss[p]):.4f}**" if p == best else f"{mean(loss[p]):.4f}" for p in compared
            ]
            print(
                f"| {name} | {mean(loss['kelvin']):.4f} | {' | '.join(cells)} | {difference} "
                f"| {mean(loss['kelvin']) / mean(loss[best]) - 1:+.2%} "
                f"| {'yes' if difference.is_not_worse else 'no'} |"
            )
        print()
    if "logistic" in peers:
        print("| set | Kelvin | scikit-learn LR | difference (95% interval) | AUC, Kelvin | AUC, LR |")
        print("|---|---|---|---|---|---|")
        for name, loss in losses.items():
            difference = Difference.between(loss["kelvin"], loss["logistic"])
            print(
                f"| {name} | {mean(loss['kelvin']):.4f} | {mean(loss['logistic']):.4f} | {difference} "
                f"| {mean(aucs[name]['kelvin']):.4f} | {mean(aucs[name]['logistic']):.4f} |"
            )


    print()
    show_calibration(lines, {p: boosters.PEERS[p][2] for p in peers})


def names(text: str, known: dict) -> list[str]:
    chosen = [name.strip() for name in text.split(",")]
    for name in chosen:
        if name not in known:
            sys.exit(f"{name!r} is none of {', '.join(known)}")
    return chosen


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("data", type=pathlib.Path, help="folder of the data sets")
    parser.add_argument("--cuts", type=int, default=10)
    parser.add_argument("--only", default=",".join(SETS), help="sets, with commas")
    parser.add_argument("--peers", default=",".join(boosters.PEERS), help="peers, with commas")
    parser.add_argument(
        "--cache", type=pathlib.Path, default=CACHE,
        help="folder of the peers' probabilities; KELVIN_QUALITY_CACHE by default, or data/quality",
    )  # fmt: skip
    parser.add_argument("--release", type=pathlib.Path, default=RELEASE, help="folder of the commands")
    parser.add_argument("--threads", type=int, help="of Kelvin; all cores by default")
    parser.add_argument(
        "--jobs", type=int, default=1, help="fits side by side with --kelvin-only; best with --threads 1"
    )
    mode = parser.add_mutually_exclusive_group()
    mode.add_argument("--peers-only", action="store_true", help="fill the cache, then show it")
    mode.add_argument("--show-peers", action="store_true", help="what is cached, nothing fitted")
    mode.add_argument("--kelvin-only", action="store_true", help="Kelvin beside the cached peers")
    parser.add_argument("--algorithms", help="of Kelvin: logistic, boosting, or both")
    changes = parser.add_mutually_exclusive_group()
    changes.add_argument("--training", help="YAML of the project's training: '{boosting: {leaves: 8}}'")
    changes.add_argument(
        "--set", action="append", default=[], metavar="KEY=VALUE", help="a key of training.boosting"
    )
    parser.add_argument(
        "--kelvin-project", type=pathlib.Path, help="file with more keys of the project file"
    )
    options = parser.parse_args()

    sets = [Leads(name, options.data) for name in names(options.only, SETS)]
    peers = names(options.peers, boosters.PEERS)
    cache = PeerCache(options.cache)
    if options.peers_only or options.show_peers:
        if options.peers_only:
            fill_cache(sets, cache, peers, options.cuts)
        show_peers(sets, cache, peers, options.cuts)
        return
    kelvin = Kelvin(
        release=options.release,
        algorithms=options.algorithms,
        training=flow_mapping(options.set) if options.set else options.training,
        project=options.kelvin_project.read_text() if options.kelvin_project else "",
        threads=options.threads,
    )
    if options.kelvin_only:
        show_experiment(sets, cache, kelvin, options.cuts, options.jobs)
    else:
        show_tables(sets, cache, kelvin, peers, options.cuts)


if __name__ == "__main__":
    main()
