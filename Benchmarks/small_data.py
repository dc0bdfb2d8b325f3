#!/usr/bin/env python3
"""Log loss with few conversions: Kelvin at its defaults beside other libraries at theirs.

Twenty draws a set and size: so many conversions, and lost leads at the set's own rate, to fit; at most
10,000 other leads to judge; the same rows for all. The peers' probabilities are kept in a cache folder, as
quality.py keeps them.

  small_data.py DATA                         the table: bank and X Education, 40 to 300 conversions
  small_data.py DATA --peers-only            fills the cache
  small_data.py DATA --only telco,adult,shoppers --draws 5
"""

import argparse
import concurrent.futures
import dataclasses
import pathlib
import sys
from collections.abc import Iterator

from quality import CACHE, RELEASE, Difference, Kelvin, Leads, PeerCache, log_loss, mean, names

import numpy as np  # noqa: E402  (after the thread settings)

import boosters  # noqa: E402
from real_leads import SETS  # noqa: E402

SIZES = [40, 80, 150, 300]
MOST_JUDGED = 10_000

# On some hundred rows a second thread costs more than it brings.
boosters.THREADS = 1


@dataclasses.dataclass(frozen=True)
class Draw:
    number: int
    kept: np.ndarray
    held: np.ndarray


def draws(labels: np.ndarray, conversions: int, first: int, count: int) -> Iterator[Draw]:
    """So many conversions and the lost leads that come with them at the set's rate."""
    rate = labels.mean()
    lost = round(conversions * (1 - rate) / rate)
    for number in range(first, first + count):
        order = np.random.default_rng([conversions, number]).permutation(len(labels))
        won_rows, lost_rows = order[labels[order] == 1], order[labels[order] == 0]
        kept = np.concatenate([won_rows[:conversions], lost_rows[:lost]])
        chosen = np.zeros(len(labels), dtype=bool)
        chosen[kept] = True
        # In the order of the permutation: outcomes must not come sorted.
        yield Draw(number, order[chosen[order]], order[~chosen[order]][:MOST_JUDGED])


@dataclasses.dataclass
class SmallCache:
    """The peers' probabilities of each draw, in the cache of quality.py."""

    cache: PeerCache

    def probabilities(self, leads: Leads, conversions: int, draw: Draw, peer: str) -> np.ndarray:
        # A number of its own for each size and draw, beside the cuts of quality.py.
        number = conversions * 1_000 + draw.number
        return self.cache.probabilities(leads, number, peer, draw.kept, draw.held)


@dataclasses.dataclass
class Losses:
    """Of one set and size, a figure a draw."""

    base: list[float]
    sides: dict[str, list[float]]
    seconds: list[float]


def measure(
    leads: Leads, conversions: int, first: int, count: int, cache: SmallCache, peers: list[str],
    kelvin: Kelvin | None, jobs: int,
) -> Losses:  # fmt: skip
    losses = Losses([], {peer: [] for peer in peers}, [])
    found = list(draws(leads.labels, conversions, first, count))
    with concurrent.futures.ThreadPoolExecutor(jobs) as executor:
        fits = [
            executor.submit(kelvin.predict, leads, draw.kept, draw.held) if kelvin else None
            for draw in found
        ]
        for draw, fit in zip(found, fits):
            labels = leads.labels[draw.held]
            rate = leads.labels[draw.kept].mean()
            losses.base.append(log_loss(labels, np.full(len(labels), rate)))
            for peer in peers:
                probabilities = cache.probabilities(leads, conversions, draw, peer)
                losses.sides[peer].append(log_loss(labels, probabilities))
            if fit is not None:
                probabilities, seconds = fit.result()
                losses.sides.setdefault("kelvin", []).append(log_loss(labels, probabilities))
                losses.seconds.append(seconds)
    return losses


def show_heading(peers: list[str]) -> None:
    titles = " | ".join(boosters.PEERS[peer][2] for peer in peers)
    print(f"| set | conversions | Kelvin | {titles} | base rate | to the best peer | worse than the base rate |")
    print("|---|" + "---|" * (len(peers) + 5), flush=True)


def show(leads: Leads, conversions: int, losses: Losses, peers: list[str]) -> None:
    best = min(peers, key=lambda peer: mean(losses.sides[peer]))
    cells = [
        f"**{mean(losses.sides[peer]):.4f}**" if peer == best else f"{mean(losses.sides[peer]):.4f}"
        for peer in peers
    ]
    ours = losses.sides.get("kelvin")
    difference = Difference.between(ours, losses.sides[best]) if ours else ""
    worse = sum(own > base for own, base in zip(ours or [], losses.base))
    print(
        f"| {leads.name} | {conversions} | {f'{mean(ours):.4f}' if ours else ''} | {' | '.join(cells)} "
        f"| {mean(losses.base):.4f} | {difference} | {f'{worse} of {len(ours)}' if ours else ''} |"
        + (f" {mean(losses.seconds):.2f} s" if losses.seconds and sys.stderr.isatty() else ""),
        flush=True,
    )


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("data", type=pathlib.Path, help="folder of the data sets")
    parser.add_argument("--draws", type=int, default=20)
    parser.add_argument(
        "--first", type=int, default=0,
        help="number of the first draw: constants are chosen on others than those that judge",
    )  # fmt: skip
    parser.add_argument("--only", default="bank,xeducation", help="sets, with commas")
    parser.add_argument("--sizes", default=",".join(map(str, SIZES)), help="conversions, with commas")
    parser.add_argument("--peers", default=",".join(boosters.PEERS), help="peers, with commas")
    parser.add_argument("--cache", type=pathlib.Path, default=CACHE)
    parser.add_argument("--release", type=pathlib.Path, default=RELEASE, help="folder of the commands")
    parser.add_argument("--jobs", type=int, default=1, help="fits side by side")
    parser.add_argument("--algorithms", help="of Kelvin: logistic, boosting, or both")
    parser.add_argument("--peers-only", action="store_true", help="fill the cache, then show it")
    options = parser.parse_args()

    peers = names(options.peers, boosters.PEERS)
    cache = SmallCache(PeerCache(options.cache))
    kelvin = (
        None if options.peers_only
        else Kelvin(
            release=options.release, algorithms=options.algorithms,
            threads=1 if options.jobs > 1 else None,
        )
    )  # fmt: skip
    show_heading(peers)
    for name in names(options.only, SETS):
        leads = Leads(name, options.data)
        for conversions in map(int, options.sizes.split(",")):
            losses = measure(
                leads, conversions, options.first, options.draws, cache, peers, kelvin, options.jobs
            )
            show(leads, conversions, losses, peers)


if __name__ == "__main__":
    main()
