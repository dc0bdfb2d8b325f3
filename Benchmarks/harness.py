"""Runs Kelvin and its peers in turn, and takes medians and ratios."""

import dataclasses
import json
import os
import pathlib
import statistics
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from types import TracebackType

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent
DATA = pathlib.Path(os.environ.get("KELVIN_BENCH_DATA", HERE / "data"))
RELEASE = pathlib.Path(os.environ.get("KELVIN_BENCH_RELEASE", ROOT / ".build" / "release"))
PYTHON = sys.executable

# Set on some machines for Debian's OpenBLAS; the peers bring their own BLAS and run slower with them.
PEER_ENVIRONMENT = {
    k: v for k, v in os.environ.items() if k not in ("OPENBLAS_CORETYPE", "OPENBLAS_L2_SIZE")
}

Figures = dict[str, float]
Side = Callable[[], Figures]


def run(command: list[object], environment: dict[str, str] | None = None) -> Figures:
    """Runs a command: its output, or its last line, as JSON where it is, wall seconds, peak memory in MB.

    `anonymous_mb` leaves out what is mapped from files; both peaks are of samples 20 ms apart.
    """
    start = time.perf_counter()
    process = subprocess.Popen(
        [str(part) for part in command], stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment
    )
    peaks = {"RssAnon": 0.0, "VmHWM": 0.0}

    def watch() -> None:
        path = f"/proc/{process.pid}/status"
        while process.poll() is None:
            try:
                for line in open(path):
                    key = line.partition(":")[0]
                    if key in peaks:
                        peaks[key] = max(peaks[key], int(line.split()[1]) / 1024)
            except (OSError, ValueError):
                return
            time.sleep(0.02)

    watcher = threading.Thread(target=watch)
    watcher.start()
    output, errors = process.communicate()
    wall = time.perf_counter() - start
    watcher.join()
    if process.returncode != 0:
        sys.exit(f"{' '.join(map(str, command))} failed:\n{errors.decode()}")
    text = output.decode().strip()
    last = text.splitlines()[-1] if text else ""
    figures = json.loads(last if last.startswith("{") else text if text.startswith("{") else "{}")
    figures["wall"] = wall
    figures["anonymous_mb"] = peaks["RssAnon"]
    figures["resident_mb"] = peaks["VmHWM"]
    return figures


def ours(*arguments: object) -> Figures:
    return run([RELEASE / str(arguments[0]), *arguments[1:]])


def peer(*arguments: object) -> Figures:
    return run([PYTHON, HERE / "peers.py", *arguments], PEER_ENVIRONMENT)


def tree_peer(*arguments: object) -> Figures:
    return run([PYTHON, HERE / "tree_peers.py", *arguments], PEER_ENVIRONMENT)


class Busy:
    """Processes that use a core each as long as the block lasts."""

    def __init__(self, count: int):
        self.count = count
        self.processes: list[subprocess.Popen[bytes]] = []

    def __enter__(self) -> "Busy":
        loop = [PYTHON, "-c", "while True: pass"]
        self.processes = [subprocess.Popen(loop) for _ in range(self.count)]
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for process in self.processes:
            process.kill()
        for process in self.processes:
            process.wait()


@dataclasses.dataclass
class Pairs:
    """The two sides of a comparison, run by run."""

    title: str
    runs: list[tuple[Figures, Figures]]
    key: str

    def ours(self, key: str | None = None) -> float:
        return statistics.median(a[key or self.key] for a, _ in self.runs)

    def theirs(self, key: str | None = None) -> float:
        return statistics.median(b[key or self.key] for _, b in self.runs)

    @property
    def ratio(self) -> float:
        """Theirs ÷ ours, pair by pair."""
        return statistics.median(b[self.key] / a[self.key] for a, b in self.runs)


def show_heading(text: str) -> None:
    print(f"\n{text}\n{'job against peer':<58} {'Kelvin':>11} {'peer':>11} {'ratio':>9}")


def show_row(title: str, mine: float, theirs: float, ratio: float, bar: float | None) -> None:
    asked = f"  (asked: {bar:g} x)" if bar else ""
    print(f"{title:<58} {mine:9.3f} s {theirs:9.3f} s {ratio:7.2f} x{asked}", flush=True)


def compare(
    title: str, mine: Side, theirs: Side, runs: int, key: str = "seconds", bar: float | None = None
) -> Pairs:
    """Runs the two in turn and prints medians and the ratio theirs ÷ ours."""
    pairs = Pairs(title, [(mine(), theirs()) for _ in range(runs)], key)
    show_row(title, pairs.ours(), pairs.theirs(), pairs.ratio, bar)
    return pairs


def leads(rows: int) -> pathlib.Path:
    path = DATA / f"leads-{rows}.csv"
    if not path.exists():
        subprocess.run([PYTHON, HERE / "generate.py", path, str(rows)], check=True)
    return path
