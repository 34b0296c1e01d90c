"""`make crashlab`: senders are killed at every boundary, and the provider's own log says what came of it.

`python -m tests.crashlab --seed N` plays one round again and tells its whole story.
"""

import argparse
import gc
import os
import pickle
import sys
import tempfile
import time
from functools import partial
from pathlib import Path

from tests.crashlab.forks import fork
from tests.crashlab.invent import KINDS, plan
from tests.crashlab.plan import Kind
from tests.crashlab.roads import ROADS
from tests.crashlab.round import Result, play
from tests.crashlab.summary import summary

MOST_FINDINGS, MOST_LINES = 10, 6
"""How many rounds in which something is wrong are shown, and how much of each."""

MEMORY = Path("/dev/shm")
"""Where there is one: rounds need no disk, as a process that is killed takes nothing from the kernel with it."""


def main() -> int:
    """Play the rounds that are asked for; 1 when anything was wrong in any."""
    words = argparse.ArgumentParser(prog="python -m tests.crashlab", description=__doc__)
    words.add_argument("--seed", type=int, default=1, help="the first round's; each round's is one more")
    words.add_argument("--rounds", type=int, default=1)
    words.add_argument("--kind", choices=list(Kind), help="only rounds of this kind: every so many seeds")
    words.add_argument("--jobs", type=int, default=0, help="rounds at once (default: one for each core)")
    words.add_argument("--all", dest="keep_going", action="store_true", help="show every wrong round")
    given = words.parse_args()
    seeds = list(range(given.seed, given.seed + given.rounds * (len(KINDS) if given.kind else 1)))
    if given.kind:
        seeds = [seed for seed in seeds if KINDS[seed % len(KINDS)] == given.kind]
    began = time.monotonic()
    where = MEMORY if os.access(MEMORY, os.W_OK) else None
    with tempfile.TemporaryDirectory(prefix="crashlab-", dir=where) as name:
        results = played(seeds, Path(name), jobs=given.jobs or len(os.sched_getaffinity(0)))
    wrong = [result for result in results if result.wrong]
    for result in wrong[: None if given.keep_going else MOST_FINDINGS]:
        print(f"\n==== seed {result.plan.seed} ({result.plan.kind}, {result.plan.road})")
        print("\n".join(result.wrong[:MOST_LINES]))
        print(result.story if len(seeds) == 1 else "")
    if given.rounds == 1 and not wrong:
        print(results[0].plan)
    print(summary(results, seconds=time.monotonic() - began))
    return 1 if wrong or len(results) != len(seeds) else 0


def played(seeds: list[int], base: Path, *, jobs: int) -> list[Result]:
    """Play rounds in so many processes; in order of their seeds."""
    warm_up(base)
    jobs = min(jobs, len(seeds))
    pids = [
        fork(partial(_job, seeds[n::jobs], base / f"job-{n}"), complaints=base / f"job-{n}.txt") for n in range(jobs)
    ]
    for pid in pids:
        os.waitpid(pid, 0)
    for path in sorted(base.glob("job-*.txt")):
        print(path.read_text())
    found = [pickle.loads(path.read_bytes()) for path in sorted(base.glob("job-*/*.result"))]
    return sorted(found, key=lambda result: result.plan.seed)


def warm_up(base: Path) -> None:
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


def _job(seeds: list[int], folder: Path) -> None:
    folder.mkdir()
    for seed in seeds:
        result = play(plan(seed), folder)
        (folder / f"{seed}.result").write_bytes(pickle.dumps(result))


if __name__ == "__main__":
    sys.exit(main())
