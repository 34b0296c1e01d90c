"""Rounds in as many processes as there are cores; each is forked, plays its share and leaves what came of it."""

import os
import pickle
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TypeVar

from tests.crashlab.forks import fork

Came = TypeVar("Came")


def played(play: Callable[[int, Path], Came], seeds: Sequence[int], base: Path, *, jobs: int) -> list[Came]:
    """Play the rounds of these seeds; what came of each, in their order. One that is not there was not played."""
    base.mkdir(exist_ok=True)
    pids = [
        fork(partial(_job, play, seeds[n::jobs], base / f"job-{n}"), complaints=base / f"job-{n}.txt")
        for n in range(min(jobs, len(seeds)))
    ]
    for pid in pids:
        os.waitpid(pid, 0)
    for path in sorted(base.glob("job-*.txt")):
        print(path.read_text())
    left = {int(path.stem): path for path in base.glob("job-*/*.result")}
    return [pickle.loads(left[seed].read_bytes()) for seed in sorted(left)]


def _job(play: Callable[[int, Path], object], seeds: Sequence[int], folder: Path) -> None:
    folder.mkdir()
    for seed in seeds:
        (folder / f"{seed}.result").write_bytes(pickle.dumps(play(seed, folder)))
