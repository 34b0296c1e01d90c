"""`make crashlab`: senders are killed at every boundary, and the provider's own log says what came of it.

`python -m tests.crashlab --seed N` plays one round again and tells its whole story; `--rushes N` plays rounds in which
twenty `digest run` come at once.
"""

import argparse
import gc
import os
import sys
import tempfile
import time
from collections.abc import Sequence
from functools import partial
from pathlib import Path

from tests.crashlab.invent import KINDS, plan
from tests.crashlab.plan import Kind
from tests.crashlab.pool import played
from tests.crashlab.roads import ROADS
from tests.crashlab.round import Result, play
from tests.crashlab.summary import rushes, summary

MOST_FINDINGS, MOST_LINES = 10, 6
"""How many rounds in which something is wrong are shown, and how much of each."""

MEMORY = Path("/dev/shm")
"""Where there is one: rounds need no disk, as a process that is killed takes nothing from the kernel with it."""


def main() -> int:
    """Play the rounds that are asked for; 1 when anything was wrong in any, or one was not played."""
    given = _given()
    seeds = list(range(given.seed, given.seed + given.rounds * (len(KINDS) if given.kind else 1)))
    if given.kind:
        seeds = [seed for seed in seeds if KINDS[seed % len(KINDS)] == given.kind]
    jobs = given.jobs or len(os.sched_getaffinity(0))
    where = MEMORY if os.access(MEMORY, os.W_OK) else None
    with tempfile.TemporaryDirectory(prefix="crashlab-", dir=where) as name:
        base = Path(name)
        _warm_up(base)
        is_good = _rounds(seeds, base, jobs=jobs, keep_going=given.keep_going)
        return 0 if _rushes(given.seed, given.rushes, base, jobs=jobs) and is_good else 1


def _given() -> argparse.Namespace:
    words = argparse.ArgumentParser(prog="python -m tests.crashlab", description=__doc__)
    words.add_argument("--seed", type=int, default=1, help="the first round's; each round's is one more")
    words.add_argument("--rounds", type=int, default=None, help="one, where no rushes are asked for")
    words.add_argument("--rushes", type=int, default=0, help="rounds with twenty at once, from the same seed on")
    words.add_argument("--kind", choices=list(Kind), help="only rounds of this kind: every so many seeds")
    words.add_argument("--jobs", type=int, default=0, help="rounds at once (default: one for each core)")
    words.add_argument("--all", dest="keep_going", action="store_true", help="show every wrong round")
    given = words.parse_args()
    if given.rounds is None:
        given.rounds = 0 if given.rushes else 1
    return given


def _rounds(seeds: Sequence[int], base: Path, *, jobs: int, keep_going: bool) -> bool:
    """Play rounds with kills, and print what came of them; False when anything was wrong."""
    if not seeds:
        return True
    began = time.monotonic()
    results = played(lambda seed, folder: play(plan(seed), folder), seeds, base / "rounds", jobs=jobs)
    wrong = [result for result in results if result.wrong]
    for result in wrong[: None if keep_going else MOST_FINDINGS]:
        _show(result, is_alone=len(seeds) == 1)
    if len(seeds) == 1 and not wrong:
        print(results[0].plan)
    print(summary(results, seconds=time.monotonic() - began), flush=True)
    return not wrong and len(results) == len(seeds)


def _show(result: Result, *, is_alone: bool) -> None:
    print(f"\n==== seed {result.plan.seed} ({result.plan.kind}, {result.plan.road})")
    print("\n".join(result.wrong[:MOST_LINES]))
    print(result.story if is_alone else "")


def _rushes(first: int, count: int, base: Path, *, jobs: int) -> bool:
    """Let twenty come at once, so many times; False when anything was wrong."""
    if not count:
        return True
    from tests.crashlab.stages import made
    from tests.crashlab.twenty import rush

    began, seeds = time.monotonic(), range(first, first + count)
    with made(base / "stages") as stages:
        results = played(partial(rush, stages=stages), seeds, base / "rushes", jobs=jobs)
    wrong = [result for result in results if result.wrong]
    for result in wrong:
        print(f"\n==== rush {result.seed} ({result.road}, {result.stage}, {' '.join(result.words)})")
        print("\n".join([*result.wrong, result.said]))
    print(rushes(results, seconds=time.monotonic() - began), flush=True)
    return not wrong and len(results) == count


def _warm_up(base: Path) -> None:
    """Import what senders import, by playing a round's part in this process."""
    from tests.crashlab.newsroom import furnished, prepared

    folder = base / "warm"
    for road in ROADS.values():
        road.adapter("http://127.0.0.1:9", folder / "out", patience=1.0)
    one = plan(1)
    furnished(folder, one.night)
    prepared(folder, one.night, one.begins)
    gc.collect()
    gc.freeze()  # what is not looked at is not copied for each of so many children


if __name__ == "__main__":
    sys.exit(main())
